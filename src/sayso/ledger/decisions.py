"""What people rule about a case: written down with who, when, why and the words it rests on; withdrawn, never deleted.

The audit holds of each decision its ruling, the ids it is about, and a salted hash of the words that were typed. The
salt stands beside the decision: where words of it are erased, the salt goes too, and nobody can try out what they were.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, select

from sayso.ledger import audit, rulings
from sayso.ledger.anchors import Subject, keep_anchors, subject_of
from sayso.ledger.corrections import (
    Asking,
    are_the_same,
    checked,
    clash,
    corrections_of,
    keep_corrections,
)
from sayso.ledger.dated import Basis, are_of_two_times, bases_of, checked_basis, keep_basis
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.problems import Contradicts
from sayso.ledger.schema import decision_about, decision_anchors
from sayso.ledger.schema import decisions as table
from sayso.record import Anchor, Correction, Decision, Span

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.case import Case

Then = Callable[[Connection, Decision], object]
"""What else belongs to a ruling, and is done in its transaction or not at all."""


def decide(  # noqa: PLR0913 a decision has that many parts, and all must be given
    case: Case,
    *,
    ruling: str,
    about: Sequence[str],
    value: str | None = None,
    who: str,
    why: str,
    at: str,
    instead_of: str | Sequence[str] | None = None,
    corrections: Sequence[Correction] = (),
    as_of: str | None = None,
    source: str | None = None,
    then: Then | None = None,
) -> Decision:
    """Write down what a person rules, and let it take effect, in one transaction.

    `about` are ids, or beginnings of ids. `corrections` say of `correct` and `add_statement` which field becomes what;
    what stood there before is filled in. The same person ruling the same twice is one decision. `instead_of` names a
    decision that is withdrawn for this one, or several. `as_of` says since when something is so, `source` on whose
    word; two rulings as of two times can stand beside each other. `then` is done in the same transaction. Raises
    `NoSuchThing` for an id that nothing has, `CannotRule` for a ruling or a correction that does not fit, `Contradicts`
    where decisions about the same things say otherwise.
    """
    from sayso.ledger.ruled_parts import with_before

    with case.writing() as connection:
        subjects = {subject.id: subject for subject in (subject_of(connection, asked) for asked in about)}
        rulings.check(ruling, [subject.kind for subject in subjects.values()], value)
        asking = Asking(ruling, tuple(subjects.values()), knowledge_of(case))
        told = checked(connection, asking, value, corrections)
        value, basis = rulings.as_kept(ruling, value), checked_basis(ruling, Basis(as_of, source))
        replaced = tuple(
            _withdraw(connection, other, _By(who, at), asking.knowledge).id
            for other in ((instead_of,) if isinstance(instead_of, str) else instead_of or ())
        )
        wanted = Decision(
            "",
            ruling,
            tuple(subjects),
            (),
            value,
            who,
            at,
            why,
            corrections=told,
            as_of=basis.as_of,
            source=basis.source,
        )
        again = _standing_beside(connection, wanted)
        if again is not None:
            if then is not None:
                then(connection, again)
            return again
        wanted = replace(wanted, corrections=with_before(connection, wanted, asking.knowledge))
        decision = _written(connection, wanted, subjects, replaced)
        _apply(connection, decision, asking.knowledge)
        if then is not None:
            then(connection, decision)
        return decision


def ruled_now(connection: Connection, asking: Asking, *, who: str, at: str, why: str = "") -> Decision:
    """Write down and apply a ruling without a value, in the caller's transaction, whatever else stands ruled."""
    subjects = {one.id: one for one in asking.subjects}
    rulings.check(asking.ruling, [one.kind for one in asking.subjects], None)
    made = _written(connection, Decision("", asking.ruling, tuple(subjects), (), None, who, at, why), subjects)
    _apply(connection, made, asking.knowledge)
    return made


def withdraw(case: Case, asked: str, *, who: str, at: str, then: Then | None = None) -> Decision:
    """Take a decision back. It stays written down, with who withdrew it and when, and no longer has effect.

    Raises `NoSuchThing` where there is no such decision. Withdrawing twice changes nothing.
    The look that it came of goes with it, where whoever gave it takes it back. `then` is done in the same transaction.
    """
    from sayso.ledger.looks import taken_back_with

    with case.writing() as connection:
        gone = _withdraw(connection, asked, _By(who, at), knowledge_of(case))
        taken_back_with(connection, gone, who=who, at=at)
        if then is not None:
            then(connection, gone)
        return gone


def withdrawn_now(case: Case, connection: Connection, asked: str, *, who: str, at: str) -> Decision:
    """Take a decision back, in the caller's transaction; what it came of is the caller's."""
    return _withdraw(connection, asked, _By(who, at), knowledge_of(case))


def decisions(
    connection: Connection, *, about: str | None = None, of: Sequence[str] = (), withdrawn: bool = False
) -> tuple[Decision, ...]:
    """Decisions in the order they were made: those about one id, those `of` some rulings; the withdrawn where asked.

    One that lost the words it rests on is among them; `lost` says which those are.
    """
    asked = select(table).order_by(table.c.seq)
    if about is not None:
        asked = asked.where(table.c.id.in_(select(decision_about.c.decision_id).where(decision_about.c.about == about)))
    if of:
        asked = asked.where(table.c.ruling.in_(of))
    if not withdrawn:
        asked = asked.where(table.c.withdrawn_at.is_(None))
    return _nouns(connection, connection.execute(asked).all())


def decision(connection: Connection, asked: str) -> Decision:
    """One decision by its id or the beginning of it. Raises `NoSuchThing`."""
    from sayso.ledger.asking.ids import found

    row = connection.execute(select(table).where(table.c.id == found(connection, asked, kind="decision").id)).one()
    return _nouns(connection, [row])[0]


def decisions_in(connection: Connection, asked: Select[Any]) -> tuple[Decision, ...]:
    """The decisions that a question for rows of their table finds, in its order."""
    return _nouns(connection, connection.execute(asked).all())


def lost(connection: Connection, *, among: Collection[str] | None = None) -> frozenset[str]:
    """The ids of decisions that have no effect, because the words they rest on were not found again."""
    asked = select(decision_anchors.c.decision_id).where(decision_anchors.c.lost)
    if among is not None:
        asked = asked.where(decision_anchors.c.decision_id.in_(list(among)))
    return frozenset(connection.execute(asked).scalars())


def typed_hash(
    salt: str, value: str | None, why: str, corrections: Sequence[Correction] = (), basis: Basis | None = None
) -> str:
    """What the audit holds instead of the words that were typed: nobody can guess them without the salt.

    Of corrections it holds what stood before and what stands now, each with the place of its words; of what has a basis
    since when it is so, and on whose word.
    """
    typed = [salt, value or "", why]
    for one in corrections:
        at = f"{one.anchor.report} {one.anchor.span.start}-{one.anchor.span.end}" if one.anchor else ""
        typed += [one.field, one.before or "", one.after or "", at]
    if basis is not None:
        typed += ["as of", basis.as_of or "", "source", basis.source or ""]
    return hashlib.sha256("\0".join(typed).encode("utf-8", "surrogatepass")).hexdigest()


# Writing


def _written(
    connection: Connection, wanted: Decision, subjects: dict[str, Subject], replaced: Sequence[str] = ()
) -> Decision:
    salt = secrets.token_hex(16)
    body: dict[str, Any] = {
        "about": list(wanted.about),
        "ruling": wanted.ruling,
        "typed": typed_hash(salt, wanted.value, wanted.why, wanted.corrections, _basis(wanted)),
    }
    if wanted.corrections:
        body["fields"] = [one.field for one in wanted.corrections]
    if replaced:
        body["instead_of"] = list(replaced)
    made = replace(
        wanted, id=f"dec-{hashlib.sha256(audit.canonical({**body, 'at': wanted.at}).encode()).hexdigest()[:12]}"
    )
    connection.execute(
        table.insert().values(
            id=made.id, ruling=made.ruling, value=made.value, who=made.who, at=made.at, why=made.why, salt=salt
        )
    )
    for n, one in enumerate(made.about):
        connection.execute(decision_about.insert().values(decision_id=made.id, n=n, about=one))
    keep_corrections(connection, made.id, made.corrections)
    keep_basis(connection, made.id, Basis(made.as_of, made.source))
    anchors = keep_anchors(connection, made.id, [_rests_on(made, subjects[one]) for one in made.about])
    audit.note(connection, at=made.at, who=made.who, what="decided", about=made.id, body=body)
    return replace(made, anchors=anchors)


def _basis(told: Decision) -> Basis | None:
    return Basis(told.as_of, told.source) if told.as_of or told.source else None


def _rests_on(made: Decision, subject: Subject) -> Subject:
    """A thing with the words that a decision about it rests on: of a statement that is added, those that it has."""
    said = next((one.anchor for one in made.corrections if one.field == "words"), None)
    return replace(subject, anchor=said) if made.ruling == "add_statement" else subject


@dataclass(frozen=True, slots=True)
class _By:
    """Who does something, and when."""

    who: str
    at: str


def _withdraw(connection: Connection, asked: str, by: _By, rows: Knowledge) -> Decision:
    standing = decision(connection, asked)
    if standing.withdrawn_at is not None:
        return standing
    connection.execute(table.update().where(table.c.id == standing.id).values(withdrawn_at=by.at, withdrawn_by=by.who))
    audit.note(connection, at=by.at, who=by.who, what="withdrew", about=standing.id, body={"ruling": standing.ruling})
    gone = replace(standing, withdrawn_at=by.at, withdrawn_by=by.who)
    _apply(connection, gone, rows)
    return gone


def _apply(connection: Connection, ruled: Decision, rows: Knowledge) -> None:
    """Let a decision, or its withdrawal, take effect on what the case has drawn from its reports."""
    from sayso.ledger.keeping import apply_ruling

    apply_ruling(connection, ruled, rows)


def _standing_beside(connection: Connection, wanted: Decision) -> Decision | None:
    """The same decision of the same person, if it stands. Raises `Contradicts` where another cannot stand beside it."""
    same: Decision | None = None
    against: list[tuple[Decision, str]] = []
    for other in _beside(connection, wanted):
        if not rulings.answers_the_same(other.ruling, wanted.ruling):
            continue
        if (contradicted := _contradicted(other, wanted)) is not None:
            against.append((other, contradicted))
            continue
        is_the_same = other.who == wanted.who and set(other.about) == set(wanted.about)
        is_the_same = is_the_same and _basis(other) == _basis(wanted)
        if is_the_same and are_the_same(other.corrections, wanted.corrections):
            same = other
    if against:
        other, contradicted = against[0]
        raise Contradicts(
            f"{other.who} ruled {_spoken(other, contradicted)} about the same on {other.at} ({other.id}): "
            f"{other.why} Talk to them, or rule instead of it with --instead-of {other.id}.",
            tuple(one for one, _ in against),
        )
    return same


def _beside(connection: Connection, wanted: Decision) -> tuple[Decision, ...]:
    """Decisions that could contradict one: about any of its things, or any two where it is ruled of them together."""
    if len(wanted.about) == 1 or rulings.KINDS[wanted.ruling].each:
        found = {other.id: other for one in wanted.about for other in decisions(connection, about=one)}
        return tuple(found.values())
    return _of_pairs(connection, wanted)


def _contradicted(other: Decision, wanted: Decision) -> str | None:
    """What of a decision another contradicts: a field, or "" where it is the whole; None where both can stand."""
    if wanted.ruling == other.ruling == "add_statement":
        return None  # much can be missed in one report
    if wanted.ruling == other.ruling == "correct":
        return clash(other.corrections, wanted.corrections)
    if are_of_two_times(other, wanted):
        return None
    return "" if (other.ruling, other.value) != (wanted.ruling, wanted.value) else None


def _of_pairs(connection: Connection, wanted: Decision) -> tuple[Decision, ...]:
    """Decisions that share at least two things with this one."""
    found = {other.id: other for one in wanted.about for other in decisions(connection, about=one)}
    return tuple(other for other in found.values() if len(set(other.about) & set(wanted.about)) > 1)


def _spoken(ruled: Decision, field: str) -> str:
    told = next((one for one in ruled.corrections if one.field == field), None)
    if told is not None:
        return f"{ruled.ruling} ({told.field} → {told.after})"
    return f"{ruled.ruling} ({ruled.value})" if ruled.value else ruled.ruling


# Reading


def _nouns(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> tuple[Decision, ...]:
    ids = [row.id for row in rows]
    about: dict[str, list[str]] = {one: [] for one in ids}
    anchors: dict[str, list[Anchor]] = {one: [] for one in ids}
    asked = select(decision_about).where(decision_about.c.decision_id.in_(ids))
    for row in connection.execute(asked.order_by(decision_about.c.decision_id, decision_about.c.n)):
        about[row.decision_id].append(row.about)
    held = select(decision_anchors).where(decision_anchors.c.decision_id.in_(ids))
    for row in connection.execute(held.order_by(decision_anchors.c.decision_id, decision_anchors.c.n)):
        anchors[row.decision_id].append(Anchor(row.report_id, Span(row.start, row.end), row.words))
    corrected, bases = corrections_of(connection, ids), bases_of(connection, ids)
    return tuple(
        Decision(
            id=row.id,
            ruling=row.ruling,
            about=tuple(about[row.id]),
            anchors=tuple(anchors[row.id]),
            value=row.value,
            who=row.who,
            at=row.at,
            why=row.why,
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=row.withdrawn_by,
            corrections=corrected.get(row.id, ()),
            as_of=bases[row.id].as_of if row.id in bases else None,
            source=bases[row.id].source if row.id in bases else None,
        )
        for row in rows
    )
