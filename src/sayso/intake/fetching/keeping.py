"""Exchanges kept as a WARC file, byte for byte."""

from __future__ import annotations

import base64
import hashlib
import os
import uuid
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sayso import __version__
from sayso.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sayso.intake.fetching.network import Exchange


def kept(steps: Sequence[Exchange], folder: Path, name: str) -> Path:
    """Write exchanges into a WARC of their own, whole or not at all, and give its path.

    Two fetches of one page in one second are two files. Raises `Refused` (not_kept) where it cannot be written.
    """
    path = folder / f"{name}-{uuid.uuid4().hex[:12]}.warc.gz"
    unfinished = folder / f".{path.name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished.open("xb") as file:
            _write(file, steps, path.name)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        says = f"What was fetched cannot be kept in {folder}: {error.strerror or error}."
        raise Refused("not_kept", says) from error
    return path


def _write(file: Any, steps: Sequence[Exchange], name: str) -> None:
    from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    about = {"software": f"sayso/{__version__}", "format": "WARC file version 1.1", "robots": "classic"}
    writer.write_record(writer.create_warcinfo_record(name, about))
    for step in steps:
        response = _record(step, "response", step.response)
        request = _record(step, "request", step.request)
        request.rec_headers.add_header("WARC-Concurrent-To", response.rec_headers.get_header("WARC-Record-ID"))
        writer.write_record(response)
        writer.write_record(request)


def _record(step: Exchange, kind: str, block: bytes) -> Any:
    """A record made of the very bytes: the writer's own way would take headers apart and put them together anew."""
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]
    from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]

    payload = block.partition(b"\r\n\r\n")[2]
    content = f"application/http; msgtype={kind}"
    headers = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid4()}>"),
        ("WARC-Target-URI", step.url),
        ("WARC-Date", f"{step.at:%Y-%m-%dT%H:%M:%SZ}"),
        ("WARC-IP-Address", step.address),
        ("WARC-Payload-Digest", _digest(payload)),
        ("WARC-Block-Digest", _digest(block)),
        *([] if step.is_whole or kind == "request" else [("WARC-Truncated", "unspecified")]),
        ("Content-Type", content),
    ]
    said = StatusAndHeaders("", headers, protocol="WARC/1.1")
    record = ArcWarcRecord("warc", kind, said, BytesIO(block), None, content, len(block))
    record.payload_length = len(block)
    return record


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")
