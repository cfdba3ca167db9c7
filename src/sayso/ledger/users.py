"""The accounts of a case: who may sit at its desk, and what they may do. Closed, never deleted.

Whatever changes an account is noted in the audit under who did it; a password, or what is kept of one, never is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, select, update

from sayso.ledger import audit
from sayso.ledger.passwords import checked, hashed
from sayso.ledger.problems import CannotChange, NoSuchThing
from sayso.ledger.sign_ins import end_all
from sayso.ledger.working import users

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.case import Case

READER, REVIEWER, OWNER = "reader", "reviewer", "owner"
ROLES = (READER, REVIEWER, OWNER)
"""What somebody may do: look; also take in and rule; also say who else may."""
NAME = re.compile(r"[\w](?:[\w.@+-]{0,62}[\w])?")
LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Account:
    """One who may sit at the desk. `shown` is how decisions and the audit name them."""

    name: str
    shown: str
    role: str  # reader | reviewer | owner
    has_password: bool
    made_at: str
    made_by: str
    closed_at: str | None = None
    closed_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether they may sign in."""
        return self.closed_at is None

    @property
    def id(self) -> str:
        """What the audit calls the account."""
        return f"user:{self.name}"


@dataclass(frozen=True, slots=True)
class New:
    """An account that is to be made. Without a password only a proxy can tell who it is."""

    name: str
    role: str
    shown: str = ""
    password: str | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, and when."""

    who: str
    at: str


def plain_name(typed: str) -> str:
    """A name as it is kept and signed in with; "" where nobody can have it.

    >>> plain_name(" Ana.Tester "), plain_name("ana@example.org"), plain_name("a b"), plain_name("x" * 65)
    ('ana.tester', 'ana@example.org', '', '')
    """
    if len(typed) > 4 * 64:
        return ""
    name = unicodedata.normalize("NFKC", typed).strip().casefold()
    return name if NAME.fullmatch(name) else ""


def accounts(connection: Connection) -> tuple[Account, ...]:
    """Every account, the open ones first, by name."""
    asked = select(users).order_by(users.c.closed_at.is_not(None), users.c.name)
    return tuple(_account(row) for row in connection.execute(asked))


def account(connection: Connection, name: str) -> Account:
    """One account by its name. Raises `NoSuchThing`."""
    row = connection.execute(select(users).where(users.c.name == plain_name(name))).first()
    if row is None:
        raise NoSuchThing(f"There is no account named {name[:80]!r}. `sayso team list` tells those that there are.")
    return _account(row)


def has_owner(connection: Connection) -> bool:
    """Whether an open account of an owner is there: only then can a desk ask everybody to sign in."""
    return _owners(connection) > 0


def added(case: Case, new: New, by: By) -> Account:
    """Make an account. Raises `CannotChange` for a name, a role or a password that cannot be, or is another's."""
    name, shown = plain_name(new.name), _shown(new.shown or new.name)
    if not name:
        raise CannotChange("A name to sign in with is 1 to 64 letters, digits, or . _ - @ + between them.")
    kept = hashed(checked(new.password, name, shown)) if new.password is not None else None
    with case.writing() as connection:
        _refuse_taken(connection, name, shown)
        row = {"name": name, "shown": shown, "role": _role(new.role), "password": kept}
        connection.execute(users.insert().values(**row, made_at=by.at, made_by=by.who))
        _note(connection, by, "account_made", name, {"role": new.role, "password": kept is not None})
        return account(connection, name)


def closed(case: Case, name: str, by: By) -> Account:
    """Close an account: who has it is signed out at once, and what they did stays theirs.

    Raises `NoSuchThing`; `CannotChange` where nobody would be left who can let others in.
    """
    with case.writing() as connection:
        held = account(connection, name)
        if not held.is_open:
            return held
        _refuse_ownerless(connection, held)
        told = update(users).where(users.c.name == held.name).values(closed_at=by.at, closed_by=by.who)
        connection.execute(told)
        end_all(connection, held.name, by.at)
        _note(connection, by, "account_closed", held.name, {"role": held.role})
        return account(connection, held.name)


def reopened(case: Case, name: str, by: By) -> Account:
    """Open a closed account again, with the role and the password it had. Raises `NoSuchThing`."""
    with case.writing() as connection:
        held = account(connection, name)
        if held.is_open:
            return held
        connection.execute(update(users).where(users.c.name == held.name).values(closed_at=None, closed_by=None))
        _note(connection, by, "account_reopened", held.name, {"role": held.role})
        return account(connection, held.name)


def role_changed(case: Case, name: str, role: str, by: By) -> Account:
    """Give somebody another role, from their next request on.

    Raises `NoSuchThing`; `CannotChange` where nobody would be left who can let others in.
    """
    with case.writing() as connection:
        held = account(connection, name)
        if held.role == _role(role):
            return held
        _refuse_ownerless(connection, held)
        connection.execute(update(users).where(users.c.name == held.name).values(role=role))
        _note(connection, by, "role_changed", held.name, {"from": held.role, "to": role})
        return account(connection, held.name)


def password_changed(case: Case, name: str, password: str, by: By) -> Account:
    """Give an account another password; who was signed in with the old one is signed out.

    Raises `NoSuchThing`, `CannotChange`.
    """
    with case.reading() as connection:
        held = account(connection, name)
    kept = hashed(checked(password, held.name, held.shown))
    with case.writing() as connection:
        connection.execute(update(users).where(users.c.name == held.name).values(password=kept))
        end_all(connection, held.name, by.at)
        _note(connection, by, "password_changed", held.name, {})
        return account(connection, held.name)


def password_of(connection: Connection, name: str) -> str | None:
    """What is kept of the password of an open account; None where there is no such account, or no password."""
    asked = select(users.c.password).where(users.c.name == plain_name(name), users.c.closed_at.is_(None))
    kept: str | None = connection.execute(asked).scalar()
    return kept


# Parts of these


def _account(row: Row[Any]) -> Account:
    held = (row.made_at, row.made_by, row.closed_at, row.closed_by)
    return Account(row.name, row.shown, row.role, row.password is not None, *held)


def _role(role: str) -> str:
    if role not in ROLES:
        raise CannotChange(f"{role[:40]!r} is no role. There are: {', '.join(ROLES)}.")
    return role


def _shown(typed: str) -> str:
    shown = " ".join(unicodedata.normalize("NFC", typed[: 4 * LONGEST_SHOWN]).split())
    if not shown or len(shown) > LONGEST_SHOWN or any(unicodedata.category(char)[0] == "C" for char in shown):
        raise CannotChange(f"The name that is shown is 1 to {LONGEST_SHOWN} characters, all of which can be seen.")
    return shown


def _folded(shown: str) -> str:
    """Names that look alike for the most part are one: by letters and digits alone, however they are written."""
    plain = unicodedata.normalize("NFKD", shown).casefold()
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN")


def _refuse_taken(connection: Connection, name: str, shown: str) -> None:
    for other in accounts(connection):
        if other.name == name:
            told = "" if other.is_open else " It is closed, and can be opened again."
            raise CannotChange(f"There is an account named {name} already.{told}")
        if _folded(shown) in (_folded(other.shown), _folded(other.name)) or _folded(name) == _folded(other.shown):
            raise CannotChange(
                f"{other.shown} is the name of another account ({other.name}). In decisions and in the audit nobody "
                "could tell the two apart: add something to it."
            )


def _owners(connection: Connection) -> int:
    asked = select(func.count()).select_from(users).where(users.c.role == OWNER, users.c.closed_at.is_(None))
    return connection.execute(asked).scalar_one()


def _refuse_ownerless(connection: Connection, held: Account) -> None:
    if held.is_open and held.role == OWNER and _owners(connection) == 1:
        raise CannotChange(
            f"{held.shown} is the last owner. Make another person an owner first, or nobody could let anybody in."
        )


def _note(connection: Connection, by: By, what: str, name: str, body: dict[str, Any]) -> None:
    audit.note(connection, at=by.at, who=by.who, what=what, about=f"user:{name}", body=body)
