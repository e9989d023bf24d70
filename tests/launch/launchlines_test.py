#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Would notice launch lines that are overlooked, or replaced by something that tests nothing."""

import sys
import unittest

import countedtests
from launchlines import LaunchLine, command_of, lines_of_comments, lines_of_markdown

MARKDOWN = """
gst-launch-1.0 is not a line outside a block.

```sh
meson setup build
gst-launch-1.0 videotestsrc ! \\
    fakesink
gst-launch-1.0 audiotestsrc ! fakesink
```
"""

COMMENT = """
/**
 * gst-launch-1.0 is not a line outside a block.
 * |[
 * gst-launch-1.0 videotestsrc ! \\
 *     fakesink
 * ]|
 */
"""


class Finding(unittest.TestCase):
    def test_blocks_of_markdown(self):
        self.assertEqual(lines_of_markdown("R", MARKDOWN),
                         [LaunchLine("R:6", "gst-launch-1.0 videotestsrc ! fakesink"),
                          LaunchLine("R:8", "gst-launch-1.0 audiotestsrc ! fakesink")])

    def test_blocks_of_comments(self):
        self.assertEqual(lines_of_comments("C", COMMENT),
                         [LaunchLine("C:5", "gst-launch-1.0 videotestsrc ! fakesink")])


class Replacing(unittest.TestCase):
    def command(self, text):
        return command_of(LaunchLine("test", "gst-launch-1.0 " + text))

    def test_screen_sink_loses_its_properties_but_not_its_name(self):
        command = self.command("videotestsrc num-buffers=3 ! ximagesink sync=false name=w")
        self.assertEqual(command.arguments, ["videotestsrc", "num-buffers=3", "!", "fakesink",
                                             "sync=true", "name=w"])
        self.assertFalse(command.is_endless)

    def test_camera_is_endless(self):
        command = self.command("-e v4l2src device=/dev/video0 ! video/x-raw,width=320 ! fakesink")
        self.assertEqual(command.arguments, ["videotestsrc", "is-live=true", "!",
                                             "video/x-raw,width=320", "!", "fakesink"])
        self.assertTrue(command.is_endless)
        self.assertTrue(command.finishes_files)
        self.assertEqual(command.replaced, [("v4l2src", "device")])

    def test_network_camera_still_needs_its_depayloader(self):
        command = self.command("rtspsrc location=rtsp://h/ user-pw=p ! rtph264depay ! fakesink")
        self.assertIn("rtph264pay", command.arguments)
        self.assertIn("rtph264depay", command.arguments)
        self.assertNotIn("location=rtsp://h/", command.arguments)
        self.assertFalse(command.finishes_files)

    def test_test_source_without_end_is_endless(self):
        self.assertTrue(self.command("videotestsrc ! fakesink").is_endless)

    def test_files(self):
        command = self.command("filesrc location=a.mp4 ! decodebin ! filesink location=b.mkv")
        self.assertEqual((command.inputs, command.outputs), (["a.mp4"], ["b.mkv"]))
        self.assertFalse(command.is_endless)

    def test_bundles(self):
        command = self.command("videotestsrc ! numprosink batch-size=5 location=bundles")
        self.assertEqual((command.inputs, command.outputs), ([], ["bundles"]))

    def test_model(self):
        command = self.command("v4l2src ! numprosink question='a red car' model=m endpoint=http://h/v1")
        self.assertTrue(command.asks)
        self.assertEqual(command.pointed_at("endpoint=http://127.0.0.1:1/v1 model=other")[-4:],
                         ["numprosink", "question=a red car", "model=other",
                          "endpoint=http://127.0.0.1:1/v1"])
        self.assertFalse(self.command("videotestsrc ! numprosink").asks)

    def test_variables(self):
        command = self.command("videotestsrc ! numprosink request-headers='headers,a=\"$ONE_KEY\",b=\"$OTHER\"'")
        self.assertEqual(command.variables, ["ONE_KEY", "OTHER"])
        self.assertIn('request-headers=headers,a="$ONE_KEY",b="$OTHER"', command.arguments)

    def test_unknown_address_is_an_error(self):
        with self.assertRaises(ValueError):
            self.command("uridecodebin uri=https://h/a.mp4 ! fakesink")


if __name__ == "__main__":
    sys.exit(countedtests.main())
