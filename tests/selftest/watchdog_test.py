# SPDX-License-Identifier: LGPL-2.1-or-later
"""A check that hangs must tell where.

    watchdog_test.py HANGING_CHECK

test_threads: a bound that is not kept, or threads that are not told.
test_failure: a failure that is not told, as what it leaves running is waited for.
test_multiplier: slow machines whose checks are taken for hanging ones.
"""

import os
import shutil
import subprocess
import sys
import time
import unittest

import countedtests

PROGRAM = sys.argv.pop()


def run(**environment):
    """Returns what the program says, and how long it takes."""
    start = time.monotonic()
    done = subprocess.run([PROGRAM], env={**os.environ, **environment}, timeout=100, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode == 0:
        raise AssertionError(f"it passed: {done.stdout}")
    return done.stdout, time.monotonic() - start


class WatchdogTest(unittest.TestCase):
    def test_threads(self):
        for fork in ("no", "yes"):
            said, _ = run(CK_FORK=fork, GST_CHECKS="test_ends,test_hangs")
            self.assertIn("A check takes longer than 0.5 s", said)
            self.assertRegex(said, r"comm=in-vain wchan=\S* syscall=")
            if shutil.which("gdb"):
                self.assertIn("wait_in_vain", said)
                self.assertIn("test_hangs", said)

    def test_failure(self):
        said, _ = run(CK_FORK="no", GST_CHECKS="test_fails")
        self.assertRegex(said, r"(?s)check.cpp:\d+: pipeline 7 is left\n.*A check takes longer")
        # In a program whose checks have no bound, too.
        said, _ = run(CK_FORK="no", GST_CHECKS="test_fails", UNBOUNDED="yes",
                      CK_TIMEOUT_MULTIPLIER="0.02")
        self.assertRegex(said, r"(?s)check.cpp:\d+: pipeline 7 is left\n.*A check takes longer than 1.2 s")
        said, _ = run(CK_FORK="yes", GST_CHECKS="test_fails")
        self.assertRegex(said, r"test_fails:0: pipeline 7 is left")

    def test_multiplier(self):
        said, seconds = run(CK_FORK="no", GST_CHECKS="test_hangs", CK_TIMEOUT_MULTIPLIER="4")
        self.assertIn("A check takes longer than 2 s", said)
        self.assertGreater(seconds, 2)


if __name__ == "__main__":
    sys.exit(countedtests.main())
