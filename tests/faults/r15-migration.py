#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R15: killed in every step of bringing an older outbox up to date; and a newer one is left alone."""

import shutil
import sqlite3
import sys

from stand import City, Counts, Device, Folder

VERSION = 5
POINTS = ('outbox.migrate.tables', 'outbox.migrate.stamped', 'outbox.migrate.before_commit',
          'outbox.migrate.after_commit')

# What each version brought, taken back: the newest first.
BACK = {
    5: 'DROP TABLE vote; PRAGMA user_version = 4',
    4: 'DROP INDEX item_open; DROP INDEX item_queue; ALTER TABLE item DROP COLUMN status;'
       'CREATE INDEX item_unfinished ON item (sequence) WHERE state NOT IN (3, 4); PRAGMA user_version = 3',
    3: 'DROP INDEX item_ended; ALTER TABLE item DROP COLUMN reason; PRAGMA user_version = 2',
    2: 'DROP TABLE photo; PRAGMA user_version = 1',
}


def tell(device, sql):
    database = sqlite3.connect(device.outbox)
    database.executescript(sql)
    database.close()


def make_old(folder, version):
    device = Device(folder)
    device.run(3)
    for newer in range(VERSION, version, -1):
        tell(device, BACK[newer])
    return device


def kill_while_it_climbs(folder, city, counts):
    for version in range(1, VERSION):
        for point in POINTS:
            for nth in range(1, VERSION - version + 1):
                device = make_old(folder / 'device', version)
                killed = device.run(0, KOMEK_FAULT=f'{point}:{nth}')
                where = f'version {version}, {point}:{nth}'
                counts.check(killed.killed, f'{where}: was not killed')
                after = device.run(1, city)
                counts.check(after.drained is not None, f'{where}: {after.words} {after.errors[-300:]}')
                counts.check(device.ask('PRAGMA user_version') == [(VERSION,)], f'{where}: not up to date')
                counts.check(not list((folder / 'device' / 'data').glob('*.bad-?')), f'{where}: set aside')
                counts.check_city(city, device, where=where)
                counts.add(killed=1)
                shutil.rmtree(folder / 'device')


def kill_while_it_is_made(folder, city, counts):
    for point in POINTS:
        for nth in range(1, VERSION + 1):
            device = Device(folder / 'fresh')
            device.run(1, KOMEK_FAULT=f'{point}:{nth}')
            after = device.run(1, city)
            counts.check(after.drained is not None, f'new, {point}:{nth}: {after.words} {after.errors[-300:]}')
            counts.check_city(city, device, where=f'new, {point}:{nth}')
            counts.add(killed=1)
            shutil.rmtree(folder / 'fresh')


def refuse_a_newer_one(folder, city, counts):
    device = make_old(folder / 'newer', VERSION)
    tell(device, f'CREATE TABLE more (words); PRAGMA user_version = {VERSION + 1}')
    before = device.outbox.read_bytes()
    run = device.run(1, city, wait=2)
    counts.check(run.unprepared and run.refused == 1, f'a newer file was taken: {run.words}')
    counts.check(device.outbox.read_bytes() == before, 'a newer file was changed')
    tell(device, f'DROP TABLE more; PRAGMA user_version = {VERSION}')
    after = device.run(0, city)
    counts.check(after.drained is not None, f'a newer file did not survive: {after.words}')
    counts.check_city(city, device, where='newer')


def main():
    counts = Counts('r15-migration')
    with Folder() as folder:
        city = City(folder)
        kill_while_it_climbs(folder, city, counts)
        kill_while_it_is_made(folder, city, counts)
        refuse_a_newer_one(folder, city, counts)
        city.close()
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
