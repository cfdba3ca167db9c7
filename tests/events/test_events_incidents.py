"""Incidents: what is cut out as a candidate, how fillers are joined, and what short reports of ours come to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.events import as_template, told_of, travel
from sayso.events.incidents import Incident, find_incidents
from sayso.events.incidents.candidates import candidates
from sayso.events.incidents.confidence import VALUES, confidence_features
from sayso.events.incidents.features import FAMILY_OF, document_row, rows
from sayso.events.incidents.templates import ORGANISATION, TYPES, WEAPON, Limits, Scored, chosen, templates
from sayso.knowledge import ours
from sayso.models.incidents import incident_scorer

BOMB = (
    "Marn, 3 May. A powerful bomb exploded last night in front of the offices of the Trade Bank in Marn. The blast "
    "destroyed the bank building. The Red Dawn Movement claimed responsibility for the attack in a telephone call."
)
KIDNAPPED = "Armed men kidnapped businessman Ola Berg in Marn yesterday. Police said that guerrillas hold him."
FAIR = "The village fair opened on Sunday with music. The mayor thanked the bakers and the band played until night."


def found(text: str) -> tuple[Incident, ...]:
    return find_incidents(told_of(travel(text)), incident_scorer())


def cut(text: str) -> set[str]:
    told = told_of(travel(text))
    spans = [one.span(told.parse) for one in candidates(told.parse, told.grounds.entities)]
    return {text[span.start : span.end] for span in spans}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They burned the three old buses.", "old buses"),
        ("Gunmen shot Colonel Ola Berg.", "Ola Berg"),
        ("A bomb attack shook the town.", "bomb"),
        ("It was done by members of the Red Front.", "members of the Red Front"),
        ("They attacked the mayor's house.", "house"),
    ],
)
def test_candidates_are_cut_to_what_names_them(text: str, wanted: str) -> None:
    assert wanted in cut(text)


def test_titles_are_kept_apart_from_a_name() -> None:
    text = "Gunmen shot Colonel Ola Berg."
    told = told_of(travel(text))
    spans = [
        (one.span(told.parse), one.titled_span(told.parse)) for one in candidates(told.parse, told.grounds.entities)
    ]
    texts = {(text[bare.start : bare.end], text[full.start : full.end]) for bare, full in spans}
    assert ("Ola Berg", "Colonel Ola Berg") in texts


def test_every_candidate_has_its_features() -> None:
    told = told_of(travel(BOMB))
    cuts = candidates(told.parse, told.grounds.entities)
    table = rows(told, cuts)
    assert table.shape == (len(cuts), incident_scorer().weights["inner"].shape[0])
    assert document_row(told).shape == incident_scorer().weights["text_mean"].shape
    assert np.isfinite(table).all()


def test_families_name_kinds_that_there_are() -> None:
    known = {row["kind"] for row in ours().rows("event_kinds")}
    assert set(FAMILY_OF) <= known


def test_a_bombing_with_who_claims_it() -> None:
    bombing = next(one for one in found(BOMB) if one.type == "bombing")
    template = as_template(BOMB, bombing)
    assert any("bomb" in names[0] for names in template.fillers("Weapon"))
    assert any("trade bank" in names[0] or "bank" in names[0] for names in template.fillers("Target"))
    assert bombing.events
    assert all(one.confidence in VALUES for one in bombing.organisations)


def test_the_likeliest_is_accused_from_its_limit_on() -> None:
    scorer, told = incident_scorer(), told_of(travel(BOMB))
    for limit, wanted in ((0.0, True), (1.0, False)):
        of = replace(scorer, about={**scorer.about, "accused_limit": limit})
        for one in find_incidents(told, of):
            assert (one.accused is not None) == wanted
            assert one.accused is None or one.accused.confidence in VALUES


def test_a_kidnapping_with_its_victim() -> None:
    kidnapping = next(one for one in found(KIDNAPPED) if one.type == "kidnapping")
    assert ("ola berg",) in as_template(KIDNAPPED, kidnapping).fillers("Victim")


@pytest.mark.parametrize("text", [FAIR, "Hello."])
def test_no_incident_where_none_is_told(text: str) -> None:
    assert found(text) == ()


def test_capitals_tell_what_mixed_case_tells() -> None:
    assert [one.type for one in found(BOMB.upper())] == [one.type for one in found(BOMB)]


def test_who_claims_it_is_told_from_who_is_accused() -> None:
    told = told_of(travel(BOMB))
    start = BOMB.index("Red Dawn")
    spans = [span for entity in told.grounds.entities for span in entity.mentions if span.start == start] or [
        one.span(told.parse)
        for one in candidates(told.parse, told.grounds.entities)
        if one.span(told.parse).start == start
    ]
    features = confidence_features(told, spans[:1], "bombing")
    assert features["kind:bombing"] == 1
    assert features["beside:claim"] == 1
    assert features["beside:responsibility"] == 1


# Joining


def scored(number: int, words: str, slot: int, score: float, *kinds: str) -> Scored:
    slots = np.zeros(5)
    slots[slot] = score
    return Scored(number, tuple(words.split()), slots, np.array([0.9 if kind in kinds else 0.05 for kind in TYPES]))


def test_a_name_and_its_first_letters_are_one_filler() -> None:
    group = [
        scored(0, "popular liberation army", ORGANISATION, 0.6, "attack"),
        scored(1, "pla", ORGANISATION, 0.5, "attack"),
        scored(2, "shining path", ORGANISATION, 0.4, "attack"),
    ]
    assert [len(one.members) for one in chosen(group, ORGANISATION, 0.1)] == [2, 1]


def test_the_words_scored_most_often_name_a_filler() -> None:
    group = [
        scored(0, "powerful bomb", WEAPON, 0.5, "bombing"),
        scored(1, "bomb", WEAPON, 0.4, "bombing"),
        scored(2, "bomb", WEAPON, 0.3, "bombing"),
    ]
    assert chosen(group, WEAPON, 0.1)[0].named.words == ("bomb",)


def test_a_filler_goes_to_the_incidents_it_fits() -> None:
    limits = Limits((0.3,) * 5, (0.3,) * 5, 0.3)
    told = templates([scored(0, "bomb", WEAPON, 0.8, "bombing")], np.array([0.6, 0.7, 0.1, 0.1, 0.1]), limits)
    assert [(TYPES[kind], len(fillers)) for kind, fillers in told] == [("attack", 0), ("bombing", 1)]


def test_nothing_is_told_below_the_limits() -> None:
    limits = Limits((0.3,) * 5, (0.3,) * 5, 0.3)
    assert templates([scored(0, "bomb", WEAPON, 0.8, "bombing")], np.full(5, 0.2), limits) == []
