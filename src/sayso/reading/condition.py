"""Signs of damage: what a copy shows of having been cut short, reworded, translated or glued together."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.patterns import loosened
from sayso.record import Condition, Cut, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.knowledge import Knowledge
    from sayso.reading.lines import Block

SUBJECT = "en/damage"
ENDED = re.compile(r"[.!?…:][\"'”’»)\]\s]*$")
NAME_WORD = re.compile(r"(?<=[a-z,;”\"] )[A-ZŁŚŻŽŠČ][a-zà-ž]{4,}")
SAME_SOUND = (
    (re.compile(r"(?:iy|yi|yy|ij|ii|ey|yj|y)$"), "i"),
    (re.compile(r"iu|yu"), "ju"),
    (re.compile(r"ia|ya"), "ja"),
    (re.compile(r"^ye"), "e"),
    (re.compile(r"zh"), "j"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"y"), "i"),
)
QUOTE_MARKS = "\"'“”‘’«»„"
WORD = re.compile(r"[^\W\d_]{3,}")


class _Sign(NamedTuple):
    kind: str
    pattern: re.Pattern[str] | None
    words: tuple[str, ...]
    says: str


def condition_of(
    blocks: Sequence[Block],
    story: Sequence[tuple[int, int, int]],
    headings: Sequence[int],
    cuts: Sequence[Cut],
    odd: Sequence[Span],
    *,
    knowledge: Knowledge,
) -> tuple[Condition, ...]:
    """Every sign of damage, with where it shows. `story` are stretches of story: paragraph, start, end."""
    signs: list[Condition] = []
    inside = tuple(cut.span for cut in cuts if any(_within(cut.span, block.span) for block in _near(blocks, cut)))
    if inside:
        signs.append(Condition("leftovers", inside, "Prompts, links or adverts stand in the middle of paragraphs."))
    quoting = list(_damaged_headings(blocks, headings))
    signs += quoting
    if odd:
        signs.append(Condition("odd_quotation_marks", tuple(odd), "Some quotation marks have no counterpart."))
    signs += _cut_short(blocks, story)
    signs += _loud(blocks, story)
    signs += _from_rows(blocks, knowledge)
    signs += _two_spellings(blocks, frozenset(word for sign in _signs(knowledge) for word in sign.words))
    if quoting or any(sign.kind == "reworded" for sign in signs):
        signs += _strange_headings(blocks, headings)
    return tuple(signs)


def _near(blocks: Sequence[Block], cut: Cut) -> Iterator[Block]:
    return (block for block in blocks if block.span.start < cut.span.start and cut.span.end < block.span.end)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start < inner.start and inner.end < outer.end


def _damaged_headings(blocks: Sequence[Block], headings: Sequence[int]) -> Iterator[Condition]:
    """A heading in quotation marks quotes its section; one whose words are nowhere below it was changed."""
    for index, below in _sections(blocks, headings):
        words = blocks[index].words.strip()
        inside = words.strip(QUOTE_MARKS)
        said = [word.casefold() for word in WORD.findall(inside)]
        if words[:1] in QUOTE_MARKS and words[-1:] in QUOTE_MARKS and said and len(inside) < len(words) - 1:
            missing = [word for word in said if word[:5] not in below]
            if missing:
                says = f"The heading quotes words that its section does not hold: {', '.join(missing)}."
                yield Condition("heading_damaged", (blocks[index].span,), says)
        elif sum(words.count(mark) for mark in '"“”«»„') % 2:
            says = "The heading has a quotation mark without its counterpart."
            yield Condition("heading_damaged", (blocks[index].span,), says)


def _strange_headings(blocks: Sequence[Block], headings: Sequence[int]) -> Iterator[Condition]:
    """Headings of one word that their sections never use.

    Sound reports have such headings too ("DIPLOMACY"), so they count only in a copy that shows rewording elsewhere.
    """
    for index, below in _sections(blocks, headings):
        word = blocks[index].words.strip()
        if word.isalpha() and word.isupper() and word[:5].casefold() not in below:
            says = "The heading is one word that its section never uses; it may not be the heading it had."
            yield Condition("heading_damaged", (blocks[index].span,), says)


def _sections(blocks: Sequence[Block], headings: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Each heading's paragraph, with the folded words of its section."""
    ordered = sorted(headings)
    for number, index in enumerate(ordered):
        end = ordered[number + 1] if number + 1 < len(ordered) else len(blocks)
        yield index, " ".join(block.words for block in blocks[index + 1 : end]).casefold()


def _cut_short(blocks: Sequence[Block], story: Sequence[tuple[int, int, int]]) -> Iterator[Condition]:
    if not story:
        return
    index, start, end = story[-1]
    words = blocks[index].words[start:end].rstrip()
    if len(words.split()) < 5 or ENDED.search(words) or (not words[-1].isalnum() and words[-1] not in ",-–—"):
        return
    last = max(words.rfind(stop) for stop in (". ", "! ", "? ", ".\n")) + 1
    begin = start + last + len(words[last:]) - len(words[last:].lstrip())
    pieces = blocks[index].kept.spans(begin, start + len(words))
    yield Condition("truncated", pieces, "The last sentence has no end; the copy may break off there.")


def _loud(blocks: Sequence[Block], story: Sequence[tuple[int, int, int]]) -> Iterator[Condition]:
    text = " ".join(blocks[index].words[start:end] for index, start, end in story)
    letters = sum(1 for char in text if char.isalpha())
    capitals = sum(1 for char in text if char.isupper())
    if letters >= 100 and capitals > 0.8 * letters:
        spans = tuple(blocks[index].span for index in dict.fromkeys(each[0] for each in story))
        yield Condition("all_capitals", spans, "All of it is in capitals; they tell no names from other words.")


def _from_rows(blocks: Sequence[Block], knowledge: Knowledge) -> Iterator[Condition]:
    for sign in _signs(knowledge):
        if sign.pattern is None:
            yield from _spellings(blocks, sign)
            continue
        spans: list[Span] = []
        for block in blocks:
            for found in sign.pattern.finditer(block.words):
                spans += block.kept.spans(found.start(), found.end())
        if spans:
            yield Condition(sign.kind, tuple(spans), sign.says)


def _spellings(blocks: Sequence[Block], sign: _Sign) -> Iterator[Condition]:
    found: dict[str, list[Span]] = {}
    for word in sign.words:
        for block in blocks:
            if word in block.words:
                places = re.finditer(rf"\b{re.escape(word)}\b", block.words)
                found.setdefault(word, []).extend(span for place in places for span in block.kept.spans(*place.span()))
    seen = [spans for spans in found.values() if spans]
    if len(seen) > 1:
        yield Condition(sign.kind, tuple(sorted(span for spans in seen for span in spans)), sign.says)


def _two_spellings(blocks: Sequence[Block], known: frozenset[str]) -> Iterator[Condition]:
    """One person's name written in two ways: "Okoyevsky" and "Okoyevskiy" are one sound."""
    heard: dict[str, dict[str, list[Span]]] = {}
    for block in blocks:
        for found in NAME_WORD.finditer(block.words):
            word = found[0]
            if word in known or word.endswith(("s", "ing", "ed")):
                continue
            spans = block.kept.spans(found.start(), found.end())
            heard.setdefault(_sound(word), {}).setdefault(word, []).extend(spans)
    for spellings in heard.values():
        if len(spellings) > 1:
            names = " and ".join(sorted(spellings))
            spans = tuple(sorted(span for found in spellings.values() for span in found))
            yield Condition("reworded", spans, f"One name is written in two ways: {names}.")


def _sound(word: str) -> str:
    sound = word.casefold()
    for pattern, plain in SAME_SOUND:
        sound = pattern.sub(plain, sound)
    return sound


@cache
def _signs(knowledge: Knowledge) -> tuple[_Sign, ...]:
    return tuple(
        _Sign(
            row["kind"],
            re.compile(loosened(row["pattern"]), re.IGNORECASE) if "pattern" in row else None,
            tuple(row.get("words", ())),
            row["says"],
        )
        for row in knowledge.rows(SUBJECT)
    )
