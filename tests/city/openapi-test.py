#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the server to what data/api/openapi.yaml says of it, and the file to what the server does.

Arguments: the file, and a program that prints the server's routes.
"""

import pathlib
import re
import subprocess
import sys
import unittest
import uuid

import jsonschema
import yaml

import server

SPEC = yaml.safe_load(pathlib.Path(sys.argv.pop(1)).read_text(encoding="utf-8"))
ROUTES = set(subprocess.run([sys.argv.pop(1)], check=True, capture_output=True, text=True).stdout.split("\n")) - {""}
METHODS = ("get", "post", "put", "patch", "delete")
FORMATS = ("json", "xml")
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000"
                    "000301010018dd8db00000000049454e44ae426082")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def resolve(node):
    while isinstance(node, dict) and "$ref" in node:
        target = SPEC
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def operations():
    for path, item in SPEC["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def shape(value, schema):
    """What XML says, in the types that the schema gives it: XML has only texts."""
    schema = resolve(schema)
    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    if "array" in types:
        return [shape(member, schema.get("items", {})) for member in value or []]
    if "object" in types and isinstance(value, dict):
        return {name: shape(member, schema.get("properties", {}).get(name, {})) for name, member in value.items()}
    if value is None:
        return None if "null" in types else ""
    if "integer" in types:
        return int(value)
    if "number" in types:
        return float(value)
    if "boolean" in types:
        return {"true": True, "false": False}.get(value, value)
    return value


class Book(unittest.TestCase):
    def test_every_route_is_written_down_and_every_written_one_is_there(self):
        self.assertEqual({f"{method.upper()} {path}" for path, method, _ in operations()}, ROUTES)

    def test_every_reference_leads_somewhere(self):
        for reference in re.findall(r"'#/components/[^']+'", str(SPEC)):
            resolve({"$ref": reference.strip("'")})

    def test_every_schema_is_one(self):
        for name, schema in SPEC["components"]["schemas"].items():
            with self.subTest(name):
                jsonschema.Draft202012Validator.check_schema(schema)

    def test_every_open_piece_of_a_path_is_described(self):
        for path, item in SPEC["paths"].items():
            named = {resolve(parameter)["name"] for parameter in item.get("parameters", [])}
            self.assertEqual(set(re.findall(r"\{(\w+)\}", path)), named, path)

    def test_each_operation_has_its_own_name(self):
        names = [operation["operationId"] for _, _, operation in operations()]
        self.assertEqual(len(names), len(set(names)))


class Walk(unittest.TestCase):
    """Calls every operation in every format, well and badly, and looks at every answer."""

    @classmethod
    def setUpClass(cls):
        cls.city = server.City(sample=60)
        cls.staff = cls.city.add_key("staff")
        cls.kiosk = cls.city.add_key("kiosk")
        cls.seen = set()

    @classmethod
    def tearDownClass(cls):
        cls.city.close()

    def validate(self, answer, schema, what):
        tree = answer.tree()
        if answer.type.endswith("xml"):
            tree = shape(tree, schema)
        validator = jsonschema.Draft202012Validator(
            {**resolve(schema), "components": SPEC["components"]})
        problems = [error.message for error in validator.iter_errors(tree)]
        self.assertEqual(problems, [], f"{what}: {answer.text[:400]}")

    def check(self, path, method, format_, expected, query="", body=None, headers=None, key=None, **pieces):
        """One call by its place in the file; the answer must be one that the file knows."""
        operation = SPEC["paths"][path][method]
        address = path.replace("{format}", format_ or "").format(**pieces) if pieces else path.replace(
            "{format}", format_ or "")
        headers = dict(headers or {})
        if key:
            headers["Authorization"] = f"Bearer {key}"
        answer = self.city.call(method.upper(), address + query, body, headers)
        what = f"{method.upper()} {address}{query} → {answer.status}"
        self.assertEqual(answer.status, expected, f"{what}: {answer.body[:300]}")
        self.assertIn(str(answer.status), operation["responses"], what)
        response = resolve(operation["responses"][str(answer.status)])
        self.seen.add((operation["operationId"], format_, answer.status))
        if "content" not in response:
            self.assertEqual(answer.body, b"", what)
            return answer
        self.assertIn(answer.type, response["content"], what)
        if format_ and not answer.type.startswith("application/problem"):
            self.assertEqual(answer.type, {"json": "application/json", "xml": "text/xml"}[format_], what)
        schema = response["content"][answer.type]["schema"]
        if answer.type.endswith(("json", "xml")):
            self.validate(answer, schema, what)
        return answer

    def call(self, operation_id, *arguments, **named):
        path, method = next((path, method) for path, method, operation in operations()
                            if operation["operationId"] == operation_id)
        return self.check(path, method, *arguments, **named)

    def file(self, **fields):
        form = server.urllib.parse.urlencode({"service_code": "INF.idea", "description": "idea", **fields})
        return server.number_of(self.call("file", "json", 201, body=form, headers=FORM, key=self.kiosk)
                                if "client_request_id" in fields else
                                self.call("file", "json", 201, body=form, headers={
                                    **FORM, "Idempotency-Key": f'"{uuid.uuid4()}"'}, key=self.kiosk))

    def walk_reads(self, format_):
        tag = self.call("discovery", format_, 200).headers["ETag"]
        self.call("discovery", format_, 304, headers={"If-None-Match": tag})
        for query in ("", "?extensions=true&locale=en"):
            self.call("services", format_, 200, query)
            for code in ("HOU.lift_off", "GAS.smell", "ROA.pothole", "CLN.pests"):
                self.call("definition", format_, 200, query, code=code)
            self.call("requests", format_, 200, query)
            self.call("updates", format_, 200, query)
        self.call("definition", format_, 404, code="NO.such")
        self.call("requests", format_, 200, "?extensions=true&page_size=2&updated_after=2000-01-01")
        for bad in ("status=pondered", "start_date=yesterday", "bbox=1,2", "page=x", "after=x"):
            self.call("requests", format_, 400, "?" + bad)
        self.call("updates", format_, 400, "?start_date=x")
        self.call("token", format_, 404, token="nothing")
        self.call("request", format_, 404, number="010100-000-001")

    def walk_filing(self, format_):
        number = self.file()
        self.call("request", format_, 200, "?extensions=true", number=number)
        form = "service_code=HOU.lift_off&attribute[entrance]=two&locale=en"
        self.call("file", format_, 400, body=form, headers=FORM, key=self.kiosk)
        self.call("file", format_, 403, body=form, headers=FORM)
        self.call("file", format_, 400, body=form, key=self.kiosk,
                  headers={**FORM, "Accept": "application/problem+json"})
        key = {**FORM, "Idempotency-Key": f'"{uuid.uuid4()}"'}
        self.call("file", format_, 201, body="service_code=INF.idea&description=one", headers=key, key=self.kiosk)
        self.call("file", format_, 201, body="service_code=INF.idea&description=one", headers=key, key=self.kiosk)
        self.call("file", format_, 422, body="service_code=INF.idea&description=two", headers=key, key=self.kiosk)
        return number

    def walk_changes(self, format_, number):
        self.call("vote", format_, 200, body="device_id=a", headers=FORM, key=self.kiosk, number=number)
        self.call("vote", format_, 403, body="device_id=a", headers=FORM, number=number)
        self.call("vote", format_, 404, body="device_id=a", headers=FORM, key=self.kiosk, number="010100-000-001")
        self.call("take_photo", format_, 201, body=PNG, headers={"Content-Type": "image/png"}, key=self.kiosk,
                  number=number)
        self.call("take_photo", format_, 415, body=b"no picture", key=self.kiosk, number=number)
        self.call("take_photo", format_, 400, body=PNG[:40], key=self.kiosk, number=number)
        self.call("take_photo", format_, 403, body=PNG, number=number)
        self.call("request", format_, 200, number=number)
        comment = f"service_request_id={number}&description=still&update_id={uuid.uuid4()}"
        update = self.call("comment", format_, 201, body=comment, headers=FORM, key=self.kiosk).tree()[0]["update_id"]
        self.call("comment", format_, 422, body=comment.replace("still", "again"), headers=FORM, key=self.kiosk)
        self.call("comment", format_, 400, body="", headers=FORM, key=self.kiosk)
        self.call("comment", format_, 404, body="service_request_id=010100-000-001&description=x", headers=FORM,
                  key=self.kiosk)
        self.call("comment", format_, 403, body=f"service_request_id={number}&status=closed", headers=FORM,
                  key=self.kiosk)
        self.call("pass", format_, 403, key=self.kiosk, update=update)
        self.call("pass", format_, 200, key=self.staff, update=update)
        self.call("pass", format_, 404, key=self.staff, update="99999999")
        self.call("comment", format_, 201, headers=FORM, key=self.staff,
                  body=f"service_request_id={number}&status=ANSWERED&description=done")
        self.call("withdraw", format_, 403, key=self.kiosk, number=number)
        self.call("withdraw", format_, 200, key=self.staff, number=number)
        self.call("withdraw", format_, 404, key=self.staff, number="010100-000-001")
        self.call("request", format_, 410, number=number)
        self.call("vote", format_, 410, body="device_id=a", headers=FORM, key=self.kiosk, number=number)
        self.call("requests", format_, 200, "?extensions=true&updated_after=2026-01-01")

    def walk_pages(self):
        number = self.file()
        self.call("take_photo", "json", 201, body=PNG, key=self.kiosk, number=number)
        self.call("start_page", None, 200)
        self.call("start_page", None, 303, f"?number={number}")
        tag = self.call("request_page", None, 200, number=number).headers["ETag"]
        self.call("request_page", None, 304, number=number, headers={"If-None-Match": tag})
        self.call("request_page", None, 404, number="17")
        tag = self.call("photo", None, 200, number=number, photo="0.jpg").headers["ETag"]
        self.call("photo", None, 304, number=number, photo="0.jpg", headers={"If-None-Match": tag})
        self.call("photo", None, 404, number=number, photo="4.jpg")
        self.call("health", None, 200)
        self.call("metrics", None, 200)

    def walk_tokens(self, format_):
        city, self.__class__.city = self.city, server.City("--batch=1")
        try:
            answer = self.call("file", format_, 201, body="service_code=INF.idea&description=later", headers=FORM)
            self.call("token", format_, 200, token=answer.tree()[0]["token"])
            self.call("services", format_, 200)
        finally:
            self.city.close()
            self.__class__.city = city

    def test_everything_is_as_written(self):
        for format_ in FORMATS:
            with self.subTest(format_):
                self.walk_reads(format_)
                self.walk_changes(format_, self.walk_filing(format_))
                self.walk_tokens(format_)
        self.walk_pages()
        for path, method, operation in operations():
            for format_ in FORMATS if "{format}" in path else (None,):
                good = [int(status) for status in operation["responses"] if status.startswith("2")]
                for status in good:
                    self.assertIn((operation["operationId"], format_, status), self.seen)


if __name__ == "__main__":
    unittest.main()
