#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""PostgreSQL's tables may be spread over machines by city as README.md says.

Its statements are run as they stand there, with Citus's rules in the place of Citus; and every statement with which the
server serves a call names its city.

Argument: README.md.
"""

import os
import pathlib
import re
import subprocess
import sys
import unittest
import uuid

import server

README = pathlib.Path(sys.argv.pop(1)).read_text(encoding="utf-8")
STATEMENTS = re.findall(r"^SELECT create_\w+_table\(.*\);$", README, re.MULTILINE)

# What Citus asks of a table, by PostgreSQL's own catalogue: each unique index contains the column that the table is
# spread by, unless every machine has all of it; foreign keys join on that column, or lead to a table of which every
# machine has all; numbers that are made are bigint; and tables that lie together are spread by columns of one type.
RULES = """
CREATE TABLE spread (name regclass PRIMARY KEY, by name, kind regtype);

CREATE FUNCTION create_reference_table (name regclass) RETURNS void LANGUAGE sql AS
  'INSERT INTO spread VALUES (name)';

CREATE FUNCTION create_distributed_table (name regclass, by name, colocate_with text DEFAULT 'default') RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
  wrong text;
  place smallint;
  our_kind regtype;
BEGIN
  SELECT attnum, atttypid INTO STRICT place, our_kind FROM pg_attribute WHERE attrelid = name AND attname = by;
  SELECT string_agg (indexrelid::regclass::text, ', ') INTO wrong FROM pg_index
    WHERE indrelid = name AND (indisunique OR indisexclusion) AND NOT place = ANY (indkey::smallint[]);
  IF wrong IS NOT NULL THEN RAISE 'unique without %: %', by, wrong; END IF;
  IF NOT EXISTS (SELECT FROM pg_index WHERE indrelid = name AND indisprimary) THEN RAISE '% has no key', name; END IF;
  SELECT string_agg (attname, ', ') INTO wrong FROM pg_attribute
    WHERE attrelid = name AND attidentity <> '' AND atttypid <> 'bigint'::regtype;
  IF wrong IS NOT NULL THEN RAISE 'made, but no bigint: %', wrong; END IF;
  IF colocate_with <> 'default' AND NOT EXISTS (SELECT FROM spread s
      WHERE s.name = colocate_with::regclass AND s.kind = our_kind) THEN
    RAISE '% is not spread as %', colocate_with, name;
  END IF;
  INSERT INTO spread VALUES (name, by, our_kind);
END
$body$;

CREATE VIEW torn AS SELECT conname FROM pg_constraint c
  JOIN spread child ON child.name = conrelid JOIN spread parent ON parent.name = confrelid
  WHERE contype = 'f' AND parent.by IS NOT NULL AND NOT EXISTS (
    SELECT FROM unnest (conkey, confkey) AS k (mine, theirs)
    JOIN pg_attribute m ON m.attrelid = conrelid AND m.attnum = mine AND m.attname = child.by
    JOIN pg_attribute t ON t.attrelid = confrelid AND t.attnum = theirs AND t.attname = parent.by);
"""

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'komek'::regnamespace AND relkind = 'r'"

LOCAL = "0123-4567-8900-0013"
KEYED = {"Idempotency-Key": '"11111111-2222-3333-4444-555555555555"'}
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000"
                    "000301010018dd8db00000000049454e44ae426082")


def run(sql):
    return subprocess.run(["psql", "-AtXq", "-v", "ON_ERROR_STOP=1", "-d", server.DATABASE], input=sql, text=True,
                          capture_output=True, check=False)


def ask(sql):
    done = run(sql)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server.City().close()
        cls.tables = set(ask(TABLES))

    def spread(self, *before):
        """Runs README's statements on the tables as they are after those @before, and leaves no trace."""
        return run("BEGIN;" + RULES + "".join(before) + "\n".join(STATEMENTS)
                   + "SELECT 'torn ' || conname FROM torn; SELECT 'spread ' || c.relname FROM spread s"
                   " JOIN pg_class c ON c.oid = s.name; ROLLBACK;")

    def test_they_can_be_spread_as_it_is_written(self):
        done = self.spread()
        self.assertEqual(done.returncode, 0, done.stderr)
        told = [line.split() for line in done.stdout.splitlines() if line]
        self.assertEqual({name for word, name in told if word == "spread"}, self.tables)
        self.assertEqual([name for word, name in told if word == "torn"], [])
        self.assertGreater(len(self.tables), 12)

    def test_what_breaks_the_rule_would_be_seen(self):
        for before, words in (("CREATE UNIQUE INDEX ON komek.request (number);", "unique without city"),
                              ("ALTER TABLE komek.vote DROP CONSTRAINT vote_pkey;", "has no key"),
                              ("ALTER TABLE komek.step ADD n integer GENERATED ALWAYS AS IDENTITY;", "no bigint"),
                              ("ALTER TABLE komek.day DROP CONSTRAINT day_pkey, ALTER city TYPE varchar,"
                               " ADD PRIMARY KEY (city, day);", "not spread as"),
                              ("ALTER TABLE komek.day RENAME city TO town;", "no rows")):
            with self.subTest(before):
                done = self.spread(before)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(words, done.stderr)
        torn = self.spread("ALTER TABLE komek.request ADD UNIQUE (city, number, id);"
                           "ALTER TABLE komek.vote ADD other text, ADD CONSTRAINT across"
                           " FOREIGN KEY (other, voter, request) REFERENCES komek.request (city, number, id);")
        self.assertIn("torn across", torn.stdout)


class Statements(unittest.TestCase):
    """What PostgreSQL was asked is in its log."""

    def setUp(self):
        os.environ["PGOPTIONS"] = "-c log_statement=all"
        self.addCleanup(os.environ.pop, "PGOPTIONS")

    def serve(self, *options):
        city = server.City(*options)
        self.addCleanup(city.close)
        return city

    def do_all(self, city):
        """Everything that the interface can do, so that every table is asked."""
        staff = {"Authorization": "Bearer " + city.add_key("staff")}
        form = {"service_code": "HOU.lift_off", "description": "it stands", "attribute[entrance]": "2",
                "address_string": "Abai 1", "lat": "51.13", "long": "71.43", "first_name": "A", "device_id": "d",
                "local_number": LOCAL}
        number = server.number_of(city.post("requests.json", form, {**staff, **KEYED}))
        self.assertEqual(server.number_of(city.post("requests.json", form, {**staff, **KEYED})), number)
        for query in ({}, {"q": "stands"}, {"bbox": "51,71,52,72"}, {"service_request_id": number}, {"status": "open"},
                      {"updated_after": "2026-01-01T00:00:00Z"}, {"client_request_id": KEYED["Idempotency-Key"][1:-1]}):
            self.assertEqual(city.get("requests.json", staff, extensions="true", **query).status, 200)
        changes = (("POST", f"requests/{number}/votes.json", "device_id=v"),
                   ("POST", "servicerequestupdates.json", f"service_request_id={number}&description=x&device_id=d"
                    f"&update_id={uuid.uuid4()}"),
                   ("POST", f"requests/{number}/media.json", PNG))
        for method, path, body in changes:
            answer = city.call(method, path, body, {**staff, "Content-Type": "image/png" if body is PNG
                                                    else "application/x-www-form-urlencoded"})
            self.assertIn(answer.status, (200, 201), answer.text)
        for path in (f"requests/{number}.json", "servicerequestupdates.json", f"/r/{number}", f"/r/{LOCAL}", "/metrics"):
            self.assertIn(city.get(path, staff).status, (200, 303), path)
        self.assertEqual(city.call("POST", f"requests/{number}/withdrawal.json", "", staff).status, 200)
        self.assertEqual(city.get(f"requests/{number}.json", staff).status, 410)

    def asked(self, *cities):
        """Statements with their arguments that @cities made, and the connections that made them."""
        home = server.urllib.parse.parse_qs(server.urllib.parse.urlsplit(server.DATABASE).query)["host"][0]
        log = (pathlib.Path(home) / "log").read_text(encoding="utf-8")
        entries = re.findall(r"^\S+ \S+ \S+ \[(\d+)\] LOG:  (?:execute [^:]*|statement): (.*?)"
                             r"(?=^\S+ \S+ \S+ \[\d+\] (?!DETAIL))", log + "x x x [0] END", re.MULTILINE | re.DOTALL)
        mine = {line for line, text in entries if any(city.place.name in text for city in cities)}
        return [(line, text) for line, text in entries if line in mine]

    def test_each_names_its_city(self):
        one, two = self.serve(), self.serve("--batch=1")
        self.do_all(one)
        answer = two.post("requests.json", {"service_code": "INF.idea", "description": "later"})
        token = answer.tree()[0]["token"]
        while "service_request_id" not in two.get(f"tokens/{token}.json").tree()[0]:
            pass
        tables = set(ask(TABLES))
        seen = set()
        for line, text in self.asked(one, two):
            named = tables & set(re.findall(r"\b(?:FROM|JOIN|INTO|UPDATE) (\w+)", text)) - {"version"}
            seen |= named
            if named:
                self.assertRegex(text, r"\bcity = |INSERT INTO", text)
                found = [city.place.name for city in (one, two) if f"'{city.place.name}'" in text]
                self.assertEqual(len(found), 1, text)
        self.assertEqual(tables - seen, {"version"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
