# SPDX-License-Identifier: LGPL-2.1-or-later
"""Finds gst-launch-1.0 lines in documentation and makes them runnable on any machine."""

import dataclasses
import re
import shlex

# Windows on a screen. The replacement takes as long as they would.
SCREEN_SINKS = ("aasink", "autovideosink", "fbdevsink", "glimagesink", "gtkglsink", "gtksink",
                "kmssink", "waylandsink", "ximagesink", "xvimagesink")
SCREEN_REPLACEMENT = ["fakesink", "sync=true"]

# Cameras become test sources that deliver the same kind of stream without end.
CAMERAS = {
    "v4l2src": ["videotestsrc", "is-live=true"],
    "rtspsrc": ["videotestsrc", "is-live=true", "!", "video/x-raw,width=640,height=360", "!",
                "x264enc", "tune=zerolatency", "key-int-max=15", "!", "rtph264pay"],
}

PROPERTY = re.compile(r"[A-Za-z][\w-]*=")
# That of the environment, of which an element reads a value.
VARIABLE = re.compile(r"\$([A-Z_]+)")


@dataclasses.dataclass
class LaunchLine:
    source: str  # file:line
    text: str    # as the documentation has it, on one line


def lines_of_markdown(path, text):
    """The launch lines in the fenced code blocks of a Markdown file."""
    blocks, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = not inside
        elif inside:
            blocks.append((number, line))
    return _join(path, blocks)


def lines_of_comments(path, text):
    """The launch lines in the |[ ... ]| blocks of documentation comments."""
    blocks, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        content = re.sub(r"^\s*\* ?", "", line)
        if content.startswith("|["):
            inside = True
        elif content.startswith("]|"):
            inside = False
        elif inside:
            blocks.append((number, content))
    return _join(path, blocks)


def is_of_two(line):
    """Whether a line is of use only while another one runs."""
    return "unixfd" in line.text


def _join(path, numbered):
    """Joins lines that end in a backslash and keeps those that start gst-launch-1.0."""
    found, parts, first = [], [], 0
    for number, line in numbered:
        first = first if parts else number
        parts.append(line.strip().removesuffix("\\").strip())
        if line.rstrip().endswith("\\"):
            continue
        text = " ".join(parts)
        if text.split()[:1] == ["gst-launch-1.0"]:
            found.append(LaunchLine(f"{path}:{first}", text))
        parts = []
    return found


@dataclasses.dataclass
class Command:
    """A launch line as it is run."""
    arguments: list       # without gst-launch-1.0
    is_endless: bool      # until it is interrupted
    finishes_files: bool  # on interruption (-e)
    inputs: list          # files it reads
    outputs: list         # patterns of the files and directories it writes
    replaced: list        # pairs: an element that was replaced, and a property that it was given
    asks: bool            # a model, at endpoint=
    variables: list       # of the environment, named in the line

    def pointed_at(self, server):
        """The arguments with another server's, "endpoint=... model=...", in place of theirs."""
        there = {PROPERTY.match(word)[0]: word for word in server.split()}
        return [there.get((PROPERTY.match(a) or [a])[0], a) for a in self.arguments]


def command_of(line):
    """Replaces what needs a screen, a camera or a network."""
    tokens = shlex.split(line.text, comments=True)[1:]
    arguments, inputs, outputs, replaced, cameras = [], [], [], [], 0
    element = ""
    i = 0
    while i < len(tokens):
        token = tokens[i]
        i += 1
        if token in SCREEN_SINKS or token in CAMERAS:
            properties = []
            while i < len(tokens) and PROPERTY.match(tokens[i]):
                properties.append(tokens[i])
                i += 1
            if token in CAMERAS:
                cameras += 1
                arguments += CAMERAS[token]
            else:
                arguments += SCREEN_REPLACEMENT
            arguments += [p for p in properties if p.startswith("name=")]
            replaced += [(token, p.partition("=")[0]) for p in properties]
            continue
        if not PROPERTY.match(token):
            element = token
        elif token.startswith("location="):
            path = token.removeprefix("location=")
            (inputs if element == "filesrc" else outputs).append(path)
        elif token.startswith("uri="):
            raise ValueError(f"{line.source}: no replacement for {token}")
        arguments.append(token)

    ends = bool(inputs) or any(a.startswith("num-buffers=") for a in arguments)
    return Command(arguments=[a for a in arguments if a != "-e"], is_endless=cameras > 0 or not ends,
                   finishes_files="-e" in arguments, inputs=inputs, outputs=outputs,
                   replaced=replaced, asks=any(a.startswith("endpoint=") for a in arguments),
                   variables=VARIABLE.findall(line.text))
