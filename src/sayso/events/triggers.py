"""Finding the words that tell an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.events.clause import Arguments, Scene, compound_key, fits, is_a, side_modifier, verb_arguments
from sayso.events.grammar import (
    NOUNS,
    VERBS,
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
from sayso.events.kinds import Kind, Refusal
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


def find_triggers(scene: Scene, refused: tuple[Refusal, ...]) -> list[Trigger]:
    """All triggers of a page, in the order of the text."""
    found: list[Trigger] = []
    for first, last in scene.parse.sentences:
        tokens = scene.parse.tokens[first:last]
        triggers = [trigger for token in tokens if (trigger := _trigger(scene, token)) is not None]
        # No verbs: "militants stormed the bank" is no bad weather.
        vocabulary = (
            frozenset(key for t in tokens if t.pos in NOUNS | {"ADJ", "ADV"} for key in keys(t)) if triggers else None
        )
        found += [t for t in triggers if vocabulary is not None and not is_refused(scene, t, refused, vocabulary)]
    return _not_inside(found)


def _trigger(scene: Scene, token: Token) -> Trigger | None:
    if token.pos == "VERB" and (token.dep not in ("amod", "compound") or is_misread_verb(scene.parse, token)):
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


STANDING = {"besieged": "besiege", "blockaded": "blockade", "encircled": "encircle"}
"""What a town may be called while it lasts, and the verb of it."""


def _described(scene: Scene, token: Token) -> Arguments:
    """The noun that a participle describes, as what it was done to."""
    return Arguments((), (scene.parse.tokens[token.head],))


def _verbal(scene: Scene, token: Token, word: str) -> Trigger | None:
    readings = [verb_arguments(scene, token.i)]
    if is_bare_participle(scene.parse, token.i):
        readings.append(verb_arguments(scene, token.i, as_passive=True))
    for number, arguments in enumerate(readings):
        found = _read_as(scene, token, word, arguments, needs_object=number > 0)
        if found:
            return found
    return None


def _read_as(scene: Scene, token: Token, word: str, arguments: Arguments, *, needs_object: bool) -> Trigger | None:
    for rest, kind in scene.kinds.verbs[word]:
        chain = _follow(scene.parse, token, rest)
        if chain is None or (needs_object and (not kind.object or "NONE" in kind.object)):
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
    for name, prepositions in (("TO", ("to",)), ("FROM", ("from",)), ("AT", ("at", "in"))):
        if name in wanted and fits(scene, objects(parse, token.i, *prepositions), frozenset({"place", "structure"})):
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


def _not_inside(triggers: list[Trigger]) -> list[Trigger]:
    """Leave out a trigger that is a part of another's words."""
    taken: set[int] = set()
    kept: list[Trigger] = []
    for trigger in sorted(triggers, key=lambda t: (t.first - t.last, t.first)):
        span = range(trigger.first, trigger.last)
        if taken.isdisjoint(span):
            kept.append(trigger)
            taken.update(span)
    return sorted(kept, key=lambda t: t.head)


# ---- keeping false events out -------------------------------------------------------------------------------------


def is_refused(scene: Scene, trigger: Trigger, refused: tuple[Refusal, ...], vocabulary: frozenset[str]) -> bool:
    """Whether what stands around a trigger makes it a metaphor, a title, sport, a verdict, a bare hypothesis."""
    if _is_a_quiet_death(scene.parse, scene.parse.tokens[trigger.head]):
        return True
    if _is_no_deed(scene, trigger):
        return True
    if _is_in_a_name(scene, trigger) or _is_said_of_a_thing(scene, trigger) or is_hypothetical(scene, trigger):
        return True
    return any(_refuses(scene, trigger, row, vocabulary) for row in refused)


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


def _refuses(scene: Scene, trigger: Trigger, row: Refusal, vocabulary: frozenset[str]) -> bool:
    parse = scene.parse
    token = parse.tokens[trigger.head]
    if "*" not in row.triggers and not any(key in row.triggers for key in keys(token)):
        return False
    if row.modifiers and any(
        row.modifiers & {child.text.lower(), child.lemma}
        for child in children(parse, token.i, *NEARBY, "advmod", "prt")
    ):
        return True
    if row.objects and any(row.objects & {*keys(one), compound_key(scene, one)} for one in _around(parse, token)):
        return True
    if row.heads and any(row.heads & set(keys(a)) for a in _near_above(parse, token)):
        return True
    if row.governors and any(
        a.lemma in row.governors and "!" + b not in row.governors for a, b in _governors(parse, token)
    ):
        return True
    return bool(row.sentence & vocabulary)


def _around(parse: Parse, token: Token) -> Iterator[Token]:
    yield from children(parse, token.i, "dobj", "nsubj", "nsubjpass")
    yield from (o for o in objects(parse, token.i) if o.ent not in ("DATE", "TIME"))
    if token.dep == "acl" and token.pos in VERBS:
        yield parse.tokens[token.head]


def _near_above(parse: Parse, token: Token) -> Iterator[Token]:
    for above in list(ancestors(parse, token.i))[:3]:
        if above.pos in NOUNS:
            yield above
        elif above.pos in VERBS:
            return


def _governors(parse: Parse, token: Token) -> Iterator[tuple[Token, str]]:
    """Verbs and nouns that a trigger hangs on through a preposition or as a complement."""
    below = token
    for above in list(ancestors(parse, token.i))[:6]:
        if below.dep in ("relcl", "advcl", "ccomp", "conj") and below.pos in VERBS:
            return
        if above.pos in VERBS | NOUNS:
            yield above, below.lemma
        below = above


IMAGINED = frozenset({"if", "whether"})


def is_hypothetical(scene: Scene, trigger: Trigger) -> bool:
    """Whether a deed is only imagined: "if they attack", "any attack", "it is right to supply arms"."""
    parse = scene.parse
    token = parse.tokens[trigger.head]
    if not trigger.verbal:
        if any(c.text.lower() in ("any", "every") for c in children(parse, token.i, "det")):
            return True
        if _is_nowhere_reported(parse, token):
            return True
        if (
            token.dep == "pobj"
            and parse.tokens[token.head].lemma in ("against", "without", "from", "of", "for")
            and _is_bare(parse, token)
        ):
            return any(key in SHIELDING for a in list(ancestors(parse, token.i))[1:4] for key in keys(a))
    verb = trigger.verb
    if trigger.verbal and (_is_asked(parse, token) or _is_awaited(parse, token)):
        return True
    for _ in range(6):
        if verb is None:
            return False
        if any(c.text.lower() in IMAGINED for c in children(parse, verb.i, "mark", "advmod")):
            return True
        above = parse.tokens[verb.head]
        if verb.tag == "VB" and any(c.text == "to" for c in children(parse, verb.i, "aux")):
            if above.pos == "ADJ" and above.lemma not in READY:
                return True
            if above.pos in VERBS and any(
                c.pos == "ADJ" and c.lemma not in READY for c in children(parse, above.i, "acomp", "oprd")
            ):
                return True
        verb = above if verb.dep == "conj" and above.pos in VERBS else None
    return False


def _is_awaited(parse: Parse, verb: Token) -> bool:
    """Whether a deed is only waited for: "not until every soldier has left"."""
    if not any(c.lemma == "until" for c in children(parse, verb.i, "mark")):
        return False
    first = next(children(parse, verb.i, "aux", "auxpass"), verb)
    return first.tag in ("VBZ", "VBP")


def _is_asked(parse: Parse, token: Token) -> bool:
    """Whether a deed stands in a question inside a sentence: "nobody knows who killed them"."""
    above = parse.tokens[token.head]
    if token.dep not in ("ccomp", "xcomp") or not _begins_with_a_question(parse, token):
        return False
    nobody = any(c.text.lower() in NOBODY for c in children(parse, above.i, "nsubj"))
    if nobody or above.pos == "ADJ" or above.lemma in ASKING or any(children(parse, above.i, "neg")):
        return True
    return any(
        a.pos == "ADJ" or any(children(parse, a.i, "acomp")) for a in (parse.tokens[above.head],) if a.i != above.i
    )


NOBODY = frozenset({"nobody", "none", "neither"})


def _begins_with_a_question(parse: Parse, verb: Token) -> bool:
    """Whether a clause begins with "who", "why" or "how many"."""
    words = [verb, *children(parse, verb.i)]
    taking_part = tuple(children(parse, verb.i, "nsubj", "nsubjpass", "dobj"))
    words += [c for one in taking_part for c in children(parse, one.i, "amod", "det")]
    words += [c for one in tuple(words) if one.dep == "amod" for c in children(parse, one.i, "advmod")]
    return any(c.tag in ("WP", "WRB", "WDT") for c in words[1:])


ASKING = frozenset({"ask", "wonder", "investigate", "determine", "know", "establish", "examine"})


def _is_nowhere_reported(parse: Parse, token: Token) -> bool:
    """Whether the text only says that nothing is known: "no immediate reports of casualties"."""
    above = parse.tokens[parse.tokens[token.head].head]
    return (
        token.dep == "pobj"
        and above.lemma in REPORTS
        and any(c.text.lower() == "no" for c in children(parse, above.i, "det"))
    )


REPORTS = frozenset(
    {"report", "word", "sign", "evidence", "indication", "information", "detail", "claim", "confirmation"}
)
READY = frozenset({"ready", "set", "poised", "likely", "due", "able", "prepared", "willing", "unable", "bound", "free"})
SHIELDING = frozenset(
    {
        "protect",
        "defend",
        "deter",
        "shield",
        "defence",
        "defense",
        "protection",
        "guard",
        "safe",
        "deterrence",
        "fear",
        "vulnerable",
        "immune",
        "safety",
        "brace",
        "resilience",
        "insurance",
    }
)


def _is_bare(parse: Parse, token: Token) -> bool:
    return not any(children(parse, token.i, "det", "poss", "nummod"))
