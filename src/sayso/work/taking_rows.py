"""Rows of knowledge that somebody hands in: kept in the case at once, so that what is read after is read with them."""

from __future__ import annotations

import os
import secrets
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sayso.ledger.knowing import folder_of
from sayso.ledger.originals import on_the_disk
from sayso.problems import BadKnowledge
from sayso.work.here import known

if TYPE_CHECKING:
    from sayso.ledger.case import Case


def is_rows(name: str) -> bool:
    """Whether a file is taken for rows of knowledge, by its name."""
    return name.casefold().endswith(".toml")


def subject_of(name: str) -> str:
    """The name of our rows that a file stands beside: its own, or with the folders before it.

    Raises `BadKnowledge` where we have none of the kind.

    >>> subject_of("sample/knowledge/parties.toml"), subject_of("my/en/saying.toml")
    ('parties.toml', 'en/saying.toml')
    """
    ours = resources.files("sayso.knowledge")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    for first in range(len(parts)):
        subject = "/".join(parts[first:])
        if "\0" not in subject and ours.joinpath(subject).is_file():
            return subject
    raise BadKnowledge(
        f"Nothing would read {parts[-1] if parts else name}: rows of knowledge have the name of one of ours, as "
        "parties.toml or outlets.toml. Name it so, or leave it out."
    )


def keep_rows(case: Case, name: str, data: bytes) -> str:
    """Keep a file of rows in the case, in the place of one of the same name; its name there.

    Raises `BadKnowledge` where its rows cannot be used.
    """
    subject = subject_of(name)
    with TemporaryDirectory(prefix="sayso-rows-") as folder:
        path = Path(folder) / subject
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        try:
            known((Path(folder),))
        except BadKnowledge as bad:
            raise BadKnowledge(str(bad).replace(str(path), subject).replace(folder, "")) from None
    _put(folder_of(case) / subject, data)
    return subject


def _put(path: Path, data: bytes) -> None:
    """Write it beside, and move it there at once: whoever reads meanwhile reads the old rows or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        on_the_disk(path.parent)
    finally:
        beside.unlink(missing_ok=True)
