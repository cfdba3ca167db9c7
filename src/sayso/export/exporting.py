"""Exporting a case: which formats there are, what each writes, and what each loses."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sayso.ledger import audit
from sayso.ledger.asking.private import withheld
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import IncidentPage, ReportPage
    from sayso.ledger.case import Case
    from sayso.record import Published

AT_ONCE = 500
Noun = TypeVar("Noun")


class NotExported(CaseProblem):
    """Where an export was to go there is something already, or nothing can be written."""


@dataclass(frozen=True, slots=True)
class File:
    """One file that an export wrote, and how many rows, features, annotations or entities are in it."""

    path: Path
    rows: int


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and what of the case it does not hold."""

    form: str
    files: tuple[File, ...]
    loses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A case as exporters go through it; private persons are withheld unless they are to be shown."""

    case: Case
    show_private: bool

    def reports(self) -> Iterator[ReportPage]:
        """Every report, the first added first."""
        from sayso.ledger.asking.reports import report

        for name in self._report_ids():
            yield self.shown(report(self.case, name))

    def incidents(self) -> Iterator[IncidentPage]:
        """Every incident, by its time."""
        from sayso.ledger.asking.incidents import incident, incident_rows

        after = None
        while rows := incident_rows(self.case, by="time", limit=AT_ONCE, after=after):
            after = rows[-1].id
            for row in rows:
                yield self.shown(incident(self.case, row.id))

    def shown(self, noun: Noun) -> Noun:
        """A noun as it may leave the case."""
        return noun if self.show_private else withheld(self.case, noun)

    def _report_ids(self) -> list[str]:
        from sayso.ledger.asking.reports import report_list

        found: list[str] = []
        while rows := report_list(self.case, limit=AT_ONCE, after=found[-1] if found else None):
            found += [row.id for row in rows]
        return found[::-1]


def exported(
    case: Case,
    form: str,
    out: Path | None = None,
    *,
    show_private: bool = False,
    noted: tuple[str, str] | None = None,
) -> Exported:
    """Write a case in one of `FORMATS` into a folder, by default `exports/<form>` of the case.

    Each file appears whole or not at all; files of an earlier export there are replaced, others are left alone.
    Names and words of private persons are withheld unless `show_private`, a choice that goes into the audit: `noted` is
    who exports, and when. Raises `NotExported`.
    """
    if form not in FORMATS:
        raise NotExported(f"There is no export named {form!r}, but: {', '.join(FORMATS)}.")
    folder = out or case.folder / "exports" / form
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = FORMATS[form]()(Whole(case, show_private), folder)
    except OSError as error:
        raise NotExported(f"{folder} cannot be written: {error.strerror or error}. Name another with --out.") from error
    if noted is not None:
        _note(case, form, files, show_private=show_private, by=noted)
    private = () if show_private else ("names and words of private persons (--show-private keeps them)",)
    return Exported(form, tuple(files), (*LOSES[form], *private))


def _note(case: Case, form: str, files: list[File], *, show_private: bool, by: tuple[str, str]) -> None:
    who, at = by
    body = {"form": form, "rows": sum(file.rows for file in files), "show_private": show_private}
    with case.writing() as connection:
        audit.note(connection, at=at, who=who, what="exported", about=form, body=body)


def day_of(published: Published) -> str | None:
    """The day a report came out; None where it is not known to the day, which formats with one date cannot tell."""
    if published.earliest is None or published.latest is None:
        return None
    first, last = date.fromisoformat(published.earliest[:10]), date.fromisoformat(published.latest[:10])
    return first.isoformat() if last - first <= timedelta(days=1) else None


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to, that takes the place of `path` once it is whole."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    made = Path(name)
    try:
        yield made
        made.chmod(0o644)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


Writer = Callable[[Whole, Path], list[File]]


def _csv() -> Writer:
    from sayso.export.tables import write

    return write


def _geojson() -> Writer:
    from sayso.export.geojson import write

    return write


def _webannotation() -> Writer:
    from sayso.export.webannotation import write

    return write


def _ftm() -> Writer:
    from sayso.export.ftm import write

    return write


FORMATS: dict[str, Callable[[], Writer]] = {
    "csv": _csv,
    "geojson": _geojson,
    "webannotation": _webannotation,
    "ftm": _ftm,
}
LOSES: dict[str, tuple[str, ...]] = {
    "csv": (
        "all stretches of a value but the first and the last where it has several",
        "the reasons for and against what is one incident or one copy",
        "cells that a spreadsheet would take for a formula begin with an apostrophe",
    ),
    "geojson": (
        "statements and words: each feature is one incident, with its attributed headline",
        "what did not happen, which is in a file of its own without places on the map",
        "where forces are: known to a quarter of a degree only",
    ),
    "webannotation": (
        "incidents, origins and families: each annotation is one statement or one telling of one report",
    ),
    "ftm": (
        "the status that each teller gives an event, but in words",
        "bounds of figures, the doubt of places, and every stretch: Follow the Money has no field for them",
    ),
}
