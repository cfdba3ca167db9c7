"""Where a text seems to be written: words of public life that are at home in one country."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from sayso.grounding.stretches import Stretch
from sayso.knowledge import Knowledge

AT_MOST = 3
"""So many different words of a country speak for it; more add nothing."""


def homes_told(stretches: Sequence[Stretch], knowledge: Knowledge) -> dict[str, float]:
    """For each country, how many different words of its public life a text holds, at most three."""
    pattern, countries = _table(knowledge)
    said = {match[0] for stretch in stretches for match in pattern.finditer(stretch.text)}
    told: dict[str, float] = {}
    for word in sorted(said):
        for country in countries[word]:
            told[country] = min(float(AT_MOST), told.get(country, 0.0) + 1.0)
    return told


@cache
def _table(knowledge: Knowledge) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    countries = {word: tuple(row["countries"]) for row in knowledge.rows("en/home") for word in row["words"]}
    words = "|".join(re.escape(word) for word in sorted(countries, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"), countries
