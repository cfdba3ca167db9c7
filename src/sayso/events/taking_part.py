"""Who did it and to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.events.clause import Scene, antecedent, is_a, side_modifier, verb_arguments
from sayso.events.grammar import (
    children,
    clear_span,
    conjuncts,
    core,
    governing_verb,
    keys,
    noun_key,
    objects,
    phrase,
    whole_in_quotes,
)
from sayso.events.ground import Ground
from sayso.events.triggers import Trigger
from sayso.events.weapons import is_instrument, weapon_kind
from sayso.models.parsing import Parse, Token
from sayso.record import Party, Span
from sayso.values.party import party_named


@dataclass(frozen=True, slots=True)
class Cast:
    """The words for those who did it and those it was done to."""

    agents: tuple[Token, ...]
    targets: tuple[Token, ...]
    inferred: bool  # the agents were taken from a neighbouring clause
    are_speakers: bool = False  # the agents are those who tell of it: who announced it, who "accused each other"


def cast(scene: Scene, ground: Ground, trigger: Trigger) -> Cast:
    """Who did it and to whom."""
    found = _verb_cast(scene, trigger) if trigger.verbal else _noun_cast(scene, trigger)
    agents = tuple(one for agent in found.agents for one in _doers(scene, agent) if not _is_where(ground, trigger, one))
    mutual = any(_is_each_other(scene, agent) for agent in found.agents)
    found = replace(
        found,
        agents=_without_words(scene, agents),
        targets=_without_words(scene, found.targets),
        are_speakers=mutual,
    )
    announcers = _announcers(scene, trigger)
    if announcers and set(found.agents) <= set(announcers):
        return replace(found, agents=announcers, inferred=True, are_speakers=True)
    return found


def _is_where(ground: Ground, trigger: Trigger, token: Token) -> bool:
    """Whether a town before a noun says where it was, not who did it: "the Atlanta bombing"."""
    place = ground.places.get(token.i)
    is_before = not trigger.verbal and token.head == trigger.head and token.dep in ("compound", "amod", "nmod")
    return is_before and place is not None and place.level in ("town", "site", "district")


def _announcers(scene: Scene, trigger: Trigger) -> tuple[Token, ...]:
    """Those who announce what they will give or do: "the minister announced a package"."""
    verb = trigger.verb
    if trigger.verbal or verb is None or trigger.kind.family not in ANNOUNCED:
        return ()
    if verb.lemma not in ANNOUNCING or trigger.slot != "dobj":
        return ()
    return _without_words(scene, verb_arguments(scene, verb.i).subjects)


ANNOUNCED = frozenset({"arms_supply", "aid", "sanctions", "mobilisation", "withdrawal"})
ANNOUNCING = frozenset({"announce", "pledge", "unveil", "approve", "promise", "propose"})


def _doers(scene: Scene, agent: Token) -> tuple[Token, ...]:
    """Who did it: those who "accuse each other", or the side whose drones they were: "two Kenyan drones struck"."""
    if _is_each_other(scene, agent):
        return _each_of(scene, agent)
    if not is_instrument(scene, agent):
        return (agent,)
    munition = core(scene.parse, agent)
    side = side_modifier(scene, munition.i) or _armed_adjective(scene, munition)
    is_side = side is not None and side.pos != "PRON" and weapon_kind(scene, side) is None
    return (side,) if side is not None and is_side else ()


def _armed_adjective(scene: Scene, munition: Token) -> Token | None:
    """An adjective that says whose arms they are: "paramilitary shells"."""
    armed = scene.words.classes.get("fighter", frozenset())
    return next((c for c in children(scene.parse, munition.i, "amod") if c.lemma.lower() in armed), None)


def _each_of(scene: Scene, other: Token) -> tuple[Token, ...]:
    """The subjects of the verb that has "each other" as its object."""
    governed = governing_verb(scene.parse, other.i)
    return verb_arguments(scene, governed[0].i).subjects if governed is not None else ()


def _without_words(scene: Scene, people: tuple[Token, ...]) -> tuple[Token, ...]:
    """Those who can take part: a claim or a charge is only said."""
    return tuple(
        token
        for token in people
        if token.i not in scene.spared
        and noun_key(token) not in SAID | NOBODY
        and not _is_each_other(scene, token)
        and not _is_none(scene, token)
    )


def _is_none(scene: Scene, token: Token) -> bool:
    """Whether it is said that there was none: "no group has claimed the attack"."""
    return token.pos == "NOUN" and any(c.text.lower() == "no" for c in children(scene.parse, token.i, "det"))


def _is_each_other(scene: Scene, token: Token) -> bool:
    return token.text.lower() == "other" and token.i > 0 and scene.parse.tokens[token.i - 1].text.lower() == "each"


NOBODY = frozenset({"those", "whoever", "anyone", "nobody"})
"""Words for those who are not told: "those who carried out the attack"."""
SAID = frozenset({
    "claim", "charge", "accusation", "allegation", "report", "statement", "suggestion", "assertion", "figure",
    "account", "move", "step", "development", "incident", "accident", "decision",
})  # fmt: skip


def _verb_cast(scene: Scene, trigger: Trigger) -> Cast:
    _parse, kind, found = scene.parse, trigger.kind, trigger.arguments
    agents = found.subjects if kind.subject_is in ("agent", "weapon") else ()
    agents = tuple(one for one in agents if not is_a(scene, one, "debris"))
    accused = _accused(scene, trigger)
    if accused is not None:
        agents, found = (accused,), replace(found, inferred=True)
    if not agents and kind.family == "withdrawal":  # "troops were pulled back"
        agents = tuple(one for one in found.objects if is_a(scene, one, "armed"))
    targets: tuple[Token, ...] = ()
    if kind.subject_is == "target":
        targets = found.subjects
    match kind.object_is:
        case "target":
            objects_ = (o for o in found.objects if trigger.first > o.i or o.i >= trigger.last)
            is_violent = kind.family in ("attack", "killing")
            targets += tuple(
                o for o in objects_ if not (is_violent and _is_a_deed(scene, o)) and not _is_time(scene, o)
            )
        case "agent":
            agents += found.objects
        case _:
            pass
    is_hit = any(not is_instrument(scene, one) for one in targets)
    if kind.subject_is != "target":
        targets += _brought_in(scene, trigger, HITTING_TOO if is_hit else HITTING)
        targets += _fallen_in(scene, trigger) if not targets else ()
    return Cast(tuple(antecedent(scene, t) for t in agents), targets, found.inferred)


def _accused(scene: Scene, trigger: Trigger) -> Token | None:
    """Who is accused of a deed, where the parser hangs the deed on them: "accused snipers of killing a nurse"."""
    head = scene.parse.tokens[trigger.head]
    preposition = scene.parse.tokens[head.head]
    noun = scene.parse.tokens[preposition.head]
    if head.dep != "pcomp" or preposition.lemma != "of" or noun.dep not in ("dobj", "nsubjpass"):
        return None
    return noun if scene.parse.tokens[noun.head].lemma in ("accuse", "suspect", "convict") else None


def _is_a_deed(scene: Scene, token: Token) -> bool:
    """Whether what the parser takes for an object only names the deed: "killed six, the worst attack this year"."""
    is_ranked = any(c.tag == "JJS" or c.text.lower() == "such" for c in children(scene.parse, token.i, "amod"))
    return is_ranked and is_a(scene, token, "event")


HITTING = ("at", "on", "against", "upon", "with", "into", "near")
HITTING_TOO = ("at", "against")
"""What brings in a target beside an object that was hit: "killed six at a market", but not "raped six on the road"."""


def _brought_in(scene: Scene, trigger: Trigger, prepositions: tuple[str, ...]) -> tuple[Token, ...]:
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
    found = objects(scene.parse, trigger.head, *prepositions)
    for weapon in children(scene.parse, trigger.head, "dobj"):
        if is_instrument(scene, weapon):
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


HELPED = ("-backed", "-brokered", "-sponsored", "-mediated", "-supervised", "-funded")
"""How a word ends that says who is behind a deed, not who does it: "a UN-backed embargo"."""
AGAINST = frozenset({"anti", "pro", "counter"})
HELPING = frozenset({"help", "support", "assist", "aid", "arm", "equip", "defend"})


def _fallen_in(scene: Scene, trigger: Trigger) -> tuple[Token, ...]:
    """What a shell or a bomb came down in: "landed in a camp"."""
    if not any(is_instrument(scene, one) for one in trigger.arguments.subjects):
        return ()
    inside = objects(scene.parse, trigger.head, "in", "inside", "among", "outside")
    return tuple(one for one in inside if one.pos == "NOUN" and not _is_time(scene, one) and _can_be_target(scene, one))


def _of_people_or_walls(scene: Scene, token: Token) -> bool:
    return any(is_a(scene, token, name) for name in ("armed", "structure")) or (
        is_a(scene, token, "person") and token.pos != "NUM"
    )


def _can_be_target(scene: Scene, token: Token) -> bool:
    return not is_instrument(scene, token) and any(
        is_a(scene, token, name)
        for name in ("place", "structure", "armed", "person", "vehicle", "infrastructure", "convoy", "side")
    )


def _is_time(scene: Scene, token: Token) -> bool:
    return token.ent in ("DATE", "TIME")


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
    if owner is not None and owner.pos == "PRON":
        owner = _owner_meant(scene, trigger, owner)
    if owner and not agents:
        if any(objects(parse, i, "of")) or not _is_victim_owner(scene, trigger, owner):
            agents.append(owner)
        else:
            targets.append(owner)
    if not agents:
        side = side_modifier(scene, i)
        if side and side not in targets and not side.text.lower().endswith(HELPED) and side.text.lower() not in AGAINST:
            agents.extend(conjuncts(parse, side) if side.dep == "pobj" else (side,))
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
                agents.extend(s for s in found.subjects if not is_instrument(scene, s))
                inferred = found.inferred
            elif light["subject"] == "target" and not targets:
                targets.extend(s for s in found.subjects if not is_instrument(scene, s))
            elif light["subject"] == "agent" and agents and trigger.kind.family == "talks":
                agents.extend(s for s in found.subjects if not is_instrument(scene, s))
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


def _owner_meant(scene: Scene, trigger: Trigger, pronoun: Token) -> Token:
    """Whose deed "its" is: of the noun it is joined to ("Chad's advance and its raids"), else of who does the verb."""
    parse = scene.parse
    head = parse.tokens[trigger.head]
    if head.dep == "conj":
        owners = [c for c in children(parse, head.head, "poss") if c.pos != "PRON"]
        if owners:
            return owners[0]
    if trigger.verb is None:
        return pronoun
    subjects = (antecedent(scene, one) for one in children(parse, trigger.verb.i, "nsubj"))
    return next((one for one in subjects if _can_own(scene, one)), pronoun)


def _can_own(scene: Scene, token: Token) -> bool:
    return token.pos == "PRON" or any(is_a(scene, token, name) for name in ("side", "armed", "person", "named"))


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
    if preposition in ("on", "at", "against") and trigger.kind.family in ("talks", "agreement", "visit"):
        return False  # where they met, or what about
    if preposition in ("with", "to", "for"):
        family = trigger.kind.family
        if family == "damage":
            return _can_be_target(scene, token)
        if family == "armed_clash":  # "fought battles with protesters"
            return preposition == "with" and _of_people_or_walls(scene, token)
        return family in ("talks", "agreement", "arms_supply", "aid") and _can_be_target(scene, token)
    return _can_be_target(scene, token)


def parties(scene: Scene, ground: Ground, token: Token, inferred: bool, with_group: bool) -> tuple[Party, ...]:
    """Those whom one noun names: two where two sides share it, as in "Kenyan and Ugandan troops"."""
    whole = party(scene, ground, token, inferred, with_group)
    if whole is None:
        return ()
    sides = [one for c in children(scene.parse, token.i, "amod") for one in conjuncts(scene.parse, c)]
    sides = [one for one in sides if _side_of(ground, one) is not None]
    if len(sides) < 2 or sides[0].i > sides[1].i:
        return (whole,)
    first, last = sides[0], sides[-1]
    spans = (Span(first.start, first.end), Span(last.start, whole.span.end))
    return tuple(
        replace(whole, span=span, party=_side_of(ground, one)) for one, span in zip((first, last), spans, strict=True)
    )


def _side_of(ground: Ground, adjective: Token) -> str | None:
    """The country that an adjective names."""
    place = ground.places.get(adjective.i)
    is_country = place is not None and (place.level == "country" or place.use in ("adjective", "actor"))
    return place.country if place is not None and is_country else None


def party(scene: Scene, ground: Ground, token: Token, inferred: bool, with_group: bool) -> Party | None:
    """One who takes part, as the text names them. None where no one stretch of text does."""
    parse = scene.parse
    first, last = whole_in_quotes(parse, *phrase(parse, token))
    if first and parse.tokens[first - 1].pos == "VERB" and parse.tokens[first].text.lower() in TORN:
        first += 1
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


TORN = frozenset({"dead", "back", "down", "out", "away", "off"})
"""Words of the verb that the parser may give to the noun behind it: "shot dead three men"."""


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
