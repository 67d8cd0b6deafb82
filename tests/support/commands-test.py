#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""commands-test.py SOURCE BUILD: app/run starts what is built, from any folder, with and without a display."""

import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import unittest

source, build = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
run = source / 'app' / 'run'


def without_display():
    return {name: value for name, value in os.environ.items() if name not in ('DISPLAY', 'WAYLAND_DISPLAY')}


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) == 0


def wait(predicate, seconds=20):
    end = time.monotonic() + seconds
    while not predicate():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


class Commands(unittest.TestCase):
    def test_a_second_start_from_another_folder_takes_no_two_seconds(self):
        subprocess.run([run, '--version'], cwd='/', env=without_display(), check=True, capture_output=True)
        begin = time.monotonic()
        done = subprocess.run([run, '--version'], cwd='/', env=without_display(), capture_output=True, text=True)
        self.assertLess(time.monotonic() - begin, 2)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r'^komek \d+\.\d+\.\d+\n$')
        self.assertEqual(done.stderr, '')

    def test_the_program_is_built_without_tests(self):
        commands = subprocess.run(['ninja', '-C', build, '-t', 'commands', 'program'],
                                  check=True, capture_output=True, text=True).stdout
        for part in ('-o app/komek ', '-o app/city/komek-city ', 'komek.mo', 'glib-compile-schemas'):
            self.assertIn(part, commands)
        installed = json.loads(subprocess.run(['meson', 'introspect', '--installed', build],
                                              check=True, capture_output=True, text=True).stdout)
        for part in (pathlib.Path(path) for path in installed):
            if part.is_relative_to(build) and part.suffix != '.service':  # units are written when it is set up
                self.assertIn(str(part.relative_to(build)), commands)
        self.assertNotIn('tests/', commands)

    def test_help_needs_no_display(self):
        done = subprocess.run([run, '--help'], cwd='/', env=without_display(), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        for option in ('--city', '--kiosk', '--language', '--tiles', '--version'):
            self.assertIn(option, done.stdout)

    def test_without_a_display_a_browser_can_show_it(self):
        komek = subprocess.Popen([run, '--city', 'http://127.0.0.1:1/'], cwd='/', env=without_display(),
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            line = komek.stderr.readline()
            address = re.search(r'http://127\.0\.0\.1:(\d+)/', line)
            self.assertIsNotNone(address, line)
            port = int(address.group(1))
            self.assertTrue(wait(lambda: is_open(port)))
            time.sleep(1)
            self.assertIsNone(komek.poll(), 'komek must go on without a display')
        finally:
            komek.terminate()
            komek.wait(10)
            komek.stderr.close()
        self.assertTrue(wait(lambda: not is_open(port)), 'Broadway must end with komek')


if __name__ == '__main__':
    if build != source / '.build':
        print('app/run builds into .build; this is another folder')
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
