"""`sayso add`: reports into a case."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sayso.cli.look import plain_utf8, write
from sayso.cli.opening import add_case, add_who, folder, now, print_line, who
from sayso.cli.options import add_given, said_of_all, workers
from sayso.cli.speaking import DONE, REFUSED, tell

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.work.adding import Outcome, Summary

COPIED_SHOWN = 5
EXAMPLES = """examples:
  sayso add reports/                            a folder, with all that is in it
  sayso add --case minas mail.eml feed.xml      mails, feeds, WARC, WACZ, ninjs, JSONL come apart into reports
  sayso add https://news.example/a-page         a page of the web, fetched politely
  sayso add --published 2024-03-12 report.txt   with a date the report does not give

What was added is there for good, also if the rest is cut off: the same command goes on. The same bytes are one report.

exit codes: 0 all was added or known, 1 something could not be read, 2 the command was not understood."""


def add_commands(commands: Any) -> None:
    """What `sayso add` can be asked."""
    add = commands.add_parser(
        "add",
        help="add reports to a case: files, folders, mails, feeds, archives, addresses of the web",
        description="Read reports and add them to a case, which is made if it is not there.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add.set_defaults(run=_add)
    add.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or an address of the web")
    add_given(add)
    add.add_argument("--workers", metavar="N", type=workers, help="processes (default: the cores, three at most)")
    add_who(add)
    add.add_argument("--json", action="store_true", help="print what came of each report as a line of JSON")
    add.add_argument(
        "--progress", action="store_true", help="tell on stderr how far it is, also where that is no terminal"
    )
    add_case(add)


def _add(asked: argparse.Namespace) -> int:
    from sayso.work.adding import Adding, Summary, add_all

    by, folders = said_of_all(asked)
    order = Adding(who(asked), now, by, folders, asked.tagger)
    summary, telling = Summary(), Telling(asked)
    case = _opened_or_made(asked)
    try:
        for outcome in add_all(case, asked.paths, order, workers=asked.workers):
            summary.count(outcome)
            telling.one(outcome)
        telling.end()
        if not asked.json:
            write("".join(f"{line}\n" for line in told(summary, _shorts(case, summary), folder(asked))))
    finally:
        case.closed()
    return REFUSED if summary.failed else DONE


def _opened_or_made(asked: argparse.Namespace) -> Case:
    """The case that is meant; a new one where there is none, which is said."""
    from sayso.ledger.case import made, opened
    from sayso.ledger.problems import CaseExists, NoCase

    try:
        return opened(folder(asked))
    except NoCase:
        try:
            case = made(folder(asked), at=now(), who=who(asked))
        except CaseExists as taken:
            return _made_meanwhile(asked, taken)
        tell(f"a new case is in {case.folder}")
        return case


def _made_meanwhile(asked: argparse.Namespace, taken: Exception) -> Case:
    """The case that another process made in this moment; where there is none, the folder holds something else."""
    from sayso.ledger.case import opened
    from sayso.ledger.problems import NoCase

    try:
        return opened(folder(asked))
    except NoCase:
        raise taken from None


class Telling:
    """What came of each report: as lines of JSON where asked for, else what failed, and how far it is."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.json, self.done, self.failed = asked.json, 0, 0
        self.shown = asked.progress or (sys.stderr.isatty() and not asked.json)
        if self.json:
            plain_utf8(sys.stdout)

    def one(self, outcome: Outcome) -> None:
        """Tell of one."""
        self.done += outcome.what != "noted"
        self.failed += outcome.what == "failed"
        if self.json:
            print_line(as_json(outcome))
        elif outcome.problem is not None:
            self._clear()
            tell(_reason(outcome))
        if self.shown:
            print(f"\r{self.done:,} done, {self.failed:,} not read", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        self._clear()

    def _clear(self) -> None:
        if self.shown and self.done:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)


def _reason(outcome: Outcome) -> str:
    """Where it came from and what stood in the way; the reason may name the place itself."""
    says = outcome.problem.says if outcome.problem else ""
    place = outcome.came.path or outcome.came.url or ""
    return says if place and place in says and not outcome.came.locator else f"{outcome.came.says}: {says}"


def as_json(outcome: Outcome) -> dict[str, Any]:
    """What came of one report, for programs."""
    came, added, problem = outcome.came, outcome.added, outcome.problem
    return {
        "what": outcome.what,
        "report": added.report if added else None,
        "copy_of": list(added.copy_of) if added else [],
        "incidents": list(added.incidents) if added else [],
        "path": came.path,
        "url": came.url,
        "container": came.container,
        "locator": came.locator,
        "problem": {"kind": problem.kind, "says": problem.says} if problem else None,
    }


def _shorts(case: Case, summary: Summary) -> dict[str, str]:
    from sayso.ledger.asking.pointing import shorts

    with case.reading() as connection:
        return shorts(connection, summary.copied)


def told(summary: Summary, shorts: dict[str, str], case: str) -> Iterator[str]:
    """What a run came to: added, copies of what, known, failed."""
    from sayso.export.aloud import agreeing, several

    copies = ""
    if summary.copies:
        most = sorted(summary.copied, key=lambda report: (-summary.copied[report], report))
        named = ", ".join(f"{shorts[report]} ({summary.copied[report]:,})" for report in most[:COPIED_SHOWN])
        more = f" and {len(most) - COPIED_SHOWN:,} more" if len(most) > COPIED_SHOWN else ""
        share = agreeing("shares", many=summary.copies > 1)
        copies = f"; {summary.copies:,} of them {share} a telling with others: {named}{more}"
    yield f"{several(summary.added, 'report')} added to {case}{copies}"
    if summary.known:
        yield f"{summary.known:,} known already"
    if summary.failed:
        kinds = Counter(outcome.problem.kind for outcome in summary.failed if outcome.problem)
        reasons = ", ".join(f"{kind.replace('_', ' ')} {count:,}" for kind, count in kinds.most_common())
        yield f"{len(summary.failed):,} not read, for the reasons above ({reasons}); `sayso case info` keeps them"
    if summary.added:
        yield "Go on with: sayso incidents"
