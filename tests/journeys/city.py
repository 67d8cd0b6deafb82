# SPDX-License-Identifier: GPL-3.0-or-later
"""A city for the window to talk to: the shipped server, and a few that are broken on purpose."""

import http.server
import json
import os
import pathlib
import random
import socket
import subprocess
import threading
import time
import urllib.parse
import urllib.request


# Below the ports that the kernel gives to connections: nobody's connection can take one before the server does.
PORTS = range(20000, 32000)
PATIENCE = 60


def free_port():
    while True:
        port = random.choice(PORTS)
        with socket.socket() as sock:
            if sock.connect_ex(('127.0.0.1', port)) != 0:
                return port


class City:
    """komek-city over a database of its own. It can be killed and started again at the same address."""

    def __init__(self, folder, sample=2000, port=None):
        self.database = pathlib.Path(folder) / 'city.db'
        self.sample = sample
        self.port = port or free_port()
        self.url = f'http://127.0.0.1:{self.port}/open311/v2/'
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *problem):
        self.kill()

    def command(self):
        return [os.environ['KOMEK_CITY_PROGRAM'], '--listen', f'127.0.0.1:{self.port}',
                '--database', str(self.database), '--sample', str(self.sample)]

    def start(self):
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if line != self.url:
            self.kill()
            raise AssertionError(f'komek-city said {line!r} and not {self.url}')

    def is_running(self):
        return self.process is not None

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def get(self, path, **arguments):
        return get(self.url, path, **arguments)

    def post(self, path, **fields):
        body = urllib.parse.urlencode(fields).encode()
        with urllib.request.urlopen(urllib.parse.urljoin(self.url, path), body, timeout=10) as answer:
            return json.load(answer)


class EmbeddedCity(City):
    """The same as a child of the window: a program that the window may start in place of komek-city."""

    def __init__(self, folder, sample=2000):
        super().__init__(folder, sample)
        self.program = pathlib.Path(folder) / 'komek-city'
        words = ' '.join(f"'{word}'" for word in self.command())
        self.program.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding='utf-8')
        self.program.chmod(0o755)

    def start(self):
        pass

    def is_running(self):
        return True

    def get(self, path, **arguments):
        """The window shows its pages before its child has made a city and listens."""
        end = time.monotonic() + PATIENCE
        while True:
            with socket.socket() as sock:
                if sock.connect_ex(('127.0.0.1', self.port)) == 0:
                    break
            if time.monotonic() > end:
                raise AssertionError(f'Nobody listens at {self.url}')
            time.sleep(0.05)
        return super().get(path, **arguments)

    def find_process(self):
        """Its process id, or None while it does not run."""
        for entry in pathlib.Path('/proc').iterdir():
            try:
                if entry.name.isdigit() and str(self.database).encode() in (entry / 'cmdline').read_bytes().split(b'\0'):
                    return int(entry.name)
            except OSError:
                continue
        return None


def get(url, path, **arguments):
    address = urllib.parse.urljoin(url, path)
    if arguments:
        address += '?' + urllib.parse.urlencode(arguments)
    with urllib.request.urlopen(address, timeout=10) as answer:
        return json.load(answer)


class HtmlServer:
    """What stands at a mistyped address: a web page for everything."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            page = b'<!DOCTYPE html><title>Welcome</title><h1>It works!</h1>'
            self.send_response(200)
            self.send_header('Content-Type', 'text/html; charset=utf-8')
            self.send_header('Content-Length', str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *words):
            pass

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), self.Handler)
        self.url = f'http://127.0.0.1:{self.server.server_port}/open311/v2/'
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *problem):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
