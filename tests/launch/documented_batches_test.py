#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what the documentation says of batches and answers with what they are.

    documented_batches_test.py SOURCE_DIRECTORY BUILD_DIRECTORY NUMPRO_READER

test_programs: a Python program that does not run, or prints something else than its page says.
test_c: C or C++ code that does not compile.
test_ledger: a ledger that is not what its launch line writes; a field without a word.
test_answer: an answer that is not what its launch line gets; a field without a word.
test_messages, test_answer_message: a field of a message that its page leaves out or makes up.
test_properties, test_signals: one that the page of its element leaves out or makes up.
test_settings_of_servers: a setting for a server or a model that the elements do not take.
test_words_of_faults: a fault of a server that is told in other words than its page says.
test_obstacles: one that has no meaning and cure.
test_links: a link to a page or heading that is not there.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

import countedtests
import reader

SOURCE_DIRECTORY, BUILD_DIRECTORY = pathlib.Path(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))
READER = sys.argv.pop(1)
PAGES = {str(path.relative_to(SOURCE_DIRECTORY)): path.read_text(encoding="utf-8")
         for path in [SOURCE_DIRECTORY / "README.md", SOURCE_DIRECTORY / "CONTRIBUTING.md",
                      *sorted((SOURCE_DIRECTORY / "docs").glob("*.md"))]}
FORMATS, ASKING, SERVERS = (PAGES[f"docs/{name}.md"] for name in ("formats", "asking", "servers"))
PATIENCE = 60

NOBODY_PULLS = ("gst-launch-1.0 -m videotestsrc num-buffers=4 ! numproverlay ! numprosink batch-size=1 "
                "max-batches=1 leaky-type=upstream")


def run(command, **options):
    """What a command prints."""
    done = subprocess.run(command, timeout=PATIENCE, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} returned {done.returncode}: {done.stdout}")
    return done.stdout


def blocks(language, text):
    """The fenced code blocks of a page."""
    return re.findall(rf"^```{re.escape(language)}\n(.*?)^```$", text, re.M | re.S)


def launch_line(page, *words):
    """The first one of a page with all these words."""
    return next(block for block in blocks("sh", PAGES[page])
                if all(word in block for word in words)).replace("\\\n", " ")


def pointed_at(server, text):
    """What asks a model, asking another one, "endpoint=... model=...", instead."""
    return re.sub(r"endpoint=\S+ model=[\w-]+", server, text)


def names_in_table(text, heading):
    """The code words of the first column of the first table after a heading."""
    table = re.search(r"^\|.*?(?=\n\n)", text[text.index(heading):], re.M | re.S)[0]
    return {name for row in table.splitlines() for name in re.findall(r"`([^`]*)`", row.split("|")[1])}


def code_words(text):
    """What is marked as code in the lines of a page."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))


def properties_of(element):
    return set(re.findall(r"^  ([\w-]+) *: ", run(["gst-inspect-1.0", element]), re.M))


def column(text, heading):
    """The cells below a heading of a column, of all tables of a page that have it."""
    for table in re.findall(r"(?:^\|.*\n)+", text, re.M):
        rows = [re.split(r"(?<!\\)\|", row)[1:-1] for row in table.splitlines()]
        titles = [title.strip() for title in rows[0]]
        if heading in titles:
            yield from (row[titles.index(heading)] for row in rows[2:])


def fields_of_message(name, output):
    fields, = re.findall(rf"{name}, (.*);$", output, re.M)[:1]
    return set(re.findall(r"([\w-]+)=\(", fields))


class DocumentedBatches(unittest.TestCase):
    def test_programs(self):
        programs = [found for text in PAGES.values() for found in
                    re.findall(r"^```python\n(import gi\n.*?)^```\n\nprints\n\n```\n(.*?)^```$", text,
                               re.M | re.S)]
        self.assertNotEqual(programs, [])
        self.assertEqual([program for program, _ in programs],
                         [block for text in PAGES.values() for block in blocks("python", text)])
        self.assertTrue(any("endpoint=" in program for program, _ in programs))
        with reader.running(READER) as server:
            for program, expected in programs:
                self.assertEqual(run([sys.executable, "-c", pointed_at(server, program)]), expected)

    def test_c(self):
        programs = [block for text in PAGES.values()
                    for language in ("c", "c++") for block in blocks(language, text)]
        self.assertNotEqual(programs, [])
        paths = [str(BUILD_DIRECTORY / "meson-uninstalled"), os.environ.get("PKG_CONFIG_PATH", "")]
        flags = run(["pkg-config", "--cflags", "gstreamer-numpro-1.0"],
                    env={**os.environ, "PKG_CONFIG_PATH": ":".join(filter(None, paths))}).split()
        for program in programs:
            run(["c++", "-std=c++20", "-Wall", "-Werror", "-fsyntax-only", *flags, "-x", "c++", "-"],
                input=program)

    def test_ledger(self):
        shown, = (json.loads(block) for block in blocks("json", FORMATS) if '"frames"' in block)
        with tempfile.TemporaryDirectory() as directory:
            run(shlex.split(launch_line("README.md", "location=bundles")), cwd=directory)
            path = pathlib.Path(directory) / "bundles/000000/ledger.json"
            ledger = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual(len(ledger["frames"]), 5)
        ledger["frames"] = ledger["frames"][1:2]
        self.assertEqual((set(ledger) | set(ledger["frames"][0])) - {"frames"},
                         names_in_table(FORMATS, "## ledger.json"))
        for frame in ledger["frames"] + shown["frames"]:
            self.assertRegex(frame.pop("utc"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$")
            self.assertNotEqual(frame.pop("source"), "")  # an id made up for each run
        self.assertEqual(ledger, shown)

    def ask(self, directory):
        """What the documented launch line that asks prints."""
        with reader.running(READER) as server:
            line = pointed_at(server, launch_line("docs/asking.md", "question=", "numpro-reader"))
            return run([*shlex.split(line), "-m"], cwd=directory)

    def test_answer(self):
        shown, = (json.loads(block) for block in blocks("json", ASKING) if '"question"' in block)
        with tempfile.TemporaryDirectory() as directory:
            self.ask(directory)
            answer, question = (
                json.loads((pathlib.Path(directory) / "bundles/000000" / name).read_text(encoding="utf-8"))
                for name in ("answer-1.json", "question-1.json"))
        self.assertEqual(set(answer), names_in_table(FORMATS, "## answer-1.json"))
        self.assertEqual(set(question), names_in_table(FORMATS, "## question-1.json"))
        for one in (shown, answer):
            self.assertGreater(one.pop("latency"), 0)
            for span in one["spans"]:
                for name in ("utc-start", "utc-end"):
                    self.assertRegex(span.pop(name), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$")
        self.assertEqual(answer, shown)

    def test_answer_message(self):
        with tempfile.TemporaryDirectory() as directory:
            output = self.ask(directory)
        fields = fields_of_message("numpro/answer", output)
        self.assertEqual(fields, names_in_table(FORMATS, "### numpro/answer"))
        shown = re.search(r"^```\n(numpro/answer, .*?)^```$", FORMATS, re.M | re.S)[1]
        self.assertEqual(set(re.findall(r"([\w-]+)=\(", shown)), fields)

    def test_probe_message(self):
        with reader.running(READER) as server:
            output = run(shlex.split("gst-launch-1.0 -m videotestsrc num-buffers=1 ! numproverlay ! numprosink "
                                     f"batch-size=4 probe-on-start=true {server}+merge-neighbours"))
        self.assertEqual(fields_of_message("numpro/probe", output),
                         names_in_table(FORMATS, "### numpro/probe"))
        self.assertEqual(names_in_table(FORMATS, "| `finding` | what happened"),
                         names_in_table(SERVERS, "## A probe of the server"))

    def test_properties(self):
        for element, base, at_least, page, headings in (
                ("numprosink", "fakesink", 30, "numprosink",
                 ("## Properties\n", "## Properties for asking")),
                ("numproverlay", "identity", 20, "numproverlay", ("## Properties\n",)),
                ("numproseiinserter", "capsfilter", 0, "recordings", ("## numproseiinserter\n",))):
            names = properties_of(element) - properties_of(base)
            self.assertGreater(len(names), at_least)
            documented = set().union(
                *(names_in_table(PAGES[f"docs/{page}.md"], heading) for heading in headings))
            self.assertEqual(names - documented, set())
            self.assertEqual(documented - properties_of(element), set())

    def test_settings_of_servers(self):
        own = properties_of("numprosink")
        named = [word for cell in column(SERVERS, "on `numprosink`") for word in code_words(cell)]
        self.assertGreater(len(named), 10)
        self.assertEqual([word for word in named if word.partition("=")[0] not in own], [])
        # A launch line fails with an enum or a number that the element does not know.
        for setting in sorted({word for word in code_words(SERVERS) if re.match(r"[a-z-]+=", word)}):
            with self.subTest(setting=setting):
                is_own = setting.partition("=")[0] in own
                run(["gst-launch-1.0", "videotestsrc", "num-buffers=1", "!",
                     "numproverlay", *([] if is_own else [setting]), "!",
                     "numprosink", "emit-signals=true", *([setting] if is_own else [])])
        # What is in request-options is only read where there is an endpoint.
        objects = [word.removeprefix("request-options=") for word in code_words(SERVERS)
                   if word.startswith(("request-options=", "{"))]
        self.assertGreater(len(objects), 10)
        for text in objects:
            with self.subTest(object=text):
                self.assertEqual(json.loads(text).keys() & {"model", "messages", "stream"}, set())

    def test_words_of_faults(self):
        asks = "check-frames=true question=\"the screen is black\""
        with reader.running(READER) as server:
            for fault, count, settings, words in (
                    ("merge-neighbours", 4, "probe-on-start=true",
                     "Of each two neighbouring numbers one was not seen"),
                    ("cut-front:8", 16, asks, "The numbers seen are 8 to 15, those of the batch 0 to 15."),
                    ("image-cap:8", 32, asks, "The server takes 8 images in a request: a batch of 32 is asked about in "
                     "4 parts, each a request; lower batch-size or set layout=grid to have fewer"),
                    ("reasoning-only", 4, asks, "It is empty but for its reasoning; ")):
                with self.subTest(fault=fault):
                    self.assertIn(words, SERVERS)
                    output = run(shlex.split(
                        f"gst-launch-1.0 -m videotestsrc pattern=black num-buffers={count} ! numproverlay ! numprosink "
                        f"batch-size={count} {settings} {server}+{fault}"))
                    self.assertIn(words, output.replace("\\", ""))

    def test_obstacles(self):
        header = (SOURCE_DIRECTORY / "gst/numpro/obstacle.h").read_text(encoding="utf-8")
        obstacles = {name.lower().replace("_", "-") for name in re.findall(r"@GST_NUMPRO_OBSTACLE_(\w+):", header)}
        self.assertEqual(obstacles - {"none"}, names_in_table(ASKING, "### Obstacles") - {"obstacle"})

    def test_signals(self):
        signals = set(re.findall(r'^  "([\w-]+)" (?:-> .*)?: ', run(["gst-inspect-1.0", "numprosink"]), re.M))
        self.assertEqual(signals, names_in_table(PAGES["docs/numprosink.md"], "## Signals"))

    def test_links(self):
        def anchors(text):
            """As GitHub makes them of headings."""
            return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
                    for heading in re.findall(r"^#+ (.*)$", text, re.M)}
        for page, text in PAGES.items():
            for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text):
                path = ((SOURCE_DIRECTORY / page).parent / target).resolve() if target else SOURCE_DIRECTORY / page
                self.assertTrue(path.exists(), f"{page}: {target}")
                if anchor:
                    self.assertIn(anchor, anchors(path.read_text(encoding="utf-8")), f"{page}: {target}")

    def test_enumerations(self):
        for element in ("numproverlay", "numprosink"):
            shown = run(["gst-inspect-1.0", element])
            self.assertIn("Enum \"", shown)
            # Values are told in words, not by their names in C.
            self.assertNotIn("GST_NUMPRO_", shown)

    def test_messages(self):
        with tempfile.TemporaryDirectory() as directory:
            output = run([*shlex.split(launch_line("README.md", "location=bundles")), "-m"], cwd=directory)
        self.assertEqual(fields_of_message("numpro/batch", output),
                         names_in_table(FORMATS, "### numpro/batch"))
        output = run(shlex.split(NOBODY_PULLS))
        self.assertEqual(fields_of_message("numpro/failure", output),
                         names_in_table(FORMATS, "### numpro/failure"))


if __name__ == "__main__":
    sys.exit(countedtests.main())
