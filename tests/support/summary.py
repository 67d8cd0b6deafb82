#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.py TESTLOG: reads meson's testlog.json, prints "PASSED FAILED SKIPPED" on its first line,
then a line for each test that was skipped, with its reason, and for each that failed."""

import json
import re
import sys

PASSED = {'OK', 'EXPECTEDFAIL'}


def reason(test):
    """The last line that speaks of skipping, else the last line in words."""
    lines = (test.get('stdout', '') + test.get('stderr', '')).splitlines()
    words = [line.strip('# ') for line in lines if re.search('[a-z]', line)] or ['no reason given']
    return next((line for line in reversed(words) if 'skip' in line.lower()), words[-1])


def main(path):
    with open(path, encoding='utf-8') as log:
        tests = [json.loads(line) for line in log]
    skipped = [test for test in tests if test['result'] == 'SKIP']
    failed = [test for test in tests if test['result'] not in PASSED | {'SKIP'}]

    print(len(tests) - len(failed) - len(skipped), len(failed), len(skipped))
    for test in skipped:
        print(f"  skipped {test['name']}: {reason(test)}")
    for test in failed:
        print(f"  failed {test['name']} ({test['result']})")


if __name__ == '__main__':
    main(sys.argv[1])
