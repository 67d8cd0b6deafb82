#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""build-test.py SOURCE: commands that build, test or install at the same time wait for each other, and say so.

A clone with one small program stands for ours. It is built when the test lets go on."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

source = pathlib.Path(sys.argv[1]).resolve()

PROJECT = """
project('komek', 'c')
python = find_program('python3')
add_test_setup('stage', is_default: true)
slow = custom_target('slow', output: 'slow.txt', command: ['./slow', '@OUTPUT@'], build_by_default: true)
test('small', find_program('true'), suite: 'layers')
"""
SLOW = """#!/bin/sh
echo begun >>"$CLONE/begun"
while [ ! -e "$CLONE/go-on" ]; do sleep 0.05; done
echo built >"$1"
"""
# Knows a package once apt-get has brought it.
DPKG = """#!/bin/sh
[ ! -e "$CLONE/installed" ] || echo "installed weston"
"""
APT = """#!/bin/sh
case "$*" in *install*) ;; *) exit 0 ;; esac
echo begun >>"$CLONE/begun"
while [ ! -e "$CLONE/go-on" ]; do sleep 0.05; done
touch "$CLONE/installed"
"""


def write_program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding='utf-8')
    path.chmod(0o755)


class Build(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='komek-build-')
        self.addCleanup(folder.cleanup)
        self.clone = pathlib.Path(folder.name)
        self.environment = os.environ | {'CLONE': str(self.clone), 'PATH': f'{self.clone}/bin:{os.environ["PATH"]}'}
        shutil.copytree(source / 'tests' / 'support', self.clone / 'tests' / 'support')
        for name in ('app/build', 'app/install', 'tests/run'):
            (self.clone / name).parent.mkdir(exist_ok=True)
            shutil.copy(source / name, self.clone / name)
        (self.clone / 'meson.build').write_text(PROJECT, encoding='utf-8')
        write_program(self.clone / 'slow', SLOW)

    def start(self, *command):
        """Its words go to a file each, so that nobody waits for a reader."""
        words = self.clone / f'words-{time.monotonic_ns()}'
        with open(words, 'w', encoding='utf-8') as file:
            process = subprocess.Popen(command, cwd=self.clone, env=self.environment, stdin=subprocess.DEVNULL,
                                       stdout=file, stderr=subprocess.STDOUT, start_new_session=True)
        process.words = words
        self.addCleanup(self.end, process)
        return process

    def end(self, process):
        """With all that it has started: ninja, when asked, ends what it runs in groups of their own."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()

    def wait(self, predicate, seconds=30):
        end = time.monotonic() + seconds
        while not predicate():
            self.assertLess(time.monotonic(), end, 'nothing came')
            time.sleep(0.02)

    def wait_until_begun(self):
        self.wait((self.clone / 'begun').exists)

    def times_begun(self):
        return (self.clone / 'begun').read_text(encoding='utf-8').count('begun')

    def go_on(self):
        (self.clone / 'go-on').touch()

    def assert_ends(self, process, status, *words):
        self.assertEqual(process.wait(60), status, process.words.read_text(encoding='utf-8'))
        for line in words:
            self.assertIn(line, process.words.read_text(encoding='utf-8'))

    def test_a_second_build_waits_and_leaves_the_log_of_the_first_alone(self):
        log = self.clone / '.build' / 'build.log'
        first = self.start('app/build', '.build', 'all')
        self.wait_until_begun()
        second = self.start('app/build', '.build', '-Dwerror=true', 'all')
        self.wait(lambda: second.words.stat().st_size > 0)
        time.sleep(0.2)
        self.assertIsNone(second.poll())
        self.assertIn('Project name: komek', log.read_text(encoding='utf-8'))
        self.go_on()
        self.assert_ends(first, 0)
        self.assert_ends(second, 0)
        self.assertEqual(first.words.read_text(encoding='utf-8'), '')
        self.assertEqual(second.words.read_text(encoding='utf-8'),
                         'Another command is building in .build; waiting until it has ended.\n')
        self.assertEqual(self.times_begun(), 1)

    def test_a_build_that_ends_early_holds_nobody_up(self):
        first = self.start('app/build', '.build', 'all')
        self.wait_until_begun()
        self.end(first)
        self.go_on()
        self.assert_ends(self.start('app/build', '.build', 'all'), 0)

    def test_other_options_set_the_folder_up_anew_and_the_same_do_not(self):
        self.go_on()
        log = self.clone / '.build' / 'build.log'
        for options, anew in ((('-Dc_args=-DA -DB',), True), (('-Dc_args=-DA -DB',), False), ((), False),
                              (('-Dc_args=-DA -DB', '-Dwerror=true'), True),
                              (('-Dwerror=true', '-Dbuildtype=debug'), False)):
            self.assert_ends(self.start('app/build', '.build', *options, 'all'), 0)
            self.assertEqual('Build type: native build' in log.read_text(encoding='utf-8'), anew, options)

    def test_what_went_wrong_is_shown(self):
        self.go_on()
        write_program(self.clone / 'slow', '#!/bin/sh\necho the reason >&2\nexit 1\n')
        self.assert_ends(self.start('app/build', '.build', 'all'), 1, 'the reason\n',
                         '.build could not be built; the end of .build/build.log stands above.\n')
        self.assert_ends(self.start('app/build', '.build', '-Dnobody=1', 'all'), 1, 'nobody')

    def test_tests_wait_for_a_build_and_for_other_tests(self):
        write_program(self.clone / 'app' / 'install', '#!/bin/sh\n')
        built = self.start('app/build', '.build', 'all')
        self.wait_until_begun()
        first = self.start('tests/run', 'layers')
        self.wait(lambda: 'Another command is building in .build' in first.words.read_text(encoding='utf-8'))
        second = self.start('tests/run', 'layers')
        self.wait(lambda: 'Another tests/run is at work' in second.words.read_text(encoding='utf-8'))
        self.assertNotIn('building', second.words.read_text(encoding='utf-8'))
        self.go_on()
        self.assert_ends(built, 0)
        for run in (first, second):
            self.assert_ends(run, 0, 'layers: 1 passed', '1 passed, 0 failed, 0 skipped\n')

    def test_a_folder_that_takes_no_lock_is_a_failure(self):
        write_program(self.clone / 'app' / 'install', '#!/bin/sh\n')
        (self.clone / '.build' / 'tests.lock').mkdir(parents=True)
        run = self.start('tests/run', 'layers')
        self.assert_ends(run, 1, 'cannot be written to.\n', '0 passed, 1 failed, 0 skipped\n')
        self.assertNotIn('unbound', run.words.read_text(encoding='utf-8'))

    def test_a_second_install_waits_and_finds_everything_there(self):
        write_program(self.clone / 'bin' / 'dpkg-query', DPKG)
        write_program(self.clone / 'bin' / 'apt-get', APT)
        write_program(self.clone / 'bin' / 'sudo', '#!/bin/sh\nexec "$@"\n')
        first = self.start('app/install', 'bench')
        self.wait_until_begun()
        second = self.start('app/install', 'bench')
        self.wait(lambda: second.words.stat().st_size > 0)
        self.go_on()
        self.assert_ends(first, 0, 'Installing: weston\n')
        self.assert_ends(second, 0)
        self.assertEqual(second.words.read_text(encoding='utf-8'),
                         'Another command is installing; waiting until it has ended.\n')
        self.assertEqual(self.times_begun(), 1)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
