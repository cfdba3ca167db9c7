"""The sample: the market's report and its two copies are one family, the blend stands in two, no other is linked."""

from functools import cache
from itertools import combinations

import pytest

import sayso
from bench.sample import SAMPLE
from sayso.copies import Link, Print, dated_by, families, fingerprint, linked
from sayso.record import Family, Published

MARKET = {"01", "06", "13"}
HELD_OUT = {frozenset(("05", "15")), frozenset(("11", "15"))}


@cache
def prints() -> dict[str, Print]:
    """The print of each report by its number."""
    paths = sorted(path for path in SAMPLE.iterdir() if path.name[:2].isdigit())
    return {path.name[:2]: fingerprint(sayso.read(path, knowledge=SAMPLE / "knowledge")) for path in paths}


@cache
def links() -> dict[frozenset[str], Link]:
    """The links of all pairs, by the numbers of both reports."""
    return {
        frozenset((one, two)): link
        for (one, here), (two, there) in combinations(prints().items(), 2)
        if (link := linked(here, there))
    }


def number(report: str | None) -> str | None:
    """The number of a report by its id."""
    return next((name for name, one in prints().items() if one.report == report), None)


def family_with(*numbers: str) -> Family:
    """The one family that holds these reports."""
    (found,) = (
        one for one in families(links().values()) if set(numbers) <= {number(member.report) for member in one.members}
    )
    return found


def test_nothing_but_the_copies_is_linked() -> None:
    """Twelve reports tell of the same events on their own, and two end in the same standing phrase."""
    assert set(links()) - HELD_OUT == set(map(frozenset, combinations(sorted(MARKET), 2)))


def test_the_markets_family_is_told_as_the_key_has_it() -> None:
    family = family_with("01")
    assert [(number(one.report), one.how, number(one.of)) for one in family.members if one.report] == [
        ("01", "original", None),
        *sorted([("06", "reworded", "01"), ("13", "cut", "01")], key=lambda one: prints()[one[0]].report),
    ]


def test_undated_copies_came_out_on_the_originals_day_at_the_earliest() -> None:
    published = {one.report: one.credited.published for one in prints().values()}
    found = {number(report): when for report, when in dated_by(family_with("01"), published).items()}
    assert found == dict.fromkeys(("06", "13"), Published("2024-03-12", None, "family"))


def test_the_blend_is_linked_with_both_that_it_was_made_of() -> None:
    assert set(links()) >= HELD_OUT


@pytest.mark.parametrize(("first", "last", "of"), [(128, 655, "05"), (655, 924, "11")])
def test_each_half_of_the_blend_is_one_telling_with_one_of_them(first: int, last: int, of: str) -> None:
    link = links()[frozenset((of, "15"))]
    blend = prints()["15"].report
    spans = [one.here if link.here == blend else one.there for one in link.segments]
    assert any(first <= span.start and span.end <= last for span in spans)
    assert family_with("15", of) != family_with("15", "11" if of == "05" else "05")
