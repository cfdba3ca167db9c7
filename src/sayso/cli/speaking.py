"""What a command says when something is amiss, and how it ends: in words, never in a traceback."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

DONE, REFUSED, MISUSED, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141


class Spoken(Exception):
    """A command ended early, and the person has been told why."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


@contextmanager
def plain_speech(*, debug: bool, path: str = "") -> Iterator[None]:
    """Turn what can go wrong into words for a person; with `debug`, let the traceback through."""
    from sayso.ledger.problems import CaseProblem
    from sayso.problems import BadKnowledge, NoTagger, Refused, WrongModel

    try:
        yield
    except (BrokenPipeError, KeyboardInterrupt, Spoken):
        raise
    except Exception as error:
        if debug:
            raise
        match error:
            case Refused() | WrongModel():
                tell(str(error) if not path or path in str(error) else f"{path}: {error}")
                raise Spoken(REFUSED) from error
            case BadKnowledge() | NoTagger():
                tell(str(error))
                raise Spoken(MISUSED) from error
            case CaseProblem():
                tell(str(error))
                raise Spoken(REFUSED if isinstance(error, _in_the_way()) else MISUSED) from error
            case _ if "disk is full" in str(error) or "No space left" in str(error):
                tell("the disk is full. What was acknowledged is kept; make room, and give the same command again.")
                raise Spoken(REFUSED) from error
            case OSError(errno=errno.ENOSPC):
                tell("the disk that the output goes to is full. Make room, or send it elsewhere.")
                raise Spoken(REFUSED) from error
            case _:
                tell(
                    f"a fault in Sayso itself ({type(error).__name__}: {error}). The same command with --debug shows "
                    "where; please report it with that."
                )
                raise Spoken(REFUSED) from error


def _in_the_way() -> tuple[type[Exception], ...]:
    """Problems of the case; all others are of the command: an id that nothing has, a ruling that does not fit."""
    from sayso.ledger import problems

    return (
        problems.NewerCase,
        problems.NoDatabase,
        problems.CaseBusy,
        problems.DamagedOriginal,
        problems.Contradicts,
        problems.Erased,
        problems.CannotErase,
    )


def tell(says: str) -> None:
    """Say something to the person, on stderr."""
    from sayso.export.ink import safe

    print(f"sayso: {safe(says)}", file=sys.stderr)


def misused(says: str) -> NoReturn:
    """End the command: it was not understood, and this is why."""
    tell(says)
    raise Spoken(MISUSED)
