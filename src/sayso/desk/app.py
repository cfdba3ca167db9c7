"""The desk as a web application over one open case."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from sayso.desk import rail, rendering
from sayso.desk.nearby import nearby
from sayso.desk.problems import NotBuilt, problem_of
from sayso.desk.receiving import Enough
from sayso.desk.security import ALONE, HEADERS, Access, Guard, only_own_forms
from sayso.desk.signing_in import Door, Person, Seats, Sitting
from sayso.ledger.asking.inbox import is_empty
from sayso.ledger.problems import CaseProblem
from sayso.ledger.users import OWNER, READER, REVIEWER

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from sayso.desk.links import Links
    from sayso.ledger.case import Case

BUILT = "vendor/desk.js"
NOBODY = "nobody"
"""The role of one who has not signed in yet: they see the page to sign in at."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page is made with: the case, who sits at the desk, what time it is, which words are spoken."""

    case: Case
    who: str
    now: Callable[[], str]
    title: str = ""
    language: str | None = None
    links: Links = field(default_factory=rendering.links)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    role: str = OWNER

    @property
    def is_somebody(self) -> bool:
        """Whether it is known who sits at the desk."""
        return self.role != NOBODY

    @property
    def may_rule(self) -> bool:
        """Whether who sits at the desk may change anything: take in, put aside, rule."""
        return self.role in (REVIEWER, OWNER)

    @property
    def is_owner(self) -> bool:
        """Whether who sits at the desk may say who else does, and take out what is private."""
        return self.role == OWNER


def desk(
    case: Case, *, who: str, now: Callable[[], str], language: str | None = None, access: Access = ALONE
) -> FastAPI:
    """The application. `who` is named in what is ruled; `now` gives the time as a case writes it.

    Where `access` asks for accounts, whoever is signed in is named instead.
    Raises `NotBuilt` where the scripts of the desk were not built with the package, `NoSuchLanguage` where the desk
    does not speak the language.
    """
    static = Path(str(resources.files("sayso.desk").joinpath("static")))
    if not (static / BUILT).is_file():
        raise NotBuilt("The scripts of the desk are not there. In a checkout, `python hatch_build.py` makes them.")
    rendering.environment(language)
    app = FastAPI(
        title="Sayso", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(only_own_forms)]
    )
    app.state.desk = made = Desk(case, who, now, _title(case), language)
    app.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4)
    app.add_middleware(Enough)
    app.add_middleware(Sitting, seats=Seats(case, who, now, access), told=_told)
    app.add_middleware(Guard, secret=made.secret, access=access)
    app.state.access, app.state.door = access, Door(is_used=access.accounts)
    app.mount("/static", StaticFiles(directory=static), name="static")
    app.add_exception_handler(CaseProblem, _told)
    app.add_exception_handler(StarletteHTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told)
    app.add_exception_handler(Exception, _told)
    _with_pages(app)
    app.state.rail = rail.of(_routes())
    return app


def _routes() -> Iterable[BaseRoute]:
    from sayso.desk.pages import ALL

    return (route for router in ALL for route in router.routes)


def _with_pages(app: FastAPI) -> None:
    from sayso.desk.pages import ALL

    for router in ALL:
        app.include_router(router)

    @app.get("/", include_in_schema=False)
    def first(at: Annotated[Desk, Depends(of)]) -> Response:
        return RedirectResponse("/inbox" if is_empty(at.case) else "/incidents", 303)

    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        return RedirectResponse("/static/sayso.svg", 301)


def of(request: Request) -> Desk:
    """The desk that a request is made at, with who made it, for `Depends`."""
    found: Desk = request.app.state.desk
    person: Person | None = getattr(request.state, "person", None)
    if person is not None:
        return replace(found, who=person.who, role=person.role)
    access: Access = request.app.state.access
    return replace(found, who="", title="", role=NOBODY) if access.accounts else found


def _title(case: Case) -> str:
    from sayso.ledger.case import facts

    with case.reading() as connection:
        return facts(connection).get("title") or case.folder.name


def _told(request: Request, error: Exception) -> Response:
    """What went wrong, in words for a person: as a page, or as JSON where a program asked."""
    problem = problem_of(error)
    headers = dict(HEADERS)  # a fault is answered outside of the guard
    if isinstance(error, StarletteHTTPException) and error.headers:
        headers |= {name.lower(): value for name, value in error.headers.items()}
    if request.url.path.endswith((".json", ".csv")):
        told = {"problem": {"kind": problem.kind, "says": str(error) if problem.near else problem.says}}
        return JSONResponse(told, problem.status, headers=headers)
    near = nearby(of(request), problem.near)
    page = rendering.rendered(request, "problem.html", problem=problem, near=near)
    return HTMLResponse(page, problem.status, headers=headers)


__all__ = ["NOBODY", "OWNER", "READER", "REVIEWER", "Access", "Desk", "Person", "desk", "of"]
