"""Questions by origins: how each account stands to the others, for a table whose cells open what they rest on."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.export.incident_matrix import SIGNS, answer_in_words, letters, question, rows_told

if TYPE_CHECKING:
    from sayso.record import Anchor, Cell, Incident

APART = frozenset(("differs", "denies", "could_not_verify"))
"""Verdicts by which a row is one where accounts are not alike."""
ALONE, SIGN_ALONE = "alone", "–"
"""What stands instead of "agrees" where only one origin answers."""
FITS, SIGN_FITS = "fits", "≈"
"""What stands instead of "agrees" where nobody gives the same answer, but both can be so: "at least 19" and "25"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one origin answers to one question, by one verdict. `against` are letters of those it stands against."""

    verdict: str  # or "alone": nobody else answers; or "fits": others answer otherwise, and both can be so
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
    def verdicts(self) -> tuple[str, ...]:
        """Every verdict met in it."""
        told = {one.verdict for several in self.answers for one in several}
        return (*told, *(() if all(self.answers) else ("silent",)))

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
    found = []
    for row in rows_told(incident.matrix):
        answers = tuple(_answers(cells.get((*row, origin), ()), marks) for origin in marks)
        alone = sum(map(bool, answers)) == 1
        found.append(Question(*row, question(row), tuple(map(_alone, answers)) if alone else _fitting(answers)))
    return tuple(found)


def _fitting(answers: tuple[tuple[Answer, ...], ...]) -> tuple[tuple[Answer, ...], ...]:
    """What agrees with others only as far as both can be so."""
    told = Tally(one.says.casefold() for several in answers for one in several)
    return tuple(
        tuple(
            replace(one, verdict=FITS, sign=SIGN_FITS)
            if one.verdict == "agrees" and told[one.says.casefold()] == 1
            else one
            for one in several
        )
        for several in answers
    )


def _alone(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """What would be said to agree where there is nobody to agree with."""
    return tuple(replace(one, verdict=ALONE, sign=SIGN_ALONE) if one.verdict == "agrees" else one for one in answers)


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
