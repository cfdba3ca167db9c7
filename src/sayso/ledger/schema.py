"""The tables of a case: one schema for SQLite and PostgreSQL. How they come to be and change is in `migrations`.

Three sorts of tables. What came in and what people did (`originals`, `reports`, `custody`, `failures`, `decisions`,
`audit`, `tombstones`) can never be made anew. What was read (`readings`) can, from the originals. All others are drawn
from the readings and can be drawn again: rows for looking things up, keys for finding what is alike.

Times are ISO strings in UTC. Spans are `start`, `end` in code points of the report's text, half-open.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy import String as AnyString

from sayso.ledger.terms import name_words, terms

NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
tables = MetaData(naming_convention=NAMES)

MARK = "\ufdd0"
UNSTORABLE = re.compile("[\x00\ufdd0\ud800-\udfff]")
STORED = re.compile("\ufdd0([0-9a-f]{4})")


class Words(TypeDecorator[str]):
    """Text as a report has it. PostgreSQL stores no NUL, and no database half a character: these travel as a mark."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it can be stored."""
        if value is None or not UNSTORABLE.search(value):
            return value
        return UNSTORABLE.sub(lambda found: f"{MARK}{ord(found[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it was."""
        return as_put(value)


def as_put(value: str | None) -> str | None:
    """The text of a column as it was before it was stored."""
    if value is None or MARK not in value:
        return value
    return STORED.sub(lambda found: chr(int(found[1], 16)), value)


String = AnyString().with_variant(AnyString(collation="C"), "postgresql")
"""Ids, codes and times: compared by their characters on any database, whatever the language of its server."""


def _terms_of(context: Any) -> str:
    return terms(context.get_current_parameters()["words"])


def _folded_name(context: Any) -> str:
    return f" {name_words(context.get_current_parameters()['name'])} "


Key = BigInteger
Id = BigInteger().with_variant(Integer, "sqlite")  # so that SQLite numbers rows itself

# What came in

case_facts = Table("case_facts", tables, Column("name", String, primary_key=True), Column("value", Words))
"""What the case says of itself: format, when and with what it was made, its title."""

originals = Table(
    "originals",
    tables,
    Column("sha256", String, primary_key=True),
    Column("bytes", BigInteger, nullable=False),
    Column("media_type", String),
    Column(
        "kind", String, nullable=False
    ),  # report | container | intake: taken in, and not read yet or without a report
    Column("added_at", String, nullable=False),
)

reports = Table(
    "reports",
    tables,
    Column("seq", Id, primary_key=True, autoincrement=True),  # the order of adding
    Column("id", String, nullable=False, unique=True),  # "sha256:…" of the bytes
    Column("text_sha256", String, nullable=False),
    Column("text", Words, nullable=False),
    Column("media_type", String, nullable=False),
    Column("language", String, nullable=False),
    Column("encoding", String, nullable=False),
    Column("extracted_by", String),
    Column("title", Words),
    Column("url", Words),
    Column("publisher", Words),
    Column("published_earliest", String),
    Column("published_latest", String),
    Column("published_basis", String, nullable=False),  # given | metadata | dateline | family | inferred | unknown
    Column("words", Integer, nullable=False),
    Column("added_at", String, nullable=False),
    Index("ix_reports_published", "published_earliest"),
    Index("ix_reports_publisher", "publisher", "published_earliest"),
)

custody = Table(
    "custody",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("report_id", String, nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("by_whom", Words),
    Column("using", String, nullable=False),
    Column("path", Words),
    Column("url", Words),
    Column("container", String, index=True),
    Column("locator", Words),
)

failures = Table(
    "failures",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("path", Words),
    Column("url", Words),
    Column("container", String),
    Column("locator", Words),
    Column("kind", String, nullable=False),
    Column("says", Words, nullable=False),
)

# What was read

readings = Table(
    "readings",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("report_id", String, nullable=False),
    Column("version", String, nullable=False),  # of the text, the program, its models and its rows
    Column("sayso", String, nullable=False),
    Column("read_at", String, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # see `packing`
    UniqueConstraint("report_id", "version"),
)

sentences = Table(
    "sentences",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("report_id", String, nullable=False),
    Column("n", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("terms", Text, nullable=False, default=_terms_of),  # what is searched, from `words` by itself
    UniqueConstraint("report_id", "n"),
)
"""The sentences of every report, and its title as sentence -1. What is searched, by their `terms`; the index over these
is made by the first migration: FTS5 on SQLite, GIN on PostgreSQL."""


speakers = Table(
    "speakers",
    tables,
    Column("id", String, primary_key=True),  # "spk-…"
    Column("name", Words, nullable=False),
    Column("naming", String, nullable=False),
    Column("role", Words),
    Column("party", String, index=True),
    Column("private", Boolean, nullable=False),
    Column("first_report", String, nullable=False),
    Column("folded", Words, nullable=False, default=_folded_name),  # its spellings between blanks, small and plain
)
"""Who speaks in the whole case. Somebody unnamed is a speaker of one report, or of one family."""

speaker_keys = Table(
    "speaker_keys",
    tables,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("speaker_id", String, primary_key=True),
)

sources = Table(
    "sources",
    tables,
    Column("report_id", String, primary_key=True),
    Column("source", String, primary_key=True),  # "src1"
    Column("speaker_id", String, nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("naming", String, nullable=False),
    Column("plural", Boolean, nullable=False),
    Column("role", Words),
    Column("party", String),
    Column("private", Boolean, nullable=False),
    Column("spellings", Words, nullable=False),  # JSON: every spelling
    Column("mentions", Text, nullable=False),  # JSON: [[start, end], …]
)

statements = Table(
    "statements",
    tables,
    Column("report_id", String, primary_key=True),
    Column("statement", String, primary_key=True),  # "st1"
    Column("source", String, nullable=False),
    Column("speaker_id", String, nullable=False),
    Column("act", String, nullable=False),
    Column("silence", String),
    Column("reach", String),
    Column("quotation", String, nullable=False),
    Column("channels", String, nullable=False),  # " messaging outlet ": kinds between blanks
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_id", BigInteger, index=True),
    Column("words", Words, nullable=False),
    Column("said_earliest", String),
    Column("said_latest", String),
    Column("within", String),
    Column("ruled", String),  # accepted | rejected | corrected | added
    Column("saying", Words, nullable=False),  # JSON of a `Saying`
    Index("ix_statements_act", "act"),
    Index("ix_statements_told_by", "speaker_id", "report_id", "start", "end"),  # of which events somebody tells
)

events = Table(
    "events",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("report_id", String, nullable=False),
    Column("event", String, nullable=False),  # "ev1"
    Column("kind", String, nullable=False, index=True),
    Column("plover", String),
    Column("acled", String),
    Column("status", String, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_id", BigInteger, index=True),
    Column("earliest", String),
    Column("latest", String),
    Column("incident_id", String, nullable=False, index=True),
    Column("telling", Words, nullable=False),  # JSON of a `Telling`
    UniqueConstraint("report_id", "event"),
    Index("ix_events_told_within", "report_id", "start", "end", "incident_id"),
)

ruled_events = Table(
    "ruled_events",
    tables,
    Column("report_id", String, primary_key=True),
    Column("event", String, primary_key=True),
    Column("ruled", String),  # accepted | rejected | corrected
    Column("telling", Words),  # JSON of a `Telling` as people corrected it; None where nothing of it was corrected
)
"""Events as people ruled them. `events` keeps what was read, by which events are compared: a correction joins and parts
nothing, and its withdrawal gives everything back."""

places = Table(
    "places",
    tables,
    Column("report_id", String, primary_key=True),
    Column("place", String, primary_key=True),  # "p1"
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_id", BigInteger, index=True),
    Column("name", Words, nullable=False),
    Column("folded", Words, nullable=False, index=True),  # lower case, without diacritics
    Column("geonames", Integer, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("level", String, nullable=False),
    Column("country", String, index=True),
    Column("region", String, index=True),
    Column("use", String, nullable=False),
)

# What is alike

prints = Table(
    "prints",
    tables,
    Column("report_id", String, primary_key=True),
    Column("packed", LargeBinary, nullable=False),  # see sayso.copies
    Column("story", LargeBinary, nullable=False),  # see sayso.accounts
)

print_keys = Table(
    "print_keys",
    tables,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("report_seq", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

event_keys = Table(
    "event_keys",
    tables,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
for keyed in (print_keys, event_keys):
    Index(f"ix_{keyed.name}_holder", list(keyed.columns)[1])

links = Table(
    "links",
    tables,
    Column("a", String, primary_key=True),  # report ids, a < b
    Column("b", String, primary_key=True, index=True),
    Column("score", Float, nullable=False),
    Column("likeness", Words, nullable=False),  # JSON: segments, how, direction, reasons
)
"""Pairs of reports of which one holds a copy of a stretch of the other, or both of a third."""

family_members = Table(
    "family_members",
    tables,
    Column("family_id", String, primary_key=True),
    Column("report_id", String, primary_key=True, index=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("how", String, nullable=False),
    Column("of", String),
)

event_links = Table(
    "event_links",
    tables,
    Column("a", BigInteger, primary_key=True, autoincrement=False),  # event ids, a < b
    Column("b", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("score", Float, nullable=False),
    Column("same", Boolean, nullable=False),
    Column("reasons", Words, nullable=False),  # JSON of `Reason`s
)

DRAWN = (
    "earliest", "did_not_happen", "lat", "lon", "kind", "place", "radius_km", "latest", "reports", "denials", "id",
)  # fmt: skip
"""What a map and a timeline count of incidents. An index has it: counting passes over their words. The day comes first,
as nothing is asked to be equal to it: SQLite would leave the order of a list for an index that begins so."""

incidents = Table(
    "incidents",
    tables,
    Column("id", String, primary_key=True),  # "inc-…"
    Column("kind", String, nullable=False),
    Column("headline", Words, nullable=False),
    Column("counter", Words, nullable=False),  # JSON of a `Counter`
    Column("place", Words),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("country", String),
    Column("region", String, index=True),
    Column("earliest", String),
    Column("latest", String),
    Column("did_not_happen", Boolean, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("denials", Integer, nullable=False),
    Column("contested", Float, nullable=False),  # for ordering only; never shown
    Column("stale", Boolean, nullable=False, index=True),  # its members changed since the row was drawn
    Index("ix_incidents_by_contested", "contested", "id"),
    Index("ix_incidents_by_time", "earliest", "id"),
    Index("ix_incidents_by_reports", "reports", "id"),
    Index("ix_incidents_drawn", *DRAWN),
)

redirects = Table(
    "redirects",
    tables,
    Column("old", String, primary_key=True),
    Column("new", String, nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("why", Words, nullable=False),
)
"""Ids that no longer are, and where to look instead."""

# What people ruled, and what was done

decisions = Table(
    "decisions",
    tables,
    Column("seq", Id, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),  # "dec-…"
    Column("ruling", String, nullable=False, index=True),
    Column("value", Words),
    Column("who", Words, nullable=False),
    Column("at", String, nullable=False),
    Column("why", Words, nullable=False),
    Column("salt", String),  # with which the audit hashed value and why; gone once words of theirs were erased
    Column("withdrawn_at", String),
    Column("withdrawn_by", Words),
)

decision_about = Table(
    "decision_about",
    tables,
    Column("decision_id", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("about", String, nullable=False, index=True),  # a report, "<report>#st3", an incident, a speaker
)

decision_anchors = Table(
    "decision_anchors",
    tables,
    Column("decision_id", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("report_id", String, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("before", Words, nullable=False),
    Column("after", Words, nullable=False),
    Column("lost", Boolean, nullable=False),
)

decision_corrections = Table(
    "decision_corrections",
    tables,
    Column("decision_id", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("before", Words),
    Column("after", Words),
    Column("report_id", String, index=True),  # of the words that show it, if any do
    Column("start", Integer),
    Column("end", Integer),
    Column("words", Words),
)
"""The fields that a decision corrects. Their words stand where they stood: a sealed text never changes."""

queue = Table(
    "queue",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),  # lost_anchor | changed_reading | …
    Column("about", String, nullable=False, index=True),
    Column("says", Words, nullable=False),
    Column("done_at", String),
    Column("done_by", Words),
)

audit = Table(
    "audit",
    tables,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", Words, nullable=False),
    Column("what", String, nullable=False, index=True),  # made | added | read | decided | withdrew | erased | …
    Column("about", String, nullable=False, index=True),
    Column("body", Words, nullable=False),  # JSON, canonical; never words of a report
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)
"""Append-only, each row holding the hash of the one before."""

tombstones = Table(
    "tombstones",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("about", String, nullable=False, index=True),  # the hash of what was erased
    Column("kind", String, nullable=False),  # report | name
    Column("at", String, nullable=False),
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False),
)
