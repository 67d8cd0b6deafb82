#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who filed a request is sealed on arrival: no answer, page, log or file ever tells it."""

import base64
import contextlib
import ctypes
import ctypes.util
import os
import pathlib
import stat
import tempfile
import unittest
import urllib.parse
import uuid

import server
from server import file, number_of

FORMATS = ("json", "xml")
CONTACT = {"first_name": "Canaryfirst", "last_name": "Канарейкина", "email": "canary@example.kz",
           "phone": "+77009998877"}
CANARIES = [value.encode() for value in CONTACT.values()] + [
    urllib.parse.quote(value).encode() for value in CONTACT.values()]
SODIUM = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")


def close(text, public_key):
    """A sealed box, as a kiosk closes one."""
    box = ctypes.create_string_buffer(len(text) + 48)
    assert SODIUM.crypto_box_seal(box, text, ctypes.c_ulonglong(len(text)), base64.b64decode(public_key)) == 0
    return base64.b64encode(box.raw).decode()


def open_box(box, secret_key):
    box, secret = base64.b64decode(box), base64.b64decode(secret_key)
    public = ctypes.create_string_buffer(32)
    SODIUM.crypto_scalarmult_base(public, secret)
    text = ctypes.create_string_buffer(len(box) - 48)
    assert SODIUM.crypto_box_seal_open(text, box, ctypes.c_ulonglong(len(box)), public, secret) == 0
    return text.raw


class Contacts(unittest.TestCase):
    def setUp(self):
        SODIUM.sodium_init()
        self.folder = tempfile.TemporaryDirectory(prefix="komek-city-")
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    @contextlib.contextmanager
    def city(self, *options, **more):
        city = server.City(*options, folder=self.folder, **more)
        try:
            yield city
        finally:
            city.close()

    def kept(self):
        """What the database keeps of the contacts, as text."""
        rows = server.ask(self.path, "sender", "request, contact", "contact IS NOT NULL")
        return [contact for _, contact in rows]

    def assert_nowhere(self):
        for name, content in server.read_all(self.path):
            for canary in CANARIES:
                self.assertNotIn(canary, content, name)

    def test_plain_contacts_are_sealed_on_arrival(self):
        with self.city() as city:
            self.assertEqual(file(city, **CONTACT).status, 201)
            self.assert_nowhere()
        secret = (self.path / server.KEY).read_text(encoding="ascii")
        self.assertEqual(urllib.parse.parse_qs(open_box(self.kept()[0], secret).decode()),
                         {name: [value] for name, value in CONTACT.items()})
        self.assert_nowhere()

    def test_no_answer_tells_them(self):
        with self.city() as city:
            key = str(uuid.uuid4())
            number = number_of(file(city, key, **CONTACT))
            answers = [file(city, key, **CONTACT), file(city, key, description="another", **CONTACT)]
            for format_ in FORMATS:
                answers += [city.post(f"requests.{format_}", {"service_code": "NO.such", **CONTACT}),
                            city.post(f"servicerequestupdates.{format_}", {"service_request_id": number, **CONTACT}),
                            city.get(f"requests/{number}.{format_}?extensions=true"),
                            city.get(f"requests.{format_}?extensions=true&client_request_id={key}"),
                            city.get(f"servicerequestupdates.{format_}?service_request_id={number}&extensions=true")]
            answers += [city.get(f"/r/{number}"), city.get("/metrics"), city.get("/health")]
            for answer in answers:
                for canary in CANARIES:
                    self.assertNotIn(canary, answer.body)
            self.assertEqual(city.get("requests.json", q="Canaryfirst", page=1).tree(), [])
        self.assert_nowhere()

    def test_a_sealed_contact_is_kept_as_it_came(self):
        text = urllib.parse.urlencode(CONTACT).encode()
        with self.city() as city:
            profile = city.get("discovery.json").tree()["profile"]
            self.assertIn("sealing", profile["abilities"])
            box = close(text, profile["seal_key"])
            self.assertEqual(file(city, sealed_contact=box).status, 201)
        secret = (self.path / server.KEY).read_text(encoding="ascii")
        self.assertEqual(self.kept(), [box])
        self.assertEqual(open_box(self.kept()[0], secret), text)

    def test_a_contact_makes_no_other_request_of_it(self):
        with self.city() as city:
            key, public = str(uuid.uuid4()), city.get("discovery.json").tree()["profile"]["seal_key"]
            numbers = {number_of(file(city, key, sealed_contact=close(b"x=y", public))) for _ in range(3)}
            self.assertEqual(len(numbers), 1)

    def test_what_is_no_box_is_refused(self):
        with self.city() as city:
            for bad in ("x", "not base64!", base64.b64encode(b"short").decode(), "A" * 8000, "AAAA" * 12):
                for format_ in FORMATS:
                    answer = city.post(f"requests.{format_}", {"service_code": "INF.idea", "description": "x",
                                                               "sealed_contact": bad, "locale": "en"})
                    self.assertEqual(answer.status, 400, bad)
                    self.assertIn("cannot be opened", answer.text)
            answer = file(city, first_name="Canaryfirst" * 40, locale="en")
            self.assertEqual(answer.status, 400)
            self.assertIn("too long", answer.text)
        self.assert_nowhere()

    def test_the_secret_key_is_its_owners_alone(self):
        with self.city():
            mode = stat.S_IMODE((self.path / server.KEY).stat().st_mode)
            self.assertEqual(mode, 0o600)
        self.assertEqual([path.name for path in self.path.glob("*.part")], [])

    def test_the_key_outlives_a_restart_and_may_be_elsewhere(self):
        with self.city() as city:
            first = city.get("discovery.json").tree()["profile"]["seal_key"]
        (self.path / server.KEY).rename(self.path / "safe")
        with self.city() as city:
            self.assertEqual(city.get("discovery.json").tree()["profile"]["seal_key"], first)
            self.assertEqual(file(city, **CONTACT).status, 201)
        self.assertFalse((self.path / server.KEY).exists())
        secret = (self.path / "safe").read_text(encoding="ascii")
        self.assertIn(b"Canaryfirst", open_box(self.kept()[-1], secret))

    def test_a_key_that_is_there_is_taken(self):
        secret = base64.b64encode(os.urandom(32)).decode()
        (self.path / "mine").write_text(secret, encoding="ascii")
        with self.city("--seal-file", str(self.path / "mine")) as city:
            file(city, **CONTACT)
        self.assertIn(b"Canaryfirst", open_box(self.kept()[0], secret))
        self.assertFalse((self.path / server.KEY).exists())

    def test_another_key_is_told_from_then_on(self):
        with self.city() as city:
            first = city.get("discovery.json").tree()["profile"]["seal_key"]
            file(city, first_name="Old")
        old = (self.path / server.KEY).read_text(encoding="ascii")
        new = base64.b64encode(os.urandom(32)).decode()
        (self.path / server.KEY).write_text(new, encoding="ascii")
        with self.city() as city:
            self.assertNotEqual(city.get("discovery.json").tree()["profile"]["seal_key"], first)
            file(city, first_name="New")
        self.assertEqual([open_box(box, secret) for box, secret in zip(self.kept(), (old, new))],
                         [b"first_name=Old", b"first_name=New"])

    def test_what_is_no_key_is_a_sentence(self):
        (self.path / server.KEY).write_text("no key", encoding="ascii")
        with self.assertRaisesRegex(AssertionError, "Not a key"):
            server.City(folder=self.folder)

    def test_a_batch_keeps_them_sealed_too(self):
        with self.city("--batch=3600") as city:
            self.assertEqual(file(city, **CONTACT).status, 201)
            self.assert_nowhere()


if __name__ == "__main__":
    unittest.main()
