"""How well incidents stand beside a key: origins, copies, stances, figures, positions, denials, caveats, silences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.story_match import Matched
from sayso.accounts.origins import NO_SOURCE
from sayso.record import Incident, Origin, Stated, Telling, Touching, Utterance

Json = dict[str, Any]
SAME_STANCE = {"happened": frozenset(("happened", "ongoing"))}
"""What of ours is the key's stance where that is not the same word."""
FIGURE = re.compile(r"\d+(?:\.\.\d*)?|\.\.\d+")
CALLED = {"drones": "munitions", "prisoners": "released"}


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong, as a sentence."""

    kind: str
    says: str


@dataclass
class Tally:
    """Right answers of all, by score; and what went wrong."""

    right: dict[str, int] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def mark(self, name: str, is_right: bool, says: str) -> None:
        """Count one answer; a wrong one is told."""
        self.right[name] = self.right.get(name, 0) + is_right
        self.of[name] = self.of.get(name, 0) + 1
        if not is_right:
            self.faults.append(Fault(name, says))

    def scores(self) -> dict[str, float]:
        """Each score in percent."""
        return {name: round(100 * self.right[name] / total, 1) for name, total in self.of.items()}


@dataclass(frozen=True)
class Wanted:
    """One incident of the key, with what of it can be asked for: what stands in reports that tell of it here."""

    story: Json
    incident: Json
    reports: frozenset[str]  # numbers of the reports whose tellings are in it
    found: Matched
    numbers: dict[str, str]  # a report's id → its number

    @property
    def name(self) -> str:
        """What errors call it."""
        return str(self.incident["id"])

    def origins(self) -> dict[str, Json]:
        """The origins that its accounts name, of those with a statement that was read in a report that tells of it."""
        named = [account["origin"] for account in self.incident["accounts"]]
        known = {origin["id"]: origin for origin in self.story["origin"]}
        return {name: known[name] for name in named if any(map(self._is_read, known[name]["utterances"]))}

    def _is_read(self, utterance: str) -> bool:
        number, _, statement = utterance.partition(":")
        return number in self.reports and (
            (number, statement) in self.found.statements or self._in_own_voice(number, statement)
        )

    def _in_own_voice(self, number: str, statement: str) -> bool:
        """Whether the key has a statement for what the reading has the report tell in its own voice."""
        key = self.found.keys[number]
        source = next(one["source"] for one in key["statements"] if one["id"] == statement)
        return any(one["id"] == source and one["naming"] == "newsroom" for one in key["sources"])


def score_incident(wanted: Wanted, incident: Incident, tally: Tally) -> None:
    """Score one incident."""
    ours = [origin for origin in incident.origins if origin.basis != NO_SOURCE]
    keyed = wanted.origins()
    pairs = {origin.id: [name for name in keyed if _is_of(origin, keyed[name], wanted)] for origin in ours}
    _score_origins(wanted, ours, keyed, pairs, tally)
    of = {name: next(one for one in ours if name in pairs[one.id]) for name in keyed if _count(name, pairs) == 1}
    for name, origin in of.items():
        _score_account(wanted, incident, name, origin, tally)
        _score_position(wanted, keyed[name], origin, tally)
    _score_copies(wanted, incident, tally)
    _score_marks(wanted, incident, tally)


def _count(name: str, pairs: dict[str, list[str]]) -> int:
    return sum(name in names for names in pairs.values())


def _score_origins(
    wanted: Wanted, ours: Sequence[Origin], keyed: dict[str, Json], pairs: dict[str, list[str]], tally: Tally
) -> None:
    faults = []
    for account in wanted.incident["accounts"]:
        says = f"{wanted.name}: of {account['origin']} nothing was read in a report that tells of it"
        tally.mark("origins_read", account["origin"] in keyed, says)
    for name in keyed:
        many = _count(name, pairs)
        tally.mark("origins_kept", many > 0, f"{wanted.name}: the origin {name} is missing")
        faults += [name] * (many != 1)
        if many > 1:
            tally.mark("origins_whole", False, f"{wanted.name}: the origin {name} is torn into {many}")
        elif many:
            tally.mark("origins_whole", True, "")
    for origin in ours:
        names = pairs[origin.id]
        if not names and _is_told(origin, wanted):
            continue
        if names:
            tally.mark("origins_apart", len(names) == 1, f"{wanted.name}: {origin.name} joins {', '.join(names)}")
        says = f"{wanted.name}: {origin.name} is no origin of the key's: {_where(origin)}"
        tally.mark("origins_true", bool(names), says)
        faults += [origin.name] * (len(names) != 1)
    tally.mark("origins_exact", not faults, f"{wanted.name}: {len(ours)} origins, the key has {len(keyed)}")


def _where(origin: Origin) -> str:
    return origin.utterances[0].anchor.words[:90] if origin.utterances else ""


def _is_of(origin: Origin, keyed: Json, wanted: Wanted) -> bool:
    """Whether any utterance of ours is one of the key's origin.

    By the statements that were said; where there are none, as in a ministry's own post, by the key's statement that
    holds the most of a sentence.
    """
    said = [one for one in origin.utterances if one.saying is not None] or origin.utterances
    return any(name is not None and name in keyed["utterances"] for name in (_named(one, wanted) for one in said))


def _named(said: Utterance, wanted: Wanted) -> str | None:
    """The key's name for one utterance: "03:s5"."""
    number = wanted.numbers[said.anchor.report]
    if said.saying is not None:
        name = wanted.found.key_statements.get((number, said.saying.statement))
        return f"{number}:{name}" if name is not None else None
    start, end = said.anchor.span.start, said.anchor.span.end
    held = {
        statement["id"]: sum(max(0, min(end, last) - max(start, first)) for first, last in statement["words"])
        for statement in wanted.found.keys[number]["statements"]
    }
    best = max(held, key=lambda name: held[name], default=None)
    return f"{number}:{best}" if best is not None and held[best] else None


def _is_told(origin: Origin, wanted: Wanted) -> bool:
    """Whether the key of a report has one of the utterances tell an event of this incident, though no account does."""
    events = {tuple(name.split(":")) for name in wanted.incident["events"]}
    return any(
        (number, event["id"]) in events and any(f"{number}:{told['statement']}" == name for told in event["told"])
        for name in {_named(one, wanted) for one in origin.utterances}
        for number, key in wanted.found.keys.items()
        for event in key["events"]
    )


def _score_account(wanted: Wanted, incident: Incident, name: str, origin: Origin, tally: Tally) -> None:
    keyed = next(one for one in wanted.incident["accounts"] if one["origin"] == name)
    account = next(one for one in incident.accounts if one.origin == origin.id)
    says = f"{wanted.name}: {origin.name} is read as {account.status}, the key has {keyed['stance']}"
    tally.mark("stances", account.status in SAME_STANCE.get(keyed["stance"], {keyed["stance"]}), says)
    for of, wanted_figure in keyed.items():
        if FIGURE.fullmatch(str(wanted_figure)):
            stated = [one for one in account.stated if one.field == "how_many" and one.of == CALLED.get(of, of)]
            given = "; ".join(one.says for one in stated) or "nothing"
            is_right = any(_is_figure(one, wanted_figure) for one in stated)
            tally.mark("figures", is_right, f"{wanted.name}: {origin.name} gives {given}, the key {wanted_figure} {of}")


def _is_figure(stated: Stated, wanted: str) -> bool:
    low, dots, high = wanted.partition("..")
    ends = (float(low) if low else None, float(high) if high else None) if dots else (float(low), float(low))
    return stated.quantity is not None and (stated.quantity.low, stated.quantity.high) == ends


def _score_position(wanted: Wanted, keyed: Json, origin: Origin, tally: Tally) -> None:
    """Right, or honestly unknown; what is told wrong counts against `positions_true`."""
    side = keyed.get("side", "") if keyed["kind"] == "party" else ""
    is_right = origin.position == keyed["kind"] and (not side or origin.party == side)
    ours = f"{origin.position} {origin.party or ''}".strip()
    told = f"{wanted.name}: {origin.name} is {ours}, the key has {keyed['kind']} {side}".strip()
    tally.mark("positions_found", is_right, told)
    if origin.position != "unknown":
        tally.mark("positions_true", is_right, told)


def _score_copies(wanted: Wanted, incident: Incident, tally: Tally) -> None:
    """Every sentence of a copy is marked as one, and none makes an origin of its own."""
    copies = {
        member["report"] for family in wanted.story.get("family", ()) for member in family["members"] if "of" in member
    }
    for origin in incident.origins:
        ours = [said for said in origin.utterances if wanted.numbers[said.anchor.report] in copies]
        if ours:
            is_right = all(said.copied for said in ours) and len(ours) < len(origin.utterances)
            tally.mark(
                "copies_collapsed", is_right, f"{wanted.name}: {origin.name} has an origin in a copy: {_where(origin)}"
            )


def _score_marks(wanted: Wanted, incident: Incident, tally: Tally) -> None:
    for name, marks in (
        ("general_denials", incident.denials), ("could_not_verify", incident.caveats), ("silences", incident.silences)
    ):  # fmt: skip
        for one in wanted.incident.get(name, ()):
            number, _, statement = one.partition(":")
            if number in wanted.reports:
                says = f"{wanted.name}: {one} of the key's {name} is not shown"
                tally.mark("marks_shown", _is_shown(wanted, number, statement, marks), says)
    for account in wanted.incident["accounts"]:
        if account["stance"] == "denied" and account["origin"] in wanted.origins():
            keyed = wanted.origins()[account["origin"]]
            is_shown = any(
                _is_shown(wanted, *one.split(":"), incident.denials) for one in keyed["utterances"] if ":" in one
            )
            tally.mark("denials_shown", is_shown, f"{wanted.name}: the denial of {account['origin']} is not shown")


def _is_shown(wanted: Wanted, number: str, statement: str, marks: Iterable[Touching]) -> bool:
    keyed = next(one for one in wanted.found.keys[number]["statements"] if one["id"] == statement)
    spans = [span for span in (*keyed["words"], keyed["cue"], keyed["who"]) if span]
    return any(
        wanted.numbers[mark.anchor.report] == number
        and any(mark.anchor.span.start < last and first < mark.anchor.span.end for first, last in spans)
        for mark in marks
    )


def tellings_in(wanted: Json, found: Matched, tellings: dict[str, dict[str, Telling]]) -> Iterator[Telling]:
    """The tellings of the events that the key puts into one incident, as far as they were read."""
    seen = set()
    for name in wanted["events"]:
        number, _, event = name.partition(":")
        given = found.events.get((number, event))
        if given is not None and (number, given) not in seen:
            seen.add((number, given))
            yield tellings[number][given]
