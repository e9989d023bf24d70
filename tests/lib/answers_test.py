#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks and answers from Python. Would notice bindings that lack a function or own the wrong thing."""

import json
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstNumpro", "1.0")
from gi.repository import GLib, Gst, GstNumpro  # noqa: E402


def make_ledger():
    ledger = GstNumpro.Ledger.new(42)
    for number in range(32):
        sample = GstNumpro.Sample.new(number)
        sample.stream_time = number * Gst.SECOND
        sample.duration = Gst.SECOND
        ledger.append(sample)
    return ledger


def check_prompt(ledger):
    prompt = GstNumpro.Prompt.new(GstNumpro.Task.MOMENT, "a red car")
    assert prompt.get_instruction(ledger).startswith("The red numbers")
    assert prompt.get_text(ledger).startswith("During which frames can we see a red car?")
    assert prompt.get_schema(ledger) is None
    prompt.set_answer_format(GstNumpro.AnswerFormat.JSON)
    assert json.loads(prompt.get_schema(ledger))["type"] == "object"
    try:
        prompt.set_template("{nothing}")
    except GLib.Error as error:
        assert "{nothing}" in error.message
    else:
        raise AssertionError("{nothing} is a placeholder")
    assert ledger.get_image_label("none.jpg", GstNumpro.ImageLabel.NUMBER) is None


def check_answer(ledger):
    prompt = GstNumpro.Prompt.new(GstNumpro.Task.MOMENT, "a red car")
    answer = GstNumpro.Answer.new(prompt, ledger, "From frame 9 to frame 3.")
    assert answer.get_valid() and answer.get_found()
    assert len(answer.get_problems()) == 1
    spans = [answer.get_span(i) for i in range(answer.get_n_spans())]
    assert [(s.first, s.last, s.start, s.end) for s in spans] == [
        (3, 9, 3 * Gst.SECOND, 10 * Gst.SECOND)]
    answer.set_delivery("model", 1.5, 1, '{"total_tokens": 3}')
    answer.invalidate("cut")
    assert not answer.get_valid() and answer.get_n_spans() == 0
    copy = GstNumpro.Answer.new_from_json(answer.to_json(), -1)
    assert json.loads(copy.to_json())["usage"] == {"total_tokens": 3}
    assert copy.get_problems()[0] == "cut"


def check_highlights(ledger):
    prompt = GstNumpro.Prompt.new(GstNumpro.Task.HIGHLIGHT, "a red car")
    answer = GstNumpro.Answer.new(prompt, ledger, "Frame 3: 4.5\nFrame 4: 2")
    assert [answer.get_highlight(i) for i in range(3)] == [
        (True, 3, 4.5), (True, 4, 2.0), (False, 0, 0.0)]


def main():
    Gst.init(None)
    ledger = make_ledger()
    for check in (check_prompt, check_answer, check_highlights):
        check(ledger)
        print(f"{check.__name__}: good")
    return 0


if __name__ == "__main__":
    sys.exit(main())
