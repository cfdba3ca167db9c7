"""The house's own rules, held where a machine can hold them."""

from __future__ import annotations

import argparse
import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import cli

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "sayso").rglob("*.py"))
STAGES = (
    "values",
    "reading",
    "grounding",
    "statements",
    "events",
    "journey.py",
    "record",
    "copies",
    "accounts",
    "problems.py",
)
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines()]


# The arrows


def test_the_arrows_are_kept() -> None:
    """What import-linter holds: layers, and stages without hands."""
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    told = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def _stage_files() -> list[Path]:
    folder = ROOT / "src" / "sayso"
    return [path for path in SOURCES if path.relative_to(folder).parts[0] in STAGES]


@pytest.mark.parametrize("path", _stage_files(), ids=lambda path: "/".join(path.parts[-2:]))
def test_no_stage_asks_the_clock(path: Path) -> None:
    """Today never enters a reading: the same bytes give the same object tomorrow."""
    assert not re.search(r"\b(today|now|utcnow|time|monotonic)\(\)", path.read_text(encoding="utf-8"))


def _statements(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: "/".join(path.parts[-2:]))
def test_the_library_neither_asserts_nor_exits(path: Path) -> None:
    """A person is told what was met instead; only `__main__` ends the process."""
    for node in _statements(path):
        assert not isinstance(node, ast.Assert), f"line {node.lineno}"
        if isinstance(node, ast.Name) and path.name != "__main__.py":
            assert node.id not in ("SystemExit", "exit", "quit"), f"line {node.lineno}"


def test_broad_catches_stand_only_where_others_must_not_suffer() -> None:
    """One report among many, the last words of the command line, and a case let go of before the error goes on."""
    broad = set()
    for path in SOURCES:
        for node in _statements(path):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            ):
                broad.add(str(path.relative_to(ROOT / "src" / "sayso")))
    assert broad <= {
        "cli/speaking.py",
        "work/here.py",
        "work/adding.py",
        "work/taking_in.py",
        "work/checking_seals.py",
        "ledger/case.py",
    }


# What the docs say


def _blocks(*languages: str) -> list[tuple[str, str]]:
    return [
        (path.name, block)
        for path in DOCS
        for language, block in FENCED.findall(path.read_text(encoding="utf-8"))
        if language in languages
    ]


def _commands() -> list[tuple[str, str]]:
    return [
        (name, line.strip().removeprefix("$ "))
        for name, block in _blocks("sh", "bash", "console")
        for line in block.splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]


@pytest.mark.parametrize(("page", "command"), _commands())
def test_every_command_in_the_docs_exists(page: str, command: str) -> None:
    """`sayso` understands it, or make has the target."""
    words = shlex.split(command, comments=True)
    if "sayso" in words:
        words = words[words.index("sayso") + 1 :]
        for sign in ("|", ">", "<"):
            words = words[: words.index(sign)] if sign in words else words
        cli._parser().parse_args(words)
    elif words[0] == "make":
        made = (ROOT / "Makefile").read_text(encoding="utf-8")
        for target in words[1:]:
            assert "=" in target or re.search(rf"^{target}:", made, re.MULTILINE), target
    else:
        assert words[0] in ("git", "pip", "cat", "cd", "python", "python3"), command


@pytest.mark.parametrize(("page", "block"), _blocks("python"))
def test_python_in_the_docs_is_python(page: str, block: str) -> None:
    """It compiles, and the names it takes from sayso are there."""
    import sayso

    tree = ast.parse(block)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sayso":
            assert hasattr(sayso, node.attr)


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_in_the_docs_lead_somewhere(page: Path) -> None:
    """Those to files of ours."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def _options() -> list[str]:
    parser = cli._parser()
    commands = next(
        action for action in parser._actions if action.dest == "run" or (hasattr(action, "choices") and action.choices)
    )
    return sorted(set(_asked_of(dict(commands.choices or {}), "sayso")) - {"--help"})  # type: ignore[call-overload]


def _asked_of(commands: dict[str, argparse.ArgumentParser], before: str) -> Iterator[str]:
    """Every command with what it stands behind, and every option."""
    for name, command in commands.items():
        yield f"{before} {name}"
        for action in command._actions:
            yield from (option for option in action.option_strings if option.startswith("--"))
            if isinstance(action, argparse._SubParsersAction):
                yield from _asked_of(dict(action.choices), f"{before} {name}")


@pytest.mark.parametrize("asked", _options())
def test_every_command_and_option_has_its_words_in_the_docs(asked: str) -> None:
    """In some page of the docs."""
    assert any(asked in page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))


# Knowledge


def _subjects() -> list[str]:
    folder = ROOT / "src" / "sayso" / "knowledge"
    return [path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.toml"))]


@pytest.mark.parametrize("subject", _subjects())
def test_every_file_of_rows_has_its_test(subject: str) -> None:
    """Some test runs the rows' own examples, and names the file it runs."""
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path.parent.name != "house"]
    assert any(f'"{subject}"' in path.read_text(encoding="utf-8") for path in tests)


# What must not be committed

# In pieces, so that this file does not hold what it looks for.
HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"])
)


@pytest.mark.parametrize("path", _tracked(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_names_a_package_host_or_somebodys_folder(path: Path) -> None:
    """The checkout means the same on every machine."""
    if path.is_file():
        assert not HOSTS.search(path.read_text(encoding="utf-8", errors="replace"))


def test_the_lock_holds_every_dependency_with_its_hash() -> None:
    """And pins it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements" / "test.txt").read_text(encoding="utf-8")
    pinned = {match.lower() for match in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.match(r"[\w.-]+", wish)[0].lower() for wish in wanted}  # type: ignore[index]
    assert names <= pinned
    for entry in re.split(r"\n(?=\w)", lock.strip()):
        assert "--hash=sha256:" in entry
