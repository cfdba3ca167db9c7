"""docs/python-api.md is true: its blocks run, one after the other, over the sample."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "python-api.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_every_block_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a folder where the sample's reports are in `reports`."""
    with resources.as_file(resources.files("sayso").joinpath("sample")) as sample:
        shutil.copytree(sample, tmp_path / "reports", ignore=shutil.ignore_patterns("key"))
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    printed = []
    for block in BLOCKS:
        exec(compile(block, PAGE.name, "exec"), names)
        printed.append(capsys.readouterr().out)
    assert len(BLOCKS) == 8
    assert all(printed)
    assert printed[0] == "16 reports, 2024-03-12 to 2024-03-15\n"
    assert "Nothing in the case has the id inc-000000. Near it: inc-" in printed[-1]
    assert "There is no act 'denys'. It is one of: says, denies" in printed[-1]
