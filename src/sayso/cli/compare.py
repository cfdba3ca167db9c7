"""`sayso compare`: two reports side by side, with no case needed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from sayso.cli.look import coloured, width, write
from sayso.cli.opening import print_json
from sayso.cli.options import add_look, add_reading, knowledge
from sayso.cli.speaking import DONE, misused

if TYPE_CHECKING:
    from sayso.export.pointing import About
    from sayso.record import Reading

EXAMPLES = """examples:
  sayso compare wire.txt copy.html              what the copy dropped, and what it changed
  sayso compare --json wire.txt copy.html       the same as JSON

exit codes: 0 both were read, 1 one could not be, 2 the command was not understood."""


def add_commands(commands: Any) -> None:
    """What `sayso compare` can be asked."""
    compare = commands.add_parser(
        "compare",
        help="two reports side by side: what one adds, drops and changes against the other",
        description="Lay two reports side by side: what tells the same, what changed, what each has alone.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    compare.set_defaults(run=_compare)
    compare.add_argument("first", metavar="A", help="a file: the one that changes are told from")
    compare.add_argument("second", metavar="B", help="a file: the one that changes are told to")
    compare.add_argument("--json", action="store_true", help="print one JSON object")
    add_reading(compare)
    add_look(compare)


def _compare(asked: argparse.Namespace) -> int:
    from sayso.export.comparison_page import page
    from sayso.export.ledger_json import plain
    from sayso.export.pointing import Reports
    from sayso.journey import compare_readings
    from sayso.record import FORMAT
    from sayso.work import here

    folders = knowledge(asked.knowledge)
    first, second = (here.read(path, knowledge=folders, tagger=asked.tagger) for path in (asked.first, asked.second))
    if first.page.report.id == second.page.report.id:
        misused(f"{asked.first} and {asked.second} are the same report, byte for byte.")
    found = compare_readings(first, second, here.known(folders))
    if asked.json:
        print_json({"format": FORMAT, "answer": "comparison", **plain(found)})
        return DONE
    about = {one.page.report.id: _about(one, path) for one, path in ((first, asked.first), (second, asked.second))}
    write(page(found, Reports(about), width=width(asked), colour=coloured(asked)))
    return DONE


def _about(reading: Reading, path: str) -> About:
    from sayso.export.pointing import About

    page = reading.page
    return About(
        page.report.id,
        short=path,
        title=page.title.name if page.title else None,
        publisher=page.publisher.name if page.publisher else None,
        published=reading.grounds.published or page.published,
        starts=About.lines_of(page.report.text),
    )
