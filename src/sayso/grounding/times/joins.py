"""What the times of one sentence make together: a clock and its day, a range, and the words that narrow a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.grounding.times.clock import either, on_day
from sayso.grounding.times.draft import NOTHING, Draft, Here, unknown
from sayso.grounding.times.near import NIGHT, OVERNIGHT, part_of, stepped
from sayso.record import Interval
from sayso.values import moment as calendar

BEFORE_DAY = re.compile(r",? (?:on |of |this |last )?")
BEHIND_DAY = re.compile(
    r",? (?:(?:at|around|about|by|from|until|till|before|after|since|between|near|exactly|shortly|just) ){0,3}"
)
APART = re.compile(r",? ?\([^()]{1,24}\),? (?:on )?")
RANGE = re.compile(r" ?[-–] ?| (?:to|through|until|till) ")
LISTED = re.compile(r" ?[-–] ?|,? (?:and|or|to|through|until|till) |, ")
BRACKET = re.compile(r",? ?[(\[/]")
WEST, EAST = -12 * 60, 14 * 60
"""Minutes: how far clocks of the world are behind and ahead of UTC."""
BOTH = re.compile(r" and ")
THE = re.compile(r"(?:the|these|those|its|their|several|a few)\b", re.I)
AFTER = re.compile(r",? (?:after|following) (?:\S+ ){0,6}(?:(?:on|of) )?")
ALSO = re.compile(r",? (?:and|to|until|till) (?:\w+ ){0,3}")
BESIDE = re.compile(r" (?:\w+ ){0,2}")
FAR = 40
MORNING = 9
"""Until this hour a clock of a night is past midnight."""
PARTED = re.compile(r"[,;:.()]|\b(?:when|while|but|after|before|because|as|since)\b")
DAILY = re.compile(r"P1D$|XXXX-XX-XXT")
NIGHT_GAPS = (" to ", "-", "–", " – ", " - ", " into ", " and ")
NIGHT_OF = re.compile(r"\b(?:[Tt]he )?night (?:of|from|between) (?:the )?$")
NIGHT_WORD = re.compile("night", re.I)
DAY_TOLD = re.compile(r" (?:on|of|this|last) |day\b")
FROM = re.compile(r",? ?\(?(?:from|since|beginning|starting)(?: \w+){0,2} ")
WEEK_OF = re.compile(r"\b(?:the )?week of $", re.I)
OR_SO = re.compile(r" or so\b")
ONWARD = re.compile(r" (?:or|and) (?:later|beyond|after)\b")
PLAIN_DAYS = ("day", "part_of_day")
UNITS = re.compile(r"\b(?:days?|hours?|weeks?|months?|years?|minutes?|decades?)\s$", re.I)


def joined(drafts: Sequence[Draft], here: Here) -> list[Draft]:
    """The times of a sentence, in order, each with what its neighbours and the words beside it give it."""
    found = _with_days(_nights(drafts, here), here)
    found = _with_sets([_counted_on(draft, found[at + 1 :], here) for at, draft in enumerate(found)], here)
    found = [_into_night(draft, found[at + 1 : at + 2], here) for at, draft in enumerate(found)]
    found = [_narrowed(draft, here) for draft in _with_years(found, here)]
    return found if here.wide else _ranges(found, here)


def _gap(one: Draft, two: Draft, here: Here) -> str:
    return here.stretch.text[one.end : two.start]


def _day_timex(draft: Draft) -> str | None:
    """The day a draft lies on, as the beginning of a TIMEX3 value; None where it is no day."""
    if draft.clock is not None or draft.type not in ("DATE", "TIME") or draft.when.granularity not in PLAIN_DAYS:
        return None
    return (draft.when.timex or "").split("T")[0] or None


def _with_days(drafts: list[Draft], here: Here) -> list[Draft]:
    """Clocks on their days: "5 p.m. on Friday" is one time, in "Friday at 5 p.m." the clock takes the day over."""
    found: list[Draft] = []
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        if draft.clock is None:
            found.insert(0, draft)
            continue
        behind = found[0] if found else None
        if (
            behind is not None
            and behind.clock is None
            and _day_timex(behind)
            and BEFORE_DAY.fullmatch(_gap(draft, behind, here))
        ):
            found[0] = replace(_on(draft, _ahead(draft, behind, here)), end=behind.end)
            continue
        if behind is not None and _is_step_to_day(behind) and BEFORE_DAY.fullmatch(_gap(draft, behind, here)):
            found[0] = replace(draft, end=behind.end, step=behind.step, when=_dayless(draft), relative_to=NOTHING)
            continue
        found.insert(0, _on_some_day(draft, at, drafts, behind, here))
    return found


def _is_step_to_day(draft: Draft) -> bool:
    """Whether it is a day counted from another: "the night before", "the next day"."""
    return draft.clock is None and draft.step is not None and draft.step.unit == "day" and not draft.counted


def _dayless(clock: Draft) -> calendar.Stretch:
    """A clock of a day that nobody has told yet."""
    hour, minutes = clock.clock or (0, 0)
    return unknown(clock.when.granularity, f"XXXX-XX-XXT{hour:02}:{minutes:02}")


def _counted_on(draft: Draft, behind: Sequence[Draft], here: Here) -> Draft:
    """A step on the day told behind it: "the next day, after the vote on April 20"."""
    if draft.step is None or not behind or behind[0].when.granularity != "day" or behind[0].when.earliest is None:
        return draft
    if draft.step.unit != "day" or not AFTER.fullmatch(_gap(draft, behind[0], here)):
        return draft
    when = stepped(behind[0].when, draft, here.rows)
    return replace(draft, when=when, step=None, relative_to=NOTHING) if when else draft


def _with_sets(drafts: list[Draft], here: Here) -> list[Draft]:
    """Clocks that recur: "at 8 p.m. every day", "each evening at 7 p.m."."""
    found: list[Draft] = []
    for at, draft in enumerate(drafts):
        near = [other for other in (*drafts[at - 1 : at], *drafts[at + 1 : at + 2]) if other.type == "SET"]
        code = next((code for other in near if (code := _clock_code(draft, other, here))), None)
        found.append(draft if code is None else _recurring(draft, code))
    found = _with_clocks(found, here)
    merged: list[Draft] = []
    for draft in found:
        last = merged[-1] if merged else None
        if last and last.clock and last.type == draft.type == "SET" and _gap(last, draft, here) == " ":
            merged[-1] = replace(last, end=draft.end)
        else:
            merged.append(draft)
    return merged


def _with_clocks(drafts: list[Draft], here: Here) -> list[Draft]:
    """The other clock of what recurs: "from 8 p.m. to 5 a.m. every day", "daily at 9 a.m. and at 5 p.m."."""
    found = list(drafts)
    for at, draft in enumerate(found):
        if draft.clock is None or not draft.dayless or draft.type == "SET":
            continue
        before, behind = found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None
        if behind is not None and _recurs(behind) and RANGE.fullmatch(_gap(draft, behind, here)):
            found[at] = _recurring(draft, _same_day(behind, draft))
        elif before is not None and _recurs(before) and ALSO.fullmatch(_gap(before, draft, here)):
            found[at] = _recurring(draft, _same_day(before, draft))
    return found


def _recurs(draft: Draft) -> bool:
    return draft.type == "SET" and draft.clock is not None


def _same_day(recurring: Draft, clock: Draft) -> str:
    hour, minutes = clock.clock or (0, 0)
    return f"{(recurring.when.timex or '').rpartition('T')[0]}T{hour:02}:{minutes:02}"


def _recurring(draft: Draft, code: str) -> Draft:
    when = unknown(draft.when.granularity, code)
    return replace(draft, type="SET", when=when, alternatives=(), relative_to=NOTHING, dayless=False)


def _clock_code(draft: Draft, other: Draft, here: Here) -> str | None:
    """The TIMEX3 value of a clock that stands in one clause with what recurs; None where it does not."""
    one, two = (draft, other) if draft.start < other.start else (other, draft)
    gap = _gap(one, two, here)
    beside = BESIDE.fullmatch(gap) if one is other else not PARTED.search(gap) and len(gap) < FAR
    if draft.clock is None or not draft.dayless or not beside:
        return None
    timex = other.when.timex or ""
    if DAILY.match(timex):
        timex = "XXXX-XX-XX"
    elif timex.startswith("P") or "T" in timex:
        return None
    return f"{timex}T{draft.clock[0]:02}:{draft.clock[1]:02}"


def _nights(drafts: Sequence[Draft], here: Here) -> list[Draft]:
    """Nights told by both their days: "the night from Sunday to Monday", "the night of 27-28 April"."""
    found: list[Draft] = []
    for draft in drafts:
        last = found[-1] if found else None
        if last is not None and _gap(last, draft, here) in NIGHT_GAPS and (night := _night_of_two(last, draft, here)):
            found[-1] = night
        else:
            found.append(_night_of_range(draft, here) or draft)
    return found


def _night_of_two(one: Draft, two: Draft, here: Here) -> Draft | None:
    before = NIGHT_OF.search(here.stretch.text[: one.start])
    plain = one.type == two.type == "DATE" and one.when.granularity == two.when.granularity == "day"
    if before is None or not plain or one.step or two.step:
        return None
    start = before.start()
    first, last = calendar.parsed_day(one.when.earliest or ""), calendar.parsed_day(two.when.earliest or "")
    if first is None or last is None:
        code = unknown("part_of_day", f"{one.when.timex}TNI" if one.when.timex else None)
        return replace(one, start=start, end=two.end, type="TIME", when=code)
    if (last.toordinal() - first.toordinal()) % 7 != 1:
        return None
    when = part_of(calendar.shifted(last, "day", -1) or first, NIGHT)
    return replace(one, start=start, end=two.end, type="TIME", when=when)


def _night_of_range(draft: Draft, here: Here) -> Draft | None:
    before = NIGHT_OF.search(here.stretch.text[: draft.start])
    ends = [calendar.parsed_day(end) for end in (draft.when.timex or "").split("/")]
    if before is None or draft.type != "DATE" or len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    if ends[1].toordinal() - ends[0].toordinal() != 1:
        return None
    return replace(draft, start=before.start(), type="TIME", when=part_of(ends[0], NIGHT))


def _into_night(draft: Draft, behind: Sequence[Draft], here: Here) -> Draft:
    """The night into a day, where a clock behind it begins on the day before: "the night of May 2 (from 9 p.m. …)"."""
    day = calendar.parsed_day(draft.when.timex or "") if draft.when.granularity == "day" else None
    found = here.rows.part_before.search(here.stretch.text[max(0, draft.start - 30) : draft.start])
    if day is None or draft.type != "DATE" or found is None or not NIGHT_WORD.fullmatch(found["part"]):
        return draft
    over = day == here.anchor and here.is_past(draft.start) and not here.wide
    starts = calendar.parsed_day(behind[0].when.earliest or "") if behind and behind[0].type == "TIME" else None
    before = starts is not None and day.toordinal() - starts.toordinal() == 1
    if not over and not (before and FROM.fullmatch(_gap(draft, behind[0], here))):
        return draft
    return replace(draft, start=draft.start - len(found[0]), type="TIME", when=part_of(day, OVERNIGHT))


def _ahead(draft: Draft, day: Draft, here: Here) -> Draft:
    """The day of a clock, a week on where it was read as past and the clock's clause tells what is to come."""
    words = here.stretch.text[day.start : day.end].lower()
    first = calendar.parsed_day(day.when.earliest or "")
    if words not in here.rows.weekdays or first is None or here.anchor is None or first >= here.anchor:
        return day
    after = calendar.shifted(first, "week", 1)
    return replace(day, when=calendar.day(after)) if after and here.is_future(draft.start) else day


def _on_some_day(draft: Draft, at: int, drafts: list[Draft], behind: Draft | None, here: Here) -> Draft:
    before = drafts[at - 1] if at else None
    if before is not None and _day_timex(before) and BEHIND_DAY.fullmatch(_gap(before, draft, here)):
        return _on(draft, before)
    if behind is not None and APART.fullmatch(_gap(draft, behind, here)) and _day_timex(behind):
        return _on(draft, behind)
    if behind is not None and behind.clock is not None and BRACKET.fullmatch(_gap(draft, behind, here)):
        return _as_instant(draft, behind)
    if behind is not None and behind.clock is not None and len(_gap(draft, behind, here)) < 12:
        return _on(draft, behind)
    days = {timex: other for other in drafts if (timex := _day_timex(other))}
    if len(days) != 1:
        return draft
    (day,) = days.values()
    return _on(draft, day, night=NIGHT_OF.search(here.stretch.text[: day.start]) is not None)


def _on(draft: Draft, other: Draft, *, night: bool = False) -> Draft:
    """A clock on the day of another time; "2 a.m." of a night is that of the day after."""
    at, dayless = draft.clock or (0, 0), other.dayless
    day = calendar.parsed_day((other.when.timex or "").split("T")[0])
    if day is None or other.when.earliest is None:
        timex = f"{(other.when.timex or 'XXXX-XX-XX').split('T')[0]}T{at[0]:02}:{at[1]:02}"
        when = calendar.Stretch(timex, None, None, draft.when.granularity)
        return replace(draft, when=when, relative_to=other.relative_to, alternatives=_on_either(other, at, when))
    if at[0] < MORNING and (night or (other.when.timex or "").endswith("TNI")):
        day = calendar.shifted(day, "day", 1) or day
    when = on_day(day, at, draft.when.granularity)
    if draft.halves:
        both = [on_day(day, (hour, at[1]), "minute") for hour in (at[0], at[0] + 12)]
        return replace(draft, relative_to=other.relative_to, alternatives=tuple(map(_interval, both)), dayless=dayless)
    return replace(draft, when=when, relative_to=other.relative_to, alternatives=either(day, at), dayless=dayless)


def _interval(when: calendar.Stretch) -> Interval:
    return Interval(when.earliest, when.latest)


def _as_instant(draft: Draft, other: Draft) -> Draft:
    """A clock on the day of the same instant in UTC: "1.05 a.m. (1935 GMT Tuesday)" is Wednesday's."""
    same = _on(draft, other)
    day = calendar.parsed_day(other.when.earliest or "")
    if day is None or other.zone != "UTC" or draft.zone == "UTC" or draft.clock is None or other.clock is None:
        return same
    ahead = draft.clock[0] * 60 + draft.clock[1] - other.clock[0] * 60 - other.clock[1]
    by = 1 if ahead < WEST else -1 if ahead > EAST else 0
    moved = calendar.shifted(day, "day", by)
    return replace(same, when=on_day(moved, draft.clock, draft.when.granularity)) if moved else same


def _on_either(other: Draft, at: tuple[int, int], when: calendar.Stretch) -> tuple[Interval, ...]:
    """A clock on each of the days that a time may be."""
    days = [day for one in other.alternatives if (day := calendar.parsed_day(one.earliest or ""))]
    clocks = [on_day(day, at, when.granularity) for day in days]
    return tuple(map(_interval, clocks))


def _narrowed(draft: Draft, here: Here) -> Draft:
    """A time with the words before and behind it that narrow it: "the end of", "at least", "or so"."""
    text = here.stretch.text
    if draft.type == "SET":
        return draft
    draft = _in_part(draft, here)
    before = text[max(0, draft.start - 40) : draft.start]
    if draft.mod is None:
        found = here.rows.measure_before.search(before) if _is_measured(draft) else here.rows.mod_before.search(before)
        if found is not None and not UNITS.search(before[: found.start()]) and _fits(draft, found["word"], text):
            word = " ".join(found["word"].lower().split())
            mod = here.rows.measures.get(word) if _is_measured(draft) else here.rows.mods.get(word)
            draft = replace(draft, start=draft.start - (len(before) - found.start()), mod=mod)
    if draft.mod is None and (behind := OR_SO.match(text, draft.end)):
        return replace(draft, end=behind.end(), mod="APPROX")
    if draft.type == "DATE" and draft.mod is None and (behind := ONWARD.match(text, draft.end)):
        return replace(draft, end=behind.end(), mod="ON_OR_AFTER", when=replace(draft.when, latest=None))
    return draft


def _is_measured(draft: Draft) -> bool:
    """Whether it is so and so long, or so long ago."""
    return draft.type == "DURATION" or draft.step is not None or (draft.type == "DATE" and draft.counted)


def _fits(draft: Draft, word: str, text: str) -> bool:
    """Whether a word narrows such a time: "over" narrows a count, but "over the past weeks" is "during"."""
    if draft.clock is not None:
        return word.lower() in ("around", "about", "shortly before", "shortly after")
    if word.lower() == "some":
        return re.match(r"an?\b", text[draft.start :], re.I) is None  # "it had some a year ago"
    if word.lower() in ("over", "under"):
        return draft.type == "DURATION" and not THE.match(text, draft.start)
    return True


def _in_part(draft: Draft, here: Here) -> Draft:
    """The words "the morning of March 5", "the week of March 6"."""
    day = calendar.parsed_day(draft.when.timex or "") if draft.when.granularity == "day" else None
    if draft.type != "DATE":
        return draft
    before = here.stretch.text[max(0, draft.start - 30) : draft.start]
    week = WEEK_OF.search(before)
    if week is not None and "/" in (draft.when.timex or ""):
        return replace(draft, start=draft.start - len(week[0]), when=_as_week(draft.when))
    if week is not None and day is not None:
        return replace(draft, start=draft.start - len(week[0]), when=calendar.week(day))
    found = here.rows.part_before.search(before)
    if found is None or draft.when.granularity != "day":
        return draft
    part = here.rows.parts[found["part"].lower()]
    if day is None or draft.when.earliest is None:
        when = calendar.Stretch(
            f"{draft.when.timex}T{part[0]}" if draft.when.timex else None, None, None, "part_of_day"
        )
    else:
        when = part_of(day, part)
    return replace(draft, start=draft.start - len(found[0]), type="TIME", when=when)


def _as_week(when: calendar.Stretch) -> calendar.Stretch:
    """A range of days as the week of the calendar that it is; another range, Saturday to Friday, stays itself."""
    day = calendar.parsed_day(when.earliest or "")
    week = calendar.week(day) if day else None
    return week if week and (week.earliest, week.latest) == (when.earliest, when.latest) else when


def _with_years(drafts: list[Draft], here: Here) -> list[Draft]:
    """Months and days in the year that the one behind them names: "in July and August 2012"."""
    found = list(drafts)
    for at in range(len(found) - 2, -1, -1):
        one, two = found[at], found[at + 1]
        if one.type == two.type == "DATE" and LISTED.fullmatch(_gap(one, two, here)):
            found[at] = _in_year_of(one, two, here)
    return found


def _ranges(drafts: list[Draft], here: Here) -> list[Draft]:
    """The words "from May 3 to May 9", "between 2014 and 2016": one stretch from the first to the last."""
    found: list[Draft] = []
    for draft in drafts:
        whole = _range(found[-1], draft, here) if found else None
        if whole is None:
            found.append(draft)
        else:
            found[-1] = whole
    return found


def _range(one: Draft, two: Draft, here: Here) -> Draft | None:
    ranged = one.type in ("DATE", "TIME") or (_recurs(one) and _recurs(two))
    if one.type != two.type or not ranged or one.step or two.step:
        return None
    gap, before = _gap(one, two, here), here.stretch.text[max(0, one.start - 9) : one.start].lower()
    dash = RANGE.fullmatch(gap) and (
        "to" not in gap or before.endswith("from ") or one.when.granularity == two.when.granularity
    )
    if not dash and not (BOTH.fullmatch(gap) and before.endswith("between ")):
        return None
    one, two = _in_order(one, two, here) if not (one.halves or two.halves) else (one, two)
    if one.when.earliest is None or two.when.earliest is None or two.when.latest is None:
        if one.when.timex is None or two.when.timex is None or one.when.earliest or two.when.earliest:
            return None
        when = calendar.Stretch(f"{one.when.timex}/{two.when.timex}", None, None, two.when.granularity)
    elif one.when.earliest < two.when.earliest:
        when = calendar.between(one.when, two.when)
    else:
        return None
    return replace(one, end=two.end, when=when, mod=None, zone=two.zone or one.zone, clock=None, counted=False)


def _in_order(one: Draft, two: Draft, here: Here) -> tuple[Draft, Draft]:
    """A range of weekdays or hours with its second end behind its first: "10 p.m. to 5 a.m.", "Saturday to Monday"."""
    first, last = calendar.parsed_day(one.when.earliest or ""), calendar.parsed_day(two.when.earliest or "")
    if first is None or last is None or (one.when.earliest or "") < (two.when.earliest or ""):
        return one, two
    if one.clock is not None and two.clock is not None:
        if _is_night_before(one, two, here):
            before = calendar.shifted(first, "day", -1)
            return (replace(one, when=on_day(before, one.clock, one.when.granularity)), two) if before else (one, two)
        after = calendar.shifted(last, "day", 1)
        return one, replace(two, when=on_day(after, two.clock, two.when.granularity)) if after else two
    if one.when.granularity != "day" or "publication" not in (one.relative_to, two.relative_to):
        return one, two
    ahead = here.anchor is not None and first > here.anchor
    moved = calendar.shifted(last if ahead else first, "week", 1 if ahead else -1)
    if moved is None:
        return one, two
    return (one, replace(two, when=calendar.day(moved))) if ahead else (replace(one, when=calendar.day(moved)), two)


def _is_night_before(one: Draft, two: Draft, here: Here) -> bool:
    """Whether hours across midnight end on the day told: the one behind them, else the report's own if over."""
    if DAY_TOLD.search(here.stretch.text[two.start : two.end]):
        return True
    return one.dayless and two.dayless and not here.is_future(one.start) and not here.is_open(one.start)


def _in_year_of(one: Draft, two: Draft, here: Here) -> Draft:
    """The first end of a range in the year that only its second end names: "from May to July 2014"."""
    text = here.stretch.text
    said = re.search(r"\d{4}", text[two.start : two.end])
    if not said or re.search(r"\d{4}", text[one.start : one.end]) or one.when.earliest is None:
        return one
    start = calendar.parsed_day(one.when.earliest)
    day = calendar.valid_day(int(said[0]), start.month, start.day) if start else None
    if day is None:
        return one
    when = calendar.month(day.year, day.month) if one.when.granularity == "month" else calendar.day(day)
    return replace(one, when=when) if one.when.granularity in ("month", "day") else one
