#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""metainfo-test.py METAINFO DESKTOP-ENTRY: the catalogues of programs accept the description, in every language."""

import pathlib
import re
import subprocess
import sys
import unittest

metainfo, desktop_entry = (pathlib.Path(argument) for argument in sys.argv[1:3])

# Newer validators want a home page; there is none yet, and older ones do not know how to be told so.
UNAVOIDABLE = 'url-homepage-missing'


class Metainfo(unittest.TestCase):
    def test_the_validator_accepts_it(self):
        checked = subprocess.run(['appstreamcli', 'validate', '--no-net', metainfo], capture_output=True, text=True)
        self.assertIn('alidation', checked.stdout)
        problems = [line for line in checked.stdout.splitlines()
                    if re.match(r'\s*[EW]: ', line) and UNAVOIDABLE not in line]
        self.assertEqual(problems, [])

    def test_it_speaks_kazakh_and_russian(self):
        # Newer gettexts name the script of Kazakh too.
        texts = {metainfo: r'<summary xml:lang="{}(-Cyrl)?">', desktop_entry: r'\nComment\[{}\]='}
        for path, sign in texts.items():
            for language in ('kk', 'ru'):
                self.assertRegex(path.read_text(encoding='utf-8'), sign.format(language))


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
