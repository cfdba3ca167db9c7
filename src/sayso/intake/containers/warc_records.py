"""The records of a WARC file, one after another, in little memory, and past what is broken.

The reader is ours since evidence needs what the readers at hand keep to themselves: a gzip member that cannot be
unpacked and a file that breaks off are told with where, nothing is read to its end that could be without end, and
the reading goes on at the next record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sayso.intake.containers.streams import Broken, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.intake.containers.streams import Readable

HEAD_LIMIT = 64 * 1024
"""The longest head of a record, in bytes."""

VERSION = b"WARC/"


class Record(NamedTuple):
    """A record: its headers in lower case, its block (where it is longer than wanted, its beginning) and its length.

    `at` is the byte in the file where the record begins; in a file packed as one piece, the byte of what it unpacks to.
    """

    at: int
    headers: dict[str, str]
    block: bytes
    length: int


class Damage(NamedTuple):
    """A stretch of the file that could not be read as records."""

    at: int
    kind: str
    says: str


def records(file: Readable, *, limit: int) -> Iterator[Record | Damage]:
    """Every record of a WARC file, packed or not, and every stretch that is damaged; blocks of up to `limit` bytes."""
    stream = Stream(file, VERSION, line_limit=HEAD_LIMIT)
    while True:
        try:
            found = _next(stream, limit)
        except Broken as broken:
            found = Damage(stream.at, "bad_warc", str(broken))
        if found is None:
            return
        yield found
        if isinstance(found, Damage) and not stream.resume():
            return


def _next(stream: Stream, limit: int) -> Record | Damage | None:
    line = b"\n"
    while line in (b"\r\n", b"\n"):
        stream.start()
        line = stream.line()
    if not line:
        return None
    at = stream.at
    if not line.startswith(VERSION):
        return Damage(at, "bad_warc", f"Here stands {line[:40]!r} where a record should begin.")
    headers = _headers(stream)
    if headers is None:
        return Damage(at, "truncated_warc", "The file breaks off in the head of a record.")
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or len(length) > 18:
        return Damage(at, "bad_warc", f"A record says its length is {length[:40]!r}, which is no number of bytes.")
    size = int(length)
    block = stream.take(size if size <= limit else HEAD_LIMIT)
    passed = len(block) + (stream.skip(size - len(block)) if size > limit else 0)
    if passed < size:
        says = f"A record breaks off: it says it has {size:,} bytes, and {passed:,} are there."
        return Damage(at, "truncated_warc", says)
    return Record(at, headers, block, size)


def _headers(stream: Stream) -> dict[str, str] | None:
    found: dict[str, str] = {}
    last = ""
    left = HEAD_LIMIT
    while True:
        line = stream.line()
        left -= len(line)
        if not line:
            return None
        if left < 0:
            raise Broken(f"The head of a record is over {HEAD_LIMIT:,} bytes long.")
        words = line.decode("utf-8", errors="replace").rstrip("\r\n")
        if not words:
            return found
        if words[0] in " \t" and last:
            found[last] = f"{found[last]} {words.strip()}"
            continue
        name, _, value = words.partition(":")
        last = name.strip().lower()
        found.setdefault(last, value.strip())
