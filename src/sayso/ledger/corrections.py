"""Corrections field by field: checked when they are ruled, written down with what stood before, and read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from sayso.ledger.problems import CannotRule
from sayso.ledger.schema import decision_corrections, reports
from sayso.ledger.typed import NONE, typed_channel, typed_figure, typed_time
from sayso.record import ACTS, CORRECTABLE, STATUSES, Anchor, Correction, Span

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.anchors import Subject

COUNTED = frozenset(
    (
        "killed", "wounded", "casualties", "detained", "captured", "abducted", "released", "displaced", "evacuated",
        "graves", "bodies", "munitions",
    )
)  # fmt: skip
ADDED = ("speaker", "act", "channel", "words", "when", "where")
"""What is told of a statement that a person adds; the words and the speaker must be."""
SAYS = "says"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is ruled, of what, with the rows that the case reads with."""

    ruling: str
    subjects: Sequence[Subject]
    knowledge: Knowledge


def checked(
    connection: Connection, asking: Asking, value: str | None, corrections: Sequence[Correction]
) -> tuple[Correction, ...]:
    """The corrections of a ruling as they are kept: each with its words, `after` as it is compared.

    A plain value of `correct` is the speaker's name. Raises `CannotRule` for what does not fit, saying what would.
    """
    if asking.ruling not in ("correct", "add_statement"):
        if corrections:
            raise CannotRule(f"{asking.ruling} corrects no field. Rule `correct` for that.")
        return ()
    told = tuple(corrections)
    if asking.ruling == "correct" and value:
        if any(one.field == "speaker" for one in told):
            raise CannotRule("The speaker is given twice: as the value and as a field. Give it once.")
        told = (Correction("speaker", None, value), *told)
    _check_fields(asking, told)
    kept = tuple(_checked(connection, asking, one) for one in told)
    if asking.ruling == "add_statement":
        return _whole_statement(kept)
    return kept


def _check_fields(asking: Asking, told: Sequence[Correction]) -> None:
    if not told:
        wanted = sorted({field for subject in asking.subjects for field in CORRECTABLE.get(subject.kind, ADDED)})
        of_speaker = "a value (the speaker's name) or " if "speaker" in wanted and asking.ruling == "correct" else ""
        raise CannotRule(f"{asking.ruling} needs {of_speaker}a field: {', '.join(wanted)}.")
    for one in told:
        for subject in asking.subjects:
            fields = CORRECTABLE.get(subject.kind, ADDED)
            if one.field not in fields:
                of = f"a {subject.kind}" if subject.kind != "event" else "an event"
                of = "a statement" if subject.kind == "report" else of
                raise CannotRule(f"{one.field!r} is no field of {of}. There are: {', '.join(fields)}.")
    named = [one.field for one in told]
    twice = next((field for field in named if named.count(field) > 1), None)
    if twice:
        raise CannotRule(f"The field {twice} is given twice. Give each once.")


def _checked(connection: Connection, asking: Asking, told: Correction) -> Correction:
    try:
        return _fitting(connection, asking, told)
    except CannotRule as problem:
        problem.field = told.field
        raise


def _fitting(connection: Connection, asking: Asking, told: Correction) -> Correction:
    anchor = _anchor(connection, asking, told.anchor) if told.anchor is not None else None
    after = (told.after or "").strip() or None
    if told.field == "words":
        if anchor is None:
            raise CannotRule("The words of a statement are words of the report: say where they stand.")
        after = anchor.words
    elif after is None and anchor is not None and told.field in ("speaker", "where"):
        after = " ".join(anchor.words.split())
    if after is None:
        raise CannotRule(f"{told.field} needs a value: what should it be?")
    after = AFTER[told.field](asking, after) if told.field in AFTER else after
    return Correction(told.field, None, after, anchor)


def _anchor(connection: Connection, asking: Asking, asked: Anchor) -> Anchor:
    """The words that show it, as they stand in a report that the ruling is about."""
    about = list(dict.fromkeys(subject.id.partition("#")[0] for subject in asking.subjects))
    report = next((one for one in about if one == asked.report or _begins(one, asked.report)), None)
    if report is None:
        raise CannotRule(f"The words stand in {asked.report}, which this is not about. It is about {', '.join(about)}.")
    text = connection.execute(select(reports.c.text).where(reports.c.id == report)).scalar() or ""
    start, end = asked.span.start, asked.span.end
    if not 0 <= start < end <= len(text):
        raise CannotRule(f"{start}-{end} is no stretch of {report}, which has {len(text):,} characters.")
    words = text[start:end]
    if not any(char.isalnum() for char in words):
        raise CannotRule(f"There are no words at {start}-{end} of {report}, only {words!r}.")
    if asked.words and asked.words != words:
        raise CannotRule(f"At {start}-{end} of {report} stands “{words}”, not “{asked.words}”.")
    return Anchor(report, Span(start, end), words)


def _begins(report: str, asked: str) -> bool:
    return len(asked) >= 6 and report.removeprefix("sha256:").startswith(asked.removeprefix("sha256:"))


def _whole_statement(told: tuple[Correction, ...]) -> tuple[Correction, ...]:
    fields = {one.field for one in told}
    for needed, what in (("words", "the words that are said"), ("speaker", "who says them")):
        if needed not in fields:
            missing = CannotRule(f"A statement that is added needs {what}: give the field {needed}.")
            missing.field = needed
            raise missing
    return told if "act" in fields else (*told, Correction("act", None, SAYS))


# What can stand in a field


def _act(_: Asking, after: str) -> str:
    if after not in ACTS:
        raise CannotRule(f"{after!r} is no act. There are: {', '.join(ACTS)}.")
    return after


def _status(_: Asking, after: str) -> str:
    wanted = [one for one in STATUSES if one != "disputed"]
    if after not in wanted:
        more = " An event is disputed where its tellers differ: correct what each of them does." * (after == "disputed")
        raise CannotRule(f"{after!r} is no status. There are: {', '.join(wanted)}.{more}")
    return after


def _kind(asking: Asking, after: str) -> str:
    known = sorted({str(row["kind"]) for row in asking.knowledge.rows("event_kinds")})
    if after not in known:
        raise CannotRule(f"{after!r} is no kind of event. There are: {', '.join(known)}.")
    return after


def _channel(_: Asking, after: str) -> str:
    channel = typed_channel(after)
    if channel is None:
        return NONE
    return f"{channel[0]}: {channel[1]}" if channel[1] else channel[0]


def _when(_: Asking, after: str) -> str:
    if after != NONE:
        typed_time(after)
    return after


def _how_many(_: Asking, after: str) -> str:
    counted = typed_figure(after).of if after != NONE else None
    if counted is not None and counted.split()[-1] not in COUNTED:
        raise CannotRule(f"{counted!r} is not counted of events. There are: {', '.join(sorted(COUNTED))}.")
    return after


AFTER: Mapping[str, Callable[[Asking, str], str]] = {
    "act": _act,
    "status": _status,
    "kind": _kind,
    "channel": _channel,
    "when": _when,
    "how_many": _how_many,
}


# Written down and read again


def keep_corrections(connection: Connection, decision: str, told: Sequence[Correction]) -> None:
    """Write down the corrections of a decision."""
    rows = [
        {
            "decision_id": decision,
            "n": n,
            "field": one.field,
            "before": one.before,
            "after": one.after,
            "report_id": one.anchor.report if one.anchor else None,
            "start": one.anchor.span.start if one.anchor else None,
            "end": one.anchor.span.end if one.anchor else None,
            "words": one.anchor.words if one.anchor else None,
        }
        for n, one in enumerate(told)
    ]
    if rows:
        connection.execute(decision_corrections.insert(), rows)


def corrections_of(
    connection: Connection, decisions: Collection[str] | None = None
) -> dict[str, tuple[Correction, ...]]:
    """The corrections of some decisions, or of all, by their ids."""
    asked = select(decision_corrections)
    if decisions is not None:
        asked = asked.where(decision_corrections.c.decision_id.in_(list(decisions)))
    found: dict[str, list[Correction]] = defaultdict(list)
    for row in connection.execute(asked.order_by(decision_corrections.c.decision_id, decision_corrections.c.n)):
        found[row.decision_id].append(_correction(row))
    return {decision: tuple(held) for decision, held in found.items()}


def _correction(row: Any) -> Correction:
    anchor = Anchor(row.report_id, Span(row.start, row.end), row.words) if row.report_id is not None else None
    return Correction(row.field, row.before, row.after, anchor)


def clash(one: Sequence[Correction], other: Sequence[Correction]) -> str | None:
    """A field that two sets of corrections set to different values."""
    told = {each.field: _value(each) for each in one}
    return next((each.field for each in other if told.get(each.field, _value(each)) != _value(each)), None)


def are_the_same(one: Sequence[Correction], other: Sequence[Correction]) -> bool:
    """Whether two sets of corrections set the same fields to the same."""
    return {each.field: _value(each) for each in one} == {each.field: _value(each) for each in other}


def _value(one: Correction) -> tuple[str | None, Anchor | None]:
    return one.after, one.anchor if one.field == "words" else None
