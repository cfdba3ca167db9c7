"""What a text's tellers commit to of any of its words, whether the word tells a kind of event or not.

This is the layer below the events: sets that mark how certain an author makes a happening mark every verb and noun of
one ("said", "worried", "return"). The record holds kinds of rows only; the status of both comes from the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from sayso.events.clause import Arguments, Scene
from sayso.events.grammar import VERBS, ancestors, children, governing_verb
from sayso.events.imagined import is_asked, is_hypothetical
from sayso.events.kinds import Kind, kinds, words
from sayso.events.telling import Tellers, tellers, telling
from sayso.events.triggers import Trigger
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token
from sayso.record import Page, Span, Spoken

ANY = Kind(
    name="any", plover=None, acled=None, family="any", subject=frozenset(), object=frozenset(),
    preposition=frozenset(), modifier=frozenset(), subject_is="agent", object_is="target", place="at", count="",
    weapon_decides=False, casualty=False, status=None,
)  # fmt: skip


UNCERTAIN = frozenset({"possible", "did_not_happen", "demanded", "feared", "foiled", "unclear", "denied"})
"""Statuses that leave it open, or say no. What "will" be, is agreed or threatened is told as settled."""
WISHES = frozenset({"want", "hope", "seek", "wish", "like", "consider", "mull", "propose", "offer", "aim", "willing"})
"""Above a deed: what somebody would have, or may yet do; "agreed to" and "expects to" are firmer."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a teller commits to of one word, and whether that leaves it open or says no."""

    status: str
    is_uncertain: bool


def commitments(
    page: Page, parse: Parse, spoken: Spoken, knowledge: Knowledge, asked: tuple[int, ...]
) -> tuple[Commitment | None, ...]:
    """What is committed to of the word at every offset of the text that is asked about.

    None where no token covers the offset.
    """
    scene = Scene(parse, kinds(knowledge), words(knowledge), knowledge, frozenset(), frozenset())
    who = tellers(page, spoken)
    covering = {at: token for token in parse.tokens for at in range(token.start, token.end)}
    return tuple(_commitment(scene, who, covering[at]) if at in covering else None for at in asked)


def _commitment(scene: Scene, who: Tellers, token: Token) -> Commitment:
    trigger = _as_trigger(scene.parse, token)
    status = telling(scene, who, trigger, Span(token.start, token.end), quoted=False).told.status
    if status in ("happened", "ongoing") and (is_hypothetical(scene, trigger) or is_asked(scene, trigger)):
        status = "possible"
    return Commitment(status, status in UNCERTAIN or (status == "planned" and _is_wished(scene, trigger)))


def _is_wished(scene: Scene, trigger: Trigger) -> bool:
    """Whether what is planned is only wanted, or "would" be."""
    verb = trigger.verb
    if verb is None:
        return False
    if any(c.lemma in ("would", "'d") for c in children(scene.parse, verb.i, "aux")):
        return True
    return any(above.lemma in WISHES for above in islice(ancestors(scene.parse, trigger.head), 2))


def _as_trigger(parse: Parse, token: Token) -> Trigger:
    """A word as if a row had called it up."""
    if token.pos in VERBS:
        return Trigger(token.i, token.i + 1, token.i, ANY, True, token, "", Arguments())
    verb, slot = governing_verb(parse, token.i) or (None, "")
    return Trigger(token.i, token.i + 1, token.i, ANY, False, verb, slot, Arguments())
