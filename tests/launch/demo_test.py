#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs the demo. Would notice lines that do not work any more, here or where they are pasted, another answer
than that of what is to be seen, and a target that is built no more.

    demo_test.py SOURCE_DIRECTORY BUILD_DIRECTORY

Nothing is built: what the demo is to build must be there.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import countedtests
import film

SOURCES, BUILD = (pathlib.Path(sys.argv.pop(1)).resolve() for _ in range(2))
PATIENCE = 60
# What differs from day to day, and on a machine that is too busy to encode each frame.
VARIES = re.compile(r"\d{4}-\d\d-\d\dT\S+Z|\.\d\d\d\b|\d+ frames|pictures that were left out.*\n")
# Does not know a target that is not there, either.
NINJA = "#!/bin/sh\nexec {} -n \"$@\"\n"


class Demo(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)
        programs = self.directory / "bin"
        programs.mkdir()
        found = subprocess.run(["which", "ninja"], check=True, capture_output=True, text=True)
        (programs / "ninja").write_text(NINJA.format(found.stdout.strip()))
        (programs / "ninja").chmod(0o755)
        self.environment = {**os.environ, "NUMPRO_BUILD_DIR": str(BUILD),
                            "PATH": f"{programs}:{os.environ['PATH']}",
                            "XDG_CACHE_HOME": str(self.directory / "cache")}
        for name in ("NUMPRO_ENDPOINT", "NUMPRO_MODEL", "NUMPRO_API_KEY"):
            self.environment.pop(name, None)

    def run_in_shell(self, *command, status=0, **options):
        ran = subprocess.run(command, text=True, stdin=subprocess.DEVNULL, cwd=self.directory,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE,
                             check=False, **{"env": self.environment, **options})
        self.assertEqual(ran.returncode, status, ran.stdout)
        return ran.stdout

    def demo(self, *arguments, status=0):
        return self.run_in_shell(SOURCES / "examples/demo.sh", *arguments, status=status)

    def test_demo(self):
        text = self.demo()
        settings, record, ask = (line for line in text.splitlines()
                                 if line.startswith(("export ", "numpro ")))
        self.assertTrue(record.startswith("numpro record test -o demo-output/recording.mkv "), record)
        # As the README shows it.
        readme = (SOURCES / "README.md").read_text(encoding="utf-8")
        shown, = re.findall(r"```\n(numpro record .*?)```\n", readme, re.DOTALL)
        self.assertEqual(VARIES.sub("", text[text.index(record):]), VARIES.sub("", shown))
        event = re.search(r"^  0:05\.\d+ - 0:08\.\d+  5-7  ", text, re.MULTILINE)[0]
        picture = self.directory / "demo-output/recording-1-1.png"
        self.assertTrue(picture.read_bytes().startswith(b"\x89PNG"))
        # Pasted into another shell.
        picture.unlink()
        pasted = self.run_in_shell("bash", "-e", "-c", f"{settings}\n{ask}",
                                   env={name: self.environment[name]
                                        for name in ("HOME", "PATH", "XDG_CACHE_HOME")
                                        if name in self.environment})
        self.assertIn(event, pasted)
        self.assertTrue(picture.exists())

    def test_own_source_and_question(self):
        made = film.make(self.directory / "film.mp4", ("gray", 3), ("blue", 2), ("gray", 15))
        os.rename(made, self.directory / "my film.mp4")
        text = self.demo("my film.mp4", "the screen is blue")
        self.assertIn("numpro record 'my film.mp4' -o demo-output/recording.mkv", text)
        # To its end.
        self.assertIn("100 frames, numbers 0 to 19, 0:20", text)
        self.assertIn("the screen is blue\n  0:03.000 - 0:05.000  3-4\n", text)
        # What was found there is of the last run.
        self.assertNotIn(".png", self.demo("my film.mp4", "the screen is red"))

    def test_nothing_to_record(self):
        text = self.demo("none.mp4", status=1)
        self.assertIn("none.mp4: No such file or directory.", text)
        self.assertNotIn("numpro ask", text)
        text = self.demo("rtsp://someone:s3cret@127.0.0.1:1/live?key=k3y", status=1)
        self.assertIn("numpro record ADDRESS -o", text)
        for secret in ("someone", "s3cret", "k3y"):
            self.assertNotIn(secret, text)


if __name__ == "__main__":
    sys.exit(countedtests.main())
