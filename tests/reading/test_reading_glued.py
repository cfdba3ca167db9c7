"""Headings and credits of pictures glued to a sentence, and quotations that were never closed."""

from __future__ import annotations

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.reading.glued import heading_before
from sayso.record import Given, Page

# A heading, what glues it, and the paragraph it is glued to.
GLUED = [
    ("BORDER TOWNS", " ", "The mayor left."),
    ("BORDER TOWNS", "", "The mayor left."),
    ("BORDER TOWNS", " ", "Sudan said no."),  # two words in capitals and a name
    ("DIPLOMACY", " ", "General Tom Hale said no."),  # one, before an office
    ("DIPLOMACY", " ", "“We stay,” he said."),
    ("Border towns", "", "Ana Reva left."),  # a capital inside a word that began small
    ("Border towns", "", "“We stay,” he said."),
    ("Border Towns", "", "Officials said no."),  # in one that began large, only what can begin a sentence
    ("Border towns wait", " ", "At least 12 people died."),
    ("Border towns wait", " ", "Prosecutors said no."),
    ("Border towns wait", " ", "The Upland army left."),
    ("Border towns wait", " ", "“We stay,” a nurse told the wire."),  # the speaker behind shows the quotation begins
]


@pytest.mark.parametrize(("heading", "glue", "rest"), GLUED)
@pytest.mark.parametrize("hashes", ["", "## "])
def test_a_glued_heading_heads_its_paragraph(hashes: str, heading: str, glue: str, rest: str) -> None:
    text = hashes + heading + glue + rest
    page = _page(text)
    assert [text[span.start : span.end] for span in page.sentences] == [rest]
    assert [text[section.heading.start : section.heading.end] for section in page.sections if section.heading] == [
        heading
    ]


# Sentences that hold a capital and yet no heading.
WHOLE = [
    "NATO General Secretary Ana Reva left.",
    "UNHCR Commissioner Ana Reva said no.",
    "US President Mila Stann left.",
    "LinkedIn removed the posts.",
    "Officials on WhatsApp said no.",
    "Judges met in The Hague on Monday.",
    "He told The Guardian nothing.",
    "They went back to the town The road is open.",  # a lost stop, not a heading
    "A lack of vitamin A killed two.",
    "The mayor called it “A disgrace,” and left.",
    "The mayor said “We stay,” the paper wrote.",
    "THE MAYOR LEFT THE TOWN.",
    "LEE: We will stay.",  # a speaker's label
    "Reporters Without Borders said no.",
]


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_sentence_with_capitals_is_no_heading(sentence: str) -> None:
    assert heading_before(sentence, ours()) == 0


# A credit of a picture, and the sentence behind it.
CREDITS = [
    ("Photo: Ana Reva/Northwire", "The mayor left the town before the shelling began, and nobody saw her again."),
    ("Photo by Ana Reva/Northwire", "Sudan said no."),
    ("REUTERS/Ana Reva", "General Tom Hale left."),
    ("[Ana Reva/Northwire]", "At least 12 people died."),
    ("Getty Images", "The mayor left."),
]


@pytest.mark.parametrize(("credit", "rest"), CREDITS)
def test_a_picture_s_credit_is_no_sentence(credit: str, rest: str) -> None:
    text = f"A bus burned in Dolna. {credit} {rest}"
    page = _page(text)
    assert [text[span.start : span.end] for span in page.sentences] == ["A bus burned in Dolna.", rest]


# Quotations without a closing mark, and where each ends.
UNCLOSED = [
    ("“We stay, the mayor said. He left.", "We stay,"),
    ("“We stay, said Ana Reva, the mayor.", "We stay,"),
    ("“Stay! she told the crowd.", "Stay!"),
    ("“WE STAY, THE MAYOR SAID.", "WE STAY,"),
    ("He called it “a shameful raid and warned of more.", "a shameful raid"),
    ("«We stay, he said. «We wait.»", "We stay,"),
    ("“We stay. We wait.", "We stay. We wait."),  # nobody is named: to the end
]


@pytest.mark.parametrize(("text", "words"), UNCLOSED)
def test_an_unclosed_quotation_ends_before_its_speaker(text: str, words: str) -> None:
    first = _page(text).quotations[0]
    assert not first.closed
    assert [text[span.start : span.end] for span in first.inner] == [words]


# Marks of two characters.
DOUBLED = ["``We stay,'' he said.", "‘‘We stay,’’ he said.", "''We stay,'' he said."]


@pytest.mark.parametrize("text", DOUBLED)
def test_doubled_marks_are_marks(text: str) -> None:
    (quotation,) = _page(text).quotations
    assert quotation.closed
    assert [text[span.start : span.end] for span in quotation.inner] == ["We stay,"]


# Lines of capitals broken to a width, and an old dateline.
WIRE = """SAN MARO, 3 JAN 90 (NORTHWIRE) -- [TEXT] THE ARMY SAID TODAY THAT ITS
MEN HAD LEFT THE VALLEY. COL. HALE DENIED IT. "WHO SAYS SO?" ASKED
THE MAYOR."""


def test_an_old_wire_is_read_as_a_paragraph() -> None:
    page = _page(WIRE)
    assert [" ".join(WIRE[span.start : span.end].split()) for span in page.sentences] == [
        "THE ARMY SAID TODAY THAT ITS MEN HAD LEFT THE VALLEY.",
        "COL. HALE DENIED IT.",
        '"WHO SAYS SO?" ASKED THE MAYOR.',
    ]
    assert page.published.earliest == "1990-01-03"


# Datelines of monitored broadcasts.
BROADCAST = [
    "SAN MARO, 3 JAN 90 (UPLAND RADIO NETWORK 2) -- [TEXT] ",
    "SAN MARO (UPLAND), 3 JAN 90 (RADIO MARN) -- [NEWS CONFERENCE WITH COL HALE IN MARN] [EXCERPTS] ",
]


@pytest.mark.parametrize("dateline", BROADCAST)
def test_a_broadcast_s_dateline_is_no_story(dateline: str) -> None:
    text = dateline + "THE ARMY SAID TODAY THAT ITS MEN HAD LEFT."
    page = _page(text)
    assert [text[span.start : span.end] for span in page.sentences] == ["THE ARMY SAID TODAY THAT ITS MEN HAD LEFT."]
    assert page.published.earliest == "1990-01-03"


def _page(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())
