"""The twins of a page: the same answer as JSON and as CSV. Private persons are withheld unless they are asked for."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi.responses import Response

from sayso.export.ledger_json import Asked, answer, answers
from sayso.export.record_json import dumped
from sayso.export.tables import as_cell
from sayso.ledger.asking.private import withheld

if TYPE_CHECKING:
    from sayso.ledger.case import Case

Noun = TypeVar("Noun")
READABLE = 300_000
"""Characters of JSON up to which it is laid out for people: more is for programs, and laying it out takes long."""
PRIVATE = "shown"
"""`?private=shown` keeps the names and words of private persons in a twin."""


def as_json(case: Case, noun: Asked, *, private: str | None = None) -> Response:
    """One answer as one JSON object."""
    return told_as_json(answer(case, noun, show_private=private == PRIVATE))


def all_as_json(case: Case, nouns: Iterable[Asked], *, private: str | None = None) -> Response:
    """A list of answers as one JSON list."""
    return told_as_json(answers(case, nouns, show_private=private == PRIVATE))


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, name: str) -> Response:
    """Rows as CSV (RFC 4180, UTF-8 with a mark at its start so that spreadsheets read it), offered as a file.

    A cell that a spreadsheet would take for a formula is kept from that with an apostrophe.
    """
    cells = ([as_cell(row.get(column)) for column in columns] for row in rows)
    return cells_as_csv(itertools.chain((columns,), cells), name=name)


def cells_as_csv(rows: Iterable[Sequence[Any]], *, name: str) -> Response:
    """Rows of cells that are as they should stand there already, the header first."""
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return Response(
        ("\ufeff" + held.getvalue()).encode("utf-8", "backslashreplace"),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


def shown(case: Case, noun: Noun, *, private: str | None = None) -> Noun:
    """The same without private persons, unless they are asked for."""
    return noun if private == PRIVATE else withheld(case, noun)


def told_as_json(told: Any) -> Response:
    r"""Plain values as JSON. Half of a surrogate pair, which no UTF-8 holds, is written as its escape: \ud800."""
    text = dumped(told)
    if len(text) <= READABLE:
        text = dumped(told, pretty=True)
    return Response(f"{text}\n".encode("utf-8", "backslashreplace"), media_type="application/json")
