#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs the numpro commands of the documentation. Would notice an example that no longer works.

    numpro_commands_test.py NUMPRO SOURCE_DIRECTORY

Commands are found in the shell blocks of README.md and docs/*.md. Each runs in a directory of its own, in
which the videos that it reads were made, and must end without error. numpro stamp must do so without a word
of complaint; what it, and numpro record, say they write must be there. numpro ask only says what it would
ask, as there is no model here. Commands for cameras are left out.
"""

import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

VIDEO = (".mp4", ".mkv", ".mov", ".ts")
PATIENCE = 120

# Options of a subcommand that say what it writes, where that is looked for.
OUTPUTS = {"ask": (), "record": ("-o",), "stamp": ("-o", "--output", "--frames")}
CAMERAS = ("rtsp://", "/dev/video")


class Failure(Exception):
    """What is wrong with a command."""


def commands_of(path):
    """The commands in the shell blocks of a Markdown file, each with its place."""
    found, inside = [], False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```sh"
        elif inside and line.startswith("numpro "):
            found.append((f"{path.name}:{number}", line))
    return found


def split_up(words):
    """The inputs of a command, as it names them, and its outputs."""
    options = OUTPUTS.get(words[1])
    if options is None:
        raise Failure(f"nothing is known of the outputs of numpro {words[1]}: see OUTPUTS")
    inputs, outputs = [], []
    for word, before in zip(words[2:], words[1:]):
        option, _, value = word.partition("=")
        if before in options:
            outputs.append(word)
        elif option in options and value:
            outputs.append(value)
        elif word.endswith(VIDEO):
            inputs.append(word)
    if not inputs and not outputs or options and not outputs:
        raise Failure("has no input or no output")
    return inputs, outputs


def make_inputs(directory, inputs):
    for name in inputs:
        for made in ([name.replace("*", letter) for letter in "ab"] if "*" in name else [name]):
            subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=duration=2", "-f",
                            "lavfi", "-i", "sine=duration=2", directory / made], check=True,
                           timeout=PATIENCE)


def run(program, command):
    words = shlex.split(command)
    inputs, outputs = split_up(words)
    if words[1] == "ask":
        command += " --dry-run"
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        make_inputs(directory, inputs)
        ran = subprocess.run(["bash", "-c", command], cwd=directory, text=True, capture_output=True,
                             timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL,
                             env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"})
        if ran.returncode != 0 or words[1] == "stamp" and ran.stderr:
            raise Failure(f"returned {ran.returncode}: {ran.stderr}")
        for output in outputs:
            written = directory / output
            if not written.exists() or written.is_dir() and not any(written.iterdir()):
                raise Failure(f"wrote no {output}")


def main():
    program, sources = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    pages = [sources / "README.md", *sorted((sources / "docs").glob("*.md"))]
    commands = [(place, command) for page in pages for place, command in commands_of(page)
                if not any(camera in command for camera in CAMERAS)]
    failures = 0
    for place, command in commands:
        print(f"{place}: {command}", flush=True)
        try:
            run(program, command)
        except Failure as failure:
            print(f"  FAILED: {failure}")
            failures += 1
    # Nothing found is nothing tested.
    if not commands:
        print("There is no command of numpro.")
        return 1
    percent = 100 * (len(commands) - failures) // len(commands)
    print(f"{percent}%: Checks: {len(commands)}, Failures: {failures}, Errors: 0")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
