"""Sayings told from the side of what was said: passives ("was reported to have fled") and lone hedges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.contents import ACCOUNTS, adjuncts
from sayso.statements.cue import Cue
from sayso.statements.rows import Saying
from sayso.statements.shapes import (
    UNREAL,
    Range,
    agent,
    has_finite_verb,
    helpers,
    is_negated,
    noun_phrase,
    subtree,
    trim,
    trim_words,
    verb_group,
    without,
)

EYES = frozenset({"reporter", "correspondent", "journalist", "photographer", "crew", "team"})
HEARSAY = frozenset(
    {"report", "say", "believe", "think", "allege", "claim", "estimate", "rumor", "rumour", "understand"}
)


def passive_cue(parse: Parse, verb: Token, rows: tuple[Saying, ...]) -> Iterator[Cue]:
    """As in "was reported to have fled", "was accused of fraud by the union", "the raid was condemned by the envoy"."""
    if is_negated(parse, verb.i) or helpers(parse, verb.i) & UNREAL:
        return
    by = agent(parse, verb.i)
    found = ((row, _passive_words(parse, verb, row, by)) for row in rows)
    row, said = next(((row, said) for row, said in found if said), (rows[0], ()))
    if not said:
        return
    quoted = [other for other in rows if "quote" in other.takes and verb.lemma in HEARSAY]
    yield Cue(
        head=verb.i,
        act="thinks" if verb.lemma in ("believe", "think", "understand") else (quoted or [row])[0].act,
        said=said,
        cue=verb_group(parse, verb.i),
        who=by.i if by is not None else None,
        found_by=f"passive:{row.verb}",
        adjuncts=adjuncts(parse, verb.i, said),
    )


def _passive_words(parse: Parse, verb: Token, row: Saying, by: Token | None) -> tuple[Range, ...]:
    about = first_below(parse, verb.i, "nsubjpass")
    if verb.lemma in HEARSAY and about is not None:
        clause = next((c for c in below(parse, verb.i, "ccomp", "xcomp") if c.i > verb.i), None)
        if clause is not None:
            words = trim_words(parse, subtree(parse, clause.i))
            return (words,) if about.text.lower() == "it" else (noun_phrase(parse, about.i), words)
    if row.act == "accuses" and row.needs:
        prep = next((p for p in below(parse, verb.i, "prep") if p.text.lower() in row.needs), None)
        if prep is not None and about is not None:
            return noun_phrase(parse, about.i), trim(parse, subtree(parse, prep.i))
    if by is not None and "object" in row.takes:
        if about is None and verb.dep == "acl":  # "a claim rejected by the rebels"
            about = parse.tokens[verb.head]
            return (noun_phrase(parse, about.i),) if about.lemma in row.object_like | ACCOUNTS else ()
        told = row.act != "observes" or by.lemma in EYES
        if about is not None and (not row.object_like or about.lemma in row.object_like) and told:
            return (noun_phrase(parse, about.i),)
    return ()


def lone_hedge_cues(parse: Parse, found: list[Cue], rows: Mapping[str, str]) -> Iterator[Cue]:
    """As in "Two cranes reportedly collapsed": a claim without a told source that nobody's words hold already."""
    said_already = {i for cue in found for words in cue.said for i in range(*words)}
    for token in parse.tokens:
        act = rows.get(token.text.lower())
        if act is None or token.dep != "advmod" or parse.tokens[token.head].pos not in ("VERB", "AUX"):
            continue
        clause = subtree(parse, token.head)
        if token.i in said_already or not has_finite_verb(parse, clause):
            continue
        said = tuple(trim_words(parse, piece) for piece in without(clause, (token.i, token.i + 1)))
        yield Cue(
            head=token.i,
            act=act,
            said=tuple(s for s in said if s[0] < s[1]),
            cue=(token.i, token.i + 1),
            found_by="hedge",
        )
