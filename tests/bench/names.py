# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench-names says of the gazetteer of a hundred thousand made-up names: how long a search takes, by what is
typed, in the processor's own time. The goals are those of the 99th percentile."""

import collections
import functools
import os
import pathlib
import subprocess

NAMES = 100000
KINDS = ('whole', 'beginning', 'letter', 'inside', 'slip', 'house', 'nothing')


@functools.cache
def measure(top):
    """All figures of one run: name to values."""
    build = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    figures = collections.defaultdict(list)
    told = subprocess.run([build / 'tests/bench/bench-names', str(NAMES)],
                          capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        name, value = line.split('\t')
        figures[name].append(float(value))
    return figures


def figure(name):
    return lambda top: measure(top)[name]


def benchmarks():
    """As bench.py lists them."""
    listed = {f'names-{NAMES}-{kind}': (figure(kind), 'ms', 5, True) for kind in KINDS}
    return listed | {f'names-{NAMES}-build': (figure('build'), 'ms', '-', True)}
