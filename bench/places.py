"""Scores places against texts whose names of places are marked with coordinates, beside a peer.

A marked name is *found* where a place of ours overlaps it, and *near* where that place lies within 161 km (100 miles)
of the mark, the distance that geoparsers are compared by; a name that we leave unresolved is not near. Names marked
without coordinates count for precision alone. What is scored is the layer beside the record that answers with the
likeliest place where the text leaves it open (`sayso.grounding.marked`): the record says `unresolved` there. The
`record_` figures are those of the record itself.

The sets are looked for in `shared/data/lgl` and `shared/data/geovirus` beside the checkout; elsewhere get them from
milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation on GitHub and name a file, or a folder of files, as `--data`.
Run: `python -m bench.places`.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sayso
from bench import command
from bench.peers import most_peopled
from bench.toponyms import Text, Toponym, data_sha256, files_in, texts_in
from sayso.grounding import ground
from sayso.grounding.marked import likely_places, places_at
from sayso.grounding.people import entities_of, named_in
from sayso.grounding.places import find_places
from sayso.grounding.stretches import stretches
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.reading import read_page
from sayso.record import Given, Place, Span

if TYPE_CHECKING:
    from sayso.models.parsing import Parse
    from sayso.record import Page

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
DATA = tuple(HERE.parent / "shared" / "data" / name for name in ("lgl", "geovirus"))
NEAR_KM = 161.0
TIMED = 40
"""The speed of reading, and the share of it that places take, are measured on so many texts of each file."""
MOST_FREQUENT = 40


@dataclass(frozen=True)
class Answer:
    """A stretch that was taken for a place, and where that is."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    says: str = ""


@dataclass
class Score:
    """Counts over texts."""

    marked: int = 0
    found: int = 0
    near: int = 0
    record_near: int = 0
    near_given_span: int = 0
    answers: int = 0
    on_marks: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, text: Text, answers: Sequence[Answer]) -> None:
        """Count what was found in one text, from its bare words."""
        self.answers += len(answers)
        self.on_marks += sum(any(_overlap(answer, mark) for mark in text.toponyms) for answer in answers)
        for mark in _placed(text):
            self.marked += 1
            best = best_at(answers, mark)
            if best is None:
                self.missed[mark.phrase] += 1
                continue
            self.found += 1
            self.near += is_near(best, mark)
            if not is_near(best, mark):
                self.wrong[f"{mark.phrase} as {best.says}"] += 1

    def add_record(self, text: Text, answers: Sequence[Answer]) -> None:
        """Count what the record holds of one text."""
        self.record_near += sum(is_near(best_at(answers, mark), mark) for mark in _placed(text))

    def add_given(self, text: Text, answers: Sequence[Answer | None]) -> None:
        """Count the answers that were asked for at each mark that has coordinates."""
        self.near_given_span += sum(map(is_near, answers, _placed(text)))

    def join(self, other: Score) -> None:
        """Add another file's counts."""
        for name in ("marked", "found", "near", "record_near", "near_given_span", "answers", "on_marks"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed
        self.wrong += other.wrong

    def figures(self) -> dict[str, float]:
        """Percentages: of the marks with coordinates, of those found, and of our own answers."""
        return {
            "found_and_near": _percent(self.near, self.marked),
            "found": _percent(self.found, self.marked),
            "near_of_found": _percent(self.near, self.found),
            "near_given_span": _percent(self.near_given_span, self.marked),
            "record_found_and_near": _percent(self.record_near, self.marked),
            "precision": _percent(self.on_marks, self.answers),
        }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _placed(text: Text) -> list[Toponym]:
    return [mark for mark in text.toponyms if mark.lat is not None]


def _overlap(answer: Answer, mark: Toponym) -> int:
    """How many characters two stretches share."""
    return max(0, min(answer.end, mark.end) - max(answer.start, mark.start))


def best_at(answers: Iterable[Answer], mark: Toponym) -> Answer | None:
    """The answer that shares the most characters with a mark, the first of several."""
    there = [answer for answer in answers if _overlap(answer, mark)]
    return max(there, key=lambda answer: _overlap(answer, mark), default=None)


def is_near(answer: Answer | None, mark: Toponym) -> bool:
    """Whether an answer lies within 161 km of a mark."""
    if answer is None or answer.lat is None or answer.lon is None or mark.lat is None or mark.lon is None:
        return False
    return kilometres((answer.lat, answer.lon), (mark.lat, mark.lon)) <= NEAR_KM


def kilometres(one: tuple[float, float], two: tuple[float, float]) -> float:
    """The distance along a great circle between two points in degrees.

    >>> round(kilometres((0.0, 0.0), (0.0, 1.0)))
    111
    """
    up, across = radians(two[0] - one[0]) / 2, radians(two[1] - one[1]) / 2
    return 12742 * asin(min(1.0, sqrt(sin(up) ** 2 + cos(radians(one[0])) * cos(radians(two[0])) * sin(across) ** 2)))


# What Sayso answers


def _answer(place: Place) -> Answer:
    where = place.region or place.country or "nowhere"
    says = f"{place.name} in {where}, {place.level}" + ("" if place.lat is not None else ", unresolved")
    return Answer(place.span.start, place.span.end, place.lat, place.lon, says)


def parsed(text: Text) -> tuple[Page, Parse]:
    """A text read and parsed. Raises `ValueError` where the text that was sealed is another."""
    given = Given(published=text.date) if text.date else Given()
    page = read_page(sealed(text.text.encode(), media_type="text/plain; charset=utf-8"), given, ours())
    if page.report.text != text.text:
        raise ValueError(f"Of {text.name} another text was sealed than was given: no offset would fit.")
    return page, english_parser().parse(page)


def scored(texts: Iterable[tuple[Text, Page, Parse]]) -> Score:
    """The counts over parsed texts."""
    score = Score()
    for text, page, parse in texts:
        score.add(text, [_answer(place) for place in likely_places(page, parse, ours())])
        score.add_record(text, [_answer(place) for place in ground(page, parse, ours()).places])
        spans = [Span(mark.start, mark.end) for mark in _placed(text)]
        places = places_at(page, parse, ours(), spans, guess=True)
        score.add_given(text, [_answer(place) if place else None for place in places])
    return score


def read_seconds(text: Text) -> float:
    """The CPU seconds that `sayso read` takes, end to end."""
    before = time.process_time()
    sayso.read_text(text.text)
    return time.process_time() - before


def stage_seconds(page: Page, parse: Parse) -> float:
    """The CPU seconds that finding the places takes where parse, names and people are given."""
    sentences = stretches(page, parse)
    named = named_in(sentences, ours())
    entities = entities_of(named, ours())
    before = time.process_time()
    find_places(sentences, named, entities, ours(), (page.dateline, page.report.text))
    return time.process_time() - before


def run(files: Sequence[Path], *, with_peers: bool) -> tuple[Json, Score]:
    """Read and score all files: the object that the bench prints, and the counts over all."""
    wall = time.perf_counter()
    total, scores, peers = Score(), {}, {}
    words = count = 0
    reading = staged = 0.0
    for file in files:
        texts = texts_in(file)
        read = [(text, *parsed(text)) for text in texts]
        score = scored(read)
        total.join(score)
        scores.update({f"{file.stem.lower()}_{name}": figure for name, figure in score.figures().items()})
        if with_peers:
            peers[file.stem.lower()] = _peer(texts)
        count += len(texts)
        words += sum(len(text.text.split()) for text in texts[:TIMED])
        read_seconds(texts[0])  # loads what there is to load
        reading += sum(read_seconds(text) for text in texts[:TIMED])
        staged += sum(stage_seconds(page, parse) for _, page, parse in read[:TIMED])
    result = {
        "bench": "places",
        "data_sha256": data_sha256(files),
        "n": count,
        "scores": {**scores, **total.figures()},
        "peers": peers,
        "seconds": round(time.perf_counter() - wall, 2),
        "words_per_cpu_second": round(words / max(reading, 1e-9)),
        "stage_words_per_cpu_second": round(words / max(staged, 1e-9)),
        "stage_share_percent": round(100 * staged / max(reading, 1e-9), 1),
    }
    return result, total


def _peer(texts: Sequence[Text]) -> Json:
    """The parser's own entities, each pinned to its most peopled namesake."""
    score = Score()
    before = time.process_time()
    for text in texts:
        score.add(text, [Answer(*found) for found in most_peopled.places(text.text)])
    seconds = time.process_time() - before
    words = sum(len(text.text.split()) for text in texts)
    figures = {name: score.figures()[name] for name in ("found_and_near", "found", "near_of_found", "precision")}
    return {"most_peopled": {"scores": figures, "words_per_cpu_second": round(words / max(seconds, 1e-9))}}


# What is printed


def show(result: Json) -> None:
    """Print the scores, and the headline of the peer beside them."""
    print(
        f"{result['bench']}: {result['n']} texts, {result['words_per_cpu_second']} words per CPU second, "
        f"of which places take {result['stage_share_percent']} %"
    )
    for name, figure in result["scores"].items():
        print(f"  {name:32} {figure:6.1f}")
    for name, peers in result["peers"].items():
        for peer, measured in peers.items():
            print(f"{name}, {peer}: " + ", ".join(f"{key} {value}" for key, value in measured["scores"].items()))


def show_errors(total: Score) -> None:
    """Print the names that were missed or put elsewhere, the most frequent first."""
    for what, counted in (("Missed", total.missed), ("Elsewhere", total.wrong)):
        print(f"{what}:")
        for name, count in counted.most_common(MOST_FREQUENT):
            print(f"  {count:5} {name}")


def _options() -> argparse.ArgumentParser:
    return command.options(
        "places",
        "Score places against marked texts.",
        "an XML file, or a folder of them, instead of LGL and GeoVirus",
        default=None,
    )


def main(arguments: list[str]) -> int:
    """Print the scores; with `--explain` also what went wrong."""
    options = _options().parse_args(arguments)
    folders = (options.data,) if options.data else DATA
    files = [file for folder in folders for file in files_in(folder) if any(text.toponyms for text in texts_in(file))]
    if not files or (not options.data and len(files) < len(DATA)):
        return command.stop(
            f"No marked texts in {', '.join(map(str, folders))}: they are XML files with articles, text and toponyms. "
            "Get milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation from GitHub and name a file of it as --data."
        )
    if options.nice:
        os.nice(19)
    result, total = run(files, with_peers=not options.no_peers)
    if options.explain:
        result["errors"] = {"missed": total.missed.most_common(), "elsewhere": total.wrong.most_common()}
    if options.json:
        print(json.dumps(result))
    else:
        show(result)
        if options.explain:
            show_errors(total)
    return 0 if options.data else command.held("places", result["scores"])


if __name__ == "__main__":
    command.run(main)
