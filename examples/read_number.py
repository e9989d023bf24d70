#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads the numbers of frames in an application: from the meta on each buffer, not from pixels."""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstNumpro", "1.0")
from gi.repository import Gst, GstApp, GstNumpro  # noqa: E402,F401 (GstApp gives appsink methods)

PIPELINE = """
    videotestsrc num-buffers=75 ! video/x-raw, width=640, height=360, framerate=25/1 !
    numproverlay numbering=time rate=2/1 ! videoconvert ! video/x-raw, format=RGB !
    appsink name=sink
"""


def main():
    Gst.init(None)
    pipeline = Gst.parse_launch(PIPELINE)
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)

    next_slot = 0
    while sample := sink.pull_sample():
        buffer = sample.get_buffer()
        meta = GstNumpro.buffer_get_numpro_meta(buffer)
        # Several frames carry one number; show the first of each.
        if meta is None or meta.slot < next_slot:
            continue
        next_slot = meta.slot + 1
        print(f"number {meta.number}: first frame at {buffer.pts / Gst.SECOND:.3f} s, "
              f"shown for {meta.slot_duration / Gst.SECOND:.3f} s")

    pipeline.set_state(Gst.State.NULL)
    return 0 if next_slot else 1


if __name__ == "__main__":
    sys.exit(main())
