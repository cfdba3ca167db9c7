"""Reading in one process: a file, a string or bytes become the same nouns."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

import sayso
from sayso.problems import BadKnowledge, Refused
from sayso.record import Reading

REPORT = "MINAS, March 5 (Northwire) - Shells hit a school in Minas, the mayor said.\r\nNobody was hurt.\n"


def test_a_file_its_bytes_and_its_text_read_alike(tmp_path: Path) -> None:
    """But for the path, which only a file has."""
    path = tmp_path / "a.txt"
    path.write_bytes(REPORT.encode())
    from_file, from_bytes, from_text = sayso.read(path), sayso.read_bytes(REPORT.encode()), sayso.read_text(REPORT)
    assert isinstance(from_text, Reading)
    assert from_file.page.report.path == str(path)
    assert from_bytes.page.report.path is None
    assert from_file.statements == from_bytes.statements == from_text.statements
    assert from_file.page.report.id == from_text.page.report.id


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "Изюм освобождён, сказал мэр.\n",  # not one ASCII letter
        "caf\u00e9 na\u00efve: \u00e4\u00f6\u00fc said\u2028so\u0085then\x00",  # odd newlines, and a NUL
        "short",  # too little to guess an encoding from
    ],
)
def test_every_character_of_a_string_is_kept(text: str) -> None:
    """A string needs no guessing: what is sealed is its UTF-8."""
    report = sayso.read_text(text).page.report
    assert report.text == text
    assert report.obtained.how == "decoded"
    assert report.obtained.encoding == "utf-8"
    assert report.data == text.encode()
    assert report.id == "sha256:" + sha256(text.encode()).hexdigest()


def test_half_a_character_becomes_the_sign_for_what_is_lost() -> None:
    """No UTF-8 can hold it, and the report must not be refused for it."""
    assert sayso.read_text("the mayor \ud83d said so").page.report.text == "the mayor \ufffd said so"
    assert sayso.read_text("two halves \ud83d\ude00 meet").page.report.text == "two halves \U0001f600 meet"


def test_a_string_that_looks_like_html_is_text() -> None:
    """Whoever gives a string means its characters."""
    text = "<p>Shells hit a school, the mayor said.</p>"
    assert sayso.read_text(text).page.report.text == text


@pytest.mark.parametrize("date", ["yesterday", "12 March 2024", "2024-13-01", ""])
def test_a_date_in_no_known_form_is_refused_with_the_forms(date: str) -> None:
    """A silent guess would move every "on Monday" of the report."""
    with pytest.raises(ValueError, match="2024-03-12"):
        sayso.read_text(REPORT, published=date)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """With a problem that has a kind and a sentence."""
    with pytest.raises(Refused) as refused:
        sayso.read(tmp_path / "nothing.txt")
    assert refused.value.problem.kind == "missing"
    with pytest.raises(Refused):
        sayso.read_text("")


def test_a_folder_of_rows_that_is_missing_is_told(tmp_path: Path) -> None:
    """Reading on without it would look as if its rows said nothing."""
    with pytest.raises(BadKnowledge, match="gone"):
        sayso.read_text(REPORT, knowledge=[tmp_path / "gone"])


def test_public_names_are_resolved_when_used() -> None:
    """And a wrong one is an AttributeError like anywhere."""
    assert sayso.Reading is Reading
    assert set(sayso.__all__) == {
        "Reading", "__version__", "check", "new_case", "open_case", "read", "read_bytes", "read_text",
    }  # fmt: skip
    with pytest.raises(AttributeError):
        sayso.reed  # noqa: B018
