# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures komek-city on SQLite with a million requests: one process, eight connections."""

import contextlib
import functools
import http.client
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import tempfile

from city import City

REQUESTS = 1000000
CONNECTIONS = 8
ROUNDS = 5
SECONDS = 3
BASE = '/open311/v2/'
FORM = ('service_code=ROA.pothole&lat=51.1282&long=71.4304&description='
        'Жолда үлкен шұңқыр бар, көлік өте алмайды. Сұраймыз, жөндеп беріңіздер.')


def program(name):
    return str(pathlib.Path(os.environ['KOMEK_BUILD']) / 'tests/bench' / name)


def load(port, targets, form=None):
    """What the load generator says of one round."""
    command = [program('bench-load'), str(port), str(CONNECTIONS), str(SECONDS)] + ([form] if form else [])
    told = subprocess.run(command, input='\n'.join(targets), capture_output=True, text=True, check=True).stdout
    told = json.loads(told)
    if told['refusals']:
        raise AssertionError(f'{told["refusals"]} of {told["answers"]} calls were refused')
    return told


@contextlib.contextmanager
def bare(answer):
    """A server that gives everybody this answer, and nothing else; its port."""
    with subprocess.Popen([program('bench-bare')], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            process.stdin.write(answer)
            process.stdin.close()
            yield int(process.stdout.readline())
        finally:
            process.kill()


def fetch(port, target):
    """An answer as it came, with its headers."""
    connection = http.client.HTTPConnection('127.0.0.1', port)
    connection.request('GET', target)
    answer = connection.getresponse()
    head = ''.join(f'{name}: {value}\r\n' for name, value in answer.getheaders())
    return f'HTTP/1.1 200 OK\r\n{head}\r\n'.encode() + answer.read()


def choose_numbers(database):
    with contextlib.closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as db:
        return [number for number, in db.execute('SELECT number FROM request WHERE id % 10 = 3')]


def choose_boxes(random_numbers):
    """Rectangles of half a kilometre to five, anywhere in the city."""
    for _ in range(2000):
        south, west = random_numbers.uniform(51.05, 51.22), random_numbers.uniform(71.3, 71.55)
        size = random_numbers.uniform(0.005, 0.05)
        yield f'{BASE}requests.json?page=1&page_size=50&bbox={south:.5f},{west:.5f},{south + size:.5f},{west + size:.5f}'


@functools.lru_cache(maxsize=None)
def measure():
    """All figures of one city: name to values."""
    figures = {}
    with tempfile.TemporaryDirectory() as folder, City(folder, REQUESTS) as city:
        peeks = [f'{BASE}requests/{number}.json' for number in choose_numbers(city.database)]
        boxes = list(choose_boxes(random.Random(109)))
        with bare(fetch(city.port, peeks[0])) as port:
            load(city.port, peeks)
            pairs = [(load(port, peeks), load(city.port, peeks)) for _ in range(ROUNDS)]
        pages = [load(city.port, boxes) for _ in range(ROUNDS)]
        filings = [load(city.port, [BASE + 'requests.json'], FORM) for _ in range(ROUNDS)]
    figures['bare'] = [beside['rate'] for beside, _ in pairs]
    figures['peek-share'] = [100 * told['rate'] / beside['rate'] for beside, told in pairs]
    for name, rounds in (('peek', [told for _, told in pairs]), ('page', pages), ('file', filings)):
        figures[name] = [told['rate'] for told in rounds]
        figures[name + '-ms'] = [us / 1000 for told in rounds for us in told['us']]
    return figures


def figure(name):
    return lambda top: measure()[name]
