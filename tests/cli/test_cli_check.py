"""`sayso check` as an editor meets it: places, rules, words compared, exit codes, JSON and SARIF."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

import pytest

import sayso
from sayso import cli

AMISS = "Fog lay on the coast.\nThe men of Čačak walked 10 km (9 miles) to the border.\n"
SOUND = "The men walked 10 km (6 miles) to the border.\n"
DATED = ["--published", "2022-09-16"]


@pytest.fixture
def amiss(tmp_path: Path) -> Path:
    """A report with one thing amiss, behind letters that are two bytes in UTF-8."""
    path = tmp_path / "a.txt"
    path.write_text(AMISS, encoding="utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A report with nothing amiss."""
    path = tmp_path / "b.txt"
    path.write_text(SOUND, encoding="utf-8")
    return path


def _check(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main(["check", *DATED, *map(str, arguments)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_what_does_not_hold_is_a_line_with_its_place_rule_and_words(
    amiss: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The column counts characters, not bytes; the exit code is 1."""
    code, shown, told = _check(capsys, amiss)
    lines = shown.splitlines()
    assert (code, told) == (1, "")
    assert lines[0] == f"{amiss}:2:25: conversion: 10 km is 6.214 mi, stated 9: more than 5 % apart, does not hold"
    assert lines[1] == "    2:25 “10 km”  |  2:32 “9 miles”"
    assert lines[2] == "1 thing amiss in 1 report"


def test_what_holds_is_shown_only_with_all(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown, _ = _check(capsys, sound)
    assert (code, shown) == (0, "Nothing amiss in 1 report; 1 more with --all\n")
    code, shown, _ = _check(capsys, "--all", sound)
    assert code == 0
    assert "conversion: 10 km is 6.214 mi, stated 6: rounded, holds [holds]" in shown


def test_findings_come_in_the_order_of_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also those that only the statements tell: who says a judgement."""
    path = tmp_path / "c.txt"
    path.write_text(f"The capture of the port has turned the tide of the war.\n\n{SOUND}", encoding="utf-8")
    _, shown, _ = _check(capsys, "--all", path)
    rules = [line.split(": ")[1] for line in shown.splitlines() if line.startswith(str(path))]
    assert rules == ["unattributed", "conversion"]


def test_several_files_and_folders_are_checked_in_order(
    tmp_path: Path, amiss: Path, sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown, _ = _check(capsys, "--json", tmp_path)
    files = json.loads(shown)["files"]
    assert code == 1
    assert [(file["path"], len(file["checks"]), file["problem"]) for file in files] == [
        (str(amiss), 1, None),
        (str(sound), 0, None),
    ]
    (found,) = files[0]["checks"]
    assert (found["rule"], found["holds"]) == ("conversion", False)
    for compared in found["compared"]:
        assert AMISS[slice(*compared["span"])] == compared["words"]
        line = AMISS.split("\n")[compared["line"] - 1]
        assert line[compared["column"] - 1 : compared["end_column"] - 1] == compared["words"]


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_checked(
    tmp_path: Path, sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown, told = _check(capsys, tmp_path / "none.txt", sound)
    assert code == 1
    assert "none.txt" in told
    assert shown == "Nothing amiss in 1 report; 1 file could not be read; 1 more with --all\n"


def test_a_file_that_cannot_be_read_is_no_report_with_nothing_amiss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown, told = _check(capsys, tmp_path / "none.txt")
    assert (code, shown) == (1, "No report was read\n")
    assert "none.txt" in told


def test_standard_input_is_checked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(AMISS.encode())))
    code, shown, _ = _check(capsys, "-")
    assert code == 1
    assert shown.startswith("-:2:25: conversion:")


@pytest.mark.parametrize(
    "arguments", [[], ["--json", "--sarif", "a.txt"], ["--published", "soon", "a.txt"], ["--jsonl", "a.txt"]]
)
def test_a_command_that_is_not_understood_exits_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = cli.main(["check", *arguments])
    except SystemExit as end:  # argparse ends by itself
        code = int(end.code or 0)
    assert code == 2
    assert capsys.readouterr().out == ""


def test_sarif_names_rules_files_and_places(
    amiss: Path, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown, _ = _check(capsys, "--sarif", "--all", amiss, sound, tmp_path / "none.txt")
    log = json.loads(shown)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert code == 1
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert run["artifacts"][0]["hashes"] == {"sha-256": hashlib.sha256(AMISS.encode()).hexdigest()}
    first, second = run["results"]
    assert (first["kind"], first["level"], second["kind"], second["level"]) == ("fail", "warning", "pass", "none")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "conversion"
    place = first["locations"][0]["physicalLocation"]
    assert run["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"] == amiss.as_uri()
    assert place["region"] == {
        "startLine": 2,
        "startColumn": 25,
        "endLine": 2,
        "endColumn": 30,
        "snippet": {"text": "10 km"},
    }
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "none.txt" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_a_text_taken_from_html_has_no_lines_in_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong line would be worse than none; the words are in the message."""
    page = tmp_path / "a.html"
    page.write_text(f"<html><body><article><p>{AMISS * 3}</p></article></body></html>", encoding="utf-8")
    _, shown, _ = _check(capsys, "--sarif", page)
    result = json.loads(shown)["runs"][0]["results"][0]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert "10 km" in result["message"]["text"]


def test_the_same_from_python(amiss: Path) -> None:
    (found,) = sayso.check(amiss, published="2022-09-16")
    assert (found.kind, found.holds) == ("conversion", False)
