"""Taking a name out of texts and readings: blocks in the text, so that every place stays; elsewhere a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from typing import Any

from sayso.record import Reading

BLOCK = "█"


class Withheld:
    """Finds the forms of a name, in any case and however their words are parted, and takes them out."""

    def __init__(self, forms: Iterable[str], mark: str) -> None:
        wanted = sorted({form.strip() for form in forms if form.strip()}, key=lambda form: (-len(form), form))
        words = [r"(?:\s|%20|[-_+])+".join(map(re.escape, form.split())) for form in wanted]
        self.forms = tuple(wanted)
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
