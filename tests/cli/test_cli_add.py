"""`sayso add` as a person meets it: what it says of each file, what it comes to, and its exit codes."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from sayso import cli

REPORT = (
    "MINAS, March 5 (Northwire) - Shells hit a school in Minas on Monday, the mayor, Ana Reva, said. "
    "The Upland army denied firing on the town.\n"
)


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, a mail, and a file that is no report."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "desk@northwire.example", "Two bridges"
    mail["Date"] = "Wed, 06 Mar 2024 09:00:00 +0000"
    mail.set_content("Rebels blew up two bridges near Treinta y Tres, the Lowland ministry said on Wednesday.\n")
    (folder / "b.eml").write_bytes(mail.as_bytes())
    (folder / "c.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    monkeypatch.setenv("SAYSO_CASE", str(tmp_path / "case"))
    return folder


def test_a_folder_becomes_a_case_and_what_failed_is_told(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The case is made and that is said; the file that failed has its reason; all else is added."""
    assert cli.main(["add", "--workers", "1", "--as", "Ida", str(reports)]) == 1
    shown, told = capsys.readouterr()
    assert "a new case is in" in told
    assert "c.pdf" in told and "PDF" in told
    assert "2 reports added" in shown
    assert "1 not read, for the reasons above (pdf 1)" in shown
    assert cli.main(["case", "info"]) == 0
    info = " ".join(capsys.readouterr().out.split())
    assert "reports 2" in info
    assert "Added by Ida 2" in info
    assert "This is a PDF" in info


def test_the_same_again_changes_nothing(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there is known, and no new case is told of."""
    (reports / "c.pdf").unlink()
    assert cli.main(["add", "--workers", "1", str(reports)]) == 0
    capsys.readouterr()
    assert cli.main(["add", "--workers", "1", str(reports)]) == 0
    shown, told = capsys.readouterr()
    assert "0 reports added" in shown
    assert "2 known already" in shown
    assert "new case" not in told


def test_json_has_a_line_for_each_report(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With where in a container it stood."""
    assert cli.main(["add", "--workers", "1", "--json", str(reports)]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(Path(line["path"]).name, line["what"]) for line in lines] == [
        ("a.txt", "added"),
        ("b.eml", "added"),
        ("c.pdf", "failed"),
    ]
    assert lines[0]["report"].startswith("sha256:")
    assert lines[1]["container"].startswith("sha256:")
    assert lines[2]["problem"]["kind"] == "pdf"


def test_a_copy_is_told_with_what_it_shares_a_telling_with(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the id of the report that was there."""
    copied = (
        "Shells hit the fish market of Minas on Monday night and killed four porters, the mayor, Ana Reva, told a "
        "radio station. Nine more were carried to the hospital on doors, she said, because both ambulances had burned. "
        "The Upland army denied firing on the town and spoke of a gas bottle that had burst in a kitchen.\n"
    )
    (reports / "d.txt").write_text(f"MINAS, March 5, 2024 (Northwire) - {copied}", encoding="utf-8")
    (reports / "e.txt").write_text(f"Hill Post\n\n{copied}", encoding="utf-8")
    cli.main(["add", "--workers", "1", "--json", str(reports / "d.txt")])
    first = json.loads(capsys.readouterr().out)["report"].removeprefix("sha256:")[:8]
    assert cli.main(["add", "--workers", "1", str(reports / "e.txt")]) == 0
    assert f"1 of them shares a telling with others: {first} (1)" in capsys.readouterr().out


def test_progress_is_told_on_stderr_only_when_asked_or_seen(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And wiped away at the end."""
    cli.main(["add", "--workers", "1", "--progress", str(reports / "a.txt")])
    told = capsys.readouterr().err
    assert "1 done, 0 not read" in told
    cli.main(["add", "--workers", "1", str(reports / "a.txt")])
    assert "done" not in capsys.readouterr().err


def test_rows_that_lie_among_reports_are_no_reports(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are kept in the case and read with."""
    (reports / "rows").mkdir()
    (reports / "rows" / "outlets.toml").write_text(
        '[[row]]\nname = "Northwire"\nkind = "agency"\nexample = "MINAS (Northwire) - Shells fell."\n', encoding="utf-8"
    )
    code = cli.main(["add", "--workers", "1", "--json", "--knowledge", str(reports / "rows"), str(reports)])
    shown, told = capsys.readouterr()
    assert code == 1, told
    assert "outlets.toml" not in shown


def test_a_folder_that_holds_something_else_is_no_place_for_a_case(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and nothing is put there."""
    before = sorted(reports.iterdir())
    assert cli.main(["add", "--case", str(reports), str(reports / "a.txt")]) == 2
    assert "not empty" in capsys.readouterr().err
    assert sorted(reports.iterdir()) == before


def test_reports_are_read_anew_with_other_rows(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the new rows change nothing of stays as it was, and nothing else is lost."""
    cli.main(["add", "--workers", "1", str(reports / "a.txt")])
    capsys.readouterr()
    assert cli.main(["case", "reread", "--workers", "1"]) == 0
    assert "0 reports read anew, 1 as they were" in capsys.readouterr().out
    (reports / "rows").mkdir()
    (reports / "rows" / "outlets.toml").write_text(
        '[[row]]\nname = "Northwire"\nkind = "agency"\nexample = "MINAS (Northwire) - Shells fell."\n', encoding="utf-8"
    )
    assert cli.main(["case", "reread", "--workers", "1", "--knowledge", str(reports / "rows"), "--as", "Ida"]) == 0
    assert "1 report read anew, 0 as they were" in capsys.readouterr().out
    assert cli.main(["search", "firing", "--act", "denies"]) == 0
    assert "denied firing on the town" in capsys.readouterr().out
