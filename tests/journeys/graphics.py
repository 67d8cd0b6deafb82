#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""graphics.py: where no graphics card is, nothing draws as one in the processor."""

import os
import pathlib
import unittest

from journey import Journey, language, main
from window import Window


def has_card():
    devices = pathlib.Path('/dev')
    return any(devices.glob('dri/renderD*')) or any(devices.glob('nvidia0*'))


class Graphics(Journey):
    @unittest.skipIf(has_card(), 'a graphics card is here')
    def test_opengl_is_left_alone_without_a_card(self):
        os.environ.pop('GSK_RENDERER', None)
        with Window(language, home=self.folder) as window:
            window.see(window.words('The city in the last 30 days'))
            tasks = pathlib.Path(f'/proc/{window.process.pid}/task')
            threads = [(task / 'comm').read_text(encoding='utf-8').strip() for task in tasks.iterdir()]
            self.assertIn('komek', threads)
            self.assertFalse([name for name in threads if 'pipe-' in name], threads)


if __name__ == '__main__':
    main()
