#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what at the server, how often, and whom it believes where a call comes from."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import time
import unittest
import uuid

import server

STRANGER = {"X-Forwarded-For": "203.0.113.9"}
ROLES = ("phone", "kiosk", "mirror", "staff")


class Case(unittest.TestCase):
    def begin(self, *options, settings="", **more):
        folder = tempfile.TemporaryDirectory(prefix="komek-city-")
        self.addCleanup(folder.cleanup)
        if settings:
            path = pathlib.Path(folder.name) / "settings.ini"
            path.write_text(settings, encoding="utf-8")
            options += ("--settings", str(path))
        self.city = server.City(*options, folder=folder, **more)
        self.addCleanup(self.city.close)
        return self.city

    def file(self, headers=None, **form):
        form = {"service_code": "INF.idea", "description": "idea", "client_request_id": str(uuid.uuid4()), **form}
        return self.city.post("requests.json", form, headers)

    def statuses(self, answers):
        return [answer.status for answer in answers]

    def metric(self, name):
        text = self.city.get("/metrics").text
        return int(re.search("^" + re.escape(name) + r" (\d+)$", text, re.MULTILINE).group(1))


class Keys(Case):
    def test_without_any_key_this_machine_is_trusted(self):
        self.begin()
        self.assertEqual(self.statuses(self.file() for _ in range(150)), [201] * 150)
        self.assertEqual(set(self.statuses(self.city.get("requests.json", page_size=1) for _ in range(300))), {200})

    def test_with_a_key_nobody_files_without(self):
        city = self.begin()
        keys = {role: city.add_key(role, role + " of a test") for role in ROLES}
        self.assertEqual(city.get("services.json").status, 200)
        refused = self.file()
        self.assertEqual(refused.status, 403)
        self.assertEqual(refused.tree()[0]["code"], 403)
        for role, key in keys.items():
            with self.subTest(role):
                self.assertEqual(self.file(api_key=key).status, 201)
                self.assertEqual(self.file({"Authorization": "Bearer " + key}).status, 201)
                form = f"service_code=INF.idea&description=idea&client_request_id={uuid.uuid4()}"
                self.assertEqual(city.call("POST", "requests.json?api_key=" + key, form,
                                           {"Content-Type": "application/x-www-form-urlencoded"}).status, 201)

    def test_a_wrong_key_is_worse_than_none(self):
        city = self.begin()
        city.add_key("kiosk")
        for answer in (self.file(api_key="komek_wrong"), city.get("requests.json", api_key="komek_wrong"),
                       city.get("services.xml", {"Authorization": "Bearer nothing"})):
            self.assertEqual(answer.status, 403)
            self.assertEqual(str(answer.tree()[0]["code"]), "403")

    def test_only_the_hash_of_a_key_is_kept(self):
        city = self.begin()
        key = city.add_key("kiosk", "the kiosk at the market")
        self.assertRegex(key, r"^komek_[A-Za-z0-9_-]{43}$")
        self.assertNotEqual(key, city.add_key("kiosk", "the kiosk at the market"))
        self.file(api_key=key)
        found = b"".join(content for _, content in server.read_all(city.folder.name))
        self.assertNotIn(key.encode(), found)
        self.assertNotIn(key[6:].encode(), found)
        self.assertIn("the kiosk at the market".encode(), found)

    def manage(self, *options):
        return subprocess.run([server.PROGRAM, *self.city.where(), *options],
                              capture_output=True, text=True, check=False)

    def test_keys_are_listed_and_taken_away(self):
        self.begin(settings="[guard]\nkeys-ms = 100\n")
        gone = self.city.add_key("mirror", "gone soon")
        stays = self.city.add_key("kiosk", "stays")
        self.assertEqual(self.file(api_key=gone).status, 201)
        lines = [line.split("\t") for line in self.manage("--list-keys").stdout.splitlines()]
        self.assertEqual(sorted(line[1:] for line in lines), [["kiosk", "stays"], ["mirror", "gone soon"]])
        identity = next(line[0] for line in lines if line[2] == "gone soon")
        self.assertEqual(self.manage("--remove-key", identity).returncode, 0)
        self.assertEqual(self.manage("--remove-key", identity).returncode, 1)
        time.sleep(0.2)
        self.assertEqual(self.file(api_key=gone).status, 403)
        self.assertEqual(self.file(api_key=stays).status, 201)

    @unittest.skipIf(server.DATABASE, "only a new file is filled without being asked to")
    def test_a_key_made_before_the_first_start_opens_an_empty_city(self):
        with tempfile.TemporaryDirectory(prefix="komek-keys-") as folder:
            database = os.path.join(folder, "city.db")
            done = subprocess.run([server.PROGRAM, "--database", database, "--add-key", "kiosk", "hall"],
                                  capture_output=True, text=True, check=False)
            self.assertRegex(done.stdout, "^komek_[^ ]+\n$")
            with contextlib.closing(sqlite3.connect(database)) as city:
                self.assertEqual(city.execute("SELECT count(*) FROM request").fetchone(), (0,))

    def test_a_role_that_nobody_can_have(self):
        self.begin()
        for words in (("anonymous", "x"), ("local", "x"), ("mayor", "x"), ("kiosk",), ("kiosk", "")):
            done = self.manage("--add-key", *words)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, r"^komek-city: --add-key wants a (role|name)[^\n]*\n$")

    def test_whoever_starts_the_server_hands_over_a_key(self):
        os.environ["KOMEK_CITY_KEY"] = "handed-over"
        self.addCleanup(os.environ.pop, "KOMEK_CITY_KEY")
        city = self.begin()
        self.assertEqual(self.file().status, 403)
        self.assertEqual(self.file(api_key="handed-ovex").status, 403)
        self.assertEqual(self.statuses(self.file(api_key="handed-over") for _ in range(50)), [201] * 50)
        self.assertEqual(city.get("services.json").status, 200)

    def test_four_calls_of_a_key_at_a_time(self):
        city = self.begin("--behind-proxy")
        key = city.add_key("kiosk")
        self.assertEqual(self.file(api_key=key).status, 201)
        with concurrent.futures.ThreadPoolExecutor(8) as pool, server.hung(city, readers=False):
            running = [pool.submit(self.file, STRANGER, api_key=key) for _ in range(8)]
            while sum(call.done() for call in running) < 4:
                time.sleep(0.02)
            time.sleep(0.2)
        self.assertEqual(sorted(call.result().status for call in running), [201] * 4 + [429] * 4)
        self.assertEqual(self.file(STRANGER, api_key=key).status, 201)


IN_MEMORY = unittest.skipIf(server.DATABASE, "who calls how often from where is counted by the server, in no database")


@IN_MEMORY
class Rates(Case):
    def test_a_stranger_reads_so_often(self):
        city = self.begin("--behind-proxy")
        first = city.get("services.json", STRANGER)
        self.assertEqual(first.headers["RateLimit-Policy"], '"read";q=120;w=120')
        self.assertEqual(first.headers["RateLimit"], '"read";r=119;t=1')
        answers = [city.get("services.json", STRANGER) for _ in range(140)]
        refused = [answer for answer in answers if answer.status == 429]
        self.assertIn(len(refused), range(10, 22))
        self.assertEqual(set(self.statuses(answers)), {200, 429})
        self.assertIn(int(refused[-1].headers["Retry-After"]), (1, 2))
        self.assertEqual(refused[-1].tree()[0]["code"], 429)
        self.assertEqual(city.get("services.json", {"X-Forwarded-For": "203.0.113.10"}).status, 200)
        self.assertEqual(self.metric('komek_city_limited_total{role="anonymous"}'), len(refused))

    def test_whoever_waits_as_told_is_let_in(self):
        city = self.begin("--behind-proxy", settings="[anonymous]\nread = 2/1 4\n")
        while (answer := city.get("services.json", STRANGER)).status == 200:
            pass
        time.sleep(int(answer.headers["Retry-After"]))
        self.assertEqual(city.get("services.json", STRANGER).status, 200)

    def test_a_phone_files_five_times_an_hour(self):
        city = self.begin("--behind-proxy")
        key = city.add_key("phone")
        self.assertEqual(self.statuses(self.file(STRANGER, api_key=key, device_id="a") for _ in range(7)),
                         [201] * 5 + [429] * 2)
        self.assertEqual(self.file({"X-Forwarded-For": "198.51.100.1"}, api_key=key, device_id="a").status, 429)
        self.assertEqual(self.file(STRANGER, api_key=key, device_id="b").status, 201)
        late = self.file(STRANGER, api_key=key, device_id="a")
        self.assertIn(int(late.headers["Retry-After"]), range(600, 721))

    def test_a_network_full_of_phones_is_noted(self):
        city = self.begin("--behind-proxy")
        key = city.add_key("phone")
        for i in range(25):
            headers = {"X-Forwarded-For": f"203.0.113.{i + 1}"}
            self.assertEqual(self.file(headers, api_key=key, device_id=f"d{i}").status, 201)
        self.assertEqual(self.metric("komek_city_busy_networks_total"), 5)

    def test_a_network_full_of_phones_is_refused_where_that_is_wanted(self):
        city = self.begin("--behind-proxy", settings="[phone]\nnetwork-refuses = 1\n")
        key = city.add_key("phone")
        answers = [self.file({"X-Forwarded-For": f"203.0.113.{i + 1}"}, api_key=key, device_id=f"d{i}")
                   for i in range(22)]
        self.assertEqual(self.statuses(answers), [201] * 20 + [429] * 2)
        self.assertEqual(self.file({"X-Forwarded-For": "203.0.114.1"}, api_key=key, device_id="e").status, 201)

    def test_a_kiosk_reads_at_will_and_files_six_hundred_at_once(self):
        city = self.begin("--behind-proxy")
        key = city.add_key("kiosk")
        answers = [city.get("services.json", STRANGER, api_key=key) for _ in range(300)]
        self.assertEqual(set(self.statuses(answers)), {200})
        self.assertNotIn("RateLimit", answers[0].headers)
        statuses = self.statuses(self.file(STRANGER, api_key=key) for _ in range(640))
        self.assertIn(statuses.count(201), range(600, 620))
        self.assertEqual(set(statuses), {201, 429})


@IN_MEMORY
class Proxies(Case):
    def test_only_a_trusted_proxy_is_believed(self):
        city = self.begin("--behind-proxy", "--proxy", "192.0.2.0/24", settings="[anonymous]\nread = 1/60 3\n")
        answers = [city.get("services.json", {"X-Forwarded-For": f"203.0.113.{i}"}) for i in range(6)]
        self.assertEqual(self.statuses(answers), [200] * 3 + [429] * 3)

    def test_behind_a_proxy_this_machine_is_nobody(self):
        self.begin("--behind-proxy")
        self.assertEqual(self.file().status, 403)
        self.assertEqual(self.file(STRANGER).status, 403)
        self.assertIn("--add-key", self.city.read_log())

    def test_other_addresses_are_for_a_proxy(self):
        done = subprocess.run([server.PROGRAM, "--listen", "0.0.0.0:0"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("--behind-proxy", done.stderr)
        city = self.begin("--behind-proxy", "--listen", "0.0.0.0:0")
        self.assertTrue(city.url.startswith("http://0.0.0.0:"))
        self.assertEqual(city.get("services.json").status, 200)

    def test_without_a_proxy_the_header_means_nothing(self):
        city = self.begin()
        self.assertEqual(self.file(STRANGER).status, 201)
        self.assertEqual(city.get("/metrics", STRANGER).status, 200)

    def test_an_option_without_sense_is_a_sentence(self):
        for options, words in ((("--proxy", "10.0.0.0/8"), "--behind-proxy"),
                               (("--behind-proxy", "--proxy", "10.0.0.0/99"), "--proxy"),
                               (("--settings", "/nowhere"), "/nowhere")):
            done = subprocess.run([server.PROGRAM, *options], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, r"^komek-city: [^\n]+\n$")
            self.assertIn(words, done.stderr)


class Watch(Case):
    def test_health_and_metrics_are_not_for_everybody(self):
        city = self.begin("--behind-proxy")
        staff, kiosk = city.add_key("staff"), city.add_key("kiosk")
        for path in ("/health", "/metrics"):
            self.assertEqual(city.get(path).status, 200)
            self.assertEqual(city.get(path, STRANGER).status, 403)
            self.assertEqual(city.get(path, STRANGER, api_key=kiosk).status, 403)
            self.assertEqual(city.get(path, STRANGER, api_key=staff).status, 200)

    def test_they_may_be(self):
        city = self.begin("--behind-proxy", settings="[guard]\nwatch-anybody = 1\n")
        self.assertEqual(city.get("/health", STRANGER).status, 200)
        self.assertEqual(city.get("/metrics", STRANGER).status, 200)

    def test_health_is_a_word(self):
        answer = self.begin().get("/health")
        self.assertEqual(json.loads(answer.body), {"status": "ok"})
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn("ETag", answer.headers)

    def test_metrics_count_what_happened(self):
        city = self.begin()
        number = server.number_of(self.file())
        self.assertEqual(city.get(f"requests/{number}.json").status, 200)
        self.assertEqual(city.get(f"requests/{number}.xml").status, 200)
        self.assertEqual(city.get("requests/nothing.json").status, 404)
        self.assertEqual(city.get("/nowhere").status, 404)
        labels = 'method="GET",route="/open311/v2/requests/{number}"'
        self.assertEqual(self.metric(f'komek_city_requests_total{{{labels},status="200"}}'), 2)
        self.assertEqual(self.metric(f'komek_city_requests_total{{{labels},status="404"}}'), 1)
        self.assertEqual(self.metric('komek_city_requests_total{method="",route="",status="404"}'), 1)
        self.assertEqual(self.metric(f'komek_city_request_seconds_count{{{labels}}}'), 3)
        self.assertEqual(self.metric(f'komek_city_request_seconds_bucket{{{labels},le="+Inf"}}'), 3)
        self.assertEqual(self.metric("komek_city_filings_total"), 1)
        self.assertEqual(self.metric("komek_city_storage_errors_total"), 0)

    def test_metrics_count_who_waits_for_a_number(self):
        self.begin("--batch", "3600")
        self.assertEqual(self.metric("komek_city_pending_tokens"), 0)
        for _ in range(3):
            self.assertIn("token", self.file().tree()[0])
        self.assertEqual(self.metric("komek_city_pending_tokens"), 3)

    def test_metrics_are_as_prometheus_reads_them(self):
        city = self.begin()
        self.file()
        answer = city.get("/metrics")
        self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        kinds = {}
        for line in answer.text.splitlines():
            if line.startswith("# TYPE "):
                name, kinds[name] = line.split()[2], line.split()[3]
            elif not line.startswith("#"):
                found = re.fullmatch(r'([a-z_]+)(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.+eE-]+', line)
                self.assertTrue(found, line)
                name = re.sub("_(bucket|sum|count)$", "", found.group(1))
                self.assertIn(kinds.get(name, kinds.get(found.group(1))), ("counter", "gauge", "histogram"), line)

    def test_a_storage_that_does_not_answer_is_not_waited_for(self):
        city = self.begin(settings="[guard]\nhealth-ms = 0\n")
        answers = [city.get("/health") for _ in range(50)]
        late = [answer for answer in answers if answer.status == 503]
        self.assertTrue(late)
        self.assertEqual(json.loads(late[0].body), {"status": "late"})
        self.assertEqual(city.get("services.json").status, 200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
