"""What a trigger's clause holds, and what class of participant a word is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.events.grammar import (
    NOUNS,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    VERBS,
    children,
    conjuncts,
    core,
    first_joined,
    first_of,
    governing_verb,
    is_misread_verb,
    is_passive,
    keys,
    noun_key,
    objects,
    runs_into_verb,
)
from sayso.events.kinds import Kinds, Words
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token

SIDE_ENTITIES = frozenset({"GPE", "NORP", "ORG"})
PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
MAYBE_PLACES = frozenset({"", "NORP", "PERSON", "ORG"})  # the parser takes a town it does not know for a person
PERSONAL = frozenset({"i", "we", "you", "he", "she", "they", "who", "me", "us", "him", "her", "them", "whom"})
PRONOUNS = PERSONAL | {"it", "that", "which", "this", "these", "those"}
CONTROLLED = frozenset({"xcomp", "pcomp", "advcl", "conj", "acl", "ccomp"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What every question of this stage looks at: the parse, the rows, and which tokens name places."""

    parse: Parse
    kinds: Kinds
    words: Words
    knowledge: Knowledge
    places: frozenset[int]  # tokens that stand in a grounded place
    persons: frozenset[int]  # tokens that stand in a person's name
    spared: frozenset[int] = frozenset()  # tokens of what "not" takes out of a deed: "but not at any market"


def compound_key(scene: Scene, token: Token) -> str:
    """A noun with the word before it: "command post"."""
    before = scene.parse.tokens[token.i - 1] if token.i else token
    return f"{before.text.lower()} {noun_key(token)}"


def is_a(scene: Scene, token: Token, name: str) -> bool:
    """Whether a word is of a class of participant: one of participant.toml, or one that grammar tells."""
    if name == "pronoun":
        return token.pos == "PRON" and token.text.lower() in PRONOUNS
    if name == "number":
        return token.pos == "NUM" or token.lemma in ("thousand", "hundred", "dozen", "score")
    if name == "part":
        return token.lemma in PARTS and token.pos != "NOUN"
    if name == "event":
        return any(not before for before, _ in scene.kinds.nouns.get(noun_key(token), ()))
    if name == "named":
        return token.pos == "PROPN" or token.i in scene.persons
    if name == "side":
        return _is_side(scene, token)
    if name == "several":
        return _are_several(scene, token)
    token = core(scene.parse, token)
    if token.tag == "NNPS" and name in ("munition", "weapon") and token.i != scene.parse.sentences[token.sentence][0]:
        return False  # "the Rockets hit the Bulls"
    if token.pos == "PRON":
        return name == "person" and token.text.lower() in PERSONAL | {"someone", "everyone", "anyone", "some", "others"}
    if name == "place" and _names_a_place(scene, token):
        return True
    if name == "person" and _names_a_person(scene, token):
        return True
    if name in ("armed", "fighter") and _is_an_army_of_others(scene, token):
        return False
    if name == "armed" and token.ent == "NORP" and token.pos in NOUNS:
        return True
    listed = scene.words.classes.get(name, frozenset())
    if name == "official" and token.pos == "PROPN":  # "envoy Grace Auma"
        beside = children(scene.parse, token.i, "compound", "nmod", "appos")
        return any(key in listed for c in (token, *beside) for key in keys(c))
    if compound_key(scene, token) in listed:
        return True
    return token.pos in NOUNS and any(key in listed for key in keys(token))


def _are_several(scene: Scene, token: Token) -> bool:
    """Whether a word names two parties or more: "the two leaders", "the envoy and the general"."""
    joined = conjuncts(scene.parse, token)
    people = all(any(is_a(scene, one, name) for name in ("official", "named", "side", "armed")) for one in joined)
    several = len(joined) > 1 or token.tag == "NNS" or token.text.lower() == "they"
    return several and (people or token.text.lower() == "they")


def _is_an_army_of_others(scene: Scene, token: Token) -> bool:
    """Whether "an army of ants" or "a squad of nurses" is no army at all."""
    if noun_key(token) not in ("army", "squad", "brigade", "battalion", "legion", "force", "column", "mob", "gang"):
        return False
    vague = any(c.text.lower() in ("a", "an") for c in children(scene.parse, token.i, "det"))
    members = [o for o in objects(scene.parse, token.i, "of") if o.pos == "NOUN"]
    is_led = any(is_a(scene, o, name) for o in members for name in ("armed", "place", "side", "government", "weapon"))
    return vague and bool(members) and not is_led


PARTS = frozenset({"most", "some", "all", "many", "several", "half", "both"})
"""What stands for a part of things named before: "most were shot down"."""


def _is_side(scene: Scene, token: Token) -> bool:
    token = core(scene.parse, token)
    if token.ent == "PERSON" and token.i not in scene.persons and token.pos == "PROPN":
        return not any(children(scene.parse, token.i, "compound"))  # the parser takes what it does not know for one
    if token.pos == "PROPN" or token.ent in SIDE_ENTITIES:
        return token.ent not in ("PERSON", "DATE", "TIME", "MONEY", "PERCENT", "WORK_OF_ART", "EVENT", "LAW")
    return is_a(scene, token, "armed") or is_a(scene, token, "government") or noun_key(token) in SIDE_WORDS


SIDE_WORDS = frozenset(
    {
        "ministry",
        "authority",
        "state",
        "country",
        "nation",
        "kremlin",
        "moscow",
        "union",
        "bloc",
        "party",
        "movement",
        "ally",
        "leader",
        "people",
        "government",
        "organisation",
        "organization",
        "agency",
        "council",
        "neighbour",
        "neighbor",
        "rival",
    }
)


def _names_a_place(scene: Scene, token: Token) -> bool:
    if token.i in scene.places or token.ent in PLACE_ENTITIES:
        return token.i not in scene.persons or token.i in scene.places
    return token.pos == "PROPN" and token.tag == "NNP" and token.i not in scene.persons and token.ent in MAYBE_PLACES


def _names_a_person(scene: Scene, token: Token) -> bool:
    return token.i in scene.persons or (token.ent in ("PERSON", "NORP") and token.i not in scene.places)


def fits(scene: Scene, tokens: Iterable[Token], classes: frozenset[str]) -> bool:
    """Whether one of the words is of one of the classes. A class may end in "!": there must be a word at all."""
    return any(is_a(scene, token, name.rstrip("!")) for token in tokens for name in classes)


@dataclass(frozen=True, slots=True)
class Arguments:
    """Who stands where around a verb: the doers, those done to, and whether the doers were left out."""

    subjects: tuple[Token, ...] = ()
    objects: tuple[Token, ...] = ()
    inferred: bool = False  # the subject was taken from a neighbouring clause


def verb_arguments(scene: Scene, i: int, *, as_passive: bool = False) -> Arguments:
    """The subject and the object of a verb, in the active order whatever its voice."""
    parse = scene.parse
    if is_misread_verb(parse, parse.tokens[i]):
        taken = [parse.tokens[parse.tokens[i].head]]
        if parse.tokens[i - 1].pos == "CCONJ":
            governed = governing_verb(parse, taken[0].i)
            return Arguments(verb_arguments(scene, governed[0].i).subjects if governed else (), tuple(taken))
        return Arguments((parse.tokens[i - 1],), _joined(parse, taken))
    if as_passive or is_passive(parse, i):
        done_to = _passive_subject(scene, i)
        by = objects(parse, i, "by")
        return Arguments(_joined(parse, by), _joined(parse, done_to))
    direct = list(children(parse, i, "dobj", "dative"))
    direct = [token for token in direct if token.pos != "ADP"]
    if not direct:  # the parser takes an unknown town after a verb for an adverb
        direct = [
            c for c in children(parse, i, "advmod", "npadvmod") if c.pos == "PROPN" and c.i > i and c.ent != "DATE"
        ]
    if not direct:
        direct = _left_before(scene, i) or [s for c in children(parse, i, "ccomp") for s in _small_clause(parse, c)]
        direct = direct or _counted_after(parse, i)
    subject = list(children(parse, i, *SUBJECTS))
    inferred = False
    if not subject:
        subject, inferred = _controller(scene, i), True
    relative = [antecedent(scene, token) for token in subject]
    direct = [antecedent(scene, token) for token in direct]
    return Arguments(_joined(parse, relative), _joined(parse, direct), inferred and bool(subject))


def _joined(parse: Parse, tokens: list[Token]) -> tuple[Token, ...]:
    found = tuple(one for token in tokens for one in conjuncts(parse, token))
    return tuple(one for one in found if one in tokens or runs_into_verb(parse, one) is None)


def _left_before(scene: Scene, i: int) -> list[Token]:
    """What a relative clause without a "that" is done to: "the men they shot"."""
    parse = scene.parse
    token = parse.tokens[i]
    noun = parse.tokens[token.head]
    subject = first_of(children(parse, i, "nsubj"))
    if token.dep != "relcl" or noun.pos not in NOUNS or noun.ent in ("DATE", "TIME") or subject is None:
        return []
    if subject.tag in ("WP", "WDT") or any(
        c.tag in ("WRB", "IN") for c in children(parse, i, "advmod", "mark", "prep")
    ):
        return []
    return [noun]


def _counted_after(parse: Parse, i: int) -> list[Token]:
    """The number right after a verb, which the parser hangs elsewhere: "wounding up to 30, the mayor said"."""
    if parse.tokens[i].tag not in ("VBG", "VBD", "VBN"):
        return []
    words: list[str] = []
    for number in parse.tokens[i + 1 : i + 5]:
        if number.pos == "NUM":
            head = parse.tokens[number.head] if number.dep == "nummod" else number
            is_bound = parse.tokens[i].tag == "VBG" or " ".join(words) in BOUNDS
            return [head] if is_bound and head.i - number.i <= 3 and head.pos in NOUNS | {"NUM"} else []
        words.append(number.text.lower())
        if words[-1] not in BOUNDING:
            return []
    return []


BOUNDS = frozenset({
    "at least", "at most", "more than", "fewer than", "less than", "up to", "over", "about", "around", "nearly",
    "almost", "some",
})  # fmt: skip
BOUNDING = frozenset({
    "at", "least", "most", "more", "less", "fewer", "than", "up", "to", "some", "about", "around", "nearly",
    "almost", "over", "another", "roughly",
})  # fmt: skip


def _small_clause(parse: Parse, token: Token) -> Iterable[Token]:
    """Who is left so: "leaving six people dead"."""
    return children(parse, token.i, "nsubj") if token.pos == "ADJ" else ()


def antecedent(scene: Scene, token: Token) -> Token:
    """The noun behind a relative "who", "which" or "that", else the token itself."""
    if token.text.lower() not in ("who", "which", "that", "whom"):
        return token
    verb = scene.parse.tokens[token.head]
    for _ in range(3):
        if verb.dep == "relcl":
            return scene.parse.tokens[verb.head]
        if verb.dep not in ("conj", "xcomp", "ccomp"):
            return token
        verb = scene.parse.tokens[verb.head]
    return token


def _passive_subject(scene: Scene, i: int) -> list[Token]:
    parse = scene.parse
    i = i if _has_run_into(parse, i) else first_joined(parse, i)
    token = parse.tokens[i]
    own = [antecedent(scene, t) for t in children(parse, i, *PASSIVE_SUBJECTS, *SUBJECTS)]
    if own:
        return own
    head = parse.tokens[token.head]
    run_into = _has_run_into(parse, i)
    if run_into:
        return run_into
    if token.dep in ("acl", "amod", "relcl") and head.pos in NOUNS | {"PRON", "NUM"}:
        return [head]
    if token.dep in ("xcomp", "oprd", "ccomp", "advcl") and head.pos in VERBS:
        direct = first_of(children(parse, head.i, "dobj"))
        if direct and token.dep != "advcl":
            return [direct]
        return [antecedent(scene, t) for t in children(parse, head.i, *PASSIVE_SUBJECTS, *SUBJECTS)]
    return []


def _has_run_into(parse: Parse, i: int) -> list[Token]:
    """The subject of a joined passive that the parser has given to the verb before as its object."""
    token = parse.tokens[i]
    if token.dep != "conj":
        return []
    taken = (one for direct in children(parse, token.head, "dobj") for one in conjuncts(parse, direct))
    return [one for one in taken if (verb := runs_into_verb(parse, one)) is not None and verb.i == i]


def _controller(scene: Scene, i: int) -> list[Token]:
    """Who does what a verb without a subject tells: the subject (or object) of the clause it hangs on."""
    parse = scene.parse
    token = parse.tokens[i]
    for _ in range(6):
        head = parse.tokens[token.head]
        if head.i == token.i:
            return []
        if token.dep == "acl" and head.pos in NOUNS:
            if token.tag == "VBG":
                return [head]
            verb = governing_verb(parse, head.i)
            own = list(children(parse, head.i, "poss"))
            return own or (list(children(parse, verb[0].i, "nsubj")) if verb else [])
        if token.dep not in CONTROLLED and token.dep != "prep":
            return []
        if head.pos in VERBS:
            if token.dep == "xcomp" and head.lemma in OBJECT_CONTROL:
                direct = list(children(parse, head.i, "dobj"))
                if direct:
                    return direct
            if head.lemma == "accuse":
                return list(children(parse, head.i, "dobj", "nsubjpass"))
            if token.dep == "ccomp" and token.tag not in ("VBG", "VB"):
                return []
            found = list(children(parse, head.i, "nsubj", "nsubjpass"))
            if found:
                return [antecedent(scene, t) for t in found]
            if is_passive(parse, head.i) and head.dep in ("acl", "relcl"):
                return []
        elif head.pos == "ADJ" and head.dep == "acomp":  # "is due to travel"
            head = parse.tokens[head.head]
            found = list(children(parse, head.i, "nsubj"))
            if found:
                return [antecedent(scene, t) for t in found]
        elif head.pos in NOUNS and token.dep == "prep":
            doer = side_modifier(scene, head.i)
            if doer is not None or is_a(scene, head, "event"):
                return [doer] if doer is not None else []
            verb = governing_verb(parse, head.i)
            return list(children(parse, verb[0].i, "nsubj")) if verb else []
        token = head
    return []


OBJECT_CONTROL = frozenset(
    {
        "urge",
        "ask",
        "order",
        "tell",
        "force",
        "help",
        "allow",
        "enable",
        "call",
        "press",
        "let",
        "want",
        "expect",
        "warn",
        "accuse",
        "send",
        "deploy",
        "see",
        "show",
        "watch",
    }
)


def side_modifier(scene: Scene, i: int) -> Token | None:
    """The side a noun of deed belongs to: "Ethiopian gains", "the rebels' advance", "an advance by the army"."""
    parse = scene.parse
    for child in children(parse, i, "poss"):
        if child.ent not in ("DATE", "TIME") and (_is_side(scene, child) or child.pos == "PRON"):
            return child
    for doer in objects(parse, i, "by"):
        return doer
    for child in children(parse, i, "amod", "compound", "nmod"):
        if child.ent in ("NORP", "GPE") or (child.tag == "JJ" and child.text[:1].isupper() and child.i > 0):
            return child
        if is_a(scene, child, "armed"):
            return child
    for doer in objects(parse, i, "of"):
        if is_a(scene, doer, "armed"):
            return doer
    return None
