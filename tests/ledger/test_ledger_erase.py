"""What is erased is in no file of the case any more, and the case still holds."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

import sayso
from sayso.ledger import schema
from sayso.ledger.adding import add, keep_container
from sayso.ledger.case import Case, opened
from sayso.ledger.decisions import decide, decisions
from sayso.ledger.erasing import Erasing, erased
from sayso.ledger.originals import kept, path_of
from sayso.ledger.problems import CannotErase, Erased, NoSuchThing
from sayso.ledger.rereading import current_readings
from sayso.ledger.verifying import verified
from sayso.ledger.waiting import wait
from sayso.record import Custody
from tests.databases import Cases
from tests.ledger.added import ALONE, AT, DENIED, FERRY, added, read

SECRET = (
    "OSK, April 6 (River Wire) - Nurse Quillon Zabrev said on Friday that the clinic at Wexhaven was shelled.\n"
    "“We hid eleven patients in the kilnhouse,” Zabrev told the River Wire. The Coastal Ministry denied it.\n"
)
UNIQUE = ("Quillon", "Zabrev", "Wexhaven", "kilnhouse", "kilnhous")
LATER = "2031-06-01T00:00:00Z"


def _files(case: Case) -> Iterator[Path]:
    """Every file in which the case's data can be: its folder, and its database's files in the server's folder."""
    yield from (path for path in case.folder.rglob("*") if path.is_file())
    if case.dialect == "postgresql":
        with case.engine.connect() as connection:
            number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar()
            connection.execute(text("COMMIT"))
            connection.execute(text("CHECKPOINT"))
        server = Path(str(case.engine.url.query["host"]))
        yield from (path for path in (server / "data" / "base" / str(number)).rglob("*") if path.is_file())


def _forms(word: str) -> Iterator[bytes]:
    """A word as bytes, in every form that a file of ours could hold it in."""
    for spelled in (word, word.lower(), word.upper()):
        yield spelled.encode()
        yield spelled.encode("utf-16-le")
        yield spelled.encode("utf-16-be")
        yield json.dumps(spelled).strip('"').encode()


def _holding(case: Case, *words: str) -> set[str]:
    """The words that some file of the case holds as they are, or some packed bytes of the database."""
    found = set()
    for path in _files(case):
        data = path.read_bytes()
        found |= {word for word in words if any(form in data for form in _forms(word))}
    return found | _packed(case, *words)


def _packed(case: Case, *words: str) -> set[str]:
    with case.reading() as connection:
        blobs = [
            *connection.execute(select(schema.readings.c.packed)).scalars(),
            *connection.execute(select(schema.prints.c.packed)).scalars(),
            *connection.execute(select(schema.prints.c.story)).scalars(),
        ]
    opened = [bytes(blob) for blob in blobs] + [_unzipped(bytes(blob)) for blob in blobs]
    return {word for word in words for blob in opened if word.lower().encode() in blob.lower()}


def _unzipped(blob: bytes) -> bytes:
    try:
        return zlib.decompress(blob)
    except zlib.error:
        return b""


def _slices(case: Case, report: str) -> list[bytes]:
    """Stretches of the packed reading of a report, as they stand in the database's files."""
    with case.reading() as connection:
        packed = connection.execute(
            select(schema.readings.c.packed).where(schema.readings.c.report_id == report)
        ).scalar_one()
    return [bytes(packed)[at : at + 24] for at in range(0, len(packed) - 24, 100)]


@pytest.fixture
def full(case: Case) -> Case:
    """A case with the secret among other reports, and all that people wrote about it."""
    one = added(case, FERRY, SECRET, DENIED, ALONE)[1].report
    decide(case, ruling="accept", about=[f"{one}#st1"], who="Ana", why="Quillon Zabrev told me at Wexhaven", at=AT)
    with case.writing() as connection:
        wait(connection, at=AT, kind="changed_reading", about=one, says="Zabrev is read as a place")
    return case


def _id(text_of: str) -> str:
    return "sha256:" + hashlib.sha256(text_of.encode()).hexdigest()


def _erase(case: Case, **what: str | bool) -> Erasing:
    return erased(case, who="Bo", why="asked to", at=LATER, **what)  # type: ignore[arg-type]


# A report


def test_the_words_are_there_before(full: Case) -> None:
    """Else what follows would show nothing."""
    assert _holding(full, *UNIQUE) == set(UNIQUE)
    if full.dialect == "sqlite":
        whole = b"".join(path.read_bytes() for path in _files(full))
        assert any(one in whole for one in _slices(full, _id(SECRET)))


def test_no_byte_of_an_erased_report_is_left(full: Case) -> None:
    """Not in the database, its journal or its index, not in packed bytes, not among the originals."""
    slices = _slices(full, _id(SECRET))
    _erase(full, report=_id(SECRET))
    assert _holding(full, *UNIQUE) == set()
    whole = b"".join(path.read_bytes() for path in _files(full))
    assert not any(one in whole for one in slices)
    assert not path_of(full, _id(SECRET)).exists()


def test_a_case_holds_after_erasing(full: Case) -> None:
    """The audit never held what was erased; the tombstone says what, when, by whom and why."""
    _erase(full, report=_id(SECRET))
    verdict = verified(full)
    assert (verdict.holds, verdict.broken) == (True, ())
    assert (verdict.originals, verdict.reports) == (3, 3)
    with full.reading() as connection:
        stone = connection.execute(select(schema.tombstones).where(schema.tombstones.c.kind == "report")).one()
    assert (stone.about, stone.at, stone.who, stone.why) == (_id(SECRET), LATER, "Bo", "asked to")


def test_the_rest_stays_as_it_was(full: Case, cases: Cases, tmp_path: Path) -> None:
    """Every row of the other reports, and which of them belong together, as if the erased one had never been added."""
    _erase(full, report=_id(SECRET))
    other = cases.new(tmp_path / "other")
    added(other, FERRY, DENIED, ALONE)
    assert _rows(full) == _rows(other)
    cases.gone(other)


def _rows(case: Case) -> dict[str, list[object]]:
    """The rows drawn from reports; ids that stay with what had them first are told by what shares them."""
    drawn: dict[str, list[object]] = {}
    with case.reading() as connection:
        for table in (schema.statements, schema.events, schema.sources, schema.sentences, schema.places):
            kept = [
                column for column in table.c if column.name not in ("id", "sentence_id", "speaker_id", "incident_id")
            ]
            drawn[table.name] = sorted(map(tuple, connection.execute(select(*kept))), key=repr)
        for table, shared in ((schema.sources, "speaker_id"), (schema.events, "incident_id")):
            groups: dict[str, set[tuple[str, str]]] = {}
            for row in connection.execute(select(table)).mappings():
                groups.setdefault(row[shared], set()).add(
                    (row["report_id"], row["source" if "source" in row else "event"])
                )
            drawn[shared] = sorted(map(sorted, groups.values()))  # type: ignore[arg-type]
        for table, name in ((schema.speakers, "id"), (schema.incidents, "id")):
            drawn[table.name] = [len(connection.execute(select(table.c[name])).all())]
    return drawn


def test_erased_bytes_are_not_added_again(full: Case) -> None:
    """And the person is told what the tombstone says."""
    _erase(full, report=_id(SECRET))
    reading = read(SECRET)
    with pytest.raises(Erased, match=r"erased from the case on 2031-06-01.* by Bo: asked to"):
        add(full, reading.page.report, reading, Custody(AT, "Ana", "sayso"), at=AT)
    assert _holding(full, *UNIQUE) == set()


def test_a_decision_about_what_is_gone_stays_without_its_words(full: Case) -> None:
    """What was typed about it could tell as much as the report."""
    _erase(full, report=_id(SECRET))
    with full.reading() as connection:
        (made,) = decisions(connection)
        anchor = connection.execute(select(schema.decision_anchors)).one()
    assert (made.who, made.ruling, made.why, made.value) == ("Ana", "accept", "[erased]", None)
    assert (anchor.words, anchor.before, anchor.after, anchor.lost) == ("", "", "", True)


def test_what_was_not_touched_is_named(full: Case) -> None:
    """Where it came from, what was exported, and that backups hold it."""
    (full.folder / "exports" / "all.csv").write_text("Zabrev")
    gone = _erase(full, report=_id(SECRET)[:14])
    assert gone.reports == (_id(SECRET),)
    assert gone.outside == ("in/report.txt",)
    assert [Path(path).name for path in gone.exports] == ["all.csv"]
    says = "\n".join(gone.says)
    for part in ("in/report.txt", "all.csv", "Backups", *(["write-ahead log"] if full.dialect == "postgresql" else [])):
        assert part in says


def test_an_erasing_that_was_cut_off_is_finished_by_erasing_again(full: Case) -> None:
    """The rows went, and the process died before the bytes did."""
    _erase(full, report=_id(SECRET))
    kept(full, SECRET.encode())
    assert not verified(full).holds
    again = _erase(full, report=_id(SECRET))
    assert "before" in again.says[0]
    assert verified(full).holds
    assert _holding(full, *UNIQUE) == set()


def test_what_is_not_there_cannot_be_erased(full: Case) -> None:
    """And nothing is touched."""
    with pytest.raises(NoSuchThing):
        _erase(full, report="sha256:" + "0" * 64)
    with pytest.raises(CannotErase, match="either"):
        _erase(full)
    with pytest.raises(CannotErase, match="either"):
        _erase(full, report=_id(SECRET), name="Zabrev")
    assert verified(full).reports == 4


# What it came in


@pytest.fixture
def archived(full: Case) -> Case:
    """The secret and another report came in one archive."""
    archive = kept(full, f"ARCHIVE {SECRET} {FERRY}".encode())
    with full.writing() as connection:
        connection.execute(schema.originals.insert().values(sha256=archive, bytes=100, kind="container", added_at=AT))
        size = len(f"ARCHIVE {SECRET} {FERRY}".encode())
        connection.execute(update(schema.originals).where(schema.originals.c.sha256 == archive).values(bytes=size))
        for one in (SECRET, FERRY):
            connection.execute(
                update(schema.custody)
                .where(schema.custody.c.report_id == _id(one))
                .values(container=f"sha256:{archive}")
            )
    return full


def test_what_came_in_an_archive_goes_only_with_it(archived: Case) -> None:
    """That is refused first, saying what else is in it."""
    with pytest.raises(CannotErase, match=f"1 other reports came in it, and stay: {_id(FERRY)}.*--containers"):
        _erase(archived, report=_id(SECRET))
    assert verified(archived).reports == 4
    gone = _erase(archived, report=_id(SECRET), containers=True)
    assert len(gone.containers) == 1
    assert _holding(archived, *UNIQUE) == set()
    assert verified(archived).holds, verified(archived).broken
    assert verified(archived).reports == 3


# A name


def test_a_withheld_name_is_nowhere(full: Case) -> None:
    """In no form that was asked for; what was said stays."""
    _erase(full, name="Quillon Zabrev")
    _erase(full, name="Zabrev")
    assert _holding(full, "Quillon", "Zabrev") == set()
    assert _holding(full, "Wexhaven", "kilnhouse") == {"Wexhaven", "kilnhouse"}
    assert verified(full).holds, verified(full).broken


def test_a_withheld_name_leaves_every_place_where_it_was(full: Case) -> None:
    """Statements, events and sentences have the same spans; blocks stand for the name."""
    asked = select(schema.statements.c.statement, schema.statements.c.start, schema.statements.c.end).where(
        schema.statements.c.report_id == _id(SECRET)
    )
    with full.reading() as connection:
        before = list(map(tuple, connection.execute(asked.order_by(schema.statements.c.statement))))
    assert before
    _erase(full, name="Quillon Zabrev")
    with full.reading() as connection:
        now = connection.execute(select(schema.reports.c.text).where(schema.reports.c.id == _id(SECRET))).scalar_one()
        assert list(map(tuple, connection.execute(asked.order_by(schema.statements.c.statement)))) == before
    assert now == SECRET.replace("Quillon Zabrev", "███████ ██████")


def test_a_withheld_speaker_still_speaks(full: Case) -> None:
    """Under a mark that is the same everywhere, and of nobody else."""
    with full.reading() as connection:
        speaker = connection.execute(
            select(schema.sources.c.speaker_id).where(schema.sources.c.name.contains("Zabrev"))
        ).scalar_one()
    _erase(full, name=speaker)
    with full.reading() as connection:
        names = connection.execute(select(schema.speakers.c.name)).scalars().all()
        assert len([name for name in names if name.startswith("[name withheld ")]) == 1
        said = select(schema.statements.c.words).where(schema.statements.c.report_id == _id(SECRET))
        assert any("kilnhouse" in words for words in connection.execute(said).scalars())
    assert _holding(full, "Quillon", "Zabrev") == set()


PAGE = """<html><head><title>Wexhaven</title><meta name="author" content="Quillon Žabrev"></head><body><article>
<p>The clinic at Wexhaven was shelled on Friday, the Coastal Ministry said. Nobody was hurt in the clinic that day.</p>
<p>The ministry said on Saturday that the road to Wexhaven had been open all day and that it stays open.</p>
</article></body></html>"""


def test_a_name_is_found_beside_the_text(case: Case) -> None:
    """As that of a writer whom only the head of a page names, however the marks on its letters are written."""
    reading = sayso.read_bytes(PAGE.encode())
    assert "abrev" not in reading.page.report.text
    report = add(case, reading.page.report, reading, Custody(AT, "Ana", "sayso"), at=AT).report
    assert _packed(case, "Quillon") == {"Quillon"}
    assert _erase(case, name="quillon zabrev").reports == (report,)
    assert _holding(case, "Quillon", "abrev") == set()


def test_what_an_administrator_must_do_is_said(full: Case) -> None:
    """Where the person has no right to write anew what PostgreSQL remembers of a table's values."""
    if full.dialect != "postgresql":
        assert not any("administrator" in line for line in _erase(full, name="Quillon Zabrev").says)
        return
    name = full.engine.url.database
    with full.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN"))
        for (table,) in connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all():
            connection.execute(text(f'ALTER TABLE "{table}" OWNER TO {name}'))
    settings = full.folder / "case.toml"
    settings.write_text(settings.read_text().replace("tester@", f"{name}@"))
    plain = opened(full.folder)
    says = _erase(plain, name="Quillon Zabrev").says
    plain.closed()
    assert "Let an administrator" in says[-1]


def test_rows_that_name_a_withheld_person_are_named(full: Case) -> None:
    """People write them; they are not changed by us."""
    rows = full.folder / "knowledge" / "parties.toml"
    rows.parent.mkdir()
    row = "[[row]]\nid = 'nurses'\nkind = 'body'\nname = 'Quillon Zabrev'\nexample = 'A note from [Quillon Zabrev].'\n"
    rows.write_text(row)
    assert str(rows) in _erase(full, name="Quillon Zabrev").outside


def test_a_report_with_a_withheld_name_is_not_read_anew(full: Case) -> None:
    """Its original is gone, and nobody speaks in blocks: it keeps its reading. The others are read."""
    _erase(full, name="Quillon Zabrev")
    wanted = [reading.page.report.id for reading, _ in current_readings(full)]
    assert wanted == [_id(FERRY), _id(DENIED), _id(ALONE)]


def test_two_withheld_names_are_two(full: Case) -> None:
    """What is withheld of them is told apart, and nobody is taken for the other."""
    _erase(full, name="Quillon Zabrev")
    _erase(full, name="Ada Brond")
    with full.reading() as connection:
        names = connection.execute(select(schema.speakers.c.name)).scalars().all()
    assert len({name for name in names if name.startswith("[name withheld ")}) == 2


def test_a_withheld_name_goes_from_what_people_typed(full: Case) -> None:
    """And from where files were; the decision stands, and its words can no longer be checked."""
    with full.writing() as connection:
        connection.execute(update(schema.custody).values(path="in/quillon-zabrev.txt"))
    assert _erase(full, name="Quillon Zabrev").outside == ("in/quillon-zabrev.txt",)
    with full.reading() as connection:
        (made,) = decisions(connection)
        paths = set(connection.execute(select(schema.custody.c.path)).scalars())
    assert made.why.startswith("[name withheld ")
    assert made.why.endswith("] told me at Wexhaven")
    assert all(path.startswith("in/[name withheld ") for path in paths)
    assert verified(full).holds, verified(full).broken


def test_the_original_of_a_report_with_a_withheld_name_goes(full: Case) -> None:
    """Its bytes held the name; the same bytes again are still that report, and are not kept again."""
    _erase(full, name="Quillon Zabrev")
    assert not path_of(full, _id(SECRET)).exists()
    reading = read(SECRET)
    assert add(full, reading.page.report, reading, Custody(LATER, "Ana", "sayso", path="again"), at=LATER).known
    assert not path_of(full, _id(SECRET)).exists()
    assert _holding(full, "Quillon") == set()


@pytest.mark.parametrize("name", ["Nobody Here", "Zab", "", "Zz"])
def test_a_name_that_is_not_there_is_said(full: Case, name: str) -> None:
    """Whole words only; nothing is changed."""
    with pytest.raises(CannotErase):
        _erase(full, name=name)
    assert _holding(full, *UNIQUE) == set(UNIQUE)


def test_what_was_not_looked_for_is_said(full: Case) -> None:
    """Other spellings of a name are not found by themselves."""
    says = _erase(full, name="Quillon Zabrev").says[0]
    assert "Other spellings" in says
    assert "in 1 report" in says


def test_an_erased_container_is_not_kept_again(archived: Case, tmp_path: Path) -> None:
    """Its hash is known, its bytes are not."""
    _erase(archived, report=_id(SECRET), containers=True)
    again = tmp_path / "archive"
    again.write_text(f"ARCHIVE {SECRET} {FERRY}")
    sealed = keep_container(archived, again, media_type=None, at=AT)
    assert sealed == hashlib.sha256(again.read_bytes()).hexdigest()
    assert not path_of(archived, sealed).exists()
    assert _holding(archived, *UNIQUE) == set()
