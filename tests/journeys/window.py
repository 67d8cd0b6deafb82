# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window as a citizen would: finds things by role and name, presses, types, reads."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from gi.repository import Gio, GLib

import tree
from display import run, wait
from words import Words

NAME = 'kz.komek.Komek'
ACTIONS = '/kz/komek/Komek/window/1'
TIMEOUT = 10


class Program:
    """komek as a process with a home of its own. Whatever happens, it is gone at the end."""

    def __init__(self, *arguments, home=None, city_program=None, display=None, **environment):
        self.arguments = [str(argument) for argument in arguments]
        self.made_home = None if home else tempfile.mkdtemp(prefix='komek-home.')
        self.home = pathlib.Path(home or self.made_home)
        self.display = display or os.environ['DISPLAY']
        self.environment = self.build_environment(city_program, environment)
        self.process = None
        self.may_end = False

    def build_environment(self, city_program, more):
        environment = dict(os.environ)
        if city_program:
            environment['KOMEK_CITY_PROGRAM'] = str(city_program)
        for kind in ('config', 'data', 'cache', 'state'):
            folder = self.home / kind
            folder.mkdir(parents=True, exist_ok=True)
            environment[f'XDG_{kind.upper()}_HOME'] = str(folder)
        self.still()
        environment['HOME'] = str(self.home)
        environment['DISPLAY'] = self.display
        environment.update(more)
        return environment

    def still(self):
        """Nothing slides in: what is clicked stands where it was a moment ago."""
        settings = self.home / 'config/gtk-4.0/settings.ini'
        settings.parent.mkdir(exist_ok=True)
        settings.write_text('[Settings]\ngtk-enable-animations=false\n', encoding='utf-8')

    def enlarge(self, times):
        """Before it starts: how many times as large as usual somebody wants the text of all programs.

        On X11 a toolkit takes that from the X resources, before any file of its own.
        """
        resources = self.home / 'Xresources'
        resources.write_text(f'Xft.dpi: {round(96 * times)}\n', encoding='ascii')
        self.environment['XENVIRONMENT'] = str(resources)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *problem):
        self.end()

    def start(self):
        self.log = open(self.home / 'komek.log', 'w+', encoding='utf-8', errors='replace')
        self.process = subprocess.Popen([os.environ['KOMEK_PROGRAM'], *self.arguments], env=self.environment,
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)

    def said(self):
        return (self.home / 'komek.log').read_text(encoding='utf-8', errors='replace')

    def expect_end(self):
        """From now on it may have ended, in any way."""
        self.may_end = True

    def end(self):
        """Ends it and looks how it ended: a crash before is a failure here."""
        status = self.process.poll()
        said = self.said()
        if status is None:
            self.process.terminate()
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        if self.made_home:
            shutil.rmtree(self.made_home, ignore_errors=True)
        if status not in (None, 0) and not self.may_end:
            raise AssertionError(f'komek ended with {status} and said:\n{said}')

    def wait_for_end(self, timeout=TIMEOUT):
        """Its exit status, when it is to end by itself."""
        return self.process.wait(timeout)


class Window(Program):
    """The window of a running komek in one language."""

    def __init__(self, language, *arguments, **keywords):
        super().__init__('--language', language, *arguments, **keywords)
        self.words = Words(language)
        self.bus = tree.Bus()
        self.contrast = False
        self.application = None

    def speak(self, language):
        """From now on words are looked up in that language."""
        self.words = Words(language)

    def start(self):
        super().start()
        try:
            self.application = wait(self.find_application, self.describe)
            self.find(tree.FRAME)
        except BaseException:
            self.process.kill()
            self.end()
            raise

    def find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f'komek ended with {self.process.returncode} and said:\n{self.said()}')
        return self.bus.find_application(self.process.pid)

    def describe(self):
        """Where we stand, for the reader of a failed test."""
        tree_now = self.application.read().dump() if self.application else '(not on the accessibility bus)'
        return f'in the window:\n{tree_now}\nkomek said:\n{self.said()[-2000:]}'

    def read(self):
        return self.application.read()

    # Finding

    def find_all(self, roles=None, name=None, within=None):
        root = (within or self.application).read()
        return [node for node in root.below() if node.matches(roles, name)]

    def find(self, roles=None, name=None, within=None, timeout=TIMEOUT):
        """The first that has one of the roles and the name, once it is there."""
        def look():
            if self.process.poll() is not None:
                raise AssertionError(f'komek ended with {self.process.returncode} and said:\n{self.said()}')
            return self.find_all(roles, name, within)[:1]

        return wait(look, lambda: f'{name_of(roles)} {name_of(name)}, {self.describe()}', timeout)[0]

    def see(self, text, timeout=TIMEOUT):
        """Waits until a text can be read: whole, or as a pattern."""
        return self.find(tree.LABEL, text, timeout=timeout)

    def sees(self, text):
        return bool(self.find_all(tree.LABEL, text))

    def wait_until_unseen(self, text, timeout=TIMEOUT):
        wait(lambda: not self.sees(text), lambda: f'still there: {name_of(text)}, {self.describe()}', timeout)

    def wait_for_text(self, field, text, timeout=TIMEOUT):
        """Waits until a field contains exactly that."""
        wait(lambda: field.text() == text, lambda: f'{field} contains {field.text()!r} and not {text!r}', timeout)

    def wait_for_rows(self, name, count, timeout=TIMEOUT):
        """The rows of a list with that name, once it has so many."""
        def look():
            lists = self.find_all(tree.LIST, name)
            rows = [node for node in lists[0].below() if node.role in tree.ROW] if lists else []
            return rows if len(rows) == count else None

        return wait(look, lambda: f'{count} rows in {name_of(name)}, {self.describe()}', timeout)

    def wait_for_row(self, name, timeout=TIMEOUT):
        """The first row of a list with that name, once it has one."""
        listing = self.find(tree.LIST, name, timeout=timeout)
        return self.find(tree.ROW, re.compile('.'), within=listing, timeout=timeout)

    def texts(self):
        """Everything that can be read."""
        return self.read().words()

    def foreign(self):
        """Names in the window that belong to another language."""
        foreign = self.words.foreign()
        return [str(node) for node in self.read().below() if node.name in foreign]

    def focused(self):
        return next((node for node in self.read().below() if node.focused), None)

    # Acting

    def press(self, name, roles=tree.BUTTON, within=None, timeout=TIMEOUT):
        """Presses what has that name, once it is there and can be pressed."""
        def look():
            return [node for node in self.find_all(roles, name, within) if node.sensitive]

        def press():
            node = wait(look, lambda: f'nothing to press: {name_of(roles)} {name_of(name)}, {self.describe()}', timeout)[0]
            try:
                if node.can_be_pressed():
                    node.press()
                else:
                    self.click(node)
            except GLib.Error as error:
                # What came from the city meanwhile was laid out anew; whoever looks presses what is there now.
                if tree.is_gone(error):
                    return False
                raise
            return True

        wait(press, lambda: f'{name_of(roles)} {name_of(name)} never holds still, {self.describe()}', timeout)

    def press_until_seen(self, name, text):
        """Presses what may move just then, for what is often reported comes late to the tiles: again, if need be."""
        for _ in range(3):
            self.press(name)
            try:
                return self.see(text)
            except AssertionError:
                if not self.find_all(tree.BUTTON, name):
                    raise
        return self.see(text)

    def click(self, node):
        """Clicks in the middle of it, for what has no action: rows of lists, fields."""
        self.wait_for_place(node)
        self.click_at_once(node)

    def click_at_once(self, node):
        """The same where nothing moves any more."""
        x, y, width, height = node.extents()
        left, top = self.origin()
        self.x('mousemove', left + x + width // 2, top + y + height // 2, 'click', 1)

    def wait_for_place(self, node, calm=0.2):
        """Its extents, once they have been the same for a moment: what comes late moves what came before."""
        since, last = time.monotonic(), None

        def look():
            nonlocal since, last
            now = node.extents()
            if now != last:
                since, last = time.monotonic(), now
            return now if now[2] > 0 and time.monotonic() - since >= calm else None

        return wait(look, lambda: f'{node} finds no place, now it is at {last}', interval=0.03)

    def surface(self):
        """The X window, which is the largest that the program has."""
        ids = self.x('search', '--onlyvisible', '--pid', self.process.pid).split()
        return max((self.geometry(window) for window in ids), key=lambda box: box['WIDTH'] * box['HEIGHT'])

    def geometry(self, window):
        pairs = (line.split('=') for line in self.x('getwindowgeometry', '--shell', window).split())
        return {key: int(value) for key, value in pairs}

    def x(self, *command):
        """A word to xdotool."""
        return run('xdotool', *map(str, command), display=self.display)

    def origin(self):
        """Where accessible coordinates begin on the display: inside the shadow that the window may have.

        Older GTKs leave the shadow out of the frame, newer ones count it as what lies before the beginning.
        """
        left, top, width, _ = self.find(tree.FRAME).extents()
        surface = self.surface()
        shadow = (surface['WIDTH'] - width) // 2
        return surface['X'] + shadow - left, surface['Y'] + shadow - top

    def take_focus(self):
        self.x('windowfocus', '--sync', self.surface()['WINDOW'])

    def type(self, text):
        """Types letter by letter into what has the focus."""
        self.take_focus()
        self.x('type', '--delay', 12, text)

    def key(self, *keys):
        self.take_focus()
        self.x('key', *keys)

    def type_into(self, node, text):
        """Clicks a field and types, as with a keyboard."""
        self.take_focus()
        self.click(node)
        self.x('type', '--delay', 12, text)

    def act(self, action, *values, signature=None):
        """Activates an action of the window over the session bus."""
        parameter = [GLib.Variant(signature, values if len(values) > 1 else values[0])] if signature else []
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.call_sync(NAME, ACTIONS, 'org.gtk.Actions', 'Activate',
                      GLib.Variant('(sava{sv})', (action, parameter, {})), None, Gio.DBusCallFlags.NONE, 5000)

    def begin_anew(self):
        """As the next citizen finds it, but in the same language and contrast."""
        self.act('finish')
        self.switch(self.words.language)
        if self.contrast:
            self.act('contrast')

    def raise_contrast(self):
        self.contrast = True
        self.act('contrast')

    def maximize(self):
        self.find(tree.FRAME).do('window.toggle-maximized')

    def close(self):
        self.find(tree.FRAME).do('window.close')

    def open(self, page, argument=''):
        self.act('open', page, argument, signature='(ss)')

    def switch(self, language):
        """As a citizen does it: the word in the top bar."""
        self.press({'kk': 'Қазақша', 'ru': 'Русский', 'en': 'English'}[language])
        self.speak(language)


def name_of(what):
    if what is None:
        return 'anything'
    if isinstance(what, re.Pattern):
        return f'/{what.pattern}/'
    return '|'.join(sorted(what)) if isinstance(what, (set, frozenset)) else repr(what)
