"""Who speaks in the whole case: the speakers of a new report among those that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from sayso.ledger.placing import id_of
from sayso.ledger.schema import speakers

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.placing import Placed


def speakers_of(connection: Connection, placed: Placed) -> dict[str, str]:
    """The speaker of the case for each source of a reading, by its id there."""
    report = placed.drawn.report.id
    found = {row["source"]: id_of("spk", report, row["source"]) for row in placed.drawn.sources}
    rows = [
        {
            "id": found[row["source"]],
            "name": row["name"],
            "naming": row["naming"],
            "role": row["role"],
            "party": row["party"],
            "private": row["private"],
            "first_report": report,
        }
        for row in placed.drawn.sources
    ]
    if rows:
        connection.execute(insert(speakers), rows)
    return found
