"""The nouns of this room: a container being read, a part of it, and what stood in a part's way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

from sayso.intake.seal import sealed
from sayso.problems import Refused
from sayso.record import Given, Metadata, Problem, Report

if TYPE_CHECKING:
    from pathlib import Path

FACTS = ("title", "url", "publisher", "writers", "published", "language", "agencies")


@dataclass(frozen=True, slots=True)
class Part:
    """One report out of a file, and where in the file it stood.

    A plain text or HTML file is its own one part: it has no container. `obtained_at` is when an archive says that it
    fetched the bytes, and `url` from where; neither is when the report came out.
    """

    report: Report
    given: Given
    container_sha256: str | None = None  # "sha256:" and the hash of the container's bytes
    locator: str | None = None  # for a person: "line 12", "record at byte 3041", "part 2 (note.txt)"
    container_media_type: str | None = None
    url: str | None = None
    obtained_at: str | None = None  # ISO date-time


@dataclass(frozen=True, slots=True)
class PartProblem:
    """A part that gave no report, or something else that a person should know of a file.

    `failed` is False for a note: nothing that holds a report was lost, as where pictures were passed over.
    """

    problem: Problem
    path: str
    container_sha256: str | None = None
    locator: str | None = None
    container_media_type: str | None = None
    url: str | None = None
    failed: bool = True


@dataclass(frozen=True, slots=True)
class Container:
    """A file that holds reports, open for reading, with what is told of every part of it."""

    path: Path
    file: BinaryIO
    size: int
    sha256: str
    media_type: str
    given: Given


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one report in a container, and what the container says of them.

    With `fragment` the bytes are HTML that is all story, so that nothing is looked for in it. With `page_knows` what
    an HTML page says of itself goes before what the container says.
    """

    data: bytes
    media_type: str | None  # None: what it is, is told by its bytes
    locator: str
    facts: Metadata = field(default_factory=Metadata)
    url: str | None = None
    obtained_at: str | None = None
    problems: tuple[Problem, ...] = ()
    fragment: bool = False
    page_knows: bool = False


def part_of(container: Container, piece: Piece) -> Part | PartProblem:
    """Seal one piece of a container: the report, or the row that says why there is none."""
    try:
        report = sealed(piece.data, media_type=piece.media_type, fragment=piece.fragment)
    except Refused as refused:
        return problem_in(container, refused.problem, piece.locator, url=piece.url)
    first, second = (report.metadata, piece.facts) if piece.page_knows else (piece.facts, report.metadata)
    report = replace(
        report,
        metadata=_joined(first, second),
        path=str(container.path),
        problems=report.problems + piece.problems,
    )
    return Part(
        report=report,
        given=container.given,
        container_sha256=container.sha256,
        locator=piece.locator,
        container_media_type=container.media_type,
        url=piece.url,
        obtained_at=piece.obtained_at,
    )


def problem_in(
    container: Container, problem: Problem, locator: str | None = None, *, url: str | None = None, failed: bool = True
) -> PartProblem:
    """A row for what was met in a container, with where."""
    return PartProblem(
        problem=problem,
        path=str(container.path),
        container_sha256=container.sha256,
        locator=locator,
        container_media_type=container.media_type,
        url=url,
        failed=failed,
    )


def _joined(first: Metadata, second: Metadata) -> Metadata:
    """What the first says, and of the second what the first leaves open."""
    return Metadata(**{name: getattr(first, name) or getattr(second, name) for name in FACTS})
