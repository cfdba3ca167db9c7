"""Whether the clause that a time stands in tells what has been or what is to come."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token

MODALS = frozenset(("will", "shall", "would", "'ll", "wo", "can", "may", "might", "must", "should"))
CONDITIONS = frozenset(("unless", "if", "when", "until", "till", "before", "once"))
UNTIL = ("until", "till", "to", "through", "for", "by")
ENDS = ("until", "till", "by", "through")
AHEAD = re.compile(r"\b(?:for|as (?:early|soon) as)\s+(?:the )?(?:(?:early|late|mid)[ -])?$", re.I)
STEPS = 8  # how many heads up a verb is looked for

Tenses = Mapping[str, frozenset[str]]


def tense_at(stretch: Stretch, at: int, tenses: Tenses) -> str | None:
    """The tense of the clause that holds a place: "future", "past", or None where nothing tells.

    `tenses` are the words of the rows future (verbs whose infinitive is still to come), pending (words that
    put off or fix a time), extending (the same, but only with "until", "to", "through") and timetable (verbs
    whose present tells of the future).
    """
    tokens = stretch.tokens
    index = stretch.token_at(at)
    if index is None or index >= len(tokens):
        return None
    before = stretch.text[max(0, at - 40) : at]
    if before.endswith("since "):
        return "past"
    chain = _chain(tokens, index)
    verb = chain[-1]
    helpers = [other for other in tokens if other.head == verb.i and other.dep in ("aux", "auxpass")]
    if any(other.lemma in MODALS or _is_open(other, helpers) for other in helpers):
        return None if any(other.lemma == "have" for other in helpers) else "future"
    if _is_fixed(tokens, chain, tenses):
        return None if _had(tokens, verb) else "future"
    if any(other.lemma == "have" for other in helpers):
        return "past"
    if AHEAD.search(before) and verb.tag != "VBD":
        return "future"
    present = verb.tag in ("VBZ", "VBP")
    if present and len(chain) > 2 and chain[-2].text.lower() in ENDS:
        return "future"  # "they have until Monday"
    if verb.lemma == "be" and present and [token.dep for token in chain[1:-1]] in ([], ["prep"]):
        return "future"  # "the deadline is Monday"
    return _of_verb(tokens, verb, helpers, tenses)


def _is_open(helper: Token, helpers: list[Token]) -> bool:
    """Whether it is the "could" of what may come: "could not be found on Monday" tells what was tried."""
    return helper.lemma == "could" and all(other.dep != "auxpass" for other in helpers)


def _is_fixed(tokens: tuple[Token, ...], chain: list[Token], tenses: Tenses) -> bool:
    """Whether a word that fixes or puts off a time stands above: "due on Monday", "extended until Monday"."""
    verb = chain[-1]
    if verb.tag == "VBD" and any(other.head == verb.i and other.dep == "xcomp" for other in tokens):
        return False  # "On Friday they planned to leave": they made the plan on Friday
    if any(other.lemma in tenses["pending"] for other in chain):
        return True
    return verb.lemma in tenses["extending"] and len(chain) > 2 and chain[-2].text.lower() in UNTIL


def _had(tokens: tuple[Token, ...], verb: Token) -> bool:
    """Whether a verb, or one it hangs on, is told of a past before the past: "had been due to expire"."""
    above = [verb.i]
    for _ in range(3):
        above.append(tokens[above[-1] - tokens[0].i].head)
    return any(other.head in above and other.lemma == "have" and other.tag == "VBD" for other in tokens)


def _chain(tokens: tuple[Token, ...], index: int) -> list[Token]:
    """A word and what it hangs on, up to its verb."""
    base = tokens[0].i
    chain = [tokens[index]]
    for _ in range(STEPS):
        token = chain[-1]
        if token.pos in ("VERB", "AUX") or token.head == token.i:
            break
        chain.append(tokens[token.head - base])
    return chain


def _of_verb(tokens: tuple[Token, ...], verb: Token, helpers: list[Token], tenses: Tenses) -> str | None:
    if verb.pos not in ("VERB", "AUX") or (verb.tag == "VB" and any(other.text == "to" for other in helpers)):
        return "future" if _planned(tokens, verb, tenses["future"]) and not _had(tokens, verb) else None
    present = verb.tag in ("VBP", "VBZ") or any(
        other.lemma == "be" and other.tag in ("VBP", "VBZ") for other in helpers
    )
    if present and any(other.head == verb.i and other.dep == "mark" and other.lemma in CONDITIONS for other in tokens):
        return "future"
    if verb.lemma in tenses["timetable"] and present and verb.tag in ("VBP", "VBZ", "VBG"):
        return "future"
    if verb.tag == "VBD" or (verb.tag in ("VBN", "VBG") and any(other.tag == "VBD" for other in helpers)):
        return "past"
    return None


def _planned(tokens: tuple[Token, ...], verb: Token, future: frozenset[str]) -> bool:
    above = tokens[verb.head - tokens[0].i]
    return above.i != verb.i and (above.lemma in future or above.text.lower() in future or above.lemma == "be")
