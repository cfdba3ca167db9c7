"""English words without their endings, so that forms of one word are one."""

from __future__ import annotations

from functools import lru_cache

ENDINGS = (("ies", "i"), ("sses", "ss"), ("ing", ""), ("ied", "i"), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""))
SHORTEST = 4


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its English ending: "shelled", "shelling" and "shells" are "shell".

    >>> stem("Shelling"), stem("shelled"), stem("cities"), stem("buses")
    ('shell', 'shell', 'citi', 'bus')
    """
    small = word.lower().replace("’", "'").replace("ʼ", "'")
    small = small.removesuffix("'s").removesuffix("'").replace("'", "")
    if len(small) < SHORTEST:
        return small
    small = _without_ending(small)
    if len(small) > 3 and small[-1] in "ey":
        small = small[:-1] + ("i" if small[-1] == "y" else "")
    return small.replace("isation", "ization")


def _without_ending(small: str) -> str:
    for ending, put in ENDINGS:
        if small.endswith(ending) and len(small) - len(ending) >= 3 and not small.endswith(("ss", "us", "eed")):
            left = small[: len(small) - len(ending)] + put
            is_doubled = ending in ("ing", "ed") and left[-1] == left[-2:-1] and left[-1] not in "lsz"
            return left[:-1] if is_doubled else left
    return small
