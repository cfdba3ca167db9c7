"""The sample in a case, a desk over it, and a browser: each made once a session, and fresh where a test rules."""

from __future__ import annotations

import shutil
import time
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from sayso.ledger import passwords
from sayso.ledger.case import Case, made, opened
from tests.desk import browser as browsing
from tests.desk.browser import Guard
from tests.desk.pages import Known, ruled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AT = "2031-06-01T08:00:00Z"
WHO = "Ana Tester"
SAMPLE = Path(__file__).parents[2] / "src" / "sayso" / "sample"
PATIENCE = 300


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a case that holds the sample. It is closed, and nobody opens it: tests open copies.

    Tests that run in several processes share one, which the first of them makes.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    folder, mine, failed = shared / "sample-case", shared / "sample-begun", shared / "sample-failed"
    try:
        mine.mkdir()
    except FileExistsError:
        return _waited_for(folder, failed)
    try:
        _add_sample(shared / "sample-part")
    except BaseException:
        failed.mkdir()
        raise
    return (shared / "sample-part").rename(folder)


def _waited_for(folder: Path, failed: Path) -> Path:
    until = time.monotonic() + PATIENCE
    while not folder.is_dir():
        if failed.is_dir() or time.monotonic() > until:
            pytest.fail("the sample could not be added by the test that began to")
        time.sleep(0.1)
    return folder


def _add_sample(folder: Path) -> None:
    """Add the reports of the sample, with its rows of knowledge, in this process."""
    from sayso.work.adding import Adding, add_all

    case = made(folder, at=AT, who=WHO, title="Sample")
    reports = sorted(str(path) for path in SAMPLE.iterdir() if path.suffix in (".txt", ".html"))
    order = Adding(WHO, lambda: AT, folders=(SAMPLE / "knowledge",))
    outcomes = list(add_all(case, reports, order, workers=1))
    case.closed()
    assert [one for one in outcomes if one.problem is not None] == []


@pytest.fixture(scope="session")
def sample_case(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """A case that holds the sample, for tests that only ask. Who rules takes `own_case`."""
    yield from copied(sample_folder, tmp_path_factory.mktemp("asked") / "sample")


@pytest.fixture
def own_case(sample_folder: Path, tmp_path: Path) -> Generator[Case]:
    """A case that holds the sample, for one test alone: it may rule in it."""
    yield from copied(sample_folder, tmp_path / "sample")


def copied(sample: Path, folder: Path) -> Generator[Case]:
    """A copy of a closed case, opened."""
    shutil.copytree(sample, folder)
    case = opened(folder)
    yield case
    case.closed()


@pytest.fixture(scope="session")
def desk(sample_case: Case) -> Generator[str]:
    """The address of a desk over the sample, for tests that only look. Who rules takes `own_desk`."""
    yield from served(sample_case)


@pytest.fixture
def own_desk(own_case: Case) -> Generator[str]:
    """The address of a desk over the sample, for one test alone: it may rule there."""
    yield from served(own_case)


def served(case: Case) -> Generator[str]:
    """The address of a desk over a case."""
    from sayso.desk.app import desk

    with browsing.serving(desk(case, who=WHO, now=lambda: AT)) as address:
        yield address


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Generator[None]:
    """Passwords are hashed in a moment: what a real hash costs is tried in tests/ledger."""
    real, passwords.HASHER = passwords.HASHER, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    passwords.HASHER = real


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """A browser for the session."""
    if browsing.chromium() is None:
        pytest.skip("Chromium is not installed: the desk is not tried in a browser (apt-get install chromium)")
    with browsing.started() as running:
        yield running


@pytest.fixture
def guard() -> Guard:
    """What watches the pages of a test. It lets pass what the test allows."""
    return Guard()


@pytest.fixture
def page(browser: Browser, guard: Guard) -> Generator[Page]:
    """An empty page of 1280 by 720. Whatever it asks for elsewhere or complains of fails the test."""
    with browsing.opened(browser, guard) as new:
        yield new
    guard.check()


@pytest.fixture
def plain_page(browser: Browser, guard: Guard) -> Generator[Page]:
    """The same without scripts: every page must work so."""
    with browsing.opened(browser, guard, scripts=False) as new:
        yield new
    guard.check()


# A case in which something was ruled, for all that is asked of every page


@pytest.fixture(scope="module")
def ruled_case(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """The sample, with something ruled in it."""
    yield from copied(sample_folder, tmp_path_factory.mktemp("ruled") / "sample")


@pytest.fixture(scope="module")
def known(ruled_case: Case) -> Known:
    """Its ids."""
    return ruled(ruled_case)


@pytest.fixture(scope="module")
def address(ruled_case: Case, known: Known) -> Generator[str]:
    """A desk over it."""
    yield from served(ruled_case)
