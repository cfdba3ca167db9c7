"""Every row about roles, parties and names of people is read in its own example, and not in its counter-example."""

from __future__ import annotations

import pytest

from sayso.knowledge import ours
from sayso.record import Entity
from tests.grounding.grounded import grounded
from tests.marks import unmark

ROLES, PARTIES, GIVEN = ours().rows("en/role"), ours().rows("parties"), ours().rows("given_names")
FAMILIES = ours().rows("family_names")
COUNTERED = [row for row in (*GIVEN, *FAMILIES) if "not" in row]


def _people(example: str) -> list[Entity]:
    return [entity for entity in grounded(unmark(example).text).entities if entity.kind == "person"]


@pytest.mark.parametrize("row", ROLES, ids=lambda row: f"{row['kind']}: {row['words'][0]}")
def test_the_role_belongs_to_the_person(row):
    marked = unmark(row["example"])
    roles = {entity.name: entity.role for entity in grounded(marked.text).entities}
    assert roles[marked.words("[")[-1]] == marked.words("{")[0]


@pytest.mark.parametrize("row", [row for row in ROLES if "not" in row], ids=lambda row: row["not"])
def test_the_counter_example_gives_nobody_a_role(row):
    assert all(entity.role is None for entity in grounded(unmark(row["not"]).text).entities)


@pytest.mark.parametrize("row", PARTIES, ids=lambda row: row["name"])
def test_a_party_is_a_body_by_each_of_its_names(row):
    for name in (row["name"], *row.get("also", ())):
        text = f"A note from {name} was read."
        bodies = [
            text[e.mentions[0].start : e.mentions[0].end] for e in grounded(text).entities if e.kind == "organisation"
        ]
        assert bodies == [name.removeprefix("the ")]


@pytest.mark.parametrize("row", [*GIVEN, *FAMILIES], ids=lambda row: "/".join(row["forms"][:2]))
def test_the_names_in_an_example_are_one_persons(row):
    assert len(_people(row["example"])) == 1


@pytest.mark.parametrize("row", COUNTERED, ids=lambda row: row["forms"][0])
def test_the_names_in_a_counter_example_are_two_peoples(row):
    assert len(_people(row["not"])) == 2
