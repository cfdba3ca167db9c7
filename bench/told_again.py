"""Which events of the invented sample are one happening: the key's incidents beside ours."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import sayso
from bench.grouping import Grouping, b_cubed
from bench.keyed import keyed_in, sound_key
from bench.keys import _best_pairs, _event_closeness, anchored
from bench.sample import SAMPLE, chosen
from bench.story import story_of
from sayso.accounts.same_event import same_event
from sayso.accounts.same_groups import grouped
from sayso.accounts.same_keys import event_keys
from sayso.accounts.story import story_print
from sayso.accounts.story_pairs import same_story
from sayso.accounts.tellings import tellings
from sayso.export.record_json import as_json

Json = dict[str, Any]


def sample_grouping(*, held_out: bool = False) -> dict[str, float]:
    """B-cubed of the sample's events by incident, in percent, over those that were read.

    An event of the key that is in no incident is one by itself. `sample_read` is how many percent of the key's events
    were read at all. With `held_out` the four reports kept for the end are in it.
    """
    folder = SAMPLE
    items = keyed_in(folder) if held_out else chosen(folder, held_out=False)
    story = story_of(folder, held_out=held_out)
    readings = {item.report.stem[:2]: sayso.read(item.report, knowledge=(folder / "knowledge",)) for item in items}
    wanted, names = 0, {}
    for item in items:
        number = item.report.stem[:2]
        key, text = sound_key(item)
        reading = as_json(readings[number])
        moved = anchored(key, text, reading["text"])
        pairs = _best_pairs(moved["events"], reading["events"], _event_closeness)
        wanted += len(moved["events"])
        names |= {f"{number}:{one['id']}": f"{number}:{two['id']}" for one, two in pairs}
    incident_of = {event: incident["id"] for incident in story["incident"] for event in incident["events"]}
    ours = {event: number for number, group in enumerate(incidents(readings, story)) for event in group}
    found = b_cubed(
        {event: ours[read] for event, read in names.items()},
        {event: incident_of.get(event, event) for event in names},
    )
    return _figures(found) | {"sample_read": round(100 * len(names) / max(1, wanted), 1)}


def _figures(found: Grouping) -> dict[str, float]:
    return {f"sample_{name}": figure for name, figure in found.percent().items()}


def incidents(readings: dict[str, Any], story: Json) -> tuple[frozenset[str], ...]:
    """The events of some readings in groups, `01:ev1` each, families being those of the story."""
    told = [(number, telling) for number, reading in readings.items() for telling in tellings(reading)]
    prints = {number: story_print(reading) for number, reading in readings.items()}
    keys = {id(telling): set(event_keys(telling)) for _, telling in told}
    families = [{member["report"] for member in family["members"]} for family in story["family"]]
    edges = {}
    for (number, one), (other, two) in combinations(told, 2):
        if keys[id(one)].isdisjoint(keys[id(two)]):
            continue
        stories = None if number == other else same_story(prints[number], prints[other])
        copies = number != other and any({number, other} <= family for family in families)
        edges[f"{number}:{one.event}", f"{other}:{two.event}"] = same_event(
            one, two, story=stories, one_family=copies
        ).score
    return grouped((f"{number}:{telling.event}" for number, telling in told), edges)
