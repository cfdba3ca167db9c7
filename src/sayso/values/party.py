"""Parties that rows name: whether some words stand for one, by its name or another of its names."""

from __future__ import annotations

import re
from functools import cache

from sayso.knowledge import Knowledge


@cache
def _names(knowledge: Knowledge) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Every name of every party as one pattern, the longest first, and the party of each."""
    found: dict[str, str] = {}
    for row in knowledge.rows("parties"):
        for name in (row["name"], *row.get("also", ())):
            found.setdefault(name.casefold(), row["id"])
    if not found:
        return None, found
    longest = sorted(found, key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?:['’]s?)?(?![\w-])"), found


def party_named(words: str, knowledge: Knowledge) -> str | None:
    """The id of the first party that the words name, by the rows of parties.toml, or None.

    >>> from sayso.knowledge import ours
    >>> party_named("a spokesman of Hezbollah", ours())
    'hezbollah'
    """
    pattern, parties = _names(knowledge)
    met = pattern.search(words.casefold()) if pattern is not None else None
    return parties[re.sub(r"['’]s?$", "", met.group())] if met is not None else None
