"""Scores where, when, how many, by whom and to whom of the events that a reading shares with a key.

A part is asked where the key tells it, or says with `none` that the text tells nothing of it. What a key is
silent on is not asked. A place is right where the reading's places are the key's and no other is given; a time
where its interval is, or lies inside the key's day or two. Counts, agents and targets are F1s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]
Pair = list[int]
Sizes = tuple[int, int, int]

LEADING = ("from", "to")


@dataclass(frozen=True)
class Answers:
    """The parts of one event that were asked: each right or not; or how many right, wanted and given."""

    marks: dict[str, bool]
    tallies: dict[str, Sizes]
    says: list[str]


def answers(key: Json, reading: Json, one: Json, two: Json, same_place: Callable[[Json, Json], bool]) -> Answers:
    """How the parts of the reading's event `two` meet those of the key's `one`."""
    marks: dict[str, bool] = {}
    none = one.get("none", ())
    asked: dict[str, Callable[[], bool]] = {
        "event_places": lambda: _places_meet(key, reading, one, two, same_place),
        "event_times": lambda: _times_meet(reading, one, two),
        "event_also": lambda: _mentions_meet(one, two),
    }
    for name, told, part in (
        ("event_places", _placed(one), "at"),
        ("event_times", _timed(one), "when"),
        ("event_also", one["also"], "also"),
    ):
        if told or part in none:
            marks[name] = asked[name]()
    for lead in LEADING:
        if one.get(lead):
            marks["event_place_roles"] = marks.get("event_place_roles", True) and _leads(
                key, reading, one, two, lead, same_place
            )
    says = [f"{name.replace('_', ' ')} of" for name, is_right in marks.items() if not is_right]
    tallies: dict[str, Sizes] = {}
    if one["counts"] or "counts" in none:
        tallies["event_counts"], wrong = _counts(reading, one, two)
        says += wrong
    for part in ("agents", "targets"):
        if one[part] or part in none:
            tallies[f"event_{part}"], wrong = _people(reading["text"], one[part], two[part], part)
            says += wrong
    return Answers(marks, tallies, [f"wrong {line}" for line in says])


def _placed(one: Json) -> list[str]:
    return [*one["at"], *(number for lead in LEADING for number in one.get(lead, ()))]


def _timed(one: Json) -> bool:
    return bool(one["when"]["earliest"] or one["when"]["latest"])


def _places_meet(key: Json, reading: Json, one: Json, two: Json, same_place: Callable[[Json, Json], bool]) -> bool:
    wanted = [place for place in key["places"] if place["id"] in _placed(one)]
    tells_leads = any(one.get(lead) for lead in LEADING)
    known = {place["id"]: place for place in reading["places"]}
    met = [
        any(_is_met(one, wanted, same_place) for one in [place, *_around(place, known)])
        for place, _ in _given(reading, two)
    ]
    extra = [
        place
        for (place, role), is_met in zip(_given(reading, two), met, strict=True)
        if not is_met and (role == "at" or tells_leads)
    ]
    return not extra and (any(met) if wanted else not met)


def _leads(key: Json, reading: Json, one: Json, two: Json, lead: str, same_place: Callable[[Json, Json], bool]) -> bool:
    """Whether the place that a deed went from or to is given with that role."""
    wanted = [place for place in key["places"] if place["id"] in one[lead]]
    return any(role == lead and _is_met(place, wanted, same_place) for place, role in _given(reading, two))


def _given(reading: Json, two: Json) -> list[tuple[Json, str]]:
    known = {place["id"]: place for place in reading["places"]}
    return [(known[one["place"]], one["role"]) for one in two["places"] if one["place"] in known]


def _around(place: Json, known: dict[str, Json]) -> list[Json]:
    """The towns that a reading says a place lies in: a quarter of the key's town is no other place."""
    holders = [known[number] for number in place.get("inside", ()) if number in known]
    return [holder for holder in holders if holder["level"] in ("town", "district")]


def _is_met(given: Json, wanted: Iterable[Json], same_place: Callable[[Json, Json], bool]) -> bool:
    return any(
        _overlap(place["span"], given["span"]) or (place["level"] == given["level"] and same_place(place, given))
        for place in wanted
    )


def _times_meet(reading: Json, one: Json, two: Json) -> bool:
    moment = next((moment for moment in reading["moments"] if moment["id"] == two["when"]), None)
    if not _timed(one):
        return moment is None or moment["earliest"] is None
    if moment is None:
        return False
    is_same = all(_begins(one["when"][end], moment[end]) for end in ("earliest", "latest"))
    return is_same or _is_part_of_the_days(one["when"], moment)


def _is_part_of_the_days(wanted: Json, moment: Json) -> bool:
    """Whether a key asks for a day or two and the reading tells which part: "overnight", "on Tuesday morning"."""
    earliest, latest = wanted["earliest"] or "", wanted["latest"] or ""
    if len(earliest) != 10 or len(latest) != 10 or not (moment["earliest"] and moment["latest"]):
        return False
    is_short = date.fromisoformat(latest) - date.fromisoformat(earliest) <= timedelta(days=2)
    return is_short and earliest == moment["earliest"][:10] and moment["latest"] <= f"{latest}T00:00"


def _begins(wanted: str | None, given: str | None) -> bool:
    return wanted is None or (given is not None and given[: len(wanted)] == wanted)


def _people(text: str, wanted: list[Pair], given: list[Json], part: str) -> tuple[Sizes, list[str]]:
    spans = [one["span"] for one in given]
    missed = [span for span in wanted if not any(_overlap(span, other) for other in spans)]
    extra = [span for span in spans if not any(_overlap(span, other) for other in wanted)]
    says = [f"event {part}, missed {text[slice(*span)]}, of" for span in missed]
    says += [f"event {part}, not in the key {text[slice(*span)]}, of" for span in extra]
    right = len(wanted) - len(missed)
    return (right, len(wanted), right + len(extra)), says


def _mentions_meet(one: Json, two: Json) -> bool:
    mentions = [two["trigger"], *two["also"]]
    return all(any(_overlap(span, other) for other in mentions) for span in one["also"])


def _counts(reading: Json, one: Json, two: Json) -> tuple[Sizes, list[str]]:
    quantities = {quantity["id"]: quantity for quantity in reading["quantities"]}
    left = [(count["of"], quantities[count["quantity"]]) for count in two["counts"]]
    given, right, says = len(left), 0, []
    for wanted in one["counts"]:
        fitting = next((it for it in left if it[0] == wanted["of"] and _same_number(wanted, it[1])), None)
        if fitting is None:
            says.append(f"count, {wanted['of']} {wanted['low']:g} to {wanted['high']}" if wanted["low"] else "count")
            continue
        left.remove(fitting)
        right += 1
    free = [it for it in left if it[1].get("part_of") in quantities or _is_another_telling(it, one, two)]
    left = [it for it in left if it not in free]
    says += [f"count beyond the key, {of} {quantity['low']}," for of, quantity in left]
    return (right, len(one["counts"]), given - len(free)), [f"{line} of" for line in says]


def _is_another_telling(count: tuple[str, Json], one: Json, two: Json) -> bool:
    """Whether another teller counts again what the key has the first number of: "put the toll at 31"."""
    of, quantity = count
    tellers = [it["told"] for it in two["counts"] if it["of"] == of]
    mine: list[str] = next((it["told"] for it in two["counts"] if it["quantity"] == quantity["id"]), [])
    return any(it["of"] == of for it in one["counts"]) and any(told != mine for told in tellers)


def _same_number(wanted: Json, given: Json) -> bool:
    return bool(wanted["low"] == given["low"] and wanted["high"] == given["high"])


def _overlap(one: Pair, two: Pair) -> bool:
    return one[0] < two[1] and two[0] < one[1]
