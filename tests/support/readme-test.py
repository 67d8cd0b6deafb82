#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""readme-test.py SOURCE BUILD: the README knows the options, the files and the folders that there are."""

import json
import pathlib
import re
import subprocess
import sys
import unittest

source, build = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
README = (source / 'README.md').read_text(encoding='utf-8')
PROGRAMS = {'Options of komek': build / 'app' / 'komek', "A city's server": build / 'app' / 'city' / 'komek-city'}


def section(title):
    return re.search(rf'^## {re.escape(title)}\n(.*?)^## ', README, re.MULTILINE | re.DOTALL).group(1)


def options_of(program):
    shown = subprocess.run([program, '--help-all'], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r'^ +(?:-\w, )?(--[a-z-]+)', shown, re.MULTILINE))


class Readme(unittest.TestCase):
    def test_tables_of_options_name_what_there_is(self):
        for title, program in PROGRAMS.items():
            rows = re.findall(r'^\| `(--.*?) \|', section(title), re.MULTILINE)
            named = {option for row in rows for option in re.findall(r'--[a-z-]+', row)}
            self.assertGreater(len(named), 5)
            self.assertLessEqual(named, options_of(program), title)

    def test_all_options_of_the_window_are_named(self):
        missing = {option for option in options_of(PROGRAMS['Options of komek']) - {'--help-all', '--help-gapplication'}
                   if f'`{option}' not in section('Options of komek') and not option.startswith('--gapplication')}
        self.assertEqual(missing, set())

    def test_an_operator_is_told_of_no_option_that_is_not_there(self):
        known = set().union(*map(options_of, PROGRAMS.values()))
        for command in re.findall(r'(?:komek-city|komek|app/run) (--[^\n`]*)', README):
            self.assertLessEqual(set(re.findall(r'(?<=\s)--[a-z-]+', ' ' + command)), known, command)

    def test_what_is_said_to_be_installed_is(self):
        installed = json.loads(subprocess.run(['meson', 'introspect', '--installed', build],
                                              check=True, capture_output=True, text=True).stdout).values()
        for path in re.findall(r'/usr/local/(?:lib|share)/[\w./@-]*\w', README):
            self.assertIn(path.removeprefix('/usr/local'), [place.removeprefix('/usr/local') for place in installed])

    def test_links_lead_somewhere(self):
        titles = re.findall(r'^## (.*)$', README, re.MULTILINE)
        anchors = {re.sub(r'[^\w -]', '', title).lower().replace(' ', '-') for title in titles}
        for target in re.findall(r'\]\((?!https?:)([^)]+)\)', README):
            with self.subTest(target):
                self.assertTrue(target.removeprefix('#') in anchors if target.startswith('#')
                                else (source / target).exists())


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
