# SPDX-License-Identifier: LGPL-2.1-or-later
"""Inputs for numpro stamp, and what is in its outputs."""

import pathlib
import subprocess
import tempfile
import unittest

PATIENCE = 60

VIDEO = ("videotestsrc num-buffers=60 pattern=ball ! video/x-raw,format=I420,width=320,height=240,"
         "framerate=30/1 ! x264enc ! h264parse ! queue ! mux.")
SOUND = "audiotestsrc num-buffers=80 ! audio/x-raw,rate=44100 ! {} ! queue ! mux."


def generate(path, *branches, muxer="mp4mux"):
    subprocess.run(["gst-launch-1.0", "-q", *" ".join(branches).split(), muxer, "name=mux", "!",
                    "filesink", f"location={path}"], check=True, timeout=PATIENCE)
    return str(path)


class StampCase(unittest.TestCase):
    """A test with a directory of its own and the command."""

    command = None   # its path

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def path(self, name):
        return str(self.directory / name)

    def numpro(self, *arguments, status=0, **options):
        ran = subprocess.run([self.command, *arguments], stdin=subprocess.DEVNULL, text=True,
                             capture_output=True, timeout=PATIENCE, check=False, **options)
        self.assertEqual(ran.returncode, status, ran.stdout + ran.stderr)
        return ran

    def stamp(self, *arguments, **options):
        return self.numpro("stamp", *arguments, **options)
