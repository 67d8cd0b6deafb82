#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R5: the disk is full, at many levels: said before the first question; what is kept is kept, and still sent."""

import os
import shutil
import sys

from stand import LONG, City, Counts, Device, Folder

LEVELS = 64 if LONG else 16
MOST = 2048 * 1024
LEAST_FREE = 200 * 1024  # a thousandth of the usual
OWN_FILES = 256 * 1024
REQUESTS = 4


def full(folder, room):
    return {'LD_PRELOAD': os.environ['KOMEK_FAULT_SHIM'], 'KOMEK_SHIM_FOLDER': str(folder / 'data'),
            'KOMEK_SHIM_ROOM': str(room), 'KOMEK_LEAST_FREE': str(LEAST_FREE)}


def fill_to(folder, room, city, counts):
    device = Device(folder)
    run = device.run(REQUESTS, photos=2, wait=10, **full(folder, room))
    where = f'{room} bytes free'
    counts.check(run.status == 0, f'{where}: ended with {run.status}: {run.errors[-300:]}')
    if room < LEAST_FREE or room > LEAST_FREE + OWN_FILES:
        counts.check(run.unprepared == (room < LEAST_FREE), f'{where}: unprepared is {run.unprepared}')
    counts.check(len(run.keys) + run.refused == REQUESTS, f'{where}: said {run.words}')
    counts.add(trials=1, refused=run.refused)
    after = device.run(0, city)
    counts.check(after.drained is not None, f'{where}: not drained: {after.words} {after.errors[-300:]}')
    counts.check_city(city, device, photos=2, where=where)
    shutil.rmtree(folder)


def send_from_a_full_disk(folder, city, counts):
    """Not a byte can be written, and the old queue goes out all the same."""
    device = Device(folder)
    device.run(REQUESTS)
    device.run(0, city, wait=5, **full(folder, 0))
    arrived = [row[0] for row in city.ask('SELECT key FROM filing')]
    missing = [key for key in device.acknowledged if key not in arrived]
    counts.check(not missing, f'not sent from a full disk: {missing}')
    after = device.run(0, city)
    counts.check(after.drained is not None, f'not drained after the disk was full: {after.words}')
    counts.check_city(city, device, where='full disk')


def main():
    counts = Counts('r5-full')
    with Folder() as folder:
        city = City(folder)
        for level in range(LEVELS):
            fill_to(folder / 'device', MOST * level // LEVELS, city, counts)
        send_from_a_full_disk(folder / 'full', city, counts)
        city.close()
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
