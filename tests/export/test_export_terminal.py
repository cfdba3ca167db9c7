"""The page for a terminal: golden pages at three widths, and what must hold of any page.

A golden page that is missing is written and the test fails once, so that somebody looks at it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worked_reading import span, worked

from sayso.export.aloud import ACTS, BASES, CHANNELS, CUTS, NAMINGS, SILENCES, STATUSES
from sayso.export.ink import columns
from sayso.export.terminal import page
from sayso.record import (
    ACTS as ALL_ACTS,
)
from sayso.record import (
    CHANNELS as ALL_CHANNELS,
)
from sayso.record import (
    CUT_REASONS,
    Event,
    Named,
    Problem,
    Reading,
    Source,
    Span,
    Statement,
    Told,
)
from sayso.record import (
    NAMINGS as ALL_NAMINGS,
)
from sayso.record import (
    SILENCES as ALL_SILENCES,
)
from sayso.record import (
    STATUSES as ALL_STATUSES,
)

GOLDEN = Path(__file__).parent / "golden"
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_page_is_as_it_was_looked_at(width: int) -> None:
    """What a narrow, a usual and a wide terminal show of the worked reading."""
    golden = GOLDEN / f"worked-{width}.txt"
    shown = page(worked(), width=width)
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
        pytest.fail(f"{golden.name} was written. Look at it, and keep it if it is right.")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (ACTS, ALL_ACTS),
        (SILENCES, ALL_SILENCES),
        (STATUSES, ALL_STATUSES),
        (CHANNELS, ALL_CHANNELS),
        (NAMINGS, ALL_NAMINGS),
        (CUTS, CUT_REASONS),
        (BASES, ("given", "metadata", "dateline", "family", "inferred", "unknown")),
    ],
)
def test_every_kind_of_the_record_has_words(table: dict[str, object], kinds: tuple[str, ...]) -> None:
    """A kind that is added to the record must be given words here."""
    assert set(table) == set(kinds)


@pytest.mark.parametrize("width", range(24, 131, 7))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """At any width, with and without colour, and the words are the same."""
    plain, coloured = page(worked(), width=width), page(worked(), width=width, colour=True)
    assert all(columns(line) <= width for line in plain.splitlines())
    assert "\x1b" not in plain
    assert ESCAPES.sub("", coloured) == plain


def _flat(shown: str) -> str:
    return " ".join(shown.split())


@pytest.mark.parametrize("width", [40, 80])
def test_direct_speech_wears_the_marks_of_the_text_and_indirect_speech_none(width: int) -> None:
    """Indirect speech in quotation marks would put words into a mouth."""
    shown = _flat(page(worked(), width=width))
    assert "“My brother was in the kitchen”" in shown
    assert "denies: firing on the town" in shown
    assert "the talks would “resume in days.”" in shown  # mixed: the marks are where the text has them


def test_indirect_words_cut_out_of_a_quotation_get_no_marks() -> None:
    """Even where the text has marks around them."""
    reading = worked()
    indirect = replace(reading.statements[1], quotation="indirect")
    shown = page(replace(reading, statements=(indirect,)))
    assert "My brother was in the kitchen" in shown
    assert "“My brother" not in shown


def test_a_quotation_in_pieces_wears_marks_on_each() -> None:
    """Words on both sides of a cue are two spans of one statement."""
    reading = worked()
    pieces = (span("My brother was"), span("in the kitchen"))
    shown = page(replace(reading, statements=(replace(reading.statements[1], words=pieces),)))
    assert "“My brother was” … “in the kitchen”" in shown


def test_a_denial_stands_beside_the_event_it_denies() -> None:
    """An event is never shown without those who tell it, each with what that teller commits to."""
    shown = _flat(page(worked()))
    assert "as told by Ana Reva (st1): happened the Upland army (st3): denied Northwire itself: unclear" in shown


def test_an_event_nobody_tells_says_so() -> None:
    """It must not look like a fact for want of a teller."""
    reading = worked()
    shown = page(replace(reading, events=(replace(reading.events[0], told=()),)))
    assert "who tells this is not known" in shown


def test_a_caveat_says_how_far_it_reaches() -> None:
    """Which statements, and where they stand."""
    shown = _flat(page(worked()))
    assert "covers 3 statements above: st1 Ana Reva; st3, st4 the Upland army" in shown
    assert "covers the section THE TALKS, all of it (in general)" in shown


def test_what_is_not_known_is_said() -> None:
    """Unknown is a right answer, and it is in words."""
    reading = worked()
    bare = replace(
        reading,
        page=replace(reading.page, title=None, publisher=None),
        grounds=replace(reading.grounds, published=None),
        statements=(),
        events=(),
    )
    shown = page(bare)
    for says in (
        "Untitled report",
        "publisher not known",
        "date unknown",
        "No statement was found",
        "No event was found",
    ):
        assert says in shown


def test_a_report_cannot_drive_the_terminal() -> None:
    """Neither its title nor its problems nor its words."""
    reading = worked()
    hostile = "\x1b]0;owned\x07\x1b[2J\u202eevil\r\n"
    text = hostile * 4 + reading.page.report.text
    report = replace(reading.page.report, text=text, path=hostile)
    page_of_it = replace(reading.page, report=report, title=Named(hostile, None, "metadata"), url=hostile)
    shown = page(replace(reading, page=page_of_it, problems=(Problem("odd", hostile),)))
    assert not set(shown) & {"\x1b", "\x07", "\r", "\u202e"}
    assert "␛]0;owned" in shown


def test_statements_in_a_ring_are_still_shown() -> None:
    """A fault of an earlier stage must not make words vanish."""
    reading = worked()
    first, second = reading.statements[:2]
    ring = (replace(first, within="st2"), replace(second, within="st1"))
    shown = page(replace(reading, statements=ring))
    assert "st1" in shown
    assert "st2" in shown


TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=120)


@st.composite
def loose_readings(draw: st.DrawFn) -> Reading:
    """Readings whose text, spans and links are anything at all, lawful or not."""
    base = worked()
    text = draw(TEXTS)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = ends.map(lambda pair: Span(min(pair), max(pair)))
    ids = st.sampled_from(["s1", "s2", "s3", "ev1", "sec1", "nowhere"])
    statements = tuple(
        Statement(
            f"s{number}",
            draw(st.sampled_from(["src1", "gone"])),
            draw(st.sampled_from(ALL_ACTS)),
            silence=draw(st.sampled_from([None, *ALL_SILENCES])),
            quotation=draw(st.sampled_from(["direct", "mixed", "indirect", "none"])),
            words=tuple(draw(st.lists(spans, max_size=3))),
            within=draw(st.none() | ids),
            covers=tuple(draw(st.lists(ids, max_size=3))),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    told = st.builds(Told, st.none() | ids, st.sampled_from(["happened", "denied"]))
    events = tuple(
        Event(f"ev{number}", draw(TEXTS), None, None, draw(spans), told=tuple(draw(st.lists(told, max_size=3))))
        for number in range(draw(st.integers(0, 3)))
    )
    report = replace(base.page.report, text=text, path=draw(st.none() | TEXTS))
    bare = replace(
        base.page, report=report, title=Named(draw(TEXTS), None, "text"), cuts=(), sections=(), dateline=None
    )
    return replace(
        base,
        page=replace(bare, condition=(), quotations=()),
        grounds=replace(base.grounds, places=(), moments=(), quantities=(), dateline=None, published=None),
        sources=(Source("src1", draw(TEXTS), "named", role=draw(st.none() | TEXTS)),),
        statements=statements,
        events=events,
        quotations=(),
    )


@given(loose_readings(), st.integers(24, 130))
def test_any_reading_makes_a_page(reading: Reading, width: int) -> None:
    """No line too wide, no escape, every statement and every event there."""
    shown = page(reading, width=width)
    assert all(columns(line) <= width for line in shown.split("\n"))
    assert not any(ord(char) < 0x20 and char != "\n" for char in shown)
    for found in (*reading.statements, *reading.events):
        assert re.search(rf"\b{found.id}\b", shown)
