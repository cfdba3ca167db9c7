"""What the commands of all benches share: floors that fail a bench, options, errors by kind."""

from pathlib import Path
from typing import NamedTuple

import pytest

from bench import command


class Wrong(NamedTuple):
    """An error of a test."""

    kind: str
    says: str


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Floors of an invented bench."""
    file = tmp_path / "floors.json"
    file.write_text('{"sums": {"right": 90, "false": 3, "elsewhere": 50}}', encoding="utf-8")
    monkeypatch.setattr(command, "FLOORS", file)


@pytest.mark.parametrize(
    ("scores", "code", "told"),
    [
        ({"right": 90.0, "false": 3.0}, 0, ""),  # at the floor, at the ceiling; what was not measured is not held
        ({"right": 89.9, "false": 0.0}, 1, "right 89.9 < 90"),
        ({"right": 95.0, "false": 3.1}, 1, "false 3.1 > 3"),
    ],
)
@pytest.mark.usefixtures("floors")
def test_a_score_beyond_its_floor_fails_the_bench(
    scores: dict[str, float], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.held("sums", scores, ceilings=frozenset({"false"})) == code
    assert told in capsys.readouterr().err


def test_every_bench_takes_the_same_options() -> None:
    asked = command.options("sums", "Adds.", "a file", default=None).parse_args(["--json", "--no-peers", "--data", "x"])
    assert (asked.data, asked.json, asked.no_peers, asked.explain, asked.nice) == (Path("x"), True, True, False, False)


def test_errors_are_told_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    command.show_errors([Wrong("missed", "One was missed."), Wrong("missed", "Two were missed.")])
    told = capsys.readouterr().out
    assert told.startswith("One was missed.\nTwo were missed.\n")
    assert "2 missed; one in One was missed." in told
