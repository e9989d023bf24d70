#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs every gst-launch-1.0 line of the documentation. Would notice one that no longer works.

    run_launch_lines.py SOURCE_DIRECTORY NUMPRO_READER

Lines are found in README.md, docs/*.md and the documentation comments of plugin/**/*.cpp. What a test
machine lacks is replaced, see launchlines.py: window sinks by fakesink, V4L2 and RTSP cameras by live
test sources, input files by a generated one, models by numpro-reader; keys that are read from the
environment are there. Each line runs in a directory of its own. A line that ends must do so without
error; an endless one must reach PLAYING and is then interrupted as by
Ctrl-C, and must end without error, too. A line that asks must get an answer that is valid. Video files and bundles that were written must be whole, and
elements that were replaced must know the properties they were given. Lines of two processes are run
by other_process_test.py.
"""

import glob
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import launchlines
import reader
from bundles import read_answers, read_bundles

PATIENCE = 60  # seconds until a line is stuck
ENDLESS_SECONDS = 2  # how long an endless line plays

PLAYING = re.compile(rb'element "pipeline\d+" \(state-changed\):.*new-state=\(GstState\)playing')
VIDEO_FILES = (".mkv", ".mp4", ".webm")

MUXERS = {".mkv": "matroskamux", ".mp4": "mp4mux"}


class Failure(Exception):
    """What is wrong with a launch line."""


def find_lines(source_directory):
    lines = []
    for path in [source_directory / "README.md", *sorted((source_directory / "docs").glob("*.md"))]:
        name = path.relative_to(source_directory)
        lines += launchlines.lines_of_markdown(name, path.read_text(encoding="utf-8"))
    for path in sorted((source_directory / "plugin").rglob("*.cpp")):
        name = path.relative_to(source_directory)
        lines += launchlines.lines_of_comments(name, path.read_text(encoding="utf-8"))
    return lines


def launch(arguments, **options):
    return subprocess.run(["gst-launch-1.0", "-q", *arguments], check=True, timeout=PATIENCE,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **options)


def encoder_for(arguments):
    """What makes a recording that a line can read, with numbers where it asks for them."""
    encoder = "x265enc ! {}h265parse" if "h265parse" in arguments else "x264enc ! {}h264parse"
    if "numbering=recorded" not in arguments:
        return encoder.format("")
    return "numproverlay ! " + encoder.format("numproseiinserter ! ")


def generate_video(path, encoder):
    """Two seconds of picture and sound, as most files have both."""
    picture = ("videotestsrc num-buffers=60 ! video/x-raw,width=640,height=360,framerate=30/1 ! "
               f"{encoder} ! queue ! mux.")
    sound = "audiotestsrc num-buffers=87 ! audioconvert ! avenc_aac ! aacparse ! queue ! mux."
    launch([*picture.split(), *sound.split(), MUXERS[path.suffix], "name=mux", "!",
            "filesink", f"location={path}"])


def wait_for_playing(process, log):
    """Until the pipeline plays; at its end, too."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        if PLAYING.search(log.read_bytes()):
            return
        time.sleep(0.1)


def run(command, server, directory):
    """Runs a command in an empty directory, a model server at hand."""
    for element, name in command.replaced:
        check_property(element, name)
    for name in command.inputs:
        generate_video(directory / name, encoder_for(command.arguments))

    log = directory / "gst-launch.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(["gst-launch-1.0", "-e", "-m",
                                    *command.pointed_at(server)],
                                   cwd=directory, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT,
                                   env={**os.environ, **{name: "a-key" for name in command.variables}})
        try:
            if command.is_endless:
                wait_for_playing(process, log)
                time.sleep(ENDLESS_SECONDS)
                if process.poll() is not None:
                    raise Failure("ended, although nothing in it has an end")
                process.send_signal(signal.SIGINT)
            status = process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure("did not end") from None
        finally:
            process.kill()
            process.wait()
            text = log.read_bytes()
    if status != 0:
        raise Failure(f"returned {status}")
    if not PLAYING.search(text):
        raise Failure("did not reach PLAYING")
    if re.search(rb"^(ERROR|WARNING):", text, re.MULTILINE):
        raise Failure("complained")
    check_answers(command, text)

    for pattern in command.outputs:
        check_output(command, directory, pattern)


def check_answers(command, text):
    # What is interrupted without -e has no last batch.
    if not command.asks or command.is_endless and not command.finishes_files:
        return
    answers = re.findall(rb"numpro/answer, .* valid=\(boolean\)(\w+)", text)
    if not answers or set(answers) != {b"true"}:
        raise Failure(f"asked and got the answers {answers}")


def check_property(element, name):
    description = subprocess.run(["gst-inspect-1.0", element], check=True, timeout=PATIENCE,
                                 stdout=subprocess.PIPE, text=True).stdout
    if not re.search(rf"^  {re.escape(name)} *: ", description, re.MULTILINE):
        raise Failure(f"gives {element} a property that it does not have: {name}")


def check_output(command, directory, pattern):
    # multifilesink numbers its files: %04d.
    paths = glob.glob(re.sub(r"%\d*d", "*", pattern), root_dir=directory)
    if not paths:
        raise Failure(f"wrote no {pattern}")
    for path in paths:
        is_bundles = (directory / path).is_dir()
        if command.is_endless and not command.finishes_files and (
                is_bundles or path.endswith(VIDEO_FILES)):
            raise Failure(f"leaves {path} unfinished when interrupted: it lacks -e")
        if is_bundles:
            read_bundles(directory / path)
            if command.asks:
                read_answers(directory / path)
        elif path.endswith(VIDEO_FILES):
            launch(["filesrc", f"location={path}", "!", "decodebin", "!", "fakesink"],
                   cwd=directory)
        elif os.path.getsize(directory / path) == 0:
            raise Failure(f"wrote nothing to {path}")


def check(line, server):
    """Whether a launch line works; prints why not."""
    print(f"{line.source}: {line.text}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        try:
            run(launchlines.command_of(line), server, directory)
            return True
        except (Failure, ValueError) as error:
            print(f"  FAILED: {error}")
        except subprocess.SubprocessError as error:
            print(f"  FAILED: {error}\n{(error.output or b'').decode(errors='replace')}")
        log = directory / "gst-launch.log"
        if log.exists():
            for text in log.read_text(encoding="utf-8", errors="replace").splitlines():
                if not text.startswith("Got message"):
                    print(f"  | {text}")
    return False


def main():
    source_directory = pathlib.Path(sys.argv[1])
    lines = [line for line in find_lines(source_directory) if not launchlines.is_of_two(line)]
    # Nothing found is nothing tested.
    for prefix in ("README.md", "docs/", "plugin/"):
        if not any(line.source.startswith(prefix) for line in lines):
            print(f"There is no launch line in {prefix}.")
            return 1
    with reader.running(sys.argv[2]) as server:
        failures = sum(not check(line, server) for line in lines)
    percent = 100 * (len(lines) - failures) // len(lines)
    print(f"{percent}%: Checks: {len(lines)}, Failures: {failures}, Errors: 0")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
