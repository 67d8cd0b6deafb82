#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""wrong.py LANGUAGE: what goes wrong outside is said in one sentence of the chosen language, with a way on."""

import re

from city import City, EmbeddedCity, HtmlServer, free_port
from journey import Journey, language, main
from window import Program, Window


class WrongCity(Journey):
    def assert_sentence(self, window, title, remedy):
        """The window says it, and what staff can do; it offers to try again, and goes on living when one does."""
        window.see(window.words(title))
        window.see(re.compile(re.escape(window.words('Staff: %s').replace('%s', window.words(remedy))) + '$'))
        window.press(window.words('Try again', 'button'))
        window.see(window.words(title))
        window.see(window.words('How can we help?'))

    def test_a_city_that_nobody_reaches(self):
        with Window(language, '--city', f'http://127.0.0.1:{free_port()}/') as window:
            self.assert_sentence(window, 'No connection to the city',
                                 'Nothing answers at the city’s address. Its server may be switched off, or the '
                                 'address is wrong.')

    def test_an_address_where_a_web_page_stands(self):
        with HtmlServer() as server, Window(language, '--city', server.url) as window:
            self.assert_sentence(window, 'Something else answers in the city’s place',
                                 'A web page answers instead. Please sign in to the network, or check the city’s '
                                 'address.')

    def test_a_city_that_comes_back_is_found(self):
        city = City(self.folder)
        with Window(language, '--city', city.url) as window:
            window.see(window.words('No connection to the city'))
            with city:
                window.press(window.words('Try again', 'button'))
                window.wait_until_unseen(window.words('No connection to the city'))
                window.see(window.words('The city in the last 30 days'))

    def test_a_server_that_cannot_be_started(self):
        with Window(language, city_program=self.folder / 'nothing') as window:
            window.see(window.words('This device cannot save data'))
            self.assertIn('komek: ', window.said())


class ForeignDatabase(Journey):
    def test_it_is_left_alone_and_said(self):
        city = EmbeddedCity(self.folder)
        city.database.write_text('a shopping list')
        with Window(language, city_program=city.program) as window:
            window.see(window.words('This device cannot save data'))
            self.assertEqual(city.database.read_text(), 'a shopping list')
            city.database.unlink()
            window.press(window.words('Try again', 'button'))
            window.wait_until_unseen(window.words('This device cannot save data'), timeout=20)


class EmptyCity(Journey):
    def test_it_is_shown_as_it_is(self):
        with Window(language, city_program=EmbeddedCity(self.folder, sample=0).program) as window:
            window.press(window.words('What is going on in the city'))
            window.see(window.words('The city has no requests yet'))
            window.press(window.words('Report a problem'))
            window.see(window.words('What happened? Choose a category'))
            self.assertNotIn(window.words('No connection to the city'), window.texts())


class WrongDisk(Journey):
    def test_a_folder_that_cannot_be_written(self):
        # Not a matter of rights, which do not bind everybody: a file stands where the folder should be.
        (self.folder / 'file').write_text('')
        with Window(language, city_program=EmbeddedCity(self.folder).program,
                    XDG_DATA_HOME=str(self.folder / 'file')) as window:
            for page in ('home', 'explore', 'check', 'category'):
                window.open(page)
                window.see(window.words('This device cannot save data'))
                window.see(window.words('The disk may be full or protected. Please call a member of staff.'))
            self.assertEqual(len(window.said().splitlines()), 1, window.said())
            self.assertTrue(window.said().startswith('komek: '))

    def test_a_file_that_is_no_database(self):
        """The mirror can be filled anew at any time; but what lies there may be dear to somebody."""
        (self.folder / 'data/komek').mkdir(parents=True)
        mirror = self.folder / 'data/komek/mirror-embedded.db'
        diary = 'The diary of somebody else\n' * 200
        mirror.write_text(diary, encoding='utf-8')
        with Window(language, city_program=EmbeddedCity(self.folder).program, home=self.folder) as window:
            window.see(window.words('The city in the last 30 days'))
            self.assertEqual(len(window.said().splitlines()), 1, window.said())
            self.assertIn(str(mirror), window.said())
        aside, = (self.folder / 'data/komek').glob('mirror-embedded.db.*bad*')
        self.assertEqual(aside.read_text(encoding='utf-8'), diary)


class WrongCommand(Journey):
    def run_komek(self, *arguments):
        with Program(*arguments, DISPLAY='', LANGUAGE=language, LC_ALL='C.UTF-8') as program:
            status = program.wait_for_end()
            program.expect_end()
            return status, program.said().splitlines()

    def assert_refused(self, *arguments):
        status, lines = self.run_komek(*arguments)
        self.assertEqual((status, len(lines)), (1, 1), lines)
        self.assertIn(arguments[1], lines[0])

    def test_a_language_that_is_not_there(self):
        self.assert_refused('--language', 'xx')

    def test_an_address_that_is_none(self):
        self.assert_refused('--city', 'ftp://example.org/')

    def test_tiles_without_places_for_numbers(self):
        self.assert_refused('--tiles', 'https://example.org/tile.png')

    def test_tiles_from_nowhere(self):
        self.assert_refused('--tiles', 'file:///{z}/{x}/{y}.png')

    def test_a_page_that_nobody_can_begin_with(self):
        self.assert_refused('--page', 'done')
        self.assert_refused('--page', '')

    def test_a_place_that_is_none(self):
        self.assert_refused('--here', '91,71.43')

    def test_a_word_that_is_no_option(self):
        status, lines = self.run_komek('explore')
        self.assertEqual((status, len(lines)), (1, 1), lines)
        self.assertIn('explore', lines[0])

    def test_help_and_version_need_no_display(self):
        status, lines = self.run_komek('--version')
        self.assertEqual(status, 0)
        self.assertRegex(lines[0], r'^komek \d+\.\d+')
        status, lines = self.run_komek('--help')
        self.assertEqual(status, 0)
        self.assertIn('--kiosk', '\n'.join(lines))


class FirstPage(Journey):
    def test_it_is_the_one_that_was_asked_for(self):
        with Window(language, '--page', 'check', city_program=EmbeddedCity(self.folder).program) as window:
            window.see(window.words('Check a request'))
            self.assertFalse(window.sees(window.words('How can we help?')))
            with Program('--language', language, '--page', 'explore') as second:
                self.assertEqual(second.wait_for_end(), 0)
                self.assertEqual(second.said(), '')
            window.wait_for_row(window.words('Requests in view'))
            window.act('back')
            window.see(window.words('How can we help?'))


class SecondKomek(Journey):
    def test_it_says_so_and_leaves_the_first_alone(self):
        with Window(language, city_program=EmbeddedCity(self.folder).program) as window:
            window.see(window.words('How can we help?'))
            with Program('--language', language) as second:
                self.assertEqual(second.wait_for_end(), 0)
                self.assertEqual(len(second.said().splitlines()), 1, second.said())
            window.press(window.words('Check a request'))
            window.wait_until_unseen(window.words('How can we help?'))


if __name__ == '__main__':
    main()
