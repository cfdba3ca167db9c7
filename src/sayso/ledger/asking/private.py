"""Private persons: those without a public role, who are withheld wherever something leaves a case.

Besides those whom a report tells to be private, somebody named is one whom nothing in the case gives an office or a
side: better a governor too many withheld than a witness too few.

Of somebody named, every stretch that names them or holds their words is masked, letter by letter, so that offsets
stay true. Of somebody unnamed only the description is, since their words lead to nobody. Groups are no persons.
A ruling `show_private` about a speaker shows them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from operator import is_
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Select, and_, select

from sayso.ledger.asking.answers import Hit, MatchedStatement, SpeakerPage, SpeakerRow
from sayso.ledger.decisions import decisions
from sayso.ledger.packing import noun_from
from sayso.ledger.schema import sources, speakers, statements
from sayso.record import (
    Anchor,
    HeadlinePart,
    Origin,
    Quoted,
    Reading,
    Saying,
    Source,
    Span,
    Speaker,
    Through,
    Utterance,
)

if TYPE_CHECKING:
    from sayso.ledger.case import Case

NOBODY = "a private person"
MASK = "█"
PERSONS = ("named", "described")
AT_ONCE = 500
RUN, LONG, TELLING = 4, 5, 2
"""So many words in a row, so many of them of so many letters, show whose they are: "I counted the shoes"."""
WORD = re.compile(r"\w+(?:['’]\w+)?")
LEAVES = frozenset((str, int, float, bool, type(None), Span))
"""What points at no report by itself: of an incident of a hundred reports, four values in five."""
Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Who and what is withheld, of some reports. `sources` are pairs of a report and the id of a source in it."""

    names: frozenset[str] = frozenset()
    stretches: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    sources: frozenset[tuple[str, str]] = frozenset()
    shown: frozenset[str] = frozenset()  # ids of speakers whom a ruling shows
    speakers: frozenset[str] = frozenset()  # ids of speakers who are withheld
    said: frozenset[tuple[str, ...]] = frozenset()  # runs of `RUN` words of theirs, which headings repeat
    public: frozenset[str] = frozenset()  # names of others that hold one of `names`: "Marit Osk" beside an unknown Osk


def withheld(case: Case, noun: Noun) -> Noun:
    """The same noun, or tuple of nouns, without the names and words of private persons whom no ruling shows."""
    with case.reading() as connection:
        return without(noun, hidden_in(connection, reports_in(noun)))


def hidden_in(connection: Connection, reports: Iterable[str]) -> Hidden:
    """What some reports hold of private persons whom no ruling shows."""
    shown = {one for ruling in decisions(connection, of=("show_private",)) for one in ruling.about}
    wanted = sorted(set(reports))
    rows = [row for run in _runs(wanted) for row in _private(connection, run) if row.speaker_id not in shown]
    stretches: dict[str, list[Span]] = defaultdict(list)
    said: set[tuple[str, ...]] = set()
    for row in rows:
        stretches[row.report_id] += [Span(*mention) for mention in json.loads(row.mentions)]
    named = {(row.report_id, row.source) for row in rows if row.naming == "named"}
    for run in _runs(sorted({report for report, _ in named})):
        for row in connection.execute(SAID.where(statements.c.report_id.in_(run))):
            if (row.report_id, row.source) in named:
                saying = noun_from(Saying, row.saying)
                stretches[row.report_id] += _words(saying)
                said |= {run for part in saying.words for run in runs_in(part.words)}
    told = {name for row in rows if row.naming == "named" for name in (row.name, *json.loads(row.spellings))}
    names = frozenset(name for name in told if name)
    return Hidden(
        names,
        {report: tuple(sorted(spans)) for report, spans in stretches.items()},
        frozenset((row.report_id, row.source) for row in rows),
        frozenset(shown),
        frozenset(row.speaker_id for row in rows),
        frozenset(said),
        around(names, _public(connection, {row.report_id for row in rows}, {row.speaker_id for row in rows})),
    )


def _public(connection: Connection, reports: Collection[str], hidden: Collection[str]) -> Iterator[str]:
    """Every name and spelling, in some reports, of who is not among the hidden."""
    for run in _runs(sorted(reports)):
        asked = select(sources.c.speaker_id, sources.c.name, sources.c.spellings).where(sources.c.report_id.in_(run))
        for row in connection.execute(asked.where(sources.c.naming == "named")):
            if row.speaker_id not in hidden:
                yield from (row.name, *json.loads(row.spellings))


def around(names: Collection[str], public: Iterable[str]) -> frozenset[str]:
    """Those of some public names that hold a private one of a single word: no full name is shown for another's sake."""
    alone = {name for name in names if WORD.fullmatch(name)}
    return frozenset(name for name in public if name not in alone and alone.intersection(WORD.findall(name)))


def runs_in(words: str) -> Iterator[tuple[str, ...]]:
    """Every run of words that shows whose it is, in small letters.

    >>> list(runs_in("I counted the shoes at the door"))
    [('i', 'counted', 'the', 'shoes'), ('counted', 'the', 'shoes', 'at')]
    """
    told = [found[0].casefold() for found in WORD.finditer(words)]
    for run in zip(*(told[n:] for n in range(RUN)), strict=False):
        if sum(len(word) >= LONG for word in run) >= TELLING:
            yield run


SAID = select(statements.c.report_id, statements.c.source, statements.c.saying)


def _private(connection: Connection, run: list[str]) -> Iterable[Any]:
    """Persons told to be private, and those named whom nothing in the whole case gives an office or a side."""
    return connection.execute(_of_private(select(sources)).where(sources.c.report_id.in_(run)))


def _of_private(query: Select[Any]) -> Select[Any]:
    told = sources.c.private & sources.c.naming.in_(PERSONS)
    nothing = [column.is_(None) for column in (sources.c.role, sources.c.party, speakers.c.role, speakers.c.party)]
    unknown = and_(sources.c.naming == "named", *nothing)
    return query.join(speakers, speakers.c.id == sources.c.speaker_id).where(told | unknown)


def private_names(connection: Connection) -> frozenset[str]:
    """Every name and spelling, in the whole case, of somebody named who is private and whom no ruling shows."""
    shown = {one for ruling in decisions(connection, of=("show_private",)) for one in ruling.about}
    asked = _of_private(select(sources.c.speaker_id, sources.c.name, sources.c.spellings).distinct())
    rows = [row for row in connection.execute(asked.where(sources.c.naming == "named")) if row.speaker_id not in shown]
    return frozenset(name for row in rows for name in (row.name, *json.loads(row.spellings)) if name)


def private_speakers(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    """Those of some speakers who are persons without a public role, and whom no ruling shows."""
    shown = {one for ruling in decisions(connection, of=("show_private",)) for one in ruling.about}
    asked = _of_private(select(sources.c.speaker_id).distinct()).where(sources.c.speaker_id.in_(sorted(ids)))
    return frozenset(connection.execute(asked).scalars()) - shown


def _is_private(noun: SpeakerRow) -> bool:
    """Whether a speaker of the whole case is a person without a public role, as far as the case tells."""
    return (noun.private and noun.naming in PERSONS) or (
        noun.naming == "named" and noun.role is None and noun.party is None
    )


def _words(saying: Saying) -> list[Span]:
    return [quoted.span for quoted in saying.words]


def _runs(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def reports_in(noun: Any) -> set[str]:
    """The reports that a noun points into."""
    found: set[str] = set()
    stack = [noun]
    while stack:
        one = stack.pop()
        if isinstance(one, tuple | list):
            stack += one
        elif isinstance(one, Reading):
            found.add(one.page.report.id)
        elif names := _names(type(one)):
            report = getattr(one, "report", None)
            if isinstance(report, str):
                found.add(report)
            first = getattr(one, "first_report", None)
            if isinstance(first, str):
                found.add(first)
            stack += [value for name in names if (value := getattr(one, name)).__class__ not in LEAVES]
    return found


def _names(cls: Any) -> tuple[str, ...]:
    """The fields of a noun of this sort; none for what is no noun."""
    if cls not in _named:
        _named[cls] = tuple(one.name for one in fields(cls)) if is_dataclass(cls) else ()
    return _named[cls]


_named: dict[Any, tuple[str, ...]] = {}
"""The fields of each sort of noun that was met: an incident of a hundred reports has nouns by the ten thousand."""


# Withholding


def without(noun: Noun, hidden: Hidden) -> Noun:
    """The same noun without what is hidden."""
    told: Noun = _Without(hidden).of(noun, None)
    return told


class _Without:
    """Goes through a noun; `report` is the one whose text a stretch is of, where the noun itself does not say."""

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        every = hidden.names | hidden.public
        either = "|".join(re.escape(name) for name in _longest_first(every | {name.upper() for name in every}))
        self.names = re.compile(rf"(?<!\w)(?:{either})(?!\w)") if hidden.names else None
        self.kept = hidden.public | {name.upper() for name in hidden.public}  # in capitals as headings are set
        self._plain: dict[str, str] = {}
        self._masked: dict[tuple[str | None, Span, str], str] = {}

    def of(self, noun: Any, report: str | None) -> Any:
        """The noun without what is hidden."""
        if isinstance(noun, str):
            return self.plain(noun)
        if noun.__class__ in LEAVES:
            return noun
        if isinstance(noun, tuple):
            told = [self.of(one, report) for one in noun]
            return noun if all(map(is_, told, noun)) else tuple(told)
        if isinstance(noun, Reading):
            return self.reading(noun)
        if not _names(type(noun)):
            return noun
        own = noun.anchor.report if isinstance(noun, Utterance) else getattr(noun, "report", None)
        report = own if isinstance(own, str) else report
        return self.noun(noun, report)

    def noun(self, noun: Any, report: str | None) -> Any:
        """One noun, by its sort."""
        if isinstance(noun, (Quoted, Anchor)):
            words = self.masked(noun.words, noun.span, report)
            return noun if words == noun.words else replace(noun, words=words)
        if isinstance(noun, HeadlinePart) and noun.anchor is not None:
            return HeadlinePart(
                self.masked(noun.words, noun.anchor.span, noun.anchor.report), self.of(noun.anchor, None)
            )
        if isinstance(noun, Hit):
            return replace(self.fields(noun, report), words=self.masked(noun.words, noun.span, report))
        sort = next((sort for sort in PRIVATE if isinstance(noun, sort)), None)
        told = self.fields(noun, report)
        return PRIVATE[sort](told) if sort is not None and self.is_hidden(noun, report) else told

    def fields(self, noun: Any, report: str | None) -> Any:
        """A noun with each of its fields gone through; ids are no words, and stay."""
        held = {name: getattr(noun, name) for name in _names(type(noun))}
        changed = {
            name: value if name in IDS and isinstance(value, str) else self.of(value, report)
            for name, value in held.items()
        }
        new = {name: value for name, value in changed.items() if value is not held[name]}
        return replace(noun, **new) if new else noun

    def is_hidden(self, noun: Any, report: str | None) -> bool:
        """Whether a noun is, or is of, somebody who is withheld."""
        if isinstance(noun, Speaker):
            return (report or "", noun.source) in self.hidden.sources
        if isinstance(noun, Saying):
            return (report or "", noun.speaker.source) in self.hidden.sources
        if isinstance(noun, Origin):
            said = ((one.anchor.report, one.saying.speaker.source) for one in noun.utterances if one.saying)
            return any(pair in self.hidden.sources for pair in said)
        if isinstance(noun, SpeakerRow):
            return _is_private(noun) and noun.id not in self.hidden.shown
        if isinstance(noun, SpeakerPage):
            return self.is_hidden(noun.row, report)
        return isinstance(noun, MatchedStatement) and (
            (noun.private and noun.speaker_id not in self.hidden.shown) or noun.speaker_id in self.hidden.speakers
        )

    def plain(self, words: str) -> str:
        """A text without the names, and without their words where it repeats them."""
        told = self._plain.get(words)
        if told is None:
            told = self._plain[words] = self.unnamed(self.unsaid(words), lambda name: NOBODY)
        return told

    def unnamed(self, words: str, instead: Callable[[str], str]) -> str:
        """A text with something instead of the names; longer names of others that hold one stay whole."""
        if self.names is None:
            return words
        return self.names.sub(lambda found: found[0] if found[0] in self.kept else instead(found[0]), words)

    def unsaid(self, words: str) -> str:
        """A text with runs of their words masked, wherever else they stand: in a title, in a sentence of a copy."""
        if not self.hidden.said or len(words) < RUN * 2:
            return words
        told = list(WORD.finditer(words))
        plain = [found[0].casefold() for found in told]
        over = {
            n + step
            for n in range(len(told) - RUN + 1)
            if tuple(plain[n : n + RUN]) in self.hidden.said
            for step in range(RUN)
        }
        for n in sorted(over, reverse=True):
            words = words[: told[n].start()] + mask(told[n][0]) + words[told[n].end() :]
        return words

    def masked(self, words: str, span: Span, report: str | None) -> str:
        """Words of a report with what is hidden masked letter by letter; all of it where letters cannot be placed."""
        key = report, span, words
        if key not in self._masked:
            self._masked[key] = self._mask(words, span, report)
        return self._masked[key]

    def _mask(self, words: str, span: Span, report: str | None) -> str:
        over = [one for one in self.hidden.stretches.get(report or "", ()) if _meet(one, span)]
        if over and len(words) != span.end - span.start:
            return mask(words)
        for one in over:
            start, end = max(one.start - span.start, 0), min(one.end, span.end) - span.start
            words = words[:start] + mask(words[start:end]) + words[end:]
        return self.unnamed(self.unsaid(words), mask)

    def reading(self, noun: Reading) -> Reading:
        """A reading with its text masked and its private sources without names."""
        report = noun.page.report
        text = self.masked(report.text, Span(0, len(report.text)), report.id)
        told: Reading = self.fields(replace(noun, page=replace(noun.page, report=replace(report, text=""))), report.id)
        sources = tuple(
            _bare_source(source) if (report.id, source.id) in self.hidden.sources else source for source in told.sources
        )
        bare = replace(told.page.report, text=text, data=b"")
        return replace(told, page=replace(told.page, report=bare), sources=sources)


def _longest_first(names: Collection[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


IDS = frozenset(("id", "report", "event", "statement", "source", "origin", "incident", "speaker_id", "text_sha256"))


def mask(words: str) -> str:
    """Every letter and digit masked; blanks and signs stay, so that it reads as words withheld.

    >>> mask("Ana, 31")
    '███, ██'
    """
    return "".join(MASK if char.isalnum() else char for char in words)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _bare_speaker(noun: Speaker) -> Speaker:
    return replace(noun, name=NOBODY, role=None, also=())


def _bare_saying(noun: Saying) -> Saying:
    """Without the names of accounts and channels, and said on a day, not at an hour."""
    return replace(noun, via=_nameless(noun.via), when=_by_day(noun.when))


def _nameless(via: tuple[Through, ...]) -> tuple[Through, ...]:
    return tuple(replace(one, name=None) for one in via)


def _bare_origin(noun: Origin) -> Origin:
    return replace(noun, name=NOBODY, role=None, basis=None, via=_nameless(noun.via), when=_by_day(noun.when))


def _by_day(when: Any) -> Any:
    """A time no finer than a day."""
    if when is None or when.earliest is None or "T" not in when.earliest:
        return when
    from datetime import date, timedelta

    past = (when.latest or when.earliest)[:10]
    latest = past if "T" not in (when.latest or "T") else (date.fromisoformat(past) + timedelta(days=1)).isoformat()
    return replace(when, earliest=when.earliest[:10], latest=latest, granularity="day")


def _bare_source(noun: Source) -> Source:
    return replace(noun, name=NOBODY, role=None, also=(), ties=())


def _bare_row(noun: SpeakerRow) -> SpeakerRow:
    return replace(noun, name=NOBODY, role=None)


def _bare_page(noun: SpeakerPage) -> SpeakerPage:
    return replace(noun, spellings=(), roles=())


def _bare_match(noun: MatchedStatement) -> MatchedStatement:
    return replace(noun, speaker=NOBODY)


PRIVATE: Mapping[type, Callable[[Any], Any]] = {
    Speaker: _bare_speaker,
    Saying: _bare_saying,
    Origin: _bare_origin,
    SpeakerRow: _bare_row,
    SpeakerPage: _bare_page,
    MatchedStatement: _bare_match,
}
