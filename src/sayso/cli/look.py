"""How what is printed looks: as wide as the terminal, coloured where that is wanted, JSON in UTF-8."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TextIO


def write(page: str) -> None:
    """Print a page as it is."""
    # A terminal that lacks a character gets its number instead of nothing at all.
    _reconfigure(sys.stdout, errors="backslashreplace")
    sys.stdout.write(page)


def plain_utf8(stream: TextIO) -> None:
    """JSON travels in UTF-8 wherever it goes; half a character in a path becomes the JSON escape of it."""
    _reconfigure(stream, encoding="utf-8", errors="backslashreplace", newline="\n")


def _reconfigure(stream: TextIO, **how: str) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**how)


def width(asked: argparse.Namespace) -> int:
    """How many cells a line may take."""
    if asked.width:
        return int(asked.width)
    import shutil

    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80


def coloured(asked: argparse.Namespace) -> bool:
    """Whether colour is wanted."""
    match asked.color:
        case "always":
            return True
        case "never":
            return False
        case _:
            return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
