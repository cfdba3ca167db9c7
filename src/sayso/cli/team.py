"""`sayso team`: who may sit at the desk of a case, and what they may do there."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from sayso.cli.look import write
from sayso.cli.opening import add_case, add_who, case_of, now, print_json, who
from sayso.cli.speaking import DONE, misused

if TYPE_CHECKING:
    from sayso.ledger.users import Account, By

ROLES = ("reader", "reviewer", "owner")
EXAMPLES = """examples:
  sayso team add ana --shown-as "Ana Tester" --role owner
  sayso team role bo reader
  sayso team close bo

A reader looks at everything and changes nothing; a reviewer also takes in, rules and hands on; an owner also says who
may. Passwords are asked for at the terminal. Each change is written to the audit under your name (--as)."""


def add_commands(commands: Any) -> None:
    """What can be asked and done of the team."""
    team = commands.add_parser(
        "team",
        help="who may sit at the desk where others can reach it: accounts, roles, passwords",
        description="Who may sit at the desk of a case, and what they may do there.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    does = team.add_subparsers(title="what to do", metavar="WHAT", required=True)
    listed = does.add_parser("list", help="every account: its role, and when it was closed")
    listed.add_argument("--json", action="store_true", help="print JSON instead of lines")
    listed.set_defaults(run=_list)
    add_case(listed)
    add = _of_one(does, "add", "make an account", _add)
    add.add_argument("--shown-as", metavar="NAME", default="", help="the name in decisions and in the audit")
    add.add_argument("--role", choices=ROLES, required=True)
    add.add_argument("--no-password", action="store_true", help="only a proxy can tell who it is: see --behind-proxy")
    _add_stdin(add)
    _of_one(does, "close", "close an account: signed out at once, and what it did stays its own", _close)
    _of_one(does, "reopen", "open a closed account again", _reopen)
    role = _of_one(does, "role", "give somebody another role", _role)
    role.add_argument("role", choices=ROLES)
    _add_stdin(_of_one(does, "password", "give an account another password", _password))


def _of_one(does: Any, what: str, says: str, run: Any) -> Any:
    made = does.add_parser(what, help=says)
    made.add_argument("name", metavar="NAME", help="the name that is signed in with")
    made.set_defaults(run=run)
    add_who(made)
    add_case(made)
    return made


def _add_stdin(parser: Any) -> None:
    parser.add_argument("--password-from-stdin", action="store_true", help="read the password as one line from stdin")


def _list(asked: argparse.Namespace) -> int:
    from dataclasses import asdict

    from sayso.ledger.users import accounts

    with case_of(asked) as case, case.reading() as connection:
        found = accounts(connection)
    if asked.json:
        print_json([asdict(one) for one in found])
        return DONE
    if not found:
        write("Nobody has an account. Make one for an owner: sayso team add NAME --role owner\n")
    for one in found:
        write(f"{_told(one)}\n")
    return DONE


def _add(asked: argparse.Namespace) -> int:
    from sayso.ledger.users import New, added

    with case_of(asked) as case:
        password = None if asked.no_password else _typed(asked)
        made = added(case, New(asked.name, asked.role, asked.shown_as, password), _by(asked))
    return _said(made)


def _close(asked: argparse.Namespace) -> int:
    from sayso.ledger.users import closed

    with case_of(asked) as case:
        return _said(closed(case, asked.name, _by(asked)))


def _reopen(asked: argparse.Namespace) -> int:
    from sayso.ledger.users import reopened

    with case_of(asked) as case:
        return _said(reopened(case, asked.name, _by(asked)))


def _role(asked: argparse.Namespace) -> int:
    from sayso.ledger.users import role_changed

    with case_of(asked) as case:
        return _said(role_changed(case, asked.name, asked.role, _by(asked)))


def _password(asked: argparse.Namespace) -> int:
    from sayso.ledger.users import account, password_changed

    with case_of(asked) as case:
        with case.reading() as connection:
            held = account(connection, asked.name)
        return _said(password_changed(case, held.name, _typed(asked), _by(asked)))


def _by(asked: argparse.Namespace) -> By:
    from sayso.ledger.users import By

    return By(who(asked), now())


def _typed(asked: argparse.Namespace) -> str:
    """A password: from stdin where that was asked for, else typed twice at the terminal, where nobody sees it."""
    from getpass import getpass

    if asked.password_from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        misused("There is no terminal to ask for the password at. Send it as a line with --password-from-stdin.")
    typed = getpass(f"Password for {asked.name}: ")
    if getpass("The same again: ") != typed:
        misused("The two are not the same. Nothing was changed.")
    return typed


def _said(account: Account) -> int:
    write(f"{_told(account)}\n")
    return DONE


def _told(one: Account) -> str:
    shown = "" if one.shown == one.name else f" ({one.shown})"
    closed = f", closed by {one.closed_by} on {one.closed_at}" if one.closed_at else ""
    return f"{one.name}{shown}: {one.role}{'' if one.has_password else ', without a password'}{closed}"
