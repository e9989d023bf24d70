#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts the checks of one or more `meson test` runs.

    summary.py [--failed N] [LOG:EXIT_STATUS ...]

LOG is a meson-logs/testlog.json, EXIT_STATUS what that `meson test` returned; N failures that left
no log (a build that broke) are added. Prints every program that failed and, last, the line

    N passed, N failed, N skipped

and exits with 1 if anything failed or nothing passed.
"""

import argparse
import dataclasses
import json
import re
import sys

# What libcheck prints for each suite. A program may have several.
CHECKS_LINE = re.compile(r"^\d+%: Checks: (\d+), Failures: (\d+), Errors: (\d+)\s*$", re.MULTILINE)

# What meson calls a program that did what was expected of it.
GOOD_RESULTS = ("OK", "EXPECTEDFAIL")


@dataclasses.dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Count(self.passed + other.passed, self.failed + other.failed,
                     self.skipped + other.skipped)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def count_program(record):
    """The count of one test program, by its record in testlog.json."""
    result = record["result"]
    if result == "SKIP":
        return Count(skipped=1)

    good = result in GOOD_RESULTS
    suites = [tuple(map(int, m.groups())) for m in CHECKS_LINE.finditer(record.get("stdout") or "")]
    if not suites:
        return Count(passed=1) if good else Count(failed=1)

    checks = sum(suite[0] for suite in suites)
    failed = sum(suite[1] + suite[2] for suite in suites)
    passed = checks - failed
    # A program that crashed, ran out of time or complained after its last line did not pass, and
    # neither did one whose checks were all filtered out.
    if failed == 0 and (not good or checks == 0):
        failed = 1
    return Count(passed=passed, failed=failed)


def read_log(path):
    """The records of a testlog.json: one JSON object per line."""
    with open(path, encoding="utf-8", errors="replace") as log:
        return [json.loads(line) for line in log if line.strip()]


def count_run(path, exit_status):
    """The count of one `meson test`, and a line for each program that failed."""
    try:
        records = read_log(path)
    except (OSError, ValueError) as error:
        return Count(failed=1), [f"{path}: {error}"]

    total, failures = Count(), []
    for record in records:
        count = count_program(record)
        total += count
        if count.failed:
            failures.append(f"{record['name']}: {record['result']}, {count}")
    if exit_status != 0 and total.failed == 0:
        # It was stopped, or could not start a program: what the log says is not the whole truth.
        total.failed = 1
        failures.append(f"{path}: meson test returned {exit_status}")
    return total, failures


def run_argument(text):
    path, _, status = text.rpartition(":")
    if not path:
        raise argparse.ArgumentTypeError(f"{text!r} is not LOG:EXIT_STATUS")
    return path, int(status)


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Counts the checks of meson test runs.")
    parser.add_argument("--failed", type=int, default=0, metavar="N",
                        help="failures that left no log")
    parser.add_argument("runs", type=run_argument, nargs="*", metavar="LOG:EXIT_STATUS")
    options = parser.parse_args(arguments)

    total, failures = Count(failed=options.failed), []
    for path, exit_status in options.runs:
        count, failed_programs = count_run(path, exit_status)
        total += count
        failures += failed_programs
    for failure in failures:
        print(f"FAILED {failure}")
    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
