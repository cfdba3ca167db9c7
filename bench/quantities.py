"""Scores numbers against those that people marked in NewsQuant's sentences of news, beside quantulum3.

Whoever marked them wanted every number: ages, durations, "one of the students" and any noun as a unit. The record holds
fewer, so what is scored is the wide layer below it (`sayso.grounding.figures`). How a match is counted is told in
`bench.quantity_scores`. The set is looked for in `shared/data/newsquant` beside the checkout; elsewhere get
satya77/CQE_Evaluation from GitHub and name its file, or a folder of such files, as `--data`.
Run: `python -m bench.quantities`.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sayso
from bench import command
from bench.newsquant import Marked, Sentence, data_sha256, files, sentences
from bench.quantity_scores import Error, Score, errors, figures
from sayso.grounding.figures import find_figures
from sayso.grounding.numbers import find_quantities
from sayso.grounding.stretches import stretches
from sayso.grounding.times import find_moments
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.reading import read_page
from sayso.record import Given

if TYPE_CHECKING:
    from sayso.grounding.figures import Figure
    from sayso.grounding.stretches import Stretch
    from sayso.record import Span

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
DATA = HERE.parent / "shared" / "data" / "newsquant"
HEADLINES = ("value", "value_unit", "value_bound")
MOST_FREQUENT = 10


def figures_of(text: str) -> list[Marked]:
    """What Sayso finds in a sentence, as the set tells it: the wide layer under the quantities."""
    found, dates = _ready(text)
    return [_marked(figure) for figure in find_figures(found, dates, ours())]


def _marked(figure: Figure) -> Marked:
    value = figure.low if figure.low == figure.high else (figure.low, figure.high)
    return Marked(value, figure.unit.lower(), figure.bound)


def _ready(text: str) -> tuple[tuple[Stretch, ...], list[Span]]:
    """The sentences of a text, parsed, and where its times stand."""
    page = read_page(sealed(text.encode(), media_type="text/plain; charset=utf-8"), Given(), ours())
    found = stretches(page, english_parser().parse(page))
    return found, [moment.span for moment in find_moments(page, found, page.published, ours())]


def stage_seconds(texts: Sequence[str]) -> float:
    """The CPU seconds that finding the record's quantities and the wide layer take, parse and times given."""
    ready = [_ready(text) for text in texts]
    before = time.process_time()
    for found, dates in ready:
        find_quantities(found, dates, (), ours())
        find_figures(found, dates, ours())
    return time.process_time() - before


def run(read: Sequence[Sentence], *, with_peers: bool) -> tuple[Json, list[tuple[Sentence, list[Marked]]]]:
    """Read and score all sentences: the object that the bench prints, and what was found in each sentence.

    Only reading is timed, and not its first time, which loads the models.
    """
    sayso.read_text(read[0].text)
    wall, cpu = time.perf_counter(), time.process_time()
    for sentence in read:
        sayso.read_text(sentence.text)
    seconds, cpu_seconds = time.perf_counter() - wall, max(time.process_time() - cpu, 1e-9)
    found = [(sentence, figures_of(sentence.text)) for sentence in read]
    score = Score()
    for sentence, given in found:
        score.add(sentence.marked, given)
    words = sum(len(sentence.text.split()) for sentence in read)
    stage = max(stage_seconds([sentence.text for sentence in read]), 1e-9)
    result = {
        "bench": "quantities",
        "data_sha256": "",
        "n": len(read),
        "scores": figures(score),
        "peers": _peers(read) if with_peers else {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": round(words / cpu_seconds),
        "sentences_per_cpu_second": round(len(read) / cpu_seconds),
        "stage_sentences_per_cpu_second": round(len(read) / stage),
    }
    return result, found


def _peers(read: Sequence[Sentence]) -> Json:
    from bench.peers.quantulum import measured

    return {"quantulum3": measured(read)}


# What is printed


def show(result: Json) -> None:
    """Print the scores, the peer's beside them."""
    print(
        f"{result['bench']}: {result['n']} sentences, {result['sentences_per_cpu_second']} a CPU second, "
        f"{result['stage_sentences_per_cpu_second']} of the stage alone"
    )
    command.show_scores(result, _headlines)


def _headlines(peer: Json) -> str:
    scores = ", ".join(f"{name} {peer['scores'][name]}" for name in HEADLINES if name in peer["scores"])
    return f"{scores}; {peer['refused']} sentences refused, {peer['sentences_per_cpu_second']} a CPU second"


def explained(found: Sequence[tuple[Sentence, list[Marked]]]) -> list[Error]:
    """Everything that went wrong, each with the sentence's name before it."""
    return [
        Error(error.kind, f"{sentence.name}: {error.says}")
        for sentence, given in found
        for error in errors(sentence.text, sentence.marked, given)
    ]


def _options() -> argparse.ArgumentParser:
    return command.options(
        "quantities",
        "Score numbers against those marked in NewsQuant.",
        "NewsQuant's file, or a folder of such files",
        default=DATA,
    )


def main(arguments: list[str]) -> int:
    """Print the scores; with `--explain` also what went wrong."""
    options = _options().parse_args(arguments)
    listed = files(options.data)
    try:
        read = [sentence for file in listed for sentence in sentences(file)]
    except ValueError as wrong:
        return command.stop(str(wrong))
    if not read:
        return command.stop(
            f"No sentences in {options.data}: it needs a .json file of NewsQuant. "
            "Get satya77/CQE_Evaluation from GitHub and name its file as --data."
        )
    if options.nice:
        os.nice(19)
    result, found = run(read, with_peers=not options.no_peers)
    result["data_sha256"] = data_sha256(listed)
    told = explained(found) if options.explain else []
    if options.explain:
        result["errors"] = dict(command.kinds(told).most_common())
    if options.json:
        print(json.dumps(result))
    else:
        show(result)
        if options.explain:
            command.show_errors(told)
    return command.held("quantities", result["scores"]) if options.data == DATA else 0


if __name__ == "__main__":
    command.run(main)
