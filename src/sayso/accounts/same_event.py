"""Whether two tellings are of one happening: the rule of docs/what-is-one-incident.md, with its reasons.

Each argument for and against has a weight in log odds; what cannot be one happening is apart whatever else agrees.
Nothing but the two tellings decides, what is known of their reports, and whether those are copies: the order of adding,
other tellings and the case do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import NamedTuple

from sayso.accounts.happening import Same
from sayso.accounts.same_facets import Facets, facets
from sayso.accounts.same_kinds import fit
from sayso.accounts.same_places import how, meeting
from sayso.accounts.same_times import DAY, EXACT, gap
from sayso.record import Anchor, Quoted, Reason, Telling, When, Where

START = -3.0
"""Log odds that two tellings found by a common key are one happening, before anything else is known."""
NEVER = -12.0
KINDS = {"same": 1.0, "family": 0.7, "fits": -0.8}
LASTING = frozenset({"graves", "territory", "talks", "graves_found", "siege", "armed_clash", "displacement"})
"""Families and kinds that go on for days: what is told of other days may be one."""
CARRIED = "place_from_before"
"""The doubt of a telling that shares the place of a deed told before it: docs/one-event.md."""
NEXT_SENTENCE = 20
"""Characters between two sentences that follow one another."""
PLACES = {"one": 2.3, "holds": 1.4, "near": -1.2, "unknown": 0.0, "apart": NEVER}


class Argument(NamedTuple):
    """One argument with its weight in log odds, and the stretches it compares."""

    name: str
    weight: float
    says: str
    here: Quoted | None = None
    there: Quoted | None = None


def same_event(one: Telling, two: Telling, *, story: Same | None = None, one_family: bool = False) -> Same:
    """Whether two tellings are of one happening, how surely, and every argument.

    `story` is how their reports compare, where that was asked; `one_family` tells that the one's report, or the
    stretch of it, is a copy of the other's. Symmetric but for the order of stretches in the reasons.
    """
    found = tuple(_arguments(one, two, story, one_family=one_family))
    total = START + sum(argument.weight for argument in found)
    score = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
    return Same(score, score >= 0.5, tuple(_reason(argument, one, two) for argument in found))


def event_score(one: Telling, two: Telling, *, story: Same | None = None, one_family: bool = False) -> float:
    """The score of `same_event` without the reasons; 0 as soon as anything keeps the two apart."""
    total = START
    for argument in _arguments(one, two, story, one_family=one_family):
        if argument.weight <= NEVER:
            return 0.0
        total += argument.weight
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def _reason(argument: Argument, one: Telling, two: Telling) -> Reason:
    return Reason(
        argument.name,
        argument.weight > 0,
        argument.says,
        Anchor(one.report, argument.here.span, argument.here.words) if argument.here else None,
        Anchor(two.report, argument.there.span, argument.there.words) if argument.there else None,
    )


def _arguments(one: Telling, two: Telling, story: Same | None, *, one_family: bool) -> Iterator[Argument]:
    a, b = facets(one), facets(two)
    fits = fit(a.kind, b.kind)
    if fits is None:
        yield Argument("kinds_apart", NEVER, f"{a.kind} and {b.kind} are not one deed.", one.trigger, two.trigger)
        return
    yield Argument(f"kind_{fits}", KINDS[fits], f"{a.kind} and {b.kind} can be one deed.", one.trigger, two.trigger)
    place = tuple(_of_places(a, b))
    yield from place
    met = any(argument.name in ("place_one", "place_holds") for argument in place)
    yield from _of_times(a, b, one, two)
    if not a.named or not b.named or not a.named.keys().isdisjoint(b.named):  # two who are named are not one "editor"
        yield from _of_targets(a, b)
    yield from _of_names(a, b)
    yield from _of_parties(a, b, met=met)
    yield from _of_figures(a, b)
    words = _alike(a, b)
    little = _says_little(a) + _says_little(b)
    if little:
        says = "Neither tells where, when or how many." if little == 2 else "One tells not where, when or how many."
        yield Argument("little_told", -0.6 * little, says, one.trigger, two.trigger)
    if a.general or b.general:
        yield Argument("general", -2.0, "What is denied at large is no one deed.", one.sentence, two.sentence)
    if words >= 0.15:
        yield Argument("words", 3.0 * words, "The sentences share rare words.", one.sentence, two.sentence)
    if (a.another is None) != (b.another is None):
        yield Argument("another", -4.5, "Only one of them is told as a further one.", one.trigger, two.trigger)
    elif a.another is not None:
        yield Argument("another_both", 0.7, "Both are told as a further one.", one.trigger, two.trigger)
    if one_family:
        says = "The reports are copies of one telling."
        yield Argument("copies", 4.0 * words - 0.4, says, one.sentence, two.sentence)
    if one.report == two.report:
        yield Argument("one_report", -2.0, "One report tells them apart.", one.trigger, two.trigger)
        if fits == "fits" and _is_outcome(one, two):
            yield Argument("outcome", 3.5, "The one tells what came of the other.", one.trigger, two.trigger)
    if story is not None:
        yield from _of_stories(story)


def _is_outcome(one: Telling, two: Telling) -> bool:
    """Whether the later of two in one report has its place from the earlier one, told just before."""
    first, later = sorted((one, two), key=lambda telling: telling.trigger.span.start)
    return CARRIED in later.doubts and later.sentence.span.start - first.sentence.span.end <= NEXT_SENTENCE


def _says_little(of: Facets) -> bool:
    return (
        not of.places and not of.figures and of.time.guessed and of.time.weekday is None and of.time.month_day is None
    )


def _of_stories(story: Same) -> Iterator[Argument]:
    if story.score >= 0.5:
        yield Argument("stories_alike", 0.9 * story.score, "The reports tell one story.")
    elif story.score < 0.1:
        yield Argument("stories_differ", -0.4, "The reports tell other stories.")


# Where


def _of_places(a: Facets, b: Facets) -> Iterator[Argument]:
    if a.places and b.places:
        met = meeting(a.places, b.places)
        if met.here is None or met.there is None or met.how == "unknown":
            return
        says = {
            "one": "They are at one place.",
            "holds": "The one place lies in the other.",
            "near": "The places are near each other.",
            "apart": "The places lie apart.",
        }[met.how]
        yield Argument(
            f"place_{met.how}", _place_weight(met.how, met.here, met.there), says, met.here.said, met.there.said
        )
        return
    yield from _of_datelines(a, b)


def _place_weight(met: str, here: Where, there: Where) -> float:
    if met != "holds":
        return PLACES[met]
    wide = {"region": 0.9, "area": 0.6, "country": 0.3, "district": 1.1}
    return min(wide.get(place.level, PLACES["holds"]) for place in (here, there))


def _of_datelines(a: Facets, b: Facets) -> Iterator[Argument]:
    """A dateline is no place of an event, but one filed from where the other happened may well be of it."""
    if a.dateline is not None and b.places and not a.places:
        met = min(
            (how(a.dateline, place) for place in b.places), key=("one", "holds", "near", "unknown", "apart").index
        )
        if met in ("one", "holds"):
            yield Argument(
                "filed_there", 0.9, "The one was filed from the place of the other.", a.dateline.said, b.places[0].said
            )
    elif b.dateline is not None and a.places and not b.places:
        met = min(
            (how(place, b.dateline) for place in a.places), key=("one", "holds", "near", "unknown", "apart").index
        )
        if met in ("one", "holds"):
            yield Argument(
                "filed_there", 0.9, "The one was filed from the place of the other.", a.places[0].said, b.dateline.said
            )


# When


def _of_times(a: Facets, b: Facets, one: Telling, two: Telling) -> Iterator[Argument]:
    here, there = _said(one.when, one), _said(two.when, two)
    apart = gap(a.time, b.time)
    guessed = a.time.guessed or b.time.guessed
    if apart > 0:
        lasting = a.family in LASTING or a.kind in LASTING
        yield Argument(
            "time_apart", _apart_weight(apart, guessed=guessed, lasting=lasting), "The times lie apart.", here, there
        )
        return
    if guessed and a.time.month_day and b.time.month_day:
        same = a.time.month_day == b.time.month_day
        says = "They name one day of the year." if same else "They name other days of the year."
        yield Argument("day" if same else "day_other", 1.6 if same else -6.0, says, here, there)
    elif guessed and a.time.weekday and b.time.weekday:
        same = a.time.weekday == b.time.weekday
        says = "They name one day of the week." if same else "They name other days of the week."
        yield Argument("weekday" if same else "weekday_other", 1.0 if same else -4.0, says, here, there)
    elif not guessed:
        yield Argument("time_overlaps", _overlap_weight(a, b), "The times overlap.", here, there)
    elif a.time.first is not None and b.time.first is not None and a.time.last is not None and b.time.last is not None:
        yield Argument("time_allows", 0.4, "As far as they are dated, the times overlap.", here, there)
    elif a.time.first is None and b.time.first is None and a.time.last is None and b.time.last is None:
        yield Argument("undated", -0.3, "Neither is dated.", here, there)
    if guessed and a.background != b.background:
        yield Argument("past_and_present", -1.5, "One leans on the past, the other tells news.", here, there)


def _said(when: When | None, telling: Telling) -> Quoted:
    return when.said if when is not None and when.said is not None else telling.trigger


def _apart_weight(apart: float, *, guessed: bool, lasting: bool) -> float:
    if lasting and apart < 8 * DAY:
        return -0.5 if apart < 3 * DAY else -1.5
    if guessed:
        return -1.5 if apart < 5 * DAY else -5.0
    if apart < 3:
        return -1.0
    return -4.0 if apart < DAY else -6.0


def _overlap_weight(a: Facets, b: Facets) -> float:
    longest = max(time.hours or 24 * 365 for time in (a.time, b.time))
    if a.time.granularity in EXACT and b.time.granularity in EXACT:
        return 1.9
    if longest <= 2 * DAY:
        return 1.5
    if longest <= 8 * DAY:
        return 0.9
    return 0.6 if longest <= 40 * DAY else 0.2


# Whom, by whom, how many


def _of_targets(a: Facets, b: Facets) -> Iterator[Argument]:
    shared = sorted(set(a.targets) & set(b.targets))
    if shared:
        noun = shared[0]
        yield Argument(
            "target", min(1.8, 0.9 + 0.4 * len(shared)), "It was done to the same.", a.targets[noun], b.targets[noun]
        )
    elif a.targets and b.targets:
        yield Argument(
            "target_other", -0.5, "It was done to others.", *(next(iter(x.targets.values())) for x in (a, b))
        )


def _of_names(a: Facets, b: Facets) -> Iterator[Argument]:
    for what, mine, theirs in (("named", a.named, b.named), ("doer", a.doers, b.doers)):
        shared = sorted(set(mine) & set(theirs))
        if shared:
            yield Argument(what, 0.9, "The same is named.", mine[shared[0]], theirs[shared[0]])
        elif mine and theirs:
            first = (next(iter(names.values())) for names in (mine, theirs))
            yield Argument(f"{what}_other", -2.4 if what == "named" else -1.4, "Others are named.", *first)


def _of_parties(a: Facets, b: Facets, *, met: bool) -> Iterator[Argument]:
    for name, mine, theirs in (("agent", a.agents, b.agents), ("sufferer", a.sufferers, b.sufferers)):
        shared = sorted(set(mine) & set(theirs))
        if shared:
            yield Argument(name, 0.6, "The same side is named.", mine[shared[0]], theirs[shared[0]])
        elif mine and theirs:
            weight = -0.6 if met else -1.6
            yield Argument(
                f"{name}_other", weight, "Other sides are named.", *(next(iter(x.values())) for x in (mine, theirs))
            )


def _of_figures(a: Facets, b: Facets) -> Iterator[Argument]:
    for of in sorted(set(a.figures) & set(b.figures)):
        for low, high, here in a.figures[of][:1]:
            for other_low, other_high, there in b.figures[of][:1]:
                yield from _of_two(of, (low, high, here), (other_low, other_high, there))


def _of_two(
    of: str, one: tuple[float | None, float | None, Quoted], two: tuple[float | None, float | None, Quoted]
) -> Iterator[Argument]:
    (low, high, here), (other_low, other_high, there) = one, two
    if (low, high) == (other_low, other_high):
        telling = max(low or 0, high or 0)
        yield Argument("figure", 1.5 if telling > 12 else 0.8, f"One number of {of}.", here, there)
        return
    mine, theirs = low if low is not None else high, other_low if other_low is not None else other_high
    if not mine or not theirs:
        return
    times = max(mine, theirs) / min(mine, theirs)
    if times > 3:
        yield Argument("figure_other", -1.0, f"The numbers of {of} are far apart.", here, there)


def _alike(a: Facets, b: Facets) -> float:
    if not a.norm or not b.norm:
        return 0.0
    return sum(rare * rare for word, rare in a.words.items() if word in b.words) / (a.norm * b.norm)
