#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py BUILD [NAME...]: runs the tests of the suite "faults" as meson knows them; see run, which starts it."""

import json
import os
import subprocess
import sys
import time


def tests(build):
    listing = subprocess.run(['meson', 'introspect', '--tests', build], capture_output=True, text=True, check=True)
    return [test for test in json.loads(listing.stdout) if any(s.split(':')[-1] == 'faults' for s in test['suite'])]


def run(test):
    start = time.monotonic()
    result = subprocess.run(test['cmd'], env=os.environ | test['env'], cwd=test['workdir'] or '.',
                            stdin=subprocess.DEVNULL)
    print(f"{test['name']}: {'passed' if result.returncode == 0 else 'FAILED'} "
          f'in {time.monotonic() - start:.0f} s', flush=True)
    return result.returncode == 0


def main(build, *names):
    known = tests(build)
    strange = set(names) - {test['name'] for test in known}
    if strange:
        print(f"There is no {', '.join(sorted(strange))}. There are: {', '.join(test['name'] for test in known)}")
        return 2
    wanted = [test for test in known if not names or test['name'] in names]
    return 0 if all([run(test) for test in wanted]) else 1


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
