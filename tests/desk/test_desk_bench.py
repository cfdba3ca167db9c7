"""What the desk is measured on: readings grown from the sample, and the addresses that are asked for."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from random import Random
from typing import Any

import pytest

from bench import grown
from bench.desk import Answer, Took
from bench.desk_asked import addresses, ids_of, twins
from bench.grown import Told, readings
from sayso.ledger.case import Case
from sayso.record import Reading, Span

MANY = 120


@pytest.fixture(scope="module")
def told() -> list[Reading]:
    return list(readings(MANY))


def spans(noun: Any) -> list[Span]:
    if isinstance(noun, Span):
        return [noun]
    if isinstance(noun, tuple):
        return [span for one in noun for span in spans(one)]
    if is_dataclass(noun) and not isinstance(noun, type):
        return [span for one in fields(noun) for span in spans(getattr(noun, one.name))]
    return []


def test_every_number_gives_the_same_reading_and_no_two_the_same_bytes(told: list[Reading]) -> None:
    """So that a case which was cut off can be gone on with."""
    assert [one.page.report.id for one in readings(40)] == [one.page.report.id for one in told[:40]]
    assert len({one.page.report.id for one in told}) == MANY


def test_what_was_read_stands_where_its_words_went(told: list[Reading]) -> None:
    """Spans lie in the text and hold whole words; a person's name and a figure are what stands at their spans."""
    for reading in told:
        text = reading.page.report.text
        for span in spans(reading):
            assert 0 <= span.start <= span.end <= len(text)
        for event in reading.events:
            word = text[event.trigger.start : event.trigger.end]
            assert word == word.strip()
        for quantity in reading.grounds.quantities:
            digits = text[quantity.span.start : quantity.span.end]
            if digits.isdigit() and len(digits) == 2 and quantity.low is not None and quantity.unit is None:
                assert quantity.low == int(digits), digits
        for place in reading.grounds.places:
            assert text[place.span.start : place.span.end].casefold() == place.name.casefold() or place.same_as


def test_two_scenes_share_few_words_and_copies_share_most() -> None:
    """Else all reports of a large case would be one family."""
    one, other, again, copy = (
        frozenset(grown._grown(told, 1).page.report.text.casefold().split())
        for told in (Told(0, 5), Told(0, 900), Told(0, 5, again=1), Told(0, 5, copy=1, reworded=True))
    )
    assert len(one & other) / len(one | other) < 0.4
    assert len(one & again) / len(one | again) < 0.6
    assert len(one & copy) / len(one | copy) > 0.7


def test_every_kind_of_page_has_addresses_that_the_sample_gives(sample_case: Case) -> None:
    """Kinds without any would be left out of what is measured, and nobody would see it."""
    kinds = addresses(ids_of(sample_case, Random(1), 5))
    empty = {kind for kind, some in kinds.items() if not some}
    of_large_cases = {"report_much_copied", "trace_much_copied", "preview_of_identical", "incident_10_to_60"}
    assert empty <= of_large_cases | {"decision"}
    assert all("?" not in address.partition(".json")[0] for some in twins(kinds, "json").values() for address in some)


def test_what_requests_took_is_told_as_median_and_percentile() -> None:
    took = Took()
    for milliseconds in range(1, 101):
        took.take(Answer(f"/{milliseconds}", 200, 10 * milliseconds, float(milliseconds), 0.5, ""))
    assert took.scores["median_ms"] == 50.5
    assert (took.scores["p95_ms"], took.scores["max_ms"], took.scores["slowest"]) == (96.0, 100.0, "/100")
    assert (took.scores["bytes"], took.scores["most_bytes"], took.scores["cpu_median_ms"]) == (505, 1000, 0.5)
