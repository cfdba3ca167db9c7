"""Scores what the events commit to: even hands, false "happened", and how certain tellers make it.

Four parts. *Even hands*: sentences with two sides, read with several pairs of names and again with the sides exchanged;
the events must be each other's mirror. *False happened*: sentences in which a careful reader sees no deed that the
newsroom tells as happened; the share in which an event of status happened or ongoing is told by the newsroom. A part
composed after the last mending is reported apart (`fresh`; the comments of the file say how each part was read the
first time). *True happened*: sentences in which it does tell one, so that silence gains nothing. *Factuality*: the part
of the sentences of Lee and others (2015, "UW") named as `--data`, where readers rated from -3 to 3 how certain the
author makes every happening; F1 of what is not certain (below 1.5). That set marks every verb and noun of happening,
the record only kinds of rows: the layer `sayso.events.commitments` beside the events is what is scored, with the same
code for the status; it takes what "will" be or "was agreed" for settled, as that set's readers did.

Beside them: what the stage adds to the time of reading a text in which every sentence tells a deed.
Run: `python -m bench.status`.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import re
import statistics
import time
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import sayso
from bench import command
from sayso.events import find_events
from sayso.events.commitments import Commitment, commitments
from sayso.grounding import ground
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.models.tagger import tagger_with
from sayso.reading import read_page
from sayso.record import Event, Given, Party, Reading, Span
from sayso.statements import find_statements
from sayso.work.here import TAGGERS, tagger_named

Json = dict[str, Any]
Telling = tuple[object, ...]

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared" / "data" / "factuality" / "UW" / "dev.jsonl"
OWN = ("mirrored.toml", "not_happened.toml", "happened.toml")
CERTAIN = 1.5
"""Ratings from here on say that it did happen: half way between "may be" (0) and "certainly" (3)."""
REAL = frozenset({"happened", "ongoing"})


def own(name: str) -> Json:
    """One of the bench's own files of sentences."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


# ---- even hands ---------------------------------------------------------------------------------------------------


class Sides:
    """Two sides' words in the order of mirrored.toml, and what each becomes when the sides are exchanged."""

    def __init__(self, names: list[str]) -> None:
        one, two = names[:4], names[4:]
        self.filled = dict(zip("AacBbd", (*one[:3], *two[:3]), strict=True))
        self.exchanged = dict(zip("AacBbd", (*two[:3], *one[:3]), strict=True))
        pairs = [pair for pair in zip(one, two, strict=True) if all(pair)]
        self.other = dict(pairs) | {b: a for a, b in pairs}
        longest_first = sorted(self.other, key=len, reverse=True)
        self.names = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    def mirror(self, said: object) -> object:
        """The same with every name of a side exchanged for the other's."""
        if isinstance(said, str):
            return self.names.sub(lambda match: self.other[match[0]], said)
        return tuple(map(self.mirror, said)) if isinstance(said, tuple) else said


CODA = "\n\nThe evening was warm and the streets were quiet."
"""What every sentence is read with: of a few words alone, the language cannot be told."""


def read(text: str) -> Reading:
    """What is read in a sentence of ours."""
    return sayso.read_text(text + CODA)


def told_of(reading: Reading) -> list[Telling]:
    """What the events of a reading say, with words in the place of offsets."""
    return [_event_in_words(reading, event) for event in reading.events]


def _event_in_words(reading: Reading, event: Event) -> Telling:
    text = reading.page.report.text
    said = {statement.id: statement for statement in reading.statements}
    names = {source.id: source.name for source in reading.sources}
    places = {place.id: place for place in reading.grounds.places}

    def words(spans: Iterable[Span]) -> Telling:
        return tuple(text[span.start : span.end] for span in spans)

    def parties(listed: Iterable[Party]) -> Telling:
        return tuple((*words([one.span]), one.party, one.group, one.inferred) for one in listed)

    return (
        event.kind,
        event.status,
        event.background,
        words([event.trigger, *event.also]),
        tuple(
            (names.get(said[told.statement].source), said[told.statement].act, told.status)
            if told.statement in said
            else (None, None, told.status)
            for told in event.told
        ),
        parties(event.agents),
        parties(event.targets),
        words(event.weapons),
        tuple((places[one.place].name, one.role) for one in event.places),
        event.when is not None,
        tuple(count.of for count in event.counts),
    )


def even_hands() -> tuple[Json, list[str]]:
    """The share of mirrored pairs with mirrored events, and the pairs that were not, as sentences.

    Names that no parser can know are counted apart: it may take one of them for a person and the other for a firm.
    """
    data = own("mirrored.toml")
    known, says = _pairs(data["names"], data["sentences"])
    invented, more = _pairs(data["invented"], data["sentences"])
    return known | {"invented": invented["even"], "invented_pairs": invented["pairs"]}, says + more


def _pairs(listed: list[list[str]], sentences: list[str]) -> tuple[Json, list[str]]:
    pairs, found, uneven = 0, 0, []
    for names in listed:
        sides = Sides(names)
        for template in sentences:
            text, other = (_filled(template, by) for by in (sides.filled, sides.exchanged))
            one, two = told_of(read(text)), told_of(read(other))
            pairs += 1
            found += bool(one and two)
            if [sides.mirror(event) for event in one] != two:
                uneven.append(f"uneven: {text}\n  {_differing([sides.mirror(event) for event in one], two)}")
    share = 100 * (pairs - len(uneven)) / pairs
    return {"even": round(share, 1), "even_with_events": round(100 * found / pairs, 1), "pairs": pairs}, uneven


def _filled(template: str, by: dict[str, str]) -> str:
    text = template.format(**by)
    return text[:1].upper() + text[1:]


def _differing(one: list[object], two: list[Telling]) -> str:
    return (
        f"mirrored {[event for event in one if event not in two]}, read {[event for event in two if event not in one]}"
    )


# ---- false and true "happened" --------------------------------------------------------------------------------------


def newsroom_facts(text: str) -> list[tuple[str, str]]:
    """The kind and the words of every event that the newsroom itself tells as happened or going on."""
    reading = read(text)
    return [
        (event.kind, text[event.trigger.start : event.trigger.end])
        for event in reading.events
        if any(told.statement is None and told.status in REAL for told in event.told)
    ]


def false_happened(*, fresh: bool) -> tuple[Json, list[str]]:
    """The share of sentences with a false fact, among those composed before the last mending or after it."""
    says, n = [], 0
    for row in own("not_happened.toml")["row"]:
        if row.get("fresh", False) != fresh:
            continue
        for text in row["sentences"]:
            n += 1
            facts = [fact for fact in newsroom_facts(text) if fact[0] not in row.get("but", ())]
            if facts:
                says.append(f"false ({row['why']}): {text!r}: {facts}")
    return {"false": round(100 * len(says) / max(n, 1), 1), "n": n}, says


def true_happened() -> tuple[Json, list[str]]:
    """The share of marked deeds that an event told as happened or going on has as a mention."""
    says, n = [], 0
    for sentence in own("happened.toml")["sentences"]:
        text, marked = unmarked(sentence)
        reading = read(text)
        told = [
            span
            for event in reading.events
            if event.status in REAL or any(one.status in REAL for one in event.told)
            for span in (event.trigger, *event.also)
        ]
        for start, end in marked:
            n += 1
            if not any(span.start < end and start < span.end for span in told):
                says.append(f"missed: {text!r}: {text[start:end]}")
    return {"true": round(100 * (n - len(says)) / n, 1), "n": n}, says


def unmarked(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """A sentence without its angle brackets, and where the marked words stand in it."""
    text, marked = "", []
    for piece in re.split(r"(<[^>]*>)", sentence):
        bare = piece.strip("<>")
        if piece.startswith("<"):
            marked.append((len(text), len(text) + len(bare)))
        text += bare
    return text, marked


# ---- factuality -----------------------------------------------------------------------------------------------------


def rated(path: Path) -> list[Json]:
    """The sentences of a set, each with its rated words. A folder stands for its dev.jsonl, or for all its files."""
    if path.is_dir():
        files = [path / "dev.jsonl"] if (path / "dev.jsonl").is_file() else sorted(path.glob("*.jsonl"))
    else:
        files = [path]
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]


def offsets(text: str) -> list[int]:
    """Where each of the words parted by spaces begins."""
    return [match.start() for match in re.finditer(r"\S+", text)]


def committed(text: str, asked: tuple[int, ...]) -> tuple[Commitment | None, ...]:
    """What tellers commit to of the words at these offsets of a sentence."""
    page = read_page(sealed(text.encode(), media_type="text/plain; charset=utf-8"), Given(), ours())
    parse = english_parser().parse(page)
    name = tagger_named(None)
    tagger = None if name == "none" else tagger_with(name)
    spoken = find_statements(page, parse, ground(page, parse, ours()), ours(), tagger)
    return commitments(page, parse, spoken, ours(), asked)


def factuality(sentences: list[Json]) -> tuple[Json, list[str]]:
    """Precision, recall and F1 of "not certain, or did not happen", and every word that was taken amiss."""
    right, given, due, says = 0, 0, 0, []
    for sentence in sentences:
        begins = offsets(sentence["text"])
        targets = sentence["targets"]
        found = committed(sentence["text"], tuple(begins[target["span1"][0]] for target in targets))
        for target, one in zip(targets, found, strict=True):
            is_doubtful, is_said_doubtful = target["label"] < CERTAIN, one is not None and one.is_uncertain
            right += is_doubtful and is_said_doubtful
            given += is_said_doubtful
            due += is_doubtful
            if is_doubtful != is_said_doubtful:
                status = one.status if one is not None else "nothing"
                says.append(f"rated {target['label']:+.1f}, read {status}: {target['span_text']} in {sentence['text']}")
    precision, recall = right / max(given, 1), right / max(due, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    scores = {"precision": precision, "recall": recall, "f1": f1}
    return {name: round(100 * figure, 1) for name, figure in scores.items()} | {"n": due}, says


# ---- what it costs --------------------------------------------------------------------------------------------------


def events_add(text: str) -> float:
    """By how many percent the stage of events lengthens the reading of a text, in CPU time: the medians of five runs.

    Garbage is collected before each run: by then the bench holds thousands of readings, and a full collection that
    happens to fall into a stage takes longer than the stage.
    """
    reading = sayso.read_text(text)
    page, grounds, knowledge = reading.page, reading.grounds, ours()
    parse = english_parser().parse(page)
    spoken = find_statements(page, parse, grounds, knowledge, None)
    whole = _median_seconds(lambda: sayso.read_text(text))
    stage = _median_seconds(lambda: find_events(page, parse, grounds, spoken, knowledge))
    return 100 * stage / max(whole - stage, 1e-9)


def _median_seconds(work: Callable[[], object]) -> float:
    def once() -> float:
        gc.collect()
        gc.freeze()
        before = time.process_time()
        work()
        return time.process_time() - before

    try:
        return statistics.median(once() for _ in range(5))
    finally:
        gc.unfreeze()


def _conflict_text() -> str:
    """A text as thick with events as none is: all the deeds of happened.toml, three to a paragraph."""
    sentences = [unmarked(sentence)[0] for sentence in own("happened.toml")["sentences"]]
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


# ---- all of it ------------------------------------------------------------------------------------------------------


def run(path: Path) -> tuple[Json, list[str]]:
    """Everything: the object that the bench prints, and what went wrong as sentences."""
    sentences = rated(path)
    sayso.read_text("The army shelled the town.")  # loads the models
    wall, cpu = time.perf_counter(), time.process_time()
    hands, false, fresh, true, sure = (
        _with_says(part)
        for part in (
            even_hands,
            lambda: false_happened(fresh=False),
            lambda: false_happened(fresh=True),
            true_happened,
            lambda: factuality(sentences),
        )
    )
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    scores = {
        "even_hands": hands[0]["even"],
        "even_hands_invented": hands[0]["invented"],
        "even_with_events": hands[0]["even_with_events"],
        "false_happened": false[0]["false"],
        "false_happened_fresh": fresh[0]["false"],
        "true_happened": true[0]["true"],
        **{f"factuality_{name}": sure[0][name] for name in ("precision", "recall", "f1")},
    }
    n = {
        **{name: hands[0][name] for name in ("pairs", "invented_pairs")},
        "not_happened": false[0]["n"],
        "not_happened_fresh": fresh[0]["n"],
        "happened": true[0]["n"],
        "not_certain": sure[0]["n"],
    }
    scores["events_add_percent"] = round(events_add(_conflict_text()), 1)
    result = {
        "bench": "status",
        "data_sha256": _sha256(path),
        "n": n,
        "scores": scores,
        "peers": {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": round(_words(sentences) / max(cpu_seconds, 1e-9)),
    }
    return result, [says for part in (hands, false, fresh, true, sure) for says in part[1]]


def _with_says(part: Callable[[], tuple[Json, list[str]]]) -> tuple[Json, list[str]]:
    return part()


def _words(sentences: list[Json]) -> int:
    """How many words were read in all."""
    mirrored = own("mirrored.toml")
    names = mirrored["names"] + mirrored["invented"]
    read = 2 * len(names) * sum(len(one.split()) for one in mirrored["sentences"])
    read += sum(len(one.split()) for row in own("not_happened.toml")["row"] for one in row["sentences"])
    read += sum(len(one.split()) for one in own("happened.toml")["sentences"])
    return read + sum(len(one["text"].split()) for one in sentences)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    for file in [*(HERE / name for name in OWN), *files]:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _options() -> argparse.ArgumentParser:
    return command.options(
        "status",
        "Score what events commit to.",
        "a file or folder of rated sentences (jsonl)",
        default=DATA,
        peers=False,
    )


def main(arguments: list[str]) -> int:
    """Print the scores; with `--explain` also what went wrong."""
    options = _options().parse_args(arguments)
    if not options.data.exists():
        return command.stop(
            f"There is no {options.data}. Get njjiang/factuality_bert from GitHub, make jsonl of its UW part "
            "(text, targets with span1 and label), and name the file or folder as --data."
        )
    if options.nice:
        os.nice(19)
    result, says = run(options.data)
    if options.json:
        print(json.dumps(result))
    else:
        _show(result)
        if options.explain:
            print("\n".join(says))
    return (
        command.held("status", result["scores"], ceilings=CEILINGS)
        if options.data == DATA and tagger_named(None) == TAGGERS[0]
        else 0
    )


def _show(result: Json) -> None:
    print(f"{result['bench']}: {result['words_per_cpu_second']} words per CPU second")
    for name, n in result["n"].items():
        print(f"  n {name:26} {n:6}")
    for name, figure in result["scores"].items():
        print(f"  {name:28} {figure:6.1f}")


CEILINGS = frozenset({"false_happened", "false_happened_fresh", "events_add_percent"})
"""Scores of which less is better."""


if __name__ == "__main__":
    command.run(main)
