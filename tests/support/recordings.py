# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tests of recordings are made with: short files, an RTSP camera, the numbers in a recording."""

import re
import subprocess
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstVideo", "1.0")
from gi.repository import Gst, GstVideo  # noqa: E402, F401

PATIENCE = 60

VIDEO = ("videotestsrc num-buffers=60 pattern=ball ! video/x-raw,format=I420,width=320,height=240,"
         "framerate=30/1 ! x264enc ! h264parse ! queue ! mux.")
SOUND = "audiotestsrc num-buffers=80 ! audio/x-raw,rate=44100 ! avenc_aac ! queue ! mux."


def generate(path, *branches, muxer="mp4mux"):
    subprocess.run(["gst-launch-1.0", "-q", *" ".join(branches).split(), muxer, "name=mux", "!",
                    "filesink", f"location={path}"], check=True, timeout=PATIENCE)
    return str(path)


def recorded_frames(path):
    """Number and UTC time of each frame of a recording, as its messages have them; all of it is
    decoded."""
    pipeline = Gst.parse_launch("filesrc name=file ! matroskademux ! h264parse ! avdec_h264 ! "
                                "numproverlay name=overlay numbering=recorded ! fakesink name=end "
                                "sync=false")
    pipeline.get_by_name("file").set_property("location", str(path))
    overlay = pipeline.get_by_name("overlay")
    unix = Gst.Caps.from_string("timestamp/x-unix")
    frames = []

    def on_frame(_pad, info):
        utc = info.get_buffer().get_reference_timestamp_meta(unix)
        frames.append((overlay.get_property("number"), utc.timestamp if utc else None))
        return Gst.PadProbeReturn.OK

    pipeline.get_by_name("end").get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER, on_frame)
    pipeline.set_state(Gst.State.PLAYING)
    message = pipeline.get_bus().timed_pop_filtered(
        PATIENCE * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    missing = overlay.get_property("stats").get_value("without-number")
    pipeline.set_state(Gst.State.NULL)
    assert message and message.type == Gst.MessageType.EOS, message and message.parse_error()
    assert missing == 0, f"{missing} frames of {path} have no number"
    return frames


def wait_for(condition, what):
    """Waits until a condition holds, and gives what it gave."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {PATIENCE} s in vain for {what}")


class Camera:
    """An RTSP camera that can be killed and started again at the same address."""

    def __init__(self, program, *arguments):
        self.program, self.arguments = program, list(arguments)
        self.port, self.address = "0", None
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.program, self.port, *self.arguments], text=True,
                                        stdout=subprocess.PIPE)
        self.address = self.process.stdout.readline().strip()
        assert self.address, "the camera did not start"
        self.port = re.search(r":(\d+)/", self.address)[1]

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
