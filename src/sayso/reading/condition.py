"""Signs of damage: what a copy shows of having been cut short, reworded, translated or glued together.

Each sign weighs something against quoting the copy in its own words. Where they weigh enough together, the first sign
is `do_not_quote`, over all stretches that warrant it. Signs too faint to speak alone show only beside that advice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.reading.worded import Weighed, signs_of_rewording
from sayso.record import Condition, Cut, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.knowledge import Knowledge
    from sayso.reading.lines import Block

ENOUGH = 1.0
"""From here on the signs together warrant the advice."""

FAINT = 0.4
"""What a row finds with less weight than this is no sign in a copy that is sound otherwise."""

STRUCTURE = {"leftovers": 0.3, "heading_damaged": 0.3, "truncated": 0.2, "odd_quotation_marks": 0.1}
"""What the other signs weigh, by kind; each kind once. Alone or all together they stay below the threshold: a copy that
is merely cut, or copied with the page around it, still has its own words."""

ADVICE = "Do not quote this copy verbatim: its words may no longer be those of its original."
ENDED = re.compile(r"[.!?…:][\"'”’»)\]\s]*$")
QUOTE_MARKS = "\"'“”‘’«»„"
WORD = re.compile(r"[^\W\d_]{3,}")
SMALL = re.compile(r"about|after|against|among|before|between|beyond|during|from|into|over|until|with|without")


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
    worded = list(signs_of_rewording(blocks, knowledge))
    strange: list[Condition] = []
    if quoting or any(weight >= FAINT and sign.kind == "reworded" for sign, weight in worded):
        told = {span for sign in quoting for span in sign.spans}
        strange = [sign for sign in _strange_headings(blocks, headings) if told.isdisjoint(sign.spans)]
    advice = _advice((*signs, *strange), worded)
    shown = [sign for sign, weight in worded if advice or weight >= FAINT]
    return (*advice, *signs, *shown, *strange)


def _advice(signs: Sequence[Condition], worded: Sequence[Weighed]) -> tuple[Condition, ...]:
    """The advice not to quote this copy verbatim, where its signs weigh enough and some are of its words."""
    weight = sum(each.weight for each in worded) + sum(STRUCTURE.get(kind, 0) for kind in {sign.kind for sign in signs})
    if not worded or round(weight, 2) < ENOUGH:
        return ()
    warrant = [each.sign for each in worded] + [sign for sign in signs if sign.kind == "heading_damaged"]
    return (Condition("do_not_quote", tuple(sorted({span for sign in warrant for span in sign.spans})), ADVICE),)


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
    """Headings in capitals half of whose words their sections never use.

    Sound reports have such headings too ("DIPLOMACY"), so they count only in a copy that shows rewording elsewhere.
    """
    for index, below in _sections(blocks, headings):
        heading = blocks[index].words.strip()
        words = [word for word in map(str.casefold, WORD.findall(heading)) if not SMALL.fullmatch(word)]
        missing = [word for word in words if word[:5] not in below]
        if heading.isupper() and missing and 2 * len(missing) >= len(words):
            says = f"The heading has words that its section never uses: {', '.join(missing)}. It may have been another."
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
