"""Taking a name out of texts and readings: blocks in the text, so that every place stays; elsewhere a mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any

from sayso.record import Reading

BLOCK = "█"
MARKS = "[\u0300-\u036f]"
STROKES = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ħ": "h", "ŧ": "t"}
"""Letters with a stroke, which Unicode does not part from it."""


class Withheld:
    """Finds the forms of a name, in any case, with marks or without, however their words are parted; takes them out."""

    def __init__(self, forms: Iterable[str], mark: str) -> None:
        self.forms = tuple(
            sorted({form.strip() for form in forms if form.strip()}, key=lambda form: (-len(form), form))
        )
        words = [r"(?:\s|%20|[-_+])+".join(map(_spelled, form.split())) for form in self.forms]
        self.mark = mark
        self.pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])", re.IGNORECASE)

    def is_in(self, text: str | None) -> bool:
        """Whether any form of the name stands there."""
        return bool(text) and self.pattern.search(text or "") is not None

    def count(self, text: str) -> int:
        """How often."""
        return sum(1 for _ in self.pattern.finditer(text))

    def blocked(self, text: str) -> str:
        """The text with blocks instead of the name's letters; no other character is moved."""
        return self.pattern.sub(lambda found: re.sub(r"\S", BLOCK, found[0]), text)

    def marked(self, words: str) -> str:
        """Words that are no sealed text, with a mark instead of the name."""
        return self.pattern.sub(self.mark, words)

    def reading(self, reading: Reading) -> Reading:
        """A reading of the same places of the blocked text, with the mark wherever it spelled the name."""
        page = reading.page
        text = self.blocked(page.report.text)
        bare = replace(reading, page=replace(page, report=replace(page.report, data=b"", text="")))
        marked: Reading = self._everywhere(bare)
        seal = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        report = replace(marked.page.report, text=text, text_sha256=seal)
        return replace(marked, page=replace(marked.page, report=report))

    def _everywhere(self, noun: Any) -> Any:
        if isinstance(noun, str):
            return self.marked(noun)
        if isinstance(noun, tuple):
            return tuple(map(self._everywhere, noun))
        if is_dataclass(noun) and not isinstance(noun, type):
            return replace(noun, **{field.name: self._everywhere(getattr(noun, field.name)) for field in fields(noun)})
        return noun


def _spelled(word: str) -> str:
    """A pattern for a word, whatever marks its letters have or lack."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(_letter(_plain(letter)) for letter in letters if not unicodedata.combining(letter))


def _letter(plain: str) -> str:
    marked = _marked().get(plain, "")
    return f"[{re.escape(plain)}{marked}]{MARKS}*" if plain.isalpha() else re.escape(plain)


def _plain(letter: str) -> str:
    return STROKES.get(letter, letter)


@cache
def _marked() -> dict[str, str]:
    """For each letter, all single characters that are that letter with marks, in both cases."""
    found: dict[str, str] = {}
    for number in (*range(0xC0, 0x530), *range(0x1E00, 0x2000)):
        letter = chr(number)
        plain = _plain(unicodedata.normalize("NFKD", letter.casefold())[0])
        if plain != letter and plain.isalpha() and letter.isalpha():
            found[plain] = found.get(plain, "") + letter
    return found
