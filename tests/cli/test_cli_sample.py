"""`sayso demo` and `sayso sample`."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from sayso import cli
from sayso.export.demo_page import GO_ON


@pytest.fixture(scope="module")
def demo() -> str:
    """What the demo prints."""
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("sayso.cli.sample.write", printed.append)
        assert cli.main(["demo"]) == 0
    return "".join(printed)


def test_the_demo_says_first_that_all_is_invented(demo: str) -> None:
    """Before a single claim."""
    assert "invented" in demo[:80]
    assert "16 reports were read" in " ".join(demo.split())


def test_the_demo_shows_two_incidents_with_who_says_so_and_who_denies(demo: str) -> None:
    """Their headlines, who is counted, denials and copies, each value with its place."""
    assert demo.count("\nCounted ") == 2
    assert demo.count("\nDenied ") == 2
    assert "copies: " in demo
    assert "Apart: nobody" not in demo


@pytest.mark.parametrize("command", [command for command, _ in GO_ON])
def test_what_the_demo_says_to_go_on_with_is_understood(command: str) -> None:
    """As it is printed, with the id of an incident in it."""
    words = shlex.split(command.format("inc-0a1b2c3d4e5f"))
    cli._parser().parse_args(words[1:])


def test_the_sample_is_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reports and the rows they need, and never over what is there."""
    target = tmp_path / "reports"
    assert cli.main(["sample", str(target)]) == 0
    assert len(list(target.glob("*.txt")) + list(target.glob("*.html"))) >= 10
    assert "sayso add" in capsys.readouterr().out
    assert cli.main(["sample", str(target)]) == 2
    assert "there already" in capsys.readouterr().err
