"""Trains what scores whether reports tell one happening: `python -m training.happenings --help`.

Three regressions are learnt in a row, each from scores that the one before gave to topics it had not seen: two reports
by themselves, two among their neighbours, and whether two sides of a tree are two stories. How rare words are is
counted over open news texts, and kept by hash. See training/README.md.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import sayso
from bench.grouping import Grouping, b_cubed
from sayso.accounts.linking import leaves, tree
from sayso.accounts.story import StoryPrint, story_print
from sayso.accounts.story_groups import (
    NEAR_FEATURES,
    NEVER,
    SPLIT_FEATURES,
    cut,
    matrix_of,
    near_rows,
    split_features,
)
from sayso.accounts.story_pairs import PAIR_FEATURES, pair_features
from sayso.accounts.story_words import WORD, stem
from sayso.models import stories as held
from sayso.models.stories import BUCKETS, STEP, Regression, StoryScorer

Floats = NDArray[np.floating[Any]]
DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
FOLDS = 7
TESTED = 2
"""How many folds are held back at once to measure: some ten topics."""
THINNED = 2
"""How many more times a part is looked at with some of its documents left out, so that there are more trees to cut."""
LEAST_ALIKE = 0.06
"""Two reports of other topics less alike than this teach nothing."""
PENALTY = 3.0


@dataclass(frozen=True)
class Told:
    """One document: its print, what it tells, and the topic that it belongs to."""

    story: StoryPrint
    event: str
    topic: str


# How rare words are


def texts(data: Path) -> Iterator[str]:
    """News texts that nothing else is learnt from."""
    for path in sorted((data / "polnear").glob("*/text/*")):
        yield path.read_text(encoding="utf-8")
    seen = set()
    for line in (data / "reworded" / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["doc"] not in seen:
            seen.add(item["doc"])
            yield item["text"]
    yield from re.findall(r"<text><!\[CDATA\[(.*?)\]\]></text>", (data / "lgl" / "lgl.xml").read_text("utf-8"), re.S)
    for path in sorted((data / "muc4" / "raw").glob("*/*")):
        if "key" not in path.name and "info" not in path.name:
            yield from re.split(r"\n(?=(?:DEV|TST)\d?-MUC)", path.read_text(encoding="latin1"))


def rarities(all_texts: Iterable[str]) -> bytes:
    """For each bucket of stems, how many texts there are to one that has one of them, as a logarithm in a byte."""
    counts: Counter[int] = Counter()
    total = 0
    for text in all_texts:
        total += 1
        counts.update({zlib.crc32(stem(word).encode()) % BUCKETS for word in WORD.findall(text)})
    found = np.full(BUCKETS, round(np.log((total + 1) / 0.5) * STEP), dtype=np.uint8)
    for bucket, count in counts.items():
        found[bucket] = round(np.log((total + 1) / (count + 0.5)) * STEP)
    return found.tobytes()


# Regressions


def fitted(names: Sequence[str], rows: Floats, right: Sequence[bool], weights: Floats | None = None) -> Regression:
    """A logistic regression with a square penalty, both answers weighing alike, by Newton's steps."""
    answers = np.array(right, dtype=float)
    mean, scale = rows.mean(0), rows.std(0)
    scale[scale == 0] = 1
    table = np.hstack([(rows - mean) / scale, np.ones((len(rows), 1))])
    share = weights if weights is not None else np.where(answers > 0, 0.5 / answers.mean(), 0.5 / (1 - answers.mean()))
    penalty = np.full(table.shape[1], PENALTY)
    penalty[-1] = 1e-6
    found = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (share * (chance - answers)) + penalty * found
        bend = (table * (share * chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return Regression(tuple(names), *(tuple(map(float, part)) for part in (mean, scale, found[:-1])), float(found[-1]))


@dataclass(frozen=True)
class Part:
    """The documents of some topics, with the features of their pairs."""

    told: tuple[Told, ...]
    pairs: tuple[tuple[int, int], ...]
    rows: Floats
    right: tuple[bool, ...]


def part_of(told: Sequence[Told]) -> Part:
    """Some documents with the pairs that teach."""
    pairs, rows = [], []
    for two in range(len(told)):
        for one in range(two):
            row = pair_features(told[one].story, told[two].story)
            if told[one].topic == told[two].topic or row[0] >= LEAST_ALIKE:
                pairs.append((one, two))
                rows.append(row)
    right = tuple(told[one].event == told[two].event for one, two in pairs)
    return Part(tuple(told), tuple(pairs), np.array(rows), right)


Models = dict[str, Regression]


def learn(parts: Sequence[Part]) -> Models:
    """All three regressions from some parts, each learnt from scores out of part."""
    found = {"pair": _pair_model(parts)}
    near = []
    for place, part in enumerate(parts):
        others = [other for number, other in enumerate(parts) if number != place]
        near.append(near_rows(_stories(part), _scored(part, _pair_model(others).chances(part.rows))))
    found["near"] = _near_model(parts, near)
    rows, right, gains = [], [], []
    for place, part in enumerate(parts):
        rest = [number for number in range(len(parts)) if number != place]
        model = _near_model([parts[number] for number in rest], [near[number] for number in rest])
        for row, gain in _nodes(part, model.chances(near[place])):
            rows.append(row)
            right.append(gain > 0)
            gains.append(abs(gain))
    found["split"] = fitted(SPLIT_FEATURES, np.array(rows), right, np.sqrt(np.array(gains) + 0.1))
    return found


def _stories(part: Part) -> list[StoryPrint]:
    return [told.story for told in part.told]


def _scored(part: Part, scores: Floats) -> dict[tuple[int, int], float]:
    return dict(zip(part.pairs, map(float, scores), strict=True))


def _pair_model(parts: Sequence[Part]) -> Regression:
    right = [answer for part in parts for answer in part.right]
    return fitted(PAIR_FEATURES, np.vstack([part.rows for part in parts]), right)


def _near_model(parts: Sequence[Part], rows: Sequence[Floats]) -> Regression:
    return fitted(NEAR_FEATURES, np.vstack(list(rows)), [answer for part in parts for answer in part.right])


def _nodes(part: Part, scores: Floats) -> Iterator[tuple[list[float], float]]:
    """The nodes of a part's trees where they may be cut, and what cutting there gains in right placements."""
    count = len(part.told)
    alike = matrix_of(count, _scored(part, scores))
    chance = np.random.default_rng(count)
    shares = chance.uniform(0.4, 0.8, THINNED)
    thinned = [sorted(map(int, chance.permutation(count)[: int(count * share)])) for share in shares]
    for chosen in (list(range(count)), *thinned):
        yield from _nodes_of(part, alike, chosen)


def _nodes_of(part: Part, alike: Floats, chosen: list[int]) -> Iterator[tuple[list[float], float]]:
    stories = _stories(part)
    merges = tree(alike[np.ix_(chosen, chosen)])
    under = leaves(merges, len(chosen))
    sizes = Counter(part.told[place].event for place in chosen)
    for merge in merges:
        one, two = ([chosen[item] for item in under[side]] for side in (merge.left, merge.right))
        if merge.alike < NEVER or min(len(one), len(two)) < 2:
            continue
        gain = _worth(part, one, sizes) + _worth(part, two, sizes) - _worth(part, one + two, sizes)
        yield split_features(stories, alike, (one, two), merge.alike), gain


def _worth(part: Part, group: Sequence[int], sizes: Mapping[str, int]) -> float:
    held_here = Counter(part.told[place].event for place in group)
    return sum(count * 2 * count / (len(group) + sizes[event]) for event, count in held_here.items())


# What it is worth on topics not seen


def grouped(part: Part, models: Models) -> Grouping:
    """How well some models group a part."""
    stories = _stories(part)
    scores = _scored(part, models["pair"].chances(part.rows))
    near = models["near"].chances(near_rows(stories, scores))
    alike = matrix_of(len(stories), _scored(part, near))
    _lend(StoryScorer(_lent().rarities, models["pair"], models["near"], models["split"]))
    groups = cut(stories, alike, tree(alike))
    names = {str(place): number for number, group in enumerate(groups) for place in group}
    return b_cubed(names, {str(place): told.event for place, told in enumerate(part.told)})


def _lend(scorer: StoryScorer) -> None:
    from sayso.accounts import story, story_groups, story_pairs

    for module in (story, story_groups, story_pairs):
        module.story_scorer = lambda: scorer  # type: ignore[attr-defined]


def _lent() -> StoryScorer:
    from sayso.accounts import story

    return story.story_scorer()


def folds(told: Sequence[Told], seed: int) -> list[Part]:
    """The documents in parts of whole topics, dealt by chance."""
    topics = sorted({one.topic for one in told})
    order = np.random.default_rng(seed).permutation(len(topics))
    fold = {topics[place]: number % FOLDS for number, place in enumerate(order)}
    return [part_of([one for one in told if fold[one.topic] == number]) for number in range(FOLDS)]


def crossed(told: Sequence[Told], times: int) -> list[Grouping]:
    """How well topics that were not learnt from are grouped, each time and part of it."""
    found = []
    for seed in range(times):
        parts = folds(told, seed)
        for first in range(0, FOLDS - TESTED + 1, TESTED):
            held_back = parts[first : first + TESTED]
            models = learn(parts[:first] + parts[first + TESTED :])
            found.append(grouped(part_of([one for part in held_back for one in part.told]), models))
    return found


def documents(data: Path, readings: Path | None) -> list[Told]:
    """The documents of ecbplus, read by Sayso, or as read before."""
    if readings is not None:
        pairs = pickle.loads(readings.read_bytes())
    else:
        lines = (data / "ecbplus" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
        pairs = [(item, sayso.read_text(item["text"])) for item in map(json.loads, lines)]
    return [Told(story_print(reading), item["event"], item["topic"]) for item, reading in pairs]


def write(path: Path, scorer: StoryScorer) -> None:
    """Write a file of weights, and say its hash."""
    about = {
        name: {
            "features": list(part.features),
            "mean": part.mean,
            "scale": part.scale,
            "weights": part.weights,
            "bias": part.bias,
        }
        for name, part in (("pair", scorer.pair), ("near", scorer.near), ("split", scorer.split))
    }
    table = np.frombuffer(scorer.rarities, dtype=np.uint8)
    np.savez_compressed(path, rarities=table, about=np.array(json.dumps(about)))
    print(f"{path}: SHA-256 {sha256(path.read_bytes()).hexdigest()}")


def main(arguments: Sequence[str]) -> int:
    """Count, learn, measure on topics not seen, and write."""
    parser = argparse.ArgumentParser(prog="python -m training.happenings", description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", default=held.PATH)
    parser.add_argument(
        "--data", type=Path, default=DATA, help="the folder that holds ecbplus, polnear, reworded, lgl, muc4"
    )
    parser.add_argument("--readings", type=Path, help="a pickle of ecbplus's documents with their readings")
    parser.add_argument("--crossed", type=int, default=0, help="how many times to measure on topics not seen")
    given = parser.parse_args(arguments)
    none = Regression((), (), (), (), 0.0)
    _lend(StoryScorer(rarities(texts(given.data)), none, none, none))
    told = documents(given.data, given.readings)
    lent = _lent()
    if given.crossed:
        found = crossed(told, given.crossed)
        names = ("f1", "precision", "recall", "torn", "merged")
        means = " ".join(f"{name} {np.mean([getattr(one, name) for one in found]):.4f}" for name in names)
        print(f"topics not seen: {means}")
    models = learn(folds(told, 0))
    write(given.out, StoryScorer(lent.rarities, models["pair"], models["near"], models["split"]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
