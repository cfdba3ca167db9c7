"""Headings and picture credits glued to a sentence: a line break lost in copying, and what shows where it was."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sayso.knowledge.gazetteer import gazetteer
from sayso.models.sides import stand_ins
from sayso.reading.headings import HASHES
from sayso.reading.names import NAME, UPPER, outlet_pattern, outlets
from sayso.reading.unclosed import told_after, verbs_of_saying
from sayso.values.capitals import is_loud

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.knowledge import Knowledge

LONGEST = 120
LONGEST_QUOTED = 400
MOST_WORDS = 13
FEWEST_CAPITALS = 8
"""Letters of several words in capitals from which they are a heading, not the short names of bodies."""

FEWEST_ALONE = 5
LONGEST_SHORT_NAME = 7
"""Letters from which one word in capitals is no short name before a name ("UNHCR Commissioner …")."""

FIRST = (
    "The|A|An|He|She|They|It|We|There|This|These|Those|That|His|Her|Their|Its|Our|But|In|On|At|After|Before|During|When"
    "|While|As|Since|Under|With|For|From|By|If|Some|Many|More|Most|Several|Both|All|Every|Nobody|No|One|Two|Three|Four"
    "|Five|Six|Dozens|Hundreds|Thousands|Meanwhile|However|According"
)
FIRSTS = frozenset(FIRST.split("|"))
LETTERED = (
    r"(?<!\b[Vv]itamin)(?<!\b[Gg]roup)(?<!\b[Pp]lan)(?<!\b[Hh]epatitis)(?<!\b[Ss]ection)(?<!\b[Cc]lass)(?<!\b[Tt]ype)"
)
OPENING = "“\"«„‘'"
LOUD = rf"[{UPPER}]{{2,}}(?:[’'-][{UPPER}]+)*(?![^\W\d_{UPPER}])"
LOUD_RUN = re.compile(rf"{LOUD}(?:(?:,? |/| & )(?:{LOUD}|\d[\d,.]*\d|A(?= [{UPPER}]{{2}})))*")
NEXT = re.compile(rf"\s*(?=(?P<mark>[{OPENING}]?)(?P<word>[{UPPER}](?:[^\W\d_{UPPER}][\w-]*|(?=\s))))")
JOINT = re.compile(rf"(?<=[^\W\d_{UPPER}]{{2}})(?=[{UPPER}][^\W\d_{UPPER}]|A\s|[“«„‘\"][{UPPER}])")
SPACED = re.compile(
    rf"(?P<before>[\w’')%]+){LETTERED}\s+(?=(?P<word>[{UPPER}][\w’'-]*)\s+(?P<after>[\w’'-]+))", re.DOTALL
)
JOINING = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "told", "with"}
)
NAMED_THE = frozenset({"Hague", "Gambia", "Bahamas", "Netherlands", "Philippines", "Vatican"})
QUOTATION = re.compile(rf"(?<=[\w’')%])\s+(?=[“\"«][{UPPER}][^“”\"«»]{{2,{LONGEST_QUOTED}}}[,?!…][”\"»])")
STOPS = re.compile(r"[.!?;:“”«»\"]")
WORD = re.compile(r"[^\W\d_]+")
LAST_WORD = re.compile(r"[\w’'-]+$")
PICTURE = r"(?:(?i:photo(?:graph)?s?|images?|pictures?)(?: (?i:credit|by))?:? )"
NEWSROOM = rf"[{UPPER}][\w&.-]+(?: (?i:images|press|news|agency|media|wire|photo)\b){{0,2}}"


def heading_before(words: str, knowledge: Knowledge) -> int:
    """How long the heading is that a paragraph begins with before its first sentence; 0 without one.

    >>> from sayso.knowledge import ours
    >>> heading_before("BORDER TOWNS The mayor left.", ours()), heading_before("The mayor left.", ours())
    (13, 0)
    """
    hashes = HASHES.match(words)
    start = hashes.end() if hashes else 0
    head = words[start : start + LONGEST]
    if is_loud(words):
        return 0
    for ends in (_behind_capitals, _at_joint, _at_first_word, _at_quotation):
        for at in ends(head, words[start:], knowledge):
            if _may_be_heading(head[:at], knowledge):
                return start + at
    return 0


def _may_be_heading(left: str, knowledge: Knowledge) -> bool:
    """Whether words could be a heading: not too many, without a stop, and telling nobody's words."""
    said = {word.casefold() for word in WORD.findall(left)}
    return 0 < len(left.split()) <= MOST_WORDS and not STOPS.search(left) and not said & verbs_of_saying(knowledge)


def _behind_capitals(head: str, words: str, knowledge: Knowledge) -> Iterator[int]:
    """Behind words in capitals, where the next word is not: one word before what only begins a sentence, or more."""
    run = LOUD_RUN.match(head)
    after = NEXT.match(head, run.end()) if run else None
    if not run or not after:
        return
    parts = WORD.findall(run[0])
    letters = sum(map(len, parts))
    begins = after["word"] in FIRSTS or bool(after["mark"])
    if len(parts) > 1:
        is_heading = letters >= FEWEST_CAPITALS and not set(parts) <= _short_names(knowledge)
    else:
        known = begins or (letters >= LONGEST_SHORT_NAME and after["word"] in firsts(knowledge))
        is_heading = letters >= FEWEST_ALONE and known and parts[0] not in _short_names(knowledge)
    if is_heading:
        yield after.end()


def _at_joint(head: str, words: str, knowledge: Knowledge) -> Iterator[int]:
    """Where a small letter meets a capital inside a word: "townsThe"."""
    for joint in JOINT.finditer(head):
        left, right = LAST_WORD.search(head, 0, joint.start()), WORD.match(head, joint.end())
        if left is None or right is None:
            if left is not None and len(head[: joint.start()].split()) > 1:
                yield joint.start()
            continue
        small = left[0][0].islower() and len(left[0]) > 2
        if small or (right[0] in firsts(knowledge) and left[0] + right[0] not in TWO_CAPITALS):
            yield joint.start()


TWO_CAPITALS = frozenset({"LinkedIn"})


def _at_first_word(head: str, words: str, knowledge: Knowledge) -> Iterator[int]:
    """Before a word that begins a sentence, large in the middle of one, with a small word behind it.

    What begins as a sentence does is more likely one that lost its stop.
    """
    if head.partition(" ")[0] in FIRSTS:
        return
    for found in SPACED.finditer(head):
        left = head[: found.end()].split()
        if len(left) > 1 and "," not in head[: found.end()] and _begins_anew(found, knowledge):
            yield found.end()


def _begins_anew(found: re.Match[str], knowledge: Knowledge) -> bool:
    """Whether a large word begins a sentence: a small word follows, or it is "The" behind a word that joins nothing."""
    word, goes_on = found["word"], not found["after"][0].isupper()
    if word in FIRSTS and goes_on:
        return True
    if not found["before"][0].islower() or found["before"] in JOINING:
        return False
    if word == "The":
        return found["after"] not in NAMED_THE and f"The {found['after']}" not in outlets(knowledge)
    return goes_on and word[-1] == "s" and word in firsts(knowledge) and word not in stand_ins()


def _at_quotation(head: str, words: str, knowledge: Knowledge) -> Iterator[int]:
    """Before a quotation whose speaker is named behind it."""
    found = QUOTATION.search(words, 0, LONGEST + LONGEST_QUOTED)
    if found and found.start() < len(head) and "," not in head[: found.start()]:
        close = re.compile('[”"»]').search(words, found.end() + 1)
        if close and len(head[: found.start()].split()) > 1 and told_after(words, close.end(), knowledge):
            yield found.end()


def picture_credits(words: str, knowledge: Knowledge) -> Iterator[re.Match[str]]:
    """Credits of pictures inside a paragraph, each before a sentence: "Photo: Ana Reva/Northwire The mayor …"."""
    if "/" in words or "Getty" in words:
        yield from _pictures(knowledge).finditer(words)


@cache
def _pictures(knowledge: Knowledge) -> re.Pattern[str]:
    first = rf"(?=\s*(?:$|[{OPENING}]?(?:{'|'.join(sorted(firsts(knowledge)))})(?!\w)|[{OPENING}][{UPPER}]|[\])]))"
    by = rf"(?P<names_1>{NAME}) ?/ ?{NEWSROOM}(?: via [{UPPER}]\w+(?: Images)?)?"
    of = rf"{outlet_pattern(knowledge)} ?/ ?(?P<names_2>{NAME})"
    return re.compile(
        rf"(?:^|(?<=[.!?…”\"»)\]])\s*)[\[(]?(?:{PICTURE}?{by}{first}|{of}{first}"
        rf"|(?:{outlet_pattern(knowledge)} via )?Getty Images)\s*[\])]?"
    )


@cache
def firsts(knowledge: Knowledge) -> frozenset[str]:
    """Words that can begin a sentence about a conflict: small ones written large, countries, peoples, offices."""
    countries = {name for _, name in gazetteer().country_names() if name.isalpha()}
    peoples = {name for row in knowledge.rows("countries") for name in row.get("demonyms", ()) if name.isalpha()}
    roles = {word.capitalize() for row in knowledge.rows("en/role") for word in row["words"] if word.isalpha()}
    return FIRSTS | countries | peoples | roles | {f"{role}s" for role in roles} | {"Police", "Gunmen", "Rebels"}


@cache
def _short_names(knowledge: Knowledge) -> frozenset[str]:
    """Names that rows write in capitals: outlets and parties."""
    rows = (*knowledge.rows("outlets"), *knowledge.rows("parties"))
    names = (name for row in rows for name in (row.get("name", ""), *row.get("also", ())))
    return frozenset(name for name in names if name.isupper()) | {"US", "UN", "EU", "UK", "NATO", "USA", "UAE"}
