"""The rows on given and family names, made into what `same_person` asks of names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from sayso.knowledge import Knowledge, Row
from sayso.values.name import Forms, levelled


@cache
def forms_of_names(knowledge: Knowledge) -> Forms:
    """What rows say of given and family names, made into tables once."""
    rows, families = knowledge.rows("given_names"), knowledge.rows("family_names")
    return Forms(
        _numbered(rows, "spelling"),
        _numbered(rows, "short"),
        _numbered(rows, "languages"),
        _forms(families, "first"),
        _numbered(families, "spelling"),
        _forms(rows, "given"),
        _forms(families, "of_two"),
    )


def _forms(rows: Iterable[Row], kind: str) -> frozenset[str]:
    return frozenset(levelled(form) for row in rows if row["kind"] == kind for form in row["forms"])


def _numbered(rows: Iterable[Row], kind: str) -> Mapping[str, frozenset[int]]:
    """Each given name of one kind of row, levelled, with the numbers of its rows."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        if row["kind"] == kind:
            for form in row["forms"]:
                found[levelled(form)].add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}
