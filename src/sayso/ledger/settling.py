"""Settling what two readers saw otherwise, by a decision: as the first has it, as the second has it, or as neither."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sayso.ledger.asking.second_readers import Pair, differing_pairs
from sayso.ledger.decisions import decide, decisions
from sayso.ledger.looks import SETTLED, By, Verdict, looks
from sayso.ledger.marks import marked
from sayso.ledger.problems import NoSuchThing

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.record import Decision

FIRST, SECOND_SAYS, ANEW = "first", "second", "anew"
CHOICES = (FIRST, SECOND_SAYS)


def settled(case: Case, about: str, choice: str, by: By) -> Decision:
    """Decide as one of two readers said, whose verdicts on one question differ; everybody else's is withdrawn for it.

    Raises `NoSuchThing` where they do not differ, or somebody settled it already.
    """
    with case.reading() as connection:
        pair = _open(connection, about)
        kept = pair.first if choice == FIRST else pair.second
        against = _against(connection, about, kept.verdict) if choice != FIRST else ()
        together = next((one.about for one in decisions(connection, about=about) if one.id == pair.first.decision), ())
    why = kept.why or f"{kept.who} and {(pair.second if choice == FIRST else pair.first).who} both looked at it."
    told = Verdict(about, kept.verdict, why, kept.corrections, instead_of=against)
    copies = () if any(one.anchor for one in kept.corrections) else tuple(one for one in together if one != about)
    return settled_anew(case, replace(told, copies=copies), by, choice=choice)


def settled_anew(case: Case, told: Verdict, by: By, *, choice: str = ANEW) -> Decision:
    """Decide otherwise than both; raises what `decide` raises."""

    def with_mark(connection: Connection, made: Decision) -> None:
        seconds = ",".join(str(one.id) for one in looks(connection, about=told.about) if one.decision is None)
        value = f"{choice} {made.id} {seconds}".rstrip()
        marked(connection, kind=SETTLED, about=told.about, value=value, who=by.who, at=by.at)

    return decide(
        case,
        ruling=told.ruling,
        about=(told.about, *told.copies),
        who=by.who,
        why=told.why,
        at=by.at,
        instead_of=told.instead_of,
        corrections=told.corrections,
        then=with_mark,
    )


def standing_of(connection: Connection, about: str) -> tuple[str, ...]:
    """The decisions that stand on whether something is read rightly."""
    return tuple(one.id for one in decisions(connection, about=about) if one.ruling in ("accept", "reject", "correct"))


def _open(connection: Connection, about: str) -> Pair:
    for one in differing_pairs(connection):
        if one.about == about:
            return one
    raise NoSuchThing("On this no two readers differ, or somebody settled it already.")


def _against(connection: Connection, about: str, verdict: str) -> tuple[str, ...]:
    """What stands and says otherwise; of two corrections each is taken to say all that it does not correct, too."""
    ids = standing_of(connection, about)
    told = {one.id: one.ruling for one in decisions(connection, about=about)}
    return tuple(one for one in ids if told[one] != verdict or verdict == "correct")
