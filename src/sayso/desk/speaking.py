"""The desk's own words, in the language that is asked for: gettext, with English as it is written in the templates."""

from __future__ import annotations

import gettext
from importlib import resources
from pathlib import Path

from sayso.ledger.problems import CaseProblem

DOMAIN = "desk"
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "ps", "ckb", "dv", "yi"))
LOCALE = Path(str(resources.files("sayso.desk").joinpath("locale")))
"""Where the catalogues are: `uk/LC_MESSAGES/desk.mo`, made by the build from the `desk.po` beside it."""


class NoSuchLanguage(CaseProblem):
    """A language that the desk does not speak."""


def translations(language: str | None) -> gettext.NullTranslations:
    """The catalogue of a language ("uk", "pt-BR"); English, as it is written, where none is asked for.

    Raises `NoSuchLanguage` where there is none.
    """
    code = (language or "en").replace("-", "_")
    if code.split("_")[0].lower() == "en":
        return gettext.NullTranslations()
    try:
        return gettext.translation(DOMAIN, LOCALE, languages=[code])
    except (FileNotFoundError, ValueError):
        spoken = ", ".join(languages())
        raise NoSuchLanguage(f"The desk does not speak {language!r}. It speaks: {spoken}.") from None


def languages() -> tuple[str, ...]:
    """The languages that the desk speaks, English first."""
    there = sorted(one.parent.parent.name for one in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return ("en", *there)


def direction(language: str | None) -> str:
    """Which way a language is written: `ltr` or `rtl`.

    >>> direction("ar"), direction("uk"), direction(None)
    ('rtl', 'ltr', 'ltr')
    """
    return "rtl" if (language or "").split("_")[0].split("-")[0] in RIGHT_TO_LEFT else "ltr"
