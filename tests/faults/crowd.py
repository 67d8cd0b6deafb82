# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers of one city and a crowd that files with keys until it is told a number, whatever happens to the servers."""

import http.client
import json
import os
import pathlib
import queue
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))

from postgres import Cluster  # noqa: E402
from stand import LONG, PATIENCE, Counts, Folder, free_port  # noqa: E402, F401

BASE = '/open311/v2/'
SERVICE = 'INF.idea'

# Nobody here is a stranger: what a crowd may do is another test's business.
SETTINGS = """
[guard]
connections=1000
connections-per-address=1000
[kiosk]
read=none
file=none
at-once=0
"""


class Server:
    """komek-city on a port that stays its own. Whoever kills it is not asked: it comes back."""

    def __init__(self, folder, database, *options, fault=None):
        settings = pathlib.Path(folder) / 'settings.ini'
        settings.write_text(SETTINGS, encoding='utf-8')
        self.port = free_port()
        self.command = [os.environ['KOMEK_CITY_PROGRAM'], '--listen', f'127.0.0.1:{self.port}', '--database', database,
                        '--sample', '0', '--seal-file', f'{folder}/key', '--settings', str(settings), *options]
        self.log = open(pathlib.Path(folder) / f'log-{self.port}', 'ab')
        self.ended = threading.Event()
        self.starts = 0
        self.process = None
        self.start(fault)
        threading.Thread(target=self.keep, daemon=True).start()

    def start(self, fault=None):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log,
                                        env=os.environ | ({'KOMEK_FAULT': fault} if fault else {}))
        self.starts += 1
        self.process.stdout.readline()

    def add_key(self):
        """The api key of a kiosk."""
        command = [word for word in self.command if not word.startswith(('--listen', '127.0.0.1:'))]
        return subprocess.run([*command, '--add-key', 'kiosk', 'crowd'], check=True, capture_output=True,
                              text=True).stdout.strip()

    def keep(self):
        while not self.ended.is_set():
            self.process.wait()
            self.process.stdout.close()
            if not self.ended.is_set():
                self.start()

    def kill(self):
        try:
            self.process.send_signal(signal.SIGKILL)
        except ProcessLookupError:
            pass

    def close(self):
        self.ended.set()
        self.kill()
        self.process.wait()
        self.log.close()


class Crowd:
    """So many citizens at once, who together file so many requests."""

    def __init__(self, ports, n, citizens=8, deliveries=(1,), spoilt=0.0, seed=1, api_key=None):
        self.ports = ports
        self.headers = {'Content-Type': 'application/x-www-form-urlencoded'}
        if api_key:
            self.headers['Authorization'] = f'Bearer {api_key}'
        self.jobs = queue.Queue()
        self.acknowledged = {}  # key → number
        self.answers = {}  # status → how often
        self.wrong = []
        self.lock = threading.Lock()
        lot = random.Random(seed)
        jobs = [key for key in (str(uuid.UUID(int=lot.getrandbits(128), version=4)) for _ in range(n))
                for _ in range(lot.choice(deliveries))]
        lot.shuffle(jobs)
        for key in jobs:
            self.jobs.put((key, lot.random() < spoilt, lot.random()))
        self.deadline = time.monotonic() + PATIENCE * (20 if LONG else 1)
        self.threads = [threading.Thread(target=self.live, daemon=True) for _ in range(citizens)]
        for thread in self.threads:
            thread.start()

    def live(self):
        lines = {}
        while True:
            try:
                key, spoilt, chance = self.jobs.get_nowait()
            except queue.Empty:
                break
            self.deliver(lines, key, spoilt, chance)
        for line in lines.values():
            line.close()

    def deliver(self, lines, key, spoilt, chance):
        """Until somebody says what became of it. Another text under a known key is refused; under a new one it
        would be the first, so it only goes where the key was acknowledged before."""
        lot = random.Random(chance)
        spoilt = spoilt and key in self.acknowledged
        while time.monotonic() < self.deadline:
            status, tree = self.send(lines, lot.choice(self.ports), key, 'changed' if spoilt else key)
            with self.lock:
                self.answers[status] = self.answers.get(status, 0) + 1
                if spoilt and status == 422:
                    return
                if not spoilt and status in (200, 201):
                    return self.note(key, tree[0])
                if status in (200, 201, 400, 404, 413, 415, 422):
                    self.wrong.append(f'{key}: {status} {tree}')
                    return
            time.sleep(lot.uniform(0.005, 0.05))
        self.wrong.append(f'{key}: nobody said what became of it')

    def note(self, key, answer):
        number = answer.get('service_request_id')
        if answer.get('client_request_id') != key:
            self.wrong.append(f'{key}: the answer is about {answer}')
        if self.acknowledged.setdefault(key, number) != number:
            self.wrong.append(f'{key}: first {self.acknowledged[key]}, then {number}')

    def send(self, lines, port, key, text):
        """The status and what was said; 0 where nobody knows what became of it."""
        line = lines.get(port)
        if not line:
            line = lines[port] = http.client.HTTPConnection('127.0.0.1', port, timeout=20)
        body = urllib.parse.urlencode({'service_code': SERVICE, 'description': text, 'client_request_id': key})
        try:
            line.request('POST', BASE + 'requests.json', body,
                         {**self.headers, 'Idempotency-Key': f'"{key}"'})
            answer = line.getresponse()
            words = answer.read()
            return answer.status, json.loads(words) if answer.status < 300 else words
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            line.close()
            del lines[port]
            return 0, None

    def wait_for(self, share):
        """Until so much of all that is to be done is done."""
        total = self.jobs.qsize()
        while self.jobs.qsize() > total * (1 - share) and time.monotonic() < self.deadline:
            time.sleep(0.005)

    def finish(self):
        for thread in self.threads:
            thread.join()


def ask_file(path):
    def ask(sql):
        with sqlite3.connect(path, timeout=PATIENCE) as database:
            rows = database.execute(sql.format('')).fetchall()
        database.close()
        return rows
    return ask


def ask_cluster(cluster, city):
    def ask(sql):
        lines = cluster.ask('SET search_path = komek; ' + sql.format(f" WHERE city = '{city}'")).splitlines()
        return [tuple(line.split('|')) for line in lines]
    return ask


def check(counts, crowd, ask, where=''):
    """Every number that was told is there, for that key, once; and nothing is there that nobody has filed."""
    filed = dict(ask('SELECT key, number FROM filing{}'))
    there = [row[0] for row in ask('SELECT number FROM request{}')]
    texts = [row[0] for row in ask('SELECT text FROM request{} GROUP BY text HAVING count(*) > 1')]
    lost = [key for key, number in crowd.acknowledged.items() if filed.get(key) != number or number not in set(there)]
    orphaned = set(there) ^ set(filed.values())
    counts.add(acknowledged=len(crowd.acknowledged), lost=len(lost), doubled=len(texts), orphaned=len(orphaned))
    for what, values in (('lost', lost), ('doubled', texts), ('orphaned', sorted(orphaned)), ('wrong', crowd.wrong)):
        counts.check(not values, f'{where} {what}: {values[:3]}')
    days = {}
    for number in there:
        days.setdefault(number[:6], []).append(int(number[7:10] + number[11:13]))
    gaps = sum(max(day) + 1 - len(day) for day in days.values())
    counts.check(gaps == 0, f'{where} {gaps} numbers of a day were skipped')


def count_answers(counts, crowd):
    counts.add(**{f'answers {status or "cut off"}': often for status, often in crowd.answers.items()
                  if status not in (200, 201)})
