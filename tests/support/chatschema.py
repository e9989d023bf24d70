# SPDX-License-Identifier: LGPL-2.1-or-later
"""JSON Schemas of the part of OpenAI's chat completions that numprosink uses.

REQUEST: the body of a request (https://platform.openai.com/docs/api-reference/chat/create). Members
  that the API does not know are errors there, and are here.
ANSWER_SCHEMA: what "strict" lets a schema in response_format have
  (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas), as far as other
  servers have it too.
"""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def object_of(required, **optional):
    """An object with these members, and no others."""
    return {"type": "object", "properties": {**required, **optional}, "required": list(required),
            "additionalProperties": False}


TEXT_PART = object_of({"type": {"const": "text"}, "text": {"type": "string", "minLength": 1}})
IMAGE_PART = object_of({
    "type": {"const": "image_url"},
    "image_url": object_of(
        {"url": {"type": "string",
                 "pattern": "^data:image/jpeg;base64,(?:[A-Za-z0-9+/]{4})*"
                            "(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"}},
        detail={"enum": ["auto", "low", "high"]})})

REQUEST = {
    "$schema": DIALECT,
    **object_of(
        {
            "model": {"type": "string", "minLength": 1},
            "messages": {
                "type": "array", "minItems": 1,
                "items": object_of({
                    "role": {"enum": ["system", "user", "assistant"]},
                    "content": {"oneOf": [
                        {"type": "string"},
                        {"type": "array", "minItems": 1,
                         "items": {"oneOf": [TEXT_PART, IMAGE_PART]}}]}})},
            # Where it is left out, some servers stream.
            "stream": {"const": False},
        },
        response_format=object_of({
            "type": {"const": "json_schema"},
            "json_schema": object_of(
                {"name": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
                 "schema": {"type": "object"}},
                description={"type": "string"}, strict={"type": "boolean"})}),
        max_tokens={"type": "integer", "minimum": 1},
        temperature={"type": "number", "minimum": 0, "maximum": 2},
        seed={"type": "integer"}),
}

ANSWER_SCHEMA = {
    "$schema": DIALECT,
    "$ref": "#/$defs/object",
    "$defs": {
        "any": {"oneOf": [{"$ref": f"#/$defs/{kind}"}
                          for kind in ("object", "array", "integer", "other")]},
        "object": object_of({
            "type": {"const": "object"},
            "properties": {"type": "object", "additionalProperties": {"$ref": "#/$defs/any"}},
            "required": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
            "additionalProperties": {"const": False}}),
        "array": object_of({"type": {"const": "array"}, "items": {"$ref": "#/$defs/any"}}),
        "integer": object_of(
            {"type": {"const": "integer"}},
            enum={"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 500,
                  "uniqueItems": True},
            minimum={"type": "integer"}, maximum={"type": "integer"}),
        "other": object_of({"type": {"enum": ["boolean", "number", "string"]}}),
    },
}
