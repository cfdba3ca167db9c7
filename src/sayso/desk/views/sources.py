"""Sources as pages show them: where somebody stands and on whose word, what they said, who copies whom as a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.ledger.asking.answers import SpeakerPage
from sayso.ledger.asking.questions import COPIED, FIRST_HAND, RELAYED
from sayso.record import Anchor, Span

if TYPE_CHECKING:
    from sayso.accounts.positions import Position
    from sayso.ledger.asking.answers import Coverage, Said, SpeakerRow, Tally
    from sayso.ledger.asking.publishers import Copying, PublisherRow
    from sayso.ledger.asking.source_pages import SourcePage
    from sayso.record import Decision

SAID_COLUMNS = (
    "report", "statement", "start", "end", "words", "act", "channels", "publisher", "published_earliest",
    "published_latest", "relayed", "copied", "ruled",
)  # fmt: skip
SPEAKER_COLUMNS = (
    "speaker", "name", "naming", "role", "party", "statements", "reports", "position", "position_set",
)  # fmt: skip
PUBLISHER_COLUMNS = ("publisher", "reports", "first", "last", "undated", "weeks", "gaps")
COPYING_COLUMNS = ("of", "by", "stretches", "reports", "hows", "example_of", "example_by")
NOWHERE = Span(0, 0)
OF_A_SIDE = "as another report of the case has it"


@dataclass(frozen=True, slots=True)
class Stands:
    """Where somebody stands to what they tell, and how that is known."""

    position: str  # one of POSITIONS
    party: str | None
    by: Decision | None  # the ruling that set it; None where nobody did
    because: str | None  # why it is read so, where nobody set it


def stands(position: Position, rulings: Iterable[Decision]) -> Stands:
    """Where somebody stands: the ruling that holds, else what is read."""
    standing = [one for one in rulings if one.withdrawn_at is None]
    if not standing:
        basis = "" if position.basis == OF_A_SIDE else position.basis
        return Stands(position.position, position.party, None, basis)
    last = max(standing, key=lambda one: (one.as_of or "", one.at, one.id))
    return Stands(position.position, position.party, last, None)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a source in the list of what they said."""

    said: Said
    anchor: Anchor  # the sentence; what is said where no sentence is known
    told_by: tuple[str, ...]  # who says that they said it, from the speaker outward


def statement(one: Said) -> Statement:
    """A statement as the list shows it."""
    saying = one.saying
    quoted = saying.sentence or next(iter(saying.words), None) or saying.cue
    anchor = Anchor(one.report, quoted.span, quoted.words) if quoted is not None else Anchor(one.report, NOWHERE, "")
    return Statement(one, anchor, tuple(relay.name for relay in saying.relayed_by if relay.name))


def as_speaker_page(shown: SourcePage) -> SpeakerPage:
    """The same as programs are told it."""
    return SpeakerPage(
        row=shown.row,
        spellings=tuple(name for name, _ in shown.names) or (shown.row.name,),
        parties=((shown.row.party, shown.row.reports),) if shown.row.party else (),
        roles=shown.roles,
        acts=shown.acts,
        channels=shown.channels,
        publishers=tuple((name, count) for name, count in shown.publishers if name),
        first_hand=shown.came[FIRST_HAND],
        relayed=shown.came[RELAYED],
        copied=shown.came[COPIED],
        said=shown.said,
        more=shown.more,
        moved=shown.moved,
    )


def said_cells(one: Said) -> dict[str, Any]:
    """A statement as a row of `SAID_COLUMNS`."""
    told = statement(one)
    return {
        "report": one.report,
        "statement": one.statement,
        "start": told.anchor.span.start,
        "end": told.anchor.span.end,
        "words": told.anchor.words,
        "act": one.saying.act,
        "channels": "; ".join(via.name or via.kind for via in one.saying.via),
        "publisher": one.publisher,
        "published_earliest": one.published.earliest,
        "published_latest": one.published.latest,
        "relayed": one.relayed,
        "copied": one.copied,
        "ruled": one.ruled,
    }


def speaker_cells(row: SpeakerRow, where: Mapping[str, Stands]) -> dict[str, Any]:
    """Somebody who speaks as a row of `SPEAKER_COLUMNS`."""
    told = where[row.id]
    return {
        "speaker": row.id,
        "name": row.name,
        "naming": row.naming,
        "role": row.role,
        "party": told.party or row.party,
        "statements": row.statements,
        "reports": row.reports,
        "position": told.position,
        "position_set": told.by is not None,
    }


def publisher_cells(row: PublisherRow) -> dict[str, Any]:
    """A publisher as a row of `PUBLISHER_COLUMNS`."""
    return {
        "publisher": row.name,
        "reports": row.reports,
        "first": row.first,
        "last": row.last,
        "undated": row.undated,
        "weeks": row.weeks,
        "gaps": row.gaps,
    }


def copying_cells(one: Copying) -> dict[str, Any]:
    """Who copies whom as a row of `COPYING_COLUMNS`."""
    return {
        "of": one.of,
        "by": one.by,
        "stretches": one.stretches,
        "reports": one.reports,
        "hows": "; ".join(f"{how} {count}" for how, count in one.hows),
        "example_of": one.example[1],
        "example_by": one.example[0],
    }


# Drawings

WIDE, ROW, TOP = 640, 30, 30
FROM, TO = 236, 404
"""Where lines begin and end, in the drawing's own units: names stand on both sides."""
DRAWN = 14
THIN, THICK = 1.5, 9.0
BAR, HIGH = 9, 44


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the drawing, from whose words they are to who has them again."""

    path: str
    width: float
    says: Copying


@dataclass(frozen=True, slots=True)
class Label:
    """A publisher in the drawing. `name` is None where none is known."""

    name: str | None
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Who copies whom: those whose words they are at the start, those who have them again at the end."""

    high: int
    sources: tuple[Label, ...]
    copiers: tuple[Label, ...]
    lines: tuple[Line, ...]
    left_out: int


def drawing(copyings: Sequence[Copying]) -> Drawing:
    """The copyings with most stretches, drawn."""
    shown = list(copyings[:DRAWN])
    of, by = _placed(one.of for one in shown), _placed(one.by for one in shown)
    most = max((one.stretches for one in shown), default=1)
    lines = tuple(
        Line(_curve(of[one.of], by[one.by]), round(THIN + (THICK - THIN) * one.stretches / most, 1), one)
        for one in shown
    )
    high = TOP + ROW * max(len(of), len(by), 1)
    return Drawing(high, _labels(of), _labels(by), lines, len(copyings) - len(shown))


def _placed(names: Iterable[str | None]) -> dict[str | None, int]:
    return {name: TOP + ROW * n + ROW // 2 for n, name in enumerate(dict.fromkeys(names))}


def _labels(placed: Mapping[str | None, int]) -> tuple[Label, ...]:
    return tuple(Label(name, y) for name, y in placed.items())


def _curve(start: int, end: int) -> str:
    middle = (FROM + TO) // 2
    return f"M{FROM} {start} C{middle} {start} {middle} {end} {TO} {end}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how many, of which week or month."""

    x: int
    y: int
    height: int
    says: str
    count: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts in their order, the empty ones between them left open."""

    width: int
    high: int
    bars: tuple[Bar, ...]
    most: int


def month_bars(months: Tally) -> Bars:
    """How many statements the reports of each month have."""
    return _bars(list(_all_months(months)))


def week_bars(told: Coverage) -> Bars:
    """How many reports a publisher has each month, week by week added up."""
    months: dict[str, int] = {}
    for week in told.weeks:
        months[week.monday[:7]] = months.get(week.monday[:7], 0) + week.reports
    return month_bars(tuple(sorted(months.items())))


def _all_months(months: Tally) -> Iterator[tuple[str, int]]:
    """Every month from the first to the last, those without any too; at most twenty years of them."""
    held = dict(months)
    if not held:
        return
    year, month = (int(part) for part in min(held).split("-"))
    for _ in range(240):
        name = f"{year:04}-{month:02}"
        yield name, held.get(name, 0)
        if name >= max(held):
            return
        year, month = year + month // 12, month % 12 + 1


def _bars(counted: list[tuple[str, int]]) -> Bars:
    most = max((count for _, count in counted), default=1)
    bars = tuple(
        Bar(n * BAR, HIGH - _height(count, most), _height(count, most), name, count)
        for n, (name, count) in enumerate(counted)
    )
    return Bars(max(BAR, len(counted) * BAR), HIGH, bars, most)


def _height(count: int, most: int) -> int:
    return max(2, round(HIGH * count / most)) if count else 0
