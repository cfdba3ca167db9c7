"""A parcel: one ZIP with an export, what was asked to go with it, a page that says what it is, and hashes of it all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sayso import __version__
from sayso.export.exporting import ALL, Exported, NotExported, Selection, exported, note_export, whole_of
from sayso.export.ledger_json import as_line
from sayso.ledger import audit
from sayso.ledger.asking.seals import seals
from sayso.ledger.decisions import decisions
from sayso.ledger.originals import path_of

if TYPE_CHECKING:
    from sayso.ledger.case import Case

WITH = ("originals", "decisions", "audit", "seals")
"""What can go with an export."""
HASHES = "SHA256SUMS.txt"
README = "README.txt"
FIXED = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a parcel: the same export gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be in a parcel, and for whom it is written down: who wants it, when, and why with private persons."""

    form: str
    who: str
    at: str
    selection: Selection = ALL
    show_private: bool = False
    why: str = ""
    also: tuple[str, ...] = ()


def check_order(order: Order) -> None:
    """Raise `NotExported` where it cannot be so."""
    from sayso.export.exporting import check_selection

    check_selection(order.form, order.selection)
    odd = [one for one in order.also if one not in WITH]
    if odd:
        raise NotExported(f"{odd[0]!r} cannot go with an export. There are: {', '.join(WITH)}.")
    if "originals" in order.also and (order.selection.labels or not order.show_private):
        raise NotExported(
            "Originals hold every name, also those that this export withholds. Leave them out, or show private persons "
            "and no labels."
        )
    if "decisions" in order.also and order.selection.labels:
        raise NotExported("Decisions hold names that people typed. Leave them out where labels stand for names.")
    if order.show_private and not order.why.strip():
        raise NotExported("Say why private persons are to be named: it is written down with the export.")


def sent(case: Case, order: Order, to: Path, *, told: Callable[[str], None] = lambda _: None) -> Exported:
    """Write a parcel to a file, and note in the audit that it was. `told` is told what is being written.

    Raises `NotExported`, and leaves no file then.
    """
    check_order(order)
    part = to.with_name(f".{to.name}.part")
    try:
        with TemporaryDirectory(prefix="sayso-export-") as folder, zipfile.ZipFile(part, "w") as made:
            told(order.form)
            done = exported(
                case,
                order.form,
                Path(folder),
                show_private=order.show_private,
                selection=order.selection,
            )
            by = (order.who, order.at)
            note_export(case, done, order.selection, show_private=order.show_private, by=by, also=order.also)
            _filled(made, case, order, done, told)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return done


def _filled(made: zipfile.ZipFile, case: Case, order: Order, done: Exported, told: Callable[[str], None]) -> None:
    sums: list[str] = []
    for file in done.files:
        sums.append(_put(made, file.path.name, file.path))
    for one in order.also:
        told(one)
        for name, held in PARTS[one](case, order):
            sums.append(_put(made, name, held))
    sums.append(_put(made, README, _readme(order, done).encode()))
    _put(made, HASHES, "".join(sums).encode())


def _put(made: zipfile.ZipFile, name: str, held: bytes | Path) -> str:
    """Add one file; its line among the hashes, as sha256sum writes it."""
    entry = zipfile.ZipInfo(name, FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    summed = hashlib.sha256()
    with made.open(entry, "w", force_zip64=True) as file:
        for chunk in _chunks(held):
            summed.update(chunk)
            file.write(chunk)
    return f"{summed.hexdigest()}  {name}\n"


def _chunks(held: bytes | Path) -> Iterator[bytes]:
    if isinstance(held, bytes):
        yield held
        return
    with held.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk


# What can go with it

Part = Iterator[tuple[str, "bytes | Path"]]


def _originals(case: Case, order: Order) -> Part:
    for name in whole_of(case, show_private=True, selection=order.selection).report_ids():
        path = path_of(case, name)
        if path.is_file():
            yield f"originals/{path.name}", path


def _decisions(case: Case, order: Order) -> Part:
    with case.reading() as connection:
        ruled = decisions(connection, withdrawn=True)
    lines = (as_line(case, one, show_private=order.show_private) for one in ruled)
    yield "decisions.jsonl", "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _audit(case: Case, _: Order) -> Part:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(audit.Noted.__slots__)
    with case.reading() as connection:
        for row in audit.rows(connection):
            writer.writerow([getattr(row, name) for name in audit.Noted.__slots__])
    yield "audit.csv", held.getvalue().encode("utf-8", "backslashreplace")


def _seals(case: Case, _: Order) -> Part:
    held = io.StringIO()
    writer = csv.writer(held)
    columns = ("sha256", "bytes", "kind", "media_type", "added_at")
    writer.writerow(columns)
    with case.reading() as connection:
        for one in seals(connection):
            writer.writerow([getattr(one, name) for name in columns])
    yield "seals.csv", held.getvalue().encode("utf-8", "backslashreplace")


PARTS: dict[str, Callable[[Case, Order], Part]] = {
    "originals": _originals,
    "decisions": _decisions,
    "audit": _audit,
    "seals": _seals,
}


def _readme(order: Order, done: Exported) -> str:
    told = asdict(order.selection)
    asked = {name: held for name, held in {**told.pop("among"), **told}.items() if held not in (None, (), False)}
    if "speaker" in asked and (order.selection.labels or not order.show_private):
        asked["speaker"] = "somebody in particular"  # who was asked for may be whom this withholds
    lines = [
        "Exported with Sayso " + __version__ + ", a ledger of what was said to have happened, on whose say-so.",
        "Nothing here is told as a fact: each row names who says it, and points at the words of a sealed report.",
        "",
        f"Format: {order.form}",
        f"By: {order.who}, {order.at}",
        f"Asked for: {json.dumps(asked, ensure_ascii=False, sort_keys=True) if asked else 'the whole case'}",
        f"Private persons: {'named, because ' + order.why if order.show_private else 'withheld'}",
        "",
        *(f"{file.path.name}: {file.rows} rows" for file in done.files),
        "",
        "What this does not hold of the case:",
        *(f"- {one}" for one in done.loses),
        "",
        f"{HASHES} holds the SHA-256 of each file: sha256sum -c {HASHES}",
    ]
    return "\n".join(lines) + "\n"
