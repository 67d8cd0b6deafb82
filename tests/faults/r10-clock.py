#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R10: the device's clock is wrong and jumps: the queue goes by its numbers, and nothing waits for a time to come."""

import sys

from stand import LONG, City, Counts, Device, Folder

HOUR = 3600
YEAR = 365 * 24 * HOUR
REQUESTS = 24 if LONG else 8

# While it is filed, and while it is sent: seconds off, and by how much it jumps now and again meanwhile.
CASES = {
    'right': (0, 0, 0),
    'dead battery': (-10 * YEAR, -10 * YEAR, 0),
    'dead battery, set later': (-10 * YEAR, 0, 0),
    'five years ahead': (5 * YEAR, 5 * YEAR, 0),
    'five years ahead, set later': (5 * YEAR, 0, 0),
    'right, then five years ahead': (0, 5 * YEAR, 0),
    'an hour behind': (-HOUR, -HOUR, 0),
    'an hour ahead': (HOUR, HOUR, 0),
    'summer time ends': (HOUR, 0, 0),
    'jumps an hour': (0, 0, HOUR),
    'jumps a day': (0, 0, 24 * HOUR),
    'jumps ten years': (0, 0, 10 * YEAR),
}

# How many are on their way at once, and so may overtake each other.
WINDOW = 4


def check_order(device, city, counts, name):
    filed = dict(city.ask('SELECT key, number FROM filing'))
    places = sorted(filed[key] for key in device.acknowledged)
    strays = [key for i, key in enumerate(device.acknowledged) if abs(places.index(filed[key]) - i) >= WINDOW]
    counts.check(not strays, f'{name}: out of order: {strays}')


def main():
    counts = Counts('r10-clock')
    with Folder() as folder:
        city = City(folder)
        for i, (name, (filing, sending, jump)) in enumerate(CASES.items()):
            device = Device(folder / f'device-{i}')
            device.run(REQUESTS, more=[f'--clock={filing}', f'--jump={jump}'])
            run = device.run(0, city, wait=20, more=[f'--clock={sending}', f'--jump={jump}'])
            counts.check(run.drained is not None, f'{name}: not drained: {run.words} {run.errors[-300:]}')
            counts.check((run.drained or 0) < 10000, f'{name}: took {run.drained} ms')
            counts.check_city(city, device, where=name)
            check_order(device, city, counts, name)
            counts.add(cases=1)
        city.close()
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
