"""Words on a terminal: harmless, measured by cells, wrapped."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export import aloud, ink
from sayso.export.ink import Run, columns, line_columns, painted, safe, wrap


@pytest.mark.parametrize("module", [ink, aloud])
def test_examples_in_docstrings_are_true(module: object) -> None:
    """They are run."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("met", "shown"),
    [
        ("a\x1b]0;title\x07b", "a␛]0;title␇b"),  # an escape that sets a window's title
        ("one\u202etwo", "one‹U+202E›two"),  # turns the direction of what follows
        ("a\u2066b\u2069", "a‹U+2066›b‹U+2069›"),  # isolates do the same
        ("a\x9b31mb", "a‹U+009B›31mb"),  # the one-character form of ESC [
        ("a\rb\n\tc", "a b c"),  # a carriage return would overwrite what is there
        ("\ud83d", "‹U+D83D›"),  # half a character cannot be written at all
        ("क्\u200dष", "क्\u200dष"),  # joiners belong to the spelling of words and drive nothing
        ("pass\u200bword", "pass‹U+200B›word"),  # an unseen blank hides where words end
    ],
)
def test_what_could_drive_a_terminal_is_shown_instead(met: str, shown: str) -> None:
    """Nothing of a report is sent that a terminal would obey."""
    assert safe(met) == shown


@pytest.mark.parametrize(
    ("text", "cells"),
    [("Kyiv", 4), ("Изюм", 4), ("基輔", 4), ("Izi\u0301um", 5), ("한국", 4), ("कि", 2), ("ｆｕｌｌ", 8), ("", 0)],
)
def test_cells_are_counted_as_a_terminal_takes_them(text: str, cells: int) -> None:
    """East Asian characters take two, marks on a letter none. (Vowel signs that take room of their own take one.)"""
    assert columns(text) == cells


def test_lines_break_at_blanks_and_words_at_the_edge_only_when_they_must() -> None:
    """A word longer than a line is broken, no other."""
    lines = wrap([Run("one two "), Run("three", "who"), Run("ly incomprehensible")], 8)
    assert ["".join(run.text for run in line) for line in lines] == ["one two", "threely", "incompre", "hensible"]


@given(st.text(max_size=200), st.integers(min_value=2, max_value=60))
def test_no_line_is_wider_than_asked_and_no_character_is_lost(text: str, width: int) -> None:
    """Whatever the text."""
    shown = safe(text)
    lines = wrap([Run(shown[:7], "who"), Run(shown[7:])], width)
    assert all(line_columns(line) <= width for line in lines)
    assert "".join(run.text for line in lines for run in line).replace(" ", "") == shown.replace(" ", "")


@given(st.text(max_size=200))
def test_what_is_safe_holds_no_control_and_stays_safe(text: str) -> None:
    """Made safe twice is made safe once."""
    shown = safe(text)
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) <= 0x9F for char in shown)
    assert safe(shown) == shown


def test_colour_is_only_where_it_is_asked_for() -> None:
    """And never on blanks, which would be underlined or dimmed for nothing."""
    line = [Run("Ana", "who"), Run("  ", "faint"), Run("says")]
    assert painted([line], colour=False) == "Ana  says\n"
    assert painted([line], colour=True) == "\x1b[1mAna\x1b[0m  says\n"
