"""Scores the signs of damage in single copies: which reports get the advice not to quote them verbatim.

Clean news should not: the texts of LGL and PolNeAR, read whole. The seed and the sample's reworded copy should; no
other report of the sample that is sound. Of `reworded`, machine translations should get it more often than human ones,
though a good machine's sentences show nothing: their rate is told, not demanded. The sets are looked for in
`shared/data` beside the checkout; elsewhere get them from milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation (LGL)
and networkdynamics/PolNeAR on GitHub, and from the news sets of WMT 2021. Run: `python -m bench.damage`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from bench import command
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import page as reading_page
from sayso.reading import read_page
from sayso.record import Condition, Given

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
SHARED = HERE.parent / "shared"
SAMPLE = HERE / "src" / "sayso" / "sample"
DATA = SHARED / "data"
SETS = ("lgl", "polnear", "reworded", "ecbplus")
DAMAGED, BLEND = "06", "15"  # of the sample; the blend may get the advice or not
PAGE: Any = reading_page  # where the stopwatch stands in for the look at a page's condition
CEILINGS = frozenset({"clean", "lgl", "polnear", "sample_sound", "milliseconds"})


@dataclass(frozen=True)
class Copy:
    """One text with the group it is counted in, and the type of its file."""

    group: str
    name: str
    data: bytes
    media_type: str = "text/plain; charset=utf-8"


def copies_in(where: Path) -> Iterator[Copy]:
    """The texts of a set's folder, of one split of it, of one of its files, or of a folder that holds several sets."""
    if where.suffix == ".xml" or (where / "lgl.xml").is_file():
        yield from _lgl(where if where.is_file() else where / "lgl.xml")
    elif where.suffix == ".jsonl" or (where / "docs.jsonl").is_file():
        yield from _lines(where if where.is_file() else where / "docs.jsonl")
    elif (where / "text").is_dir():
        yield from (Copy("polnear", file.stem, file.read_bytes()) for file in sorted((where / "text").glob("*.txt")))
    elif where.is_dir():
        for folder in sorted(where.iterdir()):
            if folder.is_dir() and (where != DATA or folder.name in SETS):
                yield from copies_in(folder)


def _lgl(file: Path) -> Iterator[Copy]:
    for number, article in enumerate(ElementTree.parse(file).getroot()):
        yield Copy("lgl", str(number), (article.findtext("text") or "").encode())


def _lines(file: Path) -> Iterator[Copy]:
    """A line of `reworded` has a version, "ref.A" of a human translator or "sys.…" of a machine; ECB+ has none."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        version = row.get("version")
        group = "ecbplus" if version is None else "by_machines" if version.startswith("sys") else "by_people"
        yield Copy(group, f"{row['doc']} {version or ''}".strip(), row["text"].encode())


def of_ours(sample: Path, seeds: Path) -> Iterator[Copy]:
    """The seed, and the sample's reports."""
    yield from (Copy("seed", file.stem, file.read_bytes()) for file in sorted(seeds.glob("*.txt")))
    for file in sorted(sample.glob("[0-9][0-9]-*")):
        number = file.name[:2]
        group = "sample_damaged" if number == DAMAGED else "sample_blend" if number == BLEND else "sample_sound"
        yield Copy(group, file.stem, file.read_bytes(), "text/html" if file.suffix == ".html" else "text/plain")


# Scoring -----------------------------------------------------------------------------------------


@dataclass
class Stopwatch:
    """Counts the CPU seconds that looking for signs takes, within the reading of a page."""

    seconds: float = 0.0

    def __enter__(self) -> Stopwatch:
        """Stand in for the page's look at its condition."""
        self._looked = PAGE.condition_of
        PAGE.condition_of = self._timed
        return self

    def __exit__(self, *_: object) -> None:
        """Step aside again."""
        PAGE.condition_of = self._looked

    def _timed(self, *seen: Any, **options: Any) -> tuple[Condition, ...]:
        began = time.process_time()
        found: tuple[Condition, ...] = self._looked(*seen, **options)
        self.seconds += time.process_time() - began
        return found


def condition(copy: Copy) -> tuple[str, tuple[Condition, ...]]:
    """A copy's text and its signs of damage."""
    page = read_page(sealed(copy.data, media_type=copy.media_type), Given(), ours())
    return page.report.text, page.condition


def warned(signs: Iterable[Condition]) -> bool:
    """Whether the signs hold the advice not to quote the copy verbatim."""
    return any(sign.kind == "do_not_quote" for sign in signs)


def run(copies: Sequence[Copy], data_sha256: str) -> tuple[Json, list[str]]:
    """Read all copies: the object that the bench prints, and each warning and each miss as a sentence."""
    condition(copies[0])  # loads the rows
    wall, cpu = time.perf_counter(), time.process_time()
    with Stopwatch() as watch:
        read = [condition(copy) for copy in copies]
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    shares: dict[str, list[bool]] = defaultdict(list)
    says: list[str] = []
    for copy, (text, signs) in zip(copies, read, strict=True):
        shares[copy.group].append(warned(signs))
        says += _says(copy, text, signs)
    words = sum(len(text.split()) for text, _ in read)
    result = {
        "bench": "damage",
        "data_sha256": data_sha256,
        "n": len(copies),
        "scores": scored(shares) | {"milliseconds": round(1000 * watch.seconds / len(copies), 2)},
        "peers": {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": round(words / max(cpu_seconds, 1e-9)),
    }
    return result, says


def scored(shares: dict[str, list[bool]]) -> Json:
    """Of each group, per cent that got the advice; `clean` is LGL and PolNeAR together."""
    clean = shares.get("lgl", []) + shares.get("polnear", [])
    groups = {"clean": clean, **dict(sorted(shares.items()))} if clean else dict(sorted(shares.items()))
    return {group: round(100 * sum(held) / len(held), 2) for group, held in groups.items()}


def _says(copy: Copy, text: str, signs: Sequence[Condition]) -> Iterator[str]:
    if not warned(signs):
        if copy.group in ("seed", "sample_damaged"):
            yield f"{copy.group} {copy.name}: no advice, though it is damaged"
        return
    told = "; ".join(
        f"{sign.kind} {[text[span.start : span.end] for span in sign.spans[:3]]}"
        for sign in signs
        if sign.kind != "do_not_quote"
    )
    yield f"{copy.group} {copy.name}: not to be quoted: {told}"


# What is printed


def _options() -> argparse.ArgumentParser:
    return command.options(
        "damage",
        "Score which single copies get the advice not to quote them verbatim.",
        "a set's folder or file (lgl, polnear, reworded, ecbplus), one split of it, or a folder of such folders",
        default=DATA,
        peers=False,
    )


def main(arguments: list[str]) -> int:
    """Print the scores; with `--explain` also each warning and each miss. 1 where a floor is not held."""
    options = _options().parse_args(arguments)
    copies = list(copies_in(options.data))
    if not copies:
        return command.stop(f"No texts in {options.data}: it needs lgl.xml, docs.jsonl or PolNeAR's text folders.")
    digest = hashlib.sha256()
    for copy in copies:
        digest.update(copy.data)
    result, says = run([*of_ours(SAMPLE, SHARED / "seeds"), *copies], digest.hexdigest())
    if options.json:
        print(json.dumps(result))
    else:
        print(f"damage: {result['n']} copies; per cent that got the advice not to quote them")
        command.show_scores(result, str)
    if options.explain:
        print("\n".join(says), file=sys.stderr if options.json else sys.stdout)
    return command.held("damage", result["scores"], ceilings=CEILINGS) if options.data == DATA else 0


if __name__ == "__main__":
    command.run(main)
