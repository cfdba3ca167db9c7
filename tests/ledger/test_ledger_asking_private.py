"""Private persons are withheld wherever something leaves a case, until somebody rules that they may be shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.ledger.asking.answers import IncidentRow
from sayso.ledger.asking.incidents import Incidents, incident, incident_rows
from sayso.ledger.asking.private import MASK, NOBODY, Hidden, around, mask, reports_in, runs_in, withheld, without
from sayso.ledger.asking.reports import report
from sayso.ledger.asking.search import search
from sayso.ledger.asking.sources import speaker, speaker_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.record import (
    Anchor,
    HeadlinePart,
    Origin,
    Quoted,
    Reason,
    Saying,
    Span,
    Speaker,
    Teller,
    Telling,
    Through,
    Touching,
    Utterance,
    When,
)
from tests.databases import Cases
from tests.ledger.asked import filled, name_of, readings

NAMES = ("Ida Wren", "Wren")
WORDS = ("dragged", "I begged them")


@pytest.fixture(scope="module")
def told(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return filled(cases, tmp_path_factory.mktemp("asked") / "case")


def _asked(case: Case) -> dict[str, Any]:
    (row,) = incident_rows(case, among=Incidents(kind="abduction"))
    return {
        "row": row,
        "incident": incident(case, row.id),
        "report": report(case, name_of("market.txt")),
        "speakers": tuple(speaker_list(case)),
        "speaker": speaker(case, "Ida Wren"),
        "hits": tuple(search(case, "brother")) + tuple(search(case, "begged")),
    }


@pytest.mark.parametrize("kind", ["row", "incident", "report", "speakers", "speaker", "hits"])
def test_whatever_leaves_is_without_names_and_words(told: Case, kind: str) -> None:
    """A baker who tells of her brother: a person of whom nobody asked whether she may be named."""
    found = _asked(told)[kind]
    assert any(part in repr(found) for part in NAMES + WORDS)
    bare = repr(withheld(told, found))
    assert [name for name in NAMES if name in bare] == []
    assert [words for words in WORDS if words in bare] == []
    assert NOBODY in bare or MASK in bare


def test_offsets_stay_true(told: Case) -> None:
    """Every stretch of the text that is not hers is where it was, letter for letter."""
    bare = withheld(told, report(told, name_of("market.txt"))).reading
    text, whole = bare.page.report.text, readings()[0].page.report.text
    assert len(text) == len(whole)
    assert {char for char, was in zip(text, whole, strict=True) if char != was} == {MASK}
    assert "Dora Quill" in text
    assert "the fire brigade said" in text
    assert bare.page.report.data == b""


def test_others_are_as_they_were(told: Case) -> None:
    """Officials, bodies and groups are no private persons."""
    (row,) = incident_rows(told, among=Incidents(kind="missile_strike"))
    found = incident(told, row.id)
    bare = withheld(told, found)
    assert [origin.name for origin in bare.incident.origins] == [origin.name for origin in found.incident.origins]


@pytest.mark.usefixtures("applied")
def test_a_ruling_shows_somebody_until_it_is_withdrawn(cases: Cases, tmp_path: Path) -> None:
    case = filled(cases, tmp_path / "case")
    name = speaker(case, "Ida Wren").row.id
    ruled = decide(case, ruling="show_private", about=[name], who="Ana", why="she agreed", at="2031-06-02T00:00:00Z")
    assert withheld(case, speaker(case, name)) == speaker(case, name)
    withdraw(case, ruled.id, who="Ana", at="2031-06-03T00:00:00Z")
    assert withheld(case, speaker(case, name)).row.name == NOBODY


# What is withheld of nouns, without a case

REPORT = "sha256:aa"
HER = Speaker(
    "src1", "Ida Wren", "named", role="baker", private=True, also=("Wren",), who=Quoted(Span(19, 27), "Ida Wren")
)
HIS = Speaker("src2", "Dora Quill", "named", role="mayor")
HIDDEN = Hidden(
    frozenset(("Ida Wren", "Wren")),
    {REPORT: (Span(0, 12), Span(19, 27))},
    frozenset(((REPORT, "src1"),)),
)
SENTENCE = "Men took him, said Ida Wren."
HERS = Saying(
    "st1", HER, "says", via=(Through("messaging", "Ida's bakery"),),
    when=When("2031-03-05T10:30", "2031-03-05T10:31", "minute"), words=(Quoted(Span(0, 12), "Men took him"),),
    sentence=Quoted(Span(0, 28), SENTENCE),
)  # fmt: skip


def test_a_saying_keeps_what_does_not_lead_to_anybody() -> None:
    """The act and the kind of channel stay; name, role, words, the channel's name and the minute go."""
    telling = Telling(
        REPORT, "ev1", "abduction", None, None, Quoted(Span(4, 8), "took"), Quoted(Span(0, 28), SENTENCE), "happened",
        tellers=(Teller(HERS, "happened"),),
    )  # fmt: skip
    bare = without(telling, HIDDEN)
    (teller,) = bare.tellers
    assert teller.saying is not None
    assert (teller.saying.act, teller.saying.via) == ("says", (Through("messaging", None),))
    assert teller.saying.when == When("2031-03-05", "2031-03-06", "day")
    assert teller.saying.words == (Quoted(Span(0, 12), "███ ████ ███"),)
    assert teller.saying.sentence == Quoted(Span(0, 28), "███ ████ ███, said ███ ████.")
    speaker = teller.saying.speaker
    assert (speaker.name, speaker.role, speaker.also) == (NOBODY, None, ())
    assert speaker.who == Quoted(Span(19, 27), "███ ████")
    assert (bare.report, bare.event, bare.trigger.words) == (REPORT, "ev1", "████")


def test_an_origin_that_is_hers_has_no_name() -> None:
    said = Utterance(Anchor(REPORT, Span(0, 28), SENTENCE), "ev1", HERS, "happened")
    hers = Origin("o1", "Ida Wren", "named", "witness", basis="a baker", role="baker", private=True, utterances=(said,))
    bare = without(hers, HIDDEN)
    assert bare.utterances[0].saying is not None
    assert bare.utterances[0].saying.words == (Quoted(Span(0, 12), "███ ████ ███"),)
    assert (bare.name, bare.role, bare.basis, bare.position) == (NOBODY, None, None, "witness")
    his = Origin("o2", "Dora Quill", "named", "party", role="mayor")
    assert without(his, HIDDEN) == his


OURS = [
    (HeadlinePart("Ida Wren says"), HeadlinePart("a private person says"), "our own words"),
    (Reason("said", True, "Wren says so"), Reason("said", True, "a private person says so"), "a surname alone"),
    (Reason("said", True, "Wrenfield says so"), Reason("said", True, "Wrenfield says so"), "another name"),
    (
        Anchor("sha256:bb", Span(0, 9), "Ida Wren."), Anchor("sha256:bb", Span(0, 9), "███ ████."),
        "her name in another report",
    ),
    (
        Anchor("sha256:bb", Span(0, 12), "Men took him"), Anchor("sha256:bb", Span(0, 12), "Men took him"),
        "the same words in a report where they are not hers",
    ),
    (
        HeadlinePart("took him", Anchor(REPORT, Span(4, 12), "took him")),
        HeadlinePart("████ ███", Anchor(REPORT, Span(4, 12), "████ ███")), "her words in a headline",
    ),
    (
        Anchor(REPORT, Span(0, 28), "Men took him … said"), Anchor(REPORT, Span(0, 28), "███ ████ ███ … ████"),
        "words that cannot be placed are masked whole",
    ),
    (
        Touching("denies", "Ida Wren", None, None, None, Anchor(REPORT, Span(30, 34), "no")),
        Touching("denies", NOBODY, None, None, None, Anchor(REPORT, Span(30, 34), "no")), "her denial",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("noun", "bare", "why"), OURS, ids=[row[2] for row in OURS])
def test_names_and_words_are_withheld_in_every_noun(noun: Any, bare: Any, why: str) -> None:
    assert without(noun, HIDDEN) == bare, why


@pytest.mark.parametrize(
    "words, bare",
    [
        ("Marit Osk says", "Marit Osk says"),
        ("MARIT OSK SAYS", "MARIT OSK SAYS"),  # as headings are set
        ("Osk says, not Marit Osk", f"{NOBODY} says, not Marit Osk"),
        ("Marit Oskar says", "Marit Oskar says"),
    ],
)
def test_a_name_inside_the_name_of_somebody_public_stays(words: str, bare: str) -> None:
    """A report has an Osk of whom nothing is known, and Marit Osk, a spokeswoman."""
    hidden = Hidden(names=frozenset(("Osk",)), public=frozenset(("Marit Osk",)))
    assert without(words, hidden) == bare


def test_public_names_that_hold_a_private_one_are_found() -> None:
    """Of a full name nothing is shown for another's sake: "Ida Wren Fund" would tell of Ida Wren."""
    assert around(("Osk", "Ida Wren"), ("Marit Osk", "Osk", "Ida Wren Fund", "Oskar Lund")) == frozenset(("Marit Osk",))


def test_with_nobody_to_hide_a_noun_is_the_same() -> None:
    assert without(HERS, Hidden()) == HERS


def test_an_unnamed_person_keeps_the_words() -> None:
    """'A woman' leads to nobody; her account is what there is to know."""
    hidden = Hidden(sources=frozenset(((REPORT, "src1"),)), stretches={REPORT: (Span(19, 25),)})
    unnamed = replace(HERS, speaker=replace(HER, name="a woman", naming="described", also=()))
    said = Utterance(Anchor(REPORT, Span(0, 28), "Men took him, said a baker. "), None, unnamed, "happened")
    origin = without(Origin("o1", "a woman", "described", "witness", private=True, utterances=(said,)), hidden)
    assert origin.name == NOBODY
    assert "Men took him" in origin.utterances[0].anchor.words


def test_a_title_that_repeats_the_words_of_somebody_withheld_is_masked_too() -> None:
    """Her words in a heading would lead to her as surely as her name; words that anybody uses stay."""
    hidden = Hidden(said=frozenset(runs_in("I counted the shoes in the middle of the street because of the noise")))
    assert without("“I Counted the Shoes”: a market morning", hidden) == "“█ ███████ ███ █████”: a market morning"
    assert without("They stood in the middle of the square", hidden) == "They stood in the middle of the square"


def test_the_reports_of_a_noun_are_found_wherever_it_points() -> None:
    part = HeadlinePart("x", Anchor("sha256:cc", Span(0, 1)))
    row = IncidentRow("inc-1", "", (part,), None, None, None, None, None, None, None, None, None, False, 1, 1, 0)
    assert reports_in((row, Anchor("sha256:dd", Span(0, 1)))) == {"sha256:cc", "sha256:dd"}


def test_a_mask_keeps_blanks_and_signs() -> None:
    assert mask("Ana, 31") == "███, ██"
