#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kiosk.py: what a kiosk keeps from those who stand before it, though the toolkit would allow it."""

import time

import tree
from city import City
from journey import Journey, main
from window import Window

SECRET = 'Жасырынбек'


class Kiosk(Journey):
    def setUp(self):
        super().setUp()
        city = self.enterContext(City(self.folder, 0))
        self.window = self.enterContext(Window('kk', '--kiosk', '--city', city.url))
        self.words = self.window.words
        self.window.see(self.words('How can we help?'))

    def field(self, page, name, context):
        self.window.open(page)
        return self.window.find(tree.FIELD, self.words(name, context))

    def test_nobody_looks_behind_the_window(self):
        for keys in ('ctrl+shift+i', 'ctrl+shift+d'):
            self.window.key(keys)
            time.sleep(1)  # nothing is to come, so there is nothing to wait for
            shown = self.window.x('search', '--onlyvisible', '--pid', self.window.process.pid).split()
            self.assertEqual(len(shown), 1, keys)

    def test_nobody_pastes_what_somebody_has_copied(self):
        field = self.field('contact', 'Name', 'contact')
        self.window.type_into(field, SECRET)
        self.window.wait_for_text(field, SECRET)
        self.window.key('ctrl+a', 'ctrl+c', 'ctrl+v')
        self.window.wait_for_text(field, SECRET)
        self.window.press(self.words('Finish and erase', 'button'))
        self.window.see(self.words('How can we help?'))
        field = self.field('contact', 'Name', 'contact')
        self.window.take_focus()
        self.window.click(field)
        self.window.x('key', 'ctrl+v')
        self.window.x('click', 2)
        # What comes after it shows that it has been read.
        self.window.x('type', 'а')
        self.window.wait_for_text(field, 'а')


if __name__ == '__main__':
    main()
