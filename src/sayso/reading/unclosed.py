"""Where a quotation ends whose closing mark is missing: before the words that tell who spoke."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge

SUBJECT = "en/saying"
IRREGULAR = {"say": "said", "tell": "told", "write": "wrote", "swear": "swore"}
SPEAKER = (
    r"(?:(?i:the|an?|one|another|his|her|its|their|he|she|they|it|officials|residents|witnesses|police|prosecutors|rescuers)\b"
    r"|[^\W\d_a-z][\w’'.-]+)"
)
REST = r"(?:,?\s+[\w’'.-]+){0,8}?"
MANNER = r"(?i:(?:\w+ly|later|also|then|has|had|have)\s+){0,2}"
GOES_ON = re.compile(r"\s+(?:and|but|while|although|after|before|as)\s+(?=(?:\w+ed|said|told|was|were|had|has)\b)")


def end_of_unclosed(words: str, start: int, end: int, knowledge: Knowledge) -> int:
    """Where a quotation that opens at `start` and is never closed ends, at `end` at the latest.

    A saying ends before its speaker ("…, the mayor said"), a few words inside a sentence before what goes on with the
    sentence ("a raid and warned …").
    """
    told = _told(knowledge).search(words, start, end)
    if told:
        return told.end(1)
    if words[start : start + 1].islower() and (other := GOES_ON.search(words, start, end)):
        stop = re.search(r"[.,;!?]", words[start:end])
        return min(other.start(), start + stop.start() + 1) if stop else other.start()
    return end


def told_after(words: str, at: int, knowledge: Knowledge) -> bool:
    """Whether the words behind a closing mark tell who spoke: "said the mayor", "one nurse told the wire"."""
    return _teller(knowledge).match(words, at) is not None


@cache
def verbs_of_saying(knowledge: Knowledge) -> frozenset[str]:
    """The forms of every verb that can tell of a quotation."""
    rows = (row for row in knowledge.rows(SUBJECT) if "quote" in row["takes"])
    return frozenset(form for row in rows for form in _forms(row["verb"]))


@cache
def _told(knowledge: Knowledge) -> re.Pattern[str]:
    return re.compile(rf"([,!?…—–]){_teller(knowledge).pattern}")


@cache
def _teller(knowledge: Knowledge) -> re.Pattern[str]:
    verbs = sorted(map(re.escape, verbs_of_saying(knowledge)), key=lambda form: (-len(form), form))
    verb = rf"(?i:{'|'.join(verbs)})(?!\w)"
    return re.compile(rf"\s+(?:{verb}\s+{SPEAKER}|{SPEAKER}{REST}(?:,|\s)\s*{MANNER}{verb})")


def _forms(verb: str) -> tuple[str, ...]:
    if verb in IRREGULAR:
        return IRREGULAR[verb], f"{verb}s"
    if verb.endswith("e"):
        return f"{verb}d", f"{verb}s"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied", f"{verb[:-1]}ies"
    return f"{verb}ed", f"{verb}{verb[-1]}ed", f"{verb}s"
