#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""touch.py: fingers on the map, on the list and on the histogram, as on a kiosk."""

import contextlib
import os
import re
import sys
import tempfile
import time
import unittest

import tree
from city import City
from display import wait
from pulse import read_memory
from touchmarks import find_marks, is_bare, look
from touchscreen import NoTouch, Touchscreen
from window import Window

SKIP = 77
WIDTH, HEIGHT = 1920, 1080
REQUESTS = 40
SLIDER = frozenset({'slider'})
CLEAR = 90  # pixels round a pin where nothing else may stand


def is_covered(x, y, covers):
    return any(left < x < right and top < y < bottom for left, top, right, bottom in covers)


class Touch(unittest.TestCase):
    """One window for all: each test begins where the next citizen would."""
    screen = None

    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix='komek-touch.'))
        city = cls.enterClassContext(City(folder, REQUESTS))
        cls.window = cls.enterClassContext(Window('en', '--city', city.url, '--kiosk',
                                                  display=cls.screen.name))
        cls.words = cls.window.words
        cls.fingers = cls.screen.fingers
        cls.open_map()
        cls.window.find(tree.BUTTON, re.compile(rf'\D{REQUESTS}$'), timeout=60)

    @classmethod
    def open_map(cls):
        cls.window.open('explore')
        cls.window.find(SLIDER)

    def setUp(self):
        self.window.begin_anew()
        self.open_map()
        self.wait_until_still()

    # What is there

    def wait_until_still(self):
        """Until nothing has moved for a while: tiles, clusters and the list follow a finger at their own pace."""
        last, since = None, time.monotonic()

        def look_again():
            nonlocal last, since
            now = look(self.screen.name, os.environ)
            if now != last:
                last, since = now, time.monotonic()
            return time.monotonic() - since > 0.4

        wait(look_again, 'the window never stands still', timeout=30, interval=0.1)
        self.picture = last

    def place(self, roles, name):
        """Its box on the display."""
        x, y, width, height = self.window.find(roles, name).extents()
        left, top = self.window.origin()
        return left + x, top + y, width, height

    def map_box(self):
        return self.place(tree.GROUP, self.words('Map of the city'))

    def marks(self):
        """The pins on the map, but for those under what lies on it."""
        covers = self.covers()
        marks = find_marks(self.picture, WIDTH, self.map_box())
        return [mark for mark in marks if not is_covered(mark.x, mark.y, covers)]

    def covers(self):
        """Boxes of what lies on the map, with room for the pins that they cut: the legend and the buttons."""
        found = [self.place(tree.LIST, self.words('Map legend'))]
        found += [self.place(tree.BUTTON, self.words(name)) for name in ('Closer', 'Whole city')]
        return [(x - 60, y - 80, x + width + 60, y + height + 60) for x, y, width, height in found]

    def free_mark(self, right=0, down=0):
        """A pin in the middle of the map with nothing beside it, which is still in sight where it is moved to."""
        x, y, width, height = self.map_box()
        everywhere, covers = self.marks(), self.covers()
        marks = [mark for mark in everywhere
                 if x + 200 < mark.x < x + width - 250 and y + 120 < mark.y < y + height - 120
                 and not is_covered(mark.x + right, mark.y + down, covers)]
        marks.sort(key=lambda mark: abs(mark.x - x - width / 2) + abs(mark.y - y - height / 2))
        for mark in marks:
            if all(mark.distance(other) > CLEAR for other in everywhere if other != mark):
                return mark
        raise AssertionError(f'no pin stands alone among {marks}')

    def empty_place(self):
        """A place on the map where nothing is drawn."""
        x, y, width, height = self.map_box()
        for step in range(2, 19):
            place = (x + width * 0.12, y + height * step / 20)
            if is_bare(self.picture, WIDTH, *place, CLEAR):
                return place
        raise AssertionError('the map is full')

    def selected_rows(self):
        return [node for node in self.window.find_all(tree.ROW) if node.selected]

    def is_request_open(self):
        return bool(self.window.find_all(None, self.words.pattern('Request %s')))

    def in_view(self):
        """The sentence of what is in view, as it is seen; what is heard follows it after a while."""
        return self.window.find(tree.LABEL, re.compile(r'requests? in view, [\d,]+ overdue$|^No requests')).name

    def wait_for_view(self, sentence):
        wait(lambda: self.in_view() == sentence, lambda: f'{self.in_view()} is not {sentence}')

    def find_moved(self, mark, x, y):
        """The pin of the same state that is nearest to a place, once all is still."""
        self.wait_until_still()
        marks = [other for other in self.marks() if other.state == mark.state]
        self.assertTrue(marks, 'no pin of that state is left')
        return min(marks, key=lambda other: abs(other.x - x) + abs(other.y - y))

    def assert_moved(self, mark, right, down, slack):
        moved = self.find_moved(mark, mark.x + right, mark.y + down)
        self.assertTrue(abs(moved.x - mark.x - right) < slack and abs(moved.y - mark.y - down) < slack,
                        f'{mark} is not {right} and {down} from there among {self.marks()}')

    # The map

    def test_a_tap_selects_a_pin_and_another_opens_it(self):
        mark = self.free_mark()
        self.fingers.tap(mark.x, mark.y)
        wait(self.selected_rows, 'no row is selected')
        self.assertFalse(self.is_request_open())
        self.wait_until_still()
        self.fingers.tap(mark.x, mark.y)
        wait(self.is_request_open, 'the request does not open')

    def test_a_double_tap_opens_a_pin_and_moves_nothing_else(self):
        place = self.empty_place()
        before = self.in_view()
        self.fingers.double_tap(*place)
        self.wait_until_still()
        self.assertEqual(self.in_view(), before)
        self.assertEqual(self.selected_rows(), [])
        mark = self.free_mark()
        self.fingers.double_tap(mark.x, mark.y)
        wait(self.is_request_open, 'the request does not open')

    def test_a_long_press_is_a_slow_tap(self):
        mark = self.free_mark()
        self.fingers.tap(mark.x, mark.y, hold=1.2)
        wait(self.selected_rows, 'no row is selected')
        self.wait_until_still()
        self.assertFalse(self.is_request_open())

    def test_a_finger_beside_a_pin_still_finds_it(self):
        mark = self.free_mark()
        self.fingers.tap(mark.x + mark.right + 4, mark.y)
        wait(self.selected_rows, 'no row is selected')

    def test_one_finger_moves_the_map_and_selects_nothing(self):
        mark = self.free_mark(150, 60)
        self.fingers.move(((mark.x, mark.y), (mark.x + 150, mark.y + 60)))
        self.assert_moved(mark, 150, 60, 12)
        self.assertEqual(self.selected_rows(), [])
        self.assertFalse(self.is_request_open())

    def test_two_fingers_move_the_map(self):
        mark = self.free_mark(100, 70)
        x, y = mark.x, mark.y - 20
        self.fingers.move(((x - 80, y), (x + 20, y + 70)), ((x + 80, y), (x + 180, y + 70)))
        self.assert_moved(mark, 100, 70, 14)
        self.assertEqual(self.selected_rows(), [])

    def test_a_pinch_zooms_about_the_fingers(self):
        mark = self.free_mark()
        # What the fingers hold between them stays there, the rest goes twice as far from it.
        covers, (x, y, width, height) = self.covers(), self.map_box()
        ways = [(other, mark.x + 2 * (other.x - mark.x), mark.y + 2 * (other.y - mark.y))
                for other in self.marks() if mark.distance(other) > CLEAR]
        ways = [(other, to_x, to_y) for other, to_x, to_y in ways
                if x + 60 < to_x < x + width - 60 and y + 60 < to_y < y + height - 60
                and not is_covered(to_x, to_y, covers)]
        before = self.in_view()
        self.fingers.pinch(mark.x, mark.y, 60, 120)
        moved = self.find_moved(mark, mark.x, mark.y)
        self.assertLess(moved.distance(mark), 12)
        self.assertNotEqual(self.in_view(), before)
        self.assertEqual(self.selected_rows(), [])
        marks = self.marks()
        seen = [other for other, to_x, to_y in ways
                if any(abs(now.x - to_x) < 12 and abs(now.y - to_y) < 12 and now.state == other.state for now in marks)]
        self.assertTrue(seen or not ways, f'none of {ways} is where it should be among {marks}')

        self.fingers.pinch(mark.x, mark.y, 120, 60)
        self.wait_for_view(before)

    def test_a_pinched_map_does_not_stay_when_it_is_left(self):
        x, y, width, height = self.map_box()

        def visit():
            self.open_map()
            self.wait_until_still()
            self.fingers.pinch(x + width / 2, y + height / 2, 60, 120, seconds=0.1)
            self.wait_until_still()
            self.window.act('finish')
            return read_memory(self.window.process.pid)

        first, *_, last = [visit() for _ in range(5)]
        self.assertLess(last - first, 16)

    # The list

    def visible_rows(self):
        """Rows with their place in the window, from top to bottom."""
        x, y, width, height = self.window.find(tree.LIST, self.words('Requests in view')).extents()
        rows = [(node.extents(), node.name) for node in self.window.find_all(tree.ROW) if node.name]
        return sorted((box[1], name) for box, name in rows if box[3] > 0 and y <= box[1] < y + height)

    def test_a_finger_scrolls_the_list_and_opens_nothing(self):
        x, y, width, _ = self.place(tree.LIST, self.words('Requests in view'))
        before = dict((name, top) for top, name in self.visible_rows())
        self.fingers.move(((x + width / 2, y + 330), (x + width / 2, y + 90)))
        self.wait_until_still()
        after = dict((name, top) for top, name in self.visible_rows())
        both = [before[name] - after[name] for name in before if name in after]
        self.assertTrue(both, f'{before} and {after} have no row in common')
        for way in both:
            self.assertLess(abs(way - 240), 40, (before, after))
        self.assertEqual(self.selected_rows(), [])
        self.assertFalse(self.is_request_open())

    # Time

    def handles(self):
        """The sliders of the brush: where they are, and what they say."""
        left, top = self.window.origin()
        found = []
        for node in self.window.find_all(SLIDER):
            x, y, width, height = node.extents()
            found.append((left + x + width / 2, top + y + height / 2, node.name))
        self.assertEqual(len(found), 2, found)
        return found

    def test_a_finger_pulls_the_handles_and_the_brush(self):
        (begin, y, first), (end, _, last) = self.handles()
        whole = self.in_view()
        self.fingers.move(((begin, y), (begin + 400, y)))
        self.wait_until_still()
        moved, _ = self.handles()
        self.assertLess(abs(moved[0] - begin - 400), 20)
        self.assertNotEqual(moved[2], first)
        self.assertNotEqual(self.in_view(), whole)

        self.fingers.move(((end + 10, y), (end - 250, y)))
        self.wait_until_still()
        left, right = self.handles()
        self.assertLess(abs(right[0] - end + 260), 25)
        self.assertNotEqual(right[2], last)

        self.fingers.move((((left[0] + right[0]) / 2, y), ((left[0] + right[0]) / 2 - 200, y)))
        self.wait_until_still()
        now_left, now_right = self.handles()
        self.assertLess(abs(now_left[0] - left[0] + 200), 20)
        self.assertLess(abs((now_right[0] - now_left[0]) - (right[0] - left[0])), 20)

        x, y, width, height = self.place(tree.BUTTON, self.words('Whole year'))
        self.fingers.tap(x + width / 2, y + height / 2)
        self.wait_for_view(whole)

    def test_a_tap_chooses_a_month(self):
        (begin, y, _), (end, _, _) = self.handles()
        self.fingers.tap((begin + end) / 2, y)
        self.wait_until_still()
        left, right = self.handles()
        self.assertLess(right[0] - left[0], (end - begin) / 11)
        self.assertTrue(left[0] - 2 <= (begin + end) / 2 <= right[0] + 2)

    # What nobody means

    def test_five_fingers_do_no_harm(self):
        x, y, width, height = self.map_box()
        self.fingers.move(*(((x + 200 + 90 * n, y + 200), (x + 260 + 60 * n, y + 260 - 30 * n)) for n in range(5)))
        self.wait_until_still()
        self.assertFalse(self.is_request_open())
        mark = self.free_mark_anywhere()
        self.fingers.tap(mark.x, mark.y)
        wait(self.selected_rows, 'no row is selected')

    def free_mark_anywhere(self):
        """After a wild gesture the map may be anywhere: back to the whole city."""
        self.window.press(self.words('Whole city'))
        self.wait_until_still()
        return self.free_mark()


def main():
    with contextlib.ExitStack() as stack:
        try:
            Touch.screen = stack.enter_context(Touchscreen(WIDTH, HEIGHT))
        except NoTouch as reason:
            print(f'no screen to touch here: {reason}')
            return SKIP
        done = unittest.main(argv=sys.argv[:1], verbosity=2, exit=False)
    return 0 if done.result.wasSuccessful() else 1


if __name__ == '__main__':
    sys.exit(main())
