"""Each origin's version of an incident: what it commits to, and every value it gives, with where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from sayso.accounts.agreement import DENYING, REAL, weapon_kinds
from sayso.accounts.authorship import blames_another, not_by_them
from sayso.accounts.hearing import Heard
from sayso.accounts.numbers import spoken
from sayso.accounts.origins import Traced
from sayso.accounts.same_kinds import are_apart, fit
from sayso.accounts.utterances import figures_of, is_told_by
from sayso.knowledge import Knowledge
from sayso.record import Account, Anchor, Involved, Quoted, Stated, Telling, When

COMMITTED = ("ongoing", "happened", "foiled", "planned", "threatened", "demanded", "feared", "possible", "alleged")
CLOSE = 2
"""Days: a report whose day is known no nearer gives its figures no date."""
NOT_TOLD = frozenset(("", "denied", "did_not_happen"))
"""Who denies an event, or only speaks of it, states no place, time or number of it."""


def accounts_of(traced: Sequence[Traced], knowledge: Knowledge) -> tuple[Account, ...]:
    """One account for each origin, in their order; a later figure of one speaker supersedes an earlier one."""
    found = [Account(one.origin.id, status_of(one), tuple(_stated(one, knowledge))) for one in traced]
    return _with_superseded(found, traced)


def status_of(one: Traced) -> str:
    """What an origin commits to: its denial, else what it tells; who only speaks of it takes it for granted.

    Who denies a part in it and says that another did it tells that it happened.
    """
    told = [heard for heard in one.heard if heard.status]
    if any(heard.saying is not None and heard.saying.act == "retracts" for heard in told):
        return "retracted"
    is_blamed = blames_another(one)
    statuses = [heard.status for heard in told if not (is_blamed and heard.status in DENYING)]
    for status in ("denied", "did_not_happen", *COMMITTED):
        if status in statuses:
            return status
    if statuses:
        return statuses[0]
    around = one.heard[0].telling.status
    return "happened" if around in ("disputed", "denied", "unclear") else around


def disputes(traced: Sequence[Traced], knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """For each origin those whom it contradicts on whether it happened, and who contradict it: always both ways.

    A denial is of one version: who denies that a missile of theirs fell does not deny the shelling that others tell.
    Who says that another did it denies only who did, and so contradicts nobody of their own side who denies it.
    """
    found: dict[str, set[str]] = {one.origin.id: set() for one in traced}
    denying = [one for one in traced if _denies(one) and not blames_another(one)]
    denied = [(one, [heard for heard in one.heard if heard.status in DENYING]) for one in denying]
    told = [(one, [heard for heard in one.heard if _tells(heard, one)]) for one in traced]
    for (one, mine), (two, theirs) in product(denied, told):
        if one is two or (one.origin.party == two.origin.party and blames_another(two)):
            continue
        if any(_one_version(a.telling, b.telling, knowledge) for a in mine for b in theirs):
            found[one.origin.id].add(two.origin.id)
            found[two.origin.id].add(one.origin.id)
    return {origin: frozenset(others) for origin, others in found.items()}


def _tells(heard: Heard, one: Traced) -> bool:
    """Whether it tells the deed as real; who only speaks of it does, unless they deny it, or all do."""
    if heard.status:
        return heard.status in REAL
    return not _denies(one) and heard.telling.status not in DENYING


def _denies(one: Traced) -> bool:
    return any(heard.status in DENYING for heard in one.heard)


def _one_version(one: Telling, two: Telling, knowledge: Knowledge) -> bool:
    """Whether two tellings can be of the same deed: kinds that fit, no other weapon, no other side that did it."""
    if one is two:
        return True
    if not fit(one.kind, two.kind):
        return False
    weapons = [_weapons(one, knowledge), _weapons(two, knowledge)]
    if not all(weapons) and are_apart(one.kind, two.kind):
        return False
    sides = [{agent.party for agent in telling.agents if agent.party is not None} for telling in (one, two)]
    return not any(all(pair) and not pair[0] & pair[1] for pair in (weapons, sides))


def _weapons(telling: Telling, knowledge: Knowledge) -> frozenset[str]:
    return frozenset().union(*(weapon_kinds(weapon.words, knowledge) for weapon in telling.weapons))


def said_at(heard: Heard) -> str | None:
    """When it was said: by its own words, else the day the report came out; None where neither is known so closely."""
    when = heard.saying.when if heard.saying is not None else None
    told = when if when is not None and when.earliest is not None else heard.telling.published
    if told is None or told.earliest is None or told.latest is None:
        return None
    return told.earliest if _days(told.earliest, told.latest) <= CLOSE else None


def _days(earliest: str, latest: str) -> int:
    return (date.fromisoformat(latest[:10]) - date.fromisoformat(earliest[:10])).days


def _stated(one: Traced, knowledge: Knowledge) -> Iterator[Stated]:
    seen: set[tuple[str, str, str | None]] = set()
    for heard in one.heard:
        denied = not_by_them(heard, one, knowledge, said_at(heard))
        for stated in (*_of_one(heard), *([denied] if denied is not None else [])):
            value = (stated.field, stated.says.casefold(), stated.of)
            if value not in seen:
                seen.add(value)
                yield stated


def _of_one(heard: Heard) -> Iterator[Stated]:
    at = said_at(heard)
    says = heard.status or "speaks of it"
    yield Stated("whether", says, heard.anchor, at=at)
    for figure in figures_of(heard):
        yield Stated(
            "how_many", spoken(figure.quantity, figure.of), _anchor(heard, figure.said), of=figure.of,
            quantity=figure.quantity, at=at,
        )  # fmt: skip
    if heard.status in NOT_TOLD:
        return
    telling = heard.telling
    yield Stated("what", telling.kind, _anchor(heard, telling.trigger), of=telling.kind, at=at)
    if telling.when is not None and telling.when.said is not None and _is_theirs(heard, telling.when.said):
        says = telling.when.said.words or _ruled_time(telling.when)
        yield Stated("when", says, _anchor(heard, telling.when.said), when=telling.when, at=at)
    for place in telling.places:
        if place.role == "at" and place.said is not None:
            yield Stated("where", place.name, _anchor(heard, place.said), where=place, at=at)
    for field, involved in (("by_whom", telling.agents), ("to_whom", telling.targets)):
        yield from (_involved(heard, field, one, at) for one in involved if _names_somebody(one, heard))
    for weapon in telling.weapons:
        if _is_theirs(heard, weapon):
            yield Stated("with_what", weapon.words, _anchor(heard, weapon), at=at)


def _ruled_time(when: When) -> str:
    """A time that no words of the report say: a person gave it."""
    if when.earliest and when.latest and _days(when.earliest, when.latest) <= 1:
        return when.earliest
    return f"{when.earliest or '…'} to {when.latest or '…'}"


def _involved(heard: Heard, field: str, involved: Involved, at: str | None) -> Stated:
    return Stated(
        field, involved.said.words, _anchor(heard, involved.said), of=involved.group, party=involved.party, at=at
    )


def _names_somebody(involved: Involved, heard: Heard) -> bool:
    is_theirs = is_told_by(heard, involved.told) or _accuses(involved, heard)
    return is_theirs and any(char.isalpha() for char in involved.said.words)


def _accuses(involved: Involved, heard: Heard) -> bool:
    """Whether an accuser's words name the one by whom others tell that it was done: "accuse Upland of an invasion"."""
    if heard.saying is None or heard.saying.act != "accuses" or involved not in heard.telling.agents:
        return False
    return any(re.match(rf"{re.escape(involved.said.words)}\b", part.words) for part in heard.saying.words)


def _is_theirs(heard: Heard, said: Quoted) -> bool:
    """Whether a part of a telling is this teller's: it stands in their sentence, or nobody else tells the event."""
    spans = (
        [heard.at.span] + [part.span for part in heard.saying.words] if heard.saying is not None else [heard.at.span]
    )
    if any(span.start <= said.span.start < span.end for span in spans):
        return True
    return is_told_by(heard, ()) or len(_committed(heard.telling)) == 1


def _committed(telling: Telling) -> list[str]:
    return [teller.status for teller in telling.tellers if teller.status not in NOT_TOLD]


def _anchor(heard: Heard, said: Quoted) -> Anchor:
    return Anchor(heard.report, said.span, said.words)


# Later figures -----------------------------------------------------------------------------------


def _with_superseded(accounts: Sequence[Account], traced: Sequence[Traced]) -> tuple[Account, ...]:
    """Of one speaker's figures for one thing only the latest stands; the earlier ones stay, marked."""
    latest: dict[tuple[str, str], str] = {}
    for account, one in zip(accounts, traced, strict=True):
        for stated in _counted(account.stated):
            key = (_speaker(one), stated.of or "")
            latest[key] = max(latest.get(key, ""), stated.at or "")
    return tuple(
        replace(
            account,
            stated=tuple(
                replace(stated, superseded=True)
                if stated.field == "how_many" and (stated.at or "") < latest[_speaker(one), stated.of or ""]
                else stated
                for stated in account.stated
            ),
        )
        for account, one in zip(accounts, traced, strict=True)
    )


def _counted(stated: Iterable[Stated]) -> Iterator[Stated]:
    return (one for one in stated if one.field == "how_many")


def _speaker(one: Traced) -> str:
    return one.speaker or one.origin.id
