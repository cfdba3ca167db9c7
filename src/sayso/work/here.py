"""Runs the journey in this process."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from sayso.journey import Lent, read_report
from sayso.knowledge import Knowledge, ours
from sayso.record import Given, Obtained, Reading, Report

PathLike = str | os.PathLike[str]


def read_text(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: Iterable[PathLike] = (),
) -> Reading:
    """Read a report from a string."""
    data = text.encode("utf-8")
    report = Report(
        "sha256:" + sha256(data).hexdigest(),
        data,
        text,
        sha256(data).hexdigest(),
        "text/plain",
        Obtained("decoded", "utf-8"),
    )
    return read_report(report, Given(published, publisher), lent(knowledge))


def read_bytes(
    data: bytes,
    media_type: str | None = None,
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: Iterable[PathLike] = (),
) -> Reading:
    """Read a report from its bytes."""
    from sayso.intake import sealed

    return read_report(sealed(data, media_type=media_type), Given(published, publisher), lent(knowledge))


def read(
    path: PathLike,
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: Iterable[PathLike] = (),
) -> Reading:
    """Read a report from a file."""
    from sayso.intake.files import open_report

    return read_report(open_report(Path(path)), Given(published, publisher), lent(knowledge))


def lent(folders: Iterable[PathLike] = ()) -> Lent:
    """What a journey is lent in this process: the rows, and a parser for each language."""
    from sayso.models.english import english_parser

    return Lent(_knowledge(tuple(Path(folder) for folder in folders)), {"en": english_parser()})


@cache
def _knowledge(folders: tuple[Path, ...]) -> Knowledge:
    return Knowledge(folders) if folders else ours()
