"""Scores which names are taken for one: pairs composed by us, each in a short report and by the names alone.

In a report the whole of grounding reads the text; a pair is right if its two names are one person, body or place where
they should be, and two where not. A name that is not found at all is one with nothing. By the names alone only the
algebra of `sayso.values` and our rows judge. Two that are merged though they are two are false merges: none is allowed.
Run: `python -m bench.names`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import command
from sayso.grounding import ground
from sayso.grounding.people_rows import folded_name, rows_about_people
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.english import english_parser
from sayso.reading import read_page
from sayso.record import Given, Grounds, Page, Place, Span
from sayso.values.body import same_body
from sayso.values.name import DOUBTFUL, same_person

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
DATA = HERE / "bench" / "names.toml"


@dataclass(frozen=True)
class Pair:
    """Two names in a text, and whether they are one."""

    habit: str
    kind: str  # person | body | place
    same: bool
    bare: bool
    text: str
    spans: tuple[Span, Span]

    @property
    def names(self) -> tuple[str, str]:
        """The two names."""
        one, two = self.spans
        return self.text[one.start : one.end], self.text[two.start : two.end]


def pairs_in(path: Path) -> list[Pair]:
    """The pairs of a file, or of every TOML file of a folder. Raises `ValueError` for a text without two marks."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    rows = [row for file in files for row in tomllib.loads(file.read_text(encoding="utf-8"))["pair"]]
    return [_pair(row) for row in rows]


def _pair(row: Json) -> Pair:
    plain, spans = "", []
    for piece in row["text"].replace("]", "[").split("["):
        spans.append(Span(len(plain), len(plain) + len(piece)))
        plain += piece
    if len(spans) != 5:
        raise ValueError(f"This text should have two names in square brackets: {row['text']}")
    return Pair(row["habit"], row["kind"], row["same"], bool(row.get("bare", row["same"])), plain, (spans[1], spans[3]))


# Judging -----------------------------------------------------------------------------------------


def in_report(pair: Pair) -> bool:
    """Whether grounding takes the two names of a text for one."""
    page = read_page(sealed(pair.text.encode(), media_type="text/plain; charset=utf-8"), Given(), ours())
    if page.report.text != pair.text:
        raise ValueError("Sayso sealed another text than it was given: no offset would fit.")
    grounds = _grounds(page)
    one, two = (_found(grounds, span) for span in pair.spans)
    return bool(one & two)


def _grounds(page: Page) -> Grounds:
    return ground(page, english_parser().parse(page), ours())


def _found(grounds: Grounds, span: Span) -> frozenset[str]:
    """What a stretch of the text names: entities by their number, places by where they are."""
    entities = {
        f"entity {number}"
        for number, entity in enumerate(grounds.entities)
        if any(_meet(span, mention) for mention in entity.mentions)
    }
    places = {_identity(place) for place in grounds.places if _meet(span, place.span)}
    return frozenset(entities or places)


def _identity(place: Place) -> str:
    return f"place {place.geonames or place.name.casefold()}"


def _meet(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def by_names_alone(pair: Pair) -> bool:
    """Whether the algebra of names takes two names for one, whatever the text."""
    one, two = pair.names
    rows = rows_about_people(ours())
    match pair.kind:
        case "person":
            return same_person(one, two, rows.given) not in (None, *DOUBTFUL)
        case "body":
            listed = [rows.parties.get(folded_name(name)) for name in (one, two)]
            if listed[0] and listed[1]:
                return listed[0] == listed[1]
            return same_body(one, two, rows.countries) is not None
        case _:
            left, right = ([row.id for row in gazetteer().find(name)] for name in (one, two))
            return bool(left and right) and (left[0] in right or right[0] in left)


# Scoring -----------------------------------------------------------------------------------------


@dataclass
class Tally:
    """How many pairs were judged, and how."""

    right: int = 0
    total: int = 0

    def add(self, *, right: bool) -> None:
        """Count one."""
        self.right += right
        self.total += 1

    @property
    def percent(self) -> float:
        """The share judged right."""
        return round(100 * self.right / self.total, 1) if self.total else 100.0


def run(pairs: Sequence[Pair], data_sha256: str, *, with_peers: bool) -> tuple[Json, list[str]]:
    """Judge all pairs: the object that the bench prints, and what went wrong as sentences."""
    in_report(pairs[0])  # loads the models
    wall, cpu = time.perf_counter(), time.process_time()
    read = [in_report(pair) for pair in pairs]
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    bare = [by_names_alone(pair) for pair in pairs]
    scores, says = scored(pairs, read, bare)
    words = sum(len(pair.text.split()) for pair in pairs)
    result = {
        "bench": "names",
        "data_sha256": data_sha256,
        "n": len(pairs),
        "scores": scores,
        "peers": _peers(pairs) if with_peers else {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": round(words / max(cpu_seconds, 1e-9)),
    }
    return result, says


def scored(pairs: Sequence[Pair], read: Sequence[bool], bare: Sequence[bool]) -> tuple[Json, list[str]]:
    """The scores of both judgements, and every error in words."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    says = []
    for pair, one, two in zip(pairs, read, bare, strict=True):
        for where, judged, wanted in (("report", one, pair.same), ("bare", two, pair.bare)):
            tallies[where].add(right=judged == wanted)
            tallies[f"{where}_{'together' if wanted else 'apart'}"].add(right=judged == wanted)
            if judged != wanted:
                what = "merged though two" if judged else "kept apart though one"
                says.append(f"{where}, {pair.habit}: {what}: {' / '.join(pair.names)} in: {pair.text}")
    scores: Json = {name: tally.percent for name, tally in sorted(tallies.items())}
    scores["false_merges"] = tallies["report_apart"].total - tallies["report_apart"].right
    return scores, says


def _peers(pairs: Sequence[Pair]) -> Json:
    from bench.peers.likeness import measured

    people = [pair for pair in pairs if pair.kind != "place"]
    return measured([(pair.kind, *pair.names, pair.bare) for pair in people])


def sha256_of(paths: Iterable[Path]) -> str:
    """The hash of all files of the data, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


# What is printed


def _options() -> argparse.ArgumentParser:
    return command.options(
        "names",
        "Score which names are taken for one person, body or place.",
        "a TOML file of pairs like ours, or a folder of them",
        default=DATA,
    )


def main(arguments: list[str]) -> int:
    """Print the scores; with `--explain` also what went wrong. 1 where a floor is not held."""
    options = _options().parse_args(arguments)
    files = sorted(options.data.glob("*.toml")) if options.data.is_dir() else [options.data]
    if not files or not files[0].is_file():
        return command.stop(f"No pairs in {options.data}: it needs a TOML file like bench/names.toml.")
    result, says = run(pairs_in(options.data), sha256_of(files), with_peers=not options.no_peers)
    if options.json:
        print(json.dumps(result))
    else:
        print(f"names: {result['n']} pairs, {result['words_per_cpu_second']} words per CPU second")
        for name, figure in result["scores"].items():
            print(f"  {name:20} {figure:6.1f}")
        for name, peer in result["peers"].items():
            print(f"{name}: {peer}")
    if options.explain:
        print("\n".join(says), file=sys.stderr if options.json else sys.stdout)
    return command.held("names", result["scores"]) if options.data == DATA else 0


if __name__ == "__main__":
    command.run(main)
