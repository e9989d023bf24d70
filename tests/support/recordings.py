# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tests of recordings are made with: short files, an RTSP camera, the numbers in a recording and
on its pictures."""

import io
import re
import subprocess
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstVideo", "1.0")
from gi.repository import Gst, GstApp, GstVideo  # noqa: E402, F401 (GstApp gives appsink methods)
from PIL import Image, ImageChops, ImageOps  # noqa: E402

PATIENCE = 60

VIDEO = ("videotestsrc num-buffers=60 pattern=ball ! video/x-raw,format=I420,width=320,height=240,"
         "framerate=30/1 ! x264enc ! h264parse ! queue ! mux.")
SOUND = "audiotestsrc num-buffers=80 ! audio/x-raw,rate=44100 ! avenc_aac ! queue ! mux."


def generate(path, *branches, muxer="mp4mux"):
    subprocess.run(["gst-launch-1.0", "-q", *" ".join(branches).split(), *muxer.split(), "name=mux",
                    "!", "filesink", f"location={path}"], check=True, timeout=PATIENCE)
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


def pictures_of(path):
    """The pictures of a file: pairs of a time in nanoseconds and an image."""
    pipeline = Gst.parse_launch("filesrc name=file ! decodebin ! videoconvert ! "
                                "video/x-raw,format=RGBx ! appsink name=sink sync=false")
    pipeline.get_by_name("file").set_property("location", str(path))
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)
    while sample := sink.try_pull_sample(PATIENCE * Gst.SECOND):
        # Not get_structure(), which newer bindings wrap up.
        caps = sample.get_caps()[0]
        size = (caps["width"], caps["height"])
        buffer = sample.get_buffer()
        data = buffer.extract_dup(0, buffer.get_size())
        yield buffer.pts, Image.frombytes("RGB", size, data, "raw", "RGBX")
    assert sink.is_eos(), f"{path} could not be read to its end"
    pipeline.set_state(Gst.State.NULL)


def read_number(picture):
    """The number that can be read at the bottom right of a picture."""
    width, height = picture.size
    side = min(width, height)
    corner = picture.crop((width - side * 45 // 100, height - side * 13 // 100, width, height))
    red, green, blue = corner.split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    ink = redness.point(lambda level: 255 if level > 90 else 0)
    # What Tesseract is best at: 48 pixels high, black on white, with a margin.
    text = ImageOps.invert(ink.crop(ink.getbbox()))
    text = ImageOps.expand(text.resize((text.width * 48 // text.height, 48), Image.BILINEAR), 20, 255)
    png = io.BytesIO()
    text.save(png, "PNG")
    read = subprocess.run(["tesseract", "stdin", "stdout", "--psm", "7", "-c",
                           "tessedit_char_whitelist=0123456789"], input=png.getvalue(),
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
                          timeout=PATIENCE).stdout
    return read.decode().strip()


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
