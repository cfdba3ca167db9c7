"""A file's parts: told by its content first, by its name second, and opened by whoever reads its kind."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.intake.containers.parts import Container, Part, PartProblem, problem_in
from sayso.intake.files import file_bytes, refused
from sayso.intake.seal import LIMIT, sealed
from sayso.problems import Refused
from sayso.record import Given, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

HEAD = 64 * 1024
BLOCK = 1024 * 1024
MARKS = re.compile(r"(?:\ufeff|\s)*")
BEFORE_ROOT = re.compile(
    r"(?:\s+|<\?[^>]{0,1000}\?>|<!--.{0,4000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,20000}?\]\s*)?>)", re.S | re.I
)
FEED = re.compile(r"<(?:\w+:)?(rss|feed|RDF)\b[^<>]{0,4000}", re.IGNORECASE)
ATOM = re.compile(r"http://(?:www\.w3\.org/2005/Atom|purl\.org/(?:atom|rss)|my\.netscape\.com|backend\.userland)", re.I)
HEADER = re.compile(r"(?:From |[!-9;-~]{1,60}:)")
NAMED = re.compile(r"^([!-9;-~]{1,60}):", re.MULTILINE)
OF_MAIL = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to"})
BY_LINES = (".jsonl", ".ndjson", ".jsonlines")
JSON = (".json", *BY_LINES)


def opened(path: str | Path, *, given: Given = Given()) -> Iterator[Part | PartProblem]:  # noqa: B008 - it is frozen
    """The reports in a file, one after another, and a row for each part that gives none; nothing is raised.

    Read are plain text, HTML, mails (.eml), RSS and Atom, WARC, WACZ, ninjs, JSON and JSONL, tables of Auto Archiver,
    and ZIPs of all these. What a container says of a part is in its report's `metadata`, apart from what the person
    gave.
    """
    path = Path(path)
    try:
        kind = _kind_of(path)
        if kind is None:
            report = sealed(file_bytes(path), path=str(path))
            yield Part(report, given)
            return
        with path.open("rb") as file:
            container = _container(path, file, kind, given)
            yield from _or_told(_parts(container), container)
    except Refused as error:
        yield PartProblem(error.problem, str(path))
    except OSError as error:
        yield PartProblem(refused(path, error).problem, str(path))


def is_container(path: Path) -> bool:
    """Whether a file is opened as something that holds reports, and not as one text or page."""
    try:
        return _kind_of(path) is not None
    except Refused:
        return True  # one that is not read; opening it says why


def _parts(container: Container) -> Iterator[Part | PartProblem]:
    from sayso.intake.containers import archiver_csv, feed, json_items, mail, wacz, warc, zipped

    match container.media_type:
        case mail.MEDIA_TYPE:
            yield from mail.parts(container)
        case feed.MEDIA_TYPE:
            yield from feed.parts(container)
        case warc.MEDIA_TYPE:
            yield from warc.parts(container)
        case wacz.MEDIA_TYPE:
            yield from wacz.parts(container)
        case archiver_csv.MEDIA_TYPE:
            yield from archiver_csv.parts(container)
        case zipped.MEDIA_TYPE:
            yield from zipped.parts(container, _within)
        case _:
            yield from json_items.parts(container)


def _within(container: Container, name: str) -> Iterator[Part | PartProblem] | None:
    """The parts of a file that stands in another one; None where it is one text or page."""
    head = container.file.read(HEAD)
    kind = _packed(head, name.lower(), container.file) or _written(head, name.lower(), container.file)
    container.file.seek(0)
    return _parts(replace(container, media_type=kind)) if kind else None


def _or_told(found: Iterator[Part | PartProblem], container: Container) -> Iterator[Part | PartProblem]:
    """What was found, and where that is neither a report nor a failure a row that says so."""
    came = False
    for each in found:
        came = came or isinstance(each, Part) or each.failed
        yield each
    if not came:
        yield problem_in(container, Problem("no_text", "It holds no report: nothing in it shows text."))


def _container(path: Path, file: BinaryIO, kind: str, given: Given) -> Container:
    digest = hashlib.sha256()
    size = 0
    while block := file.read(BLOCK):
        digest.update(block)
        size += len(block)
    file.seek(0)
    return Container(path, file, size, f"sha256:{digest.hexdigest()}", kind, given)


def _kind_of(path: Path) -> str | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            head = file.read(HEAD)
            name = path.name.lower()
            return _packed(head, name, file) or _written(head, name, file)
    except (OSError, ValueError):
        return None  # whoever opens it tells what is wrong


def _packed(head: bytes, name: str, file: BinaryIO) -> str | None:
    from sayso.intake.containers import wacz, warc

    if head.startswith(b"WARC/"):
        return warc.MEDIA_TYPE
    if head.startswith(b"\x1f\x8b"):
        is_warc = name.endswith(".warc.gz") or _unpacked_head(head).startswith(b"WARC/")
        return warc.MEDIA_TYPE if is_warc else None
    if head.startswith(b"PK"):
        return wacz.MEDIA_TYPE if name.endswith(".wacz") else _zip_kind(file)
    if head.startswith(b"filedesc://"):
        says = "This is an ARC archive, which is not read. `warcio recompress` makes a WARC of it."
        raise Refused("not_read", says)
    return None


def _zip_kind(file: BinaryIO) -> str | None:
    """What a ZIP is: a WACZ, an office document or another program's own (None), or files that somebody packed."""
    from sayso.intake.containers import wacz, zipped

    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except wacz.BROKEN:
        return None
    if wacz.is_wacz(names):
        return wacz.MEDIA_TYPE
    return zipped.MEDIA_TYPE if zipped.is_plain(names) else None


def _unpacked_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 64)
    except zlib.error:
        return b""


def _written(head: bytes, name: str, file: BinaryIO) -> str | None:
    from sayso.intake.containers import archiver_csv, feed, json_items, mail

    if b"\0" in head[:4096]:
        return None
    words = head.decode("utf-8", errors="replace")
    begins = MARKS.sub("", words[:4096], count=1)
    if begins[:1] in ("{", "["):
        return _json_kind(begins, name, file)
    if begins[:1] == "<":
        return feed.MEDIA_TYPE if _is_feed(words) else None
    if archiver_csv.is_archiver(words[:4096]):
        return archiver_csv.MEDIA_TYPE
    if _is_mail(words, name):
        return mail.MEDIA_TYPE
    return json_items.LINES_MEDIA_TYPE if name.endswith(BY_LINES) else None


def _json_kind(begins: str, name: str, file: BinaryIO) -> str | None:
    """JSON where its name says so or all of it, or its first line, reads as JSON; a text may begin with a bracket."""
    from sayso.intake.containers import json_items

    if name.endswith(BY_LINES):
        return json_items.LINES_MEDIA_TYPE
    if name.endswith(JSON):
        return json_items.MEDIA_TYPE
    if begins.startswith("{") and _is_json(begins.partition("\n")[0]):
        return json_items.LINES_MEDIA_TYPE
    file.seek(0)
    whole = file.read(LIMIT + 1)
    return json_items.MEDIA_TYPE if len(whole) <= LIMIT and _is_json(whole) else None


def _is_json(data: str | bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_feed(words: str) -> bool:
    at = len(words) - len(MARKS.sub("", words, count=1))
    for _ in range(50):
        before = BEFORE_ROOT.match(words, at)
        if not before:
            break
        at = before.end()
    root = FEED.match(words, at)
    return root is not None and (root[1].lower() == "rss" or bool(ATOM.search(root[0])))


def _is_mail(words: str, name: str) -> bool:
    """Whether it begins with the headers of a mail: those every mail program writes, or its name says it is one."""
    head = re.split(r"\r?\n\r?\n", words, maxsplit=1)[0]
    if not all(line[:1] in " \t" or HEADER.match(line) for line in head.splitlines()):
        return False
    names = {found.lower() for found in NAMED.findall(head)}
    if name.endswith(".eml"):
        return bool(names)
    return bool(names & OF_MAIL) and bool(names & {"from", "date"})
