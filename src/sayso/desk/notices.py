"""The notice of what was ruled last: told on the page that a person goes on with, from the decision itself.

The address names the decision (`?done=dec-…`) and nothing else of it is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sayso.ledger.asking.audits import names_of, replaced_by
from sayso.ledger.asking.told_in import told_in
from sayso.ledger.decisions import decision, lost
from sayso.ledger.looks import one as look_by_id
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from fastapi import Request

    from sayso.desk.app import Desk
    from sayso.ledger.looks import Look
    from sayso.record import Decision

DONE = "done"
HOME = "/decisions"
RULE = "/rule"
UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
ID = re.compile(r"dec-[0-9a-f]{4,64}")
LOOK = re.compile(r"look-[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Notice:
    """A decision that was just made, or just taken back."""

    decision: Decision
    is_own: bool  # whether whoever sits at the desk made it, or took it back
    is_lost: bool = False
    incidents: tuple[str, ...] = ()  # where events were parted or joined: those that the events named are in now
    replaced: tuple[Decision, ...] = ()  # where it was taken back: what it had replaced, which is not back with it
    names: Mapping[str, str] = field(default_factory=dict)  # of the places and speakers that it is about
    look: Look | None = None  # where it was not made: what somebody says beside it

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.decision.withdrawn_at is not None


def notice_of(request: Request, desk: Desk) -> Notice | None:
    """What the page of a request tells of a ruling; None where its address names no decision of the case."""
    asked = request.query_params.get(DONE, "")
    if LOOK.fullmatch(asked):
        return _of_look(desk, int(asked.removeprefix("look-")))
    if not ID.fullmatch(asked):
        return None
    try:
        with desk.case.reading() as connection:
            made = decision(connection, asked)
            is_lost = made.id in lost(connection, among=(made.id,))
            names = names_of(connection, made.about)
            replaced = replaced_by(connection, made.id) if made.withdrawn_at else ()
    except CaseProblem:
        return None
    is_between = made.ruling in ("same_incident", "different_incident")
    now = dict.fromkeys(told_in(desk.case, made.about).values()) if is_between else {}
    return Notice(made, (made.withdrawn_by or made.who) == desk.who, is_lost, tuple(now), replaced, names)


def _of_look(desk: Desk, number: int) -> Notice | None:
    """What somebody keeps to say beside a ruling that stands; None where that is no more."""
    try:
        with desk.case.reading() as connection:
            look = look_by_id(connection, number)
            beside = [decision(connection, one) for one in look.beside]
    except CaseProblem:
        return None
    if look.withdrawn_at is not None or not beside:
        return None
    return Notice(beside[0], look.who == desk.who, look=look)


def local(address: str) -> str:
    """An address of the desk's own to go back to, without what it told before; the list of decisions for any other.

    >>> local("/reports/0f?at=1-2&done=dec-1#st3"), local("//elsewhere.example"), local("https://elsewhere.example")
    ('/reports/0f?at=1-2#st3', '/decisions', '/decisions')
    """
    if not address.startswith("/") or address.startswith("//") or UNSAFE.search(address):
        return HOME
    try:
        parts = urlsplit(address)
    except ValueError:
        return HOME
    if parts.scheme or parts.netloc or parts.path.startswith("//") or parts.path == RULE:
        return HOME
    query = f"?{_asked(parts.query)}" if _asked(parts.query) else ""
    mark = f"#{quote(parts.fragment, safe='-._~')}" if parts.fragment else ""
    return f"{quote(parts.path, safe='/%:@-._~')}{query}{mark}"


def without_notice(address: str) -> str:
    """The same address, without what was ruled last.

    >>> without_notice("/rule?about=inc-1&done=dec-1"), without_notice("/rule?about=inc-1")
    ('/rule?about=inc-1', '/rule?about=inc-1')
    """
    path, _, query = address.partition("?")
    kept = _asked(query) if DONE in query else query
    return f"{path}?{kept}" if kept else path


def _asked(query: str) -> str:
    told = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in told if name != DONE], safe="/:")
