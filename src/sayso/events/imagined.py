"""Deeds that are only imagined, asked about, awaited, played, or told of all their sort."""

from __future__ import annotations

from sayso.events.clause import Scene
from sayso.events.grammar import QUOTATION_MARKS, VERBS, ancestors, children, is_known, keys
from sayso.events.triggers import NEARBY, Trigger
from sayso.models.parsing import Parse, Token

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
        if verb.dep == "ccomp" and _is_conditional(parse, parse.tokens[verb.head]):
            return True
        if _is_inverted(parse, verb) or _is_a_how_to(parse, verb) or (verb.tag == "VB" and verb.dep in AS_SUBJECT):
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


def _is_conditional(parse: Parse, above: Token) -> bool:
    """Whether the clause that a deed completes is itself a condition: "if it is true that the army shelled it"."""
    return any(c.text.lower() == "if" for c in children(parse, above.i, "mark")) and above.dep == "advcl"


AS_SUBJECT = frozenset({"csubj", "csubjpass"})
"""What "to bomb a dam" is in "to bomb a dam is a crime"."""


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
    if verb.dep == "relcl" and noun.text.lower() in ("those", "anyone", "everyone", "anybody", "all"):
        return True
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
    if verb is None or trigger.slot not in ("nsubj", "nsubjpass"):
        return False
    if _is_weighed(scene, trigger):
        return True
    if trigger.kind.family in ("talks", "agreement"):
        return False
    such = any(c.text.lower() == "such" for c in children(parse, token.i, "amod", "predet", "det"))
    alone = not any(children(parse, token.i, "det", "poss", "nummod", "prep", "acl", "relcl"))
    such = such or any(c.lemma == "like" for c in children(parse, token.i, "prep"))
    if not (such or alone):
        return False
    first = next(children(parse, verb.i, "aux", "auxpass"), verb)
    is_present = first.tag in ("VBZ", "VBP") and verb.tag != "VBG"
    timeless = any(c.text.lower() in TIMELESS for i in (verb.i, token.i) for c in children(parse, i, "advmod", "neg"))
    banned = verb.lemma in ("ban", "prohibit", "forbid", "outlaw")
    is_described = verb.lemma == "be" and any(children(parse, verb.i, "attr"))
    return is_present and (timeless or banned or is_described or such)


def _is_weighed(scene: Scene, trigger: Trigger) -> bool:
    """Whether one of a sort is judged: "a ceasefire without monitors is worth little", "a siege is a crime"."""
    parse = scene.parse
    verb = trigger.verb
    vague = any(c.text.lower() in ("a", "an") for c in children(parse, trigger.head, "det"))
    if verb is None or verb.tag != "VBZ" or not vague or any(children(parse, verb.i, "aux")):
        return False
    if verb.lemma != "be":
        return verb.lemma in TAKING
    said_of_it = tuple(children(parse, verb.i, "attr", "acomp"))
    return bool(said_of_it) and not any(one.lemma in scene.words.modifiers for one in said_of_it)


TAKING = frozenset({"need", "take", "require", "mean", "help", "cost", "last", "serve", "want", "make"})
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


UNREAL = frozenset({
    "puppet", "cartoon", "plastic", "imagined", "would-be", "mock", "dummy", "simulated", "fake", "imaginary",
    "fictional", "toy", "staged", "pretend",
})  # fmt: skip


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
