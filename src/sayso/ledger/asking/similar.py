"""Sentences that say alike as a statement does, in all reports: those that share the words which few sentences have.

Words alone are compared, under any ending. That two sentences share many says that they may tell the same, in the same
words or others; it says nothing of who had it from whom, nor whether it is so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, func, select

from sayso.ledger.anchors import subject_of
from sayso.ledger.asking.answers import Hit
from sayso.ledger.asking.hits import hits_of
from sayso.ledger.asking.questions import Among, BadQuestion
from sayso.ledger.asking.search import COLUMNS, among_ids, conditions_of, count_of, ids_with
from sayso.ledger.asking.wording import Wording
from sayso.ledger.schema import family_members, sentences
from sayso.record import Anchor, Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LEAST = 0.45
"""Which share of what the statement's words weigh a sentence must have: a word weighs more, the fewer have it."""
LIMIT = 60
RARE = 10
"""Words by which sentences are looked up, the rarest of the statement."""
OF_EACH = 400
COMMON = 5_000
TELLING, FEW = 0.02, 40
"""A word that a larger share of all sentences has, and more of them than so many, tells nothing of what is said."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A sentence that says alike: how many of the telling words it shares, and whether it is known for a copy."""

    hit: Hit
    shared: int
    copied: bool  # it stands in a stretch that is one telling with the one in which the statement stands


@dataclass(frozen=True, slots=True)
class Similar:
    """What says alike as one statement or event, those that share most first."""

    about: str  # "<report>#st3"
    claim: Anchor  # its sentence
    of: int  # telling words in it
    alike: tuple[Alike, ...]
    more: bool  # there are more than these


def similar(case: Case, about: str, among: Among | None = None, *, limit: int = LIMIT) -> Similar:
    """The sentences that say alike as a statement or an event ("<report>#st3"), among those that meet what is asked.

    Raises `NoSuchThing` where there is none, `BadQuestion` for what is neither.
    """
    with case.reading() as connection:
        subject = subject_of(connection, about)
        if subject.kind not in ("statement", "event") or subject.anchor is None:
            raise BadQuestion(f"{about} is no statement and no event: there is no sentence that others could be like.")
        claim = _sentence(connection, subject.anchor)
        if claim is None:
            raise BadQuestion(f"{about} stands in no sentence of its report.")
        weights = _weights(connection, claim.terms)
        scored = _scored(connection, weights, claim.id)
        asked = list(conditions_of(case, connection, among or Among()))
        rows = {row.id: row for row in among_ids(connection, asked, scored)}
        ordered = sorted(rows, key=lambda one: (-scored[one], -one))
        looked_for = Wording(terms=tuple(weights))
        hits = hits_of(connection, [rows[one] for one in ordered[:limit]], looked_for)
        copies = _copies(connection, claim)
        shares = _shares(connection, [hit.key for hit in hits], weights)
        alike = tuple(Alike(hit, shares[hit.key], _is_in(hit, copies)) for hit in hits)
        anchor = Anchor(claim.report_id, Span(claim.start, claim.end), claim.words)
        return Similar(subject.id, anchor, len(weights), alike, len(ordered) > limit)


def _sentence(connection: Connection, anchor: Anchor) -> Any:
    """The sentence in which a stretch begins."""
    told = sentences.c
    here = and_(told.report_id == anchor.report, told.start < anchor.span.end, told.end > anchor.span.start)
    return connection.execute(select(*COLUMNS, told.terms).where(here, told.n >= 0).order_by(told.n).limit(1)).first()


def _weights(connection: Connection, terms: str) -> dict[str, float]:
    """What each telling word of a sentence weighs, the rarest first."""
    everything = connection.execute(select(func.max(sentences.c.id))).scalar() or 1
    most = max(FEW, min(COMMON, int(TELLING * everything)))
    counted = {term: count_of(connection, ids_with(connection, (term,)), most) for term in terms.split()}
    rare = sorted((count, term) for term, count in counted.items() if count < most)
    return {term: log(1 + everything / max(1, count)) for count, term in rare}


def _scored(connection: Connection, weights: dict[str, float], but: int) -> dict[int, float]:
    """The ids of sentences that share enough, with how much."""
    found: set[int] = set()
    for term in list(weights)[:RARE]:
        found.update(connection.execute(ids_with(connection, (term,)).limit(OF_EACH)).scalars())
    found.discard(but)
    whole = sum(weights.values())
    scored = {}
    for row in _terms_of(connection, found):
        has = frozenset(row.terms.split())
        share = sum(weight for term, weight in weights.items() if term in has) / whole
        if share >= LEAST:
            scored[row.id] = share
    return scored


def _terms_of(connection: Connection, ids: Iterable[int]) -> Iterable[Any]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), OF_EACH):
        run = wanted[start : start + OF_EACH]
        yield from connection.execute(select(sentences.c.id, sentences.c.terms).where(sentences.c.id.in_(run)))


def _shares(connection: Connection, ids: list[int], weights: dict[str, float]) -> dict[int, int]:
    return {row.id: len(weights.keys() & set(row.terms.split())) for row in _terms_of(connection, ids)}


def _copies(connection: Connection, claim: Any) -> list[tuple[str, Span]]:
    """The stretches that are one telling with one in which a sentence stands."""
    told, here = family_members.c, family_members.alias().c
    mine = select(here.family_id).where(
        here.report_id == claim.report_id, here.start < claim.end, here.end > claim.start
    )
    rows = connection.execute(select(told.report_id, told.start, told.end).where(told.family_id.in_(mine)))
    return [(row.report_id, Span(row.start, row.end)) for row in rows]


def _is_in(hit: Hit, copies: list[tuple[str, Span]]) -> bool:
    return any(
        report == hit.report and span.start < hit.span.end and span.end > hit.span.start for report, span in copies
    )
