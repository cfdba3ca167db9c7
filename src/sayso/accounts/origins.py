"""Where knowledge entered an incident: speakers' utterances and newsrooms' own eyes, with all that repeats them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sayso.accounts.copied import Copied, without_copies
from sayso.accounts.hearing import UNREAL, Heard, heard_of, named_in, others_between
from sayso.accounts.known import known
from sayso.accounts.positions import Position, lived_through, position_of, ruled
from sayso.accounts.speakers import outlet_of, side_of, sort_of
from sayso.accounts.utterances import Group, Joining
from sayso.knowledge import Knowledge
from sayso.record import Decision, Family, Origin, Reason, Speaker, Telling, Utterance, When

NO_SOURCE = "no source given"
"""The basis of a newsroom's telling that says neither who told it nor that it saw it: kept, and never counted."""
OWN_EYES = "its own eyes"
ELSEWHERE = "in another report of the case"
UNNAMED = ("described", "group", "unknown")
THE_OTHER_SIDE = re.compile(
    r"\b(?:enem(?:y|ies)|adversar(?:y|ies)|foes?|aggressors?|invaders?|occup(?:iers?|ants?)|opponents?)\b", re.I
)
"""Names that nobody gives to their own side."""


@dataclass(frozen=True, slots=True)
class Traced:
    """An origin with what was heard of it first-hand, and in copies."""

    origin: Origin
    heard: tuple[Heard, ...]
    copies: tuple[Copied, ...] = ()
    speaker: str = ""  # the first origin of the same speaker

    @property
    def is_unsourced(self) -> bool:
        """Whether this is only a newsroom's telling without a source."""
        return self.origin.basis == NO_SOURCE


@dataclass(slots=True)
class _Draft:
    """An origin under way."""

    group: Group
    copies: list[Copied] = field(default_factory=list)
    repeats: list[Heard] = field(default_factory=list)  # the newsroom says again what it attributes
    reasons: list[Reason] = field(default_factory=list)


def trace(
    tellings: Sequence[Telling], families: Iterable[Family], rulings: Sequence[Decision], knowledge: Knowledge
) -> tuple[Traced, ...]:
    """The origins of an incident's tellings, in the order in which they entered: the earliest first.

    What copies say goes to the origin that their original has it from, so that a copy never adds one. What a newsroom
    tells in its own voice and attributes elsewhere in the same report goes to whom it attributes it.
    """
    rows = known(knowledge)
    heard = heard_of(tellings, rulings, rows)
    first, copied = without_copies(heard, families)
    joining = Joining(knowledge, rows, rulings)
    drafts = [_Draft(group, reasons=list(group.reasons)) for group in joining.utterances(first)]
    drafts = _without_repeats(drafts)
    of = {id(item): draft for draft in drafts for item in (*draft.group.items, *draft.repeats)}
    for one in copied:
        draft = of[id(one.of)]
        draft.copies.append(one)
        draft.reasons += _of_copy(one)
    traced = [_traced(draft, rulings, knowledge) for draft in drafts]
    found = _with_speakers(_numbered(sorted(traced, key=lambda one: one.heard[0].order)), joining)
    return tuple(_with_known_positions(found))


def _with_known_positions(traced: Sequence[Traced]) -> list[Traced]:
    """What one report tells of a speaker holds for what the same speaker says in another, if it tells nothing else."""
    known_of: dict[str, list[Traced]] = {}
    for one in traced:
        if one.origin.position in ("party", "outside", "witness"):
            known_of.setdefault(one.speaker, []).append(one)
    return [_known_as(one, known_of.get(one.speaker, [])) for one in traced]


def _known_as(one: Traced, told: Sequence[Traced]) -> Traced:
    if one.origin.position != "unknown" or len({(other.origin.position, other.origin.party) for other in told}) != 1:
        return one
    first = min(told, key=lambda other: (other.heard[0].report != one.heard[0].report, str(other.origin.basis)))
    basis = first.origin.basis
    if first.heard[0].report != one.heard[0].report:
        basis = f"{ELSEWHERE}: {basis}"
    return replace(
        one, origin=replace(one.origin, position=first.origin.position, party=first.origin.party, basis=basis)
    )


def _with_speakers(traced: Sequence[Traced], joining: Joining) -> list[Traced]:
    """Which origins are one speaker's, said at several times or through several channels."""
    found: list[Traced] = []
    for one in traced:
        known_as = next((other.speaker for other in found if _is_one_speaker(one, other, joining)), one.origin.id)
        found.append(replace(one, speaker=known_as))
    return found


def _is_one_speaker(one: Traced, two: Traced, joining: Joining) -> bool:
    ours = {heard.speaker: heard for heard in one.heard}.values()
    theirs = {heard.speaker: heard for heard in two.heard}.values()
    return any(joining.is_one_speaker(a, b).same for a in ours for b in theirs)


def _without_repeats(drafts: Sequence[_Draft]) -> list[_Draft]:
    """A newsroom that tells in its own voice what it attributes in the same report is no origin of its own."""
    kept: list[_Draft] = []
    for draft in drafts:
        if not draft.group.first.is_own:
            kept.append(draft)
            continue
        left = []
        for item in draft.group.items:
            other = _attributed(item, drafts)
            if other is None:
                left.append(item)
                continue
            other.repeats.append(item)
            said = "the newsroom says in its own voice what it attributes in the same report"
            other.reasons.append(Reason("repeated", True, said, item.anchor, other.group.first.anchor))
        if left:
            kept.append(replace(draft, group=Group(left, draft.group.reasons)))
    return kept


def _attributed(item: Heard, drafts: Sequence[_Draft]) -> _Draft | None:
    """The origin to whom the same report attributes what it tells here in its own voice."""
    for draft in drafts:
        for other in draft.group.items:
            if other.report == item.report and not other.is_own and not other.is_seen and _commit_alike(item, other):
                return draft
    return None


def _commit_alike(one: Heard, two: Heard) -> bool:
    is_accused = two.saying is not None and two.saying.act == "accuses"  # what it was, not that it was
    return bool(two.status) and not is_accused and (one.status in UNREAL) == (two.status in UNREAL)


def _of_copy(one: Copied) -> list[Reason]:
    if one.copy.saying is None and one.of.saying is not None:
        says = f"a copy states as fact what its original attributes to {one.of.speaker.name}"
        return [Reason("copy_without_speaker", True, says, one.copy.anchor, one.of.anchor)]
    return [Reason("copy", True, "a copy repeats it", one.copy.anchor, one.of.anchor)]


def _traced(draft: _Draft, rulings: Sequence[Decision], knowledge: Knowledge) -> Traced:
    items = sorted(draft.group.items, key=lambda heard: heard.order)
    speaker = _fullest(items, knowledge)
    position = ruled(
        _position(items, speaker, knowledge),
        [decision for decision in rulings if any(named_in(decision, item) for item in items)],
    )
    utterances = [_utterance(one, copied=False) for one in (*items, *sorted(draft.repeats, key=lambda o: o.order))]
    copies = sorted(draft.copies, key=lambda one: one.copy.order)
    origin = Origin(
        id="",
        name=speaker.name,
        naming=speaker.naming,
        position=position.position,
        party=position.party,
        basis=position.basis,
        role=next((one.speaker.role for one in items if one.speaker.role), speaker.role),
        private=any(one.speaker.private for one in items),
        via=tuple(dict.fromkeys(through for one in items if one.saying for through in one.saying.via)),
        when=_when(items),
        utterances=tuple(utterances) + tuple(_utterance(one.copy, copied=True) for one in copies),
        reasons=tuple(dict.fromkeys(draft.reasons)),
    )
    return Traced(origin, tuple(items), tuple(copies))


def _numbered(traced: Sequence[Traced]) -> list[Traced]:
    """Ids by where the knowledge entered: the report and the place of the first utterance."""
    found = []
    seen: dict[str, int] = {}
    for one in traced:
        first = one.heard[0]
        name = f"{first.report.removeprefix('sha256:')[:12]}:{first.at.span.start}"
        seen[name] = seen.get(name, 0) + 1
        number = f"{name}:{seen[name]}" if seen[name] > 1 else name
        found.append(replace(one, origin=replace(one.origin, id=number)))
    return found


def _fullest(items: Sequence[Heard], knowledge: Knowledge) -> Speaker:
    """The speaker under the fullest name; a body before the one who speaks for it."""
    rows = known(knowledge)
    speakers = [item.speaker for item in items]
    named = [one for one in speakers if sort_of(one, rows) != "unnamed"] or speakers
    best = max(named, key=lambda one: (one.naming == "institution", len(one.name.split()), len(one.name)))
    side = next((found for one in speakers if (found := side_of(one, rows))), None)
    outlet = outlet_of(best, rows) if best.naming in ("newsroom", "footage") else None
    name = outlet if outlet is not None and outlet != outlet.casefold() else best.name
    who = best.who or next((one.who for one in speakers if one.who is not None), None)
    return replace(best, name=name, party=best.party or side, who=who)


def _position(items: Sequence[Heard], speaker: Speaker, knowledge: Knowledge) -> Position:
    first = items[0]
    if first.is_own:
        return Position("newsroom", None, NO_SOURCE)
    if first.is_seen and speaker.naming == "newsroom":
        return Position("newsroom", None, OWN_EYES)
    found = _best_position(items, speaker, knowledge)
    poster = _poster(items)
    if poster is not None and _is_opposed(poster, found, knowledge):
        return Position("relay", found.party, f"as told by {poster.name}")
    if found.position == "unknown" and (outer := _outer(items)) is not None:
        return Position("relay", None, f"as told by {outer.name}")
    return found


def _best_position(items: Sequence[Heard], speaker: Speaker, knowledge: Knowledge) -> Position:
    """By the fullest name, else by any that says more; one whom a party's own agency relays speaks for that party."""
    found = position_of(speaker, knowledge)
    for item in items:
        if found.position == "unknown":
            found = position_of(item.speaker, knowledge)
    for item in items:
        if found.position == "unknown" and item.saying is not None:
            said = " ".join(part.words for part in item.saying.words)
            found = lived_through(item.speaker, said, knowledge, is_direct=item.saying.quotation == "direct") or found
    if found.position == "unknown" and speaker.naming in UNNAMED and not THE_OTHER_SIDE.search(speaker.name):
        rows = known(knowledge)
        for item in items:
            for outer in others_between(item.saying) if item.saying is not None else ():
                if _denies_them(outer, item):
                    continue
                if (side := side_of(outer, rows)) is not None and rows.kinds.get(side) != "alliance":
                    whose = rows.names.get(side, side)
                    return Position("party", side, f"unnamed, relayed by {outer.name}, which speaks for {whose}")
    return found


def _denies_them(outer: Speaker, item: Heard) -> bool:
    """Whether who passes somebody's words on calls them false."""
    tellers = (teller for teller in item.telling.tellers if teller.saying is not None and teller.status == "denied")
    return any(one.saying is not None and one.saying.speaker.source == outer.source for one in tellers)


def _poster(items: Sequence[Heard]) -> Speaker | None:
    """Whose own post it is that holds all these words of somebody else."""
    voices = [item.telling.voice for item in items]
    voice = voices[0]
    if (
        voice is None
        or voice.naming == "newsroom"
        or any(other is None or other.name != voice.name for other in voices)
    ):
        return None
    return voice if all(item.saying is not None and item.speaker.name != voice.name for item in items) else None


def _is_opposed(poster: Speaker, found: Position, knowledge: Knowledge) -> bool:
    """Whether the words come only through somebody who speaks for another side, or nobody knows for which."""
    return found.party is None or found.party != side_of(poster, known(knowledge))


def _outer(items: Sequence[Heard]) -> Speaker | None:
    """Who says that they said it, where every sentence has somebody between."""
    chains = [others_between(item.saying) if item.saying is not None else () for item in items]
    return chains[0][0] if all(chains) else None


def _utterance(heard: Heard, *, copied: bool) -> Utterance:
    return Utterance(heard.anchor, heard.telling.event, heard.saying, heard.status, copied)


def _when(items: Sequence[Heard]) -> When | None:
    return next((one.saying.when for one in items if one.saying is not None and one.saying.when is not None), None)
