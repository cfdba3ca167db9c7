"""Accounts of a case: made, closed and opened, with roles and passwords; who is signed in; what the audit holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from sqlalchemy import insert, select, update

from sayso.ledger import audit, passwords, sign_ins
from sayso.ledger.asking.team import team
from sayso.ledger.case import Case
from sayso.ledger.passwords import HASHER, LONGEST, fits, hashed, made_up
from sayso.ledger.problems import CannotChange, NoSuchThing
from sayso.ledger.schema import decisions
from sayso.ledger.sign_ins import Signed, note_locked, signed_in, signed_out, who_holds, who_is
from sayso.ledger.users import (
    Account,
    By,
    New,
    account,
    accounts,
    added,
    closed,
    has_owner,
    password_changed,
    password_of,
    reopened,
    role_changed,
)
from sayso.ledger.verifying import verified
from sayso.ledger.working import sign_ins as rows_of_sign_ins
from tests.ledger.rows import AT

LATER = "2031-04-05T12:00:00Z"
NEXT_DAY = "2031-04-06T18:00:01Z"
WORDS = "seven grey herons"
BY = By("Ana Tester", AT)
ANA = New("ana", "owner", "Ana Tester", WORDS)
BO = New("Bo", "reviewer", "Bo Lind", WORDS)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing that takes no tenth of a second."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()


def _noted(case: Case) -> list[audit.Noted]:
    with case.reading() as connection:
        return list(audit.rows(connection))[1:]


def _known(case: Case) -> dict[str, Account]:
    with case.reading() as connection:
        return {one.name: one for one in accounts(connection)}


def _holds(case: Case, token: str, at: str = LATER) -> Signed | None:
    with case.reading() as connection:
        return who_holds(connection, token, at=at)


def _signed_in(case: Case, name: str, at: str = AT) -> str:
    with case.reading() as connection:
        kept = password_of(connection, name)
    assert kept is not None
    token = signed_in(case, name, kept, at=at)
    assert token is not None
    return token


def test_what_is_kept_of_a_password_is_costly_to_try_out() -> None:
    """As RFC 9106 recommends where memory is short: argon2id, 64 MiB, three rounds."""
    told = extract_parameters(HASHER.hash("x"))
    assert (told.type, told.memory_cost, told.time_cost) == (Type.ID, 1 << 16, 3)


def test_a_password_fits_and_nothing_else_does() -> None:
    """Also where there is none to compare with, or what was typed is endless or no text."""
    kept = hashed(WORDS)
    assert fits(kept, WORDS)
    for other in ("", f"{WORDS} ", WORDS.upper(), "x" * (LONGEST + 1), "\ud800" * 12):
        assert not fits(kept, other)
        assert not fits(None, other)
    assert not fits(None, WORDS)
    assert not fits(None, "the password of nobody, which is never compared with success")
    assert not fits("no hash at all", WORDS)


def test_passwords_that_are_made_up_are_not_the_same() -> None:
    """And can be taken as a password."""
    assert len({made_up() for _ in range(50)}) == 50
    passwords.checked(made_up(), "ana")


def test_an_account_is_made_changed_and_closed_and_all_of_it_is_in_the_audit(case: Case) -> None:
    """Under who did it; no password, and nothing that is kept of one."""
    added(case, ANA, BY)
    made = added(case, BO, BY)
    assert (made.name, made.shown, made.role, made.is_open, made.has_password) == (
        "bo", "Bo Lind", "reviewer", True, True,
    )  # fmt: skip
    role_changed(case, "bo", "reader", By("Bo Lind", LATER))
    role_changed(case, "bo", "reader", BY)  # as it is already: nothing to note
    password_changed(case, "bo", "nine brown otters", BY)
    closed(case, "bo", BY)
    closed(case, "bo", BY)
    assert not _known(case)["bo"].is_open
    assert _known(case)["bo"].closed_by == "Ana Tester"
    reopened(case, "bo", BY)
    assert _known(case)["bo"] == replace(made, role="reader")
    told = [(row.what, row.who, row.about) for row in _noted(case)]
    assert told == [
        ("account_made", "Ana Tester", "user:ana"),
        ("account_made", "Ana Tester", "user:bo"),
        ("role_changed", "Bo Lind", "user:bo"),
        ("password_changed", "Ana Tester", "user:bo"),
        ("account_closed", "Ana Tester", "user:bo"),
        ("account_reopened", "Ana Tester", "user:bo"),
    ]
    assert json.loads(_noted(case)[2].body) == {"from": "reviewer", "to": "reader"}
    for row in _noted(case):
        assert "argon2" not in row.line and "otters" not in row.line and "herons" not in row.line
    assert verified(case).holds


NAMES = ("", " ", "a b", "ana/..", "x" * 65, "-ana", "<b>", "ana\nbo", "ana\u202e", "\ud800", "a" * 100_000)


def test_a_name_that_cannot_be_one_is_refused(case: Case) -> None:
    """It stands in addresses, in headers of proxies and in the audit."""
    for name in NAMES:
        with pytest.raises(CannotChange):
            added(case, New(name, "reader", "Somebody"), BY)
    assert _known(case) == {}


def test_a_shown_name_that_cannot_be_seen_is_refused(case: Case) -> None:
    """It stands in every decision."""
    for shown in ("Bo\u202e", "Bo\x00", "x" * 81, "\u200b", "B\ud800o"):
        with pytest.raises(CannotChange):
            added(case, New("bo", "reader", shown), BY)


LIKE_ANA = ("Ana Tester", "ana tester", "  Ana   Tester ", "Ana-Tester", "\uff21na Tester", "ana")


def test_nobody_is_shown_as_another_is(case: Case) -> None:
    """In the audit the two could not be told apart; also where the other's account is closed."""
    added(case, ANA, BY)
    added(case, New("cy", "owner", "Cy", WORDS), BY)
    closed(case, "ana", BY)
    for shown in LIKE_ANA:
        with pytest.raises(CannotChange, match="another account"):
            added(case, New("bo", "reader", shown), BY)


def test_a_name_is_given_once(case: Case) -> None:
    """However it is written; a closed one is opened again, not given anew."""
    added(case, ANA, BY)
    for again in ("ana", " ANA ", "\uff41na"):
        with pytest.raises(CannotChange, match="already"):
            added(case, New(again, "reader", "Another"), BY)


def test_a_password_that_everybody_would_try_is_refused(case: Case) -> None:
    """And one that cannot be typed."""
    added(case, BO, BY)
    for password in ("", "short", "aaaaaaaaaaaa", "Ana Tester", "x" * 201, "\ud800" * 12, "nine_char"):
        with pytest.raises(CannotChange):
            added(case, replace(ANA, password=password), BY)
    with pytest.raises(CannotChange):
        password_changed(case, "bo", "short", BY)
    assert [row.what for row in _noted(case)] == ["account_made"]


def test_the_last_owner_stays(case: Case) -> None:
    """Neither closed nor given another role; a closed owner does not count."""
    added(case, ANA, BY)
    added(case, BO, BY)
    assert not has_owner_after(case, "close")
    assert not has_owner_after(case, "role")
    role_changed(case, "bo", "owner", BY)
    closed(case, "bo", BY)
    assert not has_owner_after(case, "close")
    reopened(case, "bo", BY)
    role_changed(case, "ana", "reader", BY)
    with case.reading() as connection:
        assert has_owner(connection)


def has_owner_after(case: Case, what: str) -> bool:
    """Whether taking the owner away is let through."""
    try:
        closed(case, "ana", BY) if what == "close" else role_changed(case, "ana", "reader", BY)
    except CannotChange as problem:
        assert "last owner" in str(problem)
        return False
    return True


def test_of_two_owners_who_close_each_other_at_once_one_stays(case: Case) -> None:
    """Each looks whether another is left; one of them sees that none would be."""
    added(case, ANA, BY)
    added(case, replace(BO, role="owner"), BY)

    def close(name: str) -> bool:
        try:
            closed(case, name, BY)
        except CannotChange:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(close, ("ana", "bo"))) == [False, True]


def test_what_nobody_has_cannot_be_changed(case: Case) -> None:
    """An account, or a role."""
    added(case, ANA, BY)
    for change in (closed, reopened):
        with pytest.raises(NoSuchThing):
            change(case, "nobody", BY)
    with pytest.raises(NoSuchThing):
        password_changed(case, "nobody", WORDS, BY)
    with pytest.raises(CannotChange):
        role_changed(case, "ana", "king", BY)
    with case.reading() as connection, pytest.raises(NoSuchThing):
        account(connection, "x" * 1000)


# Signing in


def test_a_sign_in_is_kept_as_its_hash_and_ends_when_its_time_is_over(case: Case) -> None:
    """Whoever reads the database cannot sit down with what stands there."""
    added(case, ANA, BY)
    token = _signed_in(case, "ana")
    assert _holds(case, token) == Signed("ana", "Ana Tester", "owner")
    assert _holds(case, token, at=NEXT_DAY) is None
    with case.reading() as connection:
        (kept,) = connection.execute(select(rows_of_sign_ins.c.token)).scalars()
    assert kept != token
    for other in ("", kept, token[:-1], f"{token}\ud800", "x" * 9000):
        assert _holds(case, other) is None


def test_signing_out_ends_one_sign_in_alone(case: Case) -> None:
    """Twice is once."""
    added(case, ANA, BY)
    first, second = _signed_in(case, "ana"), _signed_in(case, "ana")
    signed_out(case, first, at=LATER)
    signed_out(case, first, at=LATER)
    assert _holds(case, first) is None
    assert _holds(case, second) is not None
    told = [row.what for row in _noted(case)]
    assert told == ["account_made", "signed_in", "signed_in", "signed_out"]


def _ended_by(case: Case) -> Iterator[tuple[str, str]]:
    yield "another password", _signed_in(case, "bo")
    password_changed(case, "bo", "nine brown otters", BY)
    yield "being closed", _signed_in(case, "bo")
    closed(case, "bo", BY)
    reopened(case, "bo", BY)
    yield "nothing", _signed_in(case, "bo")


def test_another_password_and_being_closed_end_every_sign_in(case: Case) -> None:
    """For good: opening the account again brings none back."""
    added(case, ANA, BY)
    added(case, BO, BY)
    told = {why: token for why, token in _ended_by(case)}  # noqa: C416 read in order
    assert {why: _holds(case, token) is not None for why, token in told.items()} == {
        "another password": False, "being closed": False, "nothing": True,
    }  # fmt: skip


def test_who_was_closed_or_got_another_password_meanwhile_is_not_signed_in(case: Case) -> None:
    """Between the comparison of the password and the row."""
    added(case, ANA, BY)
    added(case, BO, BY)
    with case.reading() as connection:
        kept = password_of(connection, "bo")
    assert kept is not None
    password_changed(case, "bo", "nine brown otters", BY)
    assert signed_in(case, "bo", kept, at=AT) is None
    with case.reading() as connection:
        kept = password_of(connection, "bo")
    assert kept is not None
    closed(case, "bo", BY)
    assert signed_in(case, "bo", kept, at=AT) is None
    with case.reading() as connection:
        assert password_of(connection, "bo") is None
        assert who_is(connection, "bo") is None


def test_a_role_holds_from_the_next_request_on(case: Case) -> None:
    """Without signing in again."""
    added(case, ANA, BY)
    added(case, BO, BY)
    token = _signed_in(case, "bo")
    role_changed(case, "bo", "reader", BY)
    assert _holds(case, token) == Signed("bo", "Bo Lind", "reader")


def test_who_failed_too_often_is_noted_where_there_is_such_an_account(case: Case) -> None:
    """What was typed of another name may be a password in the wrong field: it is not kept."""
    added(case, ANA, BY)
    note_locked(case, "ana", failures=5, seconds=30, at=LATER)
    note_locked(case, WORDS, failures=5, seconds=30, at=LATER)
    row = _noted(case)[-1]
    assert (len(_noted(case)), row.who, row.what, row.about) == (2, sign_ins.NOBODY, "sign_in_locked", "user:ana")


# The team


def test_the_team_tells_what_each_did(case: Case) -> None:
    """By name; coming and going is no work; who has no account is told beside."""
    added(case, ANA, BY)
    added(case, BO, By("root", AT))
    _signed_in(case, "bo", LATER)
    with case.writing() as connection:
        for seq, who in ((1, "Bo Lind"), (2, "Bo Lind"), (3, "Ana Tester")):
            row = {"id": f"dec-{seq:012x}", "ruling": "accept", "who": who, "at": LATER, "why": ""}
            connection.execute(insert(decisions).values(**row))
            audit.note(connection, at=LATER, who=who, what="decided", about=row["id"], body={})
        gone = update(decisions).where(decisions.c.id == "dec-000000000001")
        connection.execute(gone.values(withdrawn_at=LATER, withdrawn_by="Ana Tester"))
        own = update(decisions).where(decisions.c.id == "dec-000000000002")
        connection.execute(own.values(withdrawn_at=LATER, withdrawn_by="Bo Lind"))
    found = team(case, at=LATER)
    did = {one.account.name: one for one in found.members}
    assert (did["bo"].done.rows, did["bo"].done.decisions, did["bo"].done.withdrawn_by_others) == (2, 2, 1)
    assert (did["bo"].signed_in_at, did["bo"].is_here, did["ana"].is_here) == (LATER, True, False)
    assert did["ana"].done.rows == 3  # with the case itself
    assert {one.who: one.rows for one in found.others if one.who == "root"} == {"root": 1}
    assert found.has_owner
    assert not team(case, at=NEXT_DAY).members[1].is_here
