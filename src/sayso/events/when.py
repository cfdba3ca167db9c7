"""When it was done."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from sayso.events.clause import Scene
from sayso.events.grammar import VERBS, ancestors, children
from sayso.events.ground import Ground
from sayso.events.triggers import Trigger
from sayso.models.parsing import Parse, Token
from sayso.record import Moment


def moment(scene: Scene, ground: Ground, trigger: Trigger, owned: frozenset[int]) -> Moment | None:
    """The time of this event: in its own phrase, else in its clause. A "said on Thursday" is the speaker's time."""
    parse = scene.parse
    reason = _reason_of(parse, trigger)
    if reason is not None and parse.tokens[reason].dep == "pobj":  # "in reply to the raid last night"
        late = _late_moment(parse, ground, trigger.head)
        if late is not None:
            return late
    own = _moment_below(parse, ground, trigger.head, owned, reason if trigger.verbal else None)
    if own:
        return own
    verb = trigger.verb
    if verb is not None and verb.i != trigger.head and shares_its_clause(trigger):
        found = _moment_below(parse, ground, verb.i, owned)
        if found:
            return found
    if not trigger.verbal and not shares_its_clause(trigger):
        return _day_behind(parse, ground, trigger)
    clause = verb or parse.tokens[trigger.head]
    for other in _joined_clauses(parse, clause):
        found = _moment_below(parse, ground, other.i, owned)
        if found:
            return found
    return None


def _reason_of(parse: Parse, trigger: Trigger) -> int | None:
    """The reply of "struck the base in reply to the raid": below a verb, or above the noun of what is replied to."""
    around = children(parse, trigger.head, "prep") if trigger.verbal else ()
    below = (one for prep in around for one in children(parse, prep.i, "pobj"))
    above = () if trigger.verbal else itertools.islice(ancestors(parse, trigger.head), 3)
    return next((one.i for one in (*below, *above) if one.lemma in REASONS), None)


REASONS = frozenset({"retaliation", "response", "reprisal", "revenge", "reply", "answer", "vengeance"})


def _day_behind(parse: Parse, ground: Ground, trigger: Trigger) -> Moment | None:
    """The day of the month right behind a noun that is only spoken of: "condemned the raid on Goma on 2 May".

    A weekday there dates the speaking.
    """
    late = _late_moment(parse, ground, trigger.head)
    if late is None or late.type != "DATE" or trigger.slot != "dobj":
        return None
    end = parse.subtree_ends[trigger.head][1]
    words = [t for t in parse.tokens[end : end + 6] if late.span.start <= t.start < late.span.end]
    return late if any(t.pos == "NUM" for t in words) and len(words) > 1 else None


def _late_moment(parse: Parse, ground: Ground, i: int) -> Moment | None:
    """The time that stands right behind a noun's phrase, whatever the parser hangs it on."""
    end = parse.subtree_ends[i][1]
    behind = range(end, min(end + 3, len(parse.tokens)))
    return next((ground.moments[at] for at in behind if at in ground.moments), None)


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
        "liken",
    }
)


def _moment_below(
    parse: Parse, ground: Ground, i: int, owned: frozenset[int], until: int | None = None
) -> Moment | None:
    """The first time below a token; none behind `until`, where the time of something else begins."""
    stack = list(parse.children[i])
    found: list[int] = []
    while stack:
        at = stack.pop()
        token = parse.tokens[at]
        if (
            token.text.lower() == "according"
            or token.dep in ("ccomp", "relcl", "parataxis", "advcl", "acl")
            or (token.dep in ("conj", "pcomp") and token.pos in VERBS)
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
    found = [at for at in found if (until is None or at < until) and _is_a_time_of(parse, ground.moments[at], at)]
    return ground.moments[min(found)] if found else None


def _is_a_time_of(parse: Parse, moment: Moment, at: int) -> bool:
    """Whether words say when a deed was done: "for six hours" does, "within days" and "a six-week war" do not."""
    if moment.type == "SET":
        return False
    if moment.type != "DURATION" or moment.earliest:
        return True
    if not any(char.isdigit() for char in moment.timex or ""):
        return False  # "for the first time in years"
    outside = next((a for a in ancestors(parse, at) if not moment.span.start <= a.start < moment.span.end), None)
    return outside is not None and outside.pos == "ADP" and outside.lemma in LASTING


LASTING = frozenset({"for", "over", "during", "in", "through", "throughout"})


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
