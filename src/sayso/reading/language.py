"""Which language a story is in."""

from __future__ import annotations

import re

FEW = 120
"""Fewer letters than this say too little to be sure of a language."""

MARGIN = 12
"""How much less likely than the likeliest a language of so few words may be, in the model's log scale."""

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
# Words so common in English, and in no other language, that a text full of them needs no model to be known.
COMMON = (
    "the of and that was were said had has have which with from they their this would been by for on at not after"
    " before who will could an is it as he she his her to"
    " monday tuesday wednesday thursday friday saturday sunday people killed wounded soldiers troops forces army town"
    " village prisoners released attacked struck shelled two three four five six seven"
)
ENGLISH = frozenset(COMMON.split())


def language_of(text: str, *, declared: str | None = None) -> str:
    """The language of these words as an ISO 639-1 code, `und` where there are none to tell by."""
    words = WORD.findall(text[:6000])
    letters = sum(map(len, words))
    if not letters:
        return "und"
    if sum(1 for word in words if word.lower() in ENGLISH) * 5 >= len(words) >= 5:
        return "en"
    latin = sum(1 for word in words for char in word if char < "\u0250") > 0.9 * letters
    import py3langid  # it loads for most of a second, so only where English is in doubt

    ranked = {str(code): float(score) for code, score in py3langid.rank(" ".join(words))}
    best = max(ranked, key=lambda code: ranked[code])
    if letters < FEW and latin and _may_be_english(words, declared) and ranked["en"] >= ranked[best] - MARGIN:
        return "en"
    if letters < FEW and declared and ranked.get(declared, ranked[best] - 2 * MARGIN) >= ranked[best] - MARGIN:
        return declared
    return "und" if best == "zxx" else best


def _may_be_english(words: list[str], declared: str | None) -> bool:
    """A few Latin words may be English if they are plain letters and nothing says otherwise."""
    return declared in (None, "en") and all(word.replace("’", "'").isascii() for word in words)
