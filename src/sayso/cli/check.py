"""`sayso check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from sayso.cli.look import plain_utf8, write
from sayso.cli.options import add_given, reading, said_of_all
from sayso.cli.speaking import DONE, REFUSED, tell

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.export.checked import Checked
    from sayso.record import Given, Problem, Reading

EXAMPLES = """examples:
  sayso check report.txt                        what does not hold, with its place
  sayso check --all reports/                    also what holds and what an editor must look at
  sayso check --sarif reports/ > checks.sarif   for an editor or a code host

exit codes: 0 nothing amiss, 1 something does not hold or could not be read, 2 the command was not understood."""


def add_commands(commands: Any) -> None:
    """What `sayso check` can be asked."""
    check = commands.add_parser(
        "check",
        help="tell an editor what in a report does not add up",
        description="Read reports and list what in them does not add up: figures, dates, ages, spellings.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.set_defaults(run=_check, explain=False)
    check.add_argument("paths", nargs="+", metavar="FILE", help="a file, a folder, or - for standard input")
    form = check.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--sarif", action="store_true", help="print SARIF 2.1.0, for editors and code hosts")
    check.add_argument(
        "--all", action="store_true", help="also what holds, what cannot be told and what stands without a source"
    )
    add_given(check)
    check.add_argument("--debug", action="store_true", help="show the traceback of an error")


# sayso check


def _check(asked: argparse.Namespace) -> int:
    from sayso.export.checked import as_json, lines
    from sayso.export.record_json import dumped
    from sayso.export.sarif import as_sarif
    from sayso.work.here import known

    by, folders = said_of_all(asked)
    files = [_checked(path, by, folders, asked) for path in _files_to_check(asked.paths)]
    for file in files:
        if file.problem is not None:
            tell(file.problem.says if file.path in file.problem.says else f"{file.path}: {file.problem.says}")
    if asked.json or asked.sarif:
        plain_utf8(sys.stdout)
        rules = known(folders).rows("checks")
        made = as_json(files, everything=asked.all) if asked.json else as_sarif(files, rules, everything=asked.all)
        print(dumped(made, pretty=sys.stdout.isatty()))
    else:
        write("\n".join(lines(files, everything=asked.all)) + "\n")
    return REFUSED if any(file.is_amiss for file in files) else DONE


def _files_to_check(paths: Sequence[str]) -> Iterator[tuple[str, Problem | None]]:
    """Each file asked for, folders walked; what is no file comes with its problem."""
    from sayso.intake.files import walk

    for path in paths:
        if path == "-":
            yield path, None
            continue
        for found in walk([path]):
            yield str(found.path), found.problem


def _checked(
    found: tuple[str, Problem | None], by: Given, folders: tuple[Path, ...], asked: argparse.Namespace
) -> Checked:
    from sayso.export.checked import Checked
    from sayso.work.here import Order, attempt

    path, problem = found
    if problem is not None:
        return Checked(path, problem=problem)
    if path == "-":
        return Checked(path, reading(path, asked))
    outcome = attempt(path, Order(by, folders, _itself, asked.tagger))
    return Checked(path, cast("Reading | None", outcome.made), outcome.problem)


def _itself(reading: Reading) -> Reading:
    return reading
