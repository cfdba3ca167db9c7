"""Checks of many reports for an editor: as lines, and as JSON."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sayso.export.ink import safe
from sayso.record import FORMAT, Check, Problem, Reading, Span

Json = dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """One file's checks, or the problem that stood in the way."""

    path: str
    reading: Reading | None = None
    problem: Problem | None = None

    def checks(self, *, everything: bool) -> tuple[Check, ...]:
        """What does not hold, in the order of the text; with `everything` also what holds, and what cannot be told."""
        found = self.reading.checks if self.reading is not None else ()
        told = (check for check in found if everything or check.holds is False)
        return tuple(sorted(told, key=lambda check: (check.spans, check.kind)))

    @property
    def is_amiss(self) -> bool:
        """Whether something in it does not hold, or it could not be read."""
        return self.problem is not None or bool(self.checks(everything=False))

    @property
    def text(self) -> str:
        """The sealed text that spans point into."""
        return self.reading.page.report.text if self.reading is not None else ""

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(at + 1 for at, char in enumerate(self.text) if char == "\n"))

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both from 1, the column in code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def words(self, span: Span) -> str:
        """The words of a stretch."""
        return self.text[span.start : span.end]


# Lines -------------------------------------------------------------------------------------------

VERDICTS = {True: "holds", False: "does not hold", None: "look"}


def lines(files: Sequence[Checked], *, everything: bool) -> list[str]:
    """For each check a line `path:line:column: rule: what`, and below it the words compared, each with its place."""
    found = []
    for file in files:
        for check in file.checks(everything=everything):
            line, column = file.place(check.spans[0].start)
            verdict = "" if check.holds is False else f" [{VERDICTS[check.holds]}]"
            found.append(f"{safe(file.path)}:{line}:{column}: {check.kind}: {safe(check.says)}{verdict}")
            found.append("    " + "  |  ".join(_quoted(file, span) for span in check.spans))
    return [*found, summary(files, everything=everything)]


def _quoted(file: Checked, span: Span) -> str:
    line, column = file.place(span.start)
    return f"{line}:{column} “{safe(file.words(span))}”"


def summary(files: Sequence[Checked], *, everything: bool) -> str:
    """How many do not hold in the reports that were read, and how many more there are to look at."""
    checks = [check for file in files for check in file.checks(everything=True)]
    faults = sum(check.holds is False for check in checks)
    more = len(checks) - faults
    hidden = "" if everything or not more else f"; {more} more with --all"
    told = _counted(faults, "thing") if faults else "Nothing"
    read = sum(file.reading is not None for file in files)
    unread = f"; {_counted(len(files) - read, 'file')} could not be read" if read < len(files) else ""
    return f"{told} amiss in {_counted(read, 'report')}{unread}{hidden}" if read or not files else "No report was read"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


# JSON --------------------------------------------------------------------------------------------


def as_json(files: Iterable[Checked], *, everything: bool) -> Json:
    """One object: the files in order, each with its checks and where they stand, or with its problem."""
    return {"format": FORMAT, "files": [_file(file, everything=everything) for file in files]}


def _file(file: Checked, *, everything: bool) -> Json:
    problem = file.problem
    return {
        "path": file.path,
        "problem": None if problem is None else {"kind": problem.kind, "says": problem.says},
        "checks": [_check(file, check) for check in file.checks(everything=everything)],
    }


def _check(file: Checked, check: Check) -> Json:
    return {
        "rule": check.kind,
        "holds": check.holds,
        "says": check.says,
        "compared": [
            {"span": [span.start, span.end], **region(file, span), "words": file.words(span)} for span in check.spans
        ],
    }


def region(file: Checked, span: Span) -> Json:
    """A stretch by lines and columns, both from 1, the end column past the last character."""
    (line, column), (end_line, end_column) = file.place(span.start), file.place(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
