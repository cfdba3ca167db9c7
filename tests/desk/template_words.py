"""Writes src/sayso/desk/locale/desk.pot, what a translator begins with: `python -m tests.desk.template_words`.

The words of the templates, and those of the tables that pages show. A catalogue of a language is brought up to date
from it with `pybabel update`; see docs/translating-the-desk.md.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from sayso.desk import problems, rail
from sayso.export import aloud
from sayso.export.comparison_page import CHANGED
from sayso.export.incident_matrix import POSITIONS, QUESTIONS
from sayso.knowledge import ours

DESK = Path(__file__).parents[2] / "src" / "sayso" / "desk"
TEMPLATES = DESK / "templates"
FILE = DESK / "locale" / "desk.pot"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "newstyle_gettext": "true"}
HEADER = """# The words of Sayso's desk. Translate a copy of this file: docs/translating-the-desk.md.
#"""
TABLES: dict[str, Iterable[str]] = {
    "what somebody does in saying it": aloud.ACTS.values(),
    "a silence": aloud.SILENCES.values(),
    "what a teller commits to": aloud.STATUSES.values(),
    "what it came through": [bare for _, bare in aloud.CHANNELS.values()],
    "how somebody is named": aloud.NAMINGS.values(),
    "what was left out of the reading": [one for pair in aloud.CUTS.values() for one in pair],
    "how the date of a report is known": aloud.BASES.values(),
    "the condition of a copy": aloud.CONDITIONS.values(),
    "what a place is named for": aloud.USES.values(),
    "what is asked of an incident": QUESTIONS.values(),
    "how somebody knows": POSITIONS.values(),
    "what changed from one report to the next": CHANGED.values(),
    "a page": [one.name for group in rail.RAIL for one in group],
    "the heading of a problem": (*problems.TITLES.values(), problems.OTHERWISE),
}


def catalogue() -> Catalog:
    """All words of the desk, in the order of the templates' names; tables and kinds of events after them."""
    made = Catalog(project="Sayso", version="", copyright_holder="The Sayso developers", fuzzy=False)
    made.header_comment = HEADER
    for path in sorted(TEMPLATES.rglob("*.html")):
        for _, message, comments in _in(path):
            made.add(message, auto_comments=comments, locations=[(path.relative_to(TEMPLATES).as_posix(), None)])
    for name, words in TABLES.items():
        for one in filter(None, words):
            made.add(one, auto_comments=[name])
    for kind in sorted({str(row["kind"]).replace("_", " ") for row in ours().rows("event_kinds")}):
        made.add(kind, auto_comments=["a kind of event"])
    return made


def _in(path: Path) -> Iterator[tuple[int, Any, list[str]]]:
    with path.open("rb") as held:
        for line, function, message, comments in babel_extract(held, list(KEYWORDS), ["Translators:"], OPTIONS):
            told = tuple(one for one in message if one) if isinstance(message, tuple) else message
            plural = "ngettext" in (function or "") or "pgettext" in (function or "")
            yield line, told[:2] if plural else (told[0] if isinstance(told, tuple) else told), list(comments)


def written(made: Catalog) -> bytes:
    """The catalogue as a file: no dates, no lines, so that it changes where the words do."""
    held = io.BytesIO()
    write_po(held, made, width=110, omit_header=True, include_lineno=False, sort_output=False)
    return f'{HEADER}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'.encode() + held.getvalue()


def read() -> Catalog:
    """The catalogue that is committed."""
    with FILE.open("rb") as held:
        return read_po(held)


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(written(catalogue()))
    print(f"{len(catalogue())} messages in {FILE.relative_to(DESK.parents[2])}")
