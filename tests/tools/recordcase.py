# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tests of numpro record share: the command, and what is in its files."""

import contextlib
import json
import pathlib
import subprocess

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstPbutils", "1.0")
from gi.repository import Gst, GstPbutils  # noqa: E402
from directorycase import DirectoryCase  # noqa: E402
from recordings import PATIENCE, Camera, recorded_frames  # noqa: E402


class RecordCase(DirectoryCase):
    program = None   # path of numpro
    soundcamera = None

    @classmethod
    def setUpClass(cls):
        Gst.init(None)

    def record(self, *arguments, status=0, **options):
        ran = subprocess.run([self.program, "record", *arguments], stdin=subprocess.DEVNULL, text=True,
                             capture_output=True, timeout=2 * PATIENCE, **options)
        self.assertEqual(ran.returncode, status, ran.stdout + ran.stderr)
        return ran

    @contextlib.contextmanager
    def recording(self, *arguments):
        """A recording that goes on; its output is in files, so that it is never held up by a pipe."""
        with open(self.path("stdout"), "w") as output, open(self.path("stderr"), "w") as errors:
            process = subprocess.Popen([self.program, "record", *arguments], stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=errors)
        try:
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE)

    def told(self, name="stderr"):
        return (self.directory / name).read_text(encoding="utf-8")

    def size(self, name):
        path = self.directory / name
        return path.stat().st_size if path.exists() else 0

    def camera(self, *arguments):
        camera = Camera(self.soundcamera, *arguments)
        self.addCleanup(camera.kill)
        return camera

    def codecs(self, name):
        info = GstPbutils.Discoverer.new(PATIENCE * Gst.SECOND).discover_uri(
            pathlib.Path(self.path(name)).as_uri())
        return " ".join(GstPbutils.pb_utils_get_codec_description(stream.get_caps())
                        for stream in info.get_stream_list())

    def probe(self, name):
        return json.loads(subprocess.run(
            ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_streams",
             self.path(name)], check=True, capture_output=True, timeout=PATIENCE).stdout)

    def kinds(self, name):
        return [stream["codec_type"] for stream in self.probe(name)["streams"]]

    def check_numbers(self, names, rate):
        """That numbers go up over files, and that each stands for no longer than its slot."""
        frames = [frame for name in names for frame in recorded_frames(self.path(name))]
        numbers = [number for number, _ in frames]
        self.assertEqual(numbers, sorted(numbers))
        for number in set(numbers):
            times = [utc for other, utc in frames if other == number]
            # The camera's own clock counts from its first report on, in the middle of a slot; an
            # outage that had the same number before and after it would be longer than this.
            self.assertLess(max(times) - min(times), 1e9 / rate + 3e8, number)
        return frames
