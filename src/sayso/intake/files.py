"""Files and folders: the one place of this stage that touches the disk."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sayso.intake.seal import LIMIT, sealed, too_large
from sayso.problems import Refused

if TYPE_CHECKING:
    from sayso.record import Problem, Report


class Found(NamedTuple):
    """A file to read, or what stands in the way of reading it."""

    path: Path
    problem: Problem | None = None


def open_report(path: str | Path, *, media_type: str | None = None) -> Report:
    """Read and seal one file.

    Raises `Refused`: the kinds of `sealed`, and missing, no_permission, not_a_file, unreadable.
    """
    return sealed(file_bytes(Path(path)), media_type=media_type, path=str(path))


def file_bytes(path: Path) -> bytes:
    """The bytes of one file; its size is looked at before any of it is read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _not_a_file(path)
        if found.st_size > LIMIT:
            raise too_large(found.st_size)
        with path.open("rb") as file:
            # A file can grow while it is read; one byte over the limit is enough to know.
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise refused(path, error) from error
    except ValueError as error:  # a path with a NUL in it
        raise Refused("missing", f"There is no file {str(path)!r}. Check the name.") from error
    return data


def refused(path: Path, error: OSError) -> Refused:
    """The refusal that fits what the system says of a path."""
    match error:
        case FileNotFoundError():
            return Refused("missing", f"There is no file {path}. Check the name.")
        case PermissionError():
            return Refused("no_permission", f"You may not read {path}. Ask its owner, or change its permissions.")
        case IsADirectoryError() | NotADirectoryError():
            return _not_a_file(path)
        case _:
            return Refused("unreadable", f"{path} cannot be read: {error.strerror or error}.")


def walk(paths: Iterable[str | Path]) -> Iterator[Found]:
    """The files behind these paths, in the order given; folders in name order, with all that is below them.

    Hidden files and folders are passed over, and so is whatever is no regular file. A path that is missing, a folder
    that may not be opened and a folder without any file in it are found too, each with its problem.
    """
    for path in map(Path, paths):
        if not _is_folder(path):
            yield Found(path)
            continue
        count = 0
        for found in _below(path, frozenset()):
            count += 1
            yield found
        if not count:
            problem = Refused("empty_folder", f"There is no file to read in {path}. Give a folder that holds reports.")
            yield Found(path, problem.problem)


def _below(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Found]:
    try:
        status = folder.stat()
        names = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, refused(folder, error).problem)
        return
    here = (status.st_dev, status.st_ino)
    if here in above:  # a link that leads back up
        return
    for entry in names:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _below(entry, above | {here})
        elif entry.is_file() or _is_closed(entry):
            yield Found(entry)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_closed(path: Path) -> bool:
    try:
        path.stat()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _not_a_file(path: Path) -> Refused:
    return Refused("not_a_file", f"{path} is not a regular file. Give a file, or a folder of files.")
