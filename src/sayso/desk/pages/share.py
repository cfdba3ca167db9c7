"""Handing on one incident or one claim: what would be in the folder, what is withheld, and the folder as a zip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from pydantic import BaseModel

from sayso.desk.app import Desk, of
from sayso.desk.rendering import page
from sayso.desk.sharing.bundle import Bundle, bundled, policy_in
from sayso.desk.sharing.content import Gathered, NotShared, Options, as_seen, content, of_claim, of_incident
from sayso.desk.sharing.writing import note

if TYPE_CHECKING:
    from sayso.ledger.case import Case

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
SHOWN = 6
"""Stretches of a person that are shown in the list of who is withheld."""
TO_SEE = "to be looked at"
"""The reason for which private persons stand in a preview: it is shown at this desk alone."""
TYPES = {".html": "text/html; charset=utf-8", ".json": "application/json", "": "text/plain; charset=utf-8"}


class Chosen(BaseModel):
    """What a person chose on the page."""

    whole_texts: bool = False
    show_private: bool = False
    why: str = ""
    clear: list[str] = []

    @property
    def options(self) -> Options:
        """The same as it is asked for."""
        return Options(self.whole_texts, self.show_private, self.why, tuple(self.clear))


class ClaimChosen(Chosen):
    """The same, of a claim."""

    claim: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be handed on, and where its pages are."""

    found: Callable[[Case, str], Gathered]
    name: str
    href: str  # of the page to share it from
    preview: str
    query: dict[str, str]


def _incident(asked: str) -> Asked:
    return Asked(of_incident, asked, f"/share/incident/{asked}", f"/share/incident/{asked}/preview", {})


def _claim(asked: str) -> Asked:
    if not asked.strip():
        raise HTTPException(400, "Name a claim: trace it first, and choose Share there.")
    return Asked(of_claim, asked, "/share/claim", "/share/claim/preview", {"claim": asked})


@router.get("/share/incident/{asked}")
def incident_page(request: Request, at: AtDesk, asked: str, chosen: Annotated[Chosen, Query()]) -> Response:
    """What of an incident would be handed on."""
    return _page(request, at, _incident(asked), chosen)


@router.get("/share/claim")
def claim_page(request: Request, at: AtDesk, chosen: Annotated[ClaimChosen, Query()]) -> Response:
    """What of a claim would be handed on."""
    return _page(request, at, _claim(chosen.claim), chosen)


@router.get("/share/incident/{asked}/preview/{name:path}")
def incident_preview(at: AtDesk, asked: str, name: str, chosen: Annotated[Chosen, Query()]) -> Response:
    """A page of the folder as its reader would see it."""
    return _preview(at, _incident(asked), name, chosen)


@router.get("/share/claim/preview/{name:path}")
def claim_preview(at: AtDesk, name: str, chosen: Annotated[ClaimChosen, Query()]) -> Response:
    """A page of the folder as its reader would see it."""
    return _preview(at, _claim(chosen.claim), name, chosen)


@router.post("/share/incident/{asked}")
def incident_made(request: Request, at: AtDesk, asked: str, chosen: Annotated[Chosen, Form()]) -> Response:
    """The folder of an incident as a zip."""
    return _made(request, at, _incident(asked), chosen)


@router.post("/share/claim")
def claim_made(request: Request, at: AtDesk, chosen: Annotated[ClaimChosen, Form()]) -> Response:
    """The folder of a claim as a zip."""
    return _made(request, at, _claim(chosen.claim), chosen)


def _page(request: Request, at: Desk, asked: Asked, chosen: Chosen, problem: str = "") -> Response:
    """The page; `problem` is what was wrong with what was chosen."""
    gathered = asked.found(at.case, asked.name)
    return page(
        request,
        "share.html",
        status=422 if problem else 200,
        asked=asked,
        gathered=gathered,
        chosen=chosen,
        problem=problem,
        previews=_previews(asked),
        as_seen=lambda person: tuple(
            dict.fromkeys(as_seen(gathered, report, span) for report, span, _ in person.masked[:SHOWN])
        ),
        seen_at=partial(as_seen, gathered),
        few=SHOWN,
    )


def _previews(asked: Asked) -> dict[str, str]:
    """Where the first page of the folder is shown, by what is in it."""
    kinds = {"sentences": {}, "whole": {"whole_texts": "true"}, "private": {"show_private": "true"}}
    return {kind: f"{asked.preview}/index.html{_query({**asked.query, **chosen})}" for kind, chosen in kinds.items()}


def _query(told: dict[str, str]) -> str:
    return f"?{urlencode(told)}" if told else ""


def _preview(at: Desk, asked: Asked, name: str, chosen: Chosen) -> Response:
    options = replace(chosen.options, why=TO_SEE if chosen.show_private else "")
    query = {
        **asked.query,
        **{of: "true" for of in ("whole_texts", "show_private") if getattr(chosen, of)},
    }
    leaving = content(asked.found(at.case, asked.name), options)
    bundle = bundled(leaving, at=at.now(), language=at.language, query=_query(query))
    if name not in bundle.files:
        raise HTTPException(404, "There is no such page in the folder.")
    data = bundle.files[name]
    ending = f".{name.rpartition('.')[2]}" if name.endswith((".html", ".json")) else ""
    headers = {"content-security-policy": f"{policy_in(data)}; frame-ancestors 'none'"} if ending == ".html" else {}
    return Response(data, media_type=TYPES[ending], headers=headers)


def _made(request: Request, at: Desk, asked: Asked, chosen: Chosen) -> Response:
    gathered = asked.found(at.case, asked.name)
    try:
        leaving = content(gathered, chosen.options)
    except NotShared as problem:
        return _page(request, at, asked, chosen, str(problem))
    moment = at.now()
    bundle = bundled(leaving, at=moment, language=at.language)
    note(at.case, leaving, bundle, of=gathered, who=at.who, at=moment)
    return _zip(bundle)


def _zip(bundle: Bundle) -> Response:
    headers = {"content-disposition": f'attachment; filename="{bundle.name}.zip"'}
    return Response(bundle.zipped(), media_type="application/zip", headers=headers)
