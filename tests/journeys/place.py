#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""place.py LANGUAGE: a place is chosen by keys alone, from the home page to the review: searched for in Kazakh letters
by its street and its house, read back, moved, and left for another one."""

import re

import tree
from city import City
from display import wait
from filing import TEXT, Filing
from journey import Journey, language, main
from window import Window

# Where the kiosk stands: on a street, and not on the one that is searched for.
HERE = '51.1655,71.4220'
# Nobody has so many things on one page.
MOST_STOPS = 120
HOUSE = re.compile(r'^(?P<street>[^,]+), (?P<house>\d+)$')


class Place(Journey):
    def test_choose_a_place_by_keys_alone(self):
        with City(self.folder, 4000) as city, \
                Window(language, '--kiosk', '--here', HERE, '--city', city.url) as window:
            self.window, self.words = window, window.words
            street, house = self.find_house(city)
            self.go_to_the_map(Filing(window, city))
            self.begin_where_the_kiosk_stands()
            self.search(street, house)
            self.read_back(street, house)
            self.move()
            self.name_only_the_district()
            self.search(street, house)
            self.read_back(street, house)
            self.go_on(street, house)

    def find_house(self, city):
        """A house that requests name in the language of the window, as the page will say it."""
        window = self.window
        self.go_to_explore_until_filled()
        for request in city.get('requests.json', page_size=200, extensions='true'):
            found = HOUSE.match(request['address'] or '')
            if found and self.speaks(found['street']):
                return found['street'], found['house']
        raise AssertionError(f'no house in {window.words.language}')

    def speaks(self, street):
        marks = {'kk': 'көшесі', 'ru': 'улица', 'en': 'Street'}
        return marks[language] in street

    def go_to_explore_until_filled(self):
        """The mirror has to know the city before it can know its houses."""
        self.window.find(tree.BUTTON, self.words('What is going on in the city'))
        self.window.open('explore')
        self.window.find(tree.BUTTON, re.compile(r'4[\s,\u00a0\u202f]?000'), timeout=60)
        self.window.act('home')

    # Keys

    def tab_to(self, name, roles=tree.BUTTON):
        """Goes from stop to stop as somebody without a pointer does."""
        seen = []
        for _ in range(MOST_STOPS):
            focused = self.window.focused()
            if focused and focused.matches(roles, name):
                return focused
            seen.append(str(focused))
            self.window.key('Tab')
        raise AssertionError(f'Tab never comes to {name}: {seen[-40:]}')

    def press(self, name):
        self.tab_to(name)
        self.window.key('Return')

    # The way

    def go_to_the_map(self, filing):
        name, group = filing.service()
        self.press(self.words('Report a problem'))
        self.window.see(self.words('What happened? Choose a category'))
        self.press(group)
        self.window.see(self.words('What exactly happened?'))
        self.press(re.compile(f'^{re.escape(name)}'))
        self.window.see(self.words('Show the place on the map'))

    def begin_where_the_kiosk_stands(self):
        """Something is said of the place before anything is done."""
        self.window.find(tree.BUTTON, self.words('Continue', 'button'))
        wait(lambda: self.continue_button().sensitive, 'Continue never comes')

    def continue_button(self):
        return self.window.find(tree.BUTTON, self.words('Continue', 'button'))

    def search(self, street, house):
        window = self.window
        field = self.tab_to(self.words('Search for a place'), tree.FIELD)
        window.type(f'{street} {house}')
        window.wait_for_text(field, f'{street} {house}')
        window.find(tree.STATUS, self.words.plural('%u place found', '%u places found'))
        result = re.compile(f'^{re.escape(street)}, {re.escape(house)}')
        window.find(tree.BUTTON, result)
        window.key('Down')
        wait(lambda: window.focused() and window.focused().matches(tree.BUTTON, result), 'Down leads to no result')
        window.key('Return')
        window.wait_for_text(window.find(tree.FIELD, self.words('Search for a place')), '')

    def read_back(self, street, house):
        """A status is what a screen reader says by itself."""
        said = re.compile(f'{re.escape(street)}.*{re.escape(house)}')
        self.window.find(tree.STATUS, said)

    def move(self):
        """Both ways of the arrows: on the buttons, and with Shift from wherever one is. Forty metres are another house."""
        before = self.said()
        self.tab_to(self.words('Five metres north'))
        for _ in range(8):
            self.window.key('space')
        wait(lambda: self.said() != before, f'the address stays {before}')
        for _ in range(8):
            self.window.key('shift+Down')
        wait(lambda: self.said() == before, f'the address does not become {before} again')

    def said(self):
        return [node.name for node in self.window.find_all(tree.STATUS) if node.name]

    def name_only_the_district(self):
        window = self.window
        self.press(self.words('I know only the district'))
        window.find(tree.STATUS, self.words('In which district is it?'))
        wait(lambda: window.focused() and self.words('City district', 'place') in window.focused().name,
             'the districts do not take the focus')
        window.key('Return')
        window.find(tree.STATUS, self.words('Only the district, no point on the map'))
        self.assertTrue(self.continue_button().sensitive)

    def go_on(self, street, house):
        window = self.window
        self.press(self.words('Continue', 'button'))
        field = self.tab_to(self.words('What happened', 'name of the text field'), tree.FIELD)
        window.type(TEXT)
        window.wait_for_text(field, TEXT)
        window.find(tree.BUTTON, self.words('Continue', 'button')).press()
        window.see(self.words('Check and send'))
        window.see(re.compile(f'{re.escape(street)}, {re.escape(house)}'))


if __name__ == '__main__':
    main()
