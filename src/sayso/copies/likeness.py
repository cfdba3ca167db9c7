"""Whether two reports are one telling: which runs of sentences, in what way, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sayso.copies.alike import Alike, Floats, Ints, alike
from sayso.copies.why import reasons_for
from sayso.models.copies import CopyWeights, copy_weights
from sayso.record import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.copies.prints import Print
    from sayso.record import Reason

TRAITS = (
    "made", "log_made", "surely_made", "most_covered", "least_covered", "best", "second", "third", "fourth", "fifth",
    "sixth", "in_order", "share_in_order", "elsewhere", "best_elsewhere", "order", "weight", "share_of_weight",
    "fewer_sentences", "more_sentences", "mean", "spread", "most_met", "least_met",
)  # fmt: skip
"""What is known of a pair of reports, in the order of `traits`."""

LIKELY = 0.3
"""A pair of sentences with this chance is told as made one of the other."""
BETWEEN = 0.1
"""Between two such pairs this is enough."""
FURTHEST = 3
"""Sentences: how far apart two that were copied may stand in one segment."""
ALONE = 0.9
"""The chance with which a single sentence is a segment."""
HEARD = 8.0
"""Log odds that a quotation in the same words takes from what speaks for a copy."""
MOSTLY_HEARD = 0.5
"""From here on a pair of sentences is nothing but such a quotation."""
LIKE_WORDS, SAME_WORDS = 0.55, 0.85
"""Likeness of two sentences from where on a quotation is in the same words."""
LONGEST_FRAME = 3
"""Sentences: the longest standing phrase that frames a story."""
NEAR = 0.85
"""The mean likeness of the sentences of a near copy, where 1 is the same words."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of sentences here that is one telling with a run there. `pairs` are the sentences that were matched."""

    here: Span
    there: Span
    wording: str  # exact | near | reworded | translated
    pairs: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two reports' stories are one telling. `here` and `there` are the reports in the order they were given.

    `covered_here` is the share of the story here that stands in the segments, by weight; `score` is from 0 to 1, and
    `is_copy` is true from one half.
    """

    here: str
    there: str
    score: float
    is_copy: bool
    segments: tuple[Segment, ...]
    covered_here: float
    covered_there: float
    wording: str  # of all segments together: exact | near | reworded | translated
    reasons: tuple[Reason, ...] = ()

    @property
    def turned(self) -> Likeness:
        """The same, told from the other side."""
        return replace(
            self,
            here=self.there,
            there=self.here,
            segments=tuple(sorted(map(_turned, self.segments), key=lambda one: one.here)),
            covered_here=self.covered_there,
            covered_there=self.covered_here,
            reasons=tuple(replace(one, here=one.there, there=one.here) for one in self.reasons),
        )


def compare(here: Print, there: Print) -> Likeness:
    """What two reports share and whether that is a copy. Depends on the two alone and is the same from both sides.

    Typically 0.4 ms. The method is a logistic regression over traits of the sentences that go best together; its
    weights are made by `python -m training.copies`.
    """
    if (there.report, len(there.tokens)) < (here.report, len(here.tokens)):
        return _compared(there, here).turned
    return _compared(here, there)


def _compared(one: Print, two: Print) -> Likeness:
    if not len(one.tokens) or not len(two.tokens):
        return Likeness(one.report, two.report, 0.0, False, (), 0.0, 0.0, "reworded")
    shared = alike(one, two)
    weights = copy_weights()
    matched = with_odds(shared, *without_frame(one, two, *partners(shared)), weights)
    score = weights.report(traits(shared, matched, weights))
    is_copy = score >= 0.5
    told = _told(matched)
    segments = _segments(one, two, shared, told)
    kept = [pair for pair in told if any(_holds(segment, one, two, pair) for segment in segments)]
    return Likeness(
        one.report,
        two.report,
        score,
        is_copy,
        segments,
        _covered(shared.heres, {pair.here for pair in kept}),
        _covered(shared.theres, {pair.there for pair in kept}),
        _wording(one, two, shared, kept),
        reasons_for(one, two, shared, [(pair.here, pair.there, pair.chance) for pair in kept]) if segments else (),
    )


# What frames the story


def without_frame(one: Print, two: Print, heres: Ints, theres: Ints) -> tuple[Ints, Ints]:
    """The partners without a house's standing phrases, which no one copied.

    Those are at most three sentences on end, the same word for word, at the top or the end of either story, when what
    stands beside them does not go together. What makes up half of a story is never such a frame.
    """
    partner = dict(zip(heres.tolist(), theres.tolist(), strict=True))
    counts = len(one.digests), len(two.digests)
    gone: set[int] = set()
    for run in _exact_runs(one, two, partner):
        before, after = (run[0][0] - 1, run[0][1] - 1), (run[-1][0] + 1, run[-1][1] + 1)
        is_alone = partner.get(before[0]) != before[1] and partner.get(after[0]) != after[1]
        is_small = len(run) <= LONGEST_FRAME and 2 * len(run) < min(counts)
        if is_alone and is_small and any(_is_edge(pair, counts) for pair in run):
            gone.update(here for here, _ in run)
    left = np.array([here not in gone for here in heres.tolist()], dtype=bool)
    return heres[left], theres[left]


def _exact_runs(one: Print, two: Print, partner: dict[int, int]) -> list[list[tuple[int, int]]]:
    runs: list[list[tuple[int, int]]] = []
    for here, there in sorted(partner.items()):
        if one.digests[here] != two.digests[there]:
            continue
        if runs and runs[-1][-1] == (here - 1, there - 1):
            runs[-1].append((here, there))
        else:
            runs.append([(here, there)])
    return runs


def _is_edge(pair: tuple[int, int], counts: tuple[int, int]) -> bool:
    return any(place < 1 or place >= count - 1 for place, count in zip(pair, counts, strict=True))


# Sentences that go together


@dataclass(frozen=True, slots=True)
class Matches:
    """Pairs of sentences each of which is the other's best: their numbers, and how likely one is made of the other."""

    heres: Ints
    theres: Ints
    odds: Floats
    chances: Floats


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that are told as one made of the other."""

    here: int
    there: int
    chance: float


def partners(shared: Alike) -> tuple[Ints, Ints]:
    """The numbers of sentences that are each other's best, in the order here."""
    theres, heres = shared.cosine.argmax(axis=1), shared.cosine.argmax(axis=0)
    numbers = np.arange(len(theres))
    found = numbers[(heres[theres] == numbers) & (shared.cosine[numbers, theres] > 0)]
    return found, theres[found]


def with_odds(shared: Alike, heres: Ints, theres: Ints, weights: CopyWeights) -> Matches:
    """Sentences that go together, with how likely one is made of the other."""
    odds = weights.sentences(shared.features[heres, theres])
    return Matches(heres, theres, odds, 1 / (1 + np.exp(-odds)))


def _unheard(shared: Alike, matched: Matches) -> Matches:
    """The matches that are not mostly a quotation in the same words, with what is left of their odds."""
    said = heard(shared)[matched.heres, matched.theres]
    left = said < MOSTLY_HEARD
    odds = (matched.odds - HEARD * said)[left]
    return Matches(matched.heres[left], matched.theres[left], odds, 1 / (1 + np.exp(-odds)))


def heard(shared: Alike) -> Floats:
    """How far what two sentences share is a quotation in the same words: two who heard one speaker have that too.

    A quotation in other words is no such thing: who quotes does not reword, but who rewrites does.
    """
    quoted = shared.quoted / (shared.shared + 1e-9)
    found: Floats = quoted * np.clip((shared.cosine - LIKE_WORDS) / (SAME_WORDS - LIKE_WORDS), 0.0, 1.0)
    return found


def traits(shared: Alike, matched: Matches, weights: CopyWeights) -> Floats:
    """What is known of a pair of reports, as `TRAITS`; the same from both sides."""
    matched = _unheard(shared, matched)
    if not len(matched.heres):
        return np.zeros(len(TRAITS))
    odds, chances = matched.odds, matched.chances
    made = float(chances.sum())
    met = _met(shared, weights)
    best = np.full(6, -6.0)
    ranked = np.sort(odds)[::-1][:6]
    best[: len(ranked)] = ranked
    shares = _share(shared.heres, matched.heres, chances), _share(shared.theres, matched.theres, chances)
    in_order = _in_order(matched)
    elsewhere, best_elsewhere = _elsewhere(shared.cosine, matched)
    lighter = np.minimum(shared.heres[matched.heres], shared.theres[matched.theres])
    mass = float((lighter * chances).sum())
    few, many = sorted(shared.cosine.shape)
    return np.array(
        [
            made,
            np.log1p(made),
            float((chances > 0.8).sum()),
            max(shares),
            min(shares),
            *best,
            in_order,
            in_order / (1 + made),
            elsewhere,
            best_elsewhere,
            _order(matched),
            np.log1p(mass),
            mass / (1 + min(shared.heres.sum(), shared.theres.sum())),
            np.log1p(few),
            np.log1p(many),
            odds.mean(),
            odds.std(),
            max(met),
            min(met),
        ]
    )


def _met(shared: Alike, weights: CopyWeights) -> tuple[float, float]:
    """How much of either report stands in some sentence of the other, whether or not that one is nearer to a third."""
    rows = np.arange(shared.cosine.shape[0]), shared.cosine.argmax(axis=1)
    columns = shared.cosine.argmax(axis=0), np.arange(shared.cosine.shape[1])
    said = HEARD * heard(shared)
    here = 1 / (1 + np.exp(said[rows] - weights.sentences(shared.features[rows])))
    there = 1 / (1 + np.exp(said[columns] - weights.sentences(shared.features[columns])))
    return _share(shared.heres, rows[0], here), _share(shared.theres, columns[1], there)


def _share(weights: Floats, which: Ints, chances: Floats) -> float:
    return float((weights[which] * chances).sum() / (weights.sum() or 1.0))


def _in_order(matched: Matches) -> float:
    """How much of what goes together stands in one order with its neighbour, at most two sentences on."""
    across = matched.heres[None, :] - matched.heres[:, None]
    along = matched.theres[None, :] - matched.theres[:, None]
    follows = (across > 0) & (across <= 2) & (along > 0) & (along <= 2)
    return float((follows * np.minimum.outer(matched.chances, matched.chances)).max(axis=1).sum())


def _order(matched: Matches) -> float:
    if len(matched.heres) < 3:
        return 0.0
    one, two = matched.heres - matched.heres.mean(), matched.theres - matched.theres.mean()
    return float((one * two).sum() / np.sqrt((one**2).sum() * (two**2).sum()))


def _elsewhere(cosine: Floats, matched: Matches) -> tuple[float, float]:
    """How alike the sentences are that do not go together, and the best of each: what both share by their subject."""
    rest = cosine.copy()
    rest[matched.heres, matched.theres] = 0.0
    left = cosine.size - len(matched.heres)
    return float(rest.sum() / max(left, 1)), float((rest.max(axis=1).mean() + rest.max(axis=0).mean()) / 2)


# Segments


def _told(matched: Matches) -> list[Pair]:
    """The likely pairs, and those between two likely ones that are likely enough there."""
    pairs = list(map(Pair, matched.heres.tolist(), matched.theres.tolist(), matched.chances.tolist()))
    sure = [pair for pair in pairs if pair.chance >= LIKELY]
    weak = [pair for pair in pairs if BETWEEN <= pair.chance < LIKELY and _is_between(pair, sure)]
    return sorted((*sure, *weak), key=lambda pair: pair.here)


def _is_between(pair: Pair, sure: Sequence[Pair]) -> bool:
    before = any(0 < pair.here - one.here <= FURTHEST and 0 < pair.there - one.there <= FURTHEST for one in sure)
    after = any(0 < one.here - pair.here <= FURTHEST and 0 < one.there - pair.there <= FURTHEST for one in sure)
    return before and after


def _segments(one: Print, two: Print, shared: Alike, told: Sequence[Pair]) -> tuple[Segment, ...]:
    runs: list[list[Pair]] = []
    for pair in told:
        run = next((run for run in runs if any(_is_near(pair, other) for other in run)), None)
        if run is None:
            runs.append([pair])
        else:
            run.append(pair)
    strong = [run for run in runs if len(run) > 1 or run[0].chance >= ALONE]
    return tuple(_segment(one, two, shared, run) for run in strong)


def _is_near(one: Pair, two: Pair) -> bool:
    return abs(one.here - two.here) <= FURTHEST and abs(one.there - two.there) <= FURTHEST


def _segment(one: Print, two: Print, shared: Alike, run: Sequence[Pair]) -> Segment:
    heres, theres = [one.sentences[pair.here] for pair in run], [two.sentences[pair.there] for pair in run]
    return Segment(_hull(heres), _hull(theres), _wording(one, two, shared, run), tuple(zip(heres, theres, strict=True)))


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _holds(segment: Segment, one: Print, two: Print, pair: Pair) -> bool:
    return (one.sentences[pair.here], two.sentences[pair.there]) in segment.pairs


def _wording(one: Print, two: Print, shared: Alike, run: Sequence[Pair]) -> str:
    if one.language != two.language:
        return "translated"
    if not run:
        return "reworded"
    if all(one.digests[pair.here] == two.digests[pair.there] for pair in run):
        return "exact"
    return "near" if np.mean([shared.cosine[pair.here, pair.there] for pair in run]) >= NEAR else "reworded"


def _covered(weights: Floats, which: set[int]) -> float:
    return round(float(weights[sorted(which)].sum() / (weights.sum() or 1.0)), 3)


def _turned(segment: Segment) -> Segment:
    pairs = tuple(sorted((two, one) for one, two in segment.pairs))
    return Segment(segment.there, segment.here, segment.wording, pairs)
