#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Numbers on their way to another process, through unixfdsink and unixfdsrc.

    other_process_test.py SOURCE_DIRECTORY

test_documented_lines: launch lines that do not work; frames that arrive without their numbers, or
  that stand for a time of the other pipeline's.
test_application: the same in an application that has none of the elements; a field that is lost.

Skipped where GStreamer is older than 1.24 and has no such elements.
"""

import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import countedtests
import gi
import launchlines
from bundles import read_bundles

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstNumpro", "1.0")
from gi.repository import Gst, GstApp, GstNumpro  # noqa: E402,F401 (GstApp gives appsink methods)

SOURCES = pathlib.Path(sys.argv.pop())
PAGE = "docs/numproverlay.md"
PATIENCE = 60
SOCKET = "numbered"


def documented_lines():
    """That which sends, and that which receives."""
    text = (SOURCES / PAGE).read_text(encoding="utf-8")
    commands = [launchlines.command_of(line) for line in launchlines.lines_of_markdown(PAGE, text)
                if launchlines.is_of_two(line)]
    sender, receiver = sorted(commands, key=lambda command: "unixfdsrc" in command.arguments)
    return sender.arguments, receiver.arguments


class OtherProcess(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def launch(self, *arguments):
        process = subprocess.Popen(["gst-launch-1.0", *arguments], cwd=self.directory, text=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def launch_sender(self, arguments):
        process = self.launch(*arguments)
        deadline = time.monotonic() + PATIENCE
        while not (self.directory / SOCKET).exists():
            self.assertIsNone(process.poll(), "the sender has ended")
            self.assertLess(time.monotonic(), deadline, "nobody listens")
            time.sleep(0.05)
        return process

    def interrupt(self, process):
        process.send_signal(signal.SIGINT)
        text, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, text)
        for word in ("WARNING", "ERROR", "CRITICAL"):
            self.assertNotIn(word, text)

    def test_documented_lines(self):
        sending, receiving = documented_lines()
        sender = self.launch_sender(sending)
        # So that the pipelines' running times are far from each other.
        time.sleep(3.5)
        receiver = self.launch("-e", *receiving)
        time.sleep(3.5)
        self.interrupt(receiver)
        self.interrupt(sender)
        frames = read_bundles(self.directory / "bundles")
        numbers = [frame["number"] for frame in frames]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))
        self.assertGreaterEqual(numbers[0], 3)
        self.assertGreaterEqual(len(numbers), 3)
        for frame in frames:
            self.assertLessEqual(frame["duration"], 1.1 * Gst.SECOND, frame)

    def test_application(self):
        # Later ones find the plugin, which has done so, by the meta's name.
        if Gst.version() < (1, 28, 0, 0):
            GstNumpro.Meta.get_info()
        sender = self.launch_sender(
            ("videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1 ! "
             "numproverlay start=7 every=2 wrap=10 color=0xff00ff00 outline=auto stamp=clock "
             f"halignment=left valignment=top ! unixfdsink socket-path={SOCKET}").split())
        pipeline = Gst.parse_launch(f"unixfdsrc socket-path={self.directory / SOCKET} ! "
                                    "appsink name=sink")
        self.addCleanup(pipeline.set_state, Gst.State.NULL)
        pipeline.set_state(Gst.State.PLAYING)
        slots = []
        for _ in range(20):
            sample = pipeline.get_by_name("sink").try_pull_sample(PATIENCE * Gst.SECOND)
            meta = GstNumpro.buffer_get_numpro_meta(sample.get_buffer())
            self.assertEqual((meta.number, meta.slot_duration), (meta.slot % 10, 80 * Gst.MSECOND))
            self.assertEqual((meta.look.color, meta.look.halign, meta.look.valign, meta.look.stamp),
                             (0xff00ff00, GstNumpro.HAlign.LEFT, GstNumpro.VAlign.TOP,
                              GstNumpro.Stamp.CLOCK))
            self.assertEqual((meta.frame_width, meta.frame_height, meta.frame_par_n,
                              meta.frame_par_d), (320, 240, 1, 1))
            self.assertGreater(min(meta.width, meta.height, meta.digit_height,
                                   meta.ink_width, meta.ink_height), 0)
            slots.append(meta.slot)
        # Two frames each, the first and the last perhaps of one.
        expected = [slots[0] + (i + (slots[0] != slots[1])) // 2 for i in range(20)]
        self.assertEqual(slots, expected)
        pipeline.set_state(Gst.State.NULL)
        self.interrupt(sender)


if __name__ == "__main__":
    Gst.init(None)
    if not Gst.ElementFactory.find("unixfdsink"):
        print("There is no unixfdsink: numbers cannot go to other processes.")
        sys.exit(77)
    sys.exit(countedtests.main())
