#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Headers of the user's own.

test_sent: a request without them: a question, what is asked back, a probe, one that is sent again.
test_values: a value that comes out changed; several of one name that become one.
test_replaced: a header twice that the element sends too.
test_environment: a variable's name sent in place of its value; the value of another time than the start.
test_authorization: a key sent beside the user's own Authorization, or in its place; one of the environment
  that is shown to a server which has another one.
test_refused: a header that breaks a request; a complaint that does not say which, or shows its value.
test_redirects: headers sent to where a server points.
test_repeated: a server that shows a value to everybody, for it repeats it: in a complaint, in what is said
  of a probe, in an answer, on the disk.
test_words: an answer that is read otherwise, because a header has one of its words or numbers.
test_cure: a refused key that is not looked for where it is.
test_query: a key in the endpoint's query that is not sent, or is shown.
"""

import json
import os
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

import countedtests
import sinkrun
from gi.repository import Gst
from recordingserver import RecordingServer, Reply, completion, refusal

PROSE = "It may be blue somewhere around the 2nd frame."
PROBE_QUESTION = b"Which numbers do you see"
KEY = "canary-7f3b09/x"


def structure(fields):
    made = Gst.Structure.new_empty("headers")
    for name, value in fields.items():
        made.set_value(name, value)
    return made


def kind_of(request):
    if PROBE_QUESTION in request.body:
        return "probe"
    return "question" if b"image_url" in request.body else "restatement"


class Headers(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(RecordingServer().running())

    def ask(self, headers, **properties):
        """The headers are a dictionary, or text as in launch lines."""
        if not isinstance(headers, str):
            headers = structure(headers)
        return sinkrun.ask({"endpoint": self.server.endpoint, "request-headers": headers, **properties})

    def sent(self, headers, **properties):
        """The headers of the one request that asks."""
        self.assertEqual(self.ask(headers, **properties).answers, ["Not visible"])
        return self.server.requests.pop().headers

    def test_sent(self):
        failures = [refusal(503, "busy")]

        def reply(request):
            if kind_of(request) == "probe":
                return completion("1, 2, 3")
            return failures.pop() if failures else completion(PROSE)

        self.server.reply = reply
        told = self.ask({"api-key": KEY, "X-Team": "video"}, retries="1",
                        **{"probe-on-start": "true", "answer-format": "json",
                           "retry-backoff-factor": "0.01"})
        self.assertEqual(len(told.answers), 1)
        kinds = [kind_of(request) for request in self.server.requests]
        self.assertEqual(kinds, ["probe", "probe", "question", "question", "restatement"])
        for request in self.server.requests:
            self.assertEqual(request.headers.get_all("api-key"), [KEY])
            self.assertEqual(request.headers.get_all("X-Team"), ["video"])

    def test_values(self):
        for text, expected in (('headers,X-A=(string)"a b, c; d=e"', ["a b, c; d=e"]),
                               ("headers,X-A=7", ["7"]),
                               ("headers,X-A=-0.1", ["-0.1"]),
                               ("headers,X-A=(guint64)18446744073709551615", ["18446744073709551615"]),
                               ("headers,X-A=(float)0.1", ["0.1"]),
                               ("headers,X-A=(string)yes", ["yes"]),
                               ("headers,X-A=<(string)one,2,three>", ["one", "2", "three"]),
                               ("headers,X-A={(string)one,(string)two}", ["one", "two"]),
                               ("headers", None)):
            self.assertEqual(self.sent(text).get_all("X-A"), expected)
        self.assertEqual(self.sent({"X-A": " é 红 "})["X-A"].encode("latin-1").decode(), "é 红")

    def test_replaced(self):
        self.assertRegex(self.sent({})["User-Agent"], "^gst-numpro/")
        headers = self.sent({"user-agent": "mine/1", "Cookie": "a=b"})
        self.assertEqual(headers.get_all("User-Agent"), ["mine/1"])
        self.assertEqual(headers.get_all("Content-Type"), ["application/json"])
        self.assertEqual(headers["Cookie"], "a=b")

    def test_environment(self):
        with mock.patch.dict(os.environ, {"NUMPRO_TEST_KEY": KEY + "\n"}):
            self.assertEqual(self.sent('headers,api-key=(string)"$NUMPRO_TEST_KEY"')["api-key"], KEY)
            headers = self.sent('headers,X-A=<(string)"$NUMPRO_TEST_KEY",(string)"b$NUMPRO_TEST_KEY">')
            self.assertEqual(headers.get_all("X-A"), [KEY, "b$NUMPRO_TEST_KEY"])
            pipeline = Gst.parse_launch(sinkrun.FRAMES)
            self.addCleanup(pipeline.set_state, Gst.State.NULL)
            sink = pipeline.get_by_name("sink")
            for name, value in (("endpoint", self.server.endpoint), ("model", "m"),
                                ("request-headers", structure({"api-key": "$NUMPRO_TEST_KEY"}))):
                sink.set_property(name, value)
            pipeline.set_state(Gst.State.PLAYING)
            self.assertEqual(pipeline.get_state(sinkrun.PATIENCE * Gst.SECOND).state, Gst.State.PLAYING)
            os.environ.pop("NUMPRO_TEST_KEY")
            self.assertTrue(sink.emit("probe"))
            while not pipeline.get_bus().timed_pop_filtered(
                    sinkrun.PATIENCE * Gst.SECOND, Gst.MessageType.ELEMENT).has_name("numpro/probe"):
                pass
            self.assertEqual(self.server.requests.pop().headers["api-key"], KEY)
            # It is gone by the next start.
            self.require_refused({"api-key": "$NUMPRO_TEST_KEY"}, "api-key", "NUMPRO_TEST_KEY", "not set")

    def test_authorization(self):
        with mock.patch.dict(os.environ, {"NUMPRO_API_KEY": "other", "OPENAI_API_KEY": "another"}):
            for name in ("Authorization", "authorization"):
                headers = self.sent({name: "Token " + KEY})
                self.assertEqual(headers.get_all("Authorization"), ["Token " + KEY])
                self.require_refused({name: "Token " + KEY}, "api-key", "request-headers",
                                     **{"api-key": "canary"})
            # Nothing but blanks is no key.
            headers = self.sent({"Authorization": "Token " + KEY}, **{"api-key": " \n"})
            self.assertEqual(headers.get_all("Authorization"), ["Token " + KEY])
            self.assertIsNone(self.sent({"api-key": KEY}).get_all("Authorization"))
            headers = self.sent({"X-Team": "video"})
            self.assertEqual(headers.get_all("Authorization"), ["Bearer other"])
            for name in ("api-key", "X-Team"):
                headers = self.sent({name: KEY}, **{"api-key": "mine"})
                self.assertEqual(headers.get_all("Authorization"), ["Bearer mine"])

    def require_refused(self, headers, *words, **properties):
        """At the start, with one error that has these words."""
        before = self.server.connections
        told = self.ask(headers, **properties)
        error, = told.errors
        for word in words:
            self.assertIn(word, error)
        self.assertTrue(error.endswith("."), error)
        self.assertNotIn("canary", told.transcript)
        self.assertEqual(self.server.connections, before)

    def test_refused(self):
        for value in ("canary\nX-Other: 1", "canary\r\n\r\nPOST / HTTP/1.1", "canary\x01", "canary\n"):
            self.require_refused({"X-A": "1", "X-Key": value}, "request-headers: ", "X-Key", "line break")
            with mock.patch.dict(os.environ, {"NUMPRO_TEST_KEY": value + "."}):
                self.require_refused({"X-Key": "$NUMPRO_TEST_KEY"}, "X-Key", "line break")
        for name in ("Content-Length", "content-type", "Host", "Transfer-Encoding", "Connection",
                     "Accept-Encoding", "Expect", "Accept", "TE", "Upgrade"):
            self.require_refused({name: "canary"}, "request-headers: ", name, "leave it out")
        self.require_refused({"Proxy-Authorization": "canary"}, "http_proxy")
        self.require_refused({"X-Key: canary": "1"}, "request-headers: ", '"X-Key"')
        self.require_refused({"X Key": "canary"}, "request-headers: ", '"X"')
        self.require_refused("headers,X-Key=(string)\"\"", "X-Key has no value")
        self.require_refused("headers,X-Key=<>", "X-Key has no value")
        for value in ("true", "yes", "(fraction)1/2", "<<1>>", "[1,2]", "(GstCaps)video/x-raw"):
            self.require_refused(f"headers,X-Key={value}", "X-Key", "(string)")
        self.require_refused({"X-Key": "$canary-7"}, "X-Key", '"$"')
        with mock.patch.dict(os.environ, {"NUMPRO_TEST_KEY": ""}):
            self.require_refused({"X-Key": "$NUMPRO_TEST_KEY"}, "X-Key", "NUMPRO_TEST_KEY", "empty")
        # Nobody is asked.
        self.assertEqual(self.ask({"Host": "a"}, endpoint=None).errors, [])

    def test_redirects(self):
        with RecordingServer().running() as other:
            for status in (301, 307, 308):
                self.server.reply = lambda _: Reply(
                    status, {"Location": f"{other.endpoint}/{KEY}/chat/completions"})
                told = self.ask({"api-key": KEY}, **{"probe-on-start": "true"})
                (reason, message), (_, probe_failed) = told.failures
                self.assertEqual(reason, "http")
                for words in (message, probe_failed):
                    self.assertIn(f"set endpoint to {other.endpoint}/***", words)
                self.assertNotIn("canary", told.transcript)
            self.assertEqual(len(self.server.requests), 6)
            self.assertEqual(other.connections, 0)

    def require_unseen(self, reply, headers, **properties):
        """Asks a server that replies with what it was sent. Returns what is told."""
        self.server.reply = reply
        with tempfile.TemporaryDirectory() as directory:
            told = self.ask(headers, location=directory,
                            **{"probe-on-start": "true", **properties})
            files = [path.read_bytes() for path in pathlib.Path(directory).rglob("*.json*")]
        self.assertGreater(len(files), 1)
        for text in (told.transcript, *(file.decode() for file in files)):
            self.assertNotIn("canary", text)
        return told

    def test_repeated(self):
        headers = {"api-key": KEY, "Authorization": "Bearer canary-b", "X-Team": "canary team", "X-Id": "cam"}
        words = f"Wrong: {KEY} of canary team. Bearer canary-b or canary-b, is it not? "
        for reply in (refusal(401, words), refusal(400, words), refusal(200, words),
                      # As in a page that it is put into, and cut in the middle.
                      Reply(502, {}, words.encode()), refusal(400, "x" * 290 + "canary team")):
            told = self.require_unseen(lambda _: reply, headers)
            self.assertEqual(len(told.failures), 2)
            for _, message in told.failures:
                self.assertIn("***", message)

        def answer(text, **more):
            body = {"model": f"m of {KEY}", "usage": {"prompt_tokens": 3, KEY: "x", "of": [f"by {KEY}"]},
                    "choices": [{"message": {"role": "assistant", **text}, "finish_reason": "stop", **more}]}
            return Reply(200, {}, json.dumps(body).encode())

        for reply in (answer({"content": words}), answer({"reasoning": words}), answer({"refusal": words}),
                      answer({"content": words}, finish_reason=f"by {KEY}")):
            told = self.require_unseen(lambda _: reply, headers, **{"answer-format": "json"})
            text, = told.answers
            self.assertEqual(text, "Wrong: *** of ***. *** or ***, is it not? ")
            self.assertIn(r"m\ of\ \*\*\*", told.transcript)

    def test_words(self):
        self.server.reply = lambda _: completion("From 1 to 2")
        told = self.ask({"X-Team": "From", "X-Id": 1, "X-Day": "20261129"})
        self.assertEqual(told.answers, ["From 1 to 2"])
        self.assertIn("valid=(boolean)true", told.transcript)

    def test_cure(self):
        self.server.reply = lambda _: refusal(401, "no")
        for headers, cure in (({}, "environment"), ({"api-key": KEY}, "or correct request-headers")):
            (_, message), = self.ask(headers).failures
            self.assertTrue(message.endswith(cure), message)

    def test_query(self):
        endpoint = self.server.endpoint + "?api-version=2024-10-21&api-key=canary%2D1"
        sink = Gst.ElementFactory.make("numprosink")
        sink.set_property("endpoint", endpoint)
        self.assertEqual(sink.get_property("endpoint"),
                         self.server.endpoint + "?api-version=2024-10-21&api-key=***")
        self.server.reply = lambda request: refusal(400, f"not {request.target}, not canary-1")
        told = self.require_unseen(self.server.reply, {}, endpoint=endpoint)
        self.assertIn("not /v1/chat/completions?api-version=2024-10-21&api-key=***, not ***",
                      told.failures[0][1])
        self.assertEqual(self.server.requests[0].target,
                         "/v1/chat/completions?api-version=2024-10-21&api-key=canary%2D1")


if __name__ == "__main__":
    sys.exit(countedtests.main())
