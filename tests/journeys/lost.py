#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""lost.py LANGUAGE: the server or the window is killed in the middle; one sentence says so and nothing is lost."""

import os
import re
import signal

import tree
from city import City, EmbeddedCity
from display import wait
from filing import NUMBER, TEXT, Filing
from journey import Journey, language, main
from window import Window

LOCAL_NUMBER = re.compile(r'^0\d{3}-\d{4}-\d{4}-\d{4}$')


class Lost(Journey):
    def hand_in_without_a_line(self, window, city):
        """The number that the device gives."""
        Filing(window, city).fill_in()
        city.kill()
        window.press(window.words('Send to 109'))
        window.see(window.words('Your request is safe on this device'))
        self.assertEqual(window.foreign(), [])
        return window.see(LOCAL_NUMBER).name

    def assert_city_has_one(self, city):
        found = wait(lambda: city.get('requests.json', q='әіңғүұқөһ'), 'the request at the city', timeout=20)
        self.assertEqual([request['description'] for request in found], [TEXT])
        return found[0]['service_request_id']

    def test_a_request_handed_in_without_a_line_arrives_later(self):
        with City(self.folder) as city, Window(language, '--city', city.url) as window:
            self.hand_in_without_a_line(window, city)
            city.start()
            window.see(window.words('Request accepted'), timeout=20)
            number = window.see(NUMBER).name
            self.assertEqual(self.assert_city_has_one(city), number)

    def test_a_request_outlives_the_program(self):
        with City(self.folder) as city:
            with Window(language, '--city', city.url, home=self.folder) as window:
                local = self.hand_in_without_a_line(window, city)
                window.expect_end()
                window.process.kill()
                window.process.wait()
            city.start()
            with Window(language, '--city', city.url, home=self.folder) as window:
                number = self.assert_city_has_one(city)
                window.press(window.words('Check a request'))
                window.find(tree.FIELD, window.words('Request number')).fill(local)
                window.press(window.words('Check', 'button'))
                window.see(re.compile(re.escape(number)))

    def make_it_notice(self, window):
        """It would ask the city again within half a minute; a question on its way is not asked twice."""
        def look():
            window.act('retry')
            return window.sees(window.words('No connection to the city'))

        wait(look, window.describe)

    def test_the_window_notices_and_comes_back_by_itself(self):
        with City(self.folder) as city, Window(language, '--city', city.url) as window:
            window.see(window.words('The city in the last 30 days'))
            city.kill()
            self.make_it_notice(window)
            # What the mirror has can still be read.
            window.press(window.words('What is going on in the city'))
            window.wait_for_row(window.words('Requests in view'))
            city.start()
            window.wait_until_unseen(window.words('No connection to the city'), timeout=20)

    def test_the_bundled_server_is_started_again(self):
        city = EmbeddedCity(self.folder)
        with Window(language, city_program=city.program) as window:
            window.see(window.words('The city in the last 30 days'))
            first = wait(city.find_process, 'the bundled server')
            os.kill(first, signal.SIGKILL)
            second = wait(lambda: city.find_process() not in (None, first) and city.find_process(), 'its successor')
            self.assertNotEqual(first, second)
            window.wait_until_unseen(window.words('No connection to the city'), timeout=20)


if __name__ == '__main__':
    main()
