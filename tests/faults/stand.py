# SPDX-License-Identifier: GPL-3.0-or-later
"""A device with an outbox, a city to send to, and a count of what became of what was acknowledged."""

import collections
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

LONG = bool(os.environ.get('KOMEK_FAULTS_LONG'))
PATIENCE = 60


def free_port():
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        return sock.getsockname()[1]


class City:
    """komek-city over a database of its own, without a sample. Where it ends it is started again."""

    def __init__(self, folder, **environment):
        self.database = pathlib.Path(folder) / 'city.db'
        self.port = free_port()
        self.url = f'http://127.0.0.1:{self.port}/open311/v2/'
        self.process = None
        self.ended = threading.Event()
        self.starts = 0
        self.start(environment)
        self.keeper = threading.Thread(target=self.keep, daemon=True)
        self.keeper.start()

    def start(self, environment):
        self.process = subprocess.Popen(
            [os.environ['KOMEK_CITY_PROGRAM'], '--listen', f'127.0.0.1:{self.port}', '--database', self.database,
             '--sample', '0'],
            env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.starts += 1
        return self.process.stdout.readline()

    def keep(self):
        while True:
            self.process.wait()
            if self.ended.is_set():
                return
            self.start({})

    def close(self):
        self.ended.set()
        self.process.kill()
        self.keeper.join()
        self.process.stdout.close()

    def ask(self, sql):
        with sqlite3.connect(self.database, timeout=PATIENCE) as database:
            rows = database.execute(sql).fetchall()
        database.close()
        return rows


class Run:
    """What one start of the outbox program said."""

    def __init__(self, words, status, errors):
        lines = [line.split() for line in words.splitlines()]
        self.status = status
        self.errors = errors
        self.words = words
        self.keys = [line[1] for line in lines if line[0] == 'acknowledged']
        self.locals = [line[2] for line in lines if line[0] == 'acknowledged']
        self.times = [int(line[3]) for line in lines if line[0] == 'acknowledged' and len(line) > 3]
        self.votes = [line[1] for line in lines if line[0] == 'voted']
        self.refused = sum(line[0] == 'refused' for line in lines)
        self.unprepared = any(line[0] == 'unprepared' for line in lines)
        self.drained = next((int(line[1]) for line in lines if line[0] == 'drained'), None)
        self.ready = next((int(line[1]) for line in lines if line[0] == 'ready'), None)

    @property
    def killed(self):
        return self.status == -signal.SIGKILL


class Device:
    """A folder with everything that an outbox keeps, and what it has acknowledged so far."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / 'machine-id').write_text(self.folder.name, encoding='utf-8')
        self.outbox = self.folder / 'data' / 'outbox.db'
        self.acknowledged = []
        self.votes = []
        self.slowest = 0

    def command(self, n, city=None, photos=0, wait=PATIENCE, more=()):
        command = [os.environ['KOMEK_OUTBOX_PROGRAM'], f'--wait={wait}', f'--photos={photos}', *more]
        if city:
            command.append(f'--city={city.url}')
        return [*command, str(self.folder), str(n)]

    def run(self, n, city=None, photos=0, wait=PATIENCE, more=(), **environment):
        result = subprocess.run(self.command(n, city, photos, wait, more), env=os.environ | environment,
                                capture_output=True, text=True, check=False, timeout=wait + PATIENCE)
        run = Run(result.stdout, result.returncode, result.stderr)
        self.acknowledged += run.keys
        self.votes += run.votes
        self.slowest = max(self.slowest, run.ready or 0)
        return run

    def ask(self, sql):
        with sqlite3.connect(self.outbox, timeout=PATIENCE) as database:
            rows = database.execute(sql).fetchall()
        database.close()
        return rows


class Counts:
    """What became of what was acknowledged."""

    def __init__(self, name):
        self.name = name
        self.values = collections.Counter(acknowledged=0, lost=0, doubled=0, orphaned=0)
        self.wrong = []

    def add(self, **values):
        self.values.update(values)

    def check(self, right, what):
        if not right:
            self.wrong.append(what)

    def check_city(self, city, device, photos=0, where=''):
        """Each acknowledged request is at the city once, with its photos; and nothing is there twice at all."""
        filed = {key: number for key, number in city.ask('SELECT key, number FROM filing')}
        there = {number: key for key, number in city.ask('SELECT id, number FROM request')}
        lost = [key for key in device.acknowledged if filed.get(key) not in there]
        doubled = city.ask('SELECT text FROM request GROUP BY text HAVING count(*) > 1')
        orphaned = [key for key in device.acknowledged if key not in lost and photos != city.ask(
            f'SELECT count(*) FROM photo WHERE request = {there[filed[key]]}')[0][0]]
        self.add(acknowledged=len(device.acknowledged), lost=len(lost), doubled=len(doubled), orphaned=len(orphaned))
        if lost or doubled or orphaned:
            self.wrong.append(f'{where}: lost {lost}, doubled {doubled}, orphaned {orphaned}')

    def check_votes(self, city, device, where=''):
        """Each vote that was kept is at the city once; then the city forgets it, for whoever comes next."""
        there = collections.Counter(number for (number,) in city.ask(
            'SELECT number FROM vote JOIN request ON request.id = vote.request'))
        lost = [number for number in device.votes if not there[number]]
        doubled = [number for number in there if there[number] > 1]
        city.ask('DELETE FROM vote')
        self.add(acknowledged=len(device.votes), lost=len(lost), doubled=len(doubled))
        if lost or doubled:
            self.wrong.append(f'{where}: votes lost {lost}, doubled {doubled}')

    def finish(self):
        print(f'{self.name}:', ', '.join(f'{value} {name}' for name, value in self.values.items()), flush=True)
        for what in self.wrong[:20]:
            print(f'  WRONG: {what}')
        sys.exit(1 if self.wrong else 0)


class Folder:
    """A temporary folder for one trial."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix='komek-fault-'))
        return self.path

    def __exit__(self, *problem):
        shutil.rmtree(self.path, ignore_errors=True)


def now():
    return time.monotonic()
