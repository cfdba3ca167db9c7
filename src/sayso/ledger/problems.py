"""What can stand in the way of keeping a case: what was met, where, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.record import Decision


class CaseProblem(Exception):
    """Something about a case that a person must know or mend."""


class NoCase(CaseProblem):
    """There is no case where one was looked for."""


class CaseExists(CaseProblem):
    """A case was to be made where there already is something."""


class NewerCase(CaseProblem):
    """The case was written by a newer Sayso than this one."""


class NoDatabase(CaseProblem):
    """The case's database cannot be reached: no driver, no server, or no right to it."""


class CaseBusy(CaseProblem):
    """Another process is writing to the case and did not finish in time."""


class DamagedOriginal(CaseProblem):
    """A kept original is missing, or its bytes are not those that were sealed."""


class NoSuchThing(CaseProblem):
    """An id, or the beginning of one, that nothing in the case has, or that more than one thing has.

    `says` is what was met, without `near`: the ids that may have been meant.
    """

    def __init__(self, says: str, near: Sequence[str] = ()) -> None:
        super().__init__(f"{says} Near it: {', '.join(near)}." if near else says)
        self.says, self.near = says, tuple(near)


class Contradicts(CaseProblem):
    """Decisions about the same subject stand and say something else; `standing` are these."""

    def __init__(self, says: str, standing: tuple[Decision, ...] = ()) -> None:
        super().__init__(says)
        self.standing = standing


class Erased(CaseProblem):
    """These bytes were erased from the case; the tombstone says by whom, when and why."""


class CannotErase(CaseProblem):
    """What was to be erased is not there, or cannot go without something else going too."""


class CannotRule(CaseProblem):
    """A ruling that there is none of, about things it is not about, or without what it needs.

    `field` is the field of a correction that does not fit, where it is one.
    """

    field: str | None = None


class CannotChange(CaseProblem):
    """An account cannot be made, or be changed so."""
