"""Input that is damaged or odd is read all the same, and the reading says what was lost."""

from __future__ import annotations

import json
import time
from pathlib import Path

import jsonschema
import pytest

from sayso import cli, read_text

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "record.schema.json").read_text(encoding="utf-8"))
SAID = "Shells hit the port of Minas, the mayor said.\n"
NESTED = "<html><body>" + "<div>" * 10_000 + f"<p>{SAID}</p>" + "</div>" * 10_000
TRUNCATED = f"<html><head><title>Port hit</title></head><body><p>{SAID}</p><p>The army deni"


@pytest.mark.parametrize(
    ("name", "data", "lost"),
    [
        ("trunc.html", TRUNCATED.encode(), True),  # broken off inside a paragraph
        ("nested.html", NESTED.encode(), True),  # deeper than any page is built
        ("bytes.txt", f"The café, {SAID}".encode() + b"\xff\xfe bad \xc3( here.\n", True),  # no encoding's bytes
        ("nul.txt", SAID.encode().replace(b" port", b" port\x00"), True),  # kept, and told
        ("rtl.txt", f"\u202eShells hit\u202c the port, the mayor said.\n\u200f{SAID}".encode(), True),
        ("ru.txt", "Мэр заявил, что снаряды попали в порт. Военные отрицали обстрел.\n".encode(), True),  # not English
        ("word.txt", b"a" * 100_000, True),  # a line that is one word
        ("marks.txt", b'"' * 50_000 + SAID.encode(), False),  # nothing closes
        ("line.txt", SAID.strip().encode() * 500, False),  # not one newline, not one blank between sentences
        ("utf16.txt", SAID.encode("utf-16"), False),
        ("old.txt", SAID.replace("\n", "\r").encode("cp1251"), False),
    ],
)
def test_what_is_odd_is_read_and_what_is_lost_is_told(
    tmp_path: Path, name: str, data: bytes, lost: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 0, an object that fits the schema, a page that can be shown; `problems` where something was lost."""
    path = tmp_path / name
    path.write_bytes(data)
    assert cli.main(["read", "--json", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, SCHEMA)
    assert bool(found["problems"]) or not lost
    assert cli.main(["read", "--width", "40", str(path)]) == 0
    shown, told = capsys.readouterr()
    assert "STATEMENTS" in shown
    assert told == ""


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param("said," * 10_000, id="one verb and its comma"),
        pytest.param("the mayor said the army left, " * 1_500, id="clauses without end"),
        pytest.param("“We left,” she said, " * 2_500, id="quotations without end"),
        pytest.param("the mayor of " * 4_000, id="of and of"),
        pytest.param("“" * 50_000, id="opening marks"),
        pytest.param("“said " * 10_000, id="opening marks before words"),
        pytest.param("(" * 30_000, id="brackets"),
        pytest.param("(she said " * 5_000, id="brackets before words"),
        pytest.param("\n" * 20_000, id="newlines"),
        pytest.param("a" * 100_000, id="a word"),
        pytest.param("said\n\n" * 5_000, id="paragraphs of a word"),
        pytest.param("SHELLS HIT PORT\n\n" * 3_000, id="headings"),
        pytest.param("".join(f"PORT {i} HIT\n\nThe mayor left.\n\n" for i in range(1_000)), id="sections"),
        pytest.param(f"{SAID.strip()} Sign up today for FREE access to Northwire.com " * 500, id="leftovers"),
    ],
)
def test_what_has_no_end_is_read_in_its_time(odd: str) -> None:
    """No stage grows with the square of what it is given; the processor's time counts, not the clock's."""
    before = time.process_time()
    reading = read_text(f"{SAID}{SAID}{SAID}{odd}\n\n{SAID}")
    assert time.process_time() - before < 15
    assert reading.page.language == "en"
    assert any(statement.cue for statement in reading.statements)
    assert [problem.kind for problem in reading.problems] in ([], ["long_sentence"])


@pytest.mark.parametrize("command", [["demo"], ["read", "docs/example.txt"]], ids=lambda command: command[0])
def test_a_tagger_the_environment_names_wrongly_is_no_fault_of_ours(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_TAGGER", "opne")
    assert cli.main(command) == 2
    told = capsys.readouterr().err
    assert "'opne', which SAYSO_TAGGER names" in told and "polnear, open, none" in told and "fault" not in told
