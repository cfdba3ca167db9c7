"""Why two reports are taken for one telling, or not: named reasons with the two sentences each rests on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.copies.alike import bag
from sayso.copies.prints import QUOTED
from sayso.copies.words import FIGURE, NAME
from sayso.record import Anchor, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.copies.alike import Alike
    from sayso.copies.prints import Print

SHOWN = 3
"""So many pairs of sentences are shown for a conclusion."""
MOSTLY = 0.5


def reasons_for(one: Print, two: Print, shared: Alike, pairs: Sequence[tuple[int, int, float]]) -> tuple[Reason, ...]:
    """Named reasons for and against, the best pairs of sentences first. `pairs`: sentence here, there, chance."""
    best = sorted(pairs, key=lambda pair: (-pair[2], pair[0]))[:SHOWN]
    found = [_of_sentences(one, two, here, there) for here, there, _ in best]
    found += _order(one, two, pairs)
    found += _against(one, two, shared, pairs)
    return tuple(found)


def _of_sentences(one: Print, two: Print, here: int, there: int) -> Reason:
    anchors = Anchor(one.report, one.sentences[here]), Anchor(two.report, two.sentences[there])
    if one.digests[here] == two.digests[there]:
        return Reason("same_sentence", True, "The two sentences are the same, word for word.", *anchors)
    counted = _shared_kinds(one, two, here, there)
    says = f"The two sentences share {_told(counted)}."
    return Reason("same_things_in_one_sentence", True, says, *anchors)


def _shared_kinds(one: Print, two: Print, here: int, there: int) -> tuple[int, int, int]:
    """How many figures, names and rarer words two sentences share."""
    mine, theirs = bag(one), bag(two)
    kinds = dict(zip(mine.keys[mine.where == here].tolist(), mine.kinds[mine.where == here].tolist(), strict=True))
    both = kinds.keys() & set(theirs.keys[theirs.where == there].tolist())
    told = [kinds[key] % QUOTED for key in both]
    return told.count(FIGURE), told.count(NAME), len(told) - told.count(FIGURE) - told.count(NAME)


def _told(counted: tuple[int, int, int]) -> str:
    names = (("figure", "figures"), ("name", "names"), ("rarer word", "rarer words"))
    parts = [f"{count} {name[count != 1]}" for count, name in zip(counted, names, strict=True) if count]
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts) or "little"


def _order(one: Print, two: Print, pairs: Sequence[tuple[int, int, float]]) -> list[Reason]:
    if len(pairs) < 3:
        return []
    inner = sorted((here, there) for here, there, _ in pairs)
    steps = [after[1] > before[1] for before, after in pairwise(inner)]
    ends = (
        Anchor(one.report, one.sentences[inner[0][0]]),
        Anchor(two.report, two.sentences[inner[0][1]]),
    )
    if sum(steps) >= 0.8 * len(steps):
        return [Reason("same_order", True, f"{len(inner)} sentences tell the same things in the same order.", *ends)]
    return [Reason("other_order", False, f"The {len(inner)} sentences alike stand in another order.", *ends)]


def _against(one: Print, two: Print, shared: Alike, pairs: Sequence[tuple[int, int, float]]) -> list[Reason]:
    found = []
    for side, (mine, weights, which) in enumerate(
        ((one, shared.heres, {pair[0] for pair in pairs}), (two, shared.theres, {pair[1] for pair in pairs}))
    ):
        left = [index for index in range(len(weights)) if index not in which]
        if not left or weights[left].sum() < MOSTLY * weights.sum():
            continue
        heaviest = max(left, key=lambda index: (weights[index], -index))
        anchor = Anchor(mine.report, mine.sentences[heaviest])
        says = f"{len(left)} of {len(weights)} sentences of one report stand in no sentence of the other."
        found.append(
            Reason("sentences_of_its_own", False, says, anchor if not side else None, anchor if side else None)
        )
    quoted = [
        (here, there) for here, there, _ in pairs if shared.quoted[here, there] > 0.8 * shared.shared[here, there]
    ]
    if quoted and len(quoted) >= MOSTLY * len(pairs):
        here, there = quoted[0]
        says = "Most of what they share stands in quotation marks: two who heard one speaker have that too."
        found.append(
            Reason(
                "shared_words_are_quoted",
                False,
                says,
                Anchor(one.report, one.sentences[here]),
                Anchor(two.report, two.sentences[there]),
            )
        )
    return found
