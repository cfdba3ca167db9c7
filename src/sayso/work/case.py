"""A case from Python: everything that the command line can ask and do, each as a method."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import (
        AuditRow,
        CaseInfo,
        DecisionPage,
        Hit,
        Identical,
        IncidentPage,
        IncidentRow,
        ReportPage,
        ReportRow,
        SpeakerPage,
        SpeakerRow,
    )
    from sayso.ledger.case import Case
    from sayso.ledger.erasing import Erasing
    from sayso.ledger.verifying import Verdict
    from sayso.record import Correction, Decision, Family
    from sayso.work.adding import Outcome

PathLike = str | os.PathLike[str]
USER = "SAYSO_USER"


def login() -> str:
    """Who acts where nobody says: as the environment names them, else the login name."""
    named = os.environ.get(USER)
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "nobody named"


def now() -> str:
    """The time, as a case writes it: ISO in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def open_case(folder: PathLike, *, who: str | None = None) -> OpenCase:
    """Open the case in a folder; `who` is named in what is added and decided (else the login name).

    Raises `sayso.ledger.problems.NoCase` where there is none.

    Example: `sayso.open_case("sayso-case").incidents()[0].headline`
    """
    from sayso.ledger.case import opened

    return OpenCase(opened(Path(folder)), who or login())


def new_case(
    folder: PathLike, *, title: str | None = None, database: str | None = None, who: str | None = None
) -> OpenCase:
    """Make a case in a folder that is not there or empty; `database` is the URL of an empty PostgreSQL database.

    Raises `sayso.ledger.problems.CaseExists` where there is something already.
    """
    from sayso.ledger.case import made

    named = who or login()
    return OpenCase(made(Path(folder), at=now(), who=named, title=title, database=database), named)


class OpenCase:
    """An open case. Lists are newest or most contested first; ids may be cut short as long as one thing has them.

    All methods raise `sayso.ledger.problems.CaseProblem`s, whose message says what was met and what to do. `ledger` is
    the case itself, as `sayso.ledger` and `sayso.export.exporting` take it.
    """

    def __init__(self, ledger: Case, who: str) -> None:
        self.ledger, self.who = ledger, who

    def __enter__(self) -> OpenCase:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.ledger.closed()

    # Adding

    def add(
        self,
        paths: Iterable[PathLike],
        *,
        published: str | None = None,
        publisher: str | None = None,
        knowledge: Iterable[PathLike] = (),
        tagger: str | None = None,
        workers: int | None = None,
    ) -> Iterator[Outcome]:
        """Add files, folders and addresses of the web; what came of each report, once it is on the disk.

        Nothing is added before the outcomes are asked for. Rows of `knowledge` are kept in the case.
        """
        from sayso.work.adding import Adding, add_all
        from sayso.work.here import given

        order = Adding(self.who, now, given(published, publisher), tuple(map(Path, knowledge)), tagger)
        return add_all(self.ledger, [os.fspath(path) for path in paths], order, workers=workers)

    def reread(
        self, *, knowledge: Iterable[PathLike] = (), tagger: str | None = None, workers: int | None = None
    ) -> Iterator[Outcome]:
        """Read every report anew that this program or these rows would read otherwise; what came of each."""
        from sayso.work.adding import Adding, reread_all

        return reread_all(
            self.ledger, Adding(self.who, now, folders=tuple(map(Path, knowledge)), tagger=tagger), workers=workers
        )

    # Asking

    def incidents(
        self, *, by: str = "contested", limit: int = 20, after: str | None = None, **among: Any
    ) -> list[IncidentRow]:
        """Incidents by contested, time, place or reports; `among` are the fields of `sayso.ledger.asking.Incidents`."""
        from sayso.ledger.asking.incidents import Incidents, incident_rows

        return incident_rows(self.ledger, by=by, among=Incidents(**among), limit=limit, after=after)

    def incident(self, asked: str) -> IncidentPage:
        """One incident with its accounts, the families of its reports and what was ruled of it."""
        from sayso.ledger.asking.incidents import incident

        return incident(self.ledger, asked)

    def reports(self, *, limit: int = 50, after: str | None = None, **among: str | None) -> list[ReportRow]:
        """Reports, the last added first; `among`: publisher, since, until."""
        from sayso.ledger.asking.reports import report_list

        return report_list(self.ledger, limit=limit, after=after, **among)

    def report(self, asked: str) -> ReportPage:
        """One report with its reading, where it came from, what it copies and tells of."""
        from sayso.ledger.asking.reports import report

        return report(self.ledger, asked)

    def sources(self, *, name: str | None = None, party: str | None = None, limit: int = 50) -> list[SpeakerRow]:
        """Who speaks, those with the most statements first."""
        from sayso.ledger.asking.sources import speaker_list

        return speaker_list(self.ledger, name=name, party=party, limit=limit)

    def source(self, asked: str, *, limit: int = 50) -> SpeakerPage:
        """One who speaks, by id or by a name that only one has."""
        from sayso.ledger.asking.sources import speaker

        return speaker(self.ledger, asked, limit=limit)

    def search(
        self, words: str | None = None, *, limit: int = 50, after: int | None = None, **among: str | None
    ) -> list[Hit]:
        """Sentences by their words and by who says what in them; `among` are the fields of `Among`."""
        from sayso.ledger.asking.questions import Among
        from sayso.ledger.asking.search import search

        return search(self.ledger, words, Among(**among), limit=limit, after=after)

    def families(self, *, limit: int = 50, after: str | None = None) -> list[Family]:
        """Stretches of reports that are one telling, with why they are taken for one."""
        from sayso.ledger.asking.copies import families

        return families(self.ledger, limit=limit, after=after)

    def family(self, asked: str) -> Family:
        """One family, by its id."""
        from sayso.ledger.asking.copies import family

        return family(self.ledger, asked)

    def info(self) -> CaseInfo:
        """Counts, dates, failures, and what each publisher covers over time."""
        from sayso.ledger.asking.coverage import case_info

        return case_info(self.ledger)

    def verify(self, *, known_head: str | None = None) -> Verdict:
        """Every original and the whole audit, checked anew."""
        from sayso.ledger.verifying import verified

        return verified(self.ledger, known_head=known_head)

    # Ruling

    def decide(
        self,
        ruling: str,
        about: Sequence[str],
        *,
        why: str,
        value: str | None = None,
        corrections: Sequence[Correction] = (),
        instead_of: str | None = None,
    ) -> Decision:
        """Rule one of `sayso.record.RULINGS` about some ids; `correct` and `add_statement` take `corrections`."""
        from sayso.ledger.decisions import decide

        return decide(
            self.ledger,
            ruling=ruling,
            about=about,
            value=value,
            who=self.who,
            why=why,
            at=now(),
            instead_of=instead_of,
            corrections=corrections,
        )

    def undo(self, decision: str) -> Decision:
        """Withdraw a decision; it stays written down."""
        from sayso.ledger.decisions import withdraw

        return withdraw(self.ledger, decision, who=self.who, at=now())

    def erase(
        self, *, report: str | None = None, name: str | None = None, why: str, containers: bool = False
    ) -> Erasing:
        """Take a report, or a name in all reports, out for good; a tombstone stays. Says where it can still be."""
        from sayso.ledger.erasing import erased

        return erased(self.ledger, report=report, name=name, who=self.who, why=why, at=now(), containers=containers)

    def decisions(self, *, withdrawn: bool = False) -> tuple[Decision, ...]:
        """What was ruled, in the order it was."""
        from sayso.ledger.decisions import decisions

        with self.ledger.reading() as connection:
            return decisions(connection, withdrawn=withdrawn)

    def decision(self, asked: str) -> DecisionPage:
        """One decision with what it is about, before and after, and its rows of the audit."""
        from sayso.ledger.asking.audits import decision_page

        return decision_page(self.ledger, asked)

    def identical(self, about: str) -> tuple[Identical, ...]:
        """The statements of copies that say what one statement ("<report>#st3") says, to be ruled of together."""
        from sayso.ledger.asking.identical import identical

        return identical(self.ledger, about)

    def audit(self, *, limit: int = 50, after: int | None = None, **among: str | None) -> list[AuditRow]:
        """What was done to the case, the newest first; `among`: about, who, what."""
        from sayso.ledger.asking.audits import audit_rows

        return audit_rows(self.ledger, limit=limit, after=after, **among)
