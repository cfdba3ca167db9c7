"""Laws 1 and 2 of the record, as questions to one reading's JSON object: what breaks them, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

WORDED = ("words", "hedges", "mentions", "spans", "weapons", "also")


def broken_laws(reading: dict[str, Any]) -> list[str]:
    """Everything in a reading that breaks a law, in words."""
    return [
        *_spans_outside(reading),
        *_spans_over_cuts(reading),
        *_overlapping_statements(reading),
        *_upside_down(reading),
    ]


def _spans(node: Any, path: str = "") -> Iterator[tuple[str, list[int]]]:
    """Every `[start, end]` of a reading with the path that leads to it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "text":
                yield from _spans(value, f"{path}/{key}")
    elif isinstance(node, list):
        if len(node) == 2 and all(isinstance(part, int) for part in node):
            yield path, node
        else:
            for value in node:
                yield from _spans(value, path)


def _spans_outside(reading: dict[str, Any]) -> Iterator[str]:
    for path, (start, end) in _spans(reading):
        if not 0 <= start < end <= len(reading["text"]):
            yield f"{path} [{start}, {end}] is not a stretch of the text"
        elif reading["text"][start:end].strip() == "":
            yield f"{path} [{start}, {end}] holds no word"


def _spans_over_cuts(reading: dict[str, Any]) -> Iterator[str]:
    """No words, cue, name, number, time or place overlaps a cut; sections, sentences and quotations may hold one."""
    cuts = [cut["span"] for cut in reading["cuts"]]
    may_hold = (
        "/cuts/span",
        "/sections/",
        "/sentences",
        "/quotations/span",
        "/report/condition/spans",
        "/problems/span",
    )
    for path, (start, end) in _spans(reading):
        if path.startswith(may_hold):
            continue
        for first, last in cuts:
            if start < last and first < end:
                yield f"{path} [{start}, {end}] {reading['text'][start:end]!r} overlaps a cut"


def _overlapping_statements(reading: dict[str, Any]) -> Iterator[str]:
    for statement in reading["statements"]:
        parts = [*statement["words"], *(part for part in (statement["cue"], statement["who"]) if part)]
        for number, (start, end) in enumerate(parts):
            for first, last in parts[number + 1 :]:
                if start < last and first < end:
                    yield f"{statement['id']}: {reading['text'][start:end]!r} overlaps {reading['text'][first:last]!r}"


def _upside_down(reading: dict[str, Any]) -> Iterator[str]:
    for quantity in reading["quantities"]:
        if None not in (quantity["low"], quantity["high"]) and quantity["low"] > quantity["high"]:
            yield f"{quantity['id']}: low is above high"
    for moment in reading["moments"]:
        if moment["earliest"] and moment["latest"] and moment["earliest"] >= moment["latest"]:
            yield f"{moment['id']}: earliest is not before latest"
