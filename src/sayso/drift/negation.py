"""What one report denies and its copy asserts, or the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.polarity import flips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.record import Change


def negation(sides: Sides) -> Iterator[Change]:
    """Words that a sentence denies and its partner does not."""
    for one, two in sides.asked:
        for flip in flips(sides.here.words(one), sides.there.words(two)):
            here, there = sides.here.stretch(one, *flip.here), sides.there.stretch(two, *flip.there)
            denied, plain = (
                (sides.here.said(here), sides.there.said(there))
                if flip.denied_here
                else (sides.there.said(there), sides.here.said(here))
            )
            says = f"“{denied}” {'became' if flip.denied_here else 'was'} “{plain}”"
            yield sides.change("negation_flipped", says, here, there)
