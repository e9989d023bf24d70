# SPDX-License-Identifier: LGPL-2.1-or-later
"""Films of stretches of one colour each, so that it is known when what happens."""

import subprocess

WIDTH, HEIGHT = 640, 360
COLORS = {"gray": (60, 128, 128), "green": (120, 70, 70), "blue": (60, 200, 110)}
H264 = "x264enc key-int-max=25 ! h264parse"
PATIENCE = 120


def make(path, *stretches, rate=5, numbers="", encoder=H264, muxer="mp4mux"):
    """Writes a film.

    A stretch is a colour and its seconds. numbers are elements before the encoder.
    """
    line = (f"fdsrc fd=0 ! rawvideoparse format=i420 width={WIDTH} height={HEIGHT} "
            f"framerate={rate}/1 ! {numbers} {encoder} ! {muxer} ! filesink location={path}")
    with subprocess.Popen(["gst-launch-1.0", "-q", *line.split()], stdin=subprocess.PIPE) as process:
        for color, seconds in stretches:
            frame = b"".join(bytes([level]) * size for level, size in zip(
                COLORS[color], (WIDTH * HEIGHT, WIDTH * HEIGHT // 4, WIDTH * HEIGHT // 4)))
            for _ in range(round(seconds * rate)):
                process.stdin.write(frame)
        process.stdin.close()
        if process.wait(PATIENCE) != 0:
            raise AssertionError(f"{line} failed")
    return str(path)
