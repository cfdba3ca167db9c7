"""Opening a case: a folder with a database, the originals and the exports.

With SQLite the database is `sayso.db` in the folder. With PostgreSQL the folder holds `case.toml`, which names the
database; no password belongs into it (libpq's own places, PGPASSWORD or a .pgpass file, hold it).
"""

from __future__ import annotations

import sqlite3
import time
import tomllib
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from sayso.ledger import audit
from sayso.ledger.migrations import HEAD
from sayso.ledger.problems import CaseBusy, CaseExists, NewerCase, NoCase, NoDatabase
from sayso.ledger.schema import case_facts

FORMAT = 1
"""The format of a case. It is raised when an older Sayso could not read what a newer one writes."""

PATIENCE = 60
"""How long a writer waits for another (seconds)."""

LOOKS = 0.003
"""Seconds between two looks whether another process has done with writing to a SQLite database."""

BREATH = 0.006
"""Seconds that whoever writes one thing after another leaves between two, for those who wait to write one thing."""

WRITERS = 0x5A150
"""The lock that writers to one PostgreSQL database take, so that there is one at a time, as in SQLite."""

IMMEDIATE = "BEGIN IMMEDIATE"
SETTINGS_OF_SQLITE = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "wal_autocheckpoint = 4000",  # pages: those that several reports change are written once
)
CACHE, SMALL_CACHE = 65_536, 8_192
"""KB that a connection to SQLite holds of its file: who adds puts keys all over their table, which outgrows SQLite's
own 2 MB; a desk has many connections, and the system holds the file for all of them."""
DATABASE = "sayso.db"
SETTINGS = "case.toml"


@dataclass(frozen=True, slots=True)
class Case:
    """An open case."""

    folder: Path
    engine: Engine
    dialect: str  # sqlite | postgresql
    turn: Lock = field(default_factory=Lock, repr=False, compare=False)  # of the writers of this process

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection that sees the case as it was at its first question, whatever others write meanwhile."""
        engine = self.engine
        if self.dialect == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with _connected(self.folder, engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """A connection in one transaction: all of it is kept at the end, or none of it. One writer at a time.

        Writers of one process wait in a row for their turn, and only the first of them for other processes: SQLite
        looks now and then whether it is free, and whoever came last can be the first to see it.
        """
        engine = self.engine.execution_options(sayso_begin=IMMEDIATE)
        with self._in_turn(), _connected(self.folder, engine) as connection:
            with _told_if_busy(self.folder):
                transaction = connection.begin()
                if self.dialect == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
            with transaction:
                yield connection

    @contextmanager
    def _in_turn(self) -> Generator[None]:
        if not self.turn.acquire(timeout=PATIENCE):
            raise _busy(self.folder)
        try:
            yield
        finally:
            self.turn.release()

    def closed(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def opened(where: Path | str, *, cache: int = CACHE) -> Case:
    """Open the case in a folder, bringing its database to this version's form.

    `cache` is how much of its file each connection to SQLite may hold (KB).

    Raises `NoCase` where there is none, `NewerCase` where it was written by a newer Sayso, `NoDatabase` where its
    database cannot be reached.
    """
    folder = Path(where).absolute()
    case = Case(folder, *_engine(folder, _database(folder), cache))
    try:
        _brought_up(case)
    except BaseException:
        case.closed()
        raise
    return case


def made(where: Path | str, *, at: str, who: str, title: str | None = None, database: str | None = None) -> Case:
    """Make a new case in a folder that is not there or empty; `database` is the URL of an empty PostgreSQL database.

    Raises `CaseExists` where there is something already, `NoDatabase` where the database cannot be reached.
    """
    folder = Path(where).absolute()
    url = _url(database) if database else None
    _refuse_taken(folder)
    folder.mkdir(parents=True, exist_ok=True)
    case = Case(folder, *_engine(folder, url, CACHE))
    try:
        _begin(case, at=at, who=who, title=title)
    except BaseException:
        case.closed()
        raise
    return case


def give_way() -> None:
    """Let those write who wait for it, between two things of many that are written."""
    time.sleep(BREATH)


def facts(connection: Connection) -> dict[str, str]:
    """What the case says of itself: `case` (its id), `format`, `made_at`, `made_by`, `made_with`, perhaps `title`."""
    return {row.name: row.value for row in connection.execute(select(case_facts))}


# Where the database is


def _database(folder: Path) -> URL | None:
    """The URL of a case's PostgreSQL database; None where the case keeps its own."""
    if (folder / DATABASE).is_file():
        return None
    settings = folder / SETTINGS
    if not settings.is_file():
        raise NoCase(f"There is no case in {folder}. Name another with --case, or make one by adding a report to it.")
    try:
        found = tomllib.loads(settings.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NoCase(f"{settings} cannot be read: {error}. Mend it, or put it back from a backup.") from None
    if not isinstance(found.get("database"), str):
        raise NoCase(f'{settings} names no database. It needs a line like database = "postgresql://user@host/name".')
    return _url(found["database"])


def _url(database: str) -> URL:
    try:
        url = make_url(database)
    except ArgumentError:
        raise NoDatabase(f"{database!r} is no URL of a database. Write it as postgresql://user@host/name.") from None
    if url.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise NoDatabase(f"A case is kept in SQLite (no URL needed) or PostgreSQL; {url.drivername} is neither.")
    return url.set(drivername="postgresql+psycopg")


def _engine(folder: Path, url: URL | None, cache: int) -> tuple[Engine, str]:
    if url is None:
        return _sqlite(folder / DATABASE, cache), "sqlite"
    try:
        return create_engine(url), "postgresql"
    except (ImportError, NoSuchModuleError):
        raise NoDatabase(
            f"The case in {folder} is kept in PostgreSQL, and its driver is missing: pip install 'sayso[postgres]'."
        ) from None


def _sqlite(path: Path, cache: int) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def _prepared(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # Python's sqlite3 shall begin nothing by itself; we say when
        for setting in (*SETTINGS_OF_SQLITE, f"cache_size = -{cache}"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        begin = connection.get_execution_options().get("sayso_begin", "BEGIN")
        if begin == IMMEDIATE:
            _take_turn(connection)
        elif begin:
            connection.exec_driver_sql(begin)

    return engine


def _take_turn(connection: Connection) -> None:
    """Begin to write as soon as nobody else does. SQLite by itself looks ever less often, up to ten times a second."""
    driver: Any = connection.connection.driver_connection
    until = time.monotonic() + PATIENCE
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while time.monotonic() < until:
            try:
                driver.execute(IMMEDIATE)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    break  # told by the last try
                time.sleep(LOOKS)
            else:
                return
        connection.exec_driver_sql(IMMEDIATE)
    finally:
        driver.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")


def _connected(folder: Path, engine: Engine) -> Connection:
    with _told_if_busy(folder):
        return engine.connect()


@contextmanager
def _told_if_busy(folder: Path) -> Generator[None]:
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error.orig) or "lock timeout" in str(error.orig):
            raise _busy(folder) from None
        raise _unreachable(folder, error) from None


def _busy(folder: Path) -> CaseBusy:
    return CaseBusy(
        f"Another process has been writing to the case in {folder} for {PATIENCE} seconds. Nothing was changed; try "
        "again when it is done."
    )


def _unreachable(folder: Path, error: DBAPIError) -> NoDatabase:
    says = " ".join(str(error.orig).split())
    return NoDatabase(
        f"The database of the case in {folder} cannot be used: {says}. Is it the right one, and is it running? "
        "A PostgreSQL password is read from PGPASSWORD or a .pgpass file."
    )


# Making and bringing up to date


def _refuse_taken(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CaseExists(f"{folder} is a file. Choose a folder for the case.")
    if (folder / SETTINGS).exists():
        raise CaseExists(f"There already is a case in {folder}.")
    others = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if others - {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "originals", "exports", "knowledge"}:
        raise CaseExists(f"{folder} is not empty: it holds {sorted(others)[0]}. Choose a new folder for the case.")


def _begin(case: Case, *, at: str, who: str, title: str | None) -> None:
    """Tables, first facts and first row of the audit in one transaction: a case is there whole or not at all."""
    import sayso
    from sayso.ledger.migrations import upgraded

    own = uuid.uuid4().hex
    told = {
        "case": own,
        "format": str(FORMAT),
        "made_at": at,
        "made_by": who,
        "made_with": f"sayso {sayso.__version__}",
    }
    with case.writing() as connection:
        if _revision(connection) is not None:
            raise CaseExists(f"The database for {case.folder} already holds a case. Give each case its own database.")
        upgraded(connection)
        connection.execute(
            case_facts.insert(),
            [{"name": name, "value": value} for name, value in {**told, **({"title": title} if title else {})}.items()],
        )
        audit.note(
            connection, at=at, who=who, what="made", about=own, body={"format": FORMAT, "with": told["made_with"]}
        )
        for part in ("originals", "exports"):
            (case.folder / part).mkdir(exist_ok=True)
    if case.dialect == "postgresql":
        (case.folder / SETTINGS).write_text(
            f'database = "{_without_password(case.engine.url)}"\ncase = "{own}"\n', encoding="utf-8"
        )


def _without_password(url: URL) -> str:
    return URL.create(
        "postgresql", username=url.username, host=url.host, port=url.port, database=url.database, query=url.query
    ).render_as_string()


def _brought_up(case: Case) -> None:
    with case.reading() as connection, _told_if_busy(case.folder):
        revision = _revision(connection)
        told = facts(connection) if revision else {}
    if revision is None:
        raise NoCase(
            f"The database of the case in {case.folder} holds no tables: making it was cut off. Remove the folder "
            "and make the case again."
        )
    if int(told.get("format", FORMAT)) > FORMAT:
        raise _newer(case.folder, told)
    _check_it_is_ours(case, told)
    if revision != HEAD:
        from sayso.ledger.migrations import is_known, upgraded

        if not is_known(revision):
            raise _newer(case.folder, told)
        with case.writing() as connection:
            upgraded(connection)


def _newer(folder: Path, told: dict[str, str]) -> NewerCase:
    return NewerCase(
        f"The case in {folder} was written by a newer Sayso than this one (it was made with {told.get('made_with')}). "
        "Nothing was changed; upgrade Sayso to open it."
    )


def _check_it_is_ours(case: Case, told: dict[str, str]) -> None:
    """The folder with the originals and the PostgreSQL database belong together."""
    settings = case.folder / SETTINGS
    if case.dialect != "postgresql":
        return
    own = tomllib.loads(settings.read_text(encoding="utf-8")).get("case")
    if own is not None and own != told.get("case"):
        raise NoCase(f"{settings} names a database that belongs to another case. Check its `database` line.")


def _revision(connection: Connection) -> str | None:
    """Which migration the database is at; None where it has no tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
