#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Gives each option of each subcommand of numpro a value that it does not take. Would notice one that
is taken all the same, and a sentence that does not name the option.

    usage_test.py NUMPRO
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import countedtests

NUMPRO = sys.argv.pop(1)
PATIENCE = 60

# What options take nothing of, by what the help says that they take.
BAD = {"N": ("x", "", "-2"), "N/D": ("x", "", "0/1", "-1/2", "1/0"), "TIME": ("x", "", "0", "5 weeks", "60000000000"),
       "true|false": ("maybe",), "STRUCTURE": ("a, b",)}
# Those whose values only the subcommand can judge.
BAD_BY_NAME = {"format": ("avi", ""), "color": ("x", "-1"), "outline-color": ("x",), "outline": ("x", "-1"),
               "endpoint": ("x", "ftp://x"), "question": ("",), "request-options": ("{", "[]"),
               "retries": ("x", "-2"), "prompt": ("{nothing}",), "proxy": ("http://user:word@x",),
               "ssl-ca-file": ("/none",), "api-key-file": ("/none",), "refine": ("x", "1/1", "1/2")}
# Any text is good, or what is wrong shows only when something is done; deltas may be negative.
ANYTHING = {"model", "font-desc", "output", "sheet", "clips", "bundles", "work", "frames",
            "deltax", "deltay", "help"}


class Usage(unittest.TestCase):
    def run_(self, *arguments):
        return subprocess.run([NUMPRO, *arguments], text=True, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=PATIENCE, check=False)

    def options_of(self, subcommand):
        """The options that take something, and what the help says that this is."""
        shown = self.run_(subcommand, "--help").stdout
        return dict(re.findall(r"(?m)^ +(?:-\w, )?--([a-z-]+)=(\S+)", shown))

    def test_values(self):
        with tempfile.TemporaryDirectory() as name:
            video = pathlib.Path(name, "video.mp4")
            video.write_text("no video at all\n")
            server = ("--endpoint=http://127.0.0.1:9/v1", "--model=m")
            commands = {"ask": (*server, str(video), "something", "--yes", "-w", f"{name}/work"),
                        "stamp": (str(video), "-o", f"{name}/out.mkv"),
                        "record": (*server, str(video), "-o", f"{name}/out.mkv", "-q", "something")}
            for subcommand, rest in commands.items():
                for option, kind in self.options_of(subcommand).items():
                    if option in ANYTHING:
                        continue
                    values = BAD_BY_NAME.get(option) or BAD.get(kind)
                    if values is None and "|" in kind:
                        values = ("nonsense", "99")
                    with self.subTest(f"{subcommand} --{option}={kind}"):
                        self.assertIsNotNone(values, "it is not known what is bad")
                    for value in values or ():
                        with self.subTest(f"{subcommand} --{option}={value}"):
                            self.check(option, self.run_(subcommand, *rest, f"--{option}={value}"))

    def check(self, option, ran):
        self.assertEqual(ran.returncode, 2, ran.stderr)
        self.assertEqual(ran.stdout, "")
        self.assertEqual(ran.stderr.count("\n"), 1, ran.stderr)
        self.assertIn(option, ran.stderr)


if __name__ == "__main__":
    sys.exit(countedtests.main())
