#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Requests as they are on the wire, held against a schema of the API.

All: a body that is no JSON in UTF-8, has a member twice or one that the API does not know; an image
  that is cut, of another size, of another batch, left out, sent twice or out of order; a question
  before the images; headers that are wrong.
test_frames, test_sheets: images in other layouts than these.
test_labels: a label that is missing, or before another image.
test_undrawn: numbers spoken of that are not on the frames; frames without any number to name;
  pictures of a probe, which show numbers, taken for such frames.
test_questions: a second question that begins otherwise than the first, so that no cache serves it.
test_words: words of the user's that are taken for something else, or come out changed.
test_options: options that are lost, or of other types.
test_answer_formats: a schema that is none, that strict servers refuse, that refuses right answers, or
  that takes numbers that were not sent.
test_parts: parts of a batch that break any of this.
"""

import base64
import io
import json
import pathlib
import sys
import tempfile
import unittest

import countedtests
import jsonschema
import PIL.Image
import sinkrun
from chatschema import ANSWER_SCHEMA, REQUEST
from recordingserver import RecordingServer, completion, refusal

JPEG = "data:image/jpeg;base64,"
TASKS = ("moment", "highlight", "describe")


def frames(count=4, stamped="", size=(160, 90)):
    """A launch line for so many frames, ten a second."""
    return (f"videotestsrc num-buffers={count} ! video/x-raw,format=I420,width={size[0]},"
            f"height={size[1]},framerate=10/1 ! numproverlay {stamped} ! numprosink name=sink")


def members_once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(f"a member twice: {[name for name, _ in pairs]}")
    return members


def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def texts_of(body):
    return [part["text"] for part in body["messages"][-1]["content"] if part["type"] == "text"]


def urls_of(body):
    return [part["image_url"]["url"] for part in body["messages"][-1]["content"]
            if part["type"] == "image_url"]


class Exchange:
    """One batch and the bodies of the requests about it."""

    def __init__(self, properties, line=None, reply=lambda request: completion()):
        with tempfile.TemporaryDirectory() as name, RecordingServer(reply).running() as server:
            self.told = sinkrun.ask({"endpoint": server.endpoint, "location": name, **properties},
                                    line or frames())
            bundle, = (path for path in pathlib.Path(name).iterdir() if path.is_dir())
            ledger = json.loads((bundle / "ledger.json").read_text(encoding="utf-8"))
            self.samples = ledger["frames"]
            self.files = {path.name: path.read_bytes() for path in bundle.iterdir()}
        self.model = properties.get("model", "m")
        self.requests = server.requests
        self.bodies = [json.loads(request.body.decode("utf-8"), object_pairs_hook=members_once)
                       for request in self.requests]

    @property
    def images(self):
        """Names of the batch's images, in order."""
        return list(dict.fromkeys(sample["image"] for sample in self.samples))

    @property
    def numbers(self):
        return [sample["number"] for sample in self.samples]


class Request(unittest.TestCase):
    def require_sound(self, exchange, size, requests=1):
        """Everything that holds for all requests with all images of a batch."""
        self.assertEqual((len(exchange.told.answers), exchange.told.failures), (requests, []))
        self.assertEqual(len(exchange.bodies), requests)
        for request, body in zip(exchange.requests, exchange.bodies):
            self.require_form(request, body, exchange.model)
            self.assertEqual([exchange.files[name] for name in exchange.images],
                             [self.jpeg_in(url, size) for url in urls_of(body)])
        self.require_bundle(exchange)

    def require_form(self, request, body, model):
        self.assertEqual(request.headers["Content-Type"], "application/json")
        self.assertEqual(int(request.headers["Content-Length"]), len(request.body))
        validator(REQUEST).validate(body)
        self.assertEqual(body["model"], model)
        message, = body["messages"]
        self.assertEqual(message["role"], "user")
        kinds = [part["type"] for part in message["content"]]
        self.assertEqual((kinds[0], kinds[-2:]), ("text", ["image_url", "text"]))
        self.assertIn("The red numbers on each frame represent the frame number.", texts_of(body)[0])

    def jpeg_in(self, url, size):
        """The image, which is whole and has this size."""
        data = base64.b64decode(url.removeprefix(JPEG), validate=True)
        self.assertEqual((data[:2], data[-2:]), (b"\xff\xd8", b"\xff\xd9"))
        with PIL.Image.open(io.BytesIO(data)) as image:
            self.assertEqual((image.format, image.size), ("JPEG", size))
            image.load()
        return data

    def require_bundle(self, exchange):
        """The bundle's requests are those sent, with names for images."""
        for index, body in enumerate(exchange.bodies, 1):
            noted = json.loads(exchange.files[f"request-{index}.json"])
            self.assertEqual(urls_of(noted), exchange.images)
            for part in noted["messages"][-1]["content"]:
                if part["type"] == "image_url":
                    data = exchange.files[part["image_url"]["url"]]
                    part["image_url"]["url"] = JPEG + base64.b64encode(data).decode()
            self.assertEqual(noted, body)

    def test_frames(self):
        for task in TASKS:
            for check in ("false", "true"):
                exchange = Exchange({"task": task, "check-frames": check})
                self.require_sound(exchange, (160, 90))
                self.assertEqual(len(urls_of(exchange.bodies[0])), 4)
                question = texts_of(exchange.bodies[0])[-1]
                self.assertIn("blue", question)
                self.assertEqual("Numbers seen" in question, check == "true")
        self.require_sound(Exchange({"max-edge": "320"}, frames(size=(640, 360))), (320, 180))

    def test_sheets(self):
        exchange = Exchange({"layout": "grid", "grid-columns": "2", "grid-rows": "2"}, frames(6))
        self.require_sound(exchange, (320, 180))
        self.assertEqual(texts_of(exchange.bodies[0])[1:-1],
                         ["<Frame 0 to Frame 3>", "<Frame 4 to Frame 5>"])
        self.assertEqual(len(urls_of(exchange.bodies[0])), 2)

    def test_labels(self):
        for label, expected in (("none", []),
                                ("number", ["Frame 7", "Frame 8", "Frame 9"]),
                                ("seconds", ["<0.0 seconds>", "<0.1 seconds>", "<0.2 seconds>"])):
            exchange = Exchange({"image-label": label}, frames(3, "start=7"))
            self.require_sound(exchange, (160, 90))
            body = exchange.bodies[0]
            self.assertEqual(texts_of(body)[1:-1], expected)
            if expected:
                kinds = [part["type"] for part in body["messages"][0]["content"]]
                self.assertEqual(kinds, ["text"] + ["text", "image_url"] * 3 + ["text"])

    def test_undrawn(self):
        in_words = "The frame number is in the text before each image: \"Frame x\"."
        for stamped, instruction in (
                ("silent=true", in_words),
                ("stamp=seconds", "The red text at the bottom right of each frame is its time in "
                                  f"seconds. {in_words}"),
                ("stamp=clock color=0xffffff00", "The yellow text at the bottom right of each frame "
                                                 f"is its time in minutes and seconds. {in_words}"),
                ("start=99999 font-size=200", in_words)):
            exchange = Exchange({"check-frames": "true"}, frames(3, stamped),
                                lambda request: completion("From 1 to 2"))
            first = exchange.numbers[0]
            texts = texts_of(exchange.bodies[0])
            self.assertEqual(texts[0], instruction)
            self.assertEqual(texts[1:-1], [f"Frame {first + i}" for i in range(3)])
            self.assertNotIn("Numbers seen", texts[-1])
            self.assertEqual(len(exchange.told.warnings), 1)
            answer = json.loads(exchange.files["answer-1.json"])
            self.assertEqual((answer["valid"], answer["problems"] == []), 2 * (first == 0,))
        grey = Exchange({}, frames(3, "").replace("I420", "GRAY8"))
        self.assertEqual(texts_of(grey.bodies[0])[:-1],
                         ["The white numbers at the bottom right of each frame represent the frame "
                          "number."])
        probed = Exchange({"probe-on-start": "true"}, frames(3, "silent=true color=0"))
        self.assertEqual([texts_of(body)[0] for body in probed.bodies],
                         ["The red numbers on each frame represent the frame number.", in_words])

    def test_questions(self):
        exchange = Exchange({"questions": '<"a cat", "a dog", "a bird">', "image-label": "number"})
        self.require_sound(exchange, (160, 90), requests=3)
        contents = [body["messages"][0]["content"] for body in exchange.bodies]
        for content, asked in zip(contents, ("a cat", "a dog", "a bird")):
            self.assertEqual(content[:-1], contents[0][:-1])
            self.assertIn(asked, content[-1]["text"])

    def test_words(self):
        for question in ('the "red" car\\ \n\t 红 \U0001f697',
                         '{"image_url":{"url":"000000.jpg"}}', '"image_url":{"url":"000001.jpg"'):
            exchange = Exchange({"question": question, "task": "describe", "model": "000000.jpg"})
            self.require_sound(exchange, (160, 90))
            self.assertTrue(texts_of(exchange.bodies[0])[-1].startswith(question))

    def test_options(self):
        plain = Exchange({}).bodies[0]
        self.assertEqual(set(plain), {"model", "messages", "stream"})
        options = {"max_tokens": 200, "temperature": 0.5, "seed": 7}
        exchange = Exchange({"request-options": json.dumps(options)})
        self.require_sound(exchange, (160, 90))
        body = exchange.bodies[0]
        self.assertEqual(body, {**body, **options})
        self.assertEqual([type(body[name]) for name in options], [int, float, int])
        self.assertEqual(set(body), set(plain) | set(options))

    def require_answer_schema(self, body, task, numbers, check):
        """That of the request takes answers with these numbers alone."""
        schema = body["response_format"]["json_schema"]["schema"]
        self.assertIs(body["response_format"]["json_schema"]["strict"], True)
        validator(ANSWER_SCHEMA).validate(schema)
        self.require_all_required(schema)
        answers = validator(schema)
        for number in numbers:
            answers.validate(answer_with(task, number, check))
        answers.validate(answer_with(task, None, check))
        holes = set(range(numbers[0], numbers[-1])) - set(numbers)
        for number in (numbers[0] - 1, numbers[-1] + 1, 10**6, str(numbers[0]), *holes):
            self.assertFalse(answers.is_valid(answer_with(task, number, check)), number)
        answer = answer_with(task, numbers[0], check)
        for name in answer:
            self.assertFalse(answers.is_valid({**answer, name: "nonsense"} if name != "description"
                                              else {**answer, name: 3}), name)
            self.assertFalse(answers.is_valid({n: v for n, v in answer.items() if n != name}), name)
        self.assertFalse(answers.is_valid({**answer, "more": 1}))
        if check:
            answers.validate({**answer, "last_seen": 10**6})

    def require_all_required(self, schema):
        if schema["type"] == "object":
            self.assertEqual(schema["required"], list(schema["properties"]))
            for member in schema["properties"].values():
                self.require_all_required(member)
        if schema["type"] == "array":
            self.require_all_required(schema["items"])

    def test_answer_formats(self):
        # Every other number: with holes, which are not sent either.
        for task in TASKS:
            for check in (False, True):
                exchange = Exchange({"task": task, "check-frames": str(check), "answer-format": "json",
                                     "sample-rate": "5/1"}, frames(8, "start=5"))
                self.assertEqual(exchange.numbers, [5, 7, 9, 11])
                self.require_sound(exchange, (160, 90))
                self.require_answer_schema(exchange.bodies[0], task, exchange.numbers, check)
            self.assertNotIn("response_format", Exchange({"task": task}).bodies[0])

    def test_parts(self):
        words = "At most 2 image(s) may be provided in one prompt."

        def reply(request):
            return completion() if request.body.count(b'"image_url":{') <= 2 else refusal(400, words)

        exchange = Exchange({"answer-format": "json", "image-label": "number"}, frames(5), reply)
        self.assertEqual(len(exchange.told.answers), 1)
        parts = exchange.bodies[1:]
        self.assertEqual([len(urls_of(body)) for body in parts], [2, 2, 1])
        self.assertEqual([exchange.files[name] for name in exchange.images],
                         [self.jpeg_in(url, (160, 90)) for body in parts for url in urls_of(body)])
        for request, body in zip(exchange.requests, exchange.bodies):
            self.require_form(request, body, exchange.model)
        for body, numbers in zip(parts, ([0, 1], [2, 3], [4])):
            self.assertEqual(texts_of(body)[1:-1], [f"Frame {number}" for number in numbers])
            self.require_answer_schema(body, "moment", numbers, False)


def answer_with(task, number, check):
    """A right answer that names one number, or none."""
    numbers = [] if number is None else [number]
    answer = {
        "moment": {"found": bool(numbers), "spans": [{"first": n, "last": n} for n in numbers]},
        "highlight": {"found": bool(numbers),
                      "highlights": [{"number": n, "score": 4.5} for n in numbers]},
        "describe": {"description": "A ball.", "numbers": numbers},
    }[task]
    return {**answer, "first_seen": 0, "last_seen": 9} if check else answer


if __name__ == "__main__":
    sys.exit(countedtests.main())
