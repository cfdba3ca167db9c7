"""`sayso read` as a person meets it: what it prints, what it says when something is amiss, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from sayso import cli

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "record.schema.json").read_text(encoding="utf-8"))
REPORT = (
    "MINAS, March 5 (Northwire) - Shells hit a school in Minas on Monday, the mayor, Ana Reva, said. "
    "The Upland army denied firing on the town.\n"
)
SAYSO = [sys.executable, "-m", "sayso"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A file with a report in it."""
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_report_becomes_a_page(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without colour, since nobody's terminal is here."""
    assert cli.main(["read", str(report)]) == 0
    shown, told = capsys.readouterr()
    assert "STATEMENTS" in shown
    assert "EVENTS" in shown
    assert "\x1b" not in shown
    assert told == ""


def test_a_report_becomes_one_object(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On one line, since it is piped; with the path as it was given."""
    assert cli.main(["read", "--json", str(report)]) == 0
    shown, told = capsys.readouterr()
    assert shown.count("\n") == 1
    found = json.loads(shown)
    jsonschema.validate(found, SCHEMA)
    assert found["path"] == str(report)
    assert found["text"] == REPORT
    assert told == ""


def test_why_is_told_where_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the page under headings of its own, in JSON under a key of its own, in a line among many too."""
    path = tmp_path / "why.txt"
    path.write_text("Shells hit a school in Minas on Monday. If rebels attack Minas, schools close.", encoding="utf-8")
    assert cli.main(["read", "--explain", str(path)]) == 0
    page = capsys.readouterr()[0]
    assert "WHY THESE EVENTS" in page
    assert "“attack” is only imagined here" in page
    for form in ("--json", "--jsonl"):
        assert cli.main(["read", "--explain", form, str(path)]) == 0
        found = json.loads(capsys.readouterr()[0])
        jsonschema.validate(found, SCHEMA)
        assert [one["why"] for one in found["explained"]["passed"]] == ["imagined"]
    assert cli.main(["read", str(path)]) == 0
    assert "WHY" not in capsys.readouterr()[0]


def test_standard_input_is_a_report_without_a_path(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` reads bytes, so that any encoding may come."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode("utf-16"))))
    assert cli.main(["read", "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["path"] is None
    assert found["text"] == REPORT


def test_what_the_caller_knows_is_taken_and_said_to_be_given(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A date and a publisher which the report does not give."""
    assert cli.main(["read", "--json", "--published", "2024-03-05", "--publisher", "Delta One", str(report)]) == 0
    about = json.loads(capsys.readouterr().out)["report"]
    assert about["published"]["earliest"] == "2024-03-05"
    assert about["published"]["basis"] == "given"
    assert about["publisher"] == {"name": "Delta One", "span": None, "basis": "given"}


def test_many_files_become_lines_in_order_and_folders_are_walked(
    tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be read is a line too, and the exit code tells, after all the others were read."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "b.txt").write_text(REPORT, encoding="utf-8")
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    (folder / "c.txt").write_bytes(b"")
    missing = tmp_path / "nothing.txt"
    assert cli.main(["read", "--jsonl", str(folder), str(missing), str(report)]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for line in lines:
        jsonschema.validate(line, SCHEMA)
    files = [folder / "a.pdf", folder / "b.txt", folder / "c.txt", missing, report]
    assert [line["path"] for line in lines] == [str(file) for file in files]
    assert [line.get("problem", {}).get("kind") for line in lines] == ["pdf", None, "empty", "missing", None]


def test_the_same_bytes_give_the_same_object_alone_and_in_company(
    tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever else is in the batch, and in however many processes."""
    (tmp_path / "b.txt").write_text("The talks failed, officials said.", encoding="utf-8")
    cli.main(["read", "--json", str(report)])
    alone = capsys.readouterr().out
    cli.main(["read", "--jsonl", "--workers", "1", str(tmp_path)])
    here = capsys.readouterr().out
    cli.main(["read", "--jsonl", "--workers", "2", str(tmp_path)])
    spread = capsys.readouterr().out
    assert here.splitlines(keepends=True)[0] == alone
    assert spread == here


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),  # no command
        (["read"], "FILE"),  # nothing to read
        (["reed", "a.txt"], "reed"),  # a slip of the finger
        (["read", "--json", "--jsonl", "a.txt"], "not allowed with"),
        (["read", "--published", "yesterday", "a.txt"], "2024-03-12T18:30"),  # the forms are named
        (["read", "--published", "2024-13-40", "a.txt"], "2024-13-40"),
        (["read", "--knowledge", "no/such/folder", "a.txt"], "no/such/folder"),
        (["read", "--jsonl", "--workers", "0", "a.txt"], "1 to 64"),
        (["read", "a.txt", "b.txt"], "--jsonl"),  # how to read two
        (["read", "--jsonl", "-"], "standard input"),
    ],
)
def test_a_command_that_is_not_understood_exits_with_2(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says what to do, on stderr alone."""
    try:
        code = cli.main(arguments)
    except SystemExit as end:  # argparse ends by itself
        code = int(end.code or 0)
    shown, told = capsys.readouterr()
    assert code == 2
    assert says in told
    assert shown == ""
    assert "Traceback" not in told


def test_a_folder_is_not_shown_as_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says how to read all that is in it."""
    assert cli.main(["read", str(tmp_path)]) == 2
    assert "--jsonl" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "no bytes"),
        (b" \n\t ", "white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    ],
)
def test_a_report_that_cannot_be_read_is_a_sentence_and_exit_1(
    tmp_path: Path, data: bytes, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, nothing on stdout."""
    path = tmp_path / "odd"
    path.write_bytes(data)
    assert cli.main(["read", str(path)]) == 1
    shown, told = capsys.readouterr()
    assert kind in told
    assert shown == ""
    assert "Traceback" not in told


def test_an_empty_folder_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It was asked for, and there was nothing to read."""
    assert cli.main(["read", "--jsonl", str(tmp_path)]) == 1
    assert json.loads(capsys.readouterr().out)["problem"]["kind"] == "empty_folder"


def test_rows_that_cannot_be_used_are_a_sentence(
    tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is read, naming the file."""
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "parties.toml").write_text("[[row]\nname =", encoding="utf-8")
    assert cli.main(["read", "--knowledge", str(tmp_path / "rows"), str(report)]) == 2
    assert "parties.toml" in capsys.readouterr().err


def test_a_fault_of_ours_is_a_sentence_and_a_traceback_only_with_debug(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person is told that it is not their doing, and how to say more."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError("st9")

    monkeypatch.setattr("sayso.work.here.read", broken)
    assert cli.main(["read", str(report)]) == 1
    told = capsys.readouterr().err
    assert "fault in Sayso itself" in told
    assert "--debug" in told
    assert "Traceback" not in told
    with pytest.raises(KeyError):
        cli.main(["read", "--debug", str(report)])


def test_colour_is_for_terminals_unless_it_is_asked_for(
    report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR is heeded, --color always wins."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    cli.main(["read", str(report)])
    assert "\x1b[1m" in capsys.readouterr().out
    cli.main(["read", "--color", "never", str(report)])
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    cli.main(["read", str(report)])
    assert "\x1b" not in capsys.readouterr().out
    cli.main(["read", "--color", "always", str(report)])
    assert "\x1b[1m" in capsys.readouterr().out


def test_width_is_kept(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--width wins over what the terminal says."""
    cli.main(["read", "--width", "40", str(report)])
    assert max(map(len, capsys.readouterr().out.splitlines())) == 40


def test_progress_is_told_on_stderr_only_when_asked_or_seen(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines on stdout stay lines."""
    cli.main(["read", "--jsonl", str(report)])
    assert capsys.readouterr().err == ""
    cli.main(["read", "--jsonl", "--progress", str(report)])
    shown, told = capsys.readouterr()
    assert "1 of 1" in told
    assert len(shown.splitlines()) == 1


def test_help_loads_nothing_heavy() -> None:
    """A person who asks for help waits for python alone."""
    heavy = "import sys; from sayso.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    asked = (
        heavy + "print([name for name in ('spacy', 'numpy', 'trafilatura', 'json', 'sqlite3') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_quiet(report: Path) -> None:
    """`sayso read … | head -1` is no error to talk about."""
    command = [*SAYSO, "read", "--jsonl", "--workers", "1", *[str(report)] * 3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read()
        process.wait(timeout=60)
    assert told == b""
    assert process.returncode == 141


def _heed_interrupts() -> None:
    """What is started in the background by a shell ignores interrupts, and so does all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")
def test_an_interrupt_is_quiet(tmp_path: Path) -> None:
    """Ctrl-C ends with 130, says nothing, and leaves no worker behind. So many files that it is never done by then."""
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text(REPORT * 20, encoding="utf-8")
    command = [*SAYSO, "read", "--jsonl", "--workers", "2", str(tmp_path)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509 - this test starts no thread
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("{")  # it is at work
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        told = process.stderr.read() if process.stderr else ""
        process.wait(timeout=60)
    assert told == ""
    assert process.returncode == 130
    assert _ends_soon(process.pid)


def _ends_soon(group: int) -> bool:
    """Whether no process of the group is left, once the system has buried the dead."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """As the package has it."""
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == "sayso 0.1.0\n"
