"""The wider layer under the statements: every attribution of words, thoughts and plans to somebody, spans whole.

Statements follow our guide: minimal clauses, nested, thoughts apart. People who mark attributions in news (PolNeAR)
draw the spans wider, "that" and all, count wishes and intentions, and nest none. This layer is for them, and for
measuring the tagger against them: the frames of the tagger with what the rules add.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, pieces
from sayso.models.tagging import Frame, Tagger
from sayso.record import Grounds, Page, Span
from sayso.statements.draft import Draft
from sayso.statements.drafts import drafted
from sayso.statements.frames import frames_of
from sayso.statements.meeting import SAME_WORDS, partners, shared
from sayso.statements.scene import Scene, scene_of
from sayso.statements.shapes import Range, noun_phrase

QUITE_SURE = 0.48
"""How sure the tagger must be of a frame that no rule found, to be told in this layer."""


class Attributed(NamedTuple):
    """Words attributed to a source by a cue, each in stretches of the sealed text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


Roles = tuple[tuple[Range, ...], tuple[Range, ...], tuple[Range, ...]]


def find_attributions(
    page: Page, parse: Parse, grounds: Grounds, knowledge: Knowledge, tagger: Tagger | None
) -> tuple[Attributed, ...]:
    """Every attribution of a page in text order of its cues; without a tagger those of the rules."""
    if not parse.tokens:
        return ()
    scene = scene_of(page, parse, grounds, knowledge)
    drafts = drafted(scene)
    frames = frames_of(scene, tagger)
    found = _heard(scene, drafts, frames) if tagger is not None else [_drafted(scene, draft) for draft in drafts]
    return tuple(Attributed(*(_spans(scene, ranges) for ranges in roles)) for roles in found if roles[2])


def _heard(scene: Scene, drafts: Sequence[Draft], frames: Sequence[Frame]) -> list[Roles]:
    """The frames the tagger is sure of, the less sure ones that a rule found too, and what rules alone found elsewhere.

    Of two with the same words the surer stays. The rules lend a source or words where a frame has none. A name signed
    behind a quotation is theirs altogether: in a column of such the tagger takes the name for the next one's.
    """
    mates = partners(drafts, frames)
    draft_of = {id(mates[id(draft)]): draft for draft in drafts if id(draft) in mates}
    found: dict[Range, Roles] = {}
    at_words: dict[int, list[Roles]] = defaultdict(list)
    for frame in sorted(frames, key=lambda frame: -frame.score):
        draft = draft_of.get(id(frame))
        if draft is None and frame.score < QUITE_SURE:
            continue
        roles = _joined(scene, draft, frame)
        if any(shared(roles[2], other[2]) >= SAME_WORDS for other in _rivals(at_words, roles)):
            continue
        _keep(found, at_words, frame.cue, roles)
    for draft in drafts:
        roles = _drafted(scene, draft)
        if id(draft) not in mates and draft.cue.cue is not None and not _rivals(at_words, roles):
            _keep(found, at_words, draft.cue.cue, roles)
    return [found[cue] for cue in sorted(found)]


def _rivals(at_words: dict[int, list[Roles]], roles: Roles) -> list[Roles]:
    """What is told already in any of the words."""
    return [other for words in roles[2] for i in range(*words) for other in at_words.get(i, ())]


def _keep(found: dict[Range, Roles], at_words: dict[int, list[Roles]], cue: Range, roles: Roles) -> None:
    found[cue] = roles
    for words in roles[2]:
        for i in range(*words):
            at_words[i].append(roles)


def _joined(scene: Scene, draft: Draft | None, frame: Frame) -> Roles:
    if draft is None:
        return frame.source, (frame.cue,), frame.content
    source, cue, said = _drafted(scene, draft)
    if draft.cue.found_by == "signature":
        return source, cue, said
    return frame.source or source, (frame.cue,), frame.content or said


def _drafted(scene: Scene, draft: Draft) -> Roles:
    cue = draft.cue
    who = (cue.relative, cue.relative + 1) if cue.relative is not None else cue.who_range
    if who is None and cue.who is not None:
        who = noun_phrase(scene.parse, cue.who)
    return (who,) if who else (), (cue.cue,) if cue.cue else (), draft.said


def _spans(scene: Scene, ranges: tuple[Range, ...]) -> tuple[Span, ...]:
    return tuple(span for words in ranges for span in pieces(scene.page, scene.parse, *words))
