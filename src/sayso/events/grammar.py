"""Small questions about a parse: who hangs on whom, and what a noun phrase is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.models.parsing import Parse, Token, token_span
from sayso.record import Span
from sayso.values.spans import near

NOUNS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
MEASURES = frozenset({
    "thousand", "hundred", "dozen", "score", "million", "number", "group", "series", "most", "some", "part",
    "member", "many", "several", "all", "lot", "wave", "majority", "handful", "couple", "crowd", "column",
    "convoy", "pair", "remains", "body", "plenty", "bulk", "half", "one", "none", "each", "any", "kilometer",
    "kilometre", "mile", "quantity", "amount", "tens", "swath", "swathe", "swaths", "cache", "stretch",
    "barrage", "salvo", "volley", "spate", "rest", "crate", "ton", "batch", "truckload", "shipment",
    "consignment", "load", "stock", "round", "string", "section", "row",
})  # fmt: skip
LONGEST_CLIMB = 40
DEEPEST = 8


def children(parse: Parse, i: int, *deps: str) -> Iterator[Token]:
    """The children of a token, of the named dependencies or of all."""
    for child in parse.children[i]:
        token = parse.tokens[child]
        if not deps or token.dep in deps:
            yield token


def ancestors(parse: Parse, i: int) -> Iterator[Token]:
    """The tokens above a token, nearest first."""
    for _ in range(LONGEST_CLIMB):
        head = parse.tokens[i].head
        if head == i:
            return
        i = head
        yield parse.tokens[i]


def noun_key(token: Token) -> str:
    """A noun in lower case and the singular. The parser's own lemma turns "graves" into "graf"."""
    word = token.text.lower()
    if token.tag not in ("NNS", "NNPS") or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:  # not "ties"
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def keys(token: Token) -> tuple[str, str]:
    """The two forms under which a word may be listed: ours and the parser's."""
    return noun_key(token), token.lemma


def core(parse: Parse, token: Token) -> Token:
    """What a phrase is about: "soldiers" in "thousands of soldiers"."""
    for _ in range(4):
        if noun_key(token) not in MEASURES and token.pos != "NUM":
            return token
        joins = ("of", "in") if token.pos == "NUM" else ("of",)  # "$3 million in aid"
        below = [o for p in children(parse, token.i, "prep") if p.lemma in joins for o in children(parse, p.i, "pobj")]
        if not below:
            return token
        token = below[0]
    return token


def conjuncts(parse: Parse, token: Token) -> list[Token]:
    """A token and all that is joined to it by "and", "or" or a comma."""
    found = [token]
    for one in found:
        found.extend(child for child in children(parse, one.i, "conj") if len(found) < LONGEST_CLIMB)
    return found


def objects(parse: Parse, i: int, *prepositions: str) -> list[Token]:
    """The objects of a token's prepositional phrases, of the named prepositions or of all."""
    return [
        inner
        for prep in children(parse, i, "prep", "agent", "dative", "prt")
        if not prepositions or prep.lemma in prepositions
        for inner in _below(parse, prep)
    ]


def _below(parse: Parse, prep: Token) -> Iterator[Token]:
    yield from children(parse, prep.i, "pobj")
    for inner in children(parse, prep.i, "prep", "pcomp"):
        if inner.pos == "ADP":  # "because of", "out of"
            yield from children(parse, inner.i, "pobj")


def first_joined(parse: Parse, i: int) -> int:
    """The first of the verbs that a verb without a subject of its own is joined to, or the verb itself."""
    for _ in range(LONGEST_CLIMB):
        token = parse.tokens[i]
        if token.dep != "conj" or parse.tokens[token.head].pos not in VERBS:
            return i
        if any(children(parse, i, "nsubj", "nsubjpass")):
            return i
        i = token.head
    return i


def is_passive(parse: Parse, i: int) -> bool:
    """Whether a verb stands in the passive: with "be", or as a participle after its noun."""
    token = parse.tokens[i]
    if any(child.dep in ("auxpass", "nsubjpass", "agent") for child in children(parse, i)):
        return True
    if _is_left_without_be(parse, token):
        return True
    if token.dep == "conj" and token.tag == "VBN" and not any(children(parse, i, "nsubj", "dobj")):
        above = first_joined(parse, i)
        is_cut_short = parse.tokens[above].dep == "conj" and not any(children(parse, above, "nsubj", "nsubjpass"))
        return above != i and not is_cut_short and is_passive(parse, above)
    if token.tag != "VBN" or any(children(parse, i, "aux")):
        return False
    return token.dep in ("acl", "amod", "oprd", "advcl")


def _is_left_without_be(parse: Parse, token: Token) -> bool:
    """Whether a second passive leaves out its "were": "nine were killed and six taken away"."""
    head = parse.tokens[token.head]
    is_participle = token.tag == "VBN" or (token.tag == "VBD" and token.text.lower().endswith("en"))  # "taken"
    if token.dep != "conj" or not is_participle or any(children(parse, token.i, "aux")):
        return False
    return any(children(parse, token.i, "nsubj")) and any(children(parse, head.i, "auxpass"))


def is_known(parse: Parse, token: Token) -> bool:
    """Whether a noun is brought in as known: "the market", "these homes"."""
    return any(c.text.lower() in ("the", "this", "that", "these", "those") for c in children(parse, token.i, "det"))


def runs_into_verb(parse: Parse, token: Token) -> Token | None:
    """The verb that a noun joined by "and" is in truth the subject of: "killed six men and nine others were taken".

    The parser takes "nine others" for two more men; the "were" right after them, without a subject of its own, tells.
    """
    if token.dep != "conj":
        return None
    after = parse.subtree_ends[token.i][1]
    if after >= len(parse.tokens) or parse.tokens[after].dep not in ("aux", "auxpass"):
        return None
    verb = parse.tokens[parse.tokens[after].head]
    if verb.dep != "conj" or any(children(parse, verb.i, *SUBJECTS, *PASSIVE_SUBJECTS)):
        return None
    return verb


def is_bare_participle(parse: Parse, i: int) -> bool:
    """Whether a verb may be a passive without "be": "several homes burned", "two killed in blast"."""
    token = parse.tokens[i]
    if token.tag == "VBD" and token.text.lower() in ONLY_PAST:
        return False
    return token.tag in ("VBN", "VBD") and not any(children(parse, i, "aux", "auxpass", "dobj"))


ONLY_PAST = frozenset({
    "sank", "took", "drove", "stole", "broke", "gave", "fell", "flew", "threw", "shook", "froze", "chose", "began",
    "hid", "overthrew", "forgot", "withdrew", "went", "came", "grew", "drew", "blew", "rose", "spoke", "rode", "tore",
    "overtook", "overran", "saw", "knew", "wrote", "ate", "swore", "retook", "undertook", "ran", "swam", "sprang",
})  # fmt: skip
"""Pasts that are no participle: "the ferry sank" leaves out no "was"."""


def first_of(tokens: Iterable[Token]) -> Token | None:
    """The first token, or None."""
    return next(iter(tokens), None)


def governing_verb(parse: Parse, i: int) -> tuple[Token, str] | None:
    """The verb that a noun hangs on and as what (nsubj, nsubjpass, dobj, attr, or the preposition), or None."""
    token = parse.tokens[i]
    for _ in range(LONGEST_CLIMB):
        head = parse.tokens[token.head]
        if head.i == token.i:
            return None
        if token.dep in ("conj", "appos"):
            token = head
            continue
        if token.dep == "pobj":
            above = parse.tokens[head.head]
            if above.pos == "ADP" and head.dep in ("pcomp", "prep"):
                head, above = above, parse.tokens[above.head]
            if above.pos == "NUM" or (head.lemma == "of" and above.pos == "NOUN" and noun_key(above) in MEASURES):
                token = above  # "a new round of strikes began"
                continue
            return (above, head.lemma) if above.pos in VERBS else None
        return (head, token.dep) if head.pos in VERBS else None
    return None


def phrase(parse: Parse, token: Token, depth: int = 0) -> tuple[int, int]:
    """The token range of a noun phrase: what stands before its head, the head, and what "of" adds to it."""
    misread = [c.i for c in children(parse, token.i, "amod") if is_misread_verb(parse, c)]
    misread += [c.i for c in children(parse, token.i, "compound") if is_misread_gerund(parse, c)]
    lefts = [c.i for c in children(parse, token.i) if c.i < token.i and c.dep not in ("cc", "punct", "preconj", "mark")]
    lefts = [left for left in lefts if not misread or left > misread[-1]]
    first = min([parse.subtree_ends[left][0] for left in lefts], default=token.i)
    last = token.i + 1
    for prep in children(parse, token.i, "prep"):
        if prep.lemma == "of" and prep.i <= last + 1:
            inner = list(children(parse, prep.i, "pobj"))
            if inner:
                last = max(last, phrase(parse, inner[0], depth + 1)[1] if depth < DEEPEST else inner[0].i + 1)
    while first < token.i and parse.tokens[first].pos in ("PUNCT", "SPACE"):
        first += 1
    return first, last


def whole_in_quotes(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """The same tokens with no quotation mark left without its other half: taken in where it is next, else left out."""
    marks = [i for i in range(first, last) if _is_mark(parse.tokens[i])]
    if len(marks) % 2 == 0:
        return first, last
    if first and _is_mark(parse.tokens[first - 1]) and parse.tokens[first - 1].sentence == parse.tokens[first].sentence:
        return first - 1, last
    if last < len(parse.tokens) and _is_mark(parse.tokens[last]):
        return first, last + 1
    if marks[-1] == last - 1:
        return first, last - 1
    return (first + 1, last) if marks[0] == first else (first, last)


def _is_mark(token: Token) -> bool:
    return token.pos == "PUNCT" and token.text in QUOTATION_MARKS


QUOTATION_MARKS = frozenset({'"', "'", "“", "”", "‘", "’", "``", "''", "«", "»"})


def clear_span(parse: Parse, first: int, last: int, cuts: tuple[Span, ...]) -> Span | None:
    """The one stretch of tokens `[first, last)`, or None where a cut runs through it."""
    span = token_span(parse, first, last)
    return None if near(cuts, span) else span


ACCUSING = frozenset({"accuse", "suspect", "blame", "refrain", "stop", "prevent", "convict"})


def is_misread_gerund(parse: Parse, token: Token) -> bool:
    """Whether the parser took the verb of "accused of bombing villages" for a kind of villages."""
    head = parse.tokens[token.head]
    if token.tag != "NN" or token.dep != "compound" or not token.i or not token.text.lower().endswith("ing"):
        return False
    before = parse.tokens[token.i - 1]
    is_governed = head.tag == "NNS" and head.dep == "pobj" and head.head == before.i
    return is_governed and before.pos == "ADP" and parse.tokens[before.head].lemma in ACCUSING


def is_misread_verb(parse: Parse, token: Token) -> bool:
    """Whether the parser took the verb of "Guards tortured two inmates" for an adjective: a sentence without a verb."""
    head = parse.tokens[token.head]
    if token.dep != "amod" or token.tag not in ("VBN", "VBD") or not token.i:
        return False
    before = parse.tokens[token.i - 1]
    if before.pos == "CCONJ" and head.dep == "conj" and parse.tokens[head.head].dep == "dobj":
        return True  # "seized the airport and looted shops"
    if head.dep == "dobj" and head.head == before.i and before.pos == "PROPN" and before.head == before.i:
        return True  # "Torvia supplied rockets": a name that the parser does not know
    if head.head != head.i:
        return False
    return before.pos in NOUNS and before.sentence == token.sentence and before.i >= parse.subtree_ends[head.i][0]
