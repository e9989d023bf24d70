#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what the documentation says elements do to the number with what they do.

    kept_numbers_test.py SOURCE_DIRECTORY

test_within_pipelines: a row of the table in docs/troubleshooting.md that is not true.
test_between_pipelines: the same of rows about two pipelines, "`intervideosink` to `intervideosrc`".
"""

import os
import pathlib
import re
import sys
import tempfile
import time
import unittest

# Read when the first element asks for OpenGL; none of it needs a screen.
os.environ.update(GST_GL_PLATFORM="egl", GST_GL_WINDOW="egl-device", LIBGL_ALWAYS_SOFTWARE="1")

import gi  # noqa: E402

gi.require_version("Gst", "1.0")
gi.require_version("GstNumpro", "1.0")
from gi.repository import Gst, GstNumpro  # noqa: E402

import countedtests  # noqa: E402

Gst.init(None)

PAGE = pathlib.Path(sys.argv.pop(1)) / "docs/troubleshooting.md"
PATIENCE = 60
FIRST, COUNT = 5, 12
CAPS = "video/x-raw,format=I420,width=320,height=240,framerate=10/1"
NUMBERED = f"videotestsrc num-buffers={COUNT} ! {CAPS} ! numproverlay start={FIRST}"
LIVE = f"videotestsrc is-live=true num-buffers={COUNT} ! {CAPS} ! numproverlay start={FIRST}"

# How the ends of two pipelines are set, so that one gets what the other has.
PAIRS = {
    ("appsink", "appsrc"): ("appsink name=end sync=false", f"appsrc name=begin format=time caps={CAPS}"),
    ("intervideosink", "intervideosrc"): ("intervideosink", f"intervideosrc ! {CAPS}"),
    ("shmsink", "shmsrc"): ("shmsink socket-path=PATH", f"shmsrc socket-path=PATH ! {CAPS}"),
    ("udpsink", "udpsrc"): (
        "jpegenc ! rtpjpegpay ! udpsink name=end host=127.0.0.1",
        "udpsrc name=begin address=127.0.0.1 port=0 caps=application/x-rtp,media=video,clock-rate=90000,"
        "encoding-name=JPEG,payload=26 ! rtpjpegdepay ! jpegdec"),
}


def rows():
    """Pairs of cells of the table."""
    _, _, table = PAGE.read_text(encoding="utf-8").partition("| the number is |\n|---|---|\n")
    return re.findall(r"^\| (.*) \| (.*) \|$", table.partition("\n\n")[0], re.M)


def note_numbers(pipeline):
    """A list to which the numbers of all frames are added, None where one has none."""
    numbers = []

    def on_handoff(_sink, buffer, _pad):
        meta = GstNumpro.buffer_get_numpro_meta(buffer)
        numbers.append(meta.number if meta else None)

    pipeline.get_by_name("out").connect("handoff", on_handoff)
    return numbers


def wait(pipeline):
    message = pipeline.get_bus().timed_pop_filtered(PATIENCE * Gst.SECOND,
                                                   Gst.MessageType.EOS | Gst.MessageType.ERROR)
    if message is None:
        raise AssertionError("nothing happens")
    if message.type == Gst.MessageType.ERROR:
        raise AssertionError(message.parse_error())


def has_opengl():
    pipeline = Gst.parse_launch("videotestsrc num-buffers=1 ! glupload ! fakesink")
    try:
        pipeline.set_state(Gst.State.PLAYING)
        wait(pipeline)
        return True
    except AssertionError:
        return False
    finally:
        pipeline.set_state(Gst.State.NULL)


def play(elements):
    """The numbers behind elements."""
    pipeline = Gst.parse_launch(f"{NUMBERED} ! {elements} ! fakesink name=out signal-handoffs=true")
    numbers = note_numbers(pipeline)
    pipeline.set_state(Gst.State.PLAYING)
    try:
        wait(pipeline)
    finally:
        pipeline.set_state(Gst.State.NULL)
    return numbers


def pass_on(sink, source):
    """What an application does between an appsink and an appsrc."""
    while sample := sink.emit("pull-sample"):
        source.emit("push-buffer", sample.get_buffer())
    source.emit("end-of-stream")


def wait_until(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError("nothing happens")
        time.sleep(0.02)


def play_between(end, begin, is_enough):
    """The numbers in the second one of two pipelines, as far as is enough."""
    with tempfile.TemporaryDirectory() as directory:
        end, begin = (text.replace("PATH", f"{directory}/socket") for text in (end, begin))
        sender = Gst.parse_launch(f"{LIVE} ! {end}")
        receiver = Gst.parse_launch(f"{begin} ! fakesink name=out signal-handoffs=true sync=false")
        numbers = note_numbers(receiver)
        try:
            # A socket is there when its maker is ready, and a port known when its owner is.
            sender.set_state(Gst.State.PAUSED)
            receiver.set_state(Gst.State.PLAYING)
            last, first = sender.get_by_name("end"), receiver.get_by_name("begin")
            if "udpsink" in end:
                last.set_property("port", first.get_property("port"))
            if "intervideosink" in end:
                wait_until(lambda: numbers)
            sender.set_state(Gst.State.PLAYING)
            if "appsink" in end:
                pass_on(last, first)
                wait(receiver)
            wait_until(lambda: is_enough(numbers))
        finally:
            for pipeline in receiver, sender:
                pipeline.set_state(Gst.State.NULL)
    return numbers


def is_lost(said):
    return said.partition(";")[0] == "lost"


class KeptNumbersTest(unittest.TestCase):
    def check(self, numbers, said):
        """Whether what came is what a cell says."""
        kept = [number for number in numbers if number is not None]
        if is_lost(said):
            self.assertGreater(len(numbers), 0)
            self.assertEqual(kept, [])
            return
        self.assertRegex(said, r"^kept($|[,;] )")
        self.assertEqual(kept, sorted(kept))
        if "before the first one have none" in said:
            self.assertIsNone(numbers[0])
            self.assertTrue(FIRST <= kept[0] < FIRST + COUNT)
        elif "those frames that are left" in said:
            self.assertEqual(kept, numbers)
            self.assertTrue(COUNT / 2 <= len(set(kept)) == len(kept) < COUNT)
        else:
            # No number is missing, and each comes once, unless they are repeated.
            self.assertEqual(sorted(set(numbers)), list(range(FIRST, FIRST + COUNT)))
            self.assertEqual("repeated" in said, len(kept) > COUNT)

    def test_within_pipelines(self):
        seen, has_gl = 0, has_opengl()
        for elements, said in rows():
            if "` to `" in elements:
                continue
            for chain in re.findall(r"`([^`]+)`", elements):
                if "glupload" in chain and not has_gl:
                    print(f"skipped: {chain}, as there is no OpenGL that needs no screen")
                    continue
                seen += 1
                with self.subTest(chain=chain):
                    self.check(play(chain), said)
        self.assertGreater(seen, 30)

    def test_between_pipelines(self):
        seen = set()
        for elements, said in rows():
            for pair in re.findall(r"`(\w+)` to `(\w+)`", elements):
                seen.add(pair)
                with self.subTest(pair=pair):
                    self.check(play_between(*PAIRS[pair], lambda numbers: len(numbers) >= 6 if is_lost(said)
                                            else any(numbers)), said)
        self.assertEqual(seen, set(PAIRS))


if __name__ == "__main__":
    sys.exit(countedtests.main())
