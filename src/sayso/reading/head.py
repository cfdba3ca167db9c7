"""The lines above a story: who publishes it, on what day, under which title."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.credits import Credit, credits_in, speaks_for
from sayso.reading.dateline import Filed
from sayso.reading.headings import head_of, is_title
from sayso.reading.names import CLOCK, UPPER, WEEKDAY, date_pattern, day_of
from sayso.record import Named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.knowledge import Knowledge
    from sayso.reading.lines import Block

SUBJECT = "en/masthead"
LONGEST_DATED = 110
LONGEST_WIRE = 40
MOST_WORDS = 7
MOST_BETWEEN = 3
SMALL = frozenset({"of", "the", "and", "for", "in", "de", "la", "del"})
NAME_ENDS = re.compile(r"\s*[/|·–—:]\s*")


class Head(NamedTuple):
    """What the lines above a story say. Numbers are those of paragraphs."""

    title: int | None = None
    masthead: Named | None = None
    lines: frozenset[int] = frozenset()  # the masthead's and the date's, which are no story
    credits: tuple[tuple[int, Credit], ...] = ()
    filed: tuple[tuple[int, Filed], ...] = ()


def read_head(blocks: Sequence[Block], knowledge: Knowledge) -> Head:
    """The head of a report: masthead, date, place and title, as far as each shows."""
    count = head_of(blocks)
    dates: list[tuple[int, Credit]] = []
    filed: list[tuple[int, Filed]] = []
    others: list[int] = []
    for index in range(count):
        block = blocks[index]
        if credit := _whole_credit(block, knowledge):
            if credit.day:
                dates.append((index, credit))
        elif placed := _placed_and_dated(block, knowledge):
            filed.append((index, placed))
        elif dated := _dated(block, knowledge):
            dates.append((index, dated))
        else:
            others.append(index)
    masthead = None
    if others[:1] == [0] and len(others) + len(dates) + len(filed) > 1:
        masthead = _masthead(blocks[0], knowledge)
    rest = others[1:] if masthead else others
    below = max((index for index, _ in (*dates, *filed)), default=0) if masthead else -1
    title = _title(blocks, rest, below)
    wires = _wire_lines(blocks, rest, title)
    if title is None and not masthead and dates and dates[0][0] == 0 and _says_more(blocks[0], dates[0][1]):
        title = 0
    above = {index for index in rest if title is not None and index < title}
    alone = above | {index for index, _ in (*dates, *wires, *filed) if index != title} | ({0} if masthead else set())
    return Head(title, masthead, frozenset(alone), (*dates, *wires), tuple(filed))


def _whole_credit(block: Block, knowledge: Knowledge) -> Credit | None:
    here = credits_in(block, knowledge, top=True)
    whole = len(here) == 1 and here[0].start == 0 and here[0].end >= len(block.words.rstrip())
    return here[0] if whole else None


def _says_more(block: Block, dated: Credit) -> bool:
    return len(block.words[: dated.start].split()) > 2


def _title(blocks: Sequence[Block], candidates: Sequence[int], below: int) -> int | None:
    """The first line that can be a title, below the date of a masthead if there is one there."""
    for index in [*(each for each in candidates if each > below), *candidates]:
        if index <= max(below, 0) + MOST_BETWEEN and is_title(blocks[index], blocks[index + 1 :]):
            return index
    return None


def _wire_lines(blocks: Sequence[Block], candidates: Sequence[int], title: int | None) -> list[tuple[int, Credit]]:
    """Lines under the title that name the agency the story says it is from, by what it could not verify."""
    found: list[tuple[int, Credit]] = []
    for index in candidates:
        words = blocks[index].words
        if title is None or index <= title or len(words) > LONGEST_WIRE or not words[0].isupper():
            continue
        if any(speaks_for(words, block.words) for block in blocks[index + 1 :]):
            named = Named(words, blocks[index].kept.span(0, len(words)), "text")
            found.append((index, Credit(0, len(words), "agencies", (named,))))
    return found


def _dated(block: Block, knowledge: Knowledge) -> Credit | None:
    """The full date that a short line above the story holds, with the time beside it."""
    if len(block.words) > LONGEST_DATED:
        return None
    found = _date(knowledge).search(block.words)
    day = day_of(found["date"], knowledge) if found else None
    return Credit(found.start(), found.end(), "published", (), day) if found and day else None


def _placed_and_dated(block: Block, knowledge: Knowledge) -> Filed | None:
    """A dateline on a line of its own: a place and a full date."""
    found = _place_and_date(knowledge).fullmatch(block.words)
    day = day_of(found["date"], knowledge) if found else None
    if not found or not day:
        return None
    end = found.end("date")
    return Filed(end, len(block.words), block.kept.span(0, end), None, day)


def _masthead(block: Block, knowledge: Knowledge) -> Named | None:
    name = NAME_ENDS.split(block.words, maxsplit=1)[0]
    words = name.split()
    if not words or len(words) > MOST_WORDS or not all(word[0].isupper() or word in SMALL for word in words):
        return None
    exact, ends = _marks(knowledge)
    plain = [word.casefold() for word in words]
    if " ".join(plain[:2]) in _never(knowledge):
        return None
    if not any(word in exact or word.endswith(ends) for word in plain) and " ".join(plain[:2]) not in exact:
        return None
    return Named(name, block.kept.span(0, len(name)), "text")


@cache
def _marks(knowledge: Knowledge) -> tuple[frozenset[str], tuple[str, ...]]:
    rows = knowledge.rows(SUBJECT)
    exact = frozenset(word.casefold() for row in rows for word in row.get("words", ()))
    return exact, tuple(end for row in rows for end in row.get("ends", ()))


@cache
def _never(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(words for row in knowledge.rows(SUBJECT) for words in row.get("never", ()))


@cache
def _date(knowledge: Knowledge) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){WEEKDAY}(?P<date>{date_pattern(knowledge)})(?!\w){CLOCK}")


@cache
def _place_and_date(knowledge: Knowledge) -> re.Pattern[str]:
    place = rf"[{UPPER}][\w’'-]+(?:[ -][{UPPER}][\w’'-]+){{0,3}}"
    places = rf"{place}(?:(?:,\s+|\s*/\s*|\s+and\s+){place})?"
    return re.compile(rf"{places},\s+{WEEKDAY}(?P<date>{date_pattern(knowledge)}){CLOCK}")
