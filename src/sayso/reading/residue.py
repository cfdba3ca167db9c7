"""Leftovers: the stretches of a copy that are no part of its story, found by the rows of `en/residue`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.patterns import loosened
from sayso.record import Cut, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.knowledge import Knowledge

SUBJECT = "en/residue"
LONGEST_LINE = 400
"""A line longer than this is a paragraph, whatever it begins with."""

TOP_LEVEL = (
    "com|org|net|info|news|media|tv|eu|int|gov|edu|co\\.uk|co\\.il|com\\.ua|com\\.au"
    "|co|uk|ua|ru|de|fr|it|es|pl|by|io|example"
)
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
SITE = (
    rf"(?:(?:www\.)?[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{0,3}}?\.(?:{TOP_LEVEL})(?-i:(?![a-z]))"
    r"|(?-i:(?:[Tt]he )?(?:KNOWN)(?!\w)|(?:[Tt]he )?[A-Z][\w’'-]*))"
)
PIECES = {
    "{few}": r"(?:\s[\w’'&.-]{1,30}){0,6}?",
    "{rest}": rf"(?-i:(?:,?\s+[a-z0-9à-ÿ][a-z0-9à-ÿ’'/-]{{0,30}}|,?\s{WEEKDAY}){{0,40}}+)[.!]?",
    # The title of another story: to the end of the paragraph, else to a word that begins the next sentence, or to its
    # own question mark. Where none shows its end, only the label before it is cut.
    "{title}": (
        r"(?-i:[^.!?\n]{1,160}[?!]?(?=\s*\]?\s*$)|[^.!?\n\]]{1,160}(?=\])"
        r"|[^.!?\n]{3,160}?(?=\s(?:The|A|An|In|On|At|It|He|She|They|But|And|We|Its|His|Her|Their|This|That|There)\s)"
        r"|[^.!?\n]{3,120}\?(?=\s)|)"
    ),
    "{line}": r"(?-i:(?:(?![.!?][\"”’)]?\s+[\"“‘]?[A-Z])[^\n]){0,250})",  # never over the end of a sentence
}
ENDS = frozenset(".!?…:")
CLOSERS = frozenset("\"'”’»“)]")
OPENERS = frozenset("\"'“‘«„([—–-•*#@")
BULLETS = re.compile(r"[-–—•·*‣▪●►>»→\s]*")
MIN_REPEAT = 60
PLURAL = re.compile(r"(?<=[a-z)?])s\?")
"""An optional plural; a capital S before a small letter begins the next, glued word instead."""

LETTER = re.compile(r"[^\W\d_]")


class _Row(NamedTuple):
    why: str
    where: str
    word: str
    pattern: re.Pattern[str]
    heads_list: bool


class _Hit(NamedTuple):
    start: int
    end: int
    why: str
    where: str


def cut_lines(text: str, found: Sequence[Span], knowledge: Knowledge) -> tuple[Cut, ...]:
    """The lines that are leftovers as a whole, and the titles listed under a "related stories" line."""
    rows = _rows(knowledge)
    cuts: list[Cut] = []
    listing = False
    for index, line in enumerate(found):
        words = text[line.start : line.end]
        row = _row_of_line(words, rows)
        if row:
            cuts.append(Cut(line, row.why))
            listing = row.heads_list
        elif listing and _is_listed(text, found, index):
            cuts.append(Cut(line, "related_link"))
        else:
            listing = False
    return tuple(cuts)


def cut_phrases(text: str, spans: Sequence[Span], knowledge: Knowledge) -> tuple[Cut, ...]:
    """The leftovers inside these paragraphs: at their ends, between sentences, next to one another, glued or not."""
    folded = text.lower()
    rows = [row for row in _rows(knowledge) if row.where != "line" and row.word in folded]
    cuts: list[Cut] = []
    for span in spans:
        last = None
        for hit in sorted(_hits(text, span, rows), key=lambda hit: (hit.start, -hit.end)):
            if last is not None and hit.start < last:
                continue
            if _begins_well(text, hit, span, last) and _ends_well(text, hit, span):
                cuts.append(Cut(Span(hit.start, hit.end), hit.why))
                last = hit.end
    return tuple(cuts)


def cut_repeats(text: str, spans: Sequence[Span]) -> tuple[Cut, ...]:
    """Whole paragraphs that stood in the text before, word for word."""
    seen: set[str] = set()
    cuts: list[Cut] = []
    for span in spans:
        if span.end - span.start < MIN_REPEAT:
            continue
        words = " ".join(text[span.start : span.end].split())
        if words in seen:
            cuts.append(Cut(span, "duplicate"))
        seen.add(words)
    return tuple(cuts)


def _hits(text: str, span: Span, rows: list[_Row]) -> Iterator[_Hit]:
    inside = text[span.start : span.end].lower()
    for row in rows:
        if row.word in inside:
            for match in row.pattern.finditer(text, span.start, span.end):
                if match.end() > match.start():
                    yield _Hit(match.start(), match.end(), row.why, row.where)


def _row_of_line(words: str, rows: tuple[_Row, ...]) -> _Row | None:
    if len(words) > LONGEST_LINE:
        return None
    bare = words[BULLETS.match(words).end() :] if words[:1] in "-–—•·*‣▪●►" else words  # type: ignore[union-attr]
    folded = words.lower()
    for row in rows:
        if row.word in folded and row.where != "anywhere" and row.pattern.fullmatch(bare):
            return row
    return None


def _is_listed(text: str, found: Sequence[Span], index: int) -> bool:
    """Whether a line under "related stories" is one of the titles there: short, and without a stop."""
    words = text[found[index].start : found[index].end]
    if len(words) > 140 or words[-1] in ".:;!…" or words.isupper():
        return False
    if index + 1 == len(found):
        return True
    # The last title before the story goes on may be the heading of what follows; it stays.
    after = text[found[index + 1].start : found[index + 1].end]
    return len(after) <= 140 and after[-1] not in '.:;!…"”'


def _begins_well(text: str, hit: _Hit, span: Span, last: int | None) -> bool:
    at = hit.start - 1
    while at >= span.start and text[at].isspace():
        at -= 1
    if at < span.start or (last is not None and at < last):
        return True
    glued = at == hit.start - 1
    if hit.where == "anywhere":
        first = text[hit.start]
        return first.isupper() and (not glued or text[at].islower() or text[at].isdigit() or not text[at].isalnum())
    while at >= span.start and text[at] in CLOSERS:
        at -= 1
        if glued and text[at + 1] in "\"'" and (at < span.start or text[at] not in ENDS):
            return False
    return at >= span.start and text[at] in ENDS and text[at] != ":"


def _ends_well(text: str, hit: _Hit, span: Span) -> bool:
    at = hit.end
    while at < span.end and text[at].isspace():
        at += 1
    if at == span.end:
        return True
    after = text[at]
    if after in ".,;:?!…" or after.islower():
        return False
    return after.isupper() or after.isdigit() or after in OPENERS or not LETTER.match(after) or at > hit.end


@cache
def _rows(knowledge: Knowledge) -> tuple[_Row, ...]:
    site = SITE.replace("KNOWN", _known_outlets(knowledge))
    return tuple(
        _Row(
            row["why"],
            row["where"],
            row.get("word", ""),
            re.compile(_filled(row["pattern"], site), re.IGNORECASE),
            bool(row.get("heads_list")),
        )
        for row in knowledge.rows(SUBJECT)
    )


def _filled(pattern: str, site: str) -> str:
    """A row's pattern as a regular expression: blanks and apostrophes outside of [sets] stand for all of their kind."""
    filled = loosened(PLURAL.sub("(?-i:s|S(?![a-z]))?", pattern))
    for name, piece in (*PIECES.items(), ("{site}", site)):
        filled = filled.replace(name, piece)
    # A leftover begins with a word of its own, not in the middle of another.
    return rf"(?-i:(?<![a-z’'-](?=[a-z]))(?<![A-Z](?=[A-Za-z])))(?:{filled})"


def _known_outlets(knowledge: Knowledge) -> str:
    names = {name for row in knowledge.rows("outlets") for name in (row["name"], *row.get("also", ()))}
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
