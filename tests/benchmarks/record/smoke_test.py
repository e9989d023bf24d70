#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Would catch a benchmark of numproseiinserter that no longer runs, leaves something out, or measures
access units without a number.

Says nothing about times: they are noise on a machine that does other things too.
"""

import math
import pathlib
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import benchmarkruns  # noqa: E402


class WholeRun(benchmarkruns.WholeRun, unittest.TestCase):
    TABLES = 1

    def test_nothing_is_missing(self):
        self.assertEqual([row["format"] for row in self.report["rows"]], ["H.264", "H.265"])
        for row in self.report["rows"]:
            with self.subTest(**row):
                for name in ("identity-us", "numproseiinserter-us", "net-us"):
                    self.assertTrue(math.isfinite(row[name]))
                # What a message has.
                self.assertGreater(row["bytes-per-message"], 30)
                self.assertLess(row["bytes-per-message"], 120)


class OneThing(benchmarkruns.CommandLine, unittest.TestCase):
    REFUSED = (("--nonsense",),)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
