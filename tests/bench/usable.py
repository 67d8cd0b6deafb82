# SPDX-License-Identifier: GPL-3.0-or-later
"""How long komek takes from its start to a map that can be used, out of a mirror that is there, and what it has in
memory then; both above a window that shows nothing of a city (bench-floor), started in turn with it. How long a filter
takes that is changed, until the map shows it (bench-filter), and the year that passes over the map (bench-film)."""

import collections
import functools
import hashlib
import os
import pathlib
import resource
import subprocess
import tempfile
import time

from display import Display, Wayland, wait
from watch import Watch

# Nobody is there: what the mirror holds is all there is, and nothing else takes time.
CITY = 'http://127.0.0.1:9/'
RUNS = 7
REST = 1.5

# Requests: the goals above the floor, in seconds and in MiB.
SIZES = {10000: (0.12, 25), 100000: (0.15, 40), 1000000: (0.35, 110)}
DISPLAYS = {'x11': Display, 'wayland': Wayland}


class Nobody:
    """In the place of a city that Watch looks after."""

    program = '/bin/false'

    def find_process(self):
        return None


def read_memory(process):
    """Its proportional share of what is in memory, in MiB."""
    for line in pathlib.Path(f'/proc/{process.pid}/smaps_rollup').read_text(encoding='ascii').splitlines():
        if line.startswith('Pss:'):
            return int(line.split()[1]) / 1024
    raise SystemExit('There is no figure for the memory')


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Run:
    """One start of one program: seconds until it can be used, MiB, and seconds of the processor in all."""

    def __init__(self, home, display, arguments, marks, rest=None):
        before = processor_time()
        with Watch(home, Nobody(), display, arguments) as watch:
            self.seconds = watch.wait_for_marks(*marks)
            if rest:
                rest()
            time.sleep(REST)
            self.memory = read_memory(watch.process)
        self.processor = processor_time() - before


def build_folder(top):
    return pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))


def fill_mirror(top, home, requests):
    name = hashlib.sha256(CITY.encode()).hexdigest()[:16]
    path = pathlib.Path(home) / 'data' / 'komek' / f'mirror-{name}.db'
    path.parent.mkdir(parents=True)
    subprocess.run([build_folder(top) / 'tests/bench/bench-stock', path, str(requests)], check=True)


def start_floor(top, home, display):
    return Run(home, display, [build_folder(top) / 'tests/bench/bench-floor'], ['floor'])


def start_komek(home, display, requests, rest=None):
    command = [os.environ['KOMEK_PROGRAM'], '--language', 'kk', '--city', CITY, '--page', 'explore']
    return Run(home, display, command, [f'filters {requests}', 'plan'], rest)


def wait_for_snapshot(home):
    """A program keeps what the map needs once it has settled; the next one begins with that."""
    wait(lambda: list(pathlib.Path(home).glob('cache/komek/*.snapshot')), 'the snapshot of the map', 60)


@functools.cache
def measure(top, requests, kind):
    """Floors and starts, in turn, so that a busy moment of the machine meets both."""
    with tempfile.TemporaryDirectory() as home, DISPLAYS[kind](1280, 800) as display:
        fill_mirror(top, home, requests)
        first = start_komek(home, display, requests, lambda: wait_for_snapshot(home))
        pairs = [(start_floor(top, home, display), start_komek(home, display, requests)) for _ in range(RUNS)]
    return {
        'first-s': [first.seconds],
        's': [komek.seconds - floor.seconds for floor, komek in pairs],
        'mib': [komek.memory - floor.memory for floor, komek in pairs],
        'floor-s': [floor.seconds for floor, _ in pairs],
        'floor-mib': [floor.memory for floor, _ in pairs],
        'own-s': [komek.processor - floor.processor for floor, komek in pairs],
    }


def figure(requests, kind, name):
    return lambda top: measure(top, requests, kind)[name]


@functools.cache
def measure_page(top, program, requests):
    """What a program says that does something to the map page: name to values."""
    figures = collections.defaultdict(list)
    environment = dict(os.environ, G_TEST_SRCDIR=f'{top}/tests')
    with Display(1280, 800) as display:
        display.lead(environment)
        told = subprocess.run([build_folder(top) / 'tests/bench' / program, str(requests)], env=environment,
                              capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        name, _, value = line.partition('\t')
        if value:
            figures[name].append(float(value))
    return figures


def page_figure(program, requests, name):
    return lambda top: measure_page(top, program, requests)[name]


def benchmarks():
    """As bench.py lists them."""
    listed = {}
    for requests, (seconds, memory) in SIZES.items():
        for kind in DISPLAYS:
            for name, unit, goal in (('s', 's', seconds), ('mib', 'MiB', memory), ('first-s', 's', '-'),
                                     ('own-s', 's', '-'), ('floor-s', 's', '-'), ('floor-mib', 'MiB', '-')):
                listed[f'usable-{requests}-{kind}-{name}'] = (figure(requests, kind, name), unit, goal, False)
    for requests in (1000000, 2000000):
        for name in ('shown', 'shown-own'):
            listed[f'filter-{requests}-{name}'] = (page_figure('bench-filter', requests, name), 'ms',
                                                   120 * requests // 1000000, requests == 1000000)
    for name, unit, goal in (('seconds', 's', 22), ('steps', '', '-'), ('wait', 'ms', '-')):
        listed[f'film-1000000-{name}'] = (page_figure('bench-film', 1000000, name), unit, goal, False)
    return listed
