"""Quotations: curly, straight, low and angled marks, nested, reopened at each paragraph, odd or missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.unclosed import end_of_unclosed
from sayso.record import Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.knowledge import Knowledge
    from sayso.reading.lines import Block

MARK = re.compile("``|(?<!')''(?!')|‘‘|’’(?!’)|,,(?=\\w)|[\"“”„‟«»‘’‚'‹›]")
CLOSED_BY: dict[str, frozenset[str]] = {
    "“": frozenset('”"'),
    "„": frozenset('“”"'),
    "‟": frozenset("”"),
    '"': frozenset('"”'),
    "«": frozenset("»"),
    "»": frozenset("«"),
    "‘": frozenset("’'"),
    "‚": frozenset("‘’"),
    "'": frozenset("'’"),
    "‹": frozenset("›"),
    "›": frozenset("‹"),
    "``": frozenset(("''", "’’", '"')),
    "''": frozenset(("''",)),
    "‘‘": frozenset(("’’", "''")),
    ",,": frozenset(("‘‘", "’’", "''")),
}
DEEPEST = 6
"""Nobody quotes a quotation of a quotation further than this; what looks so is a row of marks."""

LATER_CLOSER = re.compile(r"[.,!?…\w][’'](?!\w)")
SINGLE = frozenset("‘’‚'‹›")


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    depth: int


class Quoted(NamedTuple):
    """The quotations of a page, and the stretches of marks that do not pair."""

    quotations: tuple[Quotation, ...]
    odd: tuple[Span, ...]


def quoted(blocks: Sequence[tuple[Block, Sequence[tuple[int, int]]]], knowledge: Knowledge) -> Quoted:
    """The quotations of these paragraphs, each with its stretches of story, in order.

    One that is not closed ends before the words that tell who spoke, else with its stretch. That is odd only if the
    next paragraph does not open with a mark: a speech over several paragraphs is reopened in each.
    """
    quotations: list[Quotation] = []
    odd: list[Span] = []
    stretches = [(block, start, end) for block, ranges in blocks for start, end in ranges]
    for index, (block, start, end) in enumerate(stretches):
        found, strays = _in_stretch(block.words, start, end)
        spans = [block.kept.spans(at, at + 1) for at in strays]
        odd += [pieces[0] for pieces in spans if pieces]
        for opened, closed_at, last in found:
            goes_on = last == end and opened.depth == 0 and _reopens(stretches, index + 1)
            after = last
            if closed_at is None and not goes_on:
                after = end_of_unclosed(block.words, opened.at + len(opened.mark), last, knowledge)
            quotation = _quotation(block, opened, closed_at, after)
            if quotation:
                quotations.append(quotation)
                if closed_at is None and not goes_on:
                    odd.append(Span(quotation.span.start, quotation.span.start + 1))
    return Quoted(tuple(sorted(quotations, key=lambda each: (each.span.start, -each.span.end))), tuple(sorted(odd)))


def _reopens(stretches: list[tuple[Block, int, int]], index: int) -> bool:
    if index >= len(stretches):
        return False
    block, start, _ = stretches[index]
    return block.words[start : start + 1] in ("“", '"', "«", "„", "‘", "'", "”")


def _in_stretch(words: str, start: int, end: int) -> tuple[list[tuple[_Open, int | None, int]], list[int]]:
    """Each quotation with where its closing mark begins (None: never) and where it ends; and the marks left over."""
    open_marks: list[_Open] = []
    found: list[tuple[_Open, int | None, int]] = []
    strays: list[int] = []
    marks = list(MARK.finditer(words, start, end))
    closers_left = _later_closers(words, marks, start, end)
    for number, match in enumerate(marks):
        mark, at = match[0], match.start()
        if _is_apostrophe(words, at, mark, start, end, open_marks):
            continue
        closes = _closes(open_marks, mark, words, at, start, end)
        if closes is not None:
            for lost in open_marks[closes + 1 :]:
                found.append((lost, None, at))
            found.append((open_marks[closes], at, match.end()))
            del open_marks[closes:]
        elif len(open_marks) < DEEPEST and _opens(words, match, start, end, later=closers_left[number]):
            if open_marks and open_marks[-1].mark == mark and _opens_anew(words, at, mark):
                found.append((open_marks.pop(), None, at))
            open_marks.append(_Open(mark, at, len(open_marks)))
        elif mark not in SINGLE:
            strays.append(at)
    bare_end = start + len(words[start:end].rstrip())
    # A lone single mark that never closes is more likely an apostrophe than a quotation.
    found += [(lost, None, bare_end) for lost in open_marks if lost.mark not in "'’"]
    return found, strays


def _opens_anew(words: str, at: int, mark: str) -> bool:
    """Whether the same mark opens again before it was closed, so that its closing mark is missing.

    Angled and doubled marks can stand inside their own kind, but not behind a stop or a comma.
    """
    return mark in '“"' or (mark not in SINGLE and words[:at].rstrip()[-1:] in (",", ".", "!", "?", "…"))


def _later_closers(words: str, marks: list[re.Match[str]], start: int, end: int) -> list[bool]:
    """For each mark, whether a straight single mark that could close stands later in the stretch."""
    later = False
    found: list[bool] = []
    for match in reversed(marks):
        found.append(later)
        at = match.start()
        if match[0] in "'’" and at > start and not words[at - 1].isspace():
            later = later or not words[at + 1 : at + 2].isalnum()
    return found[::-1]


def _is_apostrophe(words: str, at: int, mark: str, start: int, end: int, open_marks: list[_Open]) -> bool:
    if mark not in ("'", "’", "‘"):
        return False
    before = words[at - 1] if at > start else " "
    after = words[at + 1] if at + 1 < end else " "
    if before.isalnum() and after.isalnum():
        return True
    if mark == "‘":
        return False
    if mark == "’" and not before.isalnum() and after.isalnum() and not any(each.mark in "‘'‚" for each in open_marks):
        return True  # ’90s
    single_open = any(each.mark in "‘'‚" for each in open_marks)
    return before.isalnum() and not single_open


def _closes(open_marks: list[_Open], mark: str, words: str, at: int, start: int, end: int) -> int | None:
    """Which open quotation a mark closes, innermost first."""
    if mark in ('"', "'", "''") and not _can_close(words, at, start):
        return None
    for index in range(len(open_marks) - 1, -1, -1):
        opened = open_marks[index]
        if mark in CLOSED_BY.get(opened.mark, ()) and at > opened.at + len(opened.mark) - 1:
            if opened.mark in "'‘" and mark in "'’" and words[at - 1 : at].lower() == "s" and _plural(words, at, end):
                return None
            return index
    return None


def _plural(words: str, at: int, end: int) -> bool:
    """Whether the mark after an s is more likely a plural's ("the soldiers' homes") since another closes later."""
    after = words[at + 1 : at + 3]
    if len(after) < 2 or after[0] != " " or not after[1].islower():
        return False
    return LATER_CLOSER.search(words, at + 1, min(end, at + 400)) is not None


def _can_close(words: str, at: int, start: int) -> bool:
    return at > start and not words[at - 1].isspace() and words[at - 1] not in "([—–"


def _opens(words: str, match: re.Match[str], start: int, end: int, *, later: bool) -> bool:
    mark, at = match[0], match.start()
    before = words[at - 1] if at > start else " "
    after = words[match.end()] if match.end() < end else " "
    match mark:
        case "“" | "«" | "„" | "‹" | "``" | "‘‘" | ",," | "‚" | "‟":
            return not after.isspace() or mark in "“«„"
        case "‘":
            return not after.isspace()
        case '"' | "''":
            return ((not before.isalnum() or after.isalnum()) and not after.isspace() and before not in ",.!?…") or (
                before in ".!?…" and after.isupper()
            )
        case "'":
            return not before.isalnum() and after.isalnum() and later and before not in ",.!?…"
        case "»" | "›":
            return not before.isalnum() and before not in ",.!?…" and after.isalnum()
        case _:
            return False


def _quotation(block: Block, opened: _Open, closed_at: int | None, after: int) -> Quotation | None:
    begin = opened.at + len(opened.mark)
    inner = block.words[begin : after if closed_at is None else closed_at]
    bare = inner.strip()
    if not any(char.isalnum() for char in bare):
        return None
    begin += len(inner) - len(inner.lstrip())
    pieces = block.kept.spans(begin, begin + len(bare))
    outer = block.kept.spans(opened.at, after if closed_at is not None else begin + len(bare))
    return Quotation(Span(outer[0].start, outer[-1].end), pieces, opened.depth, closed_at is not None)
