"""WARC files: each response that shows text is a part, with the address and the time of the fetch."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sayso.intake.containers.http_message import HEAD_LIMIT, body_of, response_of
from sayso.intake.containers.parts import Piece, part_of, problem_in
from sayso.intake.containers.stamps import iso
from sayso.intake.containers.warc_records import Damage, Record, records
from sayso.intake.seal import LIMIT, too_large
from sayso.problems import Refused
from sayso.record import Metadata, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.intake.containers.parts import Container, Part, PartProblem
    from sayso.intake.containers.streams import Readable

MEDIA_TYPE = "application/warc"
TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
HELD = frozenset({"response", "resource"})
"""The sorts of record that hold what a server gave. A conversion or a metadata record is somebody's later work."""


class Held(NamedTuple):
    """What one record holds: the status its server gave (200 for a resource), its kind of content and its body."""

    status: int
    media_type: str
    body: Callable[[], bytes]
    location: str | None = None


def parts(container: Container) -> Iterator[Part | PartProblem]:
    """The parts of a WARC file, in order."""
    yield from parts_in(container, container.file)


def parts_in(
    container: Container,
    file: Readable,
    *,
    name: str = "",
    wanted: Callable[[Record], bool] | None = None,
    facts: Callable[[Record], Metadata] | None = None,
) -> Iterator[Part | PartProblem]:
    """The parts of a WARC file that may lie in another container, of those records that are wanted."""
    passed: Counter[str] = Counter()
    for found in records(file, limit=LIMIT + HEAD_LIMIT):
        place = f"{name}{': ' if name else ''}record at byte {found.at}"
        if isinstance(found, Damage):
            yield problem_in(container, Problem(found.kind, f"{found.says} The reading goes on behind it."), place)
            continue
        if found.headers.get("warc-type") not in HELD:
            continue
        if wanted and not wanted(found):
            passed["not among the pages"] += 1
            continue
        part = _part(container, found, place, facts)
        if isinstance(part, str):
            passed[part] += 1
        else:
            yield part
    if passed:
        yield problem_in(container, _told(passed), name or None, failed=False)


def held(record: Record) -> Held:
    """What a record holds. Raises `Refused` where its block is no response."""
    kind = record.headers.get("content-type", "")
    if not kind.lower().startswith("application/http"):
        return Held(200, kind, lambda: record.block)
    response = response_of(record.block)
    said = response.headers.get("content-type", "")
    return Held(response.status, said, lambda: body_of(response), response.headers.get("location"))


def address(record: Record) -> str:
    """What the record is of. Some writers put the address in angle brackets."""
    return record.headers.get("warc-target-uri", "").strip("<> ")


def _part(
    container: Container, record: Record, place: str, facts: Callable[[Record], Metadata] | None
) -> Part | PartProblem | str:
    """The part of a record, or in a word why it is passed over."""
    url = address(record)
    try:
        holds = held(record)
        kind = holds.media_type.partition(";")[0].strip().lower()
        if holds.status != 200:
            return f"answers {holds.status}"
        if kind not in TEXTS:
            return kind or "without a kind of content"
        if len(record.block) < record.length:
            raise too_large(record.length)
        body = holds.body()
    except Refused as refused:
        return problem_in(container, refused.problem, place, url=url or None)
    fetched = iso(record.headers.get("warc-date"))
    return part_of(
        container,
        Piece(
            data=body,
            media_type=holds.media_type,
            locator=place,
            facts=facts(record) if facts else Metadata(url=url or None),
            url=url or None,
            obtained_at=fetched,
            problems=_altered(record),
            page_knows=True,
        ),
    )


def _altered(record: Record) -> tuple[Problem, ...]:
    """A problem where the record's own digest says that its bytes are others than those written."""
    said = record.headers.get("warc-block-digest", "")
    name, colon, value = said.partition(":")
    if not colon or name.lower().replace("-", "") not in ("sha1", "sha256", "md5"):
        return ()
    digest = hashlib.new(name.lower().replace("-", ""), record.block, usedforsecurity=False).digest()
    spellings = {digest.hex(), base64.b32encode(digest).decode().lower()}
    if value.strip().lower() in spellings | {each.rstrip("=") for each in spellings}:
        return ()
    return (Problem("hash_differs", f"The record's bytes are not those its own digest ({name}) was made of."),)


def _told(passed: Counter[str]) -> Problem:
    count = sum(passed.values())
    kinds = ", ".join(f"{number} {kind}" for kind, number in passed.most_common(8))
    more = " and others" if len(passed) > 8 else ""
    return Problem("passed_over", f"{count} record(s) hold no report and were passed over: {kinds}{more}.")
