# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench-mirror says of a mirror of a million made-up requests: how long it takes to fill, to read and to search,
by kinds of searches, 200 of each: what they ask for says questions.c. Of the newest and the best the goals are those of
the 99th percentile, of counts that of the median: two frequent words that seldom meet are walked to their ends, and so is
a phrase of such. bench-mirror also prints what was asked, so that the slowest of a kind can be looked at."""

import collections
import functools
import os
import pathlib
import subprocess
import tempfile

REQUESTS = 1000000

KINDS = ('frequent', 'middling', 'rare', 'prefix', 'inside', 'two-words', 'phrase', 'address', 'number', 'number-part',
         'nothing')


@functools.cache
def measure(top):
    """All figures of one run: name to values."""
    build = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    figures = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run([build / 'tests/bench/bench-mirror', os.path.join(folder, 'mirror.db'), str(REQUESTS)],
                              capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        name, value, *_ = line.split('\t')
        figures[name].append(float(value))
    return figures


def figure(name):
    return lambda top: measure(top)[name]


def benchmarks():
    """As bench.py lists them."""
    listed = {
        'mirror-1000000-fill': (figure('fill'), 's', 25, False),
        'mirror-1000000-memory': (figure('fill-memory'), 'MB', 64, False),
        'mirror-1000000-points': (figure('points'), 's', 0.3, False),
        'mirror-1000000-points-since': (figure('points-since'), 'ms', 50, False),
        'mirror-1000000-index': (figure('index'), 's', 15, False),
        'mirror-1000000-index-merged': (figure('index-merged'), 's', '-', False),
    }
    for kind in KINDS:
        newest = 10 if kind == 'inside' else 5
        for question, goal in (('newest', newest), ('best', 20), ('count', 3), ('match', '-')):
            name = f'{question}-{kind}'
            listed[f'search-1000000-{name}'] = (figure(name), 'ms', goal, False)
            # The processor's own time, which a busy machine does not stretch.
            listed[f'search-1000000-{name}-own'] = (figure(f'{name}-own'), 'ms', goal, False)
    return listed
