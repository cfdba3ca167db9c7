"""What the demo shows."""

from __future__ import annotations

import pytest
from test_export_case_pages import INFO
from worked_incident import REPORTS, worked

from sayso.export.demo_page import page
from sayso.export.ink import columns


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_the_demo_fits_the_terminal(width: int) -> None:
    """And says first that all of it is invented, last how to go on with the first of them."""
    shown = page(INFO, [(worked(), REPORTS), (worked(), REPORTS)], width=width)
    assert all(columns(line) <= width for line in shown.splitlines())
    assert "invented" in shown[:80]
    flat = " ".join(shown.split())
    assert flat.count("Counted 3 origins") == 2
    assert "sayso incident inc-0a1b2c3d4e5f" in flat


def test_a_case_without_incidents_still_says_how_to_go_on() -> None:
    """With ID where an id would stand."""
    assert "sayso incident ID" in page(INFO, [])
