#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""lost.py LANGUAGE: the server is killed in the middle of a session; one sentence says so and nothing is lost."""

import os
import signal

from city import City, EmbeddedCity
from display import wait
from filing import TEXT, Filing
from journey import Journey, language, main
from window import Window


class Lost(Journey):
    def test_the_server_is_killed_before_the_request_is_sent(self):
        with City(self.folder) as city, Window(language, '--city', city.url) as window:
            filing = Filing(window, city)
            filing.fill_in()
            city.kill()
            window.press(window.words('Send to 109'))
            window.see(window.words('The request was not sent: no connection to the city'))
            window.see(window.words('What you wrote is kept. Please try again in a moment.'))
            window.see(TEXT)
            self.assertEqual(window.foreign(), [])

            city.start()
            window.press(window.words('Try again', 'button'))
            window.see(window.words('Request accepted'))
            found = city.get('requests.json', q='әіңғүұқөһ')
            self.assertEqual([request['description'] for request in found], [TEXT])

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
