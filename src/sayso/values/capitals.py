"""Text without case: what is written in capitals throughout, and letters made small without moving any other."""

from __future__ import annotations

FEWEST_LETTERS = 6


def is_loud(text: str) -> bool:
    """Whether a stretch is written in capitals, small particles of names aside.

    >>> is_loud("THE BRIDGE IS OUT, McKAY SAID"), is_loud("NATO"), is_loud("The U.S. said no")
    (True, False, False)
    """
    capitals = sum(map(str.isupper, text))
    small = sum(map(str.islower, text))
    return capitals >= FEWEST_LETTERS and capitals >= 9 * small and " " in text.strip()


def is_quiet(text: str) -> bool:
    """Whether a stretch has letters and no capital at all.

    >>> is_quiet("the mayor said no"), is_quiet("the mayor of Marn"), is_quiet("no")
    (True, False, False)
    """
    small = sum(map(str.islower, text))
    return small >= FEWEST_LETTERS and " " in text.strip() and not any(map(str.isupper, text))


def lowered(text: str) -> str:
    """The same text in small letters, as long as before: a letter whose small form is longer stays as it is.

    >>> lowered("THE MARN"), len(lowered("İZMİR"))
    ('the marn', 5)
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(_small(char) for char in text)


def raised(text: str) -> str:
    """The same text with its first letter large, as long as before.

    >>> raised("marn"), raised("ßa")
    ('Marn', 'ßa')
    """
    first = text[:1].upper()
    return (first if len(first) == 1 else text[:1]) + text[1:]


def _small(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char
