"""Every row about roles, parties and given names is read in its own example, and not in its counter-example."""

from __future__ import annotations

import pytest

from sayso.knowledge import ours
from tests.grounding.grounded import grounded
from tests.marks import unmark

ROLES, PARTIES, GIVEN = ours().rows("en/role"), ours().rows("parties"), ours().rows("given_names")


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


@pytest.mark.parametrize("row", GIVEN, ids=lambda row: row["forms"][0])
def test_forms_of_a_given_name_are_one_persons(row):
    people = [entity for entity in grounded(unmark(row["example"]).text).entities if entity.kind == "person"]
    assert len(people) == 1
