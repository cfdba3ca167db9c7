"""Statements that tell of a deed without a word for it: "its guns had not fired", "blamed the rebels"."""

from __future__ import annotations

from dataclasses import replace

from sayso.events.clause import SIDE_ENTITIES, Scene, is_a
from sayso.events.grammar import VERBS, children
from sayso.events.same import REAL, Draft, overall
from sayso.events.telling import Tellers
from sayso.models.parsing import Token
from sayso.record import Event, Statement, Told

DENIED_WITHIN = 8
"""How many sentences back a denial without an object may look for the attack that it answers."""
BLAMED_WITHIN = 3
FIRING = frozenset({"fire", "shoot", "shell", "bomb", "bombard", "launch", "aim", "strike", "attack"})
ARMED = ("armed", "big_gun", "munition", "arms")
FROM_AFAR = frozenset({"shelling", "missile_strike", "air_strike", "drone_strike", "bombing", "shooting", "attack"})
BLAMABLE = frozenset({"attack", "killing", "atrocity", "mine"})


def with_answers(drafts: list[Draft], scene: Scene, who: Tellers, parties: dict[str, str]) -> list[Draft]:
    """Add to the nearest attack before it who says that no gun was fired, and who only names a culprit.

    `parties` gives the side of a source, by its id: nobody denies what another side is said to have done.
    """
    drafts = list(drafts)
    own = {told.statement for draft in drafts for told in draft.event.told}
    for number, statements in sorted(who.statements.items()):
        for statement in statements:
            said = _said(scene, number, statement)
            at = None
            if statement.act == "accuses" and statement.id not in own and _is_only_a_culprit(scene, said):
                at = _blamed(drafts, number, said)
            elif statement.act in ("says", "denies") and any(_is_unfired(scene, token, said) for token in said):
                mine = {one.id for one in who.by_id.values() if one.source == statement.source}
                at = _denied(drafts, number, said, parties.get(statement.source), mine)
            if at is None or any(told.statement == statement.id for told in drafts[at].event.told):
                continue
            told = Told(statement.id, "happened" if statement.act == "accuses" else "denied")
            drafts[at] = _told_too(drafts[at], told)
    return drafts


def _said(scene: Scene, number: int, statement: Statement) -> list[Token]:
    first, last = scene.parse.sentences[number]
    return [
        token
        for token in scene.parse.tokens[first:last]
        if any(words.start <= token.start and token.end <= words.end for words in statement.words)
    ]


def _is_unfired(scene: Scene, verb: Token, said: list[Token]) -> bool:
    """Whether a verb says that the speaker's own arms, or no arms at all, were fired, at no place that it names."""
    parse = scene.parse
    if verb.lemma not in FIRING or verb.pos not in VERBS:
        return False
    first, last = parse.subtree_ends[verb.i]
    if any(first <= token.i < last and token.i in scene.places for token in said) or any(
        c.tag == "MD" for c in children(parse, verb.i, "aux")
    ):
        return False
    aimed = [o for o in children(parse, verb.i, "dobj") if not is_a(scene, o, "munition")]
    is_negated = any(children(parse, verb.i, "neg"))
    for subject in children(parse, verb.i, "nsubj", "nsubjpass"):
        if subject not in said or not any(is_a(scene, subject, name) for name in ARMED):
            continue
        inside = {parse.tokens[i].text.lower() for i in range(*parse.subtree_ends[subject.i])}
        is_own = any(c.text.lower() in OWN for c in children(parse, subject.i, "poss"))
        if (is_negated and is_own and not aimed) or ({"no", "not", "none"} & inside and not aimed):
            return True
    return False


OWN = frozenset({"its", "our", "their", "his", "her", "my"})


def _is_only_a_culprit(scene: Scene, said: list[Token]) -> bool:
    """Whether an accuser's words are a side and nothing that it did: "blamed Kurdish rebels"."""
    if not said or any(token.pos in VERBS and token.dep not in ("amod", "compound") for token in said):
        return False
    charges = [token for token in said if token.dep == "prep" and token.lemma in ("for", "over")]
    if any(o.pos != "PRON" for charge in charges for o in children(scene.parse, charge.i, "pobj")):
        return False  # "blamed the rebels for a rise in prices"
    within = {token.i for token in said}
    heads = [token for token in said if token.head not in within or token.head == token.i]
    nouns = [token for token in heads if token.pos in ("NOUN", "PROPN")]
    if len(nouns) != 1:
        return False
    return is_a(scene, nouns[0], "armed") or nouns[0].ent in SIDE_ENTITIES


def _blamed(drafts: list[Draft], number: int, said: list[Token]) -> int | None:
    start = said[0].start
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        if not 0 <= number - draft.sentence <= BLAMED_WITHIN or draft.event.trigger.start > start:
            continue
        if draft.kind.family in BLAMABLE and draft.event.status == "happened" and not draft.event.background:
            return at
    return None


def _denied(drafts: list[Draft], number: int, said: list[Token], party: str | None, mine: set[str]) -> int | None:
    start = said[0].start
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        if not 0 <= number - draft.sentence <= DENIED_WITHIN or draft.event.trigger.start > start:
            continue
        if draft.kind.name in FROM_AFAR and _is_told_as_real(draft.event) and _may_be_theirs(draft.event, party, mine):
            return at
    return None


def _is_told_as_real(event: Event) -> bool:
    return event.status in REAL - {"denied", "did_not_happen"}


def _may_be_theirs(event: Event, party: str | None, mine: set[str]) -> bool:
    """Whether nobody but the speaker, by these statements, lays it at the door of another side."""
    named = {agent.party for agent in event.agents if not mine & set(agent.told)} - {None}
    return party is None or not named or party in named


def _told_too(draft: Draft, told: Told) -> Draft:
    tellers = (*draft.event.told, told)
    return replace(draft, event=replace(draft.event, told=tellers, status=overall(tellers)))
