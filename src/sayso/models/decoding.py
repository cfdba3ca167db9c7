"""From what the net says of windows to frames: which words begin a cue, and what each word is to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.models.tagging import Frame, Range
from sayso.models.windows import Pieces

Floats = NDArray[np.floating[Any]]

NONE, SOURCE, CONTENT = 0, 1, 2
OUTSIDE, BEGINS, GOES_ON = 0, 1, 2
CUE_FROM = 0.2
"""How sure the net must be that a cue begins, for a frame to be told at all."""
TRUST = 1.0
"""How much the marks, which know where spans begin and end, weigh against the roles, which know whose they are."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the net says of one window, piece by piece: p pieces, r roles, d wide."""

    marks: Floats  # [p, 9]: for cue, source, content whether it begins here or goes on
    as_cue: Floats  # [p, r * d]
    as_word: Floats  # [p, d]
    alone: Floats  # [p, r]


def frames(
    windows: Sequence[Pieces], scores: Sequence[Scores], apart: Floats, cue_from: float = CUE_FROM
) -> list[Frame]:
    """Every frame of a text, in the order of its cues. Each cue is read in the window where most stands around it.

    `apart` [2n + 1, r]: what standing n pieces apart adds to each role.
    """
    home = _home(windows)
    found = []
    for number, (window, of) in enumerate(zip(windows, scores, strict=True)):
        found += _in_window(window, of, apart, {word for word, at in home.items() if at == number}, cue_from)
    return sorted(found)


def _home(windows: Sequence[Pieces]) -> dict[int, int]:
    """For each word the window in which it stands farthest from an end that is not the text's."""
    best: dict[int, tuple[int, int]] = {}
    for number, window in enumerate(windows):
        size = len(window.words)
        for at, word in enumerate(window.words):
            if word < 0:
                continue
            before = at if number else size
            after = size - at if number + 1 < len(windows) else size
            room = min(before, after)
            if word not in best or room > best[word][0]:
                best[word] = (room, number)
    return {word: number for word, (_, number) in best.items()}


def _in_window(window: Pieces, scores: Scores, apart: Floats, home: set[int], cue_from: float) -> list[Frame]:
    begin = [at for at, word in enumerate(window.words) if word >= 0]
    words = [window.words[at] for at in begin]
    marks = _log_softmax(scores.marks[begin].reshape(len(begin), 3, 3))
    cue = np.exp(marks[:, 0])
    heads = [i for i, word in enumerate(words) if word in home and cue[i, BEGINS] >= cue_from]
    if not heads:
        return []
    roles = _log_softmax(_roles(scores, apart, begin, heads))
    labels = _best(roles, TRUST * _steps(marks))
    return [_frame(words, cue, i, row, role) for i, row, role in zip(heads, labels, roles, strict=True)]


def _roles(scores: Scores, apart: Floats, begin: list[int], heads: list[int]) -> Floats:
    """Scores [c, n, r] of every word of a window for each of c cues."""
    wide = scores.as_word.shape[1]
    cues = scores.as_cue[[begin[i] for i in heads]].reshape(len(heads), -1, wide)
    bilinear = np.einsum("crd,nd->cnr", cues, scores.as_word[begin], optimize=True) / np.sqrt(wide)
    places = np.array(begin)
    near = len(apart) // 2
    distance = np.clip(places[None, :] - places[heads][:, None], -near, near) + near
    scored: Floats = bilinear + scores.alone[begin][None] + apart[distance]
    return scored


def _steps(marks: Floats) -> Floats:
    """What each step from one role to the next costs at each word [n, from, to], by the marks [n, 3, 3] in logs.

    To step into a source or content one must begin here, to stay in it it must go on, to leave it it must not.
    """
    steps = np.zeros((len(marks), 3, 3))
    for role in (SOURCE, CONTENT):
        begins, goes_on = marks[:, role, BEGINS], marks[:, role, GOES_ON]
        steps[:, :, role] += begins[:, None]
        steps[:, role, role] += np.logaddexp(goes_on, begins - 2.0) - begins
        ends = np.log1p(-np.minimum(np.exp(goes_on), 0.9999))
        for other in {NONE, SOURCE, CONTENT} - {role}:
            steps[:, role, other] += ends
    return steps


def _best(roles: Floats, steps: Floats) -> NDArray[np.int64]:
    """The best role of every word [c, n] for each of c cues (Viterbi)."""
    cues, length, kinds = roles.shape
    best = roles[:, 0] + steps[0, NONE]
    back = np.zeros((length, cues, kinds), dtype=np.int64)
    for n in range(1, length):
        through = best[:, :, None] + steps[n]
        back[n] = through.argmax(1)
        best = through.max(1) + roles[:, n]
    found = np.zeros((cues, length), dtype=np.int64)
    found[:, -1] = best.argmax(1)
    for n in range(length - 1, 0, -1):
        found[:, n - 1] = back[n][np.arange(cues), found[:, n]]
    return found


def _frame(words: list[int], cue: Floats, head: int, roles: NDArray[np.int64], scores: Floats) -> Frame:
    last = head + 1
    while last < len(words) and words[last] == words[last - 1] + 1 and cue[last].argmax() == GOES_ON:
        last += 1
    said = tuple(piece for run in _runs(roles == CONTENT) for piece in _without(run, (head, last)))
    sources = [piece for run in _runs(roles == SOURCE) for piece in _without(run, (head, last))]
    source = max(sources, key=lambda run: np.exp(scores[run[0] : run[1], SOURCE]).sum(), default=None)

    def named(run: Range) -> Range:
        return words[run[0]], words[run[1] - 1] + 1

    return Frame(
        named((head, last)),
        (named(source),) if source else (),
        tuple(named(run) for run in said),
        float(cue[head, BEGINS]),
    )


def _runs(flags: NDArray[np.bool_]) -> list[Range]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _without(run: Range, hole: Range) -> list[Range]:
    parts = [(run[0], min(run[1], hole[0])), (max(run[0], hole[1]), run[1])]
    return [run] if run[1] <= hole[0] or hole[1] <= run[0] else [part for part in parts if part[0] < part[1]]


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result
