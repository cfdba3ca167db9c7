"""Counts how rare words are, and trains what tells copies: `python -m training.copies --help`.

Two logistic regressions. The first looks at two sentences that are each other's best of two reports: are they a
sentence and its rewording, or two reporters on one thing? The second looks at two reports by what the first says of
their sentences. Copies are renderings of one item, and reports of ECB+ reworded by chance, so that neither answer has a
style or a subject of its own; the others are reports of one event by two outlets, and renderings of two items.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.models.copies import CopyWeights

Floats = NDArray[np.float64]
HERE = Path(__file__).resolve().parent.parent
DATA = HERE.parent / "shared" / "data"
WEIGHTS = HERE / "src" / "sayso" / "models" / "weights"
PENALTY = 1.0
FALSE_LINKS = 0.005
"""The share of independent pairs of the lessons that the limit lets through: below one percent, for elsewhere."""
NEAR_DIAGONAL = 0.12
INDEPENDENT_COUNTS = 3.0


# A logistic regression


def fitted(rows: Floats, answers: Floats, counts: Floats | None = None) -> tuple[Floats, float]:
    """Weights and bias on the rows as they are, by Newton's method, with a ridge on the scaled weights."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    inner = np.hstack([(rows - mean) / scale, np.ones((len(rows), 1))])
    counts = np.ones(len(rows)) if counts is None else counts
    ridge = np.diag([*([PENALTY] * rows.shape[1]), 1e-6])
    weights = np.zeros(inner.shape[1])
    for _ in range(60):
        chances = 1 / (1 + np.exp(-np.clip(inner @ weights, -30, 30)))
        slope = inner.T @ (counts * (chances - answers)) + ridge @ weights
        curve = (inner * (counts * np.maximum(chances * (1 - chances), 1e-6))[:, None]).T @ inner + ridge
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    plain = weights[:-1] / scale
    return plain, float(weights[-1] - plain @ mean)


# What is learnt from


@dataclass(frozen=True)
class Seen:
    """A case with what its sentences share."""

    kind: str
    is_copy: bool
    group: str
    shared: Any  # Alike
    heres: NDArray[np.int64]
    theres: NDArray[np.int64]


def seen(cases: Sequence[Any]) -> list[Seen]:
    """Cases with what their sentences share, and which go together."""
    from sayso.copies.alike import alike
    from sayso.copies.likeness import partners, without_frame

    found = []
    for case in cases:
        shared = alike(case.here, case.there)
        kept = without_frame(case.here, case.there, *partners(shared))
        found.append(Seen(case.kind, case.is_copy, case.group, shared, *kept))
    return found


def learnt(lessons: Sequence[Seen]) -> CopyWeights:
    """The weights that these cases teach, with the limit put where few independent pairs are above it."""
    from sayso.copies.likeness import traits, with_odds

    rows, answers = _sentence_rows(lessons)
    of_sentences, sentences_bias = fitted(rows, answers)
    unlimited = CopyWeights(of_sentences, sentences_bias, np.zeros(1), 0.0)
    told = np.array(
        [traits(one.shared, with_odds(one.shared, one.heres, one.theres, unlimited), unlimited) for one in lessons]
    )
    copies = np.array([float(one.is_copy) for one in lessons])
    of_reports, bias = fitted(told, copies, np.where(copies == 1, 1.0, INDEPENDENT_COUNTS))
    independent = np.array([one.kind == "independent" for one in lessons])
    limit = float(np.quantile(told[independent] @ of_reports + bias, 1 - FALSE_LINKS))
    return CopyWeights(of_sentences, sentences_bias, of_reports, bias - limit)


def judged_by(weights: CopyWeights, one: Seen) -> float:
    """The score that weights give a case."""
    from sayso.copies.likeness import traits, with_odds

    return weights.report(traits(one.shared, with_odds(one.shared, one.heres, one.theres, weights), weights))


def _sentence_rows(lessons: Sequence[Seen]) -> tuple[Floats, Floats]:
    """Copied pairs stand at like places of whole copies; all pairs of independent reports are not copied."""
    rows, answers = [], []
    for one in lessons:
        if one.kind not in ("whole", "made_whole", "independent", "other_item"):
            continue
        across, along = one.shared.cosine.shape
        for here, there in zip(one.heres.tolist(), one.theres.tolist(), strict=True):
            if one.is_copy and abs(here / across - there / along) >= NEAR_DIAGONAL:
                continue
            rows.append(one.shared.features[here, there])
            answers.append(float(one.is_copy))
    return np.array(rows), np.array(answers)


# How rare words are


def news_texts(data: Path) -> Iterator[str]:
    """Texts that words are counted in. None is of the sets that copies are measured on."""
    for file in sorted((data / "polnear").rglob("*.txt")):
        yield file.read_text(encoding="utf-8", errors="replace")
    for file in sorted((data / "muc4" / "raw").rglob("*")):
        if file.is_file() and not file.name.startswith("key"):
            yield from re.split(r"(?m)^(?:DEV|TST\d)-MUC\d-\d+.*$", file.read_text(encoding="utf-8", errors="replace"))[
                1:
            ]
    for file in (data / "lgl" / "lgl.xml", data / "geovirus" / "GeoVirus.xml"):
        yield from re.findall(r"<text>(.*?)</text>", file.read_text(encoding="utf-8", errors="replace"), re.S)
    for file in sorted((data / "timex").rglob("*.tml")):
        yield re.sub(r"<[^>]+>", " ", file.read_text(encoding="utf-8", errors="replace"))


EVERYWHERE = 0.2
FEWEST = {"figure": 4, "name": 6, "word": 3, "seldom_small": 15}
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


def counted(texts: Iterator[str]) -> tuple[dict[int, int], int]:
    """The rarity of each word's number, and that of a word in none of the texts."""
    from sayso.copies.words import figures, number_of, skeleton
    from sayso.values.stems import stem

    stems: Counter[str] = Counter()
    small: Counter[str] = Counter()
    names: Counter[str] = Counter()
    values: Counter[int] = Counter()
    count = 0
    for text in texts:
        count += 1
        is_loud = sum(map(str.isupper, text)) > sum(map(str.islower, text))
        words = set(WORD.findall(text))
        stems.update({stem(word) for word in words})
        small.update({stem(word) for word in words if not is_loud and word[0].islower()})
        names.update({skeleton(word) for word in words if is_loud or word[0].isupper()})
        values.update(set(figures(text)))

    def rarity(holders: int) -> int:
        return 0 if holders > EVERYWHERE * count else min(255, round(16 * math.log(count / holders)))

    table = {key: max(rarity(held), 1) for key, held in values.items() if held >= FEWEST["figure"]}
    table |= {number_of("~" + name): max(rarity(held), 8) for name, held in names.items() if held >= FEWEST["name"]}
    table |= {
        number_of(word): rarity(held)
        for word, held in stems.items()
        if small[word] >= FEWEST["word"] or (small[word] and held >= FEWEST["seldom_small"])
    }
    return table, round(16 * math.log(2 * count))


def write_rarities(data: Path, to: Path) -> None:
    """Write the table; its figures are said so that they can be put into `sayso.models.rarities`."""
    table, unknown = counted(news_texts(data))
    keys = np.array(sorted(table), dtype=np.uint32)
    np.savez_compressed(to, keys=keys, rarities=np.array([table[int(key)] for key in keys], dtype=np.uint8))
    print(f"{to}: {len(table)} numbers; UNKNOWN = {unknown}")


def as_json(weights: CopyWeights) -> dict[str, Any]:
    """The weights as their file holds them, each with its name."""
    from sayso.copies.alike import FEATURES
    from sayso.copies.likeness import TRAITS

    return {
        "sentences": _named(FEATURES, weights.of_sentences, weights.sentences_bias),
        "reports": _named(TRAITS, weights.of_reports, weights.reports_bias),
    }


def _named(names: Sequence[str], weights: Floats, bias: float) -> dict[str, Any]:
    return {"names": list(names), "weights": [round(float(one), 6) for one in weights], "bias": round(bias, 6)}


def main(arguments: list[str]) -> int:
    """Write the table of rarities, or the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.copies", description=__doc__)
    parser.add_argument("what", choices=("rarities", "weights"), help="rarities first: the weights need them")
    parser.add_argument(
        "--data", type=Path, default=DATA, help="the folder with reworded/, ecbplus/ and the counted sets"
    )
    options = parser.parse_args(arguments)
    if options.what == "rarities":
        write_rarities(options.data, WEIGHTS / "rarities.npz")
        return 0
    from bench.copied import ASIDE, cases_of, read_sets

    sets = read_sets([options.data / name / "docs.jsonl" for name in ("reworded", "ecbplus")])
    weights = learnt(seen([case for case in cases_of(sets) if case.kind not in ASIDE]))
    to = WEIGHTS / "copies.json"
    to.write_text(json.dumps(as_json(weights), indent=1) + "\n", encoding="utf-8")
    print(f"{to}: written")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main(sys.argv[1:]))
