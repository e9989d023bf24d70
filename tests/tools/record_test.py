#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs numpro record on sources good and bad. Would notice numbers that are not in the output or come
twice, sound that is lost, segments that cannot be played after a kill, a camera that is not found
again, and a password that is shown.

    record_test.py NUMPRO SOURCE_DIRECTORY SOUNDCAMERA
"""

import http.server
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import unittest

import countedtests
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402
from bundles import read_bundles  # noqa: E402
from recordcase import RecordCase  # noqa: E402
from recordings import (PATIENCE, SOUND, VIDEO, generate, pictures_of,  # noqa: E402
                        read_number, recorded_frames, wait_for)

RecordCase.program = NUMPRO = sys.argv.pop(1)
SOURCES = pathlib.Path(sys.argv.pop(1))
RecordCase.soundcamera = sys.argv.pop(1)


class Record(RecordCase):
    def test_test_source(self):
        begin = time.time()
        ran = self.record("test", "-o", self.path("out.mkv"), "--duration=2s", "--rate=5/1")
        self.assertRegex(ran.stdout, r"out\.mkv: \d\d frames, numbers 0 to 9, 0:0[12]\n$")
        frames = recorded_frames(self.path("out.mkv"))
        numbers = [number for number, _ in frames]
        # A machine that is busy leaves pictures out, which is told.
        if ran.stderr == "":
            self.assertEqual(numbers, [i // 6 for i in range(60)])
        self.assertRegex(ran.stderr, r"^$|^pictures that were left out, ")
        self.assertGreater(len(frames), 40)
        self.assertEqual(sorted(set(numbers)), list(range(10)))
        for _, utc in frames:
            self.assertTrue(begin < utc / 1e9 < time.time(), utc)
        video, = self.probe("out.mkv")["streams"]
        self.assertEqual((video["width"], video["height"]), (1280, 720))
        ran = self.record("test", "-o", self.path("out.mkv"), status=1)
        self.assertIn("out.mkv is there already; --force writes it again.", ran.stderr)
        self.record("test", "-o", self.path("out.mkv"), "--duration=0.5s", "--force")
        self.assertIn(len(recorded_frames(self.path("out.mkv"))), range(8, 16))

    def test_file_with_sound(self):
        source = generate(self.path("in.mp4"), VIDEO, SOUND)
        ran = self.record(source, "-o", self.path("out.mkv"), "--numbering=count", "--start=7")
        self.assertIn("out.mkv: 60 frames, numbers 7 to 66, 0:02", ran.stdout)
        self.assertEqual(recorded_frames(self.path("out.mkv")),
                         [(number, None) for number in range(7, 67)])
        self.assertIn("Opus", self.codecs("out.mkv"))
        longer = generate(self.path("longer.mp4"), VIDEO, SOUND.replace("=80", "=400"))
        ran = self.record(longer, "-o", self.path("longer.mkv"))
        self.assertEqual((ran.stdout.count("60 frames"), ran.stderr), (1, ""))

    def test_odd_size_and_sound(self):
        source = generate(self.path("my clip.mkv"), "audiotestsrc num-buffers=90 ! vorbisenc ! mux.",
                          "videotestsrc num-buffers=90 ! "
                          "video/x-raw,width=321,height=241,framerate=30/1 ! jpegenc ! mux.",
                          muxer="matroskamux")
        ran = self.record(source, "-o", self.path("out.mkv"))
        self.assertIn("out.mkv: 90 frames, numbers 0 to 2, 0:03", ran.stdout)
        video, = (stream for stream in self.probe("out.mkv")["streams"]
                  if stream["codec_type"] == "video")
        self.assertEqual((video["width"], video["height"]), (322, 242))
        self.assertIn("audio", self.kinds("out.mkv"))

    def test_bundles_and_pictures_have_the_same_times(self):
        self.record("test", "-o", self.path("out.mkv"), "--duration=1.2s", "--rate=5/1",
                    "--start=20", "--reader", "-q", "something green")
        ledger = read_bundles(self.directory / "out-bundles")
        self.assertEqual([entry["number"] for entry in ledger], list(range(20, 26)))
        pictures = list(pictures_of(self.path("out.mkv")))
        for entry in ledger:
            there = entry["stream-time"] - ledger[0]["stream-time"]
            first = min(range(len(pictures)), key=lambda i: abs(pictures[i][0] - there))
            # Matroska counts milliseconds.
            self.assertLess(abs(pictures[first][0] - there), Gst.MSECOND)
            self.assertEqual(read_number(pictures[first][1]), str(entry["number"]))
            if first > 0:
                self.assertEqual(read_number(pictures[first - 1][1]), str(entry["number"] - 1))

    def test_duration_of_a_file_and_turned_pictures(self):
        turned = generate(self.path("turned.mp4"), VIDEO)
        # The matrix of the track, which mp4mux writes for upright pictures only.
        data = bytearray(pathlib.Path(turned).read_bytes())
        one, end = 1 << 16, 1 << 30
        upright, quarter = (struct.pack(">9i", *matrix) for matrix in (
            (one, 0, 0, 0, one, 0, 0, 0, end), (0, one, 0, -one, 0, 0, 0, 0, end)))
        place = data.index(upright, data.index(b"tkhd"))
        data[place:place + len(quarter)] = quarter
        pathlib.Path(turned).write_bytes(data)
        ran = self.record(turned, "-o", self.path("out.mkv"), "--duration=1.5s")
        self.assertIn("45 frames", ran.stdout)
        video, = self.probe("out.mkv")["streams"]
        self.assertEqual((video["width"], video["height"]), (240, 320))

    def test_http(self):
        generate(self.path("in.mp4"), VIDEO)
        handler = lambda *arguments: http.server.SimpleHTTPRequestHandler(  # noqa: E731
            *arguments, directory=self.directory)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            ran = self.record(f"http://127.0.0.1:{server.server_port}/in.mp4", "-o",
                              self.path("out.mkv"))
            server.shutdown()
            thread.join()
        self.assertIn("60 frames", ran.stdout)

    def test_stream_over_http_that_ends_and_comes_back(self):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}/x.ts"
        stream = ["ffmpeg", "-nostdin", "-v", "quiet", "-re", "-f", "lavfi", "-i",
                  "testsrc=s=320x240:r=25:d=3", "-c:v", "libx264", "-tune", "zerolatency", "-g", "25",
                  "-pix_fmt", "yuv420p", "-f", "mpegts", "-listen", "1", address]

        def serve():
            process = subprocess.Popen(stream)
            self.addCleanup(process.wait, PATIENCE)
            self.addCleanup(process.kill)
            port = f":{int(address.split(':')[2].split('/')[0]):04X} "
            wait_for(lambda: port in pathlib.Path("/proc/net/tcp").read_text(encoding="ascii"),
                     "the server")

        serve()
        with self.recording(address, "-o", self.path("out.mkv"), "--rate=5/1") as process:
            wait_for(lambda: "is away: it ended." in self.told(), "the end")
            serve()
            wait_for(lambda: "is back after" in self.told(), "the return")
            wait_for(lambda: self.told().count("is away: it ended.") == 2, "the second end")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE), 130, self.told())
        self.assertGreater(len(self.check_numbers(["out.mkv"], 5)), 100)

    def test_signal_finishes_the_file(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.recording("test", "-o", self.path("out.mkv"), "--force") as process:
                wait_for(lambda: self.size("out.mkv") > 5000, "the recording")
                process.send_signal(number)
                self.assertEqual(process.wait(PATIENCE), 128 + number)
            self.assertIn("out.mkv: ", self.told("stdout"))
            self.assertGreater(len(recorded_frames(self.path("out.mkv"))), 10)
            os.remove(self.path("out.mkv"))

    def test_segments_are_whole_after_kill(self):
        with self.recording("test", "-o", self.path("out.mkv"), "--segment=1s",
                            "--rate=10/1") as process:
            wait_for(lambda: self.size("out-00002.mkv") > 5000, "the third segment")
            process.kill()
            process.wait(PATIENCE)
        names = ["out-00000.mkv", "out-00001.mkv", "out-00002.mkv"]
        frames = self.check_numbers(names, 10)
        self.assertEqual([number for number, _ in frames], [i // 3 for i in range(len(frames))])
        self.assertGreater(len(frames), 60)
        # What is recorded again follows those that are there, with numbers behind theirs.
        ran = self.record("test", "-o", self.path("out.mkv"), "--segment=1s", "--duration=0.5s")
        last = frames[-1][0]
        self.assertRegex(ran.stdout, rf"out-00003\.mkv: \d+ frames, numbers {last + 1} to {last + 1}, ")
        self.assertIn(f"numbers go on from {last + 1}, behind those of", ran.stderr)
        # So it is where old ones were removed, and where the last one holds nothing.
        os.remove(self.path("out-00000.mkv"))
        os.mkfifo(self.path("out-00007.mkv"))
        ran = self.record("test", "-o", self.path("out.mkv"), "--segment=1s", "--duration=0.5s")
        self.assertRegex(ran.stdout, rf"out-00008\.mkv: \d+ frames, numbers {last + 2} to {last + 2}, ")
        ran = self.record("test", "-o", self.path("out.mkv"), "--segment=1s", "--duration=0.5s",
                          "--start=5")
        self.assertRegex(ran.stdout, r"out-00009\.mkv: \d+ frames, numbers 5 to 5, ")
        self.assertEqual(ran.stderr, "")

    def test_camera_that_goes_and_comes_back(self):
        camera = self.camera()
        outages = int(os.environ.get("NUMPRO_TEST_OUTAGES", "3"))
        with self.recording(camera.address, "-o", self.path("out.mkv"), "--segment=2s",
                            "--rate=10/1") as process:
            wait_for(lambda: self.size("out-00000.mkv") > 20000, "the recording")
            for outage in range(1, outages + 1):
                camera.kill()
                wait_for(lambda n=outage: self.told().count(" is away: ") == n, "the outage")
                camera.start()
                back = time.monotonic()
                wait_for(lambda n=outage: self.told().count(" is back after ") == n, "the return")
                self.assertLess(time.monotonic() - back, 5 * self.slowness())
                files = sorted(self.directory.glob("out-*.mkv"))
                before = sum(file.stat().st_size for file in files)
                wait_for(lambda b=before: sum(file.stat().st_size for file in
                                              self.directory.glob("out-*.mkv")) > b + 20000,
                         "more of the recording")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE), 130, self.told())
        names = sorted(file.name for file in self.directory.glob("out-*.mkv"))
        for name in names:
            self.assertIn("Opus", self.codecs(name))
        frames = self.check_numbers(names, 10)
        numbers = sorted({number for number, _ in frames})
        gaps = [b - a for a, b in zip(numbers, numbers[1:]) if b - a > 1]
        self.assertGreaterEqual(len(gaps), outages)
        log = self.told("out.log")
        self.assertEqual((log.count(" is away: "), log.count(" is back after ")),
                         (outages, outages))
        self.assertRegex(log, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ rtsp://127")

    def test_camera_that_hangs(self):
        camera = self.camera()
        with self.recording(camera.address, "-o", self.path("out.mkv"), "--rate=10/1") as process:
            wait_for(lambda: self.size("out.mkv") > 20000, "the recording")
            camera.process.send_signal(signal.SIGSTOP)
            wait_for(lambda: "is away: it sent no picture for 10 seconds." in self.told(),
                     "the outage")
            before = self.size("out.mkv")
            camera.process.send_signal(signal.SIGCONT)
            wait_for(lambda: self.size("out.mkv") > before + 20000, "more of the recording")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE), 130, self.told())
        self.check_numbers(["out.mkv"], 10)

    def test_camera_that_comes_back_without_sound(self):
        camera = self.camera()
        with self.recording(camera.address, "-o", self.path("out.mkv")) as process:
            wait_for(lambda: self.size("out.mkv") > 30000, "the recording")
            camera.kill()
            camera.arguments = ["silent"]
            camera.start()
            wait_for(lambda: " is back after " in self.told(), "the return")
            before = self.size("out.mkv")
            wait_for(lambda: self.size("out.mkv") > before + 100000, "more of the recording")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE), 130, self.told())
        ends = {stream["codec_type"]: float(
            subprocess.run(["ffprobe", "-v", "error", "-select_streams", str(stream["index"]),
                            "-show_entries", "packet=pts_time", "-of", "csv=p=0",
                            self.path("out.mkv")], check=True, capture_output=True, text=True,
                           timeout=PATIENCE).stdout.split()[-1].strip(","))
                for stream in self.probe("out.mkv")["streams"]}
        self.assertGreater(ends["audio"], ends["video"] - 4)

    @staticmethod
    def slowness():
        """How much longer than alone things may take on a machine that is busy."""
        return max(1.0, 2 * os.getloadavg()[0] / os.cpu_count())

    def test_password_is_not_shown(self):
        camera = self.camera("someone:s3cretword")
        good = camera.address.replace("//", "//someone:s3cretword@")
        ran = self.record(good, "-o", self.path("good.mkv"), "--duration=1s")
        self.assertNotIn("s3cretword", ran.stdout + ran.stderr)
        wrong = camera.address.replace("//", "//someone:wr0ngword@")
        ran = self.record(wrong, "-o", self.path("wrong.mkv"), status=1)
        self.assertIn("cannot be recorded: ", ran.stderr)
        self.assertNotIn("wr0ngword", ran.stdout + ran.stderr)
        self.assertEqual(ran.stderr.count("\n"), 1)
        for protocol in ("rtsp", "http"):
            ran = self.record(f"{protocol}://someone:pass%20word@127.0.0.1:1/live?key=k3y", "-o",
                              self.path("none.mkv"), status=1)
            self.assertIn("127.0.0.1", ran.stderr)
            for secret in ("someone", "pass", "word", "k3y"):
                self.assertNotIn(secret, ran.stdout + ran.stderr)

    def test_bad_sources(self):
        sound = generate(self.path("sound.mp4"), SOUND)
        good = generate(self.path("good.mp4"), VIDEO)
        (self.directory / "text.mp4").write_text("no video at all\n")
        (self.directory / "empty.mp4").touch()
        for source, output, words in (
                (sound, "out.mkv", "sound.mp4 cannot be recorded: it has no picture."),
                (self.path("text.mp4"), "out.mkv", "text.mp4 cannot be recorded: "),
                (self.path("empty.mp4"), "out.mkv", "empty.mp4 cannot be recorded: "),
                (self.path("none.mp4"), "out.mkv", "none.mp4: No such file or directory."),
                ("/dev/video-none", "out.mkv", "video-none: No such file or directory."),
                ("rtsp://127.0.0.1:1/x", "out.mkv", "rtsp://127.0.0.1:1 cannot be recorded: "),
                ("http://127.0.0.1:1/x", "out.mkv", "http://127.0.0.1:1 cannot be recorded: "),
                (good, "none/out.mkv", "none is no directory; make it")):
            with self.subTest(words):
                ran = self.record(source, "-o", self.path(output), status=1)
                self.assertIn(words, ran.stderr)
                self.assertEqual(ran.stderr.count("\n"), 1, ran.stderr)
                self.assertFalse(pathlib.Path(self.path("out.mkv")).exists())

    def test_file_that_breaks_off(self):
        for suffix, muxer, words in (
                (".mkv", "matroskamux", r"it ended after 0:\d\d of 0:(19|20)\."),
                (".mp4", "mp4mux faststart=true", r"\S.*\.")):
            with self.subTest(suffix):
                whole = generate(self.path("whole" + suffix),
                                 VIDEO.replace("num-buffers=60", "num-buffers=600"), muxer=muxer)
                data = pathlib.Path(whole).read_bytes()
                (self.directory / f"cut{suffix}").write_bytes(data[:len(data) // 2])
                ran = self.record(self.path("cut" + suffix), "-o", self.path("out.mkv"), "--force",
                                  status=3)
                self.assertRegex(ran.stderr, f"cut{suffix} broke off: {words}")
                self.assertGreater(len(recorded_frames(self.path("out.mkv"))), 100)

    def test_no_space(self):
        limit = f"ulimit -f 16; trap '' XFSZ; exec {NUMPRO} record test -o {self.path('out.mkv')}"
        ran = subprocess.run(["bash", "-c", limit], text=True, capture_output=True, timeout=PATIENCE,
                             check=False)
        self.assertEqual(ran.returncode, 3, ran.stderr)
        self.assertIn("out.mkv cannot be written: ", ran.stderr)
        self.assertGreater(len(recorded_frames(self.path("out.mkv"))), 1)

    def test_help_man_page_and_completion_name_the_same_options(self):
        def options_in(text):
            return set(re.findall(r"--([a-z][a-z-]*)", text.replace("\\-", "-")))

        shown = options_in(re.sub(r"(?s)^.*?Options:", "", self.record("--help").stdout))
        manual = (SOURCES / "docs/numpro.1").read_text(encoding="utf-8")
        section = re.search(r"(?s)\.SH OPTIONS OF RECORD\n(.*?)\n\.SH", manual)[1]
        look = re.search(r"(?s)\.SH OPTIONS OF STAMP\n.*?(\.B \\-\\-numbering.*?)\n\.SH", manual)[1]
        completed = subprocess.run(
            ["bash", "-c", f"source {SOURCES}/tools/numpro.bash; COMP_WORDS=(numpro record --); "
             "COMP_CWORD=2; _numpro; echo ${COMPREPLY[@]}"], check=True, text=True,
            capture_output=True, timeout=PATIENCE).stdout
        for named in (section + look, completed):
            self.assertEqual(options_in(named), shown | {"help"})

    @unittest.skipUnless(shutil.which("systemd-analyze"), "there is no systemd-analyze")
    def test_unit_file(self):
        unit = re.search(r"(?s)```ini\n(\[Unit\].*?)```",
                         (SOURCES / "docs/numpro.md").read_text(encoding="utf-8"))[1]
        # The program and the user of the page are not on this machine.
        unit = unit.replace("/usr/bin/numpro", os.path.abspath(NUMPRO)).replace("User=camera\n", "")
        path = self.directory / "numpro-record.service"
        path.write_text(unit, encoding="utf-8")
        ran = subprocess.run(["systemd-analyze", "verify", "--man=no", str(path)], text=True,
                             capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual((ran.returncode, ran.stdout + ran.stderr), (0, ""))
        arguments = re.search(r"ExecStart=\S+ record (.*)", unit)[1].split(" -q ")[0].split()
        self.assertLessEqual({"-o", "--segment=10min"}, set(arguments))

    def test_wrong_usage(self):
        for arguments, words in (([], "There is no source"), (["test"], "-o says"),
                                 (["test", "test", "-o", "x.mkv"], "One source at a time"),
                                 (["test", "-o", "x.mp4"], "x.mp4 does not end in .mkv"),
                                 (["test", "-o", "x.mkv", "--duration=long"],
                                  '--duration takes a time such as 30s, 10min or 8h, not "long".'),
                                 (["test", "-o", "x.mkv", "--segment=0"], "--segment takes a time"),
                                 (["test", "-o", "x.mkv", "--rate=x"], "--rate takes N/D"),
                                 (["test", "-o", "x.mkv", "-q", "a"], "There is no model to ask"),
                                 (["test", "-o", "x.mkv", "--reader"], "--reader needs")):
            ran = self.record(*arguments, status=2)
            self.assertIn(words, ran.stderr)
            self.assertEqual(ran.stderr.count("\n"), 1)


if __name__ == "__main__":
    sys.exit(countedtests.main())
