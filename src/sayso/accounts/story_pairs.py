"""Whether two reports tell one happening: what their prints share and what sets them apart, and the reasons.

A report is compared by what is rare in news at large: names above all, then words and numbers, the beginning apart from
the whole. Days, places and dates of publication speak where both have them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date

from sayso.accounts.happening import Same
from sayso.accounts.story import StoryPrint, Weighed, weighed
from sayso.models.stories import story_scorer
from sayso.record import Anchor, Reason

PAIR_FEATURES = (
    "alike", "alike_names", "alike_words", "alike_lead", "alike_lead_names", "alike_lead_words", "alike_numbers",
    "holds_other", "lead_in_least", "lead_in_most", "lead_names_in_least", "lead_names_in_most", "lead_words_in_least",
    "lead_words_in_most", "top_in_least", "top_in_most", "rarest_name", "second_name", "names_shared", "shorter",
    "longer", "same_day", "other_day", "same_month", "other_month", "same_place", "other_place", "main_name_missing",
    "came_out_apart",
)  # fmt: skip
Weights = Mapping[str, float]


def same_story(one: StoryPrint, two: StoryPrint) -> Same:
    """Whether two reports, or sections, tell one happening, with the reasons. Symmetric; about 0.1 ms."""
    score = story_score(one, two)
    return Same(score, score >= 0.5, tuple(_reasons(one, two)))


def story_score(one: StoryPrint, two: StoryPrint) -> float:
    """How likely two reports tell one happening, from 0 to 1, without reasons."""
    return story_scorer().pair.chance(pair_features(one, two))


def pair_features(one: StoryPrint, two: StoryPrint) -> list[float]:
    """What the score is made of, in the order of `PAIR_FEATURES`. Symmetric."""
    a, b = weighed(one), weighed(two)
    product = dot(a.all, b.all)
    least = min(a.norms[0], b.norms[0])
    shared = sorted((min(weight, b.names[name]) for name, weight in a.names.items() if name in b.names), reverse=True)[
        :3
    ]
    tops = sorted((_share(a.top, b.names), _share(b.top, a.names)))
    return [
        _cosine(product, a, b, 0),
        _cosine(dot(a.names, b.names), a, b, 1),
        _cosine(dot(a.words, b.words), a, b, 2),
        _cosine(dot(a.lead, b.lead), a, b, 4),
        _cosine(dot(a.lead_names, b.lead_names), a, b, 5),
        _cosine(dot(a.lead_words, b.lead_words), a, b, 6),
        _cosine(dot(a.numbers, b.numbers), a, b, 3),
        product / (least * least) if least else 0.0,
        *sorted((_held(a.lead, b.all), _held(b.lead, a.all))),
        *sorted((_held(a.lead_names, b.names), _held(b.lead_names, a.names))),
        *sorted((_held(a.lead_words, b.words), _held(b.lead_words, a.words))),
        *tops,
        shared[0] if shared else 0.0,
        shared[1] if len(shared) > 1 else 0.0,
        float(len(shared)),
        math.log(1 + min(one.length, two.length)),
        math.log(1 + max(one.length, two.length)),
        *_meet(one.days, two.days),
        *_meet(one.months, two.months),
        *_meet(one.places, two.places),
        min(_most_missing(a, b), _most_missing(b, a)),
        math.log1p(days_apart(one, two) or 0),
    ]


def dot(one: Weights, two: Weights) -> float:
    """The sum of products of what two share."""
    if len(one) > len(two):
        one, two = two, one
    return sum(weight * two[stem] for stem, weight in one.items() if stem in two)


def _cosine(product: float, one: Weighed, two: Weighed, kind: int) -> float:
    norms = one.norms[kind] * two.norms[kind]
    return product / norms if norms else 0.0


def _held(part: Weights, whole: Weights) -> float:
    """Which share of the weight of one stands in the other; a half where there is nothing to ask."""
    total = sum(part.values())
    return sum(weight for stem, weight in part.items() if stem in whole) / total if total else 0.5


def _share(names: tuple[str, ...], of: Weights) -> float:
    return sum(name in of for name in names) / max(1, len(names))


def _meet(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[float, float]:
    """Whether two lists share something, and whether both say something and share nothing."""
    shared = not set(one).isdisjoint(two)
    return float(shared), float(bool(one and two) and not shared)


def _most_missing(one: Weighed, two: Weighed) -> float:
    return max((one.names[name] for name in one.top if name not in two.all), default=0.0)


def days_apart(one: StoryPrint, two: StoryPrint) -> int | None:
    """How many days lie between the publications of two reports at least; None where one is not known."""
    mine, theirs = _stretch(one), _stretch(two)
    if mine is None or theirs is None:
        return None
    return max(0, (theirs[0] - mine[1]).days, (mine[0] - theirs[1]).days)


def _stretch(story: StoryPrint) -> tuple[date, date] | None:
    first, last = story.published
    if first is None or last is None:
        return None
    return date.fromisoformat(first[:10]), date.fromisoformat(last[:10])


# Reasons


def _reasons(one: StoryPrint, two: StoryPrint) -> Iterator[Reason]:
    a, b = weighed(one), weighed(two)
    for shared, mine, theirs in (
        ("name", a.names, b.names),
        ("word", a.words, b.words),
        ("number", a.numbers, b.numbers),
    ):
        both = sorted(
            (stem for stem in mine if stem in theirs), key=lambda stem: (-min(mine[stem], theirs[stem]), stem)
        )
        for stem in both[:3]:
            yield Reason(
                f"shared_{shared}", True, f"Both have the rare {shared}.", _at(one, a, stem), _at(two, b, stem)
            )
    for name in a.top[:2]:
        if name not in b.all:
            yield Reason("name_missing", False, "The other does not have this main name.", _at(one, a, name), None)
    for name in b.top[:2]:
        if name not in a.all:
            yield Reason("name_missing", False, "The other does not have this main name.", None, _at(two, b, name))
    yield from _of_lists("day", one.days, two.days)
    yield from _of_lists("place", one.places, two.places)
    apart = days_apart(one, two)
    if apart is not None and apart > 7:
        yield Reason("came_out_apart", False, f"They came out at least {apart} days apart.")


def _of_lists(what: str, one: tuple[str, ...], two: tuple[str, ...]) -> Iterator[Reason]:
    shared, differs = _meet(one, two)
    if shared:
        both = ", ".join(sorted(set(one) & set(two))[:3])
        yield Reason(f"shared_{what}", True, f"Both name the {what} {both}.")
    if differs:
        yield Reason(f"other_{what}", False, f"They name other {what}s: {', '.join(one[:3])}; {', '.join(two[:3])}.")


def _at(story: StoryPrint, of: Weighed, stem: str) -> Anchor:
    return Anchor(story.report, of.spans[stem])
