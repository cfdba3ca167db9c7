"""Who denies only that they did it, who fired but not there, what two kinds are to each other, and on what ground."""

from __future__ import annotations

from functools import cache

import pytest

import sayso
from sayso.accounts.assemble import assemble
from sayso.accounts.same_kinds import are_apart
from sayso.accounts.tellings import tellings
from sayso.record import Account, Cell, Incident, Origin

SHELLED = "Shells hit the market in Goma on Tuesday, killing 19 people, the mayor said."
SIDES = [("Uganda", "Rwanda"), ("Rwanda", "Uganda")]


@cache
def put(*texts: str) -> Incident:
    """All attacks of made-up reports as one incident."""
    told = [one for text in texts for one in tellings(sayso.read_text(text)) if one.plover == "ASSAULT"]
    return assemble("inc", told, (), ())


def of(incident: Incident, name: str) -> tuple[Origin, Account, dict[str, Cell]]:
    """The origin of this name with its account and its cells by field."""
    origin = next(one for one in incident.origins if name in one.name)
    account = next(one for one in incident.accounts if one.origin == origin.id)
    return origin, account, {cell.field: cell for cell in incident.matrix if cell.origin == origin.id}


@pytest.mark.parametrize(("us", "them"), SIDES)
@pytest.mark.parametrize(
    "said",
    [
        "{us}'s Defense Ministry denied firing on the city and accused {them} of hitting the market with a missile.",
        "{us}'s Defense Ministry denied shelling the market. It said a {them}n missile had struck the market.",
        "{us}'s Defense Ministry said its guns had not fired, and accused {them} of shelling the market.",
        "{us}'s Defense Ministry denied it and said that {them} had shelled the market.",
    ],
)
def test_who_says_that_the_other_side_did_it_tells_that_it_happened(said: str, us: str, them: str) -> None:
    incident = put(f"{SHELLED} {said.format(us=us, them=them)}")
    _, account, cells = of(incident, "Defense Ministry")
    assert account.status == "happened"
    assert cells["whether"].verdict == "agrees"
    assert cells["by_whom"].says.startswith(them)
    assert cells["by_whom"].says.endswith(f"; not {us}")


@pytest.mark.parametrize(("us", "them"), SIDES)
def test_the_row_of_who_did_it_shows_who_denies_it_and_whom_that_contradicts(us: str, them: str) -> None:
    incident = put(
        f"{SHELLED} {us}'s Defense Ministry denied firing on the city and accused {them} of hitting the market with a "
        f"missile. {them}'s Defense Ministry said that {us} had shelled the market."
    )
    mine, _, ours = of(incident, f"{us}'s Defense Ministry")
    other, _, theirs = of(incident, f"{them}'s Defense Ministry")
    assert ours["by_whom"].says == f"{them}; not {us}"
    assert (ours["by_whom"].verdict, theirs["by_whom"].verdict) == ("differs", "differs")
    assert ours["by_whom"].against == (other.id,) and theirs["by_whom"].against == (mine.id,)


@pytest.mark.parametrize(("us", "them"), SIDES)
def test_who_only_denies_it_denies_that_it_happened_and_that_it_was_them(us: str, them: str) -> None:
    incident = put(f"{SHELLED} {us}'s Defense Ministry denied firing on the city. {them} said nothing.")
    _, account, cells = of(incident, "Defense Ministry")
    assert account.status == "denied" and cells["whether"].verdict == "denies"
    assert (cells["by_whom"].says, cells["by_whom"].verdict) == (f"not {us}", "denies")


@pytest.mark.parametrize(
    "said",
    [
        'One officer told reporters that a battery had fired on Tuesday, "but not at any market".',
        "One officer said his guns had fired shells on Tuesday, though not on the city.",
        "One officer said his men had shelled the depot, but not the market.",
        "One officer said they had launched rockets that day, never against Goma.",
        "One officer said his unit had opened fire that morning, though not at the market.",
    ],
)
def test_who_fired_but_not_there_denies_it(said: str) -> None:
    _, account, _ = of(put(f"{SHELLED} {said}"), "officer")
    assert account.status == "denied"


@pytest.mark.parametrize(
    "said",
    [
        "One officer said his men had fired not only at the market but also at the bridge.",
        "One officer said the shells hit the market, but not the fish hall.",
        "One officer said the shells hit the market at noon, not at dawn.",
        "One officer said a shell hit the market, and not for the first time.",
    ],
)
def test_who_narrows_something_else_tells_it(said: str) -> None:
    _, account, _ = of(put(f"{SHELLED} {said}"), "officer")
    assert account.status == "happened"


def test_two_exact_kinds_are_two_answers_and_a_vague_one_goes_with_both() -> None:
    assert are_apart("shelling", "missile_strike") and are_apart("drone_strike", "air_strike")
    assert not are_apart("shelling", "shelling") and not are_apart("shelling", "attack")
    assert not are_apart("missile_strike", "explosion") and not are_apart("bombing", "air_strike")
    incident = put(SHELLED, "A missile struck the market in Goma on Tuesday, Rwanda's army said.")
    _, _, cells = of(incident, "army")
    assert cells["what"].verdict == "differs"


def test_a_word_for_the_deed_is_no_answer_to_with_what() -> None:
    (told,) = tellings(sayso.read_text("Nine people died in the shelling of the market in Goma, the mayor said."))
    assert told.weapons == ()
    (told,) = tellings(sayso.read_text("Nine people died when shells hit the market in Goma, the mayor said."))
    assert [one.words for one in told.weapons] == ["shells"]


def test_a_side_known_by_the_heading_says_so() -> None:
    text = (
        "Uganda says 19 killed as shells hit Goma market\n\nGOMA, March 12, 2024 (Reuters) - Shells hit the market in "
        "Goma on Tuesday, killing 19 people, the governor of the coast, Marit Osk, said.\n"
    )
    origin, _, _ = of(put(text), "Osk")
    assert (
        origin.basis == "the heading gives what they say to Uganda: “Uganda says 19 killed as shells hit Goma market”"
    )


def test_whoever_accuses_names_the_doer_also_of_what_others_tell() -> None:
    incident = put("Rwanda invaded Uganda on Monday. Uganda and the West accuse Rwanda of an unprovoked invasion.")
    _, _, cells = of(incident, "the West")
    assert cells["by_whom"].says == "Rwanda"


def test_a_body_is_called_by_its_owner_and_footage_by_whose_it_is() -> None:
    (body,) = sayso.read_text("Halvane’s Ministry of Defense denied shelling the town.").sources
    assert body.name == "Halvane’s Ministry of Defense"
    (seen,) = sayso.read_text("Northwire video from the eastern city of Goma, a hub, showed burned tanks.").sources
    assert seen.name == "Northwire video"
