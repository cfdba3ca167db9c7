"""Bytes to text: which encoding, and what was lost. Newlines, NUL and direction marks stay as they were."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import NamedTuple

from sayso.record import Problem, Span

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ONE_BYTE_CYRILLIC = ("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic")
COMMON_CYRILLIC = frozenset("оеаинтсрвлі")
LIKELY = (
    *ONE_BYTE_CYRILLIC,
    "cp1252", "cp1250", "iso8859_2", "cp1256", "cp1255", "cp1254", "cp1253", "gb18030", "shift_jis", "euc_kr", "big5",
)  # fmt: skip
SAMPLE = 65_536
NAMED_STRETCHES = 100
"""More bad stretches than this are told of together."""

BAD_RUN = re.compile("[\udc80-\udcff]+")
BAD_IN_WORD = re.compile("(?<=[A-Za-z])[\udc80-\udcfd]+|[\udc80-\udcfd]+(?=[a-z])")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What a Windows-1252 text holds outside ASCII when it is no more than English with typographer's marks.
WESTERN = re.compile(
    "[€£]\\s?\\d|\\d\\s?[€]|[…‘’“”•–—™©®°§«»·½¼¾\u00a0]"
    "|[À-ÖØ-Þ](?=[a-zà-öø-þ])|(?<=[A-Za-zÀ-ÖØ-öø-ý])[ß-öø-ý]|[ß-öø-ý](?=[a-zß-öø-ý])|\\bà\\b"
)
SCRIPTS = re.compile("[\t\r\n -~\u00a0-\u052f\u0590-\u06ff\u2010-\u203a\u20a0-\u20bf]")


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and what was lost on the way."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decoded(data: bytes, *, said: str | None = None, declared: str | None = None) -> Decoded:
    """The text of these bytes: by byte order mark, as UTF-8, as said, else by what the letters look like.

    `said` is the charset the caller knows of, `declared` the one the bytes themselves name.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _as(data[len(mark) :], encoding, offset=len(mark))
    wide = None if said else _utf16_without_mark(data)
    if wide:
        return _as(data, wide)
    text = _strict(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    known = _codec(said or declared)
    if known and known != "utf-8":
        return _as(data, known)
    if known == "utf-8" or _mostly_utf8(data):
        return _as(data, "utf-8")
    return _by_letters(data)


def looks_binary(text: str) -> bool:
    """Whether more of it is control characters than any written text has."""
    found = len(CONTROLS.findall(text))
    return found > 2 and found * 10 > len(text)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    # Pages that say Latin-1 mean Windows-1252, as every browser reads them.
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(found, found)


def _as(data: bytes, encoding: str, *, offset: int = 0) -> Decoded:
    text = _strict(data, encoding)
    if text is not None:
        return Decoded(text, encoding)
    if encoding == "utf-8":
        return _utf8_with_holes(data, offset)
    try:
        text = data.decode(encoding, errors="replace")
    except UnicodeError:
        return _utf8_with_holes(data, offset)
    lost = text.count("\ufffd")
    at = text.find("\ufffd")
    says = f"{lost} place(s) in the file are not valid {encoding}; each reads as U+FFFD. Check the file's encoding."
    return Decoded(text, encoding, (Problem("bad_bytes", says, Span(at, at + 1) if at >= 0 else None),))


def _utf8_with_holes(data: bytes, offset: int) -> Decoded:
    raw = data.decode("utf-8", errors="surrogateescape")
    parts: list[str] = []
    problems: list[Problem] = []
    at = byte = length = holes = 0
    for run in BAD_RUN.finditer(raw):
        before = raw[at : run.start()]
        parts += (before, "\ufffd")
        length += len(before) + 1
        byte += len(before.encode())
        bad = run.end() - run.start()
        holes += 1
        if holes <= NAMED_STRETCHES:
            says = f"{bad} byte(s) at byte {byte + offset} are not valid UTF-8; they read as U+FFFD."
            problems.append(Problem("bad_bytes", says, Span(length - 1, length)))
        byte += bad
        at = run.end()
    if holes > NAMED_STRETCHES:
        more = holes - NAMED_STRETCHES
        problems.append(Problem("bad_bytes", f"{more} more stretches are not valid UTF-8 and read as U+FFFD."))
    parts.append(raw[at:])
    return Decoded("".join(parts), "utf-8", tuple(problems))


def _mostly_utf8(data: bytes) -> bool:
    """Whether a file that is not valid UTF-8 is damaged UTF-8 rather than an older encoding.

    An older encoding shows in letters: most of the text, or parts of words, or marks that English uses. A few
    bytes that stand nowhere in particular are damage.
    """
    raw = data.decode("utf-8", errors="surrogateescape")
    bad = BAD_RUN.findall(raw)
    good = sum(1 for char in raw if char > "\x7f" and not "\udc80" <= char <= "\udcff")
    if good >= len(bad):
        return True
    western = data.decode("cp1252", errors="replace")
    if good == 0 and len(WESTERN.findall(western)) >= sum(1 for char in western if char > "\x7f"):
        return False
    if good == 0 and sum(1 for run in bad if len(run) > 3 and _is_cyrillic_word(run)) > 1:
        return False
    high = sum(map(len, bad))
    in_words = len(BAD_IN_WORD.findall(raw))
    return not (high > 3 and high * 3 > len(data)) and not (in_words >= 3 and in_words * 2 >= len(bad))


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 gives itself away by NUL bytes (its blanks and Latin letters) on one side of each pair."""
    if len(data) < 4 or len(data) % 2 or b"\0" not in data:
        return None
    sample = data[:SAMPLE]
    for encoding, nul in (("utf-16-le", 1), ("utf-16-be", 0)):
        if not any(byte == 0 for byte in sample[nul::2]):
            continue
        text = sample.decode(encoding, errors="replace")
        if text and sum(1 for _ in SCRIPTS.finditer(text)) >= 0.95 * len(text):
            return encoding
    return None


def _is_cyrillic_word(run: str) -> bool:
    raw = run.encode("utf-8", errors="surrogateescape")
    words = (raw.decode(encoding, errors="replace") for encoding in ONE_BYTE_CYRILLIC)
    return any(all(map(_cyrillic_letter, word)) and word[1:] in (word[1:].lower(), word[1:].upper()) for word in words)


def _by_letters(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    runs = BAD_RUN.findall(data[:SAMPLE].decode("utf-8", errors="surrogateescape"))
    if sum(1 for run in runs if len(run) > 3 and _is_cyrillic_word(run)) > 1:
        return _as(data, _cyrillic(data))
    western = data.decode("cp1252", errors="replace")
    if len(WESTERN.findall(western)) >= sum(1 for char in western if char > "\x7f"):
        return _as(data, "cp1252")
    best = from_bytes(data[:SAMPLE], cp_isolation=list(LIKELY)).best()
    encoding = best.encoding if best else "cp1252"
    if encoding in ONE_BYTE_CYRILLIC:
        encoding = _cyrillic(data)
    return _as(data, encoding)


def _cyrillic(data: bytes) -> str:
    """Which Cyrillic code: the wrong ones turn capitals round, and make rare letters of common ones."""

    def fit(encoding: str) -> int:
        text = data[:SAMPLE].decode(encoding, errors="replace")
        pairs = list(pairwise(text))
        follow = sum(1 for one, two in pairs if _cyrillic_letter(one) and _cyrillic_letter(two) and two.islower())
        turned = sum(1 for one, two in pairs if one.islower() and two.isupper())
        common = sum(1 for char in text if char.lower() in COMMON_CYRILLIC)
        return follow + 2 * common - 2 * turned

    return max(ONE_BYTE_CYRILLIC, key=fit)


def _cyrillic_letter(char: str) -> bool:
    return "\u0400" <= char <= "\u045f" or char in "Ґґ"
