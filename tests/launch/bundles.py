# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads bundles as they are on disk."""

import json


def read_bundles(location):
    """The ledger entries of all bundles in a directory, in order.

    Raises ValueError where there is none, where one is not whole, and where there is something else.
    """
    frames = []
    for bundle in sorted(location.iterdir()):
        if not bundle.name.isdigit():
            raise ValueError(f"{bundle.name} is no bundle")
        ledger = json.loads((bundle / "ledger.json").read_text(encoding="utf-8"))
        images = {frame["image"] for frame in ledger["frames"]}
        if not images or {path.name for path in bundle.iterdir()} != images | {"ledger.json"}:
            raise ValueError(f"{bundle.name} does not hold what its ledger says")
        for image in images:
            data = (bundle / image).read_bytes()
            if not data.startswith(b"\xff\xd8") or not data.endswith(b"\xff\xd9"):
                raise ValueError(f"{bundle.name}/{image} is no whole JPEG")
        frames += ledger["frames"]
    if not frames:
        raise ValueError(f"{location.name} has no bundle")
    return frames
