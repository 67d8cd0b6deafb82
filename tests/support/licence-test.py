#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""licence-test.py SOURCE: every source file says at its top under which licence it stands."""

import pathlib
import sys
import unittest

source = pathlib.Path(sys.argv[1])
SUFFIXES = {'.c', '.h', '.ui', '.css', '.py', '.sh', '.build', '.xml', '.in', '.yaml', '.gresource'}

# Goes to a phone as it stands; .reuse/dep5 speaks for it.
SERVED = source / 'app' / 'city' / 'data'


def is_source(path):
    if path.suffix:
        return path.suffix in SUFFIXES
    with path.open('rb') as file:
        return file.read(2) == b'#!'


def sources():
    for folder in ('app', 'data', 'flatpak', 'tests', 'ui'):
        yield from (path for path in (source / folder).rglob('*') if path.is_file() and is_source(path)
                    and path.parent != SERVED)
    yield source / 'meson.build'


class Licence(unittest.TestCase):
    def test_every_source_file_names_its_licence(self):
        silent = []
        for path in sources():
            top = path.read_text(encoding='utf-8').splitlines()[:3]
            if not any('SPDX-License-Identifier: ' in line for line in top):
                silent.append(str(path.relative_to(source)))
        self.assertEqual(silent, [])

    def test_the_licence_lies_beside_them(self):
        self.assertIn('GNU GENERAL PUBLIC LICENSE', (source / 'LICENSE').read_text(encoding='utf-8'))


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
