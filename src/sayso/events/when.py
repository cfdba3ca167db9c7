"""When it was done."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.events.clause import Scene
from sayso.events.grammar import VERBS, children
from sayso.events.ground import Ground
from sayso.events.triggers import Trigger
from sayso.models.parsing import Parse, Token
from sayso.record import Moment


def moment(scene: Scene, ground: Ground, trigger: Trigger, owned: frozenset[int]) -> Moment | None:
    """The time of this event: in its own phrase, else in its clause. A "said on Thursday" is the speaker's time."""
    parse = scene.parse
    own = _moment_below(parse, ground, trigger.head, owned)
    if own:
        return own
    verb = trigger.verb
    if verb is not None and verb.i != trigger.head and shares_its_clause(trigger):
        found = _moment_below(parse, ground, verb.i, owned)
        if found:
            return found
    if not trigger.verbal and not shares_its_clause(trigger):
        return None
    clause = verb or parse.tokens[trigger.head]
    for other in _joined_clauses(parse, clause):
        found = _moment_below(parse, ground, other.i, frozenset())
        if found:
            return found
    return None


def shares_its_clause(trigger: Trigger) -> bool:
    """Whether what stands beside a noun's verb is said of the noun: not in "announced a package in Paris"."""
    verb = trigger.verb
    return (
        verb is not None
        and verb.lemma not in SPEAKING
        and (
            trigger.slot in ("dobj", "nsubj", "nsubjpass", "attr", "in", "into", "under")
            or (trigger.slot == "by" and verb.lemma in ("trigger", "spark", "start", "prompt", "follow", "cause"))
        )
    )


SPEAKING = frozenset(
    {
        "say",
        "tell",
        "announce",
        "report",
        "claim",
        "deny",
        "warn",
        "add",
        "state",
        "confirm",
        "discuss",
        "condemn",
        "describe",
        "mention",
        "call",
        "urge",
        "accuse",
        "admit",
        "compare",
    }
)


def _moment_below(parse: Parse, ground: Ground, i: int, owned: frozenset[int]) -> Moment | None:
    stack = list(parse.children[i])
    found: list[int] = []
    while stack:
        at = stack.pop()
        token = parse.tokens[at]
        if token.dep in ("ccomp", "relcl", "parataxis", "advcl", "acl") or (
            token.dep in ("conj", "pcomp") and token.pos in VERBS
        ):
            continue
        if at in owned and at not in ground.moments:
            continue
        if at in ground.moments:
            if (
                token.dep not in ("amod", "compound", "poss")
                or token.head == i
                or parse.tokens[token.head].i in ground.moments
            ):
                found.append(at)
            continue
        stack.extend(parse.children[at])
    return ground.moments[min(found)] if found else None


def _joined_clauses(parse: Parse, verb: Token) -> Iterator[Token]:
    """The verbs joined to this one that may share its time: "shelled the town and looted shops on Friday"."""
    token = verb
    for _ in range(4):
        if token.dep != "conj" or parse.tokens[token.head].pos not in VERBS:
            break
        token = parse.tokens[token.head]
        if token.lemma not in SPEAKING:
            yield token
    for child in children(parse, verb.i, "conj"):
        if (
            child.pos == "VERB"
            and child.lemma not in SPEAKING
            and not any(children(parse, child.i, "nsubj", "nsubjpass"))
        ):
            yield child
