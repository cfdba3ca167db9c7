"""The rows of units.toml and en/number.toml, made into patterns once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.knowledge import Knowledge, Row
from sayso.values.quantity import SCALES, Unit

SCALE = rf"(?:{'|'.join(SCALES)})"
TIMES = ("time", "calendar", "generation")
"""What no `Quantity` is told in: a duration is a `Moment`, and "5G" is a name."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about numbers, as patterns."""

    units: dict[str, Unit]  # by name in lower case, and by short form as it is written: g and G are two
    codes: dict[str, Unit]
    unit_after: re.Pattern[str]  # after words
    unit_glued: re.Pattern[str]  # directly after figures
    money: dict[str, str]
    money_before: re.Pattern[str]
    bound: re.Pattern[str]
    bound_after: re.Pattern[str]
    bounds: dict[str, str]
    vague: re.Pattern[str]
    vagues: dict[str, tuple[float, float]]
    roles: tuple[tuple[str, str, re.Pattern[str]], ...]
    moves: tuple[tuple[str, re.Pattern[str]], ...]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    age_before: re.Pattern[str]
    age_after: re.Pattern[str]
    zeros: tuple[re.Pattern[str], ...]
    subset: re.Pattern[str]
    ones: frozenset[str]
    raised: re.Pattern[str]  # what tells that a figure became another
    risen: re.Pattern[str]  # directly before a figure
    aged: frozenset[str]

    def unit(self, name: str) -> Unit | None:
        """The unit of this short form, or of this name in any case and with any blanks."""
        return self.units.get(name) or self.units.get(key(name))

    def is_time(self, code: str | None) -> bool:
        """Whether what has this unit is no quantity of the record."""
        return code is not None and self.codes[code].dimension in TIMES


@cache
def rows_about_numbers(knowledge: Knowledge) -> Rows:
    """All rows about numbers."""
    units = units_of(knowledge)
    listed = knowledge.rows("units")
    moneys = knowledge.rows("currencies")
    owned = _owned_currencies(knowledge)
    alone = {name: units[row.get("usual", row["noun"])] for row in moneys if row["bare"] for name in row["names"]}
    names = {key(name): units[code] for name, code in owned.items()}
    names |= {key(name): unit for name, unit in alone.items()}
    names |= {name: units[row["code"]] for row in listed for name in _forms(row)}
    after_words = [name for row in listed for name in row["names"]]
    shorts = [name for row in listed for name in row.get("short", ()) if name[0].isalpha() or name[0] in "%°"]
    closes = [name for row in listed for name in row.get("close", ())]
    money = {name: row["code"] for row in listed for name in row.get("short", ()) if row["dimension"][:5] == "money"}
    rows = knowledge.rows("en/number")
    bounds = {word: row["bound"] for row in _kind(rows, "bound") for word in row["words"]}
    after = [word for row in _kind(rows, "bound") if row.get("side") == "after" for word in row["words"]]
    vagues = {word: (float(row["low"]), float(row["high"])) for row in _kind(rows, "vague") for word in row["words"]}
    raised = any_of(word for kind in ("move", "revised") for row in _kind(rows, kind) for word in row["words"])
    return Rows(
        units=names,
        codes=units,
        unit_after=re.compile(rf"[ -](?P<unit>{any_of([*after_words, *alone])}|{_whose(owned)})(?!\w)", re.I),
        unit_glued=re.compile(
            rf"(?<=[\dn])(?:[ -]?(?P<unit>%|{any_of(shorts)})|(?P<close>{any_of(closes)}))(?!\w|/\d)"
        ),
        money=money,
        # "US $5" is set so by some outlets; "a $5 note" is no Australian dollar.
        money_before=re.compile(rf"(?<![\w$])(?:(?P<us>US) )?(?P<money>{any_of(money)}) ?$"),
        bound=re.compile(rf"(?<![\w-])(?P<bound>{any_of(word for word in bounds if word not in after)})\s+$", re.I),
        bound_after=re.compile(rf"(?P<bound>{any_of(after)})(?!\w)", re.I),
        bounds=bounds,
        vague=re.compile(rf"(?<![\w-])(?P<vague>{any_of(vagues)})(?!\w)(?: (?P<scale>dozen|{SCALE})\b)?", re.I),
        vagues=vagues,
        roles=tuple((row["role"], row["side"], _role_pattern(row)) for row in _kind(rows, "role")),
        moves=tuple((row["move"], _move_pattern(row)) for row in _kind(rows, "move")),
        not_before=re.compile(rf"(?<!\w)(?:{any_of(_words(rows, 'not', 'before'))})[\s-]+$", re.I),
        not_after=re.compile(rf"(?:{any_of(_words(rows, 'not', 'after'))})(?!\w)", re.I),
        age_before=re.compile(rf"(?<!\w)(?:{any_of(_words(rows, 'age', 'before'))})\s+$", re.I),
        age_after=re.compile(
            rf"[\s-]?(?P<unit>year|month|week|day)s?[\s-]?(?:{any_of(_words(rows, 'age', 'after'))})(?!\w)", re.I
        ),
        zeros=tuple(pattern for row in _kind(rows, "zero") for pattern in _zero_patterns(row)),
        subset=re.compile(
            rf"\b(?:{any_of(word for row in _kind(rows, 'subset') for word in row['words'])})\W+(?:an? \w+ of |\w+ )?$",
            re.I,
        ),
        ones=frozenset(word for row in _kind(rows, "one") for word in row["words"]),
        raised=re.compile(rf"(?<!\w)(?:{raised})(?!\w)", re.I),
        risen=re.compile(rf"(?<!\w)(?:{raised})(?!\w)(?P<by> by)?(?: (?!by)[a-z]+)?\s*$", re.I),
        aged=frozenset(word for row in _kind(rows, "aged") for word in row["words"]),
    )


@cache
def units_of(knowledge: Knowledge) -> dict[str, Unit]:
    """All units by code, those of money that countries share by word among them."""
    listed = {
        row["code"]: Unit(
            row["code"],
            row["dimension"],
            float(row["factor"]),
            row["symbol"],
            row.get("called", row["names"][0]),
            float(row.get("offset", 0)),
        )
        for row in knowledge.rows("units")
    }
    moneys = knowledge.rows("currencies")
    shared = {row["noun"]: _money(row["noun"], row["names"][-1], row["noun"]) for row in moneys}
    called = {code: name.lower() for name, code in reversed(_owned_currencies(knowledge).items())}
    return shared | {code: _money(code, code, name) for code, name in called.items()} | listed


def _money(code: str, symbol: str, called: str) -> Unit:
    return Unit(code, f"money_{code.lower()}", 1.0, symbol, called)


@cache
def _owned_currencies(knowledge: Knowledge) -> dict[str, str]:
    """The code of "Kenyan shilling" and of every other currency that its country's adjective names."""
    peoples = {row["code"]: row.get("demonyms", ()) for row in knowledge.rows("countries")}
    return {
        f"{adjective} {name}": code
        for row in knowledge.rows("currencies")
        for land, code in row["of"].items()
        for name in row["names"]
        for adjective in peoples.get(land, ())
    }


def _whose(owned: Iterable[str]) -> str:
    """A pattern for an adjective and a currency's word, whether or not the two go together."""
    pairs = [name.rsplit(" ", 1) for name in owned]
    return rf"(?:{any_of(adjective for adjective, _ in pairs)})\s+(?:{any_of(noun for _, noun in pairs)})"


def _forms(row: Row) -> list[str]:
    return [*map(key, row["names"]), *row.get("short", ()), *row.get("close", ())]


def key(name: str) -> str:
    """A name as it is looked up: lower case, single blanks."""
    return " ".join(name.lower().split())


def any_of(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, any white space between them."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=lambda word: (-len(word), word))
    )


def _kind(rows: Iterable[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]


def _words(rows: Iterable[Row], kind: str, side: str) -> list[str]:
    return [word for row in _kind(rows, kind) if row["side"] == side for word in row["words"]]


def _role_pattern(row: Row) -> re.Pattern[str]:
    words = any_of(row["words"])
    # A rise or level is told right before its number; a pledge or a sum may stand further off, no number between.
    near = 1 if row["role"] in ("level", "change") else 50
    if row["side"] == "before":
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)[^.;\d]{{0,{near}}}$", re.I)
    return re.compile(rf"^[^.;\d]{{0,{near}}}(?<!\w)(?:{words})(?!\w)", re.I)


def _move_pattern(row: Row) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(row['words'])})(?: by| of)?(?: [a-z]+ly| a| an)?\s+$", re.I)


NONE_OF = r"(?P<of>(?!one\b)(?:[\w-]+ ){0,2}?[\w-]+)"
BEING = r"(?: (?:was|were|is|are|has been|have been|had been)(?: \w+ly| yet)?)?"


def _zero_patterns(row: Row) -> Iterable[re.Pattern[str]]:
    """What says that there was none: `zero` is the word for it, `of` what there was none of, where it is named."""
    words, after = any_of(row["words"]), any_of(row["after"])
    if row.get("verbs"):
        starts = any_of(sorted({re.sub(r" (?:was|were|had been|has been)$", "", word) for word in row["words"]}))
        whose = r"(?: of (?:the|its|his|her|their|those) (?P<of>[\w-]+?(?: [\w-]+?)??)| of them)?"
        yield re.compile(rf"(?<!\w)(?P<zero>{starts}){whose}{BEING} (?:{after})\b", re.I)
        yield re.compile(rf"(?<!\w)(?P<zero>no|zero) {NONE_OF}{BEING} (?:{after})\b", re.I)
        harms = any_of(row["harms"])
        yield re.compile(rf"(?<!\w)(?:{harms}) (?:(?P<zero>{starts})\b|(?P<no>no) {NONE_OF}(?=[.,;)]|$))", re.I)
        return
    told = r"(?:\w+ )?(?:reported|known|confirmed|announced|recorded)"
    also = r"(?: (?:or|and|nor) [\w-]+)*"
    unknown = rf"(?!{also} (?:was|were|has been|have been|had been) {told})"
    silent = rf"(?!{also} (?:immediately )?(?:reported|known)\b)"
    kinds = r"(?:civilian |military |human |further |serious |major )?(?:(?!one\b)[\w-]+ (?:or|nor|and) )??"
    yield re.compile(rf"(?<!\w)(?P<zero>{words}) {kinds}(?P<of>{after})\b{unknown}{silent}", re.I)
