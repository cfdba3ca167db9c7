"""`sayso demo` and `sayso sample`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from sayso.cli.look import write
from sayso.cli.options import add_look
from sayso.cli.speaking import DONE, misused

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.work.case import OpenCase

SHOWN = 2


def add_commands(commands: Any) -> None:
    """What `sayso demo` and `sayso sample` can be asked."""
    _add_demo(commands)
    _add_sample(commands)


def _add_demo(commands: Any) -> None:
    demo = commands.add_parser(
        "demo",
        help="add the sample to a case that is thrown away, and show its most contested incidents",
        description="Add the sample, reports of an invented conflict, to a case that is thrown away, and show the two "
        "incidents in it that are most contested: who says what, and how that is known.",
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
    from pathlib import Path
    from tempfile import TemporaryDirectory

    folder = resources.files("sayso").joinpath("sample")
    with resources.as_file(folder) as sample, TemporaryDirectory() as temporary:
        case = case_of_sample(sample, Path(temporary) / "sample")
        try:
            _show_most_contested(case, asked)
        finally:
            case.close()
    return DONE


def case_of_sample(sample: Path, folder: Path) -> OpenCase:
    """The reports of the sample in a new case, read with the rows of the sample."""
    from sayso.work.case import new_case

    case = new_case(folder, who="demo")
    for _ in case.add(_sample_files(sample), knowledge=[sample / "knowledge"]):
        pass
    return case


def _show_most_contested(case: OpenCase, asked: argparse.Namespace) -> None:
    from sayso.cli.opening import look
    from sayso.export.demo_page import page
    from sayso.export.pointed import pointed_in

    found = [case.incident(row.id) for row in case.incidents(limit=SHOWN, tray=False)]
    told = [(one.incident, pointed_in(case.ledger, one)) for one in found]
    write(page(case.info(), told, **look(asked)))


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
    print(f"{count} invented reports are in {target}. Try: sayso add --knowledge {target}/knowledge {target}")
    return DONE
