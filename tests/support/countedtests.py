# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs unittest cases and prints their count as libcheck does."""

import unittest


def main():
    """Runs the tests of the main module. Returns the exit status."""
    result = unittest.main(exit=False).result
    failures, errors = len(result.failures), len(result.errors)
    percent = 100 * (result.testsRun - failures - errors) // max(result.testsRun, 1)
    print(f"{percent}%: Checks: {result.testsRun}, Failures: {failures}, Errors: {errors}")
    return 0 if result.wasSuccessful() else 1
