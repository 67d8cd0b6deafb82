#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes pictures of the pages of the real window over the sample city; see take, which starts it."""

import argparse
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / 'journeys'))

import tree  # noqa: E402
import troubles  # noqa: E402
from city import City  # noqa: E402
from display import Display  # noqa: E402
from pages import PAGES, Sights, go  # noqa: E402
from window import Window  # noqa: E402
from words import LANGUAGES  # noqa: E402

STAGE = here.parent / 'support/stage.sh'
REQUESTS = 20000
# A kiosk knows where it stands.
KIOSK = ['--kiosk', '--here', '51.1463,71.4318']

# Name: width, height, what komek is told, the looks beside the plain one.
SHAPES = {
    'portrait': (1080, 1920, KIOSK, ['dark', 'contrast', *troubles.TROUBLES]),
    'wide': (1920, 1080, KIOSK, []),
    'desktop': (1280, 800, [], ['dark', 'contrast', 'large', *troubles.TROUBLES]),
}
# In the other looks these are enough: each kind of part is on one of them.
MORE_LOOKS = ('home', 'explore', 'explore-selection', 'request-overdue', 'place', 'text', 'done', 'help')
LOOKS_LANGUAGE = 'kk'
LOOKS = ('plain', 'dark', 'contrast', 'large', *troubles.TROUBLES)
LARGE = 1.5  # how many times as large as usual the text of the whole system may be set


def read_arguments():
    parser = argparse.ArgumentParser(
        prog='take', description='Writes a PNG of every page in kk, ru and en, in each shape.')
    parser.add_argument('folder', type=pathlib.Path)
    parser.add_argument('pages', nargs='*', metavar='page', help=f'one of: {", ".join(PAGES)}')
    parser.add_argument('--shape', dest='shapes', action='append', choices=SHAPES, help='in this shape alone')
    parser.add_argument('--language', dest='languages', action='append', choices=LANGUAGES,
                        help='in this language alone')
    parser.add_argument('--look', dest='looks', action='append', choices=LOOKS,
                        help='of each page named, and not only of a few')
    parser.add_argument('--on-stage', dest='shape', choices=SHAPES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    for page in arguments.pages:
        if page not in PAGES:
            parser.error(f'there is no page {page}; there are {", ".join(PAGES)}')
    arguments.pages = arguments.pages or list(PAGES)
    arguments.shapes = arguments.shapes or list(SHAPES)
    return arguments


def picture(display):
    """What the display shows, as raw pixels: what has moved is told apart by them."""
    environment = dict(os.environ, DISPLAY=display.name)
    return subprocess.run(['import', '-window', 'root', '-depth', '8', 'rgb:-'], check=True, capture_output=True,
                          env=environment).stdout


def wait_until_still(display, timeout=5):
    """Tiles and clusters come one after another: waits until nothing has changed for a quarter of a second."""
    end = time.monotonic() + timeout
    last = None
    while time.monotonic() < end:
        now = hashlib.sha256(picture(display)).digest()
        if now == last:
            return
        last = now
        time.sleep(0.25)


class Shape:
    """All pictures of one shape of the window. Each window finds the city and the mirror as the first one left
    them, so that no picture shows what was filed for another."""

    def __init__(self, name, folder):
        self.name = name
        self.width, self.height, self.options, self.looks = SHAPES[name]
        self.folder = folder
        self.failed = []

    def take(self, arguments, display, scratch):
        pages = arguments.pages
        self.display = display
        self.pristine = scratch / 'pristine'
        self.pristine.mkdir()
        with City(self.pristine, REQUESTS) as city:
            self.port = city.port
            with self.open(city, self.pristine, 'en') as window:
                window.open('explore')
                window.find(tree.BUTTON, re.compile(f'All, {REQUESTS:,}'), timeout=60)
        for language, look, looked_at in self.choose(pages, arguments):
            if look in troubles.TROUBLES:
                self.take_trouble(language, look, [page for page in pages if page in troubles.PAGES])
            else:
                self.take_look(language, look, looked_at)

    def choose(self, pages, arguments):
        """The languages and looks to take, each with its pages."""
        if arguments.languages or arguments.looks:
            return [(language, '' if look == 'plain' else look, pages)
                    for language in arguments.languages or LANGUAGES for look in arguments.looks or ['plain']]
        few = [page for page in pages if page in MORE_LOOKS]
        return [(language, '', pages) for language in LANGUAGES] + [(LOOKS_LANGUAGE, look, few) for look in self.looks]

    def open(self, city, home, language, look=''):
        environment = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'} if look == 'dark' else {}
        window = Window(language, '--city', city.url, *self.options, home=home, display=self.display.name, **environment)
        if look == 'large':
            window.enlarge(LARGE)
        return window

    def take_look(self, language, look, pages):
        if not pages:
            return
        taken = 0
        with tempfile.TemporaryDirectory() as home:
            shutil.copytree(self.pristine, home, dirs_exist_ok=True)
            with City(home, port=self.port) as city, self.open(city, home, language, look) as window:
                if self.name == 'desktop':
                    window.maximize()
                if look == 'contrast':
                    window.raise_contrast()
                sights = Sights(city)
                for page in pages:
                    name = '-'.join(part for part in (page, self.name, language, look) if part) + '.png'
                    taken += self.take_page(page, window, sights, self.folder / name)
        print(f'{self.name} {language} {look}'.rstrip() + f': {taken} of {len(pages)}', flush=True)

    def take_trouble(self, language, look, pages):
        """No city is at the address that the window is given."""
        with tempfile.TemporaryDirectory() as folder:
            home = pathlib.Path(folder)
            shutil.copytree(self.pristine, home, dirs_exist_ok=True, ignore=self.leave_out(look))
            troubles.TROUBLES[look](home, language, self.port, self.options)
            city = City(home, port=self.port)
            with self.open(city, home, language) as window:
                if self.name == 'desktop':
                    window.maximize()
                for page in pages:
                    troubles.show(page, window)
                    wait_until_still(self.display)
                    self.display.take(self.folder / f'{page}-{self.name}-{language}-{look}.png')
        print(f'{self.name} {language} {look}: {len(pages)} of {len(pages)}', flush=True)

    @staticmethod
    def leave_out(look):
        return shutil.ignore_patterns('*') if look == 'first' else None

    def take_page(self, page, window, sights, path):
        try:
            go(page, window, sights)
        except AssertionError as error:
            sights.at = None
            self.failed.append(f'{path.name}: {error}')
            return 0
        wait_until_still(self.display)
        self.display.take(path)
        return 1


def take_shape(arguments):
    """On a stage: the pictures of one shape."""
    shape = Shape(arguments.shape, arguments.folder)
    with Display(shape.width, shape.height) as display, tempfile.TemporaryDirectory() as scratch:
        shape.take(arguments, display, pathlib.Path(scratch))
    for failure in shape.failed:
        print(failure, file=sys.stderr)
    return 1 if shape.failed else 0


def take_all(arguments):
    """The shapes side by side, each on a stage of its own, for there can be but one komek on a bus."""
    before = time.time()
    more = [f'--language={language}' for language in arguments.languages or []]
    more += [f'--look={look}' for look in arguments.looks or []]
    stages = [subprocess.Popen([STAGE, sys.executable, __file__, '--on-stage', shape, *more, arguments.folder,
                                *arguments.pages]) for shape in arguments.shapes]
    failed = any([stage.wait() != 0 for stage in stages])
    taken = sum(path.stat().st_mtime >= before for path in arguments.folder.glob('*.png'))
    print(f'{taken} pictures in {arguments.folder}' + ('; some pages did not come up' if failed else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    given = read_arguments()
    sys.exit(take_shape(given) if given.shape else take_all(given))
