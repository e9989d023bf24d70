#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks and answers from Python. Would notice bindings that lack a function or own the wrong thing."""

import json
import sys
import tempfile

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
    answer = GstNumpro.Answer.new(prompt, ledger, "From frame 3 to frame 9.")
    assert answer.get_valid() and answer.get_found()
    assert answer.get_obstacle() == GstNumpro.Obstacle.NONE and not answer.get_problems()
    spans = [answer.get_span(i) for i in range(answer.get_n_spans())]
    assert [(s.first, s.last, s.start, s.end) for s in spans] == [
        (3, 9, 3 * Gst.SECOND, 10 * Gst.SECOND)]
    answer.set_delivery("model", 1.5, 1, '{"total_tokens": 3}')
    answer.invalidate("cut")
    assert not answer.get_valid() and answer.get_n_spans() == 0
    copy = GstNumpro.Answer.new_from_json(answer.to_json(), -1)
    assert json.loads(copy.to_json())["usage"] == {"total_tokens": 3}
    assert copy.get_problems()[0] == "cut"
    assert copy.get_obstacle() == GstNumpro.Obstacle.OTHER


def check_restatement(ledger):
    prompt = GstNumpro.Prompt.new(GstNumpro.Task.MOMENT, "a red car")
    answer = GstNumpro.Answer.new(prompt, ledger, "It comes in at 3 and is gone after 9.")
    assert answer.get_obstacle() == GstNumpro.Obstacle.NOT_UNDERSTOOD
    assert answer.needs_restatement() and answer.get_restatement() is None
    assert "It comes in at 3" in answer.make_restatement(prompt, ledger)
    assert json.loads(prompt.get_restatement_schema())["required"] == [
        "spans", "never", "cannot_tell"]
    said = '{"spans": [{"first": 3, "last": 9}], "never": false, "cannot_tell": false}'
    assert answer.restate(prompt, ledger, said)
    answer.set_restatement_delivery(0.5, '{"total_tokens": 90}')
    assert answer.get_span(0).last == 9 and answer.get_restatement() == said
    assert answer.get_restatement_latency() == 0.5 and not answer.needs_restatement()


def check_highlights(ledger):
    prompt = GstNumpro.Prompt.new(GstNumpro.Task.HIGHLIGHT, "a red car")
    answer = GstNumpro.Answer.new(prompt, ledger, "Frame 3: 4.5\nFrame 4: 2")
    assert [answer.get_highlight(i) for i in range(3)] == [
        (True, 3, 4.5), (True, 4, 2.0), (False, 0, 0.0)]


def check_messages(ledger):
    message = GstNumpro.message_new_numpro_batch(None, ledger, "bundles/000042")
    good, batch, location = GstNumpro.message_parse_numpro_batch(message)
    assert good and batch.get_length() == 32 and location == "bundles/000042"
    assert "ledger=(GstNumproLedger)0-31;" in message.get_structure().to_string()
    assert not GstNumpro.message_parse_numpro_answer(message)[0]

    prompt = GstNumpro.Prompt.new(GstNumpro.Task.MOMENT, "a red car")
    answer = GstNumpro.Answer.new(prompt, ledger, "From 3 to 9")
    message = GstNumpro.message_new_numpro_answer(None, answer, None)
    good, back, location = GstNumpro.message_parse_numpro_answer(message)
    assert good and back.get_span(0).last == 9 and location is None
    assert "answer=(GstNumproAnswer)3-9;" in message.get_structure().to_string()
    assert not GstNumpro.message_parse_numpro_batch(message)[0]

    message = GstNumpro.message_new_numpro_failure(
        None, GstNumpro.LossReason.DISK, "no space", 42, "a red car", [3, 4])
    assert message.get_structure().get_string("reason") == "disk"
    assert GstNumpro.message_parse_numpro_failure(message) == (
        True, GstNumpro.LossReason.DISK, "no space", 42, "a red car", [3, 4])
    message = GstNumpro.message_new_numpro_failure(
        None, GstNumpro.LossReason.OVERRUN, "too fast", GstNumpro.NO_BATCH, None, [])
    assert not message.get_structure().has_field("batch")
    assert GstNumpro.message_parse_numpro_failure(message) == (
        True, GstNumpro.LossReason.OVERRUN, "too fast", GstNumpro.NO_BATCH, None, [])
    assert not GstNumpro.message_parse_numpro_failure(Gst.Message.new_eos(None))[0]

    probe = GstNumpro.Probe.new([503, 12, 77], [503, 77])
    probe.finding = GstNumpro.ProbeFinding.NEIGHBOURS_MERGED
    message = GstNumpro.message_new_numpro_probe(None, probe)
    good, back = GstNumpro.message_parse_numpro_probe(message)
    assert good and back.finding == probe.finding and (back.n_sent, back.n_seen) == (3, 2)
    assert back.sent == [503, 12, 77] and back.seen == [503, 77] and back.parts == 1
    structure = message.get_structure()
    assert structure.get_string("finding") == "neighbours-merged"
    assert structure.get_string("schema") == "untried" and not structure.has_field("cure")
    assert "probe=(GstNumproProbe)neighbours-merged;" in structure.to_string()
    assert not GstNumpro.message_parse_numpro_probe(Gst.Message.new_eos(None))[0]


def check_server(_):
    away = GstNumpro.message_new_numpro_server(
        None, GstNumpro.ServerState.AWAY, GstNumpro.LossReason.NETWORK, "refused", 0, 0, 0)
    assert GstNumpro.message_parse_numpro_server(away)[:4] == (
        True, GstNumpro.ServerState.AWAY, GstNumpro.LossReason.NETWORK, "refused")
    back = GstNumpro.message_new_numpro_server(
        None, GstNumpro.ServerState.BACK, GstNumpro.LossReason.NETWORK, None, 2, 3, 5)
    parsed = GstNumpro.message_parse_numpro_server(back)
    assert parsed[1] == GstNumpro.ServerState.BACK and parsed[3:] == (None, 2, 3, 5)


def check_bundles(ledger):
    with tempfile.TemporaryDirectory() as path:
        directory = GstNumpro.BundleDir.new(path)
        assert directory.prepare()
        batch = GstNumpro.Batch.new(ledger)
        prompt = GstNumpro.Prompt.new(GstNumpro.Task.MOMENT, "a red car")
        assert directory.write(batch, [prompt], None)
        assert directory.list() == [42] and directory.get_next_batch() == 43
        bundle = directory.get_bundle(42)
        assert bundle.get_n_questions() == 1 and not bundle.is_answered(0)
        assert bundle.read_prompt(0).get_question() == "a red car"
        answer = GstNumpro.Answer.new(prompt, ledger, "From 3 to 9")
        assert directory.write_answer(bundle, 0, "{}", answer)
        assert bundle.is_answered(0) and bundle.read_answer(0).get_text() == "From 3 to 9"
        try:
            directory.write(batch, [], None)
        except GLib.Error as error:
            assert bundle.get_path() in error.message
        else:
            raise AssertionError("a bundle is overwritten")


def main():
    Gst.init(None)
    ledger = make_ledger()
    for check in (check_prompt, check_answer, check_restatement, check_highlights, check_messages,
                  check_server, check_bundles):
        check(ledger)
        print(f"{check.__name__}: good")
    return 0


if __name__ == "__main__":
    sys.exit(main())
