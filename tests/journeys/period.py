#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""period.py LANGUAGE: a stretch of time is chosen, moved, played and left by keys alone, and each step can be heard."""

import re

import tree
from city import City
from display import wait
from journey import Journey, language, main
from window import Window

SLIDER = frozenset({'slider'})
REQUESTS = 500
MOST_TABS = 60


class Period(Journey):
    def test_keys_alone_choose_a_time(self):
        with City(self.folder, REQUESTS) as city, Window(language, '--city', city.url, '--kiosk') as window:
            window.open('explore')
            window.find(tree.BUTTON, re.compile(rf'\D{REQUESTS}$'), timeout=60)
            self.window = window
            self.choose()
            self.play()

    def names(self):
        """What the two handles say."""
        return [node.name for node in self.window.find_all(SLIDER)]

    def press(self, *keys):
        """Presses keys and returns what the handles say once that is something else."""
        before = self.names()
        self.window.key(*keys)
        wait(lambda: self.names() != before, lambda: f'{keys} changed nothing, {self.window.describe()}')
        return self.names()

    def tab_to(self, roles, name):
        for _ in range(MOST_TABS):
            node = self.window.focused()
            if node and node.matches(roles, name):
                return
            self.window.key('Tab')
        self.fail(f'no way by Tab to {name}, {self.window.describe()}')

    def choose(self):
        words = self.window.words
        whole = self.names()
        self.assertEqual(len(whole), 2)
        self.tab_to(SLIDER, words.pattern('From %s'))
        begin, end = self.press('Right')
        self.assertEqual(end, whole[1])
        self.window.find(tree.BUTTON, words('Whole year'))
        later = self.press('Page_Up')
        self.assertNotIn(later[0], (begin, whole[0]))
        self.tab_to(SLIDER, words.pattern('Until %s'))
        earlier = self.press('Page_Down')
        self.assertEqual(earlier[0], later[0])
        both = self.press('shift+Left')
        self.assertTrue(both[0] != earlier[0] and both[1] != earlier[1], (both, earlier))
        self.assertEqual(self.press('End')[1], whole[1])
        self.window.key('shift+Tab')
        self.assertEqual(self.press('Home'), whole)

    def play(self):
        """The window of a journey has less motion: a press is a month."""
        words = self.window.words
        whole = self.names()
        self.tab_to(tree.BUTTON, words('Next month'))
        first = self.press('space')
        second = self.press('space')
        self.assertNotEqual(first[0], second[0])
        self.tab_to(tree.BUTTON, words('Whole year'))
        self.assertEqual(self.press('Return'), whole)


if __name__ == '__main__':
    main()
