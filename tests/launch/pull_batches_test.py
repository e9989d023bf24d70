#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs the example programs that pull batches, and compares what they print.

    pull_batches_test.py PROGRAM...

test_launch_line: a broken binding; a batch that is lost at the end of the stream, or comes twice; a
  span that does not end where the next number begins.
test_file: sound in a file that upsets the pipeline; a program that stops before the end.
test_interrupt: Ctrl-C that loses the samples of the last batch, or does not end.
test_problems: an error that is not told, or leaves the program waiting.
"""

import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import countedtests

PROGRAMS = [[sys.executable, name] if name.endswith(".py") else [name] for name in sys.argv[1:]]
del sys.argv[1:]
PATIENCE = 60

# Two numbers a second at 25 frames per second: every other number begins between two frames.
LAUNCH_LINE = ("videotestsrc num-buffers=65 ! video/x-raw,width=640,height=360,framerate=25/1 ! "
               "numproverlay numbering=time rate=2/1 ! numprosink name=sink batch-size=4 max-edge=320")
ENDLESS_LINE = ("videotestsrc is-live=true ! video/x-raw,framerate=30/1 ! numproverlay every=5 ! "
                "numprosink name=sink batch-size=4")
UTC = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z"
SAMPLE = re.compile(r"  number (\d+): ([\d.]+) s, " + UTC + r" \(pipeline-clock\), "
                    r"(\d+\.jpg), (\d+)x(\d+), (\d+) bytes")


def time_of(number):
    return number / 2 + (0.02 if number % 2 else 0)


def generate_video(path):
    """Ten seconds of picture and sound."""
    subprocess.run(["gst-launch-1.0", "-q", "videotestsrc", "num-buffers=100", "!",
                    "video/x-raw,width=640,height=360,framerate=10/1", "!", "x264enc", "!",
                    "queue", "!", "mux.", "audiotestsrc", "num-buffers=430", "!", "avenc_aac",
                    "!", "queue", "!", "mp4mux", "name=mux", "!",
                    "filesink", f"location={path}"], check=True, timeout=PATIENCE)


class PullBatches(unittest.TestCase):
    def run_programs(self, argument, status=0):
        """What all programs print, the times of the day left out, and what they complain of."""
        outputs = []
        for program in PROGRAMS:
            done = subprocess.run([*program, argument], timeout=PATIENCE, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, status, done.stderr)
            outputs.append((re.sub(UTC, "UTC", done.stdout), done.stderr))
        for other in outputs[1:]:
            self.assertEqual(other, outputs[0])
        return outputs[0]

    def test_launch_line(self):
        lines = self.run_programs(LAUNCH_LINE)[0].splitlines()
        self.assertEqual(lines.pop(), "65 frames, 6 samples delivered, 0 dropped")
        for batch, numbers in enumerate((range(0, 4), range(4, 6))):
            self.assertEqual(lines.pop(0), f"batch {batch}:")
            for number in numbers:
                self.assertRegex(lines.pop(0),
                                 rf"^  number {number}: {time_of(number):.3f} s, "
                                 rf"UTC \(pipeline-clock\), {number:06}\.jpg, 320x180, \d+ bytes$")
            # Nothing follows a batch's last number: it ends with its slot, or with the stream.
            end = min(numbers.stop / 2, 2.6)
            self.assertEqual(lines.pop(0), f"  from {numbers[0]} to {numbers[-1]}: "
                                           f"{time_of(numbers[0]):.3f} s to {end:.3f} s")
        self.assertEqual(lines, [])

    def test_file(self):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "a clip.mp4"
            generate_video(path)
            for argument in (str(path), path.as_uri()):
                output, complaints = self.run_programs(argument)
                self.assertEqual(re.findall(r"number (\d+):", output), [str(n) for n in range(10)])
                self.assertIn("100 frames, 10 samples delivered, 0 dropped", output)
                self.assertEqual(complaints, "")

    def test_interrupt(self):
        for program in PROGRAMS:
            with subprocess.Popen([*program, ENDLESS_LINE], stdout=subprocess.PIPE,
                                  text=True) as process:
                output = ""
                while "  from 0 to 3:" not in output:
                    line = process.stdout.readline()
                    self.assertNotEqual(line, "", output)
                    output += line
                time.sleep(0.5)  # some samples of the next batch
                process.send_signal(signal.SIGINT)
                output += process.communicate(timeout=PATIENCE)[0]
                self.assertEqual(process.returncode, 0)
            numbers = [int(sample[1]) for sample in SAMPLE.finditer(output)]
            self.assertEqual(numbers, list(range(len(numbers))))
            self.assertIn(f" {len(numbers)} samples delivered, 0 dropped", output)

    def test_problems(self):
        for argument, complaint in (
                ("/nowhere/none.mp4", "ERROR: Resource not found."),
                ("videotestsrc ! nosuchelement", 'ERROR: no element "nosuchelement"'),
                ("videotestsrc ! fakesink", "ERROR: the launch line has no numprosink name=sink"),
                ("videotestsrc ! numprosink name=sink", "ERROR: Frames carry no numbers. "
                                                        "Put numproverlay before numprosink.")):
            self.assertEqual(self.run_programs(argument, status=1)[1], complaint + "\n")


if __name__ == "__main__":
    sys.exit(countedtests.main())
