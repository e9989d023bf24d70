# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads bundles as they are on disk."""

import json
import re

# Of a bundle that a model was asked about.
EXCHANGE = re.compile(r"(question|request|answer)-\d+\.json")
ANSWERS = "answers.jsonl"
# What is beside the bundles.
BESIDE = {ANSWERS, "answers.vtt"}


def read_bundles(location):
    """The ledger entries of all bundles in a directory, in order.

    Raises ValueError where there is none, where one is not whole, and where there is something else.
    """
    frames = []
    for bundle in sorted(location.iterdir()):
        if bundle.name in BESIDE:
            continue
        if not bundle.name.isdigit():
            raise ValueError(f"{bundle.name} is no bundle")
        ledger = json.loads((bundle / "ledger.json").read_text(encoding="utf-8"))
        images = {frame["image"] for frame in ledger["frames"]}
        if not images or {path.name for path in bundle.iterdir()
                             if not EXCHANGE.fullmatch(path.name)} != images | {"ledger.json"}:
            raise ValueError(f"{bundle.name} does not hold what its ledger says")
        for image in images:
            data = (bundle / image).read_bytes()
            if not data.startswith(b"\xff\xd8") or not data.endswith(b"\xff\xd9"):
                raise ValueError(f"{bundle.name}/{image} is no whole JPEG")
        frames += ledger["frames"]
    if not frames:
        raise ValueError(f"{location.name} has no bundle")
    return frames


def read_answers(location):
    """The answers in a directory of bundles, in order.

    Raises ValueError where a bundle has none, or answers.jsonl has others.
    """
    answers = []
    for bundle in sorted(path for path in location.iterdir() if path.name not in BESIDE):
        found = [json.loads(path.read_text(encoding="utf-8"))
                 for path in sorted(bundle.glob("answer-*.json"))]
        if not found or any(len(found) != len(list(bundle.glob(f"{kind}-*.json")))
                            for kind in ("question", "request")):
            raise ValueError(f"{bundle.name} lacks a question, a request or an answer")
        answers += found
    lines = (location / ANSWERS).read_text(encoding="utf-8").splitlines()
    if sorted(lines_of(answers)) != sorted(lines_of(map(json.loads, lines))):
        raise ValueError(f"{ANSWERS} does not hold the answers of the bundles")
    return answers


def lines_of(answers):
    return [json.dumps(answer, sort_keys=True) for answer in answers]
