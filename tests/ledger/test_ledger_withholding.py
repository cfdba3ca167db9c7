"""A name is found in every spelling of its letters, as whole words, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest

from sayso.ledger.withholding import Withheld


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Ada Brond", "Ada Brond said.", "███ █████ said."),
        ("Ada Brond", "ADA BROND: no", "███ █████: no"),
        ("ada brond", "by Ada\n  Brond’s boat", "by ███\n  █████’s boat"),  # a name over two lines; a possessive
        ("Brond", "Brondby and Abrond", "Brondby and Abrond"),  # whole words only
        ("Milo Žaba", "Milo Zaba, Milo ŽABA", "████ ████, ████ ████"),
        ("Milo Zaba", "Milo Žaba", "████ ████"),
        ("Milo Žaba", unicodedata.normalize("NFD", "Milo Žaba."), "████ █████."),  # a mark is a character of its own
        ("Łukasz Øre", "Lukasz Ore and Łukasz Øre", "██████ ███ and ██████ ███"),
        ("Юлій Йосько", "сказав Юлій Йосько", "сказав ████ ██████"),
        ("Юліи Иосько", "сказав Юлій Йосько", "сказав ████ ██████"),
        ("J. O'Neil", "J. O'Neil left.", "██ ██████ left."),
        ("Ada Brond", "news/ada-brond_dies.html?q=Ada+Brond&r=ada%20brond", None),
    ],
)
def test_a_name_is_blocked(name: str, text: str, expected: str | None) -> None:
    """With blocks of the same number, so that every other place stays where it is."""
    withheld = Withheld([name], "[withheld]")
    blocked = withheld.blocked(text)
    assert len(blocked) == len(text)
    if expected is None:
        assert withheld.marked(text) == "news/[withheld]_dies.html?q=[withheld]&r=[withheld]"
    else:
        assert blocked == expected


def test_the_longest_form_goes_first() -> None:
    """Else a part of it would stay."""
    assert Withheld(["Brond", "Ada Brond"], "[x]").marked("Ada Brond and Brond") == "[x] and [x]"
