# SPDX-License-Identifier: LGPL-2.1-or-later
"""Has a numprosink ask, and notes what it tells."""

import dataclasses

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402

Gst.init(None)

PATIENCE = 60
FRAMES = ("videotestsrc num-buffers=4 ! video/x-raw,format=I420,width=160,height=90,framerate=10/1 ! "
          "numproverlay font-size=90 ! numprosink name=sink")


@dataclasses.dataclass
class Told:
    answers: list = dataclasses.field(default_factory=list)    # what the model said
    failures: list = dataclasses.field(default_factory=list)   # pairs of reason and message
    warnings: list = dataclasses.field(default_factory=list)
    errors: list = dataclasses.field(default_factory=list)
    transcript: str = ""                                       # all of it

    def note(self, message):
        """Returns whether the stream has ended."""
        structure = message.get_structure()
        if structure:
            self.transcript += structure.to_string() + "\n"
        if message.has_name("numpro/answer"):
            self.answers.append(structure.get_string("text"))
        if message.has_name("numpro/failure") and structure.has_field("question"):
            self.failures.append((structure.get_string("reason"), structure.get_string("message")))
        if message.type == Gst.MessageType.WARNING:
            self.warnings.append(self.complaint(message.parse_warning()))
        if message.type == Gst.MessageType.ERROR:
            self.errors.append(self.complaint(message.parse_error()))
        return message.type in (Gst.MessageType.EOS, Gst.MessageType.ERROR)

    def complaint(self, parsed):
        error, debug = parsed
        self.transcript += f"{error.message} {debug}\n"
        return error.message


def ask(properties, frames=FRAMES):
    """Plays until the end of the stream, or an error.

    Properties are text, as in launch lines, or values of their types.
    """
    pipeline = Gst.parse_launch(frames)
    sink = pipeline.get_by_name("sink")
    for name, value in {"model": "m", "question": "blue", "retries": "0", **properties}.items():
        if not isinstance(value, str) or sink.find_property(name).value_type.name == "gchararray":
            sink.set_property(name, value)
        else:
            Gst.util_set_object_arg(sink, name, value)
    told = Told()
    bus = pipeline.get_bus()
    pipeline.set_state(Gst.State.PLAYING)
    try:
        has_ended = False
        while not has_ended:
            message = bus.timed_pop(PATIENCE * Gst.SECOND)
            if message is None:
                raise AssertionError(f"the stream does not end:\n{told.transcript}")
            has_ended = told.note(message)
    finally:
        pipeline.set_state(Gst.State.NULL)
    return told
