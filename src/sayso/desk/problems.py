"""What can go wrong at the desk, as a page says it: what was met, and what to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from sayso.ledger import problems
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.problems import CaseProblem

STATUS: dict[type[CaseProblem], int] = {
    problems.NoSuchThing: 404,
    BadQuestion: 400,
    problems.CannotRule: 422,
    problems.CannotChange: 422,
    problems.Contradicts: 409,
    problems.CaseBusy: 503,
    problems.Erased: 410,
}
TITLES = {
    400: "This cannot be asked",
    401: "Nobody is signed in",
    403: "Nothing was changed",
    404: "Not in this case",
    405: "This cannot be done here",
    409: "Somebody ruled otherwise",
    410: "Erased from this case",
    422: "This cannot be ruled",
    429: "Too many tries",
    503: "The case is being written to",
}
OTHERWISE = "This did not work"
log = logging.getLogger("sayso.desk")


class NotBuilt(CaseProblem):
    """The desk's scripts were not built with the package."""


class CannotServe(CaseProblem):
    """The desk cannot be reached as it was asked for, or no port of this machine is free for it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as a page shows it."""

    status: int
    kind: str
    title: str
    says: str
    near: tuple[str, ...] = ()  # ids that may have been meant


def problem_of(error: Exception) -> Told:
    """What a person is told of an error. What nobody foresaw is logged with where it was."""
    match error:
        case problems.CannotChange():
            return Told(422, type(error).__name__, "This cannot be changed so", str(error))
        case problems.NoSuchThing():
            return Told(404, type(error).__name__, TITLES[404], error.says, error.near)
        case CaseProblem():
            status = next((code for sort, code in STATUS.items() if isinstance(error, sort)), 500)
            return Told(status, type(error).__name__, TITLES.get(status, OTHERWISE), str(error))
        case RequestValidationError():
            return Told(400, "BadQuestion", TITLES[400], _of_fields(error))
        case HTTPException():
            return Told(error.status_code, "HTTPException", TITLES.get(error.status_code, OTHERWISE), _of_http(error))
        case _:
            log.error("a fault in Sayso itself", exc_info=error)
            says = f"A fault in Sayso itself ({type(error).__name__}). The terminal that runs the desk shows where."
            return Told(500, type(error).__name__, OTHERWISE, says)


def _of_fields(error: RequestValidationError) -> str:
    """What was asked for that cannot be, a sentence a field."""
    told = [f"{one['loc'][-1]} cannot be {str(one['input'])[:80]!r}: {one['msg']}." for one in error.errors()]
    return " ".join(told)


def _of_http(error: HTTPException) -> str:
    """What the desk says of an address or a request that it does not know; else what the one who refused said."""
    known = {404: "There is no page at this address.", 405: "This page takes no such request."}
    plain = {404: "Not Found", 405: "Method Not Allowed"}
    detail = str(error.detail)
    return known[error.status_code] if detail == plain.get(error.status_code) else detail
