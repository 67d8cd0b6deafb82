#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is filed once stays one request, however often and by whomever it is sent."""

import concurrent.futures
import contextlib
import socket
import time
import unittest
import uuid

import server
from server import file, number_of

FORMATS = ("json", "xml")


def local_number(count=1):
    """Fifteen digits that begin with a zero, and the check digit of ISO 7064, MOD 11,10."""
    digits = f"0{1234567890:010}{count:04}"
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    whole = digits + str((11 - product) % 10)
    return "-".join(whole[i:i + 4] for i in range(0, 16, 4))


class Kiosks(unittest.TestCase):
    """A city that has given out keys."""

    @classmethod
    def setUpClass(cls):
        cls.city = server.City()
        cls.kiosk = {"Authorization": "Bearer " + cls.city.add_key("kiosk")}
        cls.other = {"Authorization": "Bearer " + cls.city.add_key("kiosk", "another")}
        cls.phone = {"Authorization": "Bearer " + cls.city.add_key("phone")}
        cls.mirror = {"Authorization": "Bearer " + cls.city.add_key("mirror")}

    @classmethod
    def tearDownClass(cls):
        cls.city.close()

    def file(self, key=None, who=None, format_="json", **form):
        headers = dict(who or self.kiosk)
        if key:
            headers["Idempotency-Key"] = key
        return self.city.post(f"requests.{format_}", {"service_code": "INF.idea", "description": "idea", **form},
                              headers)


class Keys(Kiosks):
    def test_the_same_key_files_once_in_either_format(self):
        key = str(uuid.uuid4())
        answers = [self.file(f'"{key}"', format_=format_) for format_ in FORMATS * 2]
        self.assertEqual({answer.status for answer in answers}, {201})
        self.assertEqual(len({number_of(answer) for answer in answers}), 1)
        for answer in answers:
            self.assertEqual(answer.tree()[0]["client_request_id"], key)

    def test_header_and_field_are_the_same_key(self):
        key = str(uuid.uuid4())
        first = self.file(f'"{key}"')
        second = self.file(client_request_id=key)
        third = self.file(f'"{key}"', client_request_id=key)
        self.assertEqual(len({number_of(answer) for answer in (first, second, third)}), 1)

    def test_a_header_without_quotation_marks_is_no_key(self):
        key = str(uuid.uuid4())
        for header in (key, f'"{key}', f'{key}"', f"'{key}'", '""', '"short"', f'"{key}" "{key}"', f'"{key}x!"',
                       '"' + "a" * 65 + '"'):
            for format_ in FORMATS:
                with self.subTest(header):
                    self.assertEqual(self.file(header, format_=format_).status, 400)
        self.assertEqual(self.file(f'"{key}";n=1').status, 201)

    def test_two_different_keys_are_none(self):
        answer = self.file(f'"{uuid.uuid4()}"', client_request_id=str(uuid.uuid4()), locale="en")
        self.assertEqual(answer.status, 400)
        self.assertIn("not the same", answer.text)

    def test_a_kiosk_must_have_a_key(self):
        self.assertEqual(self.file().status, 400)
        self.assertEqual(self.file(who=self.mirror).status, 201)

    def test_another_payload_is_refused(self):
        key = f'"{uuid.uuid4()}"'
        form = {"service_code": "HOU.lift_off", "description": "lift", "lat": "51.1282", "long": "71.4304",
                "address_string": "Abai 1", "attribute[entrance]": "2"}
        self.assertEqual(self.file(key, **form).status, 201)
        for change in ({"description": "lift!"}, {"lat": "51.1283"}, {"address_string": "Abai 2"},
                       {"attribute[entrance]": "3"}, {"attribute[since]": "days"}, {"local_number": local_number()}):
            for format_ in FORMATS:
                with self.subTest(change):
                    self.assertEqual(self.file(key, format_=format_, **{**form, **change}).status, 422)

    def test_what_says_the_same_is_the_same(self):
        key = f'"{uuid.uuid4()}"'
        first = self.file(key, description="one\r\n two ", address_string="Abai 1")
        second = self.file(key, description=" one\n two", address_string=" Abai 1\n", locale="en",
                           first_name="Somebody", unknown="x")
        self.assertEqual(second.status, 201, second.text)
        self.assertEqual(number_of(first), number_of(second))

    def test_each_kiosk_has_keys_of_its_own(self):
        key = f'"{uuid.uuid4()}"'
        self.assertNotEqual(number_of(self.file(key)), number_of(self.file(key, who=self.other)))

    def test_each_phone_has_keys_of_its_own(self):
        key = f'"{uuid.uuid4()}"'
        numbers = [number_of(self.file(key, who=self.phone, device_id=device)) for device in ("a1", "b2", "a1")]
        self.assertEqual(numbers[0], numbers[2])
        self.assertNotEqual(numbers[0], numbers[1])

    def test_a_crowd_with_one_key_gets_one_number(self):
        key = f'"{uuid.uuid4()}"'
        # As many as one key may have at work at a time.
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: self.file(key, description="crowd"), range(64)))
        self.assertLessEqual({answer.status for answer in answers}, {201, 409})
        self.assertEqual(len({number_of(answer) for answer in answers if answer.status == 201}), 1)
        found = self.city.get("requests.json", headers=self.kiosk, q="crowd", page=1).tree()
        self.assertEqual(len(found), 1)

    def test_what_failed_may_be_sent_again_with_its_key(self):
        key = f'"{uuid.uuid4()}"'
        self.assertEqual(self.file(key, description="").status, 400)
        self.assertEqual(self.file(key, description="now").status, 201)


class Own(Kiosks):
    def test_whoever_filed_finds_it_by_the_key(self):
        key = str(uuid.uuid4())
        number = number_of(self.file(f'"{key}"'))
        for format_ in FORMATS:
            found = self.city.get(f"requests.{format_}", headers=self.kiosk, client_request_id=key,
                                  extensions="true").tree()
            self.assertEqual([request["service_request_id"] for request in found], [number])
            self.assertEqual(found[0]["extended_attributes"]["client_request_id"], key)

    def test_nobody_else_finds_it_by_the_key(self):
        key = str(uuid.uuid4())
        self.file(f'"{key}"')
        for who in (self.other, self.phone, {}):
            answer = self.city.get("requests.json", headers=who, client_request_id=key)
            self.assertEqual((answer.status, answer.tree()), (200, []))

    def test_a_phone_finds_its_own_with_its_device(self):
        key = str(uuid.uuid4())
        number = number_of(self.file(f'"{key}"', who=self.phone, device_id="d1"))
        found = self.city.get("requests.json", headers=self.phone, client_request_id=key, device_id="d1").tree()
        self.assertEqual([request["service_request_id"] for request in found], [number])
        self.assertEqual(self.city.get("requests.json", headers=self.phone, client_request_id=key,
                                       device_id="d2").tree(), [])

    def test_no_answer_tells_a_key_to_whoever_did_not_ask_by_it(self):
        key = str(uuid.uuid4())
        number = number_of(self.file(f'"{key}"'))
        for path in (f"requests/{number}.json?extensions=true", "requests.json?extensions=true"):
            self.assertNotIn(key, self.city.get(path, headers=self.kiosk).text)


class LocalNumbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.city = server.City()

    @classmethod
    def tearDownClass(cls):
        cls.city.close()

    def test_a_local_number_leads_to_the_citys(self):
        local = local_number(2)
        number = number_of(file(self.city, local_number=local))
        for typed in (local, local.replace("-", "")):
            answer = self.city.get(f"/r/{typed}?lang=en")
            self.assertEqual(answer.status, 303)
            self.assertEqual(answer.headers["Location"], f"{number}?lang=en")
        for format_ in FORMATS:
            for typed in (local, local.replace("-", "")):
                for found in (self.city.get(f"requests.{format_}", local_number=typed),
                              self.city.get(f"requests/{typed}.{format_}")):
                    self.assertEqual([request["service_request_id"] for request in found.tree()], [number])

    def test_one_that_has_not_arrived_gets_a_kind_word(self):
        for language, words in (("kk", "әлі жеткен жоқ"), ("ru", "ещё не дошла"), ("en", "has not arrived yet")):
            answer = self.city.get(f"/r/{local_number(77)}?lang={language}")
            self.assertEqual(answer.status, 404)
            self.assertIn(words, answer.text)
        self.assertEqual(self.city.get("requests.json", local_number=local_number(77)).tree(), [])
        self.assertEqual(self.city.get(f"requests/{local_number(77)}.json").status, 404)

    def test_a_typed_one_leads_on_as_well(self):
        local = local_number(3)
        answer = self.city.get("/", number=local, lang="en")
        self.assertEqual((answer.status, answer.headers["Location"]), (303, f"r/{local}?lang=en"))

    def test_what_is_no_local_number_is_refused(self):
        good = local_number(4)
        for bad in ("1", "010126-000-003", good[:-1] + str((int(good[-1]) + 1) % 10), "x"):
            answer = file(self.city, local_number=bad, locale="en")
            self.assertEqual(answer.status, 400, bad)
            self.assertIn("local number", answer.text)


class Cut(unittest.TestCase):
    """A filing whose end is lost on the way is none, wherever it is cut and however the line ends."""

    BODY = b"service_code=INF.idea&description=a+text+whose+end+is+lost"
    HEAD = (b"POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n")

    def setUp(self):
        self.city = server.City()
        self.addCleanup(self.city.close)

    def send(self, data, half):
        host, port = self.city.host.split(":")
        with socket.create_connection((host, int(port)), timeout=5) as line:
            # The server may have hung up already, on what it saw that it will not take.
            with contextlib.suppress(OSError):
                line.sendall(data)
                if half:
                    line.shutdown(socket.SHUT_WR)
                    while line.recv(65536):
                        pass

    def list_requests(self):
        """So many broken lines at once may be all that one address is allowed, until the server has seen their ends."""
        for _ in range(50):
            answer = self.city.get("requests.json?extensions=true")
            if answer.status not in (429, 503):
                break
            time.sleep(0.1)
        self.assertEqual(answer.status, 200, answer.text)
        return answer.tree()

    def test_it_is_not_filed(self):
        bodies = [(b"Content-Length: %d\r\n\r\n" % len(self.BODY), self.BODY)]
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (self.BODY[:35], self.BODY[35:]))
        bodies.append((b"Transfer-Encoding: chunked\r\n\r\n", chunks + b"0\r\n\r\n"))
        for head, body in bodies:
            for cut in range(len(body)):
                self.send(self.HEAD + head + body[:cut], cut % 2)
        self.assertEqual(self.list_requests(), [])
        self.send(self.HEAD + bodies[0][0] + bodies[0][1], True)
        self.assertEqual(len(self.list_requests()), 1)


class Restart(unittest.TestCase):
    def test_keys_outlive_the_server(self):
        city = server.City()
        key = str(uuid.uuid4())
        number = number_of(file(city, key))
        self.assertEqual(city.end(), 0)
        again = server.City(folder=city.folder)
        try:
            self.assertEqual(number_of(file(again, key)), number)
            self.assertEqual(file(again, key, description="another").status, 422)
        finally:
            again.close()
            city.folder.cleanup()


if __name__ == "__main__":
    unittest.main()
