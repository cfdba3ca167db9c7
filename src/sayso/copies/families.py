"""Families: which stretches of reports are one telling, out of links between pairs and of what people ruled.

A family joins stretches, not reports. A report made of halves of two others has one stretch in each of their families,
and the two stay apart. Neither the order of links nor that of reports changes anything: ties are drawn in an order of
their own, what people ruled first, then the surest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.record import Family, Member, Reason, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sayso.copies.links import Link

ONE_STRETCH = 0.6
"""Two stretches of a report are one where they share this much of the longer."""
INSIDE = 0.7
"""A stretch lies in a longer one where it shares this much of its own length."""
GAP = 400
"""Characters: stretches of one report in one family that stand nearer are told as one."""
HALF = 0.6
"""A report of which less stands in the family is partly something else."""
FULL = 0.8
"""A copy of which the original has this much has lost little."""
REASONS = 12


@dataclass(frozen=True, slots=True)
class _Side:
    """What one link ties of one report."""

    link: Link
    report: str
    spans: tuple[Span, ...]


def families(
    links: Iterable[Link], independent: Collection[frozenset[str]] = (), copies: Iterable[Link] = ()
) -> tuple[Family, ...]:
    """The families that links make, without ids: members by report and place, the first member's report first.

    `independent` are pairs of reports that people ruled to be two tellings: they never share a family. `copies` are
    links that people ruled (`ruled_copy`).
    """
    apart = frozenset(independent)
    drawn = sorted((*copies, *(link for link in links if link.reports not in apart)), key=_rank)
    told = {link.reports: link for link in reversed(drawn) if link.segments and link.reports not in apart}
    groups = _Groups([side for link in sorted(told.values(), key=_rank) for side in _sides(link)], apart)
    return tuple(sorted((_family(group) for group in groups.found()), key=lambda one: one.members[0].report))


def _rank(link: Link) -> tuple[bool, float, str, str]:
    return not link.ruled, -link.score, link.here, link.there


def _sides(link: Link) -> tuple[_Side, _Side]:
    heres = {one for segment in link.segments for one, _ in segment.pairs}
    theres = {two for segment in link.segments for _, two in segment.pairs}
    return _Side(link, link.here, tuple(sorted(heres))), _Side(link, link.there, tuple(sorted(theres)))


# Joining


class _Groups:
    """Sides of links, joined where they are one stretch."""

    def __init__(self, sides: Sequence[_Side], apart: frozenset[frozenset[str]]) -> None:
        self._sides = sides
        self._apart = apart
        self._leader = list(range(len(sides)))
        self._reports = {number: {side.report} for number, side in enumerate(sides)}
        for number in range(0, len(sides), 2):
            self._join(number, number + 1)
        self._join_stretches()
        self._join_parts()

    def found(self) -> list[list[_Side]]:
        """The sides of each group."""
        groups: dict[int, list[_Side]] = defaultdict(list)
        for number, side in enumerate(self._sides):
            groups[self._first(number)].append(side)
        return list(groups.values())

    def _first(self, number: int) -> int:
        while self._leader[number] != number:
            number = self._leader[number]
        return number

    def _join(self, one: int, two: int) -> None:
        first, second = sorted((self._first(one), self._first(two)))
        both = self._reports[first] | self._reports[second]
        if first == second or any(pair <= both for pair in self._apart):
            return
        self._leader[second] = first
        self._reports[first] = both

    def _of_report(self) -> list[list[int]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, side in enumerate(self._sides):
            numbers[side.report].append(number)
        return [numbers[report] for report in sorted(numbers)]

    def _join_stretches(self) -> None:
        near = [
            (-_share_of_longer(self._sides[one], self._sides[two]), one, two)
            for numbers in self._of_report()
            for place, one in enumerate(numbers)
            for two in numbers[place + 1 :]
        ]
        for share, one, two in sorted(near):
            if -share >= ONE_STRETCH:
                self._join(one, two)

    def _join_parts(self) -> None:
        """A part joins the longer stretch it lies in, unless two parts of it are two tellings."""
        parts: dict[int, set[int]] = defaultdict(set)
        for numbers in self._of_report():
            for part in numbers:
                for whole in numbers:
                    if self._first(part) != self._first(whole) and _lies_in(self._sides[part], self._sides[whole]):
                        parts[self._first(whole)].add(self._first(part))
        for whole, found in sorted(parts.items()):
            if len(found) == 1:
                self._join(whole, *found)


def _length(spans: Iterable[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _shared(one: _Side, two: _Side) -> int:
    return _length(set(one.spans) & set(two.spans))


def _share_of_longer(one: _Side, two: _Side) -> float:
    return _shared(one, two) / (max(_length(one.spans), _length(two.spans)) or 1)


def _lies_in(part: _Side, whole: _Side) -> bool:
    length = _length(part.spans)
    return length < _length(whole.spans) and _shared(part, whole) >= INSIDE * length


# What is told of a family


def _family(sides: Sequence[_Side]) -> Family:
    by_report: dict[str, list[_Side]] = defaultdict(list)
    for side in sides:
        by_report[side.report].append(side)
    links = sorted({side.link.reports: side.link for side in sides}.values(), key=_rank)
    first = _original(links)
    members = [
        Member(report, span, *_made(report, first, links))
        for report in sorted(by_report, key=lambda report: (report != first, report))
        for span in _stretches(by_report[report])
    ]
    reasons: list[Reason] = [reason for link in links for reason in link.reasons]
    return Family("", tuple(members), tuple(reasons[:REASONS]))


def _original(links: Sequence[Link]) -> str | None:
    """The one report that others were made of and that was made of none, if there is one."""
    made = {next(iter(link.reports - {link.of})) for link in links if link.of}
    firsts = {link.of for link in links if link.of} - made
    return firsts.pop() if len(firsts) == 1 else None


def _made(report: str, first: str | None, links: Sequence[Link]) -> tuple[str, str | None]:
    """How a member was made and of which: of the family's original if they are linked, else of the surest."""
    if report == first:
        return "original", None
    mine = [link for link in links if report in link.reports]
    link = next((link for link in mine if first in link.reports), None) or next(
        (link for link in mine if link.of not in (None, report)), mine[0]
    )
    own, other = (
        (link.covered_here, link.covered_there) if link.here == report else (link.covered_there, link.covered_here)
    )
    of = link.of if link.of != report else None
    return _how(link.wording, own, other), of


def _how(wording: str, own: float, other: float) -> str:
    if own < HALF:
        return "half"
    if wording in ("exact", "near") and other < FULL:
        return "cut"
    return wording


def _stretches(sides: Sequence[_Side]) -> list[Span]:
    """The stretches of a report in a family, neighbours as one."""
    found: list[Span] = []
    for span in sorted({span for side in sides for span in side.spans}):
        if found and span.start - found[-1].end <= GAP:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
