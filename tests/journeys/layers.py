#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""layers.py LANGUAGE: the map is drawn in each of its ways by keys alone, and the legend says which one that is."""

import re

import tree
from city import City
from display import wait
from journey import Journey, language, main
from window import Window

REQUESTS = 500
MOST_STOPS = 30
# In one of the languages there are buttons before the map, for what is around the kiosk.
HERE = ['--here', '51.1463,71.4318'] if language == 'kk' else []


class Layers(Journey):
    def test_keys_alone_choose_a_layer(self):
        with City(self.folder, REQUESTS) as city, Window(language, '--city', city.url, '--kiosk', *HERE) as window:
            window.open('explore')
            window.find(tree.BUTTON, re.compile(rf'\D{REQUESTS}$'), timeout=60)
            self.window, self.words = window, window.words
            self.show_heat()
            self.show_districts()
            self.go_back_to_requests()
            self.leave_backwards()

    def tab_to(self, roles, name, key='Tab'):
        """Goes on from what has the focus, or back."""
        for _ in range(MOST_STOPS):
            node = self.window.focused()
            if node and node.matches(roles, name):
                return
            self.window.key(key)
        self.fail(f'no way by {key} to {name}, {self.window.describe()}')

    def open_card(self):
        """From its button, where the card is the next stop."""
        self.tab_to(tree.BUTTON, self.words('Map layers'))
        self.window.key('Return')
        self.window.find(tree.CHECK, self.words('Each request', 'map layer'))

    def close_card(self):
        """The legend, which has given way to the card, comes back."""
        self.tab_to(tree.BUTTON, self.words('Map layers'))
        self.window.key('Return')
        self.window.wait_until_unseen(self.words('Each request', 'map layer'))

    def choose(self, *options):
        """Each option is a stop of its own."""
        self.open_card()
        for option in options:
            self.tab_to(tree.CHECK, option)
            self.window.key('space')
            wait(lambda name=option: any(node.checked for node in self.window.find_all(tree.CHECK, name)),
                 lambda name=option: f'{name} is not chosen, {self.window.describe()}')
        self.close_card()

    def show_heat(self):
        self.window.see(self.words('Map legend'))
        self.choose(self.words('How close together they are', 'map layer'))
        self.window.see(self.words('Requests per km²'))
        self.window.see(self.words.pattern('Each request is spread over %s all round'))
        self.assertFalse(self.window.sees(self.words('Map legend')))

    def show_districts(self):
        """Each measure is a legend of its own."""
        for measure in ('Days until half are answered', 'Share of overdue requests'):
            self.choose(self.words('By districts', 'map layer'), self.words(measure))
            self.window.see(self.words(measure))
            self.assertFalse(self.window.sees(self.words.pattern('Each request is spread over %s all round')))

    def go_back_to_requests(self):
        self.choose(self.words('Each request', 'map layer'))
        self.window.see(self.words('Map legend'))

    def leave_backwards(self):
        """The map is no trap: what comes before it can be reached from it."""
        self.tab_to(None, self.words('Map of the city'), 'shift+Tab')
        if HERE:
            around = self.words('Around me: %s').replace('%s', self.words('500 m', 'radius'))
            self.tab_to(tree.BUTTON, around, 'shift+Tab')
        self.window.key('shift+Tab')
        wait(lambda: self.window.focused() and self.window.focused().matches(tree.BUTTON, 'English'),
             lambda: f'no way out of the map, {self.window.describe()}')


if __name__ == '__main__':
    main()
