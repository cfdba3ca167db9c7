"""Cards of the margin: what each says stands in the text, and what two say of one another agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from sayso.desk.views.cards import Happened, Said, Stretch, cards
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.case import Case
from sayso.record import Reading


@pytest.fixture(scope="session")
def readings(sample_case: Case) -> list[Reading]:
    """The readings of the sample."""
    return [report(sample_case, row.id).reading for row in report_list(sample_case)]


def _stretches(value: Any) -> Iterator[Stretch]:
    if isinstance(value, Stretch):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _stretches(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _stretches(getattr(value, field.name))


def test_every_value_of_a_card_is_words_of_the_text_at_their_place(readings: list[Reading]) -> None:
    for reading in readings:
        text = reading.page.report.text
        for card in cards(reading):
            for one in _stretches(card):
                assert text[one.span.start : one.span.end] == one.words


def test_there_is_a_card_for_each_statement_and_event_in_the_order_of_the_text(readings: list[Reading]) -> None:
    for reading in readings:
        dealt = cards(reading)
        assert [card.start for card in dealt] == sorted(card.start for card in dealt)
        found = sorted([one.id for one in reading.statements] + [one.id for one in reading.events])
        assert sorted(card.id for card in dealt) == found


def test_a_caveat_lists_what_it_covers_and_what_it_covers_lists_it(readings: list[Reading]) -> None:
    pairs = 0
    for reading in readings:
        dealt = {card.id: card for card in cards(reading)}
        for card in dealt.values():
            if not isinstance(card, Said):
                continue
            for covered in card.covers:
                other = dealt.get(covered.part)
                if other is not None:
                    assert card.id in {one.part for one in other.covered_by}
                    pairs += 1
    assert pairs > 3, "the sample has denials and doubts"


def test_what_is_told_within_is_told_on_its_way_outward(readings: list[Reading]) -> None:
    """Survivors tell rescuers, who tell the report: the way is told from the speaker on."""
    relayed = [
        (card, {one.id: one for one in reading.statements}[card.within.part])
        for reading in readings
        for card in cards(reading)
        if isinstance(card, Said) and card.within
    ]
    assert relayed, "the sample has somebody who tells what others told"
    for card, outer in relayed:
        tellers = [one.part for one in card.passing if one.channel is None]
        assert tellers[0] == outer.id
        own = list(card.passing[: [one.part for one in card.passing].index(outer.id)])
        assert all(one.channel for one in own), "its own channels come before whoever tells it on"


def test_an_event_is_listed_at_who_tells_it_with_what_they_commit_to(readings: list[Reading]) -> None:
    for reading in readings:
        dealt = {card.id: card for card in cards(reading)}
        for card in dealt.values():
            if not isinstance(card, Happened):
                continue
            for teller in card.told:
                if teller.part:
                    told = dealt[teller.part]
                    assert isinstance(told, Said)
                    assert (card.id, teller.status) in {(one.part, one.status) for one in told.tells}
