"""Why reports are taken for copies of each other, as it was found when they were compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from sayso.ledger.schema import links
from sayso.record import Reason

if TYPE_CHECKING:
    from sayso.copies import Link

MOST = 24
"""Reasons that are told of one family, those of the surest links first."""


def reasons_between(connection: Connection, reports: Iterable[str]) -> tuple[Reason, ...]:
    """The reasons for and against any two of some reports being one telling, those of the surest links first."""
    return tuple(islice((reason for link in _links(connection, reports) for reason in link.reasons), MOST))


def _links(connection: Connection, reports: Iterable[str]) -> Iterator[Link]:
    """The links between any two of some reports, the surest first, each read only when it is asked for."""
    wanted = sorted(set(reports))
    query = select(links.c.likeness).where(links.c.a.in_(wanted), links.c.b.in_(wanted))
    held = connection.execute(query.order_by(links.c.score.desc(), links.c.a, links.c.b).limit(MOST)).scalars().all()
    if not held:
        return
    from sayso.copies import link_from_json  # which loads numpy: most reports are copies of nothing

    yield from map(link_from_json, held)
