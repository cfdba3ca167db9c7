"""Where it was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.events.clause import Scene, is_a
from sayso.events.grammar import NOUNS, VERBS, ancestors, children, noun_key
from sayso.events.ground import Ground
from sayso.events.triggers import Trigger
from sayso.events.when import shares_its_clause
from sayso.models.parsing import Parse, Token
from sayso.record import EventPlace, Place

LOCATING = frozenset({"location", "dateline"})
FROM = frozenset({"from", "out", "off"})
TO = frozenset({"to", "into", "toward", "towards", "onto"})


def places(scene: Scene, ground: Ground, trigger: Trigger, owned: frozenset[int]) -> tuple[EventPlace, ...]:
    """The places of an event, each with its role, those that only hold another left out."""
    found: dict[str, EventPlace] = {}
    for token in _clause_tokens(scene.parse, trigger, owned):
        place = ground.places.get(token.i)
        if place is None or place.id in found or place.use not in LOCATING:
            continue
        if _is_part_of_a_side(scene, ground, token, trigger):
            continue
        found[place.id] = EventPlace(place.id, _place_role(scene, trigger, token))
    return _innermost(ground, tuple(found.values()))


def _clause_tokens(parse: Parse, trigger: Trigger, owned: frozenset[int]) -> Iterator[Token]:
    """The tokens of a trigger's clause: all below its head, and below the verb it hangs on, but for other events."""
    roots = [trigger.head]
    seen: set[int] = set()
    verb = trigger.verb
    if verb is not None and verb.i != trigger.head and verb.i not in owned and shares_its_clause(trigger):
        roots.append(verb.i)
    for root in roots:
        stack = [root]
        while stack:
            i = stack.pop()
            if i in seen:
                continue
            seen.add(i)
            for child in parse.children[i]:
                token = parse.tokens[child]
                if token.i in owned and (not trigger.verbal or token.dep not in ("nsubj", "dobj", "pobj")):
                    continue
                if token.dep in ("relcl", "ccomp", "parataxis") or (
                    token.dep in ("advcl", "conj") and token.pos in VERBS
                ):
                    continue
                stack.append(child)
    return iter([parse.tokens[i] for i in sorted(seen)])


def _is_part_of_a_side(scene: Scene, ground: Ground, token: Token, trigger: Trigger) -> bool:
    """Whether a place name only says whose forces: "the Chad army", "governor of Darfur"."""
    parse = scene.parse
    head = parse.tokens[token.head]
    for _ in range(8):  # "between Chad and Mali": the second stands where the first does
        if token.dep != "conj" or head.i not in ground.places:
            break
        token, head = head, parse.tokens[head.head]
    if token.dep in ("amod", "poss") or (token.dep == "compound" and is_a(scene, head, "armed")):
        return True
    if token.dep in ("nsubj", "agent") or (token.dep == "pobj" and head.lemma in ("by", "between", "among", "with")):
        return True
    if token.dep == "pobj" and parse.tokens[head.head].i == trigger.head and trigger.kind.family in DEALINGS:
        return head.lemma in ("on", "against", "to", "for", "upon")
    if token.dep == "pobj" and head.lemma == "of":
        above = parse.tokens[head.head]
        return (
            is_a(scene, above, "person")
            and not is_a(scene, above, "place")
            and above.pos in NOUNS
            and noun_key(above) not in ("resident", "people", "thousand")
        )
    return False


DEALINGS = frozenset({"sanctions", "arms_supply", "aid", "talks", "agreement"})


def _place_role(scene: Scene, trigger: Trigger, token: Token) -> str:
    parse = scene.parse
    for above in (token, *ancestors(parse, token.i)):
        if above.i == trigger.head or (trigger.verb and above.i == trigger.verb.i):
            break
        if above.pos == "ADP" or above.dep == "prep":
            if above.lemma in FROM:
                return "from"
            if above.lemma in TO:
                return "to"
            if above.lemma in ("in", "at", "near", "on", "around", "outside", "inside"):
                return "at"
    else:
        return "at"
    below = next((c for c in children(parse, trigger.head, "dobj") if _is_over(parse, c.i, token.i)), None)
    return trigger.kind.place if below is not None and trigger.verbal else "at"


def _is_over(parse: Parse, above: int, below: int) -> bool:
    first, last = parse.subtree_ends[above]
    return first <= below < last


def _innermost(ground: Ground, found: tuple[EventPlace, ...]) -> tuple[EventPlace, ...]:
    outer = {holder for one in found for holder in ground.by_id[one.place].inside}
    same = {ground.by_id[one.place].same_as for one in found}
    kept = tuple(one for one in found if one.place not in outer and one.place not in same)
    return _without_country(ground, kept)


def _without_country(ground: Ground, found: tuple[EventPlace, ...]) -> tuple[EventPlace, ...]:
    """A country or region beside a town that lies in it adds nothing."""
    finer = [ground.by_id[one.place] for one in found]
    kept = []
    for one in found:
        place = ground.by_id[one.place]
        holds = any(
            other.id != place.id and _finer(other, place) and (place.country in (None, other.country))
            for other in finer
        )
        if not (holds and one.role == "at"):
            kept.append(one)
    return tuple(kept)


def _finer(inner: Place, outer: Place) -> bool:
    match outer.level:
        case "country":
            return inner.level != "country"
        case "region":
            return inner.level in ("site", "town", "district") and inner.region in (None, outer.region)
        case "area":
            return inner.level in ("site", "town")
        case _:
            return False


def definite_place(scene: Scene, ground: Ground, tokens: Iterable[Token]) -> str | None:
    """The place that "the city" or "there" stands for: the nearest fitting one named before, in this text's order."""
    parse = scene.parse
    for token in tokens:
        key = noun_key(token)
        if key not in DEFINITE or not any(
            c.text.lower() in ("the", "this", "that") for c in children(parse, token.i, "det")
        ):
            continue
        levels = DEFINITE[key]
        for i in range(token.i - 1, max(-1, token.i - 80), -1):
            place = ground.places.get(i)
            if place and place.use == "location" and place.level in levels:
                return place.id
    return None


DEFINITE = {
    "city": ("town",), "town": ("town",), "village": ("town",), "port": ("town", "site"), "capital": ("town",),
    "settlement": ("town",), "region": ("region",), "province": ("region",), "district": ("district", "region"),
    "country": ("country",), "airport": ("site",), "island": ("area", "region", "site"),
}  # fmt: skip
