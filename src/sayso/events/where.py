"""Where it was done."""

from __future__ import annotations

from sayso.events.clause import Scene, is_a
from sayso.events.grammar import NOUNS, VERBS, ancestors, children, is_known, noun_key, objects
from sayso.events.ground import Ground
from sayso.events.triggers import Trigger
from sayso.events.when import SPEAKING, shares_its_clause
from sayso.models.parsing import Parse, Token
from sayso.record import EventPlace, Place

LOCATING = frozenset({"location", "dateline"})
FROM = frozenset({"from", "out", "off"})
TO = frozenset({"to", "into", "toward", "towards", "onto"})


def places(scene: Scene, ground: Ground, trigger: Trigger, owned: frozenset[int]) -> tuple[EventPlace, ...]:
    """The places of an event, each with its role, those that only hold or describe another left out."""
    found: dict[str, EventPlace] = {}
    heads: dict[str, Token] = {}
    for token in _clause_tokens(scene, trigger, owned):
        place = ground.places.get(token.i)
        if place is None or place.id in found:
            continue
        if place.use not in LOCATING and not (place.use == "actor" and _is_driven_from(scene.parse, trigger, token)):
            continue
        if _is_part_of_a_side(scene, ground, token, trigger) or _is_a_label(scene.parse, token):
            continue
        found[place.id] = EventPlace(place.id, _place_role(scene, trigger, token))
        heads[place.id] = token
    if not found:
        found = _met_at(scene, ground, trigger)
    return _innermost(ground, _told_apart(scene.parse, ground, found, heads))


def _clause_tokens(scene: Scene, trigger: Trigger, owned: frozenset[int]) -> tuple[Token, ...]:
    """The tokens of a trigger's clause: all below its head, and below what it hangs on, but for other events."""
    parse = scene.parse
    roots = [trigger.head]
    seen: set[int] = set()
    verb = trigger.verb
    if verb is not None and verb.i != trigger.head and verb.i not in owned and shares_its_clause(trigger):
        roots.append(verb.i)
    whole = _whole_of(scene, trigger, owned)
    roots += [whole.i] if whole is not None else []
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
                if token.text.lower() == "according" or child in scene.spared:  # where who says it is; where it was not
                    continue
                if _is_another_deed(scene, trigger, token) or (token.tag == "JJS" and token.dep in ("attr", "acomp")):
                    continue  # "the largest in the south" only compares
                stack.append(child)
    return tuple(parse.tokens[i] for i in sorted(seen))


def _whole_of(scene: Scene, trigger: Trigger, owned: frozenset[int]) -> Token | None:
    """The noun that a noun of deed hangs on: what follows "a rise in violence" may be given to the rise."""
    parse = scene.parse
    token = parse.tokens[trigger.head]
    if trigger.verbal or token.dep != "pobj" or parse.tokens[token.head].lemma not in ("of", "in"):
        return None
    above = parse.tokens[parse.tokens[token.head].head]
    is_other = above.i in owned or any(is_a(scene, above, name) for name in ("place", "person", "armed", "event"))
    return None if above.pos != "NOUN" or is_other else above


def _is_another_deed(scene: Scene, trigger: Trigger, token: Token) -> bool:
    """Whether a noun deep in a clause tells a deed of its own: "struck the depot in reply to attacks in Mali"."""
    if token.dep != "pobj" or token.i == trigger.head or not is_a(scene, token, "event"):
        return False
    return scene.parse.tokens[token.head].head != trigger.head


def _met_at(scene: Scene, ground: Ground, trigger: Trigger) -> dict[str, EventPlace]:
    """Where somebody spoke at talks: "told Xi in Samarkand during the meeting"."""
    if trigger.verbal or trigger.kind.family not in ("talks", "agreement"):
        return {}
    token = scene.parse.tokens[trigger.head]
    verb = next((above for above in ancestors(scene.parse, token.i) if above.pos in VERBS), None)
    climbed = trigger.slot in MET if trigger.verb is not None else token.dep == "pobj"
    if verb is None or not climbed or verb.lemma not in SPEAKING:
        return {}
    spoken_at = (ground.places.get(one.i) for one in objects(scene.parse, verb.i, "in", "at"))
    return {place.id: EventPlace(place.id, "at") for place in spoken_at if place and place.use in LOCATING}


MET = frozenset({"in", "at", "during", "after", "before", "following"})


def _told_apart(
    parse: Parse, ground: Ground, found: dict[str, EventPlace], heads: dict[str, Token]
) -> tuple[EventPlace, ...]:
    """Those places that do not stand in the description of another: not the region of "Sake, a town in the region"."""
    kept = dict(found)
    for outer, token in heads.items():
        if any(_describes(parse, ground, token, inner) for inner in heads if inner != outer):
            del kept[outer]
    across = [name for name, token in heads.items() if _is_only_crossed(parse, token) or _is_only_a_mark(parse, token)]
    if len(across) < len(kept):
        kept = {name: one for name, one in kept.items() if name not in across}
    return tuple(kept.values())


def _describes(parse: Parse, ground: Ground, token: Token, inner: str) -> bool:
    """Whether a place stands in the phrase of another: "the district of Kharkiv", "Sake, a town in the region"."""
    for above in ancestors(parse, token.i):
        named = ground.places.get(above.i)
        if token.dep == "conj" or above.pos in VERBS:
            return False
        if named is not None and named.id == inner:
            return True
        token = above
    return False


def _is_driven_from(parse: Parse, trigger: Trigger, token: Token) -> bool:
    """Whether a capital that may stand for a side is where somebody was driven from: "ousted the king from Cairo"."""
    above = parse.tokens[token.head]
    is_way = token.dep == "pobj" and above.lemma in ("from", "into") and above.head == trigger.head
    return trigger.verbal and is_way and trigger.kind.plover in ("ASSAULT", "COERCE", "RETREAT")


def _is_only_crossed(parse: Parse, token: Token) -> bool:
    """Whether a place is only what lies between: "across the river, shells hit Sake"."""
    token = parse.tokens[token.head] if token.dep == "compound" else token
    above = parse.tokens[token.head]
    return token.dep == "pobj" and above.lemma in ("across", "beyond", "along", "opposite")


def _is_only_a_mark(parse: Parse, token: Token) -> bool:
    """Whether a place only says how far off another is: "in Sake, 20 miles south of Goma"."""
    token = parse.tokens[token.head] if token.dep == "compound" else token
    preposition = parse.tokens[token.head]
    if token.dep != "pobj" or preposition.lemma not in ("of", "from"):
        return False
    return parse.tokens[preposition.head].lemma in DIRECTIONS


DIRECTIONS = frozenset({
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "mile", "kilometer",
    "kilometre", "km", "meter", "metre", "away", "drive", "hour",
})  # fmt: skip


def _is_a_label(parse: Parse, token: Token) -> bool:
    """Whether a name in front of a colon only says who speaks: "Kabul: shells hit a house"."""
    after = token.i + 1
    is_first = token.i - parse.sentences[token.sentence][0] <= 2
    return is_first and after < len(parse.tokens) and parse.tokens[after].text == ":"


def _is_part_of_a_side(scene: Scene, ground: Ground, token: Token, trigger: Trigger) -> bool:
    """Whether a place name only says whose forces: "the Chad army", "governor of Darfur"."""
    parse = scene.parse
    head = parse.tokens[token.head]
    for _ in range(8):  # "between Chad and Mali": the second stands where the first does
        if token.dep != "conj" or head.i not in ground.places:
            break
        token, head = head, parse.tokens[head.head]
    if token.dep == "amod" and is_a(scene, head, "place") and ground.places[token.i].level != "country":
        return False  # "from the Sake area", which the parser takes for an adjective
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
            other.id != place.id
            and _finer(other, place)
            and (None in (place.country, other.country) or _lie_in_one(other, place))
            for other in finer
        )
        if not (holds and one.role == "at"):
            kept.append(one)
    return tuple(kept)


def _lie_in_one(inner: Place, outer: Place) -> bool:
    return inner.country == outer.country


def _finer(inner: Place, outer: Place) -> bool:
    match outer.level:
        case "country":
            return inner.level != "country"
        case "region":
            return inner.level in ("site", "town", "district") and (
                None in (inner.region, outer.region) or inner.region == outer.region
            )
        case "area":
            return inner.level in ("site", "town")
        case _:
            return False


def definite_place(scene: Scene, ground: Ground, trigger: Trigger, owned: frozenset[int]) -> EventPlace | None:
    """The place that "the city", "there" or a retaken "it" stands for: the nearest fitting one named before."""
    for token in _clause_tokens(scene, trigger, owned):
        if _is_of_those_who_tell(scene, trigger, token):
            continue
        place = _meant_by(scene, ground, trigger, token)
        if place is not None:
            return EventPlace(place.id, _place_role(scene, trigger, token))
    return None


def _is_of_those_who_tell(scene: Scene, trigger: Trigger, token: Token) -> bool:
    """Whether a word only says where people are who tell of a deed: "doctors at the city's hospital put the toll"."""
    if trigger.verbal:
        return False
    above = (token, *ancestors(scene.parse, token.i))
    return any(one.dep == "nsubj" and one.i != trigger.head and is_a(scene, one, "person") for one in above)


def _meant_by(scene: Scene, ground: Ground, trigger: Trigger, token: Token) -> Place | None:
    """The place that one word stands for, if any."""
    if token.text.lower() == "it":
        taken = trigger.verbal and trigger.kind.family == "territory" and token.dep in ("dobj", "nsubjpass")
        subject = _subject_before(scene.parse, token) if taken else None
        if subject is None:
            return None
        named = ground.places.get(subject.i)
        return named if named is not None and named.use == "location" else _called_so(scene, ground, subject)
    if token.i in ground.places:
        return None
    levels = _stands_for(scene, token)
    if levels:
        is_named = any(i in ground.places for i in range(*scene.parse.subtree_ends[token.i]))
        return None if is_named else _nearest(scene, ground, token, levels)
    is_object = token.dep in ("dobj", "pobj", "nsubjpass") and is_known(scene.parse, token)
    return _called_so(scene, ground, token) if is_object else None


def _subject_before(parse: Parse, it: Token) -> Token | None:
    """The subject of the clause that the clause of an "it" hangs on: "the dam gave power before rebels took it"."""
    for above in ancestors(parse, it.i):
        own = next(children(parse, above.i, "nsubj", "nsubjpass"), None)
        if above.pos in VERBS and above.i != parse.tokens[it.head].i and own is not None:
            return own
    return None


def _called_so(scene: Scene, ground: Ground, noun: Token) -> Place | None:
    """The place named before by this very noun: "the dam" of the Kariba Dam."""
    if not is_known(scene.parse, noun) or noun.pos != "NOUN":
        return None
    for i in range(noun.i - 1, -1, -1):
        place = ground.places.get(i)
        is_site = place is not None and place.use == "location" and place.level == "site"
        if place is not None and is_site and noun_key(scene.parse.tokens[i]) == noun_key(noun):
            return place
    return None


def _stands_for(scene: Scene, token: Token) -> tuple[str, ...]:
    """The levels of place that a word may stand for, none where it stands for no place."""
    if token.text.lower() == "there" and token.dep in ("advmod", "pobj"):
        return ANYWHERE
    levels = DEFINITE.get(noun_key(token), ())
    if token.dep in ("nsubj", "agent", "compound") or not is_known(scene.parse, token):
        return ()
    is_owner = token.dep == "poss" and is_a(scene, scene.parse.tokens[token.head], "armed")
    return () if is_owner else levels


def _nearest(scene: Scene, ground: Ground, token: Token, levels: tuple[str, ...]) -> Place | None:
    """The nearest place of these levels before a word; for "the capital" one that was called so."""
    tokens = scene.parse.tokens
    is_capital = noun_key(token) == "capital"
    for i in range(token.i - 1, -1 if is_capital else max(-1, token.i - FARTHEST), -1):
        place = ground.places.get(i)
        if place is None or place.use != "location" or place.level not in levels:
            continue
        if not is_capital or (i and tokens[i - 1].lemma == "capital"):
            return _finest(scene, ground, place, i)
    return None


def _finest(scene: Scene, ground: Ground, place: Place, at: int) -> Place:
    """A town that the region only describes, where it does: "Sake, a village in the region"."""
    for above in ancestors(scene.parse, at):
        named = ground.places.get(above.i)
        if above.pos in VERBS:
            break
        if named is not None and named.use == "location" and _finer(named, place):
            return named
    return place


FARTHEST = 120
"""How many tokens back a "there" or "the village" may look for the place that it means."""
ANYWHERE = ("site", "town", "district", "region", "area")
DEFINITE = {
    "city": ("town",), "town": ("town",), "village": ("town",), "port": ("town", "site"), "capital": ("town",),
    "settlement": ("town",), "region": ("region",), "province": ("region",), "district": ("district", "region"),
    "country": ("country",), "airport": ("site",), "island": ("area", "region", "site"),
    "site": ("site", "town"), "scene": ("site", "town"), "area": ("town", "site", "district", "area"),
    "neighbourhood": ("district", "town"), "neighborhood": ("district", "town"), "suburb": ("district", "town"),
}  # fmt: skip
