# SPDX-License-Identifier: GPL-3.0-or-later
"""The way of a request through the window, question by question, as a citizen goes it."""

import re

import tree

# Every letter that Kazakh has and Russian has not.
TEXT = 'Аулада жарық жоқ, әіңғүұқөһ'
# The same odd word as somebody types it who has only a Russian keyboard.
ODD_WORD_IN_RUSSIAN = 'аингуукох'
SERVICE = 'LIG.yard'
STREET = {'kk': 'Сарыарқа даңғылы', 'ru': 'проспект Сарыарка', 'en': 'Saryarka Avenue'}
LANDMARK = '5-үй, дүкеннің жаны'

NUMBER = re.compile(r'^\d{6}-\d{3}-\d{3}$')


class Filing:
    """Answers the questions of one request in a window; what the city calls things is asked of the city."""

    def __init__(self, window, city):
        self.window = window
        self.city = city

    def service(self, code=SERVICE):
        """The name of a service and of its category, in the language of the moment."""
        services = self.city.get('services.json', locale=self.window.words.language)
        service = next(service for service in services if service['service_code'] == code)
        return service['service_name'], service['group']

    def start(self):
        window, words = self.window, self.window.words
        window.press(words('Report a problem'))
        window.see(words('What happened? Choose a category'))

    def choose_service(self, code=SERVICE):
        name, group = self.service(code)
        self.window.press_until_seen(group, self.window.words('What exactly happened?'))
        self.window.press(re.compile(f'^{re.escape(name)}'))

    def choose_place(self):
        window, words = self.window, self.window.words
        street = STREET[words.language]
        window.find(tree.FIELD, words('Search for a place')).fill('сарыарк')
        window.press(re.compile(f'^{re.escape(street)}'))
        window.find(tree.STATUS, re.compile(re.escape(street)))
        window.press(words('Five metres north'))
        window.press(words('Five metres east'))
        window.find(tree.FIELD, words('House number or landmark')).fill(LANDMARK)

    def go_on(self):
        self.window.press(self.window.words('Continue', 'button'))

    def write(self, text=TEXT):
        window, words = self.window, self.window.words
        field = window.find(tree.FIELD, words('What happened', 'name of the text field'))
        window.type_into(field, text)
        window.wait_for_text(field, text)

    def fill_in(self):
        """From home to the review."""
        self.start()
        self.choose_service()
        self.choose_place()
        self.go_on()
        self.write()
        self.go_on()
        self.window.see(self.window.words('Check and send'))

    def send(self):
        """Sends, and returns the number on the page that follows."""
        window, words = self.window, self.window.words
        window.press(words('Send to 109'))
        window.see(words('Request accepted'))
        return window.see(NUMBER).name
