"""Looks: a verdict with its decision in one go, second readers who know nothing of the first, and who settles."""

from __future__ import annotations

import pytest

from sayso.ledger import audit
from sayso.ledger.asking.queue import Seat, Wanted, next_in, seconds
from sayso.ledger.asking.queued import question
from sayso.ledger.asking.second_readers import agreements, differing_pairs, pairs, progress
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions
from sayso.ledger.decisions import withdraw as decision_withdrawn
from sayso.ledger.erasing import erased
from sayso.ledger.looks import EVERY, SECOND, By, Look, Verdict, looked, looked_blind, looks, withdraw
from sayso.ledger.marks import mark
from sayso.ledger.problems import CannotRule, CaseProblem, Contradicts, NoSuchThing
from sayso.ledger.settling import FIRST, SECOND_SAYS, settled, settled_anew, standing_of
from sayso.record import Correction
from tests.ledger.added import AT, DENIED, FERRY, added

ANA, BEN, CY = By("Ana", AT), By("Ben", AT), By("Cy", AT)


@pytest.fixture
def about(case: Case) -> str:
    """A statement of a report in the case."""
    report = added(case, FERRY)[0].report
    added(case, DENIED)
    return f"{report}#st1"


def _looks(case: Case, **asked: object) -> tuple[Look, ...]:
    with case.reading() as connection:
        return looks(connection, **asked)  # type: ignore[arg-type]


def _stands(case: Case, about: str) -> list[tuple[str, str]]:
    with case.reading() as connection:
        return [(one.ruling, one.who) for one in decisions(connection, about=about)]


def _second(case: Case, about: str, first: Verdict, second: Verdict) -> None:
    """Ana looks, a second reader is asked for, and Ben looks without knowing what she said."""
    looked(case, first, ANA)
    mark(case, kind=SECOND, about=about, who="Ana", at=AT)
    looked_blind(case, second, BEN)


def test_a_verdict_is_a_look_and_a_decision(case: Case, about: str) -> None:
    """Both or neither; the same once more is the look that stands; both are taken back together."""
    look, made = looked(case, Verdict(about, "reject", "Nobody says it.", queue="unseen"), ANA)
    assert look.decision == made.id
    assert looked(case, Verdict(about, "reject", "Nobody says it.", queue="unseen"), ANA)[0] == look
    assert _stands(case, about) == [("reject", "Ana")]
    with pytest.raises(Contradicts) as told:
        looked(case, Verdict(about, "accept", queue="unseen"), BEN)
    assert [one.who for one in told.value.standing] == ["Ana"]
    assert len(_looks(case)) == 1
    withdraw(case, look.id, by=ANA)
    assert _stands(case, about) == []
    assert _looks(case) == ()
    (kept,) = _looks(case, also_withdrawn=True)
    assert kept.withdrawn_by == "Ana"
    withdraw(case, look.id, by=BEN)
    assert _looks(case, also_withdrawn=True)[0].withdrawn_by == "Ana"
    with pytest.raises(NoSuchThing):
        withdraw(case, 4711, by=ANA)


def test_what_fails_on_the_way_keeps_nothing(case: Case, about: str) -> None:
    """What belongs to a verdict is done with it in one transaction."""

    def fails(_: object) -> None:
        raise CaseProblem("the next could not be held")

    with pytest.raises(CaseProblem):
        looked(case, Verdict(about, "accept"), ANA, then=fails)
    assert _stands(case, about) == []
    assert _looks(case) == ()


def test_a_second_reader_decides_nothing_and_is_somebody_else(case: Case, about: str) -> None:
    """What is read is shown as it was first read, with nothing of what others said."""
    told = Correction("speaker", None, "Ada Brond, harbour master")
    looked(case, Verdict(about, "correct", "She has an office.", (told,)), ANA)
    mark(case, kind=SECOND, about=about, who="Ana", at=AT)
    with case.reading() as connection:
        assert seconds(connection, Seat("Ben", AT)) == (about,)
        assert seconds(connection, Seat("Ana", AT)) == ()
    asked, open_to_ana = question(case, about, Seat("Ben", AT)), question(case, about, Seat("Ana", AT))
    assert asked.is_blind
    assert (asked.ruled, asked.decisions, asked.looks, asked.notes, asked.copies) == ((), (), (), (), ())
    assert "Ada Brond, harbour master" not in {one.name for one in asked.reading.sources}
    assert "Ada Brond, harbour master" in {one.name for one in open_to_ana.reading.sources}
    assert [one.kind for one in asked.why] == ["asked"]
    look = looked_blind(case, Verdict(about, "accept"), BEN)
    assert look.blind
    assert look.decision is None
    assert _stands(case, about) == [("correct", "Ana")]
    assert next_in(case, Wanted("second", Seat("Cy", AT))).about == ()
    with pytest.raises(CannotRule):
        looked_blind(case, Verdict(about, "reject", "No."), BEN)
    with pytest.raises(CannotRule):
        looked_blind(case, Verdict(about, "position"), CY)


def test_where_readers_differ_somebody_settles_it(case: Case, about: str) -> None:
    """The first's word is kept, or the second's taken in its place; a decision of whoever settles."""
    _second(case, about, Verdict(about, "accept"), Verdict(about, "reject", "These are not her words."))
    with case.reading() as connection:
        (pair,) = differing_pairs(connection)
    assert (pair.first.who, pair.second.who, pair.is_agreed) == ("Ana", "Ben", False)
    made = settled(case, about, SECOND_SAYS, CY)
    assert _stands(case, about) == [("reject", "Cy")]
    assert made.why == "These are not her words."
    with case.reading() as connection:
        assert differing_pairs(connection) == ()
        assert agreements(pairs(connection))[0].verdicts.agreed == 0, "settling changes no look"
    with pytest.raises(NoSuchThing):
        settled(case, about, FIRST, CY)
    decision_withdrawn(case, made.id, who="Cy", at=AT)
    with case.reading() as connection:
        assert len(differing_pairs(connection)) == 1
    settled(case, about, FIRST, BEN)
    assert _stands(case, about) == [("accept", "Ben")]


def test_neither_is_right(case: Case, about: str) -> None:
    """A third person corrects it anew; what stood before is withdrawn for it."""
    _second(case, about, Verdict(about, "accept"), Verdict(about, "reject", "Not hers."))
    with case.reading() as connection:
        standing = standing_of(connection, about)
    told = (Correction("speaker", None, "Ada Brond"),)
    settled_anew(case, Verdict(about, "correct", "Her name.", told, instead_of=standing), CY)
    assert _stands(case, about) == [("correct", "Cy")]
    with case.reading() as connection:
        assert differing_pairs(connection) == ()
        assert pairs(connection)[0].settled is not None


def test_agreement_is_counted_by_reader_and_by_field(case: Case, about: str) -> None:
    """One corrects two of six fields that the other accepts: of six each, four are alike."""
    told = (Correction("when", None, "2031-04-04"), Correction("speaker", None, "Ada Brond"))
    _second(case, about, Verdict(about, "correct", "It says so.", told), Verdict(about, "accept"))
    other = about.replace("#st1", "#ev1")
    _second(case, other, Verdict(other, "accept"), Verdict(other, "accept"))
    with case.reading() as connection:
        every, both = agreements(pairs(connection))
    assert both.readers == ("Ana", "Ben")
    assert (every.verdicts.pairs, every.verdicts.agreed) == (2, 1)
    assert every.verdicts.is_small
    assert every.fields == pytest.approx(2 * (4 + 5) / (6 + 6 + 5 + 5))


def test_every_nth_look_of_a_queue_asks_for_a_second_reader(case: Case, about: str) -> None:
    """Counted over the looks of that queue alone, whoever gives them."""
    mark(case, kind=EVERY, about="queue:unseen", value="2", who="Cy", at=AT)
    report = about.partition("#")[0]
    looked(case, Verdict(about, "accept", queue="unseen"), ANA)
    looked(case, Verdict(f"{report}#ev1", "accept", queue="figures"), ANA)
    with case.reading() as connection:
        assert seconds(connection, Seat("Ben", AT)) == ()
    denial = next(one for one in next_in(case, Wanted("unseen", Seat("Ana", AT))).about if "#st" in one)
    looked(case, Verdict(denial, "accept", queue="unseen"), BEN)
    with case.reading() as connection:
        assert seconds(connection, Seat("Ana", AT)) == (denial,)
        done = progress(connection, "Ana")
    assert (done["unseen"].mine, done["unseen"].others, done["figures"].mine) == (1, 1, 1)


def test_the_audit_names_who_looked_and_holds_no_words(case: Case, about: str) -> None:
    look, _ = looked(case, Verdict(about, "reject", "Wagtails.", queue="unseen"), ANA)
    withdraw(case, look.id, by=ANA)
    with case.reading() as connection:
        rows = [one for one in audit.rows(connection) if one.what in ("looked", "unlooked")]
    assert [(one.what, one.who, one.about) for one in rows] == [("looked", "Ana", about), ("unlooked", "Ana", about)]
    assert not any("Wagtails" in one.line for one in rows)


def test_what_is_erased_takes_the_words_of_looks_along(case: Case, about: str) -> None:
    """A name first, then the report; that somebody looked stays known."""
    told = (Correction("speaker", None, "Ada Brond"),)
    looked(case, Verdict(about, "correct", "Ada Brond says it.", told, queue="unseen"), ANA)
    erased(case, name="Ada Brond", who="Cy", why="asked for", at=AT)
    (kept,) = _looks(case)
    assert "Brond" not in f"{kept.why}{kept.corrections}"
    assert (kept.verdict, kept.queue) == ("correct", "unseen")
    erased(case, report=about.partition("#")[0], who="Cy", why="asked for", at=AT)
    (kept,) = _looks(case)
    assert (kept.why, kept.corrections, kept.who) == ("[erased]", (), "Ana")


def test_a_ruling_made_elsewhere_is_no_look(case: Case, about: str) -> None:
    """And the same said in the queue keeps a look of that decision."""
    made = decide(case, ruling="accept", about=[about], who="Ana", why="", at=AT)
    assert _looks(case) == ()
    look, again = looked(case, Verdict(about, "accept", queue="unseen"), ANA)
    assert again.id == made.id == look.decision
