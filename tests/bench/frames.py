# SPDX-License-Identifier: GPL-3.0-or-later
"""What a frame of the map costs while it pans and zooms, full screen on Wayland without a GPU, above the same window
with a map that has nothing on it; see frames.c. The runs of a benchmark are taken in turn with those of the floor."""

import functools
import os
import pathlib
import subprocess

from display import Wayland

REQUESTS = 1000000
RUNS = 3
PAN_SHARE = 2 / 3
GAP = 63  # pixels between two marks at least; at 64, which the grid leaves anyhow, there are fewer than two hundred
FRAMES = 300
PLAN = 'data/plan/astana.geojson'


def run(top, mode, requests=REQUESTS):
    """A figure for each line that bench-frames prints."""
    build = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    with Wayland(1920, 1080) as display:
        environment = dict(os.environ)
        display.lead(environment)
        told = subprocess.run([build / 'tests/bench/bench-frames', mode, f'{top}/{PLAN}', str(requests),
                               str(PAN_SHARE), str(GAP)], check=True,
                              capture_output=True, text=True, env=environment, timeout=60).stdout
    figures = {name: float(figure) for name, figure in (line.split() for line in told.splitlines())}
    if figures['delivered'] < 1:
        raise SystemExit('No frame was shown')
    return figures


@functools.cache
def measure(top, mode):
    """Pairs of a run of the floor and one of the mode."""
    return [(run(top, 'floor'), run(top, mode)) for _ in range(RUNS)]


def above(mode):
    """Milliseconds of the processor a delivered frame, above the floor."""
    return lambda top: [figures['processor-ms'] - floor['processor-ms'] for floor, figures in measure(top, mode)]


def figure(mode, name):
    return lambda top: [figures[name] for _, figures in measure(top, mode)]


def growth(top):
    """How many times as much of the processor a frame takes with twice the requests, the floor and all."""
    return [run(top, 'plan', 2 * REQUESTS)['processor-ms'] / run(top, 'plan')['processor-ms'] for _ in range(RUNS)]


def benchmarks():
    return {
        'frame-floor': (lambda top: [floor['processor-ms'] for floor, _ in measure(top, 'plan')], 'ms', '-', False),
        'frame-marks': (above('marks'), 'ms', 4, False),
        'frame-plan': (above('plan'), 'ms', 6, False),
        'frame-heat': (above('heat'), 'ms', '-', False),
        'frame-marks-in-view': (figure('plan', 'marks'), '', 200, False),
        'frame-delivered': (figure('plan', 'delivered'), f'of {FRAMES}', '-', False),
        'frame-longest': (figure('plan', 'longest-ms'), 'ms', 100, False),
        'frame-wait': (figure('plan', 'wait-ms'), 'ms', 100, False),
        'frame-growth': (growth, '', 1.1, False),
    }
