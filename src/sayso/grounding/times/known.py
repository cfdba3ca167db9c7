"""Dates that reports give without their year, and what they tell of the day a report came out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from sayso.grounding.stretches import Stretch
from sayso.knowledge import Knowledge
from sayso.record import Moment, Published, Span
from sayso.values import moment as calendar


def known_years(knowledge: Knowledge) -> list[tuple[date, re.Pattern[str], frozenset[str]]]:
    """The rows of known_dates.toml: a day, the names it goes with, and the words one of which must stand near."""
    known = []
    for row in knowledge.rows("known_dates"):
        names = "|".join(map(re.escape, row["names"]))
        words = frozenset(word.lower() for word in row["words"])
        known.append((date.fromisoformat(row["date"]), re.compile(rf"\b(?:{names})", re.I), words))
    return known


def near_known(
    stretch: Stretch, known: list[tuple[date, re.Pattern[str], frozenset[str]]]
) -> Callable[[str, int, int], int | None]:
    """What gives the year of a yearless day where its sentence names the event it is known for."""

    def year(text: str, number_of_month: int, day: int) -> int | None:
        for of, names, words in known:
            if (of.month, of.day) == (number_of_month, day) and names.search(text):
                lowered = text.lower()
                if any(word in lowered for word in words):
                    return of.year
        return None

    return year


def inferred_publication(
    stretches: Sequence[Stretch], moments: Sequence[Moment], knowledge: Knowledge
) -> Published | None:
    """When a report came out, as far as the events it dates itself by tell: the rows of known_dates.toml.

    Its grounds are the stretches in `spans`. Gives None where the text holds none.
    """
    earliest: date | None = None
    latest: date | None = None
    spans: list[Span] = []
    for of, names, words in known_years(knowledge):
        grounds = [
            moment.span
            for moment in moments
            if moment.timex == of.isoformat() and _is_near(moment.span, stretches, names, words)
        ]
        if not grounds:
            continue
        earliest, latest, spans = of, None, grounds[:1]
        long = _months_since(stretches, moments, words)
        if long is not None:
            months, span = long
            # A war is called "six-month" from some weeks before its sixth month is full until the seventh is.
            earliest = calendar.shifted(of, "month", months - 1)
            latest = calendar.shifted(of, "month", months + 2)
            spans.append(span)
        break
    if earliest is None:
        return None
    return Published(earliest.isoformat(), latest.isoformat() if latest else None, "inferred", tuple(sorted(spans)))


def _is_near(span: Span, stretches: Sequence[Stretch], names: re.Pattern[str], words: frozenset[str]) -> bool:
    """Whether the sentence of a date names the event that a row of known_dates.toml dates."""
    for stretch in stretches:
        if stretch.kept.pieces and stretch.kept.pieces[0].start <= span.start < stretch.kept.pieces[-1].end:
            return bool(names.search(stretch.text)) and any(word in stretch.text.lower() for word in words)
    return False


def _months_since(
    stretches: Sequence[Stretch], moments: Sequence[Moment], words: frozenset[str]
) -> tuple[int, Span] | None:
    for moment in moments:
        if moment.type != "DURATION" or not re.fullmatch(r"P\d{1,3}M", moment.timex or ""):
            continue
        for stretch in stretches:
            if stretch.kept.pieces and stretch.kept.pieces[0].start <= moment.span.start < stretch.kept.pieces[-1].end:
                at = stretch.kept.position(moment.span.end)
                after = stretch.text[at : at + 12].lower()
                if any(after.lstrip(" -").startswith(word) for word in words):
                    return int((moment.timex or "P0M")[1:-1]), moment.span
    return None
