"""`sayso demo` and `sayso sample`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso import cli


def test_the_demo_shows_who_says_what_and_what_is_denied(capsys: pytest.CaptureFixture[str]) -> None:
    """The sample's own market report, then every denial of the sample."""
    assert cli.main(["demo"]) == 0
    shown = capsys.readouterr().out
    for part in ("STATEMENTS", "EVENTS", "as told by", "DENIED"):
        assert part in shown
    assert "nvented" in shown  # that nothing of it is real is said


def test_the_sample_is_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reports and the rows they need, and never over what is there."""
    target = tmp_path / "reports"
    assert cli.main(["sample", str(target)]) == 0
    assert len(list(target.glob("*.txt")) + list(target.glob("*.html"))) >= 10
    assert "sayso read" in capsys.readouterr().out
    assert cli.main(["sample", str(target)]) == 2
    assert "there already" in capsys.readouterr().err
