"""The first tables, and the index over the words of sentences.

The tables are those of `schema` without the ones that came later. A change of one of these tables needs a migration of
its own, and the tables as they were then are written out here.
"""

from __future__ import annotations

from alembic import op

from sayso.ledger import working
from sayso.ledger.schema import tables

revision = "0001"
down_revision = None

# What is indexed are the terms of a sentence (`sayso.ledger.terms`), folded and stemmed by ourselves: the stemmers of
# the two databases cut other endings, and would find other sentences. FTS5 keeps no copy of them, only the index. Its
# `secure-delete` option is not used: a file in which it was ever on cannot be read by SQLite before 3.42. Erasing
# rebuilds the index instead. `porter` is for those who open the file in other programs: they need no stems.
SQLITE = (
    "CREATE VIRTUAL TABLE sentence_search USING fts5(terms, content='sentences', content_rowid='id', "
    "tokenize='porter ascii', detail='none')",
    """CREATE TRIGGER sentence_added AFTER INSERT ON sentences BEGIN
         INSERT INTO sentence_search(rowid, terms) VALUES (new.id, new.terms);
       END""",
    """CREATE TRIGGER sentence_gone AFTER DELETE ON sentences BEGIN
         INSERT INTO sentence_search(sentence_search, rowid, terms) VALUES ('delete', old.id, old.terms);
       END""",
    """CREATE TRIGGER sentence_changed AFTER UPDATE OF terms ON sentences BEGIN
         INSERT INTO sentence_search(sentence_search, rowid, terms) VALUES ('delete', old.id, old.terms);
         INSERT INTO sentence_search(rowid, terms) VALUES (new.id, new.terms);
       END""",
)
POSTGRESQL = ("CREATE INDEX ix_sentences_terms ON sentences USING gin (string_to_array(terms, ' '))",)


LATER = {"decision_corrections", "ruled_events", *(table.name for table in (*working.LATER, *working.PLACED))}


def upgrade() -> None:
    """Make the tables, and what searching needs."""
    connection = op.get_bind()
    first = [table for table in tables.sorted_tables if table.name not in LATER]
    tables.create_all(connection, first, checkfirst=False)
    for command in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(command)
