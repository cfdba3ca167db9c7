"""Names of all who speak replaced by labels, alike in the whole of what is exported: "Speaker 12"."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.ledger.asking.chosen import speaker_names
from sayso.ledger.asking.private import IDS
from sayso.record import Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

Noun = TypeVar("Noun")
SHORTEST = 3
"""Letters of a part of a name that is taken for the whole of it: "Orlo" of "Dessa Orlo"."""


class Labels:
    """The labels of a case: one for each who speaks and is named, by the order of their ids.

    Every spelling of a name is replaced, and each of its parts that is written with a capital, wherever they stand.
    """

    def __init__(self, case: Case) -> None:
        with case.reading() as connection:
            rows = speaker_names(connection)
        numbers = {one: n for n, one in enumerate(dict.fromkeys(row[0] for row in rows), 1)}
        told: dict[str, str] = {}
        for speaker, name, spellings in rows:
            for spelling in (name, *json.loads(spellings)):
                for part in _parts(spelling):
                    told.setdefault(part, f"Speaker {numbers[speaker]}")
        self.count = len(numbers)
        self.labels: Mapping[str, str] = {name.casefold(): label for name, label in told.items()}
        longest = sorted(told, key=lambda name: (-len(name), name))
        either = "|".join(re.escape(name) for name in longest)
        self.names = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if either else None

    def on(self, noun: Noun) -> Noun:
        """The same noun with labels in place of names. Ids, and the places of words, stay as they are."""
        told: Noun = self._of(noun)
        return told

    def _of(self, noun: Any) -> Any:
        if isinstance(noun, str):
            return self._plain(noun)
        if isinstance(noun, tuple):
            return tuple(self._of(one) for one in noun)
        if isinstance(noun, Span) or not is_dataclass(noun) or isinstance(noun, type):
            return noun
        held = {one.name: getattr(noun, one.name) for one in fields(noun)}
        changed = {
            name: value if name in IDS and isinstance(value, str) else self._of(value) for name, value in held.items()
        }
        new = {name: value for name, value in changed.items() if value is not held[name] and value != held[name]}
        return replace(noun, **new) if new else noun

    def _plain(self, words: str) -> str:
        if self.names is None:
            return words
        return self.names.sub(lambda found: self.labels[found[0].casefold()], words)


def _parts(name: str) -> list[str]:
    """A name, and its parts that could stand for it."""
    words = [one for one in re.findall(r"[\w'’-]+", name) if len(one) >= SHORTEST and one[:1].isupper()]
    return [one for one in (name.strip(), *words) if one]
