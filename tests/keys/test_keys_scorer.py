"""The scorer gives a perfect reading 100, and each fault costs what docs/guide.md says it costs."""

# ruff: noqa: E501 - a key has one finding a line

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bench.keying import BadKey, compile_key, locate
from bench.keys import anchored, figures, score, spans_of

Json = dict[str, Any]

TEXT = (
    "MERU, May 4 (Northwire) - Shells hit two flats in Meru on Tuesday, killing at least three people, "
    "the mayor, Ana Reva, said on Telegram. Sign up for our letter "
    '"My brother was in the kitchen," one resident said. The Upland army denied firing on the town. '
    "Northwire could not confirm either account. Officials hope for talks."
)
WORDS = """
cut prompt :: Sign up for our letter
src reva named :: Ana Reva
src resident described :: one resident
src army institution :: The Upland army
src wire newsroom :: [Northwire] could
src officials group :: Officials
S s1 reva says indirect :: {Shells hit two flats in Meru on Tuesday, killing...people}, [the mayor, Ana Reva], <said> on ‹Telegram› :: via=messaging
S s2 resident says direct :: "{My brother was in the kitchen}," [one resident] <said>
S s3 army denies indirect|none :: [The Upland army] <denied> {firing on the town} :: covers=e1
S s4 wire cannot_verify none :: [Northwire] <could not> {confirm either account} :: covers=s1,s3
S s5 officials thinks none :: [Officials] <hope> for {talks}
E e1 shelling|attack :: Shells <hit> ⟨two flats⟩ in Meru on Tuesday, <killing> ⟨at least three people⟩ :: told=s1:happened,s3:denied at=meru when=2022-05-03..2022-05-04 counts=killed:3.. none=agents
P town KEN KE-26 0.05,37.65 location meru :: in [Meru] on
M 2022-05-03..2022-05-04 :: on [Tuesday],
Q 3.. :: [at least three] people
"""
ISO = "2022-05-03"


@pytest.fixture
def key() -> Json:
    return compile_key(TEXT, WORDS)


@pytest.fixture
def reading(key: Json) -> Json:
    """The reading that says exactly what the key says."""
    names = {"s1": "st1", "s2": "st2", "s3": "st3", "s4": "st4", "s5": "st5", "e1": "ev1"}
    return {
        "text": TEXT,
        "report": {"title": None},
        "sections": [{"id": "sec1", "heading": None, "span": [0, len(TEXT)]}],
        "cuts": [{"span": cut["span"], "why": cut["why"]} for cut in key["cuts"]],
        "sources": [
            {
                "id": source["id"],
                "naming": source["naming"],
                "name": TEXT[slice(*source["mentions"][0])],
                "also": [],
                "mentions": source["mentions"],
            }
            for source in key["sources"]
        ],
        "statements": [
            {
                "id": names[one["id"]],
                "source": one["source"],
                "act": one["acts"][0],
                "silence": one["silence"],
                "quotation": one["quotation"].split("|")[0],
                "words": one["words"],
                "cue": one["cue"],
                "who": one["who"],
                "via": [{"kind": via["kinds"][0], "name": None, "span": via["span"]} for via in one["via"]],
                "covers": [names[name] for name in one["covers"]],
            }
            for one in key["statements"]
        ],
        "events": [
            {
                "id": "ev1",
                "kind": "shelling",
                "trigger": key["events"][0]["trigger"],
                "also": [key["events"][0]["also"][0]],
                "agents": [],
                "targets": [{"span": span} for span in key["events"][0]["targets"]],
                "places": [{"place": "p1", "role": "at"}],
                "when": "m1",
                "counts": [{"quantity": "q1", "of": "killed", "told": ["st1"]}],
                "told": [{"statement": "st1", "status": "happened"}, {"statement": "st3", "status": "denied"}],
                "status": "disputed",
            }
        ],
        "places": [
            {"id": "p1", "span": key["places"][0]["span"], "name": "Meru", "geonames": 1, "lat": 0.046, "lon": 37.65}
            | {"level": "town", "country": "KEN", "region": "KE-26", "use": "location"}
        ],
        "moments": [{"id": "m1", "span": key["moments"][0]["span"], "earliest": ISO, "latest": "2022-05-04"}],
        "quantities": [{"id": "q1", "span": key["quantities"][0]["span"], "low": 3, "high": None}],
    }


def test_a_perfect_reading_scores_100_in_everything(key: Json, reading: Json) -> None:
    answer = score(key, reading)
    assert answer.says == []
    assert set(figures(answer).values()) == {100.0}
    assert {"found", "attributed", "complete", "cuts", "events", "towns", "covers", "channel"} <= set(figures(answer))


def _another_speaker(reading: Json) -> None:
    reading["statements"][0]["source"] = "army"


def _nobody_speaks(reading: Json) -> None:
    reading["statements"][0]["source"] = None


def _one_too_many(reading: Json) -> None:
    extra = copy.deepcopy(reading["statements"][0]) | {"id": "st9", "words": [[0, 4]]}
    reading["statements"].append(extra)


def _a_thought_too_many(reading: Json) -> None:
    _one_too_many(reading)
    reading["statements"][-1]["act"] = "thinks"


def _one_missing(reading: Json) -> None:
    del reading["statements"][1]


def _no_thoughts(reading: Json) -> None:
    del reading["statements"][4]


def _half_the_words(reading: Json) -> None:
    start = reading["statements"][0]["words"][0][0]
    reading["statements"][0]["words"] = [[start, start + 23]]


def _longer_words(reading: Json) -> None:
    start, end = reading["statements"][0]["words"][0]
    reading["statements"][0]["words"] = [[start - 26, end]]


# Four statements count: s5 is a thought. F1 = 2 right / (wanted + given).
STATEMENTS = [
    (_another_speaker, 100.0, 75.0, "a wrong speaker: found but not attributed"),
    (_nobody_speaks, 100.0, 75.0, "no speaker at all is not the right one"),
    (_one_too_many, 88.9, 88.9, "an extra statement costs precision: 2*4/(4+5)"),
    (_a_thought_too_many, 100.0, 100.0, "a thought too many costs nothing"),
    (_one_missing, 85.7, 85.7, "a missed statement costs recall: 2*3/(4+3)"),
    (_no_thoughts, 100.0, 100.0, "a thought missed costs nothing"),
    (_half_the_words, 75.0, 75.0, "five of twelve words are another statement: one missed, one too many"),
    (_longer_words, 100.0, 100.0, "a dateline too much is still the same statement"),
]


@pytest.mark.parametrize(("spoil", "found", "attributed", "why"), STATEMENTS, ids=[row[3] for row in STATEMENTS])
def test_each_fault_costs_what_the_guide_says(
    key: Json, reading: Json, spoil: Callable[[Json], None], found: float, attributed: float, why: str
) -> None:
    spoil(reading)
    got = figures(score(key, reading))
    assert (got["found"], got["attributed"]) == (found, attributed), why


def test_a_source_is_right_by_name_by_another_spelling_or_by_mention(key: Json, reading: Json) -> None:
    reva = reading["sources"][0]
    for changed in ({"name": "Ana Reva", "mentions": []}, {"name": "Reva", "also": ["Ana Reva"], "mentions": []}):
        got = copy.deepcopy(reading)
        got["sources"][0] = {**reva, **changed}
        assert figures(score(key, got))["attributed"] == 100.0
    got = copy.deepcopy(reading)
    got["sources"][0] = {**reva, "name": "Mayor", "mentions": []}
    assert figures(score(key, got))["attributed"] == 75.0


def test_wrong_acts_channels_and_reach_are_counted_apart(key: Json, reading: Json) -> None:
    reading["statements"][2]["act"] = "says"
    reading["statements"][0]["via"] = []
    reading["statements"][2]["covers"] = []
    got = figures(score(key, reading))
    assert got["found"] == got["attributed"] == 100.0
    assert got["complete"] == 75.0
    assert got["act"] == 75.0
    assert got["channel"] == 0.0
    assert got["covers_precision"] == 100.0
    assert got["covers_recall"] == 66.7  # of one event denied and two statements not verified


@pytest.mark.parametrize(
    ("given", "precision", "recall", "why"),
    [
        (["st1", "st3"], 100.0, 100.0, "as in the key"),
        (["ev1"], 100.0, 100.0, "both statements tell the one event"),
        (["sec1"], 100.0, 100.0, "the section holds both"),
        (["st1", "st2"], 50.0, 50.0, "the resident is not reached, the army is"),
        ([], 0.0, 0.0, "nothing is reached"),
    ],
)
def test_reach_may_be_said_by_statement_event_or_section(
    key: Json, reading: Json, given: list[str], precision: float, recall: float, why: str
) -> None:
    key["statements"][2]["covers"] = []  # the denial's own reach is not asked here
    reading["statements"][3]["covers"] = given
    got = figures(score(key, reading))
    assert (got["covers_precision"], got["covers_recall"]) == (precision, recall), why


def test_an_event_pairs_by_trigger_or_clause_with_a_kind_that_fits(key: Json, reading: Json) -> None:
    event = reading["events"][0]
    event["trigger"] = [TEXT.index("flats"), TEXT.index("flats") + 5]
    assert figures(score(key, reading))["events"] == 100.0
    event["kind"] = "talks"
    got = score(key, reading)
    assert figures(got)["events"] == 0.0
    assert any(line.startswith("missed event: shelling") for line in got.says)
    assert any(line.startswith("event not in the key: talks") for line in got.says)


def test_the_status_of_an_event_and_its_tellers_are_counted(key: Json, reading: Json) -> None:
    reading["events"][0] |= {"told": [{"statement": "st1", "status": "happened"}], "status": "happened"}
    got = figures(score(key, reading))
    assert (got["events"], got["event_status"], got["event_tellers"]) == (100.0, 0.0, 0.0)


def _elsewhere(event: Json) -> None:
    event["places"] = []


def _from_there(event: Json) -> None:
    event["places"] = [{"place": "p1", "role": "from"}]


def _no_time(event: Json) -> None:
    event["when"] = None


def _wounded(event: Json) -> None:
    event["counts"] = [{"quantity": "q1", "of": "wounded", "told": ["st1"]}]


def _somebody(event: Json) -> None:
    event["agents"] = [{"span": [0, 4]}]


def _nobody(event: Json) -> None:
    event["targets"] = []


def _one_mention(event: Json) -> None:
    event["also"] = []


PARTS = [
    (_elsewhere, "event_places", 0.0, "a key that names a place asks for it"),
    (_from_there, "event_places", 100.0, "a key that says only where takes any role of the place"),
    (_no_time, "event_times", 0.0, "no time where the key has one"),
    (_wounded, "event_counts", 0.0, "the right number of the wrong thing"),
    (_somebody, "event_agents", 0.0, "somebody named where the key says that nobody is"),
    (_nobody, "event_targets", 0.0, "nobody where the key names two"),
    (_one_mention, "event_also", 0.0, "a mention of the same deed is not joined to it"),
]


@pytest.mark.parametrize(("spoil", "name", "figure", "why"), PARTS, ids=[p[0].__name__ for p in PARTS])
def test_the_parts_of_an_event_are_counted(
    key: Json, reading: Json, spoil: Callable[[Json], None], name: str, figure: float, why: str
) -> None:
    spoil(reading["events"][0])
    got = score(key, reading)
    assert figures(got).get(name, 0.0) == figure, why
    assert bool(got.says) == (figure < 100), why


def test_a_key_that_says_from_where_asks_for_that_role(key: Json, reading: Json) -> None:
    event = key["events"][0]
    event["from"], event["at"] = event["at"], []
    assert figures(score(key, reading))["event_place_roles"] == 0.0
    reading["events"][0]["places"][0]["role"] = "from"
    assert figures(score(key, reading))["event_place_roles"] == 100.0


def test_a_part_of_the_day_that_a_key_names_is_right_and_another_day_is_not(key: Json, reading: Json) -> None:
    reading["moments"][0] |= {"earliest": "2022-05-03T06:00", "latest": "2022-05-03T12:00"}
    assert figures(score(key, reading))["event_times"] == 100.0
    reading["moments"][0] |= {"earliest": "2022-05-04T06:00", "latest": "2022-05-04T12:00"}
    assert figures(score(key, reading))["event_times"] == 0.0


def test_a_key_refuses_parts_that_it_does_not_know() -> None:
    with pytest.raises(BadKey, match="weather"):
        compile_key(TEXT, WORDS.replace("none=agents", "none=weather"))


@pytest.mark.parametrize(
    ("cuts", "f1", "why"),
    [
        ([], 0.0, "not cut at all"),
        ([[137, 152]], 0.0, "cut in part"),
        ([[137, 144], [145, 159]], 100.0, "cut in two pieces side by side"),
        (["whole", [0, 4]], 66.7, "cut, and a word of the story with it"),
    ],
)
def test_cuts_must_be_exact_and_nothing_else(key: Json, reading: Json, cuts: list[Any], f1: float, why: str) -> None:
    whole = key["cuts"][0]["span"]
    reading["cuts"] = [{"span": whole if span == "whole" else span, "why": "prompt"} for span in cuts]
    assert figures(score(key, reading))["cuts"] == f1, why


def test_a_town_of_the_same_name_far_away_is_wrong(key: Json, reading: Json) -> None:
    reading["places"][0] |= {"lat": 3.04, "lon": 101.45}
    got = score(key, reading)
    assert figures(got)["towns"] == 0.0
    assert got.says[0].startswith("wrong place: Meru")


def test_a_village_that_no_gazetteer_has_must_not_be_pinned(key: Json, reading: Json) -> None:
    key["places"][0] |= {"lat": None, "lon": None}
    assert figures(score(key, reading))["unresolved"] == 0.0
    reading["places"] = []
    assert figures(score(key, reading))["unresolved"] == 100.0


def test_a_place_in_a_title_need_not_be_read(key: Json, reading: Json) -> None:
    reading["places"] = []
    assert figures(score(key, reading))["towns"] == 0.0
    reading["report"]["title"] = {"name": "Meru", "span": key["places"][0]["span"], "basis": "text"}
    assert "towns" not in figures(score(key, reading))


def test_a_key_moves_to_a_text_that_another_hand_extracted(key: Json, reading: Json) -> None:
    other = "Menu\n\n" + TEXT.replace(" - Shells", " -\nShells")
    moved = anchored(key, TEXT, other)
    for before, after in zip(spans_of(key), spans_of(moved), strict=True):
        assert TEXT[slice(*before)].split() == other[slice(*after)].split()


@pytest.mark.parametrize(
    ("quote", "why"),
    [("the sea", "the report does not have"), ("e", "times"), ("Meru #3", "only 2 times")],
)
def test_a_key_with_missing_or_ambiguous_words_is_refused(quote: str, why: str) -> None:
    with pytest.raises(BadKey, match=why):
        locate(TEXT.replace("MERU", "Meru"), quote)


def test_a_key_that_points_at_nothing_is_refused() -> None:
    with pytest.raises(BadKey, match="s99"):
        compile_key(TEXT, WORDS.replace("covers=s1,s3", "covers=s1,s99"))
