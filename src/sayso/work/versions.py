"""By what a report is read: names and hashes of all that could make a reading another one."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.record import Given


def read_with(folders: tuple[Path, ...], tagger: str, given: Given) -> tuple[str, ...]:
    """The parser, the tagger, the rows, the gazetteer, and what the caller says of the report, each by a hash."""
    told = f"published {given.published or ''} publisher {given.publisher or ''}"
    return (_models(tagger), _ours(), *map(_hash_of_rows, folders), told)


@cache
def _models(tagger: str) -> str:
    from sayso.models.english import FILES, MODEL
    from sayso.models.tagger import WEIGHTS

    held = "\n".join(f"{name} {value}" for name, value in sorted(FILES.items()))
    return f"{MODEL} {sha256(held.encode()).hexdigest()} {tagger} {WEIGHTS.get(tagger, '')}"


@cache
def _ours() -> str:
    folder = resources.files("sayso.knowledge")
    gazetteer = folder.joinpath("gazetteer.sqlite")
    seen = sha256(gazetteer.read_bytes()).hexdigest() if gazetteer.is_file() else ""
    return f"{_hash_of_rows(Path(str(folder)))} {seen}"


def _hash_of_rows(folder: Path) -> str:
    """The hash of every file of rows below a folder, by name and content."""
    found = sha256()
    for path in sorted(folder.rglob("*.toml")):
        found.update(path.relative_to(folder).as_posix().encode())
        found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()
