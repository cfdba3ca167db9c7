"""Whether a case is what it was: every original, every text, every row of the audit, every decision and tombstone.

What the chain cannot show by itself is that its end was cut off, together with what it told of. Whoever noted the head
of the chain at some time (`Verdict.head`) can ask whether it is still in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, func, select

from sayso.ledger import audit, schema, working
from sayso.ledger.case import facts as facts_of
from sayso.ledger.corrections import corrections_of
from sayso.ledger.dated import bases_of
from sayso.ledger.decisions import typed_hash
from sayso.ledger.originals import UNFINISHED, on_disk, original, path_of, sealed_as
from sayso.ledger.problems import DamagedOriginal

if TYPE_CHECKING:
    from sayso.ledger.case import Case

NAMED = 20
"""How many findings of one kind are spelled out; the others are counted."""

CHANGED = ("original", "text")
"""Kinds of findings that say of a report or a container that it is not what was sealed."""

SEALS = ("added", "read_again", "erased")
"""Rows of the audit that say what the text of a report is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was sealed, or that a person should know."""

    kind: str  # original | text | chain | audit | decision | tombstone | rows | database | left_over | extractor
    about: str
    says: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked and what was found. `holds` is whether nothing is broken; `notices` break nothing.

    `broken` and `notices` name the first of each kind; `changed` are the ids of all that is not what was sealed.
    """

    holds: bool
    originals: int
    reports: int
    decisions: int
    rows: int  # of the audit
    head: str  # the hash of its last row
    broken: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    changed: tuple[str, ...] = ()


def verified(
    case: Case,
    *,
    known_head: str | None = None,
    again: bool = True,
    told: Callable[[int, int], None] | None = None,
) -> Verdict:
    """Check a case against itself, and against a head of its audit that somebody noted.

    With `again` the text of every report is taken out of its original again; another version of the extractor can
    give another text, which is a notice. `told` is told of each original and each report how many are done, of how
    many. Changes nothing.
    """
    checking = _Checking(case, known_head, told)
    with case.reading() as connection:
        checking.all(connection, again=again)
    found = _without_erased(case, checking)
    broken, notices = tuple(_shortened(found)), tuple(_shortened(checking.notices))
    return Verdict(
        holds=not broken,
        originals=checking.originals,
        reports=checking.reports,
        decisions=checking.decisions,
        rows=checking.rows,
        head=checking.head,
        broken=broken,
        notices=notices,
        changed=tuple(dict.fromkeys(one.about for one in found if one.kind in CHANGED)),
    )


def _without_erased(case: Case, checking: _Checking) -> list[Finding]:
    """What is broken, without the originals that somebody erased while they were looked at."""
    with case.reading() as connection:
        now = set(connection.execute(select(schema.tombstones.c.about)).scalars())
    gone = now - checking.erased
    return [one for one in checking.broken if one.kind != "original" or one.about not in gone]


class _Checking:
    """One verification under way."""

    def __init__(self, case: Case, known_head: str | None, told: Callable[[int, int], None] | None) -> None:
        self.case, self.known_head = case, known_head
        self.telling, self.of = told, 0
        self.broken: list[Finding] = []
        self.notices: list[Finding] = []
        self.originals = self.reports = self.decisions = self.rows = 0
        self.head = audit.FIRST
        self.damaged: set[str] = set()
        self.sealed: dict[str, str] = {}  # the hash of each report's text, as the audit has it
        self.told: dict[str, set[str]] = {what: set() for what in ("added", "erased", "decided", "withdrew")}
        self.typed: dict[str, str] = {}
        self.erased: set[str] = set()  # what was erased before the check

    def all(self, connection: Connection, *, again: bool) -> None:
        """Every check, the audit first, since the others are held against it."""
        for table in (schema.originals, schema.reports):
            self.of += connection.execute(select(func.count()).select_from(table)).scalar_one()
        self.database(connection)
        self.chain(connection)
        self.files(connection)
        self.texts(connection, again=again)
        self.half_reports(connection)
        self.rulings(connection)
        self.tombstones(connection)

    def tell(self) -> None:
        """Tell how far it is."""
        if self.telling is not None:
            self.telling(self.originals + self.reports, self.of)

    def breaks(self, kind: str, about: str, says: str) -> None:
        """Note what is broken."""
        self.broken.append(Finding(kind, about, says))

    def database(self, connection: Connection) -> None:
        """SQLite can look at its own file; a PostgreSQL server looks after its files itself."""
        if self.case.dialect != "sqlite":
            return
        for told in connection.exec_driver_sql("PRAGMA quick_check(5)").scalars():
            if told != "ok":
                self.breaks("database", "sayso.db", f"SQLite says of the database: {told}. Put it back from a backup.")

    def chain(self, connection: Connection) -> None:
        """Every row has its number, its hash, and the hash of the row before."""
        heads, facts = set(), facts_of(connection)
        for row in audit.rows(connection):
            self.rows += 1
            if row.seq != self.rows:
                self.breaks(
                    "chain", str(row.seq), f"Row {self.rows} of the audit is missing; after it comes {row.seq}."
                )
                self.rows = row.seq
            if row.previous != self.head:
                self.breaks("chain", str(row.seq), f"Row {row.seq} of the audit does not follow the row before it.")
            if row.true_hash != row.hash:
                self.breaks("chain", str(row.seq), f"Row {row.seq} of the audit ({row.what}) was changed.")
            self.head = row.hash
            heads.add(row.hash)
            self.remember(row)
            if row.seq == 1 and row.about != facts.get("case"):
                self.breaks("chain", "1", "The audit is that of another case.")
        if self.rows == 0:
            self.breaks("chain", "", "The audit is empty.")
        if self.known_head is not None and self.known_head not in heads:
            self.breaks("chain", self.known_head, "The head that you noted is not in the audit: rows were taken away.")
        self.heads_before(connection, heads)

    def heads_before(self, connection: Connection, heads: set[str]) -> None:
        """The head that each earlier check found is still in the audit."""
        import json

        checks = working.seal_checks.c
        asked = select(checks.id, checks.ended_at, checks.verdict).where(checks.verdict.is_not(None))
        for row in connection.execute(asked.order_by(checks.at)):
            if json.loads(row.verdict)["head"] not in heads:
                says = f"The check of {row.ended_at} found a head that is no longer in the audit: rows were taken away."
                self.breaks("chain", row.id, says)

    def remember(self, row: audit.Noted) -> None:
        """What a row of the audit says that the tables must say too."""
        import json

        if row.what in self.told:
            self.told[row.what].add(row.about)
        body = json.loads(row.body)
        if row.what in SEALS and "text_sha256" in body:
            self.sealed[row.about] = body["text_sha256"]
        if "typed" in body:
            self.typed[row.about] = body["typed"]

    def files(self, connection: Connection) -> None:
        """Every original has its bytes, and no file is without a row."""
        known = set()
        for row in connection.execute(select(schema.originals).order_by(schema.originals.c.sha256)):
            self.originals += 1
            self.tell()
            known.add(row.sha256)
            says = _wrong_with(path_of(self.case, row.sha256), row.sha256, row.bytes)
            if says:
                self.damaged.add(row.sha256)
                self.breaks("original", f"sha256:{row.sha256}", says)
        for path in on_disk(self.case):
            if path.name.startswith(UNFINISHED):
                self.notices.append(Finding("left_over", str(path), f"{path} was never finished; it can be removed."))
            elif path.name not in known:
                says = f"{path} belongs to nothing in the case: adding it was cut off. Add it again, or remove it."
                self.notices.append(Finding("left_over", str(path), says))

    def texts(self, connection: Connection, *, again: bool) -> None:
        """Every report has the text that was sealed, and a row of the audit."""
        kept = select(schema.reports).order_by(schema.reports.c.seq).execution_options(yield_per=200)
        there, originals = set(), set(connection.execute(select(schema.originals.c.sha256)).scalars())
        for row in connection.execute(kept):
            self.reports += 1
            self.tell()
            there.add(row.id)
            self.text(row, has_original=row.id.removeprefix("sha256:") in originals, again=again)
        for lost in sorted(self.told["added"] - self.told["erased"] - there):
            self.breaks("audit", lost, f"{lost} was added and never erased, and is gone.")

    def text(self, row: Row[Any], *, has_original: bool, again: bool) -> None:
        """One report's."""
        now = hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()
        if row.id not in self.told["added"]:
            self.breaks("audit", row.id, f"{row.id} is there, and the audit does not say that it was added.")
        if now != row.text_sha256 or now != self.sealed.get(row.id, now):
            self.breaks("text", row.id, f"The text of {row.id} is not the one that was sealed.")
        if not has_original:
            if row.id not in self.told["erased"]:
                self.breaks("original", row.id, f"{row.id} has no original, and none was erased.")
        elif again and row.id.removeprefix("sha256:") not in self.damaged:
            self.text_again(row)

    def text_again(self, row: Row[Any]) -> None:
        """The text, taken out of the original again."""
        try:
            same = any(text == row.text for text in _taken_out(original(self.case, row.id), row))
        except DamagedOriginal as error:
            self.breaks("original", row.id, str(error))
            return
        if not same:
            by = row.extracted_by or f"decoding as {row.encoding}"
            says = f"This Sayso takes another text out of {row.id} than {by} did. What was sealed stays as it is."
            self.notices.append(Finding("extractor", row.id, says))

    def half_reports(self, connection: Connection) -> None:
        """Nothing was drawn from a report that is not there, and every report was read."""
        known = select(schema.reports.c.id)
        for table in (
            schema.custody,
            schema.prints,
            schema.family_members,
            schema.readings,
            schema.sentences,
            schema.sources,
            schema.statements,
            schema.events,
            schema.ruled_events,
            schema.places,
            working.place_uses,
        ):
            odd = select(table.c.report_id).where(table.c.report_id.not_in(known)).distinct().limit(NAMED)
            for report in connection.execute(odd).scalars():
                self.breaks("rows", report, f"{table.name} holds rows of {report}, which is not in the case.")
        named = select(schema.incidents.c.id)
        for row in connection.execute(
            select(schema.events).where(schema.events.c.incident_id.not_in(named)).limit(NAMED)
        ):
            self.breaks("rows", row.report_id, f"The event {row.report_id}#{row.event} belongs to no incident.")
        current = select(schema.readings.c.report_id).where(schema.readings.c.current)
        for report in connection.execute(known.where(schema.reports.c.id.not_in(current)).limit(NAMED)).scalars():
            self.breaks("rows", report, f"{report} is in the case and was not read.")
        twice = current.group_by(schema.readings.c.report_id).having(func.count() > 1)
        for report in connection.execute(twice.limit(NAMED)).scalars():
            self.breaks("rows", report, f"{report} has more than one current reading.")

    def rulings(self, connection: Connection) -> None:
        """Every decision says what was typed, and none is missing, added or withdrawn unseen."""
        there = set()
        corrected, bases = corrections_of(connection), bases_of(connection)
        for row in connection.execute(select(schema.decisions)):
            self.decisions += 1
            there.add(row.id)
            if row.id not in self.told["decided"]:
                self.breaks("decision", row.id, f"The audit does not know the decision {row.id}.")
            elif row.salt is None:
                if row.id not in self.told["erased"]:
                    self.breaks(
                        "decision", row.id, f"The words of {row.id} can no longer be checked; none were erased."
                    )
            elif typed_hash(
                row.salt, row.value, row.why, corrected.get(row.id, ()), bases.get(row.id)
            ) != self.typed.get(row.id):
                self.breaks("decision", row.id, f"The words of the decision {row.id} were changed.")
            if (row.withdrawn_at is not None) != (row.id in self.told["withdrew"]):
                self.breaks("decision", row.id, f"The audit does not agree that {row.id} was or was not withdrawn.")
        for lost in sorted(self.told["decided"] - there):
            self.breaks("decision", lost, f"The decision {lost} is gone; decisions are withdrawn, never deleted.")

    def tombstones(self, connection: Connection) -> None:
        """What was erased is gone and has its tombstone, and the audit knows of it."""
        standing = {(row.about, row.kind) for row in connection.execute(select(schema.tombstones))}
        self.erased = abouts = {about for about, _ in standing}
        for lost in sorted(self.told["erased"] - abouts):
            self.breaks("tombstone", lost, f"The audit says that {lost} was erased, and it has no tombstone.")
        here = set(connection.execute(select(schema.reports.c.id)).scalars())
        for about, kind in sorted(standing):
            if about not in self.told["erased"]:
                self.breaks("tombstone", about, f"The audit does not say that {about} was erased.")
            if kind != "decision" and path_of(self.case, about).exists():
                self.breaks("tombstone", about, f"{about} was erased, and its bytes are among the originals.")
            if kind == "report" and about in here:
                self.breaks("tombstone", about, f"{about} was erased, and is in the case.")


def _wrong_with(path: Path, sha256: str, size: int) -> str | None:
    """What is not as it should be with one original."""
    if not path.is_file():
        return f"The original {path} is missing. Put it back from a backup."
    if sealed_as(path) != sha256 or path.stat().st_size != size:
        return f"The original {path} is not what was sealed: its bytes changed. Put it back from a backup."
    return None


def _taken_out(data: bytes, row: Row[Any]) -> Iterator[str]:
    """The text of an original, as a file and as a part of a feed are read."""
    from sayso.intake.seal import sealed
    from sayso.problems import Refused

    for fragment in (False, True):
        try:
            yield sealed(data, media_type=f"{row.media_type}; charset={row.encoding}", fragment=fragment).text
        except Refused:
            continue


def _shortened(findings: list[Finding]) -> Iterator[Finding]:
    """The first of each kind; the rest as a number."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.kind] = counts.get(finding.kind, 0) + 1
        if counts[finding.kind] <= NAMED:
            yield finding
    for kind, count in counts.items():
        if count > NAMED:
            yield Finding(kind, "", f"And {count - NAMED:,} more like this.")
