"""Where the rules and the tagger meet: one list of drafts, each with what found it.

The rules know kinds (denials, silences, labels, whose quotation runs on) and hold on text that no tagger was shown; the
tagger knows where words begin and end in sentences the parse got wrong, and cues that no row lists. So:

1. A draft and a frame with the same cue, or with the same words, are one statement. Its act is the rules'; its speaker
   and its words are the rules' where they have any, else the tagger's.
2. A frame alone is a statement if a row says what its cue does and its words are nobody's yet; without a row it is a
   thought, kept apart, its act doubtful.
3. A draft alone stays: no tagger was shown all that wars are told in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.models.tagging import Frame
from sayso.statements.draft import Draft
from sayso.statements.scene import Scene
from sayso.statements.shapes import Range, has_finite_verb, overlaps
from sayso.statements.tagged import cue_of, source_of, speaker_within, words_of

SURE = 0.5
"""How sure the tagger must be of a frame that no rule found."""
UNSURE = 0.2
"""How sure it must be of one that a rule found as well."""
SAME_WORDS, LEAST_SHARED = 0.5, 0.3
"""How much of two stretches must be shared (Jaccard, in tokens) for them to be the same words, or torn ones."""


def met(scene: Scene, drafts: Sequence[Draft], frames: Sequence[Frame]) -> list[Draft]:
    """The drafts of the rules and the frames of the tagger as one list, in no order."""
    mates = partners(drafts, frames)
    for draft in drafts:
        frame = mates.get(id(draft))
        if frame is not None:
            _settle(scene, draft, frame)
    taken = {id(frame) for frame in mates.values()}
    return [*drafts, *_alone(scene, drafts, [frame for frame in frames if id(frame) not in taken])]


def partners(drafts: Sequence[Draft], frames: Sequence[Frame]) -> dict[int, Frame]:
    """For each draft (by identity) the frame that hears the same saying: by the cue, else by the words."""
    heard = [frame for frame in frames if frame.score >= UNSURE]
    at_cue = _at_tokens((frame.cue,) for frame in heard)
    at_words = _at_tokens(frame.content for frame in heard)
    found: dict[int, Frame] = {}
    taken: set[int] = set()
    for draft in drafts:
        own = draft.cue.cue or (draft.cue.head, draft.cue.head + 1)
        _pair(draft, _touched(at_cue, (own,)) - taken, heard, found, taken)
    for draft in drafts:
        if id(draft) not in found:
            near = _touched(at_words, draft.said) - taken
            same = {number for number in near if shared(draft.said, heard[number].content) >= SAME_WORDS}
            _pair(draft, same, heard, found, taken)
    return found


def _pair(draft: Draft, fits: set[int], heard: Sequence[Frame], found: dict[int, Frame], taken: set[int]) -> None:
    """Give a draft the one of these frames whose words are most its own."""
    if fits:
        best = max(sorted(fits), key=lambda number: shared(draft.said, heard[number].content))
        found[id(draft)] = heard[best]
        taken.add(best)


def _at_tokens(stretches: Iterable[Iterable[Range]]) -> dict[int, set[int]]:
    """For each token the numbers of the things whose stretches hold it."""
    found: dict[int, set[int]] = defaultdict(set)
    for number, ranges in enumerate(stretches):
        for words in ranges:
            for i in range(*words):
                found[i].add(number)
    return found


def _touched(at: dict[int, set[int]], ranges: Iterable[Range]) -> set[int]:
    return {number for words in ranges for i in range(*words) for number in at.get(i, ())}


def _settle(scene: Scene, draft: Draft, frame: Frame) -> None:
    """Add to a draft what the tagger heard: a speaker where the rules have none, words where the rules' are torn.

    Where both name a speaker, or words that differ otherwise, the rules' stay: on reports neither had seen, taking the
    tagger's lost more than it gained (docs/decisions/0006).
    """
    draft.also_heard = True
    said, source = words_of(scene.parse, frame), source_of(scene.parse, frame)
    if said and source is not None and frame.score >= SURE and _is_torn(scene, draft, said, source):
        draft.said, draft.quotes, draft.wants_quotes = said, [], True
        draft.cue = replace(draft.cue, who=speaker_within(scene.parse, source).i, who_range=source)
    elif said and frame.score >= SURE and _is_mixed(draft, said):
        draft.said = said
    if source is not None and draft.cue.who is None and not draft.cue.speaker_is_newsroom:
        draft.cue = replace(draft.cue, who=speaker_within(scene.parse, source).i, who_range=source)


def _is_torn(scene: Scene, draft: Draft, said: tuple[Range, ...], source: Range) -> bool:
    """Whether the rules took the speaker into the words: "“We left,” Lee, 43, a teacher, said" by a wrong parse."""
    if shared(draft.said, said) < LEAST_SHARED or not any(has_finite_verb(scene.parse, words) for words in said):
        return False
    return any(overlaps(words, source) for words in draft.said) and not any(overlaps(words, source) for words in said)


def _is_mixed(draft: Draft, said: tuple[Range, ...]) -> bool:
    """Whether the tagger hears a quotation go on behind the mark where the rules stop: "“Two burnt,” with 900 lost"."""
    if len(draft.quotes) != 1 or len(draft.said) != 1 or len(said) != 1 or draft.said[0] != draft.quotes[0].inner:
        return False
    quote = draft.quotes[0]
    return quote.closed and said[0][0] == quote.inner[0] and said[0][1] > quote.whole[1]


def _alone(scene: Scene, drafts: Sequence[Draft], frames: Sequence[Frame]) -> list[Draft]:
    """The frames that no rule found, as drafts: sure ones whose words are nobody's yet."""
    found: list[Draft] = list(drafts)
    at_words = _at_tokens(draft.said for draft in drafts)
    for frame in frames:
        cue = cue_of(scene, frame) if frame.score >= SURE else None
        if cue is None or any(shared(cue.said, found[n].said) >= SAME_WORDS for n in _touched(at_words, cue.said)):
            continue
        for words in cue.said:
            for i in range(*words):
                at_words[i].add(len(found))
        found.append(Draft(cue, cue.said, [], wants_quotes=True))
    return found[len(drafts) :]


def shared(one: Iterable[Range], other: Iterable[Range]) -> float:
    """How much of the tokens of two stretches is shared: Jaccard, 0 to 1."""
    mine = {i for words in one for i in range(*words)}
    theirs = {i for words in other for i in range(*words)}
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0
