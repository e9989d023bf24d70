# SPDX-License-Identifier: LGPL-2.1-or-later
"""Arrows between the rooms of the house that turn, and files that grow too long.

    layout_test.py SOURCE_DIRECTORY

test_house: one in the sources. The others: one that layout.py would not see.
"""

import pathlib
import shutil
import sys
import tempfile
import unittest

import countedtests
from layout import FOLDERS, LONGEST, Layout

SOURCES = pathlib.Path(sys.argv.pop())


class LayoutTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.house = pathlib.Path(scratch.name)
        for folder in FOLDERS:
            shutil.copytree(SOURCES / folder, self.house / folder)
        self.known = set(Layout(self.house).faults())

    def test_house(self):
        self.assertEqual("\n".join(Layout(SOURCES).faults()), "")

    def faults_with(self, path, text):
        """What is wrong only with this file in the house."""
        file = self.house / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return sorted(set(Layout(self.house).faults()) - self.known)

    def test_arrows(self):
        for path, included, words in (
                ("plugin/overlay/new.cpp", "plugin/sink/settings.h",
                 "plugin/overlay does not know plugin/sink"),
                ("plugin/sink/sampling/new.cpp", "plugin/overlay/settings.h",
                 "plugin/sink/sampling does not know plugin/overlay"),
                ("lib/model/new.h", "plugin/sink/settings.h", "lib/model does not know plugin/sink"),
                ("lib/recording/new.h", "lib/picture/picture.h",
                 "lib/recording does not know lib/picture"),
                ("lib/base/new.h", "lib/picture/picture.h", "lib/base does not know lib/picture"),
                ("gst/numpro/new.h", "lib/base/property.h", "gst/numpro does not know lib/base"),
                ("tools/media/new.cpp", "plugin/overlay/settings.h",
                 "tools does not know plugin/overlay"),
                ("examples/new.cpp", "lib/base/property.h", "examples does not know lib/base"),
                ("examples/new.cpp", "gst/numpro/meson.build",
                 "examples does not know gst/numpro"),
                ("lib/base/new.h", "tests/run.sh",
                 "is found neither beside the file nor from the root")):
            with self.subTest(path=path, included=included):
                self.assertEqual(self.faults_with(path, f'#pragma once\n#include "{included}"\n'),
                                 [f"{path}:2: {included}: {words}"])
                (self.house / path).unlink()

    def test_names(self):
        for included, words in (
                ("lib/base/property.h", "is in the same folder and wants its bare name"),
                ("../picture/picture.h", "is found neither beside the file nor from the root")):
            self.assertEqual(self.faults_with("lib/base/new.h", f'#include "{included}"\n'),
                             [f"lib/base/new.h:1: {included}: {words}"])

    def test_allowed(self):
        self.assertEqual(self.faults_with("lib/picture/new.h", "\n".join((
            "#include <vector>", "#include <gst/gst.h>", "#include <gst/numpro/numpro.h>",
            '#include "lib/base/property.h"', '#include "picture.h"'))), [])
        self.assertEqual(self.faults_with("examples/new.c", "#include <gst/numpro/numpro.h>\n"), [])

    def test_no_room(self):
        self.assertEqual(self.faults_with("lib/utils/new.h", ""), ["lib/utils/new.h: is in no room"])

    def test_length(self):
        self.assertEqual(self.faults_with("lib/base/new.h", "\n" * LONGEST), [])
        self.assertEqual(self.faults_with("lib/base/new.h", "\n" * (LONGEST + 1)),
                         [f"lib/base/new.h: {LONGEST + 1} lines, more than {LONGEST}"])


if __name__ == "__main__":
    sys.exit(countedtests.main())
