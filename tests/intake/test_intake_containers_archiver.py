"""Tables of Auto Archiver: each row a report with where and when it was, or the reason why there is none."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.intake.containers.archiver_csv import is_archiver
from tests.intake.composing import opened_from

SHELLS = "Shells hit Dolna on Friday, the mayor said."
NAMES = (
    "Link",
    "Archive status",
    "Archive location",
    "Archive date",
    "Upload timestamp",
    "Upload title",
    "Text content",
)


def table(names: tuple[str, ...], *rows: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([names, *rows])
    return out.getvalue()


def test_a_sheet_gives_a_report_a_row_and_keeps_failures(tmp_path: Path) -> None:
    """With its address, when it came out and when it was archived; what failed says what the archiver says."""
    sheet = table(
        NAMES,
        ("https://t.example/1", "telegram: success", "", "2024-03-13T09:00:00+00:00", "2024-03-12", "Shelling", SHELLS),
        ("https://t.example/2", "nothing archived", "", "", "", "", ""),
        ("https://t.example/3", "video: success", "s3://kept/3.mp4", "", "", "", ""),
        ("https://t.example/4", "page: success", "", "", "some day", "", SHELLS + " Nobody else did."),
    )
    found = opened_from(tmp_path, "sheet.csv", sheet)
    first, second = found.parts
    assert first.report.data == SHELLS.encode()
    assert (first.report.metadata.title, first.report.metadata.published) == ("Shelling", "2024-03-12")
    assert (first.url, first.obtained_at, first.locator) == (
        "https://t.example/1",
        "2024-03-13T09:00:00+00:00",
        "row 2",
    )
    assert first.container_media_type == "text/csv"
    assert [one.kind for one in second.report.problems][-1:] == [
        "bad_date"
    ] and second.report.metadata.published is None
    told = {one.locator: one.problem for one in found.problems}
    assert told["row 3"].kind == "not_archived" and "nothing archived" in told["row 3"].says
    assert told["row 4"].kind == "no_text" and "s3://kept/3.mp4" in told["row 4"].says


def test_what_its_database_writes_is_read_and_never_run(tmp_path: Path) -> None:
    """Cells hold Python's own notation, with times; a call that is none of a time is passed over."""
    metadata = {
        "url": "https://t.example/1",
        "title": "Shelling",
        "content": SHELLS,
        "timestamp": datetime(2024, 3, 12, 8, 30, tzinfo=UTC),
        "_processed_at": datetime(2024, 3, 13, 9, 0, tzinfo=UTC),
    }
    marker = tmp_path / "ran"
    evil = f"{{'url': 'https://t.example/2', 'content': open({str(marker)!r}, 'w'), 'title': 'x'}}"
    held = table(
        ("status", "metadata", "media"),
        ("telethon: success", metadata, "[]"),
        ("page: success", evil, "[]"),
        ("no archiver", "{'url': 'https://t.example/3'}", "[]"),
        ("page: success", "[" * 3000, "[]"),
    )
    found = opened_from(tmp_path, "db.csv", held)
    (part,) = found.parts
    assert part.report.data == SHELLS.encode()
    assert part.report.metadata.published == "2024-03-12T08:30:00+00:00"
    assert (part.url, part.obtained_at) == ("https://t.example/1", "2024-03-13T09:00:00+00:00")
    assert [(one.locator, one.problem.kind, one.url) for one in found.problems] == [
        ("row 3", "no_text", "https://t.example/2"),
        ("row 4", "not_archived", "https://t.example/3"),
        ("row 5", "no_text", None),
    ]
    assert not marker.exists()


@pytest.mark.parametrize("head", ["name,town\nAna,Dolna", "status,notes\n", "Shells hit, the mayor said", "", '"open'])
def test_other_tables_and_texts_are_what_they_were(head: str, tmp_path: Path) -> None:
    """A table of another kind is a text, as it stands."""
    assert not is_archiver(head)
    if len(head) > 20:
        assert opened_from(tmp_path, "a.csv", head).parts[0].container_sha256 is None
