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


class Knowledge:
    """All rows by subject (`"en/saying"`, `"units"`): the caller's folders first, then ours.

    Compared and hashed by identity, so that a stage can keep what it made of the rows in a cache.
    """

    def __init__(self, folders: tuple[Path, ...] = ()) -> None:
        self._folders = folders
        self._rows: dict[str, tuple[Row, ...]] = {}

    def rows(self, subject: str) -> tuple[Row, ...]:
        """The rows of one subject. Raises `BadKnowledge` for a file that is not TOML or has no rows."""
        if subject not in self._rows:
            self._rows[subject] = tuple(row for source in self._sources(subject) for row in source)
        return self._rows[subject]

    def _sources(self, subject: str) -> list[list[Row]]:
        found = []
        for folder in self._folders:
            path = folder / f"{subject}.toml"
            if path.is_file():
                found.append(_parsed(path.read_text(encoding="utf-8"), str(path)))
        ours = resources.files(__package__).joinpath(f"{subject}.toml")
        if ours.is_file():
            found.append(_parsed(ours.read_text(encoding="utf-8"), f"{subject}.toml"))
        return found


def _parsed(text: str, name: str) -> list[Row]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadKnowledge(f"{name} is not valid TOML: {error}. Mend that line, or leave the file out.") from error
    rows = table.get("row", [])
    if not isinstance(rows, list):
        raise BadKnowledge(f"{name} holds no rows: each one begins with [[row]].")
    return rows


@cache
def ours() -> Knowledge:
    """The knowledge in the package alone."""
    return Knowledge()
