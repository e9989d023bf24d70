# SPDX-License-Identifier: LGPL-2.1-or-later
"""Starts numpro-reader, the stand-in for a model."""

import contextlib
import subprocess


@contextlib.contextmanager
def running(program):
    """Where it listens, "endpoint=... model=...", for as long as the context lasts."""
    with subprocess.Popen([program], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
