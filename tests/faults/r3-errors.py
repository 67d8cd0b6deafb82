#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R3: each call on the device's files fails once, and from then on: a receipt is given only for what is stored."""

import os
import shutil
import sys

from stand import LONG, City, Counts, Device, Folder

CALLS = ('read', 'write', 'sync', 'open', 'rename', 'unlink')
STEP = 1 if LONG else 9
REQUESTS = 2


def shim(folder, call, nth, lasting):
    environment = {'LD_PRELOAD': os.environ['KOMEK_FAULT_SHIM'], 'KOMEK_SHIM_FOLDER': str(folder),
                   'KOMEK_SHIM_CALL': call, 'KOMEK_SHIM_NTH': str(nth)}
    return environment | ({'KOMEK_SHIM_LASTING': '1'} if lasting else {})


def begin_with_one(folder):
    """One request waits already: the errors meet an old queue, too."""
    device = Device(folder)
    device.run(1)
    return device


def copy_of(base, folder):
    shutil.copytree(base.folder, folder)
    device = Device(folder)
    (folder / 'machine-id').write_text(base.folder.name, encoding='utf-8')
    device.acknowledged = list(base.acknowledged)
    return device


def how_many(base, folder, call):
    device = copy_of(base, folder)
    log = folder / 'calls'
    device.run(REQUESTS, **shim(folder / 'data', call, 0, False), KOMEK_SHIM_COUNT=str(log))
    return log.stat().st_size if log.exists() else 0


def fail_at(base, folder, call, nth, lasting, city, counts):
    """Filed under errors, counted after a start without any."""
    device = copy_of(base, folder)
    run = device.run(REQUESTS, wait=10, **shim(folder / 'data', call, nth, lasting))
    where = f'{call} {nth} {"and on" if lasting else "once"}'
    counts.check(run.status == 0, f'{where}: ended with {run.status}: {run.errors[-300:]}')
    counts.check(len(run.keys) + run.refused == REQUESTS, f'{where}: said {run.words}')
    after = device.run(0, city)
    counts.check(after.drained is not None, f'{where}: not drained: {after.words} {after.errors[-300:]}')
    counts.add(trials=1, refused=run.refused)
    counts.check_city(city, device, where=where)
    shutil.rmtree(folder)


def acknowledge_unflushed(base, folder, counts):
    """From half of the flushes on all fail: the last request comes after that, and gets no receipt."""
    half = how_many(base, folder / 'count-flushes', 'sync') // 2
    device = copy_of(base, folder / 'unflushed')
    run = device.run(REQUESTS, wait=10, **shim(device.folder / 'data', 'sync', half, True))
    counts.check(run.refused > 0, f'a receipt for what was never flushed: {run.words}')


def main():
    counts = Counts('r3-errors')
    with Folder() as folder:
        city = City(folder)
        base = begin_with_one(folder / 'base')
        acknowledge_unflushed(base, folder, counts)
        for call in CALLS:
            often = how_many(base, folder / f'count-{call}', call)
            counts.add(**{f'calls of {call}': often})
            for nth in range(1, often + 1, STEP if often > STEP else 1):
                for lasting in (False, True):
                    fail_at(base, folder / 'device', call, nth, lasting, city, counts)
        city.close()
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
