#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two servers on one PostgreSQL behind nginx; now one and now the other is killed under load."""

import os
import sys
import time

from crowd import LONG, Cluster, Counts, Crowd, Folder, Server, ask_cluster, check, count_answers, free_port
from nginx import Nginx, unpack

REQUESTS = 40000 if LONG else 600
KILLS = 40 if LONG else 3


def main():
    program = unpack(os.environ['KOMEK_NGINX'])
    if not program:
        print('scale-servers: nginx cannot be fetched here')
        sys.exit(77)
    counts = Counts('scale-servers')
    cluster = Cluster().make().start()
    try:
        with Folder() as folder:
            servers = [Server(folder, cluster.address(city='scale'), '--behind-proxy') for _ in range(2)]
            proxy = Nginx(program, folder, free_port(), [server.port for server in servers])
            start = time.monotonic()
            crowd = Crowd([proxy.port], REQUESTS, api_key=servers[0].add_key())
            for i in range(KILLS):
                crowd.wait_for(1 / (KILLS + 1 - i))
                servers[i % 2].kill()
            crowd.finish()
            seconds = time.monotonic() - start
            counts.add(killed=sum(server.starts - 1 for server in servers))
            check(counts, crowd, ask_cluster(cluster, 'scale'))
            count_answers(counts, crowd)
            counts.values['filings a second'] = int(REQUESTS / seconds)
            counts.check(counts.values['killed'] > 0, 'nobody was killed')
            proxy.close()
            for server in servers:
                server.close()
    finally:
        cluster.remove()
    counts.finish()


if __name__ == '__main__':
    main()
