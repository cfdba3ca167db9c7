"""Sayings that nobody is told to have made: those that somebody only asks for, and those that somebody denies."""

from __future__ import annotations

from sayso.models.parsing import Parse, Token, below

DEMANDS = frozenset({
    "demand", "urge", "request", "propose", "suggest", "ask", "insist", "recommend", "require", "call", "appeal",
    "expect", "proposal", "suggestion", "recommendation", "insistence", "expectation", "plea", "order", "instruct",
    "direct", "wish", "desire", "prefer",
})  # fmt: skip
"""Verbs and nouns behind which a verb without an ending tells what is wanted, not what was done."""
DENYING = frozenset({"deny", "denial", "disavow"})
CLAUSES = frozenset({"ccomp", "xcomp", "acl", "relcl", "advcl"})


def is_unspoken(parse: Parse, verb: Token) -> bool:
    """Whether a saying is only demanded ("that the council condemn the raid") or denied ("that it blamed the rebels").

    What goes on behind "and" is held by the same word, unless it has an ending of its own.
    """
    top = _first_of_row(parse, verb)
    if top.dep not in CLAUSES:
        return False
    holder = parse.tokens[top.head]
    if holder.lemma in DENYING:
        return not below(parse, holder.i, "neg")
    return holder.lemma in DEMANDS and _has_no_ending(parse, verb) and _has_no_ending(parse, top)


def _first_of_row(parse: Parse, verb: Token) -> Token:
    """The first of the verbs that "and" puts into one row."""
    while verb.dep == "conj" and parse.tokens[verb.head].pos in ("VERB", "AUX") and verb.head < verb.i:
        verb = parse.tokens[verb.head]
    return verb


def _has_no_ending(parse: Parse, verb: Token) -> bool:
    return verb.text.lower() == verb.lemma and not below(parse, verb.i, "aux")
