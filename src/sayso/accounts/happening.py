"""What a comparison of two reports, or of two tellings, answers."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record import Reason


@dataclass(frozen=True, slots=True)
class Same:
    """How far two are one happening (0 to 1), whether they are taken for it, and every argument for and against."""

    score: float
    same: bool
    reasons: tuple[Reason, ...] = ()

    def turned(self) -> Same:
        """The same answer for the two in the other order: each reason's two stretches change places."""
        turned = tuple(
            Reason(reason.name, reason.speaks_for, reason.says, reason.there, reason.here) for reason in self.reasons
        )
        return Same(self.score, self.same, turned)
