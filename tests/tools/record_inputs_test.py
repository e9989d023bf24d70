#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs numpro record on sources that change on the way, and on disks with trouble. Would notice a
recording that ends with the change, hangs, or is told though there is none.

    record_inputs_test.py NUMPRO
"""

import json
import pathlib
import shutil
import subprocess
import sys
import time

import countedtests
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402
from directorycase import DirectoryCase  # noqa: E402
from recordings import PATIENCE, recorded_frames  # noqa: E402

NUMPRO = sys.argv.pop(1)


class RecordInputs(DirectoryCase):
    def record(self, *arguments, status=0):
        ran = subprocess.run([NUMPRO, "record", *arguments], stdin=subprocess.DEVNULL, text=True,
                             capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual(ran.returncode, status, ran.stdout + ran.stderr)
        return ran

    def stream(self, *parts):
        """A transport stream of parts of 3 seconds each: their sizes, their rates, and whether they have sound."""
        whole = b""
        for i, (size, rate, has_sound) in enumerate(parts):
            part = self.path(f"part-{i}.ts")
            sound = ("-f", "lavfi", "-i", "sine=d=3") if has_sound else ()
            subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i",
                            f"testsrc=s={size}:r={rate}:d=3", *sound, "-pix_fmt", "yuv420p", "-g", "25",
                            "-output_ts_offset", str(3 * i), part], check=True, timeout=PATIENCE)
            whole += pathlib.Path(part).read_bytes()
        (self.directory / "in.ts").write_bytes(whole)
        return self.path("in.ts")

    def pictures(self, name):
        """Their number, and their size."""
        shown = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_streams",
                                "-count_frames", "-of", "json", self.path(name)], check=True,
                               capture_output=True, timeout=PATIENCE).stdout
        video, = json.loads(shown)["streams"]
        return int(video["nb_read_frames"]), (video["width"], video["height"])

    def test_size_that_changes(self):
        source = self.stream(("320x240", 25, False), ("640x360", 25, False), ("160x240", 25, False))
        ran = self.record(source, "-o", self.path("out.mkv"))
        self.assertIn("its pictures are 640x360 now, and are scaled to 320x240", ran.stderr)
        self.assertIn("its pictures are 160x240 now, and are scaled to 320x240", ran.stderr)
        count, size = self.pictures("out.mkv")
        self.assertGreaterEqual(count, 220)
        self.assertEqual(size, (320, 240))
        numbers = [number for number, _ in recorded_frames(self.path("out.mkv"))]
        self.assertEqual((numbers, numbers[-1]), (sorted(numbers), 8))

    def test_streams_that_change(self):
        """Sound that comes later, and goes again."""
        source = self.stream(("320x240", 25, False), ("320x240", 25, True), ("320x240", 25, False))
        self.record(source, "-o", self.path("out.mkv"))
        self.assertGreaterEqual(self.pictures("out.mkv")[0], 220)

    def test_high_dynamic_range(self):
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=320x240:r=25:d=2",
                        "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084",
                        "-colorspace", "bt2020nc", "-c:v", "libx265", "-x265-params", "log-level=none",
                        self.path("hdr.mkv")], check=True, timeout=PATIENCE)
        self.record(self.path("hdr.mkv"), "-o", self.path("out.mkv"))
        self.assertEqual(self.pictures("out.mkv"), (50, (320, 240)))

    def limited(self, kilobytes, *arguments, status):
        limit = f"ulimit -f {kilobytes}; trap '' XFSZ; exec \"$@\""
        ran = subprocess.run(["bash", "-c", limit, "bash", NUMPRO, "record", "test", *arguments], text=True,
                             capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual(ran.returncode, status, ran.stderr)
        return ran

    def test_no_space(self):
        ran = self.limited(0, "-o", self.path("none.mkv"), status=1)
        self.assertIn("none.mkv cannot be written: ", ran.stderr)
        self.assertEqual(list(self.directory.glob("none*")), [])

    def test_directory_that_vanishes(self):
        (self.directory / "out").mkdir()
        with subprocess.Popen([NUMPRO, "record", "test", "-o", self.path("out/x.mkv"), "--segment=1s"],
                              text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            while not (self.directory / "out/x-00001.mkv").exists():
                self.assertIsNone(process.poll())
                time.sleep(0.05)
            shutil.rmtree(self.directory / "out")
            _, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 3)
        self.assertRegex(errors, r"out/x-\d+\.mkv cannot be written: ")

    def test_standard_output_that_is_closed(self):
        """Its report has nowhere to go, but does not go into the recording, nor end it."""
        ran = subprocess.run(["bash", "-c", '"$@" >&-', "bash", NUMPRO, "record", "test", "-o",
                              self.path("out.mkv"), "--duration=1s"], text=True, stdin=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, timeout=PATIENCE, check=False)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("Standard output cannot be written: Bad file descriptor.", ran.stderr)
        self.assertEqual(len(recorded_frames(self.path("out.mkv"))), 30)
        ran = subprocess.run(["bash", "-c", '"$@" | true; echo ${PIPESTATUS[0]}', "bash", NUMPRO, "record",
                              "test", "-o", self.path("piped.mkv"), "--segment=1s", "--duration=3s"],
                             text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
                             check=False)
        self.assertEqual(ran.stdout, "1\n", ran.stderr)
        self.assertIn("Standard output cannot be written: Broken pipe.", ran.stderr)
        frames = [len(recorded_frames(path)) for path in sorted(self.directory.glob("piped-*.mkv"))]
        self.assertEqual(frames, [30, 30, 30])


if __name__ == "__main__":
    Gst.init(None)
    sys.exit(countedtests.main())
