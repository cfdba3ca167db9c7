"""`sayso read`."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from sayso.cli.look import coloured, plain_utf8, width, write
from sayso.cli.options import add_given, add_look, reading, said_of_all, workers
from sayso.cli.speaking import DONE, REFUSED, misused

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.record import Given, Problem, Reading
    from sayso.work.here import Outcome

EXAMPLES = """examples:
  sayso read report.html                        a page for the terminal
  sayso read --published 2024-03-12 report.txt  with a date the report does not give
  sayso read --json report.txt                  one JSON object
  sayso read --jsonl reports/ more.txt          one JSON object a line, folders walked
  sayso read --explain report.txt               with why there are events, and why none
  cat report.txt | sayso read -                 from standard input
  sayso check report.txt                        what in it does not add up

exit codes: 0 all was read, 1 something could not be read, 2 the command was not understood."""


def add_commands(commands: Any) -> None:
    """What `sayso read` can be asked."""
    read = commands.add_parser(
        "read",
        help="read a report: who says what, what is told to have happened",
        description="Read a report (plain text or HTML, any common encoding) and show what is in it.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    read.set_defaults(run=_read)
    read.add_argument(
        "paths", nargs="+", metavar="FILE", help="a file, or - for standard input; with --jsonl, folders too"
    )
    form = read.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print one JSON object: indented in a terminal, on one line when piped"
    )
    form.add_argument(
        "--jsonl",
        action="store_true",
        help="read any number of files and folders, one JSON object a line, in the order given",
    )
    add_given(read)
    read.add_argument(
        "--explain",
        action="store_true",
        help="say what each event was found by, and of what looks like one why it is none; in JSON as `explained`",
    )
    read.add_argument(
        "--workers",
        metavar="N",
        type=workers,
        help="processes for --jsonl (default: the cores, three at most; each takes about half a gigabyte)",
    )
    read.add_argument(
        "--progress", action="store_true", help="tell on stderr how far --jsonl is, also when it is no terminal"
    )
    add_look(read)


# sayso read


def _read(asked: argparse.Namespace) -> int:
    by, folders = said_of_all(asked)
    if asked.jsonl:
        return _read_many(asked, by, folders)
    if len(asked.paths) > 1:
        misused("one FILE at a time is shown. To read several, or a folder, use --jsonl.")
    return _read_one(asked)


def _read_one(asked: argparse.Namespace) -> int:
    path = asked.paths[0]
    if path != "-" and os.path.isdir(path):  # noqa: PTH112 - a path with odd bytes must not fail here
        misused(f"{path} is a folder. To read all that is in it, use --jsonl.")
    found = reading(path, asked)
    if asked.json:
        from sayso.export.record_json import as_json, dumped

        plain_utf8(sys.stdout)
        print(dumped(as_json(found), pretty=sys.stdout.isatty()))
    else:
        _show(found, asked)
    return DONE


def _read_many(asked: argparse.Namespace, by: Given, folders: tuple[Path, ...]) -> int:
    from sayso.export.record_json import as_line, dumped, refused_json
    from sayso.intake.files import walk
    from sayso.work.here import Order
    from sayso.work.processes import read_all

    if "-" in asked.paths:
        misused("- (standard input) holds one report: read it with --json.")
    found = list(walk(asked.paths))
    outcomes = read_all(
        [str(file.path) for file in found if file.problem is None],
        Order(by, folders, as_line, asked.tagger, asked.explain),
        workers=asked.workers,
    )
    plain_utf8(sys.stdout)
    count = _Count(len(found), shown=asked.progress or (sys.stderr.isatty() and not sys.stdout.isatty()))
    for file in found:
        path, problem, line = str(file.path), file.problem, None
        if problem is None:
            outcome: Outcome[object] = next(outcomes)
            problem, line = outcome.problem, outcome.made
        print(line if problem is None else dumped(refused_json(path, problem)), flush=True)
        count.one(problem)
    return count.end()


class _Count:
    """How many files were read and refused, told on stderr if somebody is there to see it."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self.total, self.shown, self.done, self.refused = total, shown, 0, 0

    def one(self, problem: Problem | None) -> None:
        """Count one file."""
        self.done += 1
        self.refused += problem is not None
        if self.shown:
            print(f"\r{self.done} of {self.total}, {self.refused} not read", end="", file=sys.stderr, flush=True)

    def end(self) -> int:
        """The exit code, once all are done."""
        if self.shown and self.done:
            print(file=sys.stderr)
        return REFUSED if self.refused else DONE


def _show(reading: Reading, asked: argparse.Namespace) -> None:
    from sayso.export import terminal

    write(terminal.page(reading, width=width(asked), colour=coloured(asked)))
