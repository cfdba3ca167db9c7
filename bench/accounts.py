"""Scores incidents put together from the sample's reports against its story key: origins, copies, stances, denials.

Twice in one run. `origins_exact` and its like have copies and grouping from the key, so that only what `sayso.accounts`
makes of them is measured; those that begin with `whole_` have nothing from the key: families by `sayso.copies`,
incidents by `same_event`. What a reading missed cannot be told of; `events_read` and `origins_read` count it.
Run: `python -m bench.accounts`.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import command
from bench.account_scores import Tally, Wanted, score_incident, tellings_in
from bench.keying import BadKey
from bench.story import report_of, story_of
from bench.story_match import Matched, matched
from sayso.accounts.assemble import assemble
from sayso.accounts.same_event import same_event
from sayso.accounts.same_groups import grouped
from sayso.accounts.tellings import tellings
from sayso.copies import dated_by, families, fingerprint, linked
from sayso.knowledge import Knowledge
from sayso.record import Family, Member, Reading, Span, Telling

Json = dict[str, Any]
SAMPLE = Path(__file__).resolve().parent.parent / "src" / "sayso" / "sample"
NEVER_SLIP = ("origins_exact", "origins_kept", "origins_true", "copies_collapsed")


def readings_of(folder: Path, *, held_out: bool) -> dict[str, Reading]:
    """The readings of the reports that the story tells of, by number, with the folder's own rows."""
    import sayso

    knowledge = folder / "knowledge"
    rows = (knowledge,) if knowledge.is_dir() else ()
    return {
        number: sayso.read(report_of(folder, number), knowledge=rows) for number in _numbers(folder, held_out=held_out)
    }


def _numbers(folder: Path, *, held_out: bool) -> list[str]:
    listed = folder / "key" / "held_out.txt"
    names = set(listed.read_text(encoding="utf-8").split()) if listed.is_file() else set()
    keyed = sorted((folder / "key").glob("*.json"))
    return [path.stem.partition("-")[0] for path in keyed if held_out or path.stem not in names]


def run(folder: Path, readings: dict[str, Reading], *, held_out: bool = False) -> tuple[Json, Tally]:
    """The result that is printed, and what went wrong. Reading is not timed: incidents are."""
    story = story_of(folder, held_out=held_out)
    found = matched(folder, readings)
    own = folder / "knowledge"
    rows = Knowledge((own,) if own.is_dir() else ())
    told = {number: {one.event: one for one in tellings(reading, rows)} for number, reading in readings.items()}
    numbers = {reading.page.report.id: number for number, reading in readings.items()}
    start, cpu = time.perf_counter(), time.process_time()
    by_key = _by_key(story, found, told, numbers, rows)
    whole = _whole(story, found, told, readings, rows)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    words = sum(len(reading.page.report.text.split()) for reading in readings.values())
    scores = by_key.scores() | {
        f"whole_{name}": value for name, value in whole.scores().items() if not name.endswith("_read")
    }
    result = {
        "bench": "accounts_held_out" if held_out else "accounts",
        "data_sha256": _sha256(folder, sorted(readings)),
        "n": by_key.of.get("origins_exact", 0),
        "scores": scores,
        "peers": {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": round(words / max(cpu_seconds, 1e-9)),
    }
    by_key.faults += [replace(fault, kind=f"whole_{fault.kind}") for fault in whole.faults]
    return result, by_key


def _by_key(
    story: Json, found: Matched, told: dict[str, dict[str, Telling]], numbers: dict[str, str], rows: Knowledge
) -> Tally:
    """Copies and grouping as the key has them."""
    tally = Tally()
    kept = _families(story, {number: report for report, number in numbers.items()})
    for keyed in story["incident"]:
        for name in keyed["events"]:
            number, _, event = name.partition(":")
            if number in told:
                says = f"{keyed['id']}: the event {name} was not read"
                tally.mark("events_read", (number, event) in found.events, says)
        mine = list(tellings_in(keyed, found, told))
        if not mine:
            for account in keyed["accounts"]:
                tally.mark("origins_read", False, f"{keyed['id']}: of {account['origin']} nothing was read")
            continue
        reports = frozenset(numbers[one.report] for one in mine)
        wanted = Wanted(story, keyed, reports, found, numbers)
        score_incident(wanted, assemble(keyed["id"], mine, kept, (), knowledge=rows), tally)
    return tally


def _families(story: Json, ids: dict[str, str]) -> list[Family]:
    everything = Span(0, sys.maxsize)
    return [
        Family(
            family["id"],
            tuple(
                Member(ids[one["report"]], everything, one["how"], ids.get(one.get("of", "")))
                for one in family["members"]
                if one["report"] in ids
            ),
        )
        for family in story.get("family", ())
    ]


def _whole(
    story: Json,
    found: Matched,
    told: dict[str, dict[str, Telling]],
    readings: dict[str, Reading],
    rows: Knowledge,
) -> Tally:
    """Copies and grouping as the program finds them: each incident of the key beside ours with most of it."""
    tally = Tally()
    numbers = {reading.page.report.id: number for number, reading in readings.items()}
    kept = _found_families(readings)
    groups = _groups(_dated(told, kept), kept)
    for keyed in story["incident"]:
        mine = {(one.report, one.event) for one in tellings_in(keyed, found, told)}
        if not mine:
            continue
        best = max(groups, key=lambda group: (len(mine & _ids(group)), -len(group)))
        ours = _ids(best)
        tally.mark("incidents_exact", ours == mine, f"{keyed['id']}: {_told_apart(mine, ours, numbers)}")
        reports = frozenset(numbers[one.report] for one in best)
        score_incident(
            Wanted(story, keyed, reports, found, numbers), assemble(keyed["id"], best, kept, (), knowledge=rows), tally
        )
    return tally


def _found_families(readings: dict[str, Reading]) -> tuple[Family, ...]:
    prints = [fingerprint(reading) for reading in readings.values()]
    links = [link for one, two in itertools.combinations(prints, 2) if (link := linked(one, two)) is not None]
    return tuple(replace(family, id=f"fam-{at}") for at, family in enumerate(families(links)))


def _dated(told: dict[str, dict[str, Telling]], kept: Sequence[Family]) -> list[Telling]:
    """All tellings, those of undated members of a family with the date that it gives them."""
    every = [one for of_report in told.values() for one in of_report.values()]
    published = {one.report: one.published for one in every if one.published is not None}
    dates = {report: date for family in kept for report, date in dated_by(family, published).items()}
    return [replace(one, published=dates.get(one.report, one.published)) for one in every]


def _groups(every: Sequence[Telling], kept: Sequence[Family]) -> list[list[Telling]]:
    keys = {f"{one.report}#{one.event}": one for one in every}
    scores = {}
    for (left, one), (right, two) in itertools.combinations(keys.items(), 2):
        scores[left, right] = same_event(one, two, one_family=_is_copied(one, two, kept)).score
    return [[keys[name] for name in sorted(group)] for group in grouped(keys, scores)]


def _is_copied(one: Telling, two: Telling, kept: Sequence[Family]) -> bool:
    return one.report != two.report and any(_stands_in(one, family) and _stands_in(two, family) for family in kept)


def _stands_in(telling: Telling, family: Family) -> bool:
    at = telling.trigger.span.start
    return any(one.report == telling.report and one.span.start <= at < one.span.end for one in family.members)


def _ids(group: Sequence[Telling]) -> set[tuple[str, str]]:
    return {(one.report, one.event) for one in group}


def _told_apart(mine: set[tuple[str, str]], ours: set[tuple[str, str]], numbers: dict[str, str]) -> str:
    def aloud(ids: set[tuple[str, str]]) -> str:
        return ", ".join(sorted(f"{numbers[report]}:{event}" for report, event in ids)) or "none"

    return f"left out {aloud(mine - ours)}; too much {aloud(ours - mine)}"


def _sha256(folder: Path, numbers: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for path in (*(report_of(folder, number) for number in numbers), *sorted((folder / "key").glob("story*.toml"))):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _options() -> argparse.ArgumentParser:
    parser = command.options(
        "accounts",
        "Score incidents put together from a sample's reports against its story key.",
        "a folder of reports with key/story.toml and a key for each report",
        default=SAMPLE,
        peers=False,
    )
    parser.add_argument("--held-out", action="store_true", help="with the four reports kept for the end")
    return parser


def main(arguments: list[str]) -> int:
    """Print the scores; with `--explain` also what went wrong."""
    options = _options().parse_args(arguments)
    if not (options.data / "key" / "story.toml").is_file():
        return command.stop(f"No key/story.toml in {options.data}: it says which reports and events belong together.")
    if options.nice:
        os.nice(19)
    try:
        readings = readings_of(options.data, held_out=options.held_out)
        result, tally = run(options.data, readings, held_out=options.held_out)
    except (BadKey, StopIteration) as problem:
        return command.stop(f"The key in {options.data} does not fit its reports: {problem}")
    if options.json:
        print(json.dumps(result))
    else:
        print(f"{result['bench']}: {result['n']} incidents, {result['seconds']} s to put them together")
        command.show_scores(result, lambda peer: "")
        if options.explain:
            command.show_errors(tally.faults)
    is_default = options.data == SAMPLE and not options.held_out
    return command.held("accounts", result["scores"]) if is_default else 0


if __name__ == "__main__":
    command.run(main)
