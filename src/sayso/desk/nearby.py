"""What may have been meant by an id that nothing has: its page, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from sayso.ledger.asking.audits import names_of
from sayso.ledger.asking.ids import kind_of
from sayso.ledger.asking.rows import incidents_by_id, report_rows_by_id
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.desk.app import Desk
    from sayso.desk.links import Links


@dataclass(frozen=True, slots=True)
class Near:
    """A thing of the case: its id, its page, and its title, headline or name; "" where it has none."""

    id: str
    href: str
    name: str


def nearby(desk: Desk, ids: Sequence[str]) -> tuple[Near, ...]:
    """Things by their ids. Nothing where the case cannot be asked, or nobody is signed in."""
    if not ids or not desk.is_somebody:
        return ()
    try:
        with desk.case.reading() as connection:
            names = _names(connection, ids)
    except (CaseProblem, SQLAlchemyError):
        names = {}
    pages = _pages(desk.links)
    found = ((one, pages.get(kind_of(one) or "")) for one in ids)
    return tuple(Near(one, page(one) or "", names.get(one, "")) for one, page in found if page is not None)


def _pages(links: Links) -> Mapping[str, Callable[[str], str | None]]:
    return {
        "report": links.report,
        "incident": links.incident,
        "speaker": links.person,
        "place": links.place,
        "decision": links.decision,
    }


def _names(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    kinds = {one: kind_of(one) for one in ids}
    reports = report_rows_by_id(connection, [one for one in ids if kinds[one] == "report"])
    incidents = incidents_by_id(connection, [one for one in ids if kinds[one] == "incident"])
    return {
        **names_of(connection, ids),
        **{row.id: row.title or row.publisher or "" for row in reports},
        **{row.id: "".join(part.words for part in row.headline) or row.kind.replace("_", " ") for row in incidents},
    }
