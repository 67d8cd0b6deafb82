# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench-tiles says of a tile of the map, from asking for it until it can be shown, in the processor's own time: of the
plan, of a pack, of a pack that is enlarged, and of a pack that has to be opened first."""

import collections
import functools
import os
import pathlib
import subprocess

KINDS = ('first', 'pack', 'enlarged', 'plan')


@functools.cache
def measure(top):
    """All figures of one run: name to values."""
    build = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    figures = collections.defaultdict(list)
    told = subprocess.run([build / 'tests/bench/bench-tiles', f'{top}/data/plan/astana.geojson', f'{top}/ui/style/tokens.css'],
                          capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        name, value = line.split('\t')
        figures[name].append(float(value))
    return figures


def figure(name):
    return lambda top: measure(top)[name]


def benchmarks():
    """As bench.py lists them."""
    return {f'tiles-{kind}': (figure(kind), 'ms', '-', True) for kind in KINDS}
