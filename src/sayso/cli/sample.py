"""`sayso demo` and `sayso sample`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from sayso.cli.look import coloured, width, write
from sayso.cli.options import add_look
from sayso.cli.speaking import DONE, misused

if TYPE_CHECKING:
    from pathlib import Path


def add_commands(commands: Any) -> None:
    """What `sayso demo` and `sayso sample` can be asked."""
    _add_demo(commands)
    _add_sample(commands)


def _add_demo(commands: Any) -> None:
    demo = commands.add_parser(
        "demo",
        help="read the sample: who says what in it, and what is denied",
        description="Read the sample, reports of an invented conflict, and show who says what and what is denied.",
    )
    demo.set_defaults(run=_demo)
    add_look(demo)


def _add_sample(commands: Any) -> None:
    sample = commands.add_parser(
        "sample",
        help="copy the invented reports of the sample into a folder, to try things on",
        description="Copy the sample, invented reports of an invented conflict, into a folder.",
    )
    sample.set_defaults(run=_sample)
    sample.add_argument("folder", nargs="?", default="sayso-sample", metavar="DIR", help="default: sayso-sample")
    sample.add_argument("--debug", action="store_true", help="show the traceback of an error")


# sayso demo, sayso sample


def _demo(asked: argparse.Namespace) -> int:
    from importlib import resources

    from sayso.export import digest
    from sayso.work import here

    folder = resources.files("sayso").joinpath("sample")
    with resources.as_file(folder) as sample:
        files = _sample_files(sample)
        rows = (sample / "knowledge",) if (sample / "knowledge").is_dir() else ()
        readings = {file.name: here.read(file, knowledge=rows) for file in files}
    write(digest.demo(readings, width=width(asked), colour=coloured(asked)))
    return DONE


def _sample_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix in (".txt", ".html"))


def _sample(asked: argparse.Namespace) -> int:
    import shutil
    from importlib import resources
    from pathlib import Path

    target = Path(asked.folder)
    if target.exists():
        misused(f"{target} is there already. Name a folder that is not, or remove it first.")
    with resources.as_file(resources.files("sayso").joinpath("sample")) as sample:
        try:
            target.mkdir(parents=True)
            for file in _sample_files(sample):
                shutil.copyfile(file, target / file.name)
            if (sample / "knowledge").is_dir():
                shutil.copytree(sample / "knowledge", target / "knowledge")
        except OSError as error:
            misused(f"{target} cannot be written: {error.strerror or error}.")
    count = len(_sample_files(target))
    print(f"{count} invented reports are in {target}. Try: sayso read --knowledge {target}/knowledge {target}/01*")
    return DONE
