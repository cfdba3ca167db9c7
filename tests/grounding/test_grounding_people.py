"""People and bodies: spellings that are one, roles as the text has them, countries only where it says them."""

from __future__ import annotations

import pytest

from sayso.record import Entity
from tests.grounding.grounded import checked, grounded


def _one(text: str, name: str) -> Entity:
    found = [entity for entity in grounded(text).entities if entity.name == name]
    assert found, f"{name!r} is not among {[entity.name for entity in grounded(text).entities]}"
    return found[0]


ROLES = [
    ("Norwegian President Ola Berg spoke.", "Ola Berg", "President", "NOR"),
    ("Russian Foreign Minister Pyotr Levin spoke.", "Pyotr Levin", "Foreign Minister", "RUS"),
    ("US President Tom Berg spoke.", "Tom Berg", "President", "USA"),
    ("Ahmed Ali, Egypt's foreign minister, spoke.", "Ahmed Ali", "foreign minister", "EGY"),
    # An office is not a side: the region's country is not the governor's.
    ("Dora Zub, governor of the Homs region, spoke.", "Dora Zub", "governor of the Homs region", None),
    (
        "Vera Lind, head of Russia's Tver region, spoke.",
        "Vera Lind",
        "head of Russia's Tver region",
        None,
    ),
    ("The town's mayor, Ana Reva, spoke.", "Ana Reva", "mayor", None),
    ("Eva Lund, a spokeswoman for the port, spoke.", "Eva Lund", "spokeswoman for the port", None),
    ("Pope Leo spoke.", "Leo", "Pope", None),
]


@pytest.mark.parametrize(("text", "name", "role", "country"), ROLES, ids=[row[0] for row in ROLES])
def test_roles_and_countries_are_what_the_text_says(text, name, role, country):
    entity = _one(text, name)
    assert (entity.role, entity.country) == (role, country)
    if entity.role_span is not None:
        assert text[entity.role_span.start : entity.role_span.end] == role


def test_two_spellings_and_a_surname_are_one_person():
    entity = _one("Ivan Petrenskiy spoke. Petrensky left.", "Ivan Petrenskiy")
    assert entity.also == ("Petrensky",)
    assert len(entity.mentions) == 2


def test_two_brothers_of_one_surname_are_two():
    """A bare surname that fits both is tied to neither."""
    people = [e for e in grounded("Ivan Koval and Petro Koval fled. Koval wept.").entities if e.kind == "person"]
    assert [(person.name, len(person.mentions)) for person in people] == [
        ("Ivan Koval", 1),
        ("Petro Koval", 1),
        ("Koval", 1),
    ]


def test_a_party_and_its_short_name_are_one_body():
    text = "The Rapid Support Forces withdrew. RSF fighters burnt the market."
    (body,) = [entity for entity in grounded(text).entities if entity.kind == "organisation"]
    assert (body.name, body.also) == ("Rapid Support Forces", ("RSF",))


def test_bodies_of_one_state_stay_apart():
    bodies = [e.name for e in grounded("The Kremlin praised the Duma.").entities if e.kind == "organisation"]
    assert bodies == ["Kremlin", "Duma"]


def test_a_possessive_country_is_no_part_of_a_name():
    entity = _one("Russia's Pavlov agreed to the plan.", "Pavlov")
    assert entity.country == "RUS"


def test_a_ministry_carries_the_country_that_stands_in_its_name():
    text = "Norway's Defense Ministry said so."
    entity = _one(text, "Norway's Defense Ministry")
    assert entity.country == "NOR"
    assert entity.country_span is not None
    assert text[entity.country_span.start : entity.country_span.end] == "Norway"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("She wrote on Telegram.", "Telegram", "channel"),
        ("He told Al Jazeera so.", "Al Jazeera", "outlet"),
        ("The Kremlin denied it.", "Kremlin", "organisation"),
        ("Hamas denied it.", "Hamas", "organisation"),
    ],
)
def test_rows_say_what_a_name_is(text, name, kind):
    assert _one(text, name).kind == kind


WHY = [
    ("Ivan Petrenskiy spoke. Petrensky left.", "Ivan Petrenskiy", {"Petrensky": "surname"}),
    ("Taras Hrytsenko spoke. Taras Gritsenko left.", "Taras Hrytsenko", {"Taras Gritsenko": "spelling"}),
    ("J. Reva spoke. Jana Reva left.", "Jana Reva", {"J. Reva": "initial"}),
    ("Michael Hale flew in. Mike Hale left.", "Michael Hale", {"Mike Hale": "short_form"}),
    ("Luis García Moreno spoke. García Moreno left.", "Luis García Moreno", {"García Moreno": "surname"}),
    ("The Free Aid Network (FAN) sent trucks. FAN lost one.", "Free Aid Network", {"FAN": "bracket"}),
    ("The Upper Delta Farmers Union met. The UDFU left.", "Upper Delta Farmers Union", {"UDFU": "initials"}),
    ("The Rapid Support Forces left. RSF fighters stayed.", "Rapid Support Forces", {"RSF": "row"}),
    (
        "Norway's Defense Ministry spoke. The Defense Ministry left.",
        "Norway's Defense Ministry",
        {"Defense Ministry": "country"},
    ),
]


@pytest.mark.parametrize(("text", "name", "why"), WHY, ids=[row[0] for row in WHY])
def test_each_spelling_comes_with_the_reason_it_is_one(text, name, why):
    assert {tie.name: tie.why for tie in _one(text, name).ties} == why


APART = [
    # Bodies of one kind in two countries, and the bare name that fits both.
    ("Norway's Defense Ministry spoke. Sweden's Defense Ministry left. The Defense Ministry paid.", "organisation", 3),
    # A body of a country that has the name of another's, or of the world's.
    ("Brazil's Congress voted. The U.S. Congress did not.", "organisation", 2),
    ("Russia's Security Council met. The U.N. Security Council voted.", "organisation", 2),
    # An initial that fits two.
    ("John Reva spoke. James Reva left. J. Reva stayed.", "person", 3),
    # Father and son.
    ("Ferdinand Danko spoke. Ferdinand Danko Jr. left.", "person", 2),
    # Husband and wife: the title before the surname says it is not he.
    ("Mr Ivan Danko spoke. Mrs Danko left.", "person", 2),
    # A child with its own age is met for the first time.
    ("Ivan Danko spoke. Ivan, 7, was hurt.", "person", 2),
]


@pytest.mark.parametrize(("text", "kind", "count"), APART, ids=[row[0] for row in APART])
def test_what_fits_two_is_merged_with_neither(text, kind, count):
    assert len([entity for entity in grounded(text).entities if entity.kind == kind]) == count


def test_an_office_tells_which_of_two_is_meant():
    text = "Mayor Oleh Petrov met Ivan Petrov. Mayor Petrov left."
    entity = _one(text, "Oleh Petrov")
    assert [(tie.name, tie.why) for tie in entity.ties] == [("Petrov", "surname_and_role")]


FOUND = [
    # What the parser takes for a place, a body or nothing is a person by the given name, or by being named in full.
    (
        "Volodymyr Zelenskyy spoke for an hour, and Volodymyr Danko listened.",
        ["Volodymyr Zelenskyy", "Volodymyr Danko"],
    ),
    ("Ursula von der Leyen arrived.", ["Ursula von der Leyen"]),
    ("Luis Arce Catacora addressed the troops. Arce called it a coup.", ["Luis Arce Catacora"]),
    # The same name again, that the parser saw the first time only.
    ("Aung San Suu Kyi is in prison. Suu Kyi is 79.", ["Aung San Suu Kyi"]),
    ("Kerry Washington gave a reading. Washington announced sanctions.", ["Kerry Washington"]),
]


@pytest.mark.parametrize(("text", "names"), FOUND, ids=[row[0] for row in FOUND])
def test_people_are_found_whole(text, names):
    assert [entity.name for entity in grounded(text).entities if entity.kind == "person"] == names


def test_initials_that_the_text_explains_are_a_name_wherever_they_stand():
    text = "The Lantern Relief Mission (KRM) sent trucks. On Friday KRM lost one."
    (body,) = [entity for entity in grounded(text).entities if entity.kind == "organisation"]
    assert [text[span.start : span.end] for span in body.mentions] == ["Lantern Relief Mission", "KRM", "KRM"]


def _people_in(text: str) -> list[list[str]]:
    entities = [entity for entity in grounded(text).entities if entity.kind == "person"]
    return [[text[span.start : span.end] for span in entity.mentions] for entity in entities]


TOLD_APART = [
    # Kin told by a possessive are somebody else than who stands before them.
    (
        "Ola Berg sold the barn. Berg and his wife, Eva Berg, live in a tent.",
        [["Ola Berg", "Berg"], ["Eva Berg"]],
    ),
    ("Fatima Noor held the hand of her sister Fatma Noor.", [["Fatima Noor"], ["Fatma Noor"]]),
    # … and so is whoever is told to be the cousin of another.
    (
        "Sami Tun treated him. Tun, a cousin of the teacher Aung Tun, left early.",
        [["Sami Tun", "Tun"], ["Aung Tun"]],
    ),
    # Nobody is named beside himself.
    ("Fatima Noor and Fatma Noor spoke.", [["Fatima Noor"], ["Fatma Noor"]]),
    # The end of a name may be the father's.
    ("Haroun Adam Haroun wept. Adam Haroun spoke.", [["Haroun Adam Haroun"], ["Adam Haroun"]]),
    # A son whose father the sentence before names.
    ("Yusuf Karaca, 40, died. His son Karaca, 3, lived.", [["Yusuf Karaca"], ["Karaca"]]),
    # Who has a husband is not "Mr".
    ("Maria Petrenko fled with her husband. Mr Petrenko was shot.", [["Maria Petrenko"], ["Petrenko"]]),
    # Two names turned round are two where each may be a father's, and one where one is known for a family name.
    ("Bello Musa farms. Musa Bello trades.", [["Bello Musa"], ["Musa Bello"]]),
    ("Oleh Danko farms. Danko left.", [["Oleh Danko", "Danko"]]),
    # Apart from such words, one name in two spellings is one.
    ("Fatima Noor spoke. Later Fatma Noor left.", [["Fatima Noor", "Fatma Noor"]]),
]


@pytest.mark.parametrize(("text", "people"), TOLD_APART, ids=[row[0] for row in TOLD_APART])
def test_who_is_told_to_be_somebody_else_is_two(text, people):
    assert _people_in(text) == people


def test_a_name_that_is_the_end_of_another_is_flagged():
    says = [check.says for check in checked("Haroun Adam Haroun wept. Adam Haroun spoke.") if check.kind == "name"]
    assert says == [
        "Haroun Adam Haroun and Adam Haroun may be one person: one name is the end of the other, as a father's may be"
    ]


TRADES = [
    ("Jackson Mifflin, a dairy farmer, drove off.", ["Jackson Mifflin"]),
    ("Jackson Mifflin, a 45-year-old dairy farmer from Oslo, drove off.", ["Jackson Mifflin"]),
    # A body with a trade's word in its description is no person.
    ("Black Lynx, a fighter group, left.", []),
    ("Lopan Works, the largest farm worker union, struck.", []),
    ("Dolna Radio, a local journalist said, was off.", []),
]


@pytest.mark.parametrize(("text", "names"), TRADES, ids=[row[0] for row in TRADES])
def test_an_unknown_name_with_a_trade_behind_it_is_a_person(text, names):
    assert [entity.name for entity in grounded(text).entities if entity.kind == "person"] == names


BODIES_WHOLE = [
    # A unit's number tells it from the next.
    ("The 93rd Mechanised Brigade held. The 39th Mechanised Brigade fled.", ["93rd Mechanised", "39th Mechanised"]),
    ("The United Nations sent aid. The United Nations Development Fund sent cash.", ["United", "United"]),
    ("The Sudan People's Liberation Movement signed.", ["Sudan People's"]),
    # One name in two towns, and one with two numbers.
    ("The Ministry of Health in Gaza counted. The Ministry of Health in Ramallah slept.", ["Ministry", "Ministry"]),
    ("Dolna Hospital No. 1 shut. Dolna Hospital No. 2 did not.", ["Dolna Hospital No. 1", "Dolna Hospital No. 2"]),
]


@pytest.mark.parametrize(("text", "begin"), BODIES_WHOLE, ids=[row[0] for row in BODIES_WHOLE])
def test_a_body_has_its_whole_name(text, begin):
    names = [entity.name for entity in grounded(text).entities]
    assert [" ".join(name.split()[: len(part.split())]) for name, part in zip(names, begin, strict=True)] == begin
    assert all(name.split()[-1] in ("Brigade", "Nations", "Fund", "Movement", "Health", "1", "2") for name in names)
