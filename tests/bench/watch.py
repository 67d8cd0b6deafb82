# SPDX-License-Identifier: GPL-3.0-or-later
"""A running komek and the marks that it leaves: debug messages of the domain komek-trace, one whenever a frame is
painted that shows a page, counted filters or a finished plan for the first time. Nobody reads the accessible tree
here: that would be measured too."""

import os
import re
import select
import subprocess
import time

from gi.repository import Gio, GLib

NAME = 'kz.komek.Komek'
ACTIONS = '/kz/komek/Komek/window/1'
MARK = re.compile(r'komek-trace-DEBUG: [\d:.]+: (.*)')


class Watch:
    def __init__(self, home, city, display, command=None):
        self.city = city
        self.command = command or [os.environ['KOMEK_PROGRAM'], '--language', 'kk']
        environment = dict(os.environ, HOME=str(home), G_MESSAGES_DEBUG='komek-trace',
                           KOMEK_CITY_PROGRAM=str(city.program))
        for kind in ('config', 'data', 'cache', 'state'):
            environment[f'XDG_{kind.upper()}_HOME'] = os.path.join(home, kind)
        display.lead(environment)
        self.environment = environment
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.rest = b''

    def __enter__(self):
        self.begin = time.monotonic()
        self.process = subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE)
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.wait_for_city_to_end()

    def wait_for_city_to_end(self):
        while self.city.find_process():
            time.sleep(0.01)

    def activate(self, action, parameter):
        self.bus.call_sync(NAME, ACTIONS, 'org.gtk.Actions', 'Activate',
                           GLib.Variant('(sava{sv})', (action, [parameter], {})), None,
                           Gio.DBusCallFlags.NO_AUTO_START, 20000, None)

    def open(self, page):
        """Opens a page as soon as there is a window that can."""
        while True:
            try:
                self.activate('open', GLib.Variant('(ss)', (page, '')))
                return
            except GLib.Error:
                if self.process.poll() is not None or time.monotonic() > self.begin + 30:
                    raise
                time.sleep(0.002)

    def marks(self, timeout):
        """The marks left since the last look, waiting for at least one line."""
        ready, _, _ = select.select([self.process.stdout], [], [], max(0, timeout))
        if not ready:
            return None
        data = os.read(self.process.stdout.fileno(), 65536)
        if not data:
            raise SystemExit(f'komek ended with {self.process.wait()}')
        *lines, self.rest = (self.rest + data).split(b'\n')
        found = (MARK.search(line.decode('utf-8', 'replace')) for line in lines)
        return [mark.group(1) for mark in found if mark]

    def wait_for_marks(self, *wanted, since=None, timeout=60):
        """Seconds since the start of the process, or since then, until all of these marks were left."""
        since = since or self.begin
        left, end = set(wanted), time.monotonic() + timeout
        while left:
            left.difference_update(self.marks(end - time.monotonic()) or ())
            if left and time.monotonic() > end:
                raise SystemExit(f'komek did not leave the marks {sorted(left)} within {timeout} s')
        return time.monotonic() - since

    def wait_for_quiet(self, seconds=0.5):
        """Until nothing has been drawn for a while."""
        while self.marks(seconds) is not None:
            pass

    def switch(self, language, *marks):
        """Seconds from the wish for a language until these marks are left."""
        self.wait_for_quiet()
        begin = time.monotonic()
        self.activate('language', GLib.Variant('s', language))
        return self.wait_for_marks(*marks, since=begin)
