"""Reports read from end to end: what two of them tell of one happening falls into one incident, and no more does."""

from __future__ import annotations

from itertools import combinations

import pytest

import sayso
from sayso.accounts.same_event import same_event
from sayso.accounts.same_groups import grouped
from sayso.accounts.same_keys import event_keys
from sayso.accounts.story import story_print
from sayso.accounts.story_pairs import same_story
from sayso.accounts.tellings import tellings
from sayso.record import Telling

# Why, reports with their days, and the words that tell each incident that more than one telling is of.
CASES: list[tuple[str, list[tuple[str, str]], list[list[str]]]] = [
    (
        "one strike, denied in the second report",
        [
            ("2023-05-03", "Shells hit a bakery in Goma on Tuesday, killing nine people, the mayor said."),
            ("2023-05-04", "Rwanda denied on Wednesday that its army had shelled a bakery in Goma on Tuesday."),
        ],
        [["hit", "shelled"]],
    ),
    (
        "two towns in one report, one of them in the other",
        [
            ("2023-05-03", "The army shelled Goma on Tuesday. Rebels shelled Bukavu on Tuesday, officials said."),
            ("2023-05-04", "Rebels shelled the city of Bukavu on Tuesday, wounding four."),
        ],
        [["shelled", "shelled"]],
    ),
    (
        "the same town on two days",
        [
            ("2023-05-03", "Shells hit Kherson on Tuesday, wounding two."),
            ("2023-05-06", "Shells hit Kherson on Friday, wounding six."),
        ],
        [],
    ),
    (
        "a capture and its date, told by both sides",
        [
            ("2023-05-03", "Rebels captured the town of Bunia on Monday, their spokesman said."),
            ("2023-05-04", "The army said the rebels had seized Bunia on Monday."),
        ],
        [["captured", "seized"]],
    ),
    (
        "a toll that rises",
        [
            ("2023-05-03", "An air strike on a market in Mekelle killed 18 people on Tuesday, doctors said."),
            ("2023-05-05", "The death toll of Tuesday's air strike on the market in Mekelle rose to 23, doctors said."),
        ],
        [["strike", "strike"]],
    ),
    (
        "protests in two cities",
        [
            ("2023-05-03", "Thousands protested in Tbilisi on Tuesday."),
            ("2023-05-03", "Thousands protested in Batumi on Tuesday."),
        ],
        [],
    ),
    (
        "an old bombardment beside a new one",
        [
            ("2023-05-03", "Shells hit Sarajevo on Tuesday. The city was also shelled in 1993."),
            ("2023-05-04", "A man was wounded on Tuesday when shells hit Sarajevo."),
        ],
        [["hit", "hit"]],
    ),
    (
        "one city on one day, before dawn and at night",
        [
            ("2023-05-03", "Drones hit a depot in Odesa at 3 a.m. on Tuesday, the governor said."),
            ("2023-05-03", "Drones hit a school in Odesa at 10 p.m. on Tuesday, the governor said."),
        ],
        [],
    ),
    (
        "each side blames the other",
        [
            ("2023-05-03", "Sudan's army shelled a hospital in Nyala on Tuesday, the rebels said."),
            ("2023-05-03", "The army accused the rebels of hitting a hospital in Nyala with a rocket on Tuesday."),
        ],
        [["hitting", "shelled"]],
    ),
    (
        "graves found, and opened days later",
        [
            ("2023-05-03", "Mass graves were found in Bucha on Tuesday, police said."),
            ("2023-05-06", "Police in Bucha have begun to exhume bodies from the mass graves."),
        ],
        [["exhume", "found"]],
    ),
    (
        "three reports, one without a place",
        [
            ("2023-05-03", "A car bomb exploded outside a courthouse in Herat on Tuesday, killing 14 people."),
            ("2023-05-03", "Fourteen people were killed on Tuesday when a car bomb exploded at a courthouse."),
            ("2023-05-04", "Officials in Herat said the car bomb at the courthouse on Tuesday killed 14."),
        ],
        [["bomb", "bomb", "bomb"]],
    ),
    (
        "what came of it, in the sentence after",
        [("2023-05-03", "Fragments of a missile fell on Sumy on Tuesday. A hotel burned down.")],
        [["down", "fell"]],
    ),
    (
        "towns of one region on one day",
        [
            ("2023-05-03", "Russian forces shelled Nikopol on Tuesday, wounding a woman."),
            ("2023-05-03", "Russian forces shelled Marhanets on Tuesday, wounding a man."),
        ],
        [],
    ),
    (
        "drones that hit and drones shot down over one city",
        [
            ("2023-05-03", "Three drones hit a depot in Odesa on Tuesday."),
            ("2023-05-03", "Air defences shot down seven drones over Odesa on Tuesday."),
        ],
        [],
    ),
]


@pytest.mark.parametrize(("reports", "incidents"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_one_happening_is_one_incident(reports: list[tuple[str, str]], incidents: list[list[str]]) -> None:
    words, groups = _incidents(reports)
    found = [sorted(words[key] for key in group) for group in groups if len(group) > 1]
    assert sorted(found) == sorted(incidents)


def _incidents(reports: list[tuple[str, str]]) -> tuple[dict[str, str], tuple[frozenset[str], ...]]:
    told: dict[str, Telling] = {}
    stories = {}
    for number, (day, text) in enumerate(reports):
        reading = sayso.read_text(text, published=day)
        stories[reading.page.report.id] = story_print(reading)
        told |= {f"{number}{telling.event}": telling for telling in tellings(reading)}
    edges = {}
    for (name, one), (other, two) in combinations(told.items(), 2):
        if set(event_keys(one)) & set(event_keys(two)):
            story = None if one.report == two.report else same_story(stories[one.report], stories[two.report])
            edges[name, other] = same_event(one, two, story=story).score
    words = {name: telling.trigger.words.split()[-1] for name, telling in told.items()}
    return words, grouped(told, edges)
