"""The kinds of the record, the numbers and the times, said in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

from sayso.record import Channel, Moment, Published, Quantity

ACTS = {
    "says": "says",
    "denies": "denies",
    "accuses": "accuses",
    "admits": "admits",
    "promises": "promises",
    "threatens": "threatens",
    "warns": "warns",
    "predicts": "predicts",
    "calls_for": "calls for",
    "orders": "orders",
    "announces": "announces",
    "asks": "asks",
    "refuses": "refuses",
    "confirms": "confirms",
    "retracts": "takes back",
    "criticizes": "criticizes",
    "labels": "calls it",
    "compares": "compares",
    "observes": "saw",
    "cannot_verify": "could not verify",
    "no_comment": "no comment",
    "thinks": "thinks",
}
TOWARD = {"calls_for": "calls on", "orders": "orders", "asks": "asks", "promises": "promises"}
"""Acts that take the one they are turned to without "to": "calls on the council"."""
VERIFYING = re.compile(
    r"\b(verif|confirm|corroborat|establish|authenticat|determin|ascertain|geolocat|check)", re.IGNORECASE
)
NEITHER = re.compile(r"(neither|no|none)\b", re.IGNORECASE)
AGAINST = ("denies", "cannot_verify", "no_comment", "refuses", "retracts")
SILENCES = {
    "none_yet": "no comment yet",
    "declined": "declined to comment",
    "yet_to": "has yet to comment",
    "not_mentioned": "did not mention it",
}
SILENT_ON = {"none_yet": "did not yet", "declined": "declined to", "yet_to": "has yet to", "not_mentioned": "did not"}
"""The same before words that begin with the verb: "has yet to" stands before "publicly comment on it"."""
SPEAKING = re.compile(r"(\w+ly )?(comment|mention|respond|reply|answer|speak|say|address|refer)\b", re.IGNORECASE)
STATUSES = {
    "happened": "happened",
    "ongoing": "going on",
    "did_not_happen": "did not happen",
    "threatened": "threatened",
    "planned": "planned",
    "demanded": "demanded",
    "feared": "feared",
    "possible": "possible",
    "alleged": "alleged",
    "denied": "denied",
    "foiled": "foiled",
    "unclear": "unclear",
    "disputed": "disputed",
}
# With the channel's name, and where it has none.
CHANNELS = {
    "social_post": ("in a post on {}", "in a post"),
    "messaging": ("on {}", "in a message"),
    "video": ("in a video, {}", "in a video"),
    "audio": ("in a recording, {}", "in a recording"),
    "broadcast": ("on {}", "on air"),
    "outlet": ("through {}", "through an outlet"),
    "press_conference": ("at a press conference, {}", "at a press conference"),
    "interview": ("in an interview with {}", "in an interview"),
    "speech": ("in a speech, {}", "in a speech"),
    "written_statement": ("in a statement, {}", "in a written statement"),
    "document": ("in a document, {}", "in a document"),
    "website": ("on the website {}", "on a website"),
    "court": ("in court, {}", "in court"),
    "call": ("in a call, {}", "in a call"),
    "other": ("through {}", "through another channel"),
}
NAMINGS = {
    "named": "",
    "institution": "",
    "group": "unnamed",
    "described": "unnamed",
    "document": "document",
    "footage": "footage",
    "compound": "",
    "newsroom": "the newsroom",
    "unknown": "source not told",
}
CUTS = {
    "prompt": ("prompt", "prompts"),
    "related_link": ("related link", "related links"),
    "share": ("share bar", "share bars"),
    "advert": ("advert", "adverts"),
    "navigation": ("menu", "menus"),
    "boilerplate": ("standing notice", "standing notices"),
    "duplicate": ("repetition", "repetitions"),
    "other": ("other leftover", "other leftovers"),
}
BASES = {
    "given": "given by you",
    "metadata": "from the page's metadata",
    "dateline": "from the dateline",
    "family": "from other copies of it",
    "inferred": "worked out from the text",
    "unknown": "unknown",
}
CONDITIONS = {
    "leftovers": "Web leftovers stand between its words.",
    "reworded": "This copy looks reworded: its quotation marks may not hold the words that were spoken.",
    "translated": "This copy is a translation.",
    "garbled": "Some of its characters or words were lost or stand twice.",
    "do_not_quote": "Do not quote this copy verbatim.",
    "truncated": "It breaks off before its end.",
    "heading_damaged": "A heading looks damaged.",
    "odd_quotation_marks": "Some quotation marks have no partner.",
    "all_capitals": "It is written in capitals throughout.",
}
USES = {
    "location": "",
    "actor": "named as an actor",
    "office": "part of an office's name",
    "comparison": "in a comparison",
    "dateline": "the dateline",
    "adjective": "as an adjective",
}


def said(table: Mapping[str, str], kind: str) -> str:
    """The kind in words; one that a table lacks keeps its name, so that nothing is lost.

    >>> said(ACTS, "calls_for"), said(ACTS, "sings_of")
    ('calls for', 'sings of')
    """
    return table.get(kind, kind.replace("_", " "))


def agreeing(verb: str, *, many: bool) -> str:
    """The verb of a phrase in the number of who does it.

    >>> agreeing("denies", many=True), agreeing("calls for", many=True), agreeing("has yet to", many=True)
    ('deny', 'call for', 'have yet to')
    >>> agreeing("says", many=False), agreeing("could not verify", many=True)
    ('says', 'could not verify')
    """
    first, _, rest = verb.partition(" ")
    if not many or not first.endswith("s"):
        return verb
    plain = "have" if first == "has" else first[:-3] + "y" if first.endswith("ies") else first[:-1]
    return f"{plain} {rest}".strip()


def channel(via: Channel, name: str | None) -> str:
    """What the words came through: "on Telegram", "in a video"."""
    return through(via.kind, name)


def through(kind: str, name: str | None) -> str:
    """The same of a kind of channel and its name.

    >>> through("messaging", "Telegram"), through("press_conference", None)
    ('on Telegram', 'at a press conference')
    """
    named, bare = CHANNELS.get(kind, CHANNELS["other"])
    return named.format(name) if name else bare


def several(count: int, one: str, many: str | None = None) -> str:
    """A count and its noun.

    >>> several(1, "source"), several(1200, "source")
    ('1 source', '1,200 sources')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """Parts as one phrase.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def number(value: float) -> str:
    """A number with its thousands set apart, millions in words, and no more decimals than it has.

    >>> number(9000.0), number(15.1), number(15_100_000_000.0)
    ('9,000', '15.1', '15.1 billion')
    """
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size and float(f"{value / size:.4g}") * size == value:
            return f"{value / size:.4g} {word}"
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.10g}"


def quantity(found: Quantity) -> str:
    """A quantity with its doubt: "more than 90", "10 to 15", "none", "an unknown number"."""
    if found.unit == "share" and found.low is not None:
        return f"{'about ' if found.approximate else ''}{Fraction(found.low).limit_denominator(100)} of all"
    amount = _amount(found)
    about = "about " if found.approximate and amount[:1].isdigit() else ""
    unit = f" {found.unit}" if found.unit else ""
    return f"{about}{amount}{unit}"


def _amount(found: Quantity) -> str:
    low, high = found.low, found.high
    if low is None and high is None:
        return "an unknown number"
    if low is None and high is not None:
        return f"{'fewer than' if found.high_open else 'up to'} {number(high)}"
    if high is None and low is not None:
        return f"{'more than' if found.low_open else 'at least'} {number(low)}"
    if low == high and low is not None:
        return number(low) if low else "none"
    return f"{number(low or 0)} to {number(high or 0)}"


def published(known: Published) -> str:
    """The date of publication: "Fri 16 September 2022", or "date unknown"."""
    if known.earliest is None and known.latest is None:
        return "date unknown"
    return stretch(known.earliest, known.latest)


def moment(found: Moment) -> str:
    """A moment as a date or a stretch of dates, "" where the text does not fix it."""
    if found.earliest is None and found.latest is None:
        return ""
    return stretch(found.earliest, found.latest)


def stretch(earliest: str | None, latest: str | None) -> str:
    """A half-open stretch of time in words.

    >>> stretch("2022-09-16", "2022-09-17")
    'Fri 16 September 2022'
    >>> stretch("2022-09-10", "2022-09-12")
    '10 to 11 September 2022'
    >>> stretch("2022-02-24", None)
    'from 24 February 2022'
    >>> stretch("2022-03-01", "2022-04-01"), stretch("2022-01-01", "2023-01-01")
    ('March 2022', '2022')
    >>> stretch("2024-03-12T06:00", "2024-03-12T12:00")
    'Tue 12 March 2024, 06:00 to 12:00'
    """
    if earliest is None or latest is None:
        return f"before {_moment(latest or '')}" if earliest is None else f"from {_moment(earliest)}"
    first, after = _day(earliest), _day(latest)
    if first is None or after is None:
        return _hours(earliest, latest)
    last = after - timedelta(days=1)
    if first.day == 1 and after.day == 1 and (last.year, last.month) == (first.year, first.month):
        return f"{first:%B} {first.year}"
    if (first.day, first.month, after.day, after.month) == (1, 1, 1, 1) and last.year == first.year:
        return str(first.year)
    if first >= last:
        return f"{first:%a} {_long(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_long(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {_long(last)}"
    return f"{_long(first)} to {_long(last)}"


def _hours(earliest: str, latest: str) -> str:
    """A stretch with times of day; the day is named once where it is one."""
    try:
        first, after = datetime.fromisoformat(earliest), datetime.fromisoformat(latest)
    except ValueError:
        return f"{earliest} to {latest}"
    if first.date() != after.date() or first.tzinfo != after.tzinfo:
        return f"{_moment(earliest)} to {_moment(latest)}"
    zone = f" {first.tzname()}" if first.tzinfo else ""
    return f"{first:%a} {_long(first.date())}, {first:%H:%M} to {after:%H:%M}{zone}"


def _day(iso: str) -> date | None:
    """The day an ISO string names, None where it names a time of day (or is no date)."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _moment(iso: str) -> str:
    day = _day(iso)
    if day is not None:
        return _long(day)
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    zone = f" {at.tzname()}" if at.tzinfo else ""
    return f"{_long(at.date())} {at:%H:%M}{zone}"


def _long(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
