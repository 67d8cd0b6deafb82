#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people bring after a request is filed: comments, votes and photos."""

import pathlib
import re
import shutil
import tempfile
import unittest
import uuid
import zlib

import server
from server import number_of

FORMATS = ("json", "xml")


def png(width=4, height=4, colour=b"\xff\0\0"):
    """A picture of one colour."""
    def chunk(name, data):
        return (len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big"))
    rows = (b"\0" + colour * width) * height
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Desk(unittest.TestCase):
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.city = server.City(*cls.options)
        cls.kiosk, cls.other, cls.phone, cls.staff = (
            {"Authorization": "Bearer " + cls.city.add_key(role)} for role in ("kiosk", "kiosk", "phone", "staff"))

    @classmethod
    def tearDownClass(cls):
        cls.city.close()

    def setUp(self):
        answer = self.city.post("requests.json", {"service_code": "INF.idea", "description": "idea",
                                                  "client_request_id": str(uuid.uuid4())}, self.kiosk)
        self.number = number_of(answer)

    def comment(self, who=None, format_="json", **form):
        return self.city.post(f"servicerequestupdates.{format_}",
                              {"service_request_id": self.number, **form}, who or self.kiosk)

    def history(self, who=None, **arguments):
        return self.city.get("servicerequestupdates.json", headers=who, service_request_id=self.number,
                             extensions="true", **arguments).tree()

    def request(self):
        return self.city.get(f"requests/{self.number}.json?extensions=true").tree()[0]


class Comments(Desk):
    def test_a_comment_is_hidden_until_it_is_passed(self):
        before = self.request()
        answer = self.comment(description="It is worse now", update_id="c-1")
        identifier = answer.tree()[0]["update_id"]
        self.assertEqual(answer.status, 201)
        self.assertEqual(len(self.history()), 1)
        self.assertNotIn("worse", self.city.get(f"/r/{self.number}").text)
        self.assertEqual(self.request(), before)
        self.assertIn("It is worse now", [step["description"] for step in self.history(self.staff)])

        passed = self.city.post(f"servicerequestupdates/{identifier}/pass.json", {}, self.staff)
        self.assertEqual(passed.status, 200)
        self.assertEqual([step["description"] for step in self.history()][1], "It is worse now")
        self.assertIn("It is worse now", self.city.get(f"/r/{self.number}").text)
        self.assertEqual(self.request()["status"], "open")

    def test_what_others_have_is_no_answer_to_staff(self):
        """A state is one of whoever asks: the same change shows to some and not to others."""
        self.comment(description="It is worse now")
        path = f"servicerequestupdates.json?service_request_id={self.number}"
        had = self.city.get(path).headers["ETag"]
        self.assertEqual(self.city.get(path, {"If-None-Match": had}).status, 304)
        answer = self.city.get(path, {"If-None-Match": had, **self.staff})
        self.assertEqual(answer.status, 200)
        self.assertIn("It is worse now", answer.text)

    def test_only_staff_pass(self):
        identifier = self.comment(description="x").tree()[0]["update_id"]
        for who in (self.kiosk, self.other, self.phone):
            self.assertEqual(self.city.post(f"servicerequestupdates/{identifier}/pass.json", {}, who).status, 403)
        self.assertEqual(len(self.history()), 1)

    def test_the_same_comment_counts_once(self):
        for format_ in FORMATS:
            key = str(uuid.uuid4())
            first = self.comment(format_=format_, description="once", update_id=key)
            second = self.comment(format_=format_, description="once", update_id=key)
            self.assertEqual(first.tree()[0]["update_id"], second.tree()[0]["update_id"])
            self.assertEqual(self.comment(format_=format_, description="twice", update_id=key).status, 422)
            header = {**self.kiosk, "Idempotency-Key": f'"{key}"'}
            again = self.comment(header, format_, description="once")
            self.assertEqual(again.tree()[0]["update_id"], first.tree()[0]["update_id"])
        self.assertEqual(len(self.history(self.staff)), 3)

    def test_only_whoever_filed_may_comment(self):
        for who in (self.other, self.phone):
            for format_ in FORMATS:
                self.assertEqual(self.comment(who, format_, description="x").status, 403)
        self.assertEqual(self.comment({"Accept": "*/*"}, description="x").status, 403)

    def test_a_phone_is_known_by_its_device(self):
        self.number = number_of(self.city.post("requests.json", {
            "service_code": "INF.idea", "description": "idea", "device_id": "d1"}, self.phone))
        self.assertEqual(self.comment(self.phone, description="x", device_id="d1").status, 201)
        self.assertEqual(self.comment(self.phone, description="x", device_id="d2").status, 403)
        self.assertEqual(self.comment(self.phone, description="x").status, 403)

    def test_citizens_change_no_status(self):
        answer = self.comment(description="x", status="CLOSED", locale="en")
        self.assertEqual(answer.status, 403)
        self.assertEqual(self.request()["status"], "open")

    def test_staff_change_the_status(self):
        for word, detailed, status in (("in_work", "in_work", "open"), ("ANSWERED", "answered", "closed"),
                                       ("reopened", "reopened", "open"), ("CLOSED", "closed", "closed")):
            answer = self.comment(self.staff, description=f"now {word}", status=word)
            self.assertEqual(answer.status, 201, answer.text)
            request = self.request()
            self.assertEqual((request["status"], request["extended_attributes"]["detailed_status"]),
                             (status, detailed))
        steps = self.history()
        self.assertEqual([step["extended_attributes"]["answer"] for step in steps],
                         [False, False, True, False, False])
        self.assertEqual(steps[2]["extended_attributes"]["agency"], self.request()["extended_attributes"]["agency"])

    def test_open_with_a_word_of_staff_keeps_the_status(self):
        self.comment(self.staff, status="in_work")
        self.assertEqual(self.comment(self.staff, status="OPEN", description="still at it").status, 201)
        self.assertEqual(self.request()["extended_attributes"]["detailed_status"], "in_work")

    def test_what_makes_no_sense_is_named(self):
        rows = ((self.kiosk, {}, "message is empty"), (self.kiosk, {"description": " "}, "message is empty"),
                (self.kiosk, {"description": "ж" * 4001}, "too long"),
                (self.staff, {"status": "pondered", "description": "x"}, "no such status"),
                (self.kiosk, {"description": "x", "update_id": "a b"}, "not valid"),
                (self.kiosk, {"description": "x", "service_request_id": ""}, "number of the request"))
        for format_ in FORMATS:
            for who, form, words in rows:
                with self.subTest(form=str(form)[:60]):
                    answer = self.comment(who, format_, locale="en", **form)
                    self.assertEqual(answer.status, 400, answer.text)
                    self.assertIn(words, answer.text)

    def test_filters_hold_together(self):
        self.comment(self.staff, status="in_work", description="one")
        steps = self.history()
        middle = steps[1]["updated_datetime"]
        self.assertEqual(self.history(start_date="2100-01-01"), [])
        self.assertEqual(self.history(end_date="2000-01-01"), [])
        self.assertIn("one", [step["description"] for step in self.history(start_date=middle, end_date=middle)])
        everybody = self.city.get("servicerequestupdates.json?extensions=true&page_size=2")
        self.assertEqual(len(everybody.tree()), 2)
        following = re.match("<([^>]+)>", everybody.headers["Link"])[1]
        first = {step["update_id"] for step in everybody.tree()}
        self.assertFalse(first & {step["update_id"] for step in self.city.get(following).tree()})


class Published(Desk):
    options = ("--publish-comments",)

    def test_a_city_may_publish_comments_at_once(self):
        self.comment(description="for everybody")
        self.assertIn("for everybody", [step["description"] for step in self.history()])


class Votes(Desk):
    def vote(self, who=None, format_="json", number=None, **form):
        return self.city.post(f"requests/{number or self.number}/votes.{format_}", form, who or self.kiosk)

    def test_each_voter_counts_once(self):
        counts = [int(self.vote(format_=format_, device_id=device).tree()[0]["votes"])
                  for device, format_ in (("a", "json"), ("b", "xml"), ("a", "json"), ("a", "xml"), ("c", "json"))]
        self.assertEqual(counts, [1, 2, 2, 2, 3])
        self.assertEqual(self.request()["extended_attributes"]["support_count"], 3)

    def test_the_same_device_of_another_client_is_another_voter(self):
        self.assertEqual(self.vote(device_id="a").tree()[0]["votes"], 1)
        self.assertEqual(self.vote(self.other, device_id="a").tree()[0]["votes"], 2)

    def test_a_client_without_devices_votes_for_itself(self):
        self.assertEqual(self.vote(self.phone).tree()[0]["votes"], 1)
        self.assertEqual(self.vote(self.phone).tree()[0]["votes"], 1)

    def test_nobody_votes_for_what_is_not_there(self):
        for format_ in FORMATS:
            self.assertEqual(self.vote(format_=format_, number="010100-000-001", device_id="a").status, 404)
        self.assertEqual(self.vote({"Accept": "*/*"}, device_id="a").status, 403)

    def test_who_voted_is_not_in_the_database(self):
        self.vote(device_id="CANARYVOTER")
        for name, content in server.read_all(self.city.place):
            self.assertNotIn(b"CANARYVOTER", content, name)


class Photos(Desk):
    def send(self, photo, who=None, format_="json", query="", **headers):
        return self.city.call("POST", f"requests/{self.number}/media.{format_}{query}", photo,
                              {"Content-Type": "image/png", **(who or self.kiosk), **headers})

    def test_a_photo_is_shown_with_its_request(self):
        answer = self.send(png())
        address = answer.tree()[0]["media_url"]
        path = address[address.index("/media"):]
        shown = self.city.get(path)
        self.assertEqual(answer.status, 201)
        self.assertEqual((shown.status, shown.type), (200, "image/jpeg"))
        self.assertTrue(shown.body.startswith(b"\xff\xd8\xff"))
        self.assertEqual(shown.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(shown.headers["Content-Disposition"], f'inline; filename="{self.number}-1.jpg"')
        self.assertEqual(self.request()["media_url"], address)
        self.assertIn(f'<img src="..{path}"', self.city.get(f"/r/{self.number}").text)
        self.assertIn("img-src 'self'", self.city.get(f"/r/{self.number}").headers["Content-Security-Policy"])

    def test_the_same_photo_twice_is_one(self):
        addresses = {self.send(png(), format_=format_).tree()[0]["media_url"] for format_ in FORMATS}
        self.assertEqual(len(addresses), 1)

    def test_a_key_is_given_back(self):
        key = str(uuid.uuid4())
        for format_ in FORMATS:
            answer = self.send(png(), format_=format_, **{"Idempotency-Key": f'"{key}"'})
            self.assertEqual(answer.tree()[0]["client_request_id"], key)
            self.assertEqual(self.send(png(), format_=format_, **{"Idempotency-Key": key}).status, 400)

    def test_ten_megabytes_are_the_most(self):
        whole = png()
        self.assertEqual(self.send(whole + b"\0" * (10 * 1024 * 1024 - len(whole))).status, 201)
        try:
            self.assertEqual(self.send(whole + b"\0" * (10 * 1024 * 1024)).status, 413)
        except ConnectionError:
            pass  # The server hung up before all of it was sent.
        self.assertEqual(self.city.get("/health").status, 200)

    def test_five_are_the_most(self):
        photos = [png(colour=bytes((shade, 0, 0))) for shade in range(6)]
        answers = [self.send(photo, format_=FORMATS[i % 2]) for i, photo in enumerate(photos)]
        self.assertEqual([answer.status for answer in answers], [201] * 5 + [409])
        self.assertNotIn("Retry-After", answers[5].headers)  # It will never be another.
        self.assertEqual(self.send(photos[2]).tree()[0]["media_url"], answers[2].tree()[0]["media_url"])
        self.assertEqual(len(self.request()["media_urls"]), 5)
        self.assertEqual(self.city.get(f"/r/{self.number}").text.count("<img "), 5)
        xml = self.city.get(f"requests/{self.number}.xml").tree()[0]
        self.assertEqual(xml["media_urls"], self.request()["media_urls"])

    def test_only_whoever_filed_may_add_one(self):
        for who in (self.other, self.phone, {"Accept": "*/*"}):
            self.assertEqual(self.send(png(), who).status, 403)
        self.assertEqual(self.send(png(), self.staff).status, 201)

    def test_a_phone_is_known_by_its_device(self):
        self.number = number_of(self.city.post("requests.json", {
            "service_code": "INF.idea", "description": "idea", "device_id": "d1"}, self.phone))
        self.assertEqual(self.send(png(), self.phone, query="?device_id=d2").status, 403)
        self.assertEqual(self.send(png(), self.phone, query="?device_id=d1").status, 201)

    def test_what_is_no_photo_is_refused(self):
        form = b"--x\r\nContent-Disposition: form-data; name=f\r\nContent-Type: image/png\r\n\r\n" + png() + b"\r\n--x--"
        flood = png()
        flood = flood[:16] + (60000).to_bytes(4, "big") * 2 + flood[24:]
        rows = ((b"GIF89a", 415), (b"<svg/>", 415), (b"", 415), (form, 415), (png()[:45], 400), (flood, 400),
                (b"\x89PNG\r\n\x1a\n" + b"x" * 40, 400))
        for format_ in FORMATS:
            for photo, status in rows:
                with self.subTest(photo=photo[:12]):
                    self.assertEqual(self.send(photo, format_=format_).status, status)
        self.assertIsNone(self.request()["media_url"])

    def test_its_name_does_not_make_it_a_photo(self):
        answer = self.send(png(), **{"Content-Type": "text/html"})
        self.assertEqual(answer.status, 201)
        self.assertEqual(self.send(b"<html>", **{"Content-Type": "image/jpeg"}).status, 415)

    def test_a_photo_of_something_withdrawn_is_gone(self):
        address = self.send(png()).tree()[0]["media_url"]
        self.city.post(f"requests/{self.number}/withdrawal.json", {}, self.staff)
        self.assertEqual(self.city.get(address[address.index("/media"):]).status, 404)
        self.assertEqual(self.send(png()).status, 410)

    def test_the_next_request_inherits_nothing_of_a_withdrawn_one(self):
        """Its place in the database once went to whatever was filed next, photos and history with it."""
        self.send(png())
        self.city.post(f"requests/{self.number}/votes.json", {"device_id": "a"}, self.kiosk)
        self.city.post(f"requests/{self.number}/withdrawal.json", {}, self.staff)
        self.setUp()
        self.assertIsNone(self.request()["media_url"])
        self.assertEqual(self.city.get(f"/media/{self.number}/0.jpg").status, 404)
        self.assertEqual(len(self.history()), 1)
        self.assertEqual(self.city.post(f"requests/{self.number}/votes.json", {"device_id": "a"},
                                        self.kiosk).tree()[0]["votes"], 1)

    def test_other_addresses_have_no_photo(self):
        self.send(png())
        for name in ("1.jpg", "0.png", "0", "-1.jpg", "0.jpg.jpg", "x.jpg", "00000000000000000000.jpg"):
            self.assertEqual(self.city.get(f"/media/{self.number}/{name}").status, 404, name)


class Upgrade(unittest.TestCase):
    def test_a_server_whose_file_was_replaced_still_takes_photos(self):
        with tempfile.TemporaryDirectory() as folder:
            program = shutil.copy(server.PROGRAM, folder)
            city = server.City(program=program)
            self.addCleanup(city.close)
            pathlib.Path(program).unlink()
        number = number_of(server.file(city))
        answer = city.call("POST", f"requests/{number}/media.json", png(), {"Content-Type": "image/png"})
        self.assertEqual(answer.status, 201, answer.text)


if __name__ == "__main__":
    unittest.main()
