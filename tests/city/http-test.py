#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the server speaks HTTP: states, compression, methods and what it says beside the answer."""

import gzip
import http.client
import unittest

import server

LIST = "requests.json?page_size=100&page=1"


class Speaks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.city = server.City(sample=500)

    @classmethod
    def tearDownClass(cls):
        cls.city.close()

    def get(self, path, **headers):
        return self.city.get(path, {name.replace("_", "-"): value for name, value in headers.items()})

    def file(self):
        answer = server.file(self.city)
        self.assertEqual(answer.status, 201)
        return server.number_of(answer)

    def test_what_one_has_is_not_sent_again(self):
        number = self.file()
        for path in (LIST, f"requests/{number}.json", f"requests/{number}.xml", "services.json",
                     "discovery.xml", f"/r/{number}", "/"):
            with self.subTest(path):
                first = self.get(path)
                self.assertRegex(first.headers["ETag"], r'^W/"[^"]+"$')
                again = self.get(path, If_None_Match='"other", ' + first.headers["ETag"])
                self.assertEqual((again.status, again.body), (304, b""))
                self.assertEqual(again.headers["ETag"], first.headers["ETag"])
                self.assertNotIn("Content-Type", again.headers)
                self.assertEqual(self.get(path, If_None_Match='W/"another"').status, 200)

    def test_a_change_is_sent(self):
        before = self.get(LIST)
        number = self.file()
        after = self.get(LIST, If_None_Match=before.headers["ETag"])
        self.assertEqual(after.status, 200)
        self.assertIn(number, after.text)

    def test_another_language_is_another_state(self):
        kazakh = self.get("services.json", Accept_Language="kk")
        russian = self.get("services.json", Accept_Language="ru", If_None_Match=kazakh.headers["ETag"])
        self.assertEqual(russian.status, 200)
        self.assertEqual(russian.headers["Content-Language"], "ru")
        for path in (LIST, "servicerequestupdates.json", f"/r/{self.file()}"):
            had = self.get(path, Accept_Language="kk").headers["ETag"]
            self.assertEqual(self.get(path, Accept_Language="kk", If_None_Match=had).status, 304, path)
            self.assertEqual(self.get(path, Accept_Language="ru", If_None_Match=had).status, 200, path)

    def test_another_city_has_other_states(self):
        """Though it has seen as many changes: whoever called one may be led to the other by an address."""
        one, other = server.City(sample=20), server.City(sample=20)
        self.addCleanup(one.close)
        self.addCleanup(other.close)
        for path in ("requests.json?page=1", "servicerequestupdates.json"):
            had = one.get(path).headers["ETag"]
            self.assertEqual(one.get(path, {"If-None-Match": had}).status, 304, path)
            self.assertEqual(other.get(path, {"If-None-Match": had}).status, 200, path)

    def test_errors_have_no_state(self):
        answer = self.get("requests/000000-000-000.json")
        self.assertEqual(answer.status, 404)
        self.assertNotIn("ETag", answer.headers)

    def test_a_long_answer_is_compressed_for_whoever_can_read_it(self):
        plain = self.get(LIST)
        for accepted in ("gzip", "br, gzip;q=0.5", "deflate, GZIP"):
            packed = self.get(LIST, Accept_Encoding=accepted)
            self.assertEqual(packed.headers["Content-Encoding"], "gzip", accepted)
            self.assertEqual(gzip.decompress(packed.body), plain.body)
            self.assertLess(len(packed.body) * 4, len(plain.body))
        for accepted in ("br", "identity", "gzip;q=0", "xgzip"):
            self.assertNotIn("Content-Encoding", self.get(LIST, Accept_Encoding=accepted).headers, accepted)

    def test_a_short_answer_is_not(self):
        number = self.file()
        answer = self.get(f"requests/{number}.json", Accept_Encoding="gzip")
        self.assertLess(len(answer.body), 1024)
        self.assertNotIn("Content-Encoding", answer.headers)

    def test_an_answer_says_what_it_depends_on(self):
        vary = self.get(LIST).headers["Vary"]
        for header in ("Accept-Language", "Accept-Encoding", "Accept"):
            self.assertIn(header, [name.strip() for name in vary.split(",")])

    def test_whoever_asks_for_the_head_gets_it_alone(self):
        for path in (LIST, "services.xml", "/", "requests/none.json"):
            whole = self.get(path)
            head = self.city.call("HEAD", path)
            self.assertEqual((head.status, head.body), (whole.status, b""))
            for name in ("Content-Type", "ETag", "Content-Length"):
                self.assertEqual(head.headers[name], whole.headers[name], (path, name))

    def test_a_method_that_a_path_does_not_have(self):
        for method in ("DELETE", "PUT", "PATCH", "OPTIONS"):
            answer = self.city.call(method, "requests.json")
            self.assertEqual(answer.status, 405)
            self.assertEqual(answer.headers["Allow"], "GET, HEAD, POST")
        self.assertEqual(self.city.post("services.json", {}).headers["Allow"], "GET, HEAD")

    def test_a_part_of_an_answer_is_the_whole(self):
        for wanted in ("bytes=0-9", "bytes=" + ",".join(["0-"] * 500)):
            answer = self.get(LIST, Range=wanted)
            self.assertEqual(answer.status, 200)
            self.assertNotIn("Content-Range", answer.headers)

    def test_an_error_is_a_list_or_a_problem(self):
        plain = self.get("requests.json?status=odd")
        self.assertEqual(plain.status, 400)
        self.assertEqual(plain.type, "application/json")
        self.assertEqual(plain.tree()[0]["code"], 400)
        problem = self.get("requests.json?status=odd", Accept="application/problem+json")
        self.assertEqual((problem.status, problem.type), (400, "application/problem+json"))
        tree = problem.tree()
        self.assertEqual(tree["status"], 400)
        self.assertEqual(tree["code"], "bad-status")
        self.assertFalse(tree["retryable"])
        self.assertTrue(tree["title"])

    def test_other_origins_are_not_invited(self):
        answer = self.get(LIST, Origin="https://elsewhere.example")
        self.assertFalse([name for name in answer.headers if name.lower().startswith("access-control")])

    def test_one_connection_serves_many_calls(self):
        connection = http.client.HTTPConnection(self.city.host, timeout=10)
        connection.connect()
        socket = connection.sock
        for path in (LIST, "services.json", "nothing", LIST):
            connection.request("GET", server.BASE + path)
            connection.getresponse().read()
        connection.request("POST", server.BASE + "requests.json", "service_code=INF.idea&description=idea",
                           {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(connection.getresponse().status, 201)
        self.assertIs(connection.sock, socket)
        connection.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
