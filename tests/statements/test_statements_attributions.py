"""The wider layer: who is told to say, think or want what, in stretches of the sealed text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

import sayso
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.models.parsing import Parse
from sayso.models.tagger import WEIGHTS, tagger_with
from sayso.models.tagging import Frame, Range, Tagger
from sayso.record import Reading, Span
from sayso.statements.attributions import QUITE_SURE, Attributed, find_attributions
from sayso.statements.meeting import UNSURE
from tests.marks import unmark


class Fake:
    """A tagger that hears what it was told to hear."""

    name = "made up"

    def __init__(self, *frames: Frame) -> None:
        self._frames = frames

    def tag(self, paragraphs: Sequence[Sequence[str]]) -> tuple[Frame, ...]:
        """The frames, whatever the text."""
        return self._frames


@cache
def _read(text: str) -> tuple[Reading, Parse]:
    reading = sayso.read_text(text, tagger="none")
    return reading, english_parser().parse(reading.page)


def _found(text: str, tagger: Tagger | None) -> tuple[Attributed, ...]:
    reading, parse = _read(text)
    return find_attributions(reading.page, parse, reading.grounds, ours(), tagger)


def _frame(sentence: str, score: float = 0.9) -> tuple[str, Frame]:
    """A marked sentence as its text, and as the frame that its marks make: `[who] <cue> {words}`."""
    marked = unmark(sentence)
    tokens = _read(marked.text)[1].tokens

    def ranges(mark: str) -> tuple[Range, ...]:
        inside = [
            [token.i for token in tokens if span.start <= token.start and token.end <= span.end]
            for span in marked.spans.get(mark, [])
        ]
        return tuple((within[0], within[-1] + 1) for within in inside)

    return marked.text, Frame(ranges("<")[0], ranges("["), ranges("{"), score)


def _words(text: str, found: Sequence[Attributed]) -> list[tuple[list[str], list[str], list[str]]]:
    """Source, cue and content of each as text."""

    def cut(spans: Sequence[Span]) -> list[str]:
        return [text[span.start : span.end] for span in spans]

    return [(cut(one.source), cut(one.cue), cut(one.content)) for one in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "[The mayor of Dolna] <said> {that the bridge was safe}.",  # wide: "that" belongs to the words here
        "{“The cellar held,”} [the baker] <said>, {“but the oven did not.”}",  # two stretches, marks and all
        "[The council] <hopes> {to see the dam mended by May}.",  # a wish counts
        "{Nine dead}, <says> [mayor].",  # what no rule heard
        "{The dam}, [the engineer’s] <view> was, {would not hold}.",  # a source with its genitive
    ],
)
def test_a_frame_becomes_stretches_of_the_sealed_text(sentence: str) -> None:
    """They slice to the very words, in as many pieces as the tagger heard."""
    marked = unmark(sentence)
    text, frame = _frame(sentence)
    assert _words(text, _found(text, Fake(frame))) == [(marked.words("["), marked.words("<"), marked.words("{"))]


def test_a_stretch_that_a_leftover_runs_through_is_in_pieces() -> None:
    """What was cut out of a page is nobody's words."""
    text = "The mayor said the bridge at ADVERTISEMENT Dolna was safe on Monday night."
    reading, parse = _read(text)
    cuts = [cut.span for cut in reading.page.cuts]
    for tagger in (None, Fake(Frame((2, 3), ((0, 2),), ((3, len(parse.tokens) - 1),), 0.9))):
        for one in _found(text, tagger):
            for span in (*one.source, *one.cue, *one.content):
                assert not any(cut.start < span.end and span.start < cut.end for cut in cuts)


def test_without_a_tagger_they_are_the_rules_own() -> None:
    """Who, by which word, and what: as the statements have it."""
    text = "“The oven held,” said Ana Reva, a baker. The Upland army denied firing on the mill."
    assert _words(text, _found(text, None)) == [
        (["Ana Reva, a baker"], ["said"], ["The oven held"]),
        (["The Upland army"], ["denied"], ["firing on the mill"]),
    ]
    assert len(_found(text, None)) == len(_read(text)[0].statements)


def test_what_rules_alone_heard_elsewhere_is_told_too() -> None:
    """As among the statements: no tagger was shown all that wars are told in."""
    text, frame = _frame("[The mayor] <said> {the bridge was safe}. The Upland army denied firing on the mill.")
    denial = (["The Upland army"], ["denied"], ["firing on the mill"])
    assert _words(text, _found(text, Fake(frame))) == [(["The mayor"], ["said"], ["the bridge was safe"]), denial]
    assert _words(text, _found(text, Fake()))[1:] == [denial]


@pytest.mark.parametrize(
    ("sentence", "score", "count"),
    [
        ("{Nine dead}, <says> [mayor].", QUITE_SURE, 1),  # alone, and sure
        ("{Nine dead}, <says> [mayor].", QUITE_SURE - 0.01, 0),  # alone, and not
        ("[The mayor] <said> {the bridge was safe}.", UNSURE, 1),  # a rule heard it too
        ("[The mayor] <said> {the bridge was safe}.", UNSURE - 0.01, 1),  # the rule's, then
    ],
)
def test_how_sure_the_tagger_must_be(sentence: str, score: float, count: int) -> None:
    text, frame = _frame(sentence, score)
    assert len(_found(text, Fake(frame))) == count


def test_what_the_tagger_did_not_name_the_rules_do() -> None:
    """A frame without a source or without words has the rule's; one with nothing at all is none."""
    text, frame = _frame("The mayor <said> the bridge was safe.")
    assert _words(text, _found(text, Fake(frame))) == [(["The mayor"], ["said"], ["the bridge was safe"])]
    text, frame = _frame("The mayor <rose> and left.")
    assert _found(text, Fake(frame)) == ()


def test_nothing_is_found_in_nothing() -> None:
    """A page without a parse: another language."""
    reading, _ = _read("Мэр заявил, что снаряды попали в порт.")
    assert find_attributions(reading.page, Parse(), reading.grounds, ours(), Fake()) == ()


LONG = (
    "DOLNA, May 4 (Northwire) - Two barges sank at dawn, according to the harbour master. “We have no water left,” "
    "said Ana Reva, a nurse.\n\n"
    "The Upland army denied that its guns had fired on the port. Its spokesman called the report “a fairy tale”.\n\n"
    "The council hopes to reopen the ferry by June. Northwire could not verify the toll.\n"
)


@pytest.mark.parametrize("name", [*sorted(WEIGHTS), "none"])
def test_stretches_lie_in_the_text_and_their_cues_in_its_order(name: str) -> None:
    """By any weights, and without: no stretch is empty, has a blank at its ends, or holds the end of a paragraph."""
    found = _found(LONG, tagger_with(name) if name != "none" else None)
    assert len(found) >= 4
    for one in found:
        assert one.content
        for span in (*one.source, *one.cue, *one.content):
            words = LONG[span.start : span.end]
            assert words and words == words.strip()
            assert "\n\n" not in words
    cues = [one.cue[0].start for one in found if one.cue]
    assert cues == sorted(cues)
