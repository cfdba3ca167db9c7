"""A noun that was kept is had back as it was, whatever characters are in it."""

from __future__ import annotations

import pytest

from sayso.accounts.tellings import tellings
from sayso.ledger.packing import as_json_text, noun_from, nouns_as_json_text, nouns_from, packed, unpacked
from sayso.record import Anchor, Published, Quantity, Reading, Reason, Saying, Span, Speaker, Telling
from tests.ledger.sampled import sample_readings


def _name(reading: Reading) -> str:
    return str(reading.page.report.path).rsplit("/", 1)[-1]


@pytest.mark.parametrize("reading", sample_readings(), ids=_name)
def test_a_reading_is_had_back_as_it_was(reading: Reading) -> None:
    """Every field of every noun in it, spans and doubts too, once text and original are given again."""
    report = reading.page.report
    assert unpacked(packed(reading), report.text, report.data) == reading


def test_a_packed_reading_holds_no_text_of_its_report() -> None:
    """The text stands in the case once, where erasing finds it."""
    reading = sample_readings()[0]
    bare = unpacked(packed(reading), "", b"")
    assert (bare.page.report.text, bare.page.report.data) == ("", b"")
    assert bare.page.sentences == reading.page.sentences


@pytest.mark.parametrize("reading", sample_readings(), ids=_name)
def test_tellings_are_had_back_as_they_were(reading: Reading) -> None:
    """With their words, since a telling is compared where its report is not at hand."""
    told = tellings(reading)
    assert nouns_from(Telling, nouns_as_json_text(told)) == told


@pytest.mark.parametrize(
    "noun",
    [
        Quantity("q1", Span(3, 5), 0.0, None, high_open=True),  # zero is no default: unknown is None
        Published("2024-03-12", None, "family", (Span(0, 4),)),
        Saying("st1", Speaker("src1", 'Nul "\x00" and half \ud83d', "named", also=("\ufdd0", "Ø")), "says"),
        Reason("same_place", True, "both in Orgoroso", Anchor("sha256:ab", Span(1, 2), "O"), None),
    ],
    ids=lambda noun: type(noun).__name__,
)
def test_no_character_and_no_doubt_is_lost(noun: object) -> None:
    """NUL, half a character, a noncharacter, zero, None."""
    assert noun_from(type(noun), as_json_text(noun)) == noun


def test_a_field_added_later_is_read_from_what_was_kept_before() -> None:
    """What is as it is by default is left out, and found again."""
    assert as_json_text(Published(None, None, "unknown")) == '{"earliest":null,"latest":null,"basis":"unknown"}'
    assert noun_from(Published, '{"earliest":null,"latest":null,"basis":"unknown"}') == Published(None, None, "unknown")
