"""An HTTP response as an archive keeps it: status, headers, and the body as it was before it was packed for the way."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from sayso.intake.seal import LIMIT
from sayso.problems import Refused

HEAD_LIMIT = 256 * 1024
"""The longest head of a response read, in bytes."""

PLAIN = frozenset({"", "identity", "none", "utf-8"})
GZIP = frozenset({"gzip", "x-gzip"})


class Response(NamedTuple):
    """A response: the number it begins with, its headers in lower case, its body still packed."""

    status: int
    headers: dict[str, str]
    body: bytes


def response_of(block: bytes) -> Response:
    """The response in the block of a WARC record. Raises `Refused` (bad_response) where it is none."""
    end, length = _end_of_head(block)
    first, *lines = block[:end].decode("latin-1").replace("\r\n", "\n").split("\n")
    words = first.split(None, 2)
    if len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdigit() or len(words[1]) != 3:
        raise Refused("bad_response", f"It begins {first[:60]!r}, which is no HTTP response.")
    return Response(int(words[1]), _headers(lines), block[end + length :])


def body_of(response: Response) -> bytes:
    """The body, put together and unpacked, at most `LIMIT` bytes.

    Raises `Refused`: bad_packing where it cannot be unpacked, too_large where it becomes too much.
    """
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    for packing in reversed(response.headers.get("content-encoding", "").lower().split(",")):
        body = _unpacked(body, packing.strip())
    return body


def unpacked_gzip(body: bytes) -> bytes:
    """What a gzip stream of one or many members holds, at most `LIMIT` bytes."""
    parts: list[bytes] = []
    left = LIMIT
    while body:
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        found = _inflated(unpacker, body, left)
        parts.append(found)
        left -= len(found)
        if not unpacker.eof or not unpacker.unused_data.startswith(b"\x1f\x8b"):
            break
        body = unpacker.unused_data
    return b"".join(parts)


def _end_of_head(block: bytes) -> tuple[int, int]:
    found = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark, 0, HEAD_LIMIT)) >= 0]
    if found:
        return min(found)
    if len(block) > HEAD_LIMIT:
        raise Refused("bad_response", f"Its headers do not end within {HEAD_LIMIT:,} bytes.")
    return len(block.rstrip(b"\r\n")), len(block) - len(block.rstrip(b"\r\n"))


def _headers(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            name = name.strip().lower()
            found[name] = f"{found[name]}, {value.strip()}" if name in found else value.strip()
    return found


def _joined(body: bytes) -> bytes:
    """The chunks of a body put together; a body that has none, though it says so, is left as it is."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\n", at, at + 4096)
        size = _hexadecimal(body[at:end].split(b";")[0].strip()) if end >= 0 else None
        if size is None:
            return b"".join(parts) + body[at:] if parts else body
        if size == 0:
            break
        parts.append(body[end + 1 : end + 1 + size])
        at = end + 1 + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts)


def _hexadecimal(word: bytes) -> int | None:
    try:
        return int(word, 16) if 0 < len(word) <= 15 and word.isalnum() else None
    except ValueError:
        return None


def _unpacked(body: bytes, packing: str) -> bytes:
    if packing in PLAIN or not body:
        return body
    if packing in GZIP:
        # Archives that unpack a body often keep the header that said it was packed.
        return unpacked_gzip(body) if body.startswith(b"\x1f\x8b") else body
    if packing == "deflate":
        return _deflated(body)
    raise Refused("bad_packing", f"It is packed as {packing!r}, which is not unpacked here. Save its text as a file.")


def _deflated(body: bytes) -> bytes:
    try:
        return _inflated(zlib.decompressobj(), body, LIMIT)
    except Refused as refused:
        if refused.problem.kind == "too_large":
            raise
        return _inflated(zlib.decompressobj(-zlib.MAX_WBITS), body, LIMIT)


def _inflated(unpacker: zlib._Decompress, body: bytes, limit: int) -> bytes:
    try:
        found = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise Refused("bad_packing", f"It cannot be unpacked ({error}). Take the page from elsewhere.") from error
    if len(found) > limit:
        raise Refused("too_large", f"It unpacks to over {LIMIT:,} bytes; longer reports are not read.")
    if not unpacker.eof:
        raise Refused("bad_packing", "What it is packed in breaks off before its end. Take the page from elsewhere.")
    return found
