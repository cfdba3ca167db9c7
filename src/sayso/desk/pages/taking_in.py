"""Handing in: files and folders, a pasted text, an address. What comes is sealed in the request, and read beside."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import unquote, urlsplit

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import UploadFile

from sayso.desk import receiving
from sayso.desk.app import Desk, of
from sayso.desk.receiving import as_file, body_as_file, form_of
from sayso.export.aloud import several
from sayso.intake.seal import LIMIT
from sayso.ledger import taking_in as rows
from sayso.ledger.asking.inbox import is_empty
from sayso.ledger.asking.rows import count_reports
from sayso.ledger.problems import DamagedOriginal
from sayso.problems import BadKnowledge
from sayso.work.here import given
from sayso.work.taking_rows import is_rows, keep_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from sayso.ledger.taking_in import TakenIn

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
LARGEST_ROWS = 4 << 20
"""Bytes of a file of rows."""
KEPT = "Kept as {subject}: all that is read from now on is read with these rows."
BEFORE = " The {reports} read before did not have them: `sayso case reread` reads anew."
BIG = "It has {size:,} bytes; rows of knowledge over {most:,} are not taken."


class Unusable(ValueError):
    """What was handed in cannot be taken: why, and at which field of which form."""

    def __init__(self, form: str, field: str, says: str) -> None:
        super().__init__(says)
        self.form, self.field = form, field


@dataclass(frozen=True, slots=True)
class Put:
    """A file that was handed in: its name, and its bytes or where they are."""

    name: str
    what: bytes | Path


@router.post("/inbox/files")
async def files(request: Request, at: AtDesk) -> Response:
    """Files of a form, several at once; rows of knowledge among them are kept before any report is read."""
    sent = await form_of(request)
    held = [one for one in sent.getlist("files") if isinstance(one, UploadFile) and one.filename]
    typed = _typed(sent)
    try:
        said = _said(typed, "files")
        if not held:
            raise Unusable("files", "files", "No file was chosen.")
    except Unusable as problem:
        return await run_sync(_again, request, at, typed, problem)
    taken = await run_sync(_all_taken, at, held, said)
    return _gone_back(taken)


@router.post("/inbox/upload")
async def uploaded(request: Request, at: AtDesk) -> Response:
    """One file as the body of a request, as the page's script sends them one after another."""
    name = unquote(request.headers.get("x-sayso-name", ""), errors="replace") or "unnamed"
    try:
        said = _said({key: value.strip() for key, value in request.query_params.items()}, "files")
    except Unusable as problem:
        return JSONResponse({"problem": str(problem), "field": problem.field}, 422)
    async with body_as_file(request, at.case) as path:
        (taken,) = await run_sync(_taken, at, [Put(name, path)], said)
    return JSONResponse(_as_json(taken), 201)


@router.post("/inbox/paste")
async def pasted(request: Request, at: AtDesk) -> Response:
    """A text that somebody typed or pasted, perhaps with its headline."""
    typed = _typed(await form_of(request))
    try:
        said = _said(typed, "paste")
        data = _pasted(typed)
    except Unusable as problem:
        return await run_sync(_again, request, at, typed, problem)
    name = f"pasted {at.now()[:16].replace('T', ' ').replace(':', '.')}.txt"
    taken = await run_sync(_one_taken, at, rows.Handed(rows.PASTE, name, said), data)
    return _gone_back([taken])


@router.post("/inbox/url")
async def addressed(request: Request, at: AtDesk) -> Response:
    """An address of the web, which is fetched beside: its bytes are sealed as they come."""
    typed = _typed(await form_of(request))
    try:
        said = _said({**typed, "url": ""}, "url")
        address = _address(typed.get("url", ""))
    except Unusable as problem:
        return await run_sync(_again, request, at, typed, problem)
    handed = rows.Handed(rows.URL, address, said)
    taken = await run_sync(lambda: rows.asked_for(at.case, handed, rows.By(at.who, at.now())))
    return _gone_back([taken])


@router.post("/inbox/sample")
def sample(at: AtDesk) -> Response:
    """The invented reports of the sample, with their rows, so that somebody new can try; into an empty case alone."""
    if not is_empty(at.case):
        raise HTTPException(409, "This case holds reports already: invented ones are not put among them.")
    folder = resources.files("sayso").joinpath("sample")
    taken = _taken(at, list(_files_of(folder, "sample")), rows.Said())
    return _gone_back(taken)


@router.post("/inbox/again/{number}")
def tried_again(at: AtDesk, number: int) -> Response:
    """Let something that failed be read once more."""
    if not rows.again(at.case, number, rows.By(at.who, at.now())):
        raise HTTPException(409, "This cannot be read once more: it did not fail, or its bytes were erased.")
    return RedirectResponse(f"/inbox?took={number}", 303)


# What was sent


def _typed(sent: Any) -> dict[str, str]:
    """What was typed, without blanks around it, but for a text, which is sealed as it is."""
    told = {name: value for name, value in sent.items() if isinstance(value, str)}
    return {name: value if name == "text" else value.strip() for name, value in told.items()}


def _said(typed: dict[str, str], form: str) -> rows.Said:
    """What is said of it. Raises `Unusable`."""
    published, publisher = typed.get("published") or None, typed.get("publisher") or None
    try:
        given(published, publisher)
    except ValueError as error:
        raise Unusable(form, "published", str(error)) from None
    url = _address(typed["url"], form) if typed.get("url") else None
    return rows.Said(published, publisher[:200] if publisher else None, url)


def _address(typed: str, form: str = "url") -> str:
    """An address of the web as it was typed. Whether it may be fetched is looked at by who fetches it."""
    try:
        parts = urlsplit(typed)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and len(typed) <= rows.LONGEST
    except ValueError:
        right = False
    if not right or any(char.isspace() or not char.isprintable() for char in typed):
        raise Unusable(form, "url", "This is no address of the web: it begins with https:// or http://.")
    return typed


def _pasted(typed: dict[str, str]) -> bytes:
    """The bytes of a pasted text: its headline first, lines ended as everywhere."""
    text = typed.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise Unusable("paste", "text", "There is no text in it. Paste the report, or give its address.")
    headline = " ".join(typed.get("headline", "").split())
    data = (f"{headline}\n\n{text}" if headline else text).encode("utf-8", "replace")
    if len(data) > LIMIT:
        raise Unusable("paste", "text", f"It has {len(data):,} bytes; reports over {LIMIT:,} are not read. Split it.")
    return data


# Taking in


def _all_taken(at: Desk, held: Sequence[UploadFile], said: rows.Said) -> list[TakenIn]:
    taken = []
    for one in _rows_first(held, lambda file: file.filename or ""):
        with as_file(one.file, at.case) as path:
            taken += _taken(at, [Put(one.filename or "unnamed", path)], said)
    return taken


def _taken(at: Desk, puts: Iterable[Put], said: rows.Said) -> list[TakenIn]:
    """Seal each, rows of knowledge first."""
    taken = []
    for one in _rows_first(puts, lambda put: put.name):
        kind = rows.ROWS if is_rows(one.name) else rows.REPORTS
        handed = rows.Handed(rows.FILE, one.name, rows.Said() if kind == rows.ROWS else said, kind)
        taken.append(_one_taken(at, handed, one.what))
    return taken


def _rows_first(things: Iterable[Any], name: Any) -> list[Any]:
    return sorted(things, key=lambda thing: not is_rows(name(thing)))


def _one_taken(at: Desk, handed: rows.Handed, what: bytes | Path) -> TakenIn:
    try:
        taken = rows.taken_in(at.case, handed, what, rows.By(at.who, at.now()))
    except DamagedOriginal as damaged:
        raise HTTPException(409, str(damaged)) from None
    if handed.kind != rows.ROWS or taken.state == rows.FAILED:
        return taken
    state, says = _kept(at, handed.name, what)
    return rows.settled_at_once(at.case, taken.id, state=state, says=says, at=at.now())


def _kept(at: Desk, name: str, what: bytes | Path) -> tuple[str, str]:
    """Keep rows of knowledge; what came of it."""
    size = len(what) if isinstance(what, bytes) else what.stat().st_size
    if size > LARGEST_ROWS:
        return rows.FAILED, BIG.format(size=size, most=LARGEST_ROWS)
    try:
        subject = keep_rows(at.case, name, what if isinstance(what, bytes) else what.read_bytes())
    except BadKnowledge as bad:
        return rows.FAILED, str(bad)
    count = count_reports(at.case)
    return rows.DONE, KEPT.format(subject=subject) + (BEFORE.format(reports=several(count, "report")) if count else "")


def _files_of(folder: Traversable, name: str) -> Iterable[Put]:
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.name == "knowledge" and one.is_dir():
            yield from _files_of(one, f"{name}/knowledge")
        elif PurePosixPath(one.name).suffix in (".txt", ".html", ".toml"):
            yield Put(f"{name}/{one.name}", one.read_bytes())


# What is answered


def _gone_back(taken: Sequence[TakenIn]) -> Response:
    ids = [one.id for one in taken]
    told = f"{min(ids)}-{max(ids)}" if len(ids) > 1 else str(ids[0])
    return RedirectResponse(f"/inbox?took={told}", 303)


def _again(request: Request, at: Desk, typed: dict[str, str], problem: Unusable) -> Response:
    """The inbox again with what was typed, and what is wrong with it at its field."""
    from sayso.desk.pages.inbox import Asked, shown

    return shown(request, at, Asked(), typed=typed, problem=problem, status=422)


def _as_json(taken: TakenIn) -> dict[str, Any]:
    return {
        "id": taken.id,
        "name": taken.name,
        "sha256": taken.sha256,
        "bytes": taken.bytes,
        "at": taken.at,
        "who": taken.who,
        "state": taken.state,
        "says": taken.says,
    }


LIMITS = {"file": receiving.LARGE >> 20, "form": receiving.FORM >> 20, "report": LIMIT >> 20, "files": receiving.FILES}
"""What the page tells of limits, in megabytes."""
