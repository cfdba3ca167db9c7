"""A claim followed through the reports that tell it: what each copy changed, and which one lost the caveat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.problems import problem_of
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.tracing import Traced
from sayso.desk.views.trace import shown
from sayso.export.comparison_page import CHANGED, DROPPED
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import IncidentRow
    from sayso.record import Anchor, Change, Hop, Trace

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
EXAMPLES = 2
A_FEW = 6
"""Words by which a sentence is asked for in an example."""
COLUMNS = (
    "hop", "report", "publisher", "published_earliest", "published_latest", "how", "since", "speaker", "act", "status",
    "words", "start", "end", "change", "says", "before_report", "before", "before_start", "before_end", "after_report",
    "after", "after_start", "after_end",
)  # fmt: skip


@router.get("/trace.json")
def as_json(request: Request, at: AtDesk, claim: str = "", private: str | None = None) -> Response:
    """The hops for a program."""
    return twins.as_json(at.case, _traced(request, at, claim), private=private)


@router.get("/trace.csv")
def as_csv(request: Request, at: AtDesk, claim: str = "", private: str | None = None) -> Response:
    """The hops for a spreadsheet: a row a change, and one for a hop without any."""
    found = twins.shown(at.case, _traced(request, at, claim), private=private)
    return twins.as_csv(COLUMNS, _rows(found), name="trace")


@router.get("/trace")
def followed(request: Request, at: AtDesk, claim: str = "") -> Response:
    """The hops for a person; without a claim, what can be asked here."""
    asked = claim.strip()
    if not asked:
        return _asking(request, at)
    try:
        found = _traced(request, at, asked)
    except CaseProblem as error:
        problem = problem_of(error)
        if problem.status not in (400, 404):
            raise
        return _asking(request, at, asked=asked, problem=problem)
    return page(
        request,
        "trace.html",
        asked=asked,
        shown=shown(found, pointed_at(at.case, {found.claim.report, *(hop.report for hop in found.hops)})),
        changed=CHANGED,
        twins=twins_of(request),
    )


def _traced(request: Request, at: Desk, claim: str) -> Trace:
    if not claim.strip():
        raise BadQuestion("Name a claim: ?claim= with a statement, an event, an incident, or words.")
    state = request.app.state
    if not hasattr(state, "traced"):
        state.traced = Traced()
    kept: Traced = state.traced
    return kept.of(at.case, claim.strip())


def _asking(request: Request, at: Desk, *, asked: str = "", problem: Any = None) -> Response:
    """The page that asks for a claim, with examples from the case."""
    rows = incident_rows(at.case, by="reports", limit=EXAMPLES, draw=False)
    status = problem.status if problem is not None else 200
    return page(request, "trace_ask.html", status=status, asked=asked, problem=problem, examples=_examples(rows))


def _examples(rows: list[IncidentRow]) -> Iterator[tuple[str, str, int]]:
    """What can be asked here: a claim, its words, and of how many reports; the first an incident, the next by words."""
    for number, row in enumerate(rows):
        words = next((part.anchor.words for part in row.headline if part.anchor is not None), "")
        if number == 0 or not words:
            yield row.id, "".join(part.words for part in row.headline) or row.kind.replace("_", " "), row.reports
        else:
            yield " ".join(words.split()[:A_FEW]), words, 0


def _rows(found: Trace) -> Iterator[dict[str, Any]]:
    for number, hop in enumerate(found.hops, 1):
        told = _hop_row(number, hop)
        for change in hop.changes or (None,):
            yield {**told, **(_change_row(change) if change is not None else {})}


def _hop_row(number: int, hop: Hop) -> dict[str, Any]:
    compared = "made_of" if hop.made_of else "compared_with"
    return {
        "hop": number,
        "report": hop.report,
        "publisher": hop.publisher,
        "published_earliest": hop.published.earliest if hop.published else None,
        "published_latest": hop.published.latest if hop.published else None,
        "how": compared if hop.since else "own",
        "since": hop.since,
        "speaker": hop.saying.speaker.name if hop.saying else None,
        "act": hop.saying.act if hop.saying else None,
        "status": hop.status,
        "words": hop.anchor.words,
        "start": hop.anchor.span.start,
        "end": hop.anchor.span.end,
    }


def _change_row(change: Change) -> dict[str, Any]:
    gone = change.kind in DROPPED
    return {
        "change": change.kind,
        "says": change.says,
        **_stretch("before", change.here),
        **_stretch("after", None if gone else change.there),
    }


def _stretch(name: str, anchor: Anchor | None) -> dict[str, Any]:
    if anchor is None:
        return {}
    return {
        f"{name}_report": anchor.report,
        name: anchor.words,
        f"{name}_start": anchor.span.start,
        f"{name}_end": anchor.span.end,
    }
