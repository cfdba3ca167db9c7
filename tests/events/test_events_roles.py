"""Who, to whom, where, when and how many: each role from the words that tell it."""

from __future__ import annotations

import pytest

import sayso
from sayso.record import Event, Reading


def reading_of(text: str) -> Reading:
    """A text read with everything, out on a Friday."""
    return sayso.read_text(text, published="2024-03-15")


def event_of(reading: Reading, word: str) -> Event:
    """The event whose trigger begins with this word."""
    text = reading.page.report.text
    return next(event for event in reading.events if text[event.trigger.start :].startswith(word))


def agents(text: str, word: str) -> list[str]:
    """The words for those who did it."""
    reading = reading_of(text)
    return [reading.page.report.text[a.span.start : a.span.end] for a in event_of(reading, word).agents]


def targets(text: str, word: str) -> list[str]:
    """The words for what it was done to."""
    reading = reading_of(text)
    return [reading.page.report.text[t.span.start : t.span.end] for t in event_of(reading, word).targets]


def where(text: str, word: str) -> list[tuple[str, str]]:
    """The places of an event and their roles."""
    reading = reading_of(text)
    places = {place.id: place for place in reading.grounds.places}
    return [(places[one.place].name, one.role) for one in event_of(reading, word).places]


def when(text: str, word: str) -> str | None:
    """The words for the time of an event."""
    reading = reading_of(text)
    moments = {moment.id: moment for moment in reading.grounds.moments}
    span = moments[found].span if (found := event_of(reading, word).when) else None
    return reading.page.report.text[span.start : span.end] if span else None


def counts(text: str, word: str) -> list[tuple[str, float | None]]:
    """What an event counts and from how many on."""
    reading = reading_of(text)
    quantities = {quantity.id: quantity for quantity in reading.grounds.quantities}
    return [(count.of, quantities[count.quantity].low) for count in event_of(reading, word).counts]


AGENTS = (
    ("Two Libyan drones struck a depot in Goma.", "struck", ["Libyan"]),
    ("Rebel shells fell on a school in Goma.", "fell", ["Rebel"]),
    ("Drones struck a depot in Goma.", "struck", []),
    ("The governor said paramilitary shells fell on a school in Goma.", "fell", ["paramilitary"]),
    ("Libya and Chad accused each other of shelling the town of Goma.", "shelling", ["Libya", "Chad"]),
    ("Those who carried out the attack on Goma must be found.", "attack", []),
    ("No group has claimed the attack on Goma.", "attack", []),
    ("Kenyan and Libyan troops traded fire near Goma.", "traded", ["Kenyan", "Libyan troops"]),
    ("The committee accused Libyan snipers of killing a nurse.", "killing", ["Libyan snipers"]),
    ("Their troops have been pulled back from Benghazi.", "pulled", ["Their troops"]),
    ("The minister condemned Libya's invasion of Chad and its buildup on the border.", "invasion", ["Libya"]),
    ("A UN-backed blockade of Goma began.", "blockade", []),
    ("The letters claimed the Atlanta bombing.", "bombing", []),
)


@pytest.mark.parametrize(("text", "word", "expected"), AGENTS)
def test_those_who_did_it(text: str, word: str, expected: list[str]) -> None:
    """Whose drones they were tells who struck; drones of nobody's tell nobody."""
    assert agents(text, word) == expected


def test_who_announces_arms_gives_them_by_inference() -> None:
    """The announcer is the giver, marked as inferred, and the money is counted."""
    reading = reading_of("The German chancellor announced a new $40 million arms package for Chad.")
    event = event_of(reading, "arms package")
    text = reading.page.report.text
    assert [(text[a.span.start : a.span.end], a.inferred) for a in event.agents] == [("The German chancellor", True)]


TARGETS = (
    ("Rebels killed nine men at a market in Goma.", "killed", ["nine men", "a market"]),
    ("Militiamen raped six women on the road to Goma.", "raped", ["six women"]),
    ("Rockets were fired at a school in Goma.", "fired", ["a school"]),
    ("Libyan troops shot dead three men in Goma.", "shot", ["three men"]),
    ("Bombs landed in a camp in Goma.", "landed", ["a camp"]),
    ("Shells fell on a bread queue in Goma.", "fell", ["a bread queue"]),
    ("Police fought pitched battles with protesters in Goma.", "battles", ["protesters"]),
)


@pytest.mark.parametrize(("text", "word", "expected"), TARGETS)
def test_those_it_was_done_to(text: str, word: str, expected: list[str]) -> None:
    """A road that it happened on was not raped; a market that was hit was."""
    assert targets(text, word) == expected


WHERE = (
    # what only describes a place, or lies between
    ("Rebels shelled Sake, a town in the North Kivu region.", "shelled", [("Sake", "at")]),
    ("Across the Congo River, shells hit a clinic in Goma.", "hit", [("Goma", "at")]),
    # words that stand for a place named before
    ("Rebels hold Goma. Police found nine graves there.", "found", [("Goma", "at")]),
    ("Rebels hold Goma. Nine men were shot in the city.", "shot", [("Goma", "at")]),
    ("Libyan troops withdrew from the Benghazi area.", "withdrew", [("Benghazi", "from")]),
    ("The advance on Benghazi was the fastest in the south.", "advance", [("Benghazi", "at")]),
    # where somebody spoke at talks is where they talked; where it was announced is not where it is
    ("The envoy told reporters in Nairobi after talks with rebels.", "talks", [("Nairobi", "at")]),
    ("In Paris, the minister announced an arms package for Chad.", "arms package", []),
    ("A bomb went off in Benghazi, about 30 miles south of Tripoli.", "went", [("Benghazi", "at")]),
    ("Shells hit Goma. Two doctors at the city's hospital put the toll at nine.", "hit", [("Goma", "at")]),
    ("Troops killed nine men in Goma, according to a group based in Nairobi.", "killed", [("Goma", "at")]),
    ("Rebels ousted the government from Tripoli in May 2014.", "ousted", [("Tripoli", "from")]),
    # the land that was taken
    ("The envoy spoke of Libya's invasion of Chad.", "invasion", [("Chad", "at")]),
    # a name before a colon speaks
    ("Kabul: Libyan shells hit a clinic in Benghazi, killing two.", "hit", [("Benghazi", "at")]),
    (
        "They pulled out of Benghazi, the town on the Congo River which Chad tried to take.",
        "take",
        [("Benghazi", "at")],
    ),
    # a deed of its own in the same clause
    ("Jets struck a depot near Goma in reply to attacks on farmers in Beni.", "struck", [("Goma", "at")]),
)


@pytest.mark.parametrize(("text", "word", "expected"), WHERE)
def test_where_it_was(text: str, word: str, expected: list[tuple[str, str]]) -> None:
    """The place of the deed, not what describes it, lies across from it or belongs to another deed."""
    assert where(text, word) == expected


CARRIED = "Shells hit a market in Goma on Monday. "


def test_a_place_goes_on_into_the_next_sentence_with_a_doubt() -> None:
    """Two sentences on, nobody has gone elsewhere; the reading says that it is carried over."""
    reading = reading_of(CARRIED + "A second shell landed as medics arrived.")
    event = event_of(reading, "landed")
    assert [place.name for place in reading.grounds.places if place.id == event.places[0].place] == ["Goma"]
    assert event.doubts == ("place_from_before",)


NOT_CARRIED = (
    ("He was in Beni when a drone struck a bus.", "struck", "another place was named on the way"),
    ("Rebels struck a bus on Wednesday.", "struck", "another day is another deed"),
    ("On 4 May 2012 gunmen killed a priest.", "killed", "what was long ago was elsewhere"),
    ("Rebels will attack a bus.", "attack", "what is only planned has no place yet"),
    ("The navy said it had struck a depot.", "struck", "another speaker may tell of anywhere"),
    ("Hundreds of people have died since it sent in its army.", "died", "what went on for long was in many places"),
)


@pytest.mark.parametrize(("sentence", "word", "why"), NOT_CARRIED)
def test_a_place_does_not_go_on_where_something_else_does(sentence: str, word: str, why: str) -> None:
    """A wrong place is worse than none."""
    found = event_of(reading_of(CARRIED + sentence), word)
    assert "place_from_before" not in found.doubts, why


WHEN = (
    ("Rebels hit the base in retaliation for the killing of a general on Monday.", "hit", None),
    ("Rebels hit the base in retaliation for the killing of a general on Monday.", "killing", "Monday"),
    ("Rebels hit the base on Monday.", "hit", "Monday"),
    ("The fighting near Goma will be over within days.", "fighting", None),
    ("Libya and Chad fought a six-week war.", "war", None),
    ("Kenya condemned the bombing of Benghazi on 2 March 2024.", "bombing", "2 March 2024"),
    ("Kenya condemned the bombing of Benghazi on Monday.", "bombing", None),
    ("Troops traded fire near Goma for six hours.", "traded", "six hours"),
    ("Rebels shelled Goma in the early stages of the siege.", "shelled", "the early stages of the siege"),
)


@pytest.mark.parametrize(("text", "word", "expected"), WHEN)
def test_when_it_was(text: str, word: str, expected: str | None) -> None:
    """The time of this deed, not of the one replied to; how long is no time; old deeds do not take the news's date."""
    assert when(text, word) == expected


def test_old_deeds_do_not_take_the_day_of_the_news() -> None:
    """The early stages of a war are its own time, and background."""
    reading = reading_of("Rebels shelled Goma in the early stages of the siege.")
    event = event_of(reading, "shelled")
    (moment,) = [one for one in reading.grounds.moments if one.id == event.when]
    assert event.background
    assert moment.earliest is None


COUNTS = (
    ("The army shot down 7 of 9 drones over Goma.", "shot down", [("munitions", 7)]),
    ("Shells hit Goma, killing at least 19 people. The toll stood at 19.", "hit", [("killed", 19)]),
    ("Shells hit Goma, killing six people. The toll rose to nine.", "hit", [("killed", 6), ("killed", 9)]),
    ("Shells hit Goma, killing three people and wounding up to 30, the mayor said.", "hit",
     [("killed", 3), ("wounded", None)]),
    ("Mass graves were found near Goma. The largest site holds 31 graves.", "found", [("graves", 31)]),
    ("Troops killed nine men in Goma and arrested over 200.", "arrested", [("detained", 200)]),
    ("Shells hit Goma, killing six people. Two doctors at the city's hospital put the toll at nine.", "hit",
     [("killed", 6), ("killed", 9)]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "word", "expected"), COUNTS)
def test_how_many(text: str, word: str, expected: list[tuple[str, float | None]]) -> None:
    """A part, not its whole; a number once, however often it is said; a toll that rises twice."""
    assert counts(text, word) == expected


def test_prisoners_freed_by_an_exchange_belong_to_it() -> None:
    """One exchange, told first as agreed and then by how many go free."""
    reading = reading_of(
        "Chad and Libya will exchange prisoners of war next week. The envoy said 60 prisoners would be freed in Sebha."
    )
    assert [event.kind for event in reading.events] == ["prisoner_exchange"]


def test_the_shelling_is_the_whole_not_its_second_shell() -> None:
    """A noun that names the deed again means the first telling, not "a second shell" of it."""
    reading = reading_of(
        "Shells hit a market in Goma on Monday. A second shell landed as medics arrived. Kenya condemned the shelling."
    )
    first, second = reading.events
    assert (len(first.also), len(second.also)) == (1, 0)


SAID_AGAIN = (
    # a rank is no second attack
    "A drone strike killed six people in Goma on Monday, the deadliest such attack since a truce was signed.",
    "Troops shot three men in Goma on Sunday. It was the fourth such shooting in the town since August.",
    # those who died where it was
    "Nothing came of the killings in Benghazi, where as many as 900 people died.",
    # a munition that was fired and what it did, where the parser loses the thread
    "A spokesman said mortar rounds fired from a ridge killed nine traders.",
)


@pytest.mark.parametrize("text", SAID_AGAIN)
def test_one_deed_said_twice_is_one(text: str) -> None:
    """However it is ranked or taken apart. The truce is another matter."""
    assert len([event for event in reading_of(text).events if event.kind != "agreement"]) == 1


def test_a_verb_s_doubt_holds_for_the_noun_that_did_it() -> None:
    """ "Bombardment allegedly struck" is one event, and it is alleged."""
    (event,) = reading_of("On Monday, aerial bombardment allegedly struck the market of Goma, killing two men.").events
    assert event.status == "alleged"


def test_those_who_died_there_at_another_time_are_another_deed() -> None:
    """A "where" with a time of its own tells of something else."""
    reading = reading_of("Rebels shelled Benghazi on Monday, where ten people died last May.")
    assert len(reading.events) == 2


def test_what_falls_does_nothing_and_hits_no_hour() -> None:
    """Pieces of a drone are no doer, and the hour and day of their fall are nothing that was hit."""
    text = "Fragments of a drone fell on a clinic in Goma at about 1:20 a.m. on Friday, the council said."
    event = event_of(reading_of(text), "fell")
    assert (event.kind, event.agents) == ("drone_strike", ())
    assert [text[one.span.start : one.span.end] for one in event.targets][:1] == ["a clinic"]
    assert not any("a.m." in text[one.span.start : one.span.end] for one in event.targets)
