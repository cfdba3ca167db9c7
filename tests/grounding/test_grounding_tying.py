"""Names are compared with the few that they can be, by keys: results stay those of comparing all with all."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from bench.names import pairs_in
from sayso.grounding.bodies import bodies_of
from sayso.grounding.named import Named
from sayso.grounding.people_rows import rows_about_people
from sayso.grounding.stretches import Stretch
from sayso.grounding.tying import Cluster, people_of
from sayso.knowledge import ours
from sayso.record import Span
from sayso.values.body import same_body
from sayso.values.kept import kept
from sayso.values.keys import Near, body_keys, person_keys
from sayso.values.name import name_words, same_person

PAIRS = pairs_in(Path(__file__).resolve().parents[2] / "bench" / "names.toml")
ROWS = rows_about_people(ours())
SYLLABLES = (
    "ba",
    "ka",
    "lo",
    "mi",
    "ren",
    "sha",
    "to",
    "vi",
    "dar",
    "hus",
    "ne",
    "kra",
    "zel",
    "pet",
    "ov",
    "ki",
    "go",
)


def _names(kind: str) -> list[str]:
    return sorted({name for pair in PAIRS if pair.kind == kind for name in pair.names})


def _mention(name: str, number: int, kind: str) -> Named:
    stretch = Stretch(number, kept(name, Span(0, len(name)), []), name, (), ())
    return Named(stretch, 0, 0, kind, name, Span(number * 100, number * 100 + len(name)))


def _mentions(kind: str) -> list[Named]:
    names = _names("person" if kind == "person" else "body")
    random.Random(1).shuffle(names)
    return [_mention(name, number, kind) for number, name in enumerate(names)]


def _forms(clusters: list[Cluster]) -> list[list[str]]:
    return sorted(cluster.forms for cluster in clusters)


def test_two_names_of_one_person_share_a_key() -> None:
    names = _names("person")
    put = {name: person_keys(name, ROWS.given) for name in names}
    asked = {name: person_keys(name, ROWS.given, asked=True) for name in names}
    ones = [(one, two) for one in names for two in names if same_person(one, two, ROWS.given) is not None]
    assert len(ones) > 2 * len(names)
    longer_first = [pair for pair in ones if len(name_words(pair[0])) >= len(name_words(pair[1]))]
    assert [pair for pair in longer_first if not put[pair[0]] & asked[pair[1]]] == []


def test_two_names_of_one_body_share_a_key() -> None:
    names = _names("body")
    keys = {name: body_keys(name, ROWS.countries) for name in names}
    ones = [(one, two) for one in names for two in names if same_body(one, two, ROWS.countries) is not None]
    assert len(ones) > len(names)
    assert [(one, two) for one, two in ones if not keys[one] & keys[two]] == []


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_keys_find_what_comparing_all_with_all_finds(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tie = people_of if kind == "person" else bodies_of
    by_keys = _forms(tie(_mentions(kind), ROWS))
    monkeypatch.setattr(Near, "by", lambda near, keys: list(near._items))
    assert by_keys == _forms(tie(_mentions(kind), ROWS))


def test_1600_people_and_1600_bodies_are_tied_in_under_3_seconds() -> None:
    chance = random.Random(7)
    words = [("".join(chance.choices(SYLLABLES, k=size))).capitalize() for size in (2, 3) for _ in range(1600)]
    people = [_mention(f"{words[number]} {words[number + 1600]}", number, "person") for number in range(1600)]
    people += [_mention(words[number + 1600], number + 1600, "person") for number in range(1600)]
    bodies = [_mention(f"{words[number]} {words[-number]} Front", number, "organisation") for number in range(1600)]
    start = time.process_time()
    found = len(people_of(people, ROWS)) + len(bodies_of(bodies, ROWS))
    assert found >= 3000
    assert time.process_time() - start < 3
