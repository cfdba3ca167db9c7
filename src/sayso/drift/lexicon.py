"""The rows that two tellings are compared by, made ready once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso.values.quantity import Unit
from sayso.values.stems import stem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.knowledge import Knowledge

IRREGULAR = {
    "say": ("said",), "tell": ("told",), "write": ("wrote", "written"), "speak": ("spoke", "spoken"),
    "deny": ("denied", "denies"), "think": ("thought",), "make": ("made",), "put": ("put",), "give": ("gave", "given"),
}  # fmt: skip
TELLING = (
    "says",
    "denies",
    "accuses",
    "admits",
    "warns",
    "announces",
    "confirms",
    "criticizes",
    "retracts",
    "predicts",
)
"""Acts by whose verbs a sentence is known to be somebody's words."""
ALSO_TELLING = (
    "according",
    "statement",
    "quote",
    "reportedly",
    "allegedly",
    "source",
    "sources",
    "spokesman",
    "spokeswoman",
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Units by code; how surely each form tells; stems of the verbs by which somebody says something."""

    units: Mapping[str, Unit]
    certainty: Mapping[str, str]  # form → hedge | weak | strong
    telling: frozenset[str]  # stems
    things: Mapping[str, str]  # stem of what is counted → the row it stands in

    def is_hedge(self, small: str) -> bool:
        """Whether a word holds back from what is told."""
        return self.certainty.get(small) == "hedge"

    def strength(self, small: str) -> str | None:
        """`weak` or `strong` for a verb of saying that is not plain."""
        found = self.certainty.get(small)
        return found if found in ("weak", "strong") else None


@cache
def lexicon(rows: Knowledge) -> Lexicon:
    """The lexicon of these rows."""
    units = {
        row["code"]: Unit(row["code"], row["dimension"], row["factor"], row["symbol"], offset=row.get("offset", 0.0))
        for row in rows.rows("units")
    }
    certainty = {form: row["as"] for row in reversed(rows.rows("en/certainty")) for form in row["forms"]}
    verbs = [row["verb"] for row in rows.rows("en/saying") if row["act"] in TELLING]
    telling = {stem(form) for verb in verbs for form in (verb, *IRREGULAR.get(verb, ()))}
    things = {stem(word): row["id"] for row in reversed(rows.rows("things_counted")) for word in row["words"]}
    return Lexicon(units, certainty, frozenset(telling | {stem(word) for word in ALSO_TELLING}), things)
