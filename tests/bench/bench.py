#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how fast Komek is; see run, which starts it."""

import argparse
import collections
import functools
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

for folder in ('journeys', 'support'):
    # Behind the folder of the benchmarks: both have a names.py.
    sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / folder))

import frames  # noqa: E402
import index  # noqa: E402
import names  # noqa: E402
import outbox  # noqa: E402
import seek  # noqa: E402
import serve  # noqa: E402
import tiles  # noqa: E402
import usable  # noqa: E402
from city import City, EmbeddedCity  # noqa: E402
from display import Display, Wayland  # noqa: E402
from postgres import Cluster  # noqa: E402
from watch import Watch  # noqa: E402

REQUESTS = 20000
STARTS = 9
SWITCHES = 30

# The filters answer for all requests, and the plan is drawn.
EXPLORE_IS_READY = (f'filters {REQUESTS}', 'plan')


def p99(values):
    """By the nearest rank; of few values it is the largest."""
    return sorted(values)[math.ceil(0.99 * len(values)) - 1]


def start(home, city, display):
    """Seconds from the start of the process until the filters answer and the plan is drawn."""
    with Watch(home, city, display) as watch:
        watch.open('explore')
        return watch.wait_for_marks(*EXPLORE_IS_READY)


def starts(display):
    """Warm starts, with the city's database and the mirror there since the start before them."""
    with tempfile.TemporaryDirectory() as home, display:
        city = EmbeddedCity(home, REQUESTS)
        start(home, city, display)
        return [start(home, city, display) for _ in range(STARTS)]


def start_x11(top):
    return starts(Display(1280, 800))


def start_wayland(top):
    return starts(Wayland(1280, 800))


def first_start(top):
    seconds = []
    with Display(1280, 800) as display:
        for _ in range(3):
            with tempfile.TemporaryDirectory() as home:
                seconds.append(start(home, EmbeddedCity(home, REQUESTS), display))
    return seconds


def switches(page, *marks):
    with tempfile.TemporaryDirectory() as home, Display(1280, 800) as display:
        with Watch(home, EmbeddedCity(home, REQUESTS), display) as watch:
            watch.open('explore')
            watch.wait_for_marks(*EXPLORE_IS_READY)
            watch.open(page)
            return [1000 * watch.switch(language, *marks)
                    for _ in range(SWITCHES // 3) for language in ('ru', 'en', 'kk')]


def language_home(top):
    return switches('home', 'home')


def language_explore(top):
    return switches('explore', *EXPLORE_IS_READY)


def fill_sample(requests, database=None):
    """Seconds that komek-city needs to write a sample city and to take requests."""
    with tempfile.TemporaryDirectory() as folder:
        city = EmbeddedCity(folder, requests)
        city.database = database or city.database
        begin = time.monotonic()
        with subprocess.Popen(city.command(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
            line = process.stdout.readline()
            seconds = time.monotonic() - begin
            process.kill()
        if line.strip() != city.url:
            sys.exit(f'komek-city said {line!r}')
        return seconds


def sample_20000(top):
    return [fill_sample(20000) for _ in range(5)]


def sample_1000000(top):
    return [fill_sample(1000000)]


def sample_1000000_postgres(top):
    cluster = Cluster().make().start()
    try:
        return [fill_sample(1000000, cluster.address())]
    finally:
        cluster.remove()


@functools.cache
def follow(top, requests, runs):
    """What bench-fill says of first synchronisations with a komek-city of so many requests: name to figures."""
    build_folder = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    figures = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, City(folder, requests) as city:
        for run in range(runs):
            mirror = os.path.join(folder, f'mirror-{run}.db')
            told = subprocess.run([build_folder / 'tests/bench/bench-fill', city.url, mirror],
                                  capture_output=True, text=True, check=True).stdout
            for line in told.splitlines():
                name, figure = line.split()
                figures[name].append(float(figure))
    if set(figures['requests']) != {requests} or 0 in figures['matches']:
        sys.exit(f'bench-fill saw {figures["requests"]} requests and found {figures["matches"]}')
    return figures


def follow_100000(figure):
    return lambda top: follow(top, 100000, 3)[figure]


def follow_1000000(figure):
    return lambda top: follow(top, 1000000, 1)[figure]


def decode(top, suffix):
    """Seconds to read 100,000 requests, some 80 MB, from memory, one after the other."""
    build_folder = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    seconds = []
    for _ in range(5):
        told = subprocess.run([build_folder / 'tests/wire/wire-visit-test',
                               '-p', f'/wire/visit/many-requests-need-little-memory/{suffix}'],
                              capture_output=True, text=True, check=True).stdout
        seconds.append(int(re.search(r' in (\d+) ms', told).group(1)) / 1000)
    return seconds


def decode_json(top):
    return decode(top, 'json')


def decode_xml(top):
    return decode(top, 'xml')


def build(top):
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        subprocess.run(['meson', 'setup', folder, top], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(['ninja', '-C', folder], check=True, stdout=subprocess.DEVNULL)
        return [time.monotonic() - begin]


# Name: what measures it (figures, or in words why there are none here), the unit, the goal for the median, whether
# it runs without being asked for.
BENCHMARKS = {
    'start-x11': (start_x11, 's', 0.6, True),
    'start-wayland': (start_wayland, 's', 0.45, True),
    'first-start': (first_start, 's', 4, True),
    'language-home': (language_home, 'ms', 100, True),
    'language-explore': (language_explore, 'ms', 250, True),
    'sample-20000': (sample_20000, 's', 2, True),
    'sample-1000000': (sample_1000000, 's', 60, False),
    'sample-1000000-postgres': (sample_1000000_postgres, 's', '-', False),
    'decode-json': (decode_json, 's', 1.5, True),
    'decode-xml': (decode_xml, 's', 3, True),
    'sync-100000': (follow_100000('fill-s'), 's', 6, True),
    'sync-first-rows': (follow_100000('first-rows-s'), 's', 0.5, True),
    'sync-memory': (follow_100000('memory-mb'), 'MB', 64, True),
    'sync-stall': (follow_100000('stall-ms'), 'ms', 50, True),
    'sync-stall-busy': (follow_100000('stall-busy-ms'), 'ms', 50, True),
    'sync-look': (follow_100000('look-ms'), 'ms', 50, True),
    'sync-look-questions': (follow_100000('look-questions'), '', 1, True),
    'sync-1000000': (follow_1000000('fill-s'), 's', 60, False),
    'sync-1000000-first-rows': (follow_1000000('first-rows-s'), 's', 0.5, False),
    'sync-1000000-memory': (follow_1000000('memory-mb'), 'MB', 64, False),
    'sync-1000000-stall': (follow_1000000('stall-ms'), 'ms', 50, False),
    # A rate is to be above its goal, a share of what libsoup's server does alone too.
    'city-bare': (serve.figure('bare'), '/s', '-', False),
    'city-peek': (serve.figure('peek'), '/s', '-', False),
    'city-peek-share': (serve.figure('peek-share'), '%', 55, False),
    'city-peek-ms': (serve.figure('peek-ms'), 'ms', '-', False),
    'city-page': (serve.figure('page'), '/s', 800, False),
    'city-page-ms': (serve.figure('page-ms'), 'ms', '-', False),
    'city-file': (serve.figure('file'), '/s', 1500, False),
    'city-file-ms': (serve.figure('file-ms'), 'ms', '-', False),
    'build': (build, 's', 90, False),
}
for more in (seek, outbox, index, names, tiles, usable, frames):
    BENCHMARKS |= more.benchmarks()


def describe_machine():
    model = 'unknown processor'
    for line in pathlib.Path('/proc/cpuinfo').read_text(encoding='utf-8').splitlines():
        if line.startswith('model name'):
            model = line.split(':', 1)[1].strip()
            break
    gtk = subprocess.run(['pkg-config', '--modversion', 'gtk4'], capture_output=True, text=True, check=True)
    return (f'{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; GTK {gtk.stdout.strip()}, '
            f'renderer {os.environ.get("GSK_RENDERER", "default")}; Xvfb 1280x800 with openbox, headless weston')


def group(name):
    """A benchmark, and those that its name begins: search-1000000 stands for all kinds of searches."""
    return [member for member in BENCHMARKS if member == name or member.startswith(f'{name}-')]


def read_arguments():
    parser = argparse.ArgumentParser(prog='run', description='Measures how fast Komek is.')
    parser.add_argument('top', help=argparse.SUPPRESS)
    parser.add_argument('names', nargs='*', metavar='name', help=f'one of: {", ".join(BENCHMARKS)}')
    parser.add_argument('--all', action='store_true', help='the long ones too')
    arguments = parser.parse_args()
    for name in arguments.names:
        if not group(name):
            parser.error(f'there is no benchmark {name}; there are {", ".join(BENCHMARKS)}')
    arguments.names = [member for name in arguments.names for member in group(name)]
    if not arguments.names:
        arguments.names = [name for name, benchmark in BENCHMARKS.items() if arguments.all or benchmark[3]]
    return arguments


def main():
    arguments = read_arguments()
    print(f'# {describe_machine()}', flush=True)
    for name in arguments.names:
        measure, unit, goal, _ = BENCHMARKS[name]
        values = measure(arguments.top)
        if isinstance(values, str):
            print(f'# {name}: {values}', flush=True)
            continue
        print(f'{name}\t{statistics.median(values):.3g}\t{p99(values):.3g}\t{unit}\t{goal}', flush=True)


if __name__ == '__main__':
    main()
