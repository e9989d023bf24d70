#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Has the example numpro-ask ask the stand-in for a model. Would notice a question that is not answered, or
with another time than that of what was to be seen.

    ask_example_test.py NUMPRO_ASK NUMPRO_READER
"""

import datetime
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import countedtests
import reader
from bundles import read_answers

ASK, READER = (sys.argv.pop(1) for _ in range(2))
PATIENCE = 60


class AskExample(unittest.TestCase):
    def ask(self, *arguments, status):
        ran = subprocess.run([ASK, *arguments], text=True, stdin=subprocess.DEVNULL, check=False,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE)
        self.assertEqual(ran.returncode, status, ran.stdout)
        return ran.stdout

    def test_live_stream(self):
        start = datetime.datetime.now(datetime.timezone.utc)
        with tempfile.TemporaryDirectory() as directory, reader.running(READER) as server:
            text = self.ask(*(f"--{setting}" for setting in server.split()), "--location", directory,
                            status=0)
            answers = read_answers(pathlib.Path(directory))
        end = datetime.datetime.now(datetime.timezone.utc)
        self.assertIn("3 of 3 questions were answered.", text)
        self.assertEqual([answer["valid"] for answer in answers], 3 * [True])
        span, = (span for answer in answers for span in answer["spans"])
        self.assertEqual((span["first"], span["last"]), (10, 14))
        # The ball is there from 4.9 to 7.4 s, between two numbers each time.
        said = re.search(r"frames 10 to 14: ([\d.]+) s to ([\d.]+) s of the stream\n +(\S+)Z to (\S+)Z",
                         text)
        self.assertAlmostEqual(float(said[1]), 5, delta=0.05)
        self.assertAlmostEqual(float(said[2]), 7.5, delta=0.05)
        # Python knows microseconds.
        first, last = (datetime.datetime.fromisoformat(utc[:26] + "+00:00") for utc in said.groups()[2:])
        self.assertTrue(start < first < last < end, said[0])
        self.assertAlmostEqual((last - first).total_seconds(), 2.5, delta=0.05)

    def test_nobody_to_ask(self):
        self.assertIn("Whom to ask?", self.ask(status=1))
        self.assertIn("Which model?", self.ask("--endpoint", "http://h/v1", status=1))

    def test_endpoint_that_is_none(self):
        self.assertIn("endpoint: ", self.ask("--endpoint", "nowhere", "--model", "m", status=1))


if __name__ == "__main__":
    sys.exit(countedtests.main())
