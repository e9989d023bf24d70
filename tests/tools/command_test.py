#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what each subcommand of numpro says of itself with the man page and the completion. Would
notice a subcommand or an option that one of them lacks or invents.

    command_test.py NUMPRO SOURCE_DIRECTORY
"""

import pathlib
import re
import subprocess
import sys
import unittest

import countedtests

NUMPRO = sys.argv.pop(1)
SOURCES = pathlib.Path(sys.argv.pop(1))
PATIENCE = 60


def run(*arguments):
    return subprocess.run([NUMPRO, *arguments], text=True, capture_output=True, timeout=PATIENCE,
                          check=True).stdout


def options_in(text):
    return set(re.findall(r"(?<!\w)--([a-z][a-z-]*)", text.replace("\\-", "-")))


def subcommands():
    return re.findall(r"(?m)^  (\w+) +\S", run("--help").partition("Subcommands:")[2].partition(
        "Options:")[0])


class Command(unittest.TestCase):
    def setUp(self):
        self.man_page = (SOURCES / "docs/numpro.1").read_text(encoding="utf-8")
        self.completion = (SOURCES / "tools/numpro.bash").read_text(encoding="utf-8")

    def test_subcommands(self):
        names = subcommands()
        self.assertGreaterEqual(len(names), 2)
        self.assertEqual(re.findall(r"(?m)^\.B numpro (\w+)\n\.RI", self.man_page), names)
        self.assertEqual(re.findall(r"(?m)^\.SH OPTIONS OF (\w+)", self.man_page),
                         [name.upper() for name in names])
        self.assertIn(f"compgen -W '{' '.join(names)} --help --version'", self.completion)
        self.assertEqual(re.findall(r"(?m)^    (\w+)\)$", self.completion), names)

    def test_options(self):
        for name in subcommands():
            with self.subTest(name):
                text = run(name, "--help")
                shown = options_in(re.search(r"(?s)\nHelp Options:(.*?)\n\n\S(?!pplication)",
                                             text)[1])
                section = re.search(rf"(?s)\.SH OPTIONS OF {name.upper()}\n(.*?)\n\.SH ",
                                    self.man_page)[1]
                described = set(re.findall(r"(?m)^\.BR? .*?--([a-z][a-z-]*)",
                                           section.replace("\\-", "-")))
                self.assertEqual(described, shown)
                offered = re.search(rf"(?s)\n    {name}\)\n(.*?)\n      ;;", self.completion)[1]
                self.assertEqual(options_in(offered), shown)


if __name__ == "__main__":
    sys.exit(countedtests.main())
