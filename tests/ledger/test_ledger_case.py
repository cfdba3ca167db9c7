"""A case is a folder: made once, opened often, never by an older Sayso than wrote it."""

from __future__ import annotations

import secrets
import sqlite3
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text, update

from sayso.ledger import audit
from sayso.ledger.case import DATABASE, SETTINGS, Case, facts, made, opened
from sayso.ledger.migrations import HEAD, configured
from sayso.ledger.problems import CaseExists, NewerCase, NoCase, NoDatabase
from sayso.ledger.schema import case_facts, sentences, tables
from tests.databases import MADE_AT, MADE_BY, Server


def _with_sentences(case: Case, *words: str) -> None:
    with case.writing() as connection:
        for n, said in enumerate(words):
            connection.execute(sentences.insert().values(report_id="r", n=n, start=0, end=len(said), words=said))


def _found(case: Case, term: str) -> list[int]:
    asked = {
        "sqlite": "SELECT n FROM sentences JOIN sentence_search ON sentence_search.rowid = sentences.id "
        "WHERE sentence_search MATCH :term ORDER BY n",
        "postgresql": "SELECT n FROM sentences WHERE string_to_array(terms, ' ') @> ARRAY[:term] ORDER BY n",
    }[case.dialect]
    with case.reading() as connection:
        return list(connection.execute(text(asked), {"term": term}).scalars())


def test_a_case_says_what_it_is(case: Case) -> None:
    """Its format, when and by whom it was made; and the making is the first row of the audit."""
    with case.reading() as connection:
        told = facts(connection)
        noted = list(audit.rows(connection))
    assert (told["format"], told["made_at"], told["made_by"]) == ("1", MADE_AT, MADE_BY)
    assert [(row.seq, row.what, row.about) for row in noted] == [(1, "made", told["case"])]


def test_the_migrations_make_the_tables_of_the_schema(case: Case) -> None:
    """Alembic finds nothing to change, once the index for searching is left aside."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with case.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_of_the_schema})
        assert compare_metadata(context, tables) == []


def _is_of_the_schema(thing: object, name: str, kind: str, reflected: bool, other: object) -> bool:
    del thing, other
    return not (
        reflected
        and ("search" in name or name == "ix_sentences_terms" or (kind == "table" and name == "alembic_version"))
    )


def test_the_newest_migration_is_the_one_that_is_named() -> None:
    """`HEAD` saves loading Alembic, so it must be true."""
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(configured()).get_heads() == [HEAD]


def test_opening_a_case_that_is_up_to_date_loads_no_alembic(case: Case) -> None:
    """A fifth of a second that every command would pay."""
    import subprocess

    program = (
        "import sys; from sayso.ledger.case import opened; opened(sys.argv[1]); "
        "print([name for name in sys.modules if name.startswith('alembic')])"
    )
    told = subprocess.run([sys.executable, "-c", program, str(case.folder)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_what_is_written_together_is_kept_together(case: Case) -> None:
    """A failure half-way leaves nothing behind."""
    with pytest.raises(ZeroDivisionError), case.writing() as connection:
        connection.execute(case_facts.insert().values(name="title", value="half"))
        1 / 0  # noqa: B018
    with case.reading() as connection:
        assert "title" not in facts(connection)


def test_a_reader_sees_one_moment(case: Case) -> None:
    """What another writes meanwhile is not seen half-way through."""
    with case.reading() as connection:
        before = facts(connection)
        with case.writing() as other:
            other.execute(case_facts.insert().values(name="title", value="later"))
        assert facts(connection) == before
    with case.reading() as connection:
        assert facts(connection)["title"] == "later"


def test_a_reader_cannot_write_in_passing(case: Case) -> None:
    """What a reading connection changed is gone when it closes, where it can change anything at all."""
    from sqlalchemy.exc import DBAPIError

    try:
        with case.reading() as connection:
            connection.execute(case_facts.insert().values(name="title", value="in passing"))
    except DBAPIError:
        pass
    with case.reading() as connection:
        assert "title" not in facts(connection)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("no\x00thing", id="a NUL, which PostgreSQL cannot store"),
        pytest.param("half \ud83d a face", id="half a character, which no database stores"),
        pytest.param("a \ufdd0 mark", id="the very mark that these travel as"),
        pytest.param("Szőlőhegy 😀 \r\n\t«»", id="the usual"),
    ],
)
def test_words_come_back_as_they_were(case: Case, words: str) -> None:
    """Whatever a report holds."""
    with case.writing() as connection:
        connection.execute(case_facts.insert().values(name="title", value=words))
    with case.reading() as connection:
        assert facts(connection)["title"] == words


def test_searching_forgets_what_was_changed_or_removed(case: Case) -> None:
    """The index follows the sentences by itself."""
    _with_sentences(case, "A bridge fell.", "A dam held.")
    assert (_found(case, "bridg"), _found(case, "dam")) == ([0], [1])
    with case.writing() as connection:
        connection.execute(update(sentences).where(sentences.c.n == 0).values(words="A wall fell.", terms="wall fell"))
        connection.execute(sentences.delete().where(sentences.c.n == 1))
    assert (_found(case, "bridg"), _found(case, "wall"), _found(case, "dam")) == ([], [0], [])


def test_a_case_in_sqlite_opens_anywhere(tmp_path: Path) -> None:
    """Plain SQLite reads and searches it, as Datasette does: no function or order of ours is needed."""
    case = made(tmp_path / "case", at=MADE_AT, who=MADE_BY)
    _with_sentences(case, "The well was poisoned, he said.")
    case.closed()
    with closing(sqlite3.connect(f"file:{tmp_path / 'case' / DATABASE}?mode=ro", uri=True)) as plain:
        fts = plain.execute("SELECT sql FROM sqlite_master WHERE name = 'sentence_search'").fetchone()[0]
        assert "content='sentences'" in fts  # by which Datasette finds the index of a table
        found = plain.execute("SELECT rowid FROM sentence_search WHERE sentence_search MATCH 'poisons'").fetchall()
        assert found == [(1,)]
        for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            plain.execute(f"SELECT * FROM [{name}] ORDER BY 1 LIMIT 1").fetchall()
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_case_opens_again(case: Case) -> None:
    """And is the same one."""
    with case.reading() as connection:
        before = facts(connection)
    again = opened(case.folder)
    with again.reading() as connection:
        assert facts(connection) == before
    again.closed()


def test_a_case_of_before_is_given_the_index_that_counts_are_made_by(case: Case) -> None:
    """Opening it is enough."""
    with case.writing() as connection:
        connection.execute(text("DROP INDEX ix_incidents_drawn"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    again = opened(case.folder)
    with again.reading() as connection:
        assert "ix_incidents_drawn" in {one["name"] for one in inspect(connection).get_indexes("incidents")}
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
    again.closed()


def test_no_case_is_made_by_looking(tmp_path: Path) -> None:
    """Opening says what there is not, and leaves no file behind."""
    with pytest.raises(NoCase, match=r"There is no case in .*nowhere.*--case"):
        opened(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_case_is_not_made_over_something_else(tmp_path: Path, case: Case) -> None:
    """Neither over a case, nor over other files, nor over a file."""
    with pytest.raises(CaseExists):
        made(case.folder, at=MADE_AT, who=MADE_BY)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "diary.txt").write_text("mine")
    with pytest.raises(CaseExists, match=r"diary\.txt"):
        made(tmp_path / "folder", at=MADE_AT, who=MADE_BY)
    with pytest.raises(CaseExists, match="is a file"):
        made(tmp_path / "folder" / "diary.txt", at=MADE_AT, who=MADE_BY)


def test_a_making_that_was_cut_off_can_be_done_again(tmp_path: Path) -> None:
    """The database is there but holds nothing: it is no case yet, and making it goes on."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / DATABASE).touch()
    with pytest.raises(NoCase, match="cut off"):
        opened(folder)
    made(folder, at=MADE_AT, who=MADE_BY).closed()
    opened(folder).closed()


def test_a_newer_case_is_left_alone(case: Case) -> None:
    """Its format or its tables are of a Sayso that we are not."""
    with case.writing() as connection:
        connection.execute(update(case_facts).where(case_facts.c.name == "format").values(value="2"))
    with pytest.raises(NewerCase, match="newer Sayso"):
        opened(case.folder)
    with case.writing() as connection:
        connection.execute(update(case_facts).where(case_facts.c.name == "format").values(value="1"))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerCase, match="newer Sayso"):
        opened(case.folder)


@pytest.fixture
def far(postgresql: Server, tmp_path: Path) -> Generator[Case]:
    """A case kept in PostgreSQL."""
    postgresql.told(f"CREATE DATABASE {(name := f'far_{secrets.token_hex(8)}')} TEMPLATE template0")
    url = postgresql.url(name).replace("tester@", "tester:hushhush@")
    case = made(tmp_path / "far", at=MADE_AT, who=MADE_BY, database=url)
    yield case
    case.closed()


def test_the_folder_and_the_database_must_belong_together(far: Case) -> None:
    """A `case.toml` that leads to the database of another case is not followed."""
    case = far
    with case.writing() as connection:
        connection.execute(update(case_facts).where(case_facts.c.name == "case").values(value="another"))
    with pytest.raises(NoCase, match="belongs to another case"):
        opened(case.folder)


def test_a_database_holds_one_case(far: Case, tmp_path: Path) -> None:
    """A second folder cannot share it."""
    with pytest.raises(CaseExists, match="its own database"):
        made(tmp_path / "second", at=MADE_AT, who=MADE_BY, database=far.engine.url.render_as_string())


@pytest.mark.parametrize(
    ("database", "says"),
    [
        ("mysql://host/name", "neither"),
        ("host/name", "is no URL"),
        ("postgresql://tester@localhost:1/none", "is it running"),
    ],
)
def test_a_database_that_cannot_be_used_is_named(tmp_path: Path, database: str, says: str) -> None:
    """With what was met, and what to do."""
    with pytest.raises(NoDatabase, match=says):
        made(tmp_path / "case", at=MADE_AT, who=MADE_BY, database=database)


def test_a_missing_driver_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes with an extra."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NoDatabase, match=r"pip install 'sayso\[postgres\]'"):
        made(tmp_path / "case", at=MADE_AT, who=MADE_BY, database="postgresql://host/name")


def test_settings_that_say_nothing_are_named(tmp_path: Path) -> None:
    """The file, and the line that it needs."""
    (tmp_path / SETTINGS).write_text("title = 'x'")
    with pytest.raises(NoCase, match="names no database"):
        opened(tmp_path)
    (tmp_path / SETTINGS).write_text("title = ")
    with pytest.raises(NoCase, match="cannot be read"):
        opened(tmp_path)


def test_no_password_is_written_down(far: Case) -> None:
    """libpq finds it where it belongs."""
    assert far.engine.url.password == "hushhush"
    assert "hushhush" not in (far.folder / SETTINGS).read_text()
    opened(far.folder).closed()


def test_writers_wait_for_each_other(case: Case) -> None:
    """A second one sees all that the first wrote: numbers are given out once."""
    import threading

    def add() -> None:
        for _ in range(10):
            with case.writing() as connection:
                audit.note(connection, at=MADE_AT, who="x", what="tested", about="y", body={})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with case.reading() as connection:
        assert [row.seq for row in audit.rows(connection)] == list(range(1, 42))


def test_the_indexes_are_named(case: Case) -> None:
    """So that a migration can find them, on both databases."""
    with case.reading() as connection:
        assert {index["name"] for index in inspect(connection).get_indexes("statements")} >= {"ix_statements_act"}
        assert connection.execute(select(case_facts.c.name)).first()
