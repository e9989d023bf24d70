#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Has clips made of events in films in which it is known what happens when. Would notice a clip that is a
frame too long or too short, begins with what cannot be decoded, has lost its sound or its numbers, lies
on its side, or is half written.

    ask_clips_test.py NUMPRO NUMPRO_READER
"""

import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import countedtests
import film
import stampedfiles
from gi.repository import Gst

NUMPRO = sys.argv.pop(1)
READER = sys.argv.pop(1)
PATIENCE = 120
GREEN = "the screen is green"
RATE = 5
# Of one frame a second those of 2 to 3 and 7 to 9 show green; of five a second that is at 1.6 and 6.4.
FILM = (("gray", 1.6), ("green", 2.4), ("gray", 2.4), ("green", 3.6), ("gray", 2))
EXACT = [(1.6, 4), (6.4, 10)]
KEYS = "x264enc key-int-max={} option-string=scenecut=0 ! h264parse"
# Heard while it is green, from one sample to the next.
TONE = "aevalsrc=0.5*sin(880*PI*t)*(gte(t\\,1.6)*lt(t\\,4)+gte(t\\,6.4)*lt(t\\,10)):d=12:s=48000"


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True, timeout=PATIENCE)


def probe(path, *arguments):
    """What ffprobe, which is not of ours, says of a file."""
    ran = subprocess.run(["ffprobe", "-v", "error", "-of", "json", *arguments, str(path)], check=True,
                         capture_output=True, text=True, timeout=PATIENCE)
    if ran.stderr:
        raise AssertionError(ran.stderr)
    return json.loads(ran.stdout)


def streams_of(path):
    return {stream["codec_type"]: stream for stream in probe(path, "-show_streams")["streams"]}


def pictures_of(path):
    """Time in ms and digest of each frame, in the order in which they are shown."""
    ran = subprocess.run(["ffmpeg", "-v", "error", "-noautorotate", "-copyts", "-i", path, "-map", "0:v", "-fps_mode",
                          "passthrough", "-enc_time_base", "1:1000", "-f", "framehash", "-"], check=True,
                         capture_output=True, text=True, timeout=PATIENCE)
    rows = [line.split(",") for line in ran.stdout.splitlines() if not line.startswith("#")]
    return [int(row[2]) for row in rows], [row[5].strip() for row in rows]


def colors_of(path):
    """Whether each frame is green."""
    ran = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-fps_mode", "passthrough", "-vf",
                          "scale=1:1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"], check=True,
                         capture_output=True, timeout=PATIENCE)
    return [ran.stdout[i + 1] > ran.stdout[i] + 30 for i in range(0, len(ran.stdout), 3)]


def samples_of(path):
    """Its sound, from its first sample on, at 48 kHz."""
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-ac", "1", "-ar", "48000",
                          "-f", "s16le", "-"], check=True, capture_output=True, timeout=PATIENCE).stdout
    return memoryview(raw).cast("h")


class AskClips(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        Gst.init(None)
        films = tempfile.TemporaryDirectory()
        cls.addClassCleanup(films.cleanup)
        cls.films = pathlib.Path(films.name)
        cls.silent = film.make(cls.films / "silent.mp4", *FILM, rate=RATE, encoder=KEYS.format(8))
        cls.film = str(cls.films / "film.mkv")
        ffmpeg("-i", cls.silent, "-f", "lavfi", "-i", TONE, "-map", "0", "-map", "1", "-c:v", "copy",
               "-c:a", "flac", cls.film)

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)
        self.clips = self.directory / "clips"
        self.environment = {key: value for key, value in os.environ.items()
                            if key not in ("NUMPRO_ENDPOINT", "NUMPRO_MODEL", "NUMPRO_API_KEY")}

    def path(self, name):
        return str(self.directory / name)

    def command(self, *arguments):
        return [NUMPRO, "ask", "--reader", "--work", str(self.films / "work"), "--batch-size=16", *arguments]

    def ask(self, *arguments, status=0, clips=True, **options):
        if clips:
            arguments = (*arguments, "--clips", str(self.clips))
        ran = subprocess.run(self.command(*arguments), stdin=subprocess.DEVNULL, text=True,
                             capture_output=True, timeout=PATIENCE, env=self.environment, **options)
        self.assertEqual(ran.returncode, status, ran.stdout + ran.stderr)
        return ran

    def made(self):
        return sorted(path.name for path in self.clips.iterdir())

    def clip(self, name):
        return str(self.clips / name)

    def test_exact(self):
        """The first frame is the event's first, the last its last; sound is as long to the sample."""
        ran = self.ask(self.film, GREEN, "-q", "something blue", "--refine=5/1", "--sheet",
                       str(self.clips))
        self.assertIn("0:01.600 - 0:04.000", ran.stdout)
        self.assertEqual(self.made(), ["film-1-1.mkv", "film-1-1.png", "film-1-2.mkv", "film-1-2.png"])
        for name, (start, end) in zip(("film-1-1.mkv", "film-1-2.mkv"), EXACT):
            with self.subTest(name):
                frames = round((end - start) * RATE)
                self.assertEqual(colors_of(self.clip(name)), [True] * frames)
                times, _ = pictures_of(self.clip(name))
                self.assertEqual(times, [200 * i for i in range(frames)])
                streams = streams_of(self.clip(name))
                self.assertEqual({kind: streams[kind]["codec_name"] for kind in streams},
                                 {"video": "h264", "audio": "opus"})
                duration = float(probe(self.clip(name), "-show_format")["format"]["duration"])
                self.assertAlmostEqual(duration, end - start, delta=0.01)
                heard = samples_of(self.clip(name))
                self.assertEqual(len(heard), round((end - start) * 48000))
                # Loud up to either end, where it is silent a sample farther.
                for part in (heard[240:1200], heard[-1200:-240]):
                    self.assertGreater(max(part), 10000)

    def test_copied(self):
        """From a key frame on, frames are those of the recording, none left out."""
        self.ask(self.film, GREEN, "--clips-copy")
        self.assertEqual(self.made(), ["film-1-1.mkv", "film-1-2.mkv"])
        _, whole = pictures_of(self.film)
        # 2 to 4 s and 7 to 10 s, with key frames every 1.6 s.
        for name, first, last in (("film-1-1.mkv", 8, 20), ("film-1-2.mkv", 32, 50)):
            with self.subTest(name):
                times, frames = pictures_of(self.clip(name))
                self.assertEqual(frames, whole[first:first + len(frames)])
                self.assertGreaterEqual(len(frames), last - first)
                # Not more than what those before the end are decoded from.
                self.assertLess(len(frames), last - first + 5)
                self.assertEqual(times, [200 * i for i in range(len(frames))])
                self.assertEqual(streams_of(self.clip(name))["audio"]["codec_name"], "flac")
                heard = len(samples_of(self.clip(name))) / 48000
                self.assertAlmostEqual(heard, (last - first) / RATE, delta=0.2)

    def test_at_the_edges_of_the_recording(self):
        """An event that begins or ends with the recording has all of its frames."""
        source = film.make(self.path("edges.mp4"), ("green", 2), ("gray", 2), ("green", 2), rate=RATE,
                           encoder=KEYS.format(8))
        _, whole = pictures_of(source)
        self.ask(source, GREEN)
        for name in ("edges-1-1.mkv", "edges-1-2.mkv"):
            self.assertEqual(colors_of(self.clip(name)), [True] * 10)
        self.ask(source, GREEN, "--clips-copy")
        _, frames = pictures_of(self.clip("edges-1-1.mkv"))
        self.assertEqual(frames, whole[:len(frames)])
        self.assertGreaterEqual(len(frames), 10)
        self.assertEqual(pictures_of(self.clip("edges-1-2.mkv"))[1], whole[16:])

    def test_recorded_numbers(self):
        """Numbers go through both kinds of clips, and none are invented."""
        for stem, encoder, muxer, drawn in (
                ("h264", KEYS.format(8).replace("!", "! numproseiinserter !"), "matroskamux", "false"),
                ("h265", "x265enc key-int-max=8 ! numproseiinserter ! h265parse", "mp4mux", "true")):
            recorded = film.make(self.path(stem), *FILM, rate=RATE, encoder=encoder, muxer=muxer,
                                 numbers=f"numproverlay start=100 silent={drawn} !")
            for options in ((), ("--clips-copy",)):
                with self.subTest(stem, options=options):
                    self.ask(recorded, GREEN, *options)
                    numbers = stampedfiles.recorded_numbers(self.clip(f"{stem}-1-2.mkv"))
                    self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))
                    if options:
                        self.assertLessEqual(numbers[0], 135)
                        self.assertGreaterEqual(numbers[-1], 149)
                    else:
                        self.assertEqual((numbers[0], numbers[-1]), (135, 149))
        self.ask(self.silent, GREEN)
        with self.assertRaisesRegex(AssertionError, "carries no numbers"):
            stampedfiles.recorded_numbers(self.clip("silent-1-2.mkv"))

    def test_time_of_day(self):
        """A clip is asked about in the time of day of its recording."""
        live = self.path("live.mkv")
        subprocess.run(["gst-launch-1.0", "-q", *(
            "videotestsrc is-live=true num-buffers=12 pattern=green ! video/x-raw,format=I420,width=640,"
            "height=360,framerate=10/1 ! numproverlay ! x264enc tune=zerolatency key-int-max=5 ! "
            f"numproseiinserter ! h264parse ! matroskamux ! filesink location={live}").split()],
                       check=True, timeout=PATIENCE)
        table = self.ask(live, GREEN, "--rate=10/1").stdout.splitlines()[2]
        self.assertRegex(table, r"0-11  \d{4}-\d\d-\d\dT")
        for options in ((), ("--clips-copy",)):
            with self.subTest(options=options):
                self.ask(live, GREEN, "--rate=10/1", *options)
                shown = self.ask(self.clip("live-1-1.mkv"), GREEN, "--rate=10/1", clips=False)
                self.assertEqual(shown.stdout.splitlines()[2].split()[3:], table.split()[3:])

    def test_turned(self):
        """A clip of a phone's recording is shown as that is."""
        turned = self.path("turned.mp4")
        ffmpeg("-i", self.silent, "-metadata:s:v", "rotate=90", "-c", "copy", turned)
        self.ask(turned, GREEN)
        video = streams_of(self.clip("turned-1-1.mkv"))["video"]
        self.assertEqual((video["width"], video["height"]), (film.HEIGHT, film.WIDTH))
        self.ask(turned, GREEN, "--clips-copy")
        copied, original = (streams_of(path)["video"]
                            for path in (self.clip("turned-1-1.mp4"), turned))
        self.assertEqual(copied["side_data_list"][0]["rotation"],
                         original["side_data_list"][0]["rotation"])
        self.assertEqual(pictures_of(self.clip("turned-1-1.mp4"))[1][:12], pictures_of(turned)[1][8:20])

    def test_variable_rate(self):
        """Frames that come now and then are as far apart as they were."""
        varied = self.path("varied.mkv")
        ffmpeg("-i", self.silent, "-vf", "select=not(eq(mod(n\\,5)\\,1))*not(eq(mod(n\\,5)\\,3))",
               "-fps_mode", "vfr", "-g", "100", varied)
        self.ask(varied, GREEN)
        times, _ = pictures_of(varied)
        first = [time for time in times if 2000 <= time < 4000]
        clip, _ = pictures_of(self.clip("varied-1-1.mkv"))
        self.assertEqual(clip, [time - first[0] for time in first])

    def test_no_index(self):
        """Of a transport stream the last key frame is found, however long ago it was."""
        stream = film.make(self.path("stream.ts"), ("gray", 13), ("green", 3), ("gray", 3), rate=RATE,
                           muxer="mpegtsmux", encoder=KEYS.format(60))
        _, whole = pictures_of(stream)
        self.ask(stream, GREEN)
        self.assertEqual(colors_of(self.clip("stream-1-1.mkv")), [True] * 15)
        self.ask(stream, GREEN, "--clips-copy")
        _, frames = pictures_of(self.clip("stream-1-1.mkv"))
        self.assertEqual(frames, whole[60:60 + len(frames)])
        self.assertGreaterEqual(len(frames), 20)

    def test_sound_that_ends(self):
        """Where there is no sound any more, there is a clip."""
        short = self.path("short.mkv")
        ffmpeg("-i", self.silent, "-f", "lavfi", "-i", "sine=d=3", "-c:v", "copy", "-c:a", "aac", short)
        for options in ((), ("--clips-copy",)):
            with self.subTest(options=options):
                self.ask(short, GREEN, *options)
                self.assertGreaterEqual(len(pictures_of(self.clip("short-1-2.mkv"))[0]), 15)
                self.assertIn("audio", streams_of(self.clip("short-1-1.mkv")))

    def test_broken_off(self):
        """Events up to the break have their clips."""
        whole = pathlib.Path(self.film).read_bytes()
        cut = self.directory / "cut.mkv"
        cut.write_bytes(whole[:len(whole) * 3 // 4])
        for options in ((), ("--clips-copy",)):
            with self.subTest(options=options):
                self.ask(str(cut), GREEN, *options, status=3)
                self.assertEqual(self.made(), ["cut-1-1.mkv", "cut-1-2.mkv"])
                self.assertTrue(all(colors_of(self.clip("cut-1-1.mkv"))[3:10]))
                self.assertTrue(any(colors_of(self.clip("cut-1-2.mkv"))))

    def long_film(self):
        path = self.path("long.mp4")
        subprocess.run(["gst-launch-1.0", "-q", *(
            "videotestsrc pattern=green num-buffers=500 ! video/x-raw,format=I420,width=1280,height=720,"
            "framerate=25/1 ! x264enc speed-preset=ultrafast ! h264parse ! mp4mux ! filesink "
            f"location={path}").split()], check=True, timeout=PATIENCE)
        return path

    def stopped_within(self, path):
        """A call that is stopped while it writes a clip."""
        process = subprocess.Popen(self.command(path, GREEN, "--clips", str(self.clips)), text=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, env=self.environment)
        deadline = time.monotonic() + PATIENCE
        while not (self.clips / "long-1-1.part.mkv").exists():
            self.assertIsNone(process.poll())
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        return process

    def test_interrupted(self):
        """Neither Ctrl-C nor a kill leaves half a clip that looks whole; the same command makes it."""
        path = self.long_film()
        killed = self.stopped_within(path)
        killed.kill()
        killed.communicate(timeout=PATIENCE)
        self.assertEqual(self.made(), ["long-1-1.part.mkv"])
        (self.clips / "long-1-1.part.mkv").unlink()
        interrupted = self.stopped_within(path)
        interrupted.send_signal(signal.SIGINT)
        interrupted.send_signal(signal.SIGCONT)
        _, errors = interrupted.communicate(timeout=PATIENCE)
        self.assertEqual(interrupted.returncode, 130, errors)
        self.assertIn("long.mp4: interrupted; the same command writes the clips again.", errors)
        self.assertEqual(self.made(), [])
        (self.clips / "long-1-1.part.mkv").write_text("what a kill left")
        ran = self.ask(path, GREEN, "--clips-copy")
        self.assertIn("0 requests", ran.stderr)
        self.assertEqual(self.made(), ["long-1-1.mkv"])
        self.assertEqual(len(pictures_of(self.clip("long-1-1.mkv"))[0]), 500)

    def test_again(self):
        """A clip that is there is written again, also by a call that has nothing left to ask."""
        self.ask(self.film, GREEN, clips=False)
        self.clips.mkdir()
        pathlib.Path(self.clip("film-1-1.mkv")).write_text("another one")
        ran = self.ask(self.film, GREEN)
        self.assertIn("0 requests", ran.stderr)
        self.assertEqual(colors_of(self.clip("film-1-1.mkv")), [True] * 10)

    def test_no_room(self):
        """Where a clip finds no room the others are written, and it is told."""
        ran = self.ask(self.film, GREEN, status=3, restore_signals=False, preexec_fn=lambda: (
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
            resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))))
        self.assertEqual(self.made(), ["film-1-1.mkv"])
        complaint = ran.stderr.splitlines()[-1]
        self.assertRegex(complaint, r"clips/film-1-2\.mkv cannot be written: .* Make room, or name another")
        self.assertEqual(colors_of(self.clip("film-1-1.mkv")), [True] * 10)

    def test_not_writable(self):
        self.clips.mkdir()
        (self.clips / "film-1-1.part.mkv").mkdir()
        ran = self.ask(self.film, GREEN, status=3)
        self.assertIn("clips/film-1-1.mkv cannot be written: ", ran.stderr)
        self.assertIn("film-1-2.mkv", self.made())
        ran = self.ask(self.film, GREEN, "--clips", self.film + "/clips", status=1, clips=False)
        self.assertIn("/clips: Not a directory; name another output.\n", ran.stderr)
        ran = self.ask(self.film, GREEN, "--clips", "/proc", status=3, clips=False)
        self.assertEqual(ran.stderr.count("cannot be written: "), 2)

    def test_not_copied(self):
        """What cannot be copied is told, with the cure."""
        old = self.path("old.avi")
        ffmpeg("-i", self.silent, "-c:v", "mpeg4", old)
        ran = self.ask(old, GREEN, "--clips-copy", status=3)
        self.assertRegex(ran.stderr, "old-1-1.mkv is not made from .*; leave out --clips-copy.\n")
        self.assertEqual(self.made(), [])
        self.ask(old, GREEN)
        self.assertEqual(self.made(), ["old-1-1.mkv", "old-1-2.mkv"])

    def test_recordings_stay(self):
        """A clip of a clip does not take the place of what is asked about."""
        self.ask(self.film, GREEN)
        other = self.clips / "film.mkv"
        other.write_bytes(pathlib.Path(self.film).read_bytes())
        before = (self.clips / "film-1-1.mkv").read_bytes()
        ran = self.ask(str(other), self.clip("film-1-1.mkv"), GREEN, status=3)
        self.assertIn("film-1-1.mkv is a recording that is asked about; name another directory",
                      ran.stderr)
        self.assertEqual((self.clips / "film-1-1.mkv").read_bytes(), before)

    def test_wrong_usage(self):
        for arguments, words in (
                (["--bundles=x", GREEN, "--clips=y"], "--clips takes clips from a video; --bundles has none"),
                ([self.film, GREEN, "--clips-copy"], "--clips-copy needs --clips"),
                ([self.film, "x/film.mkv", GREEN, "--clips=y"], "would both be written to")):
            with self.subTest(words):
                ran = self.ask(*arguments, status=2, clips=False)
                self.assertIn(words, ran.stderr)
                self.assertEqual(ran.stderr.count("\n"), 1)


if __name__ == "__main__":
    sys.exit(countedtests.main())
