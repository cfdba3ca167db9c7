"""What people rule, and what they take away: `sayso decide`, `sayso decisions` and `sayso erase`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from sayso.cli.fields import HELP as FIELDS
from sayso.cli.fields import typed_fields
from sayso.cli.look import write
from sayso.cli.opening import (
    add_case,
    add_shape,
    add_who,
    case_of,
    look,
    now,
    plain_id,
    print_answer,
    print_answers,
    who,
)
from sayso.cli.speaking import DONE, misused, tell

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.record import Decision

# What is ruled: the ids it takes, whether a value follows them, and what it does.
TWO, ONE = "+", 1
RULINGS: dict[str, tuple[str, str, str | None, str]] = {
    "same": ("same_incident", "incidents or events", None, "these are one happening"),
    "different": ("different_incident", "incidents or events", None, "these are not one happening"),
    "copy": ("copy", "reports", None, "one of these two reports copies the other"),
    "independent": ("independent", "reports", None, "neither of these two reports copies the other"),
    "accept": ("accept", "statements or events", None, "this was read rightly"),
    "reject": ("reject", "statements or events", None, "this was read wrongly and does not count"),
    "correct": ("correct", "statement or event", "SPEAKER", "this should be read so"),
    "speaks-for": ("speaks_for", "source", "PARTY", "this source speaks for that party"),
    "same-speaker": ("same_speaker", "sources", None, "these are one source"),
    "different-speaker": ("different_speaker", "sources", None, "these are not one source"),
    "position": ("position", "source", "POSITION", "how this source can know: witness, outside, relay …"),
    "locate": ("locate", "place", "WHERE", "this place is there, in every report that names it so"),
    "show-private": ("show_private", "source", None, "somebody without public role may be named in exports"),
}
DATED = ("position", "speaks_for", "locate")
"""Rulings that are asked since when, and on whose word."""
WHERE = (
    "a number of GeoNames (3442398), a point with what it is and how far it can be off "
    "(“-32.21, -57.71, town, 2 km”; quote it), or “nowhere known”"
)
EXAMPLES = """examples:
  sayso decide same inc-3f2a inc-90bc --why "one market, one morning"
  sayso decide copy 63851fc8 e8770d28 --why "same writers in the credits"
  sayso decide correct "e8770d28#st5" --field act=denies --identical --why "heard the tape"
  sayso decide speaks-for spk-77aa kesteria --why "appointed by its president"
  sayso decide locate plc-99fc 3442398 --as-of 2024 --source "the national atlas" --why "the only one in the region"
  sayso decide undo dec-51c0

Whatever is decided can be undone, and stays in the audit either way."""


def add_commands(commands: Any) -> None:
    """What can be ruled and taken away."""
    decide = commands.add_parser(
        "decide",
        help="rule what the program cannot know: one happening or two, copy or not, who speaks for whom",
        description="Write down what you rule, with why. It holds when reports are read anew, and can be undone.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    rulings = decide.add_subparsers(title="rulings", metavar="RULING", required=True)
    for name, (ruling, about, value, does) in RULINGS.items():
        _add_ruling(rulings, name, (ruling, about, value, does))
    _add_adding(rulings)
    _add_undo(rulings)
    _add_decisions(commands)
    _add_erase(commands)


def _add_ruling(rulings: Any, name: str, told: tuple[str, str, str | None, str]) -> None:
    ruling, about, value, does = told
    parser = rulings.add_parser(name, help=does, description=f"Rule that {does}.")
    parser.set_defaults(run=_decide, ruling=ruling, value=None, field=[], identical=False, as_of=None, source=None)
    several = about.endswith("s")
    parser.add_argument("about", nargs="+" if several else 1, metavar="ID", help=f"{about}, as printed on any page")
    if ruling == "correct":
        parser.add_argument("value", metavar=value, nargs="?", help="who speaks, if that is what was misread")
        parser.add_argument("--field", metavar="FIELD=VALUE", action="append", default=[], help=FIELDS)
    elif value:
        parser.add_argument("value", metavar=value, help=WHERE if ruling == "locate" else None)
    if ruling in DATED:
        parser.add_argument(
            "--as-of", metavar="WHEN", help="since when, or of when, it is so: 2031-04-05, 2031-04, 2031"
        )
        parser.add_argument("--source", metavar="SOURCE", help="on whose word: an address, a document, a name")
    if ruling in ("accept", "reject", "correct"):
        parser.add_argument(
            "--identical", action="store_true", help="also the statements of copies that say exactly the same"
        )
    parser.add_argument("--instead-of", metavar="DECISION", help="a decision that is withdrawn for this one")
    _add_why(parser)


def _add_why(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--why", metavar="REASON", required=True, help="why, in a sentence")
    add_who(parser)
    add_case(parser)
    parser.add_argument("--json", action="store_true", help="print the decision as JSON")


def _add_adding(rulings: Any) -> None:
    parser = rulings.add_parser(
        "add", help="a statement was missed here", description="Add a statement that was missed in a report."
    )
    parser.set_defaults(run=_add)
    parser.add_argument("report", metavar="REPORT", help="the report it stands in")
    parser.add_argument("--words", metavar="WORDS", required=True, help="what is said, as it stands there, or @120-180")
    parser.add_argument("--speaker", metavar="NAME", required=True, help="who says it; @100-110 behind it says where")
    parser.add_argument("--act", metavar="ACT", default="says", help="says (as a rule), denies, accuses …")
    parser.add_argument("--field", metavar="FIELD=VALUE", action="append", default=[], help="channel, when or where")
    parser.add_argument("--instead-of", metavar="DECISION", help="a decision that is withdrawn for this one")
    _add_why(parser)


def _add_undo(rulings: Any) -> None:
    parser = rulings.add_parser("undo", help="withdraw a decision", description="Withdraw a decision; it stays listed.")
    parser.set_defaults(run=_undo)
    parser.add_argument("decision", metavar="DECISION", help="its id, dec-…")
    add_who(parser)
    add_case(parser)
    parser.add_argument("--json", action="store_true", help="print the decision as JSON")


def _add_decisions(commands: Any) -> None:
    parser = commands.add_parser(
        "decisions", help="what was ruled, and what waits for a ruling", description="What was ruled, by whom and why."
    )
    parser.set_defaults(run=_decisions)
    parser.add_argument("--withdrawn", action="store_true", help="also those that were withdrawn")
    add_case(parser)
    add_shape(parser)


def _add_erase(commands: Any) -> None:
    parser = commands.add_parser(
        "erase",
        help="take a report or a name out of a case for good, leaving a tombstone",
        description="Erase a report, or a name in all reports: bytes, text, index and all that was read from them. "
        "A tombstone stays: what was erased (as a hash), when, by whom and why. It cannot be undone.",
    )
    parser.set_defaults(run=_erase)
    parser.add_argument("report", nargs="?", metavar="REPORT", help="its id, or the beginning of it")
    parser.add_argument("--name", metavar="NAME", help="a name to be taken out of every report, instead of a report")
    parser.add_argument("--why", metavar="REASON", required=True, help="why, in a sentence; do not name the person")
    parser.add_argument(
        "--containers", action="store_true", help="also the archives, mails or feeds it came in, with all they hold"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask whether this is meant")
    add_who(parser)
    add_case(parser)


# Deciding


def _decide(asked: argparse.Namespace) -> int:
    from sayso.ledger.decisions import decide

    with case_of(asked) as case:
        about = [plain_id(one) for one in asked.about]
        made = decide(
            case,
            ruling=asked.ruling,
            about=[*about, *(_identical(case, about) if asked.identical else ())],
            value=asked.value,
            who=who(asked),
            why=asked.why,
            at=now(),
            instead_of=asked.instead_of,
            corrections=typed_fields(case, about[0].partition("#")[0], asked.field),
            as_of=asked.as_of,
            source=asked.source,
        )
        _print_decided(asked, case, made)
    return DONE


def _identical(case: Case, about: list[str]) -> list[str]:
    """The statements of copies that say exactly what these say."""
    from sayso.ledger.asking.identical import identical

    return [other.about for one in about for other in identical(case, one) if other.exactly]


def _add(asked: argparse.Namespace) -> int:
    from sayso.ledger.decisions import decide

    told = [f"words={asked.words}", f"speaker={asked.speaker}", f"act={asked.act}", *asked.field]
    with case_of(asked) as case:
        report = plain_id(asked.report)
        made = decide(
            case,
            ruling="add_statement",
            about=[report],
            who=who(asked),
            why=asked.why,
            at=now(),
            instead_of=asked.instead_of,
            corrections=typed_fields(case, report, told),
        )
        _print_decided(asked, case, made)
    return DONE


def _undo(asked: argparse.Namespace) -> int:
    from sayso.ledger.decisions import withdraw

    with case_of(asked) as case:
        _print_decided(asked, case, withdraw(case, asked.decision, who=who(asked), at=now()))
    return DONE


def _print_decided(asked: argparse.Namespace, case: Case, made: Decision) -> None:
    from sayso.export.decision_page import decision_in_words

    if asked.json:
        print_answer(case, made)
    else:
        write(f"{decision_in_words(made, _reports(case, [made]))}\n")


def _reports(case: Case, decisions: list[Decision]) -> Any:
    from sayso.export.pointed import pointed_at, reports_in

    return pointed_at(case, reports_in(decisions))


def _decisions(asked: argparse.Namespace) -> int:
    from sayso.export.decision_page import page
    from sayso.ledger.decisions import decisions
    from sayso.ledger.waiting import waiting

    with case_of(asked) as case:
        with case.reading() as connection:
            found = list(decisions(connection, withdrawn=asked.withdrawn))
            waits = waiting(connection)
        if asked.json:
            print_answers(case, found)
            return DONE
        write(page(found, _reports(case, found), waiting=[one.says for one in waits], **look(asked)))
    return DONE


# Erasing


def _erase(asked: argparse.Namespace) -> int:
    from sayso.ledger.erasing import erased

    if bool(asked.report) == bool(asked.name):
        misused("erase what? Give a REPORT, or --name NAME.")
    with case_of(asked) as case:
        what = asked.name or _named(case, plain_id(asked.report))
        if not asked.yes:
            _confirmed(what, is_name=bool(asked.name))
        gone = erased(
            case,
            report=None if asked.name else what,
            name=asked.name,
            who=who(asked),
            why=asked.why,
            at=now(),
            containers=asked.containers,
        )
        write("".join(f"{line}\n" for line in gone.says))
    return DONE


def _named(case: Case, asked: str) -> str:
    """The whole id of the report that is meant; as typed where it is gone: a cut-off erasing can then be finished."""
    from sayso.ledger.asking.ids import found
    from sayso.ledger.problems import NoSuchThing

    with case.reading() as connection:
        try:
            return found(connection, asked, kind="report").id
        except NoSuchThing:
            return asked


def _confirmed(what: str, *, is_name: bool) -> None:
    """Go on only if the person types what they erase."""
    wanted = what if is_name else what.removeprefix("sha256:")[:8]
    if sys.stdin is None or not sys.stdin.isatty():
        misused("erasing cannot be undone. Say --yes to confirm it where nobody can be asked.")
    tell(f"this erases {'the name ' if is_name else 'the report '}{what} for good. Type {wanted} to go on:")
    if sys.stdin.readline().strip() != wanted:
        misused("nothing was erased.")
