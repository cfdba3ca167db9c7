"""Questions by origins: how each account stands to the others, for a table whose cells open what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.export.incident_matrix import SIGNS, answer_in_words, letters, question, rows_told

if TYPE_CHECKING:
    from sayso.record import Anchor, Cell, Incident

APART = frozenset(("differs", "denies", "could_not_verify"))
"""Verdicts by which a row is one where accounts are not alike."""
AGAINST_NAMED = 3
"""Origins that a cell is against whose letters are told; of more, how many."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one origin answers to one question, by one verdict. `against` are letters of those it stands against."""

    verdict: str
    sign: str
    says: str
    anchors: tuple[Anchor, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A row: what is asked, and the answers of each origin, in the order of their letters."""

    field: str
    of: str | None
    asks: str
    answers: tuple[tuple[Answer, ...], ...]

    @property
    def is_alike(self) -> bool:
        """Whether nobody differs, denies or could not verify."""
        return not any(one.verdict in APART for several in self.answers for one in several)


def questions(incident: Incident) -> tuple[Question, ...]:
    """Every question that anybody answers. An origin that is silent on it has no answer."""
    marks = letters(incident)
    cells: dict[tuple[str, str | None, str], list[Cell]] = {}
    for cell in incident.matrix:
        cells.setdefault((cell.field, cell.of, cell.origin), []).append(cell)
    return tuple(
        Question(*row, question(row), tuple(_answers(cells.get((*row, origin), ()), marks) for origin in marks))
        for row in rows_told(incident.matrix)
    )


def _answers(cells: Sequence[Cell], marks: dict[str, str]) -> tuple[Answer, ...]:
    told = [cell for cell in cells if cell.verdict != "silent"]
    return tuple(
        Answer(
            cell.verdict,
            SIGNS.get(cell.verdict, "="),
            answer_in_words(cell),
            tuple(dict.fromkeys(cell.anchors)),
            tuple(marks[origin] for origin in cell.against if origin in marks),
        )
        for cell in told
    )
