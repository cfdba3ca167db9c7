"""Deeds that only a report, a claim or a doubt holds: nobody commits to these, least of all the newsroom.

"Upland called reports that it shelled the town false" tells no shelling as happened; neither does "no evidence that",
"it was not true that", "doubted that", "stopped short of saying that".
"""

from __future__ import annotations

from sayso.models.parsing import Parse, Token, below, first_below
from sayso.values.falsehood import FALSE_WORDS

REPORTS = frozenset({
    "report", "claim", "allegation", "accusation", "suggestion", "rumour", "rumor", "assertion", "account", "charge",
    "notion", "idea",
})  # fmt: skip
SIGNS = frozenset({"evidence", "sign", "indication", "proof", "confirmation"})
TRUTH = frozenset({"truth", "substance", "basis"})
DOUBTING = frozenset({"doubt", "question", "dispute"})
UNSAID = frozenset({"confirm", "say", "acknowledge", "comment", "verify", "admit"})
UNCONFIRMED = frozenset({"confirm", "verify", "establish", "prove"})
HOLDING_BACK = frozenset({"refuse", "decline", "stop"})
HIGHEST = 8


def doubted(parse: Parse, verb: int) -> str | None:
    """The status of a deed by what holds its clause: denied, alleged or unclear; None where nothing doubts it."""
    token = parse.tokens[verb]
    for _ in range(HIGHEST):
        head = parse.tokens[token.head]
        if head.i == token.i:
            return None
        found = _held_by(parse, token, head)
        if found is not None:
            return found
        token = head
    return None


def _held_by(parse: Parse, clause: Token, head: Token) -> str | None:
    if head.lemma in REPORTS and head.pos == "NOUN" and clause.dep in ("acl", "relcl", "ccomp"):
        return "denied" if _is_called_false(parse, head) else "alleged"
    if head.lemma in SIGNS and head.pos == "NOUN" and clause.dep in ("acl", "relcl", "ccomp"):
        return "unclear" if _is_lacking(parse, head) else None
    if clause.dep in ("ccomp", "csubj", "csubjpass", "advcl") and head.lemma == "be":
        return _by_predicate(parse, head)
    if clause.dep == "ccomp" and head.lemma in DOUBTING and head.pos == "VERB":
        return "unclear"
    if clause.dep in ("ccomp", "acl") and head.lemma in ("have", "be") and _is_rumoured(parse, head):
        return "alleged"
    if clause.dep == "ccomp" and head.lemma in UNCONFIRMED and below(parse, head.i, "neg"):
        return "unclear"
    above = parse.tokens[head.head]
    held_back = above.lemma in HOLDING_BACK or parse.tokens[above.head].lemma in HOLDING_BACK
    return "unclear" if clause.dep == "ccomp" and head.lemma in UNSAID and held_back and head.tag != "VBD" else None


def _is_rumoured(parse: Parse, head: Token) -> bool:
    """Whether "rumour has it" or "word is" that it was so."""
    subject = first_below(parse, head.i, "nsubj")
    return subject is not None and (subject.lemma in REPORTS or subject.lemma in ("word", "legend", "story"))


def _is_called_false(parse: Parse, noun: Token) -> bool:
    """Whether what governs the noun calls it false: "called the reports false", "the reports were a lie"."""
    above = parse.tokens[noun.head]
    if above.lemma == "in" and (truth := parse.tokens[above.head]).lemma in TRUTH:
        return any(token.text.lower() == "no" for token in below(parse, truth.i, "det"))
    around = [
        above,
        *below(parse, above.i, "acomp", "oprd", "attr", "dobj", "ccomp", "xcomp"),
        *below(parse, noun.i, "amod"),
    ]
    no = [token for one in around for token in below(parse, one.i, "det") if token.text.lower() == "no"]
    is_negated = bool(no or below(parse, above.i, "neg"))
    if is_negated and any(token.lemma == "true" for token in around):
        return True
    return not is_negated and any(token.lemma in FALSE_WORDS or token.text.lower() in FALSE_WORDS for token in around)


def _is_lacking(parse: Parse, noun: Token) -> bool:
    above = parse.tokens[noun.head]
    return any(token.text.lower() == "no" for token in below(parse, noun.i, "det")) or bool(
        below(parse, above.i, "neg")
    )


def _by_predicate(parse: Parse, be: Token) -> str | None:
    """As in "it was not true that …", "it was false that …"."""
    predicate = first_below(parse, be.i, "acomp", "attr", "oprd")
    if predicate is None:
        return None
    negated = bool(below(parse, be.i, "neg"))
    if predicate.lemma in FALSE_WORDS:
        return None if negated else "denied"
    if predicate.lemma == "true" and negated:
        return "denied"
    return (
        "unclear"
        if predicate.lemma in ("clear", "certain", "unclear") and (negated or predicate.lemma == "unclear")
        else None
    )
