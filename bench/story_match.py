"""Finds the statements and events of a key in readings: what the benches of stories need to compare by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.keying import reader_text
from bench.keys import anchored, load_key
from bench.story import report_of
from sayso.record import Event, Reading, Span, Statement

Json = dict[str, Any]
Id = tuple[str, str]
"""The number of a report and the id of something in it."""


@dataclass(frozen=True)
class Matched:
    """What of the key's reports the readings have, by number of report and id, both ways."""

    statements: dict[Id, str]  # the key's id → the reading's
    events: dict[Id, str]
    key_statements: dict[Id, str]  # the reading's id → the key's
    keys: dict[str, Json]


def matched(folder: Path, readings: dict[str, Reading]) -> Matched:
    """Each statement and event of the key with the one of the reading that shares the most of its words."""
    found = Matched({}, {}, {}, {})
    for number, reading in sorted(readings.items()):
        report = report_of(folder, number)
        text = reading.page.report.text
        key = anchored(load_key(folder / "key" / f"{report.stem}.json"), reader_text(report), text)
        found.keys[number] = key
        for wanted, given in _pairs(key["statements"], reading.statements, _statement_closeness):
            found.statements[number, wanted["id"]] = given.id
            found.key_statements[number, given.id] = wanted["id"]
        for wanted in key["events"]:
            best = max(reading.events, key=lambda event: _event_closeness(wanted, event), default=None)
            if best is not None and _event_closeness(wanted, best) > 0:
                found.events[number, wanted["id"]] = best.id
    return found


def _pairs(wanted: Iterable[Json], given: Iterable[Any], closeness: Any) -> list[tuple[Json, Any]]:
    """The closest pairs first, each side used once."""
    left, right = list(wanted), list(given)
    scores = sorted(
        ((closeness(one, two), -i, -j) for i, one in enumerate(left) for j, two in enumerate(right)), reverse=True
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    found = []
    for score, i, j in scores:
        if score > 0 and i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            found.append((left[-i], right[-j]))
    return found


def _statement_closeness(wanted: Json, given: Statement) -> float:
    """The share of words in common, and a little for a common cue or name; 0 without common words."""
    ours, theirs = _letters(wanted["words"]), _letters(_spans(given.words))
    if not ours or not theirs:
        ours, theirs = _letters([wanted["cue"]]), _letters(_spans([given.cue]))
    common = len(ours & theirs) / max(1, len(ours | theirs))
    if not common:
        return 0.0
    return common + 0.3 * _meet(wanted["cue"], given.cue) + 0.3 * _meet(wanted["who"], given.who)


def _event_closeness(wanted: Json, given: Event) -> float:
    if _meet(wanted["trigger"], given.trigger):
        return 3.0
    if any(_meet(span, given.trigger) for span in wanted["also"]):
        return 2.0
    return 1.0 if any(_meet(wanted["trigger"], span) for span in given.also) else 0.0


def _meet(one: Any, two: Span | None) -> bool:
    return bool(one) and two is not None and one[0] < two.end and two.start < one[1]


def _spans(spans: Iterable[Span | None]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans if span is not None]


def _letters(spans: Iterable[Any]) -> frozenset[int]:
    return frozenset(i for span in spans if span for i in range(*span))
