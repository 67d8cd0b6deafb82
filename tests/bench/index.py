# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench-atlas says of the index over a million made-up requests, and over two and four million."""

import collections
import functools
import os
import pathlib
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


# How many times as long twice and four times as many take the processor, in turn with the million of the same round.
GROWTH = {
    'growth': ('twice', '', 2),
    'growth-4': ('four-times', '', '-'),
}


@functools.cache
def measure(top, *arguments):
    """All figures of one run: name to values."""
    build = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    figures = collections.defaultdict(list)
    told = subprocess.run([build / 'tests/bench/bench-atlas', *arguments, str(REQUESTS)],
                          capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        name, value = line.split('\t')
        figures[name].append(float(value))
    return figures


def figure(name, *arguments):
    return lambda top: measure(top, *arguments)[name]


def benchmarks():
    """As bench.py lists them."""
    listed = {f'index-{REQUESTS}-{name}': (figure(told), unit, goal, True)
              for name, (told, unit, goal) in FIGURES.items()}
    return listed | {f'index-{REQUESTS}-{name}': (figure(told, 'growth'), unit, goal, True)
                     for name, (told, unit, goal) in GROWTH.items()}
