"""What people typed, and what stands beside reports: rid of the words that are erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, delete, or_, select, update

from sayso.ledger import schema, working
from sayso.ledger.dated import forget_sources, withhold_in_sources

if TYPE_CHECKING:
    from sayso.ledger.withholding import Withheld

ERASED = "[erased]"
BESIDE: tuple[tuple[Table, str, tuple[str, ...]], ...] = (
    (schema.custody, "id", ("path", "url", "locator")),
    (schema.failures, "id", ("path", "url", "locator", "says")),
    (schema.queue, "id", ("says",)),
    (schema.redirects, "old", ("why",)),
    (schema.case_facts, "name", ("value",)),
    (schema.tombstones, "id", ("why",)),
    (working.intake, "id", ("name", "given", "says")),
    (working.marks, "id", ("value",)),
    (working.looks, "id", ("fields", "why")),
    (working.saved_searches, "id", ("name", "query")),
)
"""Tables with words that nobody read from a report, by the key of their rows."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The decisions whose typed words were changed, and whether anything was found at all."""

    decisions: tuple[str, ...] = ()
    anything: bool = False


def forget_typed(connection: Connection, report: str) -> tuple[str, ...]:
    """Erase the words that decisions about a report rest on, and what was typed with them; the decisions' ids.

    Nobody can know which of the typed words are the report's. The decisions stay, withdrawn or not, without effect.
    """
    about = schema.decision_about.c
    mine = select(about.decision_id).where(or_(about.about == report, about.about.startswith(f"{report}#")))
    anchored = select(schema.decision_anchors.c.decision_id).where(schema.decision_anchors.c.report_id == report)
    decisions = schema.decisions.c
    typed = or_(decisions.id.in_(mine), decisions.id.in_(anchored))
    ids = tuple(connection.execute(select(decisions.id).where(typed).order_by(decisions.seq)).scalars())
    connection.execute(
        update(schema.decision_anchors)
        .where(schema.decision_anchors.c.report_id == report)
        .values(words="", before="", after="", start=0, end=0, lost=True)
    )
    if ids:
        told = schema.decision_corrections
        gone = dict.fromkeys(("before", "after", "report_id", "start", "end", "words"))
        connection.execute(update(told).where(told.c.decision_id.in_(ids)).values(gone))
        connection.execute(
            update(schema.decisions).where(decisions.id.in_(ids)).values(value=None, why=ERASED, salt=None)
        )
        forget_sources(connection, ids, ERASED)
    _forget_marks(connection, report)
    _forget_looks(connection, report)
    waits = schema.queue.c
    connection.execute(
        delete(schema.queue).where(
            or_(waits.about == report, waits.about.startswith(f"{report}#"), waits.about.in_(ids or ("",)))
        )
    )
    return ids


def located_nowhere(connection: Connection) -> set[str]:
    """The rulings on where places are of which no report names any."""
    about, there = schema.decision_about.c, select(working.named_places.c.id)
    held = select(about.decision_id).where(about.about.in_(there))
    asked = select(schema.decisions.c.id).where(
        schema.decisions.c.ruling == "locate", schema.decisions.c.id.not_in(held)
    )
    return set(connection.execute(asked).scalars())


def forget_places(connection: Connection, decisions: Collection[str]) -> tuple[str, ...]:
    """Erase what was typed of places that nothing names any more; the ids of the decisions."""
    ids = tuple(sorted(decisions))
    if ids:
        mine = schema.decisions.c.id.in_(ids)
        connection.execute(update(schema.decisions).where(mine).values(value=None, why=ERASED, salt=None))
        forget_sources(connection, ids, ERASED)
        held = working.ruled_places.c.decision_id.in_(ids)
        connection.execute(delete(working.ruled_places).where(held))
    return ids


def _forget_marks(connection: Connection, report: str) -> None:
    """The words of marks at a report or a part of it; that they were set stays known."""
    marks = working.marks.c
    mine = or_(marks.about == report, marks.about.startswith(f"{report}#"))
    connection.execute(update(working.marks).where(mine, marks.value.is_not(None)).values(value=ERASED))


def _forget_looks(connection: Connection, report: str) -> None:
    """What was typed at looks at a part of a report; that they were given stays known."""
    looks = working.looks.c
    mine = looks.about.startswith(f"{report}#")
    connection.execute(update(working.looks).where(mine, looks.why != "").values(why=ERASED))
    connection.execute(update(working.looks).where(mine).values(fields="{}"))


def forget_intake(connection: Connection, sealed: Collection[str]) -> None:
    """Under which name some bytes were handed in, and what was said of them; that they were, when and by whom stays."""
    plain = [one.removeprefix("sha256:") for one in sealed]
    mine = working.intake.c.sha256.in_(plain)
    connection.execute(update(working.intake).where(mine).values(name=ERASED, given="{}", says=None))


def ruled_with(connection: Connection, decisions: Collection[str]) -> set[str]:
    """The reports that some decisions are about, or about parts of which they are."""
    about = schema.decision_about.c
    asked = select(about.about).where(about.decision_id.in_(list(decisions)), about.about.like("sha256:%"))
    return {one.partition("#")[0] for one in connection.execute(asked).scalars()}


def withhold_typed(connection: Connection, withheld: Withheld) -> Typed:
    """Take a name out of decisions, their anchors, and everything else that stands beside reports."""
    anything = False
    for table, key, columns in BESIDE:
        anything |= _withhold(connection, table, (key,), columns, withheld) > 0
    corrected = _corrected(connection, withheld)
    sourced = _unsalted(connection, withhold_in_sources(connection, withheld))
    typed = tuple(dict.fromkeys((*corrected, *sourced, *_typed(connection, withheld))))
    around = ("words", "before", "after")
    anything |= _withhold(connection, schema.decision_anchors, ("decision_id", "n"), around, withheld, blocks=True) > 0
    return Typed(typed, anything or bool(typed))


def _corrected(connection: Connection, withheld: Withheld) -> tuple[str, ...]:
    """Take a name out of what fields were and became; the ids of the decisions that were changed."""
    told = schema.decision_corrections
    changed = []
    for row in connection.execute(select(told)).all():
        marked = {
            name: withheld.marked(held) for name in ("before", "after") if withheld.is_in(held := getattr(row, name))
        }
        blocked = {"words": withheld.blocked(row.words)} if withheld.is_in(row.words) else {}
        if marked or blocked:
            mine = (told.c.decision_id == row.decision_id) & (told.c.n == row.n)
            connection.execute(update(told).where(mine).values({**marked, **blocked}))
        if marked:
            changed.append(row.decision_id)
    return _unsalted(connection, tuple(dict.fromkeys(changed)))


def _unsalted(connection: Connection, changed: tuple[str, ...]) -> tuple[str, ...]:
    """Take the salt of decisions whose typed words were changed: nobody can try out what they were."""
    if changed:
        decisions = schema.decisions
        connection.execute(update(decisions).where(decisions.c.id.in_(changed)).values(salt=None))
    return changed


def _typed(connection: Connection, withheld: Withheld) -> tuple[str, ...]:
    changed = []
    for row in connection.execute(select(schema.decisions)).all():
        if not withheld.is_in(row.value) and not withheld.is_in(row.why):
            continue
        changed.append(row.id)
        connection.execute(
            update(schema.decisions)
            .where(schema.decisions.c.id == row.id)
            .values(
                value=withheld.marked(row.value) if row.value else row.value, why=withheld.marked(row.why), salt=None
            )
        )
    return tuple(changed)


def _withhold(
    connection: Connection,
    table: Table,
    keys: tuple[str, ...],
    columns: tuple[str, ...],
    withheld: Withheld,
    *,
    blocks: bool = False,
) -> int:
    changed = 0
    out = withheld.blocked if blocks else withheld.marked
    for row in connection.execute(select(table)).mappings().all():
        named = {column: out(row[column]) for column in columns if withheld.is_in(row[column])}
        if named:
            mine = [table.c[key] == row[key] for key in keys]
            connection.execute(update(table).where(*mine).values(**named))
            changed += 1
    return changed
