"""Which language a text is in, short texts above all."""

import pytest

from sayso.reading.language import language_of

TOLD = [
    ("Upland released 20 Marnian prisoners on Sunday.", "en"),  # few small words, but a day and a deed
    ("Five killed in Marn", "en"),
    ("Die Armee griff am Freitag Marn an.", "de"),
    ("L'armée a attaqué Marn vendredi.", "fr"),
    ("El ejército atacó Marn el viernes.", "es"),
    ("De armee vuurt op Marn.", "nl"),
    ("1,200", "und"),
]


@pytest.mark.parametrize(("text", "language"), TOLD)
def test_a_few_words_tell_their_language(text: str, language: str) -> None:
    assert language_of(text) == language
