"""Files are found in order and read one by one; one that cannot be read never stops the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.intake import LIMIT, file_bytes, open_report, walk
from sayso.problems import Refused


def test_folders_are_walked_in_name_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", "c/d/e.txt", ".hidden/x.txt", ".y.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Shells hit Dolna.")
    (tmp_path / "first.txt").write_text("x")
    found = list(walk([tmp_path / "first.txt", tmp_path / "in", tmp_path / "none.txt"]))
    names = [str(each.path.relative_to(tmp_path)) for each in found]
    assert names == ["first.txt", "in/a/1.txt", "in/a/2.txt", "in/b.txt", "in/c/d/e.txt", "none.txt"]
    assert all(each.problem is None for each in found)


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / ".hidden").write_text("x")
    (found,) = walk([tmp_path])
    assert found.problem is not None
    assert found.problem.kind == "empty_folder"


def test_a_link_that_leads_back_up_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [each.path.name for each in walk([tmp_path])] == ["a.txt"]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, kind in ((tmp_path / "none.txt", "missing"), (tmp_path, "not_a_file"), (tmp_path / "a\0b", "missing")):
        with pytest.raises(Refused) as caught:
            open_report(path)
        assert caught.value.problem.kind == kind


def test_a_large_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(LIMIT + 1)
    monkeypatch.setattr(Path, "open", None)
    with pytest.raises(Refused) as caught:
        file_bytes(path)
    assert caught.value.problem.kind == "too_large"


def test_a_closed_file_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("x")

    def closed(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(Refused) as caught:
        open_report(path)
    assert caught.value.problem.kind == "no_permission"
    assert "closed.txt" in caught.value.problem.says


def test_a_closed_folder_is_a_problem_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()

    def closed(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", closed)
    (found,) = walk([tmp_path / "in"])
    assert found.problem is not None
    assert found.problem.kind == "no_permission"


def test_a_report_knows_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Shells hit Dolna.\r\n")
    report = open_report(path)
    assert (report.path, report.text) == (str(path), "Shells hit Dolna.\r\n")
