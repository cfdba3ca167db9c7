"""What goes into a bundle, with private persons withheld before anything of it is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from sayso.desk.links import digits
from sayso.desk.sharing.recounting import Recount, recounted, shortened
from sayso.export.pointed import pointed_at, pointed_in
from sayso.export.pointing import About, Reports
from sayso.ledger.asking.answers import IncidentPage, ReportRow
from sayso.ledger.asking.audits import audit_rows
from sayso.ledger.asking.incidents import incident
from sayso.ledger.asking.private import Hidden, hidden_in, private_names, reports_in, without
from sayso.ledger.asking.reports import reading_of, report
from sayso.ledger.asking.rows import report_rows_by_id
from sayso.ledger.asking.traces import traced
from sayso.ledger.decisions import decisions
from sayso.ledger.problems import CaseProblem, DamagedOriginal
from sayso.record import Anchor, Reading, Span, Trace

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.record import Decision, Entity, Source

Noun = TypeVar("Noun")
Readings = tuple[tuple[ReportRow, Reading], ...]
NOTHING = Hidden()
_KNOWN: dict[str, frozenset[str]] = {}
"""The names of private persons of the case that was asked last, by the hash of the last row of its audit."""


class NotShared(CaseProblem):
    """What was asked for cannot be handed on as it was asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """How much is handed on. To show private persons needs a reason, which the audit keeps.

    `clear` are names that are not withheld all the same, of people who do not speak: chosen one by one.
    """

    whole_texts: bool = False
    show_private: bool = False
    why: str = ""
    clear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A report of which something is in the bundle, as it may leave the case."""

    row: ReportRow
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is withheld: as the case names them, and what of them is masked where."""

    name: str
    is_named: bool
    masked: tuple[tuple[str, Span, str], ...]  # report, stretch, words


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody whom a report names and who does not speak: every spelling, and the first place that names them."""

    name: str
    names: frozenset[str]
    report: str
    span: Span


@dataclass(frozen=True)
class Gathered:
    """One incident or one claim as the case has it, with its reports and rulings, and whom it must be without."""

    noun: IncidentPage | Trace
    readings: Readings
    pointing: Reports
    decisions: tuple[Decision, ...]
    hidden: Hidden
    names: frozenset[str]  # of private persons in the whole case

    @property
    def is_claim(self) -> bool:
        """Whether it is a claim with its hops, and not an incident."""
        return isinstance(self.noun, Trace)

    @cached_property
    def silent(self) -> tuple[Silent, ...]:
        """People whom its reports name, to whom nothing gives an office or a side, and who are no speakers."""
        return tuple(_silent(self.readings, self.hidden))

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """Who is withheld, as the case names them: for the person who shares, and nobody else."""
        return tuple(_persons(self.readings, self.hidden))


@dataclass(frozen=True, slots=True)
class Content:
    """The same as it may leave the case."""

    noun: IncidentPage | Trace
    pointing: Reports
    reports: tuple[Kept, ...]
    decisions: tuple[Decision, ...]
    options: Options

    @property
    def is_claim(self) -> bool:
        """Whether it is a claim with its hops, and not an incident."""
        return isinstance(self.noun, Trace)

    @property
    def name(self) -> str:
        """What its folder is called: ids, no words."""
        if isinstance(self.noun, Trace):
            claim = self.noun.claim
            return f"claim-{digits(claim.report)[:8]}-{claim.span.start}"
        return self.noun.incident.id


def of_incident(case: Case, asked: str) -> Gathered:
    """An incident with its reports and the rulings on it that stand. Raises `NoSuchThing`."""
    found = incident(case, asked)
    read = _read(case, found.reports)
    found = replace(found, decisions=tuple(one for one in found.decisions if one.withdrawn_at is None))
    return Gathered(found, read, pointed_in(case, found), found.decisions, *_hidden(case, found, read))


def of_claim(case: Case, asked: str) -> Gathered:
    """A claim with its hops. Raises `NoSuchThing`, `BadQuestion`."""
    found = traced(case, asked)
    ids = sorted({found.claim.report, *(hop.report for hop in found.hops)})
    with case.reading() as connection:
        rows = report_rows_by_id(connection, ids)
        ruled = _bearing_on(found, ids, decisions(connection))
    read = _read(case, rows)
    return Gathered(found, read, _credited(pointed_at(case, ids), found), ruled, *_hidden(case, found, read))


def _credited(pointing: Reports, found: Trace) -> Reports:
    """Reports that name no publisher, under what their hop is told by: the agency that they credit."""
    told = {hop.report: hop.publisher for hop in found.hops}
    return Reports({one: replace(of, publisher=of.publisher or told.get(one)) for one, of in pointing.known.items()})


def content(gathered: Gathered, options: Options) -> Content:
    """What of it leaves the case. Raises `NotShared` where private persons are to be shown for no good reason."""
    if options.show_private:
        _check_reason(options.why, gathered.names)
    hidden = NOTHING if options.show_private else _with(gathered.hidden, gathered.silent, options.clear)
    known = gathered.pointing.known
    told = Content(
        _masked(gathered.noun, hidden),
        Reports({name: _masked(about, hidden) for name, about in known.items()}),
        tuple(_kept(row, reading, hidden) for row, reading in gathered.readings),
        _masked(gathered.decisions, hidden),
        options,
    )
    return told if options.show_private else _of_one_length(told)


def _with(hidden: Hidden, silent: Iterable[Silent], clear: Collection[str]) -> Hidden:
    """The same with the names of those who do not speak, but for those who are chosen to stay in clear."""
    more = frozenset(name for one in silent if one.name not in clear for name in one.names)
    return replace(hidden, names=hidden.names | more, public=hidden.public - more) if more else hidden


def _of_one_length(told: Content) -> Content:
    """The same with masks of one length, and every place counted in the texts as they are then."""
    counts = {kept.row.id: Recount.of(kept.text) for kept in told.reports}
    reports = tuple(
        replace(
            kept,
            row=recounted(kept.row, counts),
            text=shortened(kept.text),
            sentences=tuple(map(counts[kept.row.id].span, kept.sentences)),
        )
        for kept in told.reports
    )
    starts = {kept.row.id: About.lines_of(kept.text) for kept in reports}
    known = {
        name: replace(recounted(about, counts), starts=starts.get(name, about.starts))
        for name, about in told.pointing.known.items()
    }
    noun, ruled = recounted(told.noun, counts), recounted(told.decisions, counts)
    return Content(noun, Reports(known), reports, ruled, told.options)


def as_seen(gathered: Gathered, report: str, span: Span) -> str:
    """The sentence that a stretch stands in, as who reads the folder has it where private persons are withheld."""
    reading = next(reading for row, reading in gathered.readings if row.id == report)
    around = [one for one in reading.page.sentences if one.start < span.end and span.start < one.end] or [span]
    whole = Span(around[0].start, around[-1].end)
    words = Anchor(report, whole, reading.page.report.text[whole.start : whole.end])
    return shortened(without(words, _with(gathered.hidden, gathered.silent, ())).words)


def _read(case: Case, rows: Iterable[ReportRow]) -> Readings:
    """Reports with their readings, by their hashes. One whose original is damaged is there as it was read."""
    return tuple((row, _reading(case, row.id)) for row in sorted(rows, key=lambda one: one.id))


def _reading(case: Case, name: str) -> Reading:
    try:
        return reading_of(case, name)
    except DamagedOriginal:
        return report(case, name).reading


def _bearing_on(noun: Trace, ids: Iterable[str], ruled: Iterable[Decision]) -> tuple[Decision, ...]:
    """What was ruled of the reports of a claim, of the statements that tell it, and of its incident."""
    told = {f"{hop.report}#{hop.saying.statement}" for hop in noun.hops if hop.saying is not None}
    wanted = {*told, *ids, *([noun.incident] if noun.incident else [])}
    return tuple(one for one in ruled if wanted & set(one.about))


# Withholding


def _hidden(case: Case, noun: IncidentPage | Trace, read: Readings) -> tuple[Hidden, frozenset[str]]:
    """Whom its reports hold, with those whom only others of the case hold under a name that stands in these, too.

    And the names of all that the case holds.
    """
    with case.reading() as connection:
        hidden = hidden_in(connection, reports_in(noun) | {row.id for row, _ in read})
    names = names_in(case) | hidden.names
    texts = "\n".join(words for row, reading in read for words in (reading.page.report.text, row.title or ""))
    public = {
        name
        for row, reading in read
        for source in reading.sources
        if (row.id, source.id) not in hidden.sources
        for name in (source.name, *source.also)
    }
    elsewhere = {name for name in names - hidden.names if name in texts}
    met = {name for name in elsewhere if not any(_is_part(name, one) for one in public)}
    return replace(hidden, names=hidden.names | met), names


def names_in(case: Case) -> frozenset[str]:
    """The names of all private persons of a case, gathered from all of it and kept until something is done to it."""
    state = audit_rows(case, limit=1)[0].hash
    names = _KNOWN.get(state)
    if names is None:
        with case.reading() as connection:
            names = private_names(connection)
        _KNOWN.clear()
        _KNOWN[state] = names
    return names


def _is_part(name: str, whole: str) -> bool:
    """Whether a name stands in another as words of it.

    >>> _is_part("Osk", "Marit Osk"), _is_part("Osk", "Oskar Lund")
    (True, False)
    """
    return f" {name} " in f" {whole} "


def _masked(noun: Noun, hidden: Hidden) -> Noun:
    """A noun without whom it must be without, and without addresses that spell them out."""
    told = without(noun, hidden) if hidden is not NOTHING else noun
    if isinstance(told, IncidentPage):
        return replace(told, reports=tuple(_row(one, hidden) for one in told.reports))
    return told


def _row(row: ReportRow, hidden: Hidden) -> ReportRow:
    return replace(row, url=None) if row.url and spells_out(row.url, hidden.names) else row


def _kept(row: ReportRow, reading: Reading, hidden: Hidden) -> Kept:
    text = reading.page.report.text
    whole = Anchor(row.id, Span(0, len(text)), text)
    return Kept(_row(_masked(row, hidden), hidden), _masked(whole, hidden).words, reading.page.sentences)


def spells_out(url: str, names: Collection[str]) -> bool:
    """Whether an address holds one of some names, however its words are joined.

    >>> spells_out("https://paper.example/2031/jane%2Ddoe-speaks", ["Jane Doe"])
    True
    """
    plain = _plain(unquote(url))
    return any(_plain(name) in plain for name in names if _plain(name))


def _plain(words: str) -> str:
    return "".join(re.findall(r"\w", words.casefold().replace("_", "")))


def _check_reason(why: str, names: Iterable[str]) -> None:
    if not why.strip():
        raise NotShared("To name private persons needs a reason. It is written to the audit.")
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", why, re.IGNORECASE) for name in names):
        raise NotShared("Give the reason without naming them: it is written to the audit, which can never be changed.")


def _persons(read: Readings, hidden: Hidden) -> Iterator[Person]:
    """Who is withheld, each once by their name, with the stretches of theirs that are masked."""
    found: dict[tuple[str, bool], list[tuple[str, Span, str]]] = {}
    for row, reading in read:
        text = reading.page.report.text
        for source in reading.sources:
            if (row.id, source.id) not in hidden.sources:
                continue
            masked = found.setdefault((source.name, source.naming == "named"), [])
            masked += [(row.id, span, text[span.start : span.end]) for span in _stretches(reading, source)]
    for (name, is_named), masked in found.items():
        yield Person(name, is_named, tuple(masked))
    for name in sorted(hidden.names - {name for name, _ in found}):
        if not any(_is_part(name, other) for other, _ in found):
            yield Person(name, True, ())


def _silent(read: Readings, hidden: Hidden) -> Iterator[Silent]:
    """Persons without an office, each once; whoever has one in any of the reports is left out."""
    public = {
        name
        for row, reading in read
        for source in reading.sources
        if (source.role or source.party) and (row.id, source.id) not in hidden.sources
        for name in (source.name, *source.also)
    }
    public |= {name for _, reading in read for one in reading.grounds.entities if one.role for name in names_of(one)}
    met: set[str] = set()
    for row, reading in read:
        for one in reading.grounds.entities:
            names = {*names_of(one)}
            if one.kind != "person" or not one.mentions or names & (met | hidden.names):
                continue
            if not any(_is_part(one.name, other) for other in public):
                met |= names
                yield Silent(one.name, frozenset(names), row.id, one.mentions[0])


def names_of(entity: Entity) -> tuple[str, ...]:
    """Every spelling of somebody whom a report names."""
    return (entity.name, *entity.also)


def _stretches(reading: Reading, source: Source) -> Iterator[Span]:
    yield from source.mentions
    if source.naming != "named":
        return
    for statement in reading.statements:
        if statement.source == source.id:
            yield from statement.words
