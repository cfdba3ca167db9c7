"""Who it is, in the whole case, that a report calls a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.ledger.schema import sources

if TYPE_CHECKING:
    from sayso.ledger.case import Case

AT_ONCE = 500


def speakers_of(case: Case, reports: Iterable[str]) -> Mapping[tuple[str, str], str]:
    """The ids of speakers by a report and the id of a source in it, for all sources of some reports."""
    wanted = sorted(set(reports))
    found: dict[tuple[str, str], str] = {}
    with case.reading() as connection:
        for start in range(0, len(wanted), AT_ONCE):
            run = wanted[start : start + AT_ONCE]
            asked = select(sources.c.report_id, sources.c.source, sources.c.speaker_id)
            for row in connection.execute(asked.where(sources.c.report_id.in_(run))):
                found[row.report_id, row.source] = row.speaker_id
    return found
