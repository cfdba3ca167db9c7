"""Which of a report's words a headline quotes for a teller: theirs that hold the deed, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.accounts.agreement import DENYING
from sayso.accounts.hearing import Heard
from sayso.record import Quoted, Saying, Span

LONGEST = 140
"""Characters of a source's words; more of them is one step away."""
FEWEST = 4
"""Words: "it" or "the other's charge" says nothing alone; the sentence is shown instead."""
FURTHEST = 200
"""Characters between somebody's words and a sentence that goes on with them."""
OF_A_THING = ("compares", "criticizes")
"""Acts whose words name what is spoken of, and are no sentence: "compared the discovery to war crimes"."""
OPENING = re.compile(r"^[\s\"“”«»„‘'–—-]+")
CLOSING = re.compile(r"[\s\"“”«»„’',;:.–—-]+$")
QUOTED = re.compile(r"“[^”]*”?|«[^»]*»?|(?<!\w)\"[^\"]*\"?|^[^“”]*”")
"""A quotation within a sentence, also one that began before it or goes on behind it."""


def words_of(heard: Heard) -> Quoted:
    """The words that hold the deed, else the sentence that does; of who denies what others tell, their own words.

    Of a sentence that the report itself tells, only what nobody else is quoted for.
    """
    saying = heard.saying
    if saying is None:
        return _own(heard)
    if not saying.words or saying.act in OF_A_THING:
        return heard.at
    at = heard.telling.trigger.span.start
    part = next((part for part in saying.words if part.span.start <= at < part.span.end), None)
    if part is None and heard.status not in DENYING and _goes_on(saying, heard.telling.sentence.span):
        return heard.telling.sentence
    part = part or saying.words[0]
    return heard.at if len(saying.words) == 1 and len(part.words.split()) < FEWEST else part


def shortened(quoted: Quoted) -> tuple[Quoted, bool]:
    """The words without marks around them, ended at a word if they are long; every letter stands where it stood."""
    words = quoted.words
    start = match.end() if (match := OPENING.search(words)) else 0
    end = match.start() if (match := CLOSING.search(words)) else len(words)
    is_cut = end - start > LONGEST
    if is_cut:
        end = words.rfind(" ", start, start + LONGEST)
        end = end if end > start else start + LONGEST
    if end <= start:
        return quoted, False
    return Quoted(Span(quoted.span.start + start, quoted.span.start + end), words[start:end]), is_cut


def _goes_on(saying: Saying, sentence: Span) -> bool:
    """Whether a sentence follows on what somebody says: a teller's words may go on without their name."""
    return 0 <= sentence.start - max(part.span.end for part in saying.words) <= FURTHEST


def _own(heard: Heard) -> Quoted:
    """What of a sentence the report itself tells: from behind the words of others to the next who is told to speak."""
    whole, at = heard.at, heard.telling.trigger.span.start
    if not whole.span.start <= at < whole.span.end:
        return whole
    others = [one for one in _of_others(heard) if not one.start <= at < one.end]
    start = max((one.end for one in others if one.end <= at), default=whole.span.start)
    end = min((one.start for one in others if one.start > at), default=whole.span.end)
    start, end = max(start, whole.span.start), min(end, whole.span.end)
    words = whole.words[start - whole.span.start : end - whole.span.start]
    return Quoted(Span(start, end), words) if len(words.split()) >= FEWEST else whole


def _of_others(heard: Heard) -> Iterator[Span]:
    """Quotations in a sentence, and where it begins to tell what somebody says."""
    whole, at = heard.at, heard.telling.trigger.span.start
    for found in QUOTED.finditer(whole.words):
        if len(found[0].split()) >= FEWEST:  # fewer are a word in quotation marks of the report's own sentence
            yield Span(whole.span.start + found.start(), whole.span.start + found.end())
    for saying in heard.telling.about:
        who = saying.speaker.who
        yield from (part.span for part in saying.words)
        if who is not None and who.span.start > at:
            yield who.span
