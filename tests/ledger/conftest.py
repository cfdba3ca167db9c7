"""Every test that asks for `case` runs twice: on SQLite and on PostgreSQL."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path
from types import ModuleType

import pytest

from sayso.ledger.case import Case
from sayso.record import Decision
from tests.databases import Cases, Server, programs, server


@pytest.fixture(scope="session")
def postgresql() -> Generator[Server]:
    """A PostgreSQL server for this session."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed: what a case does in it is not tested (apt-get install postgresql)")
    with server() as running:
        yield running


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def cases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """Makes empty cases, on one database and then on the other."""
    running = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    return Cases(tmp_path_factory.mktemp("cases"), running)


@pytest.fixture
def case(cases: Cases, tmp_path: Path) -> Generator[Case]:
    """A new case without reports."""
    new = cases.new(tmp_path / "case")
    yield new
    cases.gone(new)


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[Decision]:
    """Decisions that were told to take effect, and do not: how they do is tested beside `keeping`."""
    told: list[Decision] = []
    keeping = ModuleType("sayso.ledger.keeping")
    keeping.apply_ruling = lambda connection, ruled, rows: told.append(ruled)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sayso.ledger.keeping", keeping)
    return told
