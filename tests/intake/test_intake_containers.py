"""A file is told by its content first, and gives a report, or many, or a row that says why there is none."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.intake import LIMIT
from sayso.intake.containers import Part, opened
from sayso.record import Given
from tests.intake.composing import Answer, opened_from, page, sorted_out, wacz, warc

MAIL = (
    "From: Press <press@dolna.example>\r\nDate: Fri, 16 Sep 2022 09:00:00 +0000\r\nMessage-ID: <1@x>\r\n"
    "\r\nShells hit Dolna.\r\n"
)
RSS = (
    "<?xml version='1.0'?><!-- made --><rss version='2.0'><channel><title>Daily</title>"
    "<item><description>Shells hit Dolna.</description></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Daily</title>"
    "<entry><title>A</title><content>Shells hit Dolna.</content></entry></feed>"
)

KINDS = [
    # name, bytes, kind of container: the name says one thing, the bytes another, and the bytes are believed
    ("report.txt", b"Shells hit Dolna.", None),
    ("report.html", page("Dolna"), None),
    ("mail.txt", MAIL.encode(), "message/rfc822"),
    ("mail.eml", b"Subject: only this\n\nShells hit Dolna.", "message/rfc822"),
    ("feed.txt", RSS.encode(), "application/feed+xml"),
    ("feed.html", ATOM.encode(), "application/feed+xml"),
    ("archive.bin", warc([Answer("http://a.example/", page("Dolna"))]), "application/warc"),
    ("archive.txt", warc([Answer("http://a.example/", page("Dolna"))], packed=False), "application/warc"),
    (
        "archive.zip",
        wacz({"archive/a.warc.gz": warc([Answer("http://a.example/", page("Dolna"))])}),
        "application/wacz",
    ),
    ("lines.txt", b'{"text": "Shells hit Dolna."}\n{"text": "And Kamin."}', "application/jsonl"),
    ("one.txt", b'{\n "text": "Shells hit Dolna."\n}', "application/json"),
    # These only look like something else.
    ("press.txt", b"Subject: a visit\nDate: Friday\n\nShells hit Dolna.", None),
    ("update.txt", b"[Update] Shells hit Dolna.\nMore follows.", None),
    ("brace.txt", b"{Corrected} Shells hit Dolna.", None),
    ("quote.txt", b"WARC files were stolen from Dolna.", None),
    ("talk.txt", b"Mayor: Dolna will stand. We will rebuild.\nReporter: When?\n\nThe mayor left.", None),
]


@pytest.mark.parametrize(("name", "data", "kind"), KINDS, ids=[row[0] for row in KINDS])
def test_a_file_is_told_by_its_content(tmp_path: Path, name: str, data: bytes, kind: str | None) -> None:
    found = opened_from(tmp_path, name, data)
    assert found.problems == []
    assert {part.container_media_type for part in found.parts} == {kind}
    assert all("Dolna" in text for text in found.texts()[:1])


def test_a_plain_file_is_its_own_one_part(tmp_path: Path) -> None:
    """It has no container, and what the person gave goes with it untouched."""
    path = tmp_path / "a.txt"
    path.write_text("Shells hit Dolna.")
    (part,) = opened(path, given=Given("2022-09-16", "Daily"))
    assert isinstance(part, Part)
    assert (part.container_sha256, part.locator, part.given) == (None, None, Given("2022-09-16", "Daily"))
    assert part.report.path == str(path)


def test_a_part_names_its_container_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "mail.eml", MAIL)
    assert found.parts[0].container_sha256 == "sha256:" + hashlib.sha256(MAIL.encode()).hexdigest()
    assert found.parts[0].report.path == str(tmp_path / "mail.eml")


def test_the_same_bytes_in_two_containers_are_one_report(tmp_path: Path) -> None:
    """The id is of the part's own bytes, not of what it came in."""
    line = opened_from(tmp_path, "a.jsonl", '{"text": "Shells hit Dolna."}')
    listed = opened_from(tmp_path, "b.json", '[{"n": 1}, {"body": "Shells hit Dolna."}]')
    alone = opened_from(tmp_path, "c.txt", "Shells hit Dolna.")
    assert len({found.parts[0].report.id for found in (line, listed, alone)}) == 1
    assert line.parts[0].container_sha256 != listed.parts[0].container_sha256


def test_nothing_is_raised(tmp_path: Path) -> None:
    """A missing file, a folder and a picture are rows as well."""
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name, kind in (("none.eml", "missing"), (".", "not_a_file"), ("p.png", "image"), ("a\0b", "missing")):
        found = sorted_out(opened(tmp_path / name))
        assert found.kinds() == [kind], name
        assert found.problems[0].path == str(tmp_path / name)


REFUSED = [
    ("a.arc", b"filedesc://a.arc 0.0.0.0 20220916 text/plain 76\n", "not_read", "WARC"),
    ("a.gz", b"\x1f\x8b\x08" + bytes(20), "binary", "gzip"),
    ("a.zip", b"PK\3\4" + bytes(30), "binary", "ZIP"),
    ("a.wacz", b"PK\3\4" + bytes(30), "bad_zip", "anew"),
    ("a.warc.gz", b"\x1f\x8b\x08" + b"\xff" * 50, "bad_warc", "unpacked"),
    ("a.json", b"{}", "no_text", "text"),
    ("a.jsonl", b"\n\n", "no_text", "no report"),
    ("a.json", b"[]", "no_text", "no report"),
    ("a.warc", warc([Answer("http://a.example/i", b"x", kind="image/png")]), "no_text", "no report"),
]


@pytest.mark.parametrize(("name", "data", "kind", "says"), REFUSED, ids=[f"{row[0]}-{row[2]}" for row in REFUSED])
def test_what_cannot_be_read_says_so(tmp_path: Path, name: str, data: bytes, kind: str, says: str) -> None:
    found = opened_from(tmp_path, name, data)
    assert found.parts == []
    assert found.kinds() == [kind]
    assert says in found.problems[0].problem.says


def test_the_limit_is_a_parts_and_not_a_files(tmp_path: Path) -> None:
    """A file of many reports may be longer than the longest report."""
    long = '{"text": "%s"}\n' % ("Shells hit Dolna. " * (LIMIT // 40))
    found = opened_from(tmp_path, "a.jsonl", long * 3)
    assert (len(found.parts), found.problems) == (3, [])


def test_readers_load_when_they_are_needed() -> None:
    """A text file needs no feed reader, no archive writer and no network."""
    code = (
        "import sys; from sayso.intake.containers import opened; list(opened(sys.argv[1]))\n"
        "print([name for name in ('feedparser', 'warcio', 'httpx', 'trafilatura') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code, __file__], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
