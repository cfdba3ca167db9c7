"""The page of an incident: golden pages at three widths, and what must hold of any such page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from worked_incident import MAYOR, ONE, ORIGINS, REPORTS, SEVEN, SIX, THREE, TWO, at, in_the_tray, worked

from sayso.export.incident_figures import BAR, bar
from sayso.export.incident_page import first_screen, page
from sayso.export.ink import columns
from sayso.export.pointing import Reports
from sayso.record import Account, Anchor, Cell, Decision, Origin, Quantity, Reason, Span, Stated

GOLDEN = Path(__file__).parent / "golden"


def _flat(shown: str) -> str:
    return " ".join(shown.split())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_page_is_as_it_was_looked_at(width: int) -> None:
    """What a narrow, a usual and a wide terminal show of the worked incident."""
    golden = GOLDEN / f"incident-{width}.txt"
    shown = page(worked(), REPORTS, width=width)
    if not golden.exists():
        golden.write_text(shown, encoding="utf-8")
        pytest.fail(f"{golden.name} was written. Look at it, and keep it if it is right.")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", range(24, 131, 7))
def test_no_line_is_wider_than_asked_and_none_drives_the_terminal(width: int) -> None:
    """Also where a report's words are long, wide, or made to do harm."""
    nasty = replace(ORIGINS[0], name="\x1b[2J東京" * 9 + "\u202eevil")
    incident = replace(worked(), origins=(nasty, *ORIGINS[1:]), kind="x" * 50)
    for shown in (page(incident, REPORTS, width=width), first_screen(incident, REPORTS, width=width)):
        assert all(columns(line) <= width for line in shown.splitlines())
        assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", shown)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_value_stands_with_its_report_line_and_column(width: int) -> None:
    """As `report:line:column`, which is taken back by `sayso report`."""
    shown = _flat(page(worked(), REPORTS, width=width))
    for cell in worked().matrix:
        for anchor in cell.anchors:
            assert REPORTS.at(anchor) in shown
    assert REPORTS.at(SIX.anchor) == "3c3c3c3c:3:98"


def test_where_lines_are_not_known_the_offset_stands() -> None:
    """A report of which nothing is known is still pointed at."""
    assert "1a1a1a1a:@35" in page(worked(), Reports())


@pytest.mark.parametrize("width", [30, 80, 120])
def test_copies_are_folded_beneath_what_they_copy(width: int) -> None:
    """Three reports are two, and one of them with its copy; the copy's words are not quoted as a telling of its own."""
    shown = _flat(page(worked(), REPORTS, width=width))
    assert "+1 copy: 2b2b2b2b reworded (Hill Post)" in shown
    assert "struck the grain store" not in shown


def test_a_copy_of_what_is_not_here_is_not_folded_away() -> None:
    """It is the only report that tells it."""
    only_copy = replace(ORIGINS[0], utterances=ORIGINS[0].utterances[1:2])
    shown = page(replace(worked(), origins=(only_copy,), denials=(), caveats=(), silences=()), REPORTS)
    assert "a copy of a report that is not here" in _flat(shown)
    assert "Two shells struck the grain store" in _flat(shown)  # its words stand for it: there are no others


def test_a_general_denial_stands_apart_from_a_specific_one() -> None:
    """It touches the incident, and refutes nothing of it."""
    shown = _flat(page(worked(), REPORTS))
    assert shown.index("denies “firing on the town”") < shown.index("touches this without refuting it")
    assert shown.index("touches this without refuting it") < shown.index("“has never aimed at bread”")


def test_a_denial_told_again_in_a_copy_is_shown_once() -> None:
    """With the number of reports that hold it."""
    denial = worked().denials[0]
    again = replace(denial, anchor=Anchor(TWO, Span(0, 10), "Two shells"), copied=True)
    shown = _flat(page(replace(worked(), denials=(again, denial)), REPORTS))
    assert "“firing on the town” 1a1a1a1a:3:24 +1 copy" in shown
    assert "denies “Two shells”" not in shown


def test_a_figure_that_its_origin_replaced_is_kept_and_marked() -> None:
    """And is not in the spread; nothing is averaged."""
    shown = _flat(page(worked(), REPORTS))
    assert "at least 4 (later replaced by the same origin)" in shown
    assert "killed · 6 to 7, by 2 accounts" in shown
    assert "6.5" not in shown


def test_figures_stand_in_the_order_they_were_said() -> None:
    """Undated ones last."""
    undated = replace(SIX, at=None, says="before all", anchor=at(THREE, "Mayor Ana Reva"))
    accounts = (Account(MAYOR, "happened", (undated, *worked().accounts[0].stated)), *worked().accounts[1:])
    shown = _flat(page(replace(worked(), accounts=accounts), REPORTS))
    figures = shown[shown.index("FIGURES") : shown.index("REPORTS")]
    assert [figures.index(day) for day in ("Tue 5 March", "Wed 6 March", "day not told")] == sorted(
        figures.index(day) for day in ("Tue 5 March", "Wed 6 March", "day not told")
    )


@pytest.mark.parametrize(
    ("low", "high", "drawn"),
    [
        (0.0, 0.0, "●"),  # none
        (10.0, 10.0, " " * (BAR - 1) + "●"),  # the highest of all
        (10.0, None, " " * (BAR - 1) + "▶"),  # and more
        (None, 10.0, "◀" + "─" * (BAR - 2) + "┤"),  # up to
        (0.0, 10.0, "├" + "─" * (BAR - 2) + "┤"),
        (None, None, ""),  # an unknown number is no zero
    ],
)
def test_bounds_are_drawn(low: float | None, high: float | None, drawn: str) -> None:
    """On a line from nought to the highest figure."""
    assert bar(Quantity("q1", Span(0, 1), low, high), 10.0) == drawn


@pytest.mark.parametrize("width", [60, 120])
def test_what_could_not_be_verified_stands_beside_what_is_told(width: int) -> None:
    """Neither hides the other: two cells of one origin and question are both shown."""
    unsure = Cell("whether", None, MAYOR, "could_not_verify", "Northwire could not verify it", (at(ONE, "verify"),))
    shown = page(replace(worked(), matrix=(*worked().matrix, unsure)), REPORTS, width=width)
    assert "happened" in shown
    assert "Northwire could not verify it" in _flat(shown)
    assert width > 100 or "=?" in shown


def test_many_origins_get_further_tables_and_none_is_left_out() -> None:
    """A terminal of 40 cells has room for seven origins in a row."""
    many = tuple(Origin(f"or-{n}", f"witness number {n}", "described", "witness") for n in range(30))
    cells = tuple(Cell("whether", None, origin.id, "agrees", "happened", (at(ONE, "Two shells"),)) for origin in many)
    shown = page(replace(worked(), origins=many, matrix=cells, accounts=()), REPORTS, width=40)
    assert sum(line.startswith("did it happen  ") for line in shown.splitlines()) == 5
    assert re.search(r"\bAD\b", shown)
    assert all(f"witness number {n} " in _flat(shown) for n in range(30))


def test_what_people_ruled_stands_on_the_page() -> None:
    """With who and why."""
    ruled = Decision("dec-1", "same_incident", ("inc-1", f"{ONE}#ev1"), (), None, "Ida", "2024-03-09", "one night")
    shown = _flat(page(worked(), REPORTS, [ruled]))
    assert "RULED 1" in shown
    assert "dec-1 same incident: inc-1, 1a1a1a1a#ev1, Ida, 2024-03-09: one night" in shown


def test_reasons_against_come_first_and_none_is_lost_silently() -> None:
    """Many of one kind do not hide the others, and how many are left out is told."""
    alike = tuple(Reason("words", True, f"share the words of sentence {n}") for n in range(9))
    against = Reason("figures", False, "4 killed and 7 killed")
    shown = _flat(page(replace(worked(), reasons=(*alike, against)), REPORTS))
    assert shown.index("− 4 killed and 7 killed") < shown.index("+ share the words of sentence 0")
    assert "9 for, 1 against" in shown
    assert "and 7 more of these" in shown


def test_what_did_not_happen_says_so_before_anything_is_counted() -> None:
    """The tray apart."""
    for shown in (page(in_the_tray(), REPORTS), first_screen(in_the_tray(), REPORTS)):
        assert "Apart: nobody tells that this happened" in shown
        assert "no date is told" in shown
        assert "no place is told" in shown


def test_the_first_screen_fits_a_screen() -> None:
    """And holds who says so, figures, the denial and the copies."""
    shown = first_screen(worked(), REPORTS)
    assert len(shown.splitlines()) <= 20
    for part in ("Ana Reva says", "at least 4", "7 (the district hospital)", "firing on the town", "+1 copy"):
        assert part in _flat(shown)


def test_a_value_without_words_is_still_placed() -> None:
    """A field that only a gazetteer or a row can word."""
    cells = (Cell("where", None, MAYOR, "agrees", "Minas", (Anchor(ONE, Span(3, 5)),)),)
    assert "Minas · 1a1a1a1a:1:4" in _flat(page(replace(worked(), matrix=cells), REPORTS))


def test_no_word_of_ours_judges() -> None:
    """No score, no verdict on who is right, no bare count of sources."""
    shown = page(worked(), REPORTS, width=120).lower()
    for word in ("score", "credib", "reliab", "confirmed", "true", "false", "independent", "%"):
        assert word not in shown


def test_a_figure_in_words_alone_is_shown_as_said() -> None:
    """Without bounds there is nothing to draw."""
    vague = Stated("how_many", "dozens", SEVEN.anchor, "killed")
    accounts = (Account(MAYOR, "happened", (vague,)),)
    assert "Ana Reva: dozens · day not told" in _flat(page(replace(worked(), accounts=accounts), REPORTS))
