#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs numpro stamp on inputs good and bad. Would notice numbers that are not in the output, sound,
subtitles or tags that are lost, and an unfinished file under the name of a whole one.

    stamp_test.py NUMPRO FAILING_DEMUXER
"""

import contextlib
import fcntl
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time

import countedtests
import gi
from stampedfiles import PATIENCE, SOUND, VIDEO, StampCase, generate, recorded_numbers

gi.require_version("Gst", "1.0")
gi.require_version("GstPbutils", "1.0")
from gi.repository import Gst, GstPbutils  # noqa: E402

NUMPRO = StampCase.command = sys.argv.pop(1)
FAILING_DEMUXER = pathlib.Path(sys.argv.pop(1))

class Stamp(StampCase):
    def discover(self, name):
        info = GstPbutils.Discoverer.new(PATIENCE * Gst.SECOND).discover_uri(
            pathlib.Path(self.path(name)).as_uri())
        kinds = sorted(GstPbutils.pb_utils_get_codec_description(stream.get_caps())
                       for stream in info.get_stream_list())
        return info, kinds

    def test_numbers_and_sound_in_each_container(self):
        source = generate(self.path("in.mp4"), VIDEO, SOUND.format("avenc_aac"))
        for extension in ("mkv", "mp4", "mov", "ts"):
            with self.subTest(extension):
                ran = self.stamp(source, "-o", self.path(f"out.{extension}"))
                self.assertIn(f"out.{extension}: 60 frames, numbers 0 to 59, 0:02", ran.stdout)
                self.assertEqual(ran.stderr, "")
                self.assertIn("AAC", " ".join(self.discover(f"out.{extension}")[1]))
        generate(self.path("silent.mp4"), VIDEO)
        self.stamp(self.path("silent.mp4"), "-o", self.path("silent.mkv"))
        self.assertEqual(recorded_numbers(self.path("silent.mkv")), list(range(60)))

    def test_options_of_the_element(self):
        source = generate(self.path("in.mp4"), VIDEO)
        ran = self.stamp(source, "-o", self.path("out.mkv"), "--numbering=time", "--rate=4/1",
                         "--start", "100", "--outline=auto", "--silent")
        self.assertIn("numbers 100 to 107", ran.stdout)
        for wrong, words in (("--rate=x", '--rate takes N/D, not "x"'),
                             ("--font-size=5000", "--font-size=5000 is out of range"),
                             ("--numbering=often", "--numbering takes count|time|recorded"),
                             ("--outline=foo", 'outline="foo" is no outline'),
                             ("--foo", "--foo")):
            ran = self.stamp(source, "-o", self.path("other.mkv"), wrong, status=2)
            self.assertIn(words, ran.stderr)
            self.assertEqual(ran.stderr.count("\n"), 1)

    def test_sound_that_a_container_does_not_take(self):
        source = generate(self.path("in.mkv"), VIDEO, SOUND.format("audioconvert ! vorbisenc"),
                          muxer="matroskamux")
        self.assertEqual(self.stamp(source, "-o", self.path("same.mkv")).stderr, "")
        self.assertIn("Vorbis", " ".join(self.discover("same.mkv")[1]))
        ran = self.stamp(source, "-o", self.path("out.mp4"))
        self.assertEqual(ran.stderr, f"{source}: sound (Vorbis) encoded as AAC: MP4 does not take it "
                                     "as it is.\n")
        self.assertIn("AAC", " ".join(self.discover("out.mp4")[1]))

    def test_subtitles_and_title(self):
        (self.directory / "in.srt").write_text(
            "1\n00:00:00,100 --> 00:00:00,900\nyou <i>and</i> me & all\n\n")
        source = generate(self.path("in.mkv"), VIDEO.replace(
            "! queue", "! taginject tags=\"title=Hello\" ! queue"),
            f"filesrc location={self.path('in.srt')} ! subparse ! text/x-raw,format=pango-markup !"
            " capssetter caps=text/x-raw,format=utf8 ! queue ! mux.", muxer="matroskamux")
        for extension in ("mkv", "mp4"):
            with self.subTest(extension):
                ran = self.stamp(source, "-o", self.path(f"out.{extension}"))
                self.assertEqual(ran.stderr, "")
                info, kinds = self.discover(f"out.{extension}")
                self.assertEqual(len(kinds), 2)
                self.assertIn("Hello", [stream.get_tags().get_string("title")[1]
                                        for stream in info.get_stream_list() if stream.get_tags()])
                self.assertIn("you and me & all", self.subtitle(f"out.{extension}"))

    def subtitle(self, name):
        """All text of the subtitles of a file, as bytes of the file have it."""
        return (self.directory / name).read_bytes().decode("utf-8", "replace")

    def test_turned_pictures(self):
        turned = generate(self.path("turned.mp4"), VIDEO)
        # The matrix of the track, which mp4mux writes for upright pictures only.
        data = bytearray(pathlib.Path(turned).read_bytes())
        one, end = 1 << 16, 1 << 30
        upright, quarter = (struct.pack(">9i", *matrix) for matrix in (
            (one, 0, 0, 0, one, 0, 0, 0, end), (0, one, 0, -one, 0, 0, 0, 0, end)))
        place = data.index(upright, data.index(b"tkhd"))
        data[place:place + len(quarter)] = quarter
        pathlib.Path(turned).write_bytes(data)
        self.stamp(turned, "-o", self.path("out.mkv"))
        video, = self.discover("out.mkv")[0].get_video_streams()
        self.assertEqual((video.get_width(), video.get_height()), (240, 320))

    def test_odd_size_and_ten_bits(self):
        odd = generate(self.path("odd.mkv"), VIDEO.replace("320,height=240", "321,height=241")
                       .replace("x264enc ! h264parse", "jpegenc"), muxer="matroskamux")
        self.assertEqual(self.stamp(odd, "-o", self.path("odd-out.mkv")).stderr, "")
        video, = self.discover("odd-out.mkv")[0].get_video_streams()
        self.assertEqual((video.get_width(), video.get_height()), (322, 242))
        deep = generate(self.path("deep.mkv"), VIDEO.replace("I420", "I420_10LE"),
                        muxer="matroskamux")
        self.assertIn("more than 8 bits", self.stamp(deep, "-o", self.path("d.mkv")).stderr)
        video, = self.discover("d.mkv")[0].get_video_streams()
        self.assertEqual(video.get_caps()[0]["profile"], "high-10")

    def test_several_files_and_resume(self):
        first = generate(self.path("first.mp4"), VIDEO)
        second = generate(self.path("second.mp4"), VIDEO)
        empty = self.path("empty.mp4")
        pathlib.Path(empty).touch()
        output = self.directory / "out"
        ran = self.stamp(first, empty, second, "-o", str(output), status=3)
        self.assertEqual(sorted(os.listdir(output)), ["first.mkv", "second.mkv"])
        self.assertEqual(ran.stderr, f"{empty} is empty.\n")
        before = (output / "first.mkv").stat().st_mtime_ns
        ran = self.stamp(first, second, "-o", str(output))
        self.assertIn("first.mkv is there already; --force writes it again.", ran.stderr)
        self.assertEqual((output / "first.mkv").stat().st_mtime_ns, before)
        self.stamp(first, "-o", str(output), "--force")
        self.assertNotEqual((output / "first.mkv").stat().st_mtime_ns, before)

    def test_demuxer_fails_unheard(self):
        source = generate(self.path("good.mp4"), VIDEO)
        plugins = os.pathsep.join([os.environ["GST_PLUGIN_PATH_1_0"], str(FAILING_DEMUXER.parent)])
        ran = self.stamp(source, "-o", self.path("out.mkv"), status=1,
                         env={**os.environ, "GST_PLUGIN_PATH_1_0": plugins,
                              "GST_REGISTRY_1_0": self.path("registry.bin")})
        self.assertEqual(ran.stderr, f"{source} cannot be read: nothing in it can be played.\n")

    def test_bad_input(self):
        good = generate(self.path("good.mp4"), VIDEO)
        sound = generate(self.path("sound.mp4"), SOUND.format("avenc_aac"))
        (self.directory / "text.mp4").write_text("no video at all\n")
        (self.directory / "cut.mp4").write_bytes(pathlib.Path(good).read_bytes()[:5000])
        (self.directory / "is.mkv").mkdir()
        for source, output, words in (
                (sound, "out.mkv", "has no picture that could be stamped"),
                (self.path("text.mp4"), "out.mkv", "text.mp4 cannot be read"),
                (self.path("cut.mp4"), "out.mkv", "cut.mp4 cannot be read"),
                (self.path("none.mp4"), "out.mkv", "none.mp4: No such file or directory."),
                (str(self.directory), "out.mkv", "is a directory; name the files in it."),
                ("rtsp://127.0.0.1/x", "out.mkv", "is no file; numpro stamp takes recordings"),
                (good, "none/out.mkv", "none is no directory; make it"),
                (good, "good.mp4", "is the input itself; name another output.")):
            with self.subTest(words):
                ran = self.stamp(source, "-o", self.path(output), status=1)
                self.assertIn(words, ran.stderr)
                self.assertEqual(ran.stderr.count("\n"), 1)
                self.assertFalse(pathlib.Path(self.path("out.mkv")).exists())
                self.assertEqual(list(self.directory.glob("*.part.*")), [])

    def test_wrong_usage(self):
        for arguments, words in (([], "There is no subcommand"), (["fly"], "fly is no subcommand"),
                                 (["stamp"], "There is no input"), (["stamp", "x"], "-o or --frames says"),
                                 (["stamp", "x", "-o", "x.avi"], "x.avi has none of the extensions")):
            self.assertIn(words, self.numpro(*arguments, status=2).stderr)

    def test_no_space(self):
        good = generate(self.path("good.mp4"), VIDEO)
        limit = f"ulimit -f 4; trap '' XFSZ; exec {NUMPRO} stamp {good} -o {self.path('out.mkv')}"
        ran = subprocess.run(["bash", "-c", limit], text=True, capture_output=True, timeout=PATIENCE,
                             check=False)
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertIn("out.mkv cannot be written", ran.stderr)
        self.assertEqual(sorted(os.listdir(self.directory)), ["good.mp4"])

    def test_directory_that_cannot_be_written_to(self):
        good = generate(self.path("good.mp4"), VIDEO)
        (self.directory / "locked").mkdir(mode=0o555)
        # Without the right of root to write everywhere.
        without = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
        for words in (["-o", self.path("locked/out.mkv")], ["--frames", self.path("locked/out")]):
            with self.subTest(words):
                ran = subprocess.run([*without, NUMPRO, "stamp", good, *words], text=True,
                                     capture_output=True, timeout=PATIENCE, check=False)
                self.assertEqual(ran.returncode, 1, ran.stderr)
                self.assertEqual(ran.stderr, f"{self.path('locked')}: Permission denied; name another "
                                             "output.\n")

    def test_progress_fits_the_terminal(self):
        long = generate(self.path("a-rather-long-name.mp4"), VIDEO.replace("=60", "=1500"))
        for columns in (40, 80):
            with self.subTest(columns):
                shown, output = self.run_in_terminal(columns, "stamp", long, "-o",
                                                     self.path(f"out-{columns}.mkv"))
                # Each line stands in the place of the one before; the last is taken away.
                lines = shown.split("\r")[1:]
                self.assertEqual(lines.pop(), "\x1b[K")
                self.assertGreater(len(lines), 0)
                for line in lines:
                    self.assertTrue(line.endswith("\x1b[K"), line)
                    text = line.removesuffix("\x1b[K")
                    self.assertLess(len(text), columns)
                    self.assertRegex(text, r" +\d+% \d+\.\dx \d+:\d\d left$")
                    self.assertRegex(text, r"^(\.\.\.|a-rather-long-nam)e\.mp4 \[#*-*\] ")
                self.assertIn("1500 frames", output)
        self.assertEqual(self.stamp(long, "-o", self.path("quiet.mkv")).stderr, "")

    def run_in_terminal(self, columns, *arguments):
        """What a command shows on a terminal, and its results."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))
        with subprocess.Popen([NUMPRO, *arguments], stderr=theirs, stdout=subprocess.PIPE,
                              text=True) as process:
            os.close(theirs)
            shown = b""
            # At its end a terminal that nobody writes to fails.
            with contextlib.suppress(OSError):
                while data := os.read(ours, 4096):
                    shown += data
            output, _ = process.communicate(timeout=PATIENCE)
        os.close(ours)
        self.assertEqual(process.returncode, 0, shown)
        return shown.decode(), output

    def test_second_interrupt_gives_up(self):
        # What its encoder holds takes a while to be written to the end.
        slow = generate(self.path("slow.mp4"), VIDEO.replace("ball", "snow").replace(
            "320,height=240", "1280,height=720").replace("x264enc", "x264enc speed-preset=ultrafast"))
        part = pathlib.Path(self.path("out.part.mkv"))
        process = subprocess.Popen([NUMPRO, "stamp", slow, "-o", self.path("out.mkv")], text=True,
                                   stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        while process.poll() is None and not (part.exists() and part.stat().st_size > 2000):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual((process.returncode, errors), (130, f"{self.path('out.mkv')} was given up.\n"))
        self.assertEqual(os.listdir(self.directory), ["slow.mp4"])

    def test_letters_of_any_language(self):
        source = generate(self.path("Blätter.mp4"), VIDEO)
        ran = self.stamp(source, "-o", self.path("数.mkv"), "--font-desc=Déjà Sans",
                         env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertIn("数.mkv: 60 frames", ran.stdout)

    def test_interrupt_leaves_what_was_stamped(self):
        long = generate(self.path("long.mp4"), VIDEO.replace("num-buffers=60", "num-buffers=3000"))
        process = subprocess.Popen([NUMPRO, "stamp", long, "-o", self.path("out.mkv")], text=True,
                                   stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        part = pathlib.Path(self.path("out.part.mkv"))
        while process.poll() is None and not (part.exists() and part.stat().st_size > 2000):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("out.mkv is not complete; what was stamped is in", errors)
        numbers = recorded_numbers(part)
        self.assertEqual(numbers, list(range(len(numbers))))
        self.assertFalse(pathlib.Path(self.path("out.mkv")).exists())


if __name__ == "__main__":
    Gst.init(None)
    sys.exit(countedtests.main())
