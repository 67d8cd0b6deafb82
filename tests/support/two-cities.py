#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in the place of komek-city: two of it on one PostgreSQL, and nginx before them with the site that we ship.

two-cities.py COMMAND... runs a command to which that is komek-city. As such it takes the options of komek-city;
what is asked for as a file is a city of its own in the PostgreSQL. KOMEK_NGINX is the folder that nginx is
unpacked into.
"""

import argparse
import hashlib
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import urllib.parse

from nginx import Nginx, unpack
from postgres import Cluster

BASE = '/open311/v2/'

# Nobody here is a stranger, and both share what nginx lets through.
SETTINGS = '[guard]\nconnections=1000\nconnections-per-address=1000\n'


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument('--listen', default='127.0.0.1:0')
    parser.add_argument('--database', required=True)
    parser.add_argument('--until-stdin-closes', action='store_true')
    return parser.parse_known_args()


def start(folder, database, port, more):
    """One server, which ends with us."""
    name = hashlib.sha256(database.encode()).hexdigest()[:16]
    settings = pathlib.Path(folder) / 'settings.ini'
    settings.write_text(SETTINGS, encoding='utf-8')
    process = subprocess.Popen(
        ['setpriv', '--pdeathsig=KILL', os.environ['KOMEK_SHARED_CITY_PROGRAM'], '--listen', '127.0.0.1:0',
         '--database', f'{os.environ["KOMEK_TEST_DATABASE"]}&komek_city={name}', '--seal-file', f'{database}.key',
         '--settings', str(settings), '--public-url', f'http://127.0.0.1:{port}', *more],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    return process, urllib.parse.urlsplit(process.stdout.readline().strip()).port


def run(command):
    """A command with a PostgreSQL of its own; 77 where there is no nginx to be had."""
    if not unpack(os.environ['KOMEK_NGINX']):
        print('two-cities: nginx cannot be fetched here')
        return 77
    cluster = Cluster().make().start()
    try:
        return subprocess.run(command, check=False, env=os.environ | {
            'KOMEK_TEST_DATABASE': cluster.address(), 'KOMEK_CITY_PROGRAM': __file__,
            'KOMEK_SHARED_CITY_PROGRAM': os.environ['KOMEK_CITY_PROGRAM']}).returncode
    finally:
        cluster.remove()


def serve():
    options, more = read_options()
    port = int(options.listen.rpartition(':')[2])
    with tempfile.TemporaryDirectory(prefix='komek-two-cities.') as folder:
        servers = [start(folder, options.database, port, more) for _ in range(2)]
        proxy = Nginx(unpack(os.environ['KOMEK_NGINX']), folder, port, [server_port for _, server_port in servers])
        print(f'http://127.0.0.1:{port}{BASE}', flush=True)
        if options.until_stdin_closes:
            sys.stdin.read()
        else:
            signal.sigwait([signal.SIGTERM, signal.SIGINT])
        proxy.close()
        for process, _ in servers:
            process.terminate()
            process.wait()


if __name__ == '__main__':
    sys.exit(serve() if sys.argv[1].startswith('--') else run(sys.argv[1:]))
