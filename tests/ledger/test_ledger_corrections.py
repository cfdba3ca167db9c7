"""Corrections field by field: checked, shown with what was read before, followed by the incidents, and taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text

from sayso.export.ledger_json import as_line
from sayso.ledger.adding import add
from sayso.ledger.asking.audits import decision_page
from sayso.ledger.asking.incidents import incident
from sayso.ledger.asking.questions import Among
from sayso.ledger.asking.reports import report
from sayso.ledger.asking.search import search
from sayso.ledger.asking.sources import speaker
from sayso.ledger.asking.traces import traced
from sayso.ledger.case import Case, opened
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.drawing import drawn
from sayso.ledger.erasing import erased
from sayso.ledger.incidents_drawn import redrawn
from sayso.ledger.problems import CannotRule, Contradicts, NoSuchThing
from sayso.ledger.rereading import reread
from sayso.ledger.schema import events, tables
from sayso.ledger.verifying import verified
from sayso.ledger.working import LATER, PLACED
from sayso.record import Account, Anchor, Correction, Custody, Decision, Incident, Reading, Span
from tests.ledger.sampled import reading_of

AT = "2031-04-05T06:07:08Z"
PIER = """Rockets hit the pier at Salto, Uruguay, on Tuesday, killing six dockers, said Dora Quill, mayor of the city.

"They came from the far bank," Quill told reporters.

A crane driver called Ilo Ferrant wrote that the sheds had been empty.

Halvane's Ministry of Defense declined to comment.
"""
COPY = PIER.replace("A crane driver", "Later a crane driver")
DECISIONS = ("audit", "decisions", "decision_about", "decision_anchors", "decision_corrections")


@pytest.fixture
def pier(case: Case) -> str:
    """A case with a report of a pier and a copy of it; the id of the first."""
    first = reading_of(PIER, published="2031-03-05", publisher="Quayside Herald")
    for reading in (first, reading_of(COPY, published="2031-03-06", publisher="Evening Lamp")):
        add(case, reading.page.report, reading, Custody(AT, "Ana", "sayso 0"), at=AT)
    redrawn(case)
    return first.page.report.id


def correct(case: Case, about: str, *told: Correction, who: str = "Ana", **more: Any) -> Decision:
    """Correct one thing."""
    return decide(case, ruling="correct", about=[about], who=who, why="heard the tape", at=AT, corrections=told, **more)


def to(field: str, after: str | None, anchor: Anchor | None = None) -> Correction:
    """A field and what it should be."""
    return Correction(field, None, after, anchor)


def at(about: str, words: str) -> Anchor:
    """Where words stand in the report of the pier."""
    start = PIER.index(words)
    return Anchor(about, Span(start, start + len(words)), words)


def everything(case: Case) -> dict[str, list[str]]:
    """Every row of a case but those that say what was ruled."""
    with case.reading() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in tables.sorted_tables
            if table.name not in DECISIONS
        }


def whole(case: Case, about: str, event: str = "ev1") -> Incident:
    """The incident of an event of a report."""
    with case.reading() as connection:
        here = (events.c.report_id == about) & (events.c.event == event)
        name = connection.execute(select(events.c.incident_id).where(here)).scalar_one()
    return incident(case, name).incident


def account_of(told: Incident, name: str) -> Account | None:
    """The account of one origin."""
    ids = [one.id for one in told.origins if one.name == name]
    return next((one for one in told.accounts if one.origin in ids), None)


def stated(told: Incident, name: str, field: str) -> list[str]:
    """What an origin says for a field."""
    account = account_of(told, name)
    return [one.says for one in account.stated if one.field == field] if account else []


def telling(reading: Reading, event: str = "ev1") -> str:
    """The statement that tells an event."""
    return next(one.statement or "" for one in {one.id: one for one in reading.events}[event].told)


# What a page shows


def test_a_report_shows_what_was_ruled_beside_what_was_read(case: Case, pier: str) -> None:
    """The reading has the new value, the ruled part what stood before, and whose ruling it is."""
    st = telling(report(case, pier).reading)
    read = report(case, pier).reading
    made = correct(case, f"{pier}#{st}", to("act", "denies"), to("channel", "messaging: Harbour Net"))
    page = report(case, pier)
    now = {one.id: one for one in page.reading.statements}[st]
    assert (now.act, [(one.kind, one.name) for one in now.via]) == ("denies", [("messaging", "Harbour Net")])
    (part,) = page.ruled
    assert (part.part, part.standing, part.decision, part.who) == (st, "corrected", made.id, "Ana")
    assert part.statement == {one.id: one for one in read.statements}[st]
    assert [(one.field, one.before, one.after) for one in part.changes] == [
        ("act", "says", "denies"),
        ("channel", None, "messaging: Harbour Net"),
    ]
    assert [(one.field, one.before) for one in made.corrections] == [("act", "says"), ("channel", None)]


@pytest.mark.parametrize(
    ("field", "after", "shown"),
    [
        ("speaker", "Ilo Ferrant", "Ilo Ferrant"),
        ("when", "2031-03-04T05:30", "2031-03-04T05:30"),
        ("when", "2031-03", "2031-03"),
        ("where", "Colón", "Colón"),
        ("act", "accuses", "accuses"),
    ],
)
def test_each_field_of_a_statement_can_be_corrected(case: Case, pier: str, field: str, after: str, shown: str) -> None:
    from sayso.ledger.corrected_values import value_of

    st = telling(report(case, pier).reading)
    correct(case, f"{pier}#{st}", to(field, after))
    assert value_of(report(case, pier).reading, st, field) == shown


def test_words_are_corrected_by_choosing_others(case: Case, pier: str) -> None:
    """Those between quotation marks are direct speech."""
    st = telling(report(case, pier).reading)
    made = correct(case, f"{pier}#{st}", to("words", None, at(pier, "They came from the far bank")))
    now = {one.id: one for one in report(case, pier).reading.statements}[st]
    assert [PIER[one.start : one.end] for one in now.words] == ["They came from the far bank"]
    assert now.quotation == "direct"
    assert made.corrections[0].after == "They came from the far bank"
    assert "Rockets hit" in (made.corrections[0].before or "")


def test_a_speaker_is_the_one_whom_the_words_chosen_name(case: Case, pier: str) -> None:
    st = telling(report(case, pier).reading)
    correct(case, f"{pier}#{st}", to("speaker", None, at(pier, "Ilo Ferrant")))
    reading = report(case, pier).reading
    now = {one.id: one for one in reading.statements}[st]
    assert PIER[now.who.start : now.who.end] == "Ilo Ferrant" if now.who else False
    assert {one.id: one.name for one in reading.sources}[now.source] == "Ilo Ferrant"


# What follows from it


def test_a_denial_that_was_read_as_a_claim_changes_the_account(case: Case, pier: str) -> None:
    """In the incident, and in the row that lists it."""
    st = telling(report(case, pier).reading)
    assert account_of(whole(case, pier), "Dora Quill").status == "happened"  # type: ignore[union-attr]
    correct(case, f"{pier}#{st}", to("act", "denies"))
    told = whole(case, pier)
    assert "denied" in {one.status for one in told.accounts}
    assert told.counter.denials == 1


def test_what_an_event_was_follows(case: Case, pier: str) -> None:
    """Its time, place and number are those that were ruled, in the account of whoever tells it."""
    correct(
        case, f"{pier}#ev1", to("how_many", "at least 9 killed"), to("when", "2031-03-03"), to("where", "Colón"),
        to("status", "alleged"),
    )  # fmt: skip
    told = whole(case, pier)
    said = ("how_many", "when", "where")
    assert [stated(told, "Dora Quill", field) for field in said] == [["at least 9 killed"], ["2031-03-03"], ["Colón"]]
    assert account_of(told, "Dora Quill").status == "alleged"  # type: ignore[union-attr]
    assert (report(case, pier).ruled[0].event or None) is not None


def test_another_kind_has_its_own_codes(case: Case, pier: str) -> None:
    correct(case, f"{pier}#ev1", to("kind", "abduction"))
    (event,) = (one for one in report(case, pier).reading.events if one.id == "ev1")
    assert (event.kind, event.plover) == ("abduction", "COERCE") or event.acled is not None
    assert "abduction" in {one.kind for one in whole(case, pier).tellings if one.report == pier}


def test_a_rejected_event_leaves_its_incident_and_stays_in_its_report(case: Case, pier: str) -> None:
    before = whole(case, pier)
    decide(case, ruling="reject", about=[f"{pier}#ev1"], who="Ana", why="a film", at=AT)
    after = whole(case, pier)
    assert {one.report for one in before.tellings} > {one.report for one in after.tellings}
    page = report(case, pier)
    assert "ev1" in {one.id for one in page.reading.events}
    assert [(one.part, one.standing) for one in page.ruled] == [("ev1", "rejected")]


def test_an_incident_shows_what_was_rejected_and_every_ruling_that_bears_on_it(case: Case, pier: str) -> None:
    """Those of its events and of the statements that tell them; what was rejected, as it was read."""
    st = telling(report(case, pier).reading)
    name = whole(case, pier).id
    made = [
        decide(case, ruling="reject", about=[f"{pier}#ev1"], who="Ana", why="a film", at=AT),
        decide(case, ruling="accept", about=[f"{pier}#{st}"], who="Ana", why="heard it", at=AT),
    ]
    page = incident(case, name)
    assert [(one.report, one.event) for one in page.rejected] == [(pier, "ev1")]
    assert {one.id for one in page.decisions} == {one.id for one in made}
    withdraw(case, made[0].id, who="Ana", at=AT)
    assert incident(case, name).rejected == ()


def test_an_incident_whose_every_event_is_rejected_has_no_accounts(case: Case, pier: str) -> None:
    """It is still there, so that it can be found and the ruling taken back."""
    about = [f"{one.report}#{one.event}" for one in whole(case, pier).tellings]
    made = decide(case, ruling="reject", about=about, who="Ana", why="an exercise", at=AT)
    told = whole(case, pier)
    assert (told.accounts, told.counter.origins, told.counter.reports) == ((), 0, 2)
    withdraw(case, made.id, who="Ana", at=AT)
    assert whole(case, pier).accounts


def test_a_rejected_statement_tells_nothing(case: Case, pier: str) -> None:
    st = telling(report(case, pier).reading)
    decide(case, ruling="reject", about=[f"{pier}#{st}"], who="Ana", why="misread", at=AT)
    (mine,) = (one for one in whole(case, pier).tellings if one.report == pier)
    assert st not in {one.saying.statement for one in mine.tellers if one.saying}
    assert st in {one.id for one in report(case, pier).reading.statements}


def test_search_and_sources_follow(case: Case, pier: str) -> None:
    """By the new act, by the new speaker, whom the case knew or not."""
    st = telling(report(case, pier).reading)
    correct(case, f"{pier}#{st}", to("act", "threatens"), to("speaker", "Vera Lund"))
    assert [hit.report for hit in search(case, None, Among(act="threatens"))] == [pier]
    assert [(one.report, one.statement) for one in speaker(case, "Vera Lund").said] == [(pier, st)]


def test_a_speaker_whose_name_names_a_side_speaks_for_it(case: Case, pier: str) -> None:
    """By the new name, and never by who stood there before."""
    st = telling(report(case, pier).reading)
    for name, party in (("Hezbollah's press office", "hezbollah"), ("Nadia Quell", None)):
        made = correct(case, f"{pier}#{st}", to("speaker", name))
        reading = report(case, pier).reading
        told = next(one.source for one in reading.statements if one.id == st)
        source = next(one for one in reading.sources if one.id == told)
        assert (source.name, source.party) == (name, party)
        assert (source.party_basis.row if source.party_basis else None) == party
        withdraw(case, made.id, who="Ana", at=AT)


def test_a_speaker_ruled_instead_of_another_takes_their_place(case: Case, pier: str) -> None:
    """Though both stand in the report only because somebody ruled so, and the second gets the id of the first."""
    about = f"{pier}#{telling(report(case, pier).reading)}"
    first = correct(case, about, to("speaker", "Vera Lund"))
    correct(case, about, to("speaker", "Nadia Quell"), instead_of=first.id)
    assert [f"{one.report}#{one.statement}" for one in speaker(case, "Nadia Quell").said] == [about]
    with pytest.raises(NoSuchThing):
        speaker(case, "Vera Lund")


# What was missed


def test_a_statement_that_was_missed_is_added_and_taken_back(case: Case, pier: str) -> None:
    """It has its own id, tells what its words tell, is found, and goes without a trace."""
    before = everything(case)
    words = at(pier, "Rockets hit the pier at Salto, Uruguay, on Tuesday")
    made = decide(
        case, ruling="add_statement", about=[pier], who="Ana", why="a caption", at=AT,
        corrections=[to("words", None, words), to("speaker", "Harbour Watch"), to("channel", "social_post: Kite")],
    )  # fmt: skip
    part = f"st-{made.id.removeprefix('dec-')}"
    assert [anchor.words for anchor in made.anchors] == [words.words]
    page = report(case, pier)
    added = {one.id: one for one in page.reading.statements}[part]
    assert (added.act, added.found_by, added.words) == ("says", "person", (words.span,))
    assert [(one.part, one.standing, one.statement) for one in page.ruled] == [(part, "added", None)]
    assert account_of(whole(case, pier), "Harbour Watch") is not None
    assert [one.statement for one in speaker(case, "Harbour Watch").said] == [part]
    withdraw(case, made.id, who="Ana", at=AT)
    assert everything(case) == before
    with pytest.raises(NoSuchThing):
        speaker(case, "Harbour Watch")


def test_two_can_be_missed_in_one_report_and_one_only_once(case: Case, pier: str) -> None:
    def add_one(words: str) -> Decision:
        told = [to("words", None, at(pier, words)), to("speaker", "Ilo Ferrant")]
        return decide(case, ruling="add_statement", about=[pier], who="Ana", why="a note", at=AT, corrections=told)

    one, two = add_one("the sheds had been empty"), add_one("on Tuesday, killing six dockers")
    assert one.id != two.id
    assert add_one("the sheds had been empty") == one


def test_what_was_added_can_be_corrected_and_is_there_after_reading_anew(case: Case, pier: str) -> None:
    told = [to("words", None, at(pier, "the sheds had been empty")), to("speaker", "Ilo Ferrant")]
    made = decide(case, ruling="add_statement", about=[pier], who="Ana", why="a note", at=AT, corrections=told)
    part = f"st-{made.id.removeprefix('dec-')}"
    correct(case, f"{pier}#{part}", to("act", "admits"))
    _read_anew(case, pier)
    assert {one.id: one.act for one in report(case, pier).reading.statements}[part] == "admits"


def test_what_was_added_can_be_followed_through_the_reports(case: Case, pier: str) -> None:
    """As any other claim, from its sentence."""
    told = [to("words", None, at(pier, "the sheds had been empty")), to("speaker", "Ilo Ferrant")]
    made = decide(case, ruling="add_statement", about=[pier], who="Ana", why="a note", at=AT, corrections=told)
    claim = f"{pier}#st-{made.id.removeprefix('dec-')}"
    assert "the sheds had been empty" in traced(case, claim).claim.words
    withdraw(case, made.id, who="Ana", at=AT)
    with pytest.raises(NoSuchThing):
        traced(case, claim)


# Taken back, read anew, erased


@pytest.mark.parametrize("field", ["speaker", "act", "channel", "when", "where"])
def test_a_withdrawn_correction_leaves_everything_as_it_was(case: Case, pier: str, field: str) -> None:
    """Every row of the case, whatever was added in between to what was corrected."""
    after = {"speaker": "Vera Lund", "act": "denies", "channel": "video", "when": "2031", "where": "Colón"}[field]
    before, page = everything(case), report(case, pier)
    made = correct(case, f"{pier}#{telling(page.reading)}", to(field, after))
    assert everything(case) != before
    withdraw(case, made.id, who="Bo", at=AT)
    assert everything(case) == before
    assert replace(report(case, pier), decisions=()) == replace(page, decisions=())


def _read_anew(case: Case, about: str) -> Reading:
    """Read the report anew, with one statement before all others."""
    reading = replace(report(case, about).reading, sayso="sayso 99")
    fresh = reading_of(PIER, published="2031-03-05", publisher="Quayside Herald")
    first = fresh.statements[0]
    names = {one.id: f"st{n + 2}" for n, one in enumerate(fresh.statements)}

    def renamed(told: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(one, one) for one in told)

    statements = tuple(
        replace(one, id=names[one.id], within=names.get(one.within or ""), covers=renamed(one.covers))
        for one in fresh.statements
    )
    events_now = tuple(
        replace(
            event,
            told=tuple(replace(one, statement=names.get(one.statement or "")) for one in event.told),
            counts=tuple(replace(one, told=renamed(one.told)) for one in event.counts),
            agents=tuple(replace(one, told=renamed(one.told)) for one in event.agents),
            targets=tuple(replace(one, told=renamed(one.told)) for one in event.targets),
        )
        for event in fresh.events
    )
    extra = replace(first, id="st1", words=(Span(0, 7),), cue=None, who=None, covers=(), within=None)
    new = replace(fresh, sayso=reading.sayso, statements=(extra, *statements), events=events_now)
    reread(case, drawn(new, version="another"), who="Ana", at=AT)
    return new


def test_a_correction_holds_when_its_report_is_read_anew(case: Case, pier: str) -> None:
    """It stays with the words of its statement, which has another id now."""
    st = telling(report(case, pier).reading)
    correct(case, f"{pier}#{st}", to("act", "denies"), to("speaker", None, at(pier, "Ilo Ferrant")))
    _read_anew(case, pier)
    page = report(case, pier)
    (part,) = page.ruled
    assert part.part == f"st{int(st.removeprefix('st')) + 1}"
    assert {one.id: one.act for one in page.reading.statements}[part.part] == "denies"
    assert account_of(whole(case, pier), "Ilo Ferrant") is not None


def test_nothing_of_a_correction_outlives_its_report(case: Case, pier: str) -> None:
    """Neither what was typed nor the words chosen; and what it said of another report has no effect."""
    st = telling(report(case, pier).reading)
    other = next(one.report for one in whole(case, pier).tellings if one.report != pier)
    both = [f"{pier}#{st}", f"{other}#{st}"]
    decide(
        case, ruling="correct", about=both, who="Ana", why="the tape", at=AT,
        corrections=[to("speaker", "Vera Lund"), to("where", None, at(pier, "the pier"))],
    )  # fmt: skip
    assert account_of(whole(case, other), "Vera Lund") is not None
    erased(case, report=pier, who="Bo", why="asked to", at=AT)
    assert account_of(whole(case, other), "Vera Lund") is None
    with case.reading() as connection:
        kept = [repr(connection.execute(select(table)).all()) for table in tables.sorted_tables]
    assert not any("Vera Lund" in rows or "the tape" in rows for rows in kept)
    assert verified(case).broken == ()


def test_a_name_is_withheld_from_corrections_too(case: Case, pier: str) -> None:
    """From what was typed and from what stood before; the ruling itself still holds."""
    st = telling(report(case, pier).reading)
    correct(case, f"{pier}#{st}", to("speaker", "Vera Lund"), to("act", "denies"))
    erased(case, name="Vera Lund", who="Bo", why="asked to", at=AT)
    with case.reading() as connection:
        kept = [repr(connection.execute(select(table)).all()) for table in tables.sorted_tables]
    assert [rows for rows in kept if "Vera Lund" in rows] == []
    assert verified(case).broken == ()


def test_a_private_person_whom_only_a_ruling_names_is_withheld(case: Case, pier: str) -> None:
    """Wherever the ruling is told: on the report, on its own page, in the incident."""
    st = telling(report(case, pier).reading)
    made = correct(case, f"{pier}#{st}", to("speaker", "Vera Lund"))
    for told in (report(case, pier), made, decision_page(case, made.id), whole(case, pier)):
        assert "Vera Lund" in as_line(case, told, show_private=True)
        assert "Vera Lund" not in as_line(case, told)


def test_a_changed_correction_is_found_out(case: Case, pier: str) -> None:
    """By the audit, which holds what was typed as a salted hash, before and after."""
    st = telling(report(case, pier).reading)
    correct(case, f"{pier}#{st}", to("act", "denies"))
    assert verified(case).broken == ()
    told = tables.tables["decision_corrections"]
    with case.writing() as connection:
        connection.execute(told.update().values(before="promises"))
    assert [one.kind for one in verified(case).broken] == ["decision"]


def test_a_case_from_before_fields_is_brought_up_to_date(case: Case, pier: str) -> None:
    """Its tables are made, and a value that it holds without a field is the speaker, as it was."""
    st = telling(report(case, pier).reading)
    made = correct(case, f"{pier}#{st}", value="Vera Lund")
    with case.writing() as connection:
        for later in (*LATER, *PLACED, tables.tables["decision_corrections"], tables.tables["ruled_events"]):
            later.drop(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    again = opened(case.folder)
    page = report(again, pier)
    assert [(one.field, one.before, one.after) for one in page.ruled[0].changes] == [
        ("speaker", "Dora Quill", "Vera Lund")
    ]
    withdraw(again, made.id, who="Ana", at=AT)
    assert report(again, pier).ruled == ()
    again.closed()


# What cannot be ruled


@pytest.mark.parametrize(
    ("part", "told", "says"),
    [
        ("st", to("mood", "angry"), r"'mood' is no field of a statement\. There are: speaker, act"),
        ("ev", to("act", "denies"), r"'act' is no field of an event\. There are: status"),
        ("st", to("act", "shouts"), r"'shouts' is no act\. There are: says"),
        ("ev", to("status", "disputed"), "correct what each of them does"),
        ("ev", to("kind", "picnic"), "'picnic' is no kind of event"),
        ("st", to("channel", "pigeon: Ada"), r"'pigeon' is no channel\. There are: social_post"),
        ("st", to("when", "2031-02-30"), "'2031-02-30' is no time"),
        ("st", to("when", "2031-04-07/2031-04-05"), "ends before it begins"),
        ("ev", to("how_many", "a few"), "'a few' is no figure"),
        ("ev", to("how_many", "9 picnics"), "'picnics' is not counted"),
        ("st", to("words", "the pier"), "say where they stand"),
        ("st", to("words", None, Anchor("{pier}", Span(0, 90_000))), "0-90000 is no stretch"),
        ("st", to("words", None, Anchor("{pier}", Span(0, 7), "Missiles")), "stands “Rockets”, not “Missiles”"),
        ("st", to("words", None, Anchor("sha256:00ff", Span(0, 7))), "which this is not about"),
        ("st", to("speaker", " "), "speaker needs a value"),
    ],
)
def test_what_does_not_fit_is_said(case: Case, pier: str, part: str, told: Correction, says: str) -> None:
    """With what would; and nothing is written."""
    name = telling(report(case, pier).reading) if part == "st" else "ev1"
    if told.anchor is not None and told.anchor.report == "{pier}":
        told = replace(told, anchor=replace(told.anchor, report=pier))
    before = everything(case)
    with pytest.raises(CannotRule, match=says):
        correct(case, f"{pier}#{name}", told)
    assert everything(case) == before


def test_fields_can_be_corrected_by_two_people_and_one_field_by_one(case: Case, pier: str) -> None:
    """Whoever sets a field to something else is told by whom it was set; whoever sets it to the same is not."""
    about = f"{pier}#{telling(report(case, pier).reading)}"
    first = correct(case, about, to("act", "denies"))
    correct(case, about, to("when", "2031-03-04"), who="Bo")
    with pytest.raises(Contradicts, match=f"Ana ruled correct .*act → denies.*{first.id}"):
        correct(case, about, to("act", "asks"), who="Bo")
    correct(case, about, to("act", "denies"), who="Bo")
    correct(case, about, to("act", "asks"), who="Cy", instead_of=[first.id, *_others(case, about, "act", first)])
    assert {one.id: one.act for one in report(case, pier).reading.statements}[about.partition("#")[2]] == "asks"


def _others(case: Case, about: str, field: str, first: Decision) -> list[str]:
    """Other decisions that stand about a field."""
    found = report(case, about.partition("#")[0]).ruled
    return [one.decision for one in found if one.decision != first.id and field in {it.field for it in one.changes}]


def test_one_ruling_is_about_all_that_is_identical(case: Case, pier: str) -> None:
    """And one withdrawal takes it back from all; what one of them has already is told."""
    from sayso.ledger.asking.identical import identical

    about = f"{pier}#{telling(report(case, pier).reading)}"
    (other,) = identical(case, about)
    assert (other.exactly, other.act, other.standing) == (True, "says", None)
    before = everything(case)
    who = at(pier, "Dora Quill")
    made = decide(
        case, ruling="correct", about=[about, other.about], who="Ana", why="both", at=AT,
        corrections=[
            to("act", "accuses"), to("speaker", None, who), to("words", None, at(pier, "killing six dockers")),
        ],
    )  # fmt: skip
    for name in (pier, other.report.id):
        page = report(case, name)
        now = {one.id: one for one in page.reading.statements}[page.ruled[0].part]
        sealed = page.reading.page.report.text
        assert (now.act, [sealed[one.start : one.end] for one in now.words]) == ("accuses", ["killing six dockers"])
        assert now.who is not None
        assert sealed[now.who.start : now.who.end] == "Dora Quill"
    (again,) = identical(case, about)
    assert (again.standing, again.act, again.speaker) == ("corrected", "says", "Dora Quill")
    with pytest.raises(Contradicts, match=made.id):
        correct(case, other.about, to("act", "asks"), who="Bo")
    withdraw(case, made.id, who="Ana", at=AT)
    assert everything(case) == before


def test_words_that_a_copy_does_not_hold_are_not_ruled_of_it(case: Case, pier: str) -> None:
    about = f"{pier}#{telling(report(case, pier).reading)}"
    other = next(one.report for one in whole(case, pier).tellings if one.report != pier)
    chosen = to("words", None, at(pier, "A crane driver"))
    with pytest.raises(CannotRule, match="does not hold these words once"):
        decide(
            case, ruling="correct", about=[about, f"{other}#{about.partition('#')[2]}"], who="Ana", why="both", at=AT,
            corrections=[chosen],
        )  # fmt: skip
