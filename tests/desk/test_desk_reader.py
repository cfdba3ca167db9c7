"""The sealed text stays what it is, however much is marked in it."""

from __future__ import annotations

import time
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.desk.views.reader import AT, LAYERS, TURNING, Mark, as_html, held, pieces, turning, unholdable
from sayso.record import Span

NAMES = [layer.name for layer in LAYERS]
CHARS = st.one_of(st.sampled_from("ab \n\r<>&\"'é😀\x00" + TURNING), st.characters(codec="utf-8"))
TEXTS = st.text(CHARS, max_size=120)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text and stretches of it in any layers, which overlap as they like and may reach beyond its end."""
    text = draw(TEXTS)
    ends = st.integers(0, len(text) + 3)
    spans = draw(st.lists(st.tuples(ends, ends, st.sampled_from([*NAMES, AT])), max_size=25))
    return text, [
        Mark(Span(min(one, two), max(one, two)), layer, (f"st{number}",))
        for number, (one, two, layer) in enumerate(spans)
    ]


@given(marked())
@settings(max_examples=300)
def test_the_words_of_all_pieces_put_together_are_the_text(one: tuple[str, list[Mark]]) -> None:
    text, marks = one
    made = pieces(text, marks)
    assert "".join(text[piece.span.start : piece.span.end] for piece in made) == text


@given(marked())
@settings(max_examples=300)
def test_every_character_has_just_the_layers_of_the_stretches_that_hold_it(one: tuple[str, list[Mark]]) -> None:
    text, marks = one
    for piece in pieces(text, marks):
        for at in range(piece.span.start, piece.span.end):
            holding = [mark for mark in marks if mark.span.start <= at < mark.span.end]
            assert set(piece.layers) == {mark.layer for mark in holding}
            assert set(piece.of) == {part for mark in holding for part in mark.of}


@given(marked(), st.dictionaries(st.sampled_from(["sec1", "sec2", "at"]), st.integers(0, 130)))
@settings(max_examples=300)
def test_a_page_gives_back_the_text_and_each_anchor_once(one: tuple[str, list[Mark]], anchors: dict[str, int]) -> None:
    text, marks = one
    read = _Read()
    read.feed(as_html(text, marks, anchors=anchors, cut_names={}))
    read.close()
    shown = "".join("\ufffd" if Span(at, at + 1) in unholdable(text) else char for at, char in enumerate(text))
    assert "".join(read.words) == shown
    assert sorted(read.ids) == sorted(anchors)
    assert read.depth == 0


class _Read(HTMLParser):
    """What a browser makes of it: the words, the ids, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.words: list[str] = []
        self.ids: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "span"
        assert {name for name, _ in attrs} <= {"id", "class", "dir", "data-of", "data-u", "title"}
        self.depth += 1
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        assert "\r" not in data, "a browser would make a line feed of it"
        self.words.append(data)

    def handle_charref(self, name: str) -> None:
        self.words.append(chr(int(name)))

    def handle_entityref(self, name: str) -> None:
        self.words.append({"lt": "<", "gt": ">", "amp": "&"}[name])


def test_a_word_in_two_layers_that_are_lines_has_both_lines() -> None:
    text = "said on Tuesday"
    shown = as_html(text, [Mark(Span(0, 15), "says", ("st1",)), Mark(Span(8, 15), "when", ("st2",))], cut_names={})
    assert shown == (
        '<span class="ln" dir="auto"><span class="l-says" data-of="st1">said on </span>'
        '<span class="l-says" data-of="st1 st2"><span class="l-when">Tuesday</span></span></span>'
    )


def test_what_turns_the_direction_stands_in_an_element_of_its_own() -> None:
    text = "the \u202edrow"
    assert turning(text) == (Span(4, 5),)
    assert '<span class="turn" data-u="U+202E">\u202e</span>' in as_html(text, (), cut_names={})


def test_markup_of_a_report_is_words() -> None:
    shown = as_html("<script>x</script>", [Mark(Span(0, 8), "claim")], cut_names={})
    assert shown == ('<span class="ln" dir="auto"><span class="l-claim">&lt;script&gt;</span>x&lt;/script&gt;</span>')
    assert held("\ud800") == "\ufffd"


def test_a_long_text_with_many_marks_is_shown_at_once() -> None:
    """1,500 stretches over 20,000 characters, and a megabyte: a page waits for neither."""
    words = "the port is closed tonight\n" * 741
    marks = [Mark(Span(at * 13, at * 13 + 1 + at % 60), NAMES[at % len(NAMES)], (f"st{at}",)) for at in range(1_500)]
    began = time.process_time()
    as_html(words, marks, cut_names={})
    assert time.process_time() - began < 0.5
    began = time.process_time()
    long = as_html("the port is closed tonight and tomorrow\n" * 26_000, marks, cut_names={})
    assert time.process_time() - began < 5
    assert len(long) > 1_040_000
