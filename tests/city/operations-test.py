#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is shipped for those who run a city: the site for nginx, the unit for systemd and that of further servers.

Arguments: the site and the units. Each is looked at by its own program, where that is there;
KOMEK_NGINX is the folder that nginx is unpacked into once.
"""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import server

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import nginx  # noqa: E402

SITE, *UNITS = (pathlib.Path(sys.argv.pop(1)) for _ in range(3))
NGINX = shutil.which("nginx") or nginx.unpack(os.environ["KOMEK_NGINX"])
ANALYZE = shutil.which("systemd-analyze")

# Lower is better; a unit without any of the hardening has 9.6.
MOST_EXPOSURE = 2.0


class Unit(unittest.TestCase):
    def for_each_unit(self):
        for unit in UNITS:
            with self.subTest(unit.name):
                yield unit, unit.read_text(encoding="utf-8")

    def command(self, text):
        return re.search("^ExecStart=(.*)$", text, re.MULTILINE).group(1)

    def test_what_was_promised_is_in_it(self):
        for _, text in self.for_each_unit():
            for line in ("DynamicUser=yes", "MemoryMax=256M", "StateDirectory=komek-city", "NoNewPrivileges=yes",
                         "ProtectSystem=strict", "SystemCallFilter=@system-service", "LimitCORE=0"):
                self.assertIn("\n" + line + "\n", text)

    def test_the_program_knows_its_options(self):
        known = subprocess.run([server.PROGRAM, "--help"], check=True, capture_output=True, text=True).stdout
        for _, text in self.for_each_unit():
            for option in re.findall(r"--[a-z-]+", self.command(text)):
                self.assertIn(option, known)

    def test_further_servers_are_the_first_ones_user_on_other_ports(self):
        """Else they had neither its folder nor its name at PostgreSQL."""
        first, further = (text for _, text in self.for_each_unit())
        self.assertEqual([unit.name for unit in UNITS], ["komek-city.service", "komek-city@.service"])
        self.assertIn("\nUser=komek-city\n", first)
        self.assertIn("--listen ${KOMEK_CITY_ADDRESS}:8109 ", self.command(first))
        self.assertEqual(further, first.replace(":8109 ", ":%i "))

    def test_a_new_city_is_empty_whatever_else_is_asked_for(self):
        """Invented requests among those of citizens would be there for good."""
        for _, text in self.for_each_unit():
            command = self.command(text).split(" ", 1)[1]
            with tempfile.TemporaryDirectory(prefix="komek-unit-") as folder:
                words = {"${KOMEK_CITY_ADDRESS}": "127.0.0.1", ":8109 ": ":0 ", ":%i ": ":0 ", "%S/komek-city": folder,
                         "$KOMEK_CITY_OPTIONS": "--public-url https://109.example.kz"}
                for word, value in words.items():
                    command = command.replace(word, value)
                with subprocess.Popen([server.PROGRAM, *command.split()], stdout=subprocess.PIPE, text=True) as city:
                    try:
                        address = city.stdout.readline().strip()
                        with urllib.request.urlopen(address + "requests.json", timeout=10) as answer:
                            self.assertEqual(json.load(answer), [])
                    finally:
                        city.terminate()

    def copy(self, folder, unit, text):
        """A template is looked at as one of what it makes."""
        copy = pathlib.Path(folder) / unit.name.replace("@.", "@8110.")
        copy.write_text(text, encoding="utf-8")
        return str(copy)

    @unittest.skipUnless(ANALYZE, "no systemd-analyze")
    def test_systemd_can_read_it(self):
        for unit, text in self.for_each_unit():
            with tempfile.TemporaryDirectory() as folder:
                copy = self.copy(folder, unit, re.sub("^ExecStart=[^ ]*", "ExecStart=" + shutil.which("true"), text,
                                                      flags=re.MULTILINE))
                done = subprocess.run([ANALYZE, "verify", "--man=no", copy], capture_output=True, text=True,
                                      check=False, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})
                complaints = [line for line in done.stderr.splitlines() if "komek-city" in line]
                self.assertEqual(complaints, [])

    @unittest.skipUnless(ANALYZE, "no systemd-analyze")
    def test_it_leaves_little_open(self):
        for unit, text in self.for_each_unit():
            with tempfile.TemporaryDirectory() as folder:
                done = subprocess.run([ANALYZE, "security", "--offline=yes", "--no-pager",
                                       f"--threshold={int(MOST_EXPOSURE * 10)}", self.copy(folder, unit, text)],
                                      capture_output=True, text=True, check=False)
                found = re.search(r"Overall exposure level for [^:]+: ([0-9.]+)", done.stdout)
                if not found:
                    self.skipTest("systemd-analyze has no word on security here: " + done.stderr.strip()[:200])
                self.assertLessEqual(float(found.group(1)), MOST_EXPOSURE)


@unittest.skipUnless(NGINX, "no nginx")
class Site(unittest.TestCase):
    """The site as it is shipped, but for the ports, the certificate and the paths of this test."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="komek-nginx-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=109.example.kz", "-keyout", self.folder / "key.pem",
                        "-out", self.folder / "cert.pem"], check=True, capture_output=True)

    def write(self, **changes):
        text = SITE.read_text(encoding="utf-8")
        text = re.sub(r"^    listen \[::\].*\n", "", text, flags=re.MULTILINE)
        for old, new in {"/etc/ssl/certs/komek-city.pem": str(self.folder / "cert.pem"),
                         "/etc/ssl/private/komek-city.key": str(self.folder / "key.pem"),
                         "/var/log/nginx/komek-city.log": str(self.folder / "access.log"), **changes}.items():
            self.assertIn(old, text)
            text = text.replace(old, new)
        (self.folder / "site.conf").write_text(text, encoding="utf-8")
        temporary = "".join(f"{name}_temp_path {self.folder}/{name};\n"
                            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(
            f"pid {self.folder}/pid;\nerror_log {self.folder}/error.log;\ndaemon off;\n"
            f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include {self.folder}/site.conf;\n}}\n", encoding="utf-8")

    def nginx(self, *options):
        return [str(NGINX), "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c",
                str(self.folder / "nginx.conf"), *options]

    def test_nginx_can_read_it(self):
        self.write()
        done = subprocess.run(self.nginx("-t"), capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        # Since 1.25.1 it would rather read "http2 on;", which those before do not know.
        warnings = [line for line in done.stderr.splitlines()
                    if "[warn]" in line and '"listen ... http2" directive is deprecated' not in line]
        self.assertEqual(warnings, [])

    def free_port(self):
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            return sock.getsockname()[1]

    def serve(self, *cities):
        """nginx in front of two cities; where it answers without TLS, which the test leaves to nginx."""
        hosts = [city.host for city in cities]
        plain, port = self.free_port(), self.free_port()
        self.write(**{"127.0.0.1:8109 max_fails": hosts[0] + " max_fails",
                      "127.0.0.1:8110 max_fails": hosts[-1] + " max_fails",
                      "listen 80": f"listen 127.0.0.1:{plain}",
                      "listen 443 ssl http2": f"listen 127.0.0.1:{port}"})
        process = subprocess.Popen(self.nginx())
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/open311/v2/discovery.json", timeout=5).read()
                return f"http://127.0.0.1:{port}"
            except OSError:
                time.sleep(0.05)
        self.fail((self.folder / "error.log").read_text(encoding="utf-8"))

    def status(self, url, data=None, headers=None):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers or {}), timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def test_a_stranger_may_read_and_not_look_behind(self):
        city = server.City("--behind-proxy", sample=50)
        self.addCleanup(city.close)
        key = city.add_key("kiosk")
        base = self.serve(city)
        form = b"service_code=INF.idea&description=idea&client_request_id=12345678-1234-1234-1234-123456789012"
        self.assertEqual(self.status(base + "/open311/v2/requests.json"), 200)
        self.assertEqual(self.status(base + "/open311/v2/requests.json", form), 403)
        self.assertEqual(self.status(base + "/open311/v2/requests.json", form + b"&api_key=" + key.encode()), 201)
        self.assertEqual(self.status(base + "/metrics"), 404)
        self.assertEqual(self.status(base + "/health"), 404)
        self.assertEqual(self.status(base + "/open311/v2/requests.json", b"x" * 1100000), 413)
        log = (self.folder / "access.log").read_text(encoding="utf-8")
        self.assertIn("127.0.0.0 [", log)
        self.assertNotIn("127.0.0.1 [", log)

    def test_what_a_stranger_writes_of_themselves_is_not_believed(self):
        settings = self.folder / "settings.ini"
        settings.write_text("[anonymous]\nread = 1/60 5\n", encoding="utf-8")
        city = server.City("--behind-proxy", "--settings", str(settings))
        self.addCleanup(city.close)
        base = self.serve(city)
        statuses = [self.status(base + "/open311/v2/services.json", headers={"X-Forwarded-For": f"203.0.113.{i}"})
                    for i in range(10)]
        self.assertEqual(statuses[-3:], [429] * 3)

    def test_one_of_two_is_enough(self):
        first, second = (server.City("--behind-proxy", sample=20) for _ in range(2))
        self.addCleanup(first.close)
        base = self.serve(first, second)
        second.process.kill()
        second.process.wait()
        second.process.stdin.close()
        second.process.stdout.close()
        second.log.close()
        second.folder.cleanup()
        self.assertEqual([self.status(base + "/open311/v2/services.json") for _ in range(20)], [200] * 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
