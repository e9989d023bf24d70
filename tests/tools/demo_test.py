#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs the demo on inputs good and bad. Would notice a recording or bundles that are not whole, and
bundles that say another time of a number than the recording. Has it ask, too: would notice a question
that is not answered, or with another time than that of what was to be seen.

    demo_test.py NUMPRO_DEMO NUMPRO_ASK ASKDEMO NUMPRO_READER
"""

import datetime
import io
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import countedtests
import gi
from bundles import read_answers, read_bundles
from PIL import Image, ImageChops, ImageOps

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
from gi.repository import Gst, GstApp  # noqa: E402,F401 (GstApp gives appsink methods)

DEMO, ASK, ASKDEMO, READER = (sys.argv.pop(1) for _ in range(4))
PATIENCE = 60


def generate(path, description):
    subprocess.run(["gst-launch-1.0", "-q", *description.split(), "!", "filesink",
                    f"location={path}"], check=True, timeout=PATIENCE)
    return str(path)


def read_video(path):
    """The frames of a file: pairs of a time in nanoseconds and a picture."""
    pipeline = Gst.parse_launch("filesrc name=file ! decodebin ! videoconvert ! "
                                "video/x-raw,format=RGBx ! appsink name=sink sync=false")
    pipeline.get_by_name("file").set_property("location", str(path))
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)
    while sample := sink.pull_sample():
        # Not get_structure(), which newer bindings wrap up.
        caps = sample.get_caps()[0]
        size = (caps["width"], caps["height"])
        buffer = sample.get_buffer()
        data = buffer.extract_dup(0, buffer.get_size())
        yield buffer.pts, Image.frombytes("RGB", size, data, "raw", "RGBX")
    pipeline.set_state(Gst.State.NULL)


def read_number(picture):
    """The number that can be read at the bottom right of a picture."""
    width, height = picture.size
    side = min(width, height)
    corner = picture.crop((width - side * 45 // 100, height - side * 13 // 100, width, height))
    red, green, blue = corner.split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    ink = redness.point(lambda level: 255 if level > 90 else 0)
    # What Tesseract is best at: 48 pixels high, black on white, with a margin.
    text = ImageOps.invert(ink.crop(ink.getbbox()))
    text = ImageOps.expand(text.resize((text.width * 48 // text.height, 48), Image.BILINEAR), 20, 255)
    png = io.BytesIO()
    text.save(png, "PNG")
    read = subprocess.run(["tesseract", "stdin", "stdout", "--psm", "8", "-c",
                           "tessedit_char_whitelist=0123456789"], input=png.getvalue(),
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
                          timeout=PATIENCE).stdout
    return read.decode().strip()


def has_red_ink(picture):
    return any(r > 150 and g < 90 and b < 90 for r, g, b in picture.getdata())


class Demo(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)
        self.output = self.directory / "out put"

    def start(self, *arguments):
        return subprocess.Popen([DEMO, "--output", str(self.output), *arguments], text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)

    def finish(self, process, status):
        text, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, status, text)
        return text

    def run_demo(self, *arguments, status=0):
        return self.finish(self.start(*arguments), status)

    def check_recording(self, text):
        """The number of frames and the last number, after a look at all files."""
        recording = pathlib.Path(re.search(r"^Recording: (.*)$", text, re.MULTILINE)[1])
        sheet = pathlib.Path(re.search(r"^Contact sheet: (.*)$", text, re.MULTILINE)[1])
        said = re.search(r"([\d.]+) s, (\d+) frames, numbers 0 to (\d+)", text)
        frames = 0
        for _, picture in read_video(recording):
            frames, self.size = frames + 1, picture.size
        self.assertEqual(frames, int(said[2]))
        self.assertEqual(sheet.with_suffix(""), recording.with_suffix(""))
        with Image.open(sheet) as picture:
            self.sheet = picture.convert("RGB")
        bundles = pathlib.Path(re.search(r"^Bundles: (.*)$", text, re.MULTILINE)[1])
        self.assertEqual(bundles.name, recording.stem + "-bundles")
        self.assertEqual([frame["number"] for frame in read_bundles(bundles)],
                         list(range(int(said[3]) + 1)))
        return frames, int(said[3])

    def assert_no_recording(self):
        self.assertEqual(list(self.output.glob("*")), [])

    def test_test_source(self):
        text = self.run_demo("--seconds", "2")
        frames, last = self.check_recording(text)
        self.assertEqual((frames, last, self.size), (60, 1, (1280, 720)))
        # Four columns and three rows, each frame with its number at the bottom right.
        width, height = self.sheet.size[0] // 4, self.sheet.size[1] // 3
        for column in range(4):
            for row in range(3):
                right, bottom = (column + 1) * width, (row + 1) * height
                corner = self.sheet.crop((right - width // 5, bottom - height // 2, right, bottom))
                self.assertTrue(has_red_ink(corner), f"no number in frame {column}, {row}")

    def test_bundles_and_recording_have_the_same_times(self):
        text = self.run_demo("--seconds", "1.2", "--rate", "5/1")
        self.check_recording(text)
        recording, = self.output.glob("*.mkv")
        ledger = read_bundles(*self.output.glob("*-bundles"))
        video = list(read_video(recording))
        for entry in ledger:
            time_there = entry["stream-time"] - ledger[0]["stream-time"]
            # Matroska counts milliseconds.
            first = min(range(len(video)), key=lambda i: abs(video[i][0] - time_there))
            self.assertLess(abs(video[first][0] - time_there), Gst.MSECOND)
            self.assertEqual(read_number(video[first][1]), str(entry["number"]))
            if first > 0:
                self.assertEqual(read_number(video[first - 1][1]), str(entry["number"] - 1))
        self.assertIn(f'"number": {entry["number"]}, "stream-time": {entry["stream-time"]}, '
                      f'"utc": "{entry["utc"]}", "image": "{entry["image"]}"', text)

    def test_second_run_leaves_the_first_alone(self):
        for _ in range(2):
            self.run_demo("--seconds", "0.2")
        self.assertEqual(len(list(self.output.glob("*.mkv"))), 2)
        self.assertEqual(len(list(self.output.glob("*.png"))), 2)
        self.assertEqual(len(list(self.output.glob("*-bundles"))), 2)

    def test_file_with_odd_size_and_sound(self):
        path = generate(self.directory / "my clip.mkv",
                        "audiotestsrc num-buffers=90 ! vorbisenc ! mux. videotestsrc num-buffers=90"
                        " ! video/x-raw,width=321,height=241,framerate=30/1 ! jpegenc !"
                        " matroskamux name=mux")
        frames, last = self.check_recording(self.run_demo(path))
        self.assertEqual((frames, last, self.size), (90, 2, (322, 242)))

    def test_rate(self):
        self.assertEqual(self.check_recording(self.run_demo("--seconds", "1", "--rate", "5/1")),
                         (30, 4))

    def test_interrupt_leaves_a_whole_file(self):
        process = self.start("--seconds", "0")
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        frames, _ = self.check_recording(self.finish(process, 0))
        self.assertGreater(frames, 10)

    def test_input_that_breaks_off(self):
        whole = pathlib.Path(generate(
            self.directory / "whole.mp4",
            "videotestsrc num-buffers=300 pattern=snow ! video/x-raw,width=320,height=240,"
            "framerate=30/1 ! x264enc ! mp4mux faststart=true"))
        cut = self.directory / "cut.mp4"
        cut.write_bytes(whole.read_bytes()[:whole.stat().st_size // 2])
        text = self.run_demo(str(cut), status=3)
        self.assertIn("cut.mp4 broke off", text)
        self.assertGreater(self.check_recording(text)[0], 100)

    def test_no_video(self):
        path = generate(self.directory / "sound.ogg",
                        "audiotestsrc num-buffers=50 ! vorbisenc ! oggmux")
        self.assertIn("sound.ogg has no video", self.run_demo(path, status=1))
        self.assert_no_recording()

    def test_no_such_file(self):
        self.assertIn("none.mp4: No such file", self.run_demo("none.mp4", status=1))

    def test_not_a_video(self):
        path = self.directory / "notes.txt"
        path.write_text("nothing to see\n", encoding="utf-8")
        self.assertIn("notes.txt cannot be recorded", self.run_demo(str(path), status=1))
        self.assert_no_recording()

    def test_secrets_of_an_address_stay_secret(self):
        for protocol in ("rtsp", "http"):
            text = self.run_demo(f"{protocol}://someone:pass%20word@127.0.0.1:1/live?key=k3y",
                                 status=1)
            self.assertIn("127.0.0.1", text)
            for secret in ("someone", "pass", "word", "k3y"):
                self.assertNotIn(secret, text)
        self.assert_no_recording()


class Asking(unittest.TestCase):
    def run_ask(self, *command, status):
        process = subprocess.run(command, text=True, stdin=subprocess.DEVNULL, check=False,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE)
        self.assertEqual(process.returncode, status, process.stdout)
        return process.stdout

    def test_live_stream(self):
        start = datetime.datetime.now(datetime.timezone.utc)
        with tempfile.TemporaryDirectory() as directory:
            text = self.run_ask(ASKDEMO, READER, ASK, directory, status=0)
            answers = read_answers(pathlib.Path(directory))
        end = datetime.datetime.now(datetime.timezone.utc)
        self.assertIn("No model is asked here", text)
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
        self.assertIn("Whom to ask?", self.run_ask(ASK, status=1))
        self.assertIn("no-reader", self.run_ask(ASKDEMO, "/no-reader", ASK, "/tmp", status=1))
        self.assertIn("Which model?", self.run_ask(ASK, "--endpoint", "http://h/v1", status=1))

    def test_endpoint_that_is_none(self):
        text = self.run_ask(ASK, "--endpoint", "nowhere", "--model", "m", status=1)
        self.assertIn("endpoint: ", text)


if __name__ == "__main__":
    Gst.init(None)
    sys.exit(countedtests.main())
