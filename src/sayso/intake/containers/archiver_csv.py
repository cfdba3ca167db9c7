"""Tables of Auto Archiver: a row is an address that was archived, with its words; a failure stays, with its reason.

Its two forms are read: what its CSV database writes (`status,metadata,media`, with Python's own notation in the cells),
and its sheet saved as CSV (`link`, `archive status`, `text content` and so on). Nothing of a cell is ever run.
"""

from __future__ import annotations

import ast
import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sayso.intake.containers.parts import Piece, part_of, problem_in
from sayso.intake.containers.stamps import iso
from sayso.intake.seal import LIMIT
from sayso.record import Metadata, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from sayso.intake.containers.parts import Container, Part, PartProblem

MEDIA_TYPE = "text/csv"
OF_DATABASE = frozenset(("status", "metadata", "media"))
URL = ("link", "url")
STATUS = ("archive status", "status")
TEXT = ("text content", "text", "content")
TITLE = ("upload title", "title")
PUBLISHED = ("upload timestamp", "timestamp")
ARCHIVED = ("archive date", "_processed_at")
WHERE = ("archive location", "archive")
WRITERS = ("author", "uploader", "channel", "username")
LONGEST_CELL = 1_000_000
"""Characters of a cell in Python's notation, and deeper than which none is taken apart."""
DEEPEST = 50
STRANGE = (ValueError, SyntaxError, RecursionError, MemoryError)

Row = dict[str, str]


def is_archiver(head: str) -> bool:
    """Whether a file that begins so is a table of Auto Archiver, by the names of its columns."""
    try:
        names = _names(next(csv.reader([head.lstrip("\ufeff").partition("\n")[0]], strict=True), []))
    except csv.Error:
        return False
    is_sheet = "archive status" in names and any(name in names for name in URL)
    return names >= OF_DATABASE or is_sheet


def parts(container: Container) -> Iterator[Part | PartProblem]:
    """The rows of a table, in order."""
    for number, row in _rows(container.file):
        locator = f"row {number}"
        if row is None:
            says = "The row cannot be read as CSV: a cell is longer than a report may be, or its marks do not close."
            yield problem_in(container, Problem("bad_row", says), locator)
        else:
            yield _part(container, _facts(row), locator)


def _part(container: Container, facts: Mapping[str, Any], locator: str) -> Part | PartProblem:
    text, url, status = (_line(facts, names) for names in (TEXT, URL, STATUS))
    if not text.strip():
        return problem_in(container, _why_none(status, _line(facts, WHERE)), locator, url=url or None)
    published, said = iso(_line(facts, PUBLISHED)), _line(facts, PUBLISHED)
    odd = Problem("bad_date", f"Its time of publication, {said[:60]!r}, is no date known here; it was not used.")
    return part_of(
        container,
        Piece(
            data=text.encode("utf-8", errors="surrogateescape"),
            media_type="text/plain; charset=utf-8",
            locator=locator,
            facts=Metadata(
                title=" ".join(_line(facts, TITLE).split())[:1000] or None,
                url=url or None,
                writers=tuple(filter(None, (_line(facts, WRITERS),))),
                published=published,
            ),
            url=url or None,
            obtained_at=iso(_line(facts, ARCHIVED)),
            problems=(odd,) if said and not published else (),
        ),
    )


def _why_none(status: str, where: str) -> Problem:
    """Why a row gives no report: it was not archived, or archived without words."""
    if "success" not in status.casefold():
        says = f"Auto Archiver has of it: {status[:300] or 'no status'}. Nothing of it was archived."
        return Problem("not_archived", says)
    there = f" What was archived stands at {where[:300]}." if where else ""
    return Problem("no_text", f"Auto Archiver archived it ({status[:300]}), and no words of it.{there}")


# Cells


def _rows(file: BinaryIO) -> Iterator[tuple[int, Row | None]]:
    """The rows with their numbers, the row of names being the first; None for one that cannot be read."""
    csv.field_size_limit(max(csv.field_size_limit(), LIMIT))
    words = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        reader = csv.reader(words)
        names = [name.strip().casefold() for name in next(reader, [])]
        number = 1
        while True:
            number += 1
            try:
                cells = next(reader, None)
            except csv.Error:
                yield number, None
                continue
            if cells is None:
                return
            if any(cells):
                yield number, dict(zip(names, cells, strict=False))
    finally:
        words.detach()  # whoever opened the file closes it


def _facts(row: Row) -> Mapping[str, Any]:
    """What a row says; of the database's form also what stands in its cell of metadata."""
    return {**row, **_read(row["metadata"])} if row.keys() >= OF_DATABASE else row


def _read(cell: str) -> dict[str, Any]:
    """A dictionary in Python's notation, taken apart as text and never run; empty where it is none."""
    if len(cell) > LONGEST_CELL:
        return {}
    try:
        told = _plain(ast.parse(cell.strip(), mode="eval").body)
    except STRANGE:
        return {}
    return {str(name): value for name, value in told.items()} if isinstance(told, dict) else {}


def _plain(node: ast.expr, depth: int = 0) -> Any:
    """What constants, lists, dictionaries and times in a notation say; None for all else."""
    if depth > DEEPEST:
        return None
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Dict(keys=keys, values=values):
            held = zip(keys, values, strict=True)
            return {key.value: _plain(value, depth + 1) for key, value in held if isinstance(key, ast.Constant)}
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return [_plain(item, depth + 1) for item in items]
        case ast.Call(func=ast.Attribute(attr="datetime"), args=args, keywords=named):
            return _time(args, named)
        case _:
            return None


def _time(args: list[ast.expr], named: list[ast.keyword]) -> str | None:
    """A time as Python writes one; with the zone where it is UTC, which is all that Auto Archiver writes."""
    numbers = [one.value for one in args if isinstance(one, ast.Constant) and isinstance(one.value, int)]
    try:
        found = datetime(*numbers)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    zone = next((ast.unparse(one.value) for one in named if one.arg == "tzinfo"), "")
    return found.isoformat() + ("+00:00" if "utc" in zone.lower() else "")


def _line(facts: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of some cells that holds something."""
    held = (facts.get(name) for name in names)
    return next((one for one in held if isinstance(one, str) and one.strip()), "")


def _names(cells: list[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in cells)
