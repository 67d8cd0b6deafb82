#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R6: bytes of the outbox are flipped, cut off or zeroed: it starts, and all that waited comes back from the copies."""

import random
import shutil
import sys

from stand import LONG, City, Counts, Device, Folder

TRIALS = 10000 if LONG else 60
LONGEST_START = 5000  # milliseconds
REQUESTS = 3
VOTES = 2
PARTS = ('outbox.db', 'outbox.db-wal', 'outbox.db-shm')


def flip(contents, lot):
    for _ in range(lot.randint(1, 16)):
        contents[lot.randrange(len(contents))] ^= 1 << lot.randrange(8)


def cut(contents, lot):
    del contents[lot.randrange(len(contents)):]


def zero_page(contents, lot):
    page = lot.randrange((len(contents) + 4095) // 4096) * 4096
    end = min(page + 4096, len(contents))
    contents[page:end] = bytes(end - page)


def corrupt(path, lot):
    contents = bytearray(path.read_bytes())
    if contents:
        lot.choice((flip, cut, zero_page))(contents, lot)
        path.write_bytes(contents)


def prepare(folder, city):
    """Killed at the end, it leaves its log beside the file; ended in peace, it does not."""
    somebody = Device(folder / 'somebody')
    somebody.run(VOTES, city)
    votes = [f'--vote={number}' for (number,) in city.ask('SELECT number FROM request')]
    killed = Device(folder / 'killed')
    killed.run(REQUESTS, more=votes, KOMEK_FAULT='outbox.farewell')
    ended = Device(folder / 'ended')
    ended.run(REQUESTS, more=votes)
    assert len(killed.votes) == len(ended.votes) == VOTES
    return killed, ended


def spoil(base, folder, seed, city, counts):
    lot = random.Random(seed)
    shutil.copytree(base.folder, folder)
    device = Device(folder)
    (folder / 'machine-id').write_text(base.folder.name, encoding='utf-8')
    device.acknowledged = list(base.acknowledged)
    device.votes = list(base.votes)
    path = lot.choice([path for part in PARTS if (path := folder / 'data' / part).exists()])
    corrupt(path, lot)
    run = device.run(1, city, wait=20)
    where = f'seed {seed}, {path.name}'
    counts.check(run.drained is not None, f'{where}: ended with {run.status}: {run.words} {run.errors[-400:]}')
    counts.check(len(run.keys) == 1, f'{where}: nothing can be filed any more: {run.words} {run.errors[-300:]}')
    counts.check((run.ready or 0) <= LONGEST_START, f'{where}: the start took {run.ready} ms')
    counts.check_city(city, device, where=where)
    counts.check_votes(city, device, where)
    counts.add(trials=1, aside=len(list((folder / 'data').glob('*.bad-?'))))
    shutil.rmtree(folder)


def main():
    counts = Counts('r6-corrupt')
    with Folder() as folder:
        city = City(folder)
        bases = prepare(folder, city)
        for seed in range(TRIALS):
            spoil(bases[seed % 2], folder / 'device', seed, city, counts)
        city.close()
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
