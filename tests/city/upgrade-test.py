#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A database of the version before is brought to this one, whoever is killed on the way; a newer one is left alone."""

import http.client
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import time
import unittest
import urllib.parse

PROGRAM = os.environ["KOMEK_CITY"]
SHARED = os.environ.get("KOMEK_TEST_DATABASE")
BASE = "/open311/v2/"

# What the first version made, word for word.
FIRST_VERSION = """
PRAGMA application_id = 1263356739; PRAGMA user_version = 1;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE day (day TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE request (id INTEGER PRIMARY KEY, number TEXT NOT NULL, key TEXT, service TEXT NOT NULL,
 status TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL, lat REAL, lon REAL, band INTEGER,
 address TEXT NOT NULL, district TEXT NOT NULL, agency TEXT NOT NULL, requested INTEGER NOT NULL,
 updated INTEGER NOT NULL, due INTEGER NOT NULL, supporters INTEGER NOT NULL);
CREATE TABLE attribute (request INTEGER NOT NULL, place INTEGER NOT NULL, code TEXT NOT NULL,
 value TEXT NOT NULL, PRIMARY KEY (request, place)) WITHOUT ROWID;
CREATE TABLE step (id INTEGER PRIMARY KEY, request INTEGER NOT NULL, status TEXT NOT NULL, time INTEGER NOT NULL,
 agency TEXT NOT NULL, event TEXT, text TEXT, answer INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (text, content='', columnsize=0, detail=none, tokenize='ascii');
CREATE UNIQUE INDEX request_number ON request (number);
CREATE UNIQUE INDEX request_key ON request (key) WHERE key IS NOT NULL;
CREATE INDEX request_requested ON request (requested, id, status, service, lat, lon);
CREATE INDEX request_updated ON request (updated);
CREATE INDEX request_service ON request (service, requested);
CREATE INDEX request_band ON request (band, lon, lat, requested, status, service);
CREATE INDEX step_request ON step (request);
CREATE INDEX step_time ON step (time);
INSERT INTO request VALUES (1, '221126-000-005', 'a-key-of-the-walk', 'INF.idea', 'new', 'шұңқыр', 'kk', NULL, NULL,
 NULL, '', '', '109', {yesterday}, {yesterday}, {yesterday} + 900000, 2);
INSERT INTO step VALUES (1, 1, 'new', {yesterday}, '109', 'new', NULL, 0);
INSERT INTO words (rowid, text) VALUES (1, 'шункыр');
"""


class Run:
    """One server from its start to its end."""

    def __init__(self, database, folder, fault=None):
        self.process = subprocess.Popen(
            [PROGRAM, "--until-stdin-closes", "--database", database, "--sample", "0", "--seal-file", f"{folder}/key"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **({"KOMEK_FAULT": fault} if fault else {})})
        self.address = self.process.stdout.readline().strip()

    def call(self, method, path, **form):
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.address).netloc, timeout=30)
        body = urllib.parse.urlencode(form)
        connection.request(method, BASE + path + ("?" + body if method == "GET" else ""),
                           body if method == "POST" else None,
                           {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {})
        answer = connection.getresponse()
        tree = json.loads(answer.read())
        connection.close()
        return tree

    def end(self):
        _, complaint = self.process.communicate(timeout=30)  # closes its standard input, which ends it
        return self.process.returncode, complaint


class Upgrade(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="komek-upgrade-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.database = f"{SHARED}&dbname={self.make_database()}" if SHARED else str(pathlib.Path(folder.name) / "city.db")

    def make_database(self):
        """An empty database on the server that the tests share."""
        name = pathlib.Path(self.folder).name.replace("-", "_").lower()
        self.ask(f"CREATE DATABASE {name}", SHARED)
        return name

    def ask(self, sql, address):
        return subprocess.run(["psql", "-AtXqc", sql, address], check=True, capture_output=True, text=True).stdout.strip()

    def kill_at(self, point):
        run = Run(self.database, self.folder, point)
        status, _ = run.end()
        return status == -9

    def assert_killed_at_each(self, *points):
        """Each time the point comes; it must come at least once."""
        for point in points:
            self.assertTrue(self.kill_at(point), point)

    def assert_serves(self, count):
        run = Run(self.database, self.folder)
        self.assertTrue(run.address, "the server did not start")
        found = run.call("GET", "requests.json", page="1")
        self.assertEqual(len(found), count)
        status, complaint = run.end()
        self.assertEqual(status, 0, complaint)

    def assert_refuses(self):
        status, complaint = Run(self.database, self.folder).end()
        self.assertEqual(status, 1)
        self.assertIn("newer", complaint)
        self.assertEqual(complaint.count("\n"), 1, complaint)


@unittest.skipIf(SHARED, "a file")
class File(Upgrade):
    def setUp(self):
        super().setUp()
        with sqlite3.connect(self.database) as db:
            db.executescript(FIRST_VERSION.format(yesterday=int(time.time()) - 86400))
        db.close()

    def test_requests_keys_and_searches_are_still_there(self):
        self.assert_serves(1)
        run = Run(self.database, self.folder)
        form = {"service_code": "INF.idea", "description": "шұңқыр", "client_request_id": "a-key-of-the-walk"}
        self.assertEqual(run.call("POST", "requests.json", **form)[0]["service_request_id"], "221126-000-005")
        self.assertEqual(run.call("GET", "requests.json", q="шункыр", page="1")[0]["service_request_id"],
                         "221126-000-005")
        self.assertEqual(len(run.call("GET", "servicerequestupdates.json")), 1)
        run.end()
        self.assert_serves(1)

    def test_whoever_is_killed_leaves_the_version_before_or_this_one(self):
        self.assert_killed_at_each(*(f"city.migration.step:{n}" for n in range(1, 6)), "city.migration.before-commit")
        with sqlite3.connect(self.database) as db:
            self.assertEqual(db.execute("PRAGMA user_version").fetchone()[0], 1)
        db.close()
        self.assert_killed_at_each("city.migration.after-commit")
        self.assertFalse(self.kill_at("city.migration.step"), "it migrated twice")
        self.assert_serves(1)

    def test_a_newer_one_is_left_alone(self):
        with sqlite3.connect(self.database) as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
        before = pathlib.Path(self.database).read_bytes()
        self.assert_refuses()
        self.assertEqual(pathlib.Path(self.database).read_bytes(), before)

    def test_a_backup_made_meanwhile_is_the_city(self):
        run = Run(self.database, self.folder)
        number = run.call("POST", "requests.json", service_code="INF.idea", description="idea")[0]["service_request_id"]
        backup = str(pathlib.Path(self.folder) / "backup.db")
        with sqlite3.connect(self.database) as db, sqlite3.connect(backup) as copy:
            db.backup(copy)
        db.close()
        copy.close()
        run.call("POST", "requests.json", service_code="INF.idea", description="too late")
        run.end()
        os.replace(backup, self.database)
        restored = Run(self.database, self.folder)
        numbers = [request["service_request_id"] for request in restored.call("GET", "requests.json", page="1")]
        restored.end()
        self.assertEqual(numbers, [number, "221126-000-005"])

    def test_two_who_come_at_once_migrate_once(self):
        runs = [Run(self.database, self.folder) for _ in range(3)]
        for run in runs:
            self.assertEqual(len(run.call("GET", "requests.json", page="1")), 1)
        for run in runs:
            self.assertEqual(run.end()[0], 0)


@unittest.skipUnless(SHARED, "a PostgreSQL")
class Postgres(Upgrade):
    def test_whoever_is_killed_leaves_nothing_half_made(self):
        self.assert_killed_at_each("city.migration.step", "city.migration.before-commit", "city.migration.after-commit")
        self.assertFalse(self.kill_at("city.migration.step"), "it migrated twice")
        self.assert_serves(0)

    def test_many_who_come_at_once_migrate_once(self):
        runs = [Run(self.database, self.folder) for _ in range(4)]
        numbers = {run.call("POST", "requests.json", service_code="INF.idea", description="idea")[0]
                   ["service_request_id"] for run in runs}
        cities = {run.call("GET", "discovery.json")["extended_attributes"]["city_id"] for run in runs}
        for run in runs:
            self.assertEqual(run.end()[0], 0)
        self.assertEqual(len(numbers), 4)
        self.assertEqual(len(cities), 1)
        self.assertEqual(self.ask("SELECT count(*) FROM komek.version", self.database), "1")

    def test_a_backup_made_meanwhile_is_the_city(self):
        run = Run(self.database, self.folder)
        number = run.call("POST", "requests.json", service_code="INF.idea", description="idea")[0]["service_request_id"]
        backup = str(pathlib.Path(self.folder) / "komek.dump")
        subprocess.run(["pg_dump", "-Fc", f"--file={backup}", self.database], check=True)
        run.call("POST", "requests.json", service_code="INF.idea", description="too late")
        run.end()
        subprocess.run(["pg_restore", "--clean", "--if-exists", f"--dbname={self.database}", backup], check=True)
        restored = Run(self.database, self.folder)
        numbers = [request["service_request_id"] for request in restored.call("GET", "requests.json", page="1")]
        more = restored.call("POST", "requests.json", service_code="INF.idea", description="next")
        restored.end()
        self.assertEqual(numbers, [number])
        self.assertNotEqual(more[0]["service_request_id"], number)

    def test_a_newer_one_is_left_alone(self):
        self.assert_serves(0)
        self.ask("INSERT INTO komek.version VALUES (99)", self.database)
        self.assert_refuses()


if __name__ == "__main__":
    unittest.main()
