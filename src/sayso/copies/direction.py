"""Which of two copies was made of the other: by time, credits and signs that only a copy shows. It may stay unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.record import Anchor, Reason, Span
from sayso.values.name import same_person
from sayso.values.spelling import levelled

if TYPE_CHECKING:
    from sayso.copies.likeness import Likeness
    from sayso.copies.prints import Print

WHOLE, PART = 0.9, 0.75
ENOUGH = 2
"""So much more must speak for one direction than for the other."""
WEIGHTS = {
    "credits_the_other": 3,
    "came_out_later": 3,
    "shows_signs_of_a_copy": 2,
    "names_the_other": 1,
    "is_a_part": 1,
}
"""What each argument counts that a report was copied from the other."""


@dataclass(frozen=True, slots=True)
class Direction:
    """The report that the other was made of, or None where that is not known; `reasons` speak for it or against it."""

    of: str | None
    reasons: tuple[Reason, ...] = ()


def direction(here: Print, there: Print, likeness: Likeness) -> Direction:
    """Who copied whom, of two reports that are one telling. `likeness` is `compare(here, there)`.

    Two that both show a third's credit, or whose arguments clash, stay unknown.
    """
    ours = _later(here, there, likeness.covered_here, likeness.covered_there)
    theirs = _later(there, here, likeness.covered_there, likeness.covered_here)
    more = sum(WEIGHTS[one.name] for one in ours) - sum(WEIGHTS[one.name] for one in theirs)
    shared = _shared_byline(here, there)
    if abs(more) < ENOUGH:
        against = tuple(_against(one) for one in (*ours, *theirs))
        return Direction(None, against + shared)
    kept, others, of = (ours, theirs, there.report) if more > 0 else (theirs, ours, here.report)
    return Direction(of, (*kept, *map(_against, others), *shared))


def _against(reason: Reason) -> Reason:
    return Reason(reason.name, False, reason.says, reason.here, reason.there)


def _later(copy: Print, original: Print, covered: float, covered_original: float) -> list[Reason]:
    """What speaks for `copy` having been made of `original`."""
    found = [*_credits(copy, original), *_time(copy, original)]
    if copy.credited.signs and not original.credited.signs:
        sign = copy.credited.signs[0]
        says = f"One copy shows {sign.name.replace('_', ' ')}, as copies do; the other shows no sign of it."
        found.append(Reason("shows_signs_of_a_copy", True, says, _anchor(copy, sign.span)))
    if covered >= WHOLE and covered_original <= PART:
        says = f"All of the shorter stands in the longer, which has {100 - round(100 * covered_original)} % more."
        found.append(Reason("is_a_part", True, says, _anchor(copy), _anchor(original)))
    return found


def _credits(copy: Print, original: Print) -> list[Reason]:
    house, own = original.credited.house, copy.credited.house
    if house is None:
        return []
    is_others = own is None or not _same(own.name, house.name)
    is_foreign = copy.credited.publisher is not None and not _same(copy.credited.publisher.name, house.name)
    for credit in copy.credited.agencies if is_foreign else ():
        if _same(credit.name, house.name):
            says = f"It credits {credit.name}, whose report the other is."
            return [Reason("credits_the_other", True, says, _anchor(copy, credit.span), _anchor(original, house.span))]
    for credit in copy.credited.named if is_others else ():
        if _same(credit.name, house.name):
            says = f"It names {credit.name}, whose report the other is, and is not known to be {credit.name}’s own."
            return [Reason("names_the_other", True, says, _anchor(copy, credit.span), _anchor(original, house.span))]
    return []


def _time(copy: Print, original: Print) -> list[Reason]:
    earliest, latest = copy.credited.published.earliest, original.credited.published.latest
    if not earliest or not latest or latest > earliest:
        return []
    says = f"The one came out before {latest}, the other not before {earliest}."
    return [
        Reason(
            "came_out_later",
            True,
            says,
            _anchor(copy, next(iter(copy.credited.published.spans), None)),
            _anchor(original, next(iter(original.credited.published.spans), None)),
        )
    ]


def _shared_byline(here: Print, there: Print) -> tuple[Reason, ...]:
    """Writers that both name: that it is one telling, not which way it went."""
    for one in here.credited.writers:
        for two in there.credited.writers:
            if same_person(one.name, two.name) in ("same", "spelling", "full_name", "initial"):
                says = f"Both are credited to {one.name}."
                return (Reason("shared_byline", True, says, _anchor(here, one.span), _anchor(there, two.span)),)
    return ()


def _same(one: str, two: str) -> bool:
    return levelled(one).removeprefix("the ") == levelled(two).removeprefix("the ")


def _anchor(one: Print, span: Span | None = None) -> Anchor | None:
    if span is not None:
        return Anchor(one.report, span)
    return Anchor(one.report, Span(one.sentences[0].start, one.sentences[-1].end)) if one.sentences else None
