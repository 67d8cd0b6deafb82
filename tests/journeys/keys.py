#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""keys.py LANGUAGE: whoever has neither a finger on the map nor eyes for it gets as far as everybody else.

From the start to the page of a request by Tab, arrows and letters alone, and each step by the name that
a screen reader says.
"""

import re
import time

import tree
from city import City
from display import wait
from journey import Journey, language, main
from pages import Sights
from window import Window, name_of

MOST_TABS = 60


class Walk(Journey):
    """Whoever goes through the window without a pointer."""

    def setUp(self):
        super().setUp()
        self.city = self.enterContext(City(self.folder, 400))
        self.window = self.enterContext(Window(language, '--city', self.city.url, *self.options()))
        self.words = self.window.words
        self.window.see(self.words('The city in the last 30 days'))

    def options(self):
        """A desk in one of the languages, in the other a kiosk that knows where it stands."""
        return ['--kiosk', '--here', '51.1463,71.4318'] if language == 'kk' else []

    # Going

    def focused(self):
        return self.window.focused()

    def go_to(self, name, roles=tree.BUTTON, key='Tab'):
        """Presses Tab until what has that name has the focus: it must be reachable so."""
        passed = []
        for _ in range(MOST_TABS):
            node = self.focused()
            if node and node.matches(roles, name):
                return node
            passed.append(str(node))
            self.window.key(key)
        raise AssertionError(f'Tab never comes to {name_of(name)}; it came by\n' + '\n'.join(passed))

    def go_back_to(self, name, roles=tree.BUTTON):
        return self.go_to(name, roles, 'shift+Tab')

    def press(self, name, roles=tree.BUTTON):
        self.go_to(name, roles)
        self.window.key('space')

    def press_before(self, name, roles=tree.BUTTON):
        self.go_back_to(name, roles)
        self.window.key('space')

    def wait_for_focus(self, roles, name=None):
        def look():
            node = self.focused()
            return node if node and node.matches(roles, name) else None

        return wait(look, lambda: f'the focus on {name_of(roles)} {name_of(name)}, {self.window.describe()}')

    def explore(self):
        """From the start to the list, whose first row then has the focus."""
        self.press(self.words('What is going on in the city'))
        self.window.wait_for_row(self.words('Requests in view'))
        return self.wait_for_focus(tree.ROW, re.compile('[.] '))

    # Reading

    def wait_for_count(self, count):
        return self.window.wait_for_rows(self.words('Requests in view'), count)

    def rows(self):
        listing = self.window.find(tree.LIST, self.words('Requests in view'))
        return [node for node in listing.below() if node.role in tree.ROW]

    def spoken(self, message, messages):
        """A pattern of what the status says; on the screen a part of it is bold."""
        return re.compile(re.sub('</?b>', '', self.words.plural(message, messages).pattern), re.DOTALL)

    def view_pattern(self):
        return self.spoken('<b>%1$s request in view,</b> %2$s overdue', '<b>%1$s requests in view,</b> %2$s overdue')

    def count_in_view(self, unlike=None):
        """The number in the sentence, once it is said and another one."""
        def look():
            count = first_number(self.window.find(tree.STATUS, self.view_pattern()).name)
            return count if count != unlike else None

        return wait(look, lambda: f'a sentence that says another number than {unlike}, {self.window.describe()}')

    def settled_count(self):
        """The number in the sentence once it stays: the first one may be of the whole city, until the map has shown."""
        last = self.count_in_view()
        while True:
            time.sleep(2)
            count = self.count_in_view()
            if count == last:
                return count
            last = count

    @staticmethod
    def check_of(name):
        """A filter to be ticked says behind its name how many requests it leaves."""
        return re.compile(rf'^{re.escape(name)}, \d')


class Keys(Walk):
    def test_a_request_is_found_by_its_number(self):
        number = Sights(self.city).answered()
        self.explore()
        self.go_back_to(self.words('Search requests by words, address or number'), tree.FIELD)
        self.window.type(number)
        what = self.wait_for_count(1)[0].name.split('. ')[0]
        self.go_to(re.compile(f'^{re.escape(what)}[.] '), tree.ROW)
        self.window.key('Return')
        self.window.see(re.compile(re.escape(number)))
        self.window.find(tree.LIST, self.words('History', 'request'))

    def test_a_row_tells_what_it_opens(self):
        self.explore()
        self.window.key('Down')
        self.window.key('Down')
        row = self.focused()
        what, state, place, *more, age = row.name.split('. ')
        self.assertTrue(all((what, state, place, more, age)), row.name)
        self.assertRegex(' '.join(more), self.words.pattern('%s away'))
        self.window.key('Return')
        self.window.find(tree.LIST, self.words('History', 'request'))
        self.window.see(what)

    def test_filters_change_the_sentence(self):
        self.explore()
        before = self.settled_count()
        self.press_before(self.words('Filters'))
        # Some always have an answer; of the overdue ones none need be in view.
        self.press(self.check_of(self.words('Answered by the city', 'filters')), tree.CHECK)
        done = self.go_to(self.words.plural('Show %s request', 'Show %s requests'))
        self.window.key('Return')
        self.wait_for_focus(tree.BUTTON, self.words('Filters'))
        after = self.count_in_view(unlike=before)
        self.assertLess(after, before)
        self.assertEqual(first_number(done.name), after)
        self.press(self.words('Clear', 'filters'))
        self.assertEqual(self.count_in_view(unlike=after), before)

    def test_a_filter_goes_by_its_chip(self):
        self.explore()
        before = self.settled_count()
        answered = self.words('Answered by the city', 'filters')
        self.press_before(self.words('Filters'))
        self.press(self.check_of(answered), tree.CHECK)
        self.window.key('Escape')
        after = self.count_in_view(unlike=before)
        self.press(self.words('%s: take the filter away').replace('%s', answered))
        self.assertEqual(self.count_in_view(unlike=after), before)

    def test_the_map_is_reached_going_on(self):
        """Some have a single key that goes on, and none that goes back."""
        self.explore()
        self.go_to(self.words('Map of the city'), None)
        self.go_to(self.words('Search requests by words, address or number'), tree.FIELD)
        self.go_to(re.compile('[.] '), tree.ROW)

    def test_the_list_is_put_in_another_order(self):
        self.explore()
        order = self.words('Order of the list: %s')
        self.press_before(order.replace('%s', self.words('Newest', 'order of the list')))
        self.wait_for_focus(tree.CHECK, self.words('Newest', 'order of the list'))
        self.press(self.words('By street', 'order of the list'), tree.CHECK)
        self.wait_for_focus(tree.BUTTON, order.replace('%s', self.words('By street', 'order of the list')))

    def test_the_nearest_comes_first(self):
        self.explore()
        order = self.words('Order of the list: %s')
        self.press_before(order.replace('%s', self.words('Newest', 'order of the list')))
        self.press(self.words('Nearest', 'order of the list'), tree.CHECK)
        self.wait_for_focus(tree.BUTTON, order.replace('%s', self.words('Nearest', 'order of the list')))
        wait(lambda: (far := self.distances()) == sorted(far) and len(far) > 5,
             lambda: f'rows from near to far, {self.window.describe()}')

    def distances(self):
        """How far away the rows say that they are, in metres; those without a place say nothing."""
        away = self.words.pattern('%s away').pattern.replace('.+?', r'([\d.,]+) (kilo|кило)?(?:met|мет)\w+')
        found = [re.search(away, row.name) for row in self.rows()]
        return [float(each[1].replace(',', '.')) * (1000 if each[2] else 1) for each in found if each]

    def test_what_lies_together_on_the_map_is_listed(self):
        self.explore()
        before = self.settled_count()
        self.go_back_to(self.words('Map of the city'), None)
        self.window.key('space')
        row = self.wait_for_focus(tree.ROW, re.compile('[.] '))
        together = self.window.find(tree.STATUS, self.spoken('<b>%s request at this place</b>',
                                                             '<b>%s requests at this place</b>'))
        self.assertLess(first_number(together.name), before)
        self.window.key('Escape')
        self.wait_for_focus(None, self.words('Map of the city'))
        self.assertEqual(self.count_in_view(), before)
        self.assertTrue(row.name)

    def test_what_is_around_is_left(self):
        if '--here' not in self.options():
            self.skipTest('a desk does not know where it stands')
        self.explore()
        before = self.settled_count()
        around = self.words('Around me: %s').replace('%s', self.words('3 km', 'radius'))
        self.press_before(around)
        after = self.count_in_view(unlike=before)
        self.assertLess(after, before)
        self.window.see(around)


def first_number(text):
    """The first number in a text, in which thousands may be parted."""
    return int(re.sub(r'\D', '', re.search(r'\d[\d\s,\u00a0\u202f]*', text)[0]))


if __name__ == '__main__':
    main()
