"""Keeping false events out: metaphors, titles, sport, verdicts, fiction, drills, what is only imagined or asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sayso.events.clause import Scene, compound_key, is_a, side_modifier, verb_arguments
from sayso.events.grammar import NOUNS, QUOTATION_MARKS, VERBS, ancestors, children, is_known, keys, objects
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


def _around_them(scene: Scene, triggers: list[Trigger]) -> Around:
    first, last = scene.parse.sentences[scene.parse.tokens[triggers[0].head].sentence]
    tokens = scene.parse.tokens[first:last]
    words = {key for t in tokens if t.pos in NOUNS | {"ADJ", "ADV"} for key in keys(t)}
    words |= {"SCORE"} if IS_SCORE.search(" ".join(t.text for t in tokens)) else set()
    is_violent = any(trigger.kind.plover == "ASSAULT" and is_by_arms(scene, trigger) for trigger in triggers)
    return Around(frozenset(words), frozenset(t.lemma for t in tokens if t.pos in VERBS), is_violent)


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
    return next((row.sense for row in rows if _refuses(scene, trigger, row, around)), None)


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
        (a.lemma in row.governors and "!" + b not in row.governors) or f"{a.lemma}>{b}" in row.governors
        for a, b in _governors(parse, token)
    ):
        return True
    if row.frames and is_framed(parse, trigger, row.frames):
        return True
    return not around.is_violent and bool(row.sentence & around.words or row.verbs & around.verbs)


def is_framed(parse: Parse, trigger: Trigger, frames: frozenset[str]) -> bool:
    """Whether a clause stands in a made-up world: "in the film", "the novel tells how", "the opera ends with"."""
    token = parse.tokens[trigger.head]
    for above in (token, *list(ancestors(parse, token.i))[:HIGHEST]):
        if above.pos in NOUNS and above.i != token.i and frames & set(keys(above)):
            return True
        if above.pos not in VERBS:
            continue
        if any(frames & set(keys(one)) for one in objects(parse, above.i, "in", "during", "on", "at", "of")):
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
            if through and below.lemma != through:
                yield above, through
        elif above.pos == "ADP":
            through = through or above.lemma
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
    if trigger.verbal and (_is_asked(parse, token) or _is_of_whoever(parse, token)):
        return True
    if verb is not None and _is_awaited(parse, verb) and (trigger.verbal or trigger.slot == "nsubj"):
        return True
    if _is_called_in_doubt(parse, token):
        return True
    for _ in range(6):
        if verb is None:
            return False
        if any(c.text.lower() in IMAGINED for c in children(parse, verb.i, "mark", "advmod")):
            return True
        if _is_inverted(parse, verb) or _is_a_how_to(parse, verb):
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
    """Whether a deed is only waited for: "not until every soldier has left", "what to do after a bomb explodes"."""
    marks = {c.lemma for c in children(parse, verb.i, "mark", "advmod") if c.i < verb.i}
    first = next(children(parse, verb.i, "aux", "auxpass"), verb)
    if "until" in marks:
        return first.tag in ("VBZ", "VBP")
    is_simple = first.tag in ("VBZ", "VBP") and (first.i == verb.i or verb.tag == "VBN") and first.lemma != "have"
    above = parse.tokens[verb.head]
    if first.tag == "VBP" and next(children(parse, above.i, "aux", "auxpass"), above).tag == "VBD":
        return False  # "nobody was hurt when shells hit the school"
    return is_simple and verb.dep == "advcl" and bool(marks & {"when", "after", "before", "once", "whenever"})


def _is_inverted(parse: Parse, verb: Token) -> bool:
    """Whether a clause is a condition without an "if": "should they attack", "had the shell landed closer"."""
    subject = next(children(parse, verb.i, "nsubj", "nsubjpass"), None)
    first = next(children(parse, verb.i, "aux", "auxpass"), verb)
    if subject is None or first.i >= subject.i or first.text.lower() not in ("should", "had", "were"):
        return False
    return first.i == parse.subtree_ends[verb.i][0] and _last_word(parse, verb) != "?"


def _is_a_how_to(parse: Parse, verb: Token) -> bool:
    """Whether the words only ask how to do it: "discussed how to retake the airport"."""
    infinitive = verb.tag == "VB" and any(c.lemma == "to" for c in children(parse, verb.i, "aux"))
    return infinitive and any(c.tag in ("WRB", "WP") for c in children(parse, verb.i, "advmod", "dobj"))


def _is_of_whoever(parse: Parse, verb: Token) -> bool:
    """Whether a clause says of no one in particular what they do: "a soldier who deserts", "whoever attacks"."""
    first = next(children(parse, verb.i, "aux", "auxpass"), verb)
    is_simple = first.tag in ("VBZ", "VBP") and first.lemma != "have" and (first.i == verb.i or verb.tag == "VBN")
    if not is_simple:
        return False
    subjects = tuple(children(parse, verb.i, "nsubj", "nsubjpass"))
    if any(one.text.lower() in ("whoever", "anyone", "whichever") for one in subjects):
        return True
    noun = parse.tokens[verb.head]
    vague = any(c.text.lower() in ("a", "an", "any", "every") for c in children(parse, noun.i, "det"))
    return verb.dep == "relcl" and vague


def _is_called_in_doubt(parse: Parse, token: Token) -> bool:
    """Whether the sentence doubts that a deed will come at all: "the offensive, if it comes, will be costly"."""
    first, last = parse.sentences[token.sentence]
    tokens = parse.tokens[first:last]
    return any(
        one.lemma == "if" and two.text.lower() in ("it", "they") and three.lemma in COMING
        for one, two, three in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


COMING = frozenset({"come", "happen", "occur", "materialise", "materialize"})


def _last_word(parse: Parse, token: Token) -> str:
    first, last = parse.sentences[token.sentence]
    words = [t.text for t in parse.tokens[first:last] if t.pos != "SPACE" and t.text not in QUOTATION_MARKS]
    return words[-1] if words else ""


def is_asked(scene: Scene, trigger: Trigger) -> bool:
    """Whether a sentence asks if it was so: "Did the army shell the village?". "Who shelled it?" takes it for so."""
    parse = scene.parse
    token = parse.tokens[trigger.head]
    if _last_word(parse, token) != "?" or (not trigger.verbal and is_known(parse, token)):
        return False
    first, last = parse.sentences[token.sentence]
    words = [t for t in parse.tokens[first:last] if t.pos not in ("SPACE", "PUNCT")]
    return bool(words) and words[0].text.lower() in OPENING_A_QUESTION


OPENING_A_QUESTION = frozenset({
    "did", "do", "does", "has", "have", "had", "will", "would", "can", "could", "should", "is", "are", "was", "were",
    "may", "might", "shall",
})  # fmt: skip


def is_general(scene: Scene, trigger: Trigger) -> bool:
    """Whether a noun names no deed but all of its sort: "such attacks are a sign of weakness", "torture is banned"."""
    parse = scene.parse
    token = parse.tokens[trigger.head]
    verb = trigger.verb
    if trigger.verbal:
        return token.tag == "VBG" and token.dep == "pcomp" and _is_a_habit(parse, token)
    if verb is None or trigger.slot not in ("nsubj", "nsubjpass") or trigger.kind.family in ("talks", "agreement"):
        return False
    such = any(c.text.lower() == "such" for c in children(parse, token.i, "amod", "predet", "det"))
    alone = not any(children(parse, token.i, "det", "poss", "nummod", "prep", "acl", "relcl"))
    if not (such or alone):
        return False
    first = next(children(parse, verb.i, "aux", "auxpass"), verb)
    is_present = first.tag in ("VBZ", "VBP") and verb.tag != "VBG"
    timeless = any(c.text.lower() in TIMELESS for i in (verb.i, token.i) for c in children(parse, i, "advmod", "neg"))
    banned = verb.lemma in ("ban", "prohibit", "forbid", "outlaw")
    is_described = verb.lemma == "be" and any(children(parse, verb.i, "attr"))
    return is_present and (timeless or banned or is_described or such)


TIMELESS = frozenset({"always", "never", "usually", "often", "rarely", "seldom", "alone", "generally"})


def _is_a_habit(parse: Parse, token: Token) -> bool:
    """Whether what is done "by kidnapping" is what some always do: "militias in the hills live by kidnapping"."""
    verb = parse.tokens[parse.tokens[token.head].head]
    subject = next(children(parse, verb.i, "nsubj"), None)
    is_bare = subject is not None and subject.tag == "NNS" and not any(children(parse, subject.i, "det", "nummod"))
    return (
        is_bare and verb.tag == "VBP" and not any(children(parse, verb.i, "aux")) and not _has_own_object(parse, token)
    )


def _has_own_object(parse: Parse, token: Token) -> bool:
    return any(children(parse, token.i, "dobj"))


UNREAL = frozenset({"mock", "dummy", "simulated", "fake", "imaginary", "fictional", "toy", "staged", "pretend"})


def is_unreal(scene: Scene, trigger: Trigger) -> bool:
    """Whether a deed is only played: "a mock attack", "bombed dummy targets", "the toy tank fires"."""
    parse = scene.parse
    taking_part = [parse.tokens[trigger.head], *trigger.arguments.subjects, *trigger.arguments.objects]
    beside = [c for one in taking_part for c in children(parse, one.i, *NEARBY)]
    beside += [c for one in tuple(beside) for c in children(parse, one.i, *NEARBY)]
    return any(one.text.lower() in UNREAL for one in beside)


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
