# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tests of numpro ask share: the command, a server, and what is left on the disk."""

import json
import os
import re
import subprocess
import urllib.request

import reader
import recordingserver
from directorycase import DirectoryCase

PATIENCE = 120
GREEN = "the screen is green"


class AskCase(DirectoryCase):
    """A test of the command, with a directory of its own."""

    program = None     # path of numpro
    reader = None      # path of numpro-reader
    batch_size = 8

    def setUp(self):
        super().setUp()
        self.environment = {key: value for key, value in os.environ.items()
                            if key not in ("NUMPRO_ENDPOINT", "NUMPRO_MODEL", "NUMPRO_API_KEY")}

    def command(self, *arguments):
        return [self.program, "ask", "--work", self.path("work"),
                f"--batch-size={self.batch_size}", *arguments]

    def ask(self, *arguments, status=0, **options):
        ran = subprocess.run(self.command(*arguments),
                             **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                                "stderr": subprocess.PIPE, "env": self.environment, "text": True,
                                "errors": "surrogateescape", "timeout": PATIENCE, **options})
        self.assertEqual(ran.returncode, status, (ran.stdout or "") + (ran.stderr or ""))
        return ran

    def serve(self, reply):
        server = recordingserver.RecordingServer(reply)
        context = server.running()
        context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return server, ("--yes", f"--endpoint={server.endpoint}", "--model=numpro-reader",
                        "--retries=0")

    def stand_in(self):
        """A reply that the stand-in for a model gives."""
        context = reader.running(self.reader)
        endpoint = re.search(r"endpoint=(\S+)", context.__enter__())[1]
        self.addCleanup(context.__exit__, None, None, None)

        def reply(request):
            forwarded = urllib.request.Request(endpoint + "/chat/completions", request.body,
                                               {"Content-Type": "application/json"})
            with urllib.request.urlopen(forwarded, timeout=PATIENCE) as answered:
                return recordingserver.Reply(200, {"Content-Type": "application/json"},
                                             answered.read())
        return reply

    def windows(self):
        return sorted(self.directory.glob("work/*/0*"))

    @staticmethod
    def events_of(ran, question=0):
        events = json.loads(ran.stdout)["questions"][question]["events"]
        return [(event["start"] / 1e9, event["end"] / 1e9) for event in events]
