"""A headline quotes a teller's own words that hold the deed, and puts nobody's words into another's mouth."""

from __future__ import annotations

import pytest

from sayso.accounts.hearing import NOWHERE, Heard
from sayso.accounts.quoting import words_of
from sayso.record import Quoted, Saying, Span
from tests.accounts.told import saying, speaker, telling

MAYOR = speaker("Ada Brun")

# A newsroom's own sentence, the word that tells the deed in <>, and what of it is the newsroom's.
OWN = [
    (
        "“We hear your worries and we share them,” the minister told the envoys while <visiting> Goma on Friday.",
        "the minister told the envoys while visiting Goma on Friday.",  # who is quoted is not quoted for the newsroom
    ),
    (
        "The army <left> the town on Monday, “and nobody saw it coming at all,” one baker said.",
        "The army left the town on Monday, ",
    ),
    (
        "we have nothing left to burn,” she said as the convoy <reached> the camp.",  # it began before
        " she said as the convoy reached the camp.",
    ),
    (
        "The two <signed> a “borderless” friendship deal in Goma.",  # a word in quotation marks is the report's own
        "The two signed a “borderless” friendship deal in Goma.",
    ),
    ("“They <fled> over the hill that night,” it read.", "“They fled over the hill that night,” it read."),
]


def _heard(sentence: str, trigger: str, said: Saying | None, status: str = "happened", at: int = 0) -> Heard:
    start = at + sentence.index(trigger)
    whole = Quoted(Span(at, at + len(sentence)), sentence)
    told = telling("a", trigger=Quoted(Span(start, start + len(trigger)), trigger), sentence=whole)
    where = said.sentence if said is not None and said.sentence is not None else whole
    return Heard(told, said, MAYOR if said else NOWHERE, status, said is None, frozenset(), where, ("",) * 6)  # type: ignore[arg-type]


@pytest.mark.parametrize(("marked", "own"), OWN, ids=lambda text: text[:30])
def test_of_its_own_sentence_a_newsroom_is_quoted_without_the_words_of_others(marked: str, own: str) -> None:
    trigger = marked[marked.index("<") + 1 : marked.index(">")]
    found = words_of(_heard(marked.replace("<", "").replace(">", ""), trigger, None))
    assert found.words.strip(" ,") == own.strip(" ,")


def test_what_somebody_is_told_to_say_ends_what_the_newsroom_says() -> None:
    """ "After a week of gains, officials said it would be hard": the gains are the newsroom's, the rest is theirs."""
    sentence = "After a week of rapid gains in the north, officials said that it would be hard to go on."
    start = sentence.index("officials")
    who = speaker("officials", "group")
    named = type(who)(
        **{n: getattr(who, n) for n in who.__slots__} | {"who": Quoted(Span(start, start + 9), "officials")}
    )
    heard = _heard(sentence, "gains", None)
    about = (saying(named, "it would be hard to go on", at=sentence.index("it would")),)
    told = type(heard.telling)(**{n: getattr(heard.telling, n) for n in heard.telling.__slots__} | {"about": about})
    cut = type(heard)(**{n: getattr(heard, n) for n in heard.__slots__} | {"telling": told})
    assert words_of(cut).words == "After a week of rapid gains in the north, "


def test_words_that_go_on_in_the_next_sentence_are_told_by_that_sentence() -> None:
    """Two deeds that one governor tells of are told apart, each by its own sentence."""
    first = saying(MAYOR, "the guns were heard all night long", at=0)
    following = "A depot burned and two roofs fell in."
    assert words_of(_heard(following, "burned", first, at=60)).words == following
    far = _heard(following, "burned", first, at=900)  # said of it elsewhere: the sentence is not theirs
    assert words_of(far).words == "the guns were heard all night long"
    denied = _heard(following, "burned", first, "denied", at=60)
    assert words_of(denied).words == "the guns were heard all night long"


def test_what_is_compared_is_shown_with_who_compares_it() -> None:
    compared = saying(MAYOR, "the find to the burning of the mill", act="compares", at=0)
    assert words_of(_heard("burning", "burning", compared)) == compared.sentence
