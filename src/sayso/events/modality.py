"""What the words of a teller commit to: the modality of a deed, then the act it is told in."""

from __future__ import annotations

from sayso.events.clause import Scene
from sayso.events.doubted import doubted
from sayso.events.grammar import NOUNS, VERBS, ancestors, children, keys, noun_key, objects
from sayso.events.triggers import Trigger
from sayso.models.parsing import Parse, Token
from sayso.record import Span, Statement

ACT_STATUS = {
    "denies": "denied",
    "threatens": "threatened",
    "promises": "planned",
    "announces": "planned",
    "calls_for": "demanded",
    "orders": "demanded",
    "asks": "demanded",
    "predicts": "planned",
    "warns": "feared",
}  # fmt: skip
SILENT_ACTS = frozenset({"cannot_verify"})
WISHED = frozenset({"wish"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def status(scene: Scene, trigger: Trigger, statement: Statement | None) -> str:
    """What a teller commits to with these words: the words' own modality, then the act they stand in."""
    if trigger.kind.status:
        return trigger.kind.status
    doubt = doubted(scene.parse, trigger.head)
    if doubt is not None:
        return "unclear" if statement is None and doubt == "denied" else doubt
    cue = statement.cue if statement else None
    own = _words_status(scene, trigger, cue)
    if own == "alleged" and cue is not None and _is_its_own_cue(scene, trigger, cue):
        own = None  # the hedge is what makes it somebody's: "gunmen reportedly burned"
    if statement is None:
        return "unclear" if own == "denied" else own or "happened"  # the newsroom itself denies nothing
    if statement.act in SILENT_ACTS:
        return "unclear"
    if statement.act == "denies":
        if _is_of_a_saying(scene.parse, trigger, statement):
            return "unclear"
        return "denied" if own in (None, "denied", "happened", "ongoing") else own
    if own in ("possible", "planned") and statement.act in ("calls_for", "orders"):
        return "demanded"
    if own in ("possible", "planned", "ongoing") and statement.act in ("warns", "threatens"):
        return ACT_STATUS[statement.act] if own != "ongoing" else own
    if own is not None:
        return own
    if statement.act in ACT_STATUS and not _is_a_fact(scene.parse, trigger, statement):
        return ACT_STATUS[statement.act]
    return "happened"


def _is_of_a_saying(parse: Parse, trigger: Trigger, statement: Statement) -> bool:
    """Whether what is denied is that somebody spoke of the deed: "denied that it had accused the rebels of a raid"."""
    for above in ancestors(parse, trigger.head):
        if _is_cue(above, statement.cue):
            return False
        if above.pos in VERBS and above.lemma in SPEAKING:
            return True
    return False


SPEAKING = frozenset({
    "accuse", "admit", "allege", "announce", "blame", "claim", "condemn", "confirm", "criticize", "criticise",
    "denounce", "mention", "report", "say", "tell", "warn",
})  # fmt: skip


def _is_its_own_cue(scene: Scene, trigger: Trigger, cue: Span) -> bool:
    """Whether the word that hedges a deed is the cue of the statement that tells it: "reportedly"."""
    first, last = scene.parse.sentences[scene.parse.tokens[trigger.head].sentence]
    said = [t for t in scene.parse.tokens[first:last] if _is_cue(t, cue)]
    return any(t.text.lower() in REPORTING for t in said)


REPORTING = frozenset({"reportedly", "reported"})
"""Hedges that only say that somebody tells it; "allegedly" keeps its doubt whoever tells it."""
HEDGES = frozenset({"allegedly", "reportedly", "apparently", "purportedly"})


def _is_a_fact(parse: Parse, trigger: Trigger, statement: Statement) -> bool:
    """Whether the words tell a past or present deed whatever the act: "he promised help to those who were shelled"."""
    verb = trigger.verb
    if trigger.verbal and verb is not None:
        if _is_wanted(parse, verb, statement):
            return False
        if verb.tag in FINITE or any(c.tag in FINITE for c in children(parse, verb.i, "aux", "auxpass")):
            return True
        return verb.tag == "VBN" and verb.dep in ("acl", "relcl") and statement.act != "announces"
    if statement.act == "announces" and trigger.kind.count in SUFFERED:
        return True  # an arrest or a death is announced when it is over
    definite = any(
        c.text.lower() in ("the", "this", "that", "these", "those") for c in children(parse, trigger.head, "det")
    )
    cued = statement.cue
    governs = verb is not None and cued is not None and cued.start <= verb.start < cued.end
    if governs and trigger.slot == "dobj":
        return False
    in_finite = verb is not None and not governs and (verb.tag in FINITE or _is_told_as_past(parse, verb))
    return definite or in_finite or any(children(parse, trigger.head, "poss"))


def _is_wanted(parse: Parse, verb: Token, statement: Statement) -> bool:
    """Whether a verb without an ending tells what is to be: "demanded that they leave", not "asked why they flee"."""
    if statement.act not in ("calls_for", "orders", "asks") or verb.dep != "ccomp" or verb.text.lower() != verb.lemma:
        return False
    held = _is_cue(parse.tokens[verb.head], statement.cue) and not any(children(parse, verb.i, "aux"))
    return held and not any(c.tag in ("WRB", "WP", "WDT") for c in children(parse, verb.i))


SUFFERED = frozenset({"killed", "wounded", "detained", "captured", "abducted", "graves"})


def _words_status(scene: Scene, trigger: Trigger, cue: Span | None) -> str | None:
    parse = scene.parse
    own = _noun_status(scene, trigger) if not trigger.verbal else None
    if own:
        return own
    if trigger.verbal and trigger.verb is not None:
        if trigger.verb.dep == "amod" and trigger.kind.name == "siege":
            return "ongoing"  # "the besieged town"
        done = _done_for_its_purpose(parse, trigger.verb) if trigger.kind.name == "protest_dispersed" else None
        return _verb_chain(scene, done or trigger.verb, cue)
    if trigger.verb is None:
        return _chain_above_noun(scene, trigger, cue)
    stands = _standing(parse, trigger)
    if stands:
        return stands
    ahead = next((c for c in children(parse, trigger.verb.i, "acomp") if c.lemma in scene.words.modifiers), None)
    if ahead is not None and trigger.verb.lemma == "be" and trigger.slot == "nsubj":
        return scene.words.modifiers[ahead.lemma]
    if trigger.slot == "nsubj" and _came_to_nothing(parse, trigger.verb):
        return "did_not_happen"
    if any(_is_disowned(parse, clause) for clause in children(parse, trigger.head, "relcl")):
        return "did_not_happen"
    if trigger.slot == "nsubj" and _would_only(parse, trigger):
        return "possible"
    is_negated = any(children(parse, trigger.verb.i, "neg"))
    if is_negated and trigger.verb.lemma == "rule":
        return "possible"  # "did not rule out talks"
    if is_negated and trigger.verb.lemma in ENDING and trigger.slot in ("nsubj", "dobj"):
        return "ongoing"  # "the shooting did not stop"
    if trigger.verb.lemma in OWNING:
        return None if is_negated else _chain_above_noun(scene, trigger, cue)
    is_of_a_deal = trigger.kind.family == "agreement" and trigger.slot in ("to", "on")
    if is_of_a_deal and trigger.verb.lemma == "agree":
        return _verb_chain(scene, trigger.verb, cue)  # a truce agreed to is agreed
    if _denies_existence(parse, trigger.verb, trigger.slot):
        return "did_not_happen"
    above = _chain_above_noun(scene, trigger, cue)
    if above == "planned" and _own_modality(scene, trigger.verb, parse) == "demanded":
        return "demanded"  # "must present a plan for its withdrawal"
    if above:
        return above
    with_it = ("during", "at", "for") if trigger.kind.family in ("talks", "agreement") else ("during", "at", "with")
    if trigger.slot in with_it and _own_modality(scene, trigger.verb, parse) == "planned":
        return "planned"
    if trigger.slot in ("dobj", "nsubjpass", "nsubj", "attr"):
        return _governed_noun(scene, trigger, cue)
    return None


def _came_to_nothing(parse: Parse, verb: Token) -> bool:
    """Whether a deed that is a verb's subject was not done: "the coup failed", "the raid came to nothing"."""
    return verb.lemma in ("fail", "fizzle") or any(
        o.lemma in ("nothing", "nought") for o in objects(parse, verb.i, "to")
    )


def _is_disowned(parse: Parse, clause: Token) -> bool:
    """Whether a relative clause takes a deed back: "a murder that he did not commit"."""
    return clause.lemma in ("commit", "happen", "occur", "take") and any(children(parse, clause.i, "neg"))


def _would_only(parse: Parse, trigger: Trigger) -> bool:
    """Whether a deed that nobody has told is weighed: "an attack on the dam would flood the valley"."""
    head, verb = trigger.head, trigger.verb
    if verb is None or any(c.text.lower() not in ("a", "an", "another") for c in children(parse, head, "det", "poss")):
        return False
    return any(c.text.lower() in ("would", "could", "might", "may", "can") for c in children(parse, verb.i, "aux"))


OWNING = frozenset({"claim", "admit", "acknowledge", "mention"})
"""Verbs whose "not" takes nothing from the deed: who "did not claim the strike" does not say that there was none."""


def _standing(parse: Parse, trigger: Trigger) -> str | None:
    """A siege or a war that the words tell as going on: "tightened its siege", "until it ends its raids"."""
    verb = trigger.verb
    if verb is None:
        return None
    ends = verb.lemma in ("end", "stop", "halt", "lift", "cease") and trigger.slot in ("dobj", "nsubj", "nsubjpass")
    if ends and any(c.lemma == "until" for c in children(parse, verb.i, "mark")):
        return "ongoing"
    if trigger.kind.name == "siege":
        if ends and verb.tag == "VB":
            return "ongoing"  # what "will be lifted" is still there
        kept = trigger.slot == "dobj" and verb.lemma in ("tighten", "maintain", "enforce", "keep")
        is_now = verb.lemma == "be" and trigger.slot in ("under", "attr") and not any(children(parse, verb.i, "neg"))
        return "ongoing" if kept or is_now else None
    lasts = trigger.slot == "nsubj" and any(c.tag in ("VBZ", "VBP") for c in children(parse, verb.i, "aux"))
    return "ongoing" if lasts and noun_key(parse.tokens[trigger.head]) == "war" else None


def _done_for_its_purpose(parse: Parse, verb: Token) -> Token | None:
    """The verb that a purpose hangs on: police who "fired tear gas to disperse" a crowd were dispersing it."""
    infinitive = verb.tag == "VB" and any(c.lemma == "to" for c in children(parse, verb.i, "aux"))
    above = parse.tokens[verb.head]
    return above if infinitive and verb.dep in ("advcl", "xcomp") and above.lemma in ("fire", "use", "throw") else None


def _noun_status(scene: Scene, trigger: Trigger) -> str | None:
    parse = scene.parse
    for i in range(max(0, trigger.first - 3), trigger.first + 1):
        token = parse.tokens[i]
        if token.head in range(trigger.first, trigger.last) or i in range(trigger.first, trigger.last):
            if token.text.lower() == "no" and token.dep == "det":
                return "did_not_happen"
            if token.dep in ("amod", "compound", "nmod") and token.text.lower() in scene.words.modifiers:
                return scene.words.modifiers[token.text.lower()]
            if token.text.lower() == "called" and i > 1 and parse.tokens[i - 2].text.lower() == "so":
                return scene.words.modifiers.get("so-called")
    return None


def _denies_existence(parse: Parse, verb: Token, slot: str) -> bool:
    if not any(children(parse, verb.i, "neg")):
        return False
    wished = any(a.lemma in WISHED for a in ancestors(parse, verb.i))
    return not wished and (
        slot in ("attr", "nsubjpass", "dobj") or verb.lemma in ("take", "happen", "occur", "resume", "begin")
    )


def _governed_noun(scene: Scene, trigger: Trigger, cue: Span | None) -> str | None:
    """A noun under a verb: "planned an attack", "will hold talks", "foiled a bombing"."""
    verb = trigger.verb
    if verb is None:
        return None
    own = None
    if trigger.slot in ("dobj", "nsubjpass") and verb.lemma in scene.words.governors and not _is_cue(verb, cue):
        own = scene.words.governors[verb.lemma]
        own = "ongoing" if own == "did_not_happen" and any(children(scene.parse, verb.i, "neg")) else own
    if own and own not in ("planned",):
        return own
    carrying = (
        verb.lemma in scene.words.light
        or trigger.slot == "attr"
        or verb.lemma in ("take", "occur", "happen", "begin", "start", "resume", "continue")
    )
    if carrying or own:
        return own or _verb_chain(scene, verb, cue)
    return None


def _chain_above_noun(scene: Scene, trigger: Trigger, cue: Span | None) -> str | None:
    """A noun under another noun or a preposition: "the threat of an attack", "called for talks", "fears of a raid"."""
    parse = scene.parse
    below = parse.tokens[trigger.head]
    for above in list(ancestors(parse, trigger.head))[:5]:
        if below.dep in ("nsubj", "nsubjpass", "dobj", "relcl", "ccomp", "advcl"):
            return None
        if above.pos in NOUNS:
            for key in keys(above):
                if key in scene.words.governors and below.dep != "conj":
                    return scene.words.governors[key]
        elif above.pos in VERBS:
            if below.dep == "prep" and (above.lemma, below.lemma) in scene.words.through and not _is_cue(above, cue):
                return scene.words.through[(above.lemma, below.lemma)]
            return None
        elif above.pos == "ADV" and (above.lemma, below.lemma) in scene.words.through:
            return scene.words.through[(above.lemma, below.lemma)]
        elif above.pos == "ADP" and above.lemma == "without":
            return "did_not_happen"
        elif above.pos == "ADJ" and scene.words.governors.get(above.lemma) == "feared":
            return "feared"  # "worried about a new invasion"
        elif above.pos == "ADJ" and above.lemma in ("open", "ready", "willing"):
            over = parse.tokens[above.head]
            return (_verb_chain(scene, over, cue) if over.pos in VERBS else None) or "possible"
        below = above
    return None


def _is_cue(token: Token, cue: Span | None) -> bool:
    return cue is not None and cue.start <= token.start < cue.end


def _verb_chain(scene: Scene, verb: Token, cue: Span | None) -> str | None:
    """The modality of a verb: its negation, its modal, and the verbs it hangs on up to the teller's cue."""
    parse = scene.parse
    aspect: str | None = None  # weaker than what stands above: "fear that they will attack" is a fear, not a plan
    token = verb
    for step in range(6):
        found = _own_modality(scene, token, parse)
        if found in ("did_not_happen", "demanded", "alleged", "foiled"):
            return found
        aspect = aspect or found
        head = parse.tokens[token.head]
        if head.i == token.i:
            break
        if token.dep == "conj":
            if token.tag == "VBD" and head.tag == "VB":
                break  # "refused to talk and attacked": the second is no part of what was refused
            if head.pos not in VERBS or any(children(parse, token.i, "nsubj", "nsubjpass")):
                break
            token = head
            continue
        if token.dep == "pcomp" and head.pos == "ADP":
            return _below_preposition(scene, head, cue) or aspect
        infinitive = token.tag == "VB" and any(c.lemma == "to" for c in children(parse, token.i, "aux"))
        if token.dep in ("acl", "relcl") and infinitive:
            governor = next((scene.words.governors[k] for k in keys(head) if k in scene.words.governors), None)
            return governor or "planned"
        if token.dep == "advcl" and infinitive and step == 0 and head.lemma not in scene.words.governors:
            return "planned"
        if token.dep not in ("xcomp", "ccomp", "advcl") or (token.dep == "advcl" and not infinitive):
            break
        if token.dep == "ccomp" and _is_cue(head, cue) and token.tag in FINITE:
            break
        governor = scene.words.governors.get(head.lemma)
        if governor == "planned" and token.dep == "ccomp" and _is_told_as_past(parse, token):
            break  # "announced that three had been killed" plans nothing
        if infinitive and token.dep == "xcomp" and head.lemma == "be":
            return "planned"  # "the envoy is to visit the camp"
        if governor in ("did_not_happen", "foiled") and infinitive and any(children(parse, head.i, "neg")):
            return None  # "did not forget to" and "did not fail to": it was done
        if governor == "foiled" and token.tag == "VBG" and head.lemma in ENDING:
            return "ongoing" if any(children(parse, head.i, "neg")) else aspect
        if token.dep == "ccomp" and token.i < head.i and not _is_cue(head, cue):
            break  # "they fired twenty; most were stopped": the parser hangs the first on the second
        if head.pos == "ADJ" and governor is None:
            break
        if governor:
            if governor == "ongoing":
                aspect = aspect or governor
            elif any(children(parse, head.i, "neg")) and governor == "planned":
                return "did_not_happen"
            else:
                return governor
        adjective = next(
            (c for c in children(parse, head.i, "acomp", "oprd") if c.lemma in scene.words.governors), None
        )
        if adjective is not None:
            return scene.words.governors[adjective.lemma]
        if token.dep == "ccomp":
            break  # "did not say that they fled" does not say that they stayed
        token = head
    return aspect


def _below_preposition(scene: Scene, preposition: Token, cue: Span | None) -> str | None:
    """The modality of a gerund by what its preposition hangs on: "accused of", "far from", "without"."""
    above = scene.parse.tokens[preposition.head]
    if _is_cue(above, cue):
        return "did_not_happen" if preposition.lemma == "without" else None
    if (above.lemma, preposition.lemma) in scene.words.through:
        return scene.words.through[(above.lemma, preposition.lemma)]
    if preposition.lemma == "without":
        return "did_not_happen"
    return scene.words.governors.get(above.lemma) if preposition.lemma in ("from", "of", "to") else None


ENDING = frozenset({"stop", "cease", "end", "halt", "quit"})


def _is_told_as_past(parse: Parse, verb: Token) -> bool:
    """Whether a finite verb tells what is over or under way: "had been killed", "attacked", "is withdrawing"."""
    first = next(children(parse, verb.i, "aux", "auxpass"), verb)
    return first.tag in ("VBD", "VBZ", "VBP") and (first.tag == "VBD" or first.lemma in ("have", "be"))


def _own_modality(scene: Scene, verb: Token, parse: Parse) -> str | None:
    auxiliaries = list(children(parse, verb.i, "aux", "auxpass"))
    modal = next(
        (scene.words.modals[a.lemma] for a in auxiliaries if a.tag == "MD" and a.lemma in scene.words.modals), None
    )
    modal = modal or next(
        (
            scene.words.modals[a.text.lower()]
            for a in auxiliaries
            if a.tag == "MD" and a.text.lower() in scene.words.modals
        ),
        None,
    )
    negated = any(c for c in children(parse, verb.i, "neg") if c.text.lower() not in ("only",)) or any(
        c.text.lower() == "never" for c in children(parse, verb.i, "advmod")
    )
    no_subject = any(_is_none(parse, one) for one in children(parse, verb.i, "nsubj", "nsubjpass", "dobj"))
    if (negated or no_subject) and any(a.lemma in WISHED for a in ancestors(parse, verb.i)):
        return None
    if negated or no_subject:
        return "did_not_happen"
    if _is_yet_to_come(parse, verb):
        return "did_not_happen"
    if modal == "planned" and any(
        m.lemma == "if" for c in children(parse, verb.i, "advcl") for m in children(parse, c.i, "mark")
    ):
        return "possible"
    if modal:
        return modal
    if any(c.lemma == "unless" for c in children(parse, verb.i, "mark")):
        return "demanded"
    for adverb in children(parse, verb.i, "advmod"):
        word = adverb.text.lower()
        if word in HEDGES:
            return "alleged"
        if word in ("possibly", "perhaps", "probably"):
            return "possible"
        if word in ("nearly", "almost"):
            return "foiled"
    be = any(a.lemma == "be" for a in auxiliaries)
    if any(a.lemma == "go" for a in auxiliaries):
        return "planned"
    if verb.tag == "VBG" and be and not any(a.tag == "VBG" for a in auxiliaries):
        return "ongoing"
    return None


def _is_none(parse: Parse, token: Token) -> bool:
    """Whether a noun says that there was none: "no soldier", "neither side", "nobody", "hardly a shot"."""
    if token.text.lower() in ("nobody", "none", "nothing", "neither"):
        return True
    if parse.tokens[parse.subtree_ends[token.i][0]].text.lower() == "not":
        return True  # "not one shell", "not a single prisoner"
    beside = {c.text.lower() for c in children(parse, token.i, "det", "preconj", "predet", "advmod", "cc")}
    return bool(beside & {"no", "neither", "hardly", "scarcely", "barely"})


def _is_yet_to_come(parse: Parse, verb: Token) -> bool:
    """Whether a deed "has yet to" be done, or hardly was."""
    if any(c.text.lower() in ("hardly", "scarcely") for c in children(parse, verb.i, "advmod")):
        return True
    if verb.i > 1 and [parse.tokens[i].text.lower() for i in (verb.i - 2, verb.i - 1)] == ["all", "but"]:
        return True
    infinitive = verb.tag == "VB" and any(c.lemma == "to" for c in children(parse, verb.i, "aux"))
    above = parse.tokens[verb.head]
    is_yet = any(c.text.lower() == "yet" for i in (verb.i, above.i) for c in children(parse, i, "advmod"))
    return infinitive and is_yet and above.lemma in ("have", "be", "remain")
