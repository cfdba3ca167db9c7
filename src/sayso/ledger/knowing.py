"""The rows that a case is read with: its own folder `knowledge`, over ours."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.knowledge import Knowledge, ours

if TYPE_CHECKING:
    from sayso.ledger.case import Case

Stamp = tuple[tuple[str, int, int], ...]


def knowledge_of(case: Case) -> Knowledge:
    """The rows of a case; the same object as long as no file of them changes. Raises `BadKnowledge`."""
    folder = folder_of(case)
    return _known(folder, _stamp(folder)) if folder.is_dir() else ours()


def folder_of(case: Case) -> Path:
    """Where a case keeps rows of its own, there or not."""
    return case.folder / "knowledge"


def _stamp(folder: Path) -> Stamp:
    files = sorted(folder.rglob("*.toml"))
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@lru_cache(maxsize=8)
def _known(folder: Path, stamp: Stamp) -> Knowledge:
    return Knowledge((folder,))
