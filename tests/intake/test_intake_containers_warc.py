"""A WARC gives each response that shows text, with its address and the time of the fetch, and goes on past damage."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from sayso.intake import LIMIT
from sayso.intake.containers import warc as reader
from sayso.intake.containers.streams import BLOCK
from sayso.intake.containers.warc_records import Damage, Record, records
from tests.intake.composing import Answer, Opened, chunked, opened_from, packed, packed_zeros, page, warc

THREE = [
    Answer("http://a.example/dolna", page("Dolna")),
    Answer("http://a.example/kamin", page("Kamin")),
    Answer("http://a.example/lesna", b"A bridge fell at Lesna.", kind="text/plain"),
]


def _towns(found: Opened) -> list[str]:
    return [town for town in ("Dolna", "Kamin", "Lesna") if any(town in text for text in found.texts())]


FORMS = [
    ("a.warc", warc(THREE, packed=False)),
    ("a.warc.gz", warc(THREE)),  # a member a record, as the standard asks
    ("whole.warc.gz", packed(warc(THREE, packed=False))),  # one member for all
]


def _torn(data: bytes, size: int) -> bytes:
    """Packed in pieces that heed no record, as parallel packers do."""
    return b"".join(packed(data[at : at + size]) for at in range(0, len(data), size))


@pytest.mark.parametrize(("name", "data"), [*FORMS, ("torn.warc.gz", _torn(warc(THREE, packed=False), 333))])
def test_however_it_is_packed_its_pages_are_read(tmp_path: Path, name: str, data: bytes) -> None:
    found = opened_from(tmp_path, name, data)
    assert [part.url for part in found.parts] == [answer.url for answer in THREE]
    assert found.problems == []


@pytest.mark.parametrize(("name", "data"), FORMS[:2])
def test_records_stand_where_another_reader_finds_them(tmp_path: Path, name: str, data: bytes) -> None:
    other = ArchiveIterator(io.BytesIO(data))
    places = {record.rec_headers.get_header("WARC-Target-URI"): other.get_record_offset() for record in other}
    for part in opened_from(tmp_path, name, data).parts:
        assert part.locator == f"record at byte {places[part.url]}"


def test_the_time_of_the_fetch_is_no_publication(tmp_path: Path) -> None:
    (part,) = opened_from(tmp_path, "a.warc", warc(THREE[:1])).parts
    assert part.obtained_at == "2022-09-16T10:00:00+00:00"
    assert part.report.metadata.published is None
    assert part.report.metadata.url == "http://a.example/dolna"


def test_what_a_page_says_of_itself_goes_first(tmp_path: Path) -> None:
    head = b"<head><link rel='canonical' href='http://daily.example/1'><meta property='og:site_name' content='Daily'>"
    known = page("Dolna").replace(b"<head>", head)
    (part,) = opened_from(tmp_path, "a.warc", warc([Answer("http://x.example/", known)])).parts
    assert (part.report.metadata.url, part.report.metadata.publisher) == ("http://daily.example/1", "Daily")
    assert part.url == "http://x.example/"


PACKINGS = [
    ("gzip", packed(page("Dolna")), (("Content-Encoding", "gzip"),)),
    ("chunks", chunked(page("Dolna")), (("Transfer-Encoding", "chunked"),)),
    ("both", chunked(packed(page("Dolna"))), (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))),
    ("said but not done", page("Dolna"), (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))),
]


@pytest.mark.parametrize(("what", "body", "headers"), PACKINGS, ids=[row[0] for row in PACKINGS])
def test_a_body_is_unpacked(tmp_path: Path, what: str, body: bytes, headers: tuple[tuple[str, str], ...]) -> None:
    """The report's id is that of the page as it was before it was packed for the way."""
    plain = opened_from(tmp_path, "p.warc", warc([Answer("http://a.example/", page("Dolna"))])).parts[0]
    found = opened_from(tmp_path, "a.warc", warc([Answer("http://a.example/", body, headers=headers)]))
    assert [part.report.id for part in found.parts] == [plain.report.id]


GZIP, BROTLI = (("Content-Encoding", "gzip"),), (("Content-Encoding", "br"),)
LOST = [
    ("bomb", Answer("http://a.example/", packed(b"<p>" + bytes(LIMIT * 2)), headers=GZIP), "too_large"),
    ("cut", Answer("http://a.example/", packed(page("Dolna"))[:-30], headers=GZIP), "bad_packing"),
    ("brotli", Answer("http://a.example/", b"\x0b\x02\x80", headers=BROTLI), "bad_packing"),
    ("long", Answer("http://a.example/", b"<p>" + b"a" * (LIMIT + 300_000)), "too_large"),
    ("blank", Answer("http://a.example/", b"<html><script>x()</script></html>"), "blank"),
]


@pytest.mark.parametrize(("what", "answer", "kind"), LOST, ids=[row[0] for row in LOST])
def test_a_page_that_cannot_be_read_is_a_row_and_others_come(
    tmp_path: Path, what: str, answer: Answer, kind: str
) -> None:
    found = opened_from(tmp_path, "a.warc.gz", warc([answer, *THREE]))
    assert [(row.problem.kind, row.url) for row in found.problems] == [(kind, "http://a.example/")]
    assert len(found.parts) == 3


def test_what_holds_no_report_is_counted_by_kind(tmp_path: Path) -> None:
    others = [
        Answer("http://a.example/i", b"\x89PNG", kind="image/png"),
        Answer("http://a.example/j", b"\x89PNG", kind="image/png"),
        Answer("http://a.example/r", b"", status="301 Moved Permanently"),
    ]
    found = opened_from(tmp_path, "a.warc", warc([*others, *THREE]))
    (note,) = found.notes
    assert "3 record(s)" in note.problem.says
    assert "2 image/png, 1 answers 301" in note.problem.says
    assert found.problems == []


def test_bytes_that_differ_from_their_digest_are_told(tmp_path: Path) -> None:
    data = warc(THREE[:1], packed=False).replace(b"two houses", b"ten houses")
    (part,) = opened_from(tmp_path, "a.warc", data).parts
    assert [problem.kind for problem in part.report.problems] == ["hash_differs"]


PACKED, PLAIN = warc(THREE), warc(THREE, packed=False)
PLACES = [found.at for found in records(io.BytesIO(PACKED), limit=LIMIT)]
FIRST, LAST = warc(THREE[:1]), warc(THREE[2:])
BOMB = packed_zeros(b"WARC/1.0\r\nContent-Length: 999999999\r\n\r\n", 300)


def _spoiled() -> bytes:
    """The third record's member cannot be unpacked."""
    at = PLACES[2] + 60
    return PACKED[:at] + b"\xff" * 40 + PACKED[at + 40 :]


DAMAGED = [
    # what, the file, the towns still read, the problem's words
    ("cut", PACKED[:-20], ["Dolna", "Kamin"], "breaks off"),
    ("cut plain", PLAIN[:-20], ["Dolna", "Kamin"], "breaks off"),
    ("cut in a head", PLAIN[: PLAIN.rindex(b"WARC-Date")], ["Dolna", "Kamin"], "in the head"),
    ("bad member", _spoiled(), ["Dolna", "Lesna"], "cannot be unpacked"),
    ("junk", PACKED[: PLACES[2]] + b"junk" + PACKED[PLACES[2] :], ["Dolna", "Kamin", "Lesna"], "not packed"),
    ("no number", PLAIN.replace(b"Content-Length: ", b"Content-Length: x", 2), ["Kamin", "Lesna"], "no number"),
    ("bomb", FIRST + BOMB + LAST, ["Dolna", "Lesna"], "bomb"),
    ("line", FIRST + packed(b"WARC/1.0\r\nX: " + b"a" * 9_000_000) + LAST, ["Dolna", "Lesna"], "over 65,536"),
    ("head", FIRST + packed(b"WARC/1.0\r\n" + b"X: a\r\n" * 99_999) + LAST, ["Dolna", "Lesna"], "over 65,536"),
]


@pytest.mark.parametrize(("what", "data", "towns", "says"), DAMAGED, ids=[row[0] for row in DAMAGED])
def test_damage_is_told_with_where_and_passed(
    tmp_path: Path, what: str, data: bytes, towns: list[str], says: str
) -> None:
    name = "a.warc.gz" if data.startswith(b"\x1f\x8b") else "a.warc"
    found = opened_from(tmp_path, name, data)
    assert _towns(found) == towns
    assert len(found.problems) >= 1
    assert all(row.locator and row.locator.startswith("record at byte ") for row in found.problems)
    assert says in found.problems[0].problem.says


def test_the_place_of_damage_is_the_broken_records_own(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.warc.gz", _spoiled())
    assert [row.locator for row in found.problems] == [f"record at byte {PLACES[2]}"]


def test_a_file_cut_anywhere_never_fails() -> None:
    """At every byte: whole records before the cut, and at most one piece of damage."""
    for whole in (PACKED, PLAIN):
        for end in range(1, len(whole), 7):
            found = list(records(io.BytesIO(whole[:end]), limit=LIMIT))
            assert sum(isinstance(each, Damage) for each in found) <= 1
            assert all(len(each.block) == each.length for each in found if isinstance(each, Record))


def test_a_long_archive_takes_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A film of 200 MB among the pages is passed over in pieces."""
    monkeypatch.setattr(reader, "LIMIT", 100_000)
    path = tmp_path / "a.warc"
    film = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % (
        200 << 20
    )
    with path.open("wb") as file:
        file.write(film + b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n")
        file.truncate(len(film) + (200 << 20))
        file.seek(0, 2)
        file.write(b"\r\n\r\n" + warc(THREE, packed=False))
    with path.open("rb") as file:
        tracemalloc.start()
        found = [each for each in records(file, limit=100_000) if isinstance(each, Record)]
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (found[0].length, len(found)) == (200 << 20, 5)
    assert peak < 100 * BLOCK
