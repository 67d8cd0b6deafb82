#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""switch.py LANGUAGE: another language in the middle of filing loses nothing and leaves no old word on the page."""

import tree
from city import EmbeddedCity
from filing import LANDMARK, STREET, TEXT, Filing
from journey import Journey, language, main
from window import Window
from words import LANGUAGES

OTHERS = [other for other in LANGUAGES if other != language]


class Switch(Journey):
    def test_in_the_middle_of_filing(self):
        city = EmbeddedCity(self.folder)
        with Window(language, city_program=city.program) as window:
            filing = Filing(window, city)
            filing.start()
            filing.choose_service()
            filing.choose_place()
            filing.go_on()
            filing.write()
            for other in OTHERS:
                window.switch(other)
                field = window.find(tree.FIELD, window.words('What happened', 'name of the text field'))
                self.assertEqual(field.text(), TEXT)
                self.assertEqual(window.foreign(), [])
            filing.go_on()
            window.see(window.words('Check and send'))
            self.assertEqual(window.foreign(), [])
            texts = window.texts()
            for text in (*filing.service(), TEXT):
                self.assertIn(text, texts)
            self.assertTrue(any(STREET[OTHERS[-1]] in text for text in texts), texts)
            self.assertTrue(any(LANDMARK in text for text in texts), texts)

            # The pages before were left in the first language; going back builds them anew.
            window.press(window.words('Back', 'button'))
            window.find(tree.FIELD, window.words('What happened', 'name of the text field'))
            window.press(window.words('Back', 'button'))
            window.see(window.words('Show the place on the map'))
            self.assertEqual(window.foreign(), [])
            self.assertEqual(window.find(tree.FIELD, window.words('House number or landmark')).text(), LANDMARK)


if __name__ == '__main__':
    main()
