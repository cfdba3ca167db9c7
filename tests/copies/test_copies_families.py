"""Families: they join stretches, keep blends in two, mind what people ruled, and know no order."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.copies import Link, Print, dated_by, families, link_as_json, link_from_json, linked, ruled_copy
from sayso.copies.likeness import Segment
from sayso.record import Family, Member, Published, Span
from tests.copies.telling import INDEPENDENT, OTHER, REWORDED, WIRE, sentences, told

HALF = " ".join(sentences(WIRE)[:6])
REWORDED_HALF = " ".join(sentences(REWORDED)[:6])
OTHER_HALF = " ".join(sentences(OTHER)[:5])


def links_of(*prints: Print) -> list[Link]:
    """All links of some reports."""
    return [link for one, two in combinations(prints, 2) if (link := linked(one, two))]


def reports(family: Family) -> set[str]:
    """The reports of a family."""
    return {member.report for member in family.members}


def test_a_wire_and_its_copies_are_one_family() -> None:
    wire = told(WIRE, "wire", published="2025-05-05")
    copies = told(REWORDED, "reworded", published="2025-05-06"), told(HALF, "cut", published="2025-05-06")
    (family,) = families(links_of(wire, *copies, told(INDEPENDENT, "other", published="2025-05-05")))
    assert [(member.report, member.how, member.of) for member in family.members] == [
        ("wire", "original", None),
        ("cut", "cut", "wire"),
        ("reworded", "reworded", "wire"),
    ]


def test_a_blend_stands_in_two_families_and_joins_them_not() -> None:
    blend = told(f"{REWORDED_HALF} {OTHER_HALF}", "blend")
    found = families(links_of(told(WIRE, "wire"), told(OTHER, "court"), blend))
    assert sorted(map(sorted, map(reports, found))) == [["blend", "court"], ["blend", "wire"]]
    stretches = {member.span for family in found for member in family.members if member.report == "blend"}
    assert len(stretches) == 2
    first, second = sorted(stretches)
    assert first.end <= second.start


def test_a_copy_of_a_blend_joins_them_neither() -> None:
    blend = f"{REWORDED_HALF} {OTHER_HALF}"
    found = families(
        links_of(told(WIRE, "wire"), told(OTHER, "court"), told(blend, "blend"), told(blend + " It rained.", "again"))
    )
    assert not [family for family in found if {"wire", "court"} <= reports(family)]
    assert {"blend", "again", "wire"} in map(reports, found)


def test_what_people_rule_independent_shares_no_family() -> None:
    prints = told(WIRE, "a"), told(REWORDED, "b"), told(HALF, "c")
    found = families(links_of(*prints), independent={frozenset(("a", "b"))})
    assert found
    assert not [family for family in found if {"a", "b"} <= reports(family)]


def test_what_people_rule_a_copy_is_one_family() -> None:
    one, two = told(WIRE, "a"), told(INDEPENDENT, "b")
    assert not links_of(one, two)
    ruled = ruled_copy(one, two)
    assert ruled.ruled
    (family,) = families([], copies=[ruled])
    assert reports(family) == {"a", "b"}


def test_a_link_comes_back_from_its_text() -> None:
    (link,) = links_of(told(WIRE, "a", published="2025-05-05"), told(REWORDED, "b", published="2025-05-08"))
    assert link.of == "a"
    assert link_from_json(link_as_json(link)) == link


# Laws


def a_link(one: int, two: int, first: int, length: int, score: float) -> Link:
    """A link of invented reports by their numbers: sentences of 50 characters, the same ones on both sides."""
    spans = [Span(60 * place, 60 * place + 50) for place in range(first, first + length)]
    here, there = sorted((f"r{one}", f"r{two}"))
    pairs = tuple((span, span) for span in spans)
    segment = Segment(Span(spans[0].start, spans[-1].end), Span(spans[0].start, spans[-1].end), "near", pairs)
    return Link(here, there, (segment,), length / 10, length / 10, "near", round(score, 3))


LINKS = st.lists(
    st.builds(
        a_link,
        st.integers(0, 3),
        st.integers(4, 7),
        st.integers(0, 5),
        st.integers(1, 5),
        st.floats(0.5, 1.0),
    ),
    max_size=8,
    unique_by=lambda link: (link.here, link.there),
)


@given(LINKS, st.randoms(), st.sets(st.sampled_from([frozenset(("r0", "r1")), frozenset(("r4", "r5"))])))
def test_order_does_not_matter(links: list[Link], chance: object, apart: set[frozenset[str]]) -> None:
    turned = list(links)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert families(turned, apart) == families(links, apart)


@given(LINKS)
def test_every_linked_pair_shares_a_family(links: list[Link]) -> None:
    found = [reports(family) for family in families(links)]
    assert all(any(link.reports <= family for family in found) for link in links)


@given(LINKS, st.integers(0, 7))
def test_a_report_ruled_independent_of_another_never_meets_it(links: list[Link], place: int) -> None:
    apart = frozenset(("r0", f"r{max(place, 1)}"))
    assert not [family for family in families(links, {apart}) if apart <= reports(family)]


@given(LINKS, st.integers(0, 7))
def test_one_more_report_changes_no_link_of_others(links: list[Link], gone: int) -> None:
    rest = [link for link in links if f"r{gone}" not in link.reports]
    before, after = families(rest), families(links)
    for link in rest:
        assert any(link.reports <= reports(family) for family in before)
        assert any(link.reports <= reports(family) for family in after)


# Dates


def family_of(*members: tuple[str, str, str | None]) -> Family:
    """A family of report, how, of."""
    return Family("", tuple(Member(report, Span(0, 9), how, of) for report, how, of in members))


DAY = Published("2025-05-05", "2025-05-06", "dateline")
LATER = Published("2025-05-09", "2025-05-10", "given")
NONE = Published(None, None, "unknown")


@pytest.mark.parametrize(
    ("members", "published", "wanted"),
    [
        # a copy came out no earlier than its original
        (
            [("a", "original", None), ("b", "near", "a")],
            {"a": DAY, "b": NONE},
            {"b": Published("2025-05-05", None, "family")},
        ),
        # an original no later than its first copy
        (
            [("a", "original", None), ("b", "near", "a"), ("c", "cut", "a")],
            {"a": NONE, "b": LATER, "c": DAY},
            {"a": Published(None, "2025-05-06", "family")},
        ),
        # through an undated copy in between
        (
            [("a", "original", None), ("b", "near", "a"), ("c", "cut", "b")],
            {"a": DAY, "c": LATER},
            {"b": Published("2025-05-05", "2025-05-10", "family")},
        ),
        # which way it went is not known: nothing is told
        ([("a", "near", None), ("b", "near", None)], {"a": DAY, "b": NONE}, {}),
        # what has a date keeps it
        ([("a", "original", None), ("b", "near", "a")], {"a": DAY, "b": LATER}, {}),
    ],
)
def test_a_family_dates_its_undated_members(
    members: list[tuple[str, str, str | None]], published: dict[str, Published], wanted: dict[str, Published]
) -> None:
    assert dated_by(family_of(*members), published) == wanted


def test_dates_that_clash_date_nobody() -> None:
    family = family_of(("a", "original", None), ("b", "near", "a"), ("c", "near", "b"))
    clash = {"a": LATER, "c": DAY}
    assert dated_by(family, clash) == {}


def test_a_circle_of_copies_ends() -> None:
    family = family_of(("a", "near", "b"), ("b", "near", "a"))
    assert dated_by(family, {"a": NONE, "b": replace(DAY)}) == {"a": Published("2025-05-05", "2025-05-06", "family")}
