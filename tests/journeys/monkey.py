#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""monkey.py [SEED...]: somebody who wants to break it. Fingers, keys and texts without sense on a kiosk, while its city
stops, hangs and comes back; the seeds decide what comes, and are printed so that it can come again.

KOMEK_MONKEY_SECONDS is how long each of them goes on.
"""

import collections
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from gi.repository import GLib

import tree
from city import EmbeddedCity
from display import wait
from mischief import Hands, in_all_languages
from pulse import Pulse, read_memory
from touchscreen import NoTouch, Touchscreen
from window import Window
from words import LANGUAGES

SKIP = 77
WIDTH, HEIGHT = 1080, 1920
REQUESTS = 3000
SECONDS = float(os.environ.get('KOMEK_MONKEY_SECONDS', 10))
SEEDS = [1, 2]
LONGEST_STALL = float(os.environ.get('KOMEK_MONKEY_STALL', 1))
MOST_GROWTH = float(os.environ.get('KOMEK_MONKEY_GROWTH', 64))  # MiB, from the first third to the last
STEPS_BETWEEN_LOOKS = 12
STEPS_OF_A_STOP = 5
PARTS = 6 if SECONDS > 30 else 3  # of the time; after each the memory is measured
REMEMBERED = 25  # steps that are told of when something is found

# A citizen's, and nobody else's: in no text of the city.
MARK = 'Жасырынбек'
DIGITS = '7019998877'
# GTK 4.8 says by itself what it then puts up with: a list whose rows have changed under a finger that pulls at it, and
# two fingers on what the first one has closed.
KNOWN = re.compile('GtkListView failed to scroll to given position|Broken accounting of active state')
PROBLEM = re.compile('-(WARNING|CRITICAL|ERROR) ')
SLIDER = frozenset({'slider'})
USABLE = tree.BUTTON | tree.CHECK | tree.FIELD | SLIDER


class Monkey:
    """One kiosk in the hands of one seed."""

    def __init__(self, seed, window, screen, city, pulse):
        self.random = random.Random(seed)
        self.window, self.city, self.pulse = window, city, pulse
        self.hands = hands = Hands(self.random, window, screen)
        self.steps, self.memory, self.worst = 0, [], 0.0
        self.past = collections.deque(maxlen=REMEMBERED)
        self.stopped = None
        self.ways = [
            (10, 'tap', hands.tap), (4, 'double tap', hands.tap_twice), (6, 'drag', hands.drag),
            (4, 'pinch', hands.pinch), (2, 'hand', hands.lay_a_hand_on_it),
            (4, 'tap on the map', lambda: hands.on_map(hands.tap)),
            (5, 'drag on the map', lambda: hands.on_map(hands.drag)),
            (5, 'pinch on the map', lambda: hands.on_map(hands.pinch)),
            (3, 'hand on the map', lambda: hands.on_map(hands.lay_a_hand_on_it)),
            (20, 'keys', hands.key), (24, 'press', hands.press), (6, 'fill', hands.fill),
            (3, 'sliders', lambda: hands.press(SLIDER)),
            (9, 'open', self.open), (3, 'language', self.speak), (1, 'contrast', lambda: window.act('contrast')),
            (1, 'back', lambda: window.act('back')), (1, 'help', lambda: window.act('help')),
            (2, 'stop the city', self.stop_city), (1, 'kill the city', self.kill_city), (3, 'rest', hands.rest),
            (2, 'leave', self.leave),
        ]

    # What happens to it

    def open(self):
        page = self.random.choice(['explore'] * 5 + ['category', 'category', 'place', 'text', 'contact', 'check'])
        self.window.open(page)
        return page

    def speak(self):
        language = self.random.choice(LANGUAGES)
        self.window.act('language', language, signature='s')
        return language

    def stop_city(self):
        """It hangs for some steps: connections are taken and nothing is answered."""
        self.resume_city()
        self.stopped = self.signal_city(signal.SIGSTOP)

    def resume_city(self):
        if self.stopped:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.stopped, signal.SIGCONT)
            self.stopped = None

    def kill_city(self):
        self.signal_city(signal.SIGKILL)

    def signal_city(self, number):
        process = self.city.find_process()
        with contextlib.suppress(ProcessLookupError):
            if process:
                os.kill(process, number)
        return process

    # What it must stand

    def live(self, seconds):
        begin = time.monotonic()
        ends = [begin + seconds * part / PARTS for part in range(1, PARTS + 1)]
        while ends:
            self.step()
            if time.monotonic() > ends[0]:
                self.note_memory()
                ends.pop(0)
        self.leave()

    def step(self):
        weights, names, ways = zip(*self.ways)
        index = self.random.choices(range(len(ways)), weights)[0]
        self.past.append(f'{self.steps} {names[index]}')
        told = self.do(ways[index])
        self.past[-1] += f': {told}' if told else ''
        self.steps += 1
        self.check_life()
        if names[index] == 'keys':
            self.check_focus()
        if self.steps % STEPS_OF_A_STOP == 0:
            self.resume_city()
        if self.steps % STEPS_BETWEEN_LOOKS == 0:
            self.check_names()

    def do(self, way):
        try:
            return way()
        except GLib.Error:
            # Whoever has died does not answer; that says more.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.window.process.wait(1)
            self.check_life()
            raise

    def check_life(self):
        if self.window.process.poll() is not None:
            raise AssertionError(f'komek ended with {self.window.process.returncode}')
        for line in self.window.said().splitlines():
            if PROBLEM.search(line) and not KNOWN.search(line):
                raise AssertionError(line)
        if self.pulse.problem:
            raise AssertionError(f'the main loop does not answer: {self.pulse.problem}')
        stall = self.pulse.take_worst()
        self.worst = max(stall, self.worst)
        if stall > LONGEST_STALL:
            raise AssertionError(f'the main loop stood still for {stall:.2f} s')

    def check_focus(self):
        """Whoever goes by keys is somewhere. What GTK 4.8 tells nobody of, the menu of a field, is left by Escape."""
        with contextlib.suppress(AssertionError):
            return wait(self.has_focus, 'the focus', timeout=1)
        self.past.append('Escape')
        self.window.x('key', 'Escape')
        return wait(self.has_focus, lambda: f'nothing has the focus, {self.window.describe()}', timeout=3)

    def has_focus(self):
        """Of a long list, any row may have it: the tree has only the first ones."""
        application = self.window.application
        items = application.bus.summarize(application.owner).values()
        return any(item.states >> tree.STATES['focused'] & 1 for item in items)

    def check_names(self):
        """Whatever can be used says what it is."""
        def nameless():
            return [node for node in self.window.read().below()
                    if node.focusable and node.sensitive and not node.name.strip() and node.role in USABLE]

        wait(lambda: not nameless(), lambda: f'without a name: {[describe(node) for node in nameless()]}', timeout=2)
        frames = self.window.application.read().children
        if len(frames) != 1:
            raise AssertionError(f'more than the window is there: {[str(node) for node in frames]}')

    def note_memory(self):
        self.window.act('finish')
        time.sleep(0.5)
        self.memory.append(read_memory(self.window.process.pid))

    def check_end(self):
        said = self.window.said()
        if MARK in said or DIGITS in said:
            raise AssertionError('the log has what somebody wrote')
        after_a_third, at_the_end = self.memory[PARTS // 3 - 1], self.memory[-1]
        if at_the_end - after_a_third > MOST_GROWTH:
            raise AssertionError(f'the memory grows from {after_a_third:.0f} to {at_the_end:.0f} MiB')

    # Somebody's own words

    def leave(self):
        """A citizen writes who it is, goes, and the next one finds nothing of it."""
        self.resume_city()
        for page in ('text', 'contact', 'check', 'explore'):
            self.window.open(page)
            for field in self.window.find_all(tree.FIELD):
                self.hands.paste(field, self.random.choice((MARK, DIGITS)))
            if self.random.random() < 0.3:
                self.window.key('ctrl+a', 'ctrl+c')
        self.window.press(re.compile('|'.join(map(re.escape, in_all_languages('Finish and erase', 'button')))))
        self.window.see(self.window.words('How can we help?'))
        for page in ('home', 'text', 'contact', 'check', 'explore', 'category'):
            self.window.open(page)
            if page == 'text':
                self.window.key('ctrl+v', 'ctrl+z')
            self.check_forgotten(page)
            if page == 'explore':
                self.check_list()
        self.window.act('finish')

    def check_list(self):
        """Whatever has been done to it before, it has rows again."""
        self.window.wait_for_row(self.window.words('Requests in view'))

    def check_forgotten(self, page):
        def found():
            nodes = list(self.window.read().below())
            texts = [node.name for node in nodes]
            for node in nodes:
                if node.role in tree.FIELD:
                    with contextlib.suppress(GLib.Error):
                        texts.append(node.text())
            return [text for text in texts if MARK in text or DIGITS in re.sub(r'\D', '', text)]

        wait(lambda: not found(), lambda: f'on {page} the next citizen finds {found()}', timeout=2)


def describe(node):
    return f'{node} in ' + ' in '.join(str(above) for above in node.above() if above.name)


class Stopped(BaseException):
    """Somebody outside has no more time for us."""


def on_terminate(number, frame):
    raise Stopped(f'stopped by signal {number}')


def play(seed, screen, seconds):
    """One window in the hands of one seed; tells how it went."""
    with tempfile.TemporaryDirectory(prefix='komek-monkey.') as folder:
        city = EmbeddedCity(folder, REQUESTS)
        with Window('kk', '--kiosk', city_program=city.program, display=screen.name,
                    G_DEBUG='fatal-criticals,gc-friendly') as window:
            window.see(window.words('The city in the last 30 days'), timeout=60)
            window.take_focus()
            with Pulse(window.process.pid) as pulse:
                monkey = Monkey(seed, window, screen, city, pulse)
                try:
                    monkey.live(seconds)
                except BaseException:
                    tell_past(seed, monkey, window)
                    raise
                finally:
                    monkey.resume_city()
            print(f'seed {seed}: {monkey.steps} steps, longest stall {monkey.worst:.2f} s in {pulse.asked} answers, '
                  f'memory {" ".join(f"{size:.0f}" for size in monkey.memory)} MiB', flush=True)
            monkey.check_end()


def tell_past(seed, monkey, window):
    print(f'seed {seed}, step {monkey.steps}. The last steps:\n  ' + '\n  '.join(monkey.past)
          + f'\nkomek said:\n{window.said()[-6000:]}', flush=True)


def survives(seed, screen):
    """Whatever becomes of it, a line says so, and the others have their turn."""
    try:
        play(seed, screen, SECONDS)
    except BaseException as problem:
        print(f'seed {seed} failed: {type(problem).__name__}: {str(problem)[:6000]}', flush=True)
        if not isinstance(problem, Exception):
            raise
        traceback.print_exc()
        return False
    return True


def main(*seeds):
    seeds = [int(seed) for seed in seeds] or SEEDS
    signal.signal(signal.SIGTERM, on_terminate)
    print(f'seeds: {" ".join(map(str, seeds))}, {SECONDS:.0f} s each', flush=True)
    try:
        with Touchscreen(WIDTH, HEIGHT) as screen:
            return 0 if all([survives(seed, screen) for seed in seeds]) else 1
    except NoTouch as reason:
        print(f'no screen to touch here: {reason}')
        return SKIP


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
