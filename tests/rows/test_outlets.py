"""Every outlet is known by each of its names, and an agency that speaks as the newsroom is credited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given
from tests.marks import unmark

ROWS = ours().rows("outlets")
KINDS = {"agency", "newspaper", "broadcaster", "website", "magazine"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_row_reads_as_its_kind(row: Mapping[str, Any]) -> None:
    marked = unmark(row["example"])
    page = read_page(sealed(marked.text.encode(), media_type="text/plain"), Given(), ours())
    assert row["kind"] in KINDS
    assert [named.name for named in page.agencies] == ([row["name"]] if row["kind"] == "agency" else [])


def test_no_name_stands_for_two_outlets() -> None:
    names = [name for row in ROWS for name in {each.casefold() for each in (row["name"], *row.get("also", ()))}]
    assert sorted(names) == sorted(set(names))
