"""Bytes become text without a character moved, whatever encoding they came in."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.intake import LIMIT, sealed
from sayso.problems import Refused

RUSSIAN = "Обстрелы продолжались всю ночь. Мэр города Дольна сообщил о трёх погибших."
UKRAINIAN = "Обстріли тривали всю ніч. Мер міста повідомив, що загинули троє людей, і їхні сусіди."
POLISH = "Burmistrz powiedział, że trzy osoby zginęły w ostrzale. Źródła mówią coś innego, a wojsko zaprzecza."
ENGLISH = "“The bridge is gone,” the mayor said – the café burned… It cost 5 million."

ENCODED = [
    (ENGLISH, "utf-8", "utf-8"),
    (ENGLISH, "utf-8-sig", "utf-8"),
    (ENGLISH, "utf-16", "utf-16-le"),
    (ENGLISH, "utf-16-le", "utf-16-le"),  # no mark: its blanks are NUL pairs
    (ENGLISH, "utf-16-be", "utf-16-be"),
    (ENGLISH, "utf-32", "utf-32-le"),
    (ENGLISH, "cp1252", "cp1252"),
    (RUSSIAN, "utf-16-le", "utf-16-le"),
    (RUSSIAN, "cp1251", "cp1251"),
    (RUSSIAN, "koi8_r", "koi8_r"),
    (RUSSIAN, "cp866", "cp866"),
    ("Мэр сообщил о взрыве.", "koi8_r", "koi8_r"),  # short: capitals settle it, not letter counts
    (UKRAINIAN, "cp1251", "cp1251"),
    (POLISH, "cp1250", "cp1250"),
]


@pytest.mark.parametrize(("text", "encoding", "named"), ENCODED)
def test_common_encodings_are_read_losslessly(text: str, encoding: str, named: str) -> None:
    data = text.encode(encoding)
    report = sealed(data)
    assert report.text == text
    assert (report.obtained.how, report.obtained.encoding, report.obtained.by) == ("decoded", named, None)
    assert report.id == "sha256:" + hashlib.sha256(data).hexdigest()
    assert report.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert report.data == data
    assert report.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "One line.\r\nTwo.\rThree.\n\n\nFour.\u2028Five.",  # newlines stay as they were
        "A NUL \0 in the middle stays, and the report is read.",
        "\u202bShalom\u202c said the mayor.\u200f",  # direction marks stay
        "  blanks before and after  \n",
        "Flags 🇺🇦 and a family 👨‍👩‍👧 outside the basic plane.",
    ],
)
def test_nothing_is_tidied(text: str) -> None:
    report = sealed(text.encode())
    assert report.text == text
    assert report.media_type == "text/plain"


DAMAGED = [
    (b"Shells \xff\xfe hit Dolna.", [(7, 2)]),
    ("Привіт, ".encode() + b"\xd0 town \xc3\x28 ok", [(14, 1), (21, 1)]),
    ("The café is g".encode() + b"\xe2\x80", [(14, 2)]),  # cut off inside a character
    (b"over \xc0\xaf long", [(5, 2)]),
]


@pytest.mark.parametrize(("data", "stretches"), DAMAGED)
def test_each_bad_stretch_is_one_mark_and_one_problem(data: bytes, stretches: list[tuple[int, int]]) -> None:
    report = sealed(data)
    assert report.obtained.encoding == "utf-8"
    assert report.text.count("\ufffd") == len(stretches) == len(report.problems)
    for problem, (offset, length) in zip(report.problems, stretches, strict=True):
        assert problem.kind == "bad_bytes"
        assert f"{length} byte(s) at byte {offset} " in problem.says
        assert problem.span is not None
        assert report.text[problem.span.start : problem.span.end] == "\ufffd"


REFUSED = [
    (b"", "empty"),
    (b" \r\n\t ", "blank"),
    (b"\xef\xbb\xbf", "blank"),  # nothing but a mark
    ("\u200b\u00a0\ufeff".encode(), "blank"),
    (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    (b"\x89PNG\r\n\x1a\n\0\0", "image"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
    (b"GIF89a\x01\0", "image"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "image"),
    (b"<?xml version='1.0'?><svg xmlns='x'><text>Dolna</text></svg>", "image"),
    (b"PK\x03\x04\x14\0", "binary"),
    (b"\x1f\x8b\x08\0", "binary"),
    (b"\x7fELF\x02\x01", "binary"),
    (bytes(range(256)) * 20, "binary"),
    (b"\0" * 400, "binary"),
    (b"<html><head><title>x</title><script>var a = 1;</script></head><body></body></html>", "blank"),
]


@pytest.mark.parametrize(("data", "kind"), REFUSED)
def test_what_is_not_text_is_refused_with_advice(data: bytes, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        sealed(data)
    assert caught.value.problem.kind == kind
    assert caught.value.problem.says.endswith(".")


def test_a_report_over_the_limit_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        sealed(b"x" * (LIMIT + 1))
    assert caught.value.problem.kind == "too_large"


@pytest.mark.parametrize(("media_type", "kind"), [("application/pdf", "pdf"), ("image/png", "image")])
def test_a_media_type_can_refuse(media_type: str, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        sealed(b"Shells hit Dolna.", media_type=media_type)
    assert caught.value.problem.kind == kind


@pytest.mark.parametrize(
    ("data", "media_type", "path", "read_as"),
    [
        (b"<p>Shells hit Dolna.</p>", None, None, "text/html"),
        (b"<p>Shells hit Dolna.</p>", "text/plain", None, "text/plain"),  # the caller knows best
        (b"Shells hit <p>Dolna.</p>", None, "a.html", "text/html"),
        (b"Losses < 5 and gains > 3 in Dolna.", None, "a.html", "text/plain"),
        (b"<Dolna> is how the chat writes names.", None, None, "text/plain"),
        (b"Shells hit Dolna.", "text/html; charset=utf-8", None, "text/html"),
    ],
)
def test_html_is_known_by_what_it_looks_like(data: bytes, media_type: str, path: str, read_as: str) -> None:
    assert sealed(data, media_type=media_type, path=path).media_type == read_as


def test_a_charset_is_believed_where_it_fits() -> None:
    assert sealed("Łódź źle".encode("iso8859_2"), media_type="text/plain; charset=iso-8859-2").text == "Łódź źle"
    assert sealed("Żółć".encode(), media_type="text/plain; charset=iso-8859-2").text == "Żółć"  # valid UTF-8 wins


def test_a_long_line_is_read() -> None:
    line = "Shells hit Dolna. " * 6000
    assert sealed(line.encode()).text == line


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        report = sealed(data)
    except Refused as refused:
        assert refused.problem.says
        return
    report.text.encode()
    for problem in report.problems:
        assert problem.span is None or report.text[problem.span.start : problem.span.end] == "\ufffd"


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1))
def test_utf8_text_comes_back_as_it_went_in(text: str) -> None:
    try:
        report = sealed(text.encode("utf-8", errors="ignore"), media_type="text/plain")
    except Refused:
        return
    assert report.text == text.encode("utf-8", errors="ignore").decode().removeprefix("\ufeff")


def test_what_the_caller_says_settles_a_text_full_of_nul() -> None:
    """Bytes with NUL in every other place look like UTF-16, unless somebody knows better."""
    text = "D\0o\0l\0n\0a\0 \0i\0s\0 calm and the road to it is open, as it was on Tuesday, the mayor said."
    assert sealed(text.encode(), media_type="text/plain; charset=utf-8").text == text
