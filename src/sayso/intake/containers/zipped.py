"""ZIPs of files: each file in it is read as if it were handed in by itself, within limits that no bomb gets past.

Nothing is unpacked onto the disk, and a ZIP within a ZIP is not opened. What a file says that it becomes is not
believed: no more is read of it than a report may be long.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.intake.containers.parts import Piece, part_of, problem_in
from sayso.intake.containers.wacz import BROKEN, is_bomb
from sayso.intake.kinds import HTML_SUFFIXES
from sayso.intake.seal import LIMIT
from sayso.problems import Refused
from sayso.record import Problem

if TYPE_CHECKING:
    from sayso.intake.containers.parts import Container, Part, PartProblem

MEDIA_TYPE = "application/zip"
MOST_FILES = 5_000
MOST_BYTES = 1_000_000_000
"""What all of its files together may become."""
LOCKED = 0x1
OF_PROGRAMS = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml")
"""Files that stand in office documents, e-books and programs, which are ZIPs too."""
LONGEST_NAME = 200

Inner = Callable[["Container", str], "Iterator[Part | PartProblem] | None"]


def is_plain(names: list[str]) -> bool:
    """Whether a ZIP with these files is one that somebody packed, and no document of some program."""
    return not any(name in names for name in OF_PROGRAMS)


def parts(container: Container, inner: Inner) -> Iterator[Part | PartProblem]:
    """What stands in the files of a ZIP, in order; `inner` takes files apart that hold several reports."""
    try:
        with zipfile.ZipFile(container.file) as archive:
            yield from _files(container, archive, inner)
    except BROKEN as error:
        yield problem_in(container, Problem("bad_zip", f"The archive cannot be read ({error}). Take it anew."))


def _files(container: Container, archive: zipfile.ZipFile, inner: Inner) -> Iterator[Part | PartProblem]:
    files = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
    came = 0
    for info in files[:MOST_FILES]:
        name = info.filename[:LONGEST_NAME]
        data = _data(archive, info, MOST_BYTES - came)
        if isinstance(data, Problem):
            yield problem_in(container, data, name)
        else:
            came += len(data)
            yield from _parts_of(container, name, data, inner)
    if len(files) > MOST_FILES:
        says = (
            f"It holds {len(files):,} files; the first {MOST_FILES:,} were read. Pack the others in a ZIP of their own."
        )
        yield problem_in(container, Problem("too_many_parts", says))


def _data(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes | Problem:
    """The bytes of one file, or why they are not read."""
    if info.flag_bits & LOCKED:
        return Problem("locked", "It is locked with a password. Unpack it, and hand in what is in it.")
    if is_bomb(info):
        return Problem("zip_bomb", "It becomes very many times as long when it is unpacked: a bomb. It was not read.")
    try:
        with archive.open(info) as file:
            data = file.read(min(LIMIT, room) + 1)
    except BROKEN as error:
        return Problem("bad_zip", f"It cannot be read to its end ({error}). Take the archive anew.")
    if len(data) > room:
        return Problem(
            "too_large", f"What was read of the ZIP before it is {MOST_BYTES:,} bytes long. Hand it in alone."
        )
    if len(data) > LIMIT:
        return Problem("too_large", f"It is over {LIMIT:,} bytes long. Unpack it, and hand it in alone.")
    return data


def _parts_of(container: Container, name: str, data: bytes, inner: Inner) -> Iterator[Part | PartProblem]:
    held = replace(container, file=io.BytesIO(data), size=len(data))
    try:
        found = None if data.startswith(b"PK") else inner(held, name)
        if found is None:
            yield part_of(container, Piece(data, _media_type(name), name))
            return
        for one in found:
            where = f"{name}: {one.locator}" if one.locator else name
            yield replace(one, locator=where, container_media_type=container.media_type)
    except Refused as refused:
        yield problem_in(container, refused.problem, name)


def _media_type(name: str) -> str | None:
    """What a name says of a file; None where its bytes are looked at."""
    return "text/html" if name.lower().endswith(HTML_SUFFIXES) else None


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
