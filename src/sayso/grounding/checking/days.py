"""Days that must go together: a weekday and its date, the ends of a stretch, and when the report came out."""

from __future__ import annotations

import itertools
import re
from datetime import date

from sayso.grounding.checking.words import between, read, verdict
from sayso.grounding.times import rows_about_time
from sayso.knowledge import Knowledge
from sayso.record import Check, Grounds, Moment, Page, Published, Span
from sayso.values.moment import anchor, parsed_day

NEAR_DAYS = 60
"""A date without its year this close to the publication has that year; one further off may have another."""
BESIDE = re.compile(r"^\s*[,(]\s*$")
YEAR = re.compile(r"\b\d{4}\b")
DAY = re.compile(r"\d")


def weekdays(page: Page, grounds: Grounds, knowledge: Knowledge) -> list[Check]:
    """Compare a weekday with the date beside it, where the date's year is told or near the publication."""
    numbers = rows_about_time(knowledge).weekdays
    names = {number: name.title() for name, number in numbers.items()}
    weekday = re.compile(rf"\b(?:{'|'.join(numbers)})\b", re.I)
    checks = []
    for moment, span in _dated(page, grounds):
        words = read(page, span.start, span.end)
        named = weekday.search(words)
        day = _day(moment)
        if named is None or day is None or not (YEAR.search(words) or _is_near(day, _published(page, grounds))):
            continue
        stated = numbers[named[0].lower()]
        holds = day.weekday() == stated
        says = f"{day.isoformat()} is a {names[day.weekday()]}, stated {names[stated]}: {verdict(holds)}"
        checks.append(Check("weekday", holds, (span,), says))
    return checks


def _dated(page: Page, grounds: Grounds) -> list[tuple[Moment, Span]]:
    """Every date with figures in it, and its stretch with a weekday right before it: "Monday (September 15)"."""
    found = [(moment, moment.span) for moment in grounds.moments if _has_day(page, moment)]
    pairs = itertools.pairwise(sorted(grounds.moments, key=lambda moment: moment.span))
    for one, two in pairs:
        if not _has_day(page, one) and _has_day(page, two) and BESIDE.match(between(page, one.span, two.span)):
            found.append((two, Span(one.span.start, two.span.end)))
    return found


def _has_day(page: Page, moment: Moment) -> bool:
    return DAY.search(page.report.text[moment.span.start : moment.span.end]) is not None


def _day(moment: Moment) -> date | None:
    return parsed_day(moment.timex or "") if len(moment.timex or "") == 10 else None


def _published(page: Page, grounds: Grounds) -> Published:
    return grounds.published or page.published


def _is_near(day: date, published: Published) -> bool:
    known = anchor(published) if published.basis != "inferred" else None
    return known is not None and abs((known - day).days) <= NEAR_DAYS


def stretches_of_days(page: Page, grounds: Grounds) -> list[Check]:
    """A stretch that ends before it begins: "from May 5 to May 3"."""
    checks = []
    for one, two in itertools.pairwise(sorted(grounds.moments, key=lambda moment: moment.span)):
        first, last = _day(one), _day(two)
        if first is None or last is None or last >= first or (first.year, first.month) != (last.year, last.month):
            continue
        opener = read(page, max(0, one.span.start - 9), one.span.start).lower().split()[-1:]
        link = between(page, one.span, two.span).strip().lower()
        is_stretch = (opener == ["between"] and link == "and") or (
            opener == ["from"] and link in ("to", "until", "till", "through")
        )
        if is_stretch and _has_day(page, one) and _has_day(page, two):
            says = f"The stretch begins on {first.isoformat()} and ends on {last.isoformat()}: does not hold"
            checks.append(Check("range", False, (one.span, two.span), says))
    return checks


def publication(page: Page, grounds: Grounds) -> list[Check]:
    """When the report came out, worked out from what it tells, with the words that say so."""
    published = _published(page, grounds)
    if published.basis != "inferred" or not published.spans:
        return []
    after, before = published.earliest, published.latest
    when = " and ".join(
        part for part in (f"not before {after}" if after else "", f"before {before}" if before else "") if part
    )
    says = f"The report bears no date; by what it tells it came out {when} (inferred)"
    return [Check("publication", None, published.spans, says)]
