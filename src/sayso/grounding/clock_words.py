"""Numbers that tell an hour with no clock beside them: "around eight", "quarter to nine", "at 7 sharp"."""

from __future__ import annotations

import re

from sayso.grounding.counted import counted
from sayso.grounding.found import Found
from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token

HOURS = 12
HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|noon|[1-9]|1[0-2])"
MINUTES = r"(?:half|quarter|five|ten|twenty|twenty-five|[1-5]?\d)(?: minutes)?"
PAST_AFTER, PAST_BEFORE = re.compile(rf"(?: minutes)? past {HOUR}\b", re.I), re.compile(rf"\b{MINUTES} past $", re.I)
TO_AFTER, TO_BEFORE = re.compile(rf"(?: minutes)? to {HOUR}\b", re.I), re.compile(r"\bquarter (?:to|of|before) $", re.I)
ON_THE_DOT = re.compile(r" (?:sharp|on the dot|o'clock)\b", re.I)
PART_OF_DAY = re.compile(
    r",? (?:in the|that|this|the next|every|each|most|last|tomorrow|yesterday) (?:early |late )?"
    r"(?:mornings?|afternoons?|evenings?|nights?)\b|,? (?:at night|tonight)\b",
    re.I,
)
SOFTLY = frozenset({"about", "around", "roughly", "nearly", "almost", "exactly", "just", "shortly", "soon"})
ROUGHLY = frozenset({"about", "around"})
ALWAYS, AT = frozenset({"until", "till", "before", "after", "since", "towards", "toward"}), frozenset({"at"})
TELLS_A_LEVEL = frozenset(
    {
        "put",
        "stand",
        "remain",
        "estimate",
        "stay",
        "keep",
        "hold",
        "cap",
        "value",
        "number",
        "count",
        "set",
        "place",
        "fix",
        "toll",
        "figure",
        "total",
        "peak",
        "leave",
        "price",
        "sell",
        "buy",
        "trade",
        "rate",
        "mark",
        "score",
        "limit",
        "freeze",
        "settle",
    }
)
HAPPENS = frozenset(
    {
        "come",
        "go",
        "arrive",
        "begin",
        "start",
        "open",
        "close",
        "end",
        "stop",
        "wake",
        "return",
        "happen",
        "occur",
        "explode",
        "depart",
        "call",
        "ring",
        "sleep",
        "meet",
        "get",
        "finish",
        "resume",
        "erupt",
        "land",
        "awake",
        "awaken",
        "knock",
        "appear",
        "set",
        "rise",
    }
)


def is_hour(stretch: Stretch, find: Found) -> bool:
    """Whether a bare number tells the time of day."""
    if find.unit is not None or not _is_small(find):
        return False
    before, after = stretch.text[max(0, find.core[0] - 24) : find.core[0]], stretch.text[find.core[1] :]
    if PAST_BEFORE.search(before) or (PAST_AFTER.match(after) and not find.joint):
        return True
    if _counts(stretch, find):
        return False
    if TO_BEFORE.search(before) or ON_THE_DOT.match(after):
        return True
    return _is_told_when(stretch, find, after)


def _is_small(find: Found) -> bool:
    low, high = find.values[0], find.values[-1]
    if find.joint not in ("", "to"):
        return False
    return 0 < high <= HOURS and low == int(low) and high == int(high)


def _counts(stretch: Stretch, find: Found) -> bool:
    """Whether a noun is counted that is no day or part of one: "around eight men", not "around eight most nights"."""
    at = stretch.token_from(find.core[1])
    if at < len(stretch.tokens) and stretch.tokens[at].text in ("of", "more", "%", "-"):
        return True
    group = counted(stretch, find)
    if group is None or PART_OF_DAY.match(stretch.text, find.core[1]):
        return False
    return all(token.ent not in ("DATE", "TIME") for token in stretch.tokens[group[0] : group[1] + 1])


def _is_told_when(stretch: Stretch, find: Found, after: str) -> bool:
    """Whether the words before an hour, and what happens at it, tell that it is one."""
    tokens = stretch.tokens
    at = index = stretch.token_from(find.core[0])
    while at > 0 and tokens[at - 1].lemma in SOFTLY:
        at -= 1
    softly = any(token.lemma in ROUGHLY for token in tokens[at:index])
    word = tokens[at - 1].lemma if at else ""
    verb = verb_over(stretch, tokens[index]) if index < len(tokens) else None
    lemma = verb.lemma if verb is not None else ""
    if word in ALWAYS:
        return True
    if word in AT:
        went = lemma == "leave" and verb is not None and verb.i == tokens[at - 1].i - 1  # "left at seven"
        return went or (lemma not in TELLS_A_LEVEL and not _under_a_level(stretch, at - 1))
    if word == "by" and at == 1 and not _is_subject(stretch, index):
        return True
    if PART_OF_DAY.match(after) and softly and lemma in HAPPENS:
        return True
    if not softly:
        return False
    if at == 0:
        return after.startswith(",")
    if lemma == "be":
        return tokens[0].lemma == "it" or (word == "be" and at > 1 and tokens[at - 2].lemma == "it")
    return lemma in HAPPENS and verb is not None and verb.i < tokens[index].i


def verb_over(stretch: Stretch, token: Token) -> Token | None:
    """The nearest verb above a word."""
    base = stretch.tokens[0].i
    for _ in range(6):
        above = stretch.tokens[token.head - base]
        if above.pos in ("VERB", "AUX") or above is token:
            return above if above.pos in ("VERB", "AUX") else None
        token = above
    return None


def _is_subject(stretch: Stretch, index: int) -> bool:
    return index < len(stretch.tokens) and stretch.tokens[index].dep in ("nsubj", "nsubjpass", "nummod")


def _under_a_level(stretch: Stretch, at: int) -> bool:
    """Whether "at" hangs on a noun that tells a level: "a toll at nine"."""
    token = stretch.tokens[at]
    return stretch.tokens[token.head - stretch.tokens[0].i].lemma in TELLS_A_LEVEL
