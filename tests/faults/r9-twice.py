#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R9: everything twice: several programs on one outbox, and each POST up to three times, shuffled, by two senders."""

import concurrent.futures
import http.client
import random
import subprocess
import sys
import time
import urllib.parse
import uuid

from stand import LONG, City, Counts, Device, Folder, Run

PROGRAMS = 4
ROUNDS = 20 if LONG else 2
FILINGS = 5000 if LONG else 150


def share_an_outbox(folder, city, counts):
    """Each files its own; one delivers, and when it goes another one does."""
    device = Device(folder)
    processes = [subprocess.Popen(device.command(5 + i, city), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  text=True) for i in range(PROGRAMS)]
    for process in processes:
        words, errors = process.communicate()
        run = Run(words, process.returncode, errors)
        device.acknowledged += run.keys
        counts.check(run.drained is not None, f'not drained: {run.words} {run.errors[-300:]}')
    locals_there = device.ask('SELECT count(DISTINCT local), count(*) FROM item')[0]
    counts.check(locals_there[0] == locals_there[1], f'local numbers were given twice: {locals_there}')
    counts.check_city(city, device, where='shared')


def post(city, key, text):
    connection = http.client.HTTPConnection('127.0.0.1', city.port, timeout=30)
    form = urllib.parse.urlencode({'service_code': 'ROA.pothole', 'lat': 51.128, 'long': 71.43,
                                   'address_string': 'Абай, 5', 'description': text, 'client_request_id': key,
                                   'device_id': 'r9'})
    connection.request('POST', '/open311/v2/requests.json', form,
                       {'Content-Type': 'application/x-www-form-urlencoded', 'Idempotency-Key': f'"{key}"'})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def send(city, key, text, counts):
    """As a good client does: 409 means that the same one is on its way just now."""
    for _ in range(50):
        status = post(city, key, text)
        counts.add(**{f'answers {status}': 1})
        if status not in (409, 429, 503):
            return status
        time.sleep(0.05)
    return 0


def deliver_up_to_three_times(city, counts):
    lot = random.Random(9)
    keys = [str(uuid.UUID(int=lot.getrandbits(128), version=4)) for _ in range(FILINGS)]
    posts = [key for key in keys for _ in range(lot.randint(1, 3))]
    lot.shuffle(posts)
    with concurrent.futures.ThreadPoolExecutor(2) as senders:
        done = list(senders.map(lambda key: (key, send(city, key, f'Шұңқыр {key}', counts)), posts))
    counts.check(all(status in (200, 201) for _, status in done), 'a filing was refused')
    there = dict(city.ask("SELECT key, number FROM filing WHERE client LIKE '%'"))
    twice = city.ask("SELECT text FROM request WHERE text LIKE 'Шұңқыр %' GROUP BY text HAVING count(*) > 1")
    counts.add(acknowledged=len(set(posts)), lost=sum(key not in there for key in keys), doubled=len(twice))
    counts.check(not twice, f'doubled: {twice[:3]}')
    changed = send(city, keys[0], 'Басқа сөз', counts)
    counts.check(changed == 422, f'the same key with other words got {changed}')


def main():
    counts = Counts('r9-twice')
    with Folder() as folder:
        city = City(folder)
        for i in range(ROUNDS):
            share_an_outbox(folder / f'device-{i}', city, counts)
        deliver_up_to_three_times(city, counts)
        city.close()
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
