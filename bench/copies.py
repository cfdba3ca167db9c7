"""Scores which reports are one telling, beside shingles.

Copies are renderings of one item (human and machine translations of one original): `whole` against each other, one
`cut` to half, half of one put into another text on a like subject (`half`), halves of two items shuffled sentence by
sentence (`blend`). `independent` are reports of one event by two outlets, without the pairs that hold the same wire
text: those with a run of twelve words that stand in both outside quotation marks, or twenty in runs of eight (`wire`),
and those sorted by hand in copied.toml (`rewritten`); how many of them we link is told. `false_links` are of the
independent pairs, `false_links_unsorted` with the `rewritten` ones counted among these, as on data nobody sorted.

Copies and independent reports come from two places and could be told apart by their style. So there are copies inside
ECB+, reworded by chance (`made_whole`, `made_cut`, `made_half` in an independent report of the same event,
`made_blend`), and pairs that are no copies inside the renderings (`other_item`, two items of one set alike) and among
composed texts (`independent_blend`, halves of two against a third; `independent_quoting`, a report with all quotations
of another put in). `crossed_` figures are of weights that saw neither the item nor the topic
(grouped five-fold), `of_ecb_` and `of_renderings_` of weights that learnt from copies of one place alone.

All figures are percent of pairs linked, at the limit that ships; `at_1_` figures are at the limit with exactly 1 %
false links on this very data. `found_by_keys` is how many of the copies the ledger's block keys bring together.

The sets are looked for in `shared/data` beside the checkout. Get them as its README tells and name, as `--data`, a
folder that holds `reworded/` and `ecbplus/`, or one folder or file of either layout: what the other set would give is
left out. Run: `python -m bench.copies`.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import command
from bench.copied import ASIDE, Case, cases_of, data_sha256, read_sets
from bench.peers import shingles
from sayso.copies.blocks import FEWEST_SHARED, keys
from sayso.copies.likeness import compare
from sayso.copies.prints import Print

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
DATA = HERE.parent / "shared" / "data"
SETS = ("reworded", "ecbplus")
CEILINGS = frozenset(
    (
        "false_links",
        "false_links_unsorted",
        "crossed_false_links",
        "other_item",
        "independent_blend",
        "independent_quoting",
    )
)
FALSE_LINKS = 0.01
FOLDS = 5
RENDERED = ("whole", "cut", "half", "blend")


@dataclass(frozen=True)
class Judged:
    """A case and our score for it."""

    case: Case
    score: float

    @property
    def is_linked(self) -> bool:
        """Whether we call it a copy."""
        return self.score >= 0.5


@dataclass(frozen=True)
class Error:
    """A copy that was missed or two independent reports that were linked."""

    kind: str
    says: str


def files_in(folder: Path) -> list[Path]:
    """The files of a folder: of both sets, or of one, or the file itself."""
    if folder.is_file():
        return [folder]
    both = [folder / name / "docs.jsonl" for name in SETS]
    return [file for file in both if file.is_file()] or [file for file in (folder / "docs.jsonl",) if file.is_file()]


def run(files: Sequence[Path], *, with_peers: bool, crossed: bool) -> tuple[Json, list[Judged]]:
    """Compare all pairs: the object that the bench prints, and each pair with its score."""
    wall = time.perf_counter()
    sets = read_sets(files)
    cases = list(cases_of(sets))
    before = time.process_time()
    judged = [Judged(case, compare(case.here, case.there).score) for case in cases]
    seconds = max(time.process_time() - before, 1e-9)
    scores = figures(judged) | {"found_by_keys": _found_by_keys(cases)}
    if crossed:
        scores |= _crossed(cases)
    words = sum(len(text.text.split()) for texts in (*sets.items.values(), *sets.events.values()) for text in texts)
    result = {
        "bench": "copies",
        "data_sha256": data_sha256(files),
        "n": len(cases),
        "pairs": dict(sorted(Counter(case.kind for case in cases).items())),
        "scores": scores,
        "peers": shingles.measured(_for_peers(cases)) if with_peers else {},
        "seconds": round(time.perf_counter() - wall, 2),
        "words_per_cpu_second": _print_speed(sets, words),
        "pairs_per_cpu_second": round(len(cases) / seconds),
    }
    return result, judged


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Percent of pairs linked, by sort of pair; with the limit of 1 % false links beside.

    Without reports of one event, false links are those of two items.
    """
    kinds = dict.fromkeys(one.case.kind for one in judged)
    found = {
        "false_links" if kind == "independent" else kind: _percent(
            one.is_linked for one in judged if one.case.kind == kind
        )
        for kind in kinds
    }
    if "rewritten" in found:
        found["false_links_unsorted"] = _percent(
            one.is_linked for one in judged if one.case.kind in ("independent", "rewritten")
        )
    if "false_links" not in found and "other_item" in found:
        found["false_links"] = found["other_item"]
    limit = limit_at(judged)
    if limit is not None:
        found |= {
            f"at_1_{kind}": _percent(one.score > limit for one in judged if one.case.kind == kind)
            for kind in kinds
            if kind in RENDERED
        }
    return found


def limit_at(judged: Sequence[Judged]) -> float | None:
    """The score that 1 % of the independent pairs are above."""
    independent = sorted(one.score for one in judged if one.case.kind == "independent")
    return independent[min(int(len(independent) * (1 - FALSE_LINKS)), len(independent) - 1)] if independent else None


def _percent(told: Iterable[bool]) -> float:
    listed = list(told)
    return round(100 * sum(listed) / len(listed), 1) if listed else 0.0


def _found_by_keys(cases: Sequence[Case]) -> float:
    """How many of the copies share so many block keys that a ledger compares them."""
    known: dict[int, frozenset[int]] = {}

    def of(one: Print) -> frozenset[int]:
        return known.setdefault(id(one), frozenset(keys(one)))

    return _percent(len(of(case.here) & of(case.there)) >= FEWEST_SHARED for case in cases if case.is_copy)


def _for_peers(cases: Sequence[Case]) -> list[shingles.Pair]:
    return [(case.kind, case.is_copy, case.texts) for case in cases if case.texts is not None]


def _print_speed(sets: Any, words: int) -> int:
    from bench.copied import print_of

    texts = [text for texts in (*sets.items.values(), *sets.events.values()) for text in texts[:1]]
    before = time.process_time()
    for text in texts:
        print_of(text.text, text.name)
    return round(sum(len(text.text.split()) for text in texts) / max(time.process_time() - before, 1e-9))


# Weights that did not see what they judge


def _crossed(cases: Sequence[Case]) -> dict[str, float]:
    from training.copies import Seen, judged_by, learnt, seen

    kept = [case for case in cases if case.kind not in ASIDE]
    lessons = seen(kept)
    folds = _folds(case.group for case in kept)

    def scores(is_lesson: Callable[[Seen], bool]) -> list[Judged]:
        found = []
        for fold in range(FOLDS):
            weights = learnt([one for one, here in zip(lessons, folds, strict=True) if here != fold and is_lesson(one)])
            for case, one, here in zip(kept, lessons, folds, strict=True):
                if here == fold:
                    found.append(Judged(case, judged_by(weights, one)))
        return found

    everything = figures(scores(lambda one: True))
    renderings = figures(scores(lambda one: not one.kind.startswith("made_")))
    ecb = figures(scores(lambda one: one.kind not in RENDERED))
    return {
        **{f"crossed_{kind}": everything[kind] for kind in (*RENDERED, "false_links") if kind in everything},
        **{f"crossed_at_1_{kind}": everything[f"at_1_{kind}"] for kind in RENDERED if f"at_1_{kind}" in everything},
        **{f"of_ecb_at_1_{kind}": ecb[f"at_1_{kind}"] for kind in RENDERED if f"at_1_{kind}" in ecb},
        **{f"of_renderings_{kind}": renderings[kind] for kind in renderings if kind.startswith("made_")},
    }


def _folds(groups: Iterable[str]) -> list[int]:
    """Each group's fold: groups in order of their names, one after another."""
    listed = list(groups)
    numbers = {group: number % FOLDS for number, group in enumerate(sorted(set(listed)))}
    return [numbers[group] for group in listed]


# What is printed


def explained(judged: Sequence[Judged]) -> list[Error]:
    """Every copy missed and every independent pair linked, the strangest first."""
    wrong = [
        one for one in judged if one.is_linked != one.case.is_copy and one.case.kind not in ASIDE and one.case.says
    ]
    return [
        Error(one.case.kind, f"{one.case.kind}: {one.case.says}, score {one.score}")
        for one in sorted(wrong, key=lambda one: -abs(one.score - one.case.is_copy))
    ]


def show(result: Json) -> None:
    """Print the scores, the peers' beside them."""
    print(f"{result['bench']}: {result['n']} pairs, {result['pairs_per_cpu_second']} a CPU second")
    command.show_scores(result, _headlines)


def _headlines(peer: Json) -> str:
    def told(scores: Json) -> str:
        return ", ".join(f"{kind} {scores[kind]}" for kind in (*RENDERED, "independent") if kind in scores)

    return f"from {peer['least']}: {told(peer['scores'])}; from {peer['least_at_1']}: {told(peer['scores_at_1'])}"


def _options() -> argparse.ArgumentParser:
    parser = command.options(
        "copies",
        "Score which reports are copies of one telling.",
        "a folder that holds reworded/ and ecbplus/, or a folder or docs.jsonl of one of them",
        default=DATA,
    )
    parser.add_argument("--no-crossed", action="store_true", help="leave out what is learnt anew for each fold")
    return parser


def main(arguments: list[str]) -> int:
    """Print the scores; with `--explain` also what went wrong."""
    options = _options().parse_args(arguments)
    files = files_in(options.data)
    if not files or (options.data == DATA and len(files) < len(SETS)):
        return command.stop(
            f"No texts in {options.data}: it needs reworded/docs.jsonl (renderings of WMT's news sets) and "
            "ecbplus/docs.jsonl (texts of ECB+, cltl/ecbPlus on GitHub), or one of them."
        )
    if options.nice:
        os.nice(19)
    try:
        result, judged = run(files, with_peers=not options.no_peers, crossed=_is_whole(options))
    except ValueError as wrong:
        return command.stop(str(wrong))
    if options.explain:
        result["errors"] = [error.says for error in explained(judged)]
    if options.json:
        print(json.dumps(result))
    else:
        show(result)
        if options.explain:
            command.show_errors(explained(judged))
    return command.held("copies", result["scores"], ceilings=CEILINGS) if options.data == DATA else 0


def _is_whole(options: argparse.Namespace) -> bool:
    """Learning anew is for the data that was learnt from; on other data the weights that ship saw nothing."""
    return options.data == DATA and not options.no_crossed


if __name__ == "__main__":
    command.run(main)
