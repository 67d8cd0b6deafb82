#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R1: killed at every named point of both ends, and at random: what was acknowledged is at the city once."""

import collections
import random
import subprocess
import sys
import threading

from stand import LONG, City, Counts, Device, Folder, Run

REQUESTS = 4
PHOTOS = 1
SEEDS = 25 if LONG else 1
RANDOM_KILLS = 1000 if LONG else 12
LONGEST_START = 3000  # milliseconds


def points(device, city):
    """The points that an undisturbed run passes, and how often."""
    log = device.folder / 'points'
    device.run(REQUESTS, city, PHOTOS, KOMEK_FAULT_LOG=str(log))
    return collections.Counter(log.read_text(encoding='utf-8').split())


def recover(device, city, counts, where):
    """The next start brings all that was acknowledged to the city."""
    run = device.run(0, city, PHOTOS)
    counts.check(run.drained is not None, f'{where}: not drained: {run.words} {run.errors[-300:]}')
    counts.check((run.ready or 0) <= LONGEST_START, f'{where}: the start took {run.ready} ms')
    counts.check_city(city, device, PHOTOS, where)


def kill_device_at(name, nth, counts):
    with Folder() as folder:
        city = City(folder)
        device = Device(folder / 'device')
        run = device.run(REQUESTS, city, PHOTOS, KOMEK_FAULT=f'{name}:{nth}')
        counts.add(killed=int(run.killed))
        recover(device, city, counts, f'{name}:{nth}')
        counts.values['slowest start in ms'] = max(device.slowest, counts.values['slowest start in ms'])
        city.close()


def kill_city_at(name, nth, counts):
    with Folder() as folder:
        city = City(folder, KOMEK_FAULT=f'{name}:{nth}')
        device = Device(folder / 'device')
        device.run(REQUESTS, city, PHOTOS)
        counts.add(killed=int(city.starts > 1))
        recover(device, city, counts, f'{name}:{nth}')
        city.close()


def kill_device_sometime(counts, seed):
    """As often as not before it is drained; several times in a row on one device."""
    with Folder() as folder:
        city = City(folder)
        device = Device(folder / 'device')
        lot = random.Random(seed)
        for _ in range(3):
            process = subprocess.Popen(device.command(REQUESTS, city, PHOTOS), stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True)
            timer = threading.Timer(lot.uniform(0.01, 0.4), process.kill)
            timer.start()
            words = process.communicate()[0]
            timer.cancel()
            run = Run(words, process.returncode, '')
            device.acknowledged += run.keys
            counts.add(killed=int(run.killed))
        recover(device, city, counts, f'seed {seed}')
        city.close()


ADOPTION = ('outbox.adopt.taken', 'outbox.adopt.copied', 'outbox.adopt.struck')


def kill_while_it_moves(point, counts):
    """Killed while what waits for a former address of the city is brought over; then that is asked for again."""
    with Folder() as folder:
        city = City(folder)
        device = Device(folder / 'device')
        device.run(REQUESTS, None, PHOTOS, more=['--address=http://city.example/'])
        moved = ['--address=https://city.example/', '--adopt']
        run = device.run(1, city, PHOTOS, more=moved, KOMEK_FAULT=point)
        counts.check(run.killed, f'{point}: was not killed: {run.words}')
        counts.add(killed=int(run.killed))
        run = device.run(0, city, PHOTOS, more=moved)
        counts.check(run.drained is not None, f'{point}: not drained: {run.words} {run.errors[-300:]}')
        counts.check_city(city, device, PHOTOS, point)
        former = device.run(0, city, PHOTOS, more=['--address=http://city.example/'])
        counts.check(former.drained is not None, f'{point}: the former outbox is not empty: {former.words}')
        counts.check_city(city, device, PHOTOS, f'{point}, at the former address')
        city.close()


VOTING = ('outbox.vote.after_commit:1', 'outbox.vote.copied:1', 'outbox.vote.copied:2', 'outbox.vote.after_commit:3')


def kill_while_it_votes(point, counts):
    """Killed while votes are kept, or when the city has heard of the first; and then the disk loses the outbox."""
    with Folder() as folder:
        city = City(folder)
        Device(folder / 'somebody').run(2, city)
        votes = [f'--vote={number}' for (number,) in city.ask('SELECT number FROM request')]
        device = Device(folder / 'device')
        told = city if point.endswith('3') else None
        if told:
            device.run(0, more=votes)
        run = device.run(0, told, more=[] if told else votes, KOMEK_FAULT=point.replace(':3', ':1'))
        counts.check(run.killed, f'{point}: was not killed: {run.words}')
        counts.add(killed=int(run.killed))
        device.outbox.write_bytes(b'lost')
        run = device.run(0, city)
        counts.check(run.drained is not None, f'{point}: not drained: {run.words} {run.errors[-300:]}')
        counts.check_votes(city, device, point)
        city.close()


def main():
    counts = Counts('r1-kill')
    with Folder() as folder:
        log = folder / 'city-points'
        city = City(folder, KOMEK_FAULT_LOG=str(log))
        device = points(Device(folder / 'device'), city)
        city.close()
        far = collections.Counter(log.read_text(encoding='utf-8').split())
    counts.add(points=len(device) + len(far))
    for name, often in sorted(device.items()):
        for seed in range(SEEDS):
            kill_device_at(name, random.Random(f'{name}{seed}').randint(1, often), counts)
    for point in ADOPTION:
        kill_while_it_moves(point, counts)
    for point in VOTING:
        kill_while_it_votes(point, counts)
    for name, often in sorted(far.items()):
        for seed in range(SEEDS):
            kill_city_at(name, random.Random(f'{name}{seed}').randint(1, often), counts)
    for seed in range(RANDOM_KILLS):
        kill_device_sometime(counts, seed)
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
