"""Claims that the report itself calls false: "the enemy's claim that a shell fell is a lie" is its author's denial."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.cue import Cue
from sayso.statements.reach import CLAIMS
from sayso.statements.shapes import Range, noun_phrase, subtree, trim_words, verb_group
from sayso.values.falsehood import FALSE_WORDS

FOUND_BY = "called_false"
TRUTH = frozenset({"truth", "substance", "basis"})
PREDICATES = ("attr", "acomp", "oprd")


def called_false(parse: Parse) -> Iterator[Cue]:
    """The report's own denials: of a claim it names, of "it is a lie that …", of a claim with "no truth in" it.

    Whether they stand in somebody's words is not asked here.
    """
    for be in parse.tokens:
        if be.lemma != "be" or be.pos not in ("VERB", "AUX"):
            continue
        predicate = first_below(parse, be.i, *PREDICATES)
        if predicate is None or predicate.i < be.i:
            continue
        said = _disowned(parse, be, predicate)
        words = trim_words(parse, said) if said is not None else (0, 0)
        if words[0] < words[1]:
            yield Cue(
                head=be.i,
                act="denies",
                said=(words,),
                cue=_cue(parse, be, predicate),
                found_by=FOUND_BY,
                speaker_is_author=True,
            )


def _disowned(parse: Parse, be: Token, predicate: Token) -> Range | None:
    subject = first_below(parse, be.i, "nsubj", "csubj")
    if predicate.lemma in TRUTH and first_below(parse, be.i, "expl") is not None:
        return _of_no_truth(parse, predicate)
    if subject is None or subject.i > be.i or not _is_false(parse, be, predicate):
        return None
    if subject.text.lower() == "it":
        clause = next((c for c in below(parse, be.i, "ccomp", "advcl") if c.i > predicate.i), None)
        return subtree(parse, clause.i) if clause is not None and _is_that(parse, clause) else None
    return _claim(parse, subject)


def _is_false(parse: Parse, be: Token, predicate: Token) -> bool:
    """As in "is a lie", "are false", "is not true"; "is no lie" and "is not false" deny nothing."""
    no = {c.text.lower() for c in below(parse, predicate.i, "det")} & {"no"}
    is_negated = bool(below(parse, be.i, "neg") or no)
    if predicate.lemma == "true":
        return is_negated
    return predicate.lemma in FALSE_WORDS and not is_negated


def _of_no_truth(parse: Parse, truth: Token) -> Range | None:
    """The claim in "there is no truth in the enemy's claim that …"."""
    if not any(c.text.lower() == "no" for c in below(parse, truth.i, "det")):
        return None
    for prep in below(parse, truth.i, "prep"):
        noun = first_below(parse, prep.i, "pobj")
        if noun is not None and (found := _claim(parse, noun)) is not None:
            return found
    return None


def _claim(parse: Parse, noun: Token) -> Range | None:
    """A noun for what was said together with what it says, whoever says it."""
    if noun.lemma not in CLAIMS:
        return None
    clause = next((c for c in below(parse, noun.i, "acl", "ccomp", "relcl") if _is_that(parse, c)), None)
    return (noun_phrase(parse, noun.i)[0], subtree(parse, clause.i)[1]) if clause is not None else None


def _is_that(parse: Parse, clause: Token) -> bool:
    return parse.tokens[subtree(parse, clause.i)[0]].text.lower() == "that"


def _cue(parse: Parse, be: Token, predicate: Token) -> Range:
    """The verb with what it calls the claim: "is a lie", "are not true"."""
    return verb_group(parse, be.i)[0], max(predicate.i + 1, verb_group(parse, be.i)[1])
