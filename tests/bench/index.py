# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench-atlas says of the index over a million made-up requests, and over two million."""

import collections
import functools
import os
import pathlib
import statistics
import subprocess

REQUESTS = 1000000

# Name: what bench-atlas calls it, its unit and the goal for its median.
FIGURES = {
    'build': ('build', 'ms', 150),
    'filter': ('filter', 'ms', 120),
    'merge': ('merge', 'ms', 120),
    'snapshot': ('snapshot', 'ms', 20),
    'snapshot-write': ('snapshot-write', 'ms', '-'),
    'clusters': ('clusters', 'ms', 0.15),
    'density': ('density', 'ms', '-'),
    'radius': ('radius', 'ms', '-'),
    'bytes': ('bytes', 'B', 64),
    'bytes-filtered': ('bytes-filtered', 'B', 64),
    # The processor's own time, which a busy machine does not stretch.
    'build-own': ('build-own', 'ms', 150),
    'filter-own': ('filter-own', 'ms', 120),
    'merge-own': ('merge-own', 'ms', 120),
    'snapshot-own': ('snapshot-own', 'ms', 20),
    'clusters-own': ('clusters-own', 'ms', 0.15),
}


@functools.cache
def measure(top, requests):
    """All figures of one run: name to values."""
    build = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    figures = collections.defaultdict(list)
    told = subprocess.run([build / 'tests/bench/bench-atlas', str(requests)],
                          capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        name, value = line.split('\t')
        figures[name].append(float(value))
    return figures


def figure(name):
    return lambda top: measure(top, REQUESTS)[name]


def growth(top):
    """How many times as long twice as many take."""
    return [statistics.median(measure(top, 2 * REQUESTS)['build-own'])
            / statistics.median(measure(top, REQUESTS)['build-own'])]


def benchmarks():
    """As bench.py lists them."""
    listed = {f'index-{REQUESTS}-{name}': (figure(told), unit, goal, True)
              for name, (told, unit, goal) in FIGURES.items()}
    return listed | {f'index-{REQUESTS}-growth': (growth, '', 2, True)}
