#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL with a synchronous standby is killed under load; the standby is promoted and goes on."""

import http.client
import time

from crowd import BASE, LONG, Cluster, Counts, Crowd, Folder, Server, ask_cluster, check, count_answers

REQUESTS = 4000 if LONG else 300
ROUNDS = 15 if LONG else 1


def fail_over(counts, turn):
    primary = Cluster().make().start()
    standby = Cluster()
    try:
        standby.copy_from(primary, 'standby').start()
        primary.configure("synchronous_standby_names = 'standby'\n")
        primary.ask('SELECT pg_reload_conf()')
        wait_until_synchronous(primary)
        with Folder() as folder:
            # Both servers are named; whoever connects takes the one that can be written to.
            servers = [Server(folder, primary.address(standby, city='replica')) for _ in range(2)]
            crowd = Crowd([server.port for server in servers], REQUESTS, seed=turn)
            crowd.wait_for(0.5)
            before = len(crowd.acknowledged)
            primary.kill()
            start = time.monotonic()
            standby.promote()
            crowd.finish()
            counts.add(promoted=1)
            counts.check(0 < before < len(crowd.acknowledged), 'nobody was told anything before or after')
            check(counts, crowd, ask_cluster(standby, 'replica'), f'round {turn}:')
            count_answers(counts, crowd)
            counts.values['slowest in ms'] = max(counts.values['slowest in ms'],
                                                 int((time.monotonic() - start) * 1000))
            for server in servers:
                server.close()
    finally:
        primary.remove()
        standby.remove()


def wait_until_synchronous(primary):
    end = time.monotonic() + 20
    while primary.ask('SELECT sync_state FROM pg_stat_replication') != 'sync':
        if time.monotonic() > end:
            raise RuntimeError('the standby does not follow')
        time.sleep(0.02)


def read(port):
    """The status of a list, 0 where none comes in time."""
    line = http.client.HTTPConnection('127.0.0.1', port, timeout=5)
    try:
        line.request('GET', BASE + 'requests.json')
        return line.getresponse().status
    except OSError:
        return 0
    finally:
        line.close()


def wait_without_standby(counts):
    """Nothing is acknowledged that is on one machine alone, whoever ends the wait of a commit that is there already;
    what waited is told once the standby is back, and is there once."""
    primary = Cluster().make().start()
    standby = Cluster()
    try:
        standby.copy_from(primary, 'standby').start()
        primary.configure("synchronous_standby_names = 'standby'\n")
        primary.ask('SELECT pg_reload_conf()')
        wait_until_synchronous(primary)
        with Folder() as folder:
            server = Server(folder, primary.address(standby, city='alone'))
            standby.stop()
            crowd = Crowd([server.port], 40, citizens=40)
            time.sleep(1.5)
            counts.check(read(server.port) == 200, 'nobody can read without the standby')
            counts.check(not crowd.acknowledged, 'a filing was acknowledged without the standby')
            for end in ('pg_cancel_backend', 'pg_terminate_backend'):
                ended = primary.ask(f"SELECT count({end}(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                counts.check(ended != '0', f'{end}: nobody waited for the standby')
                time.sleep(1)
                counts.check(not crowd.acknowledged, f'a filing was acknowledged after {end}')
            standby.start()
            crowd.finish()
            check(counts, crowd, ask_cluster(primary, 'alone'), 'without the standby:')
            server.close()
    finally:
        primary.remove()
        standby.remove()


def main():
    counts = Counts('scale-replica')
    for turn in range(ROUNDS):
        fail_over(counts, turn)
    wait_without_standby(counts)
    counts.finish()


if __name__ == '__main__':
    main()
