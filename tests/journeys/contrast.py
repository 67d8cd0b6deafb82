#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""contrast.py LANGUAGE: every text that can be read is told from its ground, measured in what is on the screen. What
the pages have drawn is our own work: librsvg was not called for it, which stays in memory for good."""

import collections
import pathlib
import subprocess

import tree
from city import City
from display import run
from journey import Journey, language, main
from pages import Sights, go
from window import Window

# Each kind of part is on one of them.
PAGES = ('home', 'explore-filters', 'request-overdue', 'check-wrong', 'category', 'review', 'done')
LEAST = {'light': 4.5, 'dark': 4.5, 'contrast': 7}
KIOSK = ['--kiosk', '--here', '51.1463,71.4318']
# Where letters meet their ground lie colours between both; fewer pixels of one colour than these are not the letter's.
FEWEST = 4
# GTK's own icons as pictures. Where these are drawings alone, GTK itself calls librsvg; its wheel, which turns while a
# filing is on its way, is one everywhere.
STOCK = pathlib.Path('/usr/share/icons/Adwaita/16x16/ui/window-close-symbolic.symbolic.png')
# A page that does not come to rest is measured as it is.
MOST_LOOKS = 20
# A ground may change from top to bottom, as the sky does: what is measured at once is no higher.
BAND = 32


class Screen:
    """What stands on the display at one moment."""

    def __init__(self, window):
        environment = {**window.environment, 'DISPLAY': window.display}
        picture = subprocess.run(['import', '-window', 'root', '-depth', '8', 'ppm:-'], check=True, capture_output=True,
                                 env=environment).stdout
        kind, size, _, self.pixels = picture.split(b'\n', 3)
        assert kind == b'P6', kind
        self.width, self.height = map(int, size.split())

    def bands(self, x, y, width, height):
        """How many pixels of each colour are in the bands of a box; no bands where some of it is beside the screen."""
        if x < 0 or y < 0 or x + width > self.width or y + height > self.height:
            return []
        return [self.count(x, top, width, min(BAND, y + height - top)) for top in range(y, y + height, BAND)]

    def count(self, x, y, width, height):
        found = collections.Counter()
        for row in range(y, y + height):
            start = 3 * (row * self.width + x)
            line = self.pixels[start:start + 3 * width]
            found.update(zip(line[::3], line[1::3], line[2::3]))
        return found


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 255 for part in colour]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def measure(bands):
    """The contrast of a text with its ground, or None where there is nothing but ground: it is scrolled away."""
    found = []
    for colours in bands:
        (ground, _), *others = colours.most_common()
        found += [contrast(colour, ground) for colour, count in others if count >= FEWEST]
    return max(found, default=None)


def texts(window):
    left, top = window.origin()
    for node in window.read().below():
        if node.role in tree.LABEL and node.name.strip() and node.sensitive and node.visible:
            x, y, width, height = node.extents()
            if width > 0 and height > 0:
                yield node.name, (left + x, top + y, width, height)


def has_loaded(window, library):
    return library in pathlib.Path(f'/proc/{window.process.pid}/maps').read_text(encoding='utf-8')


class Contrast(Journey):
    @staticmethod
    def look_at_once(window):
        """What stands there and where, of the same moment: a page may still move when the city answers."""
        where = list(texts(window))
        for _ in range(MOST_LOOKS):
            screen = Screen(window)
            before, where = where, list(texts(window))
            if where == before:
                break
        return screen, where

    def look(self, page, window, least):
        screen, where = self.look_at_once(window)
        measured = 0
        for name, box in where:
            ratio = measure(screen.bands(*box))
            measured += ratio is not None
            if ratio is not None and ratio < least:
                self.faint.append(f'{page}: {name!r} at {box} has {ratio:.2f}')
        self.assertGreater(measured, 3, page)

    def check(self, look):
        environment = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'} if look == 'dark' else {}
        self.faint = []
        with City(self.folder) as city, Window(language, '--city', city.url, *KIOSK, **environment) as window:
            if not window.bus.knows_places(window.application.owner):
                self.skipTest('this GTK tells nobody where a text is')
            if look == 'contrast':
                window.raise_contrast()
            sights = Sights(city)
            for page in PAGES:
                go(page, window, sights)
                self.look(page, window, LEAST[look])
                if page != 'done' and STOCK.exists():
                    self.assertFalse(has_loaded(window, 'librsvg'), page)
        self.assertEqual(self.faint, [], '\n' + '\n'.join(self.faint))

    def test_the_window_has_the_icon_of_the_program(self):
        with City(self.folder) as city, Window(language, '--city', city.url) as window:
            shown = run('xprop', '-id', str(window.surface()['WINDOW']), '_NET_WM_ICON', display=window.display)
            self.assertIn('Icon (128 x 128)', shown)

    def test_in_the_light(self):
        self.check('light')

    def test_in_the_dark(self):
        self.check('dark')

    def test_in_high_contrast(self):
        self.check('contrast')


if __name__ == '__main__':
    main()
