"""Where the rules and a tagger meet: what one of them heard, what both did, and which words then stand.

Most taggers here are made up: they hear exactly what a sentence's marks say, `[who] <cue> {words}`, as surely as told.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import sayso
from sayso import cli
from sayso.knowledge import ours
from sayso.models import tagger as tagger_module
from sayso.models.english import english_parser
from sayso.models.parsing import Parse
from sayso.models.tagger import WEIGHTS, tagger_with
from sayso.models.tagging import Frame, Range
from sayso.record import Grounds, Reading, Span, Spoken, Statement
from sayso.statements.cue import Cue
from sayso.statements.draft import Draft
from sayso.statements.find import find_statements
from sayso.statements.meeting import SURE, UNSURE, met, partners, shared
from sayso.statements.quotes import Quote
from sayso.statements.scene import scene_of
from sayso.work.here import TAGGERS, tagger_named
from tests.marks import Marked, unmark

TORN = "“We had nothing left,” Olena Hrytsenko, 43, a teacher, told Northwire."
TORN_HEARD = "{“We had nothing left,”} [Olena Hrytsenko, 43, a teacher], <told> Northwire."


class Fake:
    """A tagger that hears what it was told to hear, and keeps what it was given."""

    name = "made up"

    def __init__(self, *frames: Frame) -> None:
        self._frames = frames
        self.given: list[list[str]] = []

    def tag(self, paragraphs: Sequence[Sequence[str]]) -> tuple[Frame, ...]:
        """The frames, whatever the text."""
        self.given = [list(words) for words in paragraphs]
        return self._frames


class Heard(NamedTuple):
    """A text's statements by the rules and a made-up tagger, with words for a test to compare."""

    text: str
    spoken: Spoken

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.spoken.statements

    def words(self, span: Span | None) -> str | None:
        """A stretch as text."""
        return self.text[span.start : span.end] if span else None

    def said(self, statement: Statement) -> list[str | None]:
        """What is said, stretch by stretch."""
        return [self.words(span) for span in statement.words]


@cache
def _ruled(text: str) -> tuple[Reading, Parse]:
    reading = sayso.read_text(text, tagger="none")
    return reading, english_parser().parse(reading.page)


def _tokens(parse: Parse, spans: Sequence[Span]) -> tuple[Range, ...]:
    found = []
    for span in spans:
        inside = [token.i for token in parse.tokens if span.start <= token.start and token.end <= span.end]
        found.append((inside[0], inside[-1] + 1))
    return tuple(found)


def _frame(parse: Parse, marked: Marked, score: float) -> Frame:
    cue, who, words = (_tokens(parse, marked.spans.get(mark, [])) for mark in "<[{")
    return Frame(cue[0], who, words, score)


def _heard(*sentences: str, score: float = 0.9) -> Heard:
    """One text, marked once for each frame that the tagger hears in it."""
    marked = [unmark(sentence) for sentence in sentences]
    text = marked[0].text
    assert {one.text for one in marked} == {text}
    reading, parse = _ruled(text)
    frames = sorted(_frame(parse, one, score) for one in marked)
    return Heard(text, find_statements(reading.page, parse, reading.grounds, ours(), Fake(*frames)))


def _alone(text: str) -> Heard:
    reading = _ruled(text)[0]
    return Heard(text, Spoken(reading.sources, reading.statements, reading.quotations))


def _draft(cue: Range | None, *said: Range, head: int = 0) -> Draft:
    return Draft(Cue(head=cue[0] if cue else head, act="says", said=said, cue=cue), said, [])


# Partners


@pytest.mark.parametrize(
    ("draft", "frame", "meet"),
    [
        (_draft((3, 4), (5, 9)), Frame((3, 4), (), ((5, 9),), 0.9), True),  # the same cue, the same words
        (_draft((3, 4), (5, 9)), Frame((2, 5), (), ((20, 30),), 0.9), True),  # "has said that" holds "said"
        (_draft((3, 4), (5, 9)), Frame((10, 11), (), ((5, 8),), 0.9), True),  # another cue, most of the words
        (_draft((3, 4), (5, 9)), Frame((10, 11), (), ((8, 20),), 0.9), False),  # one word in common
        (_draft((3, 4), (5, 9)), Frame((4, 5), (), ((20, 30),), 0.9), False),  # cues side by side
        (_draft(None, (5, 9), head=3), Frame((3, 4), (), ((20, 30),), 0.9), True),  # no stretch of cue, but its head
        (_draft((3, 4), (5, 9)), Frame((3, 4), (), ((5, 9),), UNSURE - 0.01), False),  # too doubtful to be heard at all
        (_draft((3, 4), (5, 9)), Frame((3, 4), (), ((5, 9),), UNSURE), True),
    ],
)
def test_a_draft_and_a_frame_meet_by_the_cue_or_by_the_words(draft: Draft, frame: Frame, meet: bool) -> None:
    assert partners([draft], [frame]) == ({id(draft): frame} if meet else {})


def test_the_cue_goes_before_the_words_and_nobody_is_met_twice() -> None:
    """The first draft has the second frame's words, but each frame goes to whose cue it has."""
    one, other = _draft((3, 4), (5, 9)), _draft((10, 11), (12, 16))
    mine, theirs = Frame((3, 4), (), ((12, 16),), 0.9), Frame((10, 11), (), ((5, 9),), 0.9)
    assert partners([one, other], [mine, theirs]) == {id(one): mine, id(other): theirs}
    assert partners([one, other], [mine]) == {id(one): mine}


def test_of_two_frames_at_one_cue_the_draft_takes_the_one_with_its_words() -> None:
    draft = _draft((3, 5), (5, 9))
    near, far = Frame((4, 5), (), ((5, 9),), 0.6), Frame((3, 4), (), ((20, 30),), 0.9)
    assert partners([draft], [far, near]) == {id(draft): near}


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ([(0, 4)], [(0, 4)], 1.0),
        ([(0, 4)], [(2, 6)], 2 / 6),
        ([(0, 2), (4, 6)], [(0, 6)], 4 / 6),  # in two pieces
        ([(0, 4)], [(4, 8)], 0.0),
        ([], [], 0.0),  # nothing is not the same as nothing
    ],
)
def test_what_is_shared_is_counted_in_tokens(one: list[Range], other: list[Range], share: float) -> None:
    assert shared(one, other) == shared(other, one) == pytest.approx(share)


# What both heard, and what one did


BOTH = [
    ("The bridge is safe, the mayor said.", "{The bridge is safe}, [the mayor] <said>.", "verb:say"),
    ("The Upland army denied firing on the mill.", "[The Upland army] <denied> {firing on the mill}.", "verb:deny"),
    ("“The oven held,” said the baker.", "{“The oven held,”} <said> [the baker].", "verb:say"),
]


@pytest.mark.parametrize(("text", "sentence", "rule"), BOTH)
@pytest.mark.parametrize("score", [UNSURE, 0.99])
def test_what_both_heard_is_one_statement_and_says_so(text: str, sentence: str, rule: str, score: float) -> None:
    """All else is as the rules have it, and a frame that is too doubtful to stand alone still speaks for a rule."""
    (ruled,), (both,) = _alone(text).statements, _heard(sentence, score=score).statements
    assert (ruled.found_by, both.found_by) == (rule, f"{rule}+tagger")
    assert (both.act, both.words, both.cue, both.who) == (ruled.act, ruled.words, ruled.cue, ruled.who)
    assert both.doubts == ruled.doubts


@pytest.mark.parametrize(("text", "sentence", "rule"), BOTH)
def test_what_a_rule_heard_stays_where_the_tagger_did_not(text: str, sentence: str, rule: str) -> None:
    """The tagger was not shown all that wars are told in."""
    reading, parse = _ruled(text)
    unheard = find_statements(reading.page, parse, reading.grounds, ours(), Fake())
    assert unheard.statements == reading.statements
    (doubtful,) = _heard(sentence, score=UNSURE - 0.01).statements
    assert doubtful.found_by == rule


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("<Warned> by [the council], {drivers stayed at home}.", "warns"),  # a participle, which no rule reads so
        ("{Nine dead}, <says> [mayor].", "says"),  # a headline without a verb
        ("[Mayor]<:> {dam is safe}.", "says"),  # a colon tells as much as "says"
    ],
)
def test_what_only_the_tagger_heard_is_a_statement_with_the_act_of_its_row(sentence: str, act: str) -> None:
    """It names the tagger as what found it, and has no doubt about what was done."""
    marked = unmark(sentence)
    assert _alone(marked.text).statements == ()
    heard = _heard(sentence)
    (found,) = heard.statements
    assert (found.act, found.found_by) == (act, "tagger")
    assert "act_unknown" not in found.doubts
    assert heard.said(found) == marked.words("{")
    assert (heard.words(found.who), heard.words(found.cue)) == (marked.words("[")[0], marked.words("<")[0])


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("[The mayor] <has hinted at> {closing the bridge}.", "thinks"),  # no row, no marks, no "that": nobody's say-so
        ("{Closing the bridge} <was hinted at> by [the mayor].", "thinks"),
        ("[The mayor] <whistled> {the dam would hold}.", "thinks"),  # a clause without "that" may be anything
        ("{“The dam is safe,”} <whistled> [the mayor].", "says"),  # in marks: said, whatever the verb
        ("[The mayor] <whistled> {that the dam would hold}.", "says"),  # a clause behind "that"
    ],
)
def test_a_cue_without_a_row_is_doubtful(sentence: str, act: str) -> None:
    """A thought, which confirms nothing; a saying where the words are plainly said; in doubt either way."""
    (found,) = _heard(sentence).statements
    assert (found.act, found.found_by) == (act, "tagger")
    assert "act_unknown" in found.doubts


def test_nobodys_thought_by_an_unknown_word_is_left_out() -> None:
    assert _heard("<In whistles>, {that the dam would hold}.").statements == ()


def test_a_frame_that_is_not_sure_does_not_stand_alone() -> None:
    sentence = "{Nine dead}, <says> [mayor]."
    assert _heard(sentence, score=SURE - 0.01).statements == ()
    assert len(_heard(sentence, score=SURE).statements) == 1


def test_a_frame_without_words_is_no_statement() -> None:
    """Nothing is left of a mark and a "that"; and who says nothing at all says nothing."""
    assert _heard("[The mayor] <rose>{,} and the hall was still.").statements == ()
    assert _heard("[The mayor] <rose>, and the hall was still.").statements == ()


def test_two_frames_with_the_same_words_are_one_statement() -> None:
    """“Citing police, the mayor said”: the net hears the words twice, and they were said once."""
    found = _heard("{Nine dead}, <says> [mayor] at dawn.", "{Nine dead}, says [mayor] <at> dawn.").statements
    assert len(found) == 1


def test_a_quotation_that_only_the_tagger_heard_is_tied_to_its_statement() -> None:
    """It is direct, and no longer among the quotations that nobody read."""
    heard = _heard("{“The dam is safe,”} <whistled> [the mayor].")
    (found,) = heard.statements
    assert found.quotation == "direct"
    assert [one.statement for one in heard.spoken.quotations] == [found.id]


# Words that a wrong parse tore


def test_a_speaker_taken_into_the_words_is_taken_out_again() -> None:
    """The parse hangs the speaker's name on the quotation; the tagger knows where the words end."""
    heard = _heard(TORN_HEARD)
    (found,) = heard.statements
    assert found.found_by == "verb:tell+tagger"
    assert (found.quotation, heard.said(found)) == ("direct", ["We had nothing left"])
    assert heard.words(found.who) == "Olena Hrytsenko, 43, a teacher"
    names = {source.id: source.name for source in heard.spoken.sources}
    assert names[found.source] == "Olena Hrytsenko"


def test_words_are_not_mended_by_a_frame_that_is_not_sure() -> None:
    """What it says of them weighs less than what the rules say."""
    (ruled,), (found,) = _alone(TORN).statements, _heard(TORN_HEARD, score=SURE - 0.01).statements
    assert (found.words, found.found_by) == (ruled.words, "verb:tell+tagger")


def test_words_that_differ_otherwise_are_the_rules() -> None:
    """Neither longer nor shorter, nor somebody else's."""
    (ruled,) = _alone("The bridge is safe, the mayor said.").statements
    (found,) = _heard("The bridge is {safe}, the [mayor] <said>.").statements
    assert (found.words, found.who) == (ruled.words, ruled.who)


@pytest.mark.parametrize("name", sorted(WEIGHTS))
def test_the_packaged_weights_mend_them_too(name: str) -> None:
    reading = sayso.read_text(TORN, tagger=name)
    (found,) = reading.statements
    assert [TORN[span.start : span.end] for span in found.words] == ["We had nothing left"]
    assert next(one.name for one in reading.sources if one.id == found.source) == "Olena Hrytsenko"


# What a tagger is given


def test_a_tagger_gets_the_words_of_each_paragraph_with_sides_alike() -> None:
    """Straight marks, and one name for each side's adjective; what was cut out is not among them."""
    text = "“Stay,” a Russian officer said.\n\nA Ukrainian nurse said nothing."
    reading, parse = _ruled(text)
    fake = Fake()
    find_statements(reading.page, parse, reading.grounds, ours(), fake)
    assert [" ".join(words) for words in fake.given] == [
        '" Stay , " a French officer said .',
        "A French nurse said nothing .",
    ]


def test_a_page_without_a_parse_is_not_tagged() -> None:
    """A language that nobody here reads."""
    reading = sayso.read_text("Мэр заявил, что снаряды попали в порт.", tagger="none")
    fake = Fake(Frame((0, 1), (), ((1, 2),), 0.9))
    assert find_statements(reading.page, Parse(), reading.grounds, ours(), fake).statements == ()
    assert fake.given == []


# Which tagger


@pytest.mark.parametrize(
    ("given", "environment", "named"),
    [
        (None, None, TAGGERS[0]),  # nobody says
        (None, "", TAGGERS[0]),  # a variable that is set to nothing says nothing
        (None, "none", "none"),
        (None, "open", "open"),
        ("open", "none", "open"),  # what is said here goes before what is said for everything
        ("none", "wrong", "none"),
    ],
)
def test_who_says_which_tagger(
    given: str | None, environment: str | None, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if environment is None:
        monkeypatch.delenv("SAYSO_TAGGER", raising=False)
    else:
        monkeypatch.setenv("SAYSO_TAGGER", environment)
    assert tagger_named(given) == named


def test_a_tagger_there_is_none_of_is_a_mistake_that_names_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """By argument and by environment."""
    choices = ", ".join(TAGGERS)
    with pytest.raises(ValueError, match=rf"'wrong'.*{choices}"):
        sayso.read_text("A bridge fell, the mayor said.", tagger="wrong")
    monkeypatch.setenv("SAYSO_TAGGER", "Wrong")
    with pytest.raises(ValueError, match=rf"'Wrong'.*{choices}"):
        sayso.read_text("A bridge fell, the mayor said.")


def test_without_a_tagger_no_weights_are_touched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`SAYSO_TAGGER=none` reads where they are missing, and by the rules alone."""
    monkeypatch.setenv("SAYSO_TAGGER", "none")
    monkeypatch.setattr(tagger_module, "FOLDER", tmp_path)
    monkeypatch.setattr(tagger_module, "tagger_with", tagger_with.__wrapped__)
    reading = sayso.read_text("“The dam is safe,” whistled the mayor. The bridge fell, the nurse said.")
    assert [one.found_by for one in reading.statements if one.cue] == ["verb:say"]


@pytest.mark.parametrize("name", sorted(WEIGHTS))
def test_the_weights_of_each_name_can_be_read_with(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By environment: what a rule hears they hear as well."""
    monkeypatch.setenv("SAYSO_TAGGER", name)
    (found,) = sayso.read_text("The bridge fell at noon, the mayor of Dolna said.").statements
    assert found.found_by == "verb:say+tagger"


def test_a_wrong_tagger_is_a_misused_command_that_names_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, on stderr alone, before anything is read: the file need not even be there."""
    assert cli.main(["read", "--tagger", "wrong", str(tmp_path / "nothing.txt")]) == 2
    shown, told = capsys.readouterr()
    assert shown == ""
    assert "--tagger" in told and "'wrong'" in told and "Traceback" not in told
    assert all(name in told for name in TAGGERS)


def test_missing_weights_are_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1; nobody is read with fewer ears than were asked for."""
    path = tmp_path / "a.txt"
    path.write_text("A bridge fell, the mayor said.", encoding="utf-8")
    monkeypatch.setattr(tagger_module, "FOLDER", tmp_path)
    monkeypatch.setattr(tagger_module, "tagger_with", tagger_with.__wrapped__)
    assert cli.main(["read", "--tagger", "polnear", str(path)]) == 1
    shown, told = capsys.readouterr()
    assert shown == ""
    assert "polnear.onnx are missing" in told and "Traceback" not in told


def test_each_way_to_read_takes_a_tagger() -> None:
    """As the same word, and none is asked for where nobody asks."""
    for way in (sayso.read, sayso.read_text, sayso.read_bytes):
        assert inspect.signature(way).parameters["tagger"].default is None


@pytest.mark.parametrize(
    ("heard", "goes_on"),
    [
        ((0, 10), True),  # through the mark and on: mixed speech is one saying
        ((0, 5), False),  # the quotation alone: nothing to add
        ((3, 10), False),  # begun elsewhere: other words
    ],
)
def test_a_quotation_goes_on_where_the_tagger_hears_it_go_on(heard: Range, goes_on: bool) -> None:
    text = "“Two depots burned,” with 900 shells lost, the army said."
    reading, parse = _ruled(text)
    quote = Quote(0, (0, 6), (1, 4), closed=True)
    said = next(i for i, token in enumerate(parse.tokens) if token.text == "said")
    draft = Draft(Cue(said, "says", ((1, 4),), cue=(said, said + 1), who=said - 1), ((1, 4),), [quote])
    scene = scene_of(reading.page, parse, Grounds(), ours())
    (found,) = met(scene, [draft], [Frame((said, said + 1), ((said - 2, said),), (heard,), 0.9)])
    assert found.said == (((1, 10),) if goes_on else ((1, 4),))
