"""The algebra of names, numbers, days and distances does what its docstrings say; its examples run."""

from __future__ import annotations

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge import gazetteer
from sayso.record import Published
from sayso.values import body, moment, name, place, quantity, spelling
from sayso.values.body import same_body
from sayso.values.moment import anchor, day, month, week, weekday_not_after, weekday_not_before, weekend
from sayso.values.name import Forms, levelled, same_person
from sayso.values.quantity import Unit, aloud, convert, number


@pytest.mark.parametrize(
    "module", [body, moment, name, place, quantity, spelling, gazetteer], ids=lambda module: module.__name__
)
def test_the_examples_in_docstrings_run(module):
    assert doctest.testmod(module).failed == 0


SAME = [
    ("Ivan Petrenskiy", "Petrensky", True),  # habits of transliteration, and the surname alone
    ("Dmytro Zhivko", "Dmytro Zhyvko", True),
    ("Bashar al-Omari", "Omari", True),  # the article comes and goes
    ("A. Reva", "Ana Reva", True),  # an initial
    ("Kim Jong Un", "Kim", True),  # a surname that stands first
    ("Ivan Koval", "Petro Koval", False),  # brothers
    ("Ivan Petrov", "Ivan Petrova", False),  # a woman's form is another person's
    ("Anna Koval", "Alla Koval", False),  # one letter makes another given name
    ("Li Wei", "Li Mei", False),
    ("Kim", "Lim", False),  # short surnames must be equal
    ("Taras Hrytsko", "Taras Gritsko", True),  # the Ukrainian h
    ("Тарас Гриценко", "Taras Hrytsenko", True),  # the other script
    ("Abd al-Rahman Omari", "Abdelrahman al-Omari", True),  # the servant of God, in one word or three
    ("Jürgen Müller", "Juergen Mueller", True),
    ("Luis García Moreno", "García Moreno", True),  # both surnames
    ("Luis García Moreno", "Luis García", True),  # the father's alone
    ("Valeriy Danko", "Valeria Danko", False),  # a man and a woman
    ("Olha Danska", "Ihor Danskyi", False),  # husband and wife
    ("Ivan Danko Jr.", "Ivan Danko", False),  # son and father
    ("John A. Reva", "John B. Reva", False),  # middle initials that differ
    ("Erik Petersen", "Erik Peterson", False),  # one vowel makes another family
    ("Thomas James", "James Thomas", False),  # both words are names; the order tells them apart
]


@pytest.mark.parametrize(("one", "two", "same"), SAME, ids=[f"{row[0]} / {row[1]}" for row in SAME])
def test_spellings_are_one_person_and_brothers_are_not(one, two, same):
    assert (same_person(one, two) is not None) is same
    assert (same_person(two, one) is not None) is same


def test_given_names_of_two_languages_are_one_where_rows_say_so():
    rows = {levelled("Nikolai"): frozenset({1}), levelled("Mykola"): frozenset({1})}
    assert same_person("Mykola Danko", "Nikolai Danko") is None
    assert same_person("Mykola Danko", "Nikolai Danko", Forms(spellings=rows)) == "spelling"
    assert same_person("Mykola Danko", "Nikolai Danko", Forms(languages=rows)) == "languages"


def test_a_father_is_not_the_son_who_bears_his_name():
    """The last two words of a name are a surname where a row or a particle tells so; else they may be the father's."""
    garcia = Forms(families_of_two=frozenset({levelled("García")}))
    assert same_person("Ali Hassan Omari", "Hassan Omari", garcia) == "tail"
    assert same_person("Haroun Adam Haroun", "Adam Haroun", garcia) == "tail"
    assert same_person("Luis García Moreno", "García Moreno", garcia) == "surname"
    assert same_person("Ursula von der Berg", "von der Berg", garcia) == "surname"


BODIES = [
    ("Norway's Defense Ministry", "Ministry of Defence of Norway", "order"),
    ("Norway's Defense Ministry", "Defence Ministry", "country"),
    ("Norway's Defense Ministry", "Sweden's Defense Ministry", None),
    ("Free Aid Network", "FAN", "initials"),
    ("Grey Lynx Brigade", "Grey Lynx", "short"),
    ("72nd Brigade", "79th Brigade", None),
    ("Fund III", "Fund II", None),
    ("Grey Lynx Brigade", "Grey Lynx Battalion", None),
    ("Free Norway Army", "Norway Army", None),  # what stands before the name makes another body
]


@pytest.mark.parametrize(("one", "two", "why"), BODIES, ids=[f"{row[0]} / {row[1]}" for row in BODIES])
def test_bodies_of_one_name_are_one_unless_of_two_countries(one, two, why):
    countries = {"norway": "NOR", "sweden": "SWE"}
    assert same_body(one, two, countries) == same_body(two, one, countries) == why


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("9,000", 9000),
        ("15.1 billion", 15_100_000_000),
        ("two hundred and five", 205),
        ("a dozen", 12),
        ("three dozen", 36),
        ("twenty-five thousand", 25_000),
        ("Kyiv", None),
    ],
)
def test_words_are_numbers_or_none(words, value):
    assert number(words) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_said_aloud_is_read_back(value):
    assert number(aloud(float(value))) == value


@given(st.floats(min_value=0.001, max_value=1e9))
def test_a_conversion_and_back_is_the_same(value):
    mile, km = Unit("mi", "length", 1609.344, "mi"), Unit("km", "length", 1000.0, "km")
    there = convert(value, mile, km)
    assert there is not None
    assert convert(there, km, mile) == pytest.approx(value)
    assert convert(value, mile, Unit("kg", "mass", 1.0, "kg")) is None


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 1))


@given(DAYS, st.integers(0, 6))
def test_the_latest_weekday_is_within_the_week_before(of, weekday):
    found = weekday_not_after(of, weekday)
    assert found.weekday() == weekday
    assert 0 <= (of - found).days <= 6
    assert 0 <= (weekday_not_before(of, weekday) - of).days <= 6


@given(DAYS)
def test_every_stretch_is_half_open_and_not_empty(of):
    for stretch in (day(of), week(of), weekend(of), month(of.year, of.month)):
        assert stretch.earliest is not None
        assert stretch.latest is not None
        assert stretch.earliest < stretch.latest


def test_an_interval_of_publication_is_no_anchor():
    """Only a publication known to the day lets "Wednesday" become a date."""
    assert anchor(Published("2022-09-16", "2022-09-17", "given")) == date(2022, 9, 16)
    assert anchor(Published("2022-07-24", "2022-10-24", "inferred")) is None
    assert anchor(Published(None, None, "unknown")) is None
