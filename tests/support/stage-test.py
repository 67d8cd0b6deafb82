#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""stage-test.py STAGE: what every other test relies on, the stage that it runs on."""

import os
import subprocess
import sys
import unittest

stage = sys.argv[1]


def on_stage(script):
    return subprocess.run([stage, 'sh', '-c', script], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def is_running(process):
    """False too for one that has ended and whom nobody has asked how."""
    try:
        with open(f'/proc/{process}/cmdline', encoding='utf-8') as file:
            return file.read() != ''
    except FileNotFoundError:
        return False


class Stage(unittest.TestCase):
    def test_it_ends_as_its_command_does(self):
        for status in (0, 1, 77):
            self.assertEqual(on_stage(f'exit {status}').returncode, status)

    def test_display_bus_and_home_are_its_own(self):
        shown = on_stage('xdpyinfo | grep dimensions; dbus-send --session --print-reply --dest=org.freedesktop.DBus '
                         '/ org.freedesktop.DBus.GetId >/dev/null && echo bus; echo "$HOME $XDG_DATA_HOME"')
        self.assertIn('1920x1920', shown.stdout)
        self.assertIn('bus\n', shown.stdout)
        home, data = shown.stdout.split('\n')[-2].split()
        self.assertNotEqual(home, os.environ['HOME'])
        self.assertTrue(data.startswith(home))
        self.assertFalse(os.path.exists(home), 'the home is still there')

    def test_a_process_left_behind_fails_it_and_ends(self):
        left = on_stage('setsid sleep 120 >/dev/null 2>&1 & echo $!')
        self.assertEqual(left.returncode, 1)
        self.assertIn('sleep 120', left.stderr)
        self.assertFalse(is_running(left.stdout.strip()))

    def test_services_of_the_bus_are_not_the_commands_fault(self):
        started = on_stage('dbus-send --session --print-reply --dest=org.a11y.Bus '
                           '/org/a11y/bus org.a11y.Bus.GetAddress')
        self.assertEqual((started.returncode, started.stderr), (0, ''))
        self.assertIn('string "unix:', started.stdout)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
