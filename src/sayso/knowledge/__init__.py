"""Rows that people edit: one TOML file a subject, each an array of tables named `row`.

Ours are in the package. A case or a folder may hold its own (`--knowledge DIR`): a file of the same
name there is read over ours, its rows first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from sayso.problems import BadKnowledge

Row = Mapping[str, Any]
OPTIONAL = frozenset({"example", "not", "also", "sites"})
"""Keys that every row of ours has and that a case's row may leave out."""


class Knowledge:
    """All rows by subject (`"en/saying"`, `"units"`): the caller's folders first, then ours.

    Compared and hashed by identity, so that a stage can keep what it made of the rows in a cache.
    """

    def __init__(self, folders: tuple[Path, ...] = ()) -> None:
        self._folders = folders
        self._rows: dict[str, tuple[Row, ...]] = {}
        for folder in folders:
            _check_names(folder)

    def rows(self, subject: str) -> tuple[Row, ...]:
        """The rows of one subject. Raises `BadKnowledge` for a file that is not TOML or has no rows."""
        if subject not in self._rows:
            self._rows[subject] = tuple(row for source in self._sources(subject) for row in source)
        return self._rows[subject]

    def _sources(self, subject: str) -> list[list[Row]]:
        found = []
        ours = resources.files(__package__).joinpath(f"{subject}.toml")
        rows = _parsed(ours.read_text(encoding="utf-8"), f"{subject}.toml") if ours.is_file() else []
        for folder in self._folders:
            path = folder / f"{subject}.toml"
            if path.is_file():
                found.append(_held_against(rows, _parsed(_text_of(path), str(path)), str(path)))
        return [*found, rows]


def _check_names(folder: Path) -> None:
    """Raises `BadKnowledge` for a file no stage will ever look for: a slip in its name would silence its rows."""
    ours = resources.files(__package__)
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if not ours.joinpath(name).is_file():
            raise BadKnowledge(f"{path} is read by nothing: we have no {name}. Name it as ours are, or move it away.")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise BadKnowledge(
            f"{path} cannot be read as UTF-8 text: {error}. Save it as UTF-8, or leave it out."
        ) from error


def _held_against(ours: list[Row], theirs: list[Row], name: str) -> list[Row]:
    """The rows of a case's file. Raises `BadKnowledge` for one that lacks a key of ours, or mistypes it."""
    if not ours:
        return theirs
    needed = {key: type(ours[0][key]) for key in ours[0] if key not in OPTIONAL and all(key in row for row in ours)}
    for number, row in enumerate(theirs, start=1):
        for key, kind in needed.items():
            if key not in row:
                raise BadKnowledge(f"{name}: row {number} has no {key!r}. Add it; our own rows of this name show how.")
            if not any(isinstance(row[key], type(other[key])) for other in ours):
                raise BadKnowledge(f"{name}: row {number}, {key!r} is {row[key]!r}, and should be a {kind.__name__}.")
    return theirs


def _parsed(text: str, name: str) -> list[Row]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadKnowledge(f"{name} is not valid TOML: {error}. Mend that line, or leave the file out.") from error
    rows = table.get("row")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadKnowledge(f"{name} holds no rows: each one begins with [[row]].")
    return rows


@cache
def ours() -> Knowledge:
    """The knowledge in the package alone."""
    return Knowledge()
