"""How long and how often: durations and sets."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sayso.grounding.times.draft import NOTHING, Draft, Here, unknown
from sayso.values import moment as calendar
from sayso.values.quantity import number

VAGUE_COUNTS = ("several", "few", "a few", "a couple of", "couple of")


def counted(words: str) -> float | None:
    """A count of units; None for a vague one."""
    lowered = words.lower()
    if lowered in VAGUE_COUNTS:
        return None
    if lowered in ("a", "an"):
        return 1.0
    if lowered.startswith("half"):
        return 0.5
    return number(lowered)


def stripped(match: re.Match[str], here: Here) -> Draft | None:
    """A duration begins at its count or at "the past", not at "about"."""
    draft = _duration(match, here)
    if draft is None or match["which"]:
        return draft
    return replace(draft, start=match.start("count"))


def _duration(match: re.Match[str], here: Here) -> Draft | None:
    """The words "six-month", "for three weeks", "the past two years", "several hours"."""
    text = here.stretch.text
    unit = match["unit"].lower()
    letter, name, clock = here.rows.units[unit]
    count = counted(match["count"])
    if re.match(r"[ -]old\b|[ -]olds\b", text[match.end() :]) or (unit == "second" and match["plural"] == ""):
        return None
    if match["count"].lower() in ("a", "an") and match["which"] is None:
        return None
    amount = "X" if count is None else f"{count:g}"
    if name == "decade" and count is not None:
        amount, letter = f"{count * 10:g}", "Y"
    if count == 0.5:
        amount, letter = {"year": ("6", "M"), "hour": ("30", "M"), "day": ("12", "H")}.get(name, ("0.5", letter))
    clock = clock or letter == "H"
    timex = f"P{'T' if clock else ''}{amount}{letter}"
    start = match.start()
    when = calendar.Stretch(timex, None, None, name if name not in ("decade", "second") else "vague")
    relation = NOTHING
    if match["which"]:
        relation, anchor = here.relation(match.start()), here.day(match.start())
        when = replace(when, **_reach(anchor, name, count, match["which"].lower()))
    return Draft(start, match.end(), "DURATION", when, relative_to=relation)


def _reach(anchor: date | None, unit: str, count: float | None, which: str) -> dict[str, str]:
    """The stretch that "the past two weeks" covers, up to the anchor or from it."""
    if anchor is None or count is None or unit not in ("day", "week", "month", "year"):
        return {}
    ahead = which.rsplit(maxsplit=1)[-1] in ("next", "coming", "following")
    other = calendar.shifted(anchor, unit, int(count) if ahead else -int(count))
    if other is None or other == anchor:
        return {}
    first, last = min(other, anchor), max(other, anchor)
    return {"earliest": first.isoformat(), "latest": last.isoformat()}


def unsaid(match: re.Match[str], here: Here) -> Draft | None:
    """The words "for weeks": a duration without its count; "in recent weeks": a vague past."""
    letter, _name, clock = here.rows.units[match["unit"].lower().removesuffix("s")]
    if match["recent"]:
        span = (match.start("recent"), match.end())
        return Draft(*span, "DATE", unknown("vague", "PAST_REF"), relative_to=here.relation(match.start()))
    return Draft(*match.span("unit"), "DURATION", unknown("vague", f"P{'T' if clock else ''}X{letter}"))


def recurring(match: re.Match[str], here: Here) -> Draft | None:
    timex = here.rows.sets[" ".join(match[0].lower().split())]
    return Draft(*match.span(), "SET", unknown("vague", timex))


def set_of_weekday(match: re.Match[str], here: Here) -> Draft | None:
    return Draft(*match.span(), "SET", unknown("day", f"XXXX-WXX-{here.rows.weekdays[match['weekday'].lower()] + 1}"))
