"""Options that several commands share, and what they ask for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.cli.speaking import misused

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.record import Given, Reading


def add_given(parser: argparse.ArgumentParser) -> None:
    """What a person says of every report that is read."""
    parser.add_argument(
        "--published", metavar="DATE", help="when the report came out, where it does not say: 2024-03-12"
    )
    parser.add_argument("--publisher", metavar="NAME", help="who published it, where it does not say")
    add_reading(parser)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """With what reports are read."""
    parser.add_argument(
        "--knowledge",
        metavar="DIR",
        action="append",
        default=[],
        help="a folder of rows of your own, read over Sayso's (may be given more than once)",
    )
    parser.add_argument(
        "--tagger",
        metavar="NAME",
        help="which trained weights help the rules: polnear (default), open or none; see docs/tagger.md",
    )


def add_look(parser: argparse.ArgumentParser) -> None:
    """How wide and how coloured the page is."""
    parser.add_argument(
        "--width", metavar="N", type=int, help="cells in a line (default: the terminal's, 80 when piped)"
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="default: in a terminal, unless NO_COLOR is set",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")


def workers(text: str) -> int:
    """A number of processes, as it is written on the command line."""
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 to 64")
    return int(text)


def said_of_all(asked: argparse.Namespace) -> tuple[Given, tuple[Path, ...]]:
    """What the options say of every report, looked at before any is read."""
    from sayso.work.here import given, tagger_named

    try:
        by = given(asked.published, asked.publisher)
    except ValueError as error:
        misused(f"--published: {error}")
    try:
        tagger_named(asked.tagger)
    except ValueError as error:
        if asked.tagger:
            misused(f"--tagger: {error}")
        raise
    return by, knowledge(asked.knowledge)


def knowledge(named: Sequence[str]) -> tuple[Path, ...]:
    """The folders of rows, looked at before anything is read."""
    from pathlib import Path

    from sayso.work.here import known

    folders = tuple(Path(name) for name in named)
    known(folders)
    return folders


def reading(path: str, asked: argparse.Namespace) -> Reading:
    """One report, from a file or from standard input."""
    from sayso.work import here

    options = {"published": asked.published, "publisher": asked.publisher, "knowledge": asked.knowledge}
    options["tagger"] = asked.tagger
    if asked.explain:
        return here.read_explained(path if path != "-" else standard_input(), **options)
    if path != "-":
        return here.read(path, **options)
    return here.read_bytes(standard_input(), **options)


def standard_input() -> bytes:
    """What is piped in, up to one byte more than is read of any report."""
    from sayso.intake.seal import LIMIT

    if sys.stdin is None:
        misused("nothing can be read from standard input: it is closed. Name a file, or pipe the report in.")
    if sys.stdin.isatty():
        print("Paste the report, then press Ctrl-D on a line of its own.", file=sys.stderr)
    return sys.stdin.buffer.read(LIMIT + 1)
