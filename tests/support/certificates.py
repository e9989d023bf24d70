# SPDX-License-Identifier: LGPL-2.1-or-later
"""Certificates for tests, made with openssl."""

import pathlib
import ssl
import subprocess


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, stdin=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


class Authority:
    """Signs certificates that nobody but its own file, ca_file, makes trusted."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.ca_file = self.directory / "ca.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-subj", "/CN=Authority of a test", "-keyout",
                self.directory / "ca.key", "-out", self.ca_file)

    def server(self, names, days=2):
        """The side of a server with these names, "DNS:localhost,IP:127.0.0.1"."""
        stem = self.directory / f"server-{len(list(self.directory.iterdir()))}"
        key, certificate = stem.with_suffix(".key"), stem.with_suffix(".pem")
        request, extensions = stem.with_suffix(".csr"), stem.with_suffix(".ext")
        extensions.write_text(f"subjectAltName={names}\n", encoding="ascii")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-subj", "/CN=Server of a test", "-keyout", key, "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.ca_file, "-CAkey",
                self.directory / "ca.key", "-days", days, "-extfile", extensions, "-out", certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context
