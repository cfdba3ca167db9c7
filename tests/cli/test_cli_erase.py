"""`sayso erase`: asks before it takes something out for good, and says what is left outside."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from sayso import cli

REPORT = (
    "MINAS, March 5 (Northwire) - Shells hit a school in Minas on Monday, the mayor, Ana Reva, said. "
    "Olga Brun, 34, who lives beside it, said the windows were gone.\n"
)


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The id, as it is printed, of the one report of a case."""
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.setenv("SAYSO_CASE", str(tmp_path / "case"))
    assert cli.main(["add", "--workers", "1", "--json", str(tmp_path / "a.txt")]) == 0
    return capsys.readouterr().out.split('"report":"sha256:')[1][:8]


class _Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_without_a_terminal_it_must_be_confirmed(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is erased by a script that does not say so."""
    assert cli.main(["erase", report, "--why", "asked for"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert cli.main(["report", report]) == 0


@pytest.mark.parametrize(("typed", "code"), [("no\n", 2), ("", 2), ("{report}\n", 0)])
def test_what_is_erased_is_typed(
    report: str, typed: str, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything else leaves all as it is."""
    monkeypatch.setattr(sys, "stdin", _Terminal(typed.format(report=report)))
    assert cli.main(["erase", report, "--why", "asked for", "--as", "Ida"]) == code
    shown, told = capsys.readouterr()
    assert report in told
    assert cli.main(["report", report]) == (2 if code == 0 else 0)
    if code == 0:
        assert "a.txt" in shown  # the file it came from is still there, and that is said
        assert "erased from the case" in capsys.readouterr().err


def test_a_name_is_withheld_in_every_report(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The reports stay, and the audit holds."""
    assert "Olga Brun" in _shown(["search", "windows"], capsys)
    _shown(["erase", "--name", "Olga Brun", "--why", "safety", "--yes"], capsys)
    assert "Brun" not in _shown(["search", "windows"], capsys)
    assert "All holds" in _shown(["verify"], capsys)


def test_what_is_to_be_erased_must_be_named(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A report or a name, not both and not neither."""
    assert cli.main(["erase", "--why", "asked for", "--yes"]) == 2
    assert cli.main(["erase", report, "--name", "Olga Brun", "--why", "asked for", "--yes"]) == 2
    assert "erase what" in capsys.readouterr().err


def _shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert cli.main(arguments) == 0
    return " ".join(capsys.readouterr().out.split())
