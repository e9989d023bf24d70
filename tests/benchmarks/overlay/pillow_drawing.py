#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Numbers frames as the NumPro paper's programs do: OpenCV frame, Pillow, OpenCV frame.

Prints the CPU time of a frame in microseconds, once for every run.
"""

import argparse
import time

import cv2
import numpy
from PIL import Image, ImageDraw, ImageFont

RING = 8


def draw_number(frame, number, font):
    image = Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
    draw = ImageDraw.Draw(image)
    text = str(number)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    width, height = right - left, bottom - top
    place = (frame.shape[1] - width, frame.shape[0] - height - height / 3)
    draw.text(place, text, font=font, fill=(255, 0, 0))
    return cv2.cvtColor(numpy.array(image), cv2.COLOR_RGB2BGR)


def time_run(frames, font, count):
    start = time.process_time()
    for i in range(count):
        draw_number(frames[i % RING], 100 + i, font)
    return (time.process_time() - start) / count * 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("width", "height", "frames", "runs", "font-size"):
        parser.add_argument("--" + name, type=int, required=True)
    parser.add_argument("--font", required=True)
    args = parser.parse_args()

    # Threads would only add the cost of handing out work: it is CPU time that counts here.
    cv2.setNumThreads(1)
    frames = [numpy.full((args.height, args.width, 3), 128, numpy.uint8) for _ in range(RING)]
    font = ImageFont.truetype(args.font, args.font_size)
    time_run(frames, font, min(RING, args.frames))
    for _ in range(args.runs):
        print(time_run(frames, font, args.frames))


if __name__ == "__main__":
    main()
