#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R9: each filing comes one to three times, in any order, some with another text; on a file, and at two servers."""

from crowd import LONG, Cluster, Counts, Crowd, Folder, Server, ask_cluster, ask_file, check, count_answers

REQUESTS = 10000 if LONG else 400


def deliver(counts, servers, ask, where):
    crowd = Crowd([server.port for server in servers], REQUESTS, citizens=16, deliveries=(1, 2, 3), spoilt=0.1)
    crowd.finish()
    check(counts, crowd, ask, where)
    count_answers(counts, crowd)
    counts.check(crowd.answers.get(422, 0) > 0, f'{where} no changed text was refused')


def main():
    counts = Counts('r9-duplicates')
    with Folder() as folder:
        server = Server(folder, str(folder / 'city.db'))
        deliver(counts, [server], ask_file(folder / 'city.db'), 'a file:')
        server.close()
    cluster = Cluster().make().start()
    try:
        with Folder() as folder:
            servers = [Server(folder, cluster.address(city='r9')) for _ in range(2)]
            deliver(counts, servers, ask_cluster(cluster, 'r9'), 'two servers:')
            for server in servers:
                server.close()
    finally:
        cluster.remove()
    counts.finish()


if __name__ == '__main__':
    main()
