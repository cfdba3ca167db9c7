"""Named changes between two tellings: what they point at, their mirror, where they are silent."""

from __future__ import annotations

import pytest

from bench.drift_pairs import composed
from sayso.drift.changes import changes
from sayso.knowledge import ours
from sayso.record import Change, Span
from tests.drift.told import compared, kinds, reading_of, told

MIRRORED = {
    "act_strengthened": "act_weakened",
    "act_weakened": "act_strengthened",
    "figure_grown": "figure_changed",
    "figure_changed": "figure_grown",
}
ONE_WAY = (
    "speaker_dropped",
    "caveat_dropped",
    "denial_dropped",
    "attribution_to_fact",
    "hedge_lost",
    "put_in_quotation_marks",
)
PAIRS = [pair for pair in composed() if not pair.knowledge]

# What is told, and the words it points at on both sides.
POINTING = [
    ("The market is not used by soldiers. -> The market is used by soldiers.", "negation_flipped", "not used", "used"),
    ("The blast killed 12 people. -> The blast killed 120 people.", "figure_grown", "12", "120"),
    ("A drone possibly hit the mill. -> A drone hit the mill.", "hedge_lost", "possibly", "hit"),
    ("The depot burned in June. -> The depot burned in July.", "time_shifted", "June", "July"),
    (
        "Mayor Piet Marran said it was over. -> Sara Vint said it was over.",
        "speaker_changed",
        "Mayor Piet Marran",
        "Sara Vint",
    ),
    (
        "Heavy trucks left Warsaw for the depot near Lyon. -> Heavy trucks left Warsaw for the depot near Osaka.",
        "place_shifted",
        "Lyon",
        "Osaka",
    ),
    (
        "The chapel near Krasnodar, Krasnaya Street, burned. -> The chapel near Nairobi, Krasnaya Street, burned.",
        "place_shifted",
        "Krasnodar",
        "Nairobi",
    ),
    (
        "Officials said in addition to the tents, a field kitchen will also be set up by volunteers. -> "
        "In addition to the tents, a field kitchen will also be set up by volunteers.",
        "attribution_to_fact",
        "Officials",
        "In addition to the tents, a field kitchen will also be set up by volunteers.",
    ),
    (
        "Police said the wage agreement ended at noon on the quay. -> The wage agreement ended at noon on the quay.",
        "attribution_to_fact",
        "Police",
        "The wage agreement ended at noon on the quay.",
    ),
]
# Honest rewording, of which nothing may be told.
SILENT = [
    "The blast killed three people and wounded 17. -> Three people were killed and 17 injured in the blast.",
    "The guards did not open the gate. -> The gate was not opened by the guards.",
    "Police failed to find the boat. -> Police did not find the boat.",
    "The dam may break, engineers said. -> Engineers said the dam might break.",
    "Halvane shelled Kesteria. -> Kesteria was shelled by Halvane.",
    "The road is 1.6 km long. -> The road is one mile long.",
    "About 4,000 people fled. -> Some 4 thousand people fled.",
    "\"We will wait,\" Rood said. -> Rood said: \"We will wait.\"",
    "The fire broke out on Tuesday, June 3. -> The fire broke out on June 3.",
    "China will close the port of Chengdu. -> Chinese officials will close the port of Chengdu.",
    "By noon the airline had told its crews to leave. -> By noon the airline had ordered its crews to leave.",
]  # fmt: skip


@pytest.mark.parametrize(("example", "kind", "here", "there"), POINTING, ids=lambda value: str(value)[:40])
def test_a_change_points_at_the_words_of_both_sides(example, kind, here, there):
    (change,) = [one for one in told(example) if one.kind == kind]
    assert change.here is not None
    assert change.there is not None
    assert (change.here.words, change.there.words) == (here, there)
    for side, text in zip((change.here, change.there), example.split(" -> "), strict=True):
        assert text[side.span.start : side.span.end] == side.words


@pytest.mark.parametrize("example", SILENT)
def test_honest_rewording_is_no_change(example):
    assert [change.says for change in told(example)] == []
    here, there = example.split(" -> ")
    assert [change.says for change in compared(there, here)] == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_composed_report_in_other_words_shows_no_change(pair):
    assert [change.says for change in compared(pair.here, pair.there)] == []


@pytest.mark.parametrize("example", [row["example"] for row in ours().rows("en/drift")], ids=lambda text: text[:40])
def test_from_the_other_side_a_change_is_its_mirror(example):
    """What was lost from here to there is nothing from there to here."""
    here, there = example.split(" -> ")
    expected = {_turned(one) for one in compared(here, there) if one.kind not in ONE_WAY}
    found = {(one.kind, one.here, one.there) for one in compared(there, here) if one.kind not in ONE_WAY}
    assert found == expected


def _turned(change: Change) -> tuple[object, ...]:
    return MIRRORED.get(change.kind, change.kind), change.there, change.here


def test_nothing_is_told_of_sentences_that_have_no_partner():
    here, there = reading_of("The market was not hit."), reading_of("The market was hit.")
    assert changes(here, there, (), ours()) == ()


def test_pairs_may_be_parts_of_a_sentence():
    """What one reader takes for one sentence may be compared in parts; each change is told once."""
    here = reading_of('"The bridge was not hit. We saw it," Rood said.')
    there = reading_of('"The bridge was hit. We saw it," Rood said.')
    cut, other = here.page.report.text.index(" We"), there.page.report.text.index(" We")
    pairs = [(Span(0, cut), Span(0, other))]
    found = [change for change in changes(here, there, pairs, ours()) if change.kind == "negation_flipped"]
    assert len(found) == 1


def test_a_copy_reworded_throughout_is_told_once_to_reword_its_quotations():
    here = (
        'Mayor Piet Marran visited the depot. "We had nine engines here and no water at all," he said in the yard. '
        'Later he met the families of the men who died. "Nobody has told us what went wrong," one of them said.'
    )
    there = (
        'The depot was visited by mayor Piet Marran. In the yard he told reporters: "There were nine engines and water '
        'lacked." He afterwards spoke with relatives of those killed. One said: "What went wrong we were never told."'
    )
    found = [change for change in compared(here, there) if change.kind == "quotation_reworded"]
    assert len(found) == 1
    assert found[0].says.startswith("all")


def test_a_caveat_that_stands_elsewhere_in_the_copy_is_not_dropped():
    here = "Two shells hit the clinic, the doctor said. Rivermark could not verify the claim. The road is closed."
    there = "Two shells hit the clinic, the doctor said. The road is closed. Rivermark was unable to verify the claim."
    assert "caveat_dropped" not in {change.kind for change in compared(here, there)}


def test_a_denial_put_in_by_the_copy_is_no_loss():
    here = "Two shells hit the clinic, the doctor said."
    assert "denial_dropped" not in kinds(f"{here} -> {here} The army denied it.")


def test_what_changed_in_one_sentence_is_the_same_whether_all_are_asked_of_or_only_those_beside_it():
    """A trace asks what became of one claim in a hundred copies: sentences further on are not looked into."""
    some = [one[0].split(" -> ") for one in POINTING[:6]]
    here, there = (reading_of(" ".join(one[side] for one in some)) for side in (0, 1))
    pairs = tuple(zip(here.page.sentences, there.page.sentences, strict=True))
    whole = changes(here, there, pairs, ours())
    for one, two in pairs:
        near = changes(here, there, pairs, ours(), within=((one,), (two,)))
        assert _touching(near, one, two) == _touching(whole, one, two) != []
        assert len(near) < len(whole)


def _touching(some: tuple[Change, ...], one: Span, two: Span) -> list[Change]:
    return [
        change
        for change in some
        if (change.here and one.start <= change.here.span.start < one.end)
        or (change.there and two.start <= change.there.span.start < two.end)
    ]
