"""Sentences are found by words, acts, speakers, places and days, and the same ones on both databases."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ledger.asking.answers import Hit
from sayso.ledger.asking.questions import Among, BadQuestion, day_of, past_of
from sayso.ledger.asking.search import search
from sayso.ledger.asking.wording import fits, matches, wording
from sayso.ledger.case import Case
from sayso.ledger.problems import NoSuchThing
from tests.databases import Cases
from tests.ledger.asked import filled, name_of


@pytest.fixture(scope="module")
def told(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return filled(cases, tmp_path_factory.mktemp("asked") / "case")


def _places(hits: list[Hit]) -> list[tuple[str, int]]:
    names = {name_of(path): path.removesuffix(".txt") for path in PATHS}
    return [(names[hit.report], hit.sentence) for hit in hits]


PATHS = ("market.txt", "colon.txt", "cut.txt", "bridge.txt", "threat.txt")

BY_WORDS = [
    # words typed, where they are found (the newest first), why
    ("ferrymen", [("bridge", 2)], "one word"),
    ("FERRYMAN", [], "another word, not another ending"),
    ("drone damage", [("bridge", 0)], "all must be there, under any ending and in any order"),
    ("drone envoy", [], "not one here and one there"),
    ("naive painters", [("colon", 3)], "marks on letters and a possessive do not matter"),
    ("colón", [("colon", 0), ("colon", -1)], "in titles too"),
    ('"the fish market"', [("cut", 0), ("market", 0)], "a phrase stands as it is typed"),
    ('"market fish"', [], "and not the other way round"),
    ('"fish markets"', [], "and with no other ending"),
    ("“We will answer”", [("colon", 1)], "any sort of quotation marks"),
    ('"told reporters the clinic"', [], "a phrase does not go beyond its sentence"),
    ("market -mayor", [("colon", 2), ("market", 4)], "without a word"),
    ('market -"fish market"', [("colon", 2), ("market", 4)], "without a phrase"),
    ("-market officials", [("bridge", 0)], "a minus may come first"),
    ("brask", [], "nothing is found where nothing is"),
    ('"', [], "signs alone find nothing"),
]


@pytest.mark.parametrize(("typed", "places", "why"), BY_WORDS, ids=[row[2] for row in BY_WORDS])
def test_words_find_sentences(told: Case, typed: str, places: list[tuple[str, int]], why: str) -> None:
    assert _places(search(told, typed)) == places, why


BY_WHAT = [
    (None, Among(act="denies"), [("cut", 3), ("market", 3)], "what is denied"),
    ("invention", Among(act="denies"), [("cut", 3), ("market", 3)], "words and act in one sentence"),
    (None, Among(act="denies", speaker="Quill"), [], "act and speaker are of one statement"),
    (None, Among(silence="declined"), [("colon", 2)], "a silence, by its sort"),
    (None, Among(speaker="wren"), [("market", 5), ("market", 4)], "a speaker by a word of the name"),
    (
        "clinic",
        Among(speaker="dora quill", act="says"),
        [("cut", 2), ("market", 2)],
        "every sentence that the words run over",
    ),
    (None, Among(party="halvane", act="no_comment"), [("colon", 2)], "a party that is spoken for"),
    (None, Among(channel="messaging"), [("colon", 1)], "what it came through"),
    (None, Among(said_since="2031-03-28", said_until="2031-03"), [("threat", 0)], "the day it was said"),
    (None, Among(said_until="2031-03-27"), [], "no statement of which nobody knows when it was said"),
    (None, Among(place="salto"), [("cut", 0), ("market", 0)], "a place by its name"),
    (None, Among(place="SALTO", publisher="lamp"), [("cut", 0)], "and a publisher by a word of its name"),
    (None, Among(place="Uruguay"), [("cut", 0), ("market", 0)], "what lies in a country"),
    (None, Among(place="URY"), [("cut", 0), ("market", 0)], "by its code"),
    (None, Among(place="UY-SA"), [("cut", 0), ("market", 0)], "what lies in a region"),
    (None, Among(place="Kyiv"), [("bridge", 2), ("colon", 4)], "a place under its other spelling"),
    (None, Among(place="Nowhere-on-Sea"), [], "a place that nobody names"),
    (None, Among(kind="shelling"), [("colon", 0)], "a kind of event"),
    (None, Among(status="disputed"), [("cut", 0), ("market", 0)], "what tellers do not agree on"),
    ("market", Among(since="2031-03-06"), [("cut", 0), ("cut", -1), ("colon", 2)], "from a day on"),
    ("market", Among(until="2031-03-05"), [("market", 4), ("market", 0), ("market", -1)], "up to a day, with it"),
    ("kesteria", Among(since="2031-04"), [("threat", 0), ("threat", -1)], "a month"),
]


@pytest.mark.parametrize(("typed", "among", "places", "why"), BY_WHAT, ids=[row[3] for row in BY_WHAT])
def test_sentences_are_found_by_what_is_said_in_them(
    told: Case, typed: str | None, among: Among, places: list[tuple[str, int]], why: str
) -> None:
    assert _places(search(told, typed, among)) == places, why


@pytest.mark.parametrize(("typed", "among", "places", "why"), BY_WHAT, ids=[row[3] for row in BY_WHAT])
def test_a_common_condition_finds_what_a_rare_one_does(
    told: Case,
    typed: str | None,
    among: Among,
    places: list[tuple[str, int]],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a large case the sentences are gone through; it finds the same."""
    for limit in ("MANY", "MOST"):
        monkeypatch.setattr(f"sayso.ledger.asking.search.{limit}", 0)
    assert _places(search(told, typed, among)) == places, why


def test_a_hit_tells_who_says_what_where(told: Case) -> None:
    """The sentence with its place, who speaks in it, what it tells, and the words that were looked for."""
    (hit,) = search(told, 'fish "killing four"', Among(publisher="lamp"))
    assert (hit.report, hit.sentence, hit.publisher, hit.published.earliest) == (
        name_of("cut.txt"), 0, "Evening Lamp", "2031-03-06",
    )  # fmt: skip
    assert [(one.speaker, one.act) for one in hit.statements] == [("Dora Quill", "says")]
    assert [(one.kind, one.status) for one in hit.events] == [("missile_strike", "disputed")]
    assert [hit.words[one.start : one.end] for one in hit.matches] == ["fish", "killing four"]
    assert hit.title is not None
    assert hit.title.startswith("Rockets hit")


def test_pages_of_hits_hold_every_hit_once(told: Case) -> None:
    """Going on after the last of a page."""
    everything = search(told, "market")
    pages, after = [], None
    while page := search(told, "market", limit=2, after=after):
        pages.append(page)
        after = page[-1].key
    assert [hit for page in pages for hit in page] == everything
    assert all(len(page) <= 2 for page in pages)
    assert len(everything) > 4


TYPED = st.text(alphabet=st.characters(codec="utf-8"), max_size=40) | st.text(
    alphabet="\"“”'-*()^:{}|&!~ \\aANDORNEAT\x00\ud800\ufdd0", max_size=30
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(typed=TYPED)
def test_nothing_that_can_be_typed_is_an_error(told: Case, typed: str) -> None:
    """No sign is a command to the database."""
    for hit in search(told, typed):
        assert fits(wording(typed), hit.words)


@settings(deadline=None)
@given(typed=TYPED, words=st.text(max_size=60))
def test_matches_lie_in_the_words(typed: str, words: str) -> None:
    """In order, apart, and never empty."""
    found = matches(wording(typed), words)
    assert all(0 <= one.start < one.end <= len(words) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "among",
    [
        Among(act="denys"), Among(channel="pigeon"), Among(status="true"), Among(silence="shy"), Among(since="Tuesday"),
        Among(until="2031-02-30"), Among(place="?!"), Among(speaker=" "),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(told: Case, among: Among) -> None:
    """With what can be."""
    with pytest.raises(BadQuestion, match=r"one of|Write it as|Give a"):
        search(told, None, among)


def test_a_speaker_that_is_not_there_is_told(told: Case) -> None:
    with pytest.raises(NoSuchThing, match="spk-000000000000"):
        search(told, None, Among(speaker="spk-000000000000"))


@pytest.mark.parametrize(
    ("typed", "first", "past"),
    [
        ("2031", "2031-01-01", "2032-01-01"),
        ("2031-12", "2031-12-01", "2032-01-01"),
        ("2031-12-31", "2031-12-31", "2032-01-01"),
        ("2032-02-29", "2032-02-29", "2032-03-01"),
        ("2031-03-05T10:30", "2031-03-05T10:30", "2031-03-05T10:30"),
    ],
)
def test_days_months_and_years_have_ends(typed: str, first: str, past: str) -> None:
    assert (day_of(typed), past_of(typed)) == (first, past)
