# SPDX-License-Identifier: LGPL-2.1-or-later
"""Inputs for numpro stamp, and what is in its outputs."""

import subprocess

import gi

gi.require_version("Gst", "1.0")
from directorycase import DirectoryCase  # noqa: E402
from gi.repository import Gst  # noqa: E402

PATIENCE = 60

VIDEO = ("videotestsrc num-buffers=60 pattern=ball ! video/x-raw,format=I420,width=320,height=240,"
         "framerate=30/1 ! x264enc ! h264parse ! queue ! mux.")
SOUND = "audiotestsrc num-buffers=80 ! audio/x-raw,rate=44100 ! {} ! queue ! mux."


def generate(path, *branches, muxer="mp4mux"):
    subprocess.run(["gst-launch-1.0", "-q", *" ".join(branches).split(), muxer, "name=mux", "!",
                    "filesink", f"location={path}"], check=True, timeout=PATIENCE)
    return str(path)


def recorded_numbers(path):
    """The numbers that numproverlay finds in a recording, one for each of its frames in their order."""
    pipeline = Gst.parse_launch("filesrc name=file ! parsebin ! numproseiextractor ! decodebin ! "
                                "numproverlay name=overlay numbering=recorded ! fakesink")
    pipeline.get_by_name("file").set_property("location", str(path))
    overlay = pipeline.get_by_name("overlay")
    numbers = []

    def on_frame(_pad, _info):
        numbers.append(overlay.get_property("number"))
        return Gst.PadProbeReturn.OK

    overlay.get_static_pad("src").add_probe(Gst.PadProbeType.BUFFER, on_frame)
    pipeline.set_state(Gst.State.PLAYING)
    message = pipeline.get_bus().timed_pop_filtered(
        PATIENCE * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    stats = overlay.get_property("stats")
    missing = stats.get_value("without-number")
    pipeline.set_state(Gst.State.NULL)
    if message is None or message.type != Gst.MessageType.EOS:
        raise AssertionError(message.parse_error() if message else "it does not end")
    if missing > 0:
        raise AssertionError(f"{missing} frames without a number")
    return numbers


class StampCase(DirectoryCase):
    """A test of the command, with a directory of its own."""

    command = None   # its path

    @classmethod
    def setUpClass(cls):
        Gst.init(None)

    def numpro(self, *arguments, status=0, **options):
        ran = subprocess.run([self.command, *arguments], stdin=subprocess.DEVNULL, text=True,
                             capture_output=True, timeout=PATIENCE, check=False, **options)
        self.assertEqual(ran.returncode, status, ran.stdout + ran.stderr)
        return ran

    def stamp(self, *arguments, **options):
        return self.numpro("stamp", *arguments, **options)
