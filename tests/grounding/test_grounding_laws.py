"""What holds for every grounding: spans, order, leftovers and the two sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.grounding import ground
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.record import Cut, Grounds, Span
from sayso.values.spans import overlap
from tests.grounding.grounded import grounded, page_of

TEXT = (
    "Shells killed at least 12 people in the Poltava region on Monday, Norwegian President Ola Berg said. "
    "More than 60 drones hit Lubny, 40 km (25 miles) from the border, Berg said late Tuesday. "
    "Ana Reva, mayor of Lviv, told Al Jazeera that the toll rose to 25 from 19."
)
LEFTOVER = " READ MORE: Our best stories of May 3 from 7 towns "


def _shape(grounds: Grounds, text: str) -> list[object]:
    """All that was found, words for spans, so that two texts with other offsets can be compared."""

    def words(span: Span | None) -> str | None:
        return text[span.start : span.end] if span else None

    return [
        *((p.id, words(p.span), p.geonames, p.level, p.use, p.inside, p.same_as) for p in grounds.places),
        *((m.id, words(m.span), m.timex, m.mod, m.earliest, m.latest, m.relative_to) for m in grounds.moments),
        *((q.id, words(q.span), q.low, q.high, q.unit, words(q.of), q.part_of, q.replaces) for q in grounds.quantities),
        *((e.name, e.kind, e.also, e.role, words(e.role_span), e.country, len(e.mentions)) for e in grounds.entities),
    ]


def test_the_same_page_gives_the_same_grounds():
    assert grounded(TEXT) == grounded(TEXT)


BLANKS = [at for at, char in enumerate(TEXT) if char == " "]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(BLANKS))
def test_leftovers_change_nothing_but_offsets(at):
    """A leftover at any blank is cut: nothing found touches it, and all is found but what it splits."""
    text = TEXT[:at] + LEFTOVER + TEXT[at:]
    cut = Span(at, at + len(LEFTOVER))
    sentences = tuple(
        Span(s.start + len(LEFTOVER) * (s.start >= at), s.end + len(LEFTOVER) * (s.end > at))
        for s in page_of(TEXT).sentences
    )
    page = replace(page_of(text), cuts=(Cut(cut, "prompt"),), sentences=sentences)
    found = ground(page, english_parser().parse(page), ours())
    for thing in (*found.places, *found.moments, *found.quantities):
        assert not overlap(thing.span, cut)
    whole = grounded(TEXT)
    spans = [thing.span for thing in (*whole.places, *whole.moments, *whole.quantities)]
    for entity in whole.entities:
        spans += [*entity.mentions, *filter(None, (entity.role_span, entity.country_span))]
        if entity.role_span is not None:  # a title and its name are one group of words
            spans.append(Span(min(*entity.mentions, entity.role_span).start, entity.mentions[0].end))
    if not any(span.start < at < span.end for span in spans):
        assert _shape(found, text) == _shape(whole, TEXT)


SWAPS = [
    "{a}'s Defense Ministry said {a} had sent 12 envoys to {b}.",
    "{b} accused {a} of shelling a town on Wednesday.",
    "{a} invaded {b} three weeks later.",
]


@pytest.mark.parametrize("sentence", SWAPS)
def test_swapping_the_sides_swaps_nothing_else(sentence):
    one, other = grounded(sentence.format(a="Russia", b="Norway")), grounded(sentence.format(a="Norway", b="Russia"))
    assert [(p.level, p.use) for p in one.places] == [(p.level, p.use) for p in other.places]
    assert [(m.type, m.timex) for m in one.moments] == [(m.type, m.timex) for m in other.moments]
    assert [(q.low, q.role) for q in one.quantities] == [(q.low, q.role) for q in other.quantities]
    assert [(e.kind, e.role) for e in one.entities] == [(e.kind, e.role) for e in other.entities]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aB1, .-:/()$€'\"“”\n\u0301 of MayKyiv", max_size=80))
def test_no_text_breaks_it_and_every_span_lies_inside(text):
    grounds = grounded(text)
    for group in (grounds.places, grounds.moments, grounds.quantities):
        assert all(0 <= thing.span.start < thing.span.end <= len(text) for thing in group)
    for quantity in grounds.quantities:
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    for moment in grounds.moments:
        assert moment.earliest is None or moment.latest is None or moment.earliest < moment.latest
