"""The README's picture is real output: each of its lines is printed, in its order, by the command it names."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sayso.cli import main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_picture_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    command = re.search(r"From `sayso ([^`]+)`", README)
    picture = re.search(r"shortened \(…\):\n\n```\n(.*?)```", README, re.DOTALL)
    assert command and picture
    assert main(shlex.split(command.group(1))) == 0
    printed = iter(capsys.readouterr().out.splitlines())
    shown = [line for line in picture.group(1).splitlines() if line != "…"]
    assert [line for line in shown if line not in printed] == []


def test_the_readme_python_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code
    exec(compile(code.group(1), "README.md", "exec"), {})
    assert "cannot_verify" in capsys.readouterr().out
