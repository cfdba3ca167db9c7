"""What holds for every test: no test is skipped where everything is asked for, and hypothesis keeps no stop-watch."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# As the command line does, before numpy is loaded: two threads of one process that wait for a core that a second
# process holds cost ten times the work.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

REQUIRE_ALL = os.environ.get("SAYSO_REQUIRE_ALL") == "1"

# Machines that test are shared and slow at times; a law is broken by an answer, not by a clock.
settings.register_profile("sayso", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("sayso")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under SAYSO_REQUIRE_ALL=1 a skipped test has failed: it says nothing about the code."""
    report = yield
    return _failed_if_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips itself."""
    report = yield
    return _failed_if_skipped(report)


def _failed_if_skipped(report: Any) -> Any:
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped, and SAYSO_REQUIRE_ALL=1 allows none: {why}"
    return report
