#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Would catch a benchmark that no longer runs, skips cells or writes what programs cannot read.

Says nothing about the times themselves: they are noise on a machine that does other things too.
"""

import json
import math
import subprocess
import sys
import unittest

BENCHMARK, JSON_FILE = sys.argv[1:3]
FORMATS = {"I420", "NV12", "BGRA", "P010_10LE"}
SIZES = {(336, 336), (1920, 1080), (3840, 2160)}
EVERYWHERE = {
    "identity",
    "numproverlay",
    "numproverlay-2-digits",
    "numproverlay-4-digits",
    "numproverlay-outline",
    "numproverlay-after-tee",
    "numproverlay-silent",
}


class WholeRun(unittest.TestCase):
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

    def test_every_time_is_a_finite_number(self):
        self.assertTrue(self.report["cells"])
        for cell in self.report["cells"]:
            with self.subTest(**cell):
                self.assertGreater(cell["gross-us"], 0)
                for name, value in cell.items():
                    if name not in ("element", "format"):
                        self.assertTrue(math.isfinite(value), name)

    def test_no_cell_is_missing(self):
        measured = {
            (cell["element"], cell["format"], cell["width"], cell["height"])
            for cell in self.report["cells"]
        }
        wanted = {(e, f, w, h) for e in EVERYWHERE for f in FORMATS for w, h in SIZES}
        self.assertEqual(wanted - measured, set())

    def test_machine_is_named(self):
        self.assertIn(self.report["machine"]["cpu"], self.printed)
        self.assertIn(self.report["machine"]["gstreamer"], self.printed)

    def test_tables_have_equal_rows(self):
        tables = [t.splitlines() for t in self.printed.split("\n\n") if t.startswith("|")]
        self.assertEqual(len(tables), len(FORMATS) + 1)
        for table in tables:
            self.assertEqual(len({line.count("|") for line in table}), 1, table[0])


class OneCell(unittest.TestCase):
    def run_with(self, *arguments):
        return subprocess.run(
            [BENCHMARK, *arguments], check=False, text=True, capture_output=True
        )

    def test_runs_one_element(self):
        done = self.run_with(
            "--element", "numproverlay", "--size", "64x48", "--format", "NV12", "--frames", "200"
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("200 frames", done.stdout)

    def test_refuses_what_is_not_there(self):
        for arguments in (
            ("--element", "nosuchoverlay"),
            ("--element", "identity", "--size", "64"),
            ("--element", "identity", "--size", "0x48"),
            ("--element", "identity", "--format", "X"),
            ("--element", "identity", "--frames", "0"),
            ("--size", "64x48+0"),
            ("--nonsense",),
        ):
            with self.subTest(arguments=arguments):
                done = self.run_with(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertTrue(done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
