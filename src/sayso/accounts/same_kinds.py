"""Which kinds of event two tellings of one happening may have: the rows of happening_kinds.toml."""

from __future__ import annotations

from functools import cache

from sayso.knowledge import ours


@cache
def family(kind: str) -> str:
    """The family of a kind; a kind that no row names is a family of its own.

    >>> family("shelling"), family("visit")
    ('from_afar', 'visit')
    """
    return next((row["name"] for row in ours().rows("happening_kinds") if kind in row["kinds"]), kind)


@cache
def fit(one: str, two: str) -> str | None:
    """How two kinds go together: `same`, `family`, `fits`, or None where they cannot be one happening.

    >>> fit("shelling", "missile_strike"), fit("shelling", "casualties"), fit("shelling", "arrest")
    ('family', 'fits', None)
    """
    if one == two:
        return "same"
    mine, theirs = family(one), family(two)
    if mine == theirs:
        return "family"
    return "fits" if theirs in _fitting(mine) or mine in _fitting(theirs) else None


@cache
def _fitting(name: str) -> frozenset[str]:
    return frozenset(other for row in ours().rows("happening_kinds") if row["name"] == name for other in row["fits"])


@cache
def circle(kind: str) -> str:
    """What a kind is looked up by: kinds that fit one another have one circle.

    >>> circle("shelling") == circle("casualties"), circle("shelling") == circle("arrest")
    (True, False)
    """
    around = {family(kind)}
    while more := {other for name in around for other in _fitting(name)} - around:
        around |= more
    return min(around)


@cache
def are_apart(one: str, two: str) -> bool:
    """Whether two kinds are two answers to what it was, though they may be told of one happening.

    >>> are_apart("shelling", "missile_strike"), are_apart("shelling", "explosion"), are_apart("shelling", "attack")
    (True, False, False)
    """
    return one != two and any({one, two} <= set(row.get("apart", ())) for row in ours().rows("happening_kinds"))
