"""Caveats and denials that did not travel: nothing on the other side says them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.polarity import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Span, Statement

CAVEATS = ("cannot_verify",)
DENIALS = ("denies",)
WORDS = {
    "caveat_dropped": ("verif", "confirm", "corroborat", "independent", "substantiat", "authentic"),
    "denial_dropped": ("deni", "deny", "denie", "reject", "refut", "dismiss", "disput", "lie", "false", "fabricat"),
}
NEAR = 2
"""Sentences: a caveat travels with what stands so near it."""
SHARED = 0.34
"""The share of a sentence's words that makes one on the other side the same caveat."""


def caveats(sides: Sides) -> Iterator[Change]:
    """Each "could not verify" of a stretch that was copied, where the copy has none of the kind."""
    yield from _dropped(sides, "caveat_dropped", CAVEATS)


def denials(sides: Sides) -> Iterator[Change]:
    """Each denial of a stretch that was copied, where the copy has none of the kind."""
    yield from _dropped(sides, "denial_dropped", DENIALS)


def _dropped(sides: Sides, kind: str, acts: tuple[str, ...]) -> Iterator[Change]:
    told = set()
    for statement in sides.here.reading.statements:
        sentence = sides.here.sentence_of(statement.cue) if statement.cue else None
        if statement.act not in acts or sentence is None or sentence in told:
            continue
        where = _copied_near(sides, sentence)
        if where is not None and not _is_kept(sides, kind, acts, sentence):
            told.add(sentence)
            yield sides.change(kind, _says(sides, kind, statement), sentence, where)


def _says(sides: Sides, kind: str, statement: Statement) -> str:
    source = sides.here.sources.get(statement.source)
    who = source.name if source else "somebody"
    return f"that {who} could not verify it is gone" if kind == "caveat_dropped" else f"the denial of {who} is gone"


def _copied_near(sides: Sides, sentence: Span) -> Span | None:
    """The sentence there beside which it would stand, had it been copied."""
    sentences = sides.here.reading.page.sentences
    number = sides.here.number_of(sentence)
    near = [*reversed(sentences[max(0, number - NEAR) : number]), *sentences[number : number + NEAR + 1]]
    return next((sides.partners[one] for one in near if one in sides.partners), None)


def _is_kept(sides: Sides, kind: str, acts: tuple[str, ...], sentence: Span) -> bool:
    partner = sides.partners.get(sentence)
    if partner is not None and _speaks(sides.there, kind, partner):
        return True
    ours = _stems(sides.here, sentence)
    there = [
        sides.there.sentence_of(statement.cue)
        for statement in sides.there.reading.statements
        if statement.act in acts and statement.cue
    ]
    return any(one is not None and len(ours & _stems(sides.there, one)) >= SHARED * len(ours) for one in there)


def _speaks(told: Told, kind: str, sentence: Span) -> bool:
    return any(word.small.startswith(WORDS[kind]) for word in words(told.kept(sentence).text))


def _stems(told: Told, sentence: Span) -> set[str]:
    return {word.stem for word in words(told.kept(sentence).text) if word.is_content}
