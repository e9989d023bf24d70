#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what the documentation says of batches with what they are.

    documented_batches_test.py SOURCE_DIRECTORY

test_programs: a program of the README that does not run, or prints something else than it says.
test_ledger: a ledger of the README that is not what its launch line writes; a field without a word.
test_messages: a field of a message that docs/batches.md leaves out or makes up.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

import countedtests

SOURCE_DIRECTORY = pathlib.Path(sys.argv.pop(1))
README = (SOURCE_DIRECTORY / "README.md").read_text(encoding="utf-8")
DETAILS = (SOURCE_DIRECTORY / "docs/batches.md").read_text(encoding="utf-8")
PATIENCE = 60

NOBODY_PULLS = ("gst-launch-1.0 -m videotestsrc num-buffers=4 ! numproverlay ! numprosink batch-size=1 "
                "max-batches=1 leaky-type=upstream")


def run(command, **options):
    """What a command prints."""
    return subprocess.run(command, check=True, timeout=PATIENCE, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **options).stdout


def launch_line():
    """The first one that writes bundles."""
    return next(block for block in re.findall(r"^```sh\n(.*?)^```$", README, re.M | re.S)
                if "location=bundles" in block).replace("\\\n", " ")


def names_in_table(text, heading):
    """The code words of the first column of the first table after a heading."""
    table = re.search(r"^\|.*?(?=\n\n)", text[text.index(heading):], re.M | re.S)[0]
    return {name for row in table.splitlines() for name in re.findall(r"`([^`]*)`", row.split("|")[1])}


def fields_of_message(name, output):
    fields, = re.findall(rf"{name}, (.*);$", output, re.M)[:1]
    return set(re.findall(r"([\w-]+)=\(", fields))


class DocumentedBatches(unittest.TestCase):
    def test_programs(self):
        programs = re.findall(r"^```python\n(import gi\n.*?)^```\n\nprints\n\n```\n(.*?)^```$", README,
                              re.M | re.S)
        self.assertNotEqual(programs, [])
        for program, expected in programs:
            self.assertEqual(run([sys.executable, "-c", program]), expected)

    def test_ledger(self):
        shown = json.loads(re.search(r"^```json\n(.*?)^```$", README, re.M | re.S)[1])
        with tempfile.TemporaryDirectory() as directory:
            run(shlex.split(launch_line()), cwd=directory)
            path = pathlib.Path(directory) / "bundles/000000/ledger.json"
            ledger = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual(len(ledger["frames"]), 5)
        ledger["frames"] = ledger["frames"][1:2]
        self.assertEqual((set(ledger) | set(ledger["frames"][0])) - {"frames"},
                         names_in_table(README, "### Bundles"))
        for frame in ledger["frames"] + shown["frames"]:
            self.assertRegex(frame.pop("utc"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$")
        for stream in (ledger, shown):  # an id made up for each run
            self.assertNotEqual(stream.pop("stream"), "")
        self.assertEqual(ledger, shown)

    def test_messages(self):
        with tempfile.TemporaryDirectory() as directory:
            output = run([*shlex.split(launch_line()), "-m"], cwd=directory)
        self.assertEqual(fields_of_message("numpro/batch", output),
                         names_in_table(DETAILS, "`numpro/batch`"))
        output = run(shlex.split(NOBODY_PULLS))
        self.assertEqual(fields_of_message("numpro/failure", output),
                         names_in_table(DETAILS, "`numpro/failure`"))


if __name__ == "__main__":
    sys.exit(countedtests.main())
