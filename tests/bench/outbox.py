# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the outbox takes: from the tap to the receipt, and to send what has waited."""

import os
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / 'faults'))

from slow import SlowLine  # noqa: E402
from stand import City, Device, Folder  # noqa: E402

FILINGS = 300
QUEUE = 500
# A village's line: bytes a second each way, and seconds there and back.
SLOW_RATE = 64000
SLOW_ROUND_TRIP = 0.2


def programs(top):
    build = pathlib.Path(os.environ.get('KOMEK_BUILD', f'{top}/.build'))
    os.environ.setdefault('KOMEK_OUTBOX_PROGRAM', str(build / 'tests/faults/outbox'))


def durable(photos):
    """Milliseconds from the tap until the request, its photos and its copy are durable."""
    def measure(top):
        programs(top)
        with Folder() as folder:
            run = Device(folder / 'device').run(FILINGS, photos=photos, more=['--tell-times', '--usual-times'])
        return [microseconds / 1000 for microseconds in run.times]
    return measure


def drain_one(folder, city):
    """Seconds from the start of the program until all that waited is at the city, with the usual times."""
    device = Device(folder)
    device.run(QUEUE)
    run = device.run(0, city, wait=300, more=['--usual-times'])
    if run.drained is None or len(device.acknowledged) != QUEUE:
        sys.exit(f'The outbox was not drained: {run.words}')
    return (run.drained + run.ready) / 1000


def drain(top):
    programs(top)
    with Folder() as folder:
        city = City(folder)
        seconds = [drain_one(folder / f'device-{i}', city) for i in range(3)]
        city.close()
    return seconds


class Behind:
    """A city as it is seen from the far end of a slow line."""

    def __init__(self, line):
        self.url = f'http://127.0.0.1:{line.port}/open311/v2/'


def drain_slowly(top):
    programs(top)
    with Folder() as folder:
        city = City(folder)
        line = SlowLine(city.port, SLOW_RATE, SLOW_ROUND_TRIP)
        seconds = [drain_one(folder / f'device-{i}', Behind(line)) for i in range(2)]
        line.close()
        rows = city.ask('SELECT count(*) FROM request')[0][0]
        city.close()
        if rows != 2 * QUEUE:
            sys.exit(f'The city has {rows} requests and not {2 * QUEUE}')
    return seconds


def benchmarks():
    return {
        'file-durable': (durable(0), 'ms', 150, True),
        'file-durable-photos': (durable(3), 'ms', 150, True),
        'drain-500': (drain, 's', 5, True),
        'drain-500-slow': (drain_slowly, 's', 60, True),
    }
