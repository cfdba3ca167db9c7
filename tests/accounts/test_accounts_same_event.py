"""Two tellings are of one happening where place, time, parties and words can be one, and apart where one cannot."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.accounts.happening import Same
from sayso.accounts.same_event import same_event
from sayso.accounts.same_keys import MOST, event_keys
from sayso.record import Telling
from tests.accounts.composed_tellings import telling

Json = dict[str, Any]
Row = tuple[str, tuple[str, str, Json], tuple[str, str, Json]]


def _t(sentence: str, kind: str, **more: Any) -> tuple[str, str, Json]:
    return sentence, kind, more


DAY, NEXT = "2024-03-12", "2024-03-13"

# Why, and two tellings of one happening.
ONE: list[Row] = [
    (
        "one strike in other kind words",
        _t("Shells *hit* a bakery in Orlec.", "shelling", at="Orlec", on=DAY, to="a bakery"),
        _t("A missile *destroyed* the bakery in Orlec.", "missile_strike", at="Orlec", on=DAY, to="the bakery"),
    ),
    (
        "a strike, and only its dead",
        _t("Drones *struck* the station at Brod.", "drone_strike", at="Brod", on=DAY, to="the station"),
        _t("Nine people *died* at the station at Brod.", "casualties", at="Brod", on=DAY, to="the station"),
    ),
    (
        "a toll that rises a day later",
        _t("Shells *killed* 9 people in Orlec.", "shelling", at="Orlec", on=DAY, figures={"killed": (9, 9)}),
        _t("The *shelling* of Orlec killed 14.", "shelling", at="Orlec", on=DAY, figures={"killed": (14, 14)}),
    ),
    (
        "a denial is of the same happening",
        _t("The army *shelled* Orlec.", "shelling", at="Orlec", on=DAY, by="AAA"),
        _t("The army denied *shelling* Orlec.", "shelling", at="Orlec", on=DAY, by="AAA", status="denied"),
    ),
    (
        "each side blames the other for one strike",
        _t("Velia's guns *hit* the market in Orlec.", "shelling", at="Orlec", on=DAY, by="AAA", to="the market"),
        _t(
            "The rebels *hit* the market with a missile.",
            "missile_strike",
            at="Orlec",
            on=DAY,
            by="BBB",
            to="the market",
        ),
    ),
    (
        "a site and the town it lies in",
        _t("A rocket *fell* on the market.", "missile_strike", at="market in Orlec", on=DAY),
        _t("Rockets *fell* on Orlec.", "missile_strike", at="Orlec", on=DAY),
    ),
    (
        "a town and the region it lies in, with one toll",
        _t(
            "Shelling in the Orlec region *killed* 17.",
            "shelling",
            at="Orlec region",
            on=DAY,
            figures={"killed": (17, 17)},
        ),
        _t("Shells *killed* 17 in Orlec.", "shelling", at="Orlec", on=DAY, figures={"killed": (17, 17)}),
    ),
    (
        "a place that no gazetteer has, by its name",
        _t("Mass graves were *found* at Sola.", "graves_found", at="Sola?"),
        _t("Police *exhumed* bodies at Sola.", "graves_found", at="Sola?"),
    ),
    (
        "graves found, and exhumed days later",
        _t(
            "Troops *found* 31 graves at Sola.",
            "graves_found",
            at="Sola?",
            on="2024-03-10",
            figures={"graves": (31, 31)},
        ),
        _t(
            "Police *exhumed* the 31 graves at Sola.", "graves_found", at="Sola?", on=NEXT, figures={"graves": (31, 31)}
        ),
    ),
    (
        "over the weekend, and on its Sunday",
        _t("Troops *retook* Brod over the weekend.", "retake", at="Brod", on="2024-03-09/2024-03-11"),
        _t("Troops *retook* Brod on Sunday.", "retake", at="Brod", on="2024-03-10"),
    ),
    (
        "captured to one, retaken to the other",
        _t("The army *captured* Brod.", "capture", at="Brod", on="2024-03-10", by="AAA"),
        _t("The army has *retaken* Brod.", "retake", at="Brod", on="2024-03-10", by="AAA"),
    ),
    (
        "an hour, and the morning that holds it",
        _t(
            "A drone *struck* the depot at about 7.",
            "drone_strike",
            at="Velin",
            on="2024-03-12T07/2024-03-12T08",
            to="the depot",
        ),
        _t(
            "A drone *hit* the depot in the morning.",
            "drone_strike",
            at="Velin",
            on="2024-03-12T06/2024-03-12T12",
            to="the depot",
        ),
    ),
    (
        "a day, and an hour of it",
        _t("Shells *hit* Velin on Tuesday.", "shelling", at="Velin", on=DAY),
        _t("Shells *hit* Velin at about 3.", "shelling", at="Velin", on="2024-03-12T03/2024-03-12T04"),
    ),
    (
        "a report without a date, by its day of the week and its words",
        _t(
            "Shells *hit* a crowded bakery in Orlec.",
            "shelling",
            at="Orlec",
            on="Tuesday",
            published=None,
            to="a bakery",
        ),
        _t(
            "Shells *slammed* into a crowded bakery.",
            "shelling",
            at="Orlec",
            on="Tuesday",
            published=None,
            to="a bakery",
        ),
    ),
    (
        "told the day after without a day",
        _t("Shells *hit* the clinic in Velin.", "shelling", at="Velin", to="the clinic", published=NEXT),
        _t("Shells *hit* a clinic in Velin.", "shelling", at="Velin", on=DAY, to="a clinic", published=DAY),
    ),
    (
        "a threat, and that it was not carried out",
        _t("He threatened to *flood* the valley at Sola.", "attack", at="Sola?", on="2024-03-15", status="threatened"),
        _t("The valley at Sola was not *flooded*.", "attack", at="Sola?", on="2024-03-15", status="did_not_happen"),
    ),
    (
        "talks that go on the next day",
        _t("Envoys *met* in Tessa for talks on prisoners.", "talks", at="Tessa", on=DAY),
        _t("The *talks* on prisoners in Tessa went on.", "talks", at="Tessa", on=NEXT),
    ),
    (
        "no place in one, but the same odd target and day",
        _t("Drones *struck* an ethanol distillery.", "drone_strike", on=DAY, to="an ethanol distillery"),
        _t(
            "A drone *hit* the ethanol distillery in Brod.",
            "drone_strike",
            at="Brod",
            on=DAY,
            to="the ethanol distillery",
        ),
    ),
    (
        "two spellings of a town that lies where the other does",
        _t("Rebels *shelled* Orlec.", "shelling", at="Orlec", on=DAY),
        _t("Rebels *shelled* Orlec.", "shelling", at="Orlec", on=DAY, published="2024-03-20"),
    ),
    (
        "the nurses taken in January",
        _t(
            "Gunmen *took* two nurses in January.",
            "abduction",
            at="Brod",
            on="2024-01",
            to="two nurses",
            background=True,
        ),
        _t("Two nurses were *detained* in Brod.", "arrest", at="Brod", on="2024-01", to="two nurses", background=True),
    ),
    (
        "the war's beginning, told as the past by both",
        _t("Velian forces *invaded* on January 9.", "invasion", on="2024-01-09", by="AAA", background=True),
        _t("Since the *invasion* on January 9 prices rose.", "invasion", on="2024-01-09", by="AAA", background=True),
    ),
    (
        "an old bombardment that two reports compare with",
        _t(
            "She recalled the *bombardment* of Velin, in which 44 died.",
            "shelling",
            at="Velin",
            on="1998",
            figures={"killed": (44, 44)},
        ),
        _t(
            "The 1998 *bombardment* of Velin killed 44.",
            "shelling",
            at="Velin",
            on="1998",
            figures={"killed": (44, 44)},
        ),
    ),
    (
        "a second shell, as both call it",
        _t("A second shell *fell* as medics came to Orlec.", "shelling", at="Orlec", on=DAY),
        _t("Then a second shell *landed* in Orlec.", "shelling", at="Orlec", on=DAY),
    ),
    (
        "the attack, and the damage it did",
        _t("Rockets *hit* a school in Marnitz.", "missile_strike", at="Marnitz", on=DAY, to="a school"),
        _t("A school was *damaged* in Marnitz.", "property_damage", at="Marnitz", on=DAY, to="a school"),
    ),
    (
        "an exchange planned, and made",
        _t(
            "They will *exchange* 60 prisoners at Brod.",
            "prisoner_exchange",
            at="Brod",
            on="2024-03-18",
            status="planned",
            figures={"released": (60, 60)},
        ),
        _t(
            "They *exchanged* 60 prisoners at Brod.",
            "prisoner_exchange",
            at="Brod",
            on="2024-03-18",
            figures={"released": (60, 60)},
            published="2024-03-19",
        ),
    ),
    (
        "an exchange next week, and on its Tuesday",
        _t(
            "They will *exchange* 60 prisoners.",
            "prisoner_exchange",
            on="2024-03-18/2024-03-25",
            status="planned",
            figures={"released": (60, 60)},
        ),
        _t(
            "They *exchanged* 60 prisoners.",
            "prisoner_exchange",
            on="2024-03-19",
            figures={"released": (60, 60)},
            published="2024-03-19",
        ),
    ),
    (
        "a visit to one town on one day",
        _t("The president *visited* Velin.", "visit", at="Velin", on=DAY, by="AAA"),
        _t("On her *visit* to Velin the president wept.", "visit", at="Velin", on=DAY, by="AAA"),
    ),
    (
        "up to 30 wounded, and 30 wounded",
        _t("Shells *wounded* up to 30 in Tessa.", "shelling", at="Tessa", on=DAY, figures={"wounded": (None, 30)}),
        _t("Shells *wounded* 30 in Tessa.", "shelling", at="Tessa", on=DAY, figures={"wounded": (30, 30)}),
    ),
    (
        "dozens killed, and 37 killed",
        _t("Dozens were *killed* in Tessa by bombs.", "air_strike", at="Tessa", on=DAY, figures={"killed": (24, 99)}),
        _t("An air strike *killed* 37 in Tessa.", "air_strike", at="Tessa", on=DAY, figures={"killed": (37, 37)}),
    ),
    (
        "a protest and its dispersal",
        _t("Hundreds *protested* in Velin.", "protest", at="Velin", on=DAY),
        _t("Police *dispersed* the protest in Velin.", "protest_dispersed", at="Velin", on=DAY),
    ),
    (
        "a report without a date that names the day of the week, and a dated one",
        _t("Shells *hit* a busy bakery.", "shelling", at="Orlec", on="Tuesday", published=None, to="a busy bakery"),
        _t("Shells *hit* a bakery in Orlec.", "shelling", at="Orlec", on=DAY, to="a bakery"),
    ),
    (
        "a day of no known year, and the same day",
        _t("Troops *crossed* the river.", "invasion", on="January 9", published=None, by="AAA", background=True),
        _t("Since the army *invaded*, prices rose.", "invasion", on="2024-01-09", by="AAA", background=True),
    ),
    (
        "a man who is named, arrested",
        _t("Police *arrested* the editor Tarik Sol.", "arrest", on=DAY, to="the editor Tarik Sol"),
        _t("The editor Tarik Sol was *detained*.", "arrest", at="Velin", on=DAY, to="The editor Tarik Sol"),
    ),
]

# Why, and two tellings of two happenings.
TWO: list[Row] = [
    (
        "two towns shelled on one day",
        _t("Shells *hit* Orlec on Tuesday.", "shelling", at="Orlec", on=DAY, by="AAA"),
        _t("Shells *hit* Brod on Tuesday.", "shelling", at="Brod", on=DAY, by="AAA"),
    ),
    (
        "two towns of one name in two countries",
        _t("Shells *hit* Tessa.", "shelling", at="Tessa", on=DAY),
        _t("Shells *hit* Tessa.", "shelling", at="Tessa in the west", on=DAY),
    ),
    (
        "one town on two days",
        _t("Shells *hit* Orlec on Tuesday.", "shelling", at="Orlec", on=DAY),
        _t("Shells *hit* Orlec on Thursday.", "shelling", at="Orlec", on="2024-03-14"),
    ),
    (
        "one town, the morning and the evening of one day",
        _t("Drones *hit* Orlec before dawn.", "drone_strike", at="Orlec", on="2024-03-12T03/2024-03-12T05"),
        _t("Drones *hit* Orlec at nine in the evening.", "drone_strike", at="Orlec", on="2024-03-12T21/2024-03-12T22"),
    ),
    (
        "the bombardment of 1998 and today's",
        _t("Shells *hit* Velin.", "shelling", at="Velin", on=DAY),
        _t("She recalled the *bombardment* of Velin.", "shelling", at="Velin", on="1998", background=True),
    ),
    (
        "a shelling and an arrest in one town on one day",
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on=DAY),
        _t("Police *arrested* nine men in Orlec.", "arrest", at="Orlec", on=DAY),
    ),
    (
        "graves, and a shelling of the same village",
        _t("Graves were *found* at Sola.", "graves_found", at="Sola?", on=DAY),
        _t("Shells *hit* Sola.", "shelling", at="Sola?", on=DAY),
    ),
    (
        "a further shell is not the first",
        _t("Shells *hit* the market in Orlec.", "shelling", at="Orlec", on=DAY, to="the market"),
        _t("A second shell *landed* in Orlec.", "shelling", at="Orlec", on=DAY),
    ),
    (
        "drones that hit, and drones shot down",
        _t("Drones *hit* Velin at night.", "drone_strike", at="Velin", on=DAY),
        _t("Seven drones were *shot down* over Velin.", "weapon_intercepted", at="Velin", on=DAY),
    ),
    (
        "two villages that no gazetteer has",
        _t("Mass graves were *found* at Sola.", "graves_found", at="Sola?"),
        _t("Mass graves were *found* at Verrin.", "graves_found", at="Verrin?"),
    ),
    (
        "a town captured, and the same town lost a month later",
        _t("Rebels *captured* Brod.", "capture", at="Brod", on="2024-02-10", by="BBB"),
        _t("The army *retook* Brod.", "retake", at="Brod", on="2024-03-12", by="AAA"),
    ),
    (
        "talks in one city in two months",
        _t("Envoys *met* in Tessa.", "talks", at="Tessa", on="2024-01-15"),
        _t("Envoys *met* in Tessa.", "talks", at="Tessa", on=DAY),
    ),
    (
        "talks in two cities",
        _t("Envoys *met* in Tessa.", "talks", at="Tessa", on=DAY),
        _t("Envoys *met* in Velin.", "talks", at="Velin", on=DAY),
    ),
    (
        "one man taken in January is not the residents taken in January",
        _t("Her brother was *taken* from his home.", "abduction", at="Brod", on="2024-01-20", to="her brother"),
        _t("Soldiers *detained* teachers in January.", "arrest", at="Velin", on="2024-01", to="teachers"),
    ),
    (
        "two vague shellings without place or day",
        _t("Shells were *fired*.", "shelling"),
        _t("Troops *shelled* positions.", "shelling"),
    ),
    (
        "two general denials",
        _t("It has denied *targeting* civilians.", "attack_on_civilians", status="denied"),
        _t("It never *attacked* civilians, it said.", "attack_on_civilians", status="denied"),
    ),
    (
        "one day of the week in two weeks",
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on="2024-03-05"),
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on=DAY),
    ),
    (
        "days of the week that differ, undated",
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on="Tuesday", published=None),
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on="Friday", published=None),
    ),
    (
        "dates that differ, of no known year",
        _t("Troops *crossed* the river.", "invasion", on="January 9", published=None, background=True),
        _t("Troops *crossed* the river.", "invasion", on="March 2", published=None, background=True),
    ),
    (
        "the dead of the front and the dead of a market",
        _t("Shells *killed* 9 shoppers in Orlec.", "shelling", at="Orlec", on=DAY, figures={"killed": (9, 9)}),
        _t("Fighting *killed* 300 soldiers in February.", "armed_clash", on="2024-02", figures={"killed": (300, 300)}),
    ),
    (
        "an election visit and another president's visit",
        _t("The president *visited* Velin.", "visit", at="Velin", on=DAY, by="AAA"),
        _t("The president *visited* Velin.", "visit", at="Velin", on="2024-03-14", by="BBB"),
    ),
    (
        "a region's shelling on another day",
        _t("Shelling *hit* villages in the Orlec region.", "shelling", at="Orlec region", on="2024-03-10"),
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on=DAY),
    ),
    (
        "a region and a town of another region",
        _t("Shelling *hit* villages in the Tessa region.", "shelling", at="Tessa region", on=DAY),
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on=DAY),
    ),
    (
        "an advance and a withdrawal",
        _t("The army *advanced* to Brod.", "advance", at="Brod", on=DAY),
        _t("The rebels *withdrew* from Brod.", "withdrawal", at="Brod", on=DAY),
    ),
    (
        "the clinic and the school of two towns",
        _t("Shells *hit* a clinic.", "shelling", at="Orlec", on=DAY, to="a clinic"),
        _t("Shells *hit* a school.", "shelling", at="Velin", on=DAY, to="a school"),
    ),
    (
        "a massacre of last year and a killing of this week",
        _t("Soldiers *massacred* villagers at Brod.", "massacre", at="Brod", on="2023", background=True),
        _t("Gunmen *killed* two in Brod.", "killing", at="Brod", on=DAY),
    ),
    (
        "aid and arms to two countries",
        _t("It *sent* rockets to the army.", "arms_supply", on="2024-02", by="AAA"),
        _t("It *sent* rockets to the rebels.", "arms_supply", on="2023-05", by="CCC"),
    ),
    (
        "two protests in two cities",
        _t("Thousands *marched* in Velin.", "protest", at="Velin", on=DAY),
        _t("Thousands *marched* in Brod.", "protest", at="Brod", on=DAY),
    ),
    (
        "a town and its neighbour down the road, both named",
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on=DAY, to="a bakery"),
        _t("Shells *hit* Marnitz.", "shelling", at="Marnitz", on=DAY, to="a school"),
    ),
    (
        "a report without a date that names another day of the week than the dated one",
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on="Friday", published=None),
        _t("Shells *hit* Orlec.", "shelling", at="Orlec", on=DAY),
    ),
    (
        "two editors arrested in one city",
        _t("Police *arrested* the editor Tarik Sol.", "arrest", at="Velin", to="the editor Tarik Sol"),
        _t("Police *arrested* the editor Mira Danek.", "arrest", at="Velin", to="the editor Mira Danek"),
    ),
    (
        "prisoners freed in February and those to be freed next week",
        _t("They *exchanged* 120 prisoners.", "prisoner_exchange", on="2024-02", figures={"released": (120, 120)}),
        _t(
            "They will *exchange* 60.",
            "prisoner_exchange",
            on="2024-03-18",
            status="planned",
            figures={"released": (60, 60)},
        ),
    ),
]


def _pair(row: Row) -> tuple[Telling, Telling]:
    (sentence, kind, more), (other, other_kind, other_more) = row[1:]
    return telling(sentence, kind, **more), telling(other, other_kind, report="two", **other_more)


def _why(same: Same) -> str:
    return f"{same.score:.2f}: " + ", ".join(f"{'+' if one.speaks_for else '-'}{one.name}" for one in same.reasons)


@pytest.mark.parametrize("row", ONE, ids=[row[0] for row in ONE])
def test_tellings_of_one_happening_are_the_same(row: Row) -> None:
    one, two = _pair(row)
    same = same_event(one, two)
    assert same.same, _why(same)


@pytest.mark.parametrize("row", ONE, ids=[row[0] for row in ONE])
def test_tellings_of_one_happening_have_a_key_in_common(row: Row) -> None:
    one, two = _pair(row)
    assert set(event_keys(one)) & set(event_keys(two))


@pytest.mark.parametrize("row", TWO, ids=[row[0] for row in TWO])
def test_tellings_of_two_happenings_stay_apart(row: Row) -> None:
    one, two = _pair(row)
    same = same_event(one, two)
    assert not same.same, _why(same)


@pytest.mark.parametrize("row", ONE + TWO, ids=[row[0] for row in ONE + TWO])
def test_the_comparison_is_symmetric_and_keys_are_few(row: Row) -> None:
    one, two = _pair(row)
    there, back = same_event(one, two), same_event(two, one)
    assert there.score == pytest.approx(back.score)
    assert {reason.name for reason in there.reasons} == {reason.name for reason in back.reasons}
    assert len(event_keys(one)) <= MOST
    assert all(-(2**63) <= key < 2**63 for key in event_keys(one))
