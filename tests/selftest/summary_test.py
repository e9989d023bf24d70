#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Would notice a summary.py that calls a broken run good."""

import contextlib
import io
import json
import os
import pathlib
import sys
import tempfile
import unittest

import countedtests

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import summary  # noqa: E402


def record(result, stdout="", name="overlay"):
    return {"name": name, "result": result, "stdout": stdout}


def checks(number, failures=0, errors=0):
    percent = 100 * (number - failures - errors) // number if number else 100
    return f"{percent}%: Checks: {number}, Failures: {failures}, Errors: {errors}\n"


class CountProgram(unittest.TestCase):
    def assert_count(self, text, *arguments):
        self.assertEqual(str(summary.count_program(record(*arguments))), text)

    def test_checks_of_all_suites_are_added(self):
        self.assert_count("15 passed, 0 failed, 0 skipped", "OK", checks(12) + "noise\n" + checks(3))

    def test_program_without_checks_line_is_one_check(self):
        self.assert_count("1 passed, 0 failed, 0 skipped", "OK", "all is well\n")
        self.assert_count("0 passed, 1 failed, 0 skipped", "FAIL", "")

    def test_expected_failure_is_a_pass_and_its_absence_is_not(self):
        self.assert_count("1 passed, 0 failed, 0 skipped", "EXPECTEDFAIL")
        self.assert_count("0 passed, 1 failed, 0 skipped", "UNEXPECTEDPASS")

    def test_failures_and_errors_are_failed_checks(self):
        self.assert_count("9 passed, 3 failed, 0 skipped", "FAIL", checks(12, 2, 1))

    def test_skipped_is_not_passed_whatever_it_printed(self):
        self.assert_count("0 passed, 0 failed, 1 skipped", "SKIP", checks(12))

    def test_bad_end_after_good_lines_is_a_failure(self):
        for result in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "a result of a newer meson"):
            self.assert_count("12 passed, 1 failed, 0 skipped", result, checks(12))

    def test_failures_count_although_the_program_returned_zero(self):
        self.assert_count("11 passed, 1 failed, 0 skipped", "OK", checks(12, 1))

    def test_running_no_check_is_a_failure(self):
        self.assert_count("0 passed, 1 failed, 0 skipped", "OK", checks(0))

    def test_line_inside_other_text_is_not_counted(self):
        self.assert_count("1 passed, 0 failed, 0 skipped", "OK", "it printed " + checks(12))

    def test_no_output_at_all(self):
        self.assertEqual(summary.count_program({"name": "x", "result": "OK", "stdout": None}).passed,
                         1)


class Main(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    def write_log(self, name, *records):
        path = os.path.join(self.directory.name, name)
        with open(path, "w", encoding="utf-8") as log:
            log.writelines(json.dumps(r) + "\n" for r in records)
        return path

    def run_main(self, *arguments):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = summary.main(arguments)
        return status, output.getvalue().splitlines()

    def test_runs_are_summed_and_the_line_is_last(self):
        one = self.write_log("one", record("OK", checks(12)), record("SKIP"))
        two = self.write_log("two", record("OK", checks(5)))
        self.assertEqual(self.run_main(f"{one}:0", f"{two}:0"),
                         (0, ["17 passed, 0 failed, 1 skipped"]))

    def test_failed_programs_are_named(self):
        log = self.write_log("log", record("TIMEOUT", checks(2), name="threads"))
        status, lines = self.run_main(f"{log}:1")
        self.assertEqual(status, 1)
        self.assertIn("FAILED threads: TIMEOUT", lines[0])
        self.assertEqual(lines[-1], "2 passed, 1 failed, 0 skipped")

    def test_meson_failure_without_a_failed_program(self):
        log = self.write_log("log", record("OK", checks(2)))
        status, lines = self.run_main(f"{log}:2")
        self.assertEqual((status, lines[-1]), (1, "2 passed, 1 failed, 0 skipped"))

    def test_missing_or_broken_log_is_a_failure(self):
        status, lines = self.run_main(os.path.join(self.directory.name, "none") + ":0")
        self.assertEqual((status, lines[-1]), (1, "0 passed, 1 failed, 0 skipped"))
        broken = self.write_log("broken")
        with open(broken, "w", encoding="utf-8") as log:
            log.write('{"name": "x", "res')
        self.assertEqual(self.run_main(f"{broken}:0")[0], 1)

    def test_broken_build_is_a_failure(self):
        log = self.write_log("log", record("OK", checks(2)))
        status, lines = self.run_main("--failed", "1", f"{log}:0")
        self.assertEqual((status, lines[-1]), (1, "2 passed, 1 failed, 0 skipped"))

    def test_nothing_ran(self):
        self.assertEqual(self.run_main(), (1, ["0 passed, 0 failed, 0 skipped"]))
        log = self.write_log("log", record("SKIP"))
        self.assertEqual(self.run_main(f"{log}:0"), (1, ["0 passed, 0 failed, 1 skipped"]))


if __name__ == "__main__":
    sys.exit(countedtests.main())
