"""What pages of many reports point with: short ids, the place of a stretch in its report, times and places in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from sayso.export import aloud
from sayso.export.ink import Run, safe
from sayso.record import Anchor, Published, When, Where

SHORT = 8
"""Hexadecimal digits of a report's id that are shown where the case did not say how many it takes."""
UNDATED = Published(None, None, "unknown")


@dataclass(frozen=True)
class About:
    """What a page says of a report that it points into: who published it and when, and where its lines begin."""

    id: str
    short: str = ""  # as the case shortens it
    title: str | None = None
    publisher: str | None = None
    published: Published = UNDATED
    how: str = "original"  # how it relates to `of`: original | exact | near | cut | reworded | half | translated
    of: str | None = None
    starts: tuple[int, ...] = ()

    @classmethod
    def lines_of(cls, text: str) -> tuple[int, ...]:
        """Where the lines of a text begin, for `starts`."""
        return (0, *(at + 1 for at, char in enumerate(text) if char == "\n"))

    def place(self, offset: int) -> str:
        """An offset as `line:column`, both from 1; as `@offset` where the lines are not known."""
        if not self.starts:
            return f"@{offset}"
        line = bisect_right(self.starts, offset)
        return f"{line}:{offset - self.starts[line - 1] + 1}"

    @property
    def day(self) -> str:
        """When it came out: "Tue 12 March 2024", or "date unknown"."""
        return aloud.published(self.published)


@dataclass(frozen=True)
class Reports:
    """What is known of the reports that a page points into. One that is not known is still named by its id."""

    known: Mapping[str, About] = field(default_factory=dict)

    def about(self, report: str) -> About:
        """What is known of a report, by its whole id."""
        return self.known.get(report) or About(report)

    def short(self, report: str) -> str:
        """The report's id as it is shown, and as it is taken back."""
        return self.about(report).short or short(report)

    def at(self, anchor: Anchor) -> str:
        """Where a stretch stands: "e8770d28:3:14", which `sayso report` takes back."""
        return f"{self.short(anchor.report)}:{self.about(anchor.report).place(anchor.span.start)}"


def short(full: str) -> str:
    """An id with the hash in it cut to eight digits; one without a hash as it is.

    >>> short("sha256:e8770d281ec60aa9#st3"), short("inc-0123456789ab")
    ('e8770d28#st3', 'inc-0123456789ab')
    """
    if not full.startswith("sha256:"):
        return full
    digest, mark, inner = full.removeprefix("sha256:").partition("#")
    return f"{digest[:SHORT]}{mark}{inner}"


def quoted(words: str, room: int = 0) -> str:
    """Words of a report between marks, safe to show; longer than `room` (if any) they end in dots.

    >>> quoted("two  shells"), quoted("two shells fell on the port", 12)
    ('“two shells”', '“two shells …”')
    """
    plain = safe(words).strip()
    if room and len(plain) > room:
        plain = plain[:room].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
    return f"“{plain}”" if plain else ""


def when(told: When | None) -> str:
    """A time with its doubt in words; "" where there is none.

    >>> when(When("2024-03-12", "2024-03-13", "day"))
    'Tue 12 March 2024'
    """
    if told is None:
        return ""
    if told.earliest is None and told.latest is None:
        return f"{quoted(told.said.words)} (not fixed)" if told.said else ""
    return aloud.stretch(told.earliest, told.latest)


def where(told: Where | None) -> str:
    """A place with its doubt in words: what it is, what it lies in, how far it reaches, whether it is found on a map.

    >>> where(Where("Minas", "city", country="UY", region="UY-LA", lat=-34.4, lon=-55.2, radius_km=4))
    'Minas · city in UY-LA · within 4 km'
    >>> where(Where("Upper Mill", "village"))
    'Upper Mill · village · not found on any map'
    """
    if told is None:
        return ""
    lies = ", ".join(told.inside) or told.region or told.country or ""
    level = f"{told.level} in {lies}" if lies and told.level != "country" else told.level
    parts = [told.name, "" if level == "unknown" else level]
    if told.lat is None and told.geonames is None:
        parts.append("not found on any map")
    elif told.radius_km and told.level != "country":
        parts.append(f"within {aloud.number(max(1, round(told.radius_km)))} km")
    if told.placed_by:
        parts.append("located by a person")
    return safe(" · ".join(part for part in parts if part))


def mark(index: int) -> str:
    """The letter that stands for an origin in a table: A to Z, then AA, AB and so on.

    >>> mark(0), mark(25), mark(26), mark(27)
    ('A', 'Z', 'AA', 'AB')
    """
    letters = ""
    number = index + 1
    while number:
        number, left = divmod(number - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def faint(text: str) -> Run:
    """Words that stand back."""
    return Run(text, "faint")
