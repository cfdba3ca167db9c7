"""How many it was done to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.events.clause import Scene, is_a
from sayso.events.grammar import children, clear_span, conjuncts, core, noun_key, phrase, whole_in_quotes
from sayso.events.ground import Ground
from sayso.events.triggers import Trigger
from sayso.models.parsing import Parse, Token
from sayso.record import Count, Quantity


def counts(
    scene: Scene, ground: Ground, trigger: Trigger, people: Iterable[Token], told: tuple[str, ...]
) -> tuple[Count, ...]:
    """How many, of those the trigger says something of."""
    kind = trigger.kind
    found: list[Count] = []
    people = tuple(people)
    for token in people:
        for quantity, whom in _quantities(scene.parse, ground, token):
            of = "money" if quantity.unit in MONEY else _counted(scene, kind.count, token)
            if of:
                stretch = whole_in_quotes(scene.parse, *phrase(scene.parse, whom)) if whom else None
                span = clear_span(scene.parse, *stretch, ground.cuts) if stretch else None
                found.append(Count(quantity.id, of, span, told))
    wholes = _with_parts_told(scene.parse, ground, people)
    return tuple(count for count in dict.fromkeys(found) if count.quantity not in wholes)


def _with_parts_told(parse: Parse, ground: Ground, people: Iterable[Token]) -> set[str]:
    """The fifteen of "12 of 15 drones": only the twelve were shot down."""
    seen = {q.id: q for token in people for q, _ in _quantities(parse, ground, token)}
    parted = (q for q in seen.values() if q.part_of in seen)
    return {q.part_of for q in parted if q.part_of and q.span.start < seen[q.part_of].span.start}


def parts(parse: Parse, ground: Ground, people: Iterable[Token]) -> tuple[Token, ...]:
    """Whom a count is said to include: the children of "12, including 2 children"."""
    ids = {quantity.id for token in people for quantity, _ in _quantities(parse, ground, token)}
    of = {q.of.end for q in ground.quantities.values() if q.part_of in ids and q.id not in ids and q.of}
    return tuple(token for token in parse.tokens if token.end in of) if of else ()


def without_restated(found: tuple[Count, ...], known: dict[str, Quantity]) -> tuple[Count, ...]:
    """Counts without those that only say an earlier one again: "the toll of 19" after "at least 19 were killed"."""
    kept: list[Count] = []
    for count in found:
        if not any(_says_the_same(before, count, known) for before in kept):
            kept.append(count)
    return tuple(kept)


def _says_the_same(one: Count, two: Count, known: dict[str, Quantity]) -> bool:
    left, right = known.get(one.quantity), known.get(two.quantity)
    if one.of != two.of or left is None or right is None or left.unit != right.unit or left.low is None:
        return False
    return left.low == right.low and right.high in (left.high, right.low) and set(two.told) <= set(one.told)


MONEY = frozenset({"USD", "EUR", "GBP", "RUB", "UAH", "JPY", "CNY", "CHF", "CAD", "AUD"})


def _quantities(parse: Parse, ground: Ground, token: Token, depth: int = 0) -> Iterator[tuple[Quantity, Token | None]]:
    seen: set[str] = set()
    first, last = phrase(parse, token)
    wholes = _wholes(parse, token)
    for i in range(first, last):
        quantity = ground.quantities.get(i)
        if quantity and quantity.id not in seen and i not in wholes:
            seen.add(quantity.id)
            yield quantity, token if token.pos != "NUM" else None
    for including in children(parse, token.i, "prep"):
        if including.lemma == "include" and depth < 2:
            for inner in children(parse, including.i, "pobj"):
                for one in conjuncts(parse, inner):
                    yield from ((q, w) for q, w in _quantities(parse, ground, one, depth + 1) if q.id not in seen)


def _wholes(parse: Parse, token: Token) -> frozenset[int]:
    """The numbers that only say of how many: the nine of "seven of nine drones"."""
    if token.pos != "NUM":
        numbers = children(parse, token.i, "nummod")
        return frozenset(one.i for one in numbers if _has_a_part(parse, one))
    preps = (prep for prep in children(parse, token.i, "prep") if prep.lemma == "of")
    inside = (one for prep in preps for one in children(parse, prep.i, "pobj"))
    return frozenset(i for part in inside for i in range(*parse.subtree_ends[part.i]))


def _has_a_part(parse: Parse, number: Token) -> bool:
    """Whether another number and an "of" stand before a number, which the parser takes for one of its words."""
    return {"NUM", "ADP"} <= {child.pos for child in children(parse, number.i, "quantmod")}


def _counted(scene: Scene, of: str, token: Token) -> str | None:
    word = core(scene.parse, token)
    key = noun_key(word)
    if key in ("grave", "ground") and of in ("graves", ""):
        return "graves"
    if is_a(scene, word, "body"):
        return "bodies"
    if is_a(scene, word, "munition"):
        return "munitions"
    if key in ("kilometer", "kilometre", "mile", "hectare", "acre") or word.lemma in ("km", "sq"):
        return "territory"
    if key in ("settlement", "village", "town", "city"):
        return "settlements"
    if is_a(scene, word, "structure") and not is_a(scene, word, "person"):
        return "buildings"
    return of or None
