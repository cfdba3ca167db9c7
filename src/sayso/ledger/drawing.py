"""From one reading to the rows that a case keeps of it: everything that can be drawn before any case is at hand.

This is the part of adding that costs the most and asks nothing of the database, so that it can be done where the
report is read, in another process.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sayso.accounts.carried import Carrier
from sayso.accounts.speakers import speaker_keys
from sayso.accounts.story import dumped as story_dumped
from sayso.accounts.story import story_print
from sayso.accounts.tellings import sayings, tellings
from sayso.copies import dumped, fingerprint, keys
from sayso.knowledge import ours
from sayso.knowledge.gazetteer import folded
from sayso.ledger.packing import as_json_text, packed
from sayso.ledger.signs import signs_of
from sayso.ledger.terms import terms
from sayso.values.kept import kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.knowledge import Knowledge
    from sayso.record import Page, Place, Reading, Report, Saying, Source, Span, Speaker, Statement, Telling

Row = dict[str, Any]
TITLE = -1
"""The number of a title among the sentences of its report."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """A source of a reading as a speaker, and the keys by which others in the case may be the same; none if unnamed."""

    speaker: Speaker
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a case keeps of one reading, as rows without the ids that only a case can give.

    `sentence_id` of a row holds the number of its sentence, `speaker_id` nothing: `adding` fills them in.
    """

    report: Report
    version: str
    row: Row
    reading: Row
    sentences: tuple[Row, ...]
    sources: tuple[Row, ...]
    statements: tuple[Row, ...]
    events: tuple[Row, ...]
    places: tuple[Row, ...]
    tellings: tuple[Telling, ...]
    print: bytes  # see `sayso.copies`
    print_keys: tuple[int, ...]
    story: bytes  # see `sayso.accounts`
    speakers: tuple[Speaking, ...]
    signs: str  # see `signs`


def drawn(reading: Reading, *, version: str | None = None, knowledge: Knowledge | None = None) -> Drawn:
    """The rows of a reading. `version` names all that could make it another: see `version_of`.

    `knowledge` are the rows that the report was read with.
    """
    page = reading.page
    rows = knowledge or ours()
    told = tellings(reading, rows)
    known, story = fingerprint(reading), story_print(reading)
    version = version or version_of(reading)
    sentences = _sentences(page)
    at = _Standing(page, has_title=bool(sentences) and sentences[0]["n"] == TITLE)
    said = {one.statement: one for one in sayings(reading, rows)}
    return Drawn(
        report=page.report,
        version=version,
        row=_report(reading),
        reading={"version": version, "sayso": reading.sayso, "packed": packed(reading)},
        sentences=sentences,
        sources=tuple(map(_source, reading.sources)),
        statements=tuple(_statement(one, said[one.id], at) for one in reading.statements),
        events=tuple(_event(one, at) for one in told),
        places=tuple(_place(one, at) for one in reading.grounds.places),
        tellings=told,
        print=dumped(known),
        print_keys=keys(known),
        story=story_dumped(story),
        speakers=_speaking(reading, rows),
        signs=signs_of(page),
    )


def statement_rows(reading: Reading, knowledge: Knowledge) -> tuple[Row, ...]:
    """The rows of a reading's statements alone, as `drawn` has them."""
    page = reading.page
    at = _Standing(page, has_title=page.title is not None)
    said = {one.statement: one for one in sayings(reading, knowledge)}
    return tuple(_statement(one, said[one.id], at) for one in reading.statements)


def event_row(told: Telling) -> Row:
    """The row of one event, without the sentence that it is in."""
    row = _event(told, None)
    del row["sentence_id"]
    return row


def source_row(source: Source) -> Row:
    """The row of one source, as `drawn` has it."""
    return _source(source)


def version_of(reading: Reading, *read_with: str) -> str:
    """A name for a reading of this text by this program; `read_with` are the models and rows, by name and hash."""
    return version_for(reading.page.report, reading.sayso, read_with)


def version_for(report: Report, sayso: str, read_with: tuple[str, ...]) -> str:
    """The same before the report is read by the program of a version."""
    told = "\n".join((report.text_sha256, sayso, *read_with))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _speaking(reading: Reading, rows: Knowledge) -> tuple[Speaking, ...]:
    carrier = Carrier(reading, rows)
    who: dict[str, Span | None] = {}
    for statement in reading.statements:
        who.setdefault(statement.source, statement.who)
    found = (carrier.speaker(source.id, who.get(source.id)) for source in reading.sources)
    return tuple(Speaking(speaker, speaker_keys(speaker, rows)) for speaker in found)


# Where a stretch stands


@dataclass(slots=True)
class _Standing:
    """Says in which sentence of a page a stretch begins."""

    page: Page
    has_title: bool
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [span.start for span in self.page.sentences]

    def number(self, span: Span | None) -> int | None:
        """The number of the sentence that a stretch begins in, that of the title, or None."""
        if span is None:
            return None
        at = bisect_right(self.starts, span.start) - 1
        if at >= 0 and span.start < self.page.sentences[at].end:
            return at
        title = self.page.title.span if self.page.title else None
        return TITLE if self.has_title and title and title.start <= span.start < title.end else None


def _hull(spans: Iterable[Span | None]) -> tuple[int, int]:
    known = [span for span in spans if span is not None]
    return min((span.start for span in known), default=0), max((span.end for span in known), default=0)


# Rows


def _report(reading: Reading) -> Row:
    page, report = reading.page, reading.page.report
    published = reading.grounds.published or page.published
    return {
        "id": report.id,
        "text_sha256": report.text_sha256,
        "text": report.text,
        "media_type": report.media_type,
        "language": page.language,
        "encoding": report.obtained.encoding,
        "extracted_by": report.obtained.by,
        "title": page.title.name if page.title else None,
        "url": page.url,
        "publisher": page.publisher.name if page.publisher else None,
        "published_earliest": published.earliest,
        "published_latest": published.latest,
        "published_basis": published.basis,
        "words": sum(len(report.text[span.start : span.end].split()) for span in page.sentences),
    }


def _sentences(page: Page) -> tuple[Row, ...]:
    cuts = [cut.span for cut in page.cuts]
    rows = [_sentence(page, cuts, number, span) for number, span in enumerate(page.sentences)]
    if page.title is None:
        return tuple(rows)
    start, end = _hull((page.title.span,))
    return (_words(TITLE, start, end, page.title.name), *rows)


def _sentence(page: Page, cuts: list[Span], number: int, span: Span) -> Row:
    inside = [cut for cut in cuts if cut.start < span.end and span.start < cut.end]
    text = page.report.text
    words = kept(text, span, inside).text if inside else text[span.start : span.end]
    return _words(number, span.start, span.end, words)


def _words(number: int, start: int, end: int, words: str) -> Row:
    return {"n": number, "start": start, "end": end, "words": words, "terms": terms(words)}


def _source(source: Source) -> Row:
    return {
        "source": source.id,
        "name": source.name,
        "naming": source.naming,
        "plural": source.plural,
        "role": source.role,
        "party": source.party,
        "private": source.private,
        "spellings": json.dumps(list(dict.fromkeys((source.name, *source.also))), ensure_ascii=False),
        "mentions": json.dumps([[span.start, span.end] for span in source.mentions]),
    }


def _statement(statement: Statement, said: Saying, at: _Standing) -> Row:
    start, end = _hull((*statement.words, statement.cue, statement.who))
    first = statement.cue or statement.who or next(iter(statement.words), None)
    kinds = " ".join(dict.fromkeys(channel.kind for channel in statement.via))
    return {
        "statement": statement.id,
        "source": statement.source,
        "act": statement.act,
        "silence": statement.silence,
        "reach": statement.reach,
        "quotation": statement.quotation,
        "channels": f" {kinds} " if kinds else "",
        "start": start,
        "end": end,
        "sentence_id": at.number(first),
        "words": " … ".join(quoted.words for quoted in said.words),
        "said_earliest": said.when.earliest if said.when else None,
        "said_latest": said.when.latest if said.when else None,
        "within": statement.within,
        "saying": as_json_text(said),
    }


def _event(told: Telling, at: _Standing | None) -> Row:
    return {
        "event": told.event,
        "kind": told.kind,
        "plover": told.plover,
        "acled": told.acled,
        "status": told.status,
        "background": told.background,
        "start": told.trigger.span.start,
        "end": told.trigger.span.end,
        "sentence_id": at.number(told.trigger.span) if at else None,
        "earliest": told.when.earliest if told.when else None,
        "latest": told.when.latest if told.when else None,
        "telling": as_json_text(told),
    }


def _place(place: Place, at: _Standing) -> Row:
    return {
        "place": place.id,
        "start": place.span.start,
        "end": place.span.end,
        "sentence_id": at.number(place.span),
        "name": place.name,
        "folded": folded(place.name),
        "geonames": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "level": place.level,
        "country": place.country,
        "region": place.region,
        "use": place.use,
    }
