"""Erasing a report, or a name in all reports: a person's life can depend on it.

What goes: the original's bytes, its text, everything read from it, drawn from it or indexed of it, the words of it that
decisions rest on, and the words that people typed about it. What stays: a tombstone (the hash of what was erased, when,
by whom, why) and the rows of the audit, which never held any of this.

An erasing that was cut off is finished by erasing again.
"""

from __future__ import annotations

import secrets
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select, update

from sayso.ledger import audit, schema
from sayso.ledger.compacting import forget, forget_in_index
from sayso.ledger.drawing import drawn
from sayso.ledger.erased_words import (
    forget_intake,
    forget_places,
    forget_typed,
    located_nowhere,
    ruled_with,
    withhold_typed,
)
from sayso.ledger.erasing_intake import forget_handed_in, handed_in
from sayso.ledger.incidents_drawn import redrawn
from sayso.ledger.knowing import folder_of, knowledge_of
from sayso.ledger.originals import UNFINISHED, on_the_disk, path_of
from sayso.ledger.packing import unpacked
from sayso.ledger.placing import Placed
from sayso.ledger.problems import CannotErase
from sayso.ledger.reading_rows import insert_reading
from sayso.ledger.ruled_drawn import draw_ruled
from sayso.ledger.taking_out import take_out
from sayso.ledger.withholding import Withheld

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.case import Case
    from sayso.record import Reading

STILL_WRITING = 3600
"""Seconds in which a file that is not finished may still be written by somebody who adds."""

SOME = 10
"""How many things a message names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """What was erased, and where it can still be. `says` tells all of it, a sentence or a path a line."""

    reports: tuple[str, ...]  # erased whole, or those in which a name was withheld
    containers: tuple[str, ...]
    outside: tuple[str, ...]  # files and addresses that it came from, which were not touched
    exports: tuple[str, ...]  # files written from the case, which were not touched
    copies: tuple[str, ...]  # reports that hold some of the same words, as copies do
    says: tuple[str, ...]


@dataclass(slots=True)
class _Gone:
    """What an erasing took away, as it goes."""

    what: str = ""
    reports: list[str] = field(default_factory=list)
    containers: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)


def erased(  # noqa: PLR0913 what, by whom, why and when: all must be given
    case: Case,
    *,
    report: str | None = None,
    name: str | None = None,
    who: str,
    why: str,
    at: str,
    containers: bool = False,
) -> Erasing:
    """Erase one report, by its id, or one name in all reports: the words of a name, or the id of a speaker.

    A name is withheld: blocks stand in the texts instead, the originals go, readings keep everything else. `why` stays
    in the tombstone; it should name nobody. What came in an archive, mail or feed goes only with all of its bytes:
    without `containers` that is refused, saying what else it holds. What was handed in and gave no report is erased by
    the hash of its bytes, as a report is. Raises `CannotErase`, `NoSuchThing`, `CaseBusy`.
    """
    if (report is None) == (name is None):
        raise CannotErase("Name either a report or a name to erase.")
    stone = _Tombstone(who, why, at)
    if report is not None:
        gone = _handed_in_erased(case, report, stone) or _report_erased(case, report, stone, containers=containers)
    else:
        gone = _name_erased(case, name or "", stone, containers=containers)
    _remove_bytes(case)
    redrawn(case)
    left = forget(case)
    if not gone.what:
        raise CannotErase(f"Nothing in the case names {name}. What an erasing before may have left over was removed.")
    return _told(case, gone, left)


@dataclass(frozen=True, slots=True)
class _Tombstone:
    """Who erases, why and when."""

    who: str
    why: str
    at: str

    def put(self, connection: Connection, about: str, kind: str, **counts: int | str) -> None:
        """Write it, in the tombstones and in the audit."""
        connection.execute(
            schema.tombstones.insert().values(about=about, kind=kind, at=self.at, who=self.who, why=self.why)
        )
        body = {"kind": kind, **counts}
        audit.note(connection, at=self.at, who=self.who, what="erased", about=about, body=body)


# A report


def _report_erased(case: Case, asked: str, stone: _Tombstone, *, containers: bool) -> _Gone:
    gone, rows = _Gone(), knowledge_of(case)
    with case.writing() as connection:
        report = _known_or_erased(connection, asked)
        if report is None:  # erased before: whatever was cut off is finished
            gone.what = "It was erased before; what may have been left over was removed."
            return gone
        _from_where(connection, [report], gone)
        _take_containers(connection, [report], gone, stone, allowed=containers)
        forget_intake(connection, (report, *gone.containers))
        gone.copies += _copies(connection, report)
        unused = located_nowhere(connection)
        typed = forget_typed(connection, report)  # first, so that nothing is drawn by them any more
        for decision in typed:
            stone.put(connection, decision, "decision")
        take_out(connection, report, rows, at=stone.at)
        for other in sorted(ruled_with(connection, typed) - {report}):
            draw_ruled(connection, other, rows)
        for decision in forget_places(connection, located_nowhere(connection) - unused):
            stone.put(connection, decision, "decision")
        sealed = report.removeprefix("sha256:")
        for table in (schema.readings, schema.custody):
            connection.execute(delete(table).where(table.c.report_id == report))
        connection.execute(delete(schema.reports).where(schema.reports.c.id == report))
        connection.execute(delete(schema.originals).where(schema.originals.c.sha256 == sealed))
        stone.put(connection, report, "report")
        forget_in_index(connection)
        gone.reports.append(report)
    gone.what = f"The report {report} was erased: its bytes, its text, its index, and all that was read from it."
    return gone


def _handed_in_erased(case: Case, asked: str, stone: _Tombstone) -> _Gone | None:
    """What was handed in and gave no report; None where that is not what is asked for."""
    with case.writing() as connection:
        sealed = handed_in(connection, asked)
        if sealed is None:
            return None
        forget_handed_in(connection, sealed)
        stone.put(connection, f"sha256:{sealed}", "intake")
        forget_in_index(connection)
    what = f"What was handed in as sha256:{sealed} was erased: its bytes, and the name it was handed in under."
    return _Gone(what, containers=[])


def _known_or_erased(connection: Connection, asked: str) -> str | None:
    """The whole id of a report that is there; None for one that was erased before."""
    from sayso.ledger.asking.ids import found

    tombstone = schema.tombstones.c
    before = select(tombstone.about).where(tombstone.kind == "report", tombstone.about.startswith(_whole(asked)))
    if len(asked.removeprefix("sha256:")) >= 6 and len(connection.execute(before).all()) == 1:
        return None
    return found(connection, asked, kind="report").id


def _whole(asked: str) -> str:
    return "sha256:" + asked.strip().casefold().removeprefix("sha256:")


def _tombstoned(connection: Connection) -> list[str]:
    """The hashes of all bytes that were erased, and were not added again since."""
    tombstone = schema.tombstones.c
    asked = select(tombstone.about).where(tombstone.kind != "decision", tombstone.about.startswith("sha256:"))
    kept = set(connection.execute(select(schema.originals.c.sha256)).scalars())
    return sorted({about.removeprefix("sha256:") for about in connection.execute(asked).scalars()} - kept)


def _copies(connection: Connection, report: str) -> list[str]:
    found: set[str] = set()
    for here, there in ((schema.links.c.a, schema.links.c.b), (schema.links.c.b, schema.links.c.a)):
        found.update(connection.execute(select(there).where(here == report)).scalars())
    return sorted(found)


# A name


def _name_erased(case: Case, asked: str, stone: _Tombstone, *, containers: bool) -> _Gone:
    gone, rows = _Gone(), knowledge_of(case)
    with case.writing() as connection:
        withheld = Withheld(_forms(connection, asked), f"[name withheld {_letters()}]")
        gone.reports += _naming(connection, withheld)
        _from_where(connection, gone.reports, gone)  # first: who erases must know the files by their true names
        unused = located_nowhere(connection)
        typed = withhold_typed(connection, withheld)
        if not gone.reports and not typed.anything:
            return gone
        gone.outside += _rows_naming(case, withheld)
        _take_containers(connection, gone.reports, gone, stone, allowed=containers)
        for report in gone.reports:
            _withhold(connection, report, withheld, stone, rows)
        for other in sorted(ruled_with(connection, typed.decisions) - set(gone.reports)):
            draw_ruled(connection, other, rows)  # whom only a person named there
        lost = forget_places(connection, located_nowhere(connection) - unused)
        for decision in dict.fromkeys((*typed.decisions, *lost)):
            stone.put(connection, decision, "decision")
        forget_in_index(connection)
    forms = ", ".join(f"“{form}”" for form in withheld.forms)
    gone.what = (
        f"The name ({forms}) was withheld in {len(gone.reports):,} reports: blocks stand in their texts, "
        f"“{withheld.mark}” elsewhere. Other spellings, and words that point at the person without the name, were not "
        "looked for. Reports added later can name them again."
    )
    return gone


def _rows_naming(case: Case, withheld: Withheld) -> list[str]:
    """Files of the case's own knowledge in which somebody wrote the name."""
    files = sorted(folder_of(case).rglob("*.toml"))
    return [str(path) for path in files if withheld.is_in(path.read_text(encoding="utf-8", errors="replace"))]


def _letters() -> str:
    """Letters that tell one withheld name from another, and nothing else."""
    return "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(6)).capitalize()


def _forms(connection: Connection, asked: str) -> list[str]:
    """The spellings of a name: of a speaker all that name them, or the words as they were given."""
    import json

    if not asked.startswith("spk-"):
        if len(asked.strip()) < 3:
            raise CannotErase(f"{asked!r} is too short to be looked for as a name.")
        return [asked]
    from sayso.ledger.asking.ids import found

    speaker = found(connection, asked, kind="speaker").id
    held = connection.execute(select(schema.sources.c.spellings).where(schema.sources.c.speaker_id == speaker))
    forms = [form for row in held for form in json.loads(row.spellings) if any(char.isupper() for char in form)]
    if not forms:
        raise CannotErase(f"{asked} has no name that could be withheld.")
    return forms


def _naming(connection: Connection, withheld: Withheld) -> list[str]:
    """The reports in whose text the name stands, or in what is known beside it, in the order of adding."""
    asked = select(schema.reports).order_by(schema.reports.c.seq).execution_options(yield_per=200)
    found = []
    for row in connection.execute(asked):
        if any(map(withheld.is_in, (row.text, row.title, row.publisher, row.url))):
            found.append((row.seq, row.id))
    known = {report for _, report in found}
    held = (
        select(schema.reports.c.seq, schema.readings.c.report_id, schema.readings.c.packed)
        .join(schema.reports, schema.reports.c.id == schema.readings.c.report_id)
        .execution_options(yield_per=200)
    )
    for seq, report, packed in connection.execute(held):  # as a writer whom only the head of a page names
        if report not in known and withheld.is_in(zlib.decompress(packed).decode("utf-8", "replace")):
            known.add(report)
            found.append((seq, report))
    return [report for _, report in sorted(found)]


def _withhold(connection: Connection, report: str, withheld: Withheld, stone: _Tombstone, rows: Knowledge) -> None:
    """Put a reading without the name in the place of a report's readings."""
    row = connection.execute(select(schema.reports).where(schema.reports.c.id == report)).one()
    mine = schema.readings.c.report_id == report
    packed = connection.execute(select(schema.readings.c.packed).where(mine, schema.readings.c.current)).scalar_one()
    reading: Reading = withheld.reading(unpacked(packed, row.text, b""))
    take_out(connection, report, rows, at=stone.at)
    connection.execute(delete(schema.readings).where(mine))
    connection.execute(
        update(schema.reports)
        .where(schema.reports.c.id == report)
        .values(
            text=reading.page.report.text,
            text_sha256=reading.page.report.text_sha256,
            **{name: withheld.marked(value) for name in ("title", "url", "publisher") if (value := getattr(row, name))},
        )
    )
    connection.execute(delete(schema.originals).where(schema.originals.c.sha256 == report.removeprefix("sha256:")))
    insert_reading(connection, Placed(drawn(reading, knowledge=rows), row.seq, stone.at, rows))
    draw_ruled(connection, report, rows)
    stone.put(connection, report, "name", text_sha256=reading.page.report.text_sha256)


# Containers, files, and what follows


def _from_where(connection: Connection, reports: Iterable[str], gone: _Gone) -> None:
    custody = schema.custody.c
    for row in connection.execute(select(custody.path, custody.url).where(custody.report_id.in_(list(reports)))):
        gone.outside += [place for place in (row.path, row.url) if place and place not in gone.outside]


def _take_containers(
    connection: Connection, reports: list[str], gone: _Gone, stone: _Tombstone, *, allowed: bool
) -> None:
    """The archives that the reports came in hold their bytes too."""
    custody = schema.custody.c
    mine = select(custody.container).where(custody.report_id.in_(reports), custody.container.is_not(None)).distinct()
    for container in connection.execute(mine.order_by(custody.container)).scalars().all():
        others = select(custody.report_id).where(custody.container == container, custody.report_id.not_in(reports))
        held = list(connection.execute(others.distinct().order_by(custody.report_id)).scalars())
        if not allowed:
            raise CannotErase(_held_in(container, held))
        sealed = container.removeprefix("sha256:")
        connection.execute(delete(schema.originals).where(schema.originals.c.sha256 == sealed))
        stone.put(connection, f"sha256:{sealed}", "container", others=len(held))
        gone.containers.append(f"sha256:{sealed}")


def _held_in(container: str, others: list[str]) -> str:
    rest = f"{len(others):,} other reports came in it, and stay: {', '.join(others[:SOME])}" if others else ""
    more = " …" if len(others) > SOME else ""
    return (
        f"It came in the container {container}, whose bytes hold it too and would have to go with it. "
        f"{rest or 'Nothing else came in it'}{more}. Say that containers may go (--containers), and it is erased."
    )


def _remove_bytes(case: Case) -> None:
    """The bytes of all that was erased, last, since they cannot come back; and what was never finished."""
    with case.reading() as connection:
        files = _tombstoned(connection)
    unfinished = (case.folder / "originals").glob(f"{UNFINISHED}*")
    left_over = (path for path in unfinished if time.time() - path.stat().st_mtime > STILL_WRITING)
    for path in (*(path_of(case, sealed) for sealed in files), *left_over):
        if path.exists():
            path.chmod(0o600)
            path.unlink()
            on_the_disk(path.parent)


def _told(case: Case, gone: _Gone, left: tuple[str, ...]) -> Erasing:
    exports = sorted(str(path) for path in (case.folder / "exports").rglob("*") if path.is_file())
    says = [gone.what]
    if gone.containers:
        says.append(f"The containers it came in are gone too: {', '.join(gone.containers)}.")
    if gone.copies:
        says.append(f"These reports hold some of the same words, and stay: {_some(gone.copies)}.")
    if gone.outside:
        says.append(f"It came from here, or stands here, which was not touched: {_some(gone.outside)}.")
    if exports:
        says.append(f"These files were written from the case before, and were not touched: {_some(exports)}.")
    says.append("Backups of the case, if there are any, still hold it: erase it there, or let them expire.")
    return Erasing(
        tuple(gone.reports),
        tuple(gone.containers),
        tuple(gone.outside),
        tuple(exports),
        tuple(gone.copies),
        (*says, *left),
    )


def _some(names: list[str]) -> str:
    return ", ".join(names[:SOME]) + (f" and {len(names) - SOME:,} more" if len(names) > SOME else "")
