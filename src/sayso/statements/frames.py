"""What the tagger hears on a page: its frames, in token ranges of the parse."""

from __future__ import annotations

from itertools import groupby

from sayso.models.sides import evened
from sayso.models.tagging import Frame, Tagger
from sayso.statements.scene import Scene


def frames_of(scene: Scene, tagger: Tagger | None) -> tuple[Frame, ...]:
    """The frames of a page in the order of their cues; none without a tagger.

    The tagger gets the words as the parser got them, names of countries and peoples all alike, cuts left out.
    """
    if tagger is None or not scene.parse.tokens:
        return ()
    return tagger.tag(words_by_paragraph(scene))


def words_by_paragraph(scene: Scene) -> list[list[str]]:
    """The words of a page's paragraphs as a tagger gets them."""
    grouped = groupby(scene.parse.tokens, key=lambda token: scene.paragraph_at(token.start))
    return [evened([token.text for token in tokens]) for _, tokens in grouped]
