"""What a container says of a report reaches its page, below what the person says and with its own basis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Metadata, Named, Page

SAID = Metadata(title="Shelling", publisher="Dolna Daily", published="2022-09-16T23:30:00-04:00", agencies=("Reuters",))


def _page(text: str, given: Given = Given()) -> Page:  # noqa: B008 - it is frozen
    return read_page(replace(sealed(text.encode()), metadata=SAID), given, ours())


def test_the_day_is_the_senders_own() -> None:
    """Half past eleven in the evening over there is that day, not the next one in Greenwich."""
    found = _page("Shells hit Dolna on Friday, the mayor said.").published
    assert (found.earliest, found.basis) == ("2022-09-16", "metadata")


def test_what_the_person_says_goes_first() -> None:
    found = _page("Shells hit Dolna on Friday, the mayor said.", Given("2022-09-18", "Kamin Times"))
    assert (found.published.earliest, found.published.basis) == ("2022-09-18", "given")
    assert found.publisher == Named("Kamin Times", None, "given")


def test_the_wires_own_statement_of_source_is_an_agency() -> None:
    assert _page("Shells hit Dolna on Friday, the mayor said.").agencies == (Named("Reuters", None, "metadata"),)


@pytest.mark.parametrize("text", ["DOLNA (Reuters) - Shells hit Dolna on Friday, the mayor said."])
def test_an_agency_named_in_the_text_keeps_its_words(text: str) -> None:
    (agency,) = _page(text).agencies
    assert agency.basis == "text"
    assert agency.span is not None
    assert text[agency.span.start : agency.span.end] == "Reuters"
