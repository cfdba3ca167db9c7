"""Cases for tests, on both databases: empty ones copied from one that was made, each its own.

A PostgreSQL server is started for the session, in a temporary folder and reachable by nobody else: it listens on a
socket in that folder only. Its programs are looked for in the folder that SAYSO_PG_BIN names, beside `postgres` in
the PATH, and where `pg_config` says.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from sayso.ledger.case import Case, made, opened

MADE_AT = "2031-04-05T06:07:08Z"
MADE_BY = "Ana Tester"
PATIENCE = 60


def programs() -> Path | None:
    """The folder of PostgreSQL's programs; None where it is not installed."""
    asked = os.environ.get("SAYSO_PG_BIN")
    beside = [Path(found).resolve().parent for name in ("postgres", "initdb") if (found := shutil.which(name))]
    folders = [*([Path(asked)] if asked else []), *beside, *_of_pg_config(), *_of_debian()]
    return next((folder for folder in folders if _has(folder, "initdb") and _has(folder, "postgres")), None)


def _has(folder: Path, name: str) -> bool:
    return (folder / name).is_file() or (folder / f"{name}.exe").is_file()


def _of_pg_config() -> list[Path]:
    if not shutil.which("pg_config"):
        return []
    told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
    return [Path(told.stdout.strip())] if told.returncode == 0 else []


def _of_debian() -> list[Path]:
    """Debian keeps the programs of every version apart, the newest last, and out of the PATH."""
    return sorted(Path(Path.cwd().anchor, "usr", "lib", "postgresql").glob("*/bin"), reverse=True)


@dataclass(frozen=True)
class Server:
    """A running server; `folder` holds its data and its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        url = URL.create("postgresql", username="tester", database=database, query={"host": str(self.folder)})
        return url.render_as_string()

    def told(self, command: str) -> None:
        """Run a command outside any transaction."""
        engine = create_engine(make_url(self.url("postgres")).set(drivername="postgresql+psycopg"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(command))
        engine.dispose()


@contextmanager
def server() -> Generator[Server]:
    """A PostgreSQL server of our own while the block runs."""
    found = programs()
    if found is None:
        raise LookupError("PostgreSQL's initdb and postgres were not found")
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    other = _somebody_else(folder)
    try:
        begun = [str(found / "initdb"), "--pgdata", str(folder / "data"), "--username", "tester"]
        begun += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
        subprocess.run(begun, check=True, capture_output=True, cwd=folder, user=other)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "full_page_writes": "off",
            "shared_buffers": "32MB",
            "max_connections": "40",
        }
        command = [str(found / "postgres"), "-D", str(folder / "data")]
        command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, user=other) as run,
        ):
            try:
                yield _ready(Server(folder), run)
            finally:
                run.send_signal(getattr(signal, "SIGQUIT", signal.SIGTERM))  # at once: nothing of it is kept
                try:
                    run.wait(10)
                except subprocess.TimeoutExpired:
                    run.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _somebody_else(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root; it then runs as its own user, or as nobody."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    other = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, other)
    return other


def _ready(running: Server, run: subprocess.Popen[bytes]) -> Server:
    from sqlalchemy.exc import OperationalError

    until = time.monotonic() + PATIENCE
    while True:
        try:
            running.told("SELECT 1")
            return running
        except OperationalError:
            if run.poll() is not None or time.monotonic() > until:
                raise RuntimeError((running.folder / "log").read_text(errors="replace")) from None
            time.sleep(0.05)


class Cases:
    """Makes empty cases, each a copy of one that was made once: making one anew takes a tenth of a second."""

    def __init__(self, folder: Path, running: Server | None) -> None:
        self.folder, self.running = folder, running
        self.name = f"made_{secrets.token_hex(8)}"
        database = None
        if running is not None:
            running.told(f"CREATE DATABASE {self.name} TEMPLATE template0")
            database = running.url(self.name)
        made(folder / "template", at=MADE_AT, who=MADE_BY, database=database).closed()

    def new(self, folder: Path) -> Case:
        """A new case without reports, in a folder that is not there yet."""
        shutil.copytree(self.folder / "template", folder)
        if self.running is not None:
            name = f"case_{secrets.token_hex(8)}"
            self.running.told(f"CREATE DATABASE {name} TEMPLATE {self.name}")
            settings = folder / "case.toml"
            settings.write_text(settings.read_text().replace(self.name, name))
        return opened(folder)

    def gone(self, case: Case) -> None:
        """Let go of a case, and of its database."""
        name = case.engine.url.database
        case.closed()
        if self.running is not None:
            self.running.told(f"DROP DATABASE {name} WITH (FORCE)")
