"""Who tells an event, and what each teller commits to."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass

from sayso.events.clause import Scene
from sayso.events.doubted import doubted
from sayso.events.grammar import NOUNS, VERBS, ancestors, children, keys, noun_key, objects
from sayso.events.triggers import Trigger
from sayso.models.parsing import Parse, Token
from sayso.record import Page, Span, Spoken, Statement, Told

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
POINTING_ACTS = frozenset({"no_comment", "criticizes"})  # a deed in their object is the newsroom's to tell
WISHED = frozenset({"wish"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(frozen=True, slots=True)
class Tellers:
    """The statements of a page by sentence, for looking up who tells what stands at a span."""

    statements: dict[int, tuple[Statement, ...]]
    continued: dict[int, str]
    unread: tuple[Span, ...]
    by_id: dict[str, Statement]


def tellers(page: Page, spoken: Spoken) -> Tellers:
    """Lay the statements over the sentences they touch."""
    starts = [sentence.start for sentence in page.sentences]
    by_sentence: dict[int, list[Statement]] = {}
    for statement in spoken.statements:
        for words in statement.words:
            first = max(0, bisect_right(starts, words.start) - 1)
            for number in range(first, bisect_right(starts, max(words.start, words.end - 1))):
                listed = by_sentence.setdefault(number, [])
                if statement not in listed:
                    listed.append(statement)
    continued = {}
    for one in spoken.continued:
        continued[max(0, bisect_right(starts, one.sentence.start) - 1)] = one.statement
    quotations = spoken.quotations or page.quotations
    return Tellers(
        {number: tuple(listed) for number, listed in by_sentence.items()},
        continued,
        tuple(q.span for q in quotations if q.statement is None and q.closed),
        {statement.id: statement for statement in spoken.statements},
    )


@dataclass(frozen=True, slots=True)
class Telling:
    """One teller's word on a trigger, and what makes it doubtful."""

    statement: Statement | None
    told: Told
    doubts: tuple[str, ...] = ()


def telling(scene: Scene, who: Tellers, trigger: Trigger, span: Span, quoted: bool) -> Telling:
    """Who tells what this trigger tells, and with what status."""
    token = scene.parse.tokens[trigger.head]
    statement = _innermost(who, token.sentence, span)
    if statement is not None:
        return Telling(statement, Told(statement.id, status(scene, trigger, statement)))
    if token.sentence in who.continued and who.continued[token.sentence] in who.by_id:
        spoken = who.by_id[who.continued[token.sentence]]
        return Telling(spoken, Told(spoken.id, status(scene, trigger, None)), ("continued_attribution",))
    if quoted:
        return Telling(None, Told(None, "unclear"), ("unread_quotation",))
    return Telling(None, Told(None, status(scene, trigger, None)))


def _innermost(who: Tellers, sentence: int, span: Span) -> Statement | None:
    """The statement with the fewest words around a trigger. A label in somebody's words tells nothing."""
    holding = [
        (sum(w.end - w.start for w in statement.words), statement)
        for statement in who.statements.get(sentence, ())
        if any(w.start <= span.start and span.end <= w.end for w in statement.words)
        and not (statement.act in POINTING_ACTS and statement.quotation in ("none", "indirect"))
    ]
    holding.sort(key=lambda one: one[0])
    telling_ = [statement for _, statement in holding if statement.act not in SILENT_ACTS | {"labels"}]
    if telling_:
        return telling_[0]
    return holding[0][1] if holding else None


# ---- what the words commit to -------------------------------------------------------------------------------------


def status(scene: Scene, trigger: Trigger, statement: Statement | None) -> str:
    """What a teller commits to with these words: the words' own modality, then the act they stand in."""
    if trigger.kind.status:
        return trigger.kind.status
    doubt = doubted(scene.parse, trigger.head)
    if doubt is not None:
        return "unclear" if statement is None and doubt == "denied" else doubt
    cue = statement.cue if statement else None
    own = _words_status(scene, trigger, cue)
    if statement is None:
        return "unclear" if own == "denied" else own or "happened"  # the newsroom itself denies nothing
    if statement.act in SILENT_ACTS:
        return "unclear"
    if statement.act == "denies":
        return "denied" if own in (None, "denied", "happened", "ongoing") else own
    if own in ("possible", "planned") and statement.act in ("calls_for", "orders"):
        return "demanded"
    if own in ("possible", "planned", "demanded", "ongoing") and statement.act in ("warns", "threatens"):
        return ACT_STATUS[statement.act] if own != "ongoing" else own
    if own is not None:
        return own
    if statement.act in ACT_STATUS and not _is_a_fact(scene.parse, trigger, statement):
        return ACT_STATUS[statement.act]
    return "happened"


def _is_a_fact(parse: Parse, trigger: Trigger, statement: Statement) -> bool:
    """Whether the words tell a past or present deed whatever the act: "he promised help to those who were shelled"."""
    verb = trigger.verb
    if trigger.verbal and verb is not None:
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
    if trigger.slot == "nsubj" and trigger.verb.lemma == "fail":
        return "did_not_happen"
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
    if above:
        return above
    with_it = ("during", "at", "for") if trigger.kind.family in ("talks", "agreement") else ("during", "at", "with")
    if trigger.slot in with_it and _own_modality(scene, trigger.verb, parse) == "planned":
        return "planned"
    if trigger.slot in ("dobj", "nsubjpass", "nsubj", "attr"):
        return _governed_noun(scene, trigger, cue)
    return None


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
            if below.dep == "prep" and (above.lemma, below.lemma) in GOVERNING_PAIRS and not _is_cue(above, cue):
                return GOVERNING_PAIRS[(above.lemma, below.lemma)]
            return None
        elif above.pos == "ADP" and above.lemma == "without":
            return "did_not_happen"
        elif above.pos == "ADJ" and above.lemma in ("open", "ready", "willing"):
            over = parse.tokens[above.head]
            return (_verb_chain(scene, over, cue) if over.pos in VERBS else None) or "possible"
        below = above
    return None


GOVERNING_PAIRS = {
    ("call", "for"): "demanded", ("appeal", "for"): "demanded", ("push", "for"): "demanded", ("ask", "for"): "demanded",
    ("prepare", "for"): "planned", ("brace", "for"): "feared", ("warn", "of"): "feared", ("warn", "about"): "feared",
    ("threaten", "with"): "threatened", ("plan", "for"): "planned", ("agree", "on"): "planned",
    ("agree", "to"): "planned",
    ("hope", "for"): "planned", ("refrain", "from"): "did_not_happen", ("accuse", "of"): "happened",
}  # fmt: skip


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
            if head.pos not in VERBS or any(children(parse, token.i, "nsubj", "nsubjpass")):
                break
            token = head
            continue
        if token.dep == "pcomp" and head.pos == "ADP":
            above = parse.tokens[head.head]
            if (above.lemma, head.lemma) in GOVERNING_PAIRS and not _is_cue(above, cue):
                return GOVERNING_PAIRS[(above.lemma, head.lemma)]
            if head.lemma == "without":
                return "did_not_happen"
            if above.lemma in scene.words.governors and not _is_cue(above, cue) and head.lemma in ("from", "of", "to"):
                return scene.words.governors[above.lemma]
            break
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
    no_subject = any(
        d.text.lower() == "no"
        for s in children(parse, verb.i, "nsubj", "nsubjpass", "dobj")
        for d in children(parse, s.i, "det")
    )
    if (negated or no_subject) and any(a.lemma in WISHED for a in ancestors(parse, verb.i)):
        return None
    if negated or no_subject:
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
        if word in ("allegedly", "reportedly", "apparently", "purportedly"):
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


def is_background(scene: Scene, trigger: Trigger, until: int) -> bool:
    """Whether the text brings an event in as what was before: "since the invasion", "the last time they met".

    `until` is the token at which the next event of the sentence is told.
    """
    parse = scene.parse
    token = parse.tokens[trigger.head]
    verb = trigger.verb if trigger.verb is not None else token
    first, last = parse.sentences[token.sentence]
    told = [t.text.lower() for t in parse.tokens[first:last]]
    if ("last", "time") in itertools.pairwise(told) and told[:2] != ["for", "the"]:
        return True
    if not trigger.verbal and noun_key(token) == "war":
        return True
    if _ends_early_on(told[token.i - first + 1 : until - first]):
        return True
    for i in {token.i, verb.i}:
        if any(c.lemma == "since" for c in children(parse, i, "mark", "prep", "advmod") if c.dep == "mark"):
            return True
        if any(c.text.lower() == "earlier" for c in children(parse, i, "amod")):
            return True
        for o in objects(parse, i, "in", "during"):
            is_time_of_day = any(d.text.lower() in DAYS or d.pos == "NUM" for d in objects(parse, o.i, "of"))
            if (
                any(c.text.lower() in ("early", "first", "opening", "initial") for c in children(parse, o.i, "amod"))
                and any(k in STRETCHES for k in keys(o))
                and not is_time_of_day
            ):
                return True
    if token.dep == "pobj" and parse.tokens[token.head].lemma == "since":
        return True
    below = token
    for above in list(ancestors(parse, token.i))[:4]:
        if above.lemma == "since" and above.pos in ("ADP", "SCONJ"):
            return True
        if above.pos in VERBS:
            break
        below = above
    if trigger.verbal and verb.tag == "VBG" and verb.dep in ("pcomp", "advcl"):
        head = parse.tokens[verb.head]
        marks = {c.lemma for c in children(parse, verb.i, "mark")} | (
            {head.lemma} if head.pos in ("ADP", "SCONJ") else set()
        )
        if marks & {"after", "since"}:
            return True
    if verb.dep in ("relcl", "acl", "advcl") and keys(parse.tokens[verb.head])[0] == "time":
        return any(c.text.lower() in ("last", "first") for c in children(parse, verb.head, "amod"))
    return below.lemma == "since"


def _ends_early_on(after: list[str]) -> bool:
    """Whether what follows puts a deed "in the early days of" something long past."""
    return any(
        one in ("early", "opening", "first", "initial")
        and two.rstrip("s") in STRETCHES
        and three == "of"
        and not (four in DAYS or four[:1].isdigit())
        for one, two, three, four in zip(after, after[1:], after[2:], after[3:], strict=False)
    )


DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "this", "today",
})  # fmt: skip
"""What "in the early hours of" is before where it only gives the time of day."""
STRETCHES = frozenset({"stage", "day", "week", "month", "phase", "part", "year", "hour"})
