#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs numpro stamp on inputs of all kinds. Would notice a container, a depth or a rate that costs a
recording its numbers or its times, and a file that breaks off told as whole.

    stamp_inputs_test.py NUMPRO
"""

import json
import pathlib
import subprocess
import sys

import countedtests
import gi
from stampedfiles import PATIENCE, SOUND, VIDEO, StampCase, generate, recorded_numbers

gi.require_version("Gst", "1.0")
gi.require_version("GstPbutils", "1.0")
from gi.repository import Gst, GstPbutils  # noqa: E402

DEEP = VIDEO.replace("I420", "I420_10LE,colorimetry=bt2100-pq")
HEVC = ("x264enc ! h264parse", "x265enc log-level=none ! h265parse")


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", *arguments], check=True, timeout=PATIENCE)


def picture_times(path):
    """When the pictures of a file are shown, in milliseconds from the first."""
    shown = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries",
                            "packet=pts_time", "-of", "json", path], check=True, timeout=PATIENCE,
                           capture_output=True).stdout
    times = sorted(float(packet["pts_time"]) for packet in json.loads(shown)["packets"])
    return [round(1000 * (time - times[0])) for time in times]


class Inputs(StampCase):
    def video_caps(self, name):
        info = GstPbutils.Discoverer.new(PATIENCE * Gst.SECOND).discover_uri(
            pathlib.Path(self.path(name)).as_uri())
        video, = info.get_video_streams()
        return video.get_caps()[0]

    def cut_off(self, name, share):
        """The beginning of a file."""
        data = pathlib.Path(self.path(name)).read_bytes()
        cut = self.path("cut-" + name)
        pathlib.Path(cut).write_bytes(data[:int(len(data) * share)])
        return cut

    def test_numbers_in_each_container(self):
        source = generate(self.path("in.mp4"), VIDEO, SOUND.format("avenc_aac"))
        for extension in ("mkv", "mp4", "mov", "m4v", "ts"):
            with self.subTest(extension):
                self.stamp(source, "-o", self.path(f"out.{extension}"), "--start=1000")
                self.assertEqual(recorded_numbers(self.path(f"out.{extension}")),
                                 list(range(1000, 1060)))

    def test_high_dynamic_range(self):
        for name, video in (("h264.mkv", DEEP), ("h265.mkv", DEEP.replace(*HEVC))):
            with self.subTest(name):
                source = generate(self.path(name), video, muxer="matroskamux")
                ran = self.stamp(source, "-o", self.path("out-" + name))
                self.assertIn("more than 8 bits", ran.stderr)
                caps = self.video_caps("out-" + name)
                self.assertEqual((caps["profile"], caps["colorimetry"]), ("high-10", "bt2100-pq"))
                self.assertEqual(recorded_numbers(self.path("out-" + name)), list(range(60)))

    def test_recorded_numbers(self):
        numbered = VIDEO.replace("! x264enc !", "! numproverlay start=500 ! x264enc ! "
                                 "numproseiinserter !")
        for name, video in (("h264.mkv", numbered), ("h265.mp4", numbered.replace(
                "x264enc !", HEVC[1].split(" !", maxsplit=1)[0] + " !").replace("h264parse", "h265parse"))):
            with self.subTest(name):
                source = generate(self.path(name), video,
                                  muxer="mp4mux" if name.endswith("mp4") else "matroskamux")
                ran = self.stamp(source, "-o", self.path("out-" + name), "--numbering=recorded")
                self.assertIn("60 frames, numbers 500 to 559", ran.stdout)
                self.assertEqual(ran.stderr, "")
                self.assertEqual(recorded_numbers(self.path("out-" + name)), list(range(500, 560)))
        plain = generate(self.path("plain.mp4"), VIDEO)
        ran = self.stamp(plain, "-o", self.path("none.mkv"), "--numbering=recorded", status=1)
        self.assertIn(f"{plain}: This recording carries no numbers.", ran.stderr)
        self.assertEqual(list(self.directory.glob("none*")), [])

    def test_variable_frame_rate(self):
        steady = generate(self.path("steady.mkv"), VIDEO.replace("=60", "=90"), muxer="matroskamux")
        source = self.path("in.mkv")
        ffmpeg("-i", steady, "-vf", "select=lt(n\\,20)+not(mod(n\\,7))+gt(n\\,80)", "-fps_mode", "vfr", source)
        times = picture_times(source)
        self.assertGreater(len({later - time for time, later in zip(times, times[1:])}), 3)
        for extension in ("mkv", "mp4", "ts"):
            with self.subTest(extension):
                out = self.path(f"out.{extension}")
                self.assertEqual(self.stamp(source, "-o", out).stderr, "")
                stamped = picture_times(out)
                self.assertEqual(len(stamped), len(times))
                self.assertLessEqual(max(abs(a - b) for a, b in zip(stamped, times)), 1)
                self.assertEqual(recorded_numbers(out), list(range(len(times))))

    def test_no_frame_rate(self):
        """As of a screen recorder that says none."""
        source = generate(self.path("in.mkv"), VIDEO.replace(
            "x264enc ! h264parse", "jpegenc ! capssetter caps=image/jpeg,framerate=0/1"),
            muxer="matroskamux")
        ran = self.stamp(source, "-o", self.path("out.mkv"))
        self.assertIn("60 frames, numbers 0 to 59", ran.stdout)
        self.assertEqual(recorded_numbers(self.path("out.mkv")), list(range(60)))
        for ours, theirs in zip(picture_times(self.path("out.mkv")), picture_times(source)):
            self.assertAlmostEqual(ours, theirs, delta=1)

    def test_files_that_break_off(self):
        """As far as the file itself says how long it should be."""
        generate(self.path("in.mkv"), VIDEO.replace("=60", "=180"), muxer="matroskamux")
        ffmpeg("-i", self.path("in.mkv"), "-c", "copy", "-movflags", "+faststart", self.path("in.mp4"))
        for name in ("in.mkv", "in.mp4"):
            with self.subTest(name):
                cut = self.cut_off(name, 0.6)
                out = self.path(f"out-{name}.mkv")
                ran = self.stamp(cut, "-o", out, status=3)
                self.assertRegex(ran.stderr, rf"^{cut} breaks off 0:0[234] before its end\.\n$")
                numbers = recorded_numbers(out)
                self.assertGreater(len(numbers), 60)
                self.assertEqual(numbers, list(range(len(numbers))))
        ffmpeg("-i", self.path("in.mkv"), "-c", "copy", self.path("in.ts"))
        ran = self.stamp(self.cut_off("in.ts", 0.6), "-o", self.path("out.mkv"))
        self.assertGreater(len(recorded_numbers(self.path("out.mkv"))), 60)

    def test_pictures_that_cannot_be_decoded(self):
        generate(self.path("in.mkv"), VIDEO.replace("=60", "=180"), muxer="matroskamux")
        ffmpeg("-i", self.path("in.mkv"), "-c", "copy", "-movflags", "+faststart", self.path("in.mp4"))
        data = pathlib.Path(self.path("in.mp4")).read_bytes()
        # From there on nothing is where it was.
        start = data.index(b"mdat")
        place = start + (len(data) - start) // 4
        data = data[:place] + data[place + 1:] + b"\0"
        (self.directory / "broken.mp4").write_bytes(data)
        ran = self.stamp(self.path("broken.mp4"), "-o", self.path("out.mkv"), status=3)
        self.assertRegex(ran.stderr, r"broken.mp4: the last 0:0\d of its pictures cannot be decoded\.")
        self.assertGreater(len(recorded_numbers(self.path("out.mkv"))), 10)

    def test_sound_that_is_longer(self):
        """No file that breaks off."""
        source = generate(self.path("in.mkv"), VIDEO, SOUND.replace("=80", "=300").format("avenc_aac"),
                          muxer="matroskamux")
        self.assertEqual(self.stamp(source, "-o", self.path("out.mkv")).stderr, "")


if __name__ == "__main__":
    StampCase.command = sys.argv.pop(1)
    sys.exit(countedtests.main())
