"""Passwords: kept as argon2id writes them, and compared in the same time whether or not there is anybody.

One comparison takes 64 MB and about a tenth of a second: whoever serves many must see to it that few go on at once.
"""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sayso.ledger.problems import CannotChange

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""
SOUNDS, VOWELS = "bdfghjklmnprstvz", "aeiou"
HASHER = PasswordHasher(time_cost=3, memory_cost=1 << 16, parallelism=1)
"""The second setting that RFC 9106 recommends, in one thread. What was hashed with another is compared with that."""


def checked(password: str, *names: str) -> str:
    """A password that can be one. Raises `CannotChange` where it is short, endless, or one of the names beside it."""
    if len(password) < SHORTEST:
        raise CannotChange(
            f"A password has at least {SHORTEST} characters. Several words that do not belong together do."
        )
    if len(password) > LONGEST or not _is_text(password):
        raise CannotChange(f"A password has at most {LONGEST} characters.")
    if password.casefold() in {one.casefold() for one in names} or len(set(password)) < 4:
        raise CannotChange("This password is the first that anybody would try. Choose several words.")
    return password


def made_up() -> str:
    """A password that nobody chose, which can be read out over a telephone: some 75 bits."""
    parts = ("".join(secrets.choice(SOUNDS) + secrets.choice(VOWELS) for _ in range(2)) for _ in range(6))
    return "-".join(parts)


def hashed(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept. Where none is, it is compared all the same, and does not fit."""
    if len(password) > LONGEST or not _is_text(password):
        kept, password = None, ""
    try:
        return HASHER.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash("the password of nobody, which is never compared with success")


def _is_text(password: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in password)
