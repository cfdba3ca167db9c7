"""How the net learns: windows with their answers, batches of like length, and a loss for each head."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from sayso.models.tagging import Frame, Range
from sayso.models.windows import END, PAD, SIZE, Pieces, paragraphs_as_pieces, windows
from training.net import ROLES, Net, role_scores
from training.rows import Lesson

MASK, HIDDEN = 103, 0.06
"""The vocabulary's row for a hidden piece, and the share of pieces hidden, against learning by heart."""
UNSEEN = -100  # a piece that answers nothing: an end, a paragraph mark, the second piece of a word
PIECES = 4096  # in a batch
BODY_RATE, HEAD_RATE, WARM_UP = 3e-4, 1e-3, 0.06
HEADS = ("marks", "as_cue", "as_word", "alone", "apart")
CUE, SOURCE, CONTENT = 0, 1, 2


@dataclass(frozen=True)
class Window:
    """One window with what should be found in it, piece by piece."""

    pieces: Pieces
    marks: list[list[int]]  # for cue, source, content: 0 outside, 1 begins, 2 goes on
    cues: list[int]  # where each cue begins
    roles: list[list[int]]  # for each cue: 0 none, 1 source, 2 content


def answered(pieces: Pieces, frames: Sequence[Frame]) -> Window:
    """A window with the answers of those frames whose cue begins in it."""
    at = {word: i for i, word in enumerate(pieces.words) if word >= 0}
    blank = [0 if word >= 0 else UNSEEN for word in pieces.words]
    marks = [blank[:] for _ in range(3)]
    cues, roles = [], []
    for frame in frames:
        for kind, ranges in ((CUE, (frame.cue,)), (SOURCE, frame.source), (CONTENT, frame.content)):
            for words in ranges:
                _mark(marks[kind], at, words)
        if frame.cue[0] in at:
            role = blank[:]
            for kind, ranges in ((1, frame.source), (2, frame.content)):
                for i in (at[word] for words in ranges for word in range(*words) if word in at):
                    role[i] = kind
            cues.append(at[frame.cue[0]])
            roles.append(role)
    return Window(pieces, marks, cues, roles)


def _mark(row: list[int], at: dict[int, int], words: Range) -> None:
    for word in range(*words):
        if word in at and not (row[at[word]] == 1 and word > words[0]):
            row[at[word]] = 1 if word == words[0] else 2


def windows_of(lessons: Sequence[Lesson], tokenizer: Tokenizer, by: random.Random) -> list[Window]:
    """Every lesson in windows; long ones are first parted at a paragraph drawn anew, so that windows differ."""
    found = []
    for lesson in lessons:
        paragraphs = paragraphs_as_pieces(tokenizer, lesson.paragraphs)
        at = by.randrange(0, 6) if len(paragraphs) > 6 else 0
        for part in (paragraphs[:at], paragraphs[at:]):
            found += [answered(cut, lesson.frames) for cut in windows(part, SIZE, 0)] if part else []
    return found


def joined(lessons: Sequence[Lesson], most: int, by: random.Random) -> list[Lesson]:
    """Short lessons in a new order, put together to texts of up to about `most` words."""
    order = list(lessons)
    by.shuffle(order)
    found: list[Lesson] = []
    for lesson in order:
        size = sum(map(len, found[-1].paragraphs)) if found else most
        if size + sum(map(len, lesson.paragraphs)) > most:
            found.append(Lesson([], []))
            size = 0
        found[-1].paragraphs.extend(lesson.paragraphs)
        found[-1].frames.extend(_moved(frame, size) for frame in lesson.frames)
    return found


def _moved(frame: Frame, by: int) -> Frame:
    def move(words: Range) -> Range:
        return words[0] + by, words[1] + by

    return Frame(move(frame.cue), tuple(map(move, frame.source)), tuple(map(move, frame.content)), frame.score)


def batches(found: Sequence[Window], by: random.Random) -> list[list[Window]]:
    """Batches of up to `PIECES` pieces, alike in length, in random order."""
    order = list(found)
    by.shuffle(order)
    made: list[list[Window]] = []
    for first in range(0, len(order), 256):
        batch: list[Window] = []
        for window in sorted(order[first : first + 256], key=lambda one: len(one.pieces.ids)):
            if batch and len(window.pieces.ids) * (len(batch) + 1) > PIECES:
                made.append(batch)
                batch = []
            batch.append(window)
        made.append(batch)
    by.shuffle(made)
    return made


def loss_of(net: Net, batch: Sequence[Window]) -> Tensor:
    """Cross-entropy of the marks, and of the roles for every cue, each a mean over words."""
    longest = max(len(one.pieces.ids) for one in batch)

    def padded(rows: Sequence[Sequence[int]], empty: int) -> Tensor:
        return torch.tensor([[*row, *[empty] * (longest - len(row))] for row in rows], dtype=torch.long)

    ids = padded([one.pieces.ids for one in batch], PAD)
    types = padded([one.pieces.types for one in batch], 0)
    attended = padded([[1] * len(one.pieces.ids) for one in batch], 0)
    hidden = (torch.rand(ids.shape) < HIDDEN) & (ids > END)
    marks, as_cue, as_word, alone = net(ids.masked_fill(hidden, MASK), types, attended)
    wanted = torch.stack([padded([one.marks[kind] for one in batch], UNSEEN) for kind in range(3)], -1)
    seen = (wanted[..., 0] != UNSEEN).sum()
    loss = _entropy(marks.reshape(-1, 3), wanted.reshape(-1)) / seen
    at = [(row, cue) for row, one in enumerate(batch) for cue in one.cues]
    if at:
        rows, cues = torch.tensor([row for row, _ in at]), torch.tensor([cue for _, cue in at])
        roles = padded([role for one in batch for role in one.roles], UNSEEN)
        distance = torch.arange(longest)[None, :] - cues[:, None]
        scores = role_scores(net, as_cue[rows, cues], as_word[rows], alone[rows], distance)
        loss = loss + _entropy(scores.reshape(-1, ROLES), roles.reshape(-1)) / (roles != UNSEEN).sum()
    return 10 * loss


def _entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    return nn.functional.cross_entropy(scores.float(), wanted, ignore_index=UNSEEN, reduction="sum")


def epochs(
    long: Sequence[Lesson], short: Sequence[Lesson], times: int, tokenizer: Tokenizer, by: random.Random
) -> Iterator[list[list[Window]]]:
    """For each epoch the batches: every long text once, every short one `times` times among changing neighbours."""
    while True:
        mixed = [lesson for _ in range(times) for lesson in joined(short, 170, by)]
        yield batches(windows_of([*long, *mixed], tokenizer, by), by)


def learn(net: Net, epoch_batches: Iterator[list[list[Window]]], many: int, keep: Path) -> None:
    """Train for `many` epochs, keeping the weights after each. The word pieces' own vectors stay as they are."""
    net.pieces.weight.requires_grad = False
    net.train()
    named = [(name.split(".")[0], weight) for name, weight in net.named_parameters() if weight.requires_grad]
    groups = [
        {"params": [weight for name, weight in named if name not in HEADS], "lr": BODY_RATE},
        {"params": [weight for name, weight in named if name in HEADS], "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    step = total = 0
    for epoch in range(many):
        made = next(epoch_batches)
        total = total or len(made) * many
        lost = 0.0
        for number, batch in enumerate(made, 1):
            share = min(1.0, step / (WARM_UP * total)) * max(0.0, 1 - step / (1.02 * total))
            for group, rate in zip(optimizer.param_groups, (BODY_RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * share
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(net, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            lost += loss.item()
            if number % 50 == 0:
                print(f"epoch {epoch + 1} of {many}, batch {number} of {len(made)}: loss {lost / 50:.3f}", flush=True)
                lost = 0.0
        torch.save(net.state_dict(), keep)
