# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a benchmark program quickly. What every benchmark has to do is tested here; test cases add what
theirs has to do.

The arguments of the test are the program and a file for it to write JSON to.
"""

import json
import subprocess
import sys

BENCHMARK, JSON_FILE = sys.argv[1:3]


class WholeRun:
    """For a test case. TABLES is how many tables are printed."""

    @classmethod
    def setUpClass(cls):
        cls.printed = subprocess.run(
            [BENCHMARK, "--quick", "--json", JSON_FILE],
            check=True,
            text=True,
            stdout=subprocess.PIPE,
        ).stdout
        with open(JSON_FILE, encoding="utf-8") as file:
            cls.report = json.load(file)

    def test_machine_is_named(self):
        self.assertIn(self.report["machine"]["cpu"], self.printed)
        self.assertIn(self.report["machine"]["gstreamer"], self.printed)

    def test_tables_have_equal_rows(self):
        tables = [t.splitlines() for t in self.printed.split("\n\n") if t.startswith("|")]
        self.assertEqual(len(tables), self.TABLES)
        for table in tables:
            self.assertEqual(len({line.count("|") for line in table}), 1, table[0])


class CommandLine:
    """For a test case. REFUSED are arguments that make no sense."""

    def run_with(self, *arguments):
        return subprocess.run(
            [BENCHMARK, *arguments], check=False, text=True, capture_output=True
        )

    def test_refuses_what_is_not_there(self):
        for arguments in self.REFUSED:
            with self.subTest(arguments=arguments):
                done = self.run_with(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertTrue(done.stderr)
