"""Code points and the browser's own counting, over sealed text that stands in many elements."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.browser import run, script

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = "Quay 🚢 7: «вони» said 🧑🏽‍🚒 \u202eabc\u202c, e\u0301, 𝟗 boats\n\nشاهد قال. End"
ASKS = """([pieces, asks]) => {
  document.body.replaceChildren();
  const sealed = document.body.appendChild(document.createElement("article"));
  for (const [depth, words] of pieces) {
    let place = sealed;
    for (let n = 0; n < depth; n++) place = place.appendChild(document.createElement("span"));
    place.append(words);
  }
  const text = new offsets.Sealed(sealed);
  return [text.length, asks.map(([start, end]) => {
    const range = text.range({start, end});
    return [range && range.toString(), range && text.span(range), text.words({start, end})];
  })];
}"""


@pytest.fixture
def ready(page: Page) -> Page:
    """An empty page that knows `offsets`."""
    page.set_content("<!doctype html><title>.</title>")
    run(page, script("offsets.js"))
    return page


def _asked(page: Page, pieces: list[tuple[int, str]], asks: list[tuple[int, int]]) -> Any:
    return page.evaluate(ASKS, [[list(piece) for piece in pieces], [list(ask) for ask in asks]])


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_every_span_gives_its_words_and_comes_back(ready: Page, size: int) -> None:
    """However the text is cut into elements: words as Python cuts them, and the same span from the range."""
    pieces = [(n % 3, TEXT[at : at + size]) for n, at in enumerate(range(0, len(TEXT), size))]
    asks = [(start, end) for start in range(len(TEXT)) for end in range(start + 1, len(TEXT) + 1, 5)]
    length, found = _asked(ready, pieces, asks)
    assert length == len(TEXT)
    for (start, end), (words, span, again) in zip(asks, found, strict=True):
        assert (words, span) == (TEXT[start:end], {"start": start, "end": end})
        assert again == words


CUTS = st.lists(st.tuples(st.integers(0, 2), st.text(max_size=8)), min_size=1, max_size=8)


def test_it_holds_for_any_text(ready: Page) -> None:
    """Texts and cuts that nobody thought of: empty pieces, characters of two units, marks that turn the direction."""

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(pieces=CUTS, data=st.data())
    def holds(pieces: list[tuple[int, str]], data: st.DataObject) -> None:
        text = "".join(words for _, words in pieces)
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        length, [[words, span, _]] = _asked(ready, pieces, [(start, end)])
        assert length == len(text)
        if not text:
            return
        assert words == text[start:end]
        if end > start:
            assert span == {"start": start, "end": end}

    holds()


ENDS = """([words, span]) => {
  document.body.innerHTML = "<article></article>";
  const sealed = document.querySelector("article");
  for (const word of words) sealed.appendChild(document.createElement("span")).append(word);
  const range = new offsets.Sealed(sealed).range(span);
  return [range.startContainer.data, range.startOffset, range.endContainer.data, range.endOffset];
}"""


def test_a_range_lies_in_the_elements_of_its_first_and_last_character(ready: Page) -> None:
    """Not at the end of the one before nor at the beginning of the next: what is drawn around it would be off."""
    words = ["one", "🚢🚢", "three"]
    assert ready.evaluate(ENDS, [words, {"start": 3, "end": 5}]) == ["🚢🚢", 0, "🚢🚢", 4]
    assert ready.evaluate(ENDS, [words, {"start": 2, "end": 6}]) == ["one", 2, "three", 1]
    assert ready.evaluate(ENDS, [words, {"start": 4, "end": 10}]) == ["🚢🚢", 2, "three", 5]


@pytest.mark.parametrize("span", [(-1, 3), (5, 2), (0, 10_000)])
def test_a_span_that_is_not_in_the_text_is_no_range(ready: Page, span: tuple[int, int]) -> None:
    """Nothing is guessed."""
    _, [[words, back, _]] = _asked(ready, [(0, TEXT)], [span])
    assert (words, back) == (None, None)


SELECTED = """([html, from, to]) => {
  document.body.innerHTML = html;
  const place = ([path, offset]) => {
    let node = document.body;
    for (const n of path) node = node.childNodes[n];
    return [node, offset];
  };
  const selection = getSelection();
  selection.setBaseAndExtent(...place(from), ...place(to));
  return new offsets.Sealed(document.querySelector("article")).selected();
}"""
PAGE = "<p>Before</p><article>ab<b>🚢c</b><i></i>de</article><p>After</p>"


@pytest.mark.parametrize(
    ("begun", "ended", "wanted"),
    [
        (([1, 0], 1), ([1, 1, 0], 2), {"start": 1, "end": 3}),  # from "b" past the ship, whose units are two
        (([1, 1, 0], 2), ([1, 0], 1), {"start": 1, "end": 3}),  # the same, selected backwards
        (([1], 1), ([1], 2), {"start": 2, "end": 4}),  # an element between two children, as a double click gives it
        (([1], 0), ([1], 4), {"start": 0, "end": 6}),
        (([0, 0], 2), ([1, 0], 1), {"start": 0, "end": 1}),  # begun before the text: what lies outside is cut off
        (([1, 3], 1), ([2, 0], 3), {"start": 5, "end": 6}),
        (([0, 0], 2), ([2, 0], 3), {"start": 0, "end": 6}),
        (([0, 0], 0), ([0, 0], 4), None),  # beside the text
        (([2, 0], 0), ([2, 0], 4), None),
        (([1, 0], 1), ([1, 0], 1), None),  # nothing selected
    ],
)
def test_what_is_selected_is_a_span(ready: Page, begun: Any, ended: Any, wanted: dict[str, int] | None) -> None:
    """From wherever a person begins and wherever they end."""
    assert ready.evaluate(SELECTED, [PAGE, begun, ended]) == wanted


def test_a_range_beside_the_text_is_no_span(ready: Page) -> None:
    """Not an empty one at its nearer end."""
    ready.evaluate("html => { document.body.innerHTML = html; }", PAGE)
    beside = """(n) => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelectorAll("p")[n]);
      return new offsets.Sealed(document.querySelector("article")).span(range);
    }"""
    assert [ready.evaluate(beside, n) for n in (0, 1)] == [None, None]


def test_counting_goes_both_ways_in_a_string(ready: Page) -> None:
    """A unit inside a character is that character's; beyond the end is the end."""
    assert ready.evaluate("[0, 1, 2, 3, 4, 5, 6].map(unit => offsets.toPoints('ab🚢cd', unit))") == [
        0,
        1,
        2,
        2,
        3,
        4,
        5,
    ]
    assert ready.evaluate("[0, 1, 2, 3, 4, 5, 9].map(point => offsets.toUnits('ab🚢cd', point))") == [
        0,
        1,
        2,
        4,
        5,
        6,
        6,
    ]
    assert ready.evaluate(f"offsets.points({json.dumps(TEXT)})") == len(TEXT)
