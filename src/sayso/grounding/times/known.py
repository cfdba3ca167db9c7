"""Dates that reports give without their year, and what they tell of the day a report came out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from sayso.grounding.stretches import Stretch
from sayso.grounding.times.rows import rows_about_time
from sayso.grounding.times.tense import tense_at
from sayso.knowledge import Knowledge
from sayso.record import Moment, Published, Span
from sayso.values import moment as calendar

WITH_YEAR = re.compile(r"\d{4}-\d\d-\d\d")
BEHIND_IN = re.compile(r"\b(?:in|on|since|during) (?:the )?$", re.I)
MONTHS = re.compile(r"P\d{1,3}M")


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
    """When a report came out, as far as what is inside tells; None where nothing does.

    It came out after the events it dates itself by (the rows of known_dates.toml: "the February 24 invasion", "the
    six-month war"), and not before the last date with a year that it tells as past. Its grounds are in `spans`.
    """
    told = _last_told(stretches, moments, knowledge)
    known = _by_known_dates(stretches, moments, knowledge)
    if known is None or (told is not None and known.earliest is not None and told[0].isoformat() > known.earliest):
        if told is None:
            return known
        day, span = told
        agree = known is not None and (known.latest is None or day.isoformat() < known.latest)
        spans = {span, *(known.spans if known and agree else ())}
        latest = known.latest if known and agree else None
        return Published(day.isoformat(), latest, "inferred", tuple(sorted(spans)))
    return known


def _last_told(
    stretches: Sequence[Stretch], moments: Sequence[Moment], knowledge: Knowledge
) -> tuple[date, Span] | None:
    """The latest day that a date with its year, told in the past, begins with."""
    tenses = rows_about_time(knowledge).tenses
    found = []
    for moment in moments:
        day = calendar.parsed_day(moment.timex or "") if WITH_YEAR.fullmatch(moment.timex or "") else None
        day = day or calendar.parsed_day(moment.earliest or "")
        stretch = _stretch_of(moment.span, stretches)
        if moment.type != "DATE" or moment.mod == "BEFORE" or day is None or stretch is None:
            continue
        start, end = stretch.kept.position(moment.span.start), stretch.kept.position(moment.span.end)
        said = re.search(r"(?:19|20)\d\d", stretch.text[start:end])
        if moment.granularity != "day" and not BEHIND_IN.search(stretch.text[:start]):
            continue  # "cut its 2023 forecast" tells nothing of when
        if said and int(said[0]) == day.year and tense_at(stretch, start, tenses) == "past":
            found.append((day, moment.span))
    return max(found, key=lambda told: told[0]) if found else None


def _by_known_dates(stretches: Sequence[Stretch], moments: Sequence[Moment], knowledge: Knowledge) -> Published | None:
    for of, names, words in known_years(knowledge):
        grounds = [
            moment.span
            for moment in moments
            if moment.timex == of.isoformat() and _is_near(moment.span, stretches, names, words)
        ]
        if not grounds:
            continue
        long = _months_since(stretches, moments, words)
        if long is None:
            return Published(of.isoformat(), None, "inferred", tuple(grounds[:1]))
        months, span = long
        # A war is called "six-month" from some weeks before its sixth month is full until the seventh is.
        earliest, latest = calendar.shifted(of, "month", months - 1), calendar.shifted(of, "month", months + 2)
        if earliest is not None and latest is not None:
            spans = tuple(sorted((grounds[0], span)))
            return Published(earliest.isoformat(), latest.isoformat(), "inferred", spans)
    return None


def _stretch_of(span: Span, stretches: Sequence[Stretch]) -> Stretch | None:
    """The sentence that holds a place."""
    for stretch in stretches:
        if stretch.kept.pieces and stretch.kept.pieces[0].start <= span.start < stretch.kept.pieces[-1].end:
            return stretch
    return None


def _is_near(span: Span, stretches: Sequence[Stretch], names: re.Pattern[str], words: frozenset[str]) -> bool:
    """Whether the sentence of a date names the event that a row of known_dates.toml dates."""
    stretch = _stretch_of(span, stretches)
    return stretch is not None and bool(names.search(stretch.text)) and any(w in stretch.text.lower() for w in words)


def _months_since(
    stretches: Sequence[Stretch], moments: Sequence[Moment], words: frozenset[str]
) -> tuple[int, Span] | None:
    for moment in moments:
        stretch = _stretch_of(moment.span, stretches)
        if moment.type != "DURATION" or stretch is None or not MONTHS.fullmatch(moment.timex or ""):
            continue
        at = stretch.kept.position(moment.span.end)
        after = stretch.text[at : at + 12].lower()
        if any(after.lstrip(" -").startswith(word) for word in words):
            return int((moment.timex or "P0M")[1:-1]), moment.span
    return None
