"""textacy's direct quotations: a speaker, a cue and what stands between quotation marks."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from bench.attributions import Attribution, Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def attributions(doc: Doc) -> list[Attribution] | None:
    """What textacy finds; None where it refuses the document, as it does for an odd number of quotation marks."""
    # By name, and late: the bench runs, and is type-checked, where textacy is not installed.
    triples = import_module("textacy.extract.triples")
    try:
        found = list(triples.direct_quotations(doc))
    except ValueError:
        return None
    return [Attribution(_stretches(one.speaker), _stretches(one.cue), _stretches(one.content)) for one in found]


def _stretches(tokens: Iterable[Token]) -> tuple[Stretch, ...]:
    return tuple((token.idx, token.idx + len(token)) for token in tokens)
