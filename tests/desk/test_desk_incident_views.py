"""How figures, times and questions of an incident are placed, on small ones that we compose."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from sayso.desk.views.incident_accounts import accounts
from sayso.desk.views.incident_figures import charts
from sayso.desk.views.incident_matrix import questions
from sayso.desk.views.incident_top import counted, tiles, time_bar
from sayso.export.incident_figures import figure_in_words
from sayso.export.pointing import Reports
from sayso.record import Account, Anchor, Cell, Counter, Incident, Origin, Quantity, Span, Stated, Touching, When

REPORT = "sha256:" + "a" * 64
COUNTER = Counter(2, (), 0, 0, 0, 2, 0, 0, 0, 1, 0, "2 origins")


def _incident(accounts: tuple[Account, ...] = (), matrix: tuple[Cell, ...] = ()) -> Incident:
    names = {"o1": "Ada Brun", "o2": "the clinic"}
    origins = tuple(Origin(one, name, "named", "unknown") for one, name in names.items())
    return Incident(
        "inc-0", "shelling", (), None, None, (), origins, accounts, matrix, (), (), (), COUNTER
    )  # fmt: skip


def _given(low: float | None, high: float | None, at: str | None = "2031-03-02", **more: bool) -> Stated:
    quantity = Quantity("q1", Span(0, 2), low, high, **more)
    return Stated("how_many", "", Anchor(REPORT, Span(0, 2), "12"), of="killed", quantity=quantity, at=at)


@pytest.mark.parametrize(
    ("bounds", "more", "label", "marks", "opens"),
    [
        ((12, 12), {}, "12", 1, ""),
        ((12, None), {}, "12+", 1, "up"),  # at least: open above
        ((12, None), {"low_open": True}, ">12", 1, "up"),
        ((None, 30), {}, "≤30", 1, "down"),  # up to: open below, and no mark at nought
        ((None, 30), {"high_open": True}, "<30", 1, "down"),
        ((10, 15), {}, "10–15", 2, ""),  # two numbers were given, and none between them
        ((40, 40), {"approximate": True}, "~40", 1, ""),
        ((0, 0), {}, "0", 1, ""),  # none is a number too
    ],
)
def test_a_mark_stands_where_somebody_gave_a_number_and_nowhere_else(
    bounds: tuple[float | None, float | None], more: dict[str, bool], label: str, marks: int, opens: str
) -> None:
    (chart,) = charts(_incident((Account("o1", "happened", (_given(*bounds, **more),)),)))
    (mark,) = chart.marks
    assert (mark.label, len(mark.bounds), "up" * mark.up + "down" * mark.down) == (label, marks, opens)


def test_heights_begin_at_nought_and_grow_with_the_number() -> None:
    (chart,) = charts(_incident((Account("o1", "happened", (_given(10, 10), _given(20, 20), _given(5, 40))),)))
    assert chart.levels[0].label == "0"
    floor = chart.levels[0].y
    at = {mark.label: [floor - bound for bound in mark.bounds] for mark in chart.marks}
    assert at["20"][0] == pytest.approx(2 * at["10"][0], abs=0.3)
    assert at["5–40"] == pytest.approx([0.5 * at["10"][0], 4 * at["10"][0]], abs=0.5)
    assert chart.levels[-1].y <= min(bound for mark in chart.marks for bound in mark.bounds)


def test_days_stand_in_order_and_those_whose_day_nobody_tells_in_a_lane_of_their_own() -> None:
    late, early, undated = _given(3, 3, "2031-04-20"), _given(1, 1, "2031-03-02"), _given(2, 2, None)
    (chart,) = charts(_incident((Account("o1", "happened", (late, undated, early)),)))
    at = {mark.label: mark.x for mark in chart.marks}
    assert chart.undated_from is not None
    assert at["1"] < at["3"] < chart.undated_from < at["2"]
    assert [day.gap for day in chart.days] == [0, 48]  # 3 March to 19 April, drawn as a break that tells how long


def test_no_two_figures_stand_on_each_other() -> None:
    several = tuple(_given(number, number) for number in range(12))
    (chart,) = charts(_incident((Account("o1", "happened", several),)))
    places = sorted(mark.x for mark in chart.marks)
    assert min(two - one for one, two in pairwise(places)) >= 20
    assert places[-1] < chart.wide


def test_one_speaker_is_joined_by_steps_and_two_are_not() -> None:
    first, then = _given(12, None, "2031-03-02"), _given(19, None, "2031-03-04")
    one = charts(_incident((Account("o1", "happened", (first, then)),)))[0]
    two = charts(_incident((Account("o1", "happened", (first,)), Account("o2", "happened", (then,)))))[0]
    assert len(one.steps) == 1
    assert two.steps == ()
    assert len({mark.kind for mark in two.marks}) == 2


def test_what_is_counted_in_different_units_is_drawn_apart() -> None:
    plain = _given(9, 9)
    other = Stated(
        "how_many", "", plain.anchor, of="killed", quantity=Quantity("q2", Span(0, 2), 4, 4, unit="km2"), at=None
    )
    found = charts(_incident((Account("o1", "happened", (plain, other)),)))
    assert [chart.unit for chart in found] == [None, "km2"]
    assert [figure_in_words(row.figured.stated) for chart in found for row in chart.rows] == ["9", "4 km2"]


@pytest.mark.parametrize(
    ("earliest", "latest", "opens", "most"),
    [
        ("2031-03-02T06:00", "2031-03-02T12:00", (False, False), 4),  # hours of a day
        ("2031-03-02", "2031-03-03", (False, False), 5),
        ("2031-03-02", "2031-03-20", (False, False), 8),
        ("2031-01-01", "2032-01-01", (False, False), 8),
        ("2031-03-02", None, (False, True), 8),
        (None, "2031-03-02", (True, False), 8),
    ],
)
def test_a_time_is_a_bar_inside_its_line_with_few_marks(
    earliest: str | None, latest: str | None, opens: tuple[bool, bool], most: int
) -> None:
    bar = time_bar(When(earliest, latest, "day"))
    assert bar is not None
    assert 0 <= bar.start < bar.end <= bar.wide
    assert (bar.open_start, bar.open_end) == opens
    assert 1 < len(bar.ticks) <= most
    assert [tick.x for tick in bar.ticks] == sorted(tick.x for tick in bar.ticks)


@pytest.mark.parametrize("when", [None, When(None, None), When("2031-03-02", "2031-03-02"), When("soon", "later")])
def test_a_time_that_is_not_known_has_no_bar(when: When | None) -> None:
    assert time_bar(when) is None


def test_who_alone_answers_agrees_with_nobody() -> None:
    anchor = Anchor(REPORT, Span(0, 2), "shells")
    alone = Cell("with_what", None, "o1", "agrees", "shells", (anchor,))
    both = (Cell("what", None, "o1", "agrees", "shelling"), Cell("what", None, "o2", "agrees", "shelling"))
    silent = Cell("with_what", None, "o2", "silent", "")
    what, with_what = questions(_incident(matrix=(alone, silent, *both)))
    assert [one.verdict for several in what.answers for one in several] == ["agrees", "agrees"]
    assert [one.verdict for several in with_what.answers for one in several] == ["alone"]
    assert "silent" in with_what.verdicts


@pytest.mark.parametrize(
    ("says", "general"),
    [
        ("1 origin; 1 denial in general; 1 report", 1),
        ("3 origins; 4 denials, 2 of them in general; 3 reports", 2),
        ("3 origins; 4 denials; 3 reports", 0),
    ],
)
def test_denials_in_general_are_counted_apart_as_the_sentence_has_them(says: str, general: int) -> None:
    tiles = counted(Counter(3, (("upland", 2),), 0, 0, 0, 1, 4, 0, 0, 3, 0, says))
    assert {tile.of: tile.besides for tile in tiles}["denials"] == general


def test_speakers_of_a_party_are_counted_where_one_of_them_is_an_origin_twice() -> None:
    """Three utterances of one governor are three origins, and one voice."""
    names = {"o1": "Ada Brun", "o2": "Ada Brun", "o3": "the ministry"}
    sides = tuple(Origin(one, name, "named", "party", party="KST") for one, name in names.items())
    counter = replace(COUNTER, origins=3, parties=(("KST", 3),))
    one = replace(_incident(), origins=sides, counter=counter)
    assert [(tile.count, tile.speakers) for tile in tiles(one) if tile.party] == [(3, 2)]
    other = replace(one, origins=sides[1:], counter=replace(counter, parties=(("KST", 2),)))
    assert [(tile.count, tile.speakers) for tile in tiles(other) if tile.party] == [(2, 0)]


def test_what_an_origin_denies_stands_in_its_column_though_it_tells_that_it_happened() -> None:
    """A ministry that says it happened, and denies that it fired, does both."""
    sentence = Anchor(REPORT, Span(0, 2), "12")
    denial = Touching("denies", "Ada Brun", "KST", "specific", None, sentence, "o1")
    copied = replace(denial, anchor=Anchor(REPORT, Span(4, 6), "12"), copied=True)
    one = replace(_incident(), denials=(denial, copied))
    first, second = accounts(one, Reports(), {})
    assert (first.denies, second.denies) == ((sentence,), ())


def test_a_mark_tells_the_words_that_it_was_read_from() -> None:
    (chart,) = charts(_incident((Account("o1", "happened", (_given(12, 12),)),)))
    assert chart.marks[0].tip.endswith("“12”")
