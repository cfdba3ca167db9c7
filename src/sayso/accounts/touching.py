"""Which denials, caveats and silences of a report reach one of its events."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.record import Event, Reading, Section, Span, Statement

TOUCHING_ACTS = frozenset(("denies", "cannot_verify", "no_comment", "retracts"))
TOPIC = re.compile(r"\b(?:on|about|of|whether|where|who|how|why|when)\b(?P<topic>.*)", re.I | re.S)
DEAD = re.compile(r"\bthe (?:dead|victims|bodies)\b", re.I)
DEADLY = frozenset(("graves_found", "killing", "massacre"))
WORD = re.compile(r"[^\W\d_]{4,}")


class Touching:
    """What reaches the events of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._parties = {source.id: source.party for source in reading.sources}
        self._of_the_dead = {
            statement.id: _start(statement)
            for statement in reading.statements
            if DEAD.search(" ".join(self._text(span) for span in statement.words))
        }
        self._told = [event for event in reading.events if not event.background]

    def of(self, event: Event) -> tuple[Statement, ...]:
        """The statements that reach an event: they cover it, one of its tellers, or the section where it is told.

        A denial that is one of its tellers reaches it; so does a general denial that covers nothing in particular
        where the event is laid at the door of the side that denies, and a silence about nothing in particular that
        follows it, if it is what the report tells first or what was told last.
        """
        reached = {event.id} | {told.statement for told in event.told if told.statement is not None}
        section = self._section(event)
        if section is not None:
            reached.add(section.id)
        if event is self._first_with_dead(section):
            reached |= {name for name, at in self._of_the_dead.items() if section is self._section_at(at)}
        denied = {told.statement for told in event.told if told.status == "denied"}
        return tuple(
            statement
            for statement in self._reading.statements
            if statement.id in denied
            or (
                statement.act in TOUCHING_ACTS
                and (
                    not reached.isdisjoint(statement.covers) if statement.covers else self._is_loosely(statement, event)
                )
            )
        )

    def _first_with_dead(self, section: Section | None) -> Event | None:
        """The deed of a section that left dead: "the dead were farmers" is said of them."""
        deeds = (event for event in self._told if self._section(event) is section)
        return next((e for e in deeds if e.kind in DEADLY or any(count.of == "killed" for count in e.counts)), None)

    def _is_loosely(self, statement: Statement, event: Event) -> bool:
        if statement.act == "denies":
            sides = {agent.party for agent in event.agents if agent.party is not None}
            return statement.reach == "general" and self._parties.get(statement.source) in sides
        if statement.act != "no_comment" or statement.silence == "not_mentioned":
            return False
        topic = self._topic(statement)
        if topic:
            return bool(topic & self._words((event.trigger, *event.also, *event.weapons)))
        return event in self._asked_about(statement)

    def _asked_about(self, silence: Statement) -> list[Event]:
        """What a request for comment is about: the report's first deed, and the one told last before it."""
        at = _start(silence)
        before = [event for event in self._told if event.trigger.start < at]
        return [before[0], before[-1]] if before else []

    def _topic(self, statement: Statement) -> frozenset[str]:
        """The words that say what was not commented on; a "request for comment" says nothing of it."""
        said = " ".join(self._text(span) for span in statement.words)
        met = TOPIC.search(said)
        return _stems(met["topic"]) if met else frozenset()

    def _words(self, spans: Iterable[Span]) -> frozenset[str]:
        return _stems(" ".join(map(self._text, spans)))

    def _text(self, span: Span) -> str:
        return self._reading.page.report.text[span.start : span.end]

    def _section(self, event: Event) -> Section | None:
        return self._section_at(event.trigger.start)

    def _section_at(self, at: int) -> Section | None:
        return next((one for one in self._reading.page.sections if one.span.start <= at < one.span.end), None)


def _stems(words: str) -> frozenset[str]:
    return frozenset(word.casefold()[:5].removesuffix("s") for word in WORD.findall(words))


def _start(statement: Statement) -> int:
    return min(span.start for span in (statement.cue, statement.who, *statement.words) if span is not None)
