#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""back.py LANGUAGE: going back keeps what was entered, and a changed answer leads back to the review."""

import tree
from city import EmbeddedCity
from filing import LANDMARK, STREET, TEXT, Filing
from journey import Journey, language, main
from window import Window


class Back(Journey):
    def test_answers_are_kept_and_changed(self):
        city = EmbeddedCity(self.folder)
        with Window(language, city_program=city.program) as window:
            self.go(window, Filing(window, city))

    def go(self, window, filing):
        words = window.words
        filing.fill_in()

        window.press(words('Back', 'button'))
        field = window.find(tree.FIELD, words('What happened', 'name of the text field'))
        self.assertEqual(field.text(), TEXT)
        window.press(words('Back', 'button'))
        landmark = window.find(tree.FIELD, words('House number or landmark'))
        self.assertEqual(landmark.text(), LANDMARK)
        self.assertTrue(any(STREET[language] in text for text in window.texts()), window.texts())
        filing.go_on()
        self.assertEqual(window.find(tree.FIELD, words('What happened', 'name of the text field')).text(), TEXT)
        filing.go_on()
        window.see(words('Check and send'))

        window.press(words('Change the description'))
        window.find(tree.FIELD, words('What happened', 'name of the text field')).fill(TEXT + '!')
        filing.go_on()
        window.see(words('Check and send'))
        window.see(TEXT + '!')

        window.press(words('Change the place'))
        window.find(tree.FIELD, words('House number or landmark')).fill('7')
        filing.go_on()
        window.see(words('Check and send'))
        self.assertFalse(any(LANDMARK in text for text in window.texts()))

        window.press(words('Change the category'))
        filing.choose_service('LIG.dark')
        window.see(words('Check and send'))
        window.see(filing.service('LIG.dark')[0])
        window.see(TEXT + '!')

        # An empty description is asked for and not sent.
        window.press(words('Change the description'))
        window.find(tree.FIELD, words('What happened', 'name of the text field')).fill(' ')
        filing.go_on()
        window.see(words('A few words are enough: what, and since when.'))


if __name__ == '__main__':
    main()
