"""What people do at the desk for hostile reasons: names, notes, searches, files, sources and places that would harm."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sayso.ledger import marks, saved, seals, taking_in, users
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.decisions import decide
from sayso.ledger.looks import By, Verdict, looked, looked_blind
from sayso.ledger.problems import CaseProblem
from sayso.ledger.verifying import verified

if TYPE_CHECKING:
    from sayso.ledger.case import Case

PAGES = ("search", "queue", "map", "timeline", "people", "sources")
KINDS = ("parked", "skipped", "noted", "second_look", "one_source", "two_readers")


def at_work(case: Case, markup: tuple[str, ...], turn: str, *, at: str) -> None:
    """Fill every table of people at work with `markup`, turned by `turn`."""
    who = f"{markup[0]}{turn}"
    accounts(case, markup, who, at=at)
    for number, page in enumerate(PAGES):
        piece = markup[number % len(markup)]
        query = urlencode({"q": piece, "act": piece, "place": f"{piece}{turn}"})
        saved.saved(case, page=page, name=f"{piece}{turn}"[:80], query=query, who=who, at=at)
    handed_in(case, markup, who, at=at)
    looks(case, markup, who, at=at)
    _dated(case, markup, who, at=at)
    seals.ended(case, seals.begun(case, who=who, at=at), verified(case), who=who, at=at)


def accounts(case: Case, markup: tuple[str, ...], who: str, *, at: str) -> None:
    """An account with a name that would harm, where an account may have it."""
    for number, piece in enumerate(markup):
        try:
            users.added(case, users.New(f"person{number}", users.READER, piece[:60]), users.By(who, at))
        except CaseProblem:
            continue


def handed_in(case: Case, markup: tuple[str, ...], who: str, *, at: str) -> None:
    """What was handed in under names that would harm, and gave nothing."""
    for number, piece in enumerate(markup):
        how = (taking_in.FILE, taking_in.PASTE, taking_in.URL)[number % 3]
        handed = taking_in.Handed(how, f"{piece}.txt", taking_in.Said(publisher=piece, url=piece))
        made = taking_in.taken_in(case, handed, f"{number} ".encode(), taking_in.By(who, at))
        taking_in.ended(case, made.id, state=taking_in.FAILED, says=piece, at=at)


def looks(case: Case, markup: tuple[str, ...], who: str, *, at: str) -> None:
    """Looks and marks of every statement's first, with reasons that would harm, one of each blind."""
    ids = [row.id for row in report_list(case, limit=100)]
    parts = [f"{one}#{said.id}" for one in ids for said in islice(report(case, one).reading.statements, 3, 5)]
    for number, about in enumerate(parts[:12]):
        piece = markup[number % len(markup)]
        marks.mark(case, kind=KINDS[number % len(KINDS)], about=about, value=piece, who=who, at=at)
        ruling = ("accept", "reject")[number % 2]
        looked(case, Verdict(about, ruling, why=piece, queue=piece), By(who, at))
        blind = Verdict(about, ("reject", "accept")[number % 2], why=piece, queue=piece)
        looked_blind(case, blind, By(f"{piece} second", at))


def _dated(case: Case, markup: tuple[str, ...], who: str, *, at: str) -> None:
    """Positions of speakers on the word of addresses that would harm."""
    sources = (f"javascript:{markup[0]}", f'https://host.example/"{markup[1]}', markup[2])
    for row, source in zip(speaker_list(case, limit=3), sources, strict=False):
        decide(
            case, ruling="position", about=[row.id], value="witness", who=who, why=markup[3], at=at,
            as_of="2031-04", source=source,
        )  # fmt: skip
