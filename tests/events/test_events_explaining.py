"""Why a sentence that looks like one of war gave no event, in plain sentences with their spans."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.keyed import keyed_in
from bench.sample import SAMPLE
from bench.seed import seed_text
from sayso.record import WHYS, Explained, Passed, Reading
from sayso.work.here import read_explained


def explained(text: str) -> Explained:
    """What is said of a text that was read to be explained."""
    return _of(reading_of(text))


def reading_of(text: str) -> Reading:
    """A text, read to be explained."""
    return read_explained(text.encode())


def _of(reading: Reading) -> Explained:
    assert reading.explained is not None
    return reading.explained


def passed(text: str, word: str) -> Passed:
    """What is said of one word of a text."""
    return next(one for one in explained(text).passed if text[one.span.start : one.span.end] == word)


WHY = (
    # (text, word, reason, what the sentence must say)
    ("The two clubs fought a fierce battle for the league title in the match on Sunday.", "battle", "row", "sport"),
    ("No one was killed in Minas.", "killed", "nobody", "nobody"),
    ("It was not clear who killed the mayor.", "killed", "imagined", "imagined"),
    ("If rebels attack the town, schools will close.", "attack", "imagined", "imagined"),
    ("Rebels left Minas. The retreat turned the tide of the long war.", "turned the tide", "judgement", "judgement"),
    ("The soldiers ate bread and sang.", "soldiers", "no_kind", "no word of the sentence"),
    ("The coach seized his chance.", "seized", "conditions", "only where"),
    ("The War Museum has a new roof.", "War", "name", "name"),
    ("Libya invaded Chad in what it called a limited military operation.", "military operation", "label", "calls"),
    ("Did the army shell the village?", "shell", "asked", "asked"),
)


@pytest.mark.parametrize(("text", "word", "why", "says"), WHY, ids=[one[1] for one in WHY])
def test_a_word_that_told_nothing_is_explained(text: str, word: str, why: str, says: str) -> None:
    """By the row or the rule that kept it out, with the word's own span and its sentence."""
    found = passed(text, word)
    assert found.why == why
    assert says in found.says
    assert f"“{word}”" in found.says
    assert found.sentence.start <= found.span.start < found.span.end <= found.sentence.end
    assert found.why in WHYS


def test_a_counter_example_s_row_is_named() -> None:
    """Whoever disagrees can go to the row and change it."""
    found = passed("The two clubs fought a fierce battle for the league title in the match on Sunday.", "battle")
    assert found.row == "en/not_event.toml:sport"
    assert found.kind == "armed_clash"


def test_what_gave_an_event_is_not_explained_away() -> None:
    """A sentence whose word tells an event has nothing to answer for."""
    assert explained("Rebel forces shelled Goma on Monday.").passed == ()


def test_a_peaceful_sentence_is_left_alone() -> None:
    """Nothing in it looks like war, so nothing is said of it."""
    assert explained("The bakery opens at six and sells bread. She took her coat and left.").passed == ()


def test_every_event_says_what_it_was_found_by() -> None:
    """The word, the row, and the words that tell it again or what came of it."""
    reading = reading_of("Shells hit a market in Goma on Monday, killing three people. The attack was condemned.")
    (found,) = _of(reading).events
    (event,) = reading.events
    assert (found.event, found.span, found.row) == (event.id, event.trigger, event.found_by)
    assert "“hit”" in found.says
    assert "“killing”" in found.says


def test_only_who_asks_is_told() -> None:
    """A reading says nothing of why unless it was asked."""
    import sayso

    assert sayso.read_text("Rebel forces shelled Goma.").explained is None


def test_a_text_that_nobody_can_parse_has_nothing_to_explain() -> None:
    """No events, no reasons, and no fault."""
    assert explained("Обстріл міста тривав усю ніч, повідомили у мерії міста.").events == ()


WAR = frozenset({
    "shells", "shelled", "shelling", "drones", "soldiers", "troops", "killed", "wounded", "missile", "army",
    "bombardment", "invasion", "invaded", "graves", "fighting", "rockets", "airstrikes", "artillery",
})  # fmt: skip


def unexplained(reading: Reading) -> list[str]:
    """The sentences with a plain word of war that gave no event, of which nothing is said either."""
    text = reading.page.report.text
    told = [span for event in reading.events for span in (event.trigger, *event.also)]
    told += [one.span for one in _of(reading).passed]
    cuts = [cut.span for cut in reading.page.cuts]
    return [
        text[sentence.start : sentence.end]
        for sentence in reading.page.sentences
        if WAR & set(text[sentence.start : sentence.end].lower().replace(".", " ").replace(",", " ").split())
        and not any(span.start < sentence.end and sentence.start < span.end for span in (*told, *cuts))
    ]


@pytest.mark.parametrize("report", [item.report for item in keyed_in(SAMPLE)], ids=lambda path: path.stem)
def test_every_sentence_of_war_in_the_sample_has_an_event_or_a_reason(report: Path) -> None:
    """Nothing that looks like war is passed over without a word."""
    assert unexplained(read_explained(report, knowledge=SAMPLE / "knowledge")) == []


def test_every_sentence_of_war_in_the_seed_has_an_event_or_a_reason() -> None:
    """The document that began it all, sentence by sentence; three of them are known by where they stand."""
    path = seed_text()
    if path is None:
        pytest.skip("the seed is not here: set SAYSO_SEEDS to its folder")
    reading = read_explained(path, published="2022-09-16")
    assert unexplained(reading) == []
    whys = {(one.span.start, one.span.end): one.why for one in _of(reading).passed}
    assert whys[4017, 4035] == "label"
    assert whys[4702, 4717] == "judgement"
    assert whys[4225, 4231] == "imagined"
