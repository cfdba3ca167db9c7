"""Datelines of many shapes: where a story was filed, on what day, by which agency; and what is none."""

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Page

STORY = "Shells hit the market, police said.\n\nTwo people were hurt in Dolna, the mayor said."
FILED = [  # the dateline, what follows it, the day it gives, the agency
    ("MARN/DOLNA: Thursday, May 8, 2025", ": ", "2025-05-08", None),  # two towns and a colon, as South Asia writes
    ("Marn, Upland, April 27, 2025", ": ", "2025-04-27", None),
    ("MARN — Feb. 19, 2025", " — ", "2025-02-19", None),  # a dash before the day as well
    ("MARN | 19 February 2025", " | ", "2025-02-19", None),
    ("Marn, the 3rd of July 2024 (Agence Reva)", ". ", "2024-07-03", "Agence Reva"),  # translated, and ended by a stop
    ("Marn, July 3rd, 2024 (Reva)", " – ", "2024-07-03", "Reva"),
    ("Marn and Dolna, 19 February 2025", " – ", "2025-02-19", None),
    ("MARN/DOLNA, Nov 16 (Cairn News)", " - ", None, "Cairn News"),  # without its year a day is none
]
NOT_FILED = ["Officials in Marn: ", "In Marn, May 3 was quiet: ", "Marn: "]


def read(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())


@pytest.mark.parametrize(("dateline", "between", "day", "agency"), FILED)
def test_a_dateline_gives_its_day_and_its_agency(
    dateline: str, between: str, day: str | None, agency: str | None
) -> None:
    page = read(dateline + between + STORY)
    text = page.report.text
    assert page.dateline is not None
    assert text[page.dateline.span.start : page.dateline.span.end] == dateline
    assert page.published.earliest == day
    assert [named.name for named in page.agencies] == ([agency] if agency else [])
    assert text[page.sentences[0].start :].startswith("Shells hit")


@pytest.mark.parametrize("opening", NOT_FILED)
def test_a_sentence_that_begins_like_a_dateline_is_the_story(opening: str) -> None:
    page = read(opening + STORY)
    assert page.dateline is None
    assert page.sentences[0].start == 0


@pytest.mark.parametrize(
    "footer", ["— Updated 7:05 p.m. EST Thursday, Feb. 6, 2025", "Published February 6, 2025 at 7:05 PM EST"]
)
@pytest.mark.parametrize("above", [True, False])
def test_a_line_of_its_own_tells_the_day_with_its_clock_on_either_side(footer: str, above: bool) -> None:
    page = read(f"Two blocks hit\n{footer}\n\n{STORY}" if above else f"Two blocks hit\n\n{STORY}\n\n{footer}")
    assert (page.published.earliest, page.published.basis) == ("2025-02-06", "dateline")
    assert [condition.kind for condition in page.condition] == []
