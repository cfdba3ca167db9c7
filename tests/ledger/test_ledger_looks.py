"""Looks: a verdict with its decision in one go, second readers who know nothing of the first, and who settles."""

from __future__ import annotations

import pytest

from sayso.ledger import audit
from sayso.ledger.asking.audits import replaced_by
from sayso.ledger.asking.queue import Seat, Wanted, next_in, seconds
from sayso.ledger.asking.queued import question
from sayso.ledger.asking.second_readers import agreements, differing_pairs, pairs, progress
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions
from sayso.ledger.decisions import withdraw as decision_withdrawn
from sayso.ledger.erasing import erased
from sayso.ledger.looks import (
    EVERY,
    SECOND,
    By,
    Look,
    Verdict,
    looked,
    looked_beside,
    looked_blind,
    looks,
    withdraw,
)
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


def _differing(case: Case) -> list[tuple[str, str, str, str]]:
    with case.reading() as connection:
        return [
            (it.first.who, it.first.verdict, it.second.who, it.second.verdict) for it in differing_pairs(connection)
        ]


def test_who_knows_the_first_and_differs_stands_beside_them(case: Case, about: str) -> None:
    """Nothing is withdrawn for it and nothing decided by it, until somebody settles; agreement counts it not."""
    _, made = looked(case, Verdict(about, "accept", queue="unseen"), ANA)
    told = Verdict(about, "reject", "Not her words.", queue="unseen", beside=(made.id,))
    look = looked_beside(case, told, BEN)
    assert (look.is_beside, look.decision, look.beside) == (True, None, (made.id,))
    assert _stands(case, about) == [("accept", "Ana")]
    assert _differing(case) == [("Ana", "accept", "Ben", "reject")]
    with case.reading() as connection:
        assert agreements(pairs(connection))[0].verdicts.pairs == 0
        assert seconds(connection, Seat("Cy", AT)) == ()
    looked_beside(case, told, CY)
    assert len(_differing(case)) == 2
    settled(case, about, SECOND_SAYS, ANA)
    assert _stands(case, about) == [("reject", "Ana")]
    assert _differing(case) == []
    later = looked_beside(case, Verdict(about, "accept", beside=standing_ids(case, about)), BEN)
    assert _differing(case) == [("Ana", "reject", "Ben", "accept")], "what was settled before settles nothing new"
    withdraw(case, later.id, by=BEN)
    assert _differing(case) == []


def standing_ids(case: Case, about: str) -> tuple[str, ...]:
    """The decisions on whether it is read rightly that stand."""
    with case.reading() as connection:
        return standing_of(connection, about)


def test_a_ruling_from_elsewhere_can_be_differed_from(case: Case, about: str) -> None:
    """It came of no look. Who takes it back ends the difference; where another does, it stays to be settled."""
    made = decide(case, ruling="reject", about=[about], who="Ana", why="Nobody says it.", at=AT)
    told = Verdict(about, "accept", beside=(made.id,))
    with pytest.raises(CannotRule):
        looked_beside(case, told, ANA)
    look = looked_beside(case, told, BEN)
    assert _differing(case) == [("Ana", "reject", "Ben", "accept")]
    assert looked_beside(case, told, BEN).id != look.id, "what one says last is meant"
    assert len(_looks(case, who="Ben")) == 1
    decision_withdrawn(case, made.id, who="Cy", at=AT)
    assert len(_differing(case)) == 1
    with pytest.raises(CannotRule):
        looked_beside(case, told, CY)


def test_what_one_ruled_oneself_gives_way_to_what_one_says_now(case: Case, about: str) -> None:
    _, mine = looked(case, Verdict(about, "accept"), BEN)
    _, hers = looked(case, Verdict(about, "accept"), ANA)
    told = Verdict(about, "reject", "Read again: no.", beside=(hers.id, mine.id), instead_of=(mine.id, hers.id))
    looked_beside(case, told, BEN)
    assert _stands(case, about) == [("accept", "Ana")]
    assert [(one.verdict, one.is_beside) for one in _looks(case, who="Ben")] == [("reject", True)]


def test_who_rules_after_all_stands_beside_nobody_any_more(case: Case, about: str) -> None:
    _, hers = looked(case, Verdict(about, "accept"), ANA)
    looked_beside(case, Verdict(about, "reject", "No.", beside=(hers.id,)), BEN)
    looked(case, Verdict(about, "reject", "No.", instead_of=(hers.id,)), BEN)
    assert [one.is_beside for one in _looks(case, who="Ben")] == [False]
    assert _differing(case) == []


def test_who_looked_blind_waits_for_the_settling(case: Case, about: str) -> None:
    _second(case, about, Verdict(about, "accept"), Verdict(about, "reject", "No."))
    with pytest.raises(CannotRule):
        looked_beside(case, Verdict(about, "correct", "No.", beside=standing_ids(case, about)), BEN)


def test_a_decision_that_is_undone_takes_ones_own_look_along(case: Case, about: str) -> None:
    """Wherever it is undone; what another undoes stays said. Nothing is noted twice."""
    look, made = looked(case, Verdict(about, "accept"), ANA)
    decision_withdrawn(case, made.id, who="Ben", at=AT)
    assert _looks(case) == (look,)
    _, made = looked(case, Verdict(about, "reject", "No."), BEN)
    decision_withdrawn(case, made.id, who="Ben", at=AT)
    assert [one.who for one in _looks(case)] == ["Ana"]
    again, _ = looked(case, Verdict(about, "reject", "No."), CY)
    withdraw(case, again.id, by=CY)
    with case.reading() as connection:
        assert [one.who for one in audit.rows(connection) if one.what == "unlooked"] == ["Ben", "Cy"]


def test_what_was_withdrawn_for_a_ruling_is_known(case: Case, about: str) -> None:
    """Until something else is ruled of the same."""
    _, made = looked(case, Verdict(about, "accept"), ANA)
    _, instead = looked(case, Verdict(about, "reject", "No.", instead_of=(made.id,)), BEN)
    with case.reading() as connection:
        assert replaced_by(connection, instead.id) == (), "what replaced it stands"
    decision_withdrawn(case, instead.id, who="Ben", at=AT)
    with case.reading() as connection:
        assert [(one.id, one.who) for one in replaced_by(connection, instead.id)] == [(made.id, "Ana")]
        assert replaced_by(connection, made.id) == ()


def test_copies_that_are_ruled_along_are_counted(case: Case, about: str) -> None:
    event = about.replace("#st1", "#ev1")
    looked(case, Verdict(about, "accept", queue="unseen", copies=(event,)), ANA)
    looked(case, Verdict(about, "accept", queue="unseen"), BEN)
    with case.reading() as connection:
        assert (progress(connection, "Ana")["unseen"].mine, progress(connection, "Ana")["unseen"].along) == (1, 1)
        assert progress(connection, "Ben")["unseen"].along == 0


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
