# SPDX-License-Identifier: LGPL-2.1-or-later
"""An HTTP proxy that notes what goes through it, on loopback."""

import base64
import http.client
import select
import socket
import urllib.parse

import recordingserver
from recordingserver import Reply

PIECE = 65536


class ForwardingProxy(recordingserver.RecordingServer):
    """Forwards plain requests, and tunnels others. With a password it wants user:password."""

    def __init__(self, password=None, tls=None):
        super().__init__(tls=tls, handler=_ForwardingHandler)
        self.password = password
        self.tunnelled = b""  # what clients sent through tunnels

    @property
    def address(self):
        return self.endpoint.removesuffix("/v1")

    def admits(self, request):
        wanted = "Basic " + base64.b64encode((self.password or "").encode()).decode()
        return self.password is None or request.headers["Proxy-Authorization"] == wanted


class _ForwardingHandler(recordingserver.RecordingHandler):
    def is_admitted(self, request):
        if self.server.admits(request):
            return True
        self.send(Reply(407, {"Proxy-Authenticate": "Basic realm=test"}))
        return False

    def do_POST(self):
        request = self.note()
        if not self.is_admitted(request):
            return
        url = urllib.parse.urlsplit(request.target)
        if url.scheme != "http":
            self.send(Reply(400))
            return
        there = http.client.HTTPConnection(url.netloc, timeout=60)
        there.request("POST", url.path, request.body,
                      {name: value for name, value in request.headers.items()
                       if not name.lower().startswith("proxy-")})
        answer = there.getresponse()
        self.send(Reply(answer.status, {}, answer.read()))
        there.close()

    def do_CONNECT(self):
        request = self.note()
        if not self.is_admitted(request):
            return
        host, port = request.target.rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=60) as there:
            self.send_response(200)
            self.end_headers()
            self.tunnel(self.connection, there)
        self.close_connection = True

    def tunnel(self, client, there):
        while True:
            for end in select.select([client, there], [], [])[0]:
                piece = end.recv(PIECE)
                if not piece:
                    return
                if end is client:
                    self.server.tunnelled += piece
                (there if end is client else client).sendall(piece)
