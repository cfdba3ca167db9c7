"""What changed between the sample's copies is found; the key of real copies is read; the bench seeds what it says."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

import sayso
from bench.drift import figures, measure
from bench.drift_pairs import composed, is_held
from bench.drifted import keyed
from bench.mutations import SEEDERS, mutated
from bench.sample import SAMPLE
from bench.story import report_of, story_of
from sayso.copies import compare, fingerprint
from sayso.drift.changes import changes
from sayso.drift.pairing import paired
from sayso.knowledge import ours
from sayso.record import CHANGES, Change, Reading

DRIFTS = [
    drift
    for drift in story_of(SAMPLE)["drift"]
    if drift["kind"] in CHANGES and drift["from"]["report"] == "01" and drift["to"]["report"] in ("06", "13")
]


@cache
def read(number: str) -> Reading:
    return sayso.read(report_of(SAMPLE, number), knowledge=SAMPLE / "knowledge")


@cache
def found(here: str, there: str) -> tuple[Change, ...]:
    one, two = read(here), read(there)
    likeness = compare(fingerprint(one), fingerprint(two))
    return changes(one, two, paired(one, two, [pair for each in likeness.segments for pair in each.pairs]), ours())


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda drift: f"{drift['to']['report']} {drift['kind']}")
def test_the_drifts_of_the_samples_copies_are_found(drift):
    """A quotation is also found where all of a copy's quotations are told at once to be in other words."""
    start, end = drift["from"]["span"]
    fits = [one for one in found(drift["from"]["report"], drift["to"]["report"]) if one.kind == drift["kind"]]
    assert [
        one
        for one in fits
        if (one.here is not None and one.here.span.start < end and start < one.here.span.end)
        or one.says.startswith("all")
    ]


@pytest.mark.parametrize("number", ["01", "05", "10", "12"])
def test_a_report_and_itself_show_no_change(number):
    assert found(number, number) == ()


def test_the_key_of_real_copies_names_sixty_pairs_and_no_words():
    pairs = keyed()
    assert len(pairs) >= 60
    assert sum(not pair.kinds for pair in pairs) >= 20, "honest rewording must be among them"
    assert all(set(side) == {"doc", "span", "sha256"} for pair in pairs for side in (pair.here, pair.there))


def test_every_kind_has_a_seeder():
    assert tuple(SEEDERS) == CHANGES


def test_a_seed_gives_the_same_mutations_twice_and_other_ones_another_time():
    pair = next(composed())
    here, there = sayso.read_text(pair.here), sayso.read_text(pair.there)
    aligned = paired(
        here, there, [two for one in compare(fingerprint(here), fingerprint(there)).segments for two in one.pairs]
    )
    first, again, other = (mutated(here, there, aligned, order=CHANGES, chance=Random(seed)) for seed in (7, 7, 8))
    assert first == again != other
    assert first.seeded
    assert (first.here, first.there) != (pair.here, pair.there)


def test_of_mutations_in_a_composed_report_most_are_found_and_nothing_else():
    """On the reports that no rule was mended by; the whole bench holds its floors."""
    pairs = [pair for pair in composed() if is_held(pair.name) and not pair.knowledge][:2]
    scores = figures(measure(pairs))
    assert scores["composed_recall"] >= 80
    assert scores["composed_precision"] >= 90
