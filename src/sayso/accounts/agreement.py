"""The matrix of accounts: for each field and origin whether it agrees, differs, denies, was not verified, is silent.

Times and places are compared with their doubt, figures with their bounds; different things counted are different rows.
Whatever one account is to another, the other is to it. Nothing is averaged and nobody is picked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations, product

from sayso.accounts.numbers import can_be_one
from sayso.accounts.same_kinds import are_apart, fit
from sayso.accounts.same_places import how
from sayso.knowledge import Knowledge
from sayso.record import FIELDS, Account, Anchor, Cell, Stated
from sayso.values.spelling import levelled

REAL = frozenset(("happened", "ongoing"))
DENYING = frozenset(("denied", "did_not_happen", "retracted"))
NOT_BY = "not"
"""Marks a value that says who did not do it."""
SPOKEN_OF = "speaks of it"


def agreement(
    accounts: Sequence[Account], disputes: Mapping[str, frozenset[str]], knowledge: Knowledge
) -> tuple[Cell, ...]:
    """A cell for every field that somebody states and every origin, fields in the order of FIELDS, figures by thing.

    `disputes` says for each origin whom it contradicts on whether it happened; it holds both ways.
    """
    cells = [_whether(account, disputes.get(account.origin, frozenset()), accounts) for account in accounts]
    for field in FIELDS:
        for of in _things(accounts, field) if field != "whether" else ():
            cells += _row(field, of, accounts, knowledge)
    return tuple(cells)


def _row(field: str, of: str | None, accounts: Sequence[Account], knowledge: Knowledge) -> list[Cell]:
    """The cells of one field, each pair of accounts compared once."""
    values = [_values(account, field, of) for account in accounts]
    against: list[list[str]] = [[] for _ in accounts]
    for one, two in combinations(range(len(accounts)), 2):
        if values[one] and values[two] and _differ(field, values[one], values[two], knowledge):
            against[one].append(accounts[two].origin)
            against[two].append(accounts[one].origin)
    return [
        _cell(field, of, account.origin, mine, others)
        for account, mine, others in zip(accounts, values, against, strict=True)
    ]


def _differ(field: str, one: Sequence[Stated], two: Sequence[Stated], knowledge: Knowledge) -> bool:
    """Whether two accounts' values differ: some do, and no two can be one; what one denies and the other tells does."""
    compare = _compare(field, knowledge)
    found = False
    for mine, theirs in product(one, two):
        match compare(mine, theirs):
            case "agrees":
                return False
            case "differs":
                found = True
    return found


def _things(accounts: Sequence[Account], field: str) -> list[str | None]:
    stated = [one for account in accounts for one in account.stated if one.field == field]
    if field != "how_many":
        return [None] if stated else []
    return [*sorted({one.of or "" for one in stated})]


def _cell(field: str, of: str | None, origin: str, mine: Sequence[Stated], against: Sequence[str]) -> Cell:
    if not mine:
        return Cell(field, of, origin, "silent", "")
    told = sorted(mine, key=lambda stated: stated.of == NOT_BY)
    says = "; ".join(dict.fromkeys(stated.says for stated in told))
    only_denies = all(stated.field == "by_whom" and stated.of == NOT_BY for stated in mine)
    verdict = "denies" if only_denies else "differs" if against else "agrees"
    return Cell(field, of, origin, verdict, says, _anchors(told), tuple(against))


def _whether(account: Account, disputed: frozenset[str], accounts: Sequence[Account]) -> Cell:
    """Who denies is against all who tell that as real, and they are against whoever denies."""
    stated = [one for one in account.stated if one.field == "whether"]
    told = [one for one in stated if one.says == account.status]
    told = told or [one for one in stated if one.says != SPOKEN_OF] or stated
    against = tuple(other.origin for other in accounts if other.origin in disputed)
    verdict = "denies" if account.status in DENYING else "differs" if against else "agrees"
    return Cell("whether", None, account.origin, verdict, account.status, _anchors(told), against)


def _values(account: Account, field: str, of: str | None) -> list[Stated]:
    return [
        stated
        for stated in account.stated
        if stated.field == field and not stated.superseded and (field != "how_many" or (stated.of or "") == of)
    ]


def _anchors(stated: Sequence[Stated]) -> tuple[Anchor, ...]:
    return tuple(dict.fromkeys(one.anchor for one in stated))


# One value and another ---------------------------------------------------------------------------


def _compare(field: str, knowledge: Knowledge) -> Callable[[Stated, Stated], str]:
    match field:
        case "what":
            return _kinds
        case "when":
            return _times
        case "where":
            return _places
        case "by_whom" | "to_whom":
            return _parties
        case "with_what":
            return lambda one, two: _weapons(one, two, knowledge)
        case "how_many":
            return _numbers
        case _:
            return lambda one, two: "nothing"


def _kinds(one: Stated, two: Stated) -> str:
    mine, theirs = one.of or "", two.of or ""
    return "agrees" if fit(mine, theirs) and not are_apart(mine, theirs) else "differs"


def _times(one: Stated, two: Stated) -> str:
    a, b = one.when, two.when
    if a is None or b is None or None in (a.earliest, a.latest, b.earliest, b.latest):
        return "nothing"
    first, last = _minutes(a.earliest), _minutes(a.latest)
    other_first, other_last = _minutes(b.earliest), _minutes(b.latest)
    return "agrees" if first < other_last and other_first < last else "differs"


def _minutes(iso: str | None) -> str:
    """An ISO date or time to the minute, so that both can be compared as text."""
    return (iso or "")[:16] if "T" in (iso or "") else f"{iso}T00:00"


def _places(one: Stated, two: Stated) -> str:
    if one.where is None or two.where is None:
        return "nothing"
    met = how(one.where, two.where)
    return {"apart": "differs", "unknown": "nothing"}.get(met, "agrees")


def _parties(one: Stated, two: Stated) -> str:
    if NOT_BY in (one.of, two.of):
        return "differs" if one.party == two.party and one.of != two.of else "nothing"
    if one.party is not None and two.party is not None:
        return "agrees" if one.party == two.party else "differs" if one.field == "by_whom" else "nothing"
    mine, theirs = _name(one.says), _name(two.says)
    return "agrees" if mine & theirs else "nothing"


def _name(words: str) -> frozenset[str]:
    return frozenset(word[:5] for word in levelled(words).split() if len(word) > 3)


def _weapons(one: Stated, two: Stated, knowledge: Knowledge) -> str:
    mine, theirs = weapon_kinds(one.says, knowledge), weapon_kinds(two.says, knowledge)
    if not mine or not theirs:
        return "agrees" if _name(one.says) & _name(two.says) else "nothing"
    return "agrees" if mine & theirs else "differs"


@lru_cache(maxsize=4_096)
def weapon_kinds(words: str, knowledge: Knowledge) -> frozenset[str]:
    """The kinds of attack that some words for a weapon make, by the rows of weapon.toml: "shells" a shelling."""
    found = _weapon_kinds(knowledge)
    return frozenset(kind for word in words.casefold().split() if (kind := found.get(word) or found.get(word[:-1])))


@cache
def _weapon_kinds(knowledge: Knowledge) -> dict[str, str]:
    return {
        word: row["kind"] for row in reversed(knowledge.rows("en/weapon")) if "kind" in row for word in row["words"]
    }


def _numbers(one: Stated, two: Stated) -> str:
    if one.quantity is None or two.quantity is None:
        return "nothing"
    return "agrees" if can_be_one(one.quantity, two.quantity) else "differs"
