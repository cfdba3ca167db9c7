"""What can be ruled, about what, and which rulings cannot stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.ledger.problems import CannotRule
from sayso.ledger.typed_place import PLACES, typed_place
from sayso.record import POSITIONS, RULINGS

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Kind:
    """One ruling: what it answers, about which things and how many of them, and whether it needs a value.

    Of `each` it is ruled by itself, however many are named: what is identical can be ruled of in one go.
    """

    answers: str  # two rulings that answer the same question about the same things can contradict each other
    about: tuple[str, ...]
    least: int = 1
    most: int | None = 1
    value: bool = False
    corrects: bool = False  # its value, if it has one, is one of its corrections
    each: bool = False


TELLINGS = ("incident", "event")
PARTS = ("statement", "event")
KINDS = {
    "same_incident": Kind("one happening?", TELLINGS, least=2, most=None),
    "different_incident": Kind("one happening?", TELLINGS, least=2, most=None),
    "copy": Kind("one telling?", ("report",), least=2, most=2),
    "independent": Kind("one telling?", ("report",), least=2, most=2),
    "accept": Kind("is it read rightly?", PARTS, most=None, each=True),
    "reject": Kind("is it read rightly?", PARTS, most=None, each=True),
    "correct": Kind("is it read rightly?", PARTS, most=None, corrects=True, each=True),
    "add_statement": Kind("what was missed?", ("report",), corrects=True),
    "speaks_for": Kind("for whom do they speak?", ("speaker",), value=True),
    "same_speaker": Kind("one speaker?", ("speaker",), least=2, most=None),
    "different_speaker": Kind("one speaker?", ("speaker",), least=2, most=None),
    "position": Kind("how do they know?", ("speaker",), value=True),
    "show_private": Kind("may they be named?", ("speaker",)),
    "locate": Kind("where is it?", ("place",), most=None, value=True, each=True),
}


def check(ruling: str, kinds: Iterable[str], value: str | None) -> None:
    """Raise `CannotRule` where a ruling is not about such things, or lacks its value."""
    if ruling not in KINDS:
        raise CannotRule(f"{ruling!r} is no ruling. There are: {', '.join(RULINGS)}.")
    kind, about = KINDS[ruling], tuple(kinds)
    for one in about:
        if one not in kind.about:
            raise CannotRule(f"{ruling} is ruled of {_or(kind.about)}, not of {_a(one)}.")
    if len(about) < kind.least or (kind.most is not None and len(about) > kind.most):
        raise CannotRule(f"{ruling} is ruled of {_how_many(kind)}; {len(about)} were named.")
    _check_value(ruling, kind, value)


def _check_value(ruling: str, kind: Kind, value: str | None) -> None:
    if kind.value and not value:
        raise CannotRule(f"{ruling} needs a value: {_wanted(ruling)}.")
    if kind.corrects and (value is None or ruling == "correct"):
        return  # see `corrections`
    if not kind.value and value:
        raise CannotRule(f"{ruling} takes no value; {value!r} was given. Say it in the reason instead.")
    if ruling == "position" and value not in POSITIONS:
        raise CannotRule(f"{value!r} is no position. There are: {', '.join(POSITIONS)}.")


def as_kept(ruling: str, value: str | None) -> str | None:
    """A value as it is kept and compared: of `locate` in one way of writing it. Raises `CannotRule`."""
    return typed_place(value).told if ruling == "locate" and value else value


def answers_the_same(one: str, other: str) -> bool:
    """Whether two rulings answer the same question, so that both cannot stand about the same things."""
    return KINDS[one].answers == KINDS[other].answers


def _wanted(ruling: str) -> str:
    wanted = {
        "speaks_for": "the party, as in parties.toml, or a country's code",
        "position": ", ".join(POSITIONS),
        "locate": PLACES,
    }
    return wanted.get(ruling, "what it should be")


def _how_many(kind: Kind) -> str:
    least = "exactly" if kind.most == kind.least else "at least"
    return f"{least} {kind.least} {' or '.join(f'{name}s' for name in kind.about)}" if kind.least > 1 else "one thing"


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
