"""What may be asked of a case, and what a question means: days, parties, places and speakers by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from sayso.knowledge.gazetteer import Listed, gazetteer
from sayso.knowledge.gazetteer import folded as place_folded
from sayso.ledger.asking.ids import found, kind_of
from sayso.ledger.problems import CaseProblem
from sayso.ledger.schema import places, reports, speakers
from sayso.ledger.terms import folded, name_words
from sayso.record import ACTS, CHANNELS, POSITIONS, SILENCES, STANDINGS, STATUSES

FIRST_HAND, RELAYED, COPIED = "first_hand", "relayed", "copied"
CAME = (FIRST_HAND, RELAYED, COPIED)
"""How a statement got into its report, as far as the case knows: nobody else there tells it and the stretch is no copy;
somebody else there tells it; it stands in a stretch that is a copy. Something relayed can stand in a copy."""
UNSEEN = "unseen"
RULED = (*STANDINGS, UNSEEN)
"""What people ruled of a statement, or that nobody did yet."""
LISTS = {
    "act": ACTS,
    "silence": SILENCES,
    "channel": CHANNELS,
    "status": STATUSES,
    "came": CAME,
    "position": POSITIONS,
    "ruled": RULED,
}
EXACTLY = re.compile('"(.*)"', re.DOTALL)
GEONAMES = re.compile(r"gn(\d{1,9})")
DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<time>T[\d:.+Z-]+)?)?)?")
MOST_NAMED = 500
LONGEST_NUMBER = 15
REGION_WORDS = re.compile(r"\b(?:region|oblast|province|governorate|district)\b")


class BadQuestion(CaseProblem):
    """A question that cannot be asked: which part of it, and what it can be."""


@dataclass(frozen=True, slots=True)
class Among:
    """What sentences to look among. Days are ISO (2024, 2024-03, 2024-03-12); `until` includes its day."""

    act: str | None = None
    silence: str | None = None
    speaker: str | None = None  # an id or words of a name
    party: str | None = None
    channel: str | None = None
    place: str | None = None  # a name, or a code of a country (UKR) or region (UA-63)
    kind: str | None = None  # of an event
    status: str | None = None  # of an event
    publisher: str | None = None  # words of a name; between quotation marks the whole of it, nothing: no name at all
    since: str | None = None  # of the report
    until: str | None = None
    said_since: str | None = None
    said_until: str | None = None
    came: str | None = None  # one of CAME
    position: str | None = None  # one of POSITIONS: where the speaker stands to what they tell
    ruled: str | None = None  # one of RULED
    spot: str | None = None  # one place and nothing in it: "gn703448", or a name as places are compared
    added: str | None = None  # only in reports added after so many ("412")


def checked(among: Among) -> Among:
    """The same, once every word of it is one that there is. Raises `BadQuestion`."""
    for name, known in LISTS.items():
        value = getattr(among, name)
        if value is not None and value not in known:
            raise BadQuestion(f"There is no {name} {value!r}. It is one of: {', '.join(known)}.")
    return among


def number_of(typed: str) -> int:
    """A whole number, as an address has it."""
    if not typed.isascii() or not typed.isdigit() or len(typed) > LONGEST_NUMBER:
        raise BadQuestion(f"{typed[:40]!r} is no number of reports.")
    return int(typed)


def day_of(typed: str) -> str:
    """The first moment of a day, month or year.

    >>> day_of("2024-03"), day_of("2024-03-12")
    ('2024-03-01', '2024-03-12')
    """
    return _first_and_past(typed)[0]


def past_of(typed: str) -> str:
    """The first moment after a day, month or year.

    >>> past_of("2024"), past_of("2024-12"), past_of("2024-03-12")
    ('2025-01-01', '2025-01-01', '2024-03-13')
    """
    return _first_and_past(typed)[1]


def _first_and_past(typed: str) -> tuple[str, str]:
    parts = DAY.fullmatch(typed.strip())
    try:
        if parts is None:
            raise ValueError
        first = date(int(parts["year"]), int(parts["month"] or 1), int(parts["day"] or 1))
        if parts["time"]:
            return typed.strip(), typed.strip()
        if parts["day"]:
            return first.isoformat(), (first + timedelta(days=1)).isoformat()
        months = 1 if parts["month"] else 12
        ordinal = first.year * 12 + first.month - 1 + months
        return first.isoformat(), date(ordinal // 12, ordinal % 12 + 1, 1).isoformat()
    except (ValueError, OverflowError):
        raise BadQuestion(f"{typed!r} is no day. Write it as 2024-03-12, 2024-03 or 2024.") from None


# Names


def speakers_named(connection: Connection, asked: str) -> list[str] | Select[tuple[str]]:
    """The ids of the speakers that an id or words of a name mean; of very many as a query."""
    if kind_of(asked.strip().casefold()) == "speaker":
        return [found(connection, asked, kind="speaker").id]
    named = (speakers.c.folded.contains(f" {word} ", autoescape=True) for word in _name_words(asked))
    query = select(speakers.c.id).where(*named)
    ids = list(connection.execute(query.limit(MOST_NAMED + 1)).scalars())
    return ids if len(ids) <= MOST_NAMED else query


def _name_words(asked: str) -> list[str]:
    words = name_words(asked).split()
    if not words:
        raise BadQuestion("No speaker is named. Give an id (spk-…) or words of a name.")
    return words


def parties_named(connection: Connection, asked: str) -> list[str]:
    """The codes of the parties that a code or a country's name means."""
    known = connection.execute(select(speakers.c.party).where(speakers.c.party.is_not(None)).distinct()).scalars()
    wanted = folded(asked)
    countries = {listed.country for listed in _listed(asked) if listed.kind == "country"}
    codes = sorted(code for code in known if code is not None)
    return [code for code in codes if folded(code) == wanted or code in countries]


def published_by(connection: Connection, asked: str) -> ColumnElement[bool]:
    """The condition on reports that a publisher is meant: by words of the name, or by the "whole name"."""
    whole = EXACTLY.fullmatch(asked.strip())
    if whole is None:
        return reports.c.publisher.in_(publishers_named(connection, asked))
    return reports.c.publisher == whole[1] if whole[1] else reports.c.publisher.is_(None)


def publishers_named(connection: Connection, asked: str) -> list[str]:
    """The publishers whose names have all the words asked for."""
    words = folded(asked).split()
    known = connection.execute(select(reports.c.publisher).where(reports.c.publisher.is_not(None)).distinct()).scalars()
    return sorted(name for name in known if name and all(word in folded(name) for word in words))


def standing_at(spot: str) -> ColumnElement[bool]:
    """The condition on rows of `places` that they are one place: by its number, else by its name alone."""
    number = GEONAMES.fullmatch(spot)
    if number is not None:
        return places.c.geonames == int(number[1])
    return and_(places.c.folded == spot, places.c.geonames.is_(None))


def standing_in(connection: Connection, asked: str) -> ColumnElement[bool]:
    """The condition on rows of `places` that they are, or lie in, the place that a name or code means.

    A name means all that is spelled so, and by their number in GeoNames the same places under other spellings; that
    of a country or region means all that lies in it too.
    """
    name = place_folded(asked)
    if not name:
        raise BadQuestion(f"{asked!r} names no place. Give a name, or a code such as UKR or UA-63.")
    query = select(places.c.geonames, places.c.level, places.c.country, places.c.region).distinct()
    seen = connection.execute(query.where(places.c.folded == name)).all()
    listed = _listed(REGION_WORDS.sub(" ", name))
    is_region = REGION_WORDS.search(name) is not None
    numbers = {row.geonames for row in seen if row.geonames is not None}
    numbers |= {one.geonames for one in _likeliest_town(listed) if one.geonames is not None and not is_region}
    countries = {asked.strip().upper()}
    countries |= {row.country for row in seen if row.level == "country"}
    countries |= {one.country for one in listed if one.kind == "country"}
    regions: set[str | None] = {asked.strip().upper()}
    regions |= {row.region for row in seen if row.level == "region"}
    regions |= {one.region for one in listed if one.kind == "region" and is_region}
    return or_(
        places.c.folded == name,
        places.c.geonames.in_(sorted(numbers)),
        places.c.country.in_(sorted(code for code in countries if code)),
        places.c.region.in_(sorted(code for code in regions if code)),
    )


def _likeliest_town(listed: tuple[Listed, ...]) -> tuple[Listed, ...]:
    """The most peopled town of a name; none where the name is first that of a country."""
    towns = [one for one in listed if one.kind == "town"]
    return tuple(towns[:1]) if not any(one.kind == "country" for one in listed) else ()


def _listed(name: str) -> tuple[Listed, ...]:
    return gazetteer().find(name)
