# SPDX-License-Identifier: GPL-3.0-or-later
"""What a frame of the map costs while it pans and zooms, full screen on Wayland without a GPU, above the same window
with a map that has nothing on it; see frames.c. The runs of a benchmark are taken in turn with those of the floor.

And how long a frame takes where a graphics card draws it, through the OpenGL that GTK chooses there: from the tick of
the clock until the card has done, not until a screen shows it, since there is none. KOMEK_BENCH_CARD=1 measures that
where Mesa draws in the processor as well, which says no more than that a card would not be slower."""

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
SOFTWARE = ('llvmpipe', 'softpipe', 'swrast', 'Cairo')  # what draws in the processor
PLAN = 'data/plan/astana.geojson'


def start(top, mode, requests, card=False):
    """What bench-frames says of one run."""
    build = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    with Wayland(1920, 1080, card) as display:
        environment = dict(os.environ)
        display.lead(environment)
        if card:
            del environment['GSK_RENDERER']
            # Newer GTKs prefer Vulkan, which nobody but GTK can wait for.
            environment['GDK_DISABLE'] = 'vulkan'
        told = subprocess.run([build / 'tests/bench/bench-frames', mode, f'{top}/{PLAN}', str(requests),
                               str(PAN_SHARE), str(GAP)], check=True,
                              capture_output=True, text=True, env=environment, timeout=60).stdout
    return [line.split(' ', 1) for line in told.splitlines()]


def run(top, mode, requests=REQUESTS):
    """A figure for each line that is one of the whole run."""
    figures = {name: float(figure) for name, figure in start(top, mode, requests)
               if name not in ('drawn-by', 'frame-ms')}
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


@functools.cache
def run_on_card(top):
    """What a run with a graphics card says, or in words why there is none."""
    anyway = 'KOMEK_BENCH_CARD' in os.environ
    if not anyway and not list(pathlib.Path('/dev/dri').glob('renderD*')):
        return 'no graphics card here'
    told = start(top, 'plan', REQUESTS, card=True)
    drawn_by = dict(told)['drawn-by']
    print(f'# drawn by {drawn_by}', flush=True)
    if not anyway and any(name in drawn_by for name in SOFTWARE):
        return 'no graphics card here that draws'
    return told


def on_card(name):
    """All figures of that name, with a graphics card."""
    def measure_card(top):
        told = run_on_card(top)
        return told if isinstance(told, str) else [float(figure) for what, figure in told if what == name]

    return measure_card


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
        'frame-card': (on_card('frame-ms'), 'ms', 'p99 16.7', False),
        'frame-card-main': (on_card('main-ms'), 'ms', '-', False),
        'frame-card-delivered': (on_card('delivered'), f'of {FRAMES}', '-', False),
    }
