"""The command line. Nothing heavy is imported before it is needed: `sayso --help` answers at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from sayso import __version__
from sayso.cli import add, ask, case, check, compare, desk, export, read, rule, sample, share, team, trace
from sayso.cli.speaking import INTERRUPTED, PIPE_CLOSED, Spoken, plain_speech

ABOUT = """Sayso reads reports of a conflict and shows what was said to have happened, and on whose say-so.
It never decides who is right."""
EXAMPLES = """examples:
  sayso add reports/                 add reports to a case, which is made if it is not there
  sayso incidents                    what is told in it, the most contested first
  sayso incident inc-b6f6            who says what of one happening, and how that is known
  sayso search bridge --act denies   sentences, by words and by who says what in them
  sayso desk                         the same in the browser
  sayso read report.html             one report alone
  sayso check report.txt             what in a text does not add up
  sayso demo                         all of it on invented reports"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    asked = parser.parse_args(argv)
    # One thread of linear algebra a process: the second core belongs to the second worker.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    try:
        one = getattr(asked, "paths", [])
        with plain_speech(debug=asked.debug, path=one[0] if len(one) == 1 else ""):
            code: int = asked.run(asked)
            sys.stdout.flush()
            return code
    except BrokenPipeError:
        # Whoever read our output has gone; python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Spoken as end:
        return end.code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sayso", description=ABOUT, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"sayso {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for sort in (desk, add, ask, trace, rule, case, team, share, export, read, check, compare, sample):
        sort.add_commands(commands)
    return parser
