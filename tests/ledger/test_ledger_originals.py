"""Originals are kept under their hash, once, and never rewritten."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from sayso.ledger.case import Case
from sayso.ledger.originals import UNFINISHED, kept, on_disk, original, path_of
from sayso.ledger.problems import DamagedOriginal


@pytest.mark.parametrize("data", [b"", b"one\x00two\xff", b"x" * 3_000_000], ids=["nothing", "any bytes", "many"])
def test_bytes_are_kept_under_their_hash(case: Case, data: bytes) -> None:
    """And come back."""
    sha256 = kept(case, data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert original(case, sha256) == original(case, f"sha256:{sha256}") == data
    assert list(on_disk(case)) == [case.folder / "originals" / sha256[:2] / sha256]


def test_a_file_is_kept_without_being_held_in_memory(case: Case, tmp_path: Path) -> None:
    """An archive can be larger than memory; what is kept is the same."""
    (tmp_path / "archive").write_bytes(b"ab" * 2_000_000)
    assert original(case, kept(case, tmp_path / "archive")) == b"ab" * 2_000_000


def test_the_same_bytes_are_kept_once(case: Case) -> None:
    """The second time the file is not touched."""
    path = path_of(case, kept(case, b"twice"))
    before = path.stat()
    kept(case, b"twice")
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert stat.S_IMODE(after.st_mode) == 0o444


def test_nothing_unfinished_stays_behind(case: Case, tmp_path: Path) -> None:
    """Where keeping fails half-way."""
    with pytest.raises(FileNotFoundError):
        kept(case, tmp_path / "missing")
    assert [path for path in on_disk(case) if path.name.startswith(UNFINISHED)] == []


def test_what_is_gone_or_changed_is_named(case: Case) -> None:
    """With its path and what to do."""
    path = path_of(case, kept(case, b"the true bytes"))
    path.chmod(0o644)
    path.write_bytes(b"the TRUE bytes")
    with pytest.raises(DamagedOriginal, match=f"{path.name} is not what was sealed.*backup"):
        original(case, path.name)
    path.write_bytes(b"the true")
    with pytest.raises(DamagedOriginal, match="its size changed"):
        kept(case, b"the true bytes")
    path.unlink()
    with pytest.raises(DamagedOriginal, match="is missing"):
        original(case, path.name)
