#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a citizen entrusts to the device is nowhere to be read on it: in no file, log, or remains of a crash."""

import base64
import http.server
import os
import resource
import signal
import subprocess
import sys
import threading
import urllib.parse

from stand import City, Counts, Device, Folder

NAME = 'Қарлығаш Сынақова'
PHONE = '+77015550199'
EMAIL = 'qarlygash.synaq@example.kz'
IIN = '850101399991'
TEXT = f'Менің ЖСН {IIN}, есікті ашыңыз'
CANARIES = (NAME, 'Сынақова', PHONE, PHONE[1:], EMAIL, EMAIL.split('@')[0], IIN, 'есікті ашыңыз')


class Parrot(http.server.BaseHTTPRequestHandler):
    """A city that refuses everything in the words of whoever asked."""

    status = 400

    def do_GET(self):
        discovery = ('{"changeset":"1","contact":"-","key_service":"-","endpoints":[{"specification":'
                     '"http://wiki.open311.org/GeoReport_v2","url":"http://127.0.0.1:%d/","changeset":"1",'
                     '"type":"production","formats":["application/json"]}]}' % self.server.server_port)
        self.answer(200, discovery if 'discovery' in self.path else '[]')

    def do_POST(self):
        form = urllib.parse.unquote_plus(self.rfile.read(int(self.headers['Content-Length'])).decode())
        self.answer(self.status, '[{"code":%d,"description":"Refused: %s"}]'
                    % (self.status, form.replace('"', "'").replace('\n', ' ')))

    def answer(self, status, body):
        bytes_ = body.encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(bytes_)))
        self.end_headers()
        self.wfile.write(bytes_)

    def log_message(self, *arguments):
        pass


class ParrotCity:
    def __init__(self, status):
        handler = type('Handler', (Parrot,), {'status': status})
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
        self.url = f'http://127.0.0.1:{self.server.server_port}/'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def spellings(canary):
    """As bytes, and as base64 at each of the three places where it can begin."""
    clear = canary.encode()
    yield clear
    yield canary.encode('utf-16-le')
    for shift in range(3):
        yield base64.b64encode(b'\0' * shift + clear)[4:-4]
    yield urllib.parse.quote(canary).encode()


def search(contents, where, counts):
    for canary in CANARIES:
        for spelling in spellings(canary):
            counts.check(spelling not in contents, f'{where} holds {canary}')
    counts.add(searched=1)


def search_folder(folder, counts):
    for path in folder.rglob('*'):
        if path.is_file():
            search(path.read_bytes(), str(path.relative_to(folder)), counts)


def file_under(folder, name, counts, city=None, **environment):
    """One more start on the same device, with everything that it says."""
    device = Device(folder)
    run = device.run(2, city, photos=1, wait=3, more=[f'--contact={NAME}/{PHONE}/{EMAIL}', f'--text={TEXT}'],
                     G_MESSAGES_DEBUG='all', **environment)
    search((run.words + run.errors).encode(), f'what it says: {name}', counts)
    search_folder(folder, counts)
    return run


def crash(folder, counts):
    """Ended by a signal that leaves a core: none is left."""
    device = Device(folder)
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
    process = subprocess.Popen(device.command(500, None, 1, more=[f'--contact={NAME}/{PHONE}/{EMAIL}', f'--text={TEXT}']),
                               cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.readline()
    process.send_signal(signal.SIGABRT)
    words = b''.join(process.communicate())
    counts.check(process.returncode == -signal.SIGABRT, f'the crash was none: {process.returncode}')
    search(words, 'the crash', counts)
    search_folder(folder, counts)


def main():
    counts = Counts('canaries')
    with Folder() as folder:
        city = City(folder)
        shim = {'LD_PRELOAD': os.environ['KOMEK_FAULT_SHIM'], 'KOMEK_SHIM_FOLDER': str(folder / 'device' / 'data')}
        file_under(folder / 'device', 'no line', counts)
        for status in (200, 400, 403, 422, 500):
            parrot = ParrotCity(status)
            file_under(folder / 'device', f'a city that says {status}', counts, parrot)
            parrot.close()
        file_under(folder / 'device', 'killed', counts, city, KOMEK_FAULT='delivery.answered')
        file_under(folder / 'device', 'a disk that fails', counts, city, KOMEK_SHIM_CALL='sync', KOMEK_SHIM_NTH='2',
                   KOMEK_SHIM_LASTING='1', **shim)
        file_under(folder / 'device', 'a city', counts, city)
        crash(folder / 'device', counts)
        city.close()
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
