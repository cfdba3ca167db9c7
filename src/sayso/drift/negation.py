"""What one report denies and its copy asserts, or the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.polarity import flips
from sayso.record import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.record import Change
    from sayso.values.kept import Kept


def negation(sides: Sides) -> Iterator[Change]:
    """Words that a sentence denies and its partner does not."""
    for one, two in sides.pairs:
        ours, theirs = sides.here.kept(one), sides.there.kept(two)
        for flip in flips(ours.text, theirs.text):
            here, there = _span(ours, flip.here), _span(theirs, flip.there)
            denied, plain = (here, there) if flip.denied_here else (there, here)
            text = sides.here.text if flip.denied_here else sides.there.text
            other = sides.there.text if flip.denied_here else sides.here.text
            says = (
                f"“{text[denied.start : denied.end]}” {'became' if flip.denied_here else 'was'} "
                f"“{other[plain.start : plain.end]}”"
            )
            yield sides.change("negation_flipped", says, here, there)


def _span(kept: Kept, stretch: tuple[int, int]) -> Span:
    found = kept.spans(*stretch)
    return Span(found[0].start, found[-1].end)
