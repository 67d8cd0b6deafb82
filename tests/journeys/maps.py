#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""maps.py LANGUAGE: what lies on the plan: a pack that a setting names, beside one that is damaged; servers that fail."""

import http.server
import os
import re
import socket
import threading
import unittest

import pack
import tree
from city import City
from filing import Filing
from journey import Journey, language, main
from window import Window

REQUESTS = 500
PLAN = 'The plan is shown.'


class Refuser(http.server.BaseHTTPRequestHandler):
    """A server of tiles that somebody has to pay for."""
    status, body = 403, b'Forbidden'

    def do_GET(self):
        self.send_response(self.status)
        self.send_header('Content-Type', 'text/html')
        self.send_header('Content-Length', str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *words):
        pass


class Portal(Refuser):
    """A page to sign in, whatever was asked for."""
    status, body = 200, b'<!DOCTYPE html><title>Wi-Fi</title>'


class Tiles:
    """An address of tiles, and who answers there."""

    def __init__(self, handler):
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f'http://127.0.0.1:{self.server.server_port}/{{z}}/{{x}}/{{y}}.png'

    def __exit__(self, *problem):
        self.server.shutdown()
        self.server.server_close()


class Silence:
    """Who takes a connection and never says a word."""

    def __enter__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        return f'http://127.0.0.1:{self.socket.getsockname()[1]}/{{z}}/{{x}}/{{y}}.png'

    def __exit__(self, *problem):
        self.socket.close()


def explore(window):
    """The map and its list are there, whatever lies on the plan."""
    window.open('explore')
    window.find(tree.BUTTON, re.compile(rf'\D{REQUESTS}$'), timeout=60)
    window.find(None, window.words('Map of the city'))
    window.wait_for_row(window.words('Requests in view'))


class Maps(Journey):
    def choose(self, window, *packs):
        """As an administrator does, before it starts."""
        settings = window.home / 'config/glib-2.0/settings/keyfile'
        settings.parent.mkdir(parents=True)
        names = ', '.join(f"'{path}'" for path in packs)
        settings.write_text(f'[kz/komek/Komek]\npacks=[{names}]\n', encoding='utf-8')
        return window

    def test_a_pack_of_the_settings_and_a_damaged_one(self):
        whole = pack.write(self.folder / 'city.mbtiles')
        half = pack.write_half(self.folder / 'half.mbtiles')
        with City(self.folder, REQUESTS) as city:
            window = Window(language, '--city', city.url, '--kiosk', GSETTINGS_BACKEND='keyfile',
                            GSETTINGS_SCHEMA_DIR=os.environ['KOMEK_SCHEMA_DIR'])
            with self.choose(window, whole, half):
                explore(window)
                words = window.words
                window.see(re.compile(re.escape(words('The map file “%s” is damaged.') % half.name)))
                window.see(re.compile(re.escape(pack.ATTRIBUTION)))
                self.assertFalse(window.sees(re.compile(re.escape(words(PLAN)))))
                self.search(window, city)

    def search(self, window, city):
        """The pack's street is found by its name in the language of the window."""
        filing = Filing(window, city)
        window.act('home')
        filing.start()
        filing.choose_service()
        window.find(tree.FIELD, window.words('Search for a place')).fill(pack.STREET[language])
        window.press(re.compile(f'^{re.escape(pack.STREET[language])}'))
        window.find(tree.FIELD, window.words('Search for a place'))
        window.find(tree.BUTTON, window.words('Continue', 'button'))

    def assert_said(self, tiles, sentence, timeout=10):
        with City(self.folder, REQUESTS) as city, tiles as url, \
                Window(language, '--city', city.url, '--kiosk', '--tiles', url) as window:
            explore(window)
            said = f'{window.words(sentence) % "127.0.0.1"} {window.words(PLAN)}'
            window.see(re.compile(re.escape(said)), timeout=timeout)

    def test_a_server_that_refuses(self):
        self.assert_said(Tiles(Refuser), 'No map from %s: it refuses to give one.')

    def test_a_server_that_sends_pages(self):
        self.assert_said(Tiles(Portal), 'No map from %s: what it sends is no map.')

    @unittest.skipUnless(language == 'ru', 'takes as long as it is waited for, in every language')
    def test_a_server_that_is_silent(self):
        self.assert_said(Silence(), 'No map from %s: it answers too slowly.', timeout=25)


if __name__ == '__main__':
    main()
