"""The rows that two tellings are compared by, made ready once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso.values.quantity import Unit
from sayso.values.stems import stem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.knowledge import Knowledge, Row

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
    "spokesman",
    "spokeswoman",
)


MEANT_OTHERWISE = (
    "note", "point", "state", "put", "continue", "hold", "find", "lower", "charge", "post", "raise", "stress",
    "forecast", "brief", "counter", "observe", "remember", "maintain", "unveil", "source", "recall", "answer",
    "caution",
)  # fmt: skip
"""Verbs of saying whose forms are more often something else."""
ALWAYS_TELLING = frozenset(
    [
        "clarifies",
        "noted",
        "notes",
        "stated",
        "pointed",
        "posted",
        "stressed",
        "observed",
        "recalled",
        "sources",
        "specified",
        "emphasized",
        "clarified",
    ]
)
NO_TELLING = frozenset(["denis"])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Units by code; how surely each form tells; stems of the verbs by which somebody says something."""

    units: Mapping[str, Unit]
    certainty: Mapping[str, str]  # form → hedge, of words that hold back
    verbs: Mapping[str, str]  # form → weak | plain | strong
    telling: frozenset[str]  # stems
    things: Mapping[str, str]  # stem of what is counted → the row it stands in
    fits: Mapping[str, tuple[str, ...]]  # the rows that each row can be said for
    befell: frozenset[str]  # rows of what befell them

    def is_hedge(self, small: str) -> bool:
        """Whether a word holds back from what is told."""
        return self.certainty.get(small) == "hedge"

    def tells(self, small: str, stemmed: str) -> bool:
        """Whether a word shows that somebody is quoted: a verb of saying that is hardly ever anything else."""
        return (stemmed in self.telling and small not in NO_TELLING) or small in ALWAYS_TELLING

    def strength(self, small: str) -> str | None:
        """`weak`, `plain` or `strong` for a verb of saying that is known for it."""
        return self.verbs.get(small)


@cache
def lexicon(rows: Knowledge) -> Lexicon:
    """The lexicon of these rows."""
    units = {
        row["code"]: Unit(row["code"], row["dimension"], row["factor"], row["symbol"], offset=row.get("offset", 0.0))
        for row in rows.rows("units")
    }
    sure = {
        is_hedge: {form: row["as"] for row in reversed(told) for form in row["forms"]}
        for is_hedge, told in _parted(rows).items()
    }
    verbs = [row["verb"] for row in rows.rows("en/saying") if row["act"] in TELLING]
    verbs = [verb for verb in verbs if verb.split()[0] not in MEANT_OTHERWISE]
    telling = {stem(form) for verb in verbs for form in (verb, *IRREGULAR.get(verb, ()))}
    things = {stem(word): row["id"] for row in reversed(rows.rows("things_counted")) for word in row["words"]}
    fits = {row["id"]: tuple(row.get("fits", ())) for row in reversed(rows.rows("things_counted"))}
    befell = frozenset(row["id"] for row in rows.rows("things_counted") if row.get("befell"))
    return Lexicon(
        units, sure[True], sure[False], frozenset(telling | {stem(word) for word in ALSO_TELLING}), things, fits, befell
    )


def _parted(rows: Knowledge) -> dict[bool, list[Row]]:
    """The rows of certainty: of hedges, and of verbs of saying."""
    told = rows.rows("en/certainty")
    return {is_hedge: [row for row in told if (row["as"] == "hedge") == is_hedge] for is_hedge in (True, False)}
