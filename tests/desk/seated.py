"""A desk at which everybody signs in, and people who sit at it."""

from __future__ import annotations

import re
from collections.abc import Generator

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from sayso.desk.app import desk
from sayso.desk.security import Access
from sayso.ledger import passwords
from sayso.ledger.case import Case
from sayso.ledger.users import By, New, added

BASE = "http://127.0.0.1:8765"
AT = "2031-06-01T08:00:00Z"
WORDS = "seven grey herons"
PEOPLE = (
    New("ana", "owner", "Ana Tester", WORDS),
    New("bo", "reviewer", "Bo Lind", WORDS),
    New("cy", "reviewer", "Cy Marsh", WORDS),
    New("rei", "reader", "Rei Oak", WORDS),
)
ASKED = Access(accounts=True)


def with_people(case: Case) -> Case:
    """The case, with an account for each of `PEOPLE`."""
    for one in PEOPLE:
        added(case, one, By("host", AT))
    return case


def quick_passwords() -> Generator[None]:
    """Hash quickly meanwhile: what is tested is who sits where."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


def desk_of(case: Case, access: Access = ASKED, *, at: str = AT) -> FastAPI:
    """The desk of a case."""
    return desk(case, who="host", now=lambda: at, access=access)


def browser(app: FastAPI, base: str = BASE) -> TestClient:
    """A browser at it, which has been nowhere yet."""
    return TestClient(app, base_url=base, raise_server_exceptions=False, follow_redirects=False)


def token_in(page: str) -> str:
    """The token that the forms of a page carry."""
    held = re.search(r'name="sayso-token" content="([0-9a-f]{64})"', page)
    assert held is not None, page[:600]
    return held[1]


def sign_in(client: TestClient, name: str, password: str = WORDS, **more: str) -> Response:
    """What the form to sign in with is answered."""
    token = token_in(client.get("/sign-in").text)
    return client.post("/sign-in", data={"token": token, "name": name, "password": password, **more})


def seated(app: FastAPI, name: str, base: str = BASE) -> TestClient:
    """A browser in which somebody is signed in."""
    client = browser(app, base)
    answer = sign_in(client, name)
    assert answer.status_code == 303, answer.text[-800:]
    return client


def token_of(client: TestClient, place: str = "/team") -> str:
    """The token of the forms that somebody sees."""
    return token_in(client.get(place).text)
