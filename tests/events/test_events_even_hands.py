"""Swapping the two sides' names in a sentence changes nothing but the names."""

from __future__ import annotations

import re

import pytest

from sayso.record import Event
from tests.events.lone import events_in

# Each sentence names two sides of one grammatical shape; all deeds that either can do are told of both.
SENTENCES = (
    "Syrian forces shelled the town of Goma on Thursday.",
    "Syrian troops withdrew from the city after Libyan troops advanced.",
    "The Syrian army recaptured the village from Libyan forces.",
    "Libyan forces denied attacking the camp.",
    "The Syrian military carried out air strikes on Libyan positions.",
    "Libyan artillery hit a hospital, killing three people.",
    "Three civilians were killed in shelling by Syrian forces.",
    "Syria invaded Libya in 1998.",
    "Syria accused Libya of bombing the port.",
    "Libya sent weapons to Syria.",
    "Syrian police arrested 12 protesters.",
    "Libyan soldiers executed four prisoners.",
    "Syria and Libya signed a ceasefire.",
    "Talks between Syria and Libya opened on Monday.",
    "Syrian rockets struck an apartment block.",
    "Libyan gunmen abducted two teachers.",
    "Syria imposed sanctions on Libya.",
    "The Libyan president visited the front on Tuesday.",
    "Syrian fighters set houses on fire.",
    "Libyan forces are strengthening their defences.",
    "Syria threatened to bomb Libya.",
    "Syrian forces will attack the airport.",
    "Libyan forces might attack the airport.",
    "Libyan forces did not shell the market.",
    "Police found a mass grave after Syrian forces left the town.",
    "Alleged war crimes by Libyan forces were listed.",
    "Syrian forces clashed with Libyan forces near the border.",
    "Libyan drones attacked a fuel depot.",
    "Syria deployed troops to the border with Libya.",
    "Libya expelled two Syrian diplomats.",
    "Syrian warplanes bombed a bridge.",
    "Libyan forces looted shops.",
    "The advance of Syrian forces stalled.",
    "Rapid Libyan gains alarmed Syria.",
    "Syrian forces fired 20 shells at the Libyan base.",
    "Libyan troops surrendered to Syrian forces.",
    "Syria released 30 Libyan prisoners.",
    "Syrian forces besieged the city.",
    "Libyan snipers wounded a nurse.",
    "Syrian and Libyan forces exchanged prisoners.",
    "Syria called up reservists.",
    "Libyan saboteurs blew up a bridge.",
    "Syrian forces shot down a Libyan drone.",
    "Libyan forces drove Syrian forces out of the harbour.",
    "Syria tested a ballistic missile.",
    "Syrian forces fled the town.",
    "Libyan forces seized the airport, and Syrian forces retreated.",
    "The Libyan army tortured detainees.",
    "Syria announced a new arms package for Libya.",
    "Syrian troops stormed the parliament.",
    "Libyan militants ambushed a Syrian convoy.",
    "Syrian forces mined the road.",
    "The Syrian offensive in the north began on Friday.",
    "Libya's invasion of Syria shocked the region.",
    "Libyan forces displaced 3,000 people.",
    "Syria violated the ceasefire.",
    "Syrian soldiers opened fire on a bus.",
    "Libyan missiles damaged a power station.",
    "Syrian forces attacked civilians.",
    "Syrian hackers were blamed for a cyberattack on the bank.",
    "Libyan troops crossed into Syria on Monday.",
    "Syrian forces burned the village after seizing it.",
    "Damascus said Syrian forces had retaken the hill.",
    "Syrian forces continued to shell the Libyan camp.",
)
SWAPS = {
    "Syrian": "Libyan",
    "Syria": "Libya",
    "Damascus": "Tripoli",
    "Libyan": "Syrian",
    "Libya": "Syria",
    "Tripoli": "Damascus",
}
NAMES = re.compile(r"\b(" + "|".join(sorted(SWAPS, key=len, reverse=True)) + r")\b")
OTHER_PARTY = {"SYR": "LBY", "LBY": "SYR", None: None}


def swapped(text: str) -> str:
    """The text with the two sides' names exchanged."""
    return NAMES.sub(lambda match: SWAPS[match[1]], text)


def told_of(text: str, event: Event) -> tuple[object, ...]:
    """What an event says, with words in the place of offsets."""
    return (
        event.kind,
        event.status,
        event.background,
        text[event.trigger.start : event.trigger.end],
        tuple((text[a.span.start : a.span.end], a.party, a.inferred) for a in event.agents),
        tuple((text[t.span.start : t.span.end], t.party, t.group) for t in event.targets),
        len(event.places),
        event.when is not None,
        tuple(count.of for count in event.counts),
    )


def mirrored(event: tuple[object, ...]) -> tuple[object, ...]:
    """An event with the sides exchanged."""
    kind, status, background, trigger, agents, targets, *rest = event
    assert isinstance(agents, tuple)
    assert isinstance(targets, tuple)
    return (
        kind,
        status,
        background,
        swapped(str(trigger)),
        tuple((swapped(words), OTHER_PARTY[party], last) for words, party, last in agents),
        tuple((swapped(words), OTHER_PARTY[party], last) for words, party, last in targets),
        *rest,
    )


@pytest.mark.parametrize("sentence", SENTENCES)
def test_swapped_sides_give_mirrored_events(sentence: str) -> None:
    """Whoever does it, the event is the same, with the other's name."""
    other = swapped(sentence)
    one = [told_of(sentence, event) for event in events_in(sentence)]
    two = [told_of(other, event) for event in events_in(other)]
    assert one, "a mirrored pair in which nothing is found shows nothing"
    assert [mirrored(event) for event in one] == two


def test_there_are_enough_pairs() -> None:
    """At least sixty mirrored pairs are held."""
    assert len(set(SENTENCES)) >= 60
