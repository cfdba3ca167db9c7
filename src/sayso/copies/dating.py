"""What a family tells of when its undated members came out. A copy cannot come out before what it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.record import Published

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.record import Family


def dated_by(family: Family, published: Mapping[str, Published]) -> dict[str, Published]:
    """A date with basis `family` for each member that has none, as far as the others bound it.

    A copy came out at or after the earliest that its original can have; an original at or before the latest of any copy
    of it. Where it is not known which was made of which, nothing is told.
    """
    of = {member.report: member.of for member in family.members if member.of}
    found = {}
    for report in dict.fromkeys(member.report for member in family.members):
        own = published.get(report)
        if own is not None and (own.earliest or own.latest):
            continue
        earliest, latest = _not_before(report, of, published), _not_after(report, of, published)
        if earliest and latest and latest <= earliest:
            continue  # the dates clash: one of them is wrong, and nobody here knows which
        if earliest or latest:
            found[report] = Published(earliest, latest, "family")
    return found


def _not_before(report: str, of: Mapping[str, str], published: Mapping[str, Published]) -> str | None:
    """The earliest of the nearest dated report that this one was made of."""
    seen = {report}
    while (report := of.get(report, "")) and report not in seen:
        seen.add(report)
        when = published.get(report)
        if when is not None and when.earliest:
            return when.earliest
    return None


def _not_after(report: str, of: Mapping[str, str], published: Mapping[str, Published]) -> str | None:
    """The earliest end among the dates of what was made of this report."""
    ends = []
    for copy in of:
        when = published.get(copy)
        if _stems_from(copy, report, of) and when is not None and when.latest:
            ends.append(when.latest)
    return min(ends, default=None)


def _stems_from(copy: str, report: str, of: Mapping[str, str]) -> bool:
    seen = {copy}
    while (copy := of.get(copy, "")) and copy not in seen:
        if copy == report:
            return True
        seen.add(copy)
    return False
