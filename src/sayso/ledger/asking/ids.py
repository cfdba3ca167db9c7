"""What an id means: whole or its beginning, as it is now or as it was before a merge.

A report is `sha256:` and its hash, an incident `inc-…`, a family `fam-…`, a speaker `spk-…`, a place `plc-…`, a
decision `dec-…`; what stands in a report is `<report>#st3` or `<report>#ev1`. A beginning is enough as long as only one
thing begins so.
"""

from __future__ import annotations

import re

from sqlalchemy import Column, Connection, select

from sayso.ledger.asking.answers import Found
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.schema import decisions, family_members, incidents, redirects, reports, speakers, tombstones
from sayso.ledger.working import named_places

SHORTEST = 6
"""Hex digits of a report's hash that must be given, so that a word is not taken for one."""
NEAR = 3
FURTHEST = 32
"""Redirects that are followed: more than any merges make, fewer than a ring of them."""
SEAL = "sha256:"
HEX = re.compile(r"[0-9a-f]+")
HOLDERS: dict[str, Column[str]] = {
    "report": reports.c.id,
    "incident": incidents.c.id,
    "family": family_members.c.family_id,
    "speaker": speakers.c.id,
    "decision": decisions.c.id,
    "place": named_places.c.id,
}
PREFIXES = {"inc-": "incident", "fam-": "family", "spk-": "speaker", "dec-": "decision", "plc-": "place"}
COMMANDS = {"report": "sayso report", "incident": "sayso incident", "speaker": "sayso source"}


def found(connection: Connection, asked: str, *, kind: str | None = None) -> Found:
    """What an id, or the beginning of one, means now.

    `kind` is the sort of thing that is wanted. Raises `NoSuchThing` where nothing, or more than one thing, has the id,
    or what has it is of another kind; the message names what is near.
    """
    plain, _, part = asked.strip().partition("#")
    plain = plain.casefold()
    is_a = kind_of(plain)
    if is_a is None:
        raise NoSuchThing(f"{asked!r} is no id. {_forms(kind)}")
    if kind is not None and is_a != kind:
        raise NoSuchThing(f"{asked} is {_a(is_a)}, not {_a(kind)}.{_command(is_a, asked)}")
    begins = _whole(plain, is_a)
    now = _only(connection, begins, is_a, asked)
    if now is not None:
        return Found(now, is_a, part or None)
    old, new = _redirected(connection, begins, is_a, asked)
    return Found(new, is_a, part or None, f"{old} is now {new}")


def kind_of(asked: str) -> str | None:
    """The sort of thing an id is of, by its form; None where it is no id.

    >>> kind_of("inc-12ab"), kind_of("sha256:0f"), kind_of("0f0f0f"), kind_of("Osk")
    ('incident', 'report', 'report', None)
    """
    for prefix, kind in PREFIXES.items():
        if asked.startswith(prefix) and HEX.fullmatch(asked[len(prefix) :]):
            return kind
    if asked.startswith(SEAL):
        return "report" if HEX.fullmatch(asked[len(SEAL) :]) else None
    return "report" if len(asked) >= SHORTEST and HEX.fullmatch(asked) else None


def _whole(plain: str, kind: str) -> str:
    return SEAL + plain.removeprefix(SEAL) if kind == "report" else plain


def _only(connection: Connection, begins: str, kind: str, asked: str) -> str | None:
    """The one id that begins so, None where none does."""
    column = HOLDERS[kind]
    query = select(column).where(column >= begins, column < _past(begins)).distinct().order_by(column).limit(NEAR + 1)
    ids = list(connection.execute(query).scalars())
    if begins in ids or len(ids) == 1:
        return begins if begins in ids else ids[0]
    if ids:
        more = " …" if len(ids) > NEAR else ""
        raise NoSuchThing(f"{asked} is the beginning of several ids: {', '.join(ids[:NEAR])}{more}. Write more of it.")
    return None


def _redirected(connection: Connection, begins: str, kind: str, asked: str) -> tuple[str, str]:
    """The former id that begins so, and the one that stands for it now."""
    query = select(redirects.c.old, redirects.c.new).where(redirects.c.old >= begins, redirects.c.old < _past(begins))
    ends = {row.old: _end_of(connection, row.new) for row in connection.execute(query.order_by(redirects.c.old))}
    if begins in ends or len(set(ends.values())) == 1:
        old = begins if begins in ends else next(iter(ends))
        return old, ends[old]
    if ends:
        raise NoSuchThing(
            f"{asked} is the beginning of several former ids, now {', '.join(sorted(set(ends.values())))}."
        )
    raise _why_not(connection, begins, kind, asked)


def _why_not(connection: Connection, begins: str, kind: str, asked: str) -> NoSuchThing:
    """That it was erased, or that it never was, and what is near."""
    query = select(tombstones).where(tombstones.c.about >= begins, tombstones.c.about < _past(begins))
    erased = connection.execute(query).first() if kind == "report" else None
    if erased is not None:
        return NoSuchThing(f"{asked} was erased from the case on {erased.at} by {erased.who}: {erased.why}")
    near = _near(connection, begins, kind)
    hint = "" if near else f" The case holds no {kind} yet."
    return NoSuchThing(f"Nothing in the case has the id {asked}.{hint}", near)


def _end_of(connection: Connection, new: str) -> str:
    """The last of a chain of redirects: what was merged can be merged again."""
    for _ in range(FURTHEST):
        following = connection.execute(select(redirects.c.new).where(redirects.c.old == new)).scalar()
        if following is None:
            return new
        new = following
    return new


def _near(connection: Connection, begins: str, kind: str) -> list[str]:
    """Ids that share the most with what was asked for, from its beginning on."""
    column = HOLDERS[kind]
    before = select(column).where(column < begins).distinct().order_by(column.desc()).limit(NEAR)
    after = select(column).where(column > begins).distinct().order_by(column).limit(NEAR)
    ids = [*connection.execute(before).scalars(), *connection.execute(after).scalars()]
    return sorted(ids, key=lambda one: (-_shared(one, begins), one))[:NEAR]


def _shared(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _past(begins: str) -> str:
    """The first string after all that begin so: ids are of digits and small letters."""
    return begins + "~"


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _command(kind: str, asked: str) -> str:
    return f" Ask with `{COMMANDS[kind]} {asked}`." if kind in COMMANDS else ""


def _forms(kind: str | None) -> str:
    forms = {name: f"{prefix}…" for prefix, name in PREFIXES.items()}
    forms["report"] = f"{SEAL}… or at least {SHORTEST} digits of the hash"
    if kind is not None:
        return f"The id of {_a(kind)} has the form {forms[kind]}."
    return "Ids have the forms " + ", ".join(f"{form} ({name})" for name, form in forms.items()) + "."
