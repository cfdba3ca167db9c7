"""The people of a case: the list, one of them whole, and pairs that may be one, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from sayso.accounts.known import known
from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.notices import local
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.people import COLUMNS, ONE_COLUMNS, PAIR_COLUMNS, one_table_rows, pair_rows, table_rows
from sayso.export.ledger_json import plain
from sayso.export.pointed import pointed_at
from sayso.ledger import marks
from sayso.ledger.asking.doubles import LATER, Beside, beside, count_doubles, doubles, doubles_of, pair_of
from sayso.ledger.asking.people import LIMIT, NAMED, bare, people_list, person
from sayso.ledger.asking.positions import positions_of
from sayso.ledger.asking.sources import rows_of
from sayso.ledger.decisions import decide
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.problems import NoSuchThing
from sayso.record import FORMAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.ledger.asking.answers import SpeakerRow
    from sayso.ledger.asking.doubles import Pair
    from sayso.ledger.asking.people import PersonPage

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
MOST = 1_000
NEXT = 8
PAIRS = 200
TRIES = 20
"""Pairs that are gone through for one that can be shown: somebody may have been erased meanwhile."""
VERDICTS = {"same": "same_speaker", "apart": "different_speaker"}
HOME = "/people/doubles"
LONGEST = 4_000


class Asked(BaseModel):
    """Whom of the list is asked for. An empty field of a form asks for nobody."""

    name: str = ""
    naming: str = ""
    start: Annotated[int, Query(ge=0)] = 0
    limit: Annotated[int, Query(ge=1, le=MOST)] = LIMIT


class AskedPair(BaseModel):
    """Which pair is asked for: any of one person's, or one by both; and what was left for later last."""

    of: str = ""
    one: str = ""
    two: str = ""
    later: Annotated[int, Query(ge=0)] = 0


class Answered(BaseModel):
    """What a person says of a pair."""

    one: str
    two: str
    verdict: str
    why: Annotated[str, Query(max_length=LONGEST)] = ""
    of: str = ""


AskedFor = Annotated[Asked, Query()]
AskedForPair = Annotated[AskedPair, Query()]


@router.get("/people.json")
def as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a program."""
    return twins.all_as_json(at.case, _rows(at, asked), private=private)


@router.get("/people.csv")
def as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a spreadsheet."""
    shown = twins.shown(at.case, tuple(_rows(at, asked)), private=private)
    return twins.as_csv(COLUMNS, table_rows(shown), name="people")


@router.get("/people")
def listed(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The list for a person."""
    rows = _rows(at, asked, more=1)
    told = asked.model_dump(exclude_defaults=True)
    with at.case.reading() as connection:
        positions = positions_of(connection, rows, knowledge_of(at.case))
    return page(
        request,
        "people.html",
        positions=positions,
        rows=rows[: asked.limit],
        asked=asked,
        namings=NAMED,
        parties=_parties(at),
        next=query_of(told, start=asked.start + asked.limit) if len(rows) > asked.limit else None,
        twins=twins_of(request),
    )


# Pairs that may be one


@router.get("/people/doubles.json")
def pairs_as_json(at: AtDesk, asked: AskedForPair, private: str | None = None) -> Response:
    """The pairs that may be one, for a program."""
    pairs = _pairs(at, asked)
    held = _by_id(at, pairs, private)
    return twins.told_as_json(
        [
            {
                "format": FORMAT,
                "answer": "pair",
                "one": plain(held[one.one]),
                "two": plain(held[one.two]),
                "reasons": list(one.reasons),
                "against": list(one.against),
            }
            for one in pairs
            if one.one in held and one.two in held
        ]
    )


@router.get("/people/doubles.csv")
def pairs_as_csv(at: AtDesk, asked: AskedForPair, private: str | None = None) -> Response:
    """The same for a spreadsheet."""
    pairs = _pairs(at, asked)
    return twins.as_csv(PAIR_COLUMNS, pair_rows(pairs, _by_id(at, pairs, private)), name="possible-doubles")


@router.get("/people/doubles")
def pairs(request: Request, at: AtDesk, asked: AskedForPair) -> Response:
    """One pair side by side, with what joining them would change, and what comes after it."""
    waiting = _pairs(at, asked, limit=NEXT + TRIES)
    shown, rest = _first(at, waiting)
    held = _by_id(at, rest, twins.PRIVATE)
    anchors = [one.anchor.report for one in (*shown.left.said, *shown.right.said)] if shown else []
    return page(
        request,
        "doubles.html",
        shown=shown,
        rest=[(one, held[one.one], held[one.two]) for one in rest if one.one in held and one.two in held],
        count=count_doubles(at.case, who=at.who),
        asked=asked,
        later=asked.later or None,
        parties=_parties(at),
        reports=pointed_at(at.case, anchors),
        twins=twins_of(request),
    )


@router.post("/people/doubles")
def answered(at: AtDesk, told: Annotated[Answered, Form()]) -> Response:
    """Rule of a pair, or leave it for later, and go on to the next."""
    first, second = sorted((told.one, told.two))
    back = query_of({"of": told.of})
    if told.verdict == "later":
        made = marks.mark(at.case, kind=LATER, about=f"{first}+{second}", who=at.who, at=at.now())
        return RedirectResponse(f"{HOME}{query_of({'of': told.of}, later=made.id)}", 303)
    if told.verdict not in VERDICTS:
        raise HTTPException(422, "A pair is the same, to be kept apart, or left for later.")
    if not told.why.strip():
        raise HTTPException(
            422, "Say why, in a sentence: whoever reads this later was not there. Go back and write it."
        )
    ruled = decide(
        at.case, ruling=VERDICTS[told.verdict], about=[first, second], who=at.who, why=told.why.strip(), at=at.now()
    )
    return RedirectResponse(f"{HOME}{back}{'&' if back else '?'}done={ruled.id}", 303)


@router.post("/people/doubles/again")
def again(at: AtDesk, mark: Annotated[int, Form()], back: Annotated[str, Form()] = HOME) -> Response:
    """Take back that a pair was left for later."""
    marks.withdraw(at.case, mark, who=at.who, at=at.now())
    return RedirectResponse(local(back), 303)


# One of them


@router.get("/people/{asked}.json")
def one_as_json(at: AtDesk, asked: str, private: str | None = None) -> Response:
    """One of them for a program."""
    return twins.told_as_json({"format": FORMAT, "answer": "person", **plain(_outside(at, asked, private))})


@router.get("/people/{asked}.csv")
def one_as_csv(at: AtDesk, asked: str, private: str | None = None) -> Response:
    """Their spellings, offices and sides, for a spreadsheet."""
    shown = _outside(at, asked, private)
    return twins.as_csv(ONE_COLUMNS, one_table_rows(shown), name=shown.row.id)


@router.get("/people/{asked}")
def one(request: Request, at: AtDesk, asked: str) -> Response:
    """One of them for a person."""
    shown = person(at.case, asked)
    near = doubles_of(at.case, shown.row.id, who=at.who)[:NEXT]
    named = [
        *(one.anchor.report for one in shown.said),
        *(one.shown.report for one in (*shown.roles, *shown.parties) if one.shown),
    ]
    return page(
        request,
        "person.html",
        shown=shown,
        near=[(one, other) for one in near for other in _others(at, one, shown.row.id)],
        parties=_parties(at),
        reports=pointed_at(at.case, named),
        twins=twins_of(request),
    )


def _outside(at: Desk, asked: str, private: str | None) -> PersonPage:
    """One of them as they leave the case."""
    shown = person(at.case, asked, said=LIMIT)
    return shown if private == twins.PRIVATE else twins.shown(at.case, bare(shown))


def _others(at: Desk, pair: Pair, this: str) -> Sequence[SpeakerRow]:
    return rows_of(at.case, [one for one in (pair.one, pair.two) if one != this])


def _pairs(at: Desk, asked: AskedPair, *, limit: int = PAIRS) -> Sequence[Pair]:
    if asked.one and asked.two:
        return (pair_of(at.case, asked.one, asked.two),)
    if asked.of:
        return doubles_of(at.case, asked.of, who=at.who)[:limit]
    return doubles(at.case, who=at.who, limit=limit)


def _first(at: Desk, waiting: Sequence[Pair]) -> tuple[Beside | None, Sequence[Pair]]:
    """The first pair that can be shown, and those after it."""
    for n, one in enumerate(waiting):
        try:
            return beside(at.case, one), waiting[n + 1 :][:NEXT]
        except NoSuchThing:
            continue
    return None, ()


def _by_id(at: Desk, pairs: Sequence[Pair], private: str | None) -> dict[str, SpeakerRow]:
    rows = tuple(rows_of(at.case, [name for one in pairs for name in (one.one, one.two)]))
    told = twins.shown(at.case, rows, private=private)
    return {row.id: shown for row, shown in zip(rows, told, strict=True)}


def _parties(at: Desk) -> Any:
    return known(knowledge_of(at.case)).names


def _rows(at: Desk, asked: Asked, *, more: int = 0) -> list[SpeakerRow]:
    return people_list(
        at.case,
        name=asked.name or None,
        naming=asked.naming or None,
        limit=asked.limit + more,
        start=asked.start,
    )
