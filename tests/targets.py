#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What must be built before the tests of some suites run.

    targets.py BUILD_DIRECTORY SUITE...

Prints the names of ninja's targets, a line each; nothing when no test is in these suites.
"""

import json
import os
import subprocess
import sys


def introspect(directory, what):
    return json.loads(subprocess.run(["meson", "introspect", what, directory], check=True,
                                     stdout=subprocess.PIPE).stdout)


def main():
    directory, suites = sys.argv[1], set(sys.argv[2:])
    # A suite's name follows the project's.
    wanted = {target for test in introspect(directory, "--tests")
              if suites & {suite.split(":")[-1] for suite in test["suite"]}
              for target in test["depends"]}
    root = os.path.realpath(directory)
    names = {os.path.relpath(name, root) for target in introspect(directory, "--targets")
             if target["id"] in wanted for name in target["filename"]}
    print(*sorted(names), sep="\n", end="\n" if names else "")


if __name__ == "__main__":
    main()
