#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""On what terms a city answers: jurisdictions, several endpoints, tokens for numbers that come later."""

import contextlib
import subprocess
import tempfile
import time
import unittest
import uuid

import server
from server import file, number_of

FORMATS = ("json", "xml")
READS = ("services", "services/HOU.lift_off", "requests", "servicerequestupdates")


@contextlib.contextmanager
def city_of(*options, **more):
    city = server.City(*options, **more)
    try:
        yield city
    finally:
        city.close()


def await_(condition, seconds=10):
    """What the condition gives once it gives anything."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    raise AssertionError("It never came")


class Jurisdictions(unittest.TestCase):
    def assert_all(self, city, jurisdiction, status):
        """What every call answers to a jurisdiction; None for none."""
        query = f"?jurisdiction_id={jurisdiction}" if jurisdiction is not None else ""
        form = {"jurisdiction_id": jurisdiction} if jurisdiction is not None else {}
        for format_ in FORMATS:
            for path in READS:
                self.assertEqual(city.get(f"{path}.{format_}{query}").status, status, path)
            filed = city.post(f"requests.{format_}", {"service_code": "INF.idea", "description": "x", **form})
            self.assertEqual(filed.status, 201 if status == 200 else status)
            self.assertEqual(city.get(f"discovery.{format_}{query}").status, 200)

    def test_a_city_without_one_asks_for_none(self):
        with city_of() as city:
            for jurisdiction in (None, "", "city.example.kz"):
                self.assert_all(city, jurisdiction, 200)

    def test_with_one_it_may_be_left_out(self):
        with city_of("--jurisdiction", "astana.kz") as city:
            for jurisdiction, status in ((None, 200), ("", 200), ("astana.kz", 200), ("almaty.kz", 404)):
                self.assert_all(city, jurisdiction, status)

    def test_with_several_it_must_be_said(self):
        with city_of("--jurisdiction", "astana.kz", "--jurisdiction", "test.astana.kz") as city:
            for jurisdiction, status in ((None, 400), ("", 400), ("astana.kz", 200), ("test.astana.kz", 200),
                                         ("almaty.kz", 404)):
                self.assert_all(city, jurisdiction, status)

    def complaint(self, city, method, path, query, headers):
        """By what word a call is refused; None where it is not, or for something else."""
        answer = city.call(method, path + query, "device_id=a" if method == "POST" else None,
                           {**headers, "Accept": "application/problem+json",
                            "Content-Type": "application/x-www-form-urlencoded"})
        if answer.status not in (400, 404) or not answer.type.startswith("application/problem"):
            return None
        code = answer.tree()["code"]
        return code if "jurisdiction" in code else None

    def test_with_several_each_call_wants_to_know(self):
        with city_of("--jurisdiction", "astana.kz", "--jurisdiction", "test.astana.kz") as city:
            number = number_of(file(city, jurisdiction_id="astana.kz"))
            staff = {"Authorization": "Bearer " + city.add_key("staff")}
            reads = [*READS, f"requests/{number}", "tokens/nothing"]
            writes = ["requests", f"requests/{number}/votes", f"requests/{number}/media", "servicerequestupdates",
                      "servicerequestupdates/1/pass", f"requests/{number}/withdrawal"]
            for method, path in [("GET", path) for path in reads] + [("POST", path) for path in writes]:
                for format_ in FORMATS:
                    told = [self.complaint(city, method, f"{path}.{format_}", query, staff) for query in
                            ("", "?jurisdiction_id=almaty.kz", "?jurisdiction_id=test.astana.kz")]
                    self.assertEqual(told, ["jurisdiction-missing", "no-jurisdiction", None], f"{method} {path}")


class Discovery(unittest.TestCase):
    def test_several_endpoints_are_told_in_both_formats(self):
        with city_of("--endpoint", "production=https://109.example.kz/open311/v2",
                     "--endpoint", "test=https://test.example.kz/v2/") as city:
            for format_ in FORMATS:
                endpoints = city.get(f"discovery.{format_}").tree()["endpoints"]
                self.assertEqual([(endpoint["url"], endpoint["type"]) for endpoint in endpoints],
                                 [(city.url, "production"), ("https://109.example.kz/open311/v2/", "production"),
                                  ("https://test.example.kz/v2/", "test")])
                for endpoint in endpoints:
                    self.assertEqual(endpoint["specification"], "http://wiki.open311.org/GeoReport_v2")
                    self.assertEqual(set(endpoint["formats"]), {"application/json", "text/xml"})

    def test_bad_endpoints_are_a_sentence(self):
        for bad in ("https://a.kz/", "other=https://a.kz/", "test=", "test=ftp://a.kz/", "production=x"):
            with tempfile.TemporaryDirectory() as folder:
                run = subprocess.run([server.PROGRAM, "--database", f"{folder}/city.db", "--sample", "0",
                                      "--endpoint", bad], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                     timeout=30)
            self.assertEqual(run.returncode, 1, bad)
            self.assertIn("--endpoint wants", run.stderr)

    def test_a_public_address_is_where_photos_are(self):
        with city_of("--public-url", "https://109.example.kz/city") as city:
            number = number_of(file(city, device_id="d"))
            photo = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408"
                                  "d763f8cfc000000301010018dd8db00000000049454e44ae426082")
            answer = city.call("POST", f"requests/{number}/media.json", photo, {"Content-Type": "image/png"})
            self.assertEqual(answer.tree()[0]["media_url"], f"https://109.example.kz/city/media/{number}/0.jpg")

    def test_only_strangers_need_a_key(self):
        with city_of() as city:
            self.assertFalse(city.get("discovery.json").tree()["profile"]["api_key_needed"])
        with city_of() as city:
            key = city.add_key("kiosk")
            card = city.get("discovery.json?locale=en").tree()
            self.assertTrue(card["profile"]["api_key_needed"])
            self.assertIn("109", card["key_service"])
            self.assertEqual(file(city).status, 403)
            self.assertEqual(file(city, api_key="wrong").status, 403)
            self.assertEqual(file(city, key=str(uuid.uuid4()), api_key=key).status, 201)


class Tokens(unittest.TestCase):
    def number(self, city, token, format_="json"):
        answer = city.get(f"tokens/{token}.{format_}")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.tree()[0]["token"], token)
        return answer.tree()[0].get("service_request_id")

    def test_a_batch_answers_with_tokens(self):
        with city_of("--batch=2") as city:
            self.assertEqual({service["type"] for service in city.get("services.json").tree()}, {"batch"})
            for format_ in FORMATS:
                answer = city.post(f"requests.{format_}", {"service_code": "INF.idea", "description": "later"})
                filed = answer.tree()[0]
                self.assertEqual(answer.status, 201)
                self.assertNotIn("service_request_id", filed)
                self.assertIsNone(self.number(city, filed["token"], format_))
                number = await_(lambda: self.number(city, filed["token"], format_))
                self.assertEqual(city.get(f"requests/{number}.{format_}").tree()[0]["description"], "later")

    def test_sent_again_it_is_the_token_and_then_the_number(self):
        with city_of("--batch=1") as city:
            key = str(uuid.uuid4())
            token = file(city, key).tree()[0]["token"]
            self.assertEqual(file(city, key).tree()[0].get("token", token), token)
            number = await_(lambda: self.number(city, token))
            self.assertEqual(number_of(file(city, key)), number)
            self.assertEqual(file(city, key, description="other").status, 422)
            self.assertEqual(city.get("requests.json", client_request_id=key).tree()[0]["service_request_id"], number)

    def test_without_a_number_it_is_not_there_yet(self):
        with city_of("--batch=3600") as city:
            key = str(uuid.uuid4())
            token = file(city, key).tree()[0]["token"]
            self.assertIsNone(self.number(city, token))
            self.assertEqual(city.get("requests.json", client_request_id=key).tree(), [])
            self.assertEqual(city.get("requests.json?extensions=true").tree(), [])

    def test_what_one_server_left_the_next_one_settles(self):
        with tempfile.TemporaryDirectory(prefix="komek-city-") as path:
            folder = type("Folder", (), {"name": path})
            with city_of("--batch=3600", folder=folder) as city:
                token = file(city).tree()[0]["token"]
            with city_of(folder=folder) as city:
                number = await_(lambda: self.number(city, token))
                self.assertEqual(city.get(f"requests/{number}.json").status, 200)

    def test_tokens_that_nobody_gave_are_not_found(self):
        with city_of("--batch=1") as city:
            for format_ in FORMATS:
                self.assertEqual(city.get(f"tokens/12345.{format_}").status, 404)

    def test_numbers_follow_the_order_of_filing(self):
        with city_of("--batch=1") as city:
            tokens = [file(city, description=f"n {i}").tree()[0]["token"] for i in range(30)]
            numbers = [await_(lambda: self.number(city, token)) for token in tokens]
            self.assertEqual(numbers, sorted(numbers))
            self.assertEqual(len(set(numbers)), 30)


if __name__ == "__main__":
    unittest.main()
