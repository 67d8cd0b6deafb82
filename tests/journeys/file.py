#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""file.py LANGUAGE: a request is filed in Kazakh letters, and found again by its number, in the list and over HTTP."""

import re

import tree
from city import EmbeddedCity
from display import wait
from filing import LANDMARK, ODD_WORD_IN_RUSSIAN, STREET, TEXT, Filing
from journey import Journey, language, main
from window import Window

# The three languages go the two shapes of the window between them.
SHAPE = {'kk': ['--kiosk']}.get(language, [])


class File(Journey):
    def test_file_a_request_and_find_it_again(self):
        city = EmbeddedCity(self.folder)
        with Window(language, *SHAPE, city_program=city.program) as window:
            filing = Filing(window, city)
            filing.fill_in()
            self.check_review(window, filing)
            number = filing.send()
            self.check_city(city, number)
            if SHAPE:
                self.finish(window)
            else:
                window.press(window.words('Home', 'button'))
            self.find_by_number(window, number)
            window.press(window.words('Home', 'button')) if not SHAPE else window.act('home')
            self.find_in_the_list(window, filing, number)

    def check_review(self, window, filing):
        texts = window.texts()
        for text in (*filing.service(), TEXT):
            self.assertIn(text, texts)
        self.assertTrue(any(STREET[language] in text for text in texts), texts)
        self.assertTrue(any(LANDMARK in text for text in texts), texts)

    def check_city(self, city, number):
        request, = city.get(f'requests/{number}.json')
        self.assertEqual(request['description'], TEXT)
        self.assertEqual(request['service_code'], 'LIG.yard')
        self.assertIn(LANDMARK, request['address'])
        found = city.get('requests.json', q='әіңғүұқөһ')
        self.assertEqual([request['service_request_id'] for request in found], [number])

    def finish(self, window):
        """The citizen leaves: the kiosk speaks Kazakh again, whatever was chosen, and remembers nothing."""
        window.press(window.words('Finish', 'button'))
        window.speak('kk')
        window.see(window.words('How can we help?'))
        window.press(window.words('Report a problem'))
        window.see(window.words('What happened? Choose a category'))
        window.open('text')
        field = window.find(tree.FIELD, window.words('What happened', 'name of the text field'))
        self.assertEqual(field.text(), '')
        window.act('home')

    def find_by_number(self, window, number):
        words = window.words
        window.press(words('Check a request'))
        # Not clicked: newer GTKs tell places in the window wrong by the paddings above, about half a key.
        keys = {node.name: node for node in window.find(tree.GROUP, words('Number keys')).below()
                if node.role in tree.BUTTON}
        field = window.find(tree.FIELD, words('Request number'))
        digits = number.replace('-', '')
        for count, digit in enumerate(digits, 1):
            keys[digit].press()
            wait(lambda: field.text().replace('-', '') == digits[:count], f'{digits[:count]} in {field}')
        self.assertEqual(field.text(), number)
        window.press(words('Check', 'button'))
        window.see(TEXT)
        history = window.find(tree.LIST, words('History', 'request'))
        self.assertEqual(len([node for node in history.below() if node.role in tree.ROW]), 1)
        self.assertTrue(any(number in text for text in window.texts()))

    def find_in_the_list(self, window, filing, number):
        words = window.words
        window.press(words('What is going on in the city'))
        field = window.find(tree.FIELD, words('Search requests by words, address or number'))
        window.type_into(field, ODD_WORD_IN_RUSSIAN)
        name, _ = filing.service()
        rows = window.wait_for_rows(words('Requests in view'), 1)
        self.assertTrue(rows[0].name.startswith(name), rows[0])
        self.assertIn(STREET[language], rows[0].name)
        wait(lambda: window.find_all(tree.ROW, rows[0].name)[0].selected, 'the only one that is found is chosen')
        window.press(words('Open the request'))
        window.see(re.compile(re.escape(number)))
        window.see(TEXT)


if __name__ == '__main__':
    main()
