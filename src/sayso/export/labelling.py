"""Names of all who speak replaced by labels, alike in the whole of what is exported: "Speaker 12".

It is done to what is written, cell by cell: words are taken from a report by where they stand in it, before.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sayso.ledger.asking.chosen import speaker_names, speakers_stand

if TYPE_CHECKING:
    from sayso.ledger.case import Case

SHORTEST = 3
"""Letters of a part of a name that is taken for the whole of it: "Orlo" of "Dessa Orlo"."""


class Labels:
    """The labels of a case: one for each who speaks and is named, by the order of their ids.

    Every spelling of a name is replaced, and each of its parts that is written with a capital, wherever they stand.
    What several are called is told as all of them, "Speaker 2 or 8": nobody gets the words of another.
    """

    def __init__(self, case: Case) -> None:
        with case.reading() as connection:
            rows = speaker_names(connection)
        numbers = {one: n for n, one in enumerate(dict.fromkeys(row[0] for row in rows), 1)}
        meant: dict[str, set[int]] = defaultdict(set)
        for speaker, name, spellings in rows:
            for spelling in (name, *json.loads(spellings)):
                for part in _parts(spelling):
                    meant[part].add(numbers[speaker])
        told = {part: _label(sorted(who)) for part, who in meant.items()}
        self.count = len(numbers)
        capitals = {name.upper(): label for name, label in told.items()}  # as headings are set
        self.labels: Mapping[str, str] = {**capitals, **told}
        longest = sorted(self.labels, key=lambda name: (-len(name), name))
        either = "|".join(re.escape(name) for name in longest)
        self.names = re.compile(rf"(?<!\w)(?:{either})(?!\w)") if either else None

    def on(self, value: Any) -> Any:
        """A plain value, or a list or dictionary of them, with labels in place of names."""
        if isinstance(value, str):
            return self.names.sub(lambda found: self.labels[found[0]], value) if self.names is not None else value
        if isinstance(value, dict):
            return {name: self.on(held) for name, held in value.items()}
        if isinstance(value, list | tuple):
            return [self.on(held) for held in value]
        return value


def labels_of(case: Case) -> Labels:
    """The labels of a case; those that were made last, where nobody was added, joined or parted since."""
    with case.reading() as connection:
        stand = (str(case.folder), speakers_stand(connection))
    if stand not in _last:
        _last.clear()
        _last[stand] = Labels(case)
    return _last[stand]


_last: dict[tuple[str, tuple[int, int]], Labels] = {}


def _label(numbers: list[int]) -> str:
    """The label of who has a name, or of all who have it.

    >>> _label([2]), _label([2, 3, 8])
    ('Speaker 2', 'Speaker 2, 3 or 8')
    """
    *others, last = map(str, numbers)
    return f"Speaker {', '.join(others)} or {last}" if others else f"Speaker {last}"


def _parts(name: str) -> list[str]:
    """A name, and its parts that could stand for it."""
    words = [one for one in re.findall(r"[\w'’-]+", name) if len(one) >= SHORTEST and one[:1].isupper()]
    return [one for one in (name.strip(), *words) if one]
