"""Every rule of `sayso check` finds what its example shows, not what its counter-example shows, and has its page."""

from __future__ import annotations

from pathlib import Path

import pytest

import sayso
from sayso.knowledge import ours
from sayso.record import Check

RULES = ours().rows("checks")
PAGE = (Path(__file__).parents[2] / "docs" / "checking-a-text.md").read_text(encoding="utf-8")
FINDS = {"fault": False, "open": None}


def _found(text: str, rule: str) -> list[Check]:
    published = None if rule == "publication" else "2022-09-16"
    return [check for check in sayso.read_text(text, published=published).checks if check.kind == rule]


@pytest.mark.parametrize("row", RULES, ids=lambda row: row["id"])
def test_a_rule_finds_its_example_and_nothing_in_its_counter_example(row):
    assert [check.holds for check in _found(row["example"], row["id"])] == [FINDS[row["finds"]]]
    assert not [check for check in _found(row["not"], row["id"]) if check.holds is not True]


@pytest.mark.parametrize("row", RULES, ids=lambda row: row["id"])
def test_a_rule_stands_on_its_page_with_its_examples(row):
    for words in (f"`{row['id']}`", row["says"], row["example"], row["not"]):
        assert words in PAGE


def test_rule_ids_are_short_plain_and_once():
    """They are what an editor writes into a configuration, and what a code host shows."""
    ids = [row["id"] for row in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule.replace("-", "").isalpha() and rule == rule.lower() for rule in ids)
