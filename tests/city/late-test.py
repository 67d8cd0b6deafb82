#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A storage that hangs: the server says so, and goes on saying what it knows by itself.

Of 300 seconds the tests wait three; what the server bears is set a hundredth or less of what is usual."""

import json
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import unittest

from server import DATABASE, City, file, hung, number_of

SETTINGS = ("[guard]\nhealth-ms = 50\nkeys-ms = 20\nwatch-anybody = 1\nconnections-per-address = 100\n"
            "[staff]\nread = 60/3600 100\n")

# Nothing that the server answers while its storage hangs takes longer, on a machine that does other things too.
PROMPT = 1.0


class Later(threading.Thread):
    """A call that nobody waits for yet."""

    def __init__(self, call):
        super().__init__()
        self.call = call
        self.answer = None
        self.start()

    def run(self):
        self.answer = self.call()

    def wait(self):
        self.join(30)
        return self.answer


class Late(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="komek-city-")
        self.addCleanup(folder.cleanup)
        settings = pathlib.Path(folder.name) / "settings"
        settings.write_text(SETTINGS, encoding="utf-8")
        self.city = City("--settings", str(settings), folder=folder)
        self.addCleanup(self.city.close)
        self.number = number_of(file(self.city))

    def prompt(self, path, headers=None):
        begun = time.monotonic()
        answer = self.city.get(path, headers)
        self.assertLess(time.monotonic() - begun, PROMPT, path)
        return answer

    def wait_for_health(self, status):
        deadline = time.monotonic() + 10
        while (answer := self.prompt("/health")).status != status:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        return answer

    def test_a_storage_that_hangs_is_reported(self):
        self.assertEqual(self.prompt("/health").status, 200)
        with hung(self.city):
            filing = Later(lambda: file(self.city, "11111111-2222-3333-4444-555555555555"))
            late = self.wait_for_health(503)
            self.assertEqual(json.loads(late.body), {"status": "late"})
            self.assertEqual((late.headers["Retry-After"], late.headers["Cache-Control"]), ("5", "no-store"))
        self.assertEqual(filing.wait().status, 201)
        self.wait_for_health(200)
        self.assertIn('requests_total{method="GET",route="/health",status="503"}', self.city.get("/metrics").text)

    def test_a_key_at_work_is_told_to_come_again(self):
        """The first with it is not answered yet; the second must neither wait for it nor be filed."""
        key = "11111111-2222-3333-4444-555555555556"
        with hung(self.city, readers=False):
            first = Later(lambda: file(self.city, key))
            self.wait_for_health(503)
            begun = time.monotonic()
            for format_ in ("json", "xml"):
                second = self.city.post(f"requests.{format_}", {"service_code": "INF.idea", "description": "idea"},
                                        {"Idempotency-Key": f'"{key}"'})
                self.assertEqual((second.status, str(second.tree()[0]["code"])), (409, "409"))
                self.assertEqual(second.headers["Retry-After"], "1")
            self.assertLess(time.monotonic() - begun, PROMPT)
        self.assertEqual(first.wait().status, 201)
        self.assertEqual(number_of(file(self.city, key)), number_of(first.answer))

    def test_what_needs_no_storage_is_answered(self):
        for path in ("discovery.json", "services.json"):
            self.assertEqual(self.prompt(path).status, 200)
        with hung(self.city):
            calls = [Later(lambda: file(self.city)) for _ in range(12)]
            calls += [Later(lambda: self.city.get("requests.json")) for _ in range(6)]
            self.wait_for_health(503)
            for path in ("discovery.json", "discovery.xml", "services.json", "services/INF.idea.json", "/"):
                for _ in range(4):
                    answer = self.prompt(path)
                    self.assertEqual(answer.status, 200, f"{path} {answer.text}")
            self.assertEqual(self.prompt("nothing.json").status, 404)
        for call in calls:
            self.assertIn(call.wait().status, (200, 201))
        self.wait_for_health(200)

    def test_a_key_that_was_known_is_still_good_for_that(self):
        key = {"Authorization": f"Bearer {self.city.add_key('staff')}"}
        time.sleep(0.05)
        self.assertEqual(self.prompt("services.json", key).status, 200)
        with hung(self.city):
            form = {"service_code": "INF.idea", "description": "idea"}
            calls = [Later(lambda: self.city.post("requests.json", form, key)),
                     Later(lambda: self.city.get("requests.json", key))]
            self.wait_for_health(503)
            self.assertEqual(self.prompt("services.json", key).status, 200)
            self.assertEqual(self.prompt("discovery.json").status, 200)
        for call in calls:
            call.wait()

    def test_who_was_known_is_told_before_anybody_notices(self):
        """No call waits yet that shows the storage to be late, and what was known is older than it is believed."""
        key = {"Authorization": f"Bearer {self.city.add_key('staff')}"}
        calls = [("services.json", key), ("discovery.json", key), ("services.json", None), ("services/INF.idea.xml", key)]
        time.sleep(0.05)
        for path, headers in calls:
            self.assertEqual(self.prompt(path, headers).status, 200)
        for path, headers in calls:
            time.sleep(0.05)
            with hung(self.city):
                answer = self.prompt(path, headers)
                self.assertEqual(answer.status, 200, answer.text)
                self.assertEqual(self.prompt(path, {**(headers or {}), "If-None-Match": answer.headers["ETag"]}).status, 304)

    def count_left(self, headers):
        """How many calls somebody has left; this one is counted, too."""
        return int(re.match(r'"read";r=(\d+);', self.prompt("services.json", headers).headers["RateLimit"])[1])

    @unittest.skipUnless(DATABASE, "nobody waits for a key in a file")
    def test_a_call_is_counted_once_over_a_hang(self):
        """It is answered twice, with what was known and once the storage is back; one of them is for nobody."""
        key = {"Authorization": f"Bearer {self.city.add_key('staff')}"}
        time.sleep(0.05)
        left = self.count_left(key)
        for i in range(1, 5):
            time.sleep(0.05)
            with hung(self.city):
                self.assertEqual(self.count_left(key), left - i)
            time.sleep(0.2)

    def test_a_request_is_found_while_nobody_can_write(self):
        with hung(self.city, readers=False):
            filing = Later(lambda: file(self.city))
            self.wait_for_health(503)
            for _ in range(20):
                self.assertEqual(self.prompt(f"requests/{self.number}.json").status, 200)
        self.assertEqual(filing.wait().status, 201)

    @unittest.skipUnless(DATABASE, "a file is never out of reach")
    def test_a_storage_out_of_reach_says_when_to_come_again(self):
        self.addCleanup(ask_beside, "ALTER DATABASE postgres ALLOW_CONNECTIONS true")
        ask_beside("ALTER DATABASE postgres ALLOW_CONNECTIONS false")
        ask_beside("SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE datname = 'postgres'")
        for answer in (file(self.city), self.city.get("requests.xml"), self.wait_for_health(503)):
            self.assertEqual((answer.status, answer.headers["Retry-After"]), (503, "5"), answer.text)
        self.assertEqual(self.prompt("services.json").status, 200)
        ask_beside("ALTER DATABASE postgres ALLOW_CONNECTIONS true")
        self.wait_for_health(200)
        self.assertEqual(file(self.city).status, 201)


def ask_beside(sql):
    """Asks the same PostgreSQL, in a database that is no city's."""
    subprocess.run(["psql", "-AtXqc", sql, DATABASE.replace("/postgres?", "/template1?")], check=True,
                   capture_output=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
