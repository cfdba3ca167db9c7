"""The report's own comment behind somebody's words: found, so that it is not taken for what was said."""

from __future__ import annotations

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, below
from sayso.statements.rows import trailing_nouns, trailing_openings
from sayso.statements.shapes import Range, subtree, trim

PLACES = frozenset({"town", "city", "village", "region", "province", "district", "port", "river", "capital", "hub"})


def without_comment(parse: Parse, words: Range, knowledge: Knowledge) -> Range:
    """Indirect words up to a comma that opens the report's own comment: "…, a rare admission", "…, which would …"."""
    for i in range(words[0] + 1, words[1] - 1):
        if parse.tokens[i].text != ",":
            continue
        rest = (i + 1, words[1])
        if is_comment(parse, rest, knowledge):
            return trim(parse, (words[0], i))
    return words


def is_comment(parse: Parse, rest: Range, knowledge: Knowledge) -> bool:
    """Whether a stretch behind a comma is the report's own comment to its end."""
    if parse.tokens[rest[0]].text.lower() == "without":  # "…, without providing evidence"
        return any(parse.tokens[i].lemma in ("evidence", "proof", "detail") for i in range(*rest))
    return _is_gloss(parse, rest) or _is_relative(parse, rest, knowledge) or _is_judging_noun(parse, rest, knowledge)


def _is_gloss(parse: Parse, rest: Range) -> bool:
    """Whether the report tells here what a named place is: "…, the town on the river which …".

    Only a noun beside a name, with a clause of its own that runs to the end.
    """
    first = parse.tokens[rest[0]]
    noun = parse.tokens[first.head]
    if first.text.lower() not in ("the", "a", "an") or noun.dep != "appos" or noun.lemma not in PLACES:
        return False
    clauses = below(parse, noun.i, "relcl")
    return bool(clauses) and subtree(parse, noun.i)[1] >= rest[1]


def _is_relative(parse: Parse, rest: Range, knowledge: Knowledge) -> bool:
    """Whether a relative clause opens here and runs to the end."""
    if parse.tokens[rest[0]].text.lower() not in trailing_openings(knowledge):
        return False
    head = parse.tokens[rest[0]]
    for _ in range(4):
        if head.dep == "relcl":
            return subtree(parse, head.i)[1] >= rest[1]
        head = parse.tokens[head.head]
    return False


def _is_judging_noun(parse: Parse, rest: Range, knowledge: Knowledge) -> bool:
    """Whether a noun of comment heads the phrase that opens here, with only its describing words before it."""
    for i in range(rest[0], min(rest[0] + 5, rest[1])):
        token = parse.tokens[i]
        if token.pos == "NOUN" and token.dep not in ("compound", "poss"):
            return token.lemma in trailing_nouns(knowledge) and subtree(parse, i)[1] >= rest[1]
        if token.pos not in ("DET", "ADJ", "ADV", "NOUN"):
            return False
    return False
