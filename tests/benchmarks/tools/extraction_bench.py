#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long it takes to write one frame a second of a recording to JPEG files: numpro stamp --frames beside
ffmpeg, in turn. Fails where numpro takes more than 1.1 times as long, or writes another number of pictures.

    extraction_bench.py NUMPRO [--quick] [--json FILE] [VIDEO...]
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

# What a recording is coded like decides: which frames others need, and how far key frames are apart.
CODED = {
    "H.264, key frames 10 s apart": "libx264 -preset veryfast -g 250",
    "H.264 without B-frames, key frames 10 s apart": "libx264 -preset veryfast -bf 0 -g 250",
    "H.264 without B-frames, key frames 2 s apart": "libx264 -preset veryfast -bf 0 -g 50",
    "H.265, key frames 10 s apart": "libx265 -preset ultrafast -x265-params log-level=none:keyint=250",
}
LIMIT = 1.1


def make(path, coded, is_quick):
    source = "testsrc2=rate=25:" + ("size=320x180:duration=3" if is_quick else "size=1920x1080:duration=60")
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "-c:v",
                    *coded.split(), path], check=True)


def timed(command):
    begin = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


def measure(numpro, video, rounds):
    """Seconds of ffmpeg and of numpro, and how many pictures each wrote."""
    seconds = {"ffmpeg": [], "numpro": []}
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        (directory / "ffmpeg").mkdir()
        commands = {
            "ffmpeg": ["ffmpeg", "-v", "error", "-y", "-i", video, "-vf", "fps=1,scale=672:-2", "-q:v", "2",
                       directory / "ffmpeg" / "%06d.jpg"],
            "numpro": [numpro, "stamp", "--force", "--frames", directory / "numpro", "--numbering=time",
                       "--rate=1/1", video],
        }
        for _ in range(rounds):
            for who, command in commands.items():
                seconds[who].append(timed(command))
        pictures = {who: len(list((directory / who).glob("*.jpg"))) for who in commands}
    return {who: {"seconds": statistics.median(seconds[who]), "pictures": pictures[who]} for who in seconds}


def row(name, found):
    ratio = found["numpro"]["seconds"] / found["ffmpeg"]["seconds"]
    return (f"| {name:<48} | {found['ffmpeg']['seconds']:8.2f} | {found['numpro']['seconds']:8.2f} | "
            f"{ratio:5.2f} |"), ratio


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("numpro")
    parser.add_argument("videos", nargs="*", help="measured in place of those that are made")
    parser.add_argument("--quick", action="store_true", help="times mean nothing, and none is too long")
    parser.add_argument("--json")
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    report, failures = {}, []
    print(f"| {'recording':<48} | ffmpeg s | numpro s | ratio |\n|{'-' * 50}|----------|----------|-------|")
    with tempfile.TemporaryDirectory() as directory:
        recordings = {video: None for video in options.videos} or CODED
        for name, coded in recordings.items():
            video = name
            if coded:
                video = pathlib.Path(directory) / "recording.mp4"
                video.unlink(missing_ok=True)
                make(video, coded, options.quick)
            report[name] = measure(options.numpro, video, 1 if options.quick else 7)
            line, ratio = row(name, report[name])
            print(line, flush=True)
            if ratio > LIMIT and not options.quick:
                failures.append(f"{name}: {ratio:.2f} times as long")
            # ffmpeg rounds to the nearest second at the end.
            if abs(report[name]["ffmpeg"]["pictures"] - report[name]["numpro"]["pictures"]) > 1:
                failures.append(f"{name}: {report[name]}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(*failures, sep="\n", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
