"""Shapes in a parsed sentence: noun phrases, clauses, and who is the subject of what."""

from __future__ import annotations

from sayso.models.parsing import Parse, Token, below, first_below

Range = tuple[int, int]
"""Token indexes, half-open."""

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
BEFORE_NOUN = ("det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "advmod", "npadvmod", "case")
AFTER_NOUN = ("appos", "prep", "compound", "nummod", "amod", "conj", "cc", "punct", "flat", "nmod", "npadvmod")
CLIMBS = ("advcl", "xcomp", "conj", "ccomp", "dep")
RELATIVES = ("who", "which", "that")
BESIDE_NAMES = frozenset({"in", "on", "at", "during", "via", "by", "after", "before", "through", "over"})
UNREAL = frozenset({"will", "would", "should", "could", "may", "might", "must", "shall", "ca", "can"})
"""Helpers that take a verb out of what is told as done."""
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET")


def subtree(parse: Parse, i: int) -> Range:
    """The tokens below token `i`, itself included."""
    return parse.subtree_ends[i]


def noun_phrase(parse: Parse, head: int) -> Range:
    """The noun phrase around a head noun with its appositions, but without relative clauses or participles."""
    first = head
    for child in parse.children[head]:
        if child < head and parse.tokens[child].dep in BEFORE_NOUN:
            first = min(first, subtree(parse, child)[0])
    last = head + 1
    for child in parse.children[head]:
        if child < head:
            continue
        token = parse.tokens[child]
        if token.dep not in AFTER_NOUN or (token.dep == "conj" and token.pos not in NOMINAL):
            break
        if token.dep == "prep" and parse.tokens[head].pos == "PROPN" and token.text.lower() in BESIDE_NAMES:
            break  # "Lee in a video address": how she said it, not who she is
        last = max(last, child + 1 if token.dep == "punct" else _phrase_end(parse, child))
    return trim(parse, (first, last))


def _phrase_end(parse: Parse, i: int) -> int:
    """Where the phrase below `i` ends, stopping before a relative clause or participle inside it."""
    end = subtree(parse, i)[1]
    for inner in range(i + 1, end):
        if parse.tokens[inner].dep in ("relcl", "acl", "advcl"):
            return min(end, subtree(parse, inner)[0])
    return end


def trim(parse: Parse, tokens: Range) -> Range:
    """The range without marks and blanks at its ends (closing brackets and final stops inside names stay)."""
    first, last = tokens
    while first < last and _is_edge(parse.tokens[first]):
        first += 1
    while last > first and _is_edge(parse.tokens[last - 1]):
        last -= 1
    return first, last


def _is_edge(token: Token) -> bool:
    return (token.pos == "PUNCT" and token.text not in (")", "(", "]", "[", "%")) or token.pos == "SPACE"


def trim_words(parse: Parse, tokens: Range) -> Range:
    """As `trim`, and without a leading "that", which belongs to the cue."""
    first, last = trim(parse, tokens)
    while last > first and parse.tokens[last - 1].tag == "CC":
        first, last = trim(parse, (first, last - 1))
    while first < last and parse.tokens[first].dep == "mark" and parse.tokens[first].text.lower() in ("that", "as"):
        first, last = trim(parse, (first + 1, last))
    return first, last


def stands_for_root(parse: Parse, verb: int) -> bool:
    """Whether the parse took the main verb for a participle: "[Ann Lee, who fled in May], compared the siege to …"."""
    token = parse.tokens[verb]
    above = parse.tokens[token.head]
    return (
        token.tag in ("VBN", "VBD")
        and token.dep in ("prep", "acl", "advcl", "amod", "appos")
        and above.dep == "ROOT"
        and above.pos in ("PROPN", "NOUN", "PRON")
        and above.i < verb
        and parse.tokens[verb - 1].text == ","
    )


def subject(parse: Parse, verb: int, *, climbs: int = 4) -> Token | None:
    """The head of the verb's subject: its own, the antecedent of its relative word, or that of the verb above."""
    own = _own_subject(parse, verb)
    if own is not None and own.text.lower() not in RELATIVES:
        return own
    token = parse.tokens[verb]
    if stands_for_root(parse, verb):
        return parse.tokens[token.head]
    if token.dep == "relcl" and (own is None or own.text.lower() in RELATIVES):
        return parse.tokens[token.head]
    if own is not None or climbs == 0:
        return None
    if token.dep == "acl" and token.tag in ("VBG", "VBD"):
        return parse.tokens[token.head]
    if token.dep == "pcomp" and parse.tokens[token.head].dep == "prep":
        return _verb_subject(parse, parse.tokens[token.head].head, climbs)
    if token.dep in CLIMBS and token.head != verb:
        return _verb_subject(parse, token.head, climbs)
    return None


def _own_subject(parse: Parse, verb: int) -> Token | None:
    """The verb's own subject; in `"First the dogs," said Lee` not the noun inside the quotation but the name behind."""
    found = below(parse, verb, *SUBJECTS)
    if found and found[0].i < verb and parse.tokens[verb - 1].text == '"':
        found = [token for token in found if token.i > verb]
    return found[0] if found else None


def _verb_subject(parse: Parse, above: int, climbs: int) -> Token | None:
    if parse.tokens[above].pos not in ("VERB", "AUX"):
        return None
    return subject(parse, above, climbs=climbs - 1)


def verb_group(parse: Parse, verb: int) -> Range:
    """The verb with its helpers and "not" right before it, and a particle right after it."""
    first = verb
    for child in reversed([c for c in parse.children[verb] if c < verb]):
        token = parse.tokens[child]
        if (token.dep in ("aux", "auxpass", "neg") and not _between(parse, child, first)) or (
            token.dep == "advmod" and child == first - 1 and any(c < child for c in _helpers(parse, verb))
        ):
            first = child
        else:
            break
    last = verb + 1
    particle = first_below(parse, verb, "prt")
    if particle is not None and particle.i == last:
        last += 1
    return first, last


def _helpers(parse: Parse, verb: int) -> list[int]:
    return [token.i for token in below(parse, verb, "aux", "auxpass", "neg")]


def _between(parse: Parse, first: int, last: int) -> bool:
    """Whether anything but adverbs stands between two tokens of a verb group."""
    return any(parse.tokens[i].dep not in ("advmod", "neg", "aux", "auxpass") for i in range(first + 1, last))


def is_negated(parse: Parse, verb: int) -> bool:
    """Whether "not", "never" or "nor" hangs on the verb, before it or, as in "was not", right after."""
    return any(
        parse.tokens[child].dep == "neg" or parse.tokens[child].text.lower() in ("never", "nor", "neither")
        for child in parse.children[verb]
        if child <= verb + 1
    )


def helpers(parse: Parse, verb: int) -> frozenset[str]:
    """The auxiliary words of a verb, in lower case, with their shapes made one ("'ve" → have, "ca" → can)."""
    return frozenset(token.lemma for token in below(parse, verb, "aux", "auxpass"))


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the verb stands in the passive."""
    return first_below(parse, verb, "auxpass", "nsubjpass") is not None


def agent(parse: Parse, verb: int) -> Token | None:
    """Who did it in a passive clause: the noun after "by"."""
    by = first_below(parse, verb, "agent")
    return first_below(parse, by.i, "pobj") if by is not None else None


def has_finite_verb(parse: Parse, tokens: Range) -> bool:
    """Whether a stretch holds a verb that could carry a claim."""
    return any(parse.tokens[i].tag in ("VBD", "VBZ", "VBP", "MD") for i in range(*tokens))


def overlaps(one: Range, other: Range) -> bool:
    """Whether two ranges share a token."""
    return one[0] < other[1] and other[0] < one[1]


def without(tokens: Range, hole: Range) -> list[Range]:
    """The range without a hole: nothing, one piece or two."""
    if not overlaps(tokens, hole):
        return [tokens]
    parts = [(tokens[0], max(tokens[0], hole[0])), (min(tokens[1], hole[1]), tokens[1])]
    return [part for part in parts if part[0] < part[1]]


def between_semicolons(parse: Parse, verb: Token) -> Range:
    """The verb's sentence, or the part of it between two semicolons."""
    first, last = parse.sentences[verb.sentence]
    walls = [i for i in range(first, last) if parse.tokens[i].text == ";"]
    return max([first, *(i + 1 for i in walls if i < verb.i)]), min([last, *(i for i in walls if i > verb.i)])
