#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs numpro stamp --frames. Would notice pictures that are missing or of other frames than the ledger
says, holes that the ledger does not have, a directory of the user's that is emptied, and half a directory
under the name of a whole one.

    stamp_frames_test.py NUMPRO
"""

import json
import os
import pathlib
import re
import signal
import struct
import subprocess
import sys
import time

import countedtests
from stampedfiles import PATIENCE, SOUND, VIDEO, StampCase, generate

SECOND = 10**9


def size_of(picture):
    """Width and height of a JPEG, as its header says."""
    data = pathlib.Path(picture).read_bytes()
    place = re.search(rb"\xff[\xc0\xc2]", data).start()
    height, width = struct.unpack(">HH", data[place + 5:place + 9])
    return width, height


class Frames(StampCase):
    def ledger(self, name):
        return json.loads((self.directory / name / "ledger.json").read_text(encoding="utf-8"))

    def check(self, name, numbers, is_cut=False):
        """There are these pictures, and they follow each other without a hole. Where reading was cut
        the last one may be coded before frames that come before it, and that were not read."""
        frames = self.ledger(name)["frames"]
        self.assertEqual([frame["number"] for frame in frames], numbers)
        self.assertEqual(sorted(os.listdir(self.directory / name)),
                         sorted([frame["image"] for frame in frames] + ["ledger.json"]))
        whole = frames[:-1] if is_cut else frames
        for frame, following in zip(whole, whole[1:]):
            self.assertEqual(frame["image"], f"{frame['number']:06}.jpg")
            self.assertEqual(frame["stream-time"] + frame["duration"], following["stream-time"])
            self.assertNotIn("gap-before", following)
            self.assertIsNone(frame["utc"])
        for frame in frames:
            self.assertEqual(size_of(self.directory / name / frame["image"]),
                             (frame["width"], frame["height"]))
        return frames

    def test_every_frame(self):
        """More than fit into a batch."""
        source = generate(self.path("in.mp4"), VIDEO.replace("=60", "=100"), SOUND.format("avenc_aac"))
        ran = self.stamp("--frames", self.path("out"), source)
        self.assertIn("out: 100 pictures, numbers 0 to 99, 0:03", ran.stdout)
        self.assertEqual(ran.stderr, "")
        frames = self.check("out", list(range(100)))
        self.assertEqual((frames[0]["width"], frames[0]["height"]), (320, 240))
        self.assertAlmostEqual(frames[-1]["duration"], SECOND / 30, delta=2)

    def test_one_a_second(self):
        source = generate(self.path("in.mp4"), VIDEO.replace("=60", "=75"))
        self.stamp("--frames", self.path("out"), "--numbering=time", "--rate=2/1", "--start=7",
                   "--max-edge=160", "--jpeg-quality=20", source)
        frames = self.check("out", [7, 8, 9, 10, 11])
        self.assertEqual([frame["stream-time"] * 2 // SECOND for frame in frames], [0, 1, 2, 3, 4])
        self.assertEqual((frames[0]["width"], frames[0]["height"]), (160, 120))
        self.stamp("--frames", self.path("good"), "--numbering=time", "--rate=2/1", "--start=7",
                   "--max-edge=160", "--jpeg-quality=100", source)
        small, large = ((self.directory / name / "000008.jpg").stat().st_size
                        for name in ("out", "good"))
        self.assertGreater(large, 1.5 * small)

    def test_only_what_is_needed_is_decoded(self):
        """The pictures are those of the frames that numbers begin with, with frames coded in another
        order than they are shown in, and groups of them that need the group before."""
        for name, coded in (("b.mp4", "libx264 -g 40 -bf 3"),
                            ("open.ts", "libx264 -g 20 -x264-params open-gop=1"),
                            ("h265.mkv", "libx265 -g 20 -x265-params log-level=none:bframes=4"),
                            ("intra.avi", "mjpeg")):
            source = self.path(name)
            subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i",
                            "testsrc2=size=160x120:rate=25:duration=5", "-c:v", *coded.split(), source],
                           check=True, timeout=PATIENCE)
            for numbering, directory in (("time", "few"), ("count", "all")):
                self.stamp("--frames", self.path(directory), "--force", f"--numbering={numbering}",
                           "--rate=2/1", "--silent=true", source)
            frames = self.check("few", list(range(10)))
            every = {frame["stream-time"]: frame["image"] for frame in self.ledger("all")["frames"]}
            for frame in frames:
                wanted = every[frame["stream-time"]]
                self.assertEqual((self.directory / "few" / frame["image"]).read_bytes(),
                                 (self.directory / "all" / wanted).read_bytes(), f"{name}: {frame}")
            shown = frames[-1]["stream-time"] + frames[-1]["duration"] - frames[0]["stream-time"]
            self.assertAlmostEqual(shown, 5 * SECOND, delta=SECOND // 100)

    def test_numbers_that_wrap(self):
        source = generate(self.path("in.mp4"), VIDEO.replace("=60", "=10"))
        self.stamp("--frames", self.path("out"), "--wrap=4", source)
        frames = self.ledger("out")["frames"]
        self.assertEqual([(frame["number"], frame["image"]) for frame in frames],
                         [(i % 4, f"{i:06}.jpg") for i in range(10)])

    def test_hole(self):
        """Where frames are missing, also between two batches of the element."""
        source = generate(self.path("in.mkv"), VIDEO.replace("=60", "=90"), muxer="matroskamux")
        for first_missing in (20, 32):
            with self.subTest(first_missing):
                holed = self.path(f"{first_missing}.mkv")
                subprocess.run(["ffmpeg", "-v", "error", "-i", source, "-fps_mode", "vfr", "-vf",
                                f"select=not(between(n\\,{first_missing}\\,{first_missing + 29}))", holed],
                               check=True, timeout=PATIENCE)
                self.stamp("--frames", self.path(f"out-{first_missing}"), holed)
                frames = self.ledger(f"out-{first_missing}")["frames"]
                self.assertEqual([frame["number"] for frame in frames], list(range(60)))
                gaps = {frame["number"]: frame["gap-before"] for frame in frames
                        if "gap-before" in frame}
                self.assertEqual(list(gaps), [first_missing])
                self.assertAlmostEqual(gaps[first_missing], SECOND, delta=2 * 10**6)

    def test_recorded_numbers_that_come_again(self):
        source = generate(self.path("in.mp4"), VIDEO.replace("=60", "=10"))
        self.stamp(source, "-o", self.path("numbered.mkv"), "--start=5")
        twice = self.path("twice.mkv")
        subprocess.run(["mkvmerge", "-q", "-o", twice, self.path("numbered.mkv"), "+",
                        self.path("numbered.mkv")], check=True, timeout=PATIENCE)
        ran = self.stamp("--frames", self.path("out"), "--numbering=recorded", twice)
        self.assertIn("10 frames are left out, whose numbers had come before", ran.stderr)
        self.check("out", list(range(5, 15)))
        source = generate(self.path("plain.mp4"), VIDEO)
        ran = self.stamp("--frames", self.path("none"), "--numbering=recorded", source, status=1)
        self.assertIn(f"{source}: This recording carries no numbers.", ran.stderr)
        self.assertFalse((self.directory / "none").exists())

    def test_several_files_and_resume(self):
        first = generate(self.path("first.mp4"), VIDEO)
        second = generate(self.path("second.mp4"), VIDEO)
        (self.directory / "empty.mp4").touch()
        ran = self.stamp("--frames", self.path("out"), first, self.path("empty.mp4"), second, status=3)
        self.assertEqual(ran.stderr, f"{self.path('empty.mp4')} is empty.\n")
        self.assertEqual(sorted(os.listdir(self.directory / "out")), ["first", "second"])
        self.check("out/second", list(range(60)))
        # As a kill leaves them: not complete.
        (self.directory / "out/second").rename(self.directory / "out/second.part")
        before = (self.directory / "out/first/ledger.json").stat().st_mtime_ns
        ran = self.stamp("--frames", self.path("out"), first, second)
        self.assertIn("out/first is there already; --force writes it again.", ran.stderr)
        self.assertEqual((self.directory / "out/first/ledger.json").stat().st_mtime_ns, before)
        self.assertEqual(sorted(os.listdir(self.directory / "out")), ["first", "second"])
        self.check("out/second", list(range(60)))
        self.stamp("--frames", self.path("out/first/"), "--force", "--numbering=time", first)
        self.check("out/first", [0, 1])

    def test_directories_of_others(self):
        source = generate(self.path("in.mp4"), VIDEO)
        for kept in ("mine", "out.part"):
            (self.directory / kept).mkdir()
            (self.directory / kept / "letter.txt").write_text("dear")
        ran = self.stamp("--frames", self.path("mine"), source, status=1)
        self.assertIn("mine is there, but without the ledger of numbered pictures", ran.stderr)
        ran = self.stamp("--frames", self.path("out"), source, status=1)
        self.assertIn("out.part is in the way and holds other files", ran.stderr)
        for kept in ("mine", "out.part"):
            self.assertEqual(os.listdir(self.directory / kept), ["letter.txt"])
        self.assertFalse((self.directory / "out").exists())
        (self.directory / "new").mkdir()
        self.stamp("--frames", self.path("new"), source)
        (self.directory / "new/letter.txt").write_text("dear")
        ran = self.stamp("--frames", self.path("new"), "--force", source, status=1)
        self.assertTrue((self.directory / "new/letter.txt").exists())

    def test_no_space(self):
        source = generate(self.path("in.mp4"), VIDEO.replace("320,height=240", "640,height=480"))
        limit = f"ulimit -f 1; trap '' XFSZ; exec {self.command} stamp --frames {self.path('out')} {source}"
        ran = subprocess.run(["bash", "-c", limit], text=True, capture_output=True, timeout=PATIENCE,
                             check=False)
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertRegex(ran.stderr, r"out cannot be written: .*000000.jpg: File too large")
        self.assertEqual(sorted(os.listdir(self.directory)), ["in.mp4"])

    def test_interrupt_leaves_what_was_stamped(self):
        long = generate(self.path("long.mp4"), VIDEO.replace("=60", "=3000"))
        process = subprocess.Popen([self.command, "stamp", "--frames", self.path("out"), long], text=True,
                                   stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        part = self.directory / "out.part"
        while process.poll() is None and not (part.exists() and len(os.listdir(part)) > 2):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("out is not complete; what was stamped is in", errors)
        self.assertFalse((self.directory / "out").exists())
        self.check("out.part", list(range(len(os.listdir(part)) - 1)), is_cut=True)

    def test_wrong_usage(self):
        for arguments, words in ((["--frames", "x", "-o", "y.mkv", "in"], "-o and --frames"),
                                 (["-o", "y.mkv", "--max-edge=4", "in"], "--max-edge is of pictures"),
                                 (["--frames", "x", "--jpeg-quality=101", "in"],
                                  "--jpeg-quality=101 is out of range"),
                                 (["--frames", "x", "--max-edge=big", "in"], "big")):
            self.assertIn(words, self.stamp(*arguments, status=2).stderr)


if __name__ == "__main__":
    StampCase.command = sys.argv.pop(1)
    sys.exit(countedtests.main())
