"""What a deed is told to have spared: "fired on Tuesday, but not at any market", "never against Goma".

A phrase behind such a "not" names no target and no place of the deed; who says it denies the deed told before of that
target or place.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.events.clause import Scene
from sayso.events.grammar import NOUNS, noun_key
from sayso.events.same import REAL, Draft, overall
from sayso.events.telling import Tellers
from sayso.models.parsing import Parse, Token
from sayso.record import Place, Statement, Told

NOT = frozenset({"not", "never", "n't", "none"})
AIMED = frozenset({
    "at", "on", "against", "toward", "towards", "into", "in", "inside", "near", "over", "upon", "onto", "to", "within",
    "across",
})  # fmt: skip
NO_LIMIT = frozenset({"only", "just", "merely", "even", "simply", "least", "all", "far"})
"""Behind "not" these leave the phrase told: "not only at the port", "not just the market"."""
PARTING = frozenset({"but", "though", "although", "and", "yet", ",", '"', "-", "–", "—", "("})
BEFORE_A_NOUN = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "predet"})
TOWNS = frozenset({"city", "town", "village"})
DEEDS = frozenset({
    "fire", "shoot", "shell", "bomb", "bombard", "bombardment", "launch", "aim", "strike", "attack", "hit", "target",
    "raid", "storm", "shelling", "rocket", "missile", "drone", "gun", "artillery", "shot", "assault", "ambush",
})  # fmt: skip
"""Words that show that what was spared was spared by arms."""
SAYING = frozenset({"says", "denies", "admits", "confirms", "announces", "accuses", "refuses", "criticizes"})
ANSWERED_WITHIN = 20
"""How many sentences back the deed may be told whose target was spared."""


def spared(parse: Parse) -> frozenset[int]:
    """The tokens of a page that stand in a phrase which "not" takes out of what was done."""
    found: set[int] = set()
    for token in parse.tokens:
        if token.text.lower() in NOT and _stands_before_a_phrase(parse, token):
            found.update(range(token.i, _end(parse, token)))
    return frozenset(found)


def _stands_before_a_phrase(parse: Parse, no: Token) -> bool:
    """Whether "not" denies the phrase behind it, not the verb that it helps: "did not", "not seen", "not only at"."""
    first, last = parse.sentences[no.sentence]
    behind = parse.tokens[no.i + 1] if no.i + 1 < last else None
    if behind is None or behind.text.lower() in NO_LIMIT:
        return False
    if no.i == first or not any(token.pos == "VERB" for token in parse.tokens[first : no.i]):
        return False  # "Not one shell was fired": nothing is told before that it could narrow
    before = parse.tokens[no.i - 1]
    is_parted = before.text.lower() in PARTING
    if behind.pos == "ADP":
        return behind.text.lower() in AIMED and (is_parted or before.pos not in ("AUX", "PART", "ADV"))
    return is_parted and no.text.lower() != "none" and _noun_behind(parse, behind) is not None


def _noun_behind(parse: Parse, token: Token) -> Token | None:
    """The noun that a phrase beginning here ends in; None where it begins otherwise."""
    for _ in range(5):
        is_before = token.dep in BEFORE_A_NOUN and token.head > token.i
        if token.pos in NOUNS and not is_before:
            return token
        if not is_before:
            return None
        token = parse.tokens[token.head]
    return None


def _end(parse: Parse, no: Token) -> int:
    behind = parse.tokens[no.i + 1]
    head = behind if behind.pos == "ADP" else _noun_behind(parse, behind) or behind
    return max(parse.subtree_ends[head.i][1], no.i + 2)


def with_spared(drafts: list[Draft], scene: Scene, who: Tellers, places: dict[str, Place]) -> list[Draft]:
    """Add to the nearest attack before it who says that its target, or its place, was not what they aimed at."""
    drafts = list(drafts)
    for number in sorted({scene.parse.tokens[i].sentence for i in scene.spared} & set(who.statements)):
        for statement in who.statements[number]:
            names = _named(scene, number, statement) if statement.act in SAYING else frozenset()
            at = _last_of(drafts, number, statement, names, places) if names else None
            if at is not None:
                told = (*drafts[at].event.told, Told(statement.id, "denied"))
                drafts[at] = replace(drafts[at], event=replace(drafts[at].event, told=told, status=overall(told)))
    return drafts


def _named(scene: Scene, number: int, statement: Statement) -> frozenset[str]:
    """The nouns and names that a statement takes out of a deed it tells: "market", "Goma"."""
    first, last = scene.parse.sentences[number]
    said = [
        token
        for token in scene.parse.tokens[first:last]
        if any(words.start <= token.start and token.end <= words.end for words in statement.words)
    ]
    out = [token for token in said if token.i in scene.spared and token.pos in NOUNS]
    if not any(token.lemma in DEEDS and token.i < out[0].i for token in said if out):
        return frozenset()
    return frozenset(token.text if token.pos == "PROPN" else noun_key(token) for token in out)


def _last_of(
    drafts: list[Draft], number: int, statement: Statement, names: frozenset[str], places: dict[str, Place]
) -> int | None:
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        if not 0 <= number - draft.sentence <= ANSWERED_WITHIN or draft.event.trigger.start > statement.words[0].start:
            continue
        if draft.event.background or draft.event.plover != "ASSAULT" or draft.event.status not in REAL:
            continue
        if any(told.statement == statement.id for told in draft.event.told):
            continue
        if names & _aims(draft, places):
            return at
    return None


def _aims(draft: Draft, places: dict[str, Place]) -> frozenset[str]:
    """What a deed was done to, and where, by the words that can name it again."""
    held = [places[one.place] for one in draft.event.places if one.place in places and one.role == "at"]
    names = {word for place in held for word in place.name.split()}
    towns = TOWNS if any(place.level in ("town", "site") for place in held) else frozenset()
    return draft.bearings.targets | names | towns
