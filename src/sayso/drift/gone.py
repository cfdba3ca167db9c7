"""Caveats and denials that did not travel: nothing on the other side says them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.drift.polarity import Word
    from sayso.drift.sides import Told
    from sayso.record import Change, Span

CAVEATS = ("cannot_verify",)
DENIALS = ("denies",)
WORDS = {
    "caveat_dropped": ("verif", "confirm", "corroborat", "independent", "substantiat", "authentic"),
    "denial_dropped": ("deni", "deny", "denie", "reject", "refut", "dismiss", "disput", "lie", "false", "fabricat"),
}
CHECKING = ("verif", "confirm", "corroborat", "substantiat", "authenticat")
UNABLE = ("unable", "impossible", "without", "difficult", "failed", "yet")
WITHIN = 7
"""Words before one for checking among which one denies it."""
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
    for sentence, who in _sentences(sides.here, kind, acts, sides):
        if sentence in told:
            continue
        told.add(sentence)
        where = _copied_near(sides, sentence)
        if where is not None and not _is_kept(sides, kind, acts, sentence):
            yield sides.change(kind, _says(kind, who), sentence, where)


def _sentences(told: Told, kind: str, acts: tuple[str, ...], sides: Sides) -> Iterator[tuple[Span, str | None]]:
    """The sentences that hold a caveat or a denial, with who speaks; of caveats also those nobody is said to utter."""
    for statement in told.reading.statements:
        sentence = told.sentence_of(statement.cue) if statement.cue else None
        if statement.act in acts and sentence is not None:
            source = told.sources.get(statement.source)
            yield sentence, source.name if source and source.naming != "unknown" else None
    if kind == "caveat_dropped":
        for sentence in told.sentences:
            if sentence not in sides.partners and _is_caveat(told.words(sentence)):
                yield sentence, None


def _is_caveat(some: Sequence[Word]) -> bool:
    """Whether a sentence says that something is not confirmed: a word for it behind one that denies."""
    for at, word in enumerate(some):
        if word.small.startswith(CHECKING) and any(
            before.denies or before.small in UNABLE for before in some[max(0, at - WITHIN) : at]
        ):
            return True
    return False


def _says(kind: str, who: str | None) -> str:
    if kind == "caveat_dropped":
        return f"that {who} could not verify it is gone" if who else "that it is not confirmed is gone"
    return f"the denial of {who} is gone" if who else "a denial is gone"


def _copied_near(sides: Sides, sentence: Span) -> Span | None:
    """The sentence there beside which it would stand, had it been copied."""
    sentences = sides.here.sentences
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
    return any(word.small.startswith(WORDS[kind]) for word in told.words(sentence))


def _stems(told: Told, sentence: Span) -> set[str]:
    return {word.stem for word in told.words(sentence) if word.is_content}
