#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Would catch a benchmark of numprosink that no longer runs or leaves something out; memory that
grows with the stream; images that are worse than videoscale's and jpegenc's, or in wrong colours.

Says nothing about times: they are noise on a machine that does other things too.
"""

import math
import pathlib
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).parent.parent))
import benchmarkruns  # noqa: E402

SECTIONS = {
    "unsampled frame": 3,
    "sampled frame": 8,
    "image": 4,
    "quality": 5,
    "request": 2,
    "16 branches": 6,
    "memory": 2,
}


class WholeRun(benchmarkruns.WholeRun, unittest.TestCase):
    TABLES = len(SECTIONS) + 1

    def test_every_figure_is_a_finite_number(self):
        self.assertTrue(self.report["figures"])
        for figure in self.report["figures"]:
            with self.subTest(**figure):
                self.assertTrue(math.isfinite(figure["value"]))
                self.assertTrue(math.isfinite(figure.get("deviation", 0)))

    def test_nothing_is_missing(self):
        for section, least in SECTIONS.items():
            with self.subTest(section=section):
                subjects = {f["subject"] for f in self.report["figures"] if f["section"] == section}
                self.assertGreaterEqual(len(subjects), least)

    def assert_met(self, section, quantity_part):
        targets = [
            t
            for t in self.report["targets"]
            if t["section"] == section and quantity_part in t["quantity"]
        ]
        self.assertTrue(targets)
        for target in targets:
            with self.subTest(**target):
                self.assertTrue(target["met"])

    def test_memory_does_not_grow(self):
        self.assert_met("memory", "growth")

    def test_images_are_as_good_as_others(self):
        self.assert_met("quality", "SSIM luma")
        self.assert_met("quality", "SSIM red")

    def test_colors_are_right(self):
        self.assert_met("quality", "colour error")

    def test_unsampled_frames_are_no_samples(self):
        self.assert_met("unsampled frame", "samples")


class OneThing(benchmarkruns.CommandLine, unittest.TestCase):
    REFUSED = (
        ("nosuchthing",),
        ("--profile", "nosuchkind"),
        ("--profile", "sampled", "--frames", "0"),
        ("--nonsense",),
    )

    def test_sends_frames_for_a_profiler(self):
        for kind in ("sampled", "unsampled", "fakesink"):
            with self.subTest(kind=kind):
                done = self.run_with("--profile", kind, "--frames", "20")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(f"{kind}: 20 frames", done.stdout)

    def test_measures_what_is_asked_for(self):
        done = self.run_with("--quick", "unsampled")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("unsampled frame", done.stdout)
        self.assertNotIn("memory", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
