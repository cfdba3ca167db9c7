"""Who did it, to whom, with what, where, when and how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sayso.events.clause import Arguments, Scene, antecedent, is_a, side_modifier, verb_arguments
from sayso.events.grammar import (
    NOUNS,
    VERBS,
    ancestors,
    children,
    clear_span,
    conjuncts,
    core,
    keys,
    noun_key,
    objects,
    phrase,
    whole_in_quotes,
)
from sayso.events.triggers import Trigger
from sayso.models.parsing import Parse, Token
from sayso.record import Count, EventPlace, Grounds, Moment, Party, Place, Quantity, Source, Span
from sayso.values.party import party_named

LOCATING = frozenset({"location", "dateline"})
FROM = frozenset({"from", "out", "off"})
TO = frozenset({"to", "into", "toward", "towards", "onto"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What the page's mentions say of single tokens."""

    cuts: tuple[Span, ...]
    places: dict[int, Place]  # by token
    by_id: dict[str, Place]
    moments: dict[int, Moment]  # by first token
    quantities: dict[int, Quantity]  # by token
    countries: dict[int, str]  # token to ISO 3166 alpha-3
    sources: dict[int, Source]  # token to the speaker who is named there
    owned: frozenset[int]  # verbs and nouns that tell an event of their own


def ground(parse: Parse, grounds: Grounds, sources: Iterable[Source], cuts: tuple[Span, ...]) -> Ground:
    """Lay a page's mentions over its tokens."""
    index = _Index(parse)
    places = {i: place for place in grounds.places for i in index.tokens(place.span)}
    countries = {i: place.country for i, place in places.items() if place.country}
    for entity in grounds.entities:
        if entity.country:
            for span in entity.mentions:
                for i in index.tokens(span):
                    countries.setdefault(i, entity.country)
    return Ground(
        cuts=cuts,
        places=places,
        by_id={place.id: place for place in grounds.places},
        moments={i: moment for moment in grounds.moments for i in index.tokens(moment.span)},
        quantities={i: quantity for quantity in grounds.quantities for i in index.tokens(quantity.span)},
        countries=countries,
        sources={i: source for source in sources for span in source.mentions for i in index.tokens(span)},
        owned=frozenset(),
    )


class _Index:
    """Finds the tokens of a span by bisection."""

    def __init__(self, parse: Parse) -> None:
        self._starts = [token.start for token in parse.tokens]
        self._parse = parse

    def tokens(self, span: Span) -> Iterator[int]:
        from bisect import bisect_left

        i = bisect_left(self._starts, span.start)
        if i and self._parse.tokens[i - 1].end > span.start:
            i -= 1
        while i < len(self._starts) and self._starts[i] < span.end:
            yield i
            i += 1


# ---- who --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cast:
    """The words for those who did it and those it was done to."""

    agents: tuple[Token, ...]
    targets: tuple[Token, ...]
    inferred: bool  # the agents were taken from a neighbouring clause


def cast(scene: Scene, trigger: Trigger) -> Cast:
    """Who did it and to whom."""
    found = _verb_cast(scene, trigger) if trigger.verbal else _noun_cast(scene, trigger)
    return replace(found, agents=_without_words(scene, found.agents), targets=_without_words(scene, found.targets))


def _without_words(scene: Scene, people: tuple[Token, ...]) -> tuple[Token, ...]:
    """Those who can take part: a claim or a charge is only said."""
    return tuple(token for token in people if noun_key(token) not in SAID and not _is_each_other(scene, token))


def _is_each_other(scene: Scene, token: Token) -> bool:
    return token.text.lower() == "other" and token.i > 0 and scene.parse.tokens[token.i - 1].text.lower() == "each"


SAID = frozenset({
    "claim", "charge", "accusation", "allegation", "report", "statement", "suggestion", "assertion", "figure",
    "account", "move", "step", "development", "incident", "accident", "decision",
})  # fmt: skip


def _verb_cast(scene: Scene, trigger: Trigger) -> Cast:
    _parse, kind, found = scene.parse, trigger.kind, trigger.arguments
    agents = found.subjects if kind.subject_is == "agent" else ()
    targets: tuple[Token, ...] = ()
    if kind.subject_is == "target":
        targets = found.subjects
    match kind.object_is:
        case "target":
            targets += tuple(o for o in found.objects if trigger.first > o.i or o.i >= trigger.last)
        case "agent":
            agents += found.objects
        case _:
            pass
    if kind.subject_is != "target":
        targets += _brought_in(scene, trigger)
    agents = tuple(a for a in agents if not _is_instrument(scene, a))
    return Cast(tuple(antecedent(scene, t) for t in agents), targets, found.inferred)


def _brought_in(scene: Scene, trigger: Trigger) -> tuple[Token, ...]:
    """Targets behind a preposition: "fired rockets at the base", "clashed with rebels"."""
    if trigger.kind.preposition:
        return ()
    if trigger.kind.family in ("arms_supply", "aid"):
        given = [
            *objects(scene.parse, trigger.head, "to", "for"),
            *(c for c in children(scene.parse, trigger.head, "dative") if c.pos != "ADP"),
        ]
        given += [
            o
            for clause in children(scene.parse, trigger.head, "advcl", "acl", "relcl", "xcomp")
            if clause.lemma in HELPING
            for o in children(scene.parse, clause.i, "dobj")
        ]
        given += [
            o for d in children(scene.parse, trigger.head, "dobj") for o in objects(scene.parse, d.i, "to", "for")
        ]
        return tuple(one for o in given for one in conjuncts(scene.parse, o) if _can_be_target(scene, one))
    found = objects(scene.parse, trigger.head, "at", "on", "against", "upon", "with", "into", "near")
    for weapon in children(scene.parse, trigger.head, "dobj"):
        if _is_instrument(scene, weapon):
            found += objects(scene.parse, weapon.i, "at", "on", "against", "into")
    return tuple(
        one
        for o in found
        for one in conjuncts(scene.parse, o)
        if _can_be_target(scene, one)
        and not _is_time(scene, one)
        and (scene.parse.tokens[one.head].lemma not in ("with", "into", "near") or _of_people_or_walls(scene, one))
        and not (scene.parse.tokens[one.head].lemma == "near" and one.pos == "PROPN")
    )


HELPING = frozenset({"help", "support", "assist", "aid", "arm", "equip", "defend"})


def _of_people_or_walls(scene: Scene, token: Token) -> bool:
    return any(is_a(scene, token, name) for name in ("armed", "structure")) or (
        is_a(scene, token, "person") and token.pos != "NUM"
    )


def _can_be_target(scene: Scene, token: Token) -> bool:
    return not _is_instrument(scene, token) and any(
        is_a(scene, token, name)
        for name in ("place", "structure", "armed", "person", "vehicle", "infrastructure", "convoy", "side")
    )


def _is_time(scene: Scene, token: Token) -> bool:
    return token.ent in ("DATE", "TIME")


def _is_instrument(scene: Scene, token: Token) -> bool:
    token = core(scene.parse, token)
    if is_a(scene, token, "event"):
        return True
    return is_a(scene, token, "munition") and not is_a(scene, token, "armed")


def _noun_cast(scene: Scene, trigger: Trigger) -> Cast:
    parse, i = scene.parse, trigger.head
    agents: list[Token] = []
    targets: list[Token] = []
    inferred = False
    for doer in objects(parse, i, "by"):
        agents.extend(conjuncts(parse, doer))
    between = objects(parse, i, "between", "among")
    agents.extend(one for o in between for one in conjuncts(parse, o))
    owner = next((c for c in children(parse, i, "poss") if not _is_time(scene, c)), None)
    if owner is not None and owner.pos == "PRON" and trigger.verb is not None:
        owner = next((antecedent(scene, s) for s in children(parse, trigger.verb.i, "nsubj")), owner)
    if owner and not agents:
        if any(objects(parse, i, "of")) or not _is_victim_owner(scene, trigger, owner):
            agents.append(owner)
        else:
            targets.append(owner)
    if not agents:
        side = side_modifier(scene, i)
        if side:
            agents.append(side)
    for preposition in (
        ("of", "to") if trigger.kind.family == "damage" else ("of", "on", "against", "at", "to", "with", "for")
    ):
        for o in objects(parse, i, preposition):
            for one in conjuncts(parse, o):
                if one in agents or _is_time(scene, one) or not _may_be(scene, trigger, preposition, one):
                    continue
                targets.append(one)
    if trigger.verb is not None and trigger.slot in ("dobj", "nsubjpass", "under", "in", "attr", "pobj"):
        light = scene.words.light.get(trigger.verb.lemma) if not _is_not_owned(scene, trigger.verb) else None
        if light is not None:
            found = verb_arguments(scene, trigger.verb.i)
            if trigger.kind.casualty:
                pass  # "the ministry announced 40 deaths": it killed nobody
            elif light["subject"] == "agent" and not agents:
                agents.extend(s for s in found.subjects if not _is_instrument(scene, s))
                inferred = found.inferred
            elif light["subject"] == "target" and not targets:
                targets.extend(s for s in found.subjects if not _is_instrument(scene, s))
            elif light["subject"] == "agent" and agents and trigger.kind.family == "talks":
                agents.extend(s for s in found.subjects if not _is_instrument(scene, s))
            targets.extend(_of_light_verb(scene, trigger))
    if trigger.kind.family in ("arms_supply", "aid"):
        for clause in children(parse, i, "acl", "relcl", "advcl"):
            if clause.lemma in HELPING:
                targets.extend(children(parse, clause.i, "dobj"))
    if (
        not agents
        and trigger.verb is not None
        and (trigger.kind.name == "visit" or trigger.verb.lemma in ("accuse", "blame"))
    ):
        accused = trigger.verb.lemma in ("accuse", "blame")
        found = verb_arguments(scene, trigger.verb.i)
        agents.extend(found.objects if accused else found.subjects)
        inferred = not accused
    if trigger.slot in ("nsubj",) and trigger.verb is not None and trigger.verb.lemma in STRIKING and not targets:
        targets.extend(verb_arguments(scene, trigger.verb.i).objects)
    return Cast(tuple(dict.fromkeys(agents)), tuple(dict.fromkeys(targets)), inferred)


def _is_not_owned(scene: Scene, verb: Token) -> bool:
    """Whether a deed is only not claimed: "the rebels did not claim the strike" makes nobody its doer."""
    return verb.lemma in ("claim", "admit", "acknowledge") and any(children(scene.parse, verb.i, "neg"))


STRIKING = frozenset(
    {"hit", "strike", "target", "damage", "destroy", "kill", "wound", "injure", "rock", "pound", "batter", "level"}
)
KILLINGS = frozenset(
    {
        "killing",
        "assassination",
        "murder",
        "death",
        "arrest",
        "abduction",
        "kidnapping",
        "detention",
        "execution",
        "displacement",
        "deportation",
        "expulsion",
    }
)


def _is_victim_owner(scene: Scene, trigger: Trigger, owner: Token) -> bool:
    """Whether "the mayor's murder" tells whom it was done to, not who did it."""
    return noun_key(scene.parse.tokens[trigger.head]) in KILLINGS


def _of_light_verb(scene: Scene, trigger: Trigger) -> list[Token]:
    verb = trigger.verb
    if verb is None:
        return []
    found = objects(scene.parse, verb.i, "on", "against", "at", "with", "for", "to")
    return [
        one
        for o in found
        for one in conjuncts(scene.parse, o)
        if _can_be_target(scene, one) and not _is_time(scene, one)
    ]


def _may_be(scene: Scene, trigger: Trigger, preposition: str, token: Token) -> bool:
    if preposition == "of":
        return not is_a(scene, token, "event")
    if preposition in ("with", "to", "for"):
        family = trigger.kind.family
        if family == "damage":
            return _can_be_target(scene, token)
        return family in ("talks", "agreement", "arms_supply", "aid") and _can_be_target(scene, token)
    return _can_be_target(scene, token)


def party(scene: Scene, ground: Ground, token: Token, inferred: bool, with_group: bool) -> Party | None:
    """One who takes part, as the text names them. None where no one stretch of text does."""
    parse = scene.parse
    first, last = whole_in_quotes(parse, *phrase(parse, token))
    span = clear_span(parse, first, last, ground.cuts) or clear_span(parse, token.i, token.i + 1, ground.cuts)
    if span is None:
        return None
    source = next(
        (ground.sources[i] for i in range(first, last) if i in ground.sources and _is_the_whole(parse, i, token)), None
    )
    side = _side(scene, ground, token)
    if source and source.party and side is None:
        side = source.party
    return Party(
        span=span,
        source=source.id if source else None,
        party=side,
        inferred=inferred,
        group=_group(scene, token) if with_group else None,
    )


def _is_the_whole(parse: Parse, i: int, token: Token) -> bool:
    """Whether a source named at `i` is the participant, not somebody who only stands in its phrase."""
    return i == token.i or (parse.tokens[i].head == token.i and parse.tokens[i].dep in ("compound", "flat"))


def _side(scene: Scene, ground: Ground, token: Token) -> str | None:
    """The country that the words themselves give a participant: "Russian forces", "the army of Chad"."""
    head = core(scene.parse, token)
    if head.i in ground.countries and (
        head.i not in ground.places
        or ground.places[head.i].use in ("actor", "adjective", "office")
        or ground.places[head.i].level == "country"
    ):
        return ground.countries[head.i]
    for child in children(scene.parse, head.i, "amod", "compound", "poss", "nmod"):
        place = ground.places.get(child.i)
        if place and place.country and (place.level == "country" or place.use in ("adjective", "actor")):
            return place.country
    return party_named(
        " ".join(parsed.text for parsed in scene.parse.tokens[slice(*phrase(scene.parse, head))]), scene.knowledge
    )


def _group(scene: Scene, token: Token) -> str | None:
    parse = scene.parse
    head = core(parse, token)
    if head.pos == "PROPN" or head.i in scene.places:
        return None
    before = parse.tokens[head.i - 1].text.lower() if head.i else ""
    groups = scene.words.groups
    for key in (f"{before} {noun_key(head)}", *keys(head)):
        if key in groups:
            return groups[key]
    return None


# ---- with what --------------------------------------------------------------------------------------------------


def weapon_tokens(scene: Scene, trigger: Trigger) -> list[Token]:
    """The words for what it was done with."""
    parse = scene.parse
    found: list[Token] = []
    if trigger.verbal:
        found.extend(
            t
            for t in (*trigger.arguments.subjects, *trigger.arguments.objects)
            if _is_weapon(scene, core(parse, t)) and _is_instrument(scene, t)
        )
        for o in objects(parse, trigger.head, "with", "by", "because", "from", "in", "of"):
            found.extend(one for one in conjuncts(parse, o) if _is_weapon(scene, core(parse, one)))
        if trigger.kind.preposition:  # "used drones against the base"
            found.extend(
                one
                for o in children(parse, trigger.head, "dobj")
                for one in conjuncts(parse, o)
                if _is_weapon(scene, core(parse, one)) and _is_instrument(scene, one)
            )
        for using in children(parse, trigger.head, "advcl"):
            if using.lemma == "use":
                found.extend(o for o in children(parse, using.i, "dobj") if _is_weapon(scene, core(parse, o)))
    else:
        found.extend(c for c in children(parse, trigger.head, "compound", "amod", "nmod") if _is_weapon(scene, c))
        for o in objects(parse, trigger.head, "with", "by", "of"):
            found.extend(one for one in conjuncts(parse, o) if _is_weapon(scene, core(parse, one)))
    return list(dict.fromkeys(core(parse, token) for token in found))


def _is_weapon(scene: Scene, token: Token) -> bool:
    return weapon_kind(scene, token) is not None


def weapon_kind(scene: Scene, token: Token) -> str | None:
    """The kind of attack a weapon makes, "" for a weapon that decides nothing, None for what is no weapon."""
    weapons = scene.words.weapons
    token = core(scene.parse, token)
    before = scene.parse.tokens[token.i - 1].text.lower() if token.i else ""
    for key in (f"{before} {noun_key(token)}", *keys(token)):
        if key in weapons:
            return weapons[key]
    return None


# ---- where ------------------------------------------------------------------------------------------------------


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


def shares_its_clause(trigger: Trigger) -> bool:
    """Whether what stands beside a noun's verb is said of the noun: not in "announced a package in Paris"."""
    verb = trigger.verb
    return (
        verb is not None
        and verb.lemma not in SPEAKING
        and (
            trigger.slot in ("dobj", "nsubj", "nsubjpass", "attr", "in", "into", "under")
            or (trigger.slot == "by" and verb.lemma in ("trigger", "spark", "start", "prompt", "follow", "cause"))
        )
    )


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


# ---- when -------------------------------------------------------------------------------------------------------


def moment(scene: Scene, ground: Ground, trigger: Trigger, owned: frozenset[int]) -> Moment | None:
    """The time of this event: in its own phrase, else in its clause. A "said on Thursday" is the speaker's time."""
    parse = scene.parse
    own = _moment_below(parse, ground, trigger.head, owned)
    if own:
        return own
    verb = trigger.verb
    if verb is not None and verb.i != trigger.head and shares_its_clause(trigger):
        found = _moment_below(parse, ground, verb.i, owned)
        if found:
            return found
    if not trigger.verbal and not shares_its_clause(trigger):
        return None
    clause = verb or parse.tokens[trigger.head]
    for other in _joined_clauses(parse, clause):
        found = _moment_below(parse, ground, other.i, frozenset())
        if found:
            return found
    return None


SPEAKING = frozenset(
    {
        "say",
        "tell",
        "announce",
        "report",
        "claim",
        "deny",
        "warn",
        "add",
        "state",
        "confirm",
        "discuss",
        "condemn",
        "describe",
        "mention",
        "call",
        "urge",
        "accuse",
        "admit",
        "compare",
    }
)


def _moment_below(parse: Parse, ground: Ground, i: int, owned: frozenset[int]) -> Moment | None:
    stack = list(parse.children[i])
    found: list[int] = []
    while stack:
        at = stack.pop()
        token = parse.tokens[at]
        if token.dep in ("ccomp", "relcl", "parataxis", "advcl", "acl") or (
            token.dep in ("conj", "pcomp") and token.pos in VERBS
        ):
            continue
        if at in owned and at not in ground.moments:
            continue
        if at in ground.moments:
            if (
                token.dep not in ("amod", "compound", "poss")
                or token.head == i
                or parse.tokens[token.head].i in ground.moments
            ):
                found.append(at)
            continue
        stack.extend(parse.children[at])
    # "After a week of shelling they left on Tuesday": how long, or how often, is no answer to when.
    return next((ground.moments[at] for at in sorted(found) if _is_when(ground.moments[at])), None)


def _is_when(moment: Moment) -> bool:
    return moment.type not in ("DURATION", "SET") or moment.earliest is not None


def _joined_clauses(parse: Parse, verb: Token) -> Iterator[Token]:
    """The verbs joined to this one that may share its time: "shelled the town and looted shops on Friday"."""
    token = verb
    for _ in range(4):
        if token.dep != "conj" or parse.tokens[token.head].pos not in VERBS:
            break
        token = parse.tokens[token.head]
        if token.lemma not in SPEAKING:
            yield token
    for child in children(parse, verb.i, "conj"):
        if (
            child.pos == "VERB"
            and child.lemma not in SPEAKING
            and not any(children(parse, child.i, "nsubj", "nsubjpass"))
        ):
            yield child


# ---- how many ---------------------------------------------------------------------------------------------------


def counts(
    scene: Scene, ground: Ground, trigger: Trigger, people: Iterable[Token], told: tuple[str, ...]
) -> tuple[Count, ...]:
    """How many, of those the trigger says something of."""
    kind = trigger.kind
    found: list[Count] = []
    people = tuple(people)
    for token in people:
        for quantity, whom in _quantities(scene.parse, ground, token):
            of = "money" if quantity.unit in MONEY else _counted(scene, kind.count, token)
            if of:
                stretch = whole_in_quotes(scene.parse, *phrase(scene.parse, whom)) if whom else None
                span = clear_span(scene.parse, *stretch, ground.cuts) if stretch else None
                found.append(Count(quantity.id, of, span, told))
    wholes = _wholes(scene.parse, ground, people)
    return tuple(count for count in dict.fromkeys(found) if count.quantity not in wholes)


def _wholes(parse: Parse, ground: Ground, people: Iterable[Token]) -> set[str]:
    """The fifteen of "12 of 15 drones": only the twelve were shot down."""
    seen = {q.id: q for token in people for q, _ in _quantities(parse, ground, token)}
    parts = (q for q in seen.values() if q.part_of in seen)
    return {q.part_of for q in parts if q.part_of and q.span.start < seen[q.part_of].span.start}


def parts(parse: Parse, ground: Ground, people: Iterable[Token]) -> tuple[Token, ...]:
    """Whom a count is said to include: the children of "12, including 2 children"."""
    ids = {quantity.id for token in people for quantity, _ in _quantities(parse, ground, token)}
    of = {q.of.end for q in ground.quantities.values() if q.part_of in ids and q.id not in ids and q.of}
    return tuple(token for token in parse.tokens if token.end in of) if of else ()


MONEY = frozenset({"USD", "EUR", "GBP", "RUB", "UAH", "JPY", "CNY", "CHF", "CAD", "AUD"})


def _quantities(parse: Parse, ground: Ground, token: Token, depth: int = 0) -> Iterator[tuple[Quantity, Token | None]]:
    seen: set[str] = set()
    first, last = phrase(parse, token)
    for i in range(first, last):
        quantity = ground.quantities.get(i)
        if quantity and quantity.id not in seen:
            seen.add(quantity.id)
            yield quantity, token if token.pos != "NUM" else None
    for including in children(parse, token.i, "prep"):
        if including.lemma == "include" and depth < 2:
            for inner in children(parse, including.i, "pobj"):
                for one in conjuncts(parse, inner):
                    yield from ((q, w) for q, w in _quantities(parse, ground, one, depth + 1) if q.id not in seen)


def _counted(scene: Scene, of: str, token: Token) -> str | None:
    word = core(scene.parse, token)
    key = noun_key(word)
    if key in ("grave", "ground") and of in ("graves", ""):
        return "graves"
    if is_a(scene, word, "body"):
        return "bodies"
    if is_a(scene, word, "munition"):
        return "munitions"
    if key in ("kilometer", "kilometre", "mile", "hectare", "acre") or word.lemma in ("km", "sq"):
        return "territory"
    if key in ("settlement", "village", "town", "city"):
        return "settlements"
    if is_a(scene, word, "structure") and not is_a(scene, word, "person"):
        return "buildings"
    return of or None


__all__ = [
    "Arguments",
    "Cast",
    "Ground",
    "cast",
    "counts",
    "definite_place",
    "ground",
    "moment",
    "party",
    "places",
    "replace",
    "weapon_kind",
    "weapon_tokens",
]
