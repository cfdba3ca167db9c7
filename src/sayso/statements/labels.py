"""Speakers named without a verb: "LEE: We will stay." at the head of a paragraph, and "“We will stay.” — Ann Lee"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from sayso.models.parsing import Parse, Token
from sayso.record import Grounds, Page
from sayso.statements.cue import Cue
from sayso.statements.quotes import Quote
from sayso.statements.shapes import Range, has_finite_verb, trim

DASHES = frozenset({"—", "―", "–", "-", "--"})
LONGEST_LABEL = 4


def labelled(page: Page, parse: Parse, grounds: Grounds) -> list[Cue]:
    """Paragraphs that open with a speaker's name and a colon: the rest of the paragraph is what was said.

    A name counts if the text knows it as a person's, or if it stands in capitals before a colon more than once.
    """
    starts = [token.start for token in parse.tokens]
    people = {span.start for entity in grounds.entities if entity.kind == "person" for span in entity.mentions}
    found = []
    for paragraph in page.paragraphs:
        tokens = bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end)
        colon = _label_end(parse, tokens)
        if colon is not None and colon + 2 < tokens[1]:
            found.append((tokens, colon))
    repeated = Counter(parse.tokens[colon - 1].text for _, colon in found)
    labels = [
        _cue(parse, tokens, colon)
        for tokens, colon in found
        if any(parse.tokens[i].start in people for i in range(tokens[0], colon))
        or (repeated[parse.tokens[colon - 1].text] > 1 and len(parse.tokens[colon - 1].text) > 2)
    ]
    heads = {cue.head for cue in labels}
    return labels + [cue for cue in _in_turn(page, parse) if cue.head not in heads]


def _in_turn(page: Page, parse: Parse) -> Iterator[Cue]:
    """Sides that speak in turn, a sentence each: "Rome: guards opened fire. Paris: shells hit a house."."""
    starts = [paragraph.start for paragraph in page.paragraphs]
    found: dict[int, list[tuple[Range, int]]] = {}
    for sentence in parse.sentences:
        if sentence[0] >= sentence[1]:
            continue
        colon = _label_end(parse, sentence, only_proper=False)
        if colon is not None and has_finite_verb(parse, (colon + 1, sentence[1])):
            found.setdefault(bisect_right(starts, parse.tokens[sentence[0]].start), []).append((sentence, colon))
    for turns in found.values():
        names = {parse.tokens[colon - 1].text for _, colon in turns}
        if len(names) > 1 and min(map(len, names)) > 2:
            yield from (_cue(parse, sentence, colon) for sentence, colon in turns)


def _label_end(parse: Parse, tokens: Range, *, only_proper: bool = True) -> int | None:
    """The colon behind a short run of capitalised words at the head of a paragraph."""
    for i in range(tokens[0], min(tokens[0] + LONGEST_LABEL + 1, tokens[1])):
        token = parse.tokens[i]
        if token.text == ":":
            return i if i > tokens[0] else None
        is_named = token.pos == "PROPN" or token.text.isupper() or (not only_proper and token.text.istitle())
        if not is_named or not token.text[0].isalpha():
            return None
    return None


def _cue(parse: Parse, tokens: Range, colon: int) -> Cue:
    said = trim(parse, (colon + 1, tokens[1]))
    return Cue(head=colon, act="says", said=(said,), cue=(colon, colon + 1), who=colon - 1, found_by="label")


def signed(parse: Parse, quotes: list[Quote]) -> Iterator[Cue]:
    """Quotations with a dash and a name behind them."""
    for quote in quotes:
        after = [parse.tokens[i] for i in range(quote.whole[1], min(quote.whole[1] + 2, len(parse.tokens)))]
        if len(after) == 2 and after[0].text in DASHES and after[1].pos == "PROPN":
            who = _name_head(parse, after[1])
            yield Cue(
                head=after[0].i,
                act="says",
                said=(quote.inner,),
                cue=(after[0].i, after[0].i + 1),
                who=who.i,
                found_by="signature",
                can_quote=True,
            )


def _name_head(parse: Parse, first: Token) -> Token:
    """The last word of the run of proper nouns a name is."""
    last = first
    for token in parse.tokens[first.i + 1 : first.i + 5]:
        if token.pos != "PROPN" or token.sentence != first.sentence:
            break
        last = token
    return last
