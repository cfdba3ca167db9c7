"""Trains what scores fillers and types of incidents: `python -m training.incidents --help`. See training/README.md.

Texts are read by Sayso; candidates and their features are those of reading time. A text's templates make the answers:
a candidate whose words are one of a filler's names fills that slot. How candidates and the text are to be joined, and
from which scores on, is learnt from scores out of fold: each text scored by a net that did not see it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from bench.events import DATA, told_of, travel
from bench.muc import SLOTS as KEY_SLOTS
from bench.muc import Accused, Document, Template, confidence_score, documents, key_files, keys, plain, simplified_score
from sayso.events.incidents.candidates import candidates
from sayso.events.incidents.confidence import VALUES, confidence_features
from sayso.events.incidents.features import Told, document_row, rows
from sayso.events.incidents.find import log_odds, named_at, names_of, with_scores
from sayso.events.incidents.templates import (
    LEAST,
    ORGANISATION,
    PERSON,
    SLOTS,
    TYPES,
    Limits,
    Scored,
    chosen,
    pooled,
    templates,
)

Floats = NDArray[np.floating[Any]]
FOLDS, NETS = 3, 2
HIDDEN, DROPPED = 96, 0.2
EPOCHS, BATCH, RATE, DECAY = 10, 512, 3e-3, 5e-2
FIRST_LIMITS = Limits((0.25, 0.16, 0.14, 0.14, 0.5), (0.3, 0.35, 0.35, 0.35, 0.35), 0.2)
TRIED = (0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
TRIED_ACCUSED = (0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.2, 0.26)
CONFIDENCE_FOLDS = 5
SEEN = 15


@dataclass(frozen=True)
class Suspect:
    """An organisation of a text in an incident of a type. The key allows it no value where it does not accuse it."""

    lesson: int
    type: int
    name: str
    score: float
    features: dict[str, float]
    allowed: tuple[str, ...]


@dataclass
class Lesson:
    """One text: its candidates' names (plain, and with titles), their features, the text's own, and the answers."""

    document: Document
    names: list[tuple[str, str]]
    rows: Floats
    row: Floats
    told_by: Told | None = None
    full: tuple[Template, ...] = ()
    slots: Floats = field(init=False)
    types: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Compare every candidate with the answers."""
        self.slots = np.zeros((len(self.names), len(SLOTS)), np.float32)
        self.types = np.zeros((len(self.names), len(TYPES)), np.float32)
        for template in self.document.templates:
            of = [float(kind in template.type) for kind in TYPES]
            for slot, name in enumerate(KEY_SLOTS):
                known = {name for names in template.fillers(name) for name in names}
                for number, (bare, titled) in enumerate(self.names):
                    if bare in known or (slot == PERSON and titled in known):
                        self.slots[number, slot] = 1
                        self.types[number] = np.maximum(self.types[number], of)

    @property
    def told(self) -> Floats:
        """Which types the text tells."""
        return np.array([any(kind in one.type for one in self.document.templates) for kind in TYPES], np.float32)


class FillerNet(nn.Module):
    """One hidden layer over a candidate's features: a score for each slot and for each type."""

    def __init__(self, wide: int, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(wide, hidden), nn.Linear(hidden, len(SLOTS) + len(TYPES))
        self.dropout = nn.Dropout(DROPPED)
        for layer in (self.inner, self.outer):  # vectors have length one: smaller weights would learn for long
            nn.init.xavier_uniform_(layer.weight)

    def forward(self, rows: Tensor) -> Tensor:
        """Logits [n, slots + types]."""
        out: Tensor = self.outer(self.dropout(torch.relu(self.inner(rows))))
        return out


def fillers_learnt(lessons: Sequence[Lesson], seed: int) -> FillerNet:
    """The net that scores candidates: the mean of `NETS` that began elsewhere, as one net of their hidden layers."""
    nets = [net_learnt(lessons, NETS * seed + number) for number in range(NETS)]
    whole = FillerNet(nets[0].inner.in_features, NETS * HIDDEN)
    with torch.no_grad():
        whole.inner.weight.copy_(torch.cat([net.inner.weight for net in nets]))
        whole.inner.bias.copy_(torch.cat([net.inner.bias for net in nets]))
        whole.outer.weight.copy_(torch.cat([net.outer.weight for net in nets], dim=1) / NETS)
        whole.outer.bias.copy_(torch.stack([net.outer.bias for net in nets]).mean(0))
    return whole.eval()


def net_learnt(lessons: Sequence[Lesson], seed: int) -> FillerNet:
    """One net. Types are learnt from candidates that fill a slot."""
    torch.manual_seed(seed)
    rows = torch.from_numpy(np.concatenate([one.rows for one in lessons if len(one.rows)]).astype(np.float32))
    slots = torch.from_numpy(np.concatenate([one.slots for one in lessons if len(one.rows)]))
    types = torch.from_numpy(np.concatenate([one.types for one in lessons if len(one.rows)]))
    net = FillerNet(rows.shape[1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(rows) // BATCH + 1)
    rate = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, steps)
    entropy = nn.functional.binary_cross_entropy_with_logits
    net.train()
    for _ in range(EPOCHS):
        for at in torch.randperm(len(rows)).split(BATCH):
            scores = net(rows[at])
            loss = len(SLOTS) * entropy(scores[:, : len(SLOTS)], slots[at])
            fills = slots[at].any(1)
            if fills.any():
                loss = loss + 0.2 * entropy(scores[fills, len(SLOTS) :], types[at][fills])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            rate.step()
    return net.eval()


@dataclass(frozen=True)
class Logistic:
    """Logistic regressions side by side: inputs are centred and scaled first."""

    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Chances [n, outputs]."""
        found: Floats = 1 / (1 + np.exp(-(((rows - self.mean) / self.scale) @ self.weights + self.bias)))
        return found


def logistic_learnt(rows: Floats, wanted: Floats, decay: float) -> Logistic:
    """Fit by L-BFGS with an L2 penalty of `decay` a row."""
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    inputs = torch.from_numpy(((rows - mean) / scale).astype(np.float64))
    outputs = torch.from_numpy(wanted.astype(np.float64))
    weights = torch.zeros(rows.shape[1], wanted.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(wanted.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        scores = inputs @ weights + bias
        value = nn.functional.binary_cross_entropy_with_logits(scores, outputs, reduction="none").sum(1).mean()
        value = value + decay * weights.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[arg-type]
    return Logistic(mean, scale, weights.detach().numpy(), bias.detach().numpy())


def scored(net: FillerNet, lesson: Lesson) -> list[Scored]:
    """The candidates of a text with their scores."""
    if not len(lesson.rows):
        return []
    with torch.no_grad():
        scores = net(torch.from_numpy(lesson.rows.astype(np.float32))).sigmoid().numpy()
    return with_scores(lesson.names, scores)


@dataclass(frozen=True)
class Learnt:
    """All that is learnt: the net, the text's own regression, and the one that joins both."""

    net: FillerNet
    text: Logistic
    joined: Logistic | None = None


def part_learnt(lessons: Sequence[Lesson], seed: int) -> Learnt:
    """The net and the text's own regression."""
    told = np.array([one.told for one in lessons])
    return Learnt(fillers_learnt(lessons, seed), logistic_learnt(np.array([one.row for one in lessons]), told, 0.02))


Judged = tuple[list[Scored], Floats]


def judged(learnt: Learnt, lesson: Lesson) -> Judged:
    """A text's candidates with their scores, and what the joining regression gets of it."""
    found = scored(learnt.net, lesson)
    return found, np.concatenate([log_odds(learnt.text(lesson.row[None])[0]), pooled(found)])


def out_of_fold(lessons: Sequence[Lesson], seed: int) -> list[Judged]:
    """Every text judged by what was learnt from the other folds."""
    found: list[Judged | None] = [None] * len(lessons)
    for fold in range(FOLDS):
        learnt = part_learnt([one for i, one in enumerate(lessons) if i % FOLDS != fold], seed)
        for i in range(fold, len(lessons), FOLDS):
            found[i] = judged(learnt, lessons[i])
        print(f"fold {fold + 1} of {FOLDS}", flush=True)
    return [one for one in found if one is not None]


def as_templates(found: Sequence[Scored], types: Floats, limits: Limits) -> list[Template]:
    """What is made of a text, as the scorer takes it."""
    return [
        Template(
            TYPES[kind],
            {
                name: tuple((" ".join(one.named.words),) for one in fillers if one.slot == slot)
                for slot, name in enumerate(KEY_SLOTS)
            },
        )
        for kind, fillers in templates(found, types, limits)
    ]


def f1_of(lessons: Sequence[Lesson], judgements: Sequence[tuple[list[Scored], Floats]], limits: Limits) -> float:
    """The simplified score of these texts."""
    given = {
        lesson.document.name: as_templates(found, types, limits)
        for lesson, (found, types) in zip(lessons, judgements, strict=True)
    }
    return simplified_score(given, [lesson.document for lesson in lessons])["micro"].f1


def limits_learnt(lessons: Sequence[Lesson], judgements: Sequence[tuple[list[Scored], Floats]]) -> Limits:
    """Each limit in turn set to what scores best, twice round."""
    best, limits = f1_of(lessons, judgements, FIRST_LIMITS), FIRST_LIMITS
    for changed in 2 * [*_types_at(), *_slots_at(), None]:
        for value in TRIED:
            other = _with(limits, changed, value)
            f1 = f1_of(lessons, judgements, other)
            if f1 > best + 0.02:
                best, limits = f1, other
    return limits


def _types_at() -> list[tuple[str, int]]:
    return [("types", number) for number in range(len(TYPES) - 1)]


def _slots_at() -> list[tuple[str, int]]:
    return [("slots", number) for number in range(len(SLOTS))]


def _with(limits: Limits, changed: tuple[str, int] | None, value: float) -> Limits:
    if changed is None:
        return replace(limits, link=value)
    of, number = changed
    row = list(limits.types if of == "types" else limits.slots)
    row[number] = value
    return replace(limits, types=tuple(row)) if of == "types" else replace(limits, slots=tuple(row))


# Confidence


def suspects_of(number: int, lesson: Lesson, found: Sequence[Scored], told_as: Sequence[int]) -> list[Suspect]:
    """Every organisation that may have done it, in each type of incident that the text is said to tell."""
    assert lesson.told_by is not None
    suspects = []
    for one in chosen(found, ORGANISATION, LEAST) if told_as else ():
        mentions = named_at(lesson.told_by, one)
        name = plain(" ".join(one.named.words))
        for kind in told_as:
            features = confidence_features(lesson.told_by, mentions, TYPES[kind])
            suspects.append(Suspect(number, kind, name, one.score, features, _allowed(lesson, TYPES[kind], name)))
    return suspects


def _allowed(lesson: Lesson, kind: str, name: str) -> tuple[str, ...]:
    accused = (one for template in lesson.full if kind in template.type for one in template.accused)
    values = {value for one in accused if name in one.names for value in one.values}
    return tuple(value for value in VALUES if value in values)


def confidence_learnt(found: Sequence[Suspect]) -> tuple[list[str], Logistic]:
    """The names of features, those that stand at some suspects or more, and the regression over those accused."""
    counts = Counter(name for one in found for name in one.features)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    accused = [one for one in found if one.allowed]
    wanted = np.array([[float(value == one.allowed[0]) for value in VALUES] for one in accused])
    return names, logistic_learnt(_matrix(accused, names), wanted, 0.1)


def _matrix(found: Sequence[Suspect], names: Sequence[str]) -> Floats:
    return np.array([[one.features.get(name, 0.0) for name in names] for one in found])


Answer = tuple[float, Suspect, str]
"""How likely both are right, who is accused, and the confidence."""


def answers(found: Sequence[Suspect], learnt: tuple[list[str], Logistic]) -> list[Answer]:
    """For each suspect the likeliest value."""
    names, regression = learnt
    chances = regression(_matrix(found, names))
    chances = chances / chances.sum(axis=1, keepdims=True)
    return [
        (one.score * float(row.max()), one, VALUES[int(row.argmax())]) for one, row in zip(found, chances, strict=True)
    ]


def accused_learnt(
    lessons: Sequence[Lesson], judgements: Sequence[Judged], limits: Limits
) -> tuple[tuple[list[str], Logistic], float]:
    """How sure texts are of whom they accuse, and from which chance on (best out of fold, smoothed)."""
    made = [as_templates(found, types, limits) for found, types in judgements]
    suspects = [
        suspects_of(i, lesson, found, [TYPES.index(one.type) for one in made[i]])
        for i, (lesson, (found, _)) in enumerate(zip(lessons, judgements, strict=True))
    ]
    found: list[Answer] = []
    for fold in range(CONFIDENCE_FOLDS):
        others = [one for i, row in enumerate(suspects) if i % CONFIDENCE_FOLDS != fold for one in row]
        found += answers([one for row in suspects[fold::CONFIDENCE_FOLDS] for one in row], confidence_learnt(others))
    scores = {limit: confidence_f1(lessons, made, found, limit) for limit in TRIED_ACCUSED}
    print(f"confidence out of fold: { ({limit: round(f1, 1) for limit, f1 in scores.items()}) }", flush=True)
    around = {
        limit: np.mean([scores[near] for near in TRIED_ACCUSED[max(0, i - 1) : i + 2]])
        for i, limit in enumerate(TRIED_ACCUSED)
    }
    return confidence_learnt([one for row in suspects for one in row]), max(scores, key=lambda limit: around[limit])


def confidence_f1(
    lessons: Sequence[Lesson], made: Sequence[list[Template]], found: Iterable[Answer], limit: float
) -> float:
    """The score of the confidence slot where the likeliest of each template is accused, from this chance on."""
    best: dict[tuple[int, str], Answer] = {}
    for answer in found:
        at = (answer[1].lesson, TYPES[answer[1].type])
        if answer[0] > max(limit, best[at][0] if at in best else 0.0):
            best[at] = answer
    given = {
        lesson.document.name: [
            replace(one, accused=(Accused((best[i, one.type][1].name,), (best[i, one.type][2],)),))
            if (i, one.type) in best
            else one
            for one in made[i]
        ]
        for i, lesson in enumerate(lessons)
    }
    return confidence_score(given, {lesson.document.name: lesson.full for lesson in lessons}).f1


# The command


def lessons_of(data: Path) -> Iterator[Lesson]:
    """Every text of MUC-4's train part, read by Sayso."""
    full = keys(key_files(data))
    for document in documents(data / "processed" / "train.json"):
        told = told_of(travel(document.text))
        found = candidates(told.parse, told.grounds.entities)
        yield Lesson(
            document,
            names_of(told, found),
            rows(told, found).astype(np.float16),
            document_row(told),
            told,
            full.get(document.name, ()),
        )


Confidence = tuple[tuple[list[str], Logistic], float]
"""How sure a text is of whom it accuses, and from which chance on one is accused."""


def learnt_from(lessons: Sequence[Lesson], seed: int) -> tuple[Learnt, Limits, Confidence]:
    """All that is learnt from these texts, and the limits."""
    judgements = out_of_fold(lessons, seed)
    told = np.array([one.told for one in lessons])
    joined = logistic_learnt(np.array([row for _, row in judgements]), told, 0.01)
    by_types = [([one for one in found if one.slots.max() > 0.05], joined(row[None])[0]) for found, row in judgements]
    limits = limits_learnt(lessons, by_types)
    print(f"out of fold: micro F1 {f1_of(lessons, by_types, limits):.1f}, {limits}", flush=True)
    whole = part_learnt(lessons, seed)
    return Learnt(whole.net, whole.text, joined), limits, accused_learnt(lessons, by_types, limits)


def write(learnt: Learnt, limits: Limits, confidence: Confidence, seed: int, out: Path) -> None:
    """The weights as half floats, and everything else as JSON, in one file."""
    net, ((names, regression), accused_limit) = learnt.net, confidence
    assert learnt.joined is not None
    arrays = {
        "inner": net.inner.weight.detach().numpy().T,
        "inner_bias": net.inner.bias.detach().numpy(),
        "outer": net.outer.weight.detach().numpy().T,
        "outer_bias": net.outer.bias.detach().numpy(),
    }
    for name, one in (("text", learnt.text), ("joined", learnt.joined), ("confidence", regression)):
        arrays |= {f"{name}_mean": one.mean, f"{name}_scale": one.scale}
        arrays |= {f"{name}_weights": one.weights, f"{name}_bias": one.bias}
    told = {
        "name": "incidents-1",
        "seed": seed,
        "type_limits": limits.types,
        "slot_limits": limits.slots,
        "link": limits.link,
        "accused_limit": accused_limit,
        "confidence_features": names,
        "confidence_values": VALUES,
    }
    halves = {name: np.asarray(array, np.float16) for name, array in arrays.items()}
    np.savez_compressed(out, allow_pickle=False, about=np.array(json.dumps(told)), **halves)


def main(arguments: list[str]) -> int:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="the .npz file to write")
    parser.add_argument("--data", type=Path, default=DATA, help="MUC-4's folder, with processed/ and raw/")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    lessons = list(lessons_of(options.data))
    finish(lessons, options.seed, options.out)
    return 0


def finish(lessons: Sequence[Lesson], seed: int, out: Path) -> None:
    """Learn from texts that are read, and write."""
    torch.set_num_threads(1)
    learnt, limits, confidence = learnt_from(lessons, seed)
    write(learnt, limits, confidence, seed, out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
