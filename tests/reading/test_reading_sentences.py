"""Paragraphs and sentences: where a story breaks, whatever its newlines, marks and leftovers."""

from __future__ import annotations

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Page


def read(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in read(text).sentences]


def paragraphs(text: str) -> list[str]:
    return [text[span.start : span.end] for span in read(text).paragraphs]


WHOLE = [
    "Lt. Gen. Tom Hale told the U.S. Army at 5 a.m. on Tuesday that St. Anne's was lost.",  # stops of short forms
    "About 3.5 kilometers of road and 1,200 homes were hit by the 122-mm shells.",  # decimals
    "J. R. Okoye and M. Bell left for the E.U. talks.",  # initials
    "“Some went north… some went south,” the mayor said.",  # an ellipsis inside a quotation
    "“We stay. We hold the bridge,” she said.",  # two sentences under one cue read as one
    '"Where are they?" he asked.',
    "“Go!” he shouted at the men.",  # the cue goes on in small letters
    "Ms. Reva said so, e.g. in Dolna.",
    "«Ми лишаємось, — сказав мер, — і тримаємо міст».",  # offsets hold outside ASCII
    "🙂 was all that the governor's channel said.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(f"The bridge is gone. {text} The road is open.")[1:-1] == [text]


APART = [
    ("He left. She stayed.", ["He left.", "She stayed."]),
    ("The bridge is gone.The mayor said so.", ["The bridge is gone.", "The mayor said so."]),  # glued
    ("They left.“We stay,” she said.", ["They left.", "“We stay,” she said."]),  # a mark stands with what it opens
    ("“We stay.” “They go.” He left.", ["“We stay.”", "“They go.”", "He left."]),
    ("It fell in 2022. Ten died.", ["It fell in 2022.", "Ten died."]),
    ("“Go,” she said. “Now.” They went.", ["“Go,” she said.", "“Now.”", "They went."]),
    ("Why? No one knows! Not here.", ["Why?", "No one knows!", "Not here."]),
    ('She sells tea. "My son is gone," she said.', ["She sells tea.", '"My son is gone," she said.']),  # straight marks
    (
        'Men ran," she said. "A shell fell. We hid."',
        ['Men ran," she said.', '"A shell fell.', 'We hid."'],
    ),  # one is lost
    ('"A drone came." "No," he said.', ['"A drone came."', '"No," he said.']),
    ("She left. 'I do not know,' he said.", ["She left.", "'I do not know,' he said."]),
    ("  He left.\t\n", ["He left."]),  # no white space at either end
]


@pytest.mark.parametrize(("text", "expected"), APART)
def test_sentences_are_told_apart(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


P1 = "Shells hit two apartment blocks in Dolna late on Tuesday, killing three people."
P2 = "The mayor said so on Telegram. Nobody else did."


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n", "\r", "\r\n\r\n", "\n \t\n", "\n\n\n\n", "\u2029", "\r\n\n\r"])
def test_paragraphs_end_at_any_kind_of_break(gap: str) -> None:
    assert paragraphs(P1 + gap + P2 + gap + P1[:-1] + "?") == [P1, P2, P1[:-1] + "?"]


def test_a_text_broken_to_fit_a_width_is_joined() -> None:
    first = (
        "Shells hit two apartment blocks in Dolna late\non Tuesday, killing at least three people and\n"
        "wounding twelve, the mayor said."
    )
    second = (
        "She spoke on Telegram, where the council puts\nits reports each night. Nobody else confirmed\nwhat she said."
    )
    text = f"{first}\n\n{second}\n"
    assert paragraphs(text) == [first, second]
    assert len(sentences(text)) == 3


def test_short_lines_with_stops_are_paragraphs() -> None:
    text = "The siren rang.\nThe lights went out.\nNobody spoke of it."
    assert paragraphs(text) == text.split("\n")


def test_a_sentence_runs_through_a_leftover() -> None:
    text = "The gains surprised them Sign up today for FREE access to Northwire.com and the road is open. They left."
    page = read(text)
    assert page.cuts == ()  # small letters go on, so it may be the story's own
    text = "They came back to the town Sign up today for FREE access to Northwire.comSign up The road is open."
    page = read(text)
    assert [text[cut.span.start : cut.span.end] for cut in page.cuts] == [
        "Sign up today for FREE access to Northwire.com",
        "Sign up",
    ]
    assert text[page.sentences[0].start :].startswith("They came back to the town")


def test_bullets_are_no_words() -> None:
    text = "The mayor named three:\n\n- The bridge is gone.\n• The road is open."
    assert sentences(text) == ["The mayor named three:", "The bridge is gone.", "The road is open."]


def test_a_line_of_100000_characters_is_read() -> None:
    line = "Shells hit “two” blocks in Dolna, the mayor's office said. " * 1700
    assert len(sentences(line)) == 1700
    assert len(sentences("a" * 100_000)) == 1
    assert read("“" * 100_000).sentences == ()
    read("read more " * 10_000)
    read("Sign up " * 12_000)
    read("A B " * 25_000 + "\n" + "' " * 5000)
