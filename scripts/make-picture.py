#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes the picture of the README: stamped frames, and the time that an answer about them stands for.

    meson devenv -C build ../scripts/make-picture.py

Stamps a test source, asks numpro-reader about it, and draws frames and answer into
docs/images/stamped-frame.png.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw, ImageFont

FRAMES = range(3, 8)  # the numbers that are shown
LAUNCH_LINE = """gst-launch-1.0 -q videotestsrc pattern=ball flip=true num-buffers=150
    foreground-color=0xfff7c92c background-color=0xffeef1f4 !
    video/x-raw,width=336,height=336,framerate=30/1 ! numproverlay numbering=time rate=2/1 !
    numprosink jpeg-quality=100 location={location} {server}"""
QUESTION = "the screen is yellow"

WIDTH, MARGIN, GAP = 1000, 16, 10
INK, GREY, MARK = "#1b1f24", "#6a737d", "#b8860b"
FONTS, REGULAR, BOLD = pathlib.Path("/usr/share/fonts/truetype/dejavu"), "DejaVuSans", "DejaVuSans-Bold"


def font(size, name=REGULAR):
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


def ask(reader, directory):
    """The pictures by number, the ledger's frames by number, and the answer."""
    with subprocess.Popen([reader], text=True, stdout=subprocess.PIPE) as process:
        try:
            server = process.stdout.readline().strip()
            line = LAUNCH_LINE.format(location=directory, server=server).split()
            subprocess.run([*line, f"question={QUESTION}"], check=True)
        finally:
            process.terminate()
    bundle = pathlib.Path(directory) / "000000"
    ledger = json.loads((bundle / "ledger.json").read_text())
    frames = {frame["number"]: frame for frame in ledger["frames"]}
    pictures = {number: Image.open(bundle / frames[number]["image"]).convert("RGB")
                for number in FRAMES}
    return pictures, frames, json.loads((bundle / "answer-1.json").read_text())


def seconds(nanoseconds):
    return f"{nanoseconds / 1e9:.1f} s"


def draw(pictures, frames, answer):
    span, = answer["spans"]
    width = (WIDTH - 2 * MARGIN - (len(FRAMES) - 1) * GAP) // len(FRAMES)
    height = width
    below = MARGIN + height
    image = Image.new("RGB", (WIDTH, below + 150), "white")
    canvas = ImageDraw.Draw(image)
    left = {number: MARGIN + i * (width + GAP) for i, number in enumerate(FRAMES)}
    for number, x in left.items():
        image.paste(pictures[number].resize((width, height), Image.LANCZOS), (x, MARGIN))
        canvas.rectangle((x, MARGIN, x + width - 1, below - 1), outline="#c8ced4")
        is_named = span["first"] <= number <= span["last"] + 1
        canvas.text((x, below + 6), seconds(frames[number]["stream-time"]), INK if is_named else GREY,
                    font(15))

    # The span reaches to where the frame after its last one begins.
    start, end = left[span["first"]], left[span["last"] + 1] - GAP
    canvas.rectangle((start, below + 30, end - 1, below + 35), fill=MARK)

    show(canvas, below + 54, [("Question:  ", GREY, font(20)), (QUESTION, INK, font(20, BOLD))])
    show(canvas, below + 92, [
        (f"\u201c{answer['text']}\u201d", INK, font(28, BOLD)), ("   \u2192   ", GREY, font(28)),
        (f"{seconds(span['start'])} to {seconds(span['end'])}", MARK, font(28, BOLD))])
    return image


def show(canvas, y, parts):
    """Draws pieces of text one after the other, centred."""
    x = (WIDTH - sum(canvas.textlength(text, text_font) for text, _, text_font in parts)) / 2
    for text, color, text_font in parts:
        canvas.text((x, y), text, color, text_font)
        x += canvas.textlength(text, text_font)


def main():
    source = pathlib.Path(__file__).resolve().parent.parent
    reader = pathlib.Path.cwd() / "tools/reader/numpro-reader"
    with tempfile.TemporaryDirectory() as directory:
        image = draw(*ask(reader, directory))
    image.quantize(64).save(source / "docs/images/stamped-frame.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
