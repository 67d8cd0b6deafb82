#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The further questions of services: all datatypes, what is required, and how what is wrong is named."""

import unittest

import server

FORMATS = ("json", "xml")
DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}

# Service, answers, and the words that an English refusal has; none where the answers are right.
ROWS = (
    ("HOU.lift_off", [("entrance", "2")], None),
    ("HOU.lift_off", [("entrance", "-2.5")], None),
    ("HOU.lift_off", [("entrance", "2"), ("since", "days")], None),
    ("HOU.lift_off", [("entrance", "2"), ("nobody_asked", "x")], None),
    ("HOU.lift_off", [], "Please answer: Which entrance?"),
    ("HOU.lift_off", [("entrance", "")], "Please answer: Which entrance?"),
    ("HOU.lift_off", [("entrance", " \x01")], "Please answer: Which entrance?"),
    ("HOU.lift_off", [("entrance", "two")], "must be a number: Which entrance?"),
    ("HOU.lift_off", [("entrance", "1e999")], "must be a number: Which entrance?"),
    ("HOU.lift_off", [("entrance", "nan")], "must be a number: Which entrance?"),
    ("HOU.lift_off", [("entrance", "0x10")], "must be a number: Which entrance?"),
    ("HOU.lift_off", [("entrance", "1"), ("entrance", "2")], "only one answer: Which entrance?"),
    ("HOU.lift_off", [("entrance", "1"), ("since", "always")], "from the list: How long has it been"),
    ("HOU.lift_off", [("entrance", "1"), ("since", "today"), ("since", "days")], "only one answer: How long"),
    ("BUS.driver", [("route", "10"), ("when", "2026-11-21T14:05:00+05:00")], None),
    ("BUS.driver", [("route", "10"), ("when", "2026-11-21T14:05:00Z"), ("plate", "123 ABC 01")], None),
    ("BUS.driver", [("route", "10"), ("when", "yesterday")], "date and time such as"),
    ("BUS.driver", [("route", "10"), ("when", "2026-13-41T14:05:00Z")], "date and time such as"),
    ("BUS.driver", [("when", "2026-11-21T14:05:00Z")], "Please answer: Route number"),
    ("BUS.driver", [("route", "1" * 501), ("when", "2026-11-21T14:05:00Z")], "too long: Route number"),
    ("CLN.pests", [("kind", "rodents")], None),
    ("CLN.pests", [("kind][", "rodents"), ("kind][", "mosquitoes")], None),
    ("CLN.pests", [], "Please answer: What did you see?"),
    ("CLN.pests", [("kind][", "rodents"), ("kind][", "lions")], "from the list: What did you see?"),
    ("HOU.osi", [("tried", "first line\nsecond line")], None),
    ("HOU.osi", [("tried", "ж" * 4000)], None),
    ("HOU.osi", [("tried", "ж" * 4001)], "too long: What have you tried"),
    ("GAS.smell", [], None),
    ("GAS.smell", [("advice", "an answer to what only tells something")], None),
)


class Answers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.city = server.City()

    @classmethod
    def tearDownClass(cls):
        cls.city.close()

    def file(self, service, answers, format_="json", language="en", **more):
        form = [("service_code", service), ("description", "what happened"), ("address_string", "Abai 1"),
                ("locale", language), *more.items(), *((f"attribute[{code}]", value) for code, value in answers)]
        return self.city.post(f"requests.{format_}", form)

    def test_each_answer_is_judged_by_its_datatype(self):
        for format_ in FORMATS:
            for service, answers, words in ROWS:
                with self.subTest(format=format_, service=service, answers=str(answers)[:60]):
                    answer = self.file(service, answers, format_)
                    self.assertEqual(answer.status, 400 if words else 201, answer.text)
                    if words:
                        sentences = [error["description"] for error in answer.tree()]
                        self.assertEqual(len(sentences), 1, sentences)
                        self.assertIn(words, sentences[0])

    def test_the_sample_asks_one_of_each_datatype(self):
        found, required, told = set(), set(), 0
        for service in self.city.get("services.json").tree():
            asked = self.city.get(f"services/{service['service_code']}.json").tree()["attributes"]
            self.assertEqual(bool(asked), service["metadata"])
            for question in asked:
                found.add(question["datatype"])
                required.add(question["required"])
                told += not question["variable"]
                self.assertEqual(bool(question.get("values")), question["datatype"].endswith("list"))
        self.assertEqual(found, DATATYPES)
        self.assertEqual(required, {True, False})
        self.assertGreater(told, 0)

    def test_questions_and_values_are_in_three_languages(self):
        for code in ("CLN.pests", "SAF.noise", "BUS.driver", "GAS.smell"):
            told = [self.city.get(f"services/{code}.json", locale=language).tree() for language in ("kk", "ru", "en")]
            texts = [[question["description"] for question in answer["attributes"]]
                     + [value["name"] for question in answer["attributes"] for value in question.get("values", [])]
                     for answer in told]
            self.assertEqual(len({tuple(text) for text in texts}), 3)
            keys = [[value["key"] for question in answer["attributes"] for value in question.get("values", [])]
                    for answer in told]
            self.assertEqual(keys[0], keys[1])
            self.assertEqual(keys[1], keys[2])

    def test_whoever_is_refused_reads_it_in_their_language(self):
        for language, words in (("kk", "Жауап беріңіз: Қай кіреберіс?"), ("ru", "Ответьте на вопрос: Какой подъезд?"),
                                ("en", "Please answer: Which entrance?")):
            for format_ in FORMATS:
                answer = self.file("HOU.lift_off", [], format_, language)
                self.assertEqual([error["description"] for error in answer.tree()], [words])

    def test_everything_that_is_wrong_is_said_at_once(self):
        for format_ in FORMATS:
            answer = self.city.post(f"requests.{format_}", {
                "service_code": "BUS.driver", "description": " ", "lat": "here", "long": "there",
                "client_request_id": "1", "local_number": "17", "attribute[when]": "once", "locale": "en"})
            sentences = [error["description"] for error in answer.tree()]
            self.assertEqual(answer.status, 400)
            self.assertEqual(len(sentences), 6, sentences)
            for words in ("cannot be read", "describe", "Route number", "When did it happen?", "client_request_id",
                          "local number"):
                self.assertTrue(any(words in sentence for sentence in sentences), words)

    def test_a_problem_names_the_fields(self):
        answer = self.city.post("requests.json", {"service_code": "HOU.lift_off", "locale": "en"},
                                {"Accept": "application/problem+json"})
        problem = answer.tree()
        self.assertEqual(answer.type, "application/problem+json")
        self.assertEqual(problem["status"], 400)
        self.assertFalse(problem["retryable"])
        self.assertEqual(problem["field_errors"], ["address_string", "description", "attribute[entrance]"])


if __name__ == "__main__":
    unittest.main()
