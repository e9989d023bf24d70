#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads the includes of all C and C++ files, and how long they are.

    layout.py [SOURCE_DIRECTORY]

Prints what is against the rules of the house, and exits with 1 if anything is.
"""

import pathlib
import re
import sys

# Room: what its files may include beside files of its own. A room is a folder with all in it that is
# no room by itself, or one file. PUBLIC are the headers of gst/numpro that are installed.
PUBLIC = "<gst/numpro>"
BASE = [PUBLIC, "gst/numpro"]
PICTURE = [*BASE, "lib/base"]
MODEL = [*PICTURE, "lib/picture"]
LIB = [*MODEL, "lib/model", "lib/recording"]
SINK = [*LIB, "plugin/sink/debug.h"]
# A batch knows whom it is offered to by its face only.
BATCHING = [*SINK, "plugin/sink/sampling", "plugin/sink/events", "plugin/sink/outlets/outlet.h"]
OUTLETS = [*BATCHING, "plugin/sink/batching"]
ROOMS = {
    "gst/numpro": [PUBLIC],
    "lib/base": BASE,
    "lib/picture": PICTURE,
    "lib/model": MODEL,
    "lib/recording": [*BASE, "lib/base"],
    "plugin/overlay": LIB,
    # The element, its run and its settings know every room; no room knows them.
    "plugin/sink": [*OUTLETS, "plugin/sink/outlets"],
    "plugin/sink/debug.h": [],
    "plugin/sink/sampling": SINK,
    "plugin/sink/events": SINK,
    "plugin/sink/batching": BATCHING,
    "plugin/sink/outlets/outlet.h": OUTLETS,
    "plugin/sink/outlets": OUTLETS,
    "plugin/record": LIB,
    "plugin": [PUBLIC, "plugin/overlay", "plugin/sink", "plugin/record"],
    # What plugin and tools have of each other is a launch line.
    "tools": LIB,
    "tools/reader": [*BASE, "lib/base"],
    "examples": [PUBLIC],
}

LONGEST = 500

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
# Made when building.
GENERATED = "gst/numpro/numpro-enumtypes.h"
FOLDERS = ("gst", "lib", "plugin", "tools", "examples")


def room_of(path):
    """The room of a file, None if it is in none."""
    return next((str(one) for one in [path, *path.parents] if str(one) in ROOMS), None)


def public_headers(root):
    """Those that gst/numpro/meson.build installs."""
    text = (root / "gst/numpro/meson.build").read_text(encoding="utf-8")
    listed = re.search(r"^numpro_headers = files\((.*?)\)", text, re.MULTILINE | re.DOTALL)
    return {f"gst/numpro/{name}" for name in re.findall(r"'([^']+)'", listed[1])} | {GENERATED}


class Layout:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.public = public_headers(self.root)

    def files(self):
        for folder in FOLDERS:
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in (".c", ".cpp", ".h"):
                    yield path.relative_to(self.root)

    def faults(self):
        """All that is wrong, a line each."""
        for path in self.files():
            text = (self.root / path).read_text(encoding="utf-8")
            lines = text.count("\n")
            if lines > LONGEST:
                yield f"{path}: {lines} lines, more than {LONGEST}"
            if room_of(path) is None:
                yield f"{path}: is in no room"
                continue
            for match in INCLUDE.finditer(text):
                fault = self.fault_of_include(path, quoted=match[1] == '"', name=match[2])
                if fault:
                    yield f"{path}:{text.count(chr(10), 0, match.start(2)) + 1}: {match[2]}: {fault}"

    def fault_of_include(self, path, quoted, name):
        """What is wrong with an include, None if nothing is."""
        is_bare = "/" not in name
        target = path.parent / name if quoted and is_bare else pathlib.Path(name)
        if str(target) in self.public:
            target_room, is_public = "gst/numpro", True
        elif (self.root / target).is_file():
            target_room, is_public = room_of(target), False
        else:
            return "is found neither beside the file nor from the root" if quoted else None
        if quoted and not is_bare and target.parent == path.parent:
            return "is in the same folder and wants its bare name"
        room = room_of(path)
        if target_room in (room, *ROOMS[room]) or (is_public and PUBLIC in ROOMS[room]):
            return None
        return f"{room} does not know {target_room or 'it'}"


def main():
    faults = list(Layout(sys.argv[1] if len(sys.argv) > 1 else ".").faults())
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
