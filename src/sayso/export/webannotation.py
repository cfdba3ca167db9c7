"""Statements and tellings as W3C Web Annotations: each stretch by position and by quotation, in Unicode code points.

One JSON object a line in `annotations.jsonl`. A target names the sealed report by its hash; its state says when it came
out and where the case keeps it. Several targets are several stretches of one statement, in order.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sayso import __version__
from sayso.accounts.tellings import sayings, tellings
from sayso.export.exporting import File, Whole, day_of, whole_file
from sayso.ledger.asking.reports import standings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.ledger.asking.answers import ReportPage
    from sayso.record import Quoted, Saying, Span, Telling

Json = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after a quotation, by which it is found again."""


def write(whole: Whole, folder: Path) -> list[File]:
    """All annotations of all reports."""
    path, count = folder / "annotations.jsonl", 0
    with whole_file(path) as made, made.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for annotation in all_annotated(whole):
            file.write(json.dumps(annotation, ensure_ascii=False, allow_nan=False) + "\n")
            count += 1
    return [File(path, count)]


def all_annotated(whole: Whole) -> Iterator[Json]:
    """All annotations of all reports, as they are written."""
    for report in whole.reports():
        yield from annotated(report)


def annotated(page: ReportPage) -> Iterator[Json]:
    """One annotation for each statement of a report, then one for each event that it tells."""
    ruled = standings_in(page)
    for saying in sayings(page.reading):
        bodies = [*_of_statement(saying), *_tag("ruled", ruled.get(saying.statement))]
        yield _annotation(page, saying.statement, bodies, _stretches(saying))
    for telling in tellings(page.reading):
        bodies = [*_of_telling(telling), *_tag("ruled", ruled.get(telling.event))]
        yield _annotation(page, telling.event, bodies, (telling.sentence, telling.trigger))


def _stretches(saying: Saying) -> tuple[Quoted, ...]:
    found = saying.words or tuple(one for one in (saying.speaker.who, saying.cue) if one)
    return tuple(found)


def _annotation(page: ReportPage, name: str, bodies: list[Json], stretches: tuple[Quoted, ...]) -> Json:
    return {
        "@context": CONTEXT,
        "id": f"urn:sayso:{page.row.id}#{name}",
        "type": "Annotation",
        "motivation": ["identifying", "tagging"],
        "creator": _creator(page, name),
        "created": _current(page),
        "body": bodies,
        "target": [_target(page, stretch.span) for stretch in stretches],
    }


def _creator(page: ReportPage, name: str) -> Json:
    """Who made it: the program, or whoever added what the program missed."""
    added = next((one for one in page.ruled if one.part == name and one.standing == "added"), None)
    return {"type": "Person", "name": added.who} if added else {"type": "Software", "name": f"sayso {__version__}"}


def _current(page: ReportPage) -> str:
    return next(version.read_at for version in page.readings if version.current)


def _tag(name: str, value: str | None) -> list[Json]:
    return [{"type": "TextualBody", "purpose": "tagging", "value": f"{name}:{value}"}] if value else []


def _of_statement(saying: Saying) -> list[Json]:
    speaker = saying.speaker
    return [
        {"type": "TextualBody", "purpose": "identifying", "value": speaker.name},
        *_tag("act", saying.act),
        *_tag("silence", saying.silence),
        *_tag("quotation", saying.quotation),
        *_tag("party", speaker.party),
        *(tag for one in saying.via for tag in _tag("via", one.kind)),
        *(tag for one in saying.relayed_by for tag in _tag("relayed by", one.name)),
    ]


def _of_telling(telling: Telling) -> list[Json]:
    tellers = [
        (teller.saying.speaker.name if teller.saying else "the newsroom", teller.status) for teller in telling.tellers
    ]
    return [
        *_tag("event", telling.kind),
        *_tag("acled", telling.acled),
        *_tag("plover", telling.plover),
        *(tag for name, status in tellers for tag in _tag("told by", f"{name}, as {status}")),
    ]


def _target(page: ReportPage, span: Span) -> Json:
    text = page.reading.page.report.text
    sealed = page.row.id.removeprefix("sha256:")
    state: Json = {"type": "TimeState", "cached": f"file:originals/{sealed[:2]}/{sealed}"}
    day = day_of(page.row.published)
    if day is not None:
        state["sourceDate"] = f"{day}T00:00:00Z"
    return {
        "source": f"urn:{page.row.id}",
        "state": state,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - AROUND) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
        ],
    }
