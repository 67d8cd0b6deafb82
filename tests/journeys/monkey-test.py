#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""However a seed of the monkey ends, a line says how: one without a line is taken for a good one."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import monkey
from touchscreen import NoTouch, find_server

MONKEY = pathlib.Path(__file__).with_name('monkey.py')


class Ends(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix='komek-ends.')))

    def write(self, script):
        program = self.folder / 'komek'
        program.write_text(f'#!/bin/sh\n{script}\n', encoding='utf-8')
        program.chmod(0o755)
        return program

    def start(self, program):
        environment = dict(os.environ, KOMEK_PROGRAM=str(program), KOMEK_CITY_PROGRAM='false')
        return subprocess.Popen([sys.executable, MONKEY, '5', '6'], env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def read(self, process):
        said, _ = process.communicate(timeout=60)
        return said.splitlines()

    def assert_both_failed(self, process, words):
        lines = self.read(process)
        for seed in (5, 6):
            self.assertTrue([line for line in lines if line.startswith(f'seed {seed} failed: ') and words in line], lines)
        self.assertEqual(process.returncode, 1)

    def test_a_program_that_ends_is_told_of(self):
        self.assert_both_failed(self.start(self.write('exit 3')), 'komek ended with 3')

    def test_a_mistake_of_ours_is_told_of_and_the_next_has_its_turn(self):
        self.assert_both_failed(self.start(self.folder / 'nothing'), 'FileNotFoundError')

    def test_whoever_is_stopped_says_where_it_was(self):
        begun = self.folder / 'begun'
        process = self.start(self.write(f'touch "{begun}"; exec sleep 60'))
        end = time.monotonic() + 30
        while not begun.exists() and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        lines = self.read(process)
        self.assertTrue(any(line.startswith('seed 5 failed: Stopped') for line in lines), lines)
        self.assertNotEqual(process.returncode, 0)


if __name__ == '__main__':
    try:
        find_server()
    except NoTouch as reason:
        print(f'no screen to touch here: {reason}')
        sys.exit(monkey.SKIP)
    unittest.main(verbosity=2)
