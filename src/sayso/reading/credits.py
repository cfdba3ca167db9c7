"""Bylines and credit lines: who wrote, edited and helped, and whose wire a copy came from."""

from __future__ import annotations

import re
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.glued import picture_credits
from sayso.reading.names import (
    CLOCK,
    NAME_AND_PLACE,
    NAMES,
    UPPER,
    WEEKDAY,
    date_pattern,
    day_of,
    outlet_pattern,
    outlets,
)
from sayso.reading.patterns import loosened
from sayso.record import Named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sayso.knowledge import Knowledge
    from sayso.reading.lines import Block

SUBJECT = "en/credits"
LONGEST_LINE = 250
BEFORE = r"(?:^\s*|(?<=[.!?…;:)\]\"”’»(\[—–|·-])\s*)"
ANYWHERE = r"(?<![^\s(\[.!?…;:)”’»\"])"
NEXT_CREDIT = (
    r"(?:and\s+)?(?i:reporting|editing|writing|additional|edited|written|compiled|translated|with|graphics?|photos?)\b"
)
AFTER = rf"(?=\s*(?:$|[.;)\]·/]|[—–-]\s|,\s|{NEXT_CREDIT}|[A-Z(\[]))"
PIECE = re.compile(r"\{(names|outlet|newsroom|date)\}")
NEWSROOM = (
    rf"(?!(?:[Tt]he|[Oo]ur|[Aa]n?)\s)[{UPPER}][\w’'&.-]{{1,30}}"
    rf"(?:\s(?:of\s)?(?:[{UPPER}][\w’'&-]{{1,30}}|\d{{1,3}}(?!\d))){{0,4}}?"
)
"""An outlet that no row need know, named by what stands beside it."""

VERIFY = (
    r"(?:has\s+|have\s+|had\s+)?(?:could\s+not|couldn[’']t|cannot|can[’']t|(?:was|were|is|are|been)\s+(?:not\s+able|unable)"
    r"|not\s+been\s+able|did\s+not|has\s+not|not)\s+(?:to\s+)?(?:\w+ly\s+){0,2}(?:to\s+)?(?:verify|verified|confirm)"
)
CLOSING = re.compile(r"\s*[)\].;]+")


class Credit(NamedTuple):
    """One credit in a paragraph: where in its kept text, what role, and the names in it."""

    start: int
    end: int
    role: str
    names: tuple[Named, ...]
    day: date | None = None


class _Row(NamedTuple):
    role: str
    where: str
    pattern: re.Pattern[str]


def credits_in(block: Block, knowledge: Knowledge, *, top: bool) -> tuple[Credit, ...]:
    """The credits of one paragraph, in order. `top` says whether it stands between the title and the story."""
    words = block.words
    if len(words) <= LONGEST_LINE:
        for row in _rows(knowledge):
            if row.where == "line" or (row.where == "top" and top):
                whole = row.pattern.fullmatch(words)
                if whole and (found := _credit(block, whole, row.role, knowledge)):
                    return (Credit(0, len(words), found.role, found.names, found.day),)
    found_here = list(_inside(block, knowledge))
    return tuple(_apart(sorted(found_here, key=lambda credit: (credit.start, -credit.end)), words))


def _inside(block: Block, knowledge: Knowledge) -> Iterator[Credit]:
    words = block.words
    for match in picture_credits(words, knowledge):
        if found := _credit(block, match, "contributors", knowledge):
            yield found
    if not _worth_a_look(knowledge).search(words):
        return
    for row in _rows(knowledge):
        if row.where in ("line", "top"):
            continue
        for match in row.pattern.finditer(words):
            found = _credit(block, match, row.role, knowledge)
            if found:
                yield found


def _credit(block: Block, match: re.Match[str], role: str, knowledge: Knowledge) -> Credit | None:
    names: list[Named] = []
    day = None
    for group, value in match.groupdict().items():
        if value is None:
            continue
        start = match.start(group)
        match group.partition("_")[0]:
            case "names":
                people = NAME_AND_PLACE.finditer(value)
                names += [_named(block, start + each.start(), each["name"]) for each in people]
            case "outlet" | "newsroom":
                names.append(_named(block, start, value))
            case "date":
                day = day_of(value, knowledge)
                if day is None:
                    return None
            case other:
                raise ValueError(f"a credit has no piece called {other}")
    return Credit(match.start(), match.end(), role, tuple(names), day)


def _named(block: Block, start: int, name: str) -> Named:
    span = block.kept.span(start, start + len(name))
    return Named(" ".join(name.split()), span, "text")


def _apart(found: list[Credit], words: str) -> Iterator[Credit]:
    """The credits without those inside another, each with the stop or bracket that closes it."""
    last = 0
    for credit in found:
        if credit.start < last:
            continue
        start, end = credit.start, credit.end
        if words[:start].rstrip().endswith(("(", "[")):
            start = max(last, len(words[:start].rstrip()) - 1)
        closing = CLOSING.match(words, end)
        if closing:
            end = closing.end()
        last = end
        yield credit._replace(start=start, end=end)


@cache
def _worth_a_look(knowledge: Knowledge) -> re.Pattern[str]:
    """Anything that a credit inside a paragraph must hold: most paragraphs hold none of it."""
    return re.compile(
        r"(?i:\b(?:by|from|contributed|sources?|via|agenc(?:y|ies)|with)\b)|[(\[—–-]\s?(?:with )?"
        + outlet_pattern(knowledge)
    )


@cache
def _rows(knowledge: Knowledge) -> tuple[_Row, ...]:
    return tuple(
        _Row(row["role"], row["where"], re.compile(_framed(row["where"], _filled(row["pattern"], knowledge))))
        for row in knowledge.rows(SUBJECT)
    )


def _framed(where: str, pattern: str) -> str:
    match where:
        case "line" | "top":
            return rf"[(\[—–-]?\s*(?:{pattern})\s*[.)\]]?"
        case "start":
            return rf"{BEFORE}(?:{pattern}){AFTER}"
        case "anywhere":
            return rf"{ANYWHERE}(?:{pattern}){AFTER}"
        case "end":
            return rf"(?<=[.!?…\"”’»)])\s*(?:{pattern})\s*$"
        case other:
            raise ValueError(f"a credit stands at line, top, start, end or anywhere, not {other}")


def _filled(pattern: str, knowledge: Knowledge) -> str:
    number = count()
    pieces = {
        "names": NAMES,
        "outlet": outlet_pattern(knowledge),
        "newsroom": NEWSROOM,
        "date": date_pattern(knowledge),
    }

    def fill(piece: re.Match[str]) -> str:
        name = piece[1]
        inner = rf"(?P<{name}_{next(number)}>{pieces[name]})"
        return rf"{WEEKDAY}{inner}{CLOCK}" if name == "date" else inner

    return PIECE.sub(fill, loosened(pattern))


def own_voice(blocks: tuple[Block, ...], knowledge: Knowledge) -> tuple[Named, ...]:
    """The agencies that speak as the newsroom of this report: "Interfax could not verify", "told Interfax"."""
    found: dict[str, Named] = {}
    for block in blocks:
        for match in _voice(knowledge).finditer(block.words):
            name = match["before"] or match["after"]
            start = match.start("before") if match["before"] else match.start("after")
            shown, _ = outlets(knowledge)[name]
            if shown not in found:
                found[shown] = Named(name, block.kept.span(start, start + len(name)), "text")
    return tuple(found.values())


def speaks_for(name: str, words: str) -> bool:
    """Whether these words tell what the newsroom of that name could not verify."""
    return name in words and re.search(rf"(?<!\w){re.escape(name)}\s+{VERIFY}\b", words) is not None


@cache
def _voice(knowledge: Knowledge) -> re.Pattern[str]:
    agencies = [name for name, (_, kind) in outlets(knowledge).items() if kind == "agency"]
    names = "|".join(map(re.escape, sorted(agencies, key=lambda name: (-len(name), name)))) or "(?!)"
    staff = (
        r"(?:video|footage|photographers?|reporters?|correspondents?|journalists?|witness(?:es)?|camera|cameraman"
        r"|crews?|staff|team|photos?|images)"
    )
    return re.compile(
        rf"(?<!\w)(?P<before>{names})\s+(?:{VERIFY}|{staff})\b"
        rf"|\b(?:told|tells|contacted\s+by|seen\s+by|reviewed\s+by|spoke\s+to|speaking\s+to)\s+(?:the\s+|an?\s+)?(?P<after>{names})(?!\w)"
        rf"(?=\s*(?:[.,;:)\"”]|$|that\b|on\b|in\b|by\b|at\b|from\b|the\b|it\b|he\b|she\b|they\b))"
    )
