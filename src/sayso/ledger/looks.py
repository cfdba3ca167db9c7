"""Every verdict that a person gives on one question: written down as a look, withdrawn, never deleted.

A look that is not blind makes a decision, in one transaction with it. A second reader's look is blind: they were not
shown what the first said, and it makes none; where the two differ, settling it does. So it is with a look that stands
beside another person's ruling: whoever gave it knew the other, says otherwise, and decides nothing by it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, select, update

from sayso.ledger import audit
from sayso.ledger.decisions import decide, decisions, withdrawn_now
from sayso.ledger.decisions import withdraw as decision_withdrawn
from sayso.ledger.marks import marked, marks
from sayso.ledger.problems import CannotRule, NoSuchThing
from sayso.ledger.working import looks as table
from sayso.record import Anchor, Correction, Decision, Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

SECOND = "second_look"
EVERY = "every_nth"
SETTLED = "settled"
VERDICTS = ("accept", "reject", "correct")
Then = Callable[[Connection], object]


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and when."""

    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of one question, in which queue it was asked, and of which copies they say the same."""

    about: str
    ruling: str  # one of VERDICTS
    why: str = ""
    corrections: tuple[Correction, ...] = ()
    queue: str = ""
    copies: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()  # others' decisions that it differs from, and that it stands beside


@dataclass(frozen=True, slots=True)
class Look:
    """One look: at what, with which verdict, by whom and when, and the decision that it made."""

    id: int
    about: str
    verdict: str
    corrections: tuple[Correction, ...]
    queue: str
    why: str
    who: str
    at: str
    blind: bool
    decision: str | None
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    beside: tuple[str, ...] = ()  # the decisions of others that it stands beside

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside what another ruled, decides nothing, and was not blind."""
        return self.decision is None and not self.blind


def looked(case: Case, told: Verdict, by: By, *, then: Then | None = None) -> tuple[Look, Decision]:
    """Rule, and keep the look that it came of, in one transaction; `then` is done in it too.

    Raises what `decide` raises.
    """
    kept: list[Look] = []

    def with_look(connection: Connection, made: Decision) -> None:
        said_anew(connection, made, by)
        kept.append(_again(connection, made, by) or _written(connection, told, by, made.id))
        if then is not None:
            then(connection)

    made = decide(
        case,
        ruling=told.ruling,
        about=(told.about, *told.copies),
        who=by.who,
        why=told.why,
        at=by.at,
        instead_of=told.instead_of,
        corrections=told.corrections,
        then=with_look,
    )
    return kept[0], made


def looked_blind(case: Case, told: Verdict, by: By, *, then: Then | None = None) -> Look:
    """Keep what a second reader says, who was not shown what the first said. It decides nothing.

    Raises `CannotRule` for what is no verdict, and where the same person looked at it already.
    """
    _check(told)
    with case.writing() as connection:
        if any(one.who == by.who for one in looks(connection, about=told.about)):
            raise CannotRule("You looked at this already: a second reader is somebody else.")
        made = _written(connection, told, by, None, blind=True)
        if then is not None:
            then(connection)
    return made


def looked_beside(case: Case, told: Verdict, by: By, *, then: Then | None = None) -> Look:
    """Keep what somebody says otherwise than others ruled, beside their rulings. It decides nothing, until settled.

    `told.beside` are the rulings of others that it differs from; `told.instead_of` are rulings of one's own that are
    withdrawn for it, and so is what one said of it before. Raises `CannotRule` for what is no verdict, where none of
    the others' rulings stands any more, and where one looked at it as a second reader already.
    """
    _check(told)
    with case.writing() as connection:
        standing = decisions(connection, about=told.about)
        beside = tuple(one.id for one in standing if one.id in told.beside and one.who != by.who)
        if not beside:
            raise CannotRule("Nobody else's ruling stands there any more: rule of it yourself.")
        before = looks(connection, about=told.about, who=by.who)
        if any(one.blind for one in before):
            raise CannotRule("You looked at this as a second reader: that is what will be settled.")
        mine = {one.id for one in standing if one.who == by.who}
        for own in mine.intersection(told.instead_of):
            withdrawn_now(case, connection, own, who=by.who, at=by.at)
        for look in before:
            if look.is_beside or look.decision in told.instead_of:
                _withdrawn(connection, look, by)
        made = _written(connection, replace(told, beside=beside), by, None)
        if then is not None:
            then(connection)
    return made


def withdraw(case: Case, asked: int, *, by: By) -> Look:
    """Take a look back, and the decision that it made. Both stay written down. Raises `NoSuchThing`.

    Withdrawing twice changes nothing.
    """
    with case.reading() as connection:
        standing = one(connection, asked)
    if standing.withdrawn_at is not None:
        return standing
    if standing.decision is None:
        with case.writing() as connection:
            _withdrawn(connection, standing, by)
    else:
        decision_withdrawn(
            case,
            standing.decision,
            who=by.who,
            at=by.at,
            then=lambda connection, _: _withdrawn(connection, standing, by),
        )
    return standing


def taken_back_with(connection: Connection, gone: Decision, *, who: str, at: str) -> None:
    """Take back the looks that a decision came of, where whoever gave them takes the decision back.

    What somebody said stays said where another takes the decision back.
    """
    asked = select(table).where(table.c.decision_id == gone.id, table.c.who == who, table.c.withdrawn_at.is_(None))
    for row in connection.execute(asked).all():
        _withdrawn(connection, _look(row), By(who, at))


def said_anew(connection: Connection, made: Decision, by: By) -> None:
    """Take back what somebody kept to say beside others' rulings, once they rule of the same."""
    for one in looks(connection, about=made.about, who=by.who):
        if one.is_beside:
            _withdrawn(connection, one, by)


def looks(
    connection: Connection,
    *,
    about: str | Sequence[str] | Select[tuple[str]] | None = None,
    who: str | None = None,
    also_withdrawn: bool = False,
) -> tuple[Look, ...]:
    """The looks that stand, in the order they were made: at one question or some, by one person."""
    asked = select(table).order_by(table.c.id)
    if about is not None:
        some = about if isinstance(about, Select) else [about] if isinstance(about, str) else list(about)
        asked = asked.where(table.c.about.in_(some))
    if who is not None:
        asked = asked.where(table.c.who == who)
    if not also_withdrawn:
        asked = asked.where(table.c.withdrawn_at.is_(None))
    return tuple(_look(row) for row in connection.execute(asked))


def one(connection: Connection, asked: int) -> Look:
    """One look by its number. Raises `NoSuchThing`."""
    row = connection.execute(select(table).where(table.c.id == asked)).first()
    if row is None:
        raise NoSuchThing(f"There is no look with the number {asked}.")
    return _look(row)


def last_of(connection: Connection, who: str) -> Look | None:
    """The last look of a person that stands."""
    asked = select(table).where(table.c.who == who, table.c.withdrawn_at.is_(None)).order_by(table.c.id.desc()).limit(1)
    row = connection.execute(asked).first()
    return _look(row) if row is not None else None


# Asking for a second reader


def every_nth(connection: Connection, queue: str) -> tuple[int, str] | None:
    """Of how many looks in a queue one goes to a second reader, and who asked for that; None where nobody did."""
    asked = marks(connection, kind=EVERY, about=f"queue:{queue}")
    return (int(asked[-1].value or 0), asked[-1].who) if asked and (asked[-1].value or "").isdigit() else None


def _asked_by_turn(connection: Connection, look: Look) -> None:
    turn = every_nth(connection, look.queue) if look.queue else None
    if turn is None or not turn[0]:
        return
    mine = (table.c.fields.startswith(_queue_of(look.queue), autoescape=True)) & ~table.c.blind
    nth = connection.execute(select(func.count()).where(mine)).scalar_one()
    if nth % turn[0] == 0:
        marked(connection, kind=SECOND, about=look.about, value=f"every {turn[0]}", who=turn[1], at=look.at)


# Rows


def _check(told: Verdict) -> None:
    if told.ruling not in VERDICTS:
        raise CannotRule(f"{told.ruling!r} is no verdict. There are: {', '.join(VERDICTS)}.")


def _again(connection: Connection, made: Decision, by: By) -> Look | None:
    """The look of a decision that stood already: the same person said the same twice."""
    asked = select(table).where(
        table.c.decision_id == made.id, table.c.who == by.who, table.c.withdrawn_at.is_(None), ~table.c.blind
    )
    row = connection.execute(asked).first()
    return _look(row) if row is not None else None


def _written(connection: Connection, told: Verdict, by: By, decision: str | None, *, blind: bool = False) -> Look:
    row = {
        "about": told.about,
        "verdict": told.ruling,
        "fields": _fields(told),
        "why": told.why,
        "who": by.who,
        "at": by.at,
        "blind": blind,
        "decision_id": decision,
    }
    made = connection.execute(table.insert().returning(table.c.id), row).scalar_one()
    body: dict[str, Any] = {"look": made, "verdict": told.ruling, "blind": blind}
    body |= {"decision": decision} if decision else {}
    body |= {"beside": list(told.beside)} if told.beside else {}
    audit.note(connection, at=by.at, who=by.who, what="looked", about=told.about, body=body)
    given = (told.about, told.ruling, told.corrections, told.queue, told.why, by.who, by.at, blind, decision)
    look = Look(made, *given, beside=told.beside)
    if decision is not None:
        _asked_by_turn(connection, look)
    return look


def _withdrawn(connection: Connection, gone: Look, by: By) -> None:
    mine = (table.c.id == gone.id) & table.c.withdrawn_at.is_(None)
    if not connection.execute(update(table).where(mine).values(withdrawn_at=by.at, withdrawn_by=by.who)).rowcount:
        return  # with its decision, just before
    body = {"look": gone.id, "verdict": gone.verdict}
    audit.note(connection, at=by.at, who=by.who, what="unlooked", about=gone.about, body=body)


def _queue_of(name: str) -> str:
    """How what is kept of a look of one queue begins."""
    return f'{{"queue":{json.dumps(name)},'


def _fields(told: Verdict) -> str:
    """What is kept: the queue first, then what each field was corrected to."""
    fields = [
        {
            "field": each.field,
            "after": each.after,
            **(
                {"report": each.anchor.report, "start": each.anchor.span.start, "end": each.anchor.span.end}
                if each.anchor
                else {}
            ),
        }
        for each in told.corrections
    ]
    held = {"queue": told.queue, "fields": fields, **({"beside": told.beside} if told.beside else {})}
    return json.dumps(held, separators=(",", ":"), ensure_ascii=False)


def _look(row: Any) -> Look:
    held = json.loads(row.fields) if row.fields.startswith("{") else {}
    return Look(
        row.id,
        row.about,
        row.verdict,
        tuple(_correction(each) for each in held.get("fields", ())),
        held.get("queue", ""),
        row.why,
        row.who,
        row.at,
        bool(row.blind),
        row.decision_id,
        row.withdrawn_at,
        row.withdrawn_by,
        tuple(held.get("beside", ())),
    )


def _correction(held: dict[str, Any]) -> Correction:
    anchor = Anchor(held["report"], Span(held["start"], held["end"])) if "report" in held else None
    return Correction(held["field"], None, held["after"], anchor)
