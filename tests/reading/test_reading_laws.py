"""Laws of reading: spans lie in the text, cuts hold no story, and leftovers change nothing but offsets and cuts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.problems import Refused
from sayso.reading import read_page
from sayso.record import Given, Page, Span
from sayso.values.kept import kept

PARAGRAPHS = (
    "Shells hit two apartment blocks in Dolna late on Tuesday, killing three people. The mayor said so on Telegram.",
    "“We stay,” she said. “It is ours, and we built it.” The Upland army denied firing on the town.",
    "Northwire could not verify either account. Some 3.5 kilometers of road, and No. 5 school, were lost.",
    "The council meets on Friday. Lt. Col. Tom Hale will speak… or so he told the wire.",
)
HEADING = "BORDER TOWNS"
CREDIT = "Reporting by Ana Reva; Editing by Tom Hale"
# Each stands between two sentences, or at either end of a paragraph.
LEFTOVERS = (
    "read more",
    "Read more",
    "Sign up today for FREE full access to Northwire.com",
    "Sign up today for FREE full access to Northwire.comSign up",
    "Advertisement",
    "Story continues below advertisement",
    "Sign up to our newsletter",
    "Subscribe now",
    "Follow us on Telegram",
    "Share this article",
    "Download our app",
    "Continue reading",
    "Please enable JavaScript to view this content.",
    "Our Standards: The Northwire Fairness Principles.",
    "That's all from our live coverage for today.",
    "We'll be back tomorrow morning.",
    "If you're just joining us, here is a recap:",
    "Support independent journalism. Donate today",
    "What do you think? Leave a comment below.",
)
LINES = (
    *LEFTOVERS,
    "READ ALSO: Bridge falls in Marn",
    "© 2022 Northwire",
    "Share Facebook Twitter Email",
    "Tags: war, Dolna",
    "Share\nX\nThreads\nCopy link",
    "This article is more than 2 months old",
    "list 1 of 3 Who holds the river",
    "Updated 14 minutes ago",
    "skip past newsletter promotion\nFirst Light\nIt is free.\nafter newsletter promotion",
    "Northwire Media, Inc.",
    "For more information, please contact: Ivo Bell, bell@example.org, +99 000 000 00",
)


def read(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())


def words_of(page: Page, span: Span) -> str:
    return " ".join(kept(page.report.text, span, [cut.span for cut in page.cuts]).text.split())


def essence(page: Page) -> object:
    """All that reading found, in words instead of offsets, leftovers and their signs aside."""

    def said(spans: tuple[Span, ...]) -> list[str]:
        return [words_of(page, span) for span in spans]

    return (
        page.language,
        page.title and page.title.name,
        [
            (section.heading and words_of(page, section.heading), words_of(page, section.span))
            for section in page.sections
        ],
        said(page.paragraphs),
        said(page.sentences),
        [(words_of(page, each.span), each.depth, each.closed) for each in page.quotations],
        said(page.credits),
        [named.name for named in (*page.writers, *page.editors, *page.contributors, *page.agencies)],
        [(sign.kind, said(sign.spans)) for sign in page.condition if sign.kind != "leftovers"],
    )


def plain() -> str:
    return "\n\n".join(("Shells hit Dolna", *PARAGRAPHS[:2], HEADING, *PARAGRAPHS[2:], CREDIT))


@pytest.mark.parametrize("leftover", LEFTOVERS)
@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@pytest.mark.parametrize("glue", [" {} ", "{}", " {}", "{} "])
def test_a_leftover_between_sentences_changes_nothing(leftover: str, paragraph: str, glue: str) -> None:
    at = paragraph.index(". ") + 1 if "”" not in paragraph else paragraph.index("” The") + 1
    put = paragraph[:at] + glue.format(leftover) + paragraph[at + 1 :]
    changed = read(plain().replace(paragraph, put))
    assert essence(changed) == essence(read(plain()))
    assert "".join(changed.report.text[cut.span.start : cut.span.end] for cut in changed.cuts) == leftover


@pytest.mark.parametrize("leftover", LEFTOVERS)
@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@pytest.mark.parametrize("place", ["{0} {1}", "{0}{1}", "{1} {0}", "{1}{0}", "{0}\n\n{1}", "{1}\n\n{0}", "{1}\n{0}"])
def test_a_leftover_at_the_end_of_a_paragraph_changes_nothing(leftover: str, paragraph: str, place: str) -> None:
    changed = read(plain().replace(paragraph, place.format(leftover, paragraph)))
    assert essence(changed) == essence(read(plain()))
    assert "".join(changed.report.text[cut.span.start : cut.span.end] for cut in changed.cuts) == leftover


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(LINES)), max_size=6))
def test_lines_of_leftovers_anywhere_change_nothing(put: list[tuple[int, str]]) -> None:
    parts = ["Shells hit Dolna", *PARAGRAPHS[:2], HEADING, *PARAGRAPHS[2:], CREDIT]
    for at, line in put:
        parts.insert(at + 1, line)
    assert essence(read("\n\n".join(parts))) == essence(read(plain()))


MARKS = ("“", "”", '"', "'", "«", "»", "‘", " ", "\n", "\n\n", "\r", ". ", "…", "\0", "\u202e", "- ", "# ")
WORDS = ("read more ", "The ", "the end", "By Ana Reva", "(Reuters)", "U.S. ", "DOLNA, May 4 (AP) - ")
PIECES = st.sampled_from((*PARAGRAPHS, *LINES, HEADING, CREDIT, *MARKS, *WORDS))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14).map("".join) | st.text(min_size=1, max_size=200))
def test_every_span_lies_in_the_text_and_holds_no_cut_it_should_not(text: str) -> None:
    try:
        report = sealed(text.encode("utf-8", errors="ignore"), media_type="text/plain")
    except Refused:
        return
    page = read_page(report, Given(), ours())
    text = report.text
    cuts = [cut.span for cut in page.cuts]
    assert all(before.end <= after.start for before, after in pairwise(cuts))
    named = [n for n in (page.title, *page.writers, *page.editors, *page.contributors, *page.agencies) if n and n.span]
    whole = [*cuts, *(n.span for n in named if n.span), *(s for q in page.quotations for s in q.inner), *page.credits]
    loose = [*page.sentences, *page.paragraphs, *(section.span for section in page.sections)]
    for span in (*whole, *loose):
        assert 0 <= span.start < span.end <= len(text)
    for span in whole[len(cuts) :]:
        assert not any(span.start < cut.end and cut.start < span.end for cut in cuts)
    for span in page.sentences:
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert not any(cut.start <= span.start and span.end <= cut.end for cut in cuts)
    for before, after in pairwise(page.sentences):
        assert before.end <= after.start
    for before_p, after_p in pairwise(page.paragraphs):
        assert before_p.end <= after_p.start


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_can_be_read_or_are_refused(data: bytes) -> None:
    try:
        report = sealed(data)
    except Refused:
        return
    read_page(report, Given(), ours())
