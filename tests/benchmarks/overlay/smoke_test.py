#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Would catch a benchmark that no longer runs, skips cells or writes what programs cannot read.

Says nothing about the times themselves: they are noise on a machine that does other things too.
"""

import math
import pathlib
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import benchmarkruns  # noqa: E402

FORMATS = {"I420", "NV12", "BGRA", "P010_10LE"}
SIZES = {(336, 336), (1920, 1080), (3840, 2160)}
EVERYWHERE = {
    "identity",
    "numproverlay",
    "numproverlay-2-digits",
    "numproverlay-4-digits",
    "numproverlay-outline",
    "numproverlay-outline-auto",
    "numproverlay-after-tee",
    "numproverlay-silent",
}


class WholeRun(benchmarkruns.WholeRun, unittest.TestCase):
    TABLES = len(FORMATS) + 1

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


class OneCell(benchmarkruns.CommandLine, unittest.TestCase):
    REFUSED = (
        ("--element", "nosuchoverlay"),
        ("--element", "identity", "--size", "64"),
        ("--element", "identity", "--size", "0x48"),
        ("--element", "identity", "--format", "X"),
        ("--element", "identity", "--frames", "0"),
        ("--size", "64x48+0"),
        ("--nonsense",),
    )

    def test_runs_one_element(self):
        done = self.run_with(
            "--element", "numproverlay", "--size", "64x48", "--format", "NV12", "--frames", "200"
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("200 frames", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
