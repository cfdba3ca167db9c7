"""`sayso share`: one incident or one claim as a folder to hand on."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sayso.cli.look import write
from sayso.cli.opening import add_case, add_who, case_of, now, plain_id, who
from sayso.cli.speaking import DONE

if TYPE_CHECKING:
    from sayso.desk.sharing.content import Gathered

EXAMPLES = """examples:
  sayso share inc-b6f6bc4cbd60                  an incident: who tells what of it, and each sentence
  sayso share e8770d28#st4 --to handed-on       a claim with its hops, in another folder
  sayso share "second shell landed"             the same, of the earliest sentence with these words

exit codes: 0 done, 1 the case cannot be asked, 2 it is not in the case, or cannot be written so or there."""


def add_commands(commands: Any) -> None:
    """What `sayso share` can be asked."""
    share = commands.add_parser(
        "share",
        help="hand on an incident or a claim: a folder of pages that opens from disk and loads nothing",
        description="Write one incident, or one claim with its hops, as a folder of pages that opens from disk, loads "
        "nothing from anywhere and runs nothing. Private persons are withheld.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    share.set_defaults(run=_share)
    share.add_argument("what", metavar="WHAT", help="an incident; or a claim: a statement, an event, or words")
    share.add_argument("--to", metavar="DIR", default=".", help="the folder to put it in (default: this one)")
    share.add_argument(
        "--whole-texts", action="store_true", help="the whole texts of the reports, not only the sentences that tell it"
    )
    share.add_argument(
        "--show-private", action="store_true", help="name private persons: needs --why, is written to the audit"
    )
    share.add_argument("--why", metavar="WORDS", default="", help="why private persons are named; name nobody in it")
    share.add_argument(
        "--clear", metavar="NAME", action="append", default=[],
        help="leave the name of this person in clear, who is named and does not speak; can be said again",
    )  # fmt: skip
    add_who(share)
    add_case(share)


def _share(asked: argparse.Namespace) -> int:
    from functools import partial
    from pathlib import Path

    from sayso.desk.sharing.bundle import bundled
    from sayso.desk.sharing.content import Options, content, of_claim, of_incident
    from sayso.desk.sharing.writing import note, written
    from sayso.export.aloud import several
    from sayso.ledger.asking.ids import kind_of

    named = plain_id(asked.what)
    with case_of(asked) as case:
        gathered = (of_incident if kind_of(named.casefold()) == "incident" else of_claim)(case, named)
        _check_clear(gathered, asked.clear)
        leaving = content(gathered, Options(asked.whole_texts, asked.show_private, asked.why, tuple(asked.clear)))
        moment = now()
        bundle = bundled(leaving, at=moment)
        noted = partial(note, case, leaving, bundle, of=gathered, who=who(asked), at=moment)
        folder = written(bundle, Path(asked.to), noted=noted)
    withheld = 0 if asked.show_private else len(gathered.persons) + _silent(gathered, asked.clear)
    write(f"{folder}: {several(len(bundle.files), 'file')} of {several(len(leaving.reports), 'report')}\n")
    write(f"Withheld: {several(withheld, 'private person')}\n" if withheld else "")
    write(f"Open {folder / 'index.html'} in a browser.\n")
    return DONE


def _silent(gathered: Gathered, clear: Sequence[str]) -> int:
    return sum(one.name not in clear for one in gathered.silent)


def _check_clear(gathered: Gathered, clear: Sequence[str]) -> None:
    """Raise `NotShared` where a name that is to stay in clear is of nobody who could."""
    from sayso.desk.sharing.content import NotShared

    known = [one.name for one in gathered.silent]
    for name in clear:
        if name not in known:
            there = f" There are: {', '.join(known)}." if known else ""
            raise NotShared(f"{name!r} is nobody who is named without speaking.{there}")
