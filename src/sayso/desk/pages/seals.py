"""Checking the seals: begun here, gone on with beside the desk, told as a report that one can print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from sayso import __version__
from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.checking_beside import begin, is_here, see_to
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.seals import COLUMNS, SEALS, finding_rows, seal_rows, told_findings
from sayso.export.ledger_json import plain
from sayso.ledger.asking.coverage import case_info
from sayso.ledger.asking.seals import seal_check, seal_checks, seals
from sayso.ledger.seals import begun

if TYPE_CHECKING:
    from sayso.ledger.asking.seals import SealCheck

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
MOST = 1_000


@router.post("/audit/seals")
def asked_for(at: AtDesk) -> Response:
    """Begin a check, and go on to its page."""
    if not at.may_rule:
        raise HTTPException(403, "Only reviewers and owners have the seals checked. Ask one of them.")
    running = _running(at)
    if running is None:
        running = begun(at.case, who=at.who, at=at.now())
        begin(at, running)
    return RedirectResponse(f"/audit/seals/{running}", 303)


@router.get("/audit/seals.json")
def all_as_json(at: AtDesk) -> Response:
    """All checks for a program."""
    return twins.told_as_json([_told(one) for one in _checks(at)])


@router.get("/audit/seals.csv")
def list_as_csv(at: AtDesk) -> Response:
    """Every seal of the case: to be kept elsewhere, and checked with any program that knows SHA-256."""
    with at.case.reading() as connection:
        return twins.as_csv(SEALS, seal_rows(seals(connection)), name="seals")


@router.get("/audit/seals")
def listed(request: Request, at: AtDesk) -> Response:
    """All checks for a person."""
    return page(request, "seals.html", checks=_checks(at), is_here=is_here, twins=twins_of(request))


@router.get("/audit/seals/{check}.json")
def one_as_json(at: AtDesk, check: str) -> Response:
    """One check for a program."""
    return twins.told_as_json(_told(_check(at, check)))


@router.get("/audit/seals/{check}.csv")
def one_as_csv(at: AtDesk, check: str) -> Response:
    """What one check found, for a spreadsheet."""
    return twins.as_csv(COLUMNS, finding_rows(_check(at, check).verdict), name=check)


@router.get("/audit/seals/{check}")
def one(request: Request, at: AtDesk, check: str) -> Response:
    """One check as a report: how far it is while it runs, and what it found."""
    found = _check(at, check)
    is_running = found.ended_at is None
    return page(
        request,
        "seal_progress.html" if is_running and "x-sayso-fragment" in request.headers else "seal_report.html",
        check=found,
        is_running=is_running,
        is_here=is_here(found),
        findings=told_findings(found.verdict),
        info=case_info(at.case) if not is_running else None,
        version=__version__,
        twins=() if is_running else twins_of(request),
    )


def _check(at: Desk, name: str) -> SealCheck:
    with at.case.reading() as connection:
        found = seal_check(connection, name)
    if found.ended_at is None:
        see_to(at, found)
        with at.case.reading() as connection:
            return seal_check(connection, name)
    return found


def _checks(at: Desk) -> tuple[SealCheck, ...]:
    with at.case.reading() as connection:
        return seal_checks(connection, limit=MOST)


def _running(at: Desk) -> str | None:
    """A check that this desk runs now: a second one would find the same."""
    return next((one.id for one in _checks(at) if one.ended_at is None and is_here(_check(at, one.id))), None)


def _told(check: SealCheck) -> dict[str, Any]:
    told: dict[str, Any] = plain(check)
    return {"format": 1, "answer": "seal_check", **told}
