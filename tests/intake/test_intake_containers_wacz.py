"""A WACZ gives the pages it names, and says where its bytes are not those it was made of."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.intake.composing import Answer, opened_from, page, pages, wacz, warc

EARLY = Answer("http://a.example/1", page("Dolna"))
LATE = Answer("http://a.example/1", page("Kamin"), date="2023-01-01T00:00:00Z")
FRAME = Answer("http://a.example/frame", page("Lesna"))
MOVED = Answer("http://a.example/old", b"", status="302 Found", headers=(("Location", "/1"),))
ARCHIVE = warc([EARLY, LATE, FRAME, MOVED])


def _wacz(*listed: dict[str, str], **options: str) -> bytes:
    files = {"archive/a.warc.gz": ARCHIVE}
    return wacz(files | ({"pages/pages.jsonl": pages(*listed)} if listed else {}), **options)  # type: ignore[arg-type]


def test_the_pages_it_names_are_read_and_others_counted(tmp_path: Path) -> None:
    """A frame of a page is no page; of two fetches of one page the one of the time named is taken."""
    named = {"url": "http://a.example/1#top", "ts": "2022-12-31T23:59:59.123Z", "title": "A title"}
    found = opened_from(tmp_path, "a.wacz", _wacz(named))
    (part,) = found.parts
    assert "Kamin" in part.report.text
    assert part.obtained_at == "2023-01-01T00:00:00+00:00"
    assert part.locator is not None and part.locator.startswith("archive/a.warc.gz: record at byte ")
    assert ["3 not among the pages" in note.problem.says for note in found.notes] == [True]
    assert found.problems == []


@pytest.mark.parametrize("stamp", ["2022-09-16T10:00:01Z", "20220916100001", "1663322401000"])
def test_times_are_read_as_older_writers_wrote_them(tmp_path: Path, stamp: str) -> None:
    found = opened_from(tmp_path, "a.wacz", _wacz({"url": "http://a.example/1", "ts": stamp}))
    assert ["Dolna" in text for text in found.texts()] == [True]


def test_a_page_that_was_sent_on_is_found(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.wacz", _wacz({"url": "http://a.example/old", "ts": "2022-09-16T10:00:00Z"}))
    assert ["Dolna" in text for text in found.texts()] == [True]


def test_where_no_page_is_named_all_that_shows_text_is_read(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.wacz", _wacz())
    assert len(found.parts) == 3


def test_a_title_named_for_a_page_serves_where_the_page_has_none(tmp_path: Path) -> None:
    bare = warc([Answer("http://a.example/t", b"Shells hit Dolna.", kind="text/plain")])
    files = {"archive/a.warc.gz": bare, "pages/pages.jsonl": pages({"url": "http://a.example/t", "title": "A title"})}
    (part,) = opened_from(tmp_path, "a.wacz", wacz(files)).parts
    assert part.report.metadata.title == "A title"


def test_a_page_that_is_not_there_is_a_row(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.wacz", _wacz({"url": "http://a.example/none"}, {"url": "http://a.example/1"}))
    assert [(row.problem.kind, row.url, row.locator) for row in found.problems] == [
        ("missing_page", "http://a.example/none", "pages/pages.jsonl: line 2")
    ]
    assert len(found.parts) == 1


def test_altered_bytes_are_told_and_still_read(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.wacz", _wacz(altered="archive/a.warc.gz"))
    assert [(row.problem.kind, row.locator) for row in found.problems] == [("hash_differs", "archive/a.warc.gz")]
    assert len(found.parts) == 3


def _remade(data: bytes, folder: Path, **changed: bytes | None) -> bytes:
    """The archive with files replaced, left out (None) or put in."""
    old, new = folder / "old", folder / "new"
    old.write_bytes(data)
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(new, "w") as after:
        files = {name: before.read(name) for name in before.namelist()} | changed
        for name, content in files.items():
            if content is not None:
                after.writestr(name, content)
    return new.read_bytes()


LISTS = [
    # what was done, the problem, and of which file
    ({"datapackage.json": json.dumps({"resources": []}).encode()}, "hash_differs", "datapackage.json"),
    ({"datapackage.json": b"{"}, "bad_package", "datapackage.json"),
    ({"datapackage.json": None}, "bad_package", "datapackage.json"),
    ({"archive/b.warc.gz": warc([FRAME])}, "not_listed", "archive/b.warc.gz"),
    ({"archive/a.warc.gz": None}, "missing_file", "archive/a.warc.gz"),
]


@pytest.mark.parametrize(("changed", "kind", "name"), LISTS, ids=[row[1] for row in LISTS])
def test_what_is_wrong_with_the_list_is_told(
    tmp_path: Path, changed: dict[str, bytes | None], kind: str, name: str
) -> None:
    found = opened_from(tmp_path, "a.wacz", _remade(_wacz(), tmp_path, **changed))
    assert (kind, name) in [(row.problem.kind, row.locator) for row in found.problems]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    files = {"archive/a.warc": b"WARC/1.0\r\n" + bytes(300 << 20), "archive/b.warc.gz": warc([EARLY])}
    found = opened_from(tmp_path, "a.wacz", wacz(files, packing=zipfile.ZIP_DEFLATED))
    assert [(row.problem.kind, row.locator) for row in found.problems] == [("zip_bomb", "archive/a.warc")]
    assert len(found.parts) == 1


def test_a_broken_archive_is_a_row(tmp_path: Path) -> None:
    many = warc([Answer(f"http://a.example/{n}", page(f"Dolna {n}")) for n in range(60)])
    whole = wacz({"archive/a.warc.gz": many})
    assert opened_from(tmp_path, "a.wacz", whole[:-40]).kinds() == ["bad_zip"]
    at = whole.index(many) + 400
    spoiled = opened_from(tmp_path, "b.wacz", whole[:at] + b"\xff" * 30 + whole[at + 30 :])
    assert {"hash_differs", "bad_zip"} <= set(spoiled.kinds())
    assert len(spoiled.parts) > 40


def test_lines_that_name_no_page_are_rows(tmp_path: Path) -> None:
    files = {"archive/a.warc.gz": ARCHIVE, "pages/pages.jsonl": pages({"url": "http://a.example/1"}) + b"\n{broken\n"}
    found = opened_from(tmp_path, "a.wacz", wacz(files))
    assert [(row.problem.kind, row.locator) for row in found.problems] == [("bad_json", "pages/pages.jsonl: line 3")]
    assert len(found.parts) == 1
