# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx with the site that we ship, from Debian's package, unpacked and never installed."""
import fcntl
import glob
import os
import pathlib
import re
import socket
import subprocess
import time

SITE = pathlib.Path(__file__).resolve().parents[2] / "data" / "nginx" / "komek-city.conf"

# What Debian's own nginx.conf says around a site, for a folder of ours.
AROUND = """
daemon off;
{user}
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


def unpack(cache):
    """The program, fetched once into @cache; None where there is no way to Debian's packages."""
    cache = pathlib.Path(cache)
    program = cache / "usr" / "sbin" / "nginx"
    cache.mkdir(parents=True, exist_ok=True)
    # Tests that run side by side want it at the same time.
    with open(cache / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not program.exists():
            if subprocess.run(["apt-get", "download", "nginx"], cwd=cache, capture_output=True, check=False).returncode:
                return None
            subprocess.run(["dpkg", "-x", *glob.glob(str(cache / "nginx_*.deb")), str(cache)], check=True)
    return program


def adapt(site, folder, port, servers):
    """The site over HTTP on a port of ours, in front of our servers, for one caller who may call as often as it likes."""
    site = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", site, count=1, flags=re.DOTALL)
    site = re.sub(r"    listen 443 [^\n]*;", f"    listen 127.0.0.1:{port};", site)
    site = re.sub(r"    (listen \[::\]|ssl_)[^\n]*;\n", "", site)
    site = re.sub(r"access_log [^ ]+ ", f"access_log {folder}/access.log ", site)
    site = site.replace("rate=50r/s", "rate=100000r/s").replace("komek_lines 20", "komek_lines 200")
    for usual, ours in zip(("127.0.0.1:8109", "127.0.0.1:8110"), servers, strict=True):
        assert f"server {usual} " in site, usual
        site = site.replace(f"server {usual} ", f"server 127.0.0.1:{ours} ")
    return site


class Nginx:
    """One nginx in front of two servers."""

    def __init__(self, program, folder, port, servers):
        self.port = port
        config = pathlib.Path(folder) / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(AROUND.format(folder=folder, user=user, site=adapt(SITE.read_text(encoding="utf-8"), folder,
                                                                            port, servers)), encoding="utf-8")
        self.process = subprocess.Popen(["setpriv", "--pdeathsig=TERM", str(program), "-p", str(folder), "-c", str(config),
                                         "-e", f"{folder}/error.log"])
        end = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except ConnectionRefusedError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((pathlib.Path(folder) / "error.log").read_text(encoding="utf-8")) from None
                time.sleep(0.02)

    def close(self):
        self.process.terminate()
        self.process.wait()
