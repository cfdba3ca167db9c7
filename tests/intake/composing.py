"""Containers composed for the tests, of sentences about a country that there is not."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.intake.containers import Part, PartProblem, opened

DAY = "2022-09-16T10:00:00Z"


class Answer(NamedTuple):
    """What a server of the tests once answered."""

    url: str
    body: bytes
    status: str = "200 OK"
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    date: str = DAY


def page(town: str) -> bytes:
    story = f"Shells hit {town} on Friday, and two houses near the bridge burned down, the mayor said."
    return f"<html><head><title>{town}</title></head><body><article><p>{story}</p></article></body></html>".encode()


def warc(answers: Iterable[Answer], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "tests"}))
    for answer in answers:
        headers = StatusAndHeaders(answer.status, [("Content-Type", answer.kind), *answer.headers], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": answer.date},
        )
        writer.write_record(record)
    return out.getvalue()


def wacz(files: dict[str, bytes], *, altered: str | None = None, packing: int = zipfile.ZIP_STORED) -> bytes:
    """An archive with its lists; the file `altered` is another than the one listed."""
    out = io.BytesIO()
    listed = [
        {
            "path": name,
            "bytes": len(data),
            "hash": "sha256:" + hashlib.sha256(data + b"!" * (name == altered)).hexdigest(),
        }
        for name, data in files.items()
    ]
    package = json.dumps({"profile": "data-package", "resources": listed}).encode()
    digest = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(package).hexdigest()}
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr("datapackage.json", package)
        archive.writestr("datapackage-digest.json", json.dumps(digest))
    return out.getvalue()


def pages(*listed: dict[str, Any]) -> bytes:
    lines = ({"format": "json-pages-1.0", "id": "pages", "title": "All pages"}, *listed)
    return "\n".join(map(json.dumps, lines)).encode()


def packed_zeros(head: bytes, megabytes: int) -> bytes:
    """A gzip member of a head and so many megabytes of nothing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(head)]
    parts += [packer.compress(bytes(1 << 20)) for _ in range(megabytes)]
    return b"".join([*parts, packer.flush()])


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"


def packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


class Opened(NamedTuple):
    """What came out of a file."""

    parts: list[Part]
    problems: list[PartProblem]  # those that failed
    notes: list[PartProblem]

    def texts(self) -> list[str]:
        return [part.report.text for part in self.parts]

    def kinds(self) -> list[str]:
        return [problem.problem.kind for problem in self.problems]


def opened_from(folder: Path, name: str, data: bytes | str) -> Opened:
    """Write a file and open it."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return sorted_out(opened(path))


def sorted_out(found: Iterator[Part | PartProblem]) -> Opened:
    every = list(found)
    problems = [each for each in every if isinstance(each, PartProblem)]
    return Opened(
        [each for each in every if isinstance(each, Part)],
        [each for each in problems if each.failed],
        [each for each in problems if not each.failed],
    )
