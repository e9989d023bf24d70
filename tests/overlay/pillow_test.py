#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares numproverlay with Pillow drawing as the paper's code does.

Would catch another font, weight, hinting or place than the paper's: at 336x336 the ink's box is
within one pixel of Pillow's on every side, and the ink overlaps it (intersection over union of
coverage) by 0.9 or more at a shift of at most one pixel.
"""
import sys

try:
    import gi
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    gi.require_version("Gst", "1.0")
    gi.require_version("GstApp", "1.0")
    from gi.repository import Gst, GstApp  # noqa: F401 (GstApp gives appsink its methods)
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

SIZE = 336
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 42, 77, 99, 100, 129, 777, 888, 1234, 4321, 8888,
           12345, 99999]


def draw_with_pillow(text):
    font = ImageFont.truetype(FONT, 40)
    image = Image.new("L", (SIZE, SIZE), 0)
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    width, height = right - left, bottom - top
    draw.text((SIZE - width, SIZE - height - height / 3), text, font=font, fill=255)
    return np.array(image).astype(int)


def draw_with_overlay(number):
    # Full range grey: black is 0 and white 255.
    pipeline = Gst.parse_launch(
        "appsrc name=src format=time caps=video/x-raw,format=GRAY8,"
        f"width={SIZE},height={SIZE},framerate=1/1,colorimetry=(string)1:4:0:0 ! "
        f"numproverlay color=0xffffffff start={number} ! appsink name=sink sync=false")
    pipeline.set_state(Gst.State.PLAYING)
    frame = Gst.Buffer.new_wrapped(bytes(SIZE * SIZE))
    frame.pts = 0
    pipeline.get_by_name("src").emit("push-buffer", frame)
    buffer = pipeline.get_by_name("sink").pull_sample().get_buffer()
    pixels = np.frombuffer(buffer.extract_dup(0, buffer.get_size()), dtype=np.uint8)
    pipeline.set_state(Gst.State.NULL)
    return pixels.reshape(SIZE, SIZE).astype(int)


def ink_box(pixels):
    ys, xs = np.nonzero(pixels > 127)
    return np.array([xs.min(), ys.min(), xs.max(), ys.max()])


def best_overlap(a, b):
    def overlap(dx, dy):
        shifted = np.roll(b, (dy, dx), (0, 1))
        return np.minimum(a, shifted).sum() / np.maximum(a, shifted).sum()

    return max(overlap(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def main():
    Gst.init(None)
    failures = 0
    for number in NUMBERS:
        pillow, ours = draw_with_pillow(str(number)), draw_with_overlay(number)
        off = np.abs(ink_box(pillow) - ink_box(ours)).max()
        overlap = best_overlap(pillow, ours)
        good = off <= 1 and overlap >= 0.9
        failures += not good
        print(f"{number:6}: box off by {off}, overlap {overlap:.4f}{'' if good else '  FAILED'}")
    print(f"{100 * (len(NUMBERS) - failures) // len(NUMBERS)}%: Checks: {len(NUMBERS)}, "
          f"Failures: {failures}, Errors: 0")
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
