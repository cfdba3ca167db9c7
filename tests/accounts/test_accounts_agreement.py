"""Accounts side by side: what agrees, what differs, who denies what, what was not verified, who is silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.accounts.assemble import assemble, contested
from sayso.accounts.figures import figures_over_time, ranges
from sayso.record import Cell, Incident, Involved, Quoted, Saying, Span, Telling, When, Where
from tests.accounts.told import SAKE, killed, saying, speaker, telling

MAYOR, DOCTOR = speaker("Ada Brun"), speaker("Otto Lind")
MINISTRY = speaker("Norway's Defense Ministry", "institution", party="NOR")
TOLD = "happened"


def _incident(*tellings: Telling) -> Incident:
    return assemble("inc-1", tellings, (), ())


def _cells(incident: Incident, field: str) -> dict[str, Cell]:
    names = {origin.id: origin.name for origin in incident.origins}
    return {names[cell.origin]: cell for cell in incident.matrix if cell.field == field}


def _two(one: dict[str, object], two: dict[str, object]) -> Incident:
    return _incident(
        telling("a", (saying(MAYOR), TOLD), **one), telling("b", (saying(DOCTOR), TOLD), day="2024-03-05", **two)
    )


def _day(day: int, words: str) -> When:
    return When(f"2024-03-{day:02}", f"2024-03-{day + 1:02}", "day", Quoted(Span(40, 46), words))


GOMA = replace(SAKE, name="Goma", geonames=2, lat=-1.67, lon=29.23)
PROVINCE = Where("North Kivu", "region", country="COD", said=Quoted(Span(30, 34), "province"))
INSIDE = replace(SAKE, lat=None, lon=None, geonames=None, inside=("North Kivu",))

COMPARED = [
    ("one day", "when", {"when": _day(4, "Monday")}, {"when": _day(4, "on Monday")}, "agrees"),
    ("two days", "when", {"when": _day(4, "Monday")}, {"when": _day(5, "Tuesday")}, "differs"),
    ("a day in its month", "when", {"when": _day(4, "Monday")},
     {"when": When("2024-03-01", "2024-04-01", "month", Quoted(Span(40, 46), "March"))}, "agrees"),
    ("two towns", "where", {}, {"places": (GOMA,)}, "differs"),
    ("a town in its region", "where", {"places": (INSIDE,)}, {"places": (PROVINCE,)}, "agrees"),
    ("shells and missiles", "with_what", {}, {"weapons": (Quoted(Span(0, 6), "missiles"),)}, "differs"),
    ("shells and artillery", "with_what", {}, {"weapons": (Quoted(Span(0, 6), "artillery"),)}, "agrees"),
    ("two sides", "by_whom", {"agents": (Involved(Quoted(Span(1, 2), "rebels"), party="m23"),)},
     {"agents": (Involved(Quoted(Span(1, 2), "soldiers"), party="COD"),)}, "differs"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "one", "two", "verdict"), [row[1:] for row in COMPARED], ids=[row[0] for row in COMPARED]
)
def test_fields_are_compared_with_their_doubt(
    field: str, one: dict[str, object], two: dict[str, object], verdict: str
) -> None:
    cells = _cells(_two(one, two), field)
    assert {name: cell.verdict for name, cell in cells.items()} == {"Ada Brun": verdict, "Otto Lind": verdict}
    assert [bool(cell.against) for cell in cells.values()] == [verdict == "differs"] * 2


# Why, the two figures with their bounds, and whether both can be true.
FIGURES = [
    ("at least 19, and 25", (19, None), (25, 25), True),
    ("at least 19, and 12", (19, None), (12, 12), False),
    ("60, and 58", (60, 60), (58, 58), False),
    ("up to 30, and at least 20", (None, 30), (20, None), True),
    ("up to 30, and at least 40", (None, 30), (40, None), False),
    ("nobody, and one", (0, 0), (1, 1), False),
]


@pytest.mark.parametrize(("one", "two", "can_be"), [row[1:] for row in FIGURES], ids=[row[0] for row in FIGURES])
def test_figures_are_compared_with_their_bounds(
    one: tuple[float | None, float | None], two: tuple[float | None, float | None], can_be: bool
) -> None:
    found = _two({"figures": (killed(*one, saying(MAYOR)),)}, {"figures": (killed(*two, saying(DOCTOR)),)})
    assert {cell.verdict for cell in _cells(found, "how_many").values()} == {"agrees" if can_be else "differs"}


def test_graves_are_not_bodies() -> None:
    """Different things counted are different rows: neither account speaks of the other's."""
    found = _two(
        {"figures": (killed(31, 31, saying(MAYOR), of="graves"),)},
        {"figures": (killed(22, 22, saying(DOCTOR), of="bodies"),)},
    )
    rows = [(cell.of, cell.verdict) for cell in found.matrix if cell.field == "how_many"]
    assert sorted(rows) == [("bodies", "agrees"), ("bodies", "silent"), ("graves", "agrees"), ("graves", "silent")]


def test_a_later_figure_of_one_speaker_takes_the_place_of_an_earlier() -> None:
    found = _incident(
        telling("a", (saying(MAYOR), TOLD), figures=(killed(14, 14, saying(MAYOR)),)),
        telling("b", (saying(MAYOR), TOLD), figures=(killed(29, 29, saying(MAYOR)),), day="2024-03-06"),
        telling("c", (saying(DOCTOR), TOLD), figures=(killed(22, 22, saying(DOCTOR)),), day="2024-03-05"),
    )
    stated = [(one.says, one.superseded) for series in figures_over_time(found.accounts) for one in series.stated]
    assert stated == [("14 killed", True), ("22 killed", False), ("29 killed", False)]
    assert [one.says for one in ranges(found.accounts)] == ["22 to 29 killed"]


def _denied(said: Saying) -> tuple[Saying, str]:
    return said, "denied"


def test_a_denial_stands_against_all_who_tell_it_and_they_against_it() -> None:
    denial = saying(MINISTRY, "it did not fire on the town", act="denies", at=200, reach="specific")
    found = _incident(telling("a", (saying(MAYOR), TOLD), _denied(denial), touched_by=(denial,)))
    cells = _cells(found, "whether")
    ids = {origin.name: origin.id for origin in found.origins}
    assert (cells["Norway's Defense Ministry"].verdict, cells["Ada Brun"].verdict) == ("denies", "differs")
    assert cells["Ada Brun"].against == (ids["Norway's Defense Ministry"],)
    assert [(one.speaker, one.origin) for one in found.denials] == [(MINISTRY.name, ids[MINISTRY.name])]


def test_a_denial_of_another_version_is_not_a_denial_of_this() -> None:
    """Who denies that a missile of theirs fell does not deny the shelling that the mayor tells."""
    other = {"weapons": (Quoted(Span(0, 6), "missile"),), "kind": "missile_strike"}
    found = _incident(
        telling("a", (saying(MAYOR), TOLD)), telling("b", _denied(saying(MINISTRY, "no missile of ours fell")), **other)
    )
    assert _cells(found, "whether")["Ada Brun"].against == ()


def test_a_general_denial_touches_and_does_not_refute() -> None:
    denial = saying(MINISTRY, "targeting civilians", act="denies", at=200, reach="general")
    found = _incident(telling("a", (saying(MAYOR), TOLD), touched_by=(denial,)))
    assert _cells(found, "whether")["Ada Brun"].verdict == "agrees"
    assert [(one.reach, one.origin) for one in found.denials] == [("general", None)]
    assert "1 denial in general" in found.counter.says


def test_what_was_not_verified_is_marked_where_it_was_told() -> None:
    told = saying(MAYOR)
    doubt = saying(speaker("A", "newsroom"), "verify it", act="cannot_verify", at=300, covers=(told.statement,))
    found = _incident(telling("a", (told, TOLD), (saying(DOCTOR, at=400), TOLD), touched_by=(doubt,)))
    marked = [cell for cell in found.matrix if cell.verdict == "could_not_verify"]
    assert [cell.origin for cell in marked] == [found.origins[0].id]
    assert found.counter.could_not_verify == 1


def test_a_silence_is_a_mark_of_its_own() -> None:
    silence = saying(MINISTRY, "no comment", act="no_comment", silence="none_yet", at=300)
    found = _incident(telling("a", (saying(MAYOR), TOLD), touched_by=(silence,)))
    assert [(one.speaker, one.silence) for one in found.silences] == [(MINISTRY.name, "none_yet")]
    assert [origin.name for origin in found.origins] == ["Ada Brun"]


TRAY = [
    ("threatened", ["threatened"], True),
    ("planned, and it never came", ["planned", "did_not_happen"], True),
    ("threatened, and done", ["threatened", "happened"], False),
    ("told and denied", ["happened", "denied"], False),
]


@pytest.mark.parametrize(("statuses", "is_apart"), [row[1:] for row in TRAY], ids=[row[0] for row in TRAY])
def test_what_nobody_tells_as_done_is_kept_apart(statuses: list[str], is_apart: bool) -> None:
    said = [
        (saying(speaker(f"Ada {name}"), at=at * 90), status)
        for at, (name, status) in enumerate(zip("BC"[: len(statuses)], statuses, strict=True))
    ]
    assert _incident(telling("a", *said)).did_not_happen is is_apart


def test_the_more_origins_disagree_the_more_contested() -> None:
    quiet = _incident(telling("a", (saying(MAYOR), TOLD), (saying(DOCTOR, at=300), TOLD)))
    loud = _incident(telling("a", (saying(MAYOR), TOLD), _denied(saying(MINISTRY, "not us", at=300))))
    assert contested(quiet) < contested(loud)


def test_every_cell_that_says_something_opens_its_words() -> None:
    found = _two({"figures": (killed(4, 4, saying(MAYOR)),)}, {})
    assert [cell for cell in found.matrix if cell.verdict != "silent" and not cell.anchors] == []
