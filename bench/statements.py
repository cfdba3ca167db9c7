"""Scores statements against the attributions that people marked in PolNeAR's news articles, beside two peers.

Whoever marked them counted intentions and beliefs too, gave each attribution one cue, and nested none. The set is
looked for in `shared/data/polnear` beside the checkout; elsewhere get it from networkdynamics/PolNeAR on GitHub and
name its folder, or one split of it, as `--data`. Run: `python -m bench.statements`.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sayso
from bench import command
from bench.attributions import Attribution, Compared, Error, Score, Stretch, compare, errors, figures
from bench.polnear import Article, articles, data_sha256, splits
from sayso.grounding import ground
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.models.tagger import tagger_with
from sayso.reading import read_page
from sayso.record import Given
from sayso.statements import find_statements
from sayso.statements.attributions import find_attributions
from sayso.work.here import TAGGERS, tagger_named

if TYPE_CHECKING:
    from sayso.models.parsing import Parse
    from sayso.models.tagging import Tagger
    from sayso.record import Grounds, Page, Span

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
DATA = HERE.parent / "shared" / "data" / "polnear"
MOST_FREQUENT = 10
HEADLINES = ("link", "full", "found", "direct_linked", "mixed_linked", "indirect_linked")


def attributions_of(text: str) -> list[Attribution]:
    """What Sayso attributes in a text. Raises `ValueError` where the text that was sealed is another.

    This is the layer under the statements, whose spans, like those of the set, are wide and flat and count thoughts.
    """
    page, parse, grounds = _grounded(text)
    if page.report.text != text:
        raise ValueError("Sayso sealed another text than it was given: no offset would fit.")
    found = find_attributions(page, parse, grounds, ours(), _tagger())
    return [
        Attribution(_places(one.source), _places(one.cue), _places(one.content), f"a{number}")
        for number, one in enumerate(found, 1)
    ]


def _places(spans: Iterable[Span]) -> tuple[Stretch, ...]:
    return tuple((span.start, span.end) for span in spans)


def _grounded(text: str) -> tuple[Page, Parse, Grounds]:
    page = read_page(sealed(text.encode(), media_type="text/plain; charset=utf-8"), Given(), ours())
    parse = english_parser().parse(page)
    return page, parse, ground(page, parse, ours())


def _tagger() -> Tagger | None:
    name = tagger_named(None)
    return None if name == "none" else tagger_with(name)


def stage_seconds(text: str) -> float:
    """The CPU seconds that the stage of statements takes, tagger and all, when the parse and the grounds are given."""
    page, parse, grounds = _grounded(text)
    before = time.process_time()
    find_statements(page, parse, grounds, ours(), _tagger())
    return time.process_time() - before


def read_seconds(text: str) -> float:
    """The CPU seconds that `sayso read` takes, end to end."""
    before = time.process_time()
    sayso.read_text(text)
    return time.process_time() - before


def run(read: Sequence[Article], *, with_peers: bool) -> tuple[Json, list[tuple[Article, Compared]]]:
    """Read and score all articles: the object that the bench prints, and what was compared in each article.

    Only reading is timed, and not its first time, which loads the models.
    """
    read_seconds(read[0].text)
    found = [attributions_of(article.text) for article in read]
    wall = time.perf_counter()
    cpu_seconds = sum(read_seconds(article.text) for article in read)
    seconds = time.perf_counter() - wall
    compared = [compare(one.text, one.attributions, given) for one, given in zip(read, found, strict=True)]
    words = sum(len(article.text.split()) for article in read)
    result = {
        "bench": "statements",
        "data_sha256": data_sha256(read),
        "n": len(read),
        "scores": figures(_scored(compared)),
        "peers": _peers(read) if with_peers else {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": _speed(words, cpu_seconds),
        "stage_words_per_cpu_second": _speed(words, sum(stage_seconds(article.text) for article in read)),
    }
    return result, list(zip(read, compared, strict=True))


def _scored(compared: Sequence[Compared]) -> Score:
    total = Score()
    for one in compared:
        total.add(one)
    return total


def _speed(words: int, cpu_seconds: float) -> int:
    return round(words / max(cpu_seconds, 1e-9))


def _peers(read: Sequence[Article]) -> Json:
    from bench.peers import measured

    return measured(read)


# What is printed


def show(result: Json) -> None:
    """Print the scores: all of Sayso's, and the headlines of the peers beside them."""
    print(
        f"{result['bench']}: {result['n']} articles, {result['words_per_cpu_second']} words per CPU second, "
        f"{result['stage_words_per_cpu_second']} of the stage alone"
    )
    command.show_scores(result, _headlines)


def _headlines(peer: Json) -> str:
    scores = ", ".join(f"{name} {peer['scores'][name]}" for name in HEADLINES if name in peer["scores"])
    refused = f"{peer['refused']} of {peer['pieces']} texts refused"
    return f"{scores}; {refused}, {peer['words_per_cpu_second']} words per CPU second"


def explained(compared: Sequence[tuple[Article, Compared]]) -> list[Error]:
    """Everything that went wrong, each with the article's name before it."""
    return [Error(error.kind, f"{article.name}: {error.says}") for article, one in compared for error in errors(one)]


def _options() -> argparse.ArgumentParser:
    return command.options(
        "statements",
        "Score statements against the attributions of PolNeAR.",
        "PolNeAR's folder, or that of one split of it",
        default=DATA,
    )


def main(arguments: list[str]) -> int:
    """Print the scores of a split; with `--explain` also what went wrong."""
    options = _options().parse_args(arguments)
    try:
        read = [article for split in splits(options.data) for article in articles(split)]
    except FileNotFoundError as missing:
        return command.stop(f"There are marks of an article that is not there: {missing.filename}")
    if not read:
        return command.stop(
            f"No articles in {options.data}: it needs a split, a folder with text/ and attributions/ in it. "
            "Get networkdynamics/PolNeAR from GitHub and name its folder as --data."
        )
    if options.nice:
        os.nice(19)
    result, compared = run(read, with_peers=not options.no_peers)
    found = explained(compared) if options.explain else []
    if options.explain:
        result["errors"] = dict(command.kinds(found).most_common())
    if options.json:
        print(json.dumps(result))
    else:
        show(result)
        if options.explain:
            command.show_errors(found)
    return (
        command.held("statements", result["scores"]) if options.data == DATA and tagger_named(None) == TAGGERS[0] else 0
    )


if __name__ == "__main__":
    command.run(main)
