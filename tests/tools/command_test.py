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
        synopsis = re.findall(r"(?m)^\.B numpro (\w+)\n\.RI", self.man_page)
        self.assertEqual(list(dict.fromkeys(synopsis)), names)
        self.assertEqual(re.findall(r"(?m)^\.SH OPTIONS OF (\w+)", self.man_page),
                         [name.upper() for name in [*names, "numpro"]])
        self.assertIn(f"compgen -W '{' '.join(names)} --help --version'", self.completion)
        self.assertEqual(re.findall(r"(?m)^    (\w+)\)$", self.completion), names)

    def described(self, name):
        """What the man page says of each option."""
        section = re.search(rf"(?s)\.SH OPTIONS OF {name.upper()}\n(.*?)\n\.SH ", self.man_page)[1]
        described = dict(re.findall(r"(?m)^\.BR? .*?--([a-z][a-z-]*).*\n(.*)$",
                                    section.replace("\\-", "-")))
        if "And those of" in section:
            options = self.described("stamp")
            looks = list(options)[list(options).index("numbering"):]
            described |= {look: options[look] for look in looks}
        return described

    def test_options(self):
        for name in subcommands():
            with self.subTest(name):
                text = re.search(r"(?s)\nHelp Options:(.*?)(\n\n\S(?!pplication)|$)",
                                 run(name, "--help"))[1]
                shown = dict(re.findall(r"(?m)^ +(?:-\w, )?--([a-z-]+)\S* {2,}(.*)$", text))
                self.assertEqual(set(shown), options_in(text))
                described = self.described(name)
                # Where the default is another one than that of stamp the page says so in words.
                if name == "record":
                    self.assertIn("(default: time)", shown.pop("numbering"))
                    del described["numbering"]
                self.assertEqual(described, shown)

    def test_completion(self):
        for name in subcommands():
            with self.subTest(name):
                offered = subprocess.run(
                    ["bash", "-c", f"source {SOURCES}/tools/numpro.bash; COMP_CWORD=2; "
                     f"COMP_WORDS=(numpro {name} --); _numpro; echo ${{COMPREPLY[@]}}"],
                    text=True, capture_output=True, timeout=PATIENCE, check=True).stdout
                self.assertEqual(options_in(offered), options_in(run(name, "--help")))


if __name__ == "__main__":
    sys.exit(countedtests.main())
