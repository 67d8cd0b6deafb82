#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R1 on komek itself: killed at named points while a citizen files; what the screen had promised is at the city once."""

import contextlib
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / 'journeys'))

import tree  # noqa: E402
from city import City  # noqa: E402
from display import wait  # noqa: E402
from filing import TEXT, Filing  # noqa: E402
from stand import LONG, Counts, Folder  # noqa: E402
from window import Window  # noqa: E402

# Until the screen has promised something.
EARLY = ['outbox.add.committed', 'outbox.open.made', 'outbox.open.opened', 'outbox.device.before_commit',
         'outbox.migrate.after_commit', 'vault.key.linked', 'delivery.prepared', 'delivery.packed', 'outbox.add.locked',
         'outbox.add.begun', 'outbox.add.numbered', 'outbox.add.inserted', 'outbox.copy.before_write',
         'outbox.add.copied', 'delivery.receipt', 'delivery.set_out', 'outbox.begin.opened', 'delivery.before_post']

# After it has, while there was no line: when the city has come back.
LATE = ['delivery.heard', 'delivery.number_stored', 'outbox.change.before_commit:2', 'outbox.change.after_commit:2',
        'outbox.change.copy_removed']
LONGEST_START = 3
LONGEST_END = 3


def promised(window):
    return any(window.sees(window.words(words)) for words in ('Your request is safe on this device',
                                                              'Request accepted'))


class Quick(Filing):
    """Puts the text into its field at once: typing is not what is tested here."""

    def write(self, text=TEXT):
        self.window.find(tree.FIELD, self.window.words('What happened', 'name of the text field')).fill(text)


def press_and_wait(window, city, late, seen):
    if late:
        city.kill()
    window.press(window.words('Send to 109'))
    if late:
        wait(lambda: promised(window), window.describe)
        seen.append(True)
        city.start()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and window.process.poll() is None:
        seen += [True] if promised(window) else []


def file_and_die(folder, city, point):
    """Whether the screen had promised anything before the end."""
    seen = []
    window = Window('kk', '--city', city.url, home=folder, KOMEK_FAULT=point)
    # A window that does not come up is ended by whoever waits for it: that is no death at the point.
    window.start()
    window.expect_end()
    try:
        Quick(window, city).fill_in()
        press_and_wait(window, city, point in LATE, seen)
    except Exception:
        # The window may go at any moment of this, but in no other way. The bus may know before we do.
        with contextlib.suppress(subprocess.TimeoutExpired):
            window.process.wait(LONGEST_END)
        if window.process.returncode != -signal.SIGKILL:
            raise
    finally:
        window.end()
    if window.process.returncode != -signal.SIGKILL:
        raise AssertionError(f'{point} was never passed')
    return bool(seen)


def unfinished(folder):
    outbox, = (folder / 'data/komek').glob('outbox-*.db')
    with sqlite3.connect(outbox, timeout=10) as database:
        rows = database.execute('SELECT count(*) FROM item WHERE state NOT IN (3, 4)').fetchone()[0]
    database.close()
    return rows


def start_again(folder, city):
    """Seconds until the window is there; then everything is sent."""
    begin = time.monotonic()
    with Window('kk', '--city', city.url, home=folder) as window:
        seconds = time.monotonic() - begin
        wait(lambda: unfinished(folder) == 0, lambda: 'an empty outbox', timeout=30)
        window.see(window.words('Report a problem'))
    return seconds


def kill_at(point, counts):
    with Folder() as folder, City(folder, sample=50) as city:
        said = file_and_die(folder, city, point)
        if not city.process:
            city.start()
        seconds = start_again(folder, city)
        there = sum(request['description'] == TEXT for request in city.get('requests.json', q='әіңғүұқөһ'))
        counts.add(acknowledged=int(said), lost=int(said and there == 0), doubled=int(there > 1), killed=1)
        counts.check(there <= 1 and (there == 1 or not said), f'{point}: promised {said}, at the city {there} times')
        counts.check(seconds <= LONGEST_START, f'{point}: the start took {seconds:.1f} s')


def main():
    if 'DISPLAY' not in os.environ:
        print('There is no display: skipped')
        return 77
    counts = Counts('r1-window')
    for point in EARLY + LATE if LONG else EARLY[:1] + LATE[:1]:
        kill_at(point, counts)
    counts.finish()


if __name__ == '__main__':
    sys.exit(main())
