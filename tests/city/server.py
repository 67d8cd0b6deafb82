# SPDX-License-Identifier: GPL-3.0-or-later
"""A city server of its own for a test in Python: the real program, over real HTTP."""

import http.client
import json
import os
import pathlib
import subprocess
import tempfile
import urllib.parse
import xml.etree.ElementTree as xml

PROGRAM = os.environ["KOMEK_CITY"]

# Of a PostgreSQL where one is given, in which each server gets a city of its own; else each has a file.
DATABASE = os.environ.get("KOMEK_TEST_DATABASE")
BASE = "/open311/v2/"


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
        key = ["--seal-file", str(self.place / "city.key")] if DATABASE else []
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
