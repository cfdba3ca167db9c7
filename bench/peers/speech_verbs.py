"""The least that a parse gives: a verb of speech, its subject, and its clause or the quotation beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.attributions import QUOTED, Attribution, Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VERBS = frozenset((
    "accuse", "acknowledge", "add", "admit", "allege", "announce", "argue", "assert", "claim", "confirm",
    "deny", "explain", "insist", "note", "predict", "promise", "report", "say", "state", "suggest", "tell",
    "think", "tweet", "urge", "warn", "write",
))  # fmt: skip
NEAR = 20  # the most characters between a verb of speech, with its subject, and its quotation


def attributions(doc: Doc) -> list[Attribution]:
    """One attribution for each verb of speech that has a subject and something said."""
    quotations = [quotation.span() for quotation in QUOTED.finditer(doc.text)]
    found = (_attribution(token, quotations) for token in doc if token.pos_ == "VERB" and token.lemma_ in VERBS)
    return [one for one in found if one is not None]


def _attribution(cue: Token, quotations: list[Stretch]) -> Attribution | None:
    who = next((child for child in cue.children if child.dep_ == "nsubj"), None)
    if who is None:
        return None
    clause = next((child for child in cue.children if child.dep_ == "ccomp"), None)
    said = _below(clause) if clause is not None else _beside(cue, who, quotations)
    return Attribution(_below(who), (_stretch(cue),), said) if said else None


def _below(token: Token) -> tuple[Stretch, ...]:
    return tuple(_stretch(one) for one in token.subtree)


def _stretch(token: Token) -> Stretch:
    return token.idx, token.idx + len(token)


def _beside(cue: Token, who: Token, quotations: list[Stretch]) -> tuple[Stretch, ...]:
    start = min(cue.idx, who.left_edge.idx)
    last = max(cue, who.right_edge)
    end = last.idx + len(last)
    gaps = [(max(start - one[1], one[0] - end), one) for one in quotations]
    near = [(gap, one) for gap, one in gaps if 0 <= gap <= NEAR]
    return (min(near)[1],) if near else ()
