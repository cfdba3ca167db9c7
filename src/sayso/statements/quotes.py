"""Quotations and the cues they belong to: before, after and around a cue, and running on without one."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from sayso.models.parsing import Parse
from sayso.record import Page
from sayso.statements.cue import Cue
from sayso.statements.shapes import Range, has_finite_verb, noun_phrase, overlaps, trim, verb_group

BETWEEN = frozenset({",", ":", "—", "–", "-", "that", ".", "?", "!", '"', "("})
SHORT = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """An outermost quotation in tokens: with its marks and without them."""

    number: int  # index into Page.quotations
    whole: Range
    inner: Range
    closed: bool


def outermost(page: Page, parse: Parse) -> list[Quote]:
    """The page's outermost quotations that hold any token of the story."""
    starts = [token.start for token in parse.tokens]
    found = []
    for number, quotation in enumerate(page.quotations):
        if quotation.depth:
            continue
        whole = bisect_left(starts, quotation.span.start), bisect_left(starts, quotation.span.end)
        if whole[0] < whole[1]:
            found.append(Quote(number, whole, _inner(parse, whole), quotation.closed))
    return found


def _inner(parse: Parse, whole: Range) -> Range:
    first, last = whole
    while first < last and parse.tokens[first].text in ('"', "'", "''", "``"):
        first += 1
    while last > first and parse.tokens[last - 1].text in ('"', "'", "''", "``"):
        last -= 1
    return trim(parse, (first, last)) if first < last else whole


def with_quotes(parse: Parse, cue: Cue, quotes: list[Quote]) -> tuple[tuple[Range, ...], tuple[Quote, ...]]:
    """A cue's words widened to the quotations they touch, and those quotations."""
    if any(quote.whole[0] <= cue.head < quote.whole[1] for quote in quotes):
        return cue.said, ()
    said = cue.said
    touched = [
        quote
        for quote in quotes
        if any(overlaps(quote.inner, words) or _goes_on(parse, words, quote) for words in said)
        and not _holds_cue(cue, quote)
    ]
    if cue.can_quote:
        beside = [quote for quote in quotes if quote not in touched and _is_beside(parse, cue, quote, said)]
        touched = sorted([*touched, *beside], key=lambda quote: quote.whole)
    own = _clause_of(parse, cue)
    for quote in touched:
        said = _united(said, quote, own)
    return said, tuple(touched)


def _goes_on(parse: Parse, words: Range, quote: Quote) -> bool:
    """Whether indirect words end and a quotation goes on with them: "it had fired, “but not at any market”"."""
    gap = range(words[1], quote.whole[0])
    return (
        quote.whole[0] >= words[1]
        and len(gap) <= 1
        and all(parse.tokens[i].text == "," for i in gap)
        and not starts_sentence(parse, quote)
    )


def _holds_cue(cue: Cue, quote: Quote) -> bool:
    return quote.whole[0] <= cue.head < quote.whole[1]


def _united(said: tuple[Range, ...], quote: Quote, own: Range) -> tuple[Range, ...]:
    """The words with a quotation added: joined to the pieces it touches unless the cue stands between."""
    joined = quote.inner
    rest = []
    for words in said:
        hull = min(joined[0], words[0]), max(joined[1], words[1])
        if (
            overlaps(words, quote.whole) or abs(words[0] - joined[1]) <= 2 or abs(joined[0] - words[1]) <= 2
        ) and not overlaps(hull, own):
            joined = hull
        elif not overlaps(words, quote.whole):
            rest.append(words)
        else:
            rest.extend(
                piece
                for piece in ((words[0], min(words[1], quote.whole[0])), (max(words[0], quote.whole[1]), words[1]))
                if piece[1] - piece[0] > 1
            )
    return tuple(sorted([*rest, joined]))


def _clause_of(parse: Parse, cue: Cue) -> Range:
    group = cue.cue or verb_group(parse, cue.head)
    first, last = group
    if cue.who is not None and _is_own(parse, cue, cue.who):
        who = noun_phrase(parse, cue.who)
        first, last = min(first, who[0]), max(last, who[1])
    return first, last


def _is_own(parse: Parse, cue: Cue, who: int) -> bool:
    """Whether the speaker is named with this cue, not with a verb before it ("…, he said, adding that …")."""
    if parse.tokens[who].sentence != parse.tokens[cue.head].sentence:
        return False
    group = cue.cue or (cue.head, cue.head + 1)
    return parse.tokens[who].head == cue.head or who >= group[1] or noun_phrase(parse, who)[1] >= group[0] - 1


def _is_beside(parse: Parse, cue: Cue, quote: Quote, said: tuple[Range, ...]) -> bool:
    """Whether a quotation stands right before or right after the cue's clause, with only marks between."""
    if quote.inner[1] - quote.inner[0] < 2 and said:
        return False
    first, last = _clause_of(parse, cue)
    sentence = parse.sentences[parse.tokens[cue.head].sentence]
    if quote.whole[1] <= first:
        return _is_before(parse, quote, first, sentence)
    if quote.whole[0] < last:
        return False
    gap = [parse.tokens[i] for i in range(last, min(quote.whole[0], sentence[1]))]
    if not gap and quote.whole[0] == last and not said:
        return quote.whole[0] < sentence[1] and has_finite_verb(parse, quote.inner)
    marks = [token for token in gap if token.text in (",", ":", "—", "–")]
    if quote.whole[0] > sentence[1] or not gap:
        return False
    ends_in_mark = gap[-1].text in (",", ":", "—", "–") or gap[-1].text == "that"
    adjuncts_only = all(
        token.dep
        in (
            "prep",
            "pobj",
            "det",
            "amod",
            "compound",
            "npadvmod",
            "punct",
            "dobj",
            "dative",
            "advmod",
            "nummod",
            "poss",
            "case",
            "pcomp",
            "appos",
            "nmod",
            "mark",
        )
        for token in gap
    )
    return ends_in_mark and adjuncts_only and len(marks) <= 3


def _is_before(parse: Parse, quote: Quote, first: int, sentence: Range) -> bool:
    """Whether a quotation leads up to the clause: in its sentence, or one before it that asks or exclaims."""
    if any(parse.tokens[i].text not in BETWEEN for i in range(quote.whole[1], first)):
        return False
    last = parse.tokens[quote.inner[1] : quote.whole[1]]
    return quote.whole[1] > sentence[0] or (
        quote.whole[1] == sentence[0] and any(token.text in ("?", "!", "…", "...", "—", "–") for token in last)
    )


def is_speech(parse: Parse, quote: Quote) -> bool:
    """Whether a quotation holds a whole saying rather than a word or a title."""
    return quote.inner[1] - quote.inner[0] >= SHORT and has_finite_verb(parse, quote.inner)


def starts_sentence(parse: Parse, quote: Quote) -> bool:
    """Whether nothing but marks stands before the quotation in its sentence."""
    first = parse.sentences[parse.tokens[quote.inner[0]].sentence][0]
    return all(parse.tokens[i].pos == "PUNCT" for i in range(first, quote.inner[0]))
