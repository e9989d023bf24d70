#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks about recordings of all kinds and writes to places of all kinds. Would notice one that is not
read, a name that is not understood, a result that overwrites another file, and a loss that is not told.

    ask_inputs_test.py NUMPRO NUMPRO_READER
"""

import os
import pathlib
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

import countedtests
import recordingserver
from askcase import GREEN, PATIENCE, AskCase

# 12 s: green from 4 to 8 s.
EVENT = f"4000\t8000\t{GREEN}"
SOURCE = "color=0x505050:s=320x240:r=10:d=12,drawbox=color=0x1cbf04:t=fill:enable='between(t,4,7.99)'"


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments], check=True,
                   timeout=PATIENCE)
    return str(arguments[-1])


class AskInputs(AskCase):
    batch_size = 32

    @classmethod
    def setUpClass(cls):
        films = tempfile.TemporaryDirectory()
        cls.addClassCleanup(films.cleanup)
        cls.film = ffmpeg("-f", "lavfi", "-i", SOURCE, "-pix_fmt", "yuv420p",
                          pathlib.Path(films.name) / "film.mp4")

    def ask_stand_in(self, *arguments, **options):
        return self.ask("--reader", *arguments, **options)

    def lines_about(self, *videos, **options):
        return self.ask_stand_in(*videos, GREEN, "-f", "tsv", **options).stdout.splitlines()[1:]

    def copy(self, name):
        """The film under another name."""
        path = self.directory / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        shutil.copy(self.film, path)
        return str(path)

    def test_pictures_of_all_kinds(self):
        videos = []
        for name, arguments in (
                ("odd.mkv", ("-vf", "scale=321:241", "-pix_fmt", "yuv444p")),
                ("hdr.mkv", ("-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc",
                             "smpte2084", "-colorspace", "bt2020nc", "-c:v", "libx265",
                             "-x265-params", "log-level=none")),
                ("wide.mkv", ("-vf", "setsar=64/45", "-c:v", "mpeg4")),
                ("interlaced.mkv", ("-flags", "+ildct+ilme", "-c:v", "mpeg2video", "-r", "25")),
                ("gray.mkv", ("-pix_fmt", "gray", "-c:v", "ffv1"))):
            videos.append(ffmpeg("-i", self.film, *arguments, self.path(name)))
        self.ask_stand_in(*videos, GREEN, "-f", "tsv", "-o", self.path("out"))
        for video in map(pathlib.Path, videos):
            with self.subTest(video.name):
                found = (self.directory / "out" / f"{video.stem}.tsv").read_text().splitlines()[1:]
                self.assertEqual(found, [] if video.name == "gray.mkv" else [EVENT])

    def test_pictures_that_are_too_small(self):
        video = ffmpeg("-i", self.film, "-vf", "scale=16:16", self.path("small.mkv"))
        ran = self.ask_stand_in(video, GREEN, status=1)
        self.assertRegex(ran.stderr, r"small\.mkv: Digits are \d pixels high .* reference-height\.\n")
        self.assertIn("Not found in what was answered. Not known:\n", ran.stdout)

    def test_turned_pictures(self):
        """As of a phone that was held upright."""
        turned = ffmpeg("-i", self.film, "-c", "copy", "-metadata:s:v", "rotate=90",
                        self.path("turned.mp4"))
        self.assertEqual(self.lines_about(turned, status=0), [EVENT])
        self.ask_stand_in(turned, GREEN, "--sheet", self.path("sheets"))
        sheet = (self.directory / "sheets/turned-1-1.png").read_bytes()
        # Four columns and two rows of pictures of 360x480, with question and time above.
        width, height = struct.unpack(">2I", sheet[16:24])
        self.assertEqual(width, 8 + 4 * 368)
        self.assertAlmostEqual(height, 8 + 2 * 514 + 90, delta=40)

    def test_variable_frame_rate(self):
        # A frame of the event at 4.2 s first; the one after it at 8.1 s.
        video = ffmpeg("-i", self.film, "-vf", "select=lt(n\\,30)+not(mod(n\\,3))+not(mod(n\\,7))",
                       "-fps_mode", "vfr", self.path("vfr.mkv"))
        self.assertEqual(self.lines_about(video), [EVENT.replace("4000", "4200").replace("8000", "8100")])

    def test_standstill(self):
        """An MP4 file whose picture stands still, as screen recordings do, has a frame for all of it."""
        still = "select=lt(n\\,15)+between(n\\,50\\,62)+gt(n\\,95)"
        for coded in ("libx264", "mpeg4"):
            with self.subTest(coded):
                video = ffmpeg("-i", self.film, "-vf", still, "-fps_mode", "vfr", "-c:v", coded,
                               self.path(f"{coded}.mp4"))
                ran = self.ask_stand_in(video, GREEN)
                self.assertNotIn("Not known", ran.stdout)
                self.assertIn("Found 1 time.", ran.stdout)
        # In Matroska it may be that nothing was recorded.
        ran = self.ask_stand_in(ffmpeg("-i", video, "-c", "copy", self.path("still.mkv")), GREEN, status=3)
        self.assertIn("no frames", ran.stdout)

    def test_no_frame_rate(self):
        video = self.path("none.mkv")
        subprocess.run(["gst-launch-1.0", "-q", *f"filesrc location={self.film} ! decodebin ! jpegenc ! "
                        "capssetter caps=image/jpeg,framerate=0/1 ! matroskamux ! filesink "
                        f"location={video}".split()], check=True, timeout=PATIENCE)
        self.assertEqual(self.lines_about(video), [EVENT])

    def test_single_pictures(self):
        for name in ("one.mp4", "one.png"):
            with self.subTest(name):
                one = ffmpeg("-ss", "5", "-i", self.film, "-frames:v", "1", self.path(name))
                ran = self.ask_stand_in(one, GREEN)
                self.assertRegex(ran.stderr, "1 window, 1 request with (1 image|32 images), about ")
                self.assertRegex(ran.stdout, r"\n  .*  0\n  Found 1 time\.\n$")

    def test_sound(self):
        """Whether it is shorter or longer than the pictures."""
        for length in (6, 20):
            with self.subTest(length):
                video = ffmpeg("-i", self.film, "-f", "lavfi", "-i", f"sine=d={length}", "-c:v", "copy",
                               self.path(f"{length}.mkv"))
                ran = self.ask_stand_in(video, GREEN)
                self.assertIn("\n  Found 1 time.\n", ran.stdout)
                # When it is asked again nothing is read.
                self.assertEqual(self.ask_stand_in(video, GREEN).stdout, ran.stdout)

    def test_damaged(self):
        """What cannot be decoded in the middle is no "no"."""
        whole = ffmpeg("-i", self.film, "-c:v", "libx264", "-g", "10", self.path("whole.mkv"))
        data = bytearray(pathlib.Path(whole).read_bytes())
        data[len(data) // 3:len(data) // 2] = b"\xa5" * (len(data) // 2 - len(data) // 3)
        damaged = self.directory / "damaged.mkv"
        damaged.write_bytes(data)
        ran = self.ask_stand_in(str(damaged), "something blue", status=3)
        self.assertIn("  Not found in what was answered. Not known:\n", ran.stdout)

    def test_growing(self):
        """A file that another program still writes is asked about as far as it is there."""
        # To a pipe, so that nothing in it says how long it will be.
        data = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", self.film, "-c", "copy", "-f",
                               "matroska", "-live", "1", "-cluster_time_limit", "500", "-"], check=True,
                              stdout=subprocess.PIPE, timeout=PATIENCE).stdout
        growing = self.directory / "growing.mkv"
        growing.write_bytes(data[:len(data) // 2])
        reply = self.stand_in()

        def grow(request):
            with growing.open("ab") as file:
                file.write(data[growing.stat().st_size:])
            return reply(request)

        _, options = self.serve(grow)
        ran = self.ask(*options, "--batch-size=2", str(growing), GREEN)
        self.assertIn("growing.mkv: at least ", ran.stderr)
        self.assertEqual(self.ask(*options, str(growing), GREEN, "-f", "tsv").stdout.splitlines()[1:],
                         [EVENT])

    def test_what_is_no_file(self):
        os.mkfifo(self.path("pipe"))
        streams = (self.path("pipe"), "/dev/null", "http://127.0.0.1:9/x.mp4")
        ran = self.ask_stand_in(*streams, "-", self.film, GREEN, status=3)
        for name in streams:
            self.assertIn(f"{name} is no file; numpro ask takes recordings.", ran.stderr)
        self.assertIn("-: No such file or directory.", ran.stderr)
        # The others are done.
        self.assertIn("Found 1 time.", ran.stdout)

    def test_how_much_is_told(self):
        for arguments, words in (
                # 11 by 9 tokens each; of 12 frames there is one window.
                ((), "1 window, 1 request with 12 images, about 1200 tokens as Qwen2.5-VL counts them."),
                (("--max-edge=112",), "1 window, 1 request with 12 images, about 140 tokens"),
                # A sheet of 4 by 3.
                (("--layout=grid",), "1 window, 1 request with 1 image, about 1200 tokens"),
                (("--layout=grid", "--batch-size=8"), "2 windows, 2 requests with 2 images, about 2400"),
                (("--rate=10/1", "-q", "blue"), "7 windows, 14 requests with 448 images, about 44000")):
            with self.subTest(arguments):
                self.assertIn(words, self.ask("--dry-run", self.film, GREEN, *arguments).stderr)
        self.ask_stand_in(self.film, GREEN)
        bundles = str(next(self.directory.glob("work/*")))
        ran = self.ask("--dry-run", "--bundles", bundles, "something blue")
        self.assertIn("1 window, 1 request with 12 images.\n", ran.stderr)

    def test_names(self):
        videos = [self.copy(name) for name in (b"a b/it's \"so\" $x.mp4", b"two\nlines.mp4",
                                               b"caf\xe9.mp4", b"http:x.mp4", b"%41#?.mp4")]
        out = self.path("out")
        ran = self.ask_stand_in(*videos, GREEN, "--sheet", out, "-f", "vtt", "-f", "tsv", "-o", out)
        expected = set()
        for video in map(pathlib.Path, videos):
            self.assertIn(f"{video}: 1 window", ran.stderr)
            expected |= {f"{video.stem}.tsv", f"{video.stem}.vtt", f"{video.stem}-1-1.png"}
            self.assertIn(EVENT, pathlib.Path(out, f"{video.stem}.tsv").read_text())
        self.assertEqual({path.name for path in pathlib.Path(out).iterdir()}, expected)
        self.copy(b"-dash.mp4")
        ran = self.ask_stand_in("--", "-dash.mp4", GREEN, cwd=self.directory)
        self.assertIn("Found 1 time.", ran.stdout)

    def test_names_that_are_the_same(self):
        """Results of one recording are not written over those of another."""
        first, second = self.copy(b"1/clip.mp4"), self.copy(b"2/clip.mp4")
        for arguments in (("-f", "vtt", "-o", self.path("out")), ("--sheet", self.path("out"))):
            with self.subTest(arguments):
                ran = self.ask_stand_in(first, second, GREEN, *arguments, status=2)
                self.assertIn(f"{first} and {second} would both be written to "
                              f"{self.path('out')}/clip", ran.stderr)
                self.assertEqual(ran.stderr.count("\n"), 1)
        self.assertEqual(self.ask_stand_in(first, second, GREEN).stdout.count("Found 1 time."), 2)
        # One recording that is named twice is told twice.
        self.assertEqual(self.ask_stand_in(first, first, GREEN).stdout.count("Found 1 time."), 2)

    def test_output_that_is_the_video(self):
        video = self.copy(b"clip.mp4")
        ran = self.ask_stand_in(video, GREEN, "-f", "tsv", "-o", video, status=2)
        self.assertEqual(ran.stderr, f"numpro ask: {video} is one of the videos; name another output; "
                         "see numpro ask --help.\n")
        self.assertGreater(pathlib.Path(video).stat().st_size, 1000)

    def test_outputs_that_cannot_be(self):
        """Before anything is asked, so far as it can be known."""
        file = self.copy(b"clip.mp4")
        (self.directory / "directory").mkdir()
        for arguments, status, words in (
                (("-f", "tsv", "-o", f"{file}/x"), 1, f"{file} is no directory; make it"),
                (("-f", "tsv", "-o", self.path("none/x")), 1, "none is no directory; make it"),
                (("-f", "tsv", "-o", self.path("directory")), 2, "directory is a directory; name a file in it"),
                (("-f", "tsv", "-f", "vtt", "-o", file), 2, f"-o names a directory for several files; {file} is a file"),
                (("-f", "tsv", "-f", "vtt", "-o", "/proc/x"), 1, "/proc/x: No such file or directory; name another"),
                (("--sheet", file), 2, f"--sheet names a directory; {file} is a file"),
                (("--sheet", "/proc/x"), 1, "/proc/x: No such file or directory; name another"),
                (("--work", f"{file}/x"), 1, f"{file}/x"),
                (("--work", "/proc/x"), 1, "/proc/x")):
            with self.subTest(arguments):
                ran = self.ask_stand_in(self.film, GREEN, *arguments, status=status)
                self.assertIn(words, ran.stderr)
                self.assertEqual(ran.stdout, "")
                self.assertEqual(self.windows(), [])

    def limited(self, kilobytes, *arguments, status):
        """As on a disk that has no more space."""
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * kilobytes, 1024 * kilobytes))
        return self.ask_stand_in(*arguments, status=status, preexec_fn=limit)

    def test_no_space(self):
        ran = self.limited(2, self.film, GREEN, status=1)
        self.assertRegex(ran.stderr, r"\nA window could not be written: .*: File too large\.\n")
        # What is missing is made and asked by the same command.
        self.assertEqual(self.lines_about(self.film), [EVENT])
        out = self.path("out.json")
        ran = self.limited(1, self.film, GREEN, "-f", "json", "-o", out, status=1)
        self.assertIn(f"{out} cannot be written: File too large; name another output, or make room, and "
                      "run the same command again.", ran.stderr)
        ran = self.limited(1, self.film, GREEN, "--sheet", self.path("sheets"), status=3)
        self.assertIn("sheets/film-1-1.png cannot be written: File too large; name another output, or "
                      "make room, and run the same command again.", ran.stderr)
        self.assertEqual(list(self.directory.glob("out*")), [])
        self.assertEqual(list(self.directory.glob("sheets/*")), [])

    def test_standard_output(self):
        for format_ in ((), ("-f", "json")):
            with self.subTest(format_):
                with open("/dev/full", "w", encoding="ascii") as full:
                    ran = self.ask_stand_in(self.film, GREEN, *format_, stdout=full, status=1)
                self.assertIn("numpro: Standard output cannot be written: No space left on device.",
                              ran.stderr)
        command = [self.program, "ask", "--work", self.path("work"), "--reader", self.film, GREEN]
        closed = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *command], text=True,
                                stderr=subprocess.PIPE, timeout=PATIENCE, check=False)
        self.assertEqual(closed.returncode, 1)
        self.assertIn("Standard output cannot be written: Bad file descriptor.", closed.stderr)
        # It ends quietly, as programs do whose reader has read enough.
        piped = subprocess.run(["bash", "-c", '"$@" | head -1; echo ${PIPESTATUS[0]}', "bash",
                                *command[:-1], self.film, GREEN], text=True, capture_output=True,
                               timeout=PATIENCE, check=False)
        self.assertEqual(piped.stdout.splitlines()[0], self.film)
        self.assertNotIn("rror", piped.stderr)

    def killed_at(self, nth, sent, *arguments):
        """What a server is asked until a signal comes with its nth request, and by the same call then."""
        reply, asked = self.stand_in(), []

        def answer(request):
            asked.append(request.body)
            if len(asked) == nth:
                process.send_signal(sent)
                if sent == signal.SIGKILL:
                    process.wait(PATIENCE)
            return reply(request)

        _, options = self.serve(answer)
        command = (*options, f"--work={self.path(f'{sent}-{nth}')}", self.film, GREEN, *arguments)
        process = subprocess.Popen(self.command(*command), stdin=subprocess.DEVNULL, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment)
        out, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(out, "")
        return process.returncode, errors, self.ask(*command), asked

    def test_killed_while_refining(self):
        """The next call gives the same events, and asks nothing twice that was answered."""
        refined = ("--refine=10/1", "--batch-size=8", "-f", "json")
        reply, asked = self.stand_in(), []

        def note(request):
            asked.append(request.body)
            return reply(request)

        _, options = self.serve(note)
        whole = self.ask(*options, self.film, GREEN, *refined)
        self.assertEqual(self.events_of(whole), [(4, 8)])
        # Two windows, and two rounds of two edges each.
        self.assertEqual(len(asked), len(set(asked)))
        self.assertEqual(len(asked), 6)
        for nth in (2, 5):
            with self.subTest(nth):
                status, _, ran, again = self.killed_at(nth, signal.SIGKILL, *refined)
                self.assertEqual(status, -signal.SIGKILL)
                self.assertEqual(self.events_of(ran), [(4, 8)])
                # Only the one that was under way is asked again.
                self.assertEqual(sorted(again), sorted([*asked, asked[nth - 1]]))

    def test_interrupted_while_refining(self):
        refined = ("--refine=10/1", "--batch-size=8", "-f", "json")
        for sent, nth in ((signal.SIGTERM, 1), (signal.SIGTERM, 4), (signal.SIGINT, 4)):
            with self.subTest((sent, nth)):
                status, errors, ran, asked = self.killed_at(nth, sent, *refined)
                self.assertEqual(status, 128 + sent)
                self.assertIn("interrupted; the same command goes on from here.", errors)
                self.assertEqual(self.events_of(ran), [(4, 8)])
                self.assertEqual((len(asked), len(set(asked))), (6, 6))

    def test_key_frames_killed(self):
        coarse = ("--key-frames", "--rate=1/1", "--batch-size=4", "-f", "json")
        whole = self.ask_stand_in(self.film, GREEN, *coarse)
        status, _, ran, asked = self.killed_at(2, signal.SIGKILL, *coarse)
        self.assertEqual(status, -signal.SIGKILL)
        self.assertEqual(self.events_of(ran), self.events_of(whole))
        self.assertEqual(len(asked), len(set(asked)) + 1)

    def test_times_of_options(self):
        _, options = self.serve(lambda request: time.sleep(5) or recordingserver.completion())
        begun = time.monotonic()
        ran = self.ask(*options, "--request-timeout=0.2s", self.film, GREEN, status=1)
        self.assertLess(time.monotonic() - begun, 5)
        self.assertRegex(ran.stderr, r"timed out after \d+ milliseconds")
        ran = self.ask(*options, "--request-timeout=60000000000", self.film, GREEN, status=2)
        self.assertIn('--request-timeout takes a time such as 30s, 10min or 8h, not "60000000000"', ran.stderr)

    def test_server_that_goes_away_while_refining(self):
        reply, asked = self.stand_in(), []

        def answer(request):
            asked.append(request.body)
            return recordingserver.Reply(503) if len(asked) == 4 else reply(request)

        _, options = self.serve(answer)
        command = (*options, self.film, GREEN, "--refine=10/1", "--batch-size=8")
        ran = self.ask(*command, status=3)
        self.assertIn("edges could not be refined", ran.stderr)
        self.assertIn("  0:04.000 - 0:08.000", self.ask(*command).stdout)


if __name__ == "__main__":
    AskCase.program, AskCase.reader = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
    sys.exit(countedtests.main())
