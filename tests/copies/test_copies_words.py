"""Words as numbers: what a copy keeps of a sentence whatever its marks, its endings and its spelling of names."""

import pytest

from sayso.copies.words import FIGURE, NAME, digest, figures, skeleton, tokens
from sayso.values.stems import stem


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("It burned 4,200 tons.", "It burned 4, 200 tons ."),  # a tokenizer set the comma apart
        ("It cost 3.1 million crowns.", "It cost 3. 1 million crowns."),
        ("Twenty-five sheep drowned.", "25 sheep drowned."),
        ("It fell at 4:40.", "It fell at 4: 40."),
        ("They owe two million.", "They owe 2,000,000."),
    ],
)
def test_a_figure_is_one_in_any_dress(one: str, two: str) -> None:
    assert figures(one) == figures(two) != []


@pytest.mark.parametrize(("one", "two"), [("It burned 4,200 tons.", "It burned 4,300 tons."), ("3.1", "31")])
def test_other_figures_are_others(one: str, two: str) -> None:
    assert figures(one) != figures(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Zelenskiy", "Zelenskyy"),
        ("Varnay", "Varnai"),  # vowels are lost first
        ("Зеленський", "Zelensky"),  # the other alphabet
    ],
)
def test_a_name_is_known_by_its_consonants(one: str, two: str) -> None:
    assert skeleton(one) == skeleton(two)


def test_names_of_other_people_differ() -> None:
    assert len({skeleton(name) for name in ("Petrenko", "Pavlenko", "Tarn", "Torlov", "Osk", "Ask")}) == 6


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("shelling", "shell"), ("shelled", "shell"), ("cities", "citi"), ("city", "citi"), ("stopped", "stop")],
)
def test_an_ending_is_taken_off(word: str, wanted: str) -> None:
    assert stem(word) == wanted


def test_words_found_everywhere_are_left_out() -> None:
    assert tokens("It was that they had been in the") == []


def test_a_capital_inside_a_sentence_or_a_word_that_news_does_not_know_is_a_name() -> None:
    kinds = {sentence: [token.kind for token in tokens(sentence)] for sentence in ("Qoshtepa burned", "9 tugs")}
    assert kinds["Qoshtepa burned"][0] == NAME
    assert kinds["9 tugs"][0] == FIGURE


def test_a_sentence_is_the_same_whatever_its_marks() -> None:
    assert digest("“We left,” he said.") == digest('"We left", he said') != digest("We left, she said.")
