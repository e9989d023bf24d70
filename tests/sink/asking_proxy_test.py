#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Requests through proxies.

test_plain, test_tunnel: a proxy that is passed by; the key shown to one that only tunnels; what the
  environment's no_proxy says, taken to be about the property.
test_tls: a proxy that anybody could be; one that ssl-ca-file and ssl-strict do not reach.
test_environment: http_proxy, https_proxy and no_proxy without effect.
test_precedence: a proxy of the environment before that of the property.
test_absent: a complaint from which nobody sees that it is the proxy that is not there.
test_password: a proxy's password that does not get to it; one that does and is shown, in a log of any
  level, in what gst-launch-1.0 prints, in dot files, in bundles.
test_wrong_password: a complaint that does not say where the password is set, or is made of it; a
  proxy that is asked again and again.
test_refused_password: a password in the property, which the element would show to everybody.
"""

import base64
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import countedtests
import sinkrun
from certificates import Authority
from forwardingproxy import ForwardingProxy
from recordingserver import RecordingServer

NOBODY = "127.0.0.1:1"
PASSWORD = "canary-user:canary-51c7d2"
IN_BASE64 = base64.b64encode(PASSWORD.encode()).decode()
PATIENCE = 60
# They log launch lines as the user wrote them.
PARSER = (" gstparse.c:", " parse.l:", " types.h:")


def environment(**proxies):
    """None but these proxies, in place of no_proxy=* for all tests."""
    others = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return mock.patch.dict(os.environ, {**others, **proxies}, clear=True)


def launch(directory, properties):
    """Runs gst-launch-1.0 with everything logged to files in the directory. Returns the status."""
    (directory / "dots").mkdir()
    words = ["gst-launch-1.0", "-v", "-m", *sinkrun.FRAMES.split(), "model=m", "question=blue",
             "retries=0", f"location={directory / 'bundles'}",
             *(f"{name}={value}" for name, value in properties.items())]
    with open(directory / "output", "wb") as output:
        return subprocess.run(words, timeout=PATIENCE, stdout=output, stderr=output, check=False, env={
            **os.environ, "GST_DEBUG": "*:9", "GST_DEBUG_NO_COLOR": "1",
            "GST_DEBUG_FILE": str(directory / "log"),
            "GST_DEBUG_DUMP_DOT_DIR": str(directory / "dots")}).returncode


class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.authority = Authority(directory.name)
        cls.tls = cls.authority.server("IP:127.0.0.1")

    def setUp(self):
        self.plain = self.enterContext(RecordingServer().running())
        self.tunnelled = self.enterContext(RecordingServer(tls=self.tls).running())
        self.proxy = self.enterContext(ForwardingProxy().running())
        self.guarded = self.enterContext(ForwardingProxy(PASSWORD).running())

    def ask(self, server, **properties):
        return sinkrun.ask({"endpoint": server.endpoint, "api-key": "a-key",
                            "request-headers": "headers,X-Key=(string)another-key",
                            "ssl-ca-file": str(self.authority.ca_file), **properties})

    def require_answer(self, server, **properties):
        self.assertEqual(self.ask(server, **properties).answers, ["Not visible"])
        self.assertEqual(server.requests[-1].headers["Authorization"], "Bearer a-key")
        self.assertEqual(server.requests[-1].headers["X-Key"], "another-key")

    def require_none_seen(self, *proxies):
        for proxy in proxies:
            self.assertEqual(proxy.connections, 0)

    def require_plain(self, proxy):
        """A request that the proxy got, and passed on."""
        self.assertEqual([(request.method, request.target) for request in proxy.requests],
                         [("POST", self.plain.endpoint + "/chat/completions")])
        self.assertEqual(proxy.requests[0].body, self.plain.requests[-1].body)

    def require_tunnel(self, proxy):
        """A connection of which the proxy knew but the address."""
        request, = proxy.requests
        self.assertEqual((request.method, request.target),
                         ("CONNECT", f"127.0.0.1:{self.tunnelled.port}"))
        self.assertNotIn("Authorization", request.headers)
        self.assertNotIn("X-Key", request.headers)
        self.assertGreater(len(proxy.tunnelled), len(self.tunnelled.requests[-1].body))
        for secret in (b"a-key", b"another-key", b"image_url"):
            self.assertNotIn(secret, proxy.tunnelled)

    def test_plain(self):
        for address in (self.proxy.address, f"127.0.0.1:{self.proxy.port}"):
            self.proxy.requests.clear()
            self.require_answer(self.plain, proxy=address)
            self.require_plain(self.proxy)

    def test_tunnel(self):
        self.require_answer(self.tunnelled, proxy=self.proxy.address)
        self.require_tunnel(self.proxy)

    def test_tls(self):
        with ForwardingProxy(tls=self.tls).running() as proxy:
            told = self.ask(self.plain, proxy=proxy.address, **{"ssl-ca-file": ""})
            (reason, message), = told.failures
            self.assertEqual((reason, proxy.requests), ("tls", []))
            self.assertIn("set ssl-ca-file to", message)
            self.assertIn(f"the proxy {proxy.address}", message)
            self.require_answer(self.plain, proxy=proxy.address)
            self.require_plain(proxy)
            self.require_answer(self.plain, proxy=proxy.address,
                                **{"ssl-ca-file": "", "ssl-strict": "false"})

    def test_environment(self):
        with environment(http_proxy=self.proxy.address, https_proxy=f"http://{NOBODY}"):
            self.require_answer(self.plain)
        self.require_plain(self.proxy)
        self.proxy.requests.clear()
        with environment(https_proxy=self.proxy.address, http_proxy=f"http://{NOBODY}"):
            self.require_answer(self.tunnelled)
        self.require_tunnel(self.proxy)
        with environment(http_proxy=f"http://{NOBODY}", no_proxy="127.0.0.1"):
            self.require_answer(self.plain)

    def test_precedence(self):
        with environment(http_proxy=f"http://{NOBODY}", no_proxy="127.0.0.1"):
            self.require_answer(self.plain, proxy=self.proxy.address)
        self.require_plain(self.proxy)

    def test_absent(self):
        def require_named(told, name):
            (reason, message), = told.failures
            self.assertEqual(reason, "network")
            self.assertIn(name, message)

        for server in (self.plain, self.tunnelled):
            require_named(self.ask(server, proxy=f"http://{NOBODY}"), f"the proxy http://{NOBODY}")
            with environment(http_proxy=f"http://{NOBODY}", https_proxy=f"http://{NOBODY}"):
                require_named(self.ask(server), NOBODY.replace(":", " port "))
            self.assertEqual(server.connections, 0)

    def require_secret(self, directory):
        for path in directory.rglob("*"):
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            if path.name == "log":
                text = "\n".join(line for line in text.splitlines()
                                 if not any(name in line for name in PARSER))
            for secret in (PASSWORD.split(":")[1], IN_BASE64):
                self.assertNotIn(secret, text, path.name)

    def require_launch(self, properties, status):
        with tempfile.TemporaryDirectory() as name:
            directory = pathlib.Path(name)
            self.assertEqual(launch(directory, properties), status)
            self.assertIn("numprosink", (directory / "log").read_text(encoding="utf-8"))
            self.assertNotEqual(list((directory / "dots").iterdir()), [])
            self.require_secret(directory)
            return (directory / "output").read_text(encoding="utf-8")

    def test_password(self):
        address = f"http://{PASSWORD}@127.0.0.1:{self.guarded.port}"
        with environment(http_proxy=address, https_proxy=address):
            output = self.require_launch({"endpoint": self.plain.endpoint}, 0)
            self.assertIn("numpro/answer", output)
            self.require_plain(self.guarded)
            self.assertNotIn("Proxy-Authorization", self.plain.requests[0].headers)
            self.guarded.requests.clear()
            self.require_answer(self.tunnelled)
            self.require_tunnel(self.guarded)
            self.assertNotIn("Proxy-Authorization", self.tunnelled.requests[0].headers)

    def test_wrong_password(self):
        address = f"http://{PASSWORD}-wrong@127.0.0.1:{self.guarded.port}"
        for server in (self.plain, self.tunnelled):
            self.guarded.requests.clear()
            with environment(http_proxy=address, https_proxy=address):
                told = self.ask(server, retries="3", **{"retry-backoff-factor": "0.01"})
            (_, message), = told.failures
            self.assertIn("407", message)
            self.assertIn("http_proxy", message)
            self.assertNotIn("canary", told.transcript)
            self.assertEqual(len(self.guarded.requests), 1)
            self.assertEqual(server.connections, 0)
        with environment(http_proxy=address):
            self.require_launch({"endpoint": self.plain.endpoint}, 0)

    def test_refused_password(self):
        for address in (f"http://{PASSWORD}@127.0.0.1:{self.guarded.port}",
                        f"{PASSWORD}@127.0.0.1:{self.guarded.port}"):
            output = self.require_launch({"endpoint": self.plain.endpoint, "proxy": address}, 255)
            self.assertIn("proxy: holds a user name or password", output)
            self.assertIn("http_proxy", output)
        self.require_none_seen(self.guarded, self.plain)


if __name__ == "__main__":
    sys.exit(countedtests.main())
