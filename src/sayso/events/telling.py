"""Who tells an event, and what each teller commits to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

from sayso.events.clause import Scene
from sayso.events.doubted import doubted
from sayso.events.grammar import ancestors
from sayso.events.modality import SILENT_ACTS, status
from sayso.events.triggers import Trigger
from sayso.record import Page, Span, Spoken, Statement, Told

POINTING_ACTS = frozenset({"no_comment", "criticizes"})  # a deed in their object is the newsroom's to tell


@dataclass(frozen=True, slots=True)
class Tellers:
    """The statements of a page by sentence, for looking up who tells what stands at a span."""

    statements: dict[int, tuple[Statement, ...]]
    continued: dict[int, str]
    unread: tuple[Span, ...]
    by_id: dict[str, Statement]
    of_nobody: frozenset[str] = frozenset()  # thoughts without a thinker: "is expected to meet"


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
    unknown = {source.id for source in spoken.sources if source.naming == "unknown"}
    quotations = spoken.quotations or page.quotations
    return Tellers(
        {number: tuple(listed) for number, listed in by_sentence.items()},
        continued,
        tuple(q.span for q in quotations if q.statement is None and q.closed),
        {statement.id: statement for statement in spoken.statements},
        frozenset(one.id for one in spoken.statements if one.act == "thinks" and one.source in unknown),
    )


FORESEEN = frozenset({"planned", "feared", "possible"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One teller's word on a trigger, and what makes it doubtful."""

    statement: Statement | None
    told: Told
    doubts: tuple[str, ...] = ()
    gainsaid: tuple[Told, ...] = ()  # who calls the teller's claim false in the same breath
    echoed: tuple[str, ...] = ()  # the statements of the very same words, by another: "the agency said, citing a nurse"


def telling(scene: Scene, who: Tellers, trigger: Trigger, span: Span, quoted: bool) -> Telling:
    """Who tells what this trigger tells, and with what status."""
    token = scene.parse.tokens[trigger.head]
    statement = _innermost(who, token.sentence, span)
    if statement is not None and statement.id in who.of_nobody:
        found = status(scene, trigger, statement)
        if found in FORESEEN:  # what "is expected" is the newsroom's to tell, what "is believed to have been" is not
            return Telling(None, Told(None, found))
    if statement is not None and _is_a_claim_called_false(scene, trigger, statement):
        return Telling(
            statement, Told(statement.id, "happened"), gainsaid=(_gainsaid(who, token.sentence, span, statement),)
        )
    if statement is not None:
        told = Told(statement.id, status(scene, trigger, statement))
        return Telling(statement, told, echoed=_echoes(who, token.sentence, statement))
    if token.sentence in who.continued and who.continued[token.sentence] in who.by_id:
        spoken = who.by_id[who.continued[token.sentence]]
        return Telling(spoken, Told(spoken.id, status(scene, trigger, None)), ("continued_attribution",))
    if quoted:
        return Telling(None, Told(None, "unclear"), ("unread_quotation",))
    return Telling(None, Told(None, status(scene, trigger, None)))


def _gainsaid(who: Tellers, sentence: int, span: Span, claim: Statement) -> Told:
    """Who calls a claim false: in whose words it stands, else the report itself."""
    around = [one for one in _holding(who, sentence, span) if one.id != claim.id and one.act not in SILENT_ACTS]
    return Told(around[0].id if around else None, "denied")


def _echoes(who: Tellers, sentence: int, statement: Statement) -> tuple[str, ...]:
    """Who else tells the same words: the one that relays them, or the one that they are relayed from."""
    if statement.act not in ECHOED_ACTS:
        return ()
    return tuple(
        other.id
        for other in who.statements.get(sentence, ())
        if other.id != statement.id
        and other.source != statement.source
        and other.act in ECHOED_ACTS
        and other.words == statement.words
    )


ECHOED_ACTS = frozenset({"says", "confirms", "accuses", "observes"})


def _is_a_claim_called_false(scene: Scene, trigger: Trigger, statement: Statement) -> bool:
    """Whether the cue is a noun of claiming that the text itself calls false: "their claim that it fell is a lie"."""
    if statement.cue is None or statement.act in ("denies", "cannot_verify"):
        return False
    cue = statement.cue
    above = ancestors(scene.parse, trigger.head)
    is_cued = any(one.pos == "NOUN" and cue.start <= one.start < cue.end for one in islice(above, 3))
    return is_cued and doubted(scene.parse, trigger.head) == "denied"


def _innermost(who: Tellers, sentence: int, span: Span) -> Statement | None:
    """The statement with the fewest words around a trigger. A label in somebody's words tells nothing."""
    holding = _holding(who, sentence, span)
    telling_ = [statement for statement in holding if statement.act not in SILENT_ACTS | {"labels"}]
    return next(iter(telling_ or holding), None)


def _holding(who: Tellers, sentence: int, span: Span) -> list[Statement]:
    """The statements in whose words a trigger stands, those with the fewest words first."""
    found = [
        statement
        for statement in who.statements.get(sentence, ())
        if any(w.start <= span.start and span.end <= w.end for w in statement.words)
        and not (statement.act in POINTING_ACTS and statement.quotation in ("none", "indirect"))
    ]
    return sorted(found, key=lambda one: sum(w.end - w.start for w in one.words))
