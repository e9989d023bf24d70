#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Servers that speak TLS, and those that do not.

test_untrusted: images and key sent to a server that anybody could be; a complaint that does not say
  which property trusts it.
test_trusted: ssl-ca-file without effect.
test_unchecked: ssl-strict=false without effect.
test_other_name: a certificate taken for another server's; a cure that cures something else.
test_expired: the same of a certificate that is no longer valid.
test_no_certificates: an ssl-ca-file that is not there, or holds none, taken for trust in everybody;
  a complaint that does not name it.
test_other_protocol: http where the server wants https and the other way round, with a complaint that
  only those understand who know OpenSSL by heart.
"""

import pathlib
import sys
import tempfile
import unittest

import countedtests
import sinkrun
from certificates import Authority
from recordingserver import RecordingServer

ADDRESS = "IP:127.0.0.1"
LARGE_FRAMES = ("videotestsrc pattern=snow num-buffers=4 ! video/x-raw,format=I420,width=1920,"
                "height=1080 ! numproverlay ! numprosink name=sink max-edge=0")


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.directory = pathlib.Path(directory.name)
        cls.authority = Authority(directory.name)
        cls.trust = {"ssl-ca-file": str(cls.authority.ca_file)}

    def require_answer(self, tls, properties):
        with RecordingServer(tls=tls).running() as server:
            told = sinkrun.ask({"endpoint": server.endpoint, "api-key": "a-key", **properties})
        self.assertEqual((told.answers, told.failures), (["Not visible"], []))
        self.assertEqual(server.requests[0].headers["Authorization"], "Bearer a-key")

    def require_failure(self, server, properties, reason, *words, frames=sinkrun.FRAMES):
        """Of a question that is not sent. Returns what is said."""
        with server.running():
            told = sinkrun.ask({"endpoint": server.endpoint, **properties}, frames)
        self.assertEqual((server.requests, told.answers), ([], []))
        (told_reason, message), = told.failures
        self.assertEqual(told_reason, reason, message)
        for word in words:
            self.assertIn(word, message)
        self.assertIn(message, told.warnings[0])
        # Trying again would not help, and hides why.
        if reason == "tls":
            self.assertEqual(server.connections, 1)
        return message

    def require_distrust(self, tls, properties, *words):
        properties = {"retries": "3", "retry-backoff-factor": "0.01", **properties}
        return self.require_failure(RecordingServer(tls=tls), properties, "tls", *words)

    def test_untrusted(self):
        self.require_distrust(self.authority.server(ADDRESS), {}, "certificate", "set ssl-ca-file to")

    def test_trusted(self):
        self.require_answer(self.authority.server(ADDRESS), self.trust)
        self.require_answer(self.authority.server("DNS:elsewhere.example," + ADDRESS), self.trust)

    def test_unchecked(self):
        self.require_answer(self.authority.server(ADDRESS), {"ssl-strict": "false"})
        self.require_answer(self.authority.server("DNS:elsewhere.example"), {"ssl-strict": "false"})

    def test_other_name(self):
        message = self.require_distrust(self.authority.server("DNS:elsewhere.example"), self.trust,
                                        "127.0.0.1", "set endpoint to")
        self.assertNotIn("ssl-ca-file", message)

    def test_expired(self):
        # It ends as it begins: openssl signs none that ends before.
        message = self.require_distrust(self.authority.server(ADDRESS, days=0), self.trust,
                                        "expired", "clock")
        self.assertNotIn("ssl-ca-file", message)

    def test_no_certificates(self):
        (self.directory / "empty.pem").write_text("no certificate\n", encoding="ascii")
        for name in ("nowhere.pem", "empty.pem"):
            path = str(self.directory / name)
            self.require_distrust(self.authority.server(ADDRESS), {"ssl-ca-file": path}, path,
                                  "set ssl-ca-file to")

    def test_other_protocol(self):
        server = RecordingServer()
        self.require_failure(server, {"endpoint": server.endpoint.replace("http:", "https:")},
                             "network", "TLS", "set endpoint to http://")
        # What is still being sent when the server gives up ends otherwise.
        for frames in (sinkrun.FRAMES, LARGE_FRAMES):
            server = RecordingServer(tls=self.authority.server(ADDRESS))
            self.require_failure(server, {"endpoint": server.endpoint.replace("https:", "http:")},
                                 "network", "TLS", "set endpoint to https://", frames=frames)


if __name__ == "__main__":
    sys.exit(countedtests.main())
