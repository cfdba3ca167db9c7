"""Datelines: where, when and by which agency a story was filed; and when a report was published."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.names import UPPER, WEEKDAY, day_of, months, outlets
from sayso.record import Named, Problem, Published, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.knowledge import Knowledge
    from sayso.reading.credits import Credit
    from sayso.reading.lines import Block
    from sayso.record import Given, Metadata

LONGEST = 120
ARTICLE = "[aeAE]l|[Aa]r|[Aa]sh?|[Aa]t|[Aa]n|[Aa]d|[Aa]z"
"""The Arabic article, as towns carry it: "al-Marn", "Ash-Marn"."""


LABEL = (
    r"(?:\[\s*(?:TEXT|EXCERPTS?|SPEECH|INTERVIEW|NEWS CONFERENCE|CONTINUED|PASSAGE OMITTED|EDITORIAL|REPORT|COMMENTARY"
    r"|SUMMARY)\b[^\]]{0,80}\]\s*){0,3}"
)
"""What monitors of broadcasts put before the words they took down."""


class Filed(NamedTuple):
    """A dateline in a paragraph: its end and the story's start in the kept text, and what it names."""

    end: int
    story: int
    span: Span | None
    agency: Named | None
    day: date | None


def filed_in(block: Block, knowledge: Knowledge, *, first: bool) -> Filed | None:
    """The dateline that a paragraph begins with. A place and a dash alone are one only before the first sentence."""
    words = block.words[: LONGEST * 2]
    for pattern in _patterns(knowledge):
        found = pattern.match(words)
        if not found or found.end() > LONGEST:
            continue
        groups = found.groupdict()
        agency = groups.get("agency")
        if not (agency or groups.get("date") or first):
            continue
        named = None
        if agency:
            start = found.start("agency")
            named = Named(agency.strip(), block.kept.span(start, start + len(agency)), "text")
        # A dash belongs to no dateline, nor does the blank before it.
        end = len(words[: found.start("dash")].rstrip())
        day = day_of(groups["date"], knowledge) if groups.get("date") else None
        return Filed(end, found.end(), block.kept.span(0, end), named, day)
    return None


@cache
def _patterns(knowledge: Knowledge) -> tuple[re.Pattern[str], ...]:
    named = "|".join(sorted(months(knowledge), key=len, reverse=True)) or "(?!)"
    month = rf"(?i:{named})\.?"
    ordinal = r"(?:st|nd|rd|th)?"
    when = (
        rf"(?P<date>{month}\s+\d{{1,2}}{ordinal}(?:,?\s*\d{{4}})?"
        rf"|(?:the\s+)?\d{{1,2}}{ordinal}\s+(?:of\s+)?{month}(?:,?\s*(?:\d{{4}}|\d\d))?)(?!\d)"
    )
    capitals = rf"[{UPPER}][{UPPER}’'.-]+(?:[ /-](?:[{UPPER}][{UPPER}’'.-]*|of|on|and|de|the))*"
    word = rf"(?:(?:{ARTICLE})-)?(?:St\.|(?:[{UPPER}]\.){{2,3}}|[{UPPER}][\w’'-]+)"
    mixed = rf"{word}(?:[ /-]{word}){{0,3}}"
    wider = rf"{word}(?:[ /-](?:(?:of|and|the) ){{0,2}}{word}){{0,4}}"  # "Democratic Republic of the Congo"
    beyond = rf"(?:,\s*{wider}\.?|\s\({capitals}\)){{0,2}}?"
    second = rf"(?:,?\s+and\s+{capitals}{beyond})?"
    several = (
        rf"(?:{capitals}|{mixed})(?:(?:\s*/\s*|\s+and\s+)(?:{capitals}|{mixed}))?"  # "Goma and Bukavu", "Goma / Bukavu"
    )
    dated = rf"{WEEKDAY}{when}(?<=\d{{4}})"
    agency = r"\(\s*(?P<agency>[^()\d]{2,40}?(?: \d{1,2})?)\s*\)"
    dash = rf"\s*(?P<dash>[-–—―]{{1,2}})\s*{LABEL}"
    begins = rf"(?=[\"'“‘«„(\[]?[{UPPER}\d])"
    loud = " |".join(
        re.escape(name) for name, (_, kind) in outlets(knowledge).items() if kind == "agency" and name.isupper()
    ).replace(" |", "|")
    known = "|".join(map(re.escape, outlets(knowledge))) or "(?!)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?:{capitals}|{mixed}){beyond}{second}(?:[,.]?\s*{when})?\s*{agency}{dash}{begins}",
            rf"{agency}\s*(?:{capitals}|{mixed}){beyond}(?:[,.]?\s*{when})?{dash}{begins}",
            rf"{capitals}{beyond}[,.]\s*{when}[.,]?\s*/(?P<agency>[^/()\d]{{2,30}})/(?P<dash>[.:]?\s*[-–—―]?)\s*{begins}",
            rf"{capitals}{beyond}[,.]\s*{when}[.,]?\s*(?P<agency>{loud or '(?!)'}){dash}{begins}",
            rf"{several}{beyond}[,.]\s*{WEEKDAY}{when}{dash}{begins}",
            rf"{several}{beyond}\s*[:,]\s*{dated}\s*(?P<dash>:)\s*{begins}",
            rf"{several}{beyond}\s*(?P<mark>[-–—|])\s*{dated}\s*(?P<dash>[-–—|])\s*{begins}",
            rf"{several}{beyond},\s*{dated}\s*{agency}(?P<dash>[.:])\s+{begins}",
            rf"(?:{capitals}|{mixed}){beyond}\s*[(\[]\s*{when}\s*[)\]]{dash}{begins}",
            rf"[(\[]\s*(?!(?:{known})\W)(?:{capitals}|{mixed}){beyond}(?:[,.]?\s*{when})?\s*[)\]]{dash}{begins}",
            rf"(?P<place>{capitals}){beyond}(?P<dash>\s*[–—―]|\s+--?)\s+{begins}",
        )
    )


def published(
    given: Given, metadata: Metadata, dated: Sequence[tuple[Credit, tuple[Span, ...]]], filed: Filed | None
) -> tuple[Published, Problem | None]:
    """When the report came out: as given, as its metadata says, by a date line, by the dateline; never by the clock."""
    problem = None
    if given.published:
        day = _day(given.published)
        if day:
            return _on(day, "given"), None
        says = f"The date given, {given.published!r}, is no ISO date such as 2022-09-16; it was not used."
        problem = Problem("bad_date", says)
    if metadata.published and (day := _day(metadata.published)):
        return _on(day, "metadata"), problem
    for role in ("published", "updated"):
        for credit, spans in dated:
            if credit.role == role and credit.day:
                return _on(credit.day, "dateline", spans), problem
        if role == "published" and filed and filed.day:
            return _on(filed.day, "dateline", (filed.span,) if filed.span else ()), problem
    return Published(None, None, "unknown"), problem


def _day(stamp: str) -> date | None:
    try:
        return datetime.fromisoformat(stamp.strip()).date()
    except ValueError:
        return None


def _on(day: date, basis: str, spans: tuple[Span, ...] = ()) -> Published:
    return Published(day.isoformat(), (day + timedelta(days=1)).isoformat(), basis, spans)
