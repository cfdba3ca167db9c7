"""For which side a speaker speaks where the reading leaves it open: words of the report that say it, else nobody's.

Two ways only, both the report's own words. The office is one of a party's own region ("the governor of Upland's Harrow
region"), and no other side stands beside it ("the Lowland-installed governor"). Or the heading gives to a party what
the first statement gives to an official: "Upland says 19 killed …", and then "… killing 19, the governor said".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.accounts.known import Known, known
from sayso.knowledge import Knowledge
from sayso.record import Reading, Source, Span, Statement

OF_A_SIDE = re.compile(r"\b(?:of|for|in)\s+(?:the\s+)?(?P<side>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})['’]s\b")
SAYS_FIRST = re.compile(
    r"^\W*(?P<side>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})\s(?:says|said|accuses|confirms|claims)\b(?P<rest>.*)", re.S
)
SAYS_LAST = re.compile(r"^(?P<rest>.*?)[,:]\s+(?:says|said)\s+(?P<side>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})\W*$", re.S)
WORD = re.compile(r"[^\W\d_]{4,}|\d+")
PARTS = re.compile(r"[^\W\d_]+(?:['’]s)?")
APPOSED = re.compile(r"\b(?P<what>(?:the|The)\s[^,.;:\"“”]{4,90}),\s$")
FURTHEST = 110
FEWEST = 2
"""Words that a heading and a statement must share to be of one thing."""


@dataclass(frozen=True, slots=True)
class Side:
    """A party, and the report's words that name it."""

    party: str
    words: str


def is_heading(words: str) -> bool:
    """Whether a side's words are a heading that gives somebody's words to it: they need not name them."""
    return bool(SAYS_FIRST.match(words) or SAYS_LAST.match(words))


class Sides:
    """Answers for one reading."""

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self._reading = reading
        self._rows = known(knowledge)
        self._by_heading = self._from_heading()

    def of(self, source: Source, who: Span | None) -> Side | None:
        """The side of a person whom the reading gives none, by the words that name them or by the heading."""
        if source.party is not None or source.naming != "named":
            return None
        told = " ".join((self._before(who), self._text(who), source.role or ""))
        return _by_office(told, self._rows) or self._by_heading.get(source.id)

    def _from_heading(self) -> dict[str, Side]:
        """The official whose words begin the report and are the heading's."""
        title = self._reading.page.title
        met = title and (SAYS_FIRST.match(title.name) or SAYS_LAST.match(title.name))
        first = next(iter(self._reading.statements), None)
        if not met or first is None or title is None:
            return {}
        party = self._rows.sides.get(met["side"].casefold())
        source = next(one for one in self._reading.sources if one.id == first.source)
        if party is None or not self._holds_an_office(source, first) or self._other_sides(source, first, party):
            return {}
        shared = _words(met["rest"]) & _words(" ".join(map(self._text, first.words)))
        return {source.id: Side(party, title.name)} if len(shared) >= FEWEST else {}

    def _holds_an_office(self, source: Source, statement: Statement) -> bool:
        told = f"{self._text(statement.who)} {source.role or ''}".casefold()
        return any(self._rows.nouns.get(word) == "office" for word in re.findall(r"[a-z]+", told))

    def _other_sides(self, source: Source, statement: Statement, party: str) -> bool:
        return bool(_sides_in(f"{self._text(statement.who)} {source.role or ''}", self._rows) - {party})

    def _before(self, who: Span | None) -> str:
        """What stands right before a name as what it is: "the governor of Upland's Harrow region, Ada Brun"."""
        text = self._reading.page.report.text
        met = APPOSED.search(text[max(0, who.start - FURTHEST) : who.start]) if who is not None else None
        return met["what"] if met is not None else ""

    def _text(self, span: Span | None) -> str:
        return self._reading.page.report.text[span.start : span.end] if span is not None else ""


def _by_office(told: str, rows: Known) -> Side | None:
    met = OF_A_SIDE.search(told)
    party = rows.sides.get(met["side"].casefold()) if met is not None else None
    if met is None or party is None:
        return None
    has_office = any(rows.nouns.get(word) == "office" for word in re.findall(r"[a-z]+", told[: met.start()].casefold()))
    return Side(party, met.group()) if has_office and _sides_in(told, rows) == {party} else None


def _sides_in(told: str, rows: Known) -> set[str]:
    words = [re.sub(r"['’]s$", "", word).casefold() for word in PARTS.findall(told)]
    found = {rows.sides.get(" ".join(words[at : at + size])) for at in range(len(words)) for size in (1, 2, 3)}
    return {side for side in found if side is not None}


def _words(said: str) -> frozenset[str]:
    return frozenset(word.casefold()[:5].removesuffix("s") for word in WORD.findall(said))
