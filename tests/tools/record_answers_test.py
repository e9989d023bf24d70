#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Has numpro record ask while it records. Would notice answers that are not with the file that they are
about, that come late and to no file, or are not told.

    record_answers_test.py NUMPRO
"""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys

import countedtests
from recordcase import RecordCase
from recordings import PATIENCE, recorded_frames, wait_for

RecordCase.program = sys.argv.pop(1)


class RecordAnswers(RecordCase):
    def film(self, name):
        """A black film of 20 seconds that is green from 5 to 8 and from 14 to 16."""
        green = "drawbox=color=lime:t=fill:enable='between(t,5,7.99)+between(t,14,15.99)'"
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i",
                        f"color=black:s=320x240:r=10:d=20,{green}", "-pix_fmt", "yuv420p",
                        self.path(name)], check=True, timeout=PATIENCE)
        return self.path(name)

    def test_answers_beside_and_inside_each_segment(self):
        film = self.film("film.mp4")
        ran = self.record(film, "-o", self.path("out.mkv"), "--segment=6s", "--rate=2/1", "--reader",
                          "--question=the screen is green", "-q", "the screen is blue")
        self.assertEqual(ran.stderr, "")
        # A batch of 32 numbers ends at 16 s.
        for times in ("0:05.000 - 0:08.000  10-15", "0:14.000 - 0:16.000  28-31"):
            self.assertIn(f"\nthe screen is green: {times}\n", "\n" + ran.stdout)
        self.assertNotIn("blue", ran.stdout)
        names = sorted(file.name for file in self.directory.glob("out-*.mkv"))
        self.assertEqual(len(names), 4)
        expected = {0: ["00:05.000 --> 00:06.000"], 1: ["00:00.000 --> 00:02.000"],
                    2: ["00:02.000 --> 00:04.000"], 3: []}
        for index, name in enumerate(names):
            with self.subTest(name):
                subtitles = self.told(name.replace(".mkv", ".vtt"))
                self.assertTrue(subtitles.startswith("WEBVTT\n"))
                times = [re.sub(r"\b00:(\d\d:\d\d\.)", r"\1", line)
                         for line in subtitles.splitlines() if "-->" in line]
                self.assertEqual(times, expected[index])
                self.assertNotIn("blue", subtitles)
                self.assertEqual([chapter["tags"]["title"]
                                  for chapter in self.probe(name)["chapters"]],
                                 ["the screen is green"] * len(expected[index]))
                self.assertEqual(self.kinds(name).count("subtitle"), 1 if expected[index] else 0)
        # What was put in has changed no number.
        frames = [frame for name in names for frame in recorded_frames(self.path(name))]
        self.assertEqual([number for number, _ in frames], [i // 5 for i in range(200)])
        self.assertEqual([file.name for file in self.directory.glob("*.part")], [])

    def test_server_that_is_away(self):
        ran = self.record("test", "-o", self.path("out.mkv"), "--duration=2s", "--rate=10/1",
                          "-q", "something blue", "--endpoint=http://127.0.0.1:1/v1", "--model=none",
                          status=3)
        self.assertIn("Questions that wait, and are asked when the same output is recorded to again: 1.", ran.stderr)
        self.assertIn(len(recorded_frames(self.path("out.mkv"))), range(41, 61))
        # The same again, with a server: what was left is asked.
        ran = self.record("test", "-o", self.path("out.mkv"), "--force", "--duration=2s",
                          "--rate=10/1", "-q", "something blue", "--reader")
        answers = self.told("out-bundles/answers.jsonl").splitlines()
        self.assertEqual(sorted(json.loads(line)["batch"] for line in answers), [0, 1])

    def test_answers_about_segments_of_an_earlier_run(self):
        question = ["-q", "the screen is green", "--segment=6s"]
        self.record(self.film("film.mp4"), "-o", self.path("out.mkv"), "--rate=2/1", *question,
                    "--endpoint=http://127.0.0.1:1/v1", "--model=none", status=3)
        names = sorted(file.name for file in self.directory.glob("out-*.mkv"))
        self.assertEqual(len(names), 4)
        self.assertNotIn("-->", "".join(self.told(f"out-0000{i}.vtt") for i in range(4)))
        ran = self.record("test", "-o", self.path("out.mkv"), "--duration=1s", *question, "--reader")
        self.assertRegex(ran.stdout, r"out-00004\.mkv: \d+ frames, numbers 40 to 40, ")
        for index, times in enumerate((["00:05.000 --> 00:06.000"], ["00:00.000 --> 00:02.000"],
                                       ["00:02.000 --> 00:04.000"], [])):
            told = self.told(f"out-0000{index}.vtt")
            self.assertEqual([re.sub(r"\b00:(\d\d:\d\d\.)", r"\1", line)
                              for line in told.splitlines() if "-->" in line], times)
            self.assertEqual(len(self.probe(names[index])["chapters"]), len(times))
        frames = [frame for name in names for frame in recorded_frames(self.path(name))]
        self.assertEqual([number for number, _ in frames], [i // 5 for i in range(200)])

    def test_server_that_comes_while_recording(self):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
        reader = pathlib.Path(self.program).parent / "reader/numpro-reader"
        with self.recording("test", "-o", self.path("out.mkv"), "--segment=5s", "--rate=10/1",
                            "-q", "the screen is white", f"--endpoint=http://127.0.0.1:{port}/v1",
                            "--model=numpro-reader") as process:
            wait_for(lambda: "The server is away" in self.told(), "the warning")
            wait_for(lambda: self.size("out-00001.mkv"), "the second segment")
            self.assertNotIn("-->", self.told("out-00000.vtt"))
            server = subprocess.Popen([reader, "--port", str(port)], stdout=subprocess.DEVNULL)
            try:
                wait_for(lambda: "-->" in self.told("out-00000.vtt"), "answers about the first")
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.wait(2 * PATIENCE), 130, self.told())
            finally:
                server.kill()
                server.wait(PATIENCE)
        self.assertNotIn("Questions that", self.told())
        self.assertEqual(self.kinds("out-00000.mkv").count("subtitle"), 1)

    def test_without_mkvmerge(self):
        film = self.film("film.mp4")
        programs = self.directory / "bin"
        programs.mkdir()
        ran = self.record(film, "-o", self.path("out.mkv"), "--rate=2/1", "--reader",
                          "-q", "the screen is green", env={**os.environ, "PATH": str(programs)})
        self.assertIn("there is no mkvmerge here", ran.stderr)
        self.assertEqual(self.told("out.vtt").count("-->"), 2)
        self.assertEqual(len(recorded_frames(self.path("out.mkv"))), 200)


if __name__ == "__main__":
    sys.exit(countedtests.main())
