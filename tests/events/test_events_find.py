"""Who tells which event, with what status, where, when, and which mentions are one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.events import find_events
from sayso.knowledge import ours
from sayso.record import Continued, Cut, Event, Grounds, Published, Source, Span, Spoken, Statement
from tests.events.lone import events_in, grounds_of, page_of, parsed

KINDS_AND_STATUS = (
    # what the words commit to
    ("Rebel forces shelled Goma.", [("shelling", "happened")]),
    ("Rebel forces are shelling Goma.", [("shelling", "ongoing")]),
    ("Rebel forces did not shell Goma.", [("shelling", "did_not_happen")]),
    ("Rebel forces will attack Goma.", [("attack", "planned")]),
    ("Rebel forces could attack Goma.", [("attack", "possible")]),
    ("The junta threatened to bomb the village.", [("air_strike", "threatened")]),
    ("The envoy called for talks between the sides.", [("talks", "demanded")]),
    ("Residents fear an attack on the camp.", [("attack", "feared")]),
    ("The army denied shelling the camp.", [("shelling", "unclear")]),  # the newsroom itself denies nothing
    ("Police foiled a bomb attack on the bank.", [("bombing", "foiled")]),
    ("The panel listed alleged war crimes by the militia.", [("atrocity", "alleged")]),
    ("The mission announced that two of its medics had been killed.", [("casualties", "happened")]),
    ("The chiefs agreed in principle to a truce.", [("agreement", "happened")]),
    ("The shelling of Goma did not stop.", [("shelling", "ongoing")]),
    ("The army did not stop shelling Goma.", [("shelling", "ongoing")]),
    ("The rebels did not claim the strike on the depot.", [("attack", "happened")]),
    ("The mediator did not rule out talks with the rebels.", [("talks", "possible")]),
    # one happening, several words
    ("A rocket fired by the militia struck a school, killing six people.", [("missile_strike", "happened")]),
    ("A nurse who was hurt in the raid on the camp has since died.", [("attack", "happened")]),
    ("Shells hit a market in Goma, killing three people and wounding ten.", [("shelling", "happened")]),
    ("Three people were killed when a drone hit a bus.", [("drone_strike", "happened")]),
    ("Two were killed and six wounded when gunmen attacked a bus.", [("attack", "happened")]),
    ("A car bomb exploded outside a bank, killing four people.", [("bombing", "happened")]),
    ("The government and the rebels signed a peace accord.", [("agreement", "happened")]),
    ("Army video showed several houses damaged or burned.", [("property_damage", "happened")]),
    ("Rebel forces shelled Goma. Two women were wounded.", [("shelling", "happened")]),
    # a verb that shares its form with a storm
    ("Militants stormed a bank and killed five people.", [("attack", "happened")]),
    # several happenings
    ("Rebels seized the airport and looted shops.", [("capture", "happened"), ("looting", "happened")]),
    # grammar of all sorts
    ("Police were blamed for the shelling of the camp.", [("shelling", "happened")]),
    ("The junction, recaptured by army units last month, was calm.", [("retake", "happened")]),
    ("The navy came under heavy bombardment.", [("shelling", "happened")]),
    ("The army was accused of bombing villages in Ituri.", [("air_strike", "happened")]),
    ("The envoy is due to travel to Kampala next week.", [("visit", "planned")]),
    ("Uganda will hit back with air strikes.", [("air_strike", "planned")]),
    # nothing to code
    ("Uganda will not disarm until every rebel soldier has left.", []),
    ("The militia does not target civilians.", []),
    ("Rebels forced 50 men to stand back.", []),
    ("It is right for states to send arms to Chad.", []),
    ("Any attack on the embassy would be answered.", []),
    ("If rebels attack the town, schools will close.", []),
    ("Nobody knows who killed them.", []),
    ("There were no immediate reports of casualties.", []),
    ("The war minister spoke for an hour.", []),
    ("Defence analysts studied the rocket.", []),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), KINDS_AND_STATUS)
def test_a_sentence_tells_these_events(sentence: str, expected: list[tuple[str, str]]) -> None:
    """Each sentence tells just these kinds, with these statuses, in the newsroom's voice."""
    assert [(event.kind, event.status) for event in events_in(sentence)] == expected


def only(events: tuple[Event, ...]) -> Event:
    """The one event there is."""
    assert len(events) == 1
    return events[0]


def spoken(text: str, words: str, act: str, *, covers: tuple[str, ...] = (), number: int = 1) -> Statement:
    """A statement with these words of the text."""
    start = text.index(words)
    return Statement(
        f"st{number}",
        f"src{number}",
        act,
        words=(Span(start, start + len(words)),),
        quotation="indirect",
        covers=covers,
    )


ACTS = (
    ("says", "happened"),
    ("accuses", "happened"),
    ("observes", "happened"),
    ("denies", "denied"),
    ("cannot_verify", "unclear"),
)


@pytest.mark.parametrize(("act", "status"), ACTS)
def test_the_act_decides_what_its_words_commit_to(act: str, status: str) -> None:
    """The same words are a claim in one mouth and a denial in another."""
    text = "Rebel forces shelled Goma, somebody had it."
    told = only(events_in(text, Spoken(statements=(spoken(text, "Rebel forces shelled Goma", act),)))).told
    assert [(one.statement, one.status) for one in told] == [("st1", status)]


def test_the_innermost_statement_tells() -> None:
    """Officials relay what witnesses told them: the witnesses tell the deed."""
    text = "Officials said witnesses told them that shells hit the school."
    outer = spoken(text, "witnesses told them that shells hit the school", "says")
    inner = spoken(text, "shells hit the school", "says", number=2)
    assert [one.statement for one in only(events_in(text, Spoken(statements=(outer, inner)))).told] == ["st2"]


def test_a_specific_denial_makes_an_event_disputed() -> None:
    """A denial that covers the claim and names its target joins the event; the tellers keep their own statuses."""
    text = "Shells hit the market in Goma, the mayor said. The army denied firing on the market."
    claim = spoken(text, "Shells hit the market in Goma", "says")
    denial = spoken(text, "firing on the market", "denies", covers=("st1",), number=2)
    event = only(events_in(text, Spoken(statements=(claim, denial))))
    assert event.status == "disputed"
    assert [(one.statement, one.status) for one in event.told] == [("st1", "happened"), ("st2", "denied")]


def test_a_denial_of_the_charge_reaches_the_deed_it_covers() -> None:
    """ "Denied the charge" tells no deed of its own: it is one more teller of the one told before."""
    text = "Shells hit the market in Goma, the mayor said. The army denied the charge."
    claim = spoken(text, "Shells hit the market in Goma", "says")
    denial = replace(spoken(text, "the charge", "denies", covers=("st1",), number=2), reach="specific")
    event = only(events_in(text, Spoken(statements=(claim, denial))))
    assert [(one.statement, one.status) for one in event.told] == [("st1", "happened"), ("st2", "denied")]


def test_a_general_denial_stays_an_event_of_its_own() -> None:
    """ "Has denied targeting civilians" refutes no single deed."""
    text = "Shells hit the market in Goma, the mayor said. The army has denied targeting civilians."
    claim = spoken(text, "Shells hit the market in Goma", "says")
    denial = spoken(text, "targeting civilians", "denies", number=2)
    events = events_in(text, Spoken(statements=(claim, denial)))
    assert [event.status for event in events] == ["happened", "denied"]


def test_attribution_carries_on_without_a_cue() -> None:
    """What goes on with a speaker's account is never the newsroom's fact."""
    text = "The governor said the raid was heavy. It also left a water tower destroyed."
    page = page_of(text)
    parse = parsed(page)
    statement = spoken(text, "the raid was heavy", "says")
    words = Spoken(statements=(statement,), continued=(Continued(page.sentences[1], "st1"),))
    found = find_events(page, parse, grounds_of(page, parse), words, ours())
    damage = next(event for event in found if event.kind == "property_damage")
    assert [one.statement for one in damage.told] == ["st1"]
    assert damage.doubts == ("continued_attribution",)


def test_and_other_towns_is_a_second_event_without_a_place() -> None:
    """The unnamed rest of a list of places is not at the named one."""
    first, second = events_in("Rebel forces shelled the port of Goma and other towns in the province.")
    assert len(first.places) == 1
    assert second.places == ()
    assert "place_not_named" in second.doubts


def test_a_speaker_s_day_is_not_the_day_of_the_deed() -> None:
    """ "Said on Thursday" dates the words, "on Monday" the deed."""
    assert only(events_in("Rebel forces shelled Goma, the mayor said on Thursday.")).when is None
    assert only(events_in("Rebel forces shelled Goma on Monday, the mayor said.")).when is not None


MENTIONS = (
    # the words of the second sentence, and how many events there are in all
    ("The advance alarmed the capital.", 1),
    ("The swiftness of the advance surprised them.", 1),
    ("Libya made an advance in the east.", 2),
)


@pytest.mark.parametrize(("second", "count"), MENTIONS)
def test_a_bare_mention_of_a_deed_told_before_is_the_same_deed(second: str, count: int) -> None:
    """ "The advance" is the one told before; another side's is not."""
    assert len(events_in(f"Rapid Syrian gains in the north continued. {second}")) == count


BACKGROUND = (
    ("Prices have risen since Syria invaded Libya.", True),
    ("Troops left the town after seizing it from the militia.", True),
    ("The last time the leaders met, they signed a pact.", True),
    ("Rebel forces shelled Goma on Monday.", False),
)


@pytest.mark.parametrize(("sentence", "expected"), BACKGROUND)
def test_background_is_what_a_report_leans_on(sentence: str, expected: bool) -> None:
    """Deeds brought in as the past are background, the news is not."""
    assert any(event.background for event in events_in(sentence)) is expected


def test_a_cut_changes_nothing_but_offsets() -> None:
    """Leftovers before a trigger move it and nothing else, and no span overlaps them."""
    text = "BUY NOW Rebel forces shelled Goma."
    page = page_of("Rebel forces shelled Goma.")
    cut = Span(0, 8)
    other = page_of(text)
    other = replace(other, sentences=(Span(0, len(text)),), cuts=(Cut(cut, "prompt"),))
    one = only(find_events(page, parsed(page), Grounds(), Spoken(), ours()))
    two = only(find_events(other, parsed(other), Grounds(), Spoken(), ours()))
    assert Span(two.trigger.start - 8, two.trigger.end - 8) == one.trigger
    assert (one.kind, one.status, len(one.agents), len(one.targets)) == (
        two.kind, two.status, len(two.agents), len(two.targets),
    )  # fmt: skip


def test_a_pronoun_in_a_speaker_s_words_is_the_speaker() -> None:
    """The ministry said "it" had done something: the ministry, by a neighbouring clause."""
    text = "The ministry said it had shelled the camp."
    statement = spoken(text, "it had shelled the camp", "says")
    source = Source("src1", "the ministry", "institution", party="SYR")
    agent = only(events_in(text, Spoken(sources=(source,), statements=(statement,)))).agents[0]
    assert (agent.source, agent.party, agent.inferred) == ("src1", "SYR", True)


def test_a_page_without_a_parse_has_no_events() -> None:
    """A language that nobody here can parse is not guessed at."""
    from sayso.models.parsing import Parse

    assert (
        find_events(
            page_of("Anything."), Parse(), Grounds(published=Published(None, None, "unknown")), Spoken(), ours()
        )
        == ()
    )


LONG = ("Rebels " + "shelled and " * 600 + "looted the town.", "the attack of " * 600 + "Goma.", "attack " * 1500)


@pytest.mark.parametrize("text", LONG, ids=("joined", "nested", "repeated"))
def test_a_line_without_end_is_read(text: str) -> None:
    """No sentence is too long or too deep to be read."""
    assert isinstance(events_in(text), tuple)
