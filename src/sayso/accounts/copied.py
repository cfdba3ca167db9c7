"""What a copy says is what its original said: each thing heard in a copy goes to the thing it was copied from.

So a copy never adds an origin, also where it lost the speaker, changed the channel, or states as bare fact what the
original gave as somebody's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.accounts.hearing import Heard
from sayso.record import Family, Member
from sayso.values.spelling import levelled

RANKS = {"original": 0, "exact": 1, "near": 2, "translated": 3, "reworded": 4, "half": 5, "cut": 6}


@dataclass(frozen=True, slots=True)
class Copied:
    """A thing heard in a copy, and the thing heard in another member of its family that it repeats."""

    copy: Heard
    of: Heard


def without_copies(heard: Sequence[Heard], families: Iterable[Family]) -> tuple[list[Heard], list[Copied]]:
    """What is heard first-hand, and what copies repeat with what they repeat.

    Of each family one member speaks for it: the original where it tells of this incident, else the fullest earliest.
    """
    first = list(heard)
    copied: list[Copied] = []
    for family in sorted(families, key=lambda one: one.id):
        of_member = _by_member(first, family)
        if len(of_member) < 2:
            continue
        leader = min(of_member, key=lambda member: _rank(member, of_member[member]))
        originals = of_member.pop(leader)
        repeats = [one for items in of_member.values() for one in items if one.report != leader.report]
        copied += [Copied(one, _likest(one, originals)) for one in repeats]
        gone = set(map(id, repeats))
        first = [one for one in first if id(one) not in gone]
    return first, _to_the_first(copied)


def is_copy_of(report: str, other: str, families: Iterable[Family]) -> bool:
    """Whether stretches of both reports are one telling."""
    return any({report, other} <= {member.report for member in family.members} for family in families)


def likeness(one: Heard, two: Heard) -> float:
    """How much of the shorter one's words stand in the other: 0 to 1."""
    shorter = min(len(one.words), len(two.words))
    return len(one.words & two.words) / shorter if shorter else 0.0


def _by_member(heard: Iterable[Heard], family: Family) -> dict[Member, list[Heard]]:
    found: dict[Member, list[Heard]] = {}
    for one in heard:
        for member in family.members:
            if member.report == one.report and member.span.start <= one.telling.trigger.span.start < member.span.end:
                found.setdefault(member, []).append(one)
                break
    return found


def _rank(member: Member, items: Sequence[Heard]) -> tuple[int, int, str, str]:
    published = items[0].telling.published
    earliest = published.earliest if published is not None and published.earliest else "9999"
    return RANKS.get(member.how, len(RANKS)), int(member.of is not None), earliest, member.report


def _likest(copy: Heard, originals: Sequence[Heard]) -> Heard:
    """The first thing heard in the original that this repeats: the same speaker, then the most words in common."""
    return max(originals, key=lambda one: _same_name(copy, one) + likeness(copy, one))


def _same_name(copy: Heard, one: Heard) -> float:
    if copy.saying is None or one.saying is None:
        return 0.25 if copy.saying is one.saying else 0.0
    is_same = levelled(copy.speaker.name) == levelled(one.speaker.name)
    kinds = {through.kind for through in copy.saying.via} == {through.kind for through in one.saying.via}
    return 1.0 * is_same + 0.25 * kinds + 0.25 * (copy.saying.act == one.saying.act)


def _to_the_first(copied: Sequence[Copied]) -> list[Copied]:
    """Chains followed to what is no copy: a report may be a copy in one family and lead another."""
    by_copy = {id(one.copy): one.of for one in copied}
    found = []
    for one in copied:
        of, seen = one.of, {id(one.copy)}
        while id(of) in by_copy and id(of) not in seen:
            seen.add(id(of))
            of = by_copy[id(of)]
        found.append(Copied(one.copy, of))
    return found
