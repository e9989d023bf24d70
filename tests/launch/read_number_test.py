#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs the example programs that read numbers. Would notice a broken binding or a lost meta.

    read_number_test.py COMMAND...
"""

import subprocess
import sys

# Two numbers a second at 25 frames per second: every other number begins between two frames.
EXPECTED = [
    f"number {n}: first frame at {n / 2 + (0.02 if n % 2 else 0):.3f} s, shown for 0.500 s"
    for n in range(6)
]


def main():
    output = subprocess.run(sys.argv[1:], check=True, timeout=60, stdout=subprocess.PIPE,
                            text=True).stdout
    print(output, end="")
    if output.splitlines() != EXPECTED:
        print("expected:", *EXPECTED, sep="\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
