#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what the documentation says of batches and answers with what they are.

    documented_batches_test.py SOURCE_DIRECTORY NUMPRO_READER

test_programs: a program of the README that does not run, or prints something else than it says.
test_ledger: a ledger of the README that is not what its launch line writes; a field without a word.
test_answer: an answer of the README that is not what its launch line gets.
test_messages, test_answer_message: a field of a message that docs/ leaves out or makes up.
test_properties: a property of numprosink that the README leaves out.
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
import reader

SOURCE_DIRECTORY, READER = pathlib.Path(sys.argv.pop(1)), sys.argv.pop(1)
README = (SOURCE_DIRECTORY / "README.md").read_text(encoding="utf-8")
DETAILS = (SOURCE_DIRECTORY / "docs/batches.md").read_text(encoding="utf-8")
ASKING = (SOURCE_DIRECTORY / "docs/asking.md").read_text(encoding="utf-8")
PATIENCE = 60

NOBODY_PULLS = ("gst-launch-1.0 -m videotestsrc num-buffers=4 ! numproverlay ! numprosink batch-size=1 "
                "max-batches=1 leaky-type=upstream")


def run(command, **options):
    """What a command prints."""
    return subprocess.run(command, check=True, timeout=PATIENCE, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **options).stdout


def launch_line(*words):
    """The first one with all these words."""
    return next(block for block in re.findall(r"^```sh\n(.*?)^```$", README, re.M | re.S)
                if all(word in block for word in words)).replace("\\\n", " ")


def pointed_at(server, text):
    """What asks a model, asking another one, "endpoint=... model=...", instead."""
    return re.sub(r"endpoint=\S+ model=[\w-]+", server, text)


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
        self.assertTrue(any("endpoint=" in program for program, _ in programs))
        with reader.running(READER) as server:
            for program, expected in programs:
                self.assertEqual(run([sys.executable, "-c", pointed_at(server, program)]), expected)

    def test_ledger(self):
        shown = json.loads(re.search(r"^```json\n(.*?)^```$", README, re.M | re.S)[1])
        with tempfile.TemporaryDirectory() as directory:
            run(shlex.split(launch_line("location=bundles")), cwd=directory)
            path = pathlib.Path(directory) / "bundles/000000/ledger.json"
            ledger = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual(len(ledger["frames"]), 5)
        ledger["frames"] = ledger["frames"][1:2]
        self.assertEqual((set(ledger) | set(ledger["frames"][0])) - {"frames"},
                         names_in_table(README, "### Bundles"))
        for frame in ledger["frames"] + shown["frames"]:
            self.assertRegex(frame.pop("utc"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$")
        for frame in ledger["frames"] + shown["frames"]:  # an id made up for each run
            self.assertNotEqual(frame.pop("source"), "")
        self.assertEqual(ledger, shown)

    def ask(self, directory):
        """What the README's launch line that asks prints."""
        with reader.running(READER) as server:
            line = pointed_at(server, launch_line("question=", "numpro-reader"))
            return run([*shlex.split(line), "-m"], cwd=directory)

    def test_answer(self):
        shown, = (json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", README, re.M | re.S)
                  if '"question"' in block)
        with tempfile.TemporaryDirectory() as directory:
            self.ask(directory)
            path = pathlib.Path(directory) / "bundles/000000/answer-1.json"
            answer = json.loads(path.read_text(encoding="utf-8"))
        for one in (shown, answer):
            self.assertGreater(one.pop("latency"), 0)
            for span in one["spans"]:
                for name in ("utc-start", "utc-end"):
                    self.assertRegex(span.pop(name), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$")
        self.assertEqual(answer, shown)

    def test_answer_message(self):
        with tempfile.TemporaryDirectory() as directory:
            output = self.ask(directory)
        fields = fields_of_message("numpro/answer", output)
        self.assertEqual(fields, names_in_table(ASKING, "`numpro/answer`: "))
        shown = re.search(r"^```\n(numpro/answer, .*?)^```$", ASKING, re.M | re.S)[1]
        self.assertEqual(set(re.findall(r"([\w-]+)=\(", shown)), fields)

    def test_properties(self):
        def properties(element):
            return set(re.findall(r"^  ([\w-]+) +: ", run(["gst-inspect-1.0", element]), re.M))
        names = properties("numprosink") - properties("fakesink")
        self.assertGreater(len(names), 30)
        documented = set()
        for heading in ("### Properties of numprosink", "### Properties for asking"):
            documented |= names_in_table(README, heading)
        self.assertEqual(names - documented, set())

    def test_messages(self):
        with tempfile.TemporaryDirectory() as directory:
            output = run([*shlex.split(launch_line("location=bundles")), "-m"], cwd=directory)
        self.assertEqual(fields_of_message("numpro/batch", output),
                         names_in_table(DETAILS, "`numpro/batch`"))
        output = run(shlex.split(NOBODY_PULLS))
        self.assertEqual(fields_of_message("numpro/failure", output),
                         names_in_table(DETAILS, "`numpro/failure`"))


if __name__ == "__main__":
    sys.exit(countedtests.main())
