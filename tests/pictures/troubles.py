# SPDX-License-Identifier: GPL-3.0-or-later
"""What is looked at where no city answers: on the first day, and after three days."""

import shutil
import sqlite3
import time

import tree
from city import City
from filing import TEXT, Filing
from window import Window

# These come up whether or not anything is known.
PAGES = ('home', 'explore', 'category', 'check', 'queue')
AWAY = 3 * 24 * 3600 + 3600


def make_first(home, language, port, options):
    """Nothing is known yet."""


def make_away(home, language, port, options):
    """Three days without a city, and with a request that somebody has filed on the first of them."""
    with City(home, port=port) as city, Window(language, '--city', city.url, *options, home=home) as window:
        filing = Filing(window, city)
        filing.start()
        filing.choose_service()
        filing.choose_place()
        filing.go_on()
        window.find(tree.FIELD, window.words('What happened', 'name of the text field')).fill(TEXT)
        filing.go_on()
        window.see(window.words('Check and send'))
        city.kill()
        window.press(window.words('Send to 109'))
        window.see(window.words('Your request is safe on this device'))
    # The copies know when it was filed, too, and are believed.
    for copies in (home / 'data/komek').glob('outbox*.items'):
        shutil.rmtree(copies)
    for database in (home / 'data/komek').glob('*.db'):
        with sqlite3.connect(database) as store:
            if database.name.startswith('outbox'):
                store.execute('UPDATE item SET filed = filed - ?', [AWAY])
            else:
                store.execute("UPDATE mark SET value = value - ? WHERE name = 'as-of'", [AWAY])


TROUBLES = {'first': make_first, 'away': make_away}


def show(page, window):
    window.act('home')
    if page != 'home':
        window.open(page)
    time.sleep(0.5)  # no word is on all of them that would say that they have come up
