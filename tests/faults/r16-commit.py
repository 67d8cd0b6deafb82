#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R16: a server is killed before a commit, between the commit and the answer, and at any time, on both engines."""

import random
import time

from crowd import LONG, Cluster, Counts, Crowd, Folder, Server, ask_cluster, ask_file, check, count_answers

POINTS = ('city.before-commit', 'city.after-commit')
KILLS_AT_POINTS = 250 if LONG else 3
KILLS_AT_RANDOM = 250 if LONG else 4
REQUESTS_A_KILL = 24


class Told:
    """What several crowds were told."""

    def __init__(self):
        self.acknowledged = {}
        self.wrong = []

    def add(self, crowd):
        self.acknowledged |= crowd.acknowledged
        self.wrong += crowd.wrong


def kill_at_points(counts, folder, database, ask, where):
    """The server is killed the Nth time that it comes to the point; the next one goes on with the same city."""
    told = Told()
    for point in POINTS:
        for i in range(KILLS_AT_POINTS):
            server = Server(folder, database, fault=f'{point}:{2 + i % 7}')
            crowd = Crowd([server.port], REQUESTS_A_KILL, seed=f'{where}{point}{i}')
            crowd.finish()
            counts.add(killed=int(server.starts > 1))
            told.add(crowd)
            server.close()
    check(counts, told, ask, where)


def kill_at_random(counts, folder, database, ask, where):
    server = Server(folder, database)
    crowd = Crowd([server.port], REQUESTS_A_KILL * KILLS_AT_RANDOM, seed=where)
    lot = random.Random(where)
    for _ in range(KILLS_AT_RANDOM):
        time.sleep(lot.uniform(0.05, 0.3))
        server.kill()
    crowd.finish()
    counts.add(killed=server.starts - 1)
    check(counts, crowd, ask, where)
    count_answers(counts, crowd)
    server.close()


def kill(counts, name, database, ask):
    """Two cities: one for the points, one for any time."""
    with Folder() as folder:
        kill_at_points(counts, folder, database(folder, 'points'), ask(folder, 'points'), f'{name}, at the points:')
    with Folder() as folder:
        kill_at_random(counts, folder, database(folder, 'random'), ask(folder, 'random'), f'{name}, at random:')


def main():
    counts = Counts('r16-commit')
    kill(counts, 'a file', lambda folder, city: str(folder / f'{city}.db'),
         lambda folder, city: ask_file(folder / f'{city}.db'))
    cluster = Cluster().make().start()
    try:
        kill(counts, 'PostgreSQL', lambda folder, city: cluster.address(city=city),
             lambda folder, city: ask_cluster(cluster, city))
    finally:
        cluster.remove()
    counts.finish()


if __name__ == '__main__':
    main()
