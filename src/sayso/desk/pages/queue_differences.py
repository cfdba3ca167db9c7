"""Where a first and a second reader differ, and how far readers agree."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.queue import AGREEMENT_COLUMNS, PAIR_COLUMNS, address, agreement_cells, pair_cells
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.agreement import SMALL
from sayso.ledger.asking.second_readers import Agreement, Pair, agreements, differing_pairs, pairs, sentences_at
from sayso.ledger.looks import By
from sayso.ledger.problems import CannotRule, Contradicts, NoSuchThing
from sayso.ledger.settling import CHOICES, settled
from sayso.record import Anchor, Span

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/queue/differences.json")
def as_json(at: AtDesk, private: str | None = None) -> Response:
    """Where readers differ, for a program."""
    return twins.told_as_json(_cells(at, private))


@router.get("/queue/differences.csv")
def as_csv(at: AtDesk, private: str | None = None) -> Response:
    """Where readers differ, for a spreadsheet."""
    return twins.as_csv(PAIR_COLUMNS, _cells(at, private), name="differences")


@router.get("/queue/differences")
def differences(request: Request, at: AtDesk) -> Response:
    """Only what two readers say otherwise, both side by side."""
    return _shown(request, at)


@router.post("/queue/differences/settle")
def settle(request: Request, at: AtDesk, about: Annotated[str, Form()], keep: Annotated[str, Form()]) -> Response:
    """Keep what the first says, or take what the second says; it is a decision of whoever settles."""
    if keep not in CHOICES:
        raise HTTPException(422, "It is not said whose verdict is kept.")
    try:
        made = settled(at.case, about, keep, By(at.who, at.now()))
    except NoSuchThing as problem:
        return _shown(request, at, problem=str(problem), status=409)
    except (CannotRule, Contradicts) as problem:
        return _shown(request, at, problem=str(problem), status=409)
    return RedirectResponse(f"/queue/differences?done={made.id}", 303)


@router.get("/queue/agreement.json")
def agreement_as_json(at: AtDesk) -> Response:
    """How far readers agree, for a program."""
    return twins.told_as_json([agreement_cells(one) for one in _agreements(at)])


@router.get("/queue/agreement.csv")
def agreement_as_csv(at: AtDesk) -> Response:
    """How far readers agree, for a spreadsheet."""
    return twins.as_csv(AGREEMENT_COLUMNS, map(agreement_cells, _agreements(at)), name="agreement")


@router.get("/queue/agreement")
def agreement(request: Request, at: AtDesk) -> Response:
    """How far readers agree, and how that is computed."""
    return page(request, "agreement.html", agreements=_agreements(at), small=SMALL, twins=twins_of(request))


def _agreements(at: Desk) -> tuple[Agreement, ...]:
    with at.case.reading() as connection:
        return agreements(pairs(connection))


def _pairs(at: Desk) -> tuple[Pair, ...]:
    with at.case.reading() as connection:
        return differing_pairs(connection)


def _shown(request: Request, at: Desk, *, problem: str = "", status: int = 200) -> Response:
    with at.case.reading() as connection:
        met = pairs(connection)
    open_ones = tuple(one for one in met if not one.is_agreed and one.settled is None)
    sentences = sentences_at(at.case, open_ones)
    return page(
        request,
        "differences.html",
        status=status,
        pairs=open_ones,
        sentences=sentences,
        problem=problem,
        agreed=sum(one.is_agreed for one in met),
        settled=sum(one.settled is not None for one in met),
        address=address,
        reports=pointed_at(at.case, [one.about.partition("#")[0] for one in open_ones]),
        twins=twins_of(request),
    )


def _cells(at: Desk, private: str | None) -> list[dict[str, object]]:
    found = _pairs(at)
    sentences = sentences_at(at.case, found)
    named = tuple(sentences.get(one.about, Anchor(one.about.partition("#")[0], Span(0, 0))) for one in found)
    shown, told = twins.shown(at.case, (named, found), private=private)  # at once: what is typed names them too
    return [pair_cells(one, anchor) for one, anchor in zip(told, shown, strict=True)]
