"""An attack told with what came of it is one event: which words tell the outcome of which attack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.events.clause import Scene, is_a
from sayso.events.grammar import ancestors, children, objects
from sayso.events.same import Draft, overall, together
from sayso.events.triggers import Trigger
from sayso.models.parsing import Token

CAUSES = ("in", "by", "from", "because", "during", "of", "following")
ATTACKS = frozenset({"attack", "killing", "mine", "armed_clash", "offensive", "atrocity"})
HANGING = frozenset({"advcl", "conj", "xcomp", "acl", "prep", "pcomp", "pobj", "dobj", "relcl"})


@dataclass(frozen=True, slots=True)
class _Told:
    """The triggers of a page by the token at their head."""

    scene: Scene
    triggers: list[Trigger]
    by_head: dict[int, int]

    def at(self, token: Token) -> Trigger | None:
        """The trigger whose head this token is."""
        return self.triggers[self.by_head[token.i]] if token.i in self.by_head else None

    def first_attack(self, tokens: Iterator[Token]) -> int | None:
        """The head of the first of these tokens that tells an attack."""
        return next((t.i for t in tokens if (found := self.at(t)) is not None and _is_attack(found)), None)


def outcome_of(scene: Scene, trigger: Trigger, triggers: list[Trigger], by_head: dict[int, int]) -> int | None:
    """The head of the trigger that a trigger's words belong to: "shells hit the market, <killing> three"."""
    told = _Told(scene, triggers, by_head)
    token = scene.parse.tokens[trigger.head]
    found = _said_twice(told, trigger, token)
    if found is not None:
        return found
    if not trigger.kind.casualty and trigger.kind.family != "damage":
        return None
    verb = trigger.verb or token
    own = scene.parse.tokens[slice(*scene.parse.subtree_ends[verb.i])]
    if _is_of_a_place(told, verb) and any(t.ent in ("DATE", "TIME") for t in own):
        return None  # "shelled Goma, where ten people died last year"
    for look in (_as_its_death, _as_its_cause, _as_its_when, _as_its_which, _as_its_clause):
        found = look(told, trigger, token)
        if found is not None and found != token.i:
            return found
    return None


def _said_twice(told: _Told, trigger: Trigger, token: Token) -> int | None:
    """The other word of one deed: "signed a peace accord", "a car bomb exploded", "homes damaged or burned"."""
    parse = told.scene.parse
    over = trigger.verb if not trigger.verbal else None
    if over is not None:
        above = told.at(over)
        if above is not None and above.kind.name == trigger.kind.name:
            return over.i
        return None
    if trigger.kind.family == "attack":
        nouns = (t for t in trigger.arguments.subjects if (one := told.at(t)) is not None and not one.verbal)
        found = told.first_attack(nouns)
        if found is not None:
            return found
    if token.dep in ("acl", "relcl") and trigger.verbal and trigger.kind.family == "attack":
        landed = _where_it_landed(told, token)  # "a rocket fired by the group struck a school"
        if landed is not None:
            return landed
    if token.dep == "acl" and trigger.verbal:  # "a truce brokered by Doha"
        named = told.at(parse.tokens[token.head])
        return token.head if named is not None and named.kind.name == trigger.kind.name else None
    before = told.at(parse.tokens[token.head]) if token.dep == "conj" else None
    own = any(children(parse, token.i, "nsubj", "nsubjpass", "dobj"))
    return token.head if before is not None and not own and before.kind.name == trigger.kind.name else None


def _where_it_landed(told: _Told, token: Token) -> int | None:
    """The attack whose subject is the munition that a clause says was fired."""
    parse = told.scene.parse
    noun = parse.tokens[token.head]
    verb = parse.tokens[noun.head]
    if noun.dep != "nsubj" or not is_a(told.scene, noun, "munition") or token.lemma not in FIRING:
        return None
    attack = told.at(verb)
    return verb.i if attack is not None and attack.kind.family == "attack" else None


FIRING = frozenset({"fire", "launch", "drop", "shoot", "release", "lob"})


def _as_its_cause(told: _Told, trigger: Trigger, token: Token) -> int | None:
    """The attack that is the subject or stands behind a preposition: "killed in the raid", "the raid killed"."""
    parse = told.scene.parse
    after = ("after",) if trigger.kind.casualty else ()
    causes = (o for verb in _joined(told, token) for o in objects(parse, verb.i, *CAUSES, *after))
    misplaced = (o for one in trigger.arguments.objects for o in objects(parse, one.i, "in"))  # "20 men in a raid"
    found = told.first_attack(iter([*trigger.arguments.subjects, *causes, *misplaced]))
    if found is not None or trigger.verbal or trigger.verb is None:
        return found
    return told.first_attack(children(parse, trigger.verb.i, "nsubj", "nsubjpass"))


def _as_its_death(told: _Told, trigger: Trigger, token: Token) -> int | None:
    """The wounding of one who died of it: "a guard who was hurt in the blast has died"."""
    if token.lemma != "die":
        return None
    for subject in trigger.arguments.subjects:
        for clause in children(told.scene.parse, subject.i, "relcl", "acl"):
            wound = told.at(clause)
            if wound is not None and wound.kind.casualty:
                return clause.i
    return None


def _joined(told: _Told, token: Token) -> list[Token]:
    """A verb and the outcomes joined to it: "two were killed and six wounded when …"."""
    conjoined = children(told.scene.parse, token.i, "conj")
    return [token, *(c for c in conjoined if (one := told.at(c)) is None or one.kind.casualty)]


def _as_its_when(told: _Told, trigger: Trigger, token: Token) -> int | None:
    """The attack of a clause with "when", "as" or "after"."""
    parse = told.scene.parse
    for verb in _joined(told, trigger.verb or token):
        for clause in children(parse, verb.i, "advcl"):
            if {c.lemma for c in children(parse, clause.i, "mark", "advmod")} & {"when", "after", "as"}:
                found = told.first_attack(iter([clause, *children(parse, clause.i, "nsubj", "dobj", "nsubjpass")]))
                if found is not None:
                    return found
    return None


def _as_its_which(told: _Told, trigger: Trigger, token: Token) -> int | None:
    """The attack just before "in which" or "where": the parser hangs such a clause on whatever verb it finds."""
    parse = told.scene.parse
    verb = trigger.verb or token
    if not _is_of_a_place(told, verb) and not any(o.tag == "WDT" for o in objects(parse, verb.i, "in", "by")):
        return None
    first, _ = parse.sentences[token.sentence]
    start = min([verb.i, *(c.i for c in children(parse, verb.i))])
    return told.first_attack(t for t in reversed(parse.tokens[first:start]) if t.i != token.i)


def _is_of_a_place(told: _Told, verb: Token) -> bool:
    """Whether a clause tells what happened "where" something else did."""
    return any(c.lemma == "where" for c in children(told.scene.parse, verb.i, "advmod"))


def _as_its_clause(told: _Told, trigger: Trigger, token: Token) -> int | None:
    """The attack of the clause that an outcome hangs on: "…, killing three", "an attack that wounded six"."""
    parse = told.scene.parse
    below = trigger.verb or token
    for above in list(ancestors(parse, below.i))[:4]:
        has_own_words = any(children(parse, below.i, "mark", "nsubj", "nsubjpass", "advmod"))
        is_own_clause = below.dep == "advcl" and below.tag not in ("VBG", "VBN") and has_own_words
        if below.dep == "ccomp" or is_own_clause:
            return None
        if below.dep in HANGING:
            near = [above, *children(parse, above.i, "nsubj", "nsubjpass", "dobj")]
            found = told.first_attack(t for t in near if t.i != token.i)
            if found is not None:
                return found
        below = above
    return None


def _is_attack(trigger: Trigger) -> bool:
    return not trigger.kind.casualty and trigger.kind.family in ATTACKS


def with_outcomes(drafts: list[Draft]) -> list[Draft]:
    """Join each outcome to its attack: its counts and victims become the attack's, its words a mention of it."""
    kept = dict(enumerate(drafts))
    for number in sorted(kept, reverse=True):
        draft = kept[number]
        at = draft.outcome_of
        for _ in range(3):  # "killed when a strike hit a school": the hit has gone into the strike
            at = drafts[at].outcome_of if at is not None and at not in kept else at
        if at is None or at not in kept or at == number:
            continue
        if kept[at].event.told != draft.event.told and not _says_more_of_it(kept[at], draft):
            continue
        kept[at] = _with_outcome(kept[at], draft)
        del kept[number]
    return [kept[number] for number in sorted(kept)]


def _says_more_of_it(noun: Draft, verb: Draft) -> bool:
    """Whether a verb says of a deed that its noun named how sure it is: "a raid allegedly hit the school"."""
    tellers = [told.statement for told in noun.event.told] == [told.statement for told in verb.event.told]
    is_verb_of_it = verb.bearings.is_verb and not noun.bearings.is_verb
    is_same = is_verb_of_it and noun.kind.family == verb.kind.family == "attack"
    return tellers and is_same and noun.event.status == "happened" and verb.event.status in ("alleged", "possible")


def with_next_outcomes(drafts: list[Draft]) -> list[Draft]:
    """Join "A school was hit and two women were hurt" of the next sentence to the attack it follows."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and _is_next_outcome(kept[-1], draft):
            attack = _with_outcome(kept[-1], draft)
            told = together(attack.event.told, draft.event.told)
            kept[-1] = replace(attack, event=replace(attack.event, told=told, status=overall(told)))
        else:
            kept.append(draft)
    return kept


def _is_next_outcome(attack: Draft, outcome: Draft) -> bool:
    one, two = attack.event, outcome.event
    if not (outcome.kind.casualty or outcome.kind.family == "damage") or attack.kind.family != "attack":
        return False
    if outcome.sentence - attack.sentence != 1 or outcome.points_back or attack.kind.casualty:
        return False
    bare = not (two.places or two.when or two.agents or two.weapons or outcome.bearings.is_long)
    return bare and one.status in ("happened", "ongoing") and two.status == "happened" and bool(two.counts)


def _with_outcome(attack: Draft, outcome: Draft) -> Draft:
    one, two = attack.event, outcome.event
    known = {t.span for t in one.targets}
    told = two.told if _says_more_of_it(attack, outcome) else one.told
    event = replace(
        one,
        told=told,
        status=overall(told),
        also=tuple(sorted({*one.also, two.trigger, *two.also})),
        agents=one.agents or two.agents,
        targets=one.targets + tuple(t for t in two.targets if t.span not in known),
        weapons=one.weapons or two.weapons,
        places=one.places or two.places,
        when=one.when or two.when,
        counts=one.counts + tuple(c for c in two.counts if c not in one.counts),
    )
    targets = attack.bearings.targets | outcome.bearings.targets
    return replace(attack, event=event, bearings=replace(attack.bearings, targets=targets))
