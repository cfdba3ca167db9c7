"""The way from a page and its events to incidents."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sayso.events.incidents.candidates import Candidate, candidates
from sayso.events.incidents.confidence import confidence_features, mentions_of
from sayso.events.incidents.features import Told, document_row, rows
from sayso.events.incidents.templates import (
    LEAST,
    ORGANISATION,
    PERSON,
    SLOTS,
    TARGET,
    TYPES,
    VICTIM,
    WEAPON,
    Chosen,
    Floats,
    Limits,
    Scored,
    chosen,
    pooled,
    templates,
)
from sayso.models.incidents import IncidentScorer
from sayso.record import Event, Span

ARTICLES = re.compile(r"\b(a|an|the)\b")
MARKS = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class Filler:
    """Who or what fills a slot: the mention that names it, all its mentions, how likely it is.

    `confidence` is for organisations: how sure the text is that it did it, in MUC-4's words.
    """

    span: Span
    mentions: tuple[Span, ...]
    score: float
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident in the form of MUC-4's simplified templates; `events` are the record's events its fillers are in.

    `accused` is the one organisation that the text most likely holds to have done it, at the confidence it has then: a
    wider answer than `organisations`, which lists only those that are likely enough to be listed.
    """

    type: str
    perpetrators: tuple[Filler, ...] = ()
    organisations: tuple[Filler, ...] = ()
    targets: tuple[Filler, ...] = ()
    victims: tuple[Filler, ...] = ()
    weapons: tuple[Filler, ...] = ()
    accused: Filler | None = None
    events: tuple[str, ...] = ()


def find_incidents(told: Told, scorer: IncidentScorer) -> tuple[Incident, ...]:
    """The incidents of a page that has been through all stages, one of a type; none where no event is told."""
    if not any(told.by_family[:-1]):
        return ()
    found = candidates(told.parse, told.grounds.entities)
    scored = _scored(told, found, scorer)
    types = scorer.told(np.concatenate([log_odds(scorer.told_by_text(document_row(told))), pooled(scored)]))
    limits = Limits(tuple(scorer.about["type_limits"]), tuple(scorer.about["slot_limits"]), scorer.about["link"])
    suspects = chosen(scored, ORGANISATION, LEAST)
    return tuple(
        replace(
            _incident(told, TYPES[kind], fillers, found, scorer),
            accused=_accused(told, TYPES[kind], suspects, found, scorer),
        )
        for kind, fillers in templates(scored, types, limits)
    )


def log_odds(chances: Floats) -> Floats:
    """Log odds, kept finite."""
    found: Floats = np.log((chances + 1e-3) / (1 - chances + 1e-3))
    return found


def plain(name: str) -> str:
    """A name without capitals, marks and articles."""
    return " ".join(ARTICLES.sub(" ", name.lower().translate(MARKS)).split())


def names_of(told: Told, found: Sequence[Candidate]) -> list[tuple[str, str]]:
    """Of each candidate its words in plain form, and the same with its titles."""
    text = told.page.report.text
    spans = [(one.span(told.parse), one.titled_span(told.parse)) for one in found]
    return [(plain(text[bare.start : bare.end]), plain(text[full.start : full.end])) for bare, full in spans]


def with_scores(names: Iterable[tuple[str, str]], scores: Floats) -> list[Scored]:
    """Candidates with their scores. People who did it go by their titles, as those who fill templates write them."""
    made = []
    for number, ((bare, titled), score) in enumerate(zip(names, scores, strict=True)):
        slots = score[: len(SLOTS)]
        name = titled if slots.argmax() == PERSON else bare
        if name:
            made.append(Scored(number, tuple(name.split()), slots, score[len(SLOTS) :]))
    return made


def _scored(told: Told, found: Sequence[Candidate], scorer: IncidentScorer) -> list[Scored]:
    return with_scores(names_of(told, found), scorer.fillers(rows(told, found))) if found else []


def _incident(
    told: Told, kind: str, fillers: Sequence[Chosen], found: Sequence[Candidate], scorer: IncidentScorer
) -> Incident:
    by_slot = [tuple(_filler(told, one, found) for one in fillers if one.slot == slot) for slot in range(len(SLOTS))]
    organisations = tuple(
        replace(one, confidence=_likeliest(scorer.confidence(confidence_features(told, one.mentions, kind)))[0])
        for one in by_slot[ORGANISATION]
    )
    return Incident(
        kind,
        perpetrators=by_slot[PERSON],
        organisations=organisations,
        targets=by_slot[TARGET],
        victims=by_slot[VICTIM],
        weapons=by_slot[WEAPON],
        events=_events_with(told, [span for row in by_slot for one in row for span in one.mentions]),
    )


def _accused(
    told: Told, kind: str, suspects: Sequence[Chosen], found: Sequence[Candidate], scorer: IncidentScorer
) -> Filler | None:
    """Of the suspects with the likeliest confidence of each the likeliest of all, where it is likely enough."""
    best, accused = scorer.about["accused_limit"], None
    for one in suspects:
        features = confidence_features(told, named_at(told, one), kind)
        value, chance = _likeliest(scorer.confidence(features))
        if one.score * chance > best:
            best, accused = one.score * chance, replace(_filler(told, one, found), confidence=value)
    return accused


def named_at(told: Told, one: Chosen) -> list[Span]:
    """Everywhere a filler's names stand in the text."""
    return mentions_of(told.page.report.text, {" ".join(member.words) for member in one.members})


def _likeliest(chances: dict[str, float]) -> tuple[str, float]:
    return max(chances.items(), key=lambda pair: pair[1])


def _filler(told: Told, one: Chosen, found: Sequence[Candidate]) -> Filler:
    def span(scored: Scored) -> Span:
        candidate = found[scored.number]
        return candidate.titled_span(told.parse) if one.slot == PERSON else candidate.span(told.parse)

    return Filler(span(one.named), tuple(sorted({span(member) for member in one.members})), round(one.score, 3))


def _events_with(told: Told, mentions: Sequence[Span]) -> tuple[str, ...]:
    """The events in which any of these take part."""
    starts = {span.start for span in mentions}
    return tuple(
        event.id for event in told.events if any(span.start <= at < span.end for span in _parts(event) for at in starts)
    )


def _parts(event: Event) -> list[Span]:
    return [*(party.span for party in (*event.agents, *event.targets)), *event.weapons]
