"""The commands on a case as a person meets them: what they print, what they take back, and their exit codes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

import sayso
from sayso import cli
from sayso.cli.opening import place_of
from sayso.ledger.adding import add
from sayso.ledger.case import made
from sayso.record import Custody

AT = "2024-03-08T10:00:00Z"
WIRE = (
    "MINAS, March 5, 2024 (Northwire) - Shells hit a school in Minas on Monday, killing at least four people, the "
    "mayor, Ana Reva, said on Telegram.\n\n"
    "The Upland army denied firing on the town. Northwire could not verify either account.\n"
)
LOCAL = (
    "The Minas Mirror, March 6, 2024\n\n"
    'Seven people died in Monday\'s shelling of a school in Minas, Mayor Ana Reva said. "We are digging," she said.\n'
    "The Lowland council did not respond to a request for comment.\n"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two reports in it."""
    folder = tmp_path_factory.mktemp("cases") / "minas"
    opened = made(folder, at=AT, who="Ida", title="Minas")
    for name, text in (("wire.txt", WIRE), ("local.txt", LOCAL)):
        reading = sayso.read_text(text)
        add(opened, reading.page.report, reading, Custody(AT, "Ida", "sayso", path=f"in/{name}"), at=AT)
    opened.closed()
    return folder


@pytest.fixture(autouse=True)
def _asked_of(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_CASE", str(case))
    monkeypatch.setenv("SAYSO_USER", "Ida")


def _shown(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What a command prints on stdout, once its exit code is as it should be."""
    assert cli.main(list(arguments)) == code
    return capsys.readouterr().out


def _told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """What a command that does not work says on stderr, without a traceback and with nothing on stdout."""
    try:
        ended = cli.main(list(arguments))
    except SystemExit as end:  # argparse ends by itself
        ended = int(end.code or 0)
    shown, told = capsys.readouterr()
    assert ended == code, told
    assert shown == ""
    assert "Traceback" not in told
    return told


def test_a_sentence_is_found_and_its_place_is_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    """As it is printed: report, line and column."""
    shown = _shown(capsys, "search", "firing", "--act", "denies")
    assert "The Upland army denied firing on the town." in shown
    place = re.search(r"\b[0-9a-f]{8}:\d+:\d+\b", shown)
    assert place
    first = _shown(capsys, "report", place.group(), "--width", "200").splitlines()[0]
    assert first.startswith("The Upland army denied firing on the town.")


def test_every_facet_of_search_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """And what does not fit is not found."""
    assert "digging" in _shown(capsys, "search", "--speaker", "Ana Reva", "--since", "2024-03-06")
    assert "No sentence fits" in _shown(capsys, "search", "digging", "--until", "2024-03-05")
    assert "No sentence fits" in _shown(capsys, "search", "--act", "denies", "--speaker", "Ana Reva")


def test_there_are_more_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """And going on gives others."""
    assert cli.main(["search", "--place", "Minas", "--limit", "1"]) == 0
    shown, told = capsys.readouterr()
    after = re.search(r"--after (\d+)", told)
    assert after
    assert _shown(capsys, "search", "--place", "Minas", "--limit", "1", "--after", after.group(1)) != shown


def test_a_report_tells_how_it_came_in(capsys: pytest.CaptureFixture[str]) -> None:
    """And shows its reading."""
    shown = " ".join(_shown(capsys, "report", sayso.read_text(WIRE).page.report.id).split())
    assert "in/wire.txt, by Ida, with sayso" in shown
    assert "Upland army st2 denies" in shown or "denies: firing on the town" in shown


def test_sources_are_listed_and_one_is_asked_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """By its id as well."""
    listed = _shown(capsys, "sources")
    name = re.search(r"(spk-[0-9a-f]+) +The Upland army", listed)
    assert name
    assert "firing on the town" in _shown(capsys, "source", name.group(1))
    assert "firing on the town" in _shown(capsys, "source", "upland army")


def test_the_case_tells_what_it_covers(capsys: pytest.CaptureFixture[str]) -> None:
    """With its title."""
    shown = " ".join(_shown(capsys, "case", "info").split())
    for part in ("MINAS", "reports 2", "Tue 5 March 2024 to Wed 6 March 2024", "tells nothing of peace"):
        assert part in shown


def test_verify_holds_and_its_evidence_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the head of the audit, which is taken back."""
    shown = _shown(capsys, "verify", "--evidence", str(tmp_path / "evidence"))
    assert "All holds: 2 originals, 2 reports" in shown
    assert (tmp_path / "evidence" / "SHA256SUMS").is_file()
    assert "All holds" in _shown(capsys, "verify", "--head", shown.splitlines()[-1])
    assert "does not hold" in _shown(capsys, "verify", "--head", "0" * 64, code=1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("incidents",),
        ("sources",),
        ("source", "Ana Reva"),
        ("search", "school"),
        ("case", "info"),
        ("verify",),
        ("decisions",),
    ],
    ids=" ".join,
)
def test_every_reading_command_speaks_json(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """One document, on one line where it is piped."""
    shown = _shown(capsys, *arguments, "--json")
    assert shown.count("\n") == 1
    assert json.loads(shown) is not None


def test_a_decision_is_told_and_undone(capsys: pytest.CaptureFixture[str]) -> None:
    """And stays listed with who withdrew it."""
    reports = [sayso.read_text(text).page.report.id.removeprefix("sha256:")[:8] for text in (WIRE, LOCAL)]
    made = _shown(capsys, "decide", "independent", *reports, "--why", "its reporter was there", "--as", "Jo Berg")
    assert "independent: " in made and "Jo Berg" in made
    assert all(report in made for report in reports)
    decision = made.split()[0]
    assert decision in _shown(capsys, "decisions")
    assert "withdrawn" in _shown(capsys, "decide", "undo", decision)
    assert decision not in _shown(capsys, "decisions")
    assert decision in _shown(capsys, "decisions", "--withdrawn")


def _wire() -> str:
    return hashlib.sha256(WIRE.encode()).hexdigest()[:8]


def _said(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, str]]:
    found: list[dict[str, str]] = json.loads(_shown(capsys, "report", _wire(), "--json"))["reading"]["statements"]
    return {one["id"]: one for one in found}


def test_a_field_is_corrected_and_put_back(capsys: pytest.CaptureFixture[str]) -> None:
    """What was read and what is ruled stand beside each other."""
    before = _said(capsys)
    made = _shown(
        capsys, "decide", "correct", f"{_wire()}#st1", "--field", "act=denies", "--field", "words=at least four people",
        "--identical", "--why", "heard the tape",
    )  # fmt: skip
    assert "act: “says”, now “denies”" in made
    assert "now “at least four people”" in made
    assert _said(capsys)["st1"]["act"] == "denies"
    _shown(capsys, "decide", "undo", made.split()[0])
    assert _said(capsys) == before


def test_a_value_without_a_field_is_the_speaker(capsys: pytest.CaptureFixture[str]) -> None:
    made = _shown(capsys, "decide", "correct", f"{_wire()}#st1", "Bela Ruiz", "--why", "misread")
    assert "speaker: “Ana Reva”, now “Bela Ruiz”" in made
    assert "Bela Ruiz" in _shown(capsys, "source", "Bela Ruiz")
    _shown(capsys, "decide", "undo", made.split()[0])
    assert "Nobody in the case" in _told(capsys, "source", "Bela Ruiz")


def test_a_statement_that_was_missed_is_added(capsys: pytest.CaptureFixture[str]) -> None:
    """Under an id of its own, which can be ruled of."""
    place = WIRE.index("Northwire could")
    made = _shown(
        capsys, "decide", "add", _wire(), "--words", "verify either account",
        "--speaker", f"Northwire@{place}-{place + 9}", "--act", "cannot_verify", "--why", "missed",
    )  # fmt: skip
    part = f"st-{made.split()[0].removeprefix('dec-')}"
    assert _said(capsys)[part]["act"] == "cannot_verify"
    again = _shown(capsys, "decide", "correct", f"{_wire()}#{part}", "--field", "act=says", "--why", "rather")
    assert _said(capsys)[part]["act"] == "says"
    for decision in (again, made):
        _shown(capsys, "decide", "undo", decision.split()[0])
    assert part not in _said(capsys)


def test_what_is_ruled_apart_is_shown_apart_until_it_is_undone(capsys: pytest.CaptureFixture[str]) -> None:
    """Two reports of one shelling; one of them taken out by its event, and put back."""
    incident = re.findall(r"inc-[0-9a-f]{12}", _shown(capsys, "incidents", "--kind", "shelling"))[0]
    told = {one["report"]: one["event"] for one in _tellings(capsys, incident)}
    assert len(told) == 2
    local = sayso.read_text(LOCAL).page.report.id
    ruled = _shown(capsys, "decide", "different", incident, f"{local[7:15]}#{told[local]}", "--why", "another day")
    assert {one["report"] for one in _tellings(capsys, incident)} == told.keys() - {local}
    assert "another day" in _shown(capsys, "incident", incident)
    _shown(capsys, "decide", "undo", ruled.split()[0])
    assert {one["report"] for one in _tellings(capsys, incident)} == told.keys()


def _tellings(capsys: pytest.CaptureFixture[str], incident: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(_shown(capsys, "incident", incident, "--json"))["incident"]["tellings"]
    return found


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["incident", "inc-000000"], "inc-000000"),  # nothing has it
        (["report", "Ana"], "at least 6 digits"),  # no id
        (["report", "inc-00"], "incident"),  # an id of another kind
        (["source", "Nobody"], "sayso sources"),
        (["search"], "search for what"),
        (["search", "--act", "sings"], "one of: says"),
        (["search", "x", "--since", "spring"], "spring"),
        (["search", "x", "--limit", "0"], "from 1 on"),
        (["incidents", "--by", "truth"], "contested"),
        (["decide", "same", "inc-000000", "inc-000001"], "--why"),  # a reason is needed
        (["decide", "undo", "dec-000000"], "dec-000000"),
        (["decide", "correct", f"{_wire()}#st1", "--why", "x"], "act, channel, speaker"),  # no field
        (["decide", "correct", f"{_wire()}#st1", "--field", "denies", "--why", "x"], "FIELD=VALUE"),
        (["decide", "correct", f"{_wire()}#st1", "--field", "mood=bad", "--why", "x"], "one of the fields"),
        (["decide", "correct", f"{_wire()}#st1", "--field", "words=the", "--why", "x"], "stand in it 3 times"),
        (["decide", "correct", f"{_wire()}#st1", "--field", "words=a lake", "--why", "x"], "do not stand in it"),
        (["decide", "correct", f"{_wire()}#st99", "Ana", "--why", "x"], "no statement st99"),
        (["decide", "add", _wire(), "--words", "the town", "--speaker", "", "--why", "x"], "speaker needs a value"),
        (["case", "info", "--case", "no/such/case"], "no/such/case"),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2."""
    assert says in _told(capsys, *arguments)


@pytest.mark.parametrize("form", ["csv", "geojson", "webannotation", "ftm"])
def test_a_case_is_written_out_and_what_is_not_in_it_is_told(
    form: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Into the case, or elsewhere."""
    shown = _shown(capsys, "export", form)
    assert "Not in it: " in shown
    assert any((case / "exports").rglob("*"))
    assert str(tmp_path / "out") in _shown(capsys, "export", form, "--out", str(tmp_path / "out"))
    assert any((tmp_path / "out").iterdir())


def test_a_place_that_a_report_does_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    """Its lines are counted."""
    name = sayso.read_text(WIRE).page.report.id[7:15]
    assert "it has 4 lines" in _told(capsys, "report", f"{name}:99:1")
    assert "STATEMENTS" in _shown(capsys, "report", f"{name}:@36")


def test_a_new_case_is_made_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And never over what is there."""
    assert "A new case is in" in _shown(capsys, "case", "new", str(tmp_path / "new"), "--title", "Empty")
    assert "EMPTY" in _shown(capsys, "case", "info", "--case", str(tmp_path / "new"))
    assert "No incident fits" in _shown(capsys, "incidents", "--case", str(tmp_path / "new"))
    assert "already" in _told(capsys, "case", "new", str(tmp_path / "new"))


@pytest.mark.parametrize("typed", ["e8770d28", "inc-3f2a", "sha256:e8770d28", "e8770d28#st3"])
def test_an_id_without_a_place_stays_as_it_is(typed: str) -> None:
    """Its colons are its own."""
    assert place_of(typed) == (typed, "")
