"""The originals of a case: every sealed file, under the SHA-256 of its bytes, written once and never rewritten."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.ledger.case import Case
from sayso.ledger.problems import DamagedOriginal

CHUNK = 1 << 20
UNFINISHED = ".new-"
"""How the name of a file begins that was still being written."""


def kept(case: Case, what: bytes | Path) -> str:
    """Keep bytes, or a file, and say their SHA-256. They are on the disk when this returns.

    Raises `DamagedOriginal` where other bytes already stand under that name.
    """
    folder = case.folder / "originals"
    folder.mkdir(exist_ok=True)
    unfinished = folder / f"{UNFINISHED}{secrets.token_hex(8)}"
    try:
        with unfinished.open("xb") as file:
            sha256, size = _written(what, file)
        _put(unfinished, path_of(case, sha256), size)
    finally:
        unfinished.unlink(missing_ok=True)
    return sha256


def original(case: Case, sha256: str) -> bytes:
    """The bytes kept under a SHA-256. Raises `DamagedOriginal` where they are gone or are not what was sealed."""
    path = path_of(case, sha256)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DamagedOriginal(f"The original {path} is missing. Put it back from a backup.") from None
    if hashlib.sha256(data).hexdigest() != _plain(sha256):
        raise DamagedOriginal(
            f"The original {path} is not what was sealed: its bytes changed. Put it back from a backup."
        )
    return data


def sealed_as(path: Path) -> str:
    """The SHA-256 of a file's bytes, which are not held in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def path_of(case: Case, sha256: str) -> Path:
    """Where the bytes with a SHA-256 are kept, with or without `sha256:` before it."""
    plain = _plain(sha256)
    return case.folder / "originals" / plain[:2] / plain


def on_disk(case: Case) -> Iterator[Path]:
    """Every file among the originals, in order of name; those that were never finished first."""
    folder = case.folder / "originals"
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.is_file())
        for part in sorted(path for path in folder.iterdir() if path.is_dir()):
            yield from sorted(path for path in part.iterdir() if path.is_file())


def _plain(sha256: str) -> str:
    return sha256.removeprefix("sha256:")


def _written(what: bytes | Path, file: BinaryIO) -> tuple[str, int]:
    """Copy, hash on the way, and wait until it is on the disk."""
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(what):
        digest.update(chunk)
        size += file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest(), size


def _chunks(what: bytes | Path) -> Iterator[bytes]:
    if isinstance(what, bytes):
        yield what
        return
    with what.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _put(unfinished: Path, path: Path, size: int) -> None:
    if path.exists():
        if path.stat().st_size != size:
            raise DamagedOriginal(
                f"The original {path} is not what was sealed: its size changed. Put it back from a backup."
            )
        return
    is_first = not path.parent.exists()
    path.parent.mkdir(exist_ok=True)
    unfinished.chmod(0o444)
    unfinished.replace(path)
    on_the_disk(path.parent)
    if is_first:
        on_the_disk(path.parent.parent)


def on_the_disk(folder: Path) -> None:
    """Wait until what a folder lists is on the disk."""
    if os.name != "posix":  # elsewhere a folder cannot be opened, and the system sees to it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
