"""Quotations in every kind of mark, nested, reopened, odd: none is lost, and none costs the report."""

from __future__ import annotations

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Page


def read(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())


def inner(text: str) -> list[tuple[int, str]]:
    return [(each.depth, "|".join(text[s.start : s.end] for s in each.inner)) for each in read(text).quotations]


QUOTED = [
    ("“We stay,” she said.", [(0, "We stay,")]),
    ('"We stay," she said. "All of us."', [(0, "We stay,"), (0, "All of us.")]),
    ("«Ми лишаємось», — сказав мер.", [(0, "Ми лишаємось")]),
    ("„Wir bleiben“, sagte sie.", [(0, "Wir bleiben")]),
    ("»Wir bleiben«, sagte sie.", [(0, "Wir bleiben")]),
    ("‘We won’t go,’ she said.", [(0, "We won’t go,")]),  # an apostrophe closes nothing
    ("'We won't go,' she said.", [(0, "We won't go,")]),
    ("“He told us ‘run’ and we ran,” she said.", [(0, "He told us ‘run’ and we ran,"), (1, "run")]),
    ("\"He told us 'run' and we ran,\" she said.", [(0, "He told us 'run' and we ran,"), (1, "run")]),
    ("‘He told us “run” and we ran,’ she said.", [(0, "He told us “run” and we ran,"), (1, "run")]),
    ("«Он сказал: «Беги», и мы побежали».", [(0, "Он сказал: «Беги», и мы побежали"), (1, "Беги")]),
    ("a “special operation” to “disarm” them", [(0, "special operation"), (0, "disarm")]),
    ("The mayor (“Ana”) left.", [(0, "Ana")]),
    ("It is the soldiers' home, and Dolna's.", []),  # apostrophes open nothing
    ("The boys’ homes, the ’90s, rock ’n’ roll.", []),
    ("The soldiers' homes and the boys' school burned.", []),
    ("A 6'2\" man left.", []),  # inches
    ("said:“We stay.”They left.", [(0, "We stay.")]),  # glued
    ("‘The boys’ school is gone,’ she said.", [(0, "The boys’ school is gone,")]),  # a plural's mark inside
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_quotations_are_found(text: str, expected: list[tuple[int, str]]) -> None:
    assert inner(text) == expected
    assert all(each.closed for each in read(text).quotations)


def test_a_span_holds_its_marks() -> None:
    text = "She said: “We stay.”"
    (quotation,) = read(text).quotations
    assert text[quotation.span.start : quotation.span.end] == "“We stay.”"


def test_a_speech_reopened_in_each_paragraph_is_whole() -> None:
    text = "“We stay,” she said. “It is ours.\n\n“We built it.\n\n“We hold it.” He left."
    page = read(text)
    assert [(q.closed, text[q.inner[0].start : q.inner[0].end]) for q in page.quotations] == [
        (True, "We stay,"),
        (False, "It is ours."),
        (False, "We built it."),
        (True, "We hold it."),
    ]
    assert page.condition == ()  # to reopen is the custom, not damage


ODD = [
    ("“We stay, she said. The road is open.", 1, ["“"]),  # never closed: to the end of the paragraph
    ("We stay,” she said. The road is open.", 0, ["”"]),
    ("“We stay, she said. “All of us.” The road is open.", 2, ["“"]),
    ('"We stay, she said. The road is open.', 1, ['"']),
    ("» ” « “", 0, None),
]


@pytest.mark.parametrize(("text", "count", "odd"), ODD)
def test_odd_marks_are_told_and_cost_nothing(text: str, count: int, odd: list[str] | None) -> None:
    page = read(text + "\n\nHe said: “They left.”")
    assert len(page.quotations) == count + 1
    assert page.quotations[-1].closed
    signs = [sign for sign in page.condition if sign.kind == "odd_quotation_marks"]
    if odd is not None:
        assert [text[span.start : span.end] for sign in signs for span in sign.spans] == odd


def test_a_quotation_is_whole_around_a_leftover() -> None:
    text = "“We stay. Read more We hold the bridge,” she said."
    page = read(text)
    (quotation,) = page.quotations
    assert [text[s.start : s.end] for s in quotation.inner] == ["We stay. ", " We hold the bridge,"] or [
        text[s.start : s.end].strip() for s in quotation.inner
    ] == ["We stay.", "We hold the bridge,"]
