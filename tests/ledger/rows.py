"""Rows of a report written by hand, for tests of what needs no reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from sayso.ledger.schema import events, reports, sentences, sources, speakers, statements

AT = "2031-04-06T00:00:00Z"


def report_id(text: str) -> str:
    """The id of a report of plain text."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def put_report(connection: Connection, text: str, *, report: str | None = None) -> str:
    """A report with one sentence: all of it."""
    name = report or report_id(text)
    seq = connection.execute(select(func.coalesce(func.max(reports.c.seq), 0))).scalar_one() + 1
    connection.execute(
        reports.insert().values(
            seq=seq, id=name, text_sha256=report_id(text).removeprefix("sha256:"), text=text, media_type="text/plain",
            language="en", encoding="utf-8", published_basis="unknown", words=len(text.split()), added_at=AT,
        )
    )  # fmt: skip
    connection.execute(sentences.insert().values(report_id=name, n=0, start=0, end=len(text), words=text))
    return name


def put_statement(connection: Connection, report: str, statement: str, words: str) -> str:
    """A statement of these words, which stand in the report."""
    start = _text(connection, report).index(words)
    connection.execute(
        statements.insert().values(
            report_id=report, statement=statement, source="src1", speaker_id="spk-0", act="says", quotation="none",
            channels="", start=start, end=start + len(words), words=words, saying="{}",
        )
    )  # fmt: skip
    return f"{report}#{statement}"


def put_event(connection: Connection, report: str, event: str, trigger: str, *, incident: str = "inc-00") -> str:
    """An event told by these words."""
    start = _text(connection, report).index(trigger)
    connection.execute(
        events.insert().values(
            report_id=report, event=event, kind="shelling", status="happened", background=False, start=start,
            end=start + len(trigger), incident_id=incident, telling="{}",
        )
    )  # fmt: skip
    return f"{report}#{event}"


def put_speaker(connection: Connection, speaker: str, mentions: Mapping[str, str]) -> str:
    """A speaker, and the words by which each report names them."""
    first = next(iter(mentions))
    connection.execute(
        speakers.insert().values(
            id=speaker, name=mentions[first], naming="named", private=False, first_report=first, folded="x"
        )
    )
    for report, name in mentions.items():
        start = _text(connection, report).index(name)
        connection.execute(
            sources.insert().values(
                report_id=report, source="src1", speaker_id=speaker, name=name, naming="named", plural=False,
                private=False, spellings=json.dumps([name]), mentions=json.dumps([[start, start + len(name)]]),
            )
        )  # fmt: skip
    return speaker


def _text(connection: Connection, report: str) -> str:
    return connection.execute(select(reports.c.text).where(reports.c.id == report)).scalar_one()
