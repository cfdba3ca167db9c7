"""Which events a text brings in only as what was before."""

from __future__ import annotations

import itertools

from sayso.events.clause import Scene
from sayso.events.grammar import VERBS, ancestors, children, keys, noun_key, objects
from sayso.events.triggers import Trigger


def is_background(scene: Scene, trigger: Trigger, until: int) -> bool:
    """Whether the text brings an event in as what was before: "since the invasion", "the last time they met".

    `until` is the token at which the next event of the sentence is told.
    """
    parse = scene.parse
    token = parse.tokens[trigger.head]
    verb = trigger.verb if trigger.verb is not None else token
    first, last = parse.sentences[token.sentence]
    told = [t.text.lower() for t in parse.tokens[first:last]]
    if ("last", "time") in itertools.pairwise(told) and told[:2] != ["for", "the"]:
        return True
    if not trigger.verbal and noun_key(token) == "war":
        return True
    if _ends_early_on(told[token.i - first + 1 : until - first]):
        return True
    for i in {token.i, verb.i}:
        if any(c.lemma == "since" for c in children(parse, i, "mark", "prep", "advmod") if c.dep == "mark"):
            return True
        if any(c.text.lower() == "earlier" for c in children(parse, i, "amod")):
            return True
        for o in objects(parse, i, "in", "during"):
            is_time_of_day = any(d.text.lower() in DAYS or d.pos == "NUM" for d in objects(parse, o.i, "of"))
            if (
                any(c.text.lower() in ("early", "first", "opening", "initial") for c in children(parse, o.i, "amod"))
                and any(k in STRETCHES for k in keys(o))
                and not is_time_of_day
            ):
                return True
    if token.dep == "pobj" and parse.tokens[token.head].lemma == "since":
        return True
    below = token
    for above in list(ancestors(parse, token.i))[:4]:
        if above.lemma == "since" and above.pos in ("ADP", "SCONJ"):
            return True
        if above.pos in VERBS:
            break
        below = above
    if trigger.verbal and verb.tag == "VBG" and verb.dep in ("pcomp", "advcl"):
        head = parse.tokens[verb.head]
        marks = {c.lemma for c in children(parse, verb.i, "mark")} | (
            {head.lemma} if head.pos in ("ADP", "SCONJ") else set()
        )
        if marks & {"after", "since"}:
            return True
    if verb.dep in ("relcl", "acl", "advcl") and keys(parse.tokens[verb.head])[0] == "time":
        return any(c.text.lower() in ("last", "first") for c in children(parse, verb.head, "amod"))
    return below.lemma == "since"


def _ends_early_on(after: list[str]) -> bool:
    """Whether what follows puts a deed "in the early days of" something long past."""
    return any(
        one in ("early", "opening", "first", "initial")
        and two.rstrip("s") in STRETCHES
        and three == "of"
        and not (four in DAYS or four[:1].isdigit())
        for one, two, three, four in zip(after, after[1:], after[2:], after[3:], strict=False)
    )


DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "this", "today",
})  # fmt: skip
"""What "in the early hours of" is before where it only gives the time of day."""
STRETCHES = frozenset({"stage", "day", "week", "month", "phase", "part", "year", "hour"})
