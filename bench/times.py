"""Scores times against those that people marked in news as TIMEX3 (TimeBank, AQUAINT), beside dateparser's search.

Annotators mark every word of time ("now", "the quarter") and give each its likeliest value. The record holds fewer and
keeps its doubt, so what is scored is the wide layer beside it (`sayso.grounding.times.wide`), made by the same code;
the record's own moments are scored too, under `record_…`. How a match is counted is told in `bench.timex`. The sets
are looked for in `shared/data/timex` beside the checkout; elsewhere name a folder of `.tml` files, a folder of such
folders, or one file as `--data`. Run: `python -m bench.times`.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench import command
from bench.timex import Dated, Error, Score, Time, data_sha256, dated, errors, figures, splits
from sayso.grounding.stretches import stretches
from sayso.grounding.times import find_moments
from sayso.grounding.times.wide import find_timexes
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.reading import read_page
from sayso.record import Given

if TYPE_CHECKING:
    from sayso.models.parsing import Parse
    from sayso.record import Moment, Page

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
DATA = HERE.parent / "shared" / "data" / "timex"
HEADLINES = ("strict", "relaxed", "type", "value")
MOST_FREQUENT = 10


class Read(NamedTuple):
    """One text with what was found in it: the wide layer, and the record's moments."""

    text: Dated
    wide: list[Time]
    record: list[Time]


def times_of(text: Dated) -> Read:
    """The times that Sayso finds. Raises `ValueError` where the text that was sealed is another."""
    page, parse = _parsed(text)
    if page.report.text != text.text:
        raise ValueError(f"Sayso sealed another text than {text.name} holds: no offset would fit.")
    return Read(text, _times(_wide(page, parse)), _times(_record(page, parse)))


def _times(moments: Iterable[Moment]) -> list[Time]:
    return [Time(moment.span.start, moment.span.end, moment.type, moment.timex) for moment in moments]


def _parsed(text: Dated) -> tuple[Page, Parse]:
    given = Given(published=text.written) if text.written else Given()
    page = read_page(sealed(text.text.encode(), media_type="text/plain; charset=utf-8"), given, ours())
    return page, english_parser().parse(page)


def _wide(page: Page, parse: Parse) -> tuple[Moment, ...]:
    return find_timexes(page, parse, page.published, ours())


def _record(page: Page, parse: Parse) -> tuple[Moment, ...]:
    return find_moments(page, stretches(page, parse), page.published, ours())


def stage_seconds(texts: Sequence[Dated]) -> float:
    """The CPU seconds that finding the record's moments takes, the parse given."""
    parsed = [_parsed(text) for text in texts]
    before = time.process_time()
    for page, parse in parsed:
        _record(page, parse)
    return time.process_time() - before


def run(by_split: dict[str, list[Dated]], *, with_peers: bool) -> tuple[Json, list[Read]]:
    """Read and score all texts: the object that the bench prints, and what was found in each text.

    Reading is timed from the sealed bytes to the times, parse and all, but not its first time, which loads the models.
    """
    texts = [text for split in by_split.values() for text in split]
    times_of(texts[0])
    wall, cpu = time.perf_counter(), time.process_time()
    read = {name: [times_of(text) for text in split] for name, split in by_split.items()}
    seconds, cpu_seconds = time.perf_counter() - wall, max(time.process_time() - cpu, 1e-9)
    stage = max(stage_seconds(texts), 1e-9)
    words = sum(len(text.text.split()) for text in texts)
    found = [one for split in read.values() for one in split]
    result = {
        "bench": "times",
        "data_sha256": data_sha256(texts),
        "n": len(texts),
        "scores": _scores(read),
        "peers": _peers(texts) if with_peers else {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": round(words / cpu_seconds),
        "texts_per_cpu_second": round(len(texts) / cpu_seconds, 1),
        "stage_texts_per_cpu_second": round(len(texts) / stage, 1),
    }
    return result, found


def _scores(read: dict[str, list[Read]]) -> dict[str, float]:
    """The scores of all texts together, of each split where there are several, and the record's headlines."""
    found = [one for split in read.values() for one in split]
    scores = figures(_scored(found, wide=True))
    if len(read) > 1:
        for name, split in read.items():
            scores |= {f"{name}_{key}": figure for key, figure in figures(_scored(split, wide=True)).items()}
    record = figures(_scored(found, wide=False))
    return scores | {f"record_{key}": record[key] for key in HEADLINES}


def _scored(found: Sequence[Read], *, wide: bool) -> Score:
    score = Score()
    for one in found:
        score.add(one.text.text, one.text.times, one.wide if wide else one.record)
    return score


def _peers(texts: Sequence[Dated]) -> Json:
    from bench.peers.dateparser_search import measured

    return {"dateparser": measured(texts)}


# What is printed


def show(result: Json) -> None:
    """Print the scores, the peer's beside them."""
    print(
        f"{result['bench']}: {result['n']} texts, {result['texts_per_cpu_second']} a CPU second end to end, "
        f"{result['stage_texts_per_cpu_second']} of the stage alone"
    )
    command.show_scores(result, _headlines)


def _headlines(peer: Json) -> str:
    scores = ", ".join(f"{name} {peer['scores'][name]}" for name in HEADLINES)
    return f"{scores}; {peer['refused']} texts refused, {peer['texts_per_cpu_second']} a CPU second"


def explained(found: Sequence[Read]) -> list[Error]:
    """Everything that went wrong in the wide layer, each with the text's name before it."""
    return [
        Error(error.kind, f"{one.text.name}: {error.says}")
        for one in found
        for error in errors(one.text.text, one.text.times, one.wide)
    ]


def _options() -> argparse.ArgumentParser:
    return command.options(
        "times",
        "Score times against TIMEX3 marks.",
        "a folder of .tml files or of such folders, or one file",
        default=DATA,
    )


def main(arguments: list[str]) -> int:
    """Print the scores of the sets; with `--explain` also what went wrong."""
    options = _options().parse_args(arguments)
    try:
        by_split = {name: [dated(path) for path in files] for name, files in splits(options.data).items()}
    except ValueError as unreadable:
        return command.stop(str(unreadable))
    if not by_split:
        return command.stop(
            f"No .tml files in {options.data}. Get TimeBank or another set of TimeML and name its folder as --data."
        )
    if options.nice:
        os.nice(19)
    result, found = run(by_split, with_peers=not options.no_peers)
    wrong = explained(found) if options.explain else []
    if options.explain:
        result["errors"] = dict(command.kinds(wrong).most_common())
    if options.json:
        print(json.dumps(result))
    else:
        show(result)
        if options.explain:
            command.show_errors(wrong)
    return command.held("times", result["scores"]) if options.data == DATA else 0


if __name__ == "__main__":
    command.run(main)
