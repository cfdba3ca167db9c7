"""One attributed sentence for an incident: who says what, who denies it. The sources' words stand in quotation marks.

Our own words are rows (`knowledge/en/headline.toml`), neutral and the same for both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.accounts.agreement import DENYING, REAL
from sayso.accounts.authorship import blames_another
from sayso.accounts.hearing import Heard
from sayso.accounts.marks import Marks
from sayso.accounts.origins import OWN_EYES, Traced
from sayso.accounts.quoting import shortened, words_of
from sayso.accounts.versions import NOT_TOLD
from sayso.knowledge import Knowledge
from sayso.record import Account, Anchor, Cell, HeadlinePart, Quoted, Touching

MOST_DENIALS = 2
ACTS = {"accuses": "accuses", "compares": "compares", "criticizes": "criticizes"}
TOLD = REAL | {"alleged"}
PRIVATE = "a private person"
UNNAMED = "somebody not named"
PAIRED = re.compile(r"[“\"«„]([^“”\"«»„]*)[”\"»]")
"""A quotation within the words: it has single marks within ours, and others, which lost their partner, none."""
INNER = re.compile(r"[\"“”«»„]")


def headline(
    traced: Sequence[Traced], accounts: Sequence[Account], cells: Sequence[Cell], marks: Marks, knowledge: Knowledge
) -> tuple[HeadlinePart, ...]:
    """The headline's parts, in order: our words without an anchor, the sources' words each with theirs.

    The first who tells it as real leads, named sources before a newsroom without one; then one whose figures differ;
    then who denies it, and one denial in general, whose words are not told a second time as a denial of this.
    """
    by_id = {one.origin.id: one for one in traced}
    status = {account.origin: account.status for account in accounts}
    status |= {one.origin.id: "denied" for one in traced if blames_another(one)}  # it denies a part in it
    general = next((one for one in marks.denials if one.reach == "general" and not one.copied), None)
    found: list[HeadlinePart] = []
    for one in _speaking(traced, status, cells, by_id):
        told = _told(one, _status(one, status))
        if general is None or status[one.origin.id] not in DENYING or not _is_in(told, general):
            found += _part(one, told, _status(one, status), knowledge, first=not found)
    if general is not None:
        found += _general(general, knowledge, first=not found)
    return tuple(found)


def _is_in(heard: Heard, denial: Touching) -> bool:
    """Whether what is heard stands in the words of a denial."""
    at, whole = words_of(heard).span, denial.anchor.span
    return heard.report == denial.anchor.report and at.start < whole.end and whole.start < at.end


def _speaking(
    traced: Sequence[Traced], status: dict[str, str], cells: Sequence[Cell], by_id: dict[str, Traced]
) -> Iterator[Traced]:
    tells = [one for one in traced if any(heard.status for heard in one.heard)] or list(traced)
    asserting = [one for one in tells if status[one.origin.id] not in DENYING]
    asserting.sort(key=lambda one: (one.is_unsourced, status[one.origin.id] not in REAL, one.origin.basis == OWN_EYES))
    yield from asserting[:1]
    if asserting:
        lead = asserting[0].origin.id
        others = (cell.origin for cell in cells if cell.field == "how_many" and lead in cell.against)
        yield from (by_id[other] for other in list(dict.fromkeys(others))[:1] if status[other] not in DENYING)
    denying = [one for one in tells if status[one.origin.id] in DENYING]
    denying.sort(
        key=lambda one: not any(heard.saying is not None and heard.saying.act == "denies" for heard in one.heard)
    )
    yield from denying[: MOST_DENIALS if asserting else MOST_DENIALS + 1]


def _status(one: Traced, status: dict[str, str]) -> str:
    if one.is_unsourced:
        return "unsourced"
    return "seen" if one.origin.basis == OWN_EYES else status[one.origin.id]


def _part(one: Traced, heard: Heard, status: str, knowledge: Knowledge, *, first: bool) -> list[HeadlinePart]:
    if heard.saying is not None and status in TOLD:
        status = ACTS.get(heard.saying.act, status)
    name = _name(one)
    several = heard.speaker.plural or heard.speaker.naming == "group"
    quoted = words_of(heard)
    return _said(
        _named(name, first=first), verb_for(status, knowledge, several=several), heard.report, quoted, first=first
    )


def _name(one: Traced) -> str:
    if one.origin.naming == "unknown":
        return UNNAMED
    return PRIVATE if one.origin.private and one.origin.naming == "named" else one.origin.name


def _general(denial: Touching, knowledge: Knowledge, *, first: bool) -> list[HeadlinePart]:
    quoted = Quoted(denial.anchor.span, denial.anchor.words)
    verb = verb_for("denied_in_general", knowledge, several=False)
    return _said(_named(denial.speaker, first=first), verb, denial.anchor.report, quoted, first=first)


def _said(name: str, verb: str, report: str, quoted: Quoted, *, first: bool) -> list[HeadlinePart]:
    short, is_cut = shortened(quoted)
    words = INNER.sub("", PAIRED.sub("‘\\1’", short.words))
    return [
        HeadlinePart(f"{'' if first else '; '}{name} {verb} “"),
        HeadlinePart(" ".join(words.split()), Anchor(report, short.span, short.words)),
        HeadlinePart("…”" if is_cut else "”"),
    ]


def _told(one: Traced, status: str) -> Heard:
    """The sentence that says it: one with this status, a teller's before one who only speaks of it."""
    return min(one.heard, key=lambda heard: (heard.status != status, heard.status in NOT_TOLD, heard.order))


def _named(name: str, *, first: bool) -> str:
    plain = " ".join(name.split())
    if first:
        return plain[:1].upper() + plain[1:]
    return plain[:1].lower() + plain[1:] if plain.startswith(("The ", "A ", "An ", "One ", "Each ", "Its ")) else plain


def verb_for(status: str, knowledge: Knowledge, *, several: bool) -> str:
    """Our word for what a teller commits to, by its row; that of "unclear" where there is none."""
    verbs = _verbs(knowledge)
    return verbs.get(status, verbs["unclear"])[several]


@cache
def _verbs(knowledge: Knowledge) -> dict[str, tuple[str, str]]:
    rows = reversed(knowledge.rows("en/headline"))
    return {row["status"]: (row["verb"], row["verbs"]) for row in rows}


def aloud(parts: Sequence[HeadlinePart]) -> str:
    """A headline as one sentence."""
    return "".join(part.words for part in parts)
