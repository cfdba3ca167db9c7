"""Nouns of one reading made self-contained: stretches with their words, times and places resolved, who speaks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sayso.accounts.sides import Sides
from sayso.accounts.voices import voice_of
from sayso.knowledge import Knowledge, ours
from sayso.record import Channel, Moment, Place, Quoted, Reading, Saying, Source, Span, Speaker, Statement, When, Where
from sayso.record import Through as Heard


@dataclass(slots=True)
class Carrier:
    """Takes what one reading points to out of it, so that it can be compared where the reading is not at hand."""

    reading: Reading
    knowledge: Knowledge | None = None  # the case's rows; ours if none
    sides: Sides = field(init=False)
    voice: Speaker | None = field(init=False)  # whose words the report is, where it speaks in its own voice
    sources: dict[str, Source] = field(init=False)
    statements: dict[str, Statement] = field(init=False)
    moments: dict[str, Moment] = field(init=False)
    places: dict[str, Place] = field(init=False)
    sayings: dict[str, Saying] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Index the reading by id, and carry every statement out of it once."""
        self.sides = Sides(self.reading, self.knowledge or ours())
        self.voice = voice_of(self.reading, self.knowledge or ours())
        self.sources = {source.id: source for source in self.reading.sources}
        self.statements = {statement.id: statement for statement in self.reading.statements}
        self.moments = {moment.id: moment for moment in self.reading.grounds.moments}
        self.places = {place.id: place for place in self.reading.grounds.places}
        self._starts = [span.start for span in self.reading.page.sentences]
        self.sayings = {statement.id: self._saying(statement) for statement in self.reading.statements}

    def quoted(self, span: Span) -> Quoted:
        """A stretch with the words that stand there."""
        return Quoted(span, self.reading.page.report.text[span.start : span.end])

    def sentence(self, span: Span) -> Quoted:
        """The sentence that a stretch begins in; the stretch itself where it is in none, as in a heading."""
        at = bisect_right(self._starts, span.start) - 1
        found = self.reading.page.sentences[at] if at >= 0 else span
        return self.quoted(found if found.start <= span.start < found.end else span)

    def when(self, moment: str | None) -> When | None:
        """A moment with its doubt; None where it is none."""
        found = self.moments.get(moment) if moment is not None else None
        if found is None:
            return None
        return When(found.earliest, found.latest, found.granularity, self.quoted(found.span))

    def where(self, place: str, role: str) -> Where | None:
        """A place with its doubt, and the names of what the text says that it lies in."""
        found = self.places.get(place)
        if found is None:
            return None
        return Where(
            name=found.name, level=found.level, role=role, geonames=found.geonames, lat=found.lat, lon=found.lon,
            radius_km=found.radius_km, country=found.country, region=found.region,
            inside=self._inside(found), said=self.quoted(found.span),
        )  # fmt: skip

    def speaker(self, source: str, who: Span | None) -> Speaker:
        """Who speaks, as this report has them; `who` is the stretch that names them at the statement.

        Where a body or an official posts for themselves, the report's own voice is theirs and no newsroom's.
        """
        found = self.sources[source]
        voice = self.voice
        if voice is not None and found.naming == "newsroom" != voice.naming and voice.source == found.id:
            return replace(voice, who=self.quoted(who) if who else None)
        side = self.sides.of(found, who)
        basis = found.party_basis.span if found.party_basis is not None else None
        return Speaker(
            source=found.id, name=found.name, naming=found.naming, plural=found.plural, role=found.role,
            party=side.party if side else found.party, private=found.private, also=found.also,
            who=self.quoted(who) if who else None,
            party_words=side.words if side else self.quoted(basis).words if basis else None,
        )  # fmt: skip

    def _inside(self, place: Place) -> tuple[str, ...]:
        names: list[str] = []
        seen = {place.id}
        waiting = list(place.inside)
        while waiting:
            outer = self.places.get(waiting.pop(0))
            if outer is None or outer.id in seen:
                continue
            seen.add(outer.id)
            names.append(outer.name)
            waiting.extend(outer.inside)
        return tuple(dict.fromkeys(names))

    def _saying(self, statement: Statement) -> Saying:
        first = statement.cue or statement.who or next(iter(statement.words), None)
        return Saying(
            statement=statement.id,
            speaker=self.speaker(statement.source, statement.who),
            act=statement.act,
            silence=statement.silence,
            reach=statement.reach,
            quotation=statement.quotation,
            via=tuple(map(_heard, statement.via)),
            relayed_by=tuple(self.speaker(outer.source, outer.who) for outer in self._outer(statement)),
            when=self.when(statement.said_at),
            words=self._all(statement.words),
            cue=self.quoted(statement.cue) if statement.cue else None,
            hedges=self._all(statement.hedges),
            sentence=self.sentence(first) if first else None,
            covers=statement.covers,
        )

    def _all(self, spans: Iterable[Span]) -> tuple[Quoted, ...]:
        return tuple(map(self.quoted, spans))

    def _outer(self, statement: Statement) -> list[Statement]:
        """The statements that a statement is given in, from the nearest outward."""
        found: list[Statement] = []
        seen = {statement.id}
        within = statement.within
        while within is not None and within not in seen and within in self.statements:
            seen.add(within)
            found.append(self.statements[within])
            within = found[-1].within
        return found


def _heard(channel: Channel) -> Heard:
    return Heard(channel.kind, channel.name)
