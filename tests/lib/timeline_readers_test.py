#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Timelines as other programs read them. Would notice a file that only this library understands, text
that is escaped in another way than theirs, and times that they read differently."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import countedtests
import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstNumpro", "1.0")
from gi.repository import Gst, GstNumpro  # noqa: E402

Format = GstNumpro.TimelineFormat
# Two that overlap and one apart, with what means something to one format or another.
EVENTS = [(1000, 3000, "a = b; #c \\ 'd' & \"e\""), (2000, 7000, "f --> g < h"), (8000, 8500, "你好")]


def run(*command):
    result = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    if result.returncode != 0:
        raise AssertionError(f"{command}: {result.stdout.decode()} {result.stderr.decode()}")
    return result.stdout.decode()


def make_timeline(events):
    rows = "".join(f"{start}\t{end}\t{text}\n" for start, end, text in events)
    return GstNumpro.Timeline.new_from_text(Format.TSV, "start\tend\ttext\n" + rows, -1, 0, 0)


def events_of(timeline):
    events = []
    for question in range(timeline.get_n_questions()):
        for index in range(timeline.get_n_events(question)):
            span = timeline.get_event(question, index).span
            events.append((span.start // Gst.MSECOND, span.end // Gst.MSECOND,
                           timeline.get_question(question)))
    return events


def cues_of(srt):
    """The cues of SubRip as ffmpeg writes it."""
    found = re.findall(r"(\d+):(\d+):(\d+),(\d+) --> (\d+):(\d+):(\d+),(\d+)\n(.*)\n", srt)
    cues = []
    for *times, text in found:
        hours = [int(time) for time in times]
        start, end = (((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in (hours[:4], hours[4:]))
        cues.append((start, end, text))
    return cues


class Readers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, format_, events=EVENTS):
        path = self.folder / name
        path.write_text(make_timeline(events).to_text(format_, 25, 1), encoding="utf-8")
        return path

    def make_film(self):
        film = self.folder / "film.mkv"
        run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=25:duration=10",
            "-c:v", "mpeg4", film)
        return film

    def test_ffmpeg_reads_webvtt(self):
        path = self.write("a.vtt", Format.WEBVTT)
        srt = run("ffmpeg", "-v", "error", "-i", path, "-f", "srt", "-")
        self.assertEqual(cues_of(srt), EVENTS)

    def test_ffmpeg_reads_answers(self):
        """answers.vtt after each answer: cues come as answers do, and players sort them."""
        directory = GstNumpro.BundleDir.new(str(self.folder / "bundles"))
        directory.prepare()
        ledger = GstNumpro.Ledger.new(0)
        for number in range(10):
            sample = GstNumpro.Sample.new(number)
            sample.stream_time, sample.duration = number * Gst.SECOND, Gst.SECOND
            ledger.append(sample)
        prompt = GstNumpro.Prompt.new(GstNumpro.Task.MOMENT, "f --> g < h")
        expected = []
        for words, times in (("From 5 to 6.", [(5000, 7000)]), ("Not visible", []),
                             ("From 1 to 2, and from 8 to 8.", [(1000, 3000), (8000, 9000)])):
            answer = GstNumpro.Answer.new(prompt, ledger, words)
            directory.write_answer(None, 0, "{}", answer)
            expected = sorted(expected + [(*time, "f --> g < h") for time in times])
            srt = run("ffmpeg", "-v", "error", "-xerror", "-f", "webvtt", "-i",
                      self.folder / "bundles/answers.vtt", "-f", "srt", "-")
            self.assertEqual(cues_of(srt), expected)

    def test_ffmpeg_reads_srt(self):
        path = self.write("a.srt", Format.SRT)
        srt = run("ffmpeg", "-v", "error", "-i", path, "-c", "copy", "-f", "srt", "-")
        expected = [(start, end, text.replace("-->", "→")) for start, end, text in EVENTS]
        self.assertEqual(cues_of(srt), expected)

    def test_ffprobe_reads_ffmetadata(self):
        path = self.write("a.txt", Format.FFMETADATA)
        chapters = json.loads(run("ffprobe", "-v", "error", "-f", "ffmetadata", "-i", path,
                                  "-show_chapters", "-of", "json"))["chapters"]
        read = [(round(float(chapter["start_time"]) * 1000), round(float(chapter["end_time"]) * 1000),
                 chapter["tags"]["title"]) for chapter in chapters]
        self.assertEqual(read, EVENTS)

    def test_we_read_ffmetadata_of_ffmpeg(self):
        film = self.make_film()
        path = self.write("a.txt", Format.FFMETADATA)
        marked = self.folder / "marked.mkv"
        run("ffmpeg", "-v", "error", "-i", film, "-f", "ffmetadata", "-i", path, "-map_chapters", "1",
            "-c", "copy", marked)
        text = run("ffmpeg", "-v", "error", "-i", marked, "-f", "ffmetadata", "-")
        self.assertEqual(events_of(GstNumpro.Timeline.new_from_text(Format.FFMETADATA, text, -1, 0, 0)),
                         EVENTS)

    def test_matroska_keeps_chapters(self):
        film = self.make_film()
        for name in ("edited", "merged"):
            with self.subTest(name):
                chapters = self.write("a.xml", Format.MATROSKA_CHAPTERS)
                marked = self.folder / f"{name}.mkv"
                if name == "merged":
                    run("mkvmerge", "-q", "-o", marked, "--chapters", chapters, film)
                else:
                    marked.write_bytes(film.read_bytes())
                    run("mkvpropedit", "-q", marked, "--chapters", chapters)
                text = run("mkvextract", marked, "chapters")
                back = GstNumpro.Timeline.new_from_text(Format.MATROSKA_CHAPTERS, text, -1, 0, 0)
                self.assertEqual(events_of(back), EVENTS)

    def test_mkvmerge_reads_subtitles(self):
        for name, format_ in (("a.srt", Format.SRT), ("a.vtt", Format.WEBVTT)):
            with self.subTest(name):
                path = self.write(name, format_)
                merged = self.folder / (name + ".mkv")
                run("mkvmerge", "-q", "-o", merged, path)
                run("mkvextract", merged, "tracks", f"0:{self.folder / ('back-' + name)}")
                text = (self.folder / ("back-" + name)).read_text(encoding="utf-8")
                expected = EVENTS
                if format_ == Format.SRT:
                    expected = [(start, end, line.replace("-->", "→")) for start, end, line in EVENTS]
                back = GstNumpro.Timeline.new_from_text(format_, text, -1, 0, 0)
                self.assertEqual(events_of(back), expected)

    def test_empty_files(self):
        film = self.make_film()
        chapters = self.write("a.xml", Format.MATROSKA_CHAPTERS, events=[])
        run("mkvpropedit", "-q", film, "--chapters", chapters)
        path = self.write("a.txt", Format.FFMETADATA, events=[])
        self.assertEqual(run("ffprobe", "-v", "error", "-f", "ffmetadata", path), "")
        path = self.write("a.vtt", Format.WEBVTT, events=[])
        self.assertEqual(run("ffprobe", "-v", "error", path), "")


if __name__ == "__main__":
    Gst.init(None)
    sys.exit(countedtests.main())
