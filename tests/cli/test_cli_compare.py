"""`sayso compare`: what a copy changed is shown with both stretches, and paraphrase alone is not."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from sayso import cli

SAMPLE = Path(str(resources.files("sayso").joinpath("sample")))
WIRE, COPY, REWORDED = (
    str(SAMPLE / name) for name in ("01-rivermark-market.txt", "13-meridian-post-cut.txt", "06-daily-globe-copy.txt")
)
KNOWLEDGE = ("--knowledge", str(SAMPLE / "knowledge"))


def compared(capsys: pytest.CaptureFixture[str], *asked: str) -> str:
    assert cli.main(["compare", *KNOWLEDGE, *asked]) == 0
    return capsys.readouterr().out


def test_a_cut_copy_shows_what_it_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    """The speaker of the second shell, the denial and the caveat are gone; the credit says which way it went."""
    told = " ".join(compared(capsys, WIRE, COPY).split())
    assert "B was made of A" in told
    assert "It credits Rivermark, whose report the other is." in told
    assert "ATTRIBUTION BECAME FACT what Rescue workers said is told as a fact" in told
    assert "DENIAL DROPPED" in told
    assert "CAVEAT DROPPED" in told
    assert "IN B ALONE" not in told


def test_a_flipped_negation_is_marked_on_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON both stretches slice to the words that changed."""
    found = json.loads(compared(capsys, "--json", WIRE, REWORDED))
    texts = {"here": Path(WIRE).read_text(encoding="utf-8"), "there": Path(REWORDED).read_text(encoding="utf-8")}
    (flip, *_) = [change for change in found["changes"] if change["kind"] == "negation_flipped"]
    for side, words in (("here", "not used"), ("there", "used")):
        start, end = flip[side]["span"]
        assert texts[side][start:end] == flip[side]["words"] == words


def test_two_reports_of_other_things_have_nothing_in_common(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """No change is told between two reports that are no copies."""
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("Wheat prices rose in Montevideo on Monday, traders said.", encoding="utf-8")
    two.write_text("A drone fell on a school in Salto on Friday. Nobody was hurt, the mayor said.", encoding="utf-8")
    told = compared(capsys, str(one), str(two))
    assert "no sentence in common" in " ".join(told.split())
    assert "nothing that is looked for" in told


def test_a_report_is_not_compared_with_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """The same bytes twice are a slip of the person who asks."""
    assert cli.main(["compare", *KNOWLEDGE, WIRE, WIRE]) == 2
    assert "the same report" in capsys.readouterr().err
