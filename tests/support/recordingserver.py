# SPDX-License-Identifier: LGPL-2.1-or-later
"""A server that notes the requests it gets, on loopback."""

import collections
import contextlib
import http.server
import json
import socketserver
import threading

Request = collections.namedtuple("Request", "method target headers body")
Reply = collections.namedtuple("Reply", "status headers body", defaults=({}, b""))


def completion(text="Not visible"):
    """A model's answer."""
    message = {"role": "assistant", "content": text}
    return Reply(200, {"Content-Type": "application/json"}, json.dumps(
        {"model": "m", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    ).encode())


def refusal(status, words, headers=None):
    return Reply(status, {"Content-Type": "application/json", **(headers or {})},
                 json.dumps({"error": {"message": words}}).encode())


class RecordingServer(socketserver.ThreadingTCPServer):
    """Answers every request with what reply, given the request, returns.

    With a ssl.SSLContext it speaks TLS.
    """
    daemon_threads = True

    def __init__(self, reply=lambda request: completion(), tls=None, handler=None):
        super().__init__(("127.0.0.1", 0), handler or RecordingHandler)
        self.reply = reply
        self.tls = tls
        self.requests = []
        self.connections = 0

    @property
    def port(self):
        return self.server_address[1]

    @property
    def endpoint(self):
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/v1"

    def get_request(self):
        connection, address = super().get_request()
        self.connections += 1
        if self.tls:
            # Where it goes wrong, it does in the connection's own thread.
            connection = self.tls.wrap_socket(connection, server_side=True,
                                              do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, request, client_address):
        """Clients may go away at any time."""

    @contextlib.contextmanager
    def running(self):
        thread = threading.Thread(target=self.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            thread.join()
            self.server_close()


class RecordingHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def note(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = Request(self.command, self.path, self.headers, body)
        self.server.requests.append(request)
        return request

    def do_POST(self):
        self.send(self.server.reply(self.note()))

    # What a redirect makes of a POST where it is followed.
    do_GET = do_POST

    def send(self, reply):
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *args):
        pass
