#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes small JPEG files of I420 frames as programs with appsink and OpenCV do.

Prints the CPU time of a sample in microseconds, once for every run: from appsink to the file,
without the source and without what leaves out frames that are no samples.
"""

import argparse
import os
import time

import cv2
import gi
import numpy

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
from gi.repository import Gst, GstApp  # noqa: E402,F401

LAUNCH = (
    "appsrc name=source format=time max-bytes=0 "
    "caps=video/x-raw,format=I420,width={width},height={height},framerate=30/1 "
    "! appsink name=sink sync=false max-buffers=0"
)


def save_image(sample, args, path):
    buffer = sample.get_buffer()
    mapped, info = buffer.map(Gst.MapFlags.READ)
    assert mapped
    frame = numpy.frombuffer(info.data, numpy.uint8).reshape(args.height * 3 // 2, args.width)
    image = cv2.resize(
        cv2.cvtColor(frame, cv2.COLOR_YUV2BGR_I420),
        (args.image_width, args.image_height),
        interpolation=cv2.INTER_AREA,
    )
    buffer.unmap(info)
    done, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 90])
    assert done
    with open(path, "wb") as file:
        file.write(jpeg)


def time_run(frames, args):
    pipeline = Gst.parse_launch(LAUNCH.format(width=args.width, height=args.height))
    source, sink = pipeline.get_by_name("source"), pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)
    for i in range(args.samples):
        buffer = Gst.Buffer.new_wrapped(frames[i % len(frames)])
        buffer.pts = i * Gst.SECOND
        source.emit("push-buffer", buffer)
    source.emit("end-of-stream")
    # All samples are waiting in appsink when the end of the stream is.
    pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.ASYNC_DONE)
    while source.get_property("current-level-buffers") > 0:
        time.sleep(0.001)
    time.sleep(0.05)
    start = time.process_time()
    for i in range(args.samples):
        sample = sink.try_pull_sample(Gst.SECOND)
        save_image(sample, args, os.path.join(args.directory, f"{i:06}.jpg"))
    spent = time.process_time() - start
    pipeline.set_state(Gst.State.NULL)
    return spent / args.samples * 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("width", "height", "image-width", "image-height", "samples", "runs"):
        parser.add_argument("--" + name, type=int, required=True)
    for name in ("frames", "directory"):
        parser.add_argument("--" + name, required=True)
    args = parser.parse_args()

    # Threads would only add the cost of handing out work: it is CPU time that counts here.
    cv2.setNumThreads(1)
    Gst.init(None)
    size = args.width * args.height * 3 // 2
    with open(args.frames, "rb") as file:
        frames = list(iter(lambda: file.read(size), b""))
    for _ in range(args.runs):
        print(time_run(frames, args))


if __name__ == "__main__":
    main()
