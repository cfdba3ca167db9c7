"""What one time takes from another: "three weeks later" from the date told before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sayso.grounding.times.draft import Draft, Rows, unknown
from sayso.grounding.times.near import stepped
from sayso.record import Span

COARSE = ("season", "vague", "decade")


class Found(NamedTuple):
    """A draft with the number of its sentence and its place in the sealed text."""

    sentence: int
    span: Span
    draft: Draft


def tied(found: Sequence[Found], rows: Rows, *, reach: int = 1, sure: bool = True) -> list[Found]:
    """Tie each step to a time told before it: in its own sentence, else in the nearest of the `reach` before.

    Where that sentence tells more than one time and `sure` is wanted, or none is near, the step stays unresolved:
    "three weeks later" is never three weeks after publication.
    """
    settled: list[Found] = []
    for one in found:
        if one.draft.step is None:
            settled.append(one)
            continue
        base = _base(one, settled, reach=reach, sure=sure)
        settled.append(one._replace(draft=_tied(one.draft, base, rows)))
    return settled


def _base(one: Found, before: Sequence[Found], *, reach: int, sure: bool) -> tuple[int, Found] | None:
    """The time a step counts from, with its number."""
    step = one.draft.step
    for back in range(reach + 1):
        near = [
            (number, other)
            for number, other in enumerate(before, 1)
            if other.sentence == one.sentence - back and step is not None and _is_base(other.draft, step.unit)
        ]
        if near:
            whens = {other.draft.when.timex for _, other in near}
            return None if sure and len(whens) > 1 else near[-1]
    return None


def _is_base(draft: Draft, unit: str) -> bool:
    if draft.type not in ("DATE", "TIME") or draft.when.earliest is None or "/" in (draft.when.timex or ""):
        return False
    fine = draft.when.granularity
    if unit in ("day", "hour", "minute"):
        return fine in ("day", "part_of_day", "hour", "minute")
    if unit == "week":
        return fine in ("day", "part_of_day", "hour", "minute", "week")
    if unit == "month":
        return fine not in ("year", "quarter", *COARSE)
    return fine not in COARSE


def _tied(draft: Draft, base: tuple[int, Found] | None, rows: Rows) -> Draft:
    step = draft.step
    if base is None or step is None:
        return _untied(draft)
    number, other = base
    when = stepped(other.draft.when, draft, rows)
    if when is None:
        return _untied(draft)
    vague = (
        step.by and step.unit in ("week", "month", "year") and other.draft.when.granularity in ("day", "part_of_day")
    )
    return replace(
        draft, when=when, step=None, mod=draft.mod or ("APPROX" if vague else None), relative_to=f"m{number}"
    )


def _untied(draft: Draft) -> Draft:
    """A step from nothing told: of a clock its hour is left."""
    timex = draft.when.timex if draft.clock else None
    return replace(draft, when=unknown(draft.when.granularity, timex), step=None, relative_to="none")
