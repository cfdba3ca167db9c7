"""Which statements speak of an event without telling it anew: "The market is not used by soldiers", of its shelling.

An account is more than the sentence that holds the deed. A statement belongs to an event where its words name the deed
again or what was used or hit, where the speaker goes on with what they told of it, where "they" or "it" begins it right
after, where its newsroom saw the place, or where somebody without office tells what they lived through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from sayso.record import Event, Reading, Section, Source, Span, Statement

ACCOUNT_ACTS = frozenset(("says", "confirms", "admits", "accuses", "observes", "compares", "announces"))
IMAGINED_ACTS = frozenset(("calls_for", "asks", "orders", "promises", "warns", "predicts", "threatens", "thinks"))
GENERAL = frozenset((
    "people", "person", "residents", "resident", "civilian", "civilians", "women", "woman", "children", "child",
    "soldiers", "soldier", "town", "towns", "city", "village", "villages", "region", "area", "house", "houses", "home",
    "homes", "government", "forces", "force", "troops", "army", "men", "man", "others",
    "about", "after", "again", "along", "around", "away", "back", "before", "behind", "down", "during", "from", "have",
    "into", "more", "most", "near", "only", "over", "some", "than", "that", "their", "them", "they", "this", "through",
    "under", "were", "what", "when", "where", "which", "while", "with", "within", "without",
))  # fmt: skip
WORD = re.compile(r"[^\W\d_]{4,}")
SMALL = re.compile(r"(?<![^\W_])[^\W\d_A-Z][^\W_]*", re.U)
POINTING = re.compile(r"\W*(?:they|this|that|these|those)\b", re.I)
POINTING_ALOUD = re.compile(r"\W*it\b", re.I)
THE_NUMBER = re.compile(r"\bthe (?:number|figure|toll|count|total|death toll)\b", re.I)
SPARED = re.compile(
    r"\b(?:not|never) (?:at|on|against|towards?|into|in|inside|near|over|the|any|a) [^,.;:!?]*", re.I
)  # fmt: skip
"""What somebody says was not aimed at, or not hit: they name it, and tell nothing of it."""
PERSONAL = re.compile(r"\b(?:I|[Mm]y)\b")
SPEAKS_FOR = re.compile(r"\bspokes(?:man|woman|person)\b", re.I)
VIOLENT = "ASSAULT"
REACH = 2
"""Sentences: how far on a speaker's own account goes on, and how far back "they" may point."""


class About:
    """Answers for one reading which statements speak of which of its events."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.page.report.text
        self._sources = {source.id: source for source in reading.sources}
        self._statements = {statement.id: statement for statement in reading.statements}
        self._starts = [span.start for span in reading.page.sentences]
        self._relayed = {statement.within for statement in reading.statements if statement.within is not None}
        self._names = {event.id: self._named_by(event) for event in reading.events}
        self._tells: dict[str, list[Event]] = {}
        for event in reading.events:
            for told in event.told:
                self._tells.setdefault(told.statement or "", []).append(event)
        self._found = self._all()

    def of(self, event: Event) -> tuple[Statement, ...]:
        """The statements about an event, in the order of the text, without its tellers."""
        return tuple(statement for statement in self._reading.statements if event.id in self._found[statement.id])

    def _all(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        before: list[Statement] = []
        for statement in sorted(self._reading.statements, key=lambda one: (_start(one), one.id)):
            found[statement.id] = self._events(statement, before, found) if self._is_account(statement) else set()
            before.append(statement)
        return found

    def _is_account(self, statement: Statement) -> bool:
        if statement.act not in ACCOUNT_ACTS or statement.id in self._relayed:
            return False
        outer = self._statements.get(statement.within or "")
        return outer is None or outer.act not in IMAGINED_ACTS

    def _events(self, statement: Statement, before: list[Statement], found: dict[str, set[str]]) -> set[str]:
        own = {event.id for event in self._tells.get(statement.id, ())}
        again = {event.id for event in self._reading.events if self._names_again(statement, event)}
        if own:
            return again - own
        others = self._goes_on(statement, before, found) | self._names_what_was_hit(statement)
        others |= self._gives_the_number(statement)
        return again | (others or self._points_back(statement) or self._was_there(statement))

    def _names_again(self, statement: Statement, event: Event) -> bool:
        return any(words.start <= span.start < words.end for span in event.also for words in statement.words)

    def _names_what_was_hit(self, statement: Statement) -> set[str]:
        """The event told before in the same section whose target, weapon or deed the words name; of several the first.

        What a newsroom saw may also be named by its place, or in the rest of its sentence.
        """
        is_seen = statement.act == "observes"
        near = self._near(statement)
        for spans in (statement.words, (self._sentence(statement),)) if is_seen else (statement.words,):
            said = self._stems(spans, small_only=not is_seen)
            shared = [(len(said & self._names[event.id]), event.id) for event in near]
            most = max((count for count, _ in shared), default=0)
            if most:
                return {next(name for count, name in shared if count == most)}
        return set()

    def puts_a_number(self, statement: Statement) -> bool:
        """Whether its words give "the number" or "the toll" of what was counted before."""
        return THE_NUMBER.search(self._words(statement.words)) is not None

    def _gives_the_number(self, statement: Statement) -> set[str]:
        """Of the deed counted last in the sentences right before: "He put the number at 58"."""
        if not self.puts_a_number(statement):
            return set()
        at = self._number(_start(statement))
        counted = [event for event in self._near(statement) if event.counts]
        near = [event for event in counted if at - self._number(self._counted_at(event)) <= REACH]
        return {near[-1].id} if near else set()

    def _counted_at(self, event: Event) -> int:
        """Where the deed, or whoever gives a count of it, was told last."""
        tellers = (self._statements[told.statement] for told in event.told if told.statement in self._statements)
        return max(event.trigger.start, *(_start(teller) for teller in tellers), 0)

    def _goes_on(self, statement: Statement, before: list[Statement], found: dict[str, set[str]]) -> set[str]:
        """What the same speaker told right before, or the body for which a spokesman now speaks."""
        if not before or self._distance(before[-1], statement) > REACH:
            return set()
        last = before[-1]
        if last.source != statement.source and not self._speaks_for(statement, last):
            return set()
        if {one.kind for one in last.via} ^ {one.kind for one in statement.via} and last.via and statement.via:
            return set()  # what they say elsewhere may be of something else
        told = {event.id for event in self._tells.get(last.id, ())} | found[last.id]
        return told if self._is_same_section(last, statement) else set()

    def _speaks_for(self, statement: Statement, last: Statement) -> bool:
        """Whether somebody is named as the spokesman, or the chief, of the body that spoke right before."""
        body = self._sources[last.source]
        if body.naming not in ("institution", "group") or statement.who is None:
            return False
        who = self._words((statement.who,))
        return bool(SPEAKS_FOR.search(who)) or bool(_stemmed(SMALL.findall(who)) & _stemmed(WORD.findall(body.name)))

    def _points_back(self, statement: Statement) -> set[str]:
        """Of the deed told last in the sentences right before, and what its section told of the same before that.

        "They came from the far bank", after "where the shells had been fired from", is of the shelling told first.
        """
        if not statement.words or statement.within is not None:
            return set()
        said = self._words(statement.words[:1])
        if not POINTING.match(said) and not (statement.quotation == "direct" and POINTING_ALOUD.match(said)):
            return set()
        at = self._number(_start(statement))
        told = self._near(statement)
        if not told or at - self._number(told[-1].trigger.start) > REACH:
            return set()
        meant = told[-1]
        return {
            event.id
            for event in told
            if event is meant or (event.kind == meant.kind and self._names[event.id] & self._names[meant.id])
        }

    def _was_there(self, statement: Statement) -> set[str]:
        """What a newsroom saw, or somebody without office or side lived through: the section's first deed."""
        source = self._sources[statement.source]
        is_seen = statement.act == "observes" and source.naming in ("newsroom", "footage")
        if not is_seen and not self._is_lived(statement, source):
            return set()
        near = [event for event in self._near(statement) if is_seen or event.plover == VIOLENT]
        return {near[0].id} if near else set()

    def _is_lived(self, statement: Statement, source: Source) -> bool:
        return (
            statement.quotation == "direct"
            and source.party is None
            and source.role is None
            and source.naming in ("named", "described", "group")
            and bool(PERSONAL.search(self._words(statement.words)))
        )

    def _near(self, statement: Statement) -> list[Event]:
        """The deeds told before a statement in its section, those of the past that are only leaned on left out."""
        section = self._section(_start(statement))
        return [
            event
            for event in self._reading.events
            if not event.background
            and event.trigger.start < _start(statement)
            and self._section(event.trigger.start) is section
        ]

    def _named_by(self, event: Event) -> frozenset[str]:
        targets = [party.span for party in event.targets]
        common = self._stems((event.trigger, *event.also, *targets)) | self._stems(event.weapons, small_only=False)
        names = [place.name for place in self._reading.grounds.places if place.id in {p.place for p in event.places}]
        return common | _stemmed(WORD.findall(" ".join(names)))

    def _stems(self, spans: Iterable[Span], *, small_only: bool = True) -> frozenset[str]:
        """The words of stretches, those that name nothing in particular and, as a rule, proper names left out."""
        return _stemmed((SMALL if small_only else WORD).findall(SPARED.sub(" ", self._words(spans))))

    def _words(self, spans: Iterable[Span]) -> str:
        return " ".join(self._text[span.start : span.end] for span in spans)

    def _sentence(self, statement: Statement) -> Span:
        number = self._number(_start(statement))
        return self._reading.page.sentences[number] if number >= 0 else statement.words[0]

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _distance(self, one: Statement, two: Statement) -> int:
        return abs(self._number(_start(two)) - self._number(_start(one)))

    def _section(self, at: int) -> Section | None:
        return next((one for one in self._reading.page.sections if one.span.start <= at < one.span.end), None)

    def _is_same_section(self, one: Statement, two: Statement) -> bool:
        return self._section(_start(one)) is self._section(_start(two))


def _stemmed(words: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word.casefold()[:5].removesuffix("s") for word in words if len(word) > 3 and word.casefold() not in GENERAL
    )


def _start(statement: Statement) -> int:
    return min(span.start for span in (statement.cue, statement.who, *statement.words) if span is not None)
