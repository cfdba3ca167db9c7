"""Scores the named changes between two tellings, on mutations seeded into composed reports and into renderings.

`bench.mutations` seeds one kind of change after another into pairs of texts that tell the same in honest other words:
of composed reports (bench/drift_reports.toml and the sample's own) and of two renderings of one item of `reworded`.
The mutated texts are read anew. A finding is right where it has the kind of a mutation and lies in, or meets, its
sentence on either side; anything else found in a mutated pair is false, unless the pair shows it before it is
mutated.

`KIND_recall` and `KIND_precision` are over both; `recall`, `precision` over all kinds, `polarity_*` of
`negation_flipped`; `composed_*`, `rendered_*` of each ground. `alarms_a_pair` is how many changes are found in a pair
of renderings that was not mutated, single changes all; `whole_copy_notes_a_pair`, told apart, how many pairs are told
to reword their quotations throughout, which can be held against the texts letter by letter. `held_*` figures are of
the items (half of them, by a hash of their names) that no rule was mended by.

`natural_precision` is of changes found in pairs of real copies that were judged by hand:
`tests/keys/drift_natural.toml`.

The sets are looked for in `shared/data` beside the checkout. Get them as its README tells and name, as `--data`, a
folder that holds `reworded/` and `ecbplus/`, or one folder or file of the layout of `reworded`. Run: `python -m
bench.drift`.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import sayso
from bench import command
from bench.drift_pairs import Pair, composed, data_sha256, files_in, rendered
from bench.drifted import judged
from bench.mutations import Seeded, mutated
from sayso.copies import compare, fingerprint
from sayso.drift.changes import changes
from sayso.drift.pairing import paired
from sayso.knowledge import ours
from sayso.record import CHANGES, Change, Reading, Span

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
DATA = HERE.parent / "shared" / "data"
ROUNDS = {"composed": 5, "rendered": 1}
CEILINGS = frozenset(("alarms_a_pair", "held_alarms_a_pair"))
GROUNDS = ("composed", "rendered")


@dataclass
class Tally:
    """Of one kind: how many were seeded, found, and found where nothing was seeded."""

    seeded: int = 0
    found: int = 0
    false: int = 0


@dataclass(frozen=True)
class Compared:
    """What was found in two readings."""

    here: str
    there: str
    aligned: tuple[tuple[Span, Span], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Error:
    """A mutation that was missed, or a change that is none."""

    kind: str
    says: str


@dataclass
class Measured:
    """All that is counted, by ground, half and kind."""

    tallies: dict[tuple[str, bool, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    alarms: dict[bool, Counter[str]] = field(default_factory=lambda: {False: Counter(), True: Counter()})
    notes: int = 0
    pairs: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    words: int = 0
    seconds: float = 0.0
    compared: int = 0
    errors: list[Error] = field(default_factory=list)


def measure(pairs: Iterable[Pair]) -> Measured:
    """Mutate, read, compare and count all pairs."""
    at = Measured()
    seeded: Counter[str] = Counter()
    for pair in pairs:
        here, there = read(pair.here, pair), read(pair.there, pair)
        plain = _compared(here, there, at)
        if pair.ground == "rendered":
            _count_alarms(at, pair, plain)
        known = Counter(_key(change) for change in plain.changes)
        for turn in range(ROUNDS[pair.ground]):
            chance = Random(crc32(f"{pair.name} {turn}".encode()))
            order = sorted(CHANGES, key=lambda kind: (seeded[f"{pair.ground} {kind}"], chance.random()))
            changed = mutated(here, there, plain.aligned, order=order, chance=chance)
            for one in changed.seeded:
                seeded[f"{pair.ground} {one.kind}"] += 1
            found = _compared(read(changed.here, pair), read(changed.there, pair), at)
            _count(
                at, pair, changed.seeded, [change for change in found.changes if not _is_known(change, known)], found
            )
    return at


def read(text: str, pair: Pair) -> Reading:
    """A text as the library reads it."""
    return sayso.read_text(text, knowledge=pair.knowledge)


def _compared(here: Reading, there: Reading, at: Measured) -> Compared:
    likeness = compare(fingerprint(here), fingerprint(there))
    aligned = paired(here, there, [pair for segment in likeness.segments for pair in segment.pairs])
    before = time.process_time()
    found = Compared(here.page.report.text, there.page.report.text, aligned, changes(here, there, aligned, ours()))
    at.seconds += time.process_time() - before
    at.words += len(here.page.report.text.split()) + len(there.page.report.text.split())
    at.compared += 1
    return found


def _key(change: Change) -> tuple[str, str, str]:
    return change.kind, change.here.words if change.here else "", change.there.words if change.there else ""


def _is_known(change: Change, known: Counter[tuple[str, str, str]]) -> bool:
    return known[_key(change)] > 0


def _count_alarms(at: Measured, pair: Pair, plain: Compared) -> None:
    at.pairs[pair.is_held] += 1
    for change in plain.changes:
        if is_of_whole_copy(change):
            at.notes += 1
            continue
        at.alarms[pair.is_held][change.kind] += 1
        at.errors.append(Error(f"alarm {change.kind}", f"alarm {change.kind}: {_shown(change)} ({pair.name})"))


def is_of_whole_copy(change: Change) -> bool:
    """Whether a change is told of two whole reports, not of a stretch."""
    return change.kind == "quotation_reworded" and change.says.startswith("all")


def _count(at: Measured, pair: Pair, seeded: Sequence[Seeded], found: Sequence[Change], both: Compared) -> None:
    for one in seeded:
        tally = at.tallies[pair.ground, pair.is_held, one.kind]
        tally.seeded += 1
        if any(change.kind == one.kind and _fits(change, one) for change in found):
            tally.found += 1
            continue
        aligned = [each for each in both.aligned if _meet(each[0], one.here)]
        our_words = " / ".join(both.here[here.start : here.end] for here, _ in aligned) or "no partner"
        theirs = " / ".join(both.there[there.start : there.end] for _, there in aligned)
        at.errors.append(
            Error(f"missed {one.kind}", f"missed {one.kind} ({one.how}): {our_words} -> {theirs} ({pair.name})")
        )
    for change in found:
        fits = [one for one in seeded if _fits(change, one)]
        if is_of_whole_copy(change) or (fits and change.kind == "quotation_reworded"):
            continue  # a mutation inside quotation marks rewords the quotation too
        if any(change.kind == one.kind for one in fits):
            continue
        at.tallies[pair.ground, pair.is_held, change.kind].false += 1
        near = next((f"{one.kind} ({one.how})" for one in fits), "nothing seeded")
        at.errors.append(Error(f"false {change.kind}", f"false {change.kind}: {_shown(change)} [{near}] ({pair.name})"))


def _fits(change: Change, one: Seeded) -> bool:
    return (change.here is not None and _meet(change.here.span, one.here)) or (
        change.there is not None and _meet(change.there.span, one.there)
    )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _shown(change: Change) -> str:
    sides = [side.words if side else "-" for side in (change.here, change.there)]
    return f"{change.says}: {' -> '.join(' '.join(side.split()) for side in sides)}"


# Figures


def figures(at: Measured) -> Json:
    """All scores: percent, and alarms a pair."""
    scores: Json = {}
    scores |= _rates(at, "", lambda ground, held, kind: True)
    for ground in GROUNDS:
        scores |= _rates(at, f"{ground}_", lambda one, held, kind, ground=ground: one == ground)
    scores |= _rates(at, "held_", lambda ground, held, kind: held)
    scores |= _rates(at, "polarity_", lambda ground, held, kind: kind == "negation_flipped")
    scores |= _rates(at, "held_polarity_", lambda ground, held, kind: held and kind == "negation_flipped")
    for wanted in CHANGES:
        scores |= _rates(at, f"{wanted}_", lambda ground, held, kind, wanted=wanted: kind == wanted)
    for wanted in CHANGES:
        scores |= _rates(at, f"held_{wanted}_", lambda ground, held, kind, wanted=wanted: held and kind == wanted)
    everywhere = sum(at.pairs.values())
    if everywhere:
        scores["alarms_a_pair"] = round(sum(map(Counter.total, at.alarms.values())) / everywhere, 3)
        scores["held_alarms_a_pair"] = round(at.alarms[True].total() / max(at.pairs[True], 1), 3)
        scores["whole_copy_notes_a_pair"] = round(at.notes / everywhere, 3)
    scores["milliseconds_a_pair"] = round(1000 * at.seconds / max(at.compared, 1), 2)
    return scores


def _rates(at: Measured, name: str, is_meant: Any) -> Json:
    some = [tally for key, tally in at.tallies.items() if is_meant(*key)]
    seeded, found, false = (sum(getattr(one, what) for one in some) for what in ("seeded", "found", "false"))
    if not seeded:
        return {}
    return {
        f"{name}recall": round(100 * found / seeded, 1),
        f"{name}precision": round(100 * found / (found + false), 1) if found + false else 0.0,
    }


def main(arguments: list[str]) -> int:
    """Print the scores, or with `--json` one object."""
    parser = command.options(
        "drift", __doc__ or "", "a folder with the sets, or of the layout of `reworded`", default=None, peers=False
    )
    parser.add_argument("--composed", action="store_true", help="score the composed reports alone; no data is needed")
    chosen = parser.parse_args(arguments)
    command_nice(chosen.nice)
    files = [] if chosen.composed else files_in(chosen.data or DATA)
    if not files and not chosen.composed:
        return command.stop(
            f"No renderings in {chosen.data or DATA}: name a folder that holds reworded/docs.jsonl, or --composed."
        )
    result, errors = run(files, chosen.data or DATA)
    if chosen.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        if chosen.explain:
            command.show_errors(errors)
        command.show_scores(result, str)
    return 0 if chosen.data or chosen.composed else command.held("drift", result["scores"], ceilings=CEILINGS)


def command_nice(wanted: bool) -> None:
    """Let everything else on this machine go first, if asked for."""
    if wanted:
        import os

        os.nice(10)


def run(files: Sequence[Path], data: Path) -> tuple[Json, list[Error]]:
    """Score composed reports and the renderings of the files: the object to be printed, and what went wrong."""
    wall, before = time.perf_counter(), time.process_time()
    pairs = [*composed(), *rendered(files)]
    at = measure(pairs)
    scores = figures(at)
    natural = judged(data) if files else None
    if natural is not None:
        scores |= natural.scores
        at.errors += [Error(f"natural {kind}", says) for kind, says in natural.errors]
    spent = max(time.process_time() - before, 1e-9)
    result = {
        "bench": "drift",
        "data_sha256": data_sha256(pairs),
        "n": sum(tally.seeded for tally in at.tallies.values()),
        "scores": scores,
        "seeded": {kind: sum(t.seeded for (_, _, k), t in at.tallies.items() if k == kind) for kind in CHANGES},
        "peers": {},
        "seconds": round(time.perf_counter() - wall, 1),
        "words_per_cpu_second": round(at.words / spent),
    }
    return result, at.errors


if __name__ == "__main__":
    command.run(main)
