"""What people rule is written down, checked against what stands, withdrawn but never deleted."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import select

from sayso.ledger import audit
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decision, decisions, typed_hash, withdraw
from sayso.ledger.problems import CannotRule, Contradicts, NoSuchThing
from sayso.ledger.schema import decision_anchors, queue
from sayso.ledger.schema import decisions as table
from sayso.ledger.waiting import settled, wait, waiting
from sayso.record import Decision, Span
from tests.ledger.rows import AT, put_event, put_report, put_speaker, put_statement

TEXT = "Governor Ilo Ferrant said on Monday that the mill was empty. The mill was shelled at dawn."
LATER = "2031-04-07T00:00:00Z"


@pytest.fixture
def report(case: Case, applied: list[Decision]) -> str:
    """A report with a statement, an event and a speaker."""
    with case.writing() as connection:
        one = put_report(connection, TEXT)
        put_statement(connection, one, "st1", "the mill was empty")
        put_event(connection, one, "ev1", "shelled", incident="inc-0a")
        put_speaker(connection, "spk-0a", {one: "Ilo Ferrant"})
        put_speaker(connection, "spk-0b", {put_report(connection, "Ilo Ferrant, again."): "Ilo Ferrant"})
    return one


def _ruled(case: Case, ruling: str, *about: str, value: str | None = None, who: str = "Ana") -> Decision:
    return decide(case, ruling=ruling, about=about, value=value, who=who, why="seen myself", at=AT)


def test_a_decision_rests_on_words(case: Case, report: str) -> None:
    """Those of the statement, with what stands around them."""
    made = _ruled(case, "reject", f"{report}#st1")
    assert [(anchor.report, anchor.words) for anchor in made.anchors] == [(report, "the mill was empty")]
    with case.reading() as connection:
        kept = connection.execute(select(decision_anchors)).one()
        assert decisions(connection) == (made,)
        assert decision(connection, made.id[:8]) == made
    assert (kept.before, kept.after) == ("or Ilo Ferrant said on Monday that "[-32:], ". The mill was shelled at dawn.")
    assert not kept.lost


@pytest.mark.parametrize(
    ("ruling", "about", "value", "words"),
    [
        ("accept", ["#ev1"], None, ["shelled"]),
        ("correct", ["#st1"], "act=denies", ["the mill was empty"]),
        ("speaks_for", ["spk-0a"], "UKR", ["Ilo Ferrant"]),
        ("position", ["spk-0a"], "witness", ["Ilo Ferrant"]),
        ("same_speaker", ["spk-0a", "spk-0b"], None, ["Ilo Ferrant", "Ilo Ferrant"]),
        ("show_private", ["spk-0a"], None, ["Ilo Ferrant"]),
    ],
)
def test_what_can_be_ruled(
    case: Case, report: str, ruling: str, about: list[str], value: str, words: list[str]
) -> None:
    """Of statements, events and speakers, each anchored to its own words."""
    made = _ruled(case, ruling, *(report + one if one[0] == "#" else one for one in about), value=value)
    assert [anchor.words for anchor in made.anchors] == words


def test_a_decision_takes_effect_when_it_is_written(case: Case, report: str, applied: list[Decision]) -> None:
    """And when it is withdrawn."""
    made = _ruled(case, "accept", f"{report}#st1")
    gone = withdraw(case, made.id, who="Bo", at=LATER)
    assert applied == [made, gone]
    assert (gone.withdrawn_by, gone.withdrawn_at) == ("Bo", LATER)
    assert withdraw(case, made.id, who="Cy", at=LATER) == gone
    assert len(applied) == 2


def test_what_fails_to_take_effect_was_not_ruled(
    case: Case, report: str, applied: list[Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction holds both."""

    def fails(connection: object, ruled: Decision, rows: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(sys.modules["sayso.ledger.keeping"], "apply_ruling", fails)
    with pytest.raises(ZeroDivisionError):
        _ruled(case, "accept", f"{report}#st1")
    with case.reading() as connection:
        assert decisions(connection, withdrawn=True) == ()
        assert [row.what for row in audit.rows(connection)] == ["made"]


def test_a_withdrawn_decision_stays_written_down(case: Case, report: str) -> None:
    """It is shown where it is asked for."""
    made = _ruled(case, "accept", f"{report}#st1")
    withdraw(case, made.id, who="Bo", at=LATER)
    with case.reading() as connection:
        assert decisions(connection) == ()
        assert [one.id for one in decisions(connection, withdrawn=True)] == [made.id]
        assert [row.what for row in audit.rows(connection)] == ["made", "decided", "withdrew"]


def test_two_people_cannot_rule_against_each_other_unseen(case: Case, report: str) -> None:
    """The second is told by whom, what and why, and can rule instead of it."""
    first = _ruled(case, "accept", f"{report}#st1")
    with pytest.raises(Contradicts, match=f"Ana ruled accept about the same .*{first.id}.*seen myself"):
        _ruled(case, "reject", f"{report}#st1", who="Bo")
    second = decide(
        case, ruling="reject", about=[f"{report}#st1"], who="Bo", why="read again", at=LATER, instead_of=first.id
    )
    with case.reading() as connection:
        assert decisions(connection) == (second,)
        assert decision(connection, first.id).withdrawn_by == "Bo"


def test_another_value_contradicts_too(case: Case, report: str) -> None:
    """A speaker does not speak for two sides at once."""
    _ruled(case, "speaks_for", "spk-0a", value="UKR")
    with pytest.raises(Contradicts, match=r"speaks_for \(UKR\)"):
        _ruled(case, "speaks_for", "spk-0a", value="RUS")
    _ruled(case, "position", "spk-0a", value="witness")
    _ruled(case, "speaks_for", "spk-0b", value="RUS")


def test_pairs_contradict_where_they_share_both(case: Case, report: str) -> None:
    """One and two cannot be both one speaker and two; one and three can."""
    with case.writing() as connection:
        put_speaker(connection, "spk-0c", {put_report(connection, "Ilo, thrice."): "Ilo"})
    _ruled(case, "same_speaker", "spk-0a", "spk-0b")
    _ruled(case, "different_speaker", "spk-0a", "spk-0c")
    with pytest.raises(Contradicts):
        _ruled(case, "different_speaker", "spk-0b", "spk-0a")


def test_ruling_the_same_twice_is_one_decision(case: Case, report: str) -> None:
    """Of one person; a second person who rules the same is a second decision."""
    first = _ruled(case, "accept", f"{report}#st1")
    assert _ruled(case, "accept", f"{report}#st1") == first
    assert _ruled(case, "accept", f"{report}#st1", who="Bo").id != first.id


@pytest.mark.parametrize(
    ("ruling", "about", "value", "says"),
    [
        ("truth", ["#st1"], None, "'truth' is no ruling. There are: same_incident"),
        ("accept", ["spk-0a"], None, "accept is ruled of statement or event, not of a speaker"),
        ("same_incident", ["inc-0a"], None, "at least 2 incidents or events; 1 were named"),
        ("same_incident", ["inc-0a", "inc-0a"], None, "1 were named"),
        ("correct", ["#st1"], None, r"correct needs a value \(the speaker.s name\) or a field: act"),
        ("accept", ["#st1"], "yes", "accept takes no value; 'yes' was given"),
        ("position", ["spk-0a"], "liar", "'liar' is no position. There are: party"),
        ("show_private", ["spk-0a", "spk-0b"], None, "one thing; 2 were named"),
        ("copy", [""], None, "exactly 2 reports; 1 were named"),
    ],
)
def test_what_cannot_be_ruled_is_said(
    case: Case, report: str, ruling: str, about: list[str], value: str | None, says: str
) -> None:
    """With what there is instead; nothing is written."""
    with case.writing() as connection:
        from sayso.ledger.schema import incidents

        connection.execute(
            incidents.insert().values(
                id="inc-0a", kind="shelling", headline="", counter="", did_not_happen=False, reports=1, origins=1,
                denials=0, contested=0.0, stale=False,
            )
        )  # fmt: skip
    with pytest.raises(CannotRule, match=says):
        _ruled(case, ruling, *(one if one.startswith(("spk", "inc")) else report + one for one in about), value=value)
    with case.reading() as connection:
        assert decisions(connection, withdrawn=True) == ()


@pytest.mark.parametrize(
    "about", ["sha256:00#st1", "inc-99", "spk-77", "dec-00", "REPORT#st9", "REPORT#ev7", "REPORT#src1", "nonsense"]
)
def test_what_is_not_there_cannot_be_ruled_of(case: Case, report: str, about: str) -> None:
    """The id is named."""
    with pytest.raises(NoSuchThing):
        _ruled(case, "accept", about.replace("REPORT", report))


def test_the_audit_holds_no_word_that_was_typed(case: Case, report: str) -> None:
    """Only a salted hash of them, which the decision proves as long as its salt is there."""
    made = decide(
        case, ruling="speaks_for", about=["spk-0a"], value="Ferrant's own", who="Ana", why="he said so", at=AT
    )
    with case.reading() as connection:
        (row,) = audit.rows(connection, about=made.id)
        salt = connection.execute(select(table.c.salt)).scalar_one()
    assert "Ferrant" not in row.line
    assert "he said so" not in row.line
    assert f'"typed":"{typed_hash(salt, made.value, made.why)}"' in row.line


def test_what_waits_is_settled_once(case: Case) -> None:
    """And the same thing waits once."""
    with case.writing() as connection:
        for _ in range(2):
            wait(connection, at=AT, kind="changed_reading", about="r", says="look")
        (one,) = waiting(connection, about="r")
    settled(case, one.id, who="Ana", at=LATER)
    with case.reading() as connection:
        assert waiting(connection) == ()
        assert connection.execute(select(queue.c.done_by)).scalars().all() == ["Ana"]
    with pytest.raises(NoSuchThing, match="waits"):
        settled(case, one.id, who="Ana", at=LATER)


def test_an_anchor_is_where_the_words_are(case: Case, report: str) -> None:
    """In code points of the sealed text."""
    (anchor,) = _ruled(case, "accept", f"{report}#ev1").anchors
    assert anchor.span == Span(TEXT.index("shelled"), TEXT.index("shelled") + 7)
