#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks about films in which it is known what happens when. Would notice an event that is missed,
invented or at a wrong time, a window that is asked about twice, and a no that nobody gave.

    ask_test.py NUMPRO NUMPRO_READER
"""

import json
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time

import countedtests
import film
import recordingserver
from askcase import GREEN, PATIENCE, AskCase

# 40 s: green at 6.2 to 11 s and 24 to 33.4 s. Of one frame a second those of 7 to 10 and 24 to 33 show it.
FILM = (("gray", 6.2), ("green", 4.8), ("gray", 13), ("green", 9.4), ("gray", 6.6))
EVENTS = [(7, 11), (24, 34)]


class Ask(AskCase):
    @classmethod
    def setUpClass(cls):
        cls.films = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.films.cleanup)
        cls.film = film.make(pathlib.Path(cls.films.name) / "film.mp4", *FILM)

    def test_table(self):
        ran = self.ask("--reader", self.film, GREEN, "-q", "something blue")
        self.assertEqual(ran.stdout, f"{self.film}\n"
                         f"{GREEN}\n"
                         "  0:07.000 - 0:11.000  7-10\n"
                         "  0:24.000 - 0:34.000  24-33\n"
                         "  Found 2 times.\n"
                         "something blue\n"
                         "  Not found.\n")
        self.assertEqual(ran.stderr,
                         f"{self.film}: 9 windows, 18 requests with 144 images, about 43000 tokens "
                         "as Qwen2.5-VL counts them.\n")
        again = self.ask("--reader", self.film, GREEN, "-q", "something blue")
        self.assertEqual(again.stdout, ran.stdout)
        self.assertIn("9 windows, 0 requests with 0 images; 18 answers are there already",
                      again.stderr)

    def test_formats(self):
        ran = self.ask("--reader", self.film, GREEN, "-f", "json")
        self.assertEqual(self.events_of(ran), EVENTS)
        # When it was read is no time of what it shows.
        written = json.loads(ran.stdout)
        for told in (written["ledgers"][0]["frames"][0], written["questions"][0]["events"][0]):
            self.assertEqual({told[name] for name in told if name.startswith("utc")}, {None})
        ran = self.ask("--reader", self.film, GREEN, "-f", "tsv")
        self.assertEqual(ran.stdout.splitlines()[1:], [f"7000\t11000\t{GREEN}",
                                                       f"24000\t34000\t{GREEN}"])
        out = self.directory / "out"
        formats = ("json", "vtt", "srt", "tsv", "ffmetadata", "chapters.xml", "edl", "otio",
                   "label-studio.json")
        self.ask("--reader", self.film, GREEN, "-o", str(out),
                 *(word for name in formats for word in ("-f", name)))
        self.assertEqual(sorted(path.name for path in out.iterdir()),
                         sorted(f"film.{name}" for name in formats))
        self.assertIn("00:00:07.000 --> 00:00:11.000", (out / "film.vtt").read_text())

    def test_refined_edges(self):
        """Windows around the edges have the numbers that frames have in the whole recording."""
        ran = self.ask("--reader", self.film, GREEN, "--refine=5/1", "--batch-size=16", "-f",
                       "json")
        self.assertEqual(self.events_of(ran), [(6.2, 11), (24, 33.4)])
        answers = len(list(self.directory.glob("work/*/*/answer-1.json")))
        edges = len(list(self.directory.glob("work/*/edges-*/*/answer-1.json")))
        self.assertEqual((answers, edges), (4, 4))
        recorded = film.make(self.path("recorded.mkv"), *FILM, muxer="matroskamux",
                             numbers="numproverlay !",
                             encoder="x265enc key-int-max=20 ! numproseiinserter ! h265parse")
        ran = self.ask("--reader", recorded, GREEN, "--refine=5/1")
        self.assertIn("  0:06.200 - 0:11.000  31-54\n  0:24.000 - 0:33.400  120-166\n", ran.stdout)

    def test_key_frames(self):
        """Events are found where only key frames are decoded; refining makes up for what is lost."""
        ran = self.ask("--reader", self.film, GREEN, "--key-frames", "--rate=1/5", "-f", "json")
        events = self.events_of(ran)
        self.assertEqual(len(events), 2)
        for found, true in zip(events, ((6.2, 11), (24, 33.4))):
            # From one key frame to the next it is less than two periods.
            self.assertLess(abs(found[0] - true[0]), 10)
            self.assertLess(abs(found[1] - true[1]), 10)
        ran = self.ask("--reader", self.film, GREEN, "--key-frames", "--rate=1/5", "--refine=5/1",
                       "-f", "json")
        self.assertEqual(self.events_of(ran), [(6.2, 11), (24, 33.4)])
        # There are more seconds than key frames: what is needed for each is decoded.
        ran = self.ask("--reader", self.film, GREEN, "--key-frames", "-f", "json")
        times = {frame["stream-time"] // 10**9 for ledger in json.loads(ran.stdout)["ledgers"]
                 for frame in ledger["frames"]}
        self.assertEqual(times, set(range(40)))

    def test_sheets(self):
        sheets = self.directory / "sheets"
        self.ask("--reader", self.film, GREEN, "--sheet", str(sheets))
        self.assertEqual(sorted(path.name for path in sheets.iterdir()),
                         ["film-1-1.png", "film-1-2.png"])
        # Two frames before, four of the event in their borders, two behind it.
        pixels = pathlib.Path(self.path("pixels"))
        subprocess.run(f"gst-launch-1.0 -q filesrc location={sheets / 'film-1-1.png'} ! pngdec ! "
                       f"videoconvert ! video/x-raw,format=RGB ! filesink location={pixels}".split(),
                       check=True, timeout=PATIENCE)
        width = 8 + 4 * 488
        rows = pixels.read_bytes()
        # Question and time stand above the frames, a caption under each.
        top, step = 8 + 40 + 44, 270 + 30 + 8
        self.assertEqual(len(rows) // (3 * width), top + 2 * step)
        for line in range(8, 48), range(48, top - 8):
            self.assertLess(min(rows[3 * width * line.start:3 * width * line.stop]), 50)
        colors = []
        for row in range(2):
            for column in range(4):
                border = 3 * (width * (top + row * step + 135) + 4 + column * 488 + 480 + 4)
                middle = 3 * (width * (top + row * step + 135) + 8 + column * 488 + 240)
                colors.append((rows[border] > 200 and rows[border + 2] < 100,
                               rows[middle + 1] > rows[middle] + 50))
        self.assertEqual([green for _, green in colors], [False] * 2 + [True] * 4 + [False] * 2)
        self.assertEqual([marked for marked, _ in colors][2:6], [True] * 4)

    def test_recorded_numbers(self):
        for codec, elements, muxer, drawn in (
                ("h264", "x264enc ! numproseiinserter ! h264parse", "matroskamux", "false"),
                ("h265", "x265enc ! numproseiinserter ! h265parse", "mp4mux", "true")):
            with self.subTest(codec):
                recorded = film.make(self.path(codec), ("gray", 3), ("green", 4), ("gray", 3),
                                     numbers=f"numproverlay start=100 silent={drawn} !",
                                     encoder=elements, muxer=muxer)
                ran = self.ask("--reader", recorded, GREEN)
                self.assertIn("\n  0:03.000 - 0:07.000  115-130\n  Found 1 time.\n", ran.stdout)

    def test_killed(self):
        """The answers that are there when it is killed are not asked for again."""
        reply = self.stand_in()
        answered = []

        def slow(request):
            answered.append(request)
            if len(answered) == 4:
                process.kill()
            return reply(request)

        _, server = self.serve(slow)
        with subprocess.Popen(self.command(*server, self.film, GREEN), stdin=subprocess.DEVNULL,
                              env=self.environment) as process:
            process.wait(PATIENCE)
        self.assertEqual(process.returncode, -signal.SIGKILL)
        there = len(list(self.directory.glob("work/*/0*/answer-1.json")))
        self.assertEqual(there, 3)
        ran = self.ask(*server, self.film, GREEN, "-f", "json")
        self.assertEqual(self.events_of(ran), EVENTS)
        self.assertEqual(len(answered), 4 + 9 - there)
        self.assertEqual(len(self.windows()), 9)

    def test_interrupted(self):
        """Ctrl-C waits for the answer that is under way."""
        reply = self.stand_in()

        def interrupting(request):
            process.send_signal(signal.SIGINT)
            time.sleep(0.5)
            return reply(request)

        _, server = self.serve(interrupting)
        with subprocess.Popen(self.command(*server, self.film, GREEN), text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=self.environment) as process:
            out, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("interrupted; the same command goes on from here.", errors)
        self.assertEqual(out, "")
        self.assertEqual(len(list(self.directory.glob("work/*/0*/answer-1.json"))), 1)

    def test_server_away(self):
        ran = self.ask("--yes", "--endpoint=http://127.0.0.1:9/v1", "--model=m", "--retries=0",
                       self.film, GREEN, status=1)
        self.assertIn("The same command asks what is left.", ran.stderr)
        self.assertIn("  Not found in what was answered. Not known:\n  0:00.000 - ", ran.stdout)
        self.assertIn("0:40.000  not asked\n", ran.stdout)
        self.assertNotIn("  Not found.\n", ran.stdout)
        ran = self.ask("--reader", "--model=m", self.film, GREEN, "-f", "json")
        self.assertEqual(self.events_of(ran), EVENTS)

    def test_unread_answers(self):
        """What is not understood is no "no"."""
        reply, requests = self.stand_in(), []

        def evasive_once(request):
            requests.append(request)
            return recordingserver.completion("I cannot say.") if len(requests) == 1 else reply(request)

        _, server = self.serve(evasive_once)
        ran = self.ask(*server, "--restate=false", self.film, GREEN, status=3)
        # The second window has the other half of the first one.
        self.assertIn("  Found 2 times. Not known:\n  0:00.000 - 0:04.000  unread\n", ran.stdout)

    def test_bundles(self):
        self.ask("--reader", self.film, GREEN)
        bundles = str(next(self.directory.glob("work/*")))
        ran = self.ask("--reader", "--bundles", bundles, "something blue", "-q", GREEN)
        self.assertEqual(ran.stdout.splitlines()[1:3], ["something blue", "  Not found."])
        self.assertIn("0:24.000 - 0:34.000  24-33", ran.stdout)
        ran = self.ask("--reader", "--bundles", self.path("none"), GREEN, status=1)
        self.assertEqual(ran.stderr, f"{self.path('none')} is no directory of bundles.\n")

    def test_bad_input(self):
        (self.directory / "text.mp4").write_text("no video at all\n")
        (self.directory / "empty.mp4").write_bytes(b"")
        sound = self.path("sound.mp4")
        subprocess.run("gst-launch-1.0 -q audiotestsrc num-buffers=80 ! avenc_aac ! mp4mux ! filesink "
                       f"location={sound}".split(), check=True, timeout=PATIENCE)
        for name, words in (("sound.mp4", "has no picture that could be asked about."),
                            ("text.mp4", "text.mp4 cannot be read: "),
                            ("empty.mp4", "empty.mp4 is empty."),
                            ("none.mp4", "none.mp4: No such file or directory."),
                            (".", "is a directory; name the files in it.")):
            with self.subTest(name):
                ran = self.ask("--reader", self.path(name), self.film, GREEN, status=3)
                self.assertIn(words, ran.stderr.splitlines()[0])
                self.assertIn("Found 2 times.", ran.stdout)
                self.assertIn(words, self.ask("--reader", self.path(name), GREEN, status=1).stderr)

    def test_broken_off(self):
        whole = film.make(self.path("whole.mkv"), *FILM, muxer="matroskamux")
        data = pathlib.Path(whole).read_bytes()
        cut = self.directory / "cut.mkv"
        cut.write_bytes(data[:len(data) // 2])
        ran = self.ask("--reader", str(cut), GREEN, status=3)
        self.assertIn("0:07.000 - 0:11.000  7-10", ran.stdout)
        self.assertIn("  not asked\n", ran.stdout)

    def test_how_much_is_told_first(self):
        ran = self.ask("--dry-run", self.film, GREEN)
        self.assertEqual(ran.stderr, f"{self.film}: 9 windows, 9 requests with 72 images, about 22000 tokens "
                         "as Qwen2.5-VL counts them.\n")
        self.assertEqual(self.windows(), [])
        server, options = self.serve(lambda request: recordingserver.completion())
        ran = self.ask(*options[1:], self.film, GREEN, status=2)
        self.assertIn("There is no terminal to agree at; --yes asks without.", ran.stderr)
        controller, terminal = pty.openpty()
        process = subprocess.Popen(self.command(*options[1:], self.film, GREEN), stdin=terminal,
                                   stderr=subprocess.DEVNULL, env=self.environment)
        os.write(controller, b"n\n")
        self.assertEqual(process.wait(PATIENCE), 1)
        self.assertEqual(server.requests, [])
        os.close(controller)
        os.close(terminal)

    def test_environment(self):
        server, _ = self.serve(lambda request: recordingserver.completion())
        ran = self.ask("--yes", self.film, GREEN, "-v", status=2)
        self.assertIn("Unknown option -v", ran.stderr)
        ran = self.ask("--yes", self.film, GREEN, env={
            **self.environment, "NUMPRO_ENDPOINT": server.endpoint, "NUMPRO_MODEL": "m",
            "NUMPRO_API_KEY": "sk-very-secret"})
        self.assertIn("Not found.", ran.stdout)
        self.assertEqual(len(server.requests), 9)
        self.assertEqual(server.requests[0].headers["Authorization"], "Bearer sk-very-secret")
        self.assertNotIn("sk-very-secret", ran.stdout + ran.stderr)
        for path in self.directory.rglob("*.json"):
            self.assertNotIn("sk-very-secret", path.read_text())

    def test_wrong_usage(self):
        for arguments, words in (
                ([], "There is no video"),
                (["x.mp4"], 'There is no video before the question "x.mp4"'),
                ([self.film], "is a file; the question comes last"),
                ([self.film, GREEN], "There is no server to ask: name one with --endpoint"),
                ([self.film, GREEN, "--rate=x"], "--rate takes frames a second"),
                ([self.film, GREEN, "--format=avi"], "--format takes one of json, vtt,"),
                ([self.film, GREEN, "-f", "vtt", "-f", "srt"], "-o names a directory"),
                ([self.film, GREEN, "-o", "x"], "-o needs --format"),
                ([self.film, GREEN, "--batch-size=0"], "--batch-size=0: a window would never end"),
                ([self.film, GREEN, "--bundles=x"], "--bundles asks without a video"),
                ([self.film, GREEN, "--endpoint=x", "--model=m"], "endpoint: "),
                ([self.film, GREEN, "--api-key-file=none"], "none"),
                ([self.film, GREEN, "--request-headers=secret, secret"], "takes STRUCTURE\n"),
                ([self.film, GREEN, "--foo"], "--foo")):
            with self.subTest(words):
                ran = self.ask(*arguments, status=2)
                self.assertIn(words, ran.stderr.replace("; see", "\n"))
                self.assertEqual(ran.stderr.count("\n"), 1)

    def test_narrow_terminal(self):
        controller, terminal = pty.openpty()
        subprocess.run(["stty", "columns", "40"], stdin=terminal, check=True)
        subprocess.run(self.command("--reader", self.film, GREEN), stdin=subprocess.DEVNULL,
                       stdout=terminal, stderr=terminal, env=self.environment, timeout=PATIENCE,
                       check=True)
        os.close(terminal)
        shown = b""
        try:
            while part := os.read(controller, 65536):
                shown += part
        except OSError:
            pass
        os.close(controller)
        lines = re.split(r"[\r\n]+", re.sub(r"\x1b\[K", "", shown.decode()))
        self.assertIn("  0:24.000 - 0:34.000  24-33", lines)
        self.assertLessEqual(max(len(line) for line in lines if "film.mp4" not in line
                                 or "%" in line), 40)


if __name__ == "__main__":
    AskCase.program, AskCase.reader = sys.argv.pop(1), sys.argv.pop(1)
    sys.exit(countedtests.main())
