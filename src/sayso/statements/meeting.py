"""Where the rules and the tagger meet: one list of drafts, each with what found it.

The rules know kinds (denials, silences, labels, whose quotation runs on) and hold on text no tagger was shown; the
tagger knows where words begin and end in sentences the parse got wrong, and cues that no row lists. So:

1. A draft and a frame with the same cue, or without one but with the same words, are one statement. The act is the
   rules'. The words and the speaker are the rules' where the two nearly agree; where they do not, see `_settled`.
2. A frame alone is a statement if a row says what its cue does and its words are nobody's yet; without a row it is a thought, kept apart.
3. A draft alone stays: the tagger was not shown what wars are told in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.models.tagging import Frame
from sayso.statements.cue import Cue
from sayso.statements.drafts import Draft
from sayso.statements.scene import Scene
from sayso.statements.shapes import Range, overlaps
from sayso.statements.tagged import cue_of

SURE = 0.5
"""How sure the tagger must be of a frame that no rule found."""
SAME_WORDS = 0.5
"""How much of two stretches must be shared (Jaccard, in tokens) for them to be the same words."""


def met(scene: Scene, drafts: Sequence[Draft], frames: Sequence[Frame]) -> list[Draft]:
    """The drafts of the rules and the frames of the tagger as one list, in no order."""
    partners = _partners(drafts, frames)
    found = [_settled(scene, draft, partners.get(id(draft))) for draft in drafts]
    taken = {id(frame) for frame in partners.values()}
    for frame in frames:
        if id(frame) in taken or frame.score < SURE:
            continue
        cue = cue_of(scene, frame)
        if cue is not None and not any(_is_same(cue.said, draft.said) for draft in found):
            found.append(Draft(cue, cue.said, []))
    return found


def _partners(drafts: Sequence[Draft], frames: Sequence[Frame]) -> dict[int, Frame]:
    """For each draft (by identity) the frame that hears the same saying: by the cue, or by the words."""
    found: dict[int, Frame] = {}
    free = list(frames)
    for by_cue in (True, False):
        for draft in drafts:
            if id(draft) in found:
                continue
            fits = [frame for frame in free if _fits(draft, frame, by_cue)]
            if fits:
                best = max(fits, key=lambda frame: shared(draft.said, frame.content))
                found[id(draft)] = best
                free = [frame for frame in free if frame is not best]
    return found


def _fits(draft: Draft, frame: Frame, by_cue: bool) -> bool:
    if not by_cue:
        return _is_same(draft.said, frame.content)
    own = draft.cue.cue or (draft.cue.head, draft.cue.head + 1)
    return overlaps(own, frame.cue)


def _settled(scene: Scene, draft: Draft, frame: Frame | None) -> Draft:
    """The draft with what the tagger adds to it."""
    return draft


def _is_same(one: Iterable[Range], other: Iterable[Range]) -> bool:
    return shared(one, other) >= SAME_WORDS


def shared(one: Iterable[Range], other: Iterable[Range]) -> float:
    """How much of the tokens of two stretches is shared: Jaccard, 0 to 1."""
    mine = {i for words in one for i in range(*words)}
    theirs = {i for words in other for i in range(*words)}
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0
