"""One event, many mentions: the rule of docs/one-event.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sayso.events.kinds import Kind
from sayso.record import Event, Grounds, Moment, Place, Span, Statement, Told

NEAR = 40
"""How many mentions back a bare "the attack" may look for what it means."""
GENERAL = frozenset({"attack"})
FOILING = "weapon_intercepted"
STANDING = frozenset({"invasion"})
"""Kinds a report tells of once: a second bare mention is the same one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before its mentions are joined: with what the joining must know."""

    event: Event
    kind: Kind
    definite: bool  # "the advance", "this attack", "Chad's advance"
    sentence: int
    follows: bool  # its subject is a "they" or "it" that goes on from the sentence before
    points_back: bool  # what it was done to is an "it" or "them"
    named_by_the: bool  # "the raid", not "this raid"
    is_noun: bool  # told by a noun that takes the deed for granted; an accuser's noun tells it
    covers: tuple[str, ...]  # the statements that a denial of it reaches
    reach: str | None  # of the statement that tells it
    bearings: Bearings
    outcome_of: int | None = None  # the draft whose outcome it tells


@dataclass(frozen=True, slots=True)
class Bearings:
    """What else of a mention's words joins it to others or keeps it apart."""

    section: str  # of the page: nothing is named again across a heading
    word: str  # the head of the words that tell it: "strike" of "air strikes"
    is_verb: bool
    targets: frozenset[str]  # nouns for what it was done to
    known_targets: frozenset[str]  # those of them that the text takes for known: "the market"
    is_confirmed: bool  # told in the words of one who confirms it
    is_heard: bool  # "heard two explosions"
    is_denied_to_be: bool  # "denies that there is a siege"
    is_restated: bool  # "the men they killed", of men told before
    own_side: str | None  # the party that tells it, where it did it itself
    is_another: bool  # "a second shell", "another strike"
    is_ranked: bool  # "the deadliest such attack"
    is_long: bool  # "thousands have died since", of no one place
    spared: frozenset[str]  # nouns of what the sentence takes out of the deed: "but not at any market"
    determiners: frozenset[str]  # of what it was done to: "the" of "the drone was shot down"


@dataclass(frozen=True, slots=True)
class Facts:
    """The page's places and moments by id."""

    places: dict[str, Place]
    moments: dict[str, Moment]


def facts(grounds: Grounds) -> Facts:
    """The page's places and moments by id."""
    return Facts({p.id: p for p in grounds.places}, {m.id: m for m in grounds.moments})


def joined(drafts: list[Draft], known: Facts) -> list[Draft]:
    """Draft events with every later mention of one happening joined to the first."""
    kept: list[Draft] = []
    for draft in drafts:
        at = _same_as(draft, kept, known)
        if at is None:
            kept.append(_as_charged(draft, kept))
        else:
            kept[at] = _with(kept[at], draft)
    return kept


def _as_charged(draft: Draft, kept: list[Draft]) -> Draft:
    """A side charged with shelling that answers what it "fired at" tells of shelling, not of rifles."""
    if draft.kind.name != "shooting" or draft.bearings.word != "fire":
        return draft
    for told in kept[-3:]:
        is_near = told.bearings.section == draft.bearings.section and draft.sentence - told.sentence <= 2
        shooters = {one.party for one in told.event.agents} & {one.party for one in draft.event.agents} - {None}
        if is_near and shooters and told.kind.name in FROM_AFAR:
            kind = told.kind
            event = replace(draft.event, kind=kind.name, plover=kind.plover, acled=kind.acled)
            return replace(draft, event=event, kind=kind)
    return draft


FROM_AFAR = frozenset({"shelling", "missile_strike"})


def _same_as(draft: Draft, kept: list[Draft], known: Facts) -> int | None:
    order = 1 if draft.covers else -1  # a denial is of the first deed that its statement reaches

    def fit(at: int) -> tuple[bool, bool, bool, bool, int]:
        first = kept[at]
        is_part = draft.is_noun and first.bearings.is_another  # "the shelling" is no "second shell" of it
        is_bare = draft.kind.name in GENERAL and not draft.covers
        same_word = is_bare and first.bearings.word == draft.bearings.word
        return (
            is_part,
            not same_word,
            first.kind.name != draft.kind.name,
            first.kind.family != draft.kind.family,
            order * at,
        )

    for at in sorted(range(len(kept))[-NEAR:], key=fit):
        if _is_same(kept[at], draft, known):
            return at
    return None


def _is_same(first: Draft, later: Draft, known: Facts) -> bool:
    """Whether a later mention is the same happening: nothing keeps the two apart, and something joins them."""
    one, two = first.event, later.event
    if one.trigger == two.trigger or not _kinds_meet(first, later):
        return False
    if not _statuses_meet(one, two) or later.bearings.spared & first.bearings.targets:
        return False
    if later.bearings.is_ranked:
        return later.sentence - first.sentence <= 1 and first.kind.family in ("attack", "killing")
    if not _parties_meet(one, two) and not _is_their_own_account(first, later):
        return False
    if not times_meet(one, two, known) or not _places_meet(one, two, known):
        return False
    if later.bearings.is_denied_to_be and first.kind.name == later.kind.name:
        return later.sentence - first.sentence <= 3
    if first.reach == "general" or later.reach == "general":
        return _denies_what_was_told(first, later)
    if _denies_what_was_told(first, later) or _stands_alone(first, later) or _is_at_one_place(first, later, known):
        return True
    if _is_denied_at_its_place(first, later, known) or _frees_those_exchanged(first, later):
        return True
    if first.bearings.section != later.bearings.section:
        return False
    return (
        _goes_on(first, later)
        or _is_done_to_the_same(first, later)
        or _is_heard_of(first, later)
        or _is_their_own_account(first, later)
        or _is_named_again(first, later)
    )


def _kinds_meet(first: Draft, later: Draft) -> bool:
    if (first.kind.name == FOILING) != (later.kind.name == FOILING):
        return False
    if first.kind.family == later.kind.family:
        return True
    if later.kind.casualty and later.definite:  # "the death toll" of the attack told before
        return first.kind.family == "attack" and bool(first.event.counts)
    if _frees_those_exchanged(first, later):
        return True
    return _is_general(first.kind, later.kind) or (later.points_back and _is_general(later.kind, first.kind))


def _denies_what_was_told(first: Draft, later: Draft) -> bool:
    """A denial of words that tell the first, with nothing general about its target."""
    tellers = {told.statement for told in first.event.told}
    return (later.definite or later.reach == "specific") and bool(tellers & set(later.covers))


def _is_done_to_the_same(first: Draft, later: Draft) -> bool:
    """The next sentences tell of the same market, now "the market", with no new place, time or number."""
    two = later.event
    if later.sentence - first.sentence > 2 or later.kind.casualty or first.kind.casualty:
        return False
    if any(place.role == "at" for place in two.places) or first.event.status != two.status:
        return False
    if {c.of for c in two.counts} & {c.of for c in first.event.counts}:
        return False
    return bool(first.bearings.targets & later.bearings.known_targets)


def _is_heard_of(first: Draft, later: Draft) -> bool:
    """What people heard of an attack told in the same breath: "citing residents who heard explosions"."""
    two = later.event
    in_one_breath = first.kind.family == "attack" and not first.kind.casualty and first.sentence == later.sentence
    told_of = in_one_breath or (first.kind.name == "explosion" and later.sentence - first.sentence <= 2)
    return later.bearings.is_heard and told_of and not (two.places or two.when or first.event.counts)


def _is_their_own_account(first: Draft, later: Draft) -> bool:
    """Who is told to have struck says that it carried out a strike."""
    two, side = later.event, later.bearings.own_side
    if (
        side is None
        or side not in {agent.party for agent in first.event.agents}
        or two.places
        or two.when
        or two.counts
    ):
        return False
    return first.bearings.word == later.bearings.word and later.sentence - first.sentence <= 3


def _stands_alone(first: Draft, later: Draft) -> bool:
    return later.kind.name in STANDING and first.kind.name == later.kind.name


def _is_at_one_place(first: Draft, later: Draft, known: Facts) -> bool:
    one, two = first.event, later.event
    if first.kind.name != later.kind.name or not (one.places and two.places and _share_a_place(one, two, known)):
        return False
    if (
        one.when
        and two.when
        and one.when != two.when
        and known.moments[one.when].timex != known.moments[two.when].timex
    ):
        return False
    return not (one.counts and two.counts and {c.of for c in one.counts} & {c.of for c in two.counts})


def _frees_those_exchanged(first: Draft, later: Draft) -> bool:
    """The freeing of prisoners by an exchange told a few sentences before, of the same status."""
    is_freeing = first.kind.name == "prisoner_exchange" and later.kind.name == "release"
    is_near = later.sentence - first.sentence <= 5 and first.bearings.section == later.bearings.section
    return is_freeing and is_near and first.event.status == later.event.status


def _is_denied_at_its_place(first: Draft, later: Draft, known: Facts) -> bool:
    """The accused side says that it did not fire at the place that another says was struck."""
    if later.event.status != "denied" or first.event.status == "denied" or later.kind.family != "attack":
        return False
    return later.sentence - first.sentence <= 8 and _share_a_place(first.event, later.event, known)


def _goes_on(first: Draft, later: Draft) -> bool:
    """The next sentence goes on with "they", or says of the same "it" what is denied or added."""
    two = later.event
    apart = later.sentence - first.sentence
    if two.places:
        return False
    if later.points_back and later.kind.family == "attack" and not later.kind.casualty:
        return apart <= 3
    return later.follows and apart <= 1 and two.when is None


def _is_named_again(first: Draft, later: Draft) -> bool:
    two = later.event
    if not later.definite or two.places or two.when is not None:
        return False
    if two.counts and later.bearings.word != "toll" and not _has_its_number(first, later):
        return False
    if first.kind.casualty and later.bearings.word in ASSAULTS:
        return False
    if later.bearings.is_restated:
        return first.kind.family == later.kind.family
    if later.bearings.is_confirmed:
        return later.sentence - first.sentence <= 2 and first.kind.family == "attack"
    if first.kind.name == later.kind.name or (later.kind.name in GENERAL and not two.targets):
        return True
    if later.kind.casualty:
        return bool(first.event.counts)
    return later.named_by_the and later.kind.family == "attack" and later.sentence - first.sentence <= 8


def _has_its_number(first: Draft, later: Draft) -> bool:
    """Whether "two were killed in the strikes" gives the first number of what was told to have been struck."""
    same_word = first.bearings.word == later.bearings.word and later.is_noun
    return same_word and not first.event.counts and later.sentence - first.sentence <= 2


ASSAULTS = frozenset({"raid", "ambush", "incursion", "siege"})
"""Deeds that more belongs to than a killing told before."""


def _is_general(one: Kind, two: Kind) -> bool:
    """A bare "the attack" can stand for any attack."""
    return two.name in GENERAL and one.plover == "ASSAULT" and one.family in ("attack", "killing") and not two.casualty


REAL = frozenset({"happened", "ongoing", "denied", "disputed", "alleged", "did_not_happen"})


def _statuses_meet(one: Event, two: Event) -> bool:
    """A deed done and one only feared are two events; a deed told and its denial are one."""
    return (one.status in REAL) == (two.status in REAL)


def _parties_meet(one: Event, two: Event) -> bool:
    for left, right in ((one.agents, two.agents), (one.targets, two.targets)):
        named = {p.party for p in left if p.party}, {p.party for p in right if p.party}
        if named[0] and named[1] and not named[0] & named[1]:
            return False
    return True


def times_meet(one: Event, two: Event, known: Facts) -> bool:
    """Whether the times of two events may be one."""
    if one.when is None or two.when is None or one.when == two.when:
        return not (
            one.background != two.background
            and (one.when or two.when)
            and not (one.background and two.when is None)
            and one.when != two.when
        )
    left, right = known.moments.get(one.when), known.moments.get(two.when)
    if left is None or right is None:
        return False
    if "DURATION" in (left.type, right.type):
        return True  # "for three hours" is no other time than "on Monday"
    if not (left.earliest and right.earliest and left.latest and right.latest):
        return one.kind in STANDING  # a time that is not known keeps nothing apart that a report tells of once
    return left.earliest[:10] < right.latest[:16] and right.earliest[:10] < left.latest[:16]


def place_key(place: Place) -> object:
    """What two mentions of one place have in common."""
    return place.geonames or place.same_as or place.name.lower()


def _share_a_place(one: Event, two: Event, known: Facts) -> bool:
    left = {place_key(known.places[p.place]) for p in one.places if p.place in known.places}
    right = {place_key(known.places[p.place]) for p in two.places if p.place in known.places}
    left |= {p.place for p in one.places}
    right |= {p.place for p in two.places} | {
        known.places[p.place].same_as or "" for p in two.places if p.place in known.places
    }
    return bool((left & right) - {""})


def _places_meet(one: Event, two: Event, known: Facts) -> bool:
    apart = (
        bool(one.places)
        and bool(two.places)
        and {place.role for place in one.places} & {place.role for place in two.places}
    )
    return not apart or _share_a_place(one, two, known)


def _with(first: Draft, later: Draft) -> Draft:
    one, two = first.event, later.event
    takes_for_granted = later.is_noun or later.bearings.is_restated
    is_pointing = takes_for_granted and two.status in ("happened", "ongoing") and not two.counts
    told = one.told if is_pointing else _tellers(one.told, two.told)
    kind = later.kind if first.kind.name in GENERAL and later.kind.family == "attack" else first.kind
    event = Event(
        id=one.id,
        kind=kind.name,
        plover=kind.plover,
        acled=kind.acled,
        trigger=one.trigger,
        also=_in_order(span for span in (*one.also, two.trigger, *two.also) if span != one.trigger),
        told=told,
        status=overall(told),
        background=one.background,
        agents=one.agents or (two.agents if two.status != "denied" else ()),
        targets=one.targets or two.targets,
        weapons=one.weapons or two.weapons,
        places=one.places or two.places,
        when=one.when or two.when,
        counts=one.counts + tuple(c for c in two.counts if c not in one.counts),
        doubts=tuple(dict.fromkeys((*one.doubts, *two.doubts))),
        found_by=one.found_by,
    )
    return replace(first, event=event, kind=kind)


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Each stretch once, by place. They come nearly in order, and so are sorted in one pass."""
    return tuple(sorted(dict.fromkeys(spans)))


DENIABLE = frozenset({"ASSAULT", "COERCE"})


def with_denials(drafts: list[Draft], statements: tuple[Statement, ...]) -> list[Draft]:
    """Add the teller of a denial that names no deed of its own ("denied the charge") to the deeds that it reaches."""
    own = {told.statement for draft in drafts for told in draft.event.told}
    denials = [s for s in statements if s.act == "denies" and s.reach == "specific" and s.covers and s.id not in own]
    for denial in denials:
        reached = set(denial.covers)
        drafts = [_denied(draft, denial.id) if _is_reached(draft, reached) else draft for draft in drafts]
    return drafts


def with_pointing_denials(drafts: list[Draft], denials: dict[str, int]) -> list[Draft]:
    """Add the tellers who deny "this information" to the deeds that the sentence before theirs told."""
    for denial, sentence in denials.items():
        drafts = [
            _denied(draft, denial)
            if draft.sentence == sentence - 1
            and draft.event.plover in DENIABLE
            and any(one.statement is not None and one.status == "happened" for one in draft.event.told)
            and all(one.statement != denial for one in draft.event.told)
            else draft
            for draft in drafts
        ]
    return drafts


def _is_reached(draft: Draft, statements: set[str]) -> bool:
    is_told = any(told.statement in statements and told.status == "happened" for told in draft.event.told)
    return is_told and draft.event.plover in DENIABLE


def _denied(draft: Draft, statement: str) -> Draft:
    told = (*draft.event.told, Told(statement, "denied"))
    return replace(draft, event=replace(draft.event, told=told, status=overall(told)))


def together(one: tuple[Told, ...], two: tuple[Told, ...]) -> tuple[Told, ...]:
    """The tellers of an attack and those of what came of it, where it is a source that tells it."""
    return _tellers(one, tuple(told for told in two if told.statement is not None))


def _tellers(one: tuple[Told, ...], two: tuple[Told, ...]) -> tuple[Told, ...]:
    """Each teller once, with the status it gave first."""
    found = {told.statement: told for told in reversed((*one, *two))}
    return tuple(found[statement] for statement in dict.fromkeys(told.statement for told in (*one, *two)))


def overall(told: tuple[Told, ...]) -> str:
    """The tellers' status if all give the same one, else disputed."""
    statuses = {one.status for one in told}
    return statuses.pop() if len(statuses) == 1 else "disputed"
