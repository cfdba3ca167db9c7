"""The case itself: `sayso case info`, `case new`, `case reread`, and `sayso verify`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sayso.cli.look import write
from sayso.cli.opening import add_case, add_shape, add_who, case_of, folder, look, now, print_json, who
from sayso.cli.options import add_reading, workers
from sayso.cli.speaking import DONE, REFUSED, tell

if TYPE_CHECKING:
    from sayso.ledger.case import Case


def add_commands(commands: Any) -> None:
    """What can be asked and done of a case as a whole."""
    case = commands.add_parser(
        "case",
        help="what a case holds and covers; make one; read its reports anew",
        description="What a case holds and covers over time; make one; read its reports anew.",
    )
    does = case.add_subparsers(title="what to do", metavar="WHAT", required=True)
    info = does.add_parser("info", help="counts, dates, what failed, and what each publisher covers over time")
    info.set_defaults(run=_info)
    add_case(info)
    add_shape(info)
    _add_new(does)
    _add_reread(does)
    _add_verify(commands)


def _add_new(does: Any) -> None:
    new = does.add_parser("new", help="make an empty case (adding to a case that is not there makes it, too)")
    new.set_defaults(run=_new)
    new.add_argument("case", metavar="DIR", help="a folder that is not there, or is empty")
    new.add_argument("--title", metavar="TITLE", help="what the case is about")
    new.add_argument("--database", metavar="URL", help="keep it in PostgreSQL: postgresql://user@host/name")
    add_who(new)
    new.add_argument("--debug", action="store_true", help="show the traceback of an error")


def _add_reread(does: Any) -> None:
    reread = does.add_parser("reread", help="read all reports anew, with this version and these rows; decisions stay")
    reread.set_defaults(run=_reread)
    add_reading(reread)
    reread.add_argument("--workers", metavar="N", type=workers, help="processes (default: the cores, three at most)")
    reread.add_argument("--json", action="store_true", help="print what came of each report as a line of JSON")
    reread.add_argument("--progress", action="store_true", help="tell on stderr how far it is")
    add_who(reread)
    add_case(reread)


def _add_verify(commands: Any) -> None:
    verify = commands.add_parser(
        "verify",
        help="hash every original and the whole audit anew, and tell what does not hold",
        description="Hash every original and the whole audit anew, and tell what does not hold.",
        epilog="exit codes: 0 all holds, 1 something does not, 2 the command was not understood.",
    )
    verify.set_defaults(run=_verify)
    verify.add_argument("--evidence", metavar="DIR", help="also write what sha256sum alone can check into this folder")
    verify.add_argument("--head", metavar="HASH", help="the head of the audit that an earlier verify told")
    add_case(verify)
    add_shape(verify)


def _info(asked: argparse.Namespace) -> int:
    from sayso.export.case_page import page
    from sayso.export.ledger_json import answer
    from sayso.ledger.asking.coverage import case_info
    from sayso.ledger.asking.failed import failed

    with case_of(asked) as case:
        info, met = case_info(case), failed(case)
        if asked.json:
            print_json({**answer(case, info), "failed": [asdict(one) for one in met]})
        else:
            write(page(info, met, **look(asked)))
    return DONE


def _new(asked: argparse.Namespace) -> int:
    from sayso.ledger.case import made

    case = made(folder(asked), at=now(), who=who(asked), title=asked.title, database=asked.database)
    write(f"A new case is in {case.folder}. Add reports to it: sayso add --case {asked.case} reports/\n")
    case.closed()
    return DONE


def _verify(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from sayso.export.verdict_page import page
    from sayso.ledger.evidence import evidence
    from sayso.ledger.verifying import verified

    with case_of(asked) as case:
        if asked.evidence:
            hashes = evidence(case, Path(asked.evidence))
            tell(f"{hashes:,} hashes are in {asked.evidence}. Check them with: sha256sum --check --quiet SHA256SUMS")
        verdict = verified(case, known_head=asked.head)
    if asked.json:
        print_json(asdict(verdict))
    else:
        write(page(verdict, **look(asked)))
    return DONE if verdict.holds else REFUSED


def _reread(asked: argparse.Namespace) -> int:
    from collections import Counter

    from sayso.cli.add import Telling
    from sayso.cli.options import knowledge
    from sayso.export.aloud import several
    from sayso.work.adding import Adding, reread_all

    order = Adding(who(asked), now, folders=knowledge(asked.knowledge), tagger=asked.tagger)
    came: Counter[str] = Counter()
    with case_of(asked) as case:
        waiting, telling = _waiting(case), Telling(asked)
        for outcome in reread_all(case, order, workers=asked.workers):
            came[outcome.what] += 1
            telling.one(outcome)
        telling.end()
        lost = _waiting(case) - waiting
    if not asked.json:
        write(f"{several(came['read'], 'report')} read anew, {came['known']:,} as they were\n")
        if lost > 0:
            write(f"{several(lost, 'thing')} to look at: sayso decisions\n")
    return REFUSED if came["failed"] else DONE


def _waiting(case: Case) -> int:
    """How many things wait for a person."""
    from sayso.ledger.waiting import waiting

    with case.reading() as connection:
        return len(waiting(connection))
