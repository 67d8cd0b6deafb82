# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody does who wants to break a kiosk: fingers, keys and letters without sense, drawn from one seed."""

import math
import time

from gi.repository import GLib

import tree
from words import LANGUAGES, Words

# What a keyboard can send, as xdotool calls it. What the window manager takes for itself is left out.
ARROWS = ['Left', 'Right', 'Up', 'Down']
PLAIN = ['Tab', 'Return', 'space', 'Escape', 'plus', 'minus', 'equal', 'Home', 'End', 'Prior', 'Next', 'BackSpace',
         'Delete', 'Insert', 'Menu', 'KP_Add', 'KP_Subtract', 'KP_Enter', 'KP_Home', 'KP_Left', 'l',
         *(f'F{number}' for number in range(1, 13))]
SHIFTED = ['Tab', *ARROWS, 'Home', 'End', 'F10', 'Prior', 'Next']
CHORDS = [*'abcdefghijklmnopqrstuvwxyz', 'period', 'semicolon', 'slash', 'Tab', 'Home', 'End', 'Prior', 'Next',
          'BackSpace', 'Delete', 'space', 'Return', 'plus', 'minus', '0', *ARROWS]
LETTERS = {
    'kk': 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя',
    'ru': 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
    'en': 'abcdefghijklmnopqrstuvwxyz',
}
# What a field may be given that nobody types: other directions, marks on marks, signs for programs, very much of it.
STRANGE = ['   ', '\t', '👨‍👩‍👧‍👦🇰🇿', 'مرحبا بالعالم', 'שלום \u202e abc', 'z' + '\u0301' * 60, '%s%n%d{0}$1',
           "'; DROP TABLE request;--", '<b>&amp;</i>&#0;', '"*" OR NEAR(a b)', '0' * 300, 'әіңғүұқөһ ' * 60, '-1',
           '99999999999999999999', '51.1,71.4', '\ufffd\u200b']


def in_all_languages(message, context=None):
    return {Words(language)(message, context) for language in LANGUAGES}


class Hands:
    """One step after the other: a finger, some keys, a control of those that are there, or a text for a field."""

    def __init__(self, seed, window, screen):
        self.random = seed
        self.window, self.screen, self.fingers = window, screen, screen.fingers
        self.width, self.height = screen.width, screen.height

    # Fingers

    def somewhere(self, box=None):
        x, y, width, height = box or (0, 0, self.width, self.height)
        return x + self.random.random() * (width - 1), y + self.random.random() * (height - 1)

    def tap(self, box=None):
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            self.fingers.tap(*self.somewhere(box), hold=self.random.choice((0.01, 0.05, 0.05, 0.7)))

    def tap_twice(self, box=None):
        self.fingers.double_tap(*self.somewhere(box))

    def drag(self, box=None):
        self.fingers.move((self.somewhere(box), self.somewhere(box)), seconds=self.random.choice((0.08, 0.2, 0.5)),
                          rest=self.random.choice((0, 0, 0.3)))

    def pinch(self, box=None):
        x, y = self.somewhere(box)
        before, after = self.random.uniform(5, 400), self.random.uniform(5, 400)
        angle, turn = self.random.uniform(0, math.tau), self.random.choice((0, 0, 0.5, 1.5, -2))
        moves = (200, 150) if self.random.random() < 0.2 else (0, 0)
        self.fingers.move(*(self.way((x, y), moves, angle + half, turn, before, after) for half in (0, math.pi)),
                          seconds=self.random.choice((0.1, 0.3)), rest=self.random.choice((0, 0.1)))

    def way(self, middle, moves, angle, turn, before, after):
        """Of one finger of two, round a middle that may move, too."""
        x, y = middle
        return (self.keep(x + before * math.cos(angle), y + before * math.sin(angle)),
                self.keep(x + moves[0] + after * math.cos(angle + turn), y + moves[1] + after * math.sin(angle + turn)))

    def keep(self, x, y):
        """The nearest place on the screen."""
        return min(max(x, 0), self.width - 1), min(max(y, 0), self.height - 1)

    def lay_a_hand_on_it(self, box=None):
        fingers = self.random.randint(3, 5)
        self.fingers.move(*((self.somewhere(box), self.somewhere(box)) for _ in range(fingers)),
                          seconds=self.random.choice((0.05, 0.2)), rest=0)

    def on_map(self, gesture):
        gesture(self.map_box())

    # Keys

    def key(self):
        kind = self.random.choice(('plain', 'plain', 'arrows', 'tabs', 'shifted', 'chord', 'letters'))
        many = self.random.randint(1, 6)
        if kind == 'letters':
            letters = LETTERS[self.random.choice(sorted(LETTERS))]
            return self.type(''.join(self.random.choice(letters) for _ in range(many)))
        keys = {'plain': PLAIN, 'arrows': ARROWS, 'tabs': ['Tab'], 'shifted': SHIFTED, 'chord': CHORDS}[kind]
        before = {'shifted': 'shift+', 'chord': self.random.choice(('ctrl+', 'ctrl+', 'ctrl+shift+', 'alt+shift+'))}
        pressed = [before.get(kind, '') + self.random.choice(keys) for _ in range(many)]
        self.window.x('key', '--delay', 3, *pressed)
        return ' '.join(pressed)

    def type(self, text):
        self.window.x('type', '--delay', 3, text)
        return repr(text)

    # What is there

    def controls(self, roles):
        """Those of them that are in sight and can be used, each with its box."""
        found = [(node, self.place(node)) for node in self.window.find_all(roles) if node.sensitive]
        return [(node, box) for node, box in found
                if box and box[2] > 1 and box[3] > 1 and 0 <= box[0] < self.width and 0 <= box[1] < self.height]

    @staticmethod
    def place(node):
        """Its box, or None where it has gone while we looked."""
        try:
            return node.extents()
        except GLib.Error as error:
            if tree.is_gone(error):
                return None
            raise

    def press(self, roles=tree.BUTTON | tree.CHECK | tree.ROW):
        """Taps in the middle of anything, at once: what was there may have moved."""
        found = self.controls(roles)
        if found:
            node, (x, y, width, height) = self.random.choice(found)
            self.fingers.tap(*self.keep(x + width / 2, y + height / 2), hold=0.02)
            return str(node)
        return 'nothing to press'

    def fill(self):
        found = self.controls(tree.FIELD)
        if not found:
            return 'nothing to fill'
        node, (x, y, width, height) = self.random.choice(found)
        self.fingers.tap(*self.keep(x + width / 2, y + height / 2))
        if self.random.random() < 0.4:
            self.type(''.join(self.random.choice(LETTERS['kk']) for _ in range(5)))
        else:
            self.paste(node, self.random.choice(STRANGE))
        return str(node)

    @staticmethod
    def paste(node, text):
        """All at once, unless it has gone while we looked."""
        try:
            node.fill(text)
        except GLib.Error as error:
            if not tree.is_gone(error):
                raise

    def map_box(self):
        """Where the map is, or where it would be."""
        found = [box for node, box in self.controls(tree.GROUP) if node.name in in_all_languages('Map of the city')]
        return found[0] if found else None

    def rest(self):
        time.sleep(self.random.uniform(0, 0.3))
