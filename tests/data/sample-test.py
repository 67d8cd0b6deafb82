#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the words and figures of the sample city.

The generator trusts these files: a wrong code, a forgotten slot or a phone
number in a text would reach every screen. The one argument is the folder, or
the root of the project.
"""

import pathlib
import re
import sys
import unicodedata
import unittest

FOLDER = pathlib.Path(sys.argv.pop(1))
if (FOLDER / "data" / "sample").is_dir():
    FOLDER = FOLDER / "data" / "sample"

HEADERS = {
    "taxonomy.tsv": "category category_kk category_ru category_en responsible needs_place "
                    "code kk ru en deadline_class",
    "organisations.tsv": "code kk ru en",
    "responsibility.tsv": "code organisation",
    "statuses.tsv": "code kk ru en",
    "seasons.tsv": "code weight jan feb mar apr may jun jul aug sep oct nov dec "
                   "first_contact median_days",
    "requests.tsv": "code language text",
    "phrases.tsv": "kind language text",
    "answers.tsv": "code language text",
    "history.tsv": "event language text",
}
SLOTS = {
    "requests.tsv": {"street", "house", "since", "landmark"},
    "answers.tsv": {"street", "house", "date"},
    "phrases.tsv": set(),
    "history.tsv": set(),
}
# The city's own notes are read in any language; what citizens and officials write is not translated.
LANGUAGES = {"history.tsv": ("kk", "ru", "en")}
PLACE_SLOTS = {"street", "house", "landmark"}
STATUSES = ["new", "assigned", "accepted", "in_work", "on_hold", "rework", "reopened", "answered",
            "done", "confirmed", "closed", "closed_by_applicant", "rejected", "duplicate"]
DISTRICTS = ["saryarqa", "baiqonyr", "nura", "almaty", "saraishyq", "esil"]
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
LATIN_AMONG_CYRILLIC = re.compile("[а-яёәғқңөұүһі][a-z]|[a-z][а-яёәғқңөұүһі]", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+)\{(\w+)\}")
GREETING = re.compile("^(сәлем|армысы|қайырлы|здравств|добр(ый|ое|ого) )", re.IGNORECASE)
PHONE = re.compile(r"(?:\d[\s()-]*){6,}")
FLAT = re.compile(r"\bкв\.?\s*\d|квартир\w*\s*\d|пәтер\w*\s*\d|\d+-пәтер", re.IGNORECASE)


def read(name):
    """Rows of a file below its header, as lists of fields."""
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines[1:-1]]


def slots(text):
    return re.findall(r"\{([^}]*)\}", text)


def count(rows):
    """How many rows each pair of code and language has."""
    counts = {}
    for code, language, _ in rows:
        counts[code, language] = counts.get((code, language), 0) + 1
    return counts


class Shape(unittest.TestCase):
    def test_files_are_plain_utf8_in_nfc(self):
        for name in HEADERS:
            raw = (FOLDER / name).read_bytes()
            text = raw.decode("utf-8")
            with self.subTest(name):
                self.assertFalse(raw.startswith(b"\xef\xbb\xbf"))
                self.assertNotIn("\r", text)
                self.assertTrue(text.endswith("\n"))
                self.assertEqual(text, unicodedata.normalize("NFC", text))

    def test_each_row_has_the_columns_of_its_header(self):
        for name, header in HEADERS.items():
            first = (FOLDER / name).read_text(encoding="utf-8").split("\n")[0]
            self.assertEqual(first.split("\t"), header.split(), name)
            for number, row in enumerate(read(name), 2):
                with self.subTest(name, line=number):
                    self.assertEqual(len(row), len(header.split()))
                    for field in row:
                        self.assertEqual(field, field.strip())
                        self.assertNotEqual(field, "")
                        self.assertNotIn("  ", field)

    def test_no_row_stands_twice(self):
        for name in HEADERS:
            rows = [tuple(row) for row in read(name)]
            twice = {row for row in rows if rows.count(row) > 1}
            self.assertEqual(twice, set(), name)

    def test_codes_are_unique_where_they_are_keys(self):
        for name, column in (("taxonomy.tsv", 6), ("organisations.tsv", 0), ("responsibility.tsv", 0),
                             ("statuses.tsv", 0), ("seasons.tsv", 0)):
            codes = [row[column] for row in read(name)]
            self.assertEqual(len(codes), len(set(codes)), name)


class Figures(unittest.TestCase):
    def setUp(self):
        self.taxonomy = read("taxonomy.tsv")
        self.codes = [row[6] for row in self.taxonomy]
        self.categories = {row[0] for row in self.taxonomy}

    def test_taxonomy_is_whole(self):
        self.assertEqual(len(self.codes), 145)
        self.assertEqual(len(self.categories), 24)
        for row in self.taxonomy:
            self.assertTrue(row[6].startswith(row[0] + "."), row[6])
            self.assertIn(row[5], "YN")
            self.assertIn(row[10], "ABCDEF")

    def test_statuses_are_the_fourteen(self):
        self.assertEqual([row[0] for row in read("statuses.tsv")], STATUSES)

    def test_every_subject_has_somebody_responsible(self):
        organisations = {row[0] for row in read("organisations.tsv")}
        self.assertLessEqual({"109"} | {"akimat-" + d for d in DISTRICTS}, organisations)
        duty = dict(read("responsibility.tsv"))
        self.assertLessEqual(self.categories, set(duty))
        self.assertLessEqual(set(duty), self.categories | set(self.codes))
        self.assertLessEqual(set(duty.values()), organisations | {"akimat-*"})
        idle = organisations - set(duty.values()) - {"akimat-" + d for d in DISTRICTS}
        self.assertEqual(idle, set(), "organisations without a duty")

    def test_companies_say_that_they_are_samples(self):
        for code, kk, ru, en in read("organisations.tsv"):
            marks = ["(үлгі)" in kk, "(пример)" in ru, "(sample)" in en]
            self.assertIn(sum(marks), (0, 3), code)
            self.assertEqual("«" in kk, marks[0], code)

    def test_seasons_are_plausible(self):
        rows = read("seasons.tsv")
        self.assertEqual([row[0] for row in rows], self.codes)
        weight, contact = 0.0, 0.0
        for code, share, *rest in rows:
            months, first, days = [float(m) for m in rest[:12]], float(rest[12]), float(rest[13])
            with self.subTest(code):
                self.assertGreater(float(share), 0)
                self.assertAlmostEqual(sum(months), 12, delta=0.005)
                self.assertGreaterEqual(min(months), 0)
                self.assertTrue(0 <= first <= 0.95)
                self.assertTrue(0 < days <= 15)
            weight += float(share)
            contact += float(share) * first
        self.assertTrue(0.2 <= contact / weight <= 0.3, contact / weight)

    def test_danger_is_never_talked_away(self):
        urgent = {row[6] for row in self.taxonomy if row[10] == "E"}
        for row in read("seasons.tsv"):
            if row[0] in urgent:
                self.assertEqual(float(row[14]), 0, row[0])
                self.assertLessEqual(float(row[15]), 1, row[0])
        for code, *_ in read("answers.tsv"):
            if code.endswith((".advice", ".rejected")):
                self.assertNotIn(code.rsplit(".", 1)[0], urgent)

    def test_winter_is_white_and_summer_is_green(self):
        months = {row[0]: [float(m) for m in row[2:14]] for row in read("seasons.tsv")}
        for code in ("SNO.snow", "SNO.ice", "SNO.icicle", "SNO.pile"):
            self.assertEqual(sum(months[code][4:9]), 0, code)
        for code in ("GRN.grass", "GRN.water", "YRD.fountain"):
            self.assertEqual(sum(months[code][:2]) + months[code][11], 0, code)
        self.assertEqual(sum(months["HEA.no_heat"][4:8]), 0)
        self.assertGreater(sum(months["FLD.private"][2:4]), 10)


class Words(unittest.TestCase):
    def setUp(self):
        taxonomy = read("taxonomy.tsv")
        self.codes = [row[6] for row in taxonomy]
        self.categories = {row[0] for row in taxonomy}
        self.placeless = {row[0] for row in taxonomy if row[5] == "N"}

    def all_texts(self):
        for name in SLOTS:
            for number, (code, language, text) in enumerate(read(name), 2):
                yield name, number, code, language, text

    def assertEnough(self, counts, code, kk, ru):
        self.assertGreaterEqual(counts.get((code, "kk"), 0), kk, code)
        self.assertGreaterEqual(counts.get((code, "ru"), 0), ru, code)

    def test_every_subject_has_texts_of_citizens(self):
        counts = count(read("requests.tsv"))
        self.assertEqual({code for code, _ in counts}, set(self.codes))
        for code in self.codes:
            self.assertEnough(counts, code, 5, 4)

    def test_phrases_are_many(self):
        counts = count(read("phrases.tsv"))
        self.assertEqual({kind for kind, _ in counts}, {"since", "landmark", "opening", "closing"})
        for kind, least in (("since", 25), ("landmark", 25), ("opening", 20), ("closing", 20)):
            self.assertEnough(counts, kind, least, least)

    def test_every_category_has_answers(self):
        counts = count(read("answers.tsv"))
        for category in self.categories:
            self.assertEnough(counts, category, 5, 4)
            self.assertEnough(counts, category + ".advice", 2, 2)
            self.assertEnough(counts, category + ".rejected", 1, 1)
        for code in self.codes:
            self.assertEnough(counts, code, 1, 1)
        known = self.categories | set(self.codes)
        known |= {code + end for code in known for end in (".advice", ".rejected")}
        self.assertLessEqual({code for code, _ in counts}, known)

    def test_every_event_has_notes(self):
        counts = count(read("history.tsv"))
        # A request is closed in three ways, each with its own few words.
        fewest = {"closed": 2, "closed_advice": 1, "closed_silent": 1}
        events = set(STATUSES) | {"redirected"} | set(fewest)
        self.assertEqual({event for event, _ in counts}, events)
        for event in events:
            self.assertEnough(counts, event, fewest.get(event, 4), fewest.get(event, 4))

    def test_who_stops_or_hands_on_says_why(self):
        for event, language, text in read("history.tsv"):
            if event in ("on_hold", "rework", "redirected"):
                beginnings = {"kk": "Себебі: ", "ru": "Причина: ", "en": "Reason: "}
                self.assertTrue(text.startswith(beginnings[language]), text)

    def test_notes_are_there_in_english_too(self):
        """Whoever reads English has no other words for what happened."""
        counts = count(read("history.tsv"))
        for event, _ in list(counts):
            self.assertGreaterEqual(counts.get((event, "en"), 0), counts[event, "kk"], event)

    def test_only_known_slots_are_used(self):
        for name, number, code, _, text in self.all_texts():
            with self.subTest(name, line=number):
                self.assertLessEqual(set(slots(text)), SLOTS[name])
                self.assertEqual(re.sub(r"\{\w+\}", "", text).count("{"), 0)
                self.assertEqual(re.sub(r"\{\w+\}", "", text).count("}"), 0)
                self.assertEqual(len(slots(text)), len(set(slots(text))), "a slot stands twice")
                if code.split(".")[0] in self.placeless:
                    self.assertEqual(set(slots(text)) & PLACE_SLOTS, set())

    def test_nothing_hangs_on_a_slot(self):
        for name, number, _, language, text in self.all_texts():
            bare = text.replace("{house}-үй", "{house} үй") if language == "kk" else text
            with self.subTest(name, line=number):
                self.assertIsNone(re.search(r"\}-?\w|\w\{|-\{", bare))

    def test_slots_in_lower_case_never_open_a_sentence(self):
        lower = {"kk": {"since", "landmark"}, "ru": {"since", "landmark", "street"}, "en": set()}
        for name, number, _, language, text in self.all_texts():
            with self.subTest(name, line=number):
                self.assertEqual(set(SENTENCE_START.findall(text)) & lower[language], set())

    def test_the_language_is_the_one_said(self):
        for name in SLOTS:
            kazakh = [text for _, language, text in read(name) if language == "kk"]
            marked = [text for text in kazakh if KAZAKH.search(re.sub(r"\{\w+\}", "", text))]
            self.assertGreaterEqual(len(marked), 0.9 * len(kazakh), name)
        for name, number, _, language, text in self.all_texts():
            with self.subTest(name, line=number):
                self.assertIn(language, LANGUAGES.get(name, ("kk", "ru")))
                self.assertIsNone(LATIN_AMONG_CYRILLIC.search(text))
                if language == "ru":
                    self.assertIsNone(KAZAKH.search(text))
                if language == "en":
                    self.assertTrue(text.isascii(), text)

    def test_names_are_in_their_language(self):
        for name, column in (("taxonomy.tsv", 8), ("organisations.tsv", 2), ("statuses.tsv", 2)):
            for row in read(name):
                self.assertIsNone(KAZAKH.search(row[column]), row)
                self.assertTrue(row[column + 1].isascii(), row)

    def test_nobody_is_named_or_numbered(self):
        for name, number, _, _, text in self.all_texts():
            with self.subTest(name, line=number):
                self.assertIsNone(PHONE.search(text))
                self.assertIsNone(FLAT.search(text))
                self.assertNotIn("@", text)

    def test_texts_leave_the_greeting_to_the_opening(self):
        for code, _, text in read("requests.tsv"):
            self.assertIsNone(GREETING.search(text), code)

    def test_texts_are_short_and_tidy(self):
        for name, number, _, language, text in self.all_texts():
            with self.subTest(name, line=number):
                self.assertLessEqual(len(text), 300)
                self.assertNotIn("...", text)
                self.assertIsNone(re.search(r"\s[,.!?;:]|,\S|\(\s|\s\)|\"|--| - ", text))
                if name == "answers.tsv" or name == "history.tsv":
                    self.assertRegex(text, r"[.!?]$")
                if name == "phrases.tsv":
                    continue
                sentences = re.findall(r"[.!?]+(?:\s|$)", text)
                self.assertLessEqual(len(sentences), 5)

    def test_since_and_landmark_fit_inside_a_sentence(self):
        for kind, _, text in read("phrases.tsv"):
            if kind in ("since", "landmark"):
                self.assertTrue(text[0].islower(), text)
                self.assertTrue(text[-1].isalpha(), text)
            else:
                self.assertTrue(text[0].isupper(), text)
                self.assertIn(text[-1], ".!?", text)

    def test_official_answers_carry_a_date_where_work_was_done(self):
        for code, _, text in read("answers.tsv"):
            advised = code.endswith((".advice", ".rejected"))
            self.assertEqual("{date}" in text, not advised, (code, text))


if __name__ == "__main__":
    unittest.main()
