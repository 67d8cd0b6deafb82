# SPDX-License-Identifier: GPL-3.0-or-later
"""How a running program feels: how long its main loop lets somebody wait, and what it has in memory."""

import pathlib
import threading
import time

from gi.repository import Gio, GLib

from window import ACTIONS, NAME

INTERVAL = 0.03  # seconds between two questions
PATIENCE = 30000  # milliseconds


def read_memory(process):
    """What it has in memory that is no file's, in MiB: its share of a library grows when others end who use it, too."""
    lines = pathlib.Path(f'/proc/{process}/smaps_rollup').read_text(encoding='ascii').splitlines()[1:]
    sizes = {name: int(rest.split()[0]) for name, rest in (line.split(':') for line in lines)}
    return (sizes['Pss_Anon'] + sizes['Pss_Shmem']) / 1024


def read_delay(process):
    """Seconds that its main thread has waited for a processor, which is nobody's fault but the machine's."""
    return int(pathlib.Path(f'/proc/{process}/schedstat').read_text(encoding='ascii').split()[1]) / 1e9


class Pulse:
    """Asks the main loop what it can do, again and again; the longest answer is its longest stall."""

    def __init__(self, process):
        self.process = process
        self.worst = 0.0
        self.asked = 0
        self.problem = None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *problem):
        self.over.set()
        self.thread.join()

    def run(self):
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        while not self.over.wait(INTERVAL):
            try:
                self.worst = max(self.worst, self.measure(bus))
            except (GLib.Error, OSError) as problem:
                self.problem = problem
                return
            self.asked += 1

    def measure(self, bus):
        delay, begin = read_delay(self.process), time.monotonic()
        bus.call_sync(NAME, ACTIONS, 'org.gtk.Actions', 'List', None, None, Gio.DBusCallFlags.NONE, PATIENCE)
        waited = time.monotonic() - begin
        return waited - (read_delay(self.process) - delay)

    def take_worst(self):
        """The longest stall since the last time, in seconds."""
        worst, self.worst = self.worst, 0.0
        return worst
