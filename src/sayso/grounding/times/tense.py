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
NEARER = r"at least|early|late|mid|on|the (?:end|start|middle) of|the|noon|midnight|[\d:.]+(?: ?[ap]\.?m\b\.?)?|[-,]"
UNTIL_HERE = re.compile(rf"\b(?:until|till|through)\s+(?:(?:{NEARER})\s*)*$", re.I)
CAUSING = ("let", "make", "help", "see", "hear", "watch", "have", "bid")
ALIKE = (
    "beat", "burst", "cast", "cut", "hit", "hurt", "let", "put", "quit", "read", "set", "shut", "split", "spread",
)  # fmt: skip
FINITE = ("VBD", "VBZ", "VBP", "MD")
STATES = ("acomp", "oprd", "xcomp", "attr", "advcl", "ccomp")
STOPS, CLOSING = (".", "!", "?", ";", ":"), "\"')]\u201d\u2019 "
STEPS = 8  # how many heads up a verb is looked for

Tenses = Mapping[str, frozenset[str]]


def tense_at(stretch: Stretch, at: int, tenses: Tenses) -> str | None:
    """The tense of the clause that holds a place: "future", "past", "open", or None where nothing tells.

    `tenses` are the words of the rows future (verbs whose infinitive is still to come), pending (words that
    put off or fix a time), extending (the same, but only with "until", "to", "through"), closing (verbs whose past
    leaves open whether what they close is open again), timetable (verbs whose present tells of the future) and
    historic (those whose present is a heading's). A day in the present of any other verb is "open": it may have been
    or be to come.
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
    if any(_is_mistaken(tokens, token, tenses) for token in chain[1:]):
        return "future"
    if _is_fixed(tokens, chain, tenses):
        return None if _had(tokens, verb) else "future"
    if UNTIL_HERE.search(before):
        ended = _until(tokens, verb, helpers, tenses)
        if ended is not None:
            return ended
    if any(other.lemma == "have" for other in helpers):
        return "past"
    if AHEAD.search(before) and verb.tag != "VBD":
        return "future"
    present = verb.tag in ("VBZ", "VBP")
    if present and len(chain) > 2 and chain[-2].text.lower() in ENDS:
        return "future"  # "they have until Monday"
    if verb.lemma == "be" and present and [token.dep for token in chain[1:-1]] in ([], ["prep"]):
        return "open" if _is_so(tokens, verb, chain) else "future"  # "it is calm on Monday", "the deadline is Monday"
    told = _of_verb(tokens, verb, helpers, tenses)
    if told is None and _is_told_now(stretch, chain, helpers, tenses):
        return _of_present(tokens, verb, tenses)
    return told


def _is_so(tokens: tuple[Token, ...], verb: Token, chain: list[Token]) -> bool:
    """Whether a form of "be" tells of a state or a place on a day: "is calm", "is in Dolna", "there are fires"."""
    for other in _below(tokens, verb):
        elsewhere = other.dep == "prep" and other not in chain and other.i < chain[0].i
        if other.dep in ("acomp", "expl") or elsewhere:
            return True
    return False


def _until(tokens: tuple[Token, ...], verb: Token, helpers: list[Token], tenses: Tenses) -> str | None:
    """The tense of an end: "has shut it until Friday" and "stays shut until Friday" have it before them."""
    above = _holder(tokens, verb)
    over = [*helpers, *(other for other in tokens if other.head == above.i and other.dep in ("aux", "auxpass"))]
    now = above.tag in ("VBZ", "VBP") and not _is_alike(above)
    if now or any(other.tag in ("VBZ", "VBP") for other in over):
        lasting = any(other.lemma == "have" for other in over) and not _is_done_to(tokens, verb, helpers, tenses)
        return "open" if lasting else "future"  # "fighting has lasted until Friday"
    if any(other.lemma == "have" for other in over):
        return None
    return "open" if verb.lemma in tenses["closing"] else None


def _is_alike(verb: Token) -> bool:
    """Whether its past looks like its present: "guards shut the gate on Monday" most likely tells what they did."""
    return verb.tag == "VBP" and verb.text.lower() in ALIKE


def _is_done_to(tokens: tuple[Token, ...], verb: Token, helpers: list[Token], tenses: Tenses) -> bool:
    """Whether something is shut, held or put off: "has shut 27 ports", "has been held"."""
    if verb.lemma in tenses["closing"] | tenses["extending"] or any(other.dep == "auxpass" for other in helpers):
        return True
    return any(other.dep in ("dobj", "obj") for other in _below(tokens, verb))


def _holder(tokens: tuple[Token, ...], verb: Token) -> Token:
    """The verb that a state hangs on: "stays" of "stays closed"."""
    above = tokens[verb.head - tokens[0].i]
    bare = verb.tag not in ("VBZ", "VBP", "VBD")
    return above if bare and verb.dep in STATES and above.pos in ("VERB", "AUX") else verb


def _is_told_now(stretch: Stretch, chain: list[Token], helpers: list[Token], tenses: Tenses) -> bool:
    """Whether a day hangs on a verb of the present, or on what is appointed, in a sentence that is no heading."""
    verb = chain[-1]
    now = ("VBZ", "VBP")
    is_present = verb.tag in now or any(other.lemma == "be" and other.tag in now for other in helpers)
    if verb.pos not in ("VERB", "AUX") or not is_present or _is_alike(verb):
        return False
    if not stretch.text.rstrip(CLOSING).endswith(STOPS):
        return False
    appointed = tenses["appointment"]
    return all(token.pos == "ADP" or token.ent in ("DATE", "TIME") or token.lemma in appointed for token in chain[1:-1])


def _of_present(tokens: tuple[Token, ...], verb: Token, tenses: Tenses) -> str | None:
    """The tense of a present that no row of timetables knows: what a clause beside it tells, else open."""
    if _is_historic(tokens, verb, tenses):
        return None
    beside = [other for other in tokens if other.head == verb.i and other.dep == "conj"]
    if verb.dep == "conj":
        beside.append(tokens[verb.head - tokens[0].i])
    for other in beside:
        helpers = [one for one in tokens if one.head == other.i and one.dep == "aux"]
        if any(one.lemma in MODALS for one in helpers):
            return "future"
        if other.tag == "VBD":
            return "past"
    return "open"


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
    if present and verb.tag in ("VBP", "VBZ", "VBG") and _is_one_of(tokens, verb, tenses["timetable"]):
        return None if _is_historic(tokens, verb, tenses) else "future"
    if verb.tag == "VBD" or (verb.tag in ("VBN", "VBG") and any(other.tag == "VBD" for other in helpers)):
        return "past"
    return None


def _is_mistaken(tokens: tuple[Token, ...], token: Token, tenses: Tenses) -> bool:
    """Whether a verb of timetables was tagged as something else behind its plural: "Talks resume on Monday"."""
    at = token.i - tokens[0].i
    if token.tag == "VBN" and token.text == token.lemma and _is_one_of(tokens, token, tenses["timetable"]):
        finite = (other for other in tokens if other.tag in FINITE and other.lemma not in tenses["historic"])
        return next(finite, None) is None  # "Permits for most run out on Monday"
    if token.tag == "VB" and _is_one_of(tokens, token, tenses["timetable"]):
        under = [other.dep for other in _below(tokens, token)]
        causing = tokens[token.head - tokens[0].i].lemma in CAUSING
        return "nsubj" in under and "aux" not in under and not causing  # "she said schools reopen on Monday"
    if token.pos not in ("NOUN", "ADJ", "ADV") or token.text not in tenses["timetable"] or not at:
        return False
    before = tokens[at - 1]
    if before.text == "and" and token.dep == "conj" and at > 1:
        return _is_mistaken(tokens, tokens[token.head - tokens[0].i], tenses)
    return before.pos in ("NOUN", "VERB", "PROPN") and before.text.endswith("s") and before.text[-2:].islower()


def _is_one_of(tokens: tuple[Token, ...], verb: Token, words: frozenset[str]) -> bool:
    """Whether a verb is among some words, alone or with what hangs on it: "run out", "take effect"."""
    return verb.lemma in words or any(f"{verb.lemma} {other.text.lower()}" in words for other in _below(tokens, verb))


def _is_historic(tokens: tuple[Token, ...], verb: Token, tenses: Tenses) -> bool:
    """Whether its present is a heading's or a live page's: "police open fire on Monday"."""
    objects = [other.lemma for other in _below(tokens, verb) if other.dep in ("dobj", "obj")]
    return not tenses["historic"].isdisjoint((verb.lemma, *objects))


def _below(tokens: tuple[Token, ...], verb: Token) -> list[Token]:
    return [other for other in tokens if other.head == verb.i and other.i != verb.i]


def _planned(tokens: tuple[Token, ...], verb: Token, future: frozenset[str]) -> bool:
    above = tokens[verb.head - tokens[0].i]
    if above.lemma == "have" and above.tag in ("VBZ", "VBP"):
        return True  # "they have to leave by Monday"
    return above.i != verb.i and (above.lemma in future or above.text.lower() in future or above.lemma == "be")
