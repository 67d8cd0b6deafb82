#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists: filters together, pages that go on from a place, changes and what was withdrawn."""

import datetime
import itertools
import re
import unittest

import server
from server import file, number_of

FORMATS = ("json", "xml")
SAMPLE = 400


def follow(city, path):
    """The answers of a walk along the Link headers."""
    while path:
        answer = city.get(path)
        assert answer.status == 200, answer.text
        yield answer
        link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers["Link"] or "")
        path = link and link[1]


def numbers(answer):
    return [request["service_request_id"] for request in answer.tree()]


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class Lists(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.city = server.City(sample=SAMPLE)
        cls.all = cls.city.get("requests.json?extensions=true&page=1&page_size=1000").tree()

    @classmethod
    def tearDownClass(cls):
        cls.city.close()

    def ask(self, format_="json", **arguments):
        return self.city.get(f"requests.{format_}", extensions="true", page_size="1000", **arguments).tree()

    def test_filters_hold_together(self):
        """Every combination of filters gives what filtering the whole list by hand gives."""
        services = {self.all[3]["service_code"], self.all[17]["service_code"], self.all[40]["service_code"]}
        start, end = self.all[300]["requested_datetime"], self.all[30]["requested_datetime"]
        point = next(request for request in self.all if request["lat"])
        south, west = point["lat"] - 0.05, point["long"] - 0.05
        north, east = point["lat"] + 0.05, point["long"] + 0.05
        filters = {
            "service_code": (",".join(services), lambda r: r["service_code"] in services),
            "status": ("open", lambda r: r["status"] == "open"),
            "start_date": (start, lambda r: moment(r["requested_datetime"]) >= moment(start)),
            "end_date": (end, lambda r: moment(r["requested_datetime"]) <= moment(end)),
            "bbox": (f"{south},{west},{north},{east}",
                     lambda r: r["lat"] and south <= r["lat"] <= north and west <= r["long"] <= east),
        }
        some = 0
        for size in range(len(filters) + 1):
            for chosen in itertools.combinations(filters, size):
                with self.subTest(chosen):
                    expected = [request["service_request_id"] for request in self.all
                                if all(filters[name][1](request) for name in chosen)]
                    found = self.ask(**{name: filters[name][0] for name in chosen})
                    self.assertEqual([request["service_request_id"] for request in found], expected)
                    some += 0 < len(expected) < len(self.all)
        self.assertGreater(some, 10)

    def test_both_formats_tell_the_same(self):
        trees = [self.ask(format_, status="closed") for format_ in FORMATS]
        self.assertEqual([request["service_request_id"] for request in trees[0]],
                         [request["service_request_id"] for request in trees[1]])
        for one, other in zip(*trees):
            for name in ("status", "description", "requested_datetime", "address", "service_name"):
                self.assertEqual(one[name], other[name])

    def test_a_walk_meets_each_request_once(self):
        for format_ in FORMATS:
            for query in ("page_size=37", "page_size=37&status=open", "page_size=37&updated_after=2000-01-01",
                          "page_size=1000", "page_size=5&bbox=51.1,71.3,51.2,71.5"):
                with self.subTest(query):
                    pages = list(follow(self.city, f"requests.{format_}?extensions=true&{query}"))
                    met = [number for page in pages for number in numbers(page)]
                    whole = numbers(self.city.get(
                        f"requests.json?extensions=true&{re.sub(r'page_size=[0-9]+', 'page_size=1000', query)}"))
                    self.assertEqual(met, whole)

    def test_requests_that_come_in_between_disturb_no_walk(self):
        city = server.City(sample=50)
        try:
            before = set(numbers(city.get("requests.json?extensions=true&page_size=1000")))
            met = []
            for page in follow(city, "requests.json?extensions=true&page_size=7"):
                met += numbers(page)
                file(city)
            self.assertEqual(len(met), len(set(met)))
            self.assertEqual(set(met), before)
        finally:
            city.close()

    def test_the_standard_alone_gets_no_link(self):
        self.assertIsNone(self.city.get("requests.json?page_size=5").headers["Link"])
        self.assertIsNone(self.city.get("requests.json?page_size=5&page=2").headers["Link"])

    def test_a_link_carries_the_question_and_no_key(self):
        link = self.city.get("requests.json", extensions="true", page_size=3, status="closed", locale="en",
                             page=1).headers["Link"]
        for part in ("status=closed", "locale=en", "page_size=3", "after="):
            self.assertIn(part, link)
        self.assertNotIn("page=1&", link)

    def test_places_that_nobody_gave_are_refused(self):
        for bad in ("x", "1", "-", "1-", "1-0", "1-x", "99999999999999999999-1", "1-2-3x"):
            self.assertEqual(self.city.get("requests.json", after=bad).status, 400, bad)

    def test_without_dates_it_is_ninety_days(self):
        plain = self.city.get("requests.json").tree()
        now = datetime.datetime.now(datetime.timezone.utc)
        self.assertTrue(all((now - moment(request["requested_datetime"])).days <= 90 for request in plain))
        self.assertLess(len(plain), len(self.all))
        self.assertEqual(len(self.city.get("requests.json?extensions=true").tree()), len(self.all))

    def test_notes_speak_the_readers_language(self):
        steps = [self.city.get("servicerequestupdates.json?extensions=true&page_size=1000&locale=" + language).tree()
                 for language in ("kk", "ru", "en")]
        notes = [[step["description"] for step in told if not step["extended_attributes"]["answer"]
                  and step["description"]] for told in steps]
        self.assertGreater(len(notes[2]), 500)
        self.assertTrue(all(note.isascii() for note in notes[2]))
        for kazakh, russian in zip(notes[0], notes[1]):
            self.assertNotEqual(kazakh, russian)

    def test_numbers_override_all_other_arguments(self):
        wanted = [self.all[5]["service_request_id"], self.all[9]["service_request_id"]]
        found = self.city.get("requests.json", service_request_id=",".join(wanted), status="pondered",
                              start_date="never")
        self.assertEqual(set(numbers(found)), set(wanted))


class Changes(unittest.TestCase):
    def setUp(self):
        self.city = server.City(sample=20)
        self.staff = {"Authorization": "Bearer " + self.city.add_key("staff")}
        self.addCleanup(self.city.close)

    def withdraw(self, number):
        answer = self.city.post(f"requests/{number}/withdrawal.json", {}, self.staff)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.tree()[0]["status"], "withdrawn")

    def test_what_was_withdrawn_is_told_to_mirrors_alone(self):
        numbers_ = numbers(self.city.get("requests.json?extensions=true"))
        gone = numbers_[4]
        self.withdraw(gone)
        self.assertNotIn(gone, numbers(self.city.get("requests.json?extensions=true")))
        for format_ in FORMATS:
            told = self.city.get(f"requests.{format_}?extensions=true&updated_after=2026-01-01").tree()
            withdrawn = [request for request in told if request["service_request_id"] == gone]
            self.assertEqual([request["status"] for request in withdrawn], ["withdrawn"])
            self.assertEqual(set(withdrawn[0]), {"service_request_id", "status", "requested_datetime",
                                                 "updated_datetime"})
            plain = self.city.get(f"requests.{format_}?updated_after=2026-01-01&page_size=1000")
            self.assertNotIn(gone, numbers(plain))
            self.assertEqual(self.city.get(f"requests/{gone}.{format_}").status, 410)
        self.assertEqual(self.city.get(f"/r/{gone}?lang=en").status, 410)
        self.assertNotIn(gone, self.city.get(f"servicerequestupdates.json?service_request_id={gone}").text)

    def test_a_walk_over_changes_hears_of_each_withdrawal(self):
        everything = numbers(self.city.get("requests.json?extensions=true"))
        gone = everything[3:6]
        for number in gone:
            self.withdraw(number)
        pages = list(follow(self.city, "requests.json?extensions=true&updated_after=2000-01-01&page_size=3"))
        told = [request for page in pages for request in page.tree()]
        self.assertEqual({request["service_request_id"] for request in told if request["status"] == "withdrawn"},
                         set(gone))
        kept = [request["service_request_id"] for request in told if request["status"] != "withdrawn"]
        self.assertEqual(sorted(kept), sorted(set(everything) - set(gone)))

    def test_nobody_but_staff_withdraws(self):
        number = numbers(self.city.get("requests.json?extensions=true"))[0]
        for who in ({}, {"Authorization": "Bearer " + self.city.add_key("kiosk")}):
            self.assertEqual(self.city.post(f"requests/{number}/withdrawal.json", {}, who).status, 403)
        self.assertEqual(self.city.get(f"requests/{number}.json").status, 200)

    def test_withdrawing_twice_is_once(self):
        number = numbers(self.city.get("requests.json?extensions=true"))[0]
        self.withdraw(number)
        self.withdraw(number)

    def test_a_new_request_is_the_last_change(self):
        number = number_of(file(self.city, api_key=self.staff["Authorization"].split()[1]))
        changes = self.city.get("requests.json?extensions=true&updated_after=2000-01-01").tree()
        self.assertEqual(changes[-1]["service_request_id"], number)


if __name__ == "__main__":
    unittest.main()
