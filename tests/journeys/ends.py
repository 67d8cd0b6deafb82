#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ends.py: the city that the window started ends with it, however that ends."""

import signal

from city import EmbeddedCity
from display import wait
from journey import Journey, main
from window import Window


class Ends(Journey):
    def assert_city_ends(self, by):
        city = EmbeddedCity(self.folder)
        with Window('kk', city_program=city.program) as window:
            window.see(window.words('The city in the last 30 days'))
            self.assertTrue(city.find_process())
            window.process.send_signal(by)
            window.process.wait(5)
            window.expect_end()
            wait(lambda: not city.find_process(), f'komek-city outlives komek, which was ended by {by}', timeout=2)

    def test_when_it_is_killed(self):
        self.assert_city_ends(signal.SIGKILL)

    def test_when_it_is_asked_to_end(self):
        self.assert_city_ends(signal.SIGTERM)

    def test_when_its_window_is_closed(self):
        city = EmbeddedCity(self.folder)
        with Window('kk', city_program=city.program) as window:
            window.see(window.words('The city in the last 30 days'))
            window.close()
            self.assertEqual(window.wait_for_end(), 0)
            wait(lambda: not city.find_process(), 'komek-city outlives komek', timeout=2)


if __name__ == '__main__':
    main()
