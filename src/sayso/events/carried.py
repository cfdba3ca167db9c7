"""Where an event was that tells no place, when the sentences before leave only one: the rule of docs/one-event.md."""

from __future__ import annotations

from dataclasses import replace

from sayso.events.same import REAL, Draft, Facts, place_key, times_meet
from sayso.models.parsing import Parse
from sayso.record import Event, EventPlace, Place

DOUBT = "place_from_before"
NEAR = 3
"""How many sentences back a deed may be told whose place this one shares."""
SAME_THING = 12
"""How many sentences back a deed may be told of which this one names the target again, or is "a second"."""
FINE = frozenset({"site", "town", "district"})
CARRYING = frozenset({"property_damage", "fire", "power_cut", "weapon_intercepted", "casualties", "explosion"})


def with_carried_places(drafts: list[Draft], known: Facts, parse: Parse) -> list[Draft]:
    """The same drafts; where a deed of war tells no place, the place of the deed told just before it, with a doubt."""
    kept: list[Draft] = []
    for draft in drafts:
        is_open = _lacks_a_place(draft) and not _names_its_own(draft, parse)
        place = _place_before(draft, kept, known, parse) if is_open else None
        kept.append(_placed(draft, place) if place is not None else draft)
    return kept


def _lacks_a_place(draft: Draft) -> bool:
    event = draft.event
    is_told = event.places or event.background or draft.reach == "general" or "place_not_named" in event.doubts
    return not (is_told or draft.bearings.is_long or draft.bearings.spared) and _is_fighting(draft)


def _names_its_own(draft: Draft, parse: Parse) -> bool:
    """Whether what it was done to is a place by its name, though nobody knows where: "no strike on Kestrel Bay"."""
    ends = {target.span.end for target in draft.event.targets if target.party is None and target.source is None}
    first, last = parse.sentences[draft.sentence]
    return any(t.pos == "PROPN" and t.ent != "PERSON" and t.end in ends for t in parse.tokens[first:last])


def _is_fighting(draft: Draft) -> bool:
    told = draft.event.status in REAL
    return told and (draft.kind.name in CARRYING or (draft.kind.plover == "ASSAULT" and draft.kind.family != "siege"))


def _placed(draft: Draft, place: str) -> Draft:
    event = draft.event
    return replace(draft, event=replace(event, places=(EventPlace(place, "at"),), doubts=(*event.doubts, DOUBT)))


def _place_before(draft: Draft, kept: list[Draft], known: Facts, parse: Parse) -> str | None:
    for before in reversed(kept):
        apart = draft.sentence - before.sentence
        if apart > SAME_THING or before.bearings.section != draft.bearings.section:
            return None
        place = _own_place(before, known)
        if place is None or not _is_fighting(before) or before.event.background:
            continue
        is_next = draft.bearings.is_another and draft.kind.family == before.kind.family
        same_thing = is_next or draft.bearings.known_targets & before.bearings.targets
        if same_thing and _could_be_there(draft.event, before.event, known):
            return place
        if apart <= NEAR:
            is_there = _goes_on_with(draft, before) and _could_be_there(draft.event, before.event, known)
            is_there = is_there and not _is_led_away(draft, before, known.places[place], known, parse)
            return place if is_there else None
    return None


def _goes_on_with(draft: Draft, before: Draft) -> bool:
    """Whether one account goes on: the same teller, a deed taken for known, or what came of the one told before.

    Another speaker's deeds may be anywhere, and ground that was taken is larger than a place.
    """
    if before.kind.family == "territory":
        return False
    tellers = {told.statement for told in draft.event.told} & {told.statement for told in before.event.told}
    came_of_it = draft.kind.casualty or draft.kind.family == "damage"
    points = draft.definite or "the" in draft.bearings.determiners
    return bool(tellers) or came_of_it or points


def _own_place(draft: Draft, known: Facts) -> str | None:
    """The one town or site where a deed was done."""
    found = [one.place for one in draft.event.places if one.role == "at" and one.place in known.places]
    return found[0] if len(found) == 1 and known.places[found[0]].level in FINE else None


def _could_be_there(one: Event, before: Event, known: Facts) -> bool:
    """Whether no time and no side keeps a deed from the place of the one told before."""
    if one.when is not None and before.when is not None and not times_meet(one, before, known):
        return False
    sides = {agent.party for agent in one.agents} - {None}
    others = {agent.party for agent in before.agents} - {None}
    is_answer = one.kind == "weapon_intercepted"
    return is_answer or not (sides and others) or bool(sides & others)


def _is_led_away(draft: Draft, before: Draft, place: Place, known: Facts, parse: Parse) -> bool:
    """Whether another place is named from the deed told before to the end of this one's sentence."""
    _first, last = parse.sentences[draft.sentence]
    start, end = before.event.trigger.start, parse.tokens[last - 1].end
    return any(
        start <= other.span.start < end
        and other.use == "location"
        and other.level != "country"
        and place_key(other) != place_key(place)
        and other.id not in place.inside
        and place.id not in other.inside
        for other in known.places.values()
    )
