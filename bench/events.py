"""Scores events: those of the seed and the sample against our keys, and incidents against MUC-4's templates.

The keyed part is what `bench.seed` and `bench.sample` say of events alone. The MUC-4 part scores the layer of incidents
(`sayso/events/incidents`), read end to end from the bare text; `bench/muc.py` says how. A text in small letters or
capitals throughout is first given back its case; one in mixed case is read as it is. MUC-4 is looked for in
`shared/data/muc4` beside the checkout; elsewhere name its folder (with `processed/` and `raw/`), or one file of
simplified templates, as `--data`. Run: `python -m bench.events`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import command
from bench.keyed import Keyed, Settings
from bench.keyed import run as keyed_run
from bench.muc import (
    ALL,
    SLOTS,
    TYPE,
    Accused,
    Count,
    Document,
    Template,
    confidence_score,
    documents,
    key_files,
    keys,
    plain,
    simplified_score,
    split_files,
)
from sayso.events import find_events
from sayso.events.incidents import Told, find_incidents
from sayso.events.kinds import words
from sayso.grounding import ground
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.models.incidents import incident_scorer
from sayso.models.tagger import tagger_with
from sayso.reading import read_page
from sayso.record import Given
from sayso.statements import find_statements
from sayso.work.here import TAGGERS, tagger_named

if TYPE_CHECKING:
    from sayso.events.incidents import Filler, Incident
    from sayso.models.parsing import Parse
    from sayso.record import Event, Grounds, Page, Spoken

Json = dict[str, Any]
HERE = Path(__file__).resolve().parent.parent
DATA = HERE.parent / "shared" / "data" / "muc4"
PARTS = {"perpetrators": "PerpInd", "targets": "Target", "victims": "Victim", "weapons": "Weapon"}


# Incidents


@dataclass(frozen=True)
class Read:
    """What came of the texts: our templates by document, and the CPU seconds of all and of this layer alone."""

    templates: dict[str, list[Template]]
    cpu_seconds: float
    stage_seconds: float


@dataclass(frozen=True)
class Travelled:
    """A page that has been through all stages."""

    page: Page
    parse: Parse
    grounds: Grounds
    spoken: Spoken
    events: tuple[Event, ...]


def travel(text: str) -> Travelled:
    """A text taken through all stages, its case given back where it has none."""
    shown = english_parser().cases.shadow(text)
    page = read_page(sealed(shown.encode(), media_type="text/plain; charset=utf-8"), Given(), ours())
    parse = english_parser().parse(page)
    grounds = ground(page, parse, ours())
    name = tagger_named(None)
    spoken = find_statements(page, parse, grounds, ours(), None if name == "none" else tagger_with(name))
    return Travelled(page, parse, grounds, spoken, find_events(page, parse, grounds, spoken, ours()))


def told_of(on: Travelled) -> Told:
    """A page as the layer of incidents takes it."""
    return Told(on.page, on.parse, on.grounds, on.spoken, on.events, words(ours()), english_parser().vector)


def read(documents_read: Sequence[Document]) -> Read:
    """All texts read, one after the other; the first once more before, since it loads the models."""
    find_incidents(told_of(travel(documents_read[0].text)), incident_scorer())
    templates, stage = {}, 0.0
    start = time.process_time()
    for document in documents_read:
        on = travel(document.text)
        before = time.process_time()
        found = find_incidents(told_of(on), incident_scorer())
        stage += time.process_time() - before
        templates[document.name] = [as_template(on.page.report.text, one) for one in found]
    return Read(templates, time.process_time() - start, stage)


def as_template(text: str, incident: Incident) -> Template:
    """An incident as MUC-4 writes it down: the words that name each filler."""

    def name(filler: Filler) -> str:
        return plain(text[filler.span.start : filler.span.end])

    slots = {slot: tuple((name(one),) for one in getattr(incident, part)) for part, slot in PARTS.items()}
    slots["PerpOrg"] = tuple((name(one),) for one in incident.organisations)
    accused = tuple(Accused((name(one),), (one.confidence or "",)) for one in (incident.accused,) if one is not None)
    return Template(incident.type, slots, accused)


def muc(data: Path) -> Json | None:
    """The scores of MUC-4 at this place, how many texts, words and seconds; None where there is none."""
    files = split_files(data)
    texts = [document for file in files for document in documents(file)]
    if not texts:
        return None
    done = read(texts)
    counts = simplified_score(done.templates, texts)
    names = {document.name for document in texts}
    full = {name: theirs for name, theirs in keys(key_files(data)).items() if name in names}
    return {
        "n": len(texts),
        "scores": _muc_figures(counts, confidence_score(done.templates, full) if full else None),
        "words": sum(len(document.text.split()) for document in texts),
        "read": done,
        "sha256": _sha256(files),
        "says": _says(texts, done.templates),
    }


def _muc_figures(counts: dict[str, Count], confidence: Count | None) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, count in ((ALL, counts[ALL]), *(("confidence", one) for one in [confidence] if one is not None)):
        for part in ("f1", "precision", "recall"):
            found[f"muc_{name}_{part}"] = round(getattr(count, part), 1)
    for name in (TYPE, *SLOTS):
        found[f"muc_{name.lower()}_f1"] = round(counts[name].f1, 1)
    return found


def _sha256(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _says(texts: Sequence[Document], templates: dict[str, list[Template]]) -> list[str]:
    """What we gave and what was wanted, text by text."""
    return [
        f"{document.name}: ours {_aloud(templates[document.name])}; theirs {_aloud(document.templates)}"
        for document in texts
    ]


def _aloud(templates: Sequence[Template]) -> str:
    return ", ".join(f"{one.type} ({_slots_aloud(one)})" for one in templates) or "nothing"


def _slots_aloud(template: Template) -> str:
    filled = ((slot, [names[0] for names in template.fillers(slot)]) for slot in SLOTS)
    return ", ".join(f"{slot}: {' + '.join(names)}" for slot, names in filled if names)


# Keys


def keyed() -> tuple[dict[str, float], list[str]]:
    """What the keys of the seed and the sample say of events, each figure under the name of its texts."""
    from bench.sample import SAMPLE, chosen
    from bench.seed import KEY, PUBLISHED, seed_text

    found: dict[str, float] = {}
    says: list[str] = []
    seed = seed_text()
    knowledge = SAMPLE / "knowledge"
    by_sample = Settings(knowledge=(knowledge,) if knowledge.is_dir() else ())
    parts = {
        "seed": ([Keyed(seed, KEY)] if seed else [], Settings(PUBLISHED)),
        "sample": (chosen(SAMPLE, held_out=False), by_sample),
        "sample_held_out": (chosen(SAMPLE, held_out=True), by_sample),
    }
    for name, (items, by) in parts.items():
        if items:
            result, told = keyed_run(name, items, by)
            found |= {f"{name}_{key}": value for key, value in result["scores"].items() if key.startswith("event")}
            says += [line for line in told if "event" in line]
    return found, says


# The command


def run(data: Path, *, with_keys: bool) -> tuple[Json, list[str]] | None:
    """The object that the bench prints, and what was given and wanted; None where there is nothing to read."""
    wall = time.perf_counter()
    scored = muc(data)
    if scored is None:
        return None
    scores, says = keyed() if with_keys else ({}, [])
    done: Read = scored["read"]
    result = {
        "bench": "events",
        "data_sha256": scored["sha256"],
        "n": scored["n"],
        "scores": {**scores, **scored["scores"]},
        "peers": {},
        "seconds": round(time.perf_counter() - wall, 2),
        "words_per_cpu_second": round(scored["words"] / max(done.cpu_seconds, 1e-9)),
        "stage_words_per_cpu_second": round(scored["words"] / max(done.stage_seconds, 1e-9)),
    }
    return result, says + scored["says"]


def _show(result: Json) -> None:
    print(f"{result['bench']}: {result['n']} texts of MUC-4, {result['words_per_cpu_second']} words per CPU second")
    for name, figure in result["scores"].items():
        print(f"  {name:36} {figure:6.1f}")


def _options() -> argparse.ArgumentParser:
    parser = command.options(
        "events",
        "Score events and incidents.",
        "MUC-4's folder, or one file of simplified templates",
        default=DATA,
        peers=False,
    )
    parser.add_argument("--no-keys", action="store_true", help="leave the seed and the sample out")
    return parser


def main(arguments: list[str]) -> int:
    """Print the scores; 1 where one of the default data is below its floor."""
    options = _options().parse_args(arguments)
    if options.nice:
        os.nice(19)
    done = run(options.data, with_keys=not options.no_keys)
    if done is None:
        return command.stop(
            f"No templates in {options.data}: it needs processed/*.json (and raw/ with the full keys) of MUC-4. "
            "Get xinyadu/gtt from GitHub and name the folder as --data."
        )
    result, says = done
    if options.json:
        print(json.dumps(result))
    else:
        _show(result)
        if options.explain:
            print("\n".join(says))
    if options.data != DATA or tagger_named(None) != TAGGERS[0]:
        return 0
    return command.held("events", result["scores"])


if __name__ == "__main__":
    command.run(main)
