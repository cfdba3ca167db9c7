"""Leftovers: the stretches of a copy that are no part of its story, found by the rows of `en/residue`."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
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
WORD_OF_TITLE = r"[^\s.!?\]]{1,40}"
LAST_OF_TITLE = (
    r"(?!(?i:a|an|and|as|at|after|before|but|by|for|from|how|if|in|into|is|of|on|or|over|than|that|the|to|under|was|what"
    r"|when|where|which|who|why|with)\s)[^\s.!?\]]{0,40}[\w’')”%]"
)
CAPITAL = r"(?!(?:And|As|At|By|For|From|Into|Of|Or|To|With|Is|Are|Was|Were|Its)\s)[A-ZÀ-ÖØ-Þ][\w’'-]*"
BEGINS_A_SENTENCE = (
    rf"(?:(?:{CAPITAL} (?:of (?:the )?)?){{0,3}}{CAPITAL}"
    r"(?:, (?:which|who|whose|where|the|a|an|then|now|aged|once|long|still|however|meanwhile)\b"
    r"|,? (?:said|says|told|has|have|had|is|are|was|were|will|would|could|can|may|might|must|did|does|do)\b"
    r"|(?: (?:also|later|again|then|once|twice|repeatedly|\w+ly))?"
    r" (?:accused|denied|denies|rejected|warned|called|calls|vowed|announced|reported|confirmed|claimed|condemned|urged"
    r"|refused|demanded|fired|struck|hit|killed|took|seized|began|gave|sent|met|fled|died|fell|left|came|went)\b)"
    r"|[“\"][^“”\"\n]{8,300}[,.!?][”\"]|(?:The|A|An|In|On|At|It|He|She|They|But|And|We|Its|His|Her|Their|This|That|There)\s)"
)
"""What shows a capital word to begin a sentence of the story, not to go on with the title of another."""

TELLS_A_TITLE = (
    r"(?i:how|why|what|who|where|when|timeline|map|maps|inside|explainer|explained|analysis|opinion|profile)"
)
PIECES = {
    "{few}": r"(?:\s[\w’'&.-]{1,30}){0,6}?",
    "{rest}": rf"(?-i:(?:,?\s+[a-z0-9à-ÿ][a-z0-9à-ÿ’'/-]{{0,30}}|,?\s{WEEKDAY}){{0,40}}+)[.!]?",
    # The title of another story: to the end of the paragraph, else to a word that begins the next sentence, or to its
    # own question mark. Where none shows its end, what begins as only titles do goes to the next capital word behind a
    # small one; of any other only the label before it is cut.
    "{title}": (
        r"(?-i:[^.!?\n]{1,160}[?!]?(?=\s*\]?\s*$)|[^.!?\n\]]{1,160}(?=\])"
        rf"|(?:{WORD_OF_TITLE}\s+){{1,24}}?{LAST_OF_TITLE}(?=\s+{BEGINS_A_SENTENCE})"
        r"|[^.!?\n]{3,120}\?(?=\s)"
        rf"|{TELLS_A_TITLE}\s[^.!?,\n\]]{{3,120}}\.(?=\s+[A-Z“\"])"
        rf"|{TELLS_A_TITLE}\s(?:{WORD_OF_TITLE}\s+){{1,24}}?(?!(?:a|an|and|as|at|by|for|from|how|in|into|of|on|or|the|to|with)\s)"
        rf"[a-z][\w’'-]{{0,40}}(?=\s+{CAPITAL})|)"
    ),
    "{line}": r"(?-i:(?:(?![.!?][\"”’)]?\s+[\"“‘]?[A-Z])[^\n]){0,250})",  # never over the end of a sentence
}
ENDS = frozenset(".!?…:")
CLOSERS = frozenset("\"'”’»“)]")
OPENERS = frozenset("\"'“‘«„([—–-•*#@")
BULLETS = re.compile(r"[-–—•·*‣▪●►>»→\s]*")
MIN_REPEAT = 60
LONGEST_TITLE = 140
FEWEST_TITLE_WORDS = 5
LONGEST_BESIDE = 40
LONGEST_BOX = 12
END_OF_BOX = re.compile(r"(?:after|end of) .{0,40}(?:promotion|most read)", re.IGNORECASE)
STOPS_OF_TITLES = ".!:;…,"
NUMBERED = re.compile(r"[ \t]*(\d{1,2})[.)][ \t\u00a0]+(?=\S)")
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}\.\w|\+\d[\d ()./-]{6,20}\d|(?<![\d,.])0\d[\d ()/-]{6,20}\d(?![,.]?\d)")
CREDIT = re.compile(r"\s+(?:Additional )?(?:Report|Reporting|Writing|Written|Editing|Edited) (?:by|from) [A-Z]")
PLURAL = re.compile(r"(?<=[a-z)?])s\?")
"""An optional plural; a capital S before a small letter begins the next, glued word instead."""

LETTER = re.compile(r"[^\W\d_]")


class _Row(NamedTuple):
    why: str
    where: str
    word: str
    pattern: re.Pattern[str]
    heads: str  # what the lines below it are: "titles", "contacts", a "box", or nothing of its own
    first: str  # what it is as a report's first line: "title", "title_alone", or a leftover there too


class _Hit(NamedTuple):
    start: int
    end: int
    why: str
    where: str


def cut_lines(text: str, found: Sequence[Span], knowledge: Knowledge) -> tuple[Cut, ...]:
    """The lines that are leftovers as a whole, with what hangs on them.

    What hangs on them are titles under a "related stories" line, addresses under "for more information", the one-word
    names in a share bar, and numbered titles at the end.
    """
    rows = _rows(knowledge)
    whys: list[str | None] = []
    heads = ""
    first = True
    for index, line in enumerate(found):
        row = _row_of_line(text[line.start : line.end], rows)
        if row and row.first and first and _is_headline(text, found, index, row, rows):
            row = None
        if len(whys) > index:
            continue
        if row and row.heads == "box":
            whys += [row.why] * (1 + _box(text, found, index))
            heads = ""
        elif row:
            whys.append(row.why)
            heads = row.heads
        elif (heads == "titles" and _is_listed(text, found, index)) or (
            heads == "contacts" and _is_contact(text, found, index, rows)
        ):
            whys.append("related_link" if heads == "titles" else "boilerplate")
        else:
            whys.append(None)
            heads = ""
            first = False
    _spread(text, found, whys, rows)
    _cut_numbered_end(text, found, whys)
    return tuple(Cut(line, why) for line, why in zip(found, whys, strict=True) if why)


def _box(text: str, found: Sequence[Span], index: int) -> int:
    """How many lines below this one belong to a box that a line marks the end of; none where no line does."""
    for number, line in enumerate(found[index + 1 : index + 1 + LONGEST_BOX], 1):
        if END_OF_BOX.fullmatch(text, line.start, line.end):
            return number
    return 0


def _is_headline(text: str, found: Sequence[Span], index: int, row: _Row, rows: tuple[_Row, ...]) -> bool:
    """Whether a first line such as "LIVE: …" is the report's own headline, not a link above it.

    One that is mostly a link ("Watch: …") is a headline only where the next line could not be one.
    """
    if row.first == "title" or index + 1 >= len(found):
        return index + 1 < len(found)
    for line in found[index + 1 : index + 1 + LONGEST_BOX]:
        words = text[line.start : line.end]
        if not _row_of_line(words, rows):
            return len(words) > LONGEST_TITLE or len(words.split()) < FEWEST_TITLE_WORDS or words[-1] in '.:;!…"”'
    return False


def _spread(text: str, found: Sequence[Span], whys: list[str | None], rows: tuple[_Row, ...]) -> None:
    """Cut the lines that are leftovers only next to another of their kind, such as "X" in a share bar."""
    beside = [row for row in rows if row.where == "beside"]
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        back = -order.step
        for index in order:
            words = text[found[index].start : found[index].end]
            if whys[index] is None and len(words) <= LONGEST_BESIDE:
                whys[index] = next(
                    (row.why for row in beside if whys[index + back] == row.why and row.pattern.fullmatch(words)), None
                )


def _cut_numbered_end(text: str, found: Sequence[Span], whys: list[str | None]) -> None:
    """Cut numbered titles below the story that begin behind a leftover, with nothing but leftovers after them.

    A numbered list that goes on from one in the story, or stands right below the story, may be its own.
    """
    numbers: list[int] = []
    for index in reversed(range(len(found))):
        number = NUMBERED.match(text, found[index].start, found[index].end)
        if whys[index] is not None:
            if numbers:
                break
        elif not number or text[found[index].end - 1] in STOPS_OF_TITLES:
            return
        else:
            numbers.append(index)
    if not numbers or numbers[-1] == 0 or whys[numbers[-1] - 1] is None:
        return
    above = next((index for index in reversed(range(numbers[-1])) if whys[index] is None), None)
    if above is not None and not NUMBERED.match(text, found[above].start, found[above].end):
        for index in numbers:
            whys[index] = "related_link"


def cut_phrases(text: str, spans: Sequence[Span], knowledge: Knowledge) -> tuple[Cut, ...]:
    """The leftovers inside these paragraphs: at their ends, between sentences, next to one another, glued or not."""
    folded = text.lower()
    rows = [row for row in _rows(knowledge) if row.where in ("slot", "anywhere") and row.word in folded]
    cuts: list[Cut] = []
    for span in spans:
        last = None
        for hit in sorted(_hits(text, span, rows), key=lambda hit: (hit.start, -hit.end)):
            if last is not None and hit.start < last:
                continue
            begins = _begins_well(text, hit, span, last) or _stands_before_credit(text, hit, span)
            if begins and _ends_well(text, hit, span):
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
                # Of a paragraph that is nothing else, `cut_lines` has told whether it is the report's headline.
                whole = row.first and match.span() == (span.start, span.end)
                if match.end() > match.start() and not whole:
                    yield _Hit(match.start(), match.end(), row.why, row.where)


def _row_of_line(words: str, rows: tuple[_Row, ...]) -> _Row | None:
    if len(words) > LONGEST_LINE:
        return None
    bare = words[BULLETS.match(words).end() :] if words[:1] in "-–—•·*‣▪●►" else words  # type: ignore[union-attr]
    folded = words.lower()
    for row in rows:
        if row.word in folded and row.where in ("line", "slot") and row.pattern.fullmatch(bare):
            return row
    return None


def _is_listed(text: str, found: Sequence[Span], index: int) -> bool:
    """Whether a line under "related stories" is one of the titles there: short, and without a stop."""
    words = text[found[index].start : found[index].end]
    if len(words) > 140 or words[-1] in ".:;!…" or words.isupper():
        return False
    if index + 1 == len(found) or NUMBERED.match(words):
        return True
    # The last title before the story goes on may be the heading of what follows; it stays.
    after = text[found[index + 1].start : found[index + 1].end]
    return len(after) <= 140 and after[-1] not in '.:;!…"”'


def _is_contact(text: str, found: Sequence[Span], index: int, rows: tuple[_Row, ...]) -> bool:
    """Whether a line under "for more information" holds an address or a number, or names whose they are."""
    words = text[found[index].start : found[index].end]
    if len(words) > LONGEST_LINE:
        return False
    if ADDRESS.search(words):
        return True
    after = [text[line.start : line.end] for line in found[index + 1 : index + 3]]
    # Never past a paragraph of the story, nor a leftover of its own.
    near = takewhile(lambda each: len(each) <= 100 and not _row_of_line(each, rows), after)
    return len(words) <= 100 and words[-1] not in STOPS_OF_TITLES and any(ADDRESS.search(each) for each in near)


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


def _stands_before_credit(text: str, hit: _Hit, span: Span) -> bool:
    """Whether a credit comes next, which ends even an unfinished sentence."""
    glued = hit.start == span.start or not text[hit.start - 1].isspace()
    return not glued and CREDIT.match(text, hit.end, span.end) is not None


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
            row.get("heads", ""),
            row.get("first", ""),
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
