# SPDX-License-Identifier: GPL-3.0-or-later
"""A city server of its own for a test in Python: the real program, over real HTTP."""

import contextlib
import http.client
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import urllib.parse
import xml.etree.ElementTree as xml

PROGRAM = os.environ["KOMEK_CITY"]

# Of a PostgreSQL where one is given, in which each server gets a city of its own; else each has a file.
DATABASE = os.environ.get("KOMEK_TEST_DATABASE")
BASE = "/open311/v2/"

# The file in a server's folder with what opens its citizens' contacts.
KEY = "city.key" if DATABASE else "city.db.key"

# What every reader of PostgreSQL asks, and what every writer takes first.
READ = "komek.request, komek.note, komek.api_key"
WRITTEN = "komek.stamp"


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def type(self):
        return (self.headers["Content-Type"] or "").split(";")[0]

    @property
    def text(self):
        return self.body.decode("utf-8")

    def tree(self):
        """What it says, from JSON or by the standard's mapping from XML: texts, dicts and lists."""
        if self.type.endswith("xml"):
            return map_xml(xml.fromstring(self.body))
        return json.loads(self.body)


LISTS = {"services", "service_requests", "service_request_updates", "errors", "attributes", "values",
         "endpoints", "formats", "abilities", "bbox", "statuses", "districts", "agencies", "media_urls",
         "media", "field_errors"}


def map_xml(element):
    """A list's children are its members, any other's children its fields; an empty one is null."""
    if bare(element) in LISTS:
        return [map_xml(child) for child in element]
    if len(element):
        return {bare(child): map_xml(child) for child in element}
    return element.text


def bare(element):
    """The name without the namespace, which only a problem of RFC 9457 has."""
    return element.tag.split("}")[-1]


class City:
    """komek-city on a free port with its database in a folder that goes with it."""

    def __init__(self, *options, sample=0, folder=None, program=PROGRAM):
        self.owns = folder is None
        self.folder = folder or tempfile.TemporaryDirectory(prefix="komek-city-")
        self.place = pathlib.Path(self.folder.name)
        self.database = str(self.place / "city.db")
        if DATABASE:
            self.database = f"{DATABASE}&komek_city={self.place.name}"
        self.log = open(pathlib.Path(self.folder.name) / "log", "ab")
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", "--until-stdin-closes", *self.where(), "--sample", str(sample),
             *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline().strip()
        if not line.endswith(BASE):
            self.end()
            raise AssertionError(line or self.read_log())
        self.url = line
        self.host = urllib.parse.urlsplit(line).netloc

    def where(self):
        key = ["--seal-file", str(self.place / KEY)] if DATABASE else []
        return ["--database", self.database, *key]

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.log.close()
        return self.process.wait(30)

    def close(self):
        """Ends the server; whether it ended well is the test's business too."""
        assert self.end() == 0, self.read_log()
        if self.owns:
            self.folder.cleanup()

    def read_log(self):
        return pathlib.Path(self.log.name).read_text(encoding="utf-8")

    def call(self, method, path, body=None, headers=None):
        """One call; a path without a slash in front is one of the interface."""
        connection = http.client.HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, path if path.startswith("/") else BASE + path, body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, headers=None, **arguments):
        query = "?" + urllib.parse.urlencode(arguments) if arguments else ""
        return self.call("GET", path + query, headers=headers)

    def post(self, path, form, headers=None):
        """Posts a form: a dict, or pairs where a name comes more than once."""
        return self.call("POST", path, urllib.parse.urlencode(form),
                         {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def add_key(self, role, name="somebody"):
        """An api key of that role; as soon as there is one, nobody is trusted without."""
        return subprocess.run([PROGRAM, *self.where(), "--add-key", role, name], check=True, capture_output=True,
                              text=True).stdout.strip()


def file(city, key=None, **form):
    """Files something small; the answer."""
    headers = {"Idempotency-Key": f'"{key}"'} if key else {}
    return city.post("requests.json", {"service_code": "INF.idea", "description": "idea", **form}, headers)


def number_of(answer):
    return answer.tree()[0]["service_request_id"]


def ask(folder, table, columns, condition="true"):
    """Rows of what a server keeps that has its database in @folder, in the order of their keys."""
    if not DATABASE:
        with contextlib.closing(sqlite3.connect(pathlib.Path(folder) / "city.db")) as database:
            return database.execute(f"SELECT {columns} FROM {table} WHERE {condition} ORDER BY 1").fetchall()
    city = pathlib.Path(folder).name
    told = subprocess.run(["psql", "-AtXq", "-F\t", "-c", f"SELECT {columns} FROM komek.{table}"
                           f" WHERE city = '{city}' AND {condition} ORDER BY 1", DATABASE],
                          check=True, capture_output=True, text=True).stdout
    return [tuple(line.split("\t")) for line in told.splitlines()]


def read_all(folder):
    """Names and bytes of whatever a server keeps: its files, its tables, and the log of who keeps these."""
    for path in pathlib.Path(folder).iterdir():
        yield path, path.read_bytes()
    if DATABASE:
        yield "the tables", subprocess.run(["pg_dump", "--data-only", DATABASE], check=True, capture_output=True).stdout
        home = urllib.parse.parse_qs(urllib.parse.urlsplit(DATABASE).query)["host"][0]
        yield "the log of PostgreSQL", (pathlib.Path(home) / "log").read_bytes()


@contextlib.contextmanager
def hung(city, readers=True):
    """Nobody gets on with the storage: with a file nobody writes; with PostgreSQL @readers do not either."""
    if not DATABASE:
        other = sqlite3.connect(city.database, isolation_level=None, timeout=10)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()
        return
    other = subprocess.Popen(["psql", "--quiet", "--no-psqlrc", DATABASE], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True)
    mode = f"{READ}, {WRITTEN} IN ACCESS" if readers else f"{WRITTEN} IN"
    other.stdin.write(f"BEGIN; LOCK TABLE {mode} EXCLUSIVE MODE; SELECT 'locked';\n")
    other.stdin.flush()
    while "locked" not in other.stdout.readline():
        pass
    try:
        yield
    finally:
        other.communicate("ROLLBACK;\n")
