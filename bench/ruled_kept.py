"""Whether a case holds what a desk acknowledged: every decision once, under its name, in the audit, in effect."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from bench.reviewing import Acknowledged, Looked, Refused
from sayso.ledger import audit
from sayso.ledger.decisions import decisions
from sayso.ledger.schema import statements
from sayso.ledger.working import looks

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.record import Decision

STANDS_AS = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
SLACK = 2.0
"""Seconds: times of a case are written to the second."""


@dataclass
class Found:
    """What is amiss, as sentences, by its sort."""

    lost: list[str] = field(default_factory=list)  # acknowledged, and not there as it was
    doubled: list[str] = field(default_factory=list)  # there more than once, or there and never acknowledged
    unnamed: list[str] = field(default_factory=list)  # not in the audit, or under another name
    contradicting: list[str] = field(default_factory=list)  # standing beside what it cannot stand beside
    without_effect: list[str] = field(default_factory=list)  # the statement's row says otherwise
    refused_wrongly: list[str] = field(default_factory=list)
    chain: list[str] = field(default_factory=list)

    @property
    def scores(self) -> dict[str, float]:
        """How many of each."""
        return {name: float(len(getattr(self, name))) for name in vars(self)}

    @property
    def says(self) -> list[str]:
        """The first of each sort."""
        return [f"{name}: {one}" for name, some in vars(self).items() for one in some[:5]]


@dataclass(frozen=True, slots=True)
class Told:
    """What people were told, all of them: decisions, answers in a queue, what they took back, what was refused."""

    kept: Sequence[Acknowledged] = ()
    looked: Sequence[Looked] = ()
    undone: Sequence[tuple[str, str]] = ()  # decisions, and who took them back
    refused: Sequence[Refused] = ()


def checked(case: Case, told: Told, *, by: str) -> Found:
    """Hold a case against what was acknowledged; `by` is what the names of those begin with who ruled meanwhile."""
    found = Found()
    back = dict(told.undone)
    with case.reading() as connection:
        there = {one.id: one for one in decisions(connection, withdrawn=True)}
        kept = [*told.kept, *_of_looks(connection, found, told.looked, there)]
        noted = _noted(connection, found)
        _all_there(found, kept, there, back)
        _all_acknowledged(found, kept, [one for one in there.values() if one.who.startswith(by)])
        _all_noted(found, kept, noted, back)
        stands = _standing(there.values(), {about for one in kept for about in one.about})
        _none_against(found, stands)
        _in_effect(found, connection, stands)
        for one in told.refused:
            if not _is_right(one, there, by):
                found.refused_wrongly.append(f"{one}: {[there.get(other) for other in one.named]}")
    return found


def _of_looks(
    connection: Connection, found: Found, looked: Sequence[Looked], there: dict[str, Decision]
) -> Iterator[Acknowledged]:
    """The decisions that answers in a queue made; an answer that is not there as it was given is lost."""
    held = {row.id: row for row in connection.execute(select(looks))}
    for one in looked:
        row = held.get(one.look)
        if row is None or (row.who, row.verdict, row.about) != (one.who, one.ruling, one.about):
            found.lost.append(f"{one} is not there, or another: {row}")
        elif row.decision_id in there:
            made = there[row.decision_id]
            yield Acknowledged(made.id, one.who, one.ruling, made.about, made.why)
        elif not row.blind:
            found.lost.append(f"{one} made no decision")


def _noted(connection: Connection, found: Found) -> Counter[tuple[str, str, str]]:
    """How often the audit has each (what, about, who); its chain is looked through."""
    noted: Counter[tuple[str, str, str]] = Counter()
    before = audit.FIRST
    for number, row in enumerate(audit.rows(connection), start=1):
        if row.seq != number or row.previous != before or row.hash != row.true_hash:
            found.chain.append(f"row {row.seq} of the audit does not go on from the one before")
        before = row.hash
        noted[row.what, row.about, row.who] += 1
    return noted


def _all_there(found: Found, kept: Sequence[Acknowledged], there: dict[str, Decision], back: dict[str, str]) -> None:
    for one in kept:
        held = there.get(one.id)
        if held is None:
            found.lost.append(f"{one.id} of {one.who} is not there")
            continue
        is_the_same = (held.who, held.ruling, set(held.about)) == (one.who, one.ruling, set(one.about))
        if not is_the_same:
            found.lost.append(f"{one.id} is another than {one.who} made: {held.ruling} by {held.who}")
        if held.withdrawn_by != back.get(one.id):
            found.lost.append(f"{one.id} is withdrawn by {held.withdrawn_by}, not by {back.get(one.id)}")


def _all_acknowledged(found: Found, kept: Sequence[Acknowledged], there: Sequence[Decision]) -> None:
    """No reason is there twice, and none that nobody was told of."""
    known = {one.id for one in kept}
    found.doubled += [f"{one.id} of {one.who} was never acknowledged" for one in there if one.id not in known]
    whys = Counter((one.who, one.why) for one in there)
    found.doubled += [f"{who} gave the reason {why!r} {count} times" for (who, why), count in whys.items() if count > 1]


def _all_noted(
    found: Found, kept: Sequence[Acknowledged], noted: Counter[tuple[str, str, str]], back: dict[str, str]
) -> None:
    for one in {one.id: one for one in kept}.values():
        if noted["decided", one.id, one.who] != 1:
            found.unnamed.append(f"{one.id} of {one.who} stands {noted['decided', one.id, one.who]} times in the audit")
        if one.id in back and noted["withdrew", one.id, back[one.id]] != 1:
            found.unnamed.append(f"{one.id} is not taken back once in the audit by {back[one.id]}")


def _standing(there: Iterable[Decision], about: set[str]) -> dict[str, list[Decision]]:
    """What stands ruled of each of some statements."""
    stands: dict[str, list[Decision]] = defaultdict(list)
    for one in there:
        if one.ruling in STANDS_AS and one.withdrawn_at is None:
            for thing in about.intersection(one.about):
                stands[thing].append(one)
    return stands


def _none_against(found: Found, stands: dict[str, list[Decision]]) -> None:
    for about, some in stands.items():
        if len({one.ruling for one in some}) > 1:
            found.contradicting.append(f"{about}: {sorted((one.ruling, one.who) for one in some)}")


def _in_effect(found: Found, connection: Connection, stands: dict[str, list[Decision]]) -> None:
    """The row of every statement says what stands ruled of it."""
    reports = sorted({about.partition("#")[0] for about in stands})
    asked = select(statements.c.report_id, statements.c.statement, statements.c.ruled)
    for start in range(0, len(reports), 500):
        some = asked.where(statements.c.report_id.in_(reports[start : start + 500]))
        for report, statement, ruled in connection.execute(some):
            of = stands.get(f"{report}#{statement}")
            if of and ruled != STANDS_AS[of[0].ruling]:
                found.without_effect.append(f"{report}#{statement} stands as {ruled}, ruled {of[0].ruling}")


def _is_right(one: Refused, there: dict[str, Decision], by: str) -> bool:
    """Whether one of the decisions that a refusal named stood against it while it was asked, or since before."""
    return any(
        held is not None
        and held.ruling != one.ruling
        and not set(one.about).isdisjoint(held.about)
        and (not held.who.startswith(by) or _seconds(held.at) <= one.ended + SLACK)
        and (held.withdrawn_at is None or _seconds(held.withdrawn_at) >= one.began - SLACK)
        for held in map(there.get, one.named)
    )


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).astimezone(UTC).timestamp()
