#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R3 and R5 for the mirror: each call on its files fails once, and from then on, and the disk is full at many levels:
what it said is stored is there, and all is well once the disk is. Only a disk that never can read has a mirror set aside
and begun anew."""

import os
import shutil
import subprocess
import sys

from stand import LONG, Counts, Folder

PROGRAM = os.environ['KOMEK_MIRROR_PROGRAM']
CALLS = ('read', 'write', 'sync', 'open', 'rename', 'unlink')
STEP = 1 if LONG else 23
LEVELS = 64 if LONG else 12
MOST = 1024 * 1024
HANGS = 60


def shim(path, **more):
    return {'LD_PRELOAD': os.environ['KOMEK_FAULT_SHIM'], 'KOMEK_SHIM_FOLDER': str(path)} | {
        f'KOMEK_SHIM_{name.upper()}': str(value) for name, value in more.items()}


def start(*words, **environment):
    return subprocess.run([PROGRAM, *map(str, words)], env=os.environ | environment, capture_output=True, text=True,
                          check=False, timeout=HANGS)


def begin(folder, whole):
    """A folder with nothing in it, or with a mirror that is as it should be."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if whole:
        shutil.copy(whole, folder / 'mirror.db')
    return folder / 'mirror.db'


def count_calls(folder, whole, call):
    path = begin(folder, whole)
    log = folder / 'calls'
    start('visit', path, **shim(path, call=call, nth=0, count=log))
    return log.stat().st_size if log.exists() else 0


def visit(folder, whole, counts, where, **fault):
    path = begin(folder, whole)
    said = folder / 'said'
    visited = start('visit', path, **shim(path, **fault))
    counts.check(visited.returncode in (0, 1), f'{where}: ended with {visited.returncode}')
    stored = int(said.read_text(encoding='utf-8')) if said.exists() else 0
    if list(folder.glob('*.bad-*')):
        counts.check(fault.get('call') == 'read' and 'lasting' in fault, f'{where}: set aside')
        stored = 0
        counts.add(aside=1)
    checked = start('check', path, stored)
    lost, doubled, orphaned = map(int, checked.stdout.split() or (0, 0, 1))
    counts.check(checked.returncode == 0 and lost + doubled + orphaned == 0,
                 f'{where}: {checked.returncode}, {checked.stdout.strip()}, {checked.stderr[-200:]}')
    counts.add(trials=1, acknowledged=stored, lost=lost, doubled=doubled, orphaned=orphaned)


def fail_calls(folder, whole, counts):
    state = 'whole' if whole else 'none'
    for call in CALLS:
        often = count_calls(folder, whole, call)
        for nth in range(1, often + 1, STEP if often > STEP else 1):
            visit(folder, whole, counts, f'{state}, {call} {nth} once', call=call, nth=nth)
            visit(folder, whole, counts, f'{state}, {call} {nth} and on', call=call, nth=nth, lasting=1)


def main():
    counts = Counts('r3-mirror')
    with Folder() as folder:
        whole = folder / 'whole.db'
        start('visit', begin(folder / 'made', None))
        shutil.move(folder / 'made' / 'mirror.db', whole)
        for former in (None, whole):
            fail_calls(folder / 'device', former, counts)
        for level in range(LEVELS):
            room = MOST * level // LEVELS
            visit(folder / 'device', None, counts, f'{room} bytes free', room=room)
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
