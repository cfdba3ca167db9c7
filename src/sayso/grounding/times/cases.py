"""Text in capitals throughout, or without any, as sentences are written: names of days and months alone raised."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.grounding.stretches import Stretch
from sayso.grounding.times.draft import Rows
from sayso.values.capitals import is_loud, is_quiet, lowered, raised

DIGIT_BESIDE = re.compile(r"(?:\d(?:st|nd|rd|th)? (?:of )?)$"), re.compile(r"\.? \d")
ALSO_WORDS = ("may", "march", "august")
"""Months that are words too: in such a text only a figure beside them or the parse tells that they are meant."""


def evened(stretch: Stretch, rows: Rows) -> Stretch:
    """The sentence with its case made even, every letter in its place; an ordinary one stays as it is."""
    if not (is_loud(stretch.text) or is_quiet(stretch.text)):
        return stretch
    text = lowered(stretch.text)
    found = [match for match in rows.names.finditer(text) if _is_meant(match, stretch, text, rows)]
    letters = list(text)
    for match in found:
        letters[match.start() : match.end()] = " ".join(map(raised, match[0].split(" ")))
    return replace(stretch, text="".join(letters))


def _is_meant(match: re.Match[str], stretch: Stretch, text: str, rows: Rows) -> bool:
    word = match[0].rstrip(".")
    if word not in rows.short_months and word not in ALSO_WORDS:
        return True
    before, behind = DIGIT_BESIDE
    if before.search(text[max(0, match.start() - 9) : match.start()]) or behind.match(text, match.end()):
        return True
    index = stretch.token_at(match.start())
    return index is not None and index < len(stretch.tokens) and stretch.tokens[index].ent == "DATE"
