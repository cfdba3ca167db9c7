"""Every problem a person can meet: what was met, where, and what to do about it.

A `Refused` ends the reading of one report, never of the others. A `Problem` beside a reading says
what was lost while the rest was read.
"""

from __future__ import annotations

from sayso.record import Problem


class Refused(Exception):
    """A report that cannot be read. `problem` says what was met and what to do."""

    def __init__(self, kind: str, says: str) -> None:
        super().__init__(says)
        self.problem = Problem(kind, says)


class BadKnowledge(Exception):
    """A knowledge folder or row that cannot be used: which file, which row, what is wrong with it."""


class WrongModel(Exception):
    """A language model whose files are not those that Sayso was measured with: which file, and what to do."""


class NoTagger(ValueError):
    """A name of a tagger there is none of: which name, where it was given, and the names there are."""
