# SPDX-License-Identifier: LGPL-2.1-or-later
"""A test with a directory of its own."""

import pathlib
import tempfile
import unittest


class DirectoryCase(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def path(self, name):
        return str(self.directory / name)
