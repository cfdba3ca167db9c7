"""Keeping false events out: metaphors, titles, sport, verdicts, fiction, drills, what is only imagined or asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sayso.events.clause import Scene, compound_key, fits, is_a, side_modifier, verb_arguments
from sayso.events.grammar import NOUNS, VERBS, ancestors, children, keys, noun_key, objects
from sayso.events.imagined import is_asked, is_general, is_hypothetical, is_unreal
from sayso.events.kinds import Refusal
from sayso.events.triggers import NEARBY, Trigger, find_triggers, not_inside
from sayso.models.parsing import Parse, Token


def find_deeds(scene: Scene, rows: tuple[Refusal, ...]) -> list[Trigger]:
    """The words of a page that tell a deed, in the order of the text."""
    return not_inside([trigger for trigger, why in judged(scene, rows) if why is None])


def judged(scene: Scene, rows: tuple[Refusal, ...]) -> list[tuple[Trigger, str | None]]:
    """Every word that may tell a deed, with the reason why it tells none, or None."""
    found: list[tuple[Trigger, str | None]] = []
    for _number, group in groupby(find_triggers(scene), key=lambda one: scene.parse.tokens[one.head].sentence):
        triggers = list(group)
        around = _around_them(scene, triggers)
        found += [(trigger, why_refused(scene, trigger, rows, around)) for trigger in triggers]
    return found


@dataclass(frozen=True, slots=True)
class Around:
    """What a sentence holds beside its triggers."""

    words: frozenset[str]  # its nouns, adjectives and adverbs: "militants stormed the bank" is no bad weather
    verbs: frozenset[str]
    is_violent: bool  # whether armed people or arms surely strike in it
    triggers: int  # how many of its words may tell a deed


def _around_them(scene: Scene, triggers: list[Trigger]) -> Around:
    first, last = scene.parse.sentences[scene.parse.tokens[triggers[0].head].sentence]
    tokens = scene.parse.tokens[first:last]
    words = {key for t in tokens if t.pos in NOUNS | {"ADJ", "ADV"} for key in keys(t)}
    words |= {"GOALS"} if any(_are_goals(scene, t) for t in tokens) else set()
    words |= {"SCORE"} if IS_SCORE.search(" ".join(t.text for t in tokens)) else set()
    is_violent = any(trigger.kind.plover == "ASSAULT" and is_by_arms(scene, trigger) for trigger in triggers)
    return Around(frozenset(words), frozenset(t.lemma for t in tokens if t.pos in VERBS), is_violent, len(triggers))


def _are_goals(scene: Scene, token: Token) -> bool:
    return noun_key(token) == "goal" and any(children(scene.parse, token.i, "nummod"))


IS_SCORE = re.compile(r"(?<![\d-]) \d{1,3} ?[-\u2013] ?\d{1,3} (?![\d-])")
"""A result: "4-0"."""


def is_by_arms(scene: Scene, trigger: Trigger) -> bool:
    """Whether fighters or their arms do what a trigger tells, which no sport, market or weather can be."""
    parse = scene.parse
    if trigger.kind.family == "attack" and trigger.last - trigger.first > 1 and not trigger.verbal:
        return True  # "car bomb", "air strike"
    doers = list(trigger.arguments.subjects)
    if not trigger.verbal:
        doer = side_modifier(scene, trigger.head)
        doers += [doer] if doer is not None else []
        if trigger.verb is not None and trigger.slot == "dobj":
            doers += verb_arguments(scene, trigger.verb.i).subjects
    doers += objects(parse, trigger.head, "by", "with", "from")
    plain = [doer for doer in doers if doer.pos != "PROPN" or doer.i == parse.sentences[doer.sentence][0]]
    return any(is_a(scene, doer, name) for doer in plain for name in ("fighter", "munition"))


def why_refused(scene: Scene, trigger: Trigger, rows: tuple[Refusal, ...], around: Around) -> str | None:
    """What makes a trigger no deed: the name of what it is instead, or of the row that says so; None if nothing."""
    token = scene.parse.tokens[trigger.head]
    if _is_a_quiet_death(scene.parse, token):
        return "obituaries"
    if _is_no_deed(scene, trigger):
        return "taken for granted, or a habit"
    if _is_in_a_name(scene, trigger):
        return "a name"
    if _is_said_of_a_thing(scene, trigger):
        return "said of a thing"
    if is_hypothetical(scene, trigger):
        return "only imagined"
    if is_asked(scene, trigger):
        return "only asked"
    if is_general(scene, trigger):
        return "a general truth"
    if is_unreal(scene, trigger):
        return "only played"
    row = next((row.sense for row in rows if _refuses(scene, trigger, row, around)), None)
    if row is None and _is_a_struggle(scene, trigger):
        return "a struggle for something"
    if row is None and _is_a_walkout(scene, trigger):
        return "a walkout"
    if row is None and around.triggers == 1 and _is_on_no_target(scene, trigger):
        return "no walls, no people"
    if row is None and not around.is_violent and _is_by_no_arms(scene, trigger):
        return "no weapon, no fighter"
    return row


def _is_a_quiet_death(parse: Parse, token: Token) -> bool:
    """Whether somebody died "at 84" or "at home": an obituary."""
    if token.lemma != "die":
        return False
    return any(
        o.pos == "NUM" or o.lemma in ("age", "home", "peace") for o in objects(parse, token.i, "at", "in", "aged")
    )


def _is_no_deed(scene: Scene, trigger: Trigger) -> bool:
    """Whether the words only take a deed for granted, or tell a habit."""
    parse = scene.parse
    token = parse.tokens[trigger.head]
    if trigger.verbal:
        subject = next(children(parse, token.i, "nsubj"), None)
        first_person = subject is not None and subject.text.lower() in ("we", "i", "you")
        if token.lemma == "die" and first_person and token.tag in ("VBP", "VB"):
            return True
        denied = any(children(parse, token.i, "neg")) and any(
            c.lemma == "do" and c.tag in ("VBP", "VBZ") for c in children(parse, token.i, "aux")
        )
        if trigger.kind.name == "repulse" and any(children(parse, token.i, "xcomp", "ccomp", "advcl")):
            return token.lemma == "force"  # "forced the men to carry water" drove nobody out
        is_plain = trigger.kind.family in ("attack", "killing") and not any(objects(parse, token.i, "since"))
        return denied and (first_person or is_plain)  # "it does not bomb villages" tells of no single day
    if trigger.verb is None:
        return False
    if trigger.kind.casualty and any(children(parse, trigger.verb.i, "neg")) and trigger.verb.lemma in GIVING:
        return True  # "did not give a death toll"
    return trigger.verb.lemma in ("flee", "escape") and _is_only_named(scene, token, trigger.slot)


GIVING = frozenset(
    {"give", "provide", "release", "offer", "publish", "disclose", "issue", "confirm", "update", "specify"}
)


def _is_only_named(scene: Scene, token: Token, slot: str) -> bool:
    """Whether "fleeing the fighting" says of the fighting nothing but that it is fled."""
    own = [c for c in children(scene.parse, token.i) if c.dep not in ("det", "amod", "punct")]
    return slot in ("dobj", "from") and not own


def _is_in_a_name(scene: Scene, trigger: Trigger) -> bool:
    token = scene.parse.tokens[trigger.head]
    if (
        token.ent in ("WORK_OF_ART", "PERSON", "LAW", "ORG", "PRODUCT")
        and token.text[:1].isupper()
        and not trigger.verbal
    ):
        return True
    return not trigger.verbal and token.dep in NEARBY


def _is_said_of_a_thing(scene: Scene, trigger: Trigger) -> bool:
    """Whether a noun of deed only describes something else: "the wait was torture", "her hiring was a coup"."""
    if trigger.verbal or trigger.slot != "attr" or trigger.verb is None:
        return False
    subject = next(children(scene.parse, trigger.verb.i, "nsubj"), None)
    return subject is not None and subject.pos in NOUNS and not is_a(scene, subject, "event")


def _refuses(scene: Scene, trigger: Trigger, row: Refusal, around: Around) -> bool:
    parse = scene.parse
    token = parse.tokens[trigger.head]
    if "*" not in row.triggers and not any(key in row.triggers for key in keys(token)):
        return False
    if row.yields and is_by_arms(scene, trigger):
        return False
    if row.modifiers and any(
        row.modifiers & {child.text.lower(), child.lemma}
        for child in children(parse, token.i, *NEARBY, "advmod", "prt", "prep")
        if child.dep != "prep" or child.lemma == "out"
    ):
        return True
    if row.objects and any(row.objects & {*keys(one), compound_key(scene, one)} for one in _beside(parse, trigger)):
        return True
    if row.heads and any(row.heads & set(keys(a)) for a in _near_above(parse, token)):
        return True
    if row.governors and any(
        (a.lemma in row.governors and "!" + b not in row.governors)
        or not row.governors.isdisjoint((f"{a.lemma}>{b}", f"*>{b}"))
        for a, b in _governors(parse, token)
    ):
        return True
    if row.frames and is_framed(parse, trigger, row.frames):
        return True
    return not around.is_violent and bool(row.sentence & around.words or row.verbs & around.verbs)


STRUGGLES = frozenset({"battle", "war", "fight", "struggle", "combat"})
FOUGHT_OVER = frozenset({
    "place", "structure", "infrastructure", "armed", "side", "territory", "control", "base", "event", "person",
    "number", "pronoun", "vehicle", "position", "frontier",
})  # fmt: skip


def _is_a_struggle(scene: Scene, trigger: Trigger) -> bool:
    """Whether a battle is for what no army takes: "their battle for higher pay", "a war on waste"."""
    if trigger.verbal or noun_key(scene.parse.tokens[trigger.head]) not in STRUGGLES or is_by_arms(scene, trigger):
        return False
    aims = objects(scene.parse, trigger.head, "for", "over", "on", "against", "of")
    if trigger.verb is not None and trigger.slot == "dobj":
        aims += objects(scene.parse, trigger.verb.i, "for", "over")
    aims = [aim for aim in aims if not is_time(aim)]
    return bool(aims) and not fits(scene, aims, FOUGHT_OVER)


TARGETED = FOUGHT_OVER | {
    "convoy", "aircraft", "arms", "crowd", "protest", "hostage", "civilian", "relief", "fortification", "named",
    "company",
}  # fmt: skip


def _is_on_no_target(scene: Scene, trigger: Trigger) -> bool:
    """Whether an attack is on what nobody can strike: "an assault on the record books"."""
    token = scene.parse.tokens[trigger.head]
    if trigger.verbal or noun_key(token) not in ("attack", "assault", "onslaught") or is_by_arms(scene, trigger):
        return False
    aims = [aim for aim in objects(scene.parse, token.i, "on", "against") if not is_time(aim)]
    if trigger.verb is not None and trigger.slot == "dobj":
        aims += [aim for aim in objects(scene.parse, trigger.verb.i, "on", "against") if not is_time(aim)]
    return bool(aims) and not fits(scene, aims, TARGETED)


def is_time(token: Token) -> bool:
    """Whether a word gives a time."""
    return token.ent in ("DATE", "TIME") or token.text.isdigit()


def _is_downing_tools(scene: Scene, trigger: Trigger) -> bool:
    """Whether people "struck" and nothing was struck: "the bakers struck for a day"."""
    parse = scene.parse
    passive = any(children(parse, trigger.head, "auxpass", "agent", "dobj"))
    own = tuple(children(parse, trigger.head, "nsubj"))
    return not passive and fits(scene, own, frozenset({"person"})) and not fits(scene, own, frozenset({"fighter"}))


HARMING = frozenset({
    "armed", "side", "person", "pronoun", "event", "munition", "weapon", "aircraft", "big_gun", "government",
    "mob", "crowd", "number", "official", "grenade", "poison", "harm", "named",
})  # fmt: skip
SHOWERED = frozenset({"bombard", "pound", "shell", "pelt", "blast", "hit"})


def _is_by_no_arms(scene: Scene, trigger: Trigger) -> bool:
    """Whether what harms is neither fighter nor arm: "measles killed", "bombarded with offers of help"."""
    if not trigger.verbal:
        return trigger.kind.family in ("attack", "siege") and _is_of_others(scene, trigger)
    doers = [one for one in trigger.arguments.subjects if one.pos == "NOUN"]
    if (
        (trigger.kind.casualty or trigger.kind.family == "damage")
        and trigger.kind.subject_is == "agent"
        and doers
        and doers == [*trigger.arguments.subjects]
    ):
        return not fits(scene, doers, HARMING)
    token = scene.parse.tokens[trigger.head]
    if trigger.kind.casualty and not doers and _is_beside_an_accident(scene, token):
        return True
    if token.lemma not in SHOWERED:
        return False
    tools = [one for one in objects(scene.parse, token.i, "with") if not is_time(one)]
    return bool(tools) and not fits(scene, tools, HARMING | {"arms", "structure"})


def _is_beside_an_accident(scene: Scene, token: Token) -> bool:
    """Whether the harm is joined to what a vehicle ran into: "the ferry hit a rock and 12 passengers were hurt"."""
    parse = scene.parse
    above = parse.tokens[token.head]
    if token.dep not in ("conj", "advcl") or above.pos not in VERBS or any(objects(parse, token.i, "by", "with")):
        return False
    subjects = [one for one in children(parse, above.i, "nsubj") if one.pos == "NOUN"]
    unarmed = not fits(scene, subjects, frozenset({"armed", "munition", "weapon", "aircraft", "event"}))
    return bool(subjects) and unarmed and fits(scene, subjects, frozenset({"vehicle"}))


BESIEGED = frozenset({
    "place", "structure", "base", "armed", "side", "position", "infrastructure", "government", "convoy", "pronoun",
})  # fmt: skip


def _is_of_others(scene: Scene, trigger: Trigger) -> bool:
    """Whether a noun of attack is of those who have no arms, or on what has no walls: "an ambush by backbenchers"."""
    parse = scene.parse
    doers = [*children(parse, trigger.head, "poss"), *objects(parse, trigger.head, "by")]
    struck: list[Token] = []
    if trigger.verb is not None and trigger.slot in ("dobj", "under"):
        subjects = verb_arguments(scene, trigger.verb.i).subjects
        doers += subjects if trigger.slot == "dobj" and trigger.verb.lemma in AGENTS_OF else ()
        struck += subjects if trigger.slot == "under" else ()
    doers = [one for one in doers if one.pos == "NOUN" and not is_time(one)]
    struck = [one for one in struck if one.pos == "NOUN" and one.tag != "NNS"]  # "residents are under siege"
    no_doer = bool(doers) and not fits(scene, doers, HARMING | {"place"})
    return no_doer or (bool(struck) and not fits(scene, struck, BESIEGED))


AGENTS_OF = frozenset({"launch", "lay", "mount", "stage", "carry", "make", "conduct"})
STRIKERS = frozenset({"armed", "side", "pronoun", "munition", "aircraft", "weapon", "official", "government"})


def _is_a_walkout(scene: Scene, trigger: Trigger) -> bool:
    """Whether a strike is of people who can only stop working: "the bakers' strike"."""
    token = scene.parse.tokens[trigger.head]
    if trigger.verbal and token.lemma == "strike" and _is_downing_tools(scene, trigger):
        return True
    strikes = trigger.arguments.subjects if trigger.verbal else (token,)
    token = next((one for one in strikes if noun_key(one) in ("strike", "walkout")), token)
    if noun_key(token) not in ("strike", "walkout") or (not trigger.verbal and trigger.last - trigger.first > 1):
        return False
    doers = [*children(scene.parse, token.i, "poss"), *objects(scene.parse, token.i, "by")]
    doers = [doer for doer in doers if doer.ent not in ("DATE", "TIME")]
    return bool(doers) and not fits(scene, doers, STRIKERS)


def is_framed(parse: Parse, trigger: Trigger, frames: frozenset[str]) -> bool:
    """Whether a clause stands in a made-up world: "in the film", "the novel tells how", "the opera ends with"."""
    token = parse.tokens[trigger.head]
    for one in trigger.arguments.subjects:  # "the soldier in the poem dies"
        if any((frames | {"series"}) & set(keys(world)) for world in objects(parse, one.i, "in", "of")):
            return True
    for above in (token, *list(ancestors(parse, token.i))[:HIGHEST]):
        if above.pos in NOUNS and above.i != token.i and frames & set(keys(above)):
            return True
        if above.pos not in VERBS:
            continue
        if any(frames & set(keys(one)) for one in objects(parse, above.i, "in", "during", "on", "at", "of", "into")):
            return True
        subjects = children(parse, above.i, "nsubj", "nsubjpass")
        if above.i != token.i and any(frames & set(keys(one)) for one in subjects):
            return True
    return False


HIGHEST = 8


def _beside(parse: Parse, trigger: Trigger) -> Iterator[Token]:
    token = parse.tokens[trigger.head]
    yield from children(parse, token.i, "dobj", "nsubj", "nsubjpass")
    yield from (o for o in objects(parse, token.i) if o.ent not in ("DATE", "TIME"))
    if trigger.verbal and token.dep in ("conj", "xcomp"):
        yield from trigger.arguments.subjects
    for direct in children(parse, token.i, "dobj"):
        yield from (o for o in objects(parse, direct.i, "in", "of", "on") if o.ent not in ("DATE", "TIME"))
    if token.dep == "acl" and token.pos in VERBS:
        yield parse.tokens[token.head]


def _near_above(parse: Parse, token: Token) -> Iterator[Token]:
    for above in list(ancestors(parse, token.i))[:3]:
        if above.pos in NOUNS:
            yield above
        elif above.pos in VERBS:
            return


def _governors(parse: Parse, token: Token) -> Iterator[tuple[Token, str]]:
    """Verbs and nouns that a trigger hangs on as a complement or through a preposition, which is named beside each."""
    below, through = token, ""
    for above in list(ancestors(parse, token.i))[:6]:
        if below.dep in ("relcl", "advcl", "ccomp", "conj") and below.pos in VERBS:
            return
        if above.pos in VERBS | NOUNS:
            is_infinitive = below.tag == "VB" and any(c.lemma == "to" for c in children(parse, below.i, "aux"))
            yield above, "to" if is_infinitive else below.lemma
            if above.pos in VERBS:
                yield from (
                    (above, noun_key(o)) for o in children(parse, above.i, "dobj", "npadvmod") if o.i != below.i
                )
                yield from ((above, noun_key(o)) for o in objects(parse, above.i, "on", "in") if o.head != below.i)
            if through and below.lemma != through:
                yield above, through
        elif above.pos == "ADP":
            through = through or above.lemma
        below = above
