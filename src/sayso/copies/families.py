"""Families: which stretches of reports are one telling, out of links between pairs and of what people ruled.

A family joins stretches, not reports. A report made of halves of two others has one stretch in each of their families,
and the two stay apart. Neither the order of links nor that of reports changes anything: ties are drawn in an order of
their own, what people ruled first, then the surest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from sayso.record import Family, Member, Reason, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sayso.copies.links import Link

ONE_STRETCH = 0.6
"""Two stretches of a report are one where they share this much of the longer."""
INSIDE = 0.7
"""A stretch lies in a longer one where it shares this much of its own length."""
DENSE = 0.55
"""A segment of which this much was matched stands for all of its stretch."""
APART = 0.2
"""Two stretches of one report that share no more of the shorter are two tellings."""
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
    heres = [_covered([one for one, _ in segment.pairs]) for segment in link.segments]
    theres = [_covered([two for _, two in segment.pairs]) for segment in link.segments]
    return _Side(link, link.here, _merged(heres)), _Side(link, link.there, _merged(theres))


def _covered(spans: Sequence[Span]) -> list[Span]:
    """A segment's whole stretch, or its sentences where they stand among as many others, as in a shuffled blend."""
    hull = Span(min(span.start for span in spans), max(span.end for span in spans))
    return [hull] if _length(spans) >= DENSE * (hull.end - hull.start) else list(spans)


def _merged(stretches: Iterable[Iterable[Span]]) -> tuple[Span, ...]:
    """Spans in order, those that overlap as one."""
    found: list[Span] = []
    for span in sorted({span for spans in stretches for span in spans}):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


# Joining


class _Groups:
    """Sides of links, joined where they are one stretch."""

    def __init__(self, sides: Sequence[_Side], apart: frozenset[frozenset[str]]) -> None:
        self._sides = sides
        self._apart = apart
        self._leader = list(range(len(sides)))
        self._held = {number: [number] for number in range(len(sides))}
        # The stretches of each group by report, each once: of a hundred copies most are the same.
        self._told = {number: {side.report: {side.spans}} for number, side in enumerate(sides)}
        for number in range(0, len(sides), 2):
            self._join(number, number + 1)
        self._join_stretches()
        self._join_parts()

    def found(self) -> list[list[_Side]]:
        """The sides of each group."""
        return [[self._sides[number] for number in numbers] for _, numbers in sorted(self._held.items())]

    def _reports(self, first: int) -> set[str]:
        return set(self._told[first])

    def _join(self, one: int, two: int) -> None:
        first, second = sorted((self._leader[one], self._leader[two]))
        if first == second or self._are_kept_apart(first, second):
            return
        for report, stretches in self._told.pop(second).items():
            self._told[first].setdefault(report, set()).update(stretches)
        self._held[first] += self._held.pop(second)
        for number in self._held[first]:
            self._leader[number] = first

    def _are_kept_apart(self, first: int, second: int) -> bool:
        """Whether people ruled that two groups hold reports of two tellings."""
        if not self._apart:
            return False
        both = self._reports(first) | self._reports(second)
        return any(pair <= both for pair in self._apart)

    def _are_rivals(self, one: int, two: int) -> bool:
        """Whether the groups of two sides hold stretches of one report that have nothing in common: two tellings."""
        mine, theirs = self._told[self._leader[one]], self._told[self._leader[two]]
        return any(
            _are_apart(left, right)
            for report in mine.keys() & theirs.keys()
            for left in mine[report]
            for right in theirs[report]
        )

    def _of_report(self) -> list[list[int]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, side in enumerate(self._sides):
            numbers[side.report].append(number)
        return [numbers[report] for report in sorted(numbers)]

    def _join_stretches(self) -> None:
        shared = cache(_share_of_longer)
        near = [
            (-shared(self._sides[one].spans, self._sides[two].spans), one, two)
            for numbers in self._of_report()
            for one, two in combinations(numbers, 2)
        ]
        for share, one, two in sorted(near):
            if -share < ONE_STRETCH:
                break
            if self._leader[one] != self._leader[two] and not self._are_rivals(one, two):
                self._join(one, two)

    def _join_parts(self) -> None:
        """A part joins the longer stretch it lies in if it was made of it, or if it is the only one."""
        lies_in = cache(_lies_in)
        parts: dict[int, set[int]] = defaultdict(set)
        for numbers in self._of_report():
            for part, whole in permutations(numbers, 2):
                if self._leader[part] != self._leader[whole] and lies_in(
                    self._sides[part].spans, self._sides[whole].spans
                ):
                    parts[self._leader[whole]].add(self._leader[part])
        made = {(whole, part) for whole, found in parts.items() for part in found if self._was_made_of(part, whole)}
        alone = {(whole, *found) for whole, found in parts.items() if len(found) == 1}
        for whole, part in sorted(made):
            self._join(whole, part)
        for whole, part in sorted(alone - made):
            if not self._are_rivals(whole, part):
                self._join(whole, part)

    def _was_made_of(self, part: int, whole: int) -> bool:
        """Whether all that is only in the part was made of a report that has the whole."""
        own = self._reports(part) - self._reports(whole)
        ties = [self._sides[number].link for number in self._held[part]]
        across = [link for link in ties if len(link.reports & own) == 1]
        return bool(across) and all(link.of is not None and link.of not in own for link in across)


def _length(spans: Iterable[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _shared(one: tuple[Span, ...], two: tuple[Span, ...]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)


def _share_of_longer(one: tuple[Span, ...], two: tuple[Span, ...]) -> float:
    return _shared(one, two) / (max(_length(one), _length(two)) or 1)


def _are_apart(one: tuple[Span, ...], two: tuple[Span, ...]) -> bool:
    return _shared(one, two) <= APART * min(_length(one), _length(two))


def _lies_in(part: tuple[Span, ...], whole: tuple[Span, ...]) -> bool:
    length = _length(part)
    return length < _length(whole) and _shared(part, whole) >= INSIDE * length


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
