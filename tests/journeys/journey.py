# SPDX-License-Identifier: GPL-3.0-or-later
"""What every journey starts with: its language from the command line, a folder of its own, a window manager."""

import pathlib
import sys
import tempfile
import unittest

from display import WindowManager

language = sys.argv[1] if len(sys.argv) > 1 else 'kk'


class Journey(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(WindowManager())

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix='komek-journey.')))


def main():
    unittest.main(argv=sys.argv[:1], verbosity=2)
