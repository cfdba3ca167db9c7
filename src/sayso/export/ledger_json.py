"""What a case answers, as JSON: every field of a noun under its own name, in its order; absent is null or [].

A span is `[start, end]`, in code points of its report's text. Names and words of private persons are withheld unless
the caller shows them. The shape is in docs/ledger.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from sayso.export.record_json import Json, as_json, dumped
from sayso.ledger.asking.answers import (
    AuditRow,
    CaseInfo,
    Coverage,
    DecisionPage,
    DecisionRow,
    Hit,
    Identical,
    IncidentPage,
    IncidentRow,
    ReportPage,
    ReportRow,
    SpeakerPage,
    SpeakerRow,
)
from sayso.ledger.asking.private import withheld
from sayso.record import FORMAT, Decision, Family, Incident, Reading, Span, Trace

if TYPE_CHECKING:
    from sayso.ledger.case import Case

TALLIES: Mapping[type, tuple[str, ...]] = {
    CaseInfo: ("facts", "counts", "dated_by", "media_types", "languages", "added_by", "failures"),
    SpeakerPage: ("parties", "roles", "acts", "channels", "publishers"),
}
"""Fields that hold names with a count or a text: objects in JSON."""
Asked = (
    IncidentRow | IncidentPage | Incident | ReportRow | ReportPage | SpeakerRow | SpeakerPage | Hit | CaseInfo
    | Coverage | Family | Decision | Trace | Identical | DecisionRow | DecisionPage | AuditRow
)  # fmt: skip
KINDS: Mapping[type, str] = {
    IncidentRow: "incident_row",
    IncidentPage: "incident_page",
    Incident: "incident",
    ReportRow: "report_row",
    ReportPage: "report_page",
    SpeakerRow: "speaker_row",
    SpeakerPage: "speaker_page",
    Hit: "hit",
    CaseInfo: "case",
    Coverage: "coverage",
    Family: "family",
    Decision: "decision",
    Trace: "trace",
    Identical: "identical",
    DecisionRow: "decision_row",
    DecisionPage: "decision_page",
    AuditRow: "audit_row",
}


def answer(case: Case, noun: Asked, *, show_private: bool = False) -> Json:
    """One thing that a case answers, as one object that says what it is and of which format.

    Names and words of private persons are withheld (see `sayso.ledger.asking.private`), unless `show_private`.
    """
    return answers(case, (noun,), show_private=show_private)[0]


def as_line(case: Case, noun: Asked, *, show_private: bool = False) -> str:
    """The same as one line of JSON."""
    return dumped(answer(case, noun, show_private=show_private))


def answers(case: Case, nouns: Iterable[Asked], *, show_private: bool = False) -> list[Json]:
    """A list of things that a case answers."""
    told = tuple(nouns) if show_private else withheld(case, tuple(nouns))
    return [{"format": FORMAT, "answer": KINDS[type(one)], **plain(one)} for one in told]


def plain(value: Any) -> Any:
    """A noun as plain dictionaries, lists, strings and numbers."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Reading):
        return as_json(value)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return _object(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _object(noun: Any) -> Json:
    tallies = TALLIES.get(type(noun), ())
    told = {name: getattr(noun, name) for name in _names(type(noun))}
    return {name: dict(held) if name in tallies else plain(held) for name, held in told.items()}


def _names(cls: Any) -> tuple[str, ...]:
    if cls not in _named:
        _named[cls] = tuple(field.name for field in fields(cls))
    return _named[cls]


_named: dict[Any, tuple[str, ...]] = {}
"""The fields of each sort of noun that was met."""
