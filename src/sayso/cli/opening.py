"""What all commands on a case share: which case, who asks, what time it is, and where things stand in its reports."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sayso.cli.look import coloured, plain_utf8, width

if TYPE_CHECKING:
    from sayso.ledger.case import Case

CASE, USER = "SAYSO_CASE", "SAYSO_USER"
DEFAULT = "sayso-case"


def add_case(parser: argparse.ArgumentParser) -> None:
    """Which case is meant."""
    parser.add_argument(
        "--case", metavar="DIR", help=f"the folder of the case (default: ${CASE}, else {DEFAULT} in this folder)"
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")


def add_shape(parser: argparse.ArgumentParser) -> None:
    """As a page or as JSON, and how the page looks."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of a page")
    parser.add_argument("--width", metavar="N", type=int, help="cells in a line")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")


def add_who(parser: argparse.ArgumentParser) -> None:
    """Who does it."""
    parser.add_argument(
        "--as", dest="who", metavar="NAME", help=f"who does this (default: ${USER}, else your login name)"
    )


def folder(asked: argparse.Namespace) -> str:
    """The folder of the case that is meant."""
    return asked.case or os.environ.get(CASE) or DEFAULT


@contextmanager
def case_of(asked: argparse.Namespace) -> Iterator[Case]:
    """The case that is meant, opened. Raises `NoCase` where there is none."""
    from sayso.ledger.case import opened

    case = opened(folder(asked))
    try:
        yield case
    finally:
        case.closed()


def who(asked: argparse.Namespace) -> str:
    """Who does it: as given, else as the environment says, else the login name."""
    from sayso.work.case import login

    return asked.who or login()


def now() -> str:
    """The time, as a case writes it."""
    from sayso.work.case import now

    return now()


def plain_id(typed: str) -> str:
    """An id as it was printed, without the line and column that pages print behind a report's.

    >>> plain_id("e8770d28:3:14"), plain_id("sha256:e8770d28"), plain_id("e8770d28#st3")
    ('e8770d28', 'sha256:e8770d28', 'e8770d28#st3')
    """
    return place_of(typed)[0]


def place_of(typed: str) -> tuple[str, str]:
    """An id and the place behind it, as pages print it: `3:14`, or `@120` for an offset.

    >>> place_of("sha256:e8770d28:3:14"), place_of("e8770d28:@120"), place_of("inc-1")
    (('sha256:e8770d28', '3:14'), ('e8770d28', '@120'), ('inc-1', ''))
    """
    import re

    found = re.fullmatch(r"(.*?):(@\d+|\d+:\d+)", typed)
    return (found[1], found[2]) if found else (typed, "")


def print_json(found: Any) -> None:
    """One JSON document: indented in a terminal, on one line when piped."""
    import sys

    from sayso.export.record_json import dumped

    plain_utf8(sys.stdout)
    print(dumped(found, pretty=sys.stdout.isatty()))


def print_line(found: Any) -> None:
    """One line of JSON among many, at once."""
    from sayso.export.record_json import dumped

    print(dumped(found), flush=True)


def print_answer(case: Case, found: Any) -> None:
    """One thing that a case answers, private persons withheld."""
    from sayso.export.ledger_json import answer

    print_json(answer(case, found))


def print_answers(case: Case, found: Iterable[Any]) -> None:
    """A list of such things."""
    from sayso.export.ledger_json import answers

    print_json(answers(case, found))


def look(asked: argparse.Namespace) -> dict[str, Any]:
    """How a page is to look, for the page's own options."""
    return {"width": width(asked), "colour": coloured(asked)}
