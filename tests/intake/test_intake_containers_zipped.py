"""ZIPs of files: what is in them is read as if it came by itself, and no bomb gets past."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from sayso.intake.containers import zipped
from tests.intake.composing import opened_from, page

SHELLS = "Shells hit Dolna on Friday, the mayor said."
MAIL = (
    "From: a@b.example\nDate: Fri, 16 Sep 2022 08:00:00 +0000\nMessage-ID: <1@b.example>\nSubject: Dolna\n\nShells hit."
)


def packed(files: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_each_file_is_read_as_if_it_came_by_itself(tmp_path: Path) -> None:
    """Texts, pages, mails and JSON in folders; pictures and ZIPs within are rows; what a Mac adds is left."""
    lines = json.dumps({"text": SHELLS, "url": "https://daily.example/1"})
    files: dict[str, bytes | str] = {
        "note.txt": SHELLS,
        "web/page.html": page("Dolna"),
        "mail.eml": MAIL,
        "all.jsonl": f"{lines}\nno json\n",
        "photo.png": b"\x89PNG\r\n\x1a\n" + b"0" * 40,
        "more.zip": packed({"a.txt": SHELLS}),
        "__MACOSX/note.txt": "x",
        ".DS_Store": "x",
    }
    found = opened_from(tmp_path, "all.zip", packed(files))
    assert {part.locator for part in found.parts} >= {"note.txt", "web/page.html", "all.jsonl: line 1"}
    assert any((part.locator or "").startswith("mail.eml") for part in found.parts) and len(found.parts) == 4
    assert {part.container_media_type for part in found.parts} == {"application/zip"}
    assert len({part.container_sha256 for part in found.parts}) == 1
    told = {one.locator: one.problem.kind for one in found.problems}
    assert told == {"all.jsonl: line 2": "bad_json", "photo.png": "image", "more.zip": "binary"}


def test_bombs_are_told_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says how long it becomes, too many files, and more in all than is read."""
    bomb = opened_from(tmp_path, "bomb.zip", packed({"a.txt": b"a" * 30_000_000, "b.txt": SHELLS}))
    assert bomb.kinds() in (["zip_bomb"], ["too_large"]) and bomb.texts() == [SHELLS]
    monkeypatch.setattr(zipped, "MOST_FILES", 2)
    many = opened_from(tmp_path, "many.zip", packed({f"{n}.txt": f"{SHELLS} {n}" for n in range(4)}))
    assert len(many.parts) == 2 and many.kinds() == ["too_many_parts"]
    monkeypatch.setattr(zipped, "MOST_BYTES", 60)
    long = opened_from(tmp_path, "long.zip", packed({f"{n}.txt": f"{SHELLS} {n}" for n in range(2)}))
    assert len(long.parts) == 1 and long.kinds() == ["too_large"]


def test_documents_and_damaged_archives_are_no_zips_of_reports(tmp_path: Path) -> None:
    """An office document is told as before; a ZIP of nothing says so; a damaged file costs itself alone."""
    word = opened_from(tmp_path, "a.docx", packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))
    assert word.kinds() == ["binary"]
    assert opened_from(tmp_path, "none.zip", packed({"photo.png": b"\x89PNG\r\n\x1a\n0"})).kinds() == ["image"]
    data = packed({"a.txt": SHELLS, "b.txt": SHELLS + " Twice."}, zipfile.ZIP_STORED)
    broken = opened_from(
        tmp_path, "broken.zip", data.replace(b"Shells hit Dolna on Friday", b"Shells hit Dolno on Friday", 1)
    )
    assert len(broken.parts) == 1 and broken.kinds() == ["bad_zip"]
