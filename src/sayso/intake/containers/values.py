"""JSON values, one at a time: a line each, or the items of a list, or a whole file; past lines that are broken."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.intake.seal import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

BLOCK = 1024 * 1024
WHOLE_LIMIT = 2 * LIMIT
"""The longest line or item read: a text stands in JSON with its marks escaped."""

SEPARATORS = re.compile(r"[\s,]*")
WRONG = (ValueError, RecursionError)


class Value(NamedTuple):
    """A value and where it stands, or why there is none."""

    locator: str
    value: Any = None
    why: str | None = None


def values(file: BinaryIO, *, by_lines: bool) -> Iterator[Value]:
    """The values of a JSON file: by lines where it is known to hold a value a line, else as its beginning shows."""
    first = _begins(file)
    if first == b"[":
        yield from _listed(file)
    elif by_lines or _is_value(_line_of(file)):
        yield from _lines(file)
    else:
        yield from _whole(file)


def _begins(file: BinaryIO) -> bytes:
    head = file.read(4096)
    file.seek(0)
    return head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]


def _line_of(file: BinaryIO) -> bytes:
    line = file.readline(WHOLE_LIMIT)
    file.seek(0)
    return line


def _is_value(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.removeprefix(codecs.BOM_UTF8)), dict)
    except WRONG:
        return False


def _lines(file: BinaryIO) -> Iterator[Value]:
    number = 0
    while line := file.readline(WHOLE_LIMIT + 1):
        number += 1
        locator = f"line {number}"
        if len(line) > WHOLE_LIMIT:
            yield Value(locator, why=f"It is over {WHOLE_LIMIT:,} bytes long.")
            while line and not line.endswith(b"\n"):
                line = file.readline(BLOCK)
            continue
        if line.isspace():
            continue
        try:
            yield Value(locator, json.loads(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line))
        except WRONG as error:
            yield Value(locator, why=_told(error))


def _whole(file: BinaryIO) -> Iterator[Value]:
    data = file.read(WHOLE_LIMIT + 1)
    if len(data) > WHOLE_LIMIT:
        yield Value("item 1", why=f"It is over {WHOLE_LIMIT:,} bytes long.")
        return
    try:
        yield Value("item 1", json.loads(data.removeprefix(codecs.BOM_UTF8)))
    except WRONG as error:
        if any(_is_value(line) for line in data.split(b"\n", 20)[:20]):  # a value a line, the first of them broken
            file.seek(0)
            yield from _lines(file)
            return
        yield Value("item 1", why=_told(error))


class _Text:
    """The text of a file, read on as more of it is needed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self.ready = ""
        self.at = 0
        self.is_whole = False

    def more(self) -> None:
        """Read as much again as waits to be read. Raises `UnicodeDecodeError`."""
        self.ready = self.ready[self.at :]
        self.at = 0
        data = self._file.read(max(BLOCK, len(self.ready)))
        self.is_whole = not data
        self.ready += self._decode.decode(data, final=self.is_whole)

    def next(self) -> str:
        """The first character that separates nothing, or nothing at the end."""
        while True:
            found = SEPARATORS.match(self.ready, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.ready) or self.is_whole:
                return self.ready[self.at : self.at + 1]
            self.more()


def _listed(file: BinaryIO) -> Iterator[Value]:
    text = _Text(file)
    number = 1
    try:
        text.next()
        text.at += 1
        while (begins := text.next()) not in ("]", ""):
            yield Value(f"item {number}", _item(text))
            number += 1
    except WRONG as error:
        yield Value(f"item {number}", why=f"{_told(error)} What follows it in the list was not read.")
        return
    if not begins:
        yield Value(f"item {number}", why="The list breaks off before its end.")


def _item(text: _Text) -> Any:
    decoder = json.JSONDecoder()
    while True:
        try:
            value, text.at = decoder.raw_decode(text.ready, text.at)
        except json.JSONDecodeError:
            if text.is_whole or len(text.ready) - text.at > WHOLE_LIMIT:
                raise
            text.more()
        else:
            return value


def _told(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        where = f"line {error.lineno}, " if error.lineno > 1 else ""
        return f"It is no JSON: {error.msg.removesuffix(' at')} at {where}column {error.colno}."
    if isinstance(error, UnicodeDecodeError):
        return f"It is not UTF-8 (byte {error.start})."
    if isinstance(error, RecursionError):
        return "It is nested too deep."
    return f"It is no JSON ({error})."
