#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL of a test's own, from Debian's package, in a temporary folder.

postgres.py COMMAND... runs a command with KOMEK_TEST_DATABASE naming it. Nobody else can reach it: it
listens on a socket in its folder alone. PostgreSQL refuses to run as root; as root it runs as nobody, in
/tmp, which nobody may enter.
"""
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

USER = 65534

CONFIG = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 60
shared_buffers = 128MB
max_wal_size = 2GB
log_min_messages = warning
log_line_prefix = '%m [%p] '
autovacuum_naptime = 5s
wal_level = replica
max_wal_senders = 4
"""


def find_programs():
    """The newest PostgreSQL on this machine."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda f: int(f.split("/")[4]))
    if not folders:
        sys.exit("PostgreSQL is not installed: app/install test")
    return folders[-1]


class Cluster:
    """One server: the data in a folder, the socket beside it."""

    def __init__(self, folder=None):
        self.programs = find_programs()
        self.folder = folder or tempfile.mkdtemp(prefix="komek-pg-", dir="/tmp" if os.geteuid() == 0 else None)
        self.data = os.path.join(self.folder, "data")
        self.process = None
        if os.geteuid() == 0:
            os.chown(self.folder, USER, USER)

    def _as_user(self, *command):
        """A command that ends with us, whatever ends us."""
        user = [f"--reuid={USER}", f"--regid={USER}", "--clear-groups"] if os.geteuid() == 0 else []
        return ["setpriv", *user, "--pdeathsig=QUIT", os.path.join(self.programs, command[0]), *command[1:]]

    def _run(self, *command):
        done = subprocess.run(self._as_user(*command), capture_output=True, text=True, cwd=self.folder)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")

    def make(self):
        self._run("initdb", "--auth=trust", "--username=komek", "--encoding=UTF8", "--locale=C.UTF-8",
                  "--no-sync", f"--pgdata={self.data}")
        self.configure(CONFIG.format(folder=self.folder))
        return self

    def configure(self, lines):
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="utf-8") as config:
            config.write(lines)

    def copy_from(self, primary, name):
        """A standby that follows @primary under @name."""
        self._run("pg_basebackup", f"--pgdata={self.data}", "--write-recovery-conf", "--checkpoint=fast",
                  "--no-sync", f"--dbname=host={primary.folder} user=komek application_name={name}")
        self.configure(f"unix_socket_directories = '{self.folder}'\n")
        return self

    def start(self):
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen(self._as_user("postgres", "-D", self.data), stdout=log, stderr=log,
                                            cwd=self.folder)
        self.wait()
        return self

    def wait(self, seconds=20):
        """Until it answers."""
        end = time.monotonic() + seconds
        while subprocess.run([os.path.join(self.programs, "pg_isready"), "-q", "-h", self.folder],
                             check=False).returncode != 0:
            if self.process.poll() is not None or time.monotonic() > end:
                with open(os.path.join(self.folder, "log"), encoding="utf-8") as log:
                    raise RuntimeError(f"PostgreSQL did not start:\n{log.read()}")
            time.sleep(0.02)

    def ask(self, sql):
        done = subprocess.run([os.path.join(self.programs, "psql"), "-h", self.folder, "-U", "komek", "-d", "postgres",
                               "-AtXq", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def address(self, *others, city=None):
        """As libpq takes it: a list of servers, of which the one that can be written to is taken."""
        hosts = ",".join(cluster.folder for cluster in (self, *others))
        address = f"postgresql:///postgres?host={hosts}&user=komek"
        return address + (f"&komek_city={city}" if city else "")

    def promote(self):
        self._run("pg_ctl", "promote", f"--pgdata={self.data}", "--wait")

    def kill(self):
        """As a power cut: the first process and all of its own, none of them asked."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        for pid in [self.process.pid, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.process = None

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            self.process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder)


def main():
    cluster = Cluster().make().start()
    try:
        status = subprocess.run(sys.argv[1:], env={**os.environ, "KOMEK_TEST_DATABASE": cluster.address()},
                                check=False).returncode
    finally:
        cluster.remove()
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
