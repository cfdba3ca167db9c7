"""What a text's tellers commit to of any of its words, whether the word tells a kind of event or not.

This is the layer below the events: sets that mark how certain an author makes a happening mark every verb and noun of
one ("said", "worried", "return"). The record holds kinds of rows only; the status of both comes from the same code.
"""

from __future__ import annotations

from sayso.events.clause import Arguments, Scene
from sayso.events.grammar import VERBS, governing_verb
from sayso.events.kinds import Kind, kinds, words
from sayso.events.telling import Telling, tellers, telling
from sayso.events.triggers import Trigger
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token
from sayso.record import Page, Span, Spoken

ANY = Kind(
    name="any", plover=None, acled=None, family="any", subject=frozenset(), object=frozenset(),
    preposition=frozenset(), modifier=frozenset(), subject_is="agent", object_is="target", place="at", count="",
    weapon_decides=False, casualty=False, status=None,
)  # fmt: skip


def commitments(
    page: Page, parse: Parse, spoken: Spoken, knowledge: Knowledge, asked: tuple[int, ...]
) -> tuple[Telling | None, ...]:
    """For every offset of the text that is asked about: who tells the word there, with what status.

    None where no token covers the offset.
    """
    scene = Scene(parse, kinds(knowledge), words(knowledge), knowledge, frozenset(), frozenset())
    who = tellers(page, spoken)
    covering = {at: token for token in parse.tokens for at in range(token.start, token.end)}
    return tuple(
        telling(scene, who, _as_trigger(parse, covering[at]), Span(covering[at].start, covering[at].end), quoted=False)
        if at in covering
        else None
        for at in asked
    )


def _as_trigger(parse: Parse, token: Token) -> Trigger:
    """A word as if a row had called it up."""
    if token.pos in VERBS:
        return Trigger(token.i, token.i + 1, token.i, ANY, True, token, "", Arguments())
    verb, slot = governing_verb(parse, token.i) or (None, "")
    return Trigger(token.i, token.i + 1, token.i, ANY, False, verb, slot, Arguments())
