#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The names that bindings see. Would notice one that is lost, renamed, or has its prefix twice."""

import sys

import gi

gi.require_version("GstNumpro", "1.0")
from gi.repository import GLib, GstNumpro  # noqa: E402

NAMES = {
    "Answer", "AnswerFormat", "Batch", "Bundle", "BundleDir", "Error", "Event", "HAlign",
    "ImageLabel", "Ledger", "Look", "LossReason", "Meta", "NO_BATCH", "NO_CELL", "Obstacle",
    "Probe", "ProbeFinding", "ProbeSchema", "Prompt", "Sample", "ServerState", "Span",
    "Stamp", "Stretch", "StretchState", "Task", "Timeline", "TimelineFormat", "VAlign", "buffer_add_numpro_meta", "buffer_get_numpro_meta", "error_quark",
    "message_new_numpro_answer", "message_new_numpro_batch", "message_new_numpro_failure",
    "message_new_numpro_probe", "message_new_numpro_server", "message_parse_numpro_answer",
    "message_parse_numpro_batch", "message_parse_numpro_failure",
    "message_parse_numpro_probe", "message_parse_numpro_server", "meta_api_get_type",
    "meta_get_info", "utc_from_string", "utc_to_string",
}
MEMBERS = {
    GstNumpro.HAlign: ["left", "center", "right"],
    GstNumpro.VAlign: ["top", "center", "bottom"],
    GstNumpro.Stamp: ["number", "seconds", "clock", "none"],
    GstNumpro.Task: ["moment", "highlight", "describe"],
    GstNumpro.AnswerFormat: ["text", "json"],
    GstNumpro.ImageLabel: ["none", "number", "seconds"],
    GstNumpro.LossReason: ["overrun", "encode", "disk", "flush", "stop", "model", "http", "reply",
                           "network", "timeout", "tls", "unauthorized"],
    GstNumpro.ServerState: ["away", "back"],
    GstNumpro.Obstacle: ["none", "empty", "cut", "filtered", "reasoning", "blind", "refused",
                         "cannot-tell", "times", "several", "reversed", "contradiction", "shape",
                         "scores", "example", "not-understood", "no-such-number",
                         "ambiguous-number", "invented", "other"],
    GstNumpro.ProbeFinding: ["good", "reordered", "neighbours-merged", "front-cut", "end-cut",
                             "some-missing", "misread", "nothing-seen"],
    GstNumpro.StretchState: ["answered", "unread", "failed"],
    GstNumpro.TimelineFormat: ["json", "webvtt", "srt", "tsv", "ffmetadata", "matroska-chapters",
                               "edl", "otio", "label-studio"],
    GstNumpro.ProbeSchema: ["untried", "kept", "ignored", "refused"],
}


def check_names():
    names = {name for name in dir(GstNumpro) if not name.startswith("_")}
    assert names == NAMES, (names - NAMES, NAMES - names)


def check_members():
    for enum, nicks in MEMBERS.items():
        values = [getattr(enum, nick.upper().replace("-", "_")) for nick in nicks]
        assert [value.value_nick for value in values] == nicks, enum
        # For people, in gst-inspect-1.0: a word or more, no name in C.
        assert not any(value.value_name.startswith("GST_") for value in values), enum


def check_look():
    ledger = GstNumpro.Ledger.new(3)
    look = GstNumpro.Look.new(0xff00ff00, GstNumpro.HAlign.LEFT, GstNumpro.VAlign.TOP)
    ledger.set_look(look)
    assert ledger.get_look().equal(look)
    assert ledger.get_look().color == 0xff00ff00
    try:
        GstNumpro.Ledger.new_from_json('{"version": 2}', -1)
    except GLib.Error as error:
        assert error.matches(GstNumpro.error_quark(), GstNumpro.Error.MALFORMED), error
    else:
        raise AssertionError("a newer version is read")


def main():
    for check in (check_names, check_members, check_look):
        check()
        print(f"{check.__name__}: good")
    return 0


if __name__ == "__main__":
    sys.exit(main())
