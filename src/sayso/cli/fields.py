"""Fields as they are typed for a correction: `act=denies`, `speaker=Osk@120-123`, `words="no shots were fired"`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.cli.speaking import misused
from sayso.record import CORRECTABLE, Anchor, Correction, Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

PLACE = re.compile(r"(?P<after>.*?)@(?P<start>\d+)-(?P<end>\d+)", re.DOTALL)
NAMES = tuple(dict.fromkeys(field for fields in CORRECTABLE.values() for field in fields))
HELP = (
    "a field and what it should be, as in act=denies, where=Salto or how_many='at least 12 killed'; @120-180 behind it "
    "says which characters of the report show it. Fields of a statement: "
    f"{', '.join(CORRECTABLE['statement'])}; of an event: {', '.join(CORRECTABLE['event'])}"
)


def typed_fields(case: Case, report: str, typed: Sequence[str]) -> tuple[Correction, ...]:
    """What was typed, as corrections of a part of a report; words without a place are looked for in its text."""
    return tuple(_field(case, report, one) for one in typed)


def _field(case: Case, report: str, typed: str) -> Correction:
    name, is_told, after = typed.partition("=")
    if not is_told or name not in NAMES:
        misused(f"--field takes FIELD=VALUE, with one of the fields {', '.join(NAMES)}; {typed!r} was given.")
    placed = PLACE.fullmatch(after)
    if placed:
        anchor = Anchor(report, Span(int(placed["start"]), int(placed["end"])))
        return Correction(name, None, placed["after"] or None, anchor)
    if name == "words":
        return Correction(name, None, None, _found(case, report, after))
    return Correction(name, None, after)


def _found(case: Case, report: str, words: str) -> Anchor:
    """The one place of a report where words stand, whatever blanks and lines part them."""
    from sayso.ledger.asking.reports import report as page_of

    page = page_of(case, report)
    text = page.reading.page.report.text
    pattern = r"\s+".join(map(re.escape, words.split()))
    places = [*re.finditer(pattern, text)] if pattern else []
    if len(places) != 1:
        how_often = "do not stand in it" if not places else f"stand in it {len(places)} times"
        misused(f"the words {words!r} {how_often}. Write words=@START-END with the characters they stand at.")
    return Anchor(page.row.id, Span(*places[0].span()), places[0][0])
