"""The grammar of a page: tokens with their place in the sealed text, and who hangs on whom."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from sayso.record import Page, Span
from sayso.values.spans import trimmed


class Token(NamedTuple):
    """One word or mark. `start` and `end` are offsets in the sealed text."""

    i: int  # its index in the parse
    start: int
    end: int
    text: str
    lemma: str  # lower case
    pos: str  # Universal part of speech: NOUN, VERB, PROPN, PUNCT …
    tag: str  # Penn Treebank tag: VBD, NNS …
    dep: str  # ClearNLP dependency label: nsubj, dobj, ccomp …
    head: int  # index of the token it hangs on; its own index for a root
    ent: str  # OntoNotes entity label, "" for none
    ent_start: bool  # whether an entity begins here
    sentence: int  # index into Page.sentences
    space: bool  # whether white space follows


@dataclass(frozen=True, slots=True)
class Parse:
    """All tokens of a page's story, in order, with the children of each and the tokens of each sentence."""

    tokens: tuple[Token, ...] = ()
    children: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    sentences: tuple[tuple[int, int], ...] = ()  # token range [first, last) of each of Page.sentences
    subtree_ends: tuple[tuple[int, int], ...] = field(default=(), repr=False)  # [first, last) below each token


class Parser(Protocol):
    """Whatever can parse a page. `name` says what it is and in which version."""

    @property
    def name(self) -> str:
        """The model and its version."""
        ...

    def parse(self, page: Page) -> Parse:
        """All tokens of the page's sentences."""
        ...


def token_span(parse: Parse, first: int, last: int) -> Span:
    """The stretch of text from token `first` up to but not including token `last`."""
    return Span(parse.tokens[first].start, parse.tokens[last - 1].end)


def below(parse: Parse, i: int, *deps: str) -> list[Token]:
    """The children of token `i` with one of these dependency labels, in text order."""
    return [parse.tokens[child] for child in parse.children[i] if parse.tokens[child].dep in deps]


def first_below(parse: Parse, i: int, *deps: str) -> Token | None:
    """The first child of token `i` with one of these labels."""
    for child in parse.children[i]:
        if parse.tokens[child].dep in deps:
            return parse.tokens[child]
    return None


def pieces(page: Page, parse: Parse, first: int, last: int) -> tuple[Span, ...]:
    """The stretches of text from token `first` up to but not including `last`, broken where a cut runs through."""
    if first >= last:
        return ()
    whole = token_span(parse, first, last)
    found = [whole]
    first_cut = bisect_left(page.cuts, whole.start, key=lambda cut: cut.span.end)
    for cut in page.cuts[first_cut:]:
        if cut.span.start >= whole.end:
            break
        found = [part for span in found for part in _without(span, cut.span)]
    text = page.report.text
    return tuple(part for span in found if (part := trimmed(text, span.start, span.end)) is not None)


def _without(span: Span, cut: Span) -> tuple[Span, ...]:
    if cut.end <= span.start or cut.start >= span.end:
        return (span,)
    parts = (Span(span.start, cut.start), Span(cut.end, span.end))
    return tuple(part for part in parts if part.start < part.end)
