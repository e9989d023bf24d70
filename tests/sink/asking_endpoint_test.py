#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where requests go, and the key with them.

test_paths: a path that is joined to another than chat/completions below the endpoint.
test_key: a key that is not sent, or is where there is none; one read from a file, with the end of its
  line, that cuts the request's header in two.
test_broken_key: a key that smuggles lines into the header.
test_redirects: key and images sent to where a server points; a redirect that is asked for again and
  again, or whose complaint does not say what to do.
test_passwords: an endpoint with a password that is asked, or that the element shows when it is read.
test_shown: an endpoint or proxy that reads otherwise than it was set.
test_repeated_key: a server that shows the key to everybody, for it repeats it in its complaint.
"""

import os
import sys
import unittest
from unittest import mock

import countedtests
import sinkrun
from gi.repository import Gst
from recordingserver import RecordingServer, Reply, refusal

KEY = "canary-7f3b09/x"


def read(name, value):
    """A property of the sink, after it was set."""
    sink = Gst.ElementFactory.make("numprosink")
    sink.set_property(name, value)
    return sink.get_property(name)


class Endpoint(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(RecordingServer().running())
        self.base = self.server.endpoint.removesuffix("/v1")

    def ask(self, **properties):
        return sinkrun.ask({"endpoint": self.server.endpoint, **properties})

    def require_refused(self, told, *words):
        """At the start, with one error."""
        error, = told.errors
        for word in words:
            self.assertIn(word, error)
        self.assertNotIn("canary", told.transcript)
        self.assertEqual(self.server.connections, 0)

    def test_paths(self):
        for path, expected in (("/v1", "/v1/chat/completions"),
                               ("/v1/", "/v1/chat/completions"),
                               ("/v1//", "/v1/chat/completions"),
                               ("", "/chat/completions"),
                               ("/", "/chat/completions"),
                               ("/v1beta/openai/", "/v1beta/openai/chat/completions"),
                               ("/a%20b/v1", "/a%20b/v1/chat/completions"),
                               ("/v1/?api-version=2&x", "/v1/chat/completions?api-version=2&x"),
                               ("/v1#there", "/v1/chat/completions")):
            self.assertEqual(self.ask(endpoint=self.base + path).answers, ["Not visible"])
            request = self.server.requests.pop()
            self.assertEqual((request.method, request.target), ("POST", expected))
            self.assertEqual(request.headers["Host"], self.base.removeprefix("http://"))

    def require_sent(self, authorization):
        request = self.server.requests.pop()
        self.assertEqual(request.headers.get_all("Authorization"), authorization)
        # What comes behind it.
        self.assertEqual(int(request.headers["Content-Length"]), len(request.body))
        self.assertTrue(request.body.startswith(b"{") and request.body.endswith(b"}"))

    def test_key(self):
        self.ask()
        self.require_sent(None)
        for key in (KEY, KEY + "\n", f" {KEY}\r\n"):
            self.ask(**{"api-key": key})
            self.require_sent(["Bearer " + KEY])
            with mock.patch.dict(os.environ, {"NUMPRO_API_KEY": key}):
                self.ask()
            self.require_sent(["Bearer " + KEY])
        with mock.patch.dict(os.environ, {"NUMPRO_API_KEY": "\n", "OPENAI_API_KEY": KEY}):
            self.ask(**{"api-key": ""})
        self.require_sent(["Bearer " + KEY])

    def test_broken_key(self):
        for key in ("canary\nX-Other: 1", "canary\r\n\r\nPOST / HTTP/1.1", "canary\x01"):
            self.require_refused(self.ask(**{"api-key": key}), "api-key", "NUMPRO_API_KEY")
            with mock.patch.dict(os.environ, {"NUMPRO_API_KEY": key}):
                self.require_refused(self.ask(), "api-key", "NUMPRO_API_KEY")

    def test_redirects(self):
        with RecordingServer().running() as other:
            for status in (301, 302, 303, 307, 308):
                for target in (other.endpoint + "/chat/completions", "/v2/chat/completions", ""):
                    self.server.reply = lambda _: Reply(status, {"Location": target})
                    told = self.ask(**{"api-key": KEY, "retries": "3", "retry-backoff-factor": "0.01"})
                    (reason, message), = told.failures
                    self.assertEqual((told.answers, reason), ([], "http"))
                    self.assertIn(str(status), message)
                    self.assertIn("set endpoint to", message)
                    self.assertEqual(len(self.server.requests), 1)
                    self.server.requests.clear()
            self.assertEqual(other.connections, 0)

    def test_passwords(self):
        host = self.base.removeprefix("http://")
        for endpoint in (f"http://user:canary@{host}/v1", f"http://canary@{host}/v1",
                         f"http://:canary@{host}/v1", f"https://user:canary@{host}/v1",
                         # Not even a URL.
                         f"http://user:can ary@{host}/v1", f"http://user:canary/2@{host}/v1",
                         f"user:canary@{host}/v1"):
            self.require_refused(self.ask(endpoint=endpoint), "endpoint: ")
            shown = read("endpoint", endpoint)
            self.assertTrue(shown.endswith(f"***@{host}/v1"), shown)
            self.assertFalse("canary" in shown or "ary" in shown, shown)

    def test_shown(self):
        for endpoint in ("http://127.0.0.1:8000/v1", "https://[::1]/v1/", "http://host/@team/v1?a=b@c",
                         "nonsense", None):
            self.assertEqual(read("endpoint", endpoint), endpoint)
        for proxy in ("http://127.0.0.1:3128", "127.0.0.1:3128", "socks5h://host", None):
            self.assertEqual(read("proxy", proxy), proxy)

    def test_repeated_key(self):
        words = f"Incorrect API key provided: {KEY}. It is {KEY}, is it not? "
        for reply in (refusal(401, words), refusal(400, words), refusal(200, words),
                      # Cut in the middle of the key.
                      refusal(400, "x" * 290 + KEY)):
            self.server.reply = lambda _: reply
            told = self.ask(**{"api-key": KEY})
            (_, message), = told.failures
            self.assertIn("***", message)
            self.assertNotIn("canary", told.transcript)


if __name__ == "__main__":
    sys.exit(countedtests.main())
