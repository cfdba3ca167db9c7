"""Writes docs/ledger.schema.json from the nouns: `python -m tests.export.ledger_schema` at the root of the checkout."""

from __future__ import annotations

import json
import types
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from sayso.export.ledger_json import KINDS, TALLIES
from sayso.record import FORMAT, Reading, Span

FILE = Path(__file__).parents[2] / "docs" / "ledger.schema.json"
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
SPAN = {
    "description": "Half-open offsets into the report's text, in Unicode code points; of `matches`, into `words`.",
    "type": "array",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 2,
    "maxItems": 2,
}
WIDTH = 120
READING = {"$ref": "record.schema.json"}
Json = dict[str, Any]


def schema() -> Json:
    """The JSON Schema of every answer."""
    defs: dict[str, Json] = {"span": SPAN}
    answers = [_answer(cls, kind, defs) for cls, kind in KINDS.items()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What a case answers, as `--json` and `sayso.export.ledger_json` give it",
        "description": "Every key is present; absent is null or []. `answer` says what it is.",
        "oneOf": answers,
        "$defs": dict(sorted(defs.items())),
    }


def _answer(cls: type, kind: str, defs: dict[str, Json]) -> Json:
    told = _object(cls, defs)
    named = {"format": {"const": FORMAT}, "answer": {"const": kind}, **told["properties"]}
    return {**told, "title": kind, "required": list(named), "properties": named}


def _object(cls: type, defs: dict[str, Json]) -> Json:
    hints = get_type_hints(cls)
    tallies = TALLIES.get(cls, ())
    told = {
        field.name: _tally(hints[field.name]) if field.name in tallies else _of(hints[field.name], defs)
        for field in fields(cls)
    }
    first = (cls.__doc__ or "").strip().split("\n")[0]
    return {
        "description": first,
        "type": "object",
        "additionalProperties": False,
        "required": list(told),
        "properties": told,
    }


def _of(hint: Any, defs: dict[str, Json]) -> Json:
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    if hint is Span:
        return {"$ref": "#/$defs/span"}
    if hint is Reading:
        return READING
    if is_dataclass(hint) and isinstance(hint, type):
        return _ref(hint, defs)
    if get_origin(hint) in (Union, types.UnionType):
        (one,) = (one for one in get_args(hint) if one is not type(None))
        told = _of(one, defs)
        return {"type": [told["type"], "null"]} if one in PLAIN else {"anyOf": [told, {"type": "null"}]}
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return {"type": "array", "items": _of(get_args(hint)[0], defs)}
    if get_origin(hint) is tuple:
        return {"type": "array", "prefixItems": [_of(one, defs) for one in get_args(hint)], "items": False}
    raise TypeError(f"{hint} has no form in JSON")


def _ref(cls: type, defs: dict[str, Json]) -> Json:
    name = "".join(f"_{char.lower()}" if char.isupper() else char for char in cls.__name__).strip("_")
    if name not in defs:
        defs[name] = {}  # so that a noun can hold its own kind
        defs[name] = _object(cls, defs)
    return {"$ref": f"#/$defs/{name}"}


def _tally(hint: Any) -> Json:
    (pair, _) = get_args(hint)
    return {"type": "object", "additionalProperties": {"type": PLAIN[get_args(pair)[1]]}}


def text() -> str:
    """The schema as it stands in the file: what is short is on one line."""
    return _laid_out(schema(), 0) + "\n"


def _laid_out(value: Any, depth: int) -> str:
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or depth + len(short) <= WIDTH:
        return short
    inner = "\n" + " " * (depth + 1)
    if isinstance(value, list):
        return "[" + ",".join(inner + _laid_out(one, depth + 1) for one in value) + "\n" + " " * depth + "]"
    rows = (f"{inner}{json.dumps(name)}: {_laid_out(held, depth + 1)}" for name, held in value.items())
    return "{" + ",".join(rows) + "\n" + " " * depth + "}"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
