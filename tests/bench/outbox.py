# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the outbox takes: from the tap to the receipt, and to send what has waited."""

import os
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / 'faults'))

from stand import City, Device, Folder  # noqa: E402

FILINGS = 300
QUEUE = 500


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


def drain(top):
    """Seconds from the start of the program until all that waited is at the city, with the usual times."""
    programs(top)
    seconds = []
    with Folder() as folder:
        city = City(folder)
        for i in range(3):
            device = Device(folder / f'device-{i}')
            device.run(QUEUE)
            run = device.run(0, city, more=['--usual-times'])
            if run.drained is None or len(device.acknowledged) != QUEUE:
                sys.exit(f'The outbox was not drained: {run.words}')
            seconds.append((run.drained + run.ready) / 1000)
        city.close()
    return seconds


def benchmarks():
    return {
        'file-durable': (durable(0), 'ms', 150, True),
        'file-durable-photos': (durable(3), 'ms', 150, True),
        'drain-500': (drain, 's', 5, True),
    }
