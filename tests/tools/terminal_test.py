#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs numpro on a terminal of 40 columns. Would notice progress that is wider, which scrolls, and
progress where there is no terminal.

    terminal_test.py NUMPRO
"""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
import unicodedata

import countedtests
from directorycase import DirectoryCase

NUMPRO = sys.argv.pop(1)
PATIENCE = 120
COLUMNS = 40


def width_of(text):
    """In columns of a terminal."""
    return sum(0 if unicodedata.combining(letter) else
               2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


class Terminal(DirectoryCase):
    def film(self, name):
        path = os.path.join(os.fsencode(self.directory), name)
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i",
                        "testsrc=s=480x360:r=25:d=5", "-pix_fmt", "yuv420p", "-preset", "ultrafast", path],
                       check=True, timeout=PATIENCE)
        return path

    def shown(self, *arguments, status=0):
        """What a command shows on the terminal."""
        controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", 24, COLUMNS, 0, 0))
        parts = []

        def read():
            try:
                while part := os.read(controller, 65536):
                    parts.append(part)
            except OSError:
                pass   # its other end is closed

        reader = threading.Thread(target=read)
        reader.start()
        ran = subprocess.run([NUMPRO, *arguments], stdin=subprocess.DEVNULL, stdout=terminal,
                             stderr=terminal, timeout=PATIENCE, check=False)
        self.assertEqual(ran.returncode, status)
        os.close(terminal)
        reader.join()
        os.close(controller)
        return b"".join(parts).decode()

    def test_progress(self):
        short = self.film(b"film.mp4")
        work = "--work=" + self.path("work")
        ask = ("ask", "--reader", work, "--batch-size=2", "--refine=4/1")
        for name, arguments in (
                ("ask", (*ask, short, "something red")),
                ("stamp", ("stamp", short, "-o", self.path("out.mkv"))),
                ("record", ("record", "test", "-o", self.path("r.mkv"), "-d", "2s")),
                ("wide", ("stamp", self.film("夜間の録画クリップその一二三四五六七八九.mp4".encode()), "-o", self.path("w.mkv"))),
                ("lines", ("stamp", self.film(b"a\nb.mp4"), "-o", self.path("l.mkv"))),
                ("bytes", ("stamp", self.film(b"\xe9.mp4"), "-o", self.path("b.mkv")))):
            with self.subTest(name):
                shown = self.shown(*arguments)
                updates = re.findall(r"\r([^\r]*?)\x1b\[K", shown)
                self.assertTrue(any(re.search(r"%|\dx", update) for update in updates), shown)
                for update in updates:
                    self.assertLess(width_of(update), COLUMNS, update)
                    self.assertTrue(update.isprintable(), update)
                # It is taken away before what is told.
                self.assertIn("\r\x1b[K", shown)

    def test_table_of_what_is_not_known(self):
        shown = self.shown("ask", "--endpoint=http://127.0.0.1:9/v1", "--model=m", "--yes", "--retries=0",
                           "--work=" + self.path("work"), self.film(b"film.mp4"), "red", status=1)
        table = shown[shown.index("\r\nred\r\n"):].split("\r\n")
        self.assertEqual(table[2:4], ["  Not found in what was answered.", "  Not known:"])
        self.assertLessEqual(max(map(len, table)), COLUMNS)

    def test_no_terminal(self):
        film = self.film(b"film.mp4")
        for arguments in (("ask", "--reader", "--work=" + self.path("work"), film, "something red"),
                          ("stamp", film, "-o", self.path("out.mkv")),
                          ("record", "test", "-o", self.path("r.mkv"), "-d", "1s")):
            with self.subTest(arguments[0]):
                ran = subprocess.run([NUMPRO, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                                     timeout=PATIENCE, check=True)
                self.assertNotRegex(ran.stdout + ran.stderr, rb"[\r\x1b]")
                self.assertLessEqual(ran.stderr.count(b"\n"), 1)


if __name__ == "__main__":
    sys.exit(countedtests.main())
