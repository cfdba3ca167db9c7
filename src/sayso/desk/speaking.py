"""The desk's own words, in the language that is asked for: gettext, with English as it is written in the templates."""

from __future__ import annotations

import gettext
from importlib import resources
from pathlib import Path

DOMAIN = "desk"
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "ps", "ckb", "dv", "yi"))


def translations(language: str | None) -> gettext.NullTranslations:
    """The catalogue of a language; English where there is none."""
    folder = Path(str(resources.files("sayso.desk").joinpath("locale")))
    return gettext.translation(DOMAIN, folder, languages=[language] if language else [], fallback=True)


def languages() -> tuple[str, ...]:
    """The languages that the desk speaks, English first."""
    folder = resources.files("sayso.desk").joinpath("locale")
    if not folder.is_dir():
        return ("en",)
    there = [one.name for one in folder.iterdir() if one.joinpath("LC_MESSAGES", f"{DOMAIN}.mo").is_file()]
    return ("en", *sorted(there))


def direction(language: str | None) -> str:
    """Which way a language is written: `ltr` or `rtl`.

    >>> direction("ar"), direction("uk"), direction(None)
    ('rtl', 'ltr', 'ltr')
    """
    return "rtl" if (language or "").split("_")[0].split("-")[0] in RIGHT_TO_LEFT else "ltr"
