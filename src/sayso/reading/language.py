"""Which language a story is in."""

from __future__ import annotations

import re

FEW = 120
"""Fewer letters than this say too little to be sure of a language."""

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
# Words so common in English, and in no other language, that a text full of them needs no model to be known.
COMMON = (
    "the of and that was were said had has have which with from they their this would been by for on at not after"
    " before who will could an is it as he she his her to"
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
    if letters < FEW and latin:
        return _short(words, declared)
    import py3langid  # it loads for most of a second, so only where English is in doubt

    code = str(py3langid.classify(" ".join(words))[0])
    return "und" if code == "zxx" else code


def _short(words: list[str], declared: str | None) -> str:
    """A few Latin words are English if they are plain letters, or hold an English word; else as the page declares."""
    plain = all(word.replace("’", "'").isascii() for word in words)
    if plain and (declared in (None, "en")):
        import py3langid

        ranked = dict(py3langid.rank(" ".join(words)))
        english = any(word.lower() in ENGLISH for word in words)
        best = max(ranked, key=lambda code: ranked[code])
        if english or ranked["en"] >= ranked[best] - 12:
            return "en"
        return str(best)
    return declared or "und"
