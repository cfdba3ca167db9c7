"""What the form of a ruling shows and what comes back from it: things with how they were read, and what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode, urlsplit

from sayso.desk.notices import DONE, HOME, local
from sayso.export import aloud
from sayso.ledger.looks import VERDICTS
from sayso.record import CORRECTABLE, Anchor, Correction, Reading, Span

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import Identical, IncidentRow, ReportRow, SpeakerPage
    from sayso.ledger.asking.doubles import Joining
    from sayso.ledger.asking.place_candidates import PlaceForeseen
    from sayso.ledger.asking.places import PlacePage
    from sayso.ledger.foreseeing import Foreseen
    from sayso.ledger.looks import Look, Verdict
    from sayso.record import Channel, Decision, Event, Moment, Place, Statement

ADDED = ("words", "speaker", "act", "channel", "when", "where")
"""What is asked of a statement that a person adds, in the order in which it is asked."""
LONGEST = 4_000
"""Characters of a reason."""
OTHER = "other"
"""Chosen where a place is none of those that are offered: it is typed beside."""


class Multi(Protocol):
    """Names and values of a form or of a query, of which a name can have several."""

    def getlist(self, key: str, /) -> Sequence[object]:
        """Every value of a name, in their order."""


@dataclass(frozen=True, slots=True)
class TypedField:
    """One field of a correction as it was typed. All empty: it stays as it was read."""

    after: str = ""
    report: str = ""
    start: str = ""
    end: str = ""
    name: str = ""  # of a channel: which

    @property
    def is_told(self) -> bool:
        """Whether anything is asked of the field."""
        return bool(self.after or self.start or self.end)


EMPTY = TypedField()


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person asks for: which ruling, of what, and all that they typed so far."""

    ruling: str
    about: tuple[str, ...]
    value: str = ""
    why: str = ""
    back: str = HOME
    instead_of: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()  # of each thing, its id and where it stood when the form was shown
    fields: Mapping[str, TypedField] = field(default_factory=dict)
    is_look: bool = False  # only show what the typed places hold
    as_of: str = ""
    source: str = ""
    is_beside: bool = False  # kept beside what others ruled, and decides nothing
    stays: tuple[str, ...] = ()  # events that are let stay where others are parted from an incident

    def of(self, name: str) -> TypedField:
        """A field as it was typed."""
        return self.fields.get(name, EMPTY)


@dataclass(frozen=True, slots=True)
class FieldNow:
    """A field of something that was read: in our words and in those of the form, and where the report says it."""

    name: str
    says: str = ""
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is ruled of."""

    id: str
    kind: str  # statement | event | report | incident | speaker | place
    words: tuple[Anchor, ...] = ()
    sentence: Anchor | None = None
    fields: tuple[FieldNow, ...] = ()
    report: ReportRow | None = None
    incident: IncidentRow | None = None
    speaker: SpeakerPage | None = None
    place: PlacePage | None = None

    @property
    def seen(self) -> str:
        """Where it stands, so that a form that was left open can tell when it stands for something else."""
        return " ".join((self.id, *(f"{one.span.start}-{one.span.end}" for one in self.words)))


@dataclass(frozen=True, slots=True)
class Copy:
    """A statement that says the same in another report, and whether the ruling is to be about it too."""

    found: Identical
    ticked: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form, with everything that a person must see before they rule."""

    typed: Typed
    things: tuple[Thing, ...]
    copies: tuple[Copy, ...] = ()
    standing: tuple[Decision, ...] = ()  # that answer the same question
    against: tuple[Decision, ...] = ()  # of these, those that cannot stand beside it
    problems: Mapping[str, str] = field(default_factory=dict)  # kinds or words, by the field; "" is about the whole
    others: tuple[IncidentRow, ...] = ()  # that may be meant where one thing more must be named
    is_short: bool = False  # whether one must
    looked: Mapping[str, Anchor] = field(default_factory=dict)  # words that stand at the places given, by the field
    action: str = "/decisions"  # where the form is sent
    foreseen: tuple[Foreseen, ...] = ()  # the incidents that there would be, where events are parted or joined
    joining: Joining | None = None  # what would change, where two are joined
    moving: PlaceForeseen | None = None  # what would be elsewhere, where places are located

    @property
    def can_stand_beside(self) -> bool:
        """Whether what others ruled otherwise is on one part of a report, so that two readers can differ on it."""
        if self.typed.ruling not in VERDICTS or len(self.things) != 1:
            return False
        return any(self.things[0].id in one.about for one in self.against)

    @property
    def stands_for(self) -> str:
        """Where events are parted from an incident, the event that stands for it: the last that is named; else ""."""
        last = self.typed.about[-1] if self.typed.about else ""
        return last if self.typed.ruling == "different_incident" and "#ev" in last else ""

    @property
    def asked_fields(self) -> tuple[str, ...]:
        """The fields that the form asks for."""
        if self.typed.ruling == "add_statement":
            return ADDED
        return CORRECTABLE.get(self.things[0].kind, ()) if self.typed.ruling == "correct" and self.things else ()

    @property
    def open_fields(self) -> tuple[str, ...]:
        """Those that are asked for first: typed or wrong ones; else all."""
        meant = [one for one in self.asked_fields if one in self.typed.fields or one in self.problems]
        return tuple(meant) if meant and self.typed.ruling == "correct" else self.asked_fields

    @property
    def further_fields(self) -> tuple[str, ...]:
        """The others, folded away."""
        return tuple(one for one in self.asked_fields if one not in self.open_fields)

    def now(self, name: str) -> FieldNow:
        """A field as it stands."""
        told = self.things[0].fields if self.things else ()
        return next((one for one in told if one.name == name), FieldNow(name))


# What was typed


def typed(pairs: Multi) -> Typed:
    """What a form or a query asks for. Nothing is judged here but the address to go back to."""
    rows = zip_longest(*(_all(pairs, name) for name in ("field", "after", "report", "start", "end")), fillvalue="")
    channel = _one(pairs, "channel_name")
    fields = {
        name: TypedField(after, report, start, end, channel if name == "channel" else "")
        for name, after, report, start, end in rows
        if name
    }
    ruling, about = _one(pairs, "ruling"), tuple(dict.fromkeys(_all(pairs, "about")))
    if not fields and _one(pairs, "start"):
        part = "words" if ruling == "add_statement" else "speaker"
        fields = {part: TypedField(start=_one(pairs, "start"), end=_one(pairs, "end"), report=_one(pairs, "report"))}
    return Typed(
        ruling=ruling,
        about=tuple(_id(one) for one in about if one),
        value=_point(pairs) if _one(pairs, "value") == OTHER else _one(pairs, "value"),
        why=_one(pairs, "why"),
        back=local(_one(pairs, "back")),
        instead_of=tuple(one for one in _all(pairs, "instead_of") if one),
        seen=tuple(_all(pairs, "seen")),
        fields=fields,
        is_look=bool(_one(pairs, "look")),
        as_of=_one(pairs, "as_of"),
        stays=tuple(dict.fromkeys(event for one in _all(pairs, "stays") for event in one.split())),
        source=_one(pairs, "source"),
        is_beside=bool(_one(pairs, "beside")),
    )


def _point(pairs: Multi) -> str:
    """Where a place is as it was typed field by field: the point, what stands for it, how far it can be off."""
    reach = _one(pairs, "reach").removesuffix("km").strip()
    parts = (_one(pairs, "point"), _one(pairs, "level"), f"{reach} km" if reach else "", _one(pairs, "land"))
    return ", ".join(one for one in parts if one) if parts[0] else ""


def corrections(asked: Typed) -> tuple[tuple[Correction, ...], dict[str, str]]:
    """The corrections that are asked for, and the kind of what is wrong with those that cannot be understood."""
    told, problems = [], {}
    for name, one in asked.fields.items():
        if not one.is_told:
            continue
        after = _with_name(one) if name == "channel" else one.after
        if not (one.start or one.end):
            told.append(Correction(name, None, after or None))
        elif one.start.isascii() and one.start.isdigit() and one.end.isascii() and one.end.isdigit():
            report = one.report or (asked.about[0].partition("#")[0] if asked.about else "")
            told.append(Correction(name, None, after or None, Anchor(report, Span(int(one.start), int(one.end)))))
        else:
            problems[name] = "numbers"
    if len(asked.about) > 1 and any(one.field == "words" for one in told):
        problems["words"] = "one_report"
    return tuple(told), problems


def _with_name(channel: TypedField) -> str:
    return f"{channel.after}: {channel.name}" if channel.name and channel.after not in ("", "none") else channel.after


def reason_problem(asked: Typed) -> str | None:
    """What is wrong with the reason, as a kind that the templates have words for; None where nothing is."""
    if not asked.why and asked.ruling != "accept":
        return "no_reason"
    if len(asked.why) > LONGEST:
        return "long_reason"
    return None


def beside(told: Verdict, against: Sequence[Decision], who: str) -> Verdict:
    """A verdict beside the rulings of others that it contradicts, and instead of those of one's own."""
    on_it = [one for one in against if told.about in one.about]
    return replace(
        told,
        copies=(),
        beside=tuple(one.id for one in on_it if one.who != who),
        instead_of=tuple(one.id for one in on_it if one.who == who),
    )


def back_to(back: str, ruled: Decision) -> str:
    """Where a person goes on after a ruling: where they were, at what they ruled of, with what they ruled told.

    The list of decisions and a decision's own page have their own way of telling it.
    """
    return _back(back, ruled.id, ruled.about)


def back_to_look(back: str, kept: Look) -> str:
    """The same, after a look that decides nothing."""
    return _back(back, f"look-{kept.id}", (kept.about,))


def _back(back: str, done: str, about: Sequence[str]) -> str:
    address, _, mark = local(back).partition("#")
    there = f"{address}{'&' if '?' in address else '?'}{urlencode({DONE: done})}"
    if not mark:
        mark = _part_on(address, about)
    return f"{there}#{mark}" if mark else there


def _part_on(address: str, about: Sequence[str]) -> str:
    """The part of a report that was ruled of, where the address is that report's page."""
    for one in about:
        report, _, part = one.partition("#")
        if part and address.partition("?")[0] == f"/reports/{report.removeprefix('sha256:')}":
            return part
    return ""


def _id(told: str) -> str:
    """An id, also where somebody pasted the address of a page.

    >>> _id("http://127.0.0.1:8080/incidents/inc-0f?by=time"), _id("sha256:0f#st1")
    ('inc-0f', 'sha256:0f#st1')
    """
    return urlsplit(told).path.rpartition("/")[2] if "/" in told else told


def _one(pairs: Multi, name: str) -> str:
    return next(iter(_all(pairs, name)), "")


def _all(pairs: Multi, name: str) -> list[str]:
    """Every value of a name as text, without characters that no database keeps and blanks around."""
    return [
        one.replace("\x00", "").replace("\r\n", "\n").strip() for one in pairs.getlist(name) if isinstance(one, str)
    ]


# What was read


def seen_of(reading: Reading, part: str) -> str:
    """What a form of one click carries of a statement or an event, to be told when it stands elsewhere by then."""
    statement = next((one for one in reading.statements if one.id == part), None)
    event = next((one for one in reading.events if one.id == part), None)
    spans = _rests_on(statement) if statement else (event.trigger,) if event else ()
    return Thing(f"{reading.page.report.id}#{part}", "part", _anchors(reading, spans)).seen


def _rests_on(told: Statement) -> tuple[Span, ...]:
    return told.words or tuple(span for span in (told.cue, told.who) if span)


def part_of(reading: Reading, part: str, row: ReportRow) -> Thing | None:
    """A statement or an event of a report; None where the report has none such (any more)."""
    report = reading.page.report.id
    statement = next((one for one in reading.statements if one.id == part), None)
    if statement is not None:
        words, fields = _anchors(reading, _rests_on(statement)), _fields_of_statement(reading, statement)
        return _thing(reading, Thing(f"{report}#{part}", "statement", words, None, fields, row))
    event = next((one for one in reading.events if one.id == part), None)
    if event is None:
        return None
    fields = _fields_of_event(reading, event)
    return _thing(reading, Thing(f"{report}#{part}", "event", _anchors(reading, (event.trigger,)), None, fields, row))


def _thing(reading: Reading, thing: Thing) -> Thing:
    if not thing.words:
        return thing
    at = thing.words[0].span
    held = next((one for one in reading.page.sentences if one.start <= at.start < one.end), None)
    return replace(thing, sentence=_anchor(reading, held)) if held else thing


def _fields_of_statement(reading: Reading, told: Statement) -> tuple[FieldNow, ...]:
    source = next(one for one in reading.sources if one.id == told.source)
    via = told.via[0] if told.via else None
    return (
        FieldNow("speaker", source.name, _anchor(reading, told.who)),
        FieldNow("act", aloud.said(aloud.ACTS, told.act), _anchor(reading, told.cue)),
        FieldNow("channel", _channel(via), _anchor(reading, via.span if via else None)),
        FieldNow("words", " … ".join(one.words for one in _anchors(reading, told.words)), _whole(reading, told.words)),
        _when(reading, told.said_at),
        _where(reading, (told.said_where,) if told.said_where else ()),
    )


def _fields_of_event(reading: Reading, told: Event) -> tuple[FieldNow, ...]:
    counted = {one.id: one for one in reading.grounds.quantities}
    figures = [(one.of, counted[one.quantity]) for one in told.counts if one.quantity in counted]
    says = "; ".join(f"{aloud.quantity(found)} {of.replace('_', ' ')}" for of, found in figures)
    return (
        FieldNow("status", aloud.said(aloud.STATUSES, told.status)),
        FieldNow("kind", told.kind.replace("_", " "), _anchor(reading, told.trigger)),
        _when(reading, told.when),
        _where(reading, tuple(one.place for one in told.places)),
        FieldNow("how_many", says, _anchor(reading, figures[0][1].span if figures else None)),
    )


def _channel(via: Channel | None) -> str:
    return aloud.channel(via, via.name) if via else ""


def _when(reading: Reading, name: str | None) -> FieldNow:
    found: Moment | None = next((one for one in reading.grounds.moments if one.id == name), None)
    if found is None:
        return FieldNow("when")
    anchor = _anchor(reading, found.span)
    return FieldNow("when", aloud.moment(found) or (anchor.words if anchor else ""), anchor)


def _where(reading: Reading, names: Sequence[str]) -> FieldNow:
    known = {one.id: one for one in reading.grounds.places}
    found: list[Place] = [known[one] for one in names if one in known]
    if not found:
        return FieldNow("where")
    return FieldNow("where", ", ".join(dict.fromkeys(one.name for one in found)), _anchor(reading, found[0].span))


def _whole(reading: Reading, spans: Sequence[Span]) -> Anchor | None:
    return _anchor(reading, Span(spans[0].start, spans[-1].end)) if spans else None


def _anchors(reading: Reading, spans: Iterable[Span]) -> tuple[Anchor, ...]:
    return tuple(one for one in (_anchor(reading, span) for span in spans) if one)


def _anchor(reading: Reading, span: Span | None) -> Anchor | None:
    report = reading.page.report
    if span is None or span.end > len(report.text):
        return None
    return Anchor(report.id, span, report.text[span.start : span.end])
