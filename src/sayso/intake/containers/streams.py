"""A file as a stream of bytes, unpacked if gzip packs it, that goes on behind what is broken."""

from __future__ import annotations

import zlib
from typing import Protocol

BLOCK = 64 * 1024
STEP = 1024 * 1024
"""At most so many bytes are unpacked at a time."""

BOMB = 256 * 1024 * 1024
"""A gzip member that unpacks to more than this..."""

RATIO = 200
"""...and to over so many times its own length is a bomb. Text packs about 4 to 1, the emptiest logs about 100 to 1."""

GZIP = b"\x1f\x8b\x08"


class Readable(Protocol):
    """All that a stream needs of a file."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class Broken(Exception):
    """The stream cannot be read on from here; what it says is for a person."""


class Stream:
    """The bytes of a file of records that each begin with `mark`.

    Packed files hold a gzip member for each record, or one for all, or members that heed no record. `at` is where the
    present record begins: the byte of the file, or in the midst of a member the byte of what the member unpacks to.
    """

    def __init__(self, file: Readable, mark: bytes, *, line_limit: int) -> None:
        self.at = 0
        self._file = file
        self._mark = mark
        self._line_limit = line_limit
        self._raw = file.read(BLOCK)
        self._read = len(self._raw)  # how much was taken from the file
        self._ready = bytearray()
        self._given = 0  # how much was handed out: of the present member, or of a plain file
        self._member = 0  # where in the file the present member begins
        self._out = 0  # how much has come out of it
        self._packed = self._raw.startswith(GZIP)
        self._unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._is_dead = False  # the present member cannot be read on

    def start(self) -> None:
        """Begin a record here, with the next member if the present one is at its end."""
        if not self._ready:
            try:
                self._fill(inside=False)
            except Broken:
                self.at = self._member
                raise
        self.at = self._given if self._given or not self._packed else self._member

    def line(self) -> bytes:
        """The next line with its end; at the end of the member or file what is left, perhaps nothing."""
        searched = 0
        while (end := self._ready.find(b"\n", searched)) < 0:
            searched = len(self._ready)
            if searched > self._line_limit:
                raise Broken(f"A line is over {self._line_limit:,} bytes long where a record should have its head.")
            if not self._fill():
                return self._hand(len(self._ready))
        return self._hand(end + 1)

    def take(self, size: int) -> bytes:
        """The next bytes; fewer only where the record cannot go on."""
        while len(self._ready) < size and self._fill():
            pass
        return self._hand(min(size, len(self._ready)))

    def skip(self, size: int) -> int:
        """Pass over the next bytes, and say how many there were."""
        left = size
        while left and (self._ready or self._fill()):
            left -= len(self._hand(min(left, len(self._ready))))
        return size - left

    def resume(self) -> bool:
        """Go on at the next record behind what is broken; False where there is none."""
        while True:
            try:
                return self._next_member() if self._is_dead else self._next_mark()
            except Broken:  # what follows is broken too
                self._is_dead = True

    def _hand(self, size: int) -> bytes:
        found = bytes(self._ready[:size])
        del self._ready[:size]
        self._given += size
        return found

    def _more(self) -> bool:
        more = self._file.read(BLOCK)
        self._raw += more
        self._read += len(more)
        return bool(more)

    def _fill(self, *, inside: bool = True) -> bool:
        """Get more bytes ready; False at the end of the file, or inside a record where the next member is a record."""
        if not self._packed:
            if not self._raw:
                self._more()
            raw, self._raw = self._raw, b""
            self._ready += raw
            return bool(raw)
        while True:
            if self._unpacker.eof and not self._goes_on(inside=inside):
                return False
            if not self._raw and not self._more():
                raise self._dead("The file breaks off inside a packed record.")
            if found := self._unpack():
                self._ready += found
                return True

    def _goes_on(self, *, inside: bool) -> bool:
        """Begin the next member, unless there is none or it begins another record."""
        if len(self._raw) < STEP // 16:
            self._more()
        if not self._raw.strip(b"\0"):
            return False
        if not self._raw.startswith(GZIP):
            raise self._dead("Behind a packed record stands something that is not packed.")
        if inside and self._is_record(self._raw):
            return False
        self._begin()
        return True

    def _begin(self) -> None:
        self._member = self._read - len(self._raw)
        self._unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._out = self._given = 0
        self._is_dead = False

    def _unpack(self) -> bytes:
        try:
            found = self._unpacker.decompress(self._raw, STEP)
        except zlib.error as error:
            raise self._dead(f"A packed record cannot be unpacked ({error}).") from error
        self._raw = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
        self._out += len(found)
        packed = self._read - len(self._raw) - self._member
        if self._out > BOMB and self._out > RATIO * packed:
            raise self._dead(f"A packed record becomes over {RATIO} times as long when it is unpacked: a bomb.")
        return found

    def _dead(self, says: str) -> Broken:
        self._is_dead = True
        return Broken(says)

    def _next_mark(self) -> bool:
        """Find the next line that begins a record."""
        while True:
            if self._given == 0 and self._ready.startswith(self._mark):
                return True
            found = self._ready.find(b"\n" + self._mark)
            if found >= 0:
                self._hand(found + 1)
                return True
            self._hand(max(0, len(self._ready) - len(self._mark)))
            if not self._fill(inside=False):
                self._hand(len(self._ready))
                return False

    def _next_member(self) -> bool:
        """Find the next gzip member that begins a record."""
        self._ready.clear()
        if self._read - len(self._raw) == self._member:  # the broken member's own beginning
            self._raw = self._raw[1:]
        while True:
            at = self._raw.find(GZIP)
            if at < 0:
                self._raw = self._raw[-2:]
                if not self._more():
                    return False
                continue
            self._raw = self._raw[at:]
            if len(self._raw) < BLOCK:
                self._more()
            if self._is_record(self._raw):
                self._begin()
                return True
            self._raw = self._raw[1:]

    def _is_record(self, raw: bytes) -> bool:
        try:
            return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(raw, 64).startswith(self._mark)
        except zlib.error:
            return False
