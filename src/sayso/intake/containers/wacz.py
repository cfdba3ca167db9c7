"""WACZ files: the pages that the archive names, each out of its WARC, after the archive's own hashes are checked."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from sayso.intake.containers import warc
from sayso.intake.containers.parts import problem_in
from sayso.intake.containers.stamps import moment
from sayso.intake.containers.streams import BOMB, RATIO
from sayso.intake.containers.values import values
from sayso.intake.containers.warc_records import HEAD_LIMIT, Record, records
from sayso.problems import Refused
from sayso.record import Metadata, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sayso.intake.containers.parts import Container, Part, PartProblem

MEDIA_TYPE = "application/wacz"
PACKAGE = "datapackage.json"
DIGEST = "datapackage-digest.json"
PACKAGE_LIMIT = 20 * 1024 * 1024
PAGES = ("pages/pages.jsonl", "pages/extraPages.jsonl")
WARCS = (".warc", ".warc.gz")
PIECE = 4096
STEPS = 5
"""How many redirects inside an archive are followed to the page that was shown."""

BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError)
"""What the zip reader raises on files that are damaged, locked or packed in a way it does not know."""


class _Page(NamedTuple):
    """A page that the archive names."""

    url: str
    at: datetime | None
    title: str | None
    locator: str


class _Seen(NamedTuple):
    """A response in one of the archive's WARCs: where it is, when it came, and where it sends its reader on to."""

    name: str
    at: int
    when: datetime | None
    sends_to: str | None


class _InPieces:
    """A file of an archive, read a little at a time: of a damaged one no more than the last piece is lost."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        """The next piece; none at the end and from where the reader refuses the file."""
        if self.error:
            return b""
        try:
            return self._file.read(min(size, PIECE))
        except BROKEN as error:
            self.error = error
            return b""


@dataclass(slots=True)
class _Chosen:
    """The records that hold the named pages, with the page of each."""

    pages: dict[tuple[str, int], _Page] = field(default_factory=dict)


def is_wacz(names: list[str]) -> bool:
    """Whether a zip with these files in it is a WACZ."""
    return PACKAGE in names and any(name.startswith("archive/") for name in names)


def parts(container: Container) -> Iterator[Part | PartProblem]:
    """The pages of a WACZ: those it names, or where it names none every response that shows text."""
    try:
        with zipfile.ZipFile(container.file) as archive:
            yield from _parts(container, archive)
    except BROKEN as error:
        yield problem_in(container, Problem("bad_zip", f"The archive cannot be read ({error}). Take it anew."))


def _parts(container: Container, archive: zipfile.ZipFile) -> Iterator[Part | PartProblem]:
    bombs = {info.filename for info in archive.infolist() if is_bomb(info)}
    for name in sorted(bombs):
        says = f"It becomes over {RATIO} times as long when it is unpacked: a bomb. It was not read."
        yield problem_in(container, Problem("zip_bomb", says), name)
    yield from _hashes(container, archive, bombs)
    warcs = [name for name in archive.namelist() if name.lower().endswith(WARCS) and name not in bombs]
    pages, problems = _pages(container, archive, bombs)
    yield from problems
    chosen = _Chosen()
    if pages:
        yield from _choose(container, archive, warcs, pages, chosen)
    for name in warcs:
        yield from _from_warc(container, archive, name, chosen if pages else None)


def is_bomb(info: zipfile.ZipInfo) -> bool:
    """Whether a file of an archive says that it grows beyond all measure when it is unpacked."""
    return info.file_size > BOMB and info.file_size > RATIO * max(1, info.compress_size)


def _from_warc(
    container: Container, archive: zipfile.ZipFile, name: str, chosen: _Chosen | None
) -> Iterator[Part | PartProblem]:
    def wanted(record: Record) -> bool:
        return chosen is None or (name, record.at) in chosen.pages

    def facts(record: Record) -> Metadata:
        page = chosen.pages.get((name, record.at)) if chosen else None
        return Metadata(title=page.title if page else None, url=warc.address(record) or None)

    broken: Exception | None = None
    try:
        with archive.open(name) as file:
            pieces = _InPieces(file)
            yield from warc.parts_in(container, pieces, name=name, wanted=wanted, facts=facts)
            broken = pieces.error
    except BROKEN as error:
        broken = error
    if broken:
        says = f"It cannot be read to its end ({broken}). Take the archive anew."
        yield problem_in(container, Problem("bad_zip", says), name)


def _hashes(container: Container, archive: zipfile.ZipFile, bombs: set[str]) -> Iterator[PartProblem]:
    """A problem for each file whose bytes are not those that the archive's list was made of."""
    try:
        package = _object(archive, PACKAGE)
    except (ValueError, KeyError, RecursionError, Refused) as error:
        yield problem_in(container, Problem("bad_package", f"Its list of files cannot be read ({error})."), PACKAGE)
        return
    listed = package.get("resources")
    stated = {PACKAGE: _stated_digest(archive), **_stated(listed if isinstance(listed, list) else [])}
    names = set(archive.namelist())
    for name, said in stated.items():
        if name not in names:
            says = "The archive's list names this file, and it is not there. Take the archive anew."
            yield problem_in(container, Problem("missing_file", says), name)
        elif said and name not in bombs and _differs(archive, name, said):
            says = f"Its bytes are not those that the archive's list was made of ({said[:20]}…). Read it with care."
            yield problem_in(container, Problem("hash_differs", says), name)
    for name in sorted(names - set(stated)):
        if name.lower().endswith(WARCS):
            says = "The archive's list does not name this file, so nothing vouches for it."
            yield problem_in(container, Problem("not_listed", says), name)


def _stated(resources: list[Any]) -> dict[str, str | None]:
    return {
        each["path"]: each["hash"] if isinstance(each.get("hash"), str) else None
        for each in resources
        if isinstance(each, dict) and isinstance(each.get("path"), str)
    }


def _stated_digest(archive: zipfile.ZipFile) -> str | None:
    if DIGEST not in archive.namelist():
        return None
    try:
        found = _object(archive, DIGEST).get("hash")
    except (ValueError, RecursionError, Refused):
        return None
    return found if isinstance(found, str) else None


def _differs(archive: zipfile.ZipFile, name: str, said: str) -> bool:
    kind, _, value = said.partition(":")
    if kind not in ("sha256", "sha1", "md5", "sha512"):
        return False
    digest = hashlib.new(kind, usedforsecurity=False)
    try:
        with archive.open(name) as file:
            while block := file.read(1024 * 1024):
                digest.update(block)
    except BROKEN:
        return True
    return digest.hexdigest() != value.strip().lower()


def _object(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    with archive.open(name) as file:
        data = file.read(PACKAGE_LIMIT + 1)
    if len(data) > PACKAGE_LIMIT:
        raise Refused("too_large", f"{name} is over {PACKAGE_LIMIT:,} bytes long")
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError("it holds no object")
    return found


def _pages(container: Container, archive: zipfile.ZipFile, bombs: set[str]) -> tuple[list[_Page], list[PartProblem]]:
    """The pages that the archive names, and the lines that name none."""
    pages: list[_Page] = []
    problems: list[PartProblem] = []
    for name in PAGES:
        if name not in archive.namelist() or name in bombs:
            continue
        with archive.open(name) as file:
            for value in values(file, by_lines=True):  # type: ignore[arg-type]
                if value.why or not isinstance(value.value, dict):
                    says = f"This line names no page. {value.why or 'It holds no object.'}"
                    problems.append(problem_in(container, Problem("bad_json", says), f"{name}: {value.locator}"))
                elif isinstance(url := value.value.get("url"), str):
                    title = value.value.get("title")
                    pages.append(
                        _Page(
                            url=_plain(url),
                            at=moment(_stamp(value.value.get("ts"))),
                            title=title if isinstance(title, str) and title != url else None,
                            locator=f"{name}: {value.locator}",
                        )
                    )
    return pages, problems


def _stamp(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) else None


def _plain(url: str) -> str:
    """An address as a server is asked for it."""
    return url.partition("#")[0]


def _choose(
    container: Container, archive: zipfile.ZipFile, warcs: list[str], pages: list[_Page], chosen: _Chosen
) -> Iterator[PartProblem]:
    """Find each page's record; of a page fetched more than once, that nearest to the time the list gives."""
    seen = _seen(archive, warcs)
    for page in pages:
        found = _record_of(page, seen)
        if found:
            chosen.pages.setdefault((found.name, found.at), page)
            continue
        says = "The archive names this page, and none of its responses shows it."
        yield problem_in(container, Problem("missing_page", says), page.locator, url=page.url)


def _record_of(page: _Page, seen: dict[str, list[_Seen]]) -> _Seen | None:
    url = page.url
    for _ in range(STEPS + 1):
        here = sorted(seen.get(url, ()), key=lambda each: (each.sends_to is not None, _apart(each.when, page.at)))
        if not here:
            return None
        if here[0].sends_to is None:
            return here[0]
        url = here[0].sends_to
    return None


def _apart(one: datetime | None, other: datetime | None) -> float:
    return abs((one - other).total_seconds()) if one and other else float("inf")


def _seen(archive: zipfile.ZipFile, warcs: list[str]) -> dict[str, list[_Seen]]:
    """The responses that show text or send on, by address. What is damaged is told when the WARC is read."""
    found: dict[str, list[_Seen]] = {}
    for name in warcs:
        try:
            with archive.open(name) as file:
                for record in records(_InPieces(file), limit=HEAD_LIMIT):
                    if isinstance(record, Record) and (one := _seen_in(name, record)):
                        found.setdefault(_plain(warc.address(record)), []).append(one)
        except BROKEN:
            continue
    return found


def _seen_in(name: str, record: Record) -> _Seen | None:
    when = moment(record.headers.get("warc-date"))
    kind = record.headers.get("warc-type")
    if kind == "revisit":
        first = record.headers.get("warc-refers-to-target-uri", "").strip("<> ")
        same = _plain(first) == _plain(warc.address(record))
        return _Seen(name, record.at, when, _plain(first)) if first and not same else None
    if kind not in warc.HELD:
        return None
    try:
        holds = warc.held(record)
    except Refused:
        return None
    if holds.status == 200:
        is_text = holds.media_type.partition(";")[0].strip().lower() in warc.TEXTS
        return _Seen(name, record.at, when, None) if is_text else None
    if 300 <= holds.status < 400 and holds.location:
        from urllib.parse import urljoin

        return _Seen(name, record.at, when, _plain(urljoin(warc.address(record), holds.location)))
    return None
