"""Exporting a case: which formats there are, what each writes, and what each loses."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.ledger import audit
from sayso.ledger.asking.chosen import EVERYTHING, all_reports, how_many, incidents_chosen, reports_telling
from sayso.ledger.asking.incidents import Incidents
from sayso.ledger.asking.private import withheld
from sayso.ledger.asking.where_when import WhereWhen
from sayso.ledger.incidents_drawn import redrawn
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from sayso.export.labelling import Labels
    from sayso.ledger.asking.answers import IncidentPage, ReportPage
    from sayso.ledger.case import Case
    from sayso.record import Published

Noun = TypeVar("Noun")
ANY = Incidents()


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
class Selection:
    """Which of a case is exported: incidents by what is asked of them, or by their ids, and the reports that tell them.

    Where nothing is asked, all of it. `party` is a side of which an origin tells them, `box` a stretch of the earth
    ("west,south,east,north" in degrees) in which they are told to have been. `columns` are the names of fields to keep,
    in their order, of a table or of the properties of a feature: "incidents.kind", "properties.kind"; a table of which
    none is named has all. With `labels` those who speak have labels in place of names. `tables` are those of CSV to
    write, none for all; `most` is how many incidents and reports are gone through at most, for a look at first rows.
    """

    among: Incidents = ANY
    ids: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    labels: bool = False
    tables: tuple[str, ...] = ()
    most: int | None = None
    party: str | None = None
    box: str | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves out incidents."""
        return self.meant != EVERYTHING

    @property
    def meant(self) -> WhereWhen:
        """Which incidents are meant."""
        return WhereWhen(self.among, party=self.party, box=self.box, ids=self.ids)

    def fields(self, table: str, known: Sequence[str]) -> tuple[str, ...]:
        """The columns of a table that are to be written. Raises `NotExported` for one that there is not."""
        wanted = tuple(dict.fromkeys(name.partition(".")[2] for name in self.columns if name.startswith(f"{table}.")))
        for name in wanted:
            if name not in known:
                raise NotExported(f"{table} has no column {name!r}, but: {', '.join(known)}.")
        return wanted or tuple(known)

    def has(self, table: str) -> bool:
        """Whether a table of CSV is to be written."""
        return not self.tables or table in self.tables


ALL = Selection()
"""The whole case."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A case as exporters go through it; private persons are withheld unless they are to be shown."""

    case: Case
    show_private: bool
    selection: Selection = ALL
    labels: Labels | None = None

    def reports(self) -> Iterator[ReportPage]:
        """Every report that is chosen, the first added first."""
        from sayso.ledger.asking.reports import report

        for name in self.report_ids():
            yield self.shown(report(self.case, name))

    def incidents(self) -> Iterator[IncidentPage]:
        """Every incident that is chosen, by its time."""
        from sayso.ledger.asking.incidents import incident

        for name in self.incident_ids():
            yield self.shown(incident(self.case, name))

    def shown(self, noun: Noun) -> Noun:
        """A noun as it may leave the case."""
        return noun if self.show_private else withheld(self.case, noun)

    def told(self, value: Any) -> Any:
        """A plain value as it is written: with labels in place of names, where these are wanted."""
        return value if self.labels is None else self.labels.on(value)

    def incident_ids(self) -> tuple[str, ...]:
        """The incidents that are chosen."""
        asked = self.selection
        with self.case.reading() as connection:
            return incidents_chosen(connection, asked.meant, limit=asked.most)

    def report_ids(self) -> tuple[str, ...]:
        """The reports that are chosen: those that tell of the incidents that are, all where none is left out."""
        asked = self.selection
        with self.case.reading() as connection:
            if not asked.is_narrow:
                return all_reports(connection, limit=asked.most)
            return reports_telling(connection, asked.meant, limit=asked.most)

    def how_many(self) -> tuple[int, int | None]:
        """How many incidents and how many reports are chosen; None where the reports are too many to count."""
        with self.case.reading() as connection:
            return how_many(connection, self.selection.meant)


def whole_of(case: Case, *, show_private: bool, selection: Selection) -> Whole:
    """What of a case is gone through, with the labels that it needs."""
    from sayso.export.labelling import labels_of

    return Whole(case, show_private, selection, labels_of(case) if selection.labels else None)


def exported(
    case: Case,
    form: str,
    out: Path | None = None,
    *,
    show_private: bool = False,
    noted: tuple[str, str] | None = None,
    selection: Selection | None = None,
) -> Exported:
    """Write a case, or a `selection` of it, in one of `FORMATS` into a folder, by default `exports/<form>` of the case.

    Each file appears whole or not at all; files of an earlier export there are replaced, others are left alone.
    Names and words of private persons are withheld unless `show_private`, a choice that goes into the audit: `noted` is
    who exports, and when. Raises `NotExported`.
    """
    if form not in FORMATS:
        raise NotExported(f"There is no export named {form!r}, but: {', '.join(FORMATS)}.")
    chosen = selection or ALL
    check_selection(form, chosen)
    if chosen.is_narrow:
        redrawn(case)  # what is asked of incidents is asked of their rows
    folder = out or case.folder / "exports" / form
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = FORMATS[form]()(whole_of(case, show_private=show_private, selection=chosen), folder)
    except OSError as error:
        raise NotExported(f"{folder} cannot be written: {error.strerror or error}. Name another with --out.") from error
    made = Exported(form, tuple(files), loses(form, chosen, show_private=show_private))
    if noted is not None:
        note_export(case, made, chosen, show_private=show_private, by=noted)
    return made


def check_selection(form: str, chosen: Selection) -> None:
    """Raise `NotExported` where a format cannot be written so."""
    if form not in FORMATS:
        raise NotExported(f"There is no export named {form!r}, but: {', '.join(FORMATS)}.")
    if chosen.labels and form == "webannotation":
        raise NotExported(
            "Web Annotations point at the sealed words, letter by letter: labels in place of names would break every "
            "stretch. Choose another format, or leave the names."
        )
    if chosen.columns and form not in COLUMNED:
        raise NotExported(f"The columns of {form} cannot be chosen. Those of {' and '.join(COLUMNED)} can.")


def loses(form: str, chosen: Selection, *, show_private: bool) -> tuple[str, ...]:
    """What an export does not hold of the case, in words."""
    lost = [*LOSES[form]]
    if chosen.is_narrow:
        lost.append("incidents that do not fit what was asked, and reports that tell of none that does")
    if chosen.columns:
        lost.append("columns that were not chosen")
    if chosen.labels:
        lost.append(
            "the names of all who speak, which are labels; where words hold one, they are not letter by letter what is "
            "sealed, and offsets are those of the sealed words"
        )
    if not show_private:
        lost.append(PRIVATE)
    return tuple(lost)


def note_export(
    case: Case, made: Exported, chosen: Selection, *, show_private: bool, by: tuple[str, str], also: Sequence[str] = ()
) -> None:
    """Note in the audit what was exported, by whom and when: how much of what, never what was asked, often a name."""
    who, at = by
    rows = sum(file.rows for file in made.files)
    body: dict[str, object] = {"form": made.form, "rows": rows, "show_private": show_private}
    if chosen != ALL:
        body |= {"labels": chosen.labels, "selected": chosen.is_narrow, "columns": len(chosen.columns)}
    if chosen.ids:
        body["ids"] = len(chosen.ids)
    if also:
        body["also"] = sorted(also)
    with case.writing() as connection:
        audit.note(connection, at=at, who=who, what="exported", about=made.form, body=body)


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
PRIVATE = "names and words of private persons"
"""What an export does not hold unless private persons are to be shown."""
COLUMNED = ("csv", "geojson")
"""Formats of which columns can be chosen."""
LOSES: dict[str, tuple[str, ...]] = {
    "csv": (
        "all stretches of a value but the first and the last where it has several",
        "the reasons for and against what is one incident or one copy",
        "letter by letter, cells that a spreadsheet would take for a formula: an apostrophe stands before them",
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
