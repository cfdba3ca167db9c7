"""The tables of people at work on a case: who may, what they took in, looked at, put aside and kept for later.

One schema for SQLite and PostgreSQL, beside `schema`. Whatever people did is withdrawn, never deleted; what can name a
person or repeat words of a report is seen to when it is erased from the case.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from sayso.ledger.schema import Id, String, Words, tables

# Who may

users = Table(
    "users",
    tables,
    Column("name", String, primary_key=True),  # as it is signed in with: small letters, no blanks around it
    Column("shown", Words, nullable=False),  # as it stands in decisions and in the audit
    Column("role", String, nullable=False),  # reader | reviewer | owner
    Column("password", String),  # as argon2 writes it; None where a proxy tells who it is
    Column("made_at", String, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("closed_at", String),
    Column("closed_by", Words),
)

sign_ins = Table(
    "sign_ins",
    tables,
    Column("token", String, primary_key=True),  # the SHA-256 of what the browser holds
    Column("name", String, nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("until", String, nullable=False),
    Column("ended_at", String),
)

# What was taken in

intake = Table(
    "intake",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),  # when it was sealed, or asked for
    Column("who", Words, nullable=False),
    Column("how", String, nullable=False),  # file | paste | url
    Column("kind", String, nullable=False),  # reports | rows: of knowledge, which the case is read with
    Column("name", Words, nullable=False),  # of the file, or the address
    Column("sha256", String, index=True),  # of the sealed bytes; None until an address was fetched
    Column("bytes", BigInteger),
    Column("given", Words, nullable=False),  # JSON: date, publisher and address as the person gave them
    Column("state", String, nullable=False, index=True),  # waiting | reading | done | failed
    Column("began_at", String),
    Column("reader", String),  # the process that reads it: "<machine>:<process>:<letters>"
    Column("beat_at", String),  # when that process last told that it lives
    Column("tries", Integer, nullable=False, default=0),  # how often reading it was begun
    Column("ended_at", String),
    Column("found", Integer, nullable=False, default=0),  # reports met in it so far
    Column("added", Integer, nullable=False, default=0),
    Column("known", Integer, nullable=False, default=0),
    Column("copies", Integer, nullable=False, default=0),
    Column("failed", Integer, nullable=False, default=0),
    Column("says", Words),  # why it failed, or what is to be known of it
)

clusters = Table(
    "clusters",
    tables,
    Column("report_id", String, primary_key=True),
    Column("seq", BigInteger, nullable=False),  # the order of adding
    Column("lead", String, nullable=False),  # the report that stands for the cluster: the first of it that was added
    Column("chars", Integer, nullable=False),  # of the report's text
    Column("signs", String),  # " leftovers truncated ": what is odd about the copy; None until it was looked at
    Index("ix_clusters_lead", "lead", "seq"),
    Index("ix_clusters_seq", "seq"),
)
"""Which reports are copies of one another for the most part: one row each in the inbox (see `clusters_kept`)."""

marks = Table(
    "marks",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),  # parked | skipped | noted | second_look | …
    Column("about", String, nullable=False, index=True),  # an id, as decisions have them
    Column("value", Words),
    Column("who", Words, nullable=False),
    Column("at", String, nullable=False),
    Column("withdrawn_at", String),
    Column("withdrawn_by", Words),
    Index("ix_marks_kind", "kind", "about"),
)
"""What people set aside or noted, which changes nothing of what the case tells."""

# What was looked at, one question at a time

looks = Table(
    "looks",
    tables,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("about", String, nullable=False, index=True),  # "<report>#st3", "<report>#ev1"
    Column("verdict", String, nullable=False),  # accept | reject | correct
    Column("fields", Words, nullable=False),  # JSON: what a correction says of each field
    Column("why", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", String, nullable=False),
    Column("blind", Boolean, nullable=False),  # a second reader's, who was not shown what the first said
    Column("decision_id", String),  # the decision that it made; a blind look makes none
    Column("withdrawn_at", String),
    Column("withdrawn_by", Words),
)

holds = Table(
    "holds",
    tables,
    Column("about", String, primary_key=True),
    Column("who", Words, nullable=False),
    Column("until", String, nullable=False),
)
"""Which question somebody has before them now, so that no other is given the same."""

# What was kept for later

saved_searches = Table(
    "saved_searches",
    tables,
    Column("id", String, primary_key=True),  # "sav-…"
    Column("page", String, nullable=False),  # search | queue | map | timeline | …
    Column("name", Words, nullable=False),
    Column("query", Words, nullable=False),  # as an address has it, with its words as they are read
    Column("who", Words, nullable=False),
    Column("at", String, nullable=False),
    Column("withdrawn_at", String),
    Column("withdrawn_by", Words),
)

openings = Table(
    "openings",
    tables,
    Column("saved", String, primary_key=True),
    Column("who", Words, primary_key=True),
    Column("seq", BigInteger, nullable=False),  # the last report of the case then
)
"""How far each person had come when they last opened a saved search; no part of the record."""

# What was ruled besides

decision_sources = Table(
    "decision_sources",
    tables,
    Column("decision_id", String, primary_key=True),
    Column("as_of", String),  # since when, or of when, it is so: an ISO day, month or year
    Column("source", Words),  # on whose word: an address, a document, a name
)

ruled_places = Table(
    "ruled_places",
    tables,
    Column("id", String, primary_key=True),  # "plc-…"
    Column("decision_id", String, nullable=False),
    Column("place", Text, nullable=False),  # JSON: geonames, lat, lon, level, radius_km, country, region
)
"""Places as people located them, drawn from the decisions that stand."""

named_places = Table(
    "named_places",
    tables,
    Column("id", String, primary_key=True),  # "plc-…": of the name, its sort, country and region as they were read
    Column("name", Words, nullable=False),
    Column("folded", Words, nullable=False, index=True),  # as `places` has it
    Column("sort", String, nullable=False),  # spot: a site or a town | district | region | country | area
    Column("country", String),
    Column("region", String),
    Column("uses", Integer, nullable=False),
    Column("placed", Integer, nullable=False),  # uses that were read to be somewhere on the map
    Index("ix_named_places_by_uses", "uses", "id"),
)
"""The places of a case: names as reports write them."""

place_uses = Table(
    "place_uses",
    tables,
    Column("report_id", String, primary_key=True),
    Column("place", String, primary_key=True),  # "p1"
    Column("place_id", String, nullable=False),
    Column("on_map", Boolean, nullable=False),  # whether it was read to be somewhere on the map
    Column("as_read", Text),  # JSON: what `places` had of it before a person located it; None where nobody did
    Index("ix_place_uses_place", "place_id", "report_id"),
)
"""Which place each row of `places` is a use of."""

# What was checked

seal_checks = Table(
    "seal_checks",
    tables,
    Column("id", String, primary_key=True),  # "chk-…"
    Column("at", String, nullable=False),
    Column("who", Words, nullable=False),
    Column("ended_at", String),
    Column("done", Integer, nullable=False),  # originals that were hashed so far
    Column("of", Integer, nullable=False),
    Column("verdict", Words),  # JSON of a `Verdict`
)

LATER = (
    users,
    sign_ins,
    intake,
    clusters,
    marks,
    looks,
    holds,
    saved_searches,
    openings,
    decision_sources,
    ruled_places,
    seal_checks,
)
"""The tables that the third migration makes."""

PLACED = (named_places, place_uses)
"""The tables that the fourth migration makes."""
