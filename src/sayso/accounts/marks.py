"""What stands against an incident or beside it: denials, what could not be verified, silences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.accounts.copied import Copied
from sayso.accounts.hearing import Heard
from sayso.accounts.origins import Traced
from sayso.record import Anchor, Cell, Saying, Telling, Touching

KINDS = {"denies": "denies", "retracts": "retracts", "cannot_verify": "could_not_verify", "no_comment": "no_comment"}


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of an incident, in the order of reports and text, those of copies after the others."""

    denials: tuple[Touching, ...]
    caveats: tuple[Touching, ...]
    silences: tuple[Touching, ...]


def marks_of(tellings: Sequence[Telling], traced: Sequence[Traced], copies: frozenset[str]) -> Marks:
    """The marks on these tellings. `copies` are the reports that only repeat others: what they bring is marked so."""
    of = _origins_by_statement(traced)
    found: dict[tuple[str, int, str], Touching] = {}
    for telling in sorted(tellings, key=lambda one: (one.report in copies, *_day(one), one.report, one.event)):
        for touching in _marks(telling, of, copies):
            key = (touching.anchor.report, touching.anchor.span.start, touching.kind + touching.speaker)
            found.setdefault(key, touching)
    every = tuple(found.values())
    return Marks(
        tuple(one for one in every if one.kind in ("denies", "retracts")),
        tuple(one for one in every if one.kind == "could_not_verify"),
        tuple(one for one in every if one.kind == "no_comment"),
    )


def caveat_cells(tellings: Sequence[Telling], traced: Sequence[Traced], copies: frozenset[str]) -> tuple[Cell, ...]:
    """For each origin whose words a newsroom could not verify, a cell that says so beside what it tells."""
    cells = (
        Cell("whether", None, one.origin.id, "could_not_verify", _aloud(saying), (_anchor(telling, saying),))
        for telling in sorted(tellings, key=lambda one: (*_day(one), one.report, one.event))
        for saying in telling.touched_by
        if saying.act == "cannot_verify" and telling.report not in copies
        for one in traced
        if any(_is_covered(heard, telling, saying) for heard in one.heard)
    )
    return tuple(dict.fromkeys(cells))


def _aloud(saying: Saying) -> str:
    return f"{saying.speaker.name} {(saying.cue.words if saying.cue else '')} {' '.join(p.words for p in saying.words)}"


def _is_covered(heard: Heard, telling: Telling, caveat: Saying) -> bool:
    if heard.report != telling.report or heard.is_seen:
        return False
    if heard.saying is not None:
        return heard.saying.statement in caveat.covers
    return telling.event in caveat.covers and heard.telling.event == telling.event


def copied_reports(tellings: Iterable[Telling], traced: Iterable[Traced]) -> frozenset[str]:
    """The reports that bring nothing first-hand to the incident."""
    own = {heard.report for one in traced for heard in one.heard}
    own |= {said.anchor.report for one in traced for said in one.origin.utterances if not said.copied}
    repeating = {copied.copy.report for one in traced for copied in one.copies}
    return frozenset({telling.report for telling in tellings} & repeating - own)


def _marks(telling: Telling, of: dict[tuple[str, str], str], copies: frozenset[str]) -> Iterator[Touching]:
    for teller in telling.tellers:
        if teller.status == "denied" and teller.saying is None and telling.voice is not None:
            anchor = Anchor(telling.report, telling.sentence.span, telling.sentence.words)
            origin = of.get((telling.report, telling.event))
            voice = telling.voice
            yield Touching(
                "denies", voice.name, voice.party, "specific", None, anchor, origin, telling.report in copies
            )  # fmt: skip
    denying = {
        teller.saying.statement: teller.saying
        for teller in telling.tellers
        if teller.status == "denied" and teller.saying is not None
    }
    touching = {saying.statement: saying for saying in telling.touched_by}
    for statement, saying in (touching | denying).items():
        kind = "denies" if statement in denying else KINDS.get(saying.act)
        if kind is not None:
            yield _touching(kind, telling, saying, of, copied=telling.report in copies)


def _touching(kind: str, telling: Telling, saying: Saying, of: dict[tuple[str, str], str], *, copied: bool) -> Touching:
    reach = saying.reach or ("specific" if kind in ("denies", "retracts") else None)
    origin = of.get((telling.report, saying.statement)) if reach != "general" else None
    speaker = saying.speaker
    return Touching(
        kind, speaker.name, speaker.party, reach, saying.silence, _anchor(telling, saying), origin, copied
    )  # fmt: skip


def _anchor(telling: Telling, saying: Saying) -> Anchor:
    at = saying.sentence or telling.sentence
    return Anchor(telling.report, at.span, at.words)


def _origins_by_statement(traced: Iterable[Traced]) -> dict[tuple[str, str], str]:
    found = {}
    for one in traced:
        for heard in (*one.heard, *map(_copy, one.copies)):
            said = heard.saying.statement if heard.saying is not None else heard.telling.event
            found[heard.report, said] = one.origin.id
    return found


def _copy(copied: Copied) -> Heard:
    return copied.copy


def _day(telling: Telling) -> tuple[str]:
    published = telling.published
    return (published.earliest if published is not None and published.earliest else "9999",)
