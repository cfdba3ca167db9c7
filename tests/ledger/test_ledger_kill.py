"""kill -9 at any moment loses nothing that was acknowledged and leaves no half report."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.kills import Killer, ready
from tests.databases import Cases

KILLS = 5


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL on this system")
def test_nothing_acknowledged_is_lost(cases: Cases, tmp_path: Path) -> None:
    """Whatever was there is whole, and adding the rest leads to the case that was wanted. `make bench` kills more."""
    killer = Killer(cases, tmp_path, ready(), seed=6)
    for _ in range(KILLS):
        assert killer.killed().wrong == ()
