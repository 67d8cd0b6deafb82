#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""desk.py LANGUAGE: staff find what has not arrived, hear why, and bring it to the city."""

import http.server
import re
import threading
import urllib.error
import urllib.request

from city import City
from filing import NUMBER, TEXT, Filing
from display import wait
from journey import Journey, language, main
from window import Window

LOCAL_NUMBER = re.compile(r'^0\d{3}-\d{4}-\d{4}-\d{4}$')
REFUSAL = 'This district has moved to the region'


class Counter:
    """Stands before a city, and for a while takes no filing: the clerk at its counter says why."""

    def __init__(self, city):
        counter = self
        self.strict = True

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                self.pass_on(None)

            def do_POST(self):
                form = self.rfile.read(int(self.headers['Content-Length']))
                if counter.strict and '/requests.json' in self.path:
                    self.answer(400, f'[{{"code":400,"description":"{REFUSAL}"}}]'.encode(), 'application/json')
                else:
                    self.pass_on(form)

            def pass_on(self, form):
                headers = {name: value for name, value in self.headers.items()
                           if name.lower() not in ('host', 'connection', 'accept-encoding', 'content-length')}
                url = city.url.removesuffix('/open311/v2/') + self.path
                try:
                    answer = urllib.request.urlopen(urllib.request.Request(url, form, headers), timeout=10)
                except urllib.error.HTTPError as error:
                    answer = error
                with answer:
                    body = answer.read().replace(city.url.encode(), counter.url.encode())
                    self.answer(answer.status, body, answer.headers.get('Content-Type', 'text/plain'))

            def answer(self, status, body, kind):
                self.send_response(status)
                self.send_header('Content-Type', kind)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_port}/open311/v2/'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.server.shutdown()
        self.server.server_close()


class Desk(Journey):
    def open_queue(self, window, notice):
        window.see(notice)
        window.press(window.words('Show them', 'button'))
        window.see(window.words('Requests on this device'))

    def fill_in(self, window, city):
        """The names of the services come in a second time while the first question is asked."""
        filing, words = Filing(window, city), window.words
        name, group = filing.service()
        filing.start()
        window.press_until_seen(group, words('What exactly happened?'))
        window.press_until_seen(re.compile(f'^{re.escape(name)}'), words('Show the place on the map'))
        filing.choose_place()
        filing.go_on()
        filing.write()
        filing.go_on()
        window.see(words('Check and send'))

    def assert_city_has_one(self, city):
        found = wait(lambda: city.get('requests.json', q='әіңғүұқөһ'), 'the request at the city', timeout=20)
        self.assertEqual([request['description'] for request in found], [TEXT])

    def test_a_refused_request_is_sent_again(self):
        with City(self.folder) as city, Counter(city) as counter, Window(language, '--city', counter.url) as window:
            words = window.words
            window.see(words('The city in the last 30 days'))
            self.fill_in(window, city)
            window.press(words('Send to 109'))
            local = window.see(LOCAL_NUMBER).name
            window.act('home')
            self.open_queue(window, words.plural('%u request was not accepted by the city',
                                                 '%u requests were not accepted by the city'))
            window.see(re.compile(re.escape(REFUSAL)))
            window.see(words('Not accepted', 'pending'))
            window.see(local)

            # What is not mended comes back.
            window.press(words('Send all again', 'button'))
            window.see(re.compile(re.escape(REFUSAL)))
            counter.strict = False
            window.press(words('Send all again', 'button'))
            window.see(words('Everything has arrived.'))
            self.assert_city_has_one(city)

    def test_what_waits_for_a_former_address_is_brought_over(self):
        with City(self.folder) as city:
            with Window(language, '--city', city.url, home=self.folder) as window:
                self.fill_in(window, city)
                city.kill()
                window.press(window.words('Send to 109'))
                window.see(window.words('Your request is safe on this device'))
                local = window.see(LOCAL_NUMBER).name
                former = city.url
            with City(self.folder) as moved, Window(language, '--city', moved.url, home=self.folder) as window:
                words = window.words
                self.open_queue(window, words.plural('%u request waits for a former address of the city',
                                                     '%u requests wait for a former address of the city'))
                window.see(local)
                window.see(re.compile(re.escape(former)))
                self.assertEqual(moved.get('requests.json', q='әіңғүұқөһ'), [])
                window.press(words('It is the same city: send them to its present address', 'button'))
                window.see(words('Everything has arrived.'))
                self.assert_city_has_one(moved)
                self.assertRegex(moved.get(f'requests/{local}.json')[0]['service_request_id'], NUMBER)


if __name__ == '__main__':
    main()
