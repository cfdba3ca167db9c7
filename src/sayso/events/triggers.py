"""Finding the words that tell an event."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.events.clause import Arguments, Scene, fits, is_a, side_modifier, verb_arguments
from sayso.events.grammar import (
    NOUNS,
    ancestors,
    children,
    conjuncts,
    governing_verb,
    is_bare_participle,
    is_known,
    is_misread_gerund,
    is_misread_verb,
    keys,
    noun_key,
    objects,
)
from sayso.events.kinds import Kind
from sayso.models.parsing import Parse, Token

NOMINAL_DEPS = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "attr",
        "conj",
        "appos",
        "ROOT",
        "dep",
        "oprd",
        "npadvmod",
        "dative",
        "nmod",
        "acomp",
        "ccomp",
        "pcomp",
        "acl",
    }
)
RISING = frozenset({"break", "rage", "erupt", "start", "spread", "burn", "engulf"})
NEARBY = frozenset({"compound", "amod", "nmod", "poss", "npadvmod", "quantmod"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that tell an event, and the verb that governs them (the same token for a verb)."""

    first: int
    last: int  # one past
    head: int
    kind: Kind
    verbal: bool
    verb: Token | None  # itself, or the verb a noun hangs on
    slot: str  # how a noun hangs on that verb
    arguments: Arguments


def find_triggers(scene: Scene) -> list[Trigger]:
    """All words of a page that may tell a deed, sentence by sentence."""
    return [trigger for token in scene.parse.tokens if (trigger := _trigger(scene, token)) is not None]


def _trigger(scene: Scene, token: Token) -> Trigger | None:
    is_verb = token.pos == "VERB" and (token.dep not in ("amod", "compound") or is_misread_verb(scene.parse, token))
    if is_verb or (token.lemma == "be" and token.dep not in ("aux", "auxpass")):  # "the town is without power"
        for word in dict.fromkeys((token.lemma, token.text.lower())):
            found = _verbal(scene, token, word) if word in scene.kinds.verbs else None
            if found:
                return found
    found = _misread_gerund(scene, token)
    if found:
        return found
    if token.dep == "amod" and token.text.lower() in STANDING:
        return _read_as(scene, token, STANDING[token.text.lower()], _described(scene, token), needs_object=True)
    is_gerund = (
        token.tag == "VBG" and token.dep in NOMINAL_DEPS and not any(children(scene.parse, token.i, "nsubj", "aux"))
    )
    if token.pos in NOUNS or is_gerund:
        for key in keys(token):
            if key in scene.kinds.nouns:
                return _nominal(scene, token, key)
    return None


def _misread_gerund(scene: Scene, token: Token) -> Trigger | None:
    """The verb of "accused of bombing villages", which the parser takes for villages of bombing."""
    if not is_misread_gerund(scene.parse, token):
        return None
    head = scene.parse.tokens[token.head]
    above = scene.parse.tokens[scene.parse.tokens[token.i - 1].head]
    text = token.text.lower()
    word = next((one for one in (text[:-3], text[:-3] + "e") if one in scene.kinds.verbs), None)
    if word is None:
        return None
    clause = verb_arguments(scene, above.i)
    doers = clause.objects if above.lemma == "accuse" else clause.subjects
    return _read_as(scene, token, word, Arguments(doers, (head,), inferred=True), needs_object=True)


def _is_surely_active(scene: Scene, token: Token) -> bool:
    """Whether a past can be no passive without "be": "the council met", "Leeds stormed back"."""
    goes_on = any(
        c.text.lower() in ("back", "out", "off", "home") for c in children(scene.parse, token.i, "advmod", "prt")
    )
    return goes_on or token.lemma in NEVER_BARE


NEVER_BARE = frozenset({"meet", "visit", "recognise", "recognize"})
"""Verbs whose past is no passive without "be": "the council met"."""
STANDING = {"besieged": "besiege", "blockaded": "blockade", "encircled": "encircle"}
"""What a town may be called while it lasts, and the verb of it."""


def _described(scene: Scene, token: Token) -> Arguments:
    """The noun that a participle describes, as what it was done to."""
    return Arguments((), (scene.parse.tokens[token.head],))


def _verbal(scene: Scene, token: Token, word: str) -> Trigger | None:
    readings = [verb_arguments(scene, token.i)]
    if is_bare_participle(scene.parse, token.i) and not (token.tag == "VBD" and _is_surely_active(scene, token)):
        readings.append(verb_arguments(scene, token.i, as_passive=True))
    for number, arguments in enumerate(readings):
        found = _read_as(scene, token, word, arguments, needs_object=number > 0)
        if found:
            return found
    return None


def _read_as(scene: Scene, token: Token, word: str, arguments: Arguments, *, needs_object: bool) -> Trigger | None:
    for rest, kind in scene.kinds.verbs[word]:
        chain = _follow(scene.parse, token, rest)
        if chain is None or (needs_object and (not kind.object or "NONE" in kind.object or kind.preposition)):
            continue
        wanted = _with_preposition(scene, token, kind, arguments)
        if wanted is None or not _conditions_hold(scene, kind, wanted, rest):
            continue
        last = max([token.i, *chain]) + 1
        reaches_over = any(token.i < o.i < last and o.i not in chain for o in wanted.objects)  # "left <six> dead"
        last = last if last - token.i <= len(rest) + 2 and not reaches_over else token.i + 1
        return Trigger(token.i, last, token.i, kind, True, token, "", wanted)
    return None


def _follow(parse: Parse, verb: Token, rest: tuple[str, ...]) -> list[int] | None:
    """The tokens that carry on a verb of several words, each below the one before it or below the verb."""
    found: list[int] = []
    above = [verb.i]
    for word in rest:
        for i in reversed(above):
            below = [c for c in children(parse, i) if word in (c.lemma, noun_key(c), c.text.lower()) and c.i > verb.i]
            if below:
                found.append(below[0].i)
                above.append(below[0].i)
                break
        else:
            return None
    return found


def _with_preposition(scene: Scene, token: Token, kind: Kind, arguments: Arguments) -> Arguments | None:
    if not kind.preposition:
        return arguments
    brought = list(objects(scene.parse, token.i, *kind.preposition))
    if not brought:
        return None
    joined = tuple(one for o in brought for one in conjuncts(scene.parse, o))
    return Arguments(arguments.subjects, joined, arguments.inferred)


def _conditions_hold(scene: Scene, kind: Kind, arguments: Arguments, rest: tuple[str, ...]) -> bool:
    objects_ = tuple(o for o in arguments.objects if noun_key(o) not in rest)
    if kind.object == MUNITION and objects_ and all(is_a(scene, o, "event") for o in objects_):
        return False  # "launched a strike" tells what its noun tells
    if kind.object:
        if not objects_ and "NONE" not in kind.object:
            return False
        if objects_ and not fits(scene, objects_, kind.object):
            return False
    if kind.subject:
        needed = any(name.endswith("!") for name in kind.subject)
        if arguments.subjects and not fits(scene, arguments.subjects, kind.subject):
            return False
        if not arguments.subjects and (needed or not _are_surely_places(scene, kind, objects_)):
            return False
    return True


MUNITION = frozenset({"munition"})


def _are_surely_places(scene: Scene, kind: Kind, taken: tuple[Token, ...]) -> bool:
    """Whether "X was taken" without a taker is ground taken: X must be known for a place, not only named like one."""
    if kind.family != "territory":
        return True
    return not all(t.ent in ("PERSON", "ORG") and t.i not in scene.places for t in taken)


def _nominal(scene: Scene, token: Token, key: str) -> Trigger | None:
    parse = scene.parse
    if token.dep not in NOMINAL_DEPS or (token.pos == "PROPN" and token.text[:1].isupper()):
        return None
    for before, kind in scene.kinds.nouns[key]:
        first = token.i - len(before)
        if before and not _preceded(parse, token, before):
            continue
        if kind.modifier and not before and not _modified(scene, token, kind):
            continue
        governed = governing_verb(parse, token.i)
        verb, slot = governed if governed else (None, "")
        return Trigger(first, token.i + 1, token.i, kind, False, verb, slot, Arguments())
    return None


def _preceded(parse: Parse, token: Token, before: tuple[str, ...]) -> bool:
    if token.i < len(before):
        return False
    stretch = parse.tokens[token.i - len(before) : token.i]
    return all(word in (t.text.lower(), *keys(t)) for t, word in zip(stretch, before, strict=True))


def _modified(scene: Scene, token: Token, kind: Kind) -> bool:
    parse = scene.parse
    wanted = kind.modifier
    if "SIDE" in wanted and (side_modifier(scene, token.i) or _is_made_by_arms(scene, token)):
        return True
    if "THE" in wanted and _is_the_one(parse, token):
        return True
    if "OFPLACE" in wanted and any(
        is_a(scene, o, "place") and (o.pos == "PROPN" or is_a(scene, o, "place")) for o in objects(parse, token.i, "of")
    ):
        return True
    if "OFGRAVE" in wanted and fits(scene, objects(parse, token.i, "of"), frozenset({"grave", "body", "person"})):
        return True
    if "WITH" in wanted and fits(scene, objects(parse, token.i, "with", "between"), PARTIES):
        return True
    for name, prepositions in (("TO", ("to",)), ("FROM", ("from",)), ("AT", ("at", "in"))):
        if name in wanted and fits(scene, objects(parse, token.i, *prepositions), frozenset({"place", "structure"})):
            return True
    if "OFPERSON" in wanted and fits(scene, objects(parse, token.i, "of"), HELD):
        return True
    if "NUM" in wanted and any(children(parse, token.i, "nummod")):
        return True
    if "KNOWN" in wanted and is_known(parse, token):
        return True
    if "WAGED" in wanted and _is_waged(scene, token):
        return True
    if "BREAK" in wanted:
        governed = governing_verb(parse, token.i)
        if governed and governed[0].lemma in RISING:
            return True
    if "OFACCUSED" in wanted and any(a.lemma in ("accuse", "blame") for a in ancestors(parse, token.i)):
        return True
    return any(c.text.lower() in wanted for c in children(parse, token.i, *NEARBY))


HELD = frozenset({"person", "armed", "hostage"})
PARTIES = frozenset({"official", "named", "side", "armed"})


def _is_waged(scene: Scene, token: Token) -> bool:
    """Whether a war is told as one that sides fight: between two of them, or fought, or broken out."""
    parse = scene.parse
    sides = frozenset({"armed", "side"})
    fighters = sides | {"person", "pronoun"}
    if fits(scene, objects(parse, token.i, "between"), sides):
        return True
    governed = governing_verb(parse, token.i)
    if governed is None:
        return False
    verb, slot = governed
    if slot == "dobj" and verb.lemma in ("fight", "wage"):
        subjects = verb_arguments(scene, verb.i).subjects
        return fits(scene, subjects, fighters)
    return slot == "nsubj" and verb.lemma in ("erupt", "rage")


def _is_the_one(parse: Parse, token: Token) -> bool:
    """Whether a noun is named by "the" with nothing after it, or with where it leads: "the push on the capital"."""
    if not any(c.text.lower() in ("the", "this", "that") for c in children(parse, token.i, "det")):
        return False
    leads = objects(parse, token.i, "on", "to", "from", "into", "towards", "toward")
    return bool(leads) or not any(children(parse, token.i, "prep"))


def _is_made_by_arms(scene: Scene, token: Token) -> bool:
    """Whether armed people are the subject of a verb that carries a noun: "the rebels made gains"."""
    governed = governing_verb(scene.parse, token.i)
    if governed is None or governed[1] != "dobj" or governed[0].lemma not in scene.words.light:
        return False
    subjects = verb_arguments(scene, governed[0].i).subjects
    return fits(scene, subjects, frozenset({"armed"})) or any(s.ent in ("GPE", "NORP") for s in subjects)


def not_inside(triggers: list[Trigger]) -> list[Trigger]:
    """The triggers that are no part of another's words, in the order of the text."""
    taken: set[int] = set()
    kept: list[Trigger] = []
    for trigger in sorted(triggers, key=lambda t: (t.first - t.last, t.first)):
        span = range(trigger.first, trigger.last)
        if taken.isdisjoint(span):
            kept.append(trigger)
            taken.update(span)
    return sorted(kept, key=lambda t: t.head)
