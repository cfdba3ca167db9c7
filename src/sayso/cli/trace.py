"""`sayso trace`: a claim through the reports that tell it, and the passport of a claim."""

from __future__ import annotations

import argparse
from typing import Any

from sayso.cli.look import write
from sayso.cli.opening import add_case, add_shape, case_of, look, now, plain_id, print_answer
from sayso.cli.speaking import DONE

EXAMPLES = """examples:
  sayso trace e8770d28#st4                      a statement, as `sayso report` numbers them
  sayso trace inc-b6f6bc4cbd60                  the first sentence that tells of an incident
  sayso trace "second shell landed"             the earliest sentence with these words
  sayso trace e8770d28#st4 --passport claim.html   one file with the chain, its hashes, and how to check them

exit codes: 0 done, 1 the claim is not in the case, 2 the command was not understood."""


def add_commands(commands: Any) -> None:
    """What `sayso trace` can be asked."""
    trace = commands.add_parser(
        "trace",
        help="follow a claim from report to report: who said it first, and which copy lost the speaker or the caveat",
        description="Follow a claim through the copies of its telling and the reports of its incident, in time order.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    trace.set_defaults(run=_trace)
    trace.add_argument("claim", metavar="CLAIM", help="a statement, an event, an incident, or words")
    trace.add_argument(
        "--passport", metavar="FILE", help="write the claim's passport: one HTML file, and JSON beside it"
    )
    trace.add_argument("--show-private", action="store_true", help="keep private persons in the passport")
    add_case(trace)
    add_shape(trace)


def _trace(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from sayso.export.pointed import pointed_at
    from sayso.export.trace_page import page
    from sayso.ledger.asking.traces import traced

    with case_of(asked) as case:
        found = traced(case, plain_id(asked.claim))
        if asked.passport:
            from sayso.export.passport import written

            files = written(case, found, Path(asked.passport), at=now(), show_private=asked.show_private)
            write("".join(f"{file}\n" for file in files))
        elif asked.json:
            print_answer(case, found)
        else:
            write(page(found, pointed_at(case, [hop.report for hop in found.hops]), **look(asked)))
    return DONE
