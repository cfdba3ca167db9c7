"""Sayings told by a noun or a preposition: "the ministry's claim that …", "according to …", "citing …"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.contents import as_ranges, preposition_objects
from sayso.statements.cue import Cue
from sayso.statements.shapes import Range, between_semicolons, noun_phrase, subtree, trim_words, without

PLANS = frozenset({"plan", "schedule", "law", "rule", "size", "need", "ability", "age"})


def noun_cue(parse: Parse, noun: Token, act: str) -> Iterator[Cue]:
    """A noun of saying with an owner and a clause below it."""
    clause = next(
        (c for c in below(parse, noun.i, "acl", "ccomp", "relcl") if c.i > noun.i and _is_content(parse, c)), None
    )
    if clause is None:
        return
    owner = first_below(parse, noun.i, "poss")
    if owner is None:
        owner = next(iter(preposition_objects(parse, noun.i, frozenset({"by", "from"}))), None)
    if owner is None:
        return
    said = as_ranges(trim_words(parse, subtree(parse, clause.i)))
    yield Cue(head=noun.i, act=act, said=said, cue=(noun.i, noun.i + 1), who=owner.i, found_by=f"noun:{noun.lemma}")


def _is_content(parse: Parse, clause: Token) -> bool:
    """Whether the clause below a noun is what was said, not which one is meant: "that …" with a subject, "to …"."""
    lead = parse.tokens[subtree(parse, clause.i)[0]].text.lower()
    if lead == "to":
        return True
    return lead == "that" and bool(
        [token for token in below(parse, clause.i, "nsubj", "nsubjpass", "expl") if token.text.lower() != "that"]
    )


def according_cue(parse: Parse, token: Token) -> Iterator[Cue]:
    """As in "according to X": X vouches for the clause around it, or for the whole sentence that it closes."""
    to = next(
        (
            parse.tokens[i]
            for i in range(token.i + 1, min(token.i + 2, len(parse.tokens)))
            if parse.tokens[i].text.lower() == "to"
        ),
        None,
    )
    if to is None:
        return
    noun = first_below(parse, to.i, "pobj") or first_below(parse, token.i, "pobj")
    if noun is None or noun.lemma in PLANS:
        return
    phrase = (token.i, max(noun_phrase(parse, noun.i)[1], subtree(parse, noun.i)[1]))
    first, last = parse.sentences[token.sentence]
    whole = (
        between_semicolons(parse, token)
        if _is_behind_comma(parse, token)
        else _claim_around(parse, token, (first, last))
    )
    said = tuple(trim_words(parse, piece) for piece in without(whole, phrase))
    said = tuple(piece for piece in said if piece[1] - piece[0] > 1)
    if said:
        yield Cue(
            head=token.i,
            act="says",
            said=said,
            cue=(token.i, to.i + 1),
            who=noun.i,
            found_by="according_to",
            adjuncts=(token.i,),
        )


def _is_behind_comma(parse: Parse, token: Token) -> bool:
    """Whether ", according to …" closes the sentence and so vouches for the whole of it."""
    return token.i > 0 and parse.tokens[token.i - 1].text == ","


def _claim_around(parse: Parse, token: Token, sentence: Range) -> Range:
    """The clause that "according to" vouches for: that of the verb it hangs on."""
    head = parse.tokens[token.head]
    while head.pos not in ("VERB", "AUX") and head.head != head.i:
        head = parse.tokens[head.head]
    if head.pos not in ("VERB", "AUX"):
        return sentence
    return subtree(parse, head.i)


def citations(parse: Parse, found: list[Cue]) -> Iterator[Cue]:
    """As in "…, the agency said, citing the ministry": the ministry's words inside the agency's."""
    by_head = {cue.head: cue for cue in found}
    for token in parse.tokens:
        if token.text.lower() not in ("citing", "quoting") or token.tag != "VBG":
            continue
        noun = first_below(parse, token.i, "dobj", "pobj")
        outer = by_head.get(token.head) or _cue_before(parse, token, found)
        if noun is None or outer is None or not outer.said:
            continue
        said = tuple(
            trim_words(parse, piece) for words in outer.said for piece in without(words, subtree(parse, token.i))
        )
        yield Cue(
            head=token.i,
            act="says",
            said=tuple(words for words in said if words[1] - words[0] > 1),
            cue=(token.i, token.i + 1),
            who=noun.i,
            found_by="citation",
            relay_of=outer.head,
        )


def _cue_before(parse: Parse, token: Token, found: list[Cue]) -> Cue | None:
    """The last cue before "citing" in its sentence."""
    first = parse.sentences[token.sentence][0]
    return max((cue for cue in found if first <= cue.head < token.i), key=lambda cue: cue.head, default=None)
