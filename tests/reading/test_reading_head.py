"""The lines above a story: masthead, date, place, title, credit, in any order that outlets use."""

from __future__ import annotations

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Page

STORY = "Shells fell on the town late on Tuesday, killing three people, the mayor said.\n\nThe road is open, she added."


def read(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())


COURIER = "The Dolna Courier\nMarn, Friday, May 5, 2023\n\nTwo blocks hit\n\nBy Ana Reva"
AGENCY = "UPLANDPRESS\n\nIn brief\n\nMarn, 5 May 2023, 10:30\n\nTWO BLOCKS HIT\n\nBy Ana Reva"
HEADS = [  # the title and the dateline of each
    (COURIER, "Two blocks hit", "Marn, Friday, May 5, 2023"),
    ("Two blocks hit\n\nBy Ana Reva\n\nMARN, May 5, 2023", "Two blocks hit", "MARN, May 5, 2023"),
    (AGENCY, "TWO BLOCKS HIT", "Marn, 5 May 2023"),
    ("Two blocks hit\nBy Ana Reva\n5 May 2023, 10:30", "Two blocks hit", None),
    ("Two blocks hit\nPublished: 5 May 2023\nBy Ana Reva", "Two blocks hit", None),
    ("LIVE FROM MARN: the siege, May 5, 2023\n\nBy Ana Reva", "LIVE FROM MARN: the siege, May 5, 2023", None),
]


@pytest.mark.parametrize(("head", "title", "dateline"), HEADS)
def test_each_line_of_a_head_is_told_from_the_story(head: str, title: str, dateline: str | None) -> None:
    text = f"{head}\n\n{STORY}"
    page = read(text)
    assert page.title is not None
    assert page.title.name == title
    assert (page.published.earliest, page.published.basis) == ("2023-05-05", "dateline")
    assert (text[page.dateline.span.start : page.dateline.span.end] if page.dateline else None) == dateline
    assert [named.name for named in page.writers] == ["Ana Reva"]
    assert [text[span.start : span.end] for span in page.sentences] == STORY.split("\n\n")
    assert [section.heading for section in page.sections] == [None]


def test_a_dateline_s_country_may_have_small_words_in_it() -> None:
    text = "MARN, Democratic Republic of the Congo, March 14 (Uplandpress) - Two blocks were hit.\n\nA third burnt."
    page = read(text)
    assert page.dateline is not None
    assert text[page.dateline.span.start : page.dateline.span.end].startswith("MARN, Democratic Republic of the Congo")
    assert [named.name for named in page.agencies] == ["Uplandpress"]
    assert text[page.sentences[0].start :].startswith("Two blocks")


def test_a_post_has_a_channel_and_a_day() -> None:
    text = f"Ministry of Defense of Upland\n@upland_mod · 13 March 2024, 18:40\n\n{STORY}"
    page = read(text)
    assert page.publisher is not None
    assert page.publisher.name == "Ministry of Defense of Upland"
    assert page.published.earliest == "2024-03-13"
    assert page.title is None


def test_a_wire_named_under_the_title_is_credited_where_the_story_bears_it_out() -> None:
    text = f"Two blocks hit\n\nNorthwire\n\n{STORY} Northwire could not verify the reports."
    page = read(text)
    assert [named.name for named in page.agencies] == ["Northwire"]
    text = f"Two blocks hit\n\nDowntown\n\n{STORY}"
    assert read(text).agencies == ()


def test_cyrillic_words_in_an_english_text_settle_its_encoding() -> None:
    text = "UPLANDPRESS / АПЛАНДПРЕСС\nНовости\n\n«They shoot», the mayor said. The town’s clinic burned."
    assert sealed(text.encode("cp1251")).text == text
