#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pulls batches of numbered frames in an application and reads their ledgers.

    pull_batches.py FILE|URI
    pull_batches.py 'v4l2src ! videoconvert ! numproverlay numbering=time ! numprosink name=sink'

Ctrl-C ends the stream, which gives the last batch; a second one ends the program.
"""

import signal
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstNumpro", "1.0")
from gi.repository import GLib, Gst, GstNumpro  # noqa: E402

PIPELINE_OF_FILE = """
    uridecodebin name=source ! videoconvert ! numproverlay numbering=time !
    numprosink name=sink batch-size=8
"""
PATIENCE = 100 * Gst.MSECOND


def make_pipeline(argument):
    flags = Gst.ParseFlags.FATAL_ERRORS
    if " ! " in argument:
        return Gst.parse_launch_full(argument, None, flags)
    uri = argument if Gst.uri_is_valid(argument) else Gst.filename_to_uri(argument)
    pipeline = Gst.parse_launch_full(PIPELINE_OF_FILE, None, flags)
    pipeline.get_by_name("source").set_property("uri", uri)
    return pipeline


def seconds(time):
    return "unknown" if time == Gst.CLOCK_TIME_NONE else f"{time / Gst.SECOND:.3f} s"


def show(batch):
    ledger = batch.get_ledger()
    samples = [ledger.get_sample(i) for i in range(ledger.get_length())]
    print(f"batch {ledger.get_batch()}:")
    for sample in samples:
        utc = GstNumpro.utc_to_string(sample.utc) or "unknown"
        size = batch.get_image(sample.image).get_size()
        print(f"  number {sample.number}: {seconds(sample.stream_time)}, "
              f"{utc} ({sample.utc_source or 'none'}), "
              f"{sample.image}, {sample.width}x{sample.height}, {size} bytes")

    # What a model that has seen the images would answer: "from x to y".
    x, y = samples[0].number, samples[-1].number
    try:
        span = GstNumpro.Span.new(ledger, x, y)
    except GLib.Error as error:
        print(error.message, file=sys.stderr)
        return
    print(f"  from {x} to {y}: {seconds(span.start)} to {seconds(span.end)}", flush=True)


def ask_bus(bus, patience):
    """Whether the stream goes on; otherwise "ended" or "failed"."""
    message = bus.timed_pop_filtered(
        patience, Gst.MessageType.ERROR | Gst.MessageType.WARNING | Gst.MessageType.EOS)
    if message is None:
        return "goes on"
    if message.type == Gst.MessageType.EOS:
        return "ended"
    if message.type == Gst.MessageType.WARNING:
        print("WARNING:", message.parse_warning()[0].message, file=sys.stderr)
        return "goes on"
    print("ERROR:", message.parse_error()[0].message, file=sys.stderr)
    return "failed"


def run(pipeline, sink):
    bus = pipeline.get_bus()
    pipeline.set_state(Gst.State.PLAYING)
    stream, batch = "goes on", None
    while batch or stream == "goes on":
        # The bus first: once it has told of the end, the last batch is there to be pulled.
        if stream == "goes on":
            stream = ask_bus(bus, 0 if batch else PATIENCE)
        batch = sink.emit("try-pull-batch", PATIENCE)
        if batch:
            show(batch)
    pipeline.set_state(Gst.State.NULL)
    return stream


def show_stats(sink):
    stats = sink.get_property("stats")
    print(f"{stats['frames']} frames, {stats['delivered']} samples delivered, "
          f"{stats['samples-dropped']} dropped")


def main():
    Gst.init(None)
    if len(sys.argv) != 2:
        print(f"usage: {sys.argv[0]} FILE|URI|LAUNCH-LINE", file=sys.stderr)
        return 2
    try:
        pipeline = make_pipeline(sys.argv[1])
    except GLib.Error as error:
        print("ERROR:", error.message, file=sys.stderr)
        return 1
    sink = pipeline.get_by_name("sink")
    if not sink:
        print("ERROR: the launch line has no numprosink name=sink", file=sys.stderr)
        return 1

    def on_interrupt(*_):
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        pipeline.send_event(Gst.Event.new_eos())

    signal.signal(signal.SIGINT, on_interrupt)
    stream = run(pipeline, sink)
    show_stats(sink)
    return 0 if stream == "ended" else 1


if __name__ == "__main__":
    sys.exit(main())
