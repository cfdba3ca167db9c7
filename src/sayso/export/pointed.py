"""What a page needs to point into the reports of a case: short ids, publishers, where their lines begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sayso.export.pointing import About, Reports
from sayso.export.reports_known import reports_known
from sayso.ledger.asking.pointing import line_starts, shorts
from sayso.ledger.asking.rows import report_rows_by_id

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import IncidentPage
    from sayso.ledger.case import Case
    from sayso.record import Decision


def pointed_in(case: Case, shown: IncidentPage) -> Reports:
    """What the page of an incident needs to point into its reports."""
    ids = [row.id for row in shown.reports]
    with case.reading() as connection:
        known = reports_known(shown, shorts=shorts(connection, ids), starts=line_starts(connection, ids))
    ruled = pointed_at(case, set(reports_in(shown.decisions)) - set(ids))
    return Reports({**ruled.known, **known.known})


def reports_in(decisions: Iterable[Decision]) -> Iterator[str]:
    """The reports that decisions are about, and those whose words they rest on."""
    for decision in decisions:
        yield from (one.partition("#")[0] for one in decision.about if one.startswith("sha256:"))
        yield from (anchor.report for anchor in decision.anchors)


def pointed_at(case: Case, ids: Iterable[str]) -> Reports:
    """The same for reports of which only the ids are known."""
    ids = list(dict.fromkeys(ids))
    with case.reading() as connection:
        cut, starts = shorts(connection, ids), line_starts(connection, ids)
        rows = {row.id: row for row in report_rows_by_id(connection, ids)}
    known = {one: About(one, cut[one], starts=starts.get(one, ())) for one in ids if one not in rows}
    for one, row in rows.items():
        known[one] = About(one, cut[one], row.title, row.publisher, row.published, starts=starts.get(one, ()))
    return Reports(known)
