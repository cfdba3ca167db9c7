"""Times: dates, parts of days, durations and what recurs, after TIMEX3; relative ones stay relative."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sayso.grounding.stretches import PLAIN, Stretch
from sayso.knowledge import Knowledge
from sayso.models.parsing import Token
from sayso.record import Interval, Moment, Page, Published, Quotation, Span
from sayso.values import moment as calendar
from sayso.values.kept import kept
from sayso.values.quantity import ONES, TENS, number

DIGITS = "|".join(word for word in ONES if 0 < ONES[word] < 10)
COUNT = (
    rf"(?:\d{{1,4}}(?:\.\d)?|(?:{'|'.join(TENS)})(?:[ -](?:{DIGITS}))?|{'|'.join(sorted(ONES, key=len, reverse=True))}"
    r"|an?|several|a few|a couple of|few|couple of|half an?)"
)
FAR_BACK, NEAR_AHEAD = 270, 92
"""Days: a yearless date further back than the one, with the next one nearer than the other, may be still to come."""
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
VAGUE_COUNTS = ("several", "few", "a few", "a couple of", "couple of")
UTTERANCE, PUBLICATION, NOTHING = "utterance", "publication", "none"


@dataclass(frozen=True, slots=True)
class Draft:
    """A time under way, with where it stands in its stretch."""

    start: int
    end: int
    type: str
    when: calendar.Stretch
    mod: str | None = None
    zone: str | None = None
    alternatives: tuple[Interval, ...] = ()
    relative_to: str = NOTHING


@dataclass(frozen=True, slots=True)
class Here:
    """What a time is read against: its sentence, the day of publication if known, and whether it is quoted."""

    stretch: Stretch
    anchor: date | None
    published: Published
    quoted: Callable[[int], bool]
    rows: Rows
    known_year: Callable[[str, int, int], int | None]

    def relation(self, at: int) -> str:
        """What a relative word at this place is relative to."""
        return UTTERANCE if self.quoted(at) else PUBLICATION

    def day(self, at: int) -> date | None:
        """The day a relative word at this place counts from; None for an utterance or an unknown publication."""
        return None if self.quoted(at) else self.anchor

    def is_future(self, at: int) -> bool:
        """Whether the clause of a word is about what is still to come."""
        return _is_future(self.stretch, at, self.rows.future)

    def is_past(self, at: int) -> bool:
        """Whether the verb that a word hangs on tells what has been."""
        verb = _verb_above(self.stretch, at)
        return verb is not None and (verb.tag in ("VBD", "VBN") or self.stretch.text[:at].endswith("since "))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about time, as tables and patterns."""

    weekdays: dict[str, int]
    months: dict[str, int]
    parts: dict[str, tuple[str, int, int]]
    seasons: dict[str, tuple[str, int]]
    units: dict[str, tuple[str, str, bool]]
    days: dict[str, int]
    mods: dict[str, str]
    bounds: dict[str, str]
    bound: re.Pattern[str]
    sets: dict[str, str]
    zones: dict[str, str]
    stages: dict[str, str]
    future: frozenset[str]
    trigger: re.Pattern[str]
    patterns: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Here], Draft | None]], ...]


def find_moments(
    page: Page, stretches: Sequence[Stretch], published: Published, knowledge: Knowledge
) -> tuple[Moment, ...]:
    """All times that a page names, in order, numbered from m1."""
    rows = rows_about_time(knowledge)
    anchor = calendar.anchor(published)
    known = _known_years(knowledge)
    moments: list[Moment] = []
    for stretch in stretches:
        here = Here(stretch, anchor, published, _quoted(page.quotations, stretch), rows, _near_known(stretch, known))
        for draft in drafts_in(here):
            span = stretch.span(draft.start, draft.end)
            if span is not None:
                moments.append(_moment(f"m{len(moments) + 1}", span, draft))
    return _anchored(tuple(moments), stretches)


def settled_by_interval(
    page: Page, stretches: Sequence[Stretch], moments: tuple[Moment, ...], published: Published, knowledge: Knowledge
) -> tuple[Moment, ...]:
    """Settle the year of yearless months and days where every day the report can be from gives the same year."""
    first = calendar.parsed_day(published.earliest or "")
    last = calendar.parsed_day(published.latest or "")
    if first is None or last is None or not any((moment.timex or "").startswith("XXXX-") for moment in moments):
        return moments
    last = date.fromordinal(last.toordinal() - 1)
    as_of = [
        find_moments(page, stretches, Published(*_day_of(day), published.basis), knowledge) for day in (first, last)
    ]
    settled = []
    for moment, one, other in zip(moments, *as_of, strict=True):
        yearless = re.fullmatch(r"XXXX-\d\d(?:-\d\d)?", moment.timex or "") is not None
        same = one.timex == other.timex and (one.earliest, one.latest) == (other.earliest, other.latest)
        settled.append(replace(one, id=moment.id) if yearless and same else moment)
    return tuple(settled)


def _day_of(day: date) -> tuple[str | None, str | None]:
    whole = calendar.day(day)
    return whole.earliest, whole.latest


def moment_of_dateline(page: Page, moments: Sequence[Moment], knowledge: Knowledge) -> Moment | None:
    """The date in a dateline, if it has one."""
    if page.dateline is None:
        return None
    joined = kept(page.report.text, page.dateline.span, [cut.span for cut in page.cuts])
    stretch = Stretch(-1, joined, joined.text.translate(PLAIN), (), ())
    rows = rows_about_time(knowledge)
    here = Here(
        stretch, calendar.anchor(page.published), page.published, lambda at: False, rows, _near_known(stretch, [])
    )
    for draft in drafts_in(here):
        span = stretch.span(draft.start, draft.end)
        if span is not None and draft.type == "DATE":
            return _moment(f"m{len(moments) + 1}", span, draft)
    return None


def drafts_in(here: Here) -> list[Draft]:
    """The times of one sentence: the earliest first, of two that overlap the longer."""
    text = here.stretch.text
    if here.rows.trigger.search(text) is None:
        return []
    drafts: list[Draft] = []
    for pattern, read in here.rows.patterns:
        for match in pattern.finditer(text):
            draft = read(match, here)
            if draft is not None:
                drafts.append(draft)
    drafts.sort(key=lambda draft: (draft.start - draft.end, draft.start))
    kept: list[Draft] = []
    for draft in drafts:
        if not any(draft.start < other.end and other.start < draft.end for other in kept):
            kept.append(draft)
    kept.sort(key=lambda draft: draft.start)
    return [_bounded(draft, here) for draft in kept]


def _moment(name: str, span: Span, draft: Draft) -> Moment:
    return Moment(
        name,
        span,
        draft.type,
        draft.when.timex,
        draft.mod,
        draft.when.earliest,
        draft.when.latest,
        draft.when.granularity,
        draft.zone,
        draft.alternatives,
        draft.relative_to,
    )


def _bounded(draft: Draft, here: Here) -> Draft:
    """Open or close a date by the preposition before it: "since", "until", "before", "after", "by"."""
    if draft.type != "DATE" or draft.when.earliest is None or draft.when.latest is None:
        return draft
    text = here.stretch.text
    before = here.rows.bound.search(text[max(0, draft.start - 16) : draft.start])
    if before is None:
        return draft
    when, last = draft.when, here.published.latest
    match here.rows.bounds[" ".join(before["bound"].lower().split())]:
        case "since":
            latest = last if last is not None and last > (when.earliest or "") else None
            return replace(draft, when=replace(when, latest=latest))
        case "until" | "by":
            return replace(draft, mod=draft.mod or "BEFORE", when=replace(when, earliest=None))
        case "before":
            return replace(draft, mod=draft.mod or "BEFORE", when=replace(when, earliest=None, latest=when.earliest))
        case "after":
            return replace(draft, mod=draft.mod or "AFTER", when=replace(when, earliest=when.latest, latest=None))
        case other:
            raise ValueError(f"en/time.toml: no such bound as {other}")


def _anchored(moments: tuple[Moment, ...], stretches: Sequence[Stretch]) -> tuple[Moment, ...]:
    """Tie "three weeks later" to the one date told in its own sentence or the one before, if there is one."""
    if not any(moment.timex == "LATER" for moment in moments):
        return moments
    starts = [stretch.kept.pieces[0].start if stretch.kept.pieces else 0 for stretch in stretches]
    tied = []
    for at, moment in enumerate(moments):
        if moment.timex != "LATER":
            tied.append(moment)
            continue
        sentence = bisect_left(starts, moment.span.start + 1) - 1
        first = starts[max(0, sentence - 1)]
        near = [
            other for other in tied[:at] if other.span.start >= first and other.granularity == "day" and other.earliest
        ]
        tied.append(_shifted_from(moment, near[0]) if len(near) == 1 else replace(moment, timex=None, mod=None))
    return tuple(tied)


def _shifted_from(moment: Moment, base: Moment) -> Moment:
    """The time so long after (or before) another: `mod` holds the step while it is under way."""
    sign, count, unit = (moment.mod or "+:0:day").split(":", 2)
    start = calendar.parsed_day(base.earliest or "")
    day = calendar.shifted(start, unit, int(count) * (1 if sign == "+" else -1)) if start and int(count) else None
    if day is None:
        return replace(moment, timex=None, mod=None)
    when = _at_grain(day, unit)
    return replace(
        moment, timex=when.timex, mod="APPROX" if unit != "day" else None, earliest=when.earliest, latest=when.latest,
        granularity=when.granularity, relative_to=base.id,
    )  # fmt: skip


# Where a time is read -----------------------------------------------------------------------------


def _quoted(quotations: tuple[Quotation, ...], stretch: Stretch) -> Callable[[int], bool]:
    spans = [piece for quotation in quotations for piece in quotation.inner]
    first = stretch.kept.pieces[0].start if stretch.kept.pieces else 0
    last = stretch.kept.pieces[-1].end if stretch.kept.pieces else 0
    near = [span for span in spans if span.start < last and first < span.end]

    def is_quoted(at: int) -> bool:
        for span in stretch.kept.spans(at, at + 1):
            return any(inner.start <= span.start < inner.end for inner in near)
        return False

    return is_quoted if near else lambda at: False


def _verb_above(stretch: Stretch, at: int) -> Token | None:
    """The verb that the word at a place hangs on, near or far; None without a parse."""
    index = stretch.token_at(at)
    if index is None or index >= len(stretch.tokens):
        return None
    base = stretch.tokens[0].i
    token = stretch.tokens[index]
    for _ in range(8):
        if token.pos in ("VERB", "AUX") or token.head == token.i:
            break
        token = stretch.tokens[token.head - base]
    return token


def _is_future(stretch: Stretch, at: int, future: frozenset[str]) -> bool:
    """Whether the verb that a word hangs on stands in the future, or in the wish of a verb of planning."""
    tokens = stretch.tokens
    token = _verb_above(stretch, at)
    if token is None:
        return False
    base = tokens[0].i
    helpers = [other for other in tokens if other.head == token.i and other.dep in ("aux", "auxpass")]
    if any(other.lemma == "have" for other in helpers):
        return False
    if any(other.lemma in ("will", "shall", "would", "'ll", "wo") for other in helpers):
        return True
    conditions = [other for other in tokens if other.head == token.i and other.dep == "mark"]
    if any(other.lemma == "unless" for other in conditions):
        return True  # "unless they leave by Friday"
    if (token.tag == "VB" and any(other.text == "to" for other in helpers)) or token.pos not in ("VERB", "AUX"):
        return _planned(tokens, token, base, future)
    return (
        token.tag in ("VBP", "VBZ", "VBG")
        and token.lemma in ("meet", "begin", "start", "arrive", "open", "expire", "end")
        and (token.tag != "VBG" or any(other.lemma == "be" and other.tag in ("VBP", "VBZ") for other in helpers))
    )


def _planned(tokens: tuple[Token, ...], token: Token, base: int, future: frozenset[str]) -> bool:
    above = tokens[token.head - base]
    return above.i != token.i and (above.lemma in future or above.text.lower() in future or above.lemma == "be")


# Known dates: an event whose year the text leaves out ------------------------------------------------


def _known_years(knowledge: Knowledge) -> list[tuple[date, re.Pattern[str], frozenset[str]]]:
    known = []
    for row in knowledge.rows("known_dates"):
        names = "|".join(map(re.escape, row["names"]))
        words = frozenset(word.lower() for word in row["words"])
        known.append((date.fromisoformat(row["date"]), re.compile(rf"\b(?:{names})", re.I), words))
    return known


def _near_known(
    stretch: Stretch, known: list[tuple[date, re.Pattern[str], frozenset[str]]]
) -> Callable[[str, int, int], int | None]:
    def year(text: str, number_of_month: int, day: int) -> int | None:
        for of, names, words in known:
            if (of.month, of.day) == (number_of_month, day) and names.search(text):
                lowered = text.lower()
                if any(word in lowered for word in words):
                    return of.year
        return None

    return year


def inferred_publication(
    stretches: Sequence[Stretch], moments: Sequence[Moment], knowledge: Knowledge
) -> Published | None:
    """When a report came out, as far as the events it dates itself by tell: the rows of known_dates.toml.

    Its grounds are the stretches in `spans`. Gives None where the text holds none.
    """
    earliest: date | None = None
    latest: date | None = None
    spans: list[Span] = []
    for of, names, words in _known_years(knowledge):
        grounds = [
            moment.span
            for moment in moments
            if moment.timex == of.isoformat() and _is_near(moment.span, stretches, names, words)
        ]
        if not grounds:
            continue
        earliest, latest, spans = of, None, grounds[:1]
        long = _months_since(stretches, moments, words)
        if long is not None:
            months, span = long
            # A war is called "six-month" from some weeks before its sixth month is full until the seventh is.
            earliest = calendar.shifted(of, "month", months - 1)
            latest = calendar.shifted(of, "month", months + 2)
            spans.append(span)
        break
    if earliest is None:
        return None
    return Published(earliest.isoformat(), latest.isoformat() if latest else None, "inferred", tuple(sorted(spans)))


def _is_near(span: Span, stretches: Sequence[Stretch], names: re.Pattern[str], words: frozenset[str]) -> bool:
    """Whether the sentence of a date names the event that a row of known_dates.toml dates."""
    for stretch in stretches:
        if stretch.kept.pieces and stretch.kept.pieces[0].start <= span.start < stretch.kept.pieces[-1].end:
            return bool(names.search(stretch.text)) and any(word in stretch.text.lower() for word in words)
    return False


def _months_since(
    stretches: Sequence[Stretch], moments: Sequence[Moment], words: frozenset[str]
) -> tuple[int, Span] | None:
    for moment in moments:
        if moment.type != "DURATION" or not re.fullmatch(r"P\d{1,3}M", moment.timex or ""):
            continue
        for stretch in stretches:
            if stretch.kept.pieces and stretch.kept.pieces[0].start <= moment.span.start < stretch.kept.pieces[-1].end:
                at = stretch.kept.position(moment.span.end)
                after = stretch.text[at : at + 12].lower()
                if any(after.lstrip(" -").startswith(word) for word in words):
                    return int((moment.timex or "P0M")[1:-1]), moment.span
    return None


# Reading each shape ------------------------------------------------------------------------------


def _unknown(granularity: str, timex: str | None = None) -> calendar.Stretch:
    return calendar.Stretch(timex, None, None, granularity)


def _mod_of(match: re.Match[str], here: Here) -> str | None:
    word = match.groupdict().get("mod")
    return here.rows.mods.get(word.lower().strip("- ")) if word else None


def _month_day(match: re.Match[str], here: Here) -> Draft | None:
    """The words "Feb. 24", "24 February 2022", "Thursday, September 15"."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    of = int(match["day"])
    if match["year"]:
        day = calendar.valid_day(int(match["year"]), number_of_month, of)
        return Draft(*match.span(), "DATE", calendar.day(day), _mod_of(match, here)) if day else None
    if calendar.valid_day(2024, number_of_month, of) is None:
        return None
    known = here.known_year(here.stretch.text, number_of_month, of)
    day = calendar.valid_day(known, number_of_month, of) if known else None
    if day is None:
        day = _nearest(here, match.start("month"), lambda year: calendar.valid_day(year, number_of_month, of))
    relative = NOTHING if known or day else PUBLICATION
    when = calendar.day(day) if day else _unknown("day", f"XXXX-{number_of_month:02}-{of:02}")
    return Draft(*match.span(), "DATE", when, _mod_of(match, here), relative_to=relative)


def _nearest(here: Here, at: int, in_year: Callable[[int], date | None]) -> date | None:
    """A yearless date: the latest not after publication, or the next in a clause about the future."""
    if here.anchor is None:
        return None
    days = [day for year in range(-4, 5) if (day := in_year(here.anchor.year + year)) is not None]
    past = max((day for day in days if day <= here.anchor), default=None)
    coming = min((day for day in days if day >= here.anchor), default=None)
    if here.is_future(at):
        return coming
    if past is None or coming is None or here.is_past(at):
        return past
    # No verb tells: a day a few weeks off is more likely meant than one almost a year back.
    return coming if (here.anchor - past).days > FAR_BACK and (coming - here.anchor).days < NEAR_AHEAD else past


def _month_alone(match: re.Match[str], here: Here) -> Draft | None:
    """The words "in March", "March 2014", "early August", "last May"."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    start = match.start("mod") if match["mod"] else match.start("month")
    lead = (match["lead"] or "").lower()
    if lead in ("last", "this", "next"):
        start = match.start("lead")
    day = here.anchor
    if day is None:
        when = _unknown("month", f"XXXX-{number_of_month:02}")
        return Draft(start, match.end(), "DATE", when, _mod_of(match, here), relative_to=PUBLICATION)
    year = day.year if (number_of_month <= day.month) else day.year - 1
    soon = 0 < number_of_month - day.month <= 3 and not here.is_past(match.start("month")) and lead != "last"
    if lead == "next" or soon or (lead != "last" and here.is_future(match.start("month"))):
        year = day.year if number_of_month >= day.month else day.year + 1
    elif lead == "last" and number_of_month == day.month:
        year = day.year - 1
    elif lead == "this":
        year = day.year
    relative = PUBLICATION if lead in ("last", "this", "next") else NOTHING
    return Draft(
        start, match.end(), "DATE", calendar.month(year, number_of_month), _mod_of(match, here), relative_to=relative
    )


def _iso(match: re.Match[str], here: Here) -> Draft | None:
    day = calendar.valid_day(int(match[1]), int(match[2]), int(match[3]))
    return Draft(*match.span(), "DATE", calendar.day(day)) if day else None


def _figures(match: re.Match[str], here: Here) -> Draft | None:
    """The words "02/03/2022": both readings are kept; "24.02.2022" has only one."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    readings = [(two, one)] if match[2] == "." else [(one, two), (two, one)]
    days = [day for number_of_month, of in readings if (day := calendar.valid_day(year, number_of_month, of))]
    days = sorted(set(days))
    if not days:
        return None
    if len(days) == 1:
        return Draft(*match.span(), "DATE", calendar.day(days[0]))
    both = tuple(Interval(calendar.day(day).earliest, calendar.day(day).latest) for day in days)
    return Draft(*match.span(), "DATE", _unknown("day"), alternatives=both)


def _weekday(match: re.Match[str], here: Here) -> Draft | None:
    """The words "on Wednesday", "late Thursday", "Thursday night", "overnight into Friday", "last Monday"."""
    weekday = here.rows.weekdays[match["weekday"].lower()]
    at = match.start("weekday")
    relation, anchor = here.relation(at), here.day(at)
    start = match.start("lead") if match["lead"] and match["lead"].lower() in ("last", "this", "next") else at
    start = match.start("mod") if match["mod"] else start
    part = here.rows.parts.get((match["part"] or "").lower())
    night = match["overnight"]
    if night:
        start, part = match.start("overnight"), ("NI", -6, 6)
    lead = (match["lead"] or "").lower()
    if anchor is None:
        timex = f"XXXX-WXX-{weekday + 1}" + (f"T{part[0]}" if part else "")
        when = _unknown("part_of_day" if part else "day", timex)
    else:
        day = _which_weekday(here, anchor, weekday, lead, at)
        when = _part(day, part) if part else calendar.day(day)
    kind = "TIME" if part else "DATE"
    return Draft(start, match.end(), kind, when, _mod_of(match, here), relative_to=relation)


def _which_weekday(here: Here, anchor: date, weekday: int, lead: str, at: int) -> date:
    if lead == "next" or (lead != "last" and here.is_future(at)):
        day = calendar.weekday_not_before(anchor, weekday)
        return day if day != anchor or lead != "next" else date.fromordinal(day.toordinal() + 7)
    day = calendar.weekday_not_after(anchor, weekday)
    return day if day != anchor or lead != "last" else date.fromordinal(day.toordinal() - 7)


def _part(day: date, part: tuple[str, int, int]) -> calendar.Stretch:
    code, first, last = part
    if first < 0:
        before = date.fromordinal(day.toordinal() - 1)
        return calendar.Stretch(
            f"{before.isoformat()}T{code}",
            calendar.part_of_day(before, code, first + 24, 24).earliest,
            calendar.part_of_day(day, code, 0, last).latest,
            "part_of_day",
        )
    return calendar.part_of_day(day, code, first, last)


def _near_day(match: re.Match[str], here: Here) -> Draft | None:
    """The words "today", "yesterday evening", "tonight", "this morning", "last night", "overnight"."""
    word = " ".join(match["word"].lower().split())
    anchor = here.day(match.start())
    part = here.rows.parts.get((match.groupdict().get("part") or "").lower())
    offset = here.rows.days.get(word)
    if word == "tonight":
        offset, part = 0, ("NI", 18, 30)
    elif word == "overnight":
        offset, part = 0, ("NI", -6, 6)
    elif offset is None:
        offset = -1 if word == "last" else 0
    kind = "TIME" if part else "DATE"
    relation = here.relation(match.start())
    if anchor is None:
        return Draft(*match.span(), kind, _unknown("part_of_day" if part else "day"), relative_to=relation)
    day = date.fromordinal(anchor.toordinal() + offset)
    return Draft(
        *match.span(), kind, _part(day, part) if part else calendar.day(day), _mod_of(match, here), relative_to=relation
    )


def _near_unit(match: re.Match[str], here: Here) -> Draft | None:
    """The words "last weekend", "this month", "next year", "last summer"."""
    word, which = match["unit"].lower(), match["which"].lower()
    relation, anchor = here.relation(match.start()), here.day(match.start())
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if anchor is None:
        return Draft(*match.span(), "DATE", _unknown(_grain(word)), _mod_of(match, here), relative_to=relation)
    when = _unit_near(anchor, word, step, here.rows)
    return Draft(*match.span(), "DATE", when, _mod_of(match, here), relative_to=relation) if when else None


def _grain(word: str) -> str:
    return word if word in ("week", "weekend", "month", "quarter", "year") else "year" if word == "decade" else "season"


def _unit_near(anchor: date, word: str, step: int, rows: Rows) -> calendar.Stretch | None:
    if word in rows.seasons:
        return _season_near(anchor, *rows.seasons[word], step)
    match word:
        case "week" | "weekend":
            day = calendar.shifted(anchor, "week", step)
            if word == "weekend" and step == -1 and anchor.weekday() == 6:
                day = calendar.shifted(anchor, "week", -1)
            return None if day is None else calendar.week(day) if word == "week" else calendar.weekend(day)
        case "month":
            return calendar.month(*calendar.shifted_month(anchor.year, anchor.month, step))
        case "quarter":
            year, first = calendar.shifted_month(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 3 * step)
            return calendar.quarter(year, (first - 1) // 3 + 1)
        case "year":
            return calendar.year_of(anchor.year + step)
        case "decade":
            return calendar.decade(anchor.year // 10 * 10 + 10 * step)
        case _:
            return None


def _season_near(anchor: date, code: str, first: int, step: int) -> calendar.Stretch:
    """Last: the latest that is over; next: the first that has not begun; this: the one of the year."""
    near = [calendar.season(anchor.year + by, code, first) for by in (-2, -1, 0, 1, 2)]
    today = anchor.isoformat()
    match step:
        case -1:
            return [season for season in near if (season.latest or "") <= today][-1]
        case 1:
            return next(season for season in near if (season.earliest or "") > today)
        case _:
            return near[2]


def _ago(match: re.Match[str], here: Here) -> Draft | None:
    """The words "three weeks ago", "two days earlier", "three weeks later"."""
    unit = match["unit"].lower()
    _, name, clock = here.rows.units[unit]
    count = _counted(match["count"])
    way = match["way"].lower()
    if way in ("later", "earlier", "before", "after", "afterwards", "afterward"):
        sign = "+" if way in ("later", "after", "afterwards", "afterward") else "-"
        step = f"{sign}:{int(count) if count and not clock else 0}:{name}"
        return Draft(*match.span(), "DATE", _unknown(name if name != "decade" else "year", "LATER"), step)
    relation, anchor = here.relation(match.start()), here.day(match.start())
    if anchor is None or count is None or clock:
        grain = name if name in ("day", "week", "month", "year", "hour", "minute") else "vague"
        return Draft(
            *match.span(), "DATE", _unknown(grain, "PAST_REF" if count is None else None), relative_to=relation
        )
    day = calendar.shifted(anchor, "year" if name == "decade" else name, -int(count) * (10 if name == "decade" else 1))
    when = _at_grain(day, name) if day else None
    return Draft(*match.span(), "DATE", when, relative_to=relation) if when else None


def _at_grain(day: date, unit: str) -> calendar.Stretch:
    match unit:
        case "week":
            return calendar.week(day)
        case "month":
            return calendar.month(day.year, day.month)
        case "year" | "decade":
            return calendar.year_of(day.year)
        case _:
            return calendar.day(day)


def _counted(words: str) -> float | None:
    """A count of units; None for a vague one."""
    lowered = words.lower()
    if lowered in VAGUE_COUNTS:
        return None
    if lowered in ("a", "an"):
        return 1.0
    if lowered.startswith("half"):
        return 0.5
    return number(lowered)


def _duration(match: re.Match[str], here: Here) -> Draft | None:
    """The words "six-month", "for three weeks", "the past two years", "several hours"."""
    text = here.stretch.text
    unit = match["unit"].lower()
    letter, name, clock = here.rows.units[unit]
    count = _counted(match["count"])
    if re.match(r"[ -]old\b|[ -]olds\b", text[match.end() :]) or (unit == "second" and match["plural"] == ""):
        return None
    if match["count"].lower() in ("a", "an") and match["which"] is None:
        return None
    amount = "X" if count is None else f"{count:g}"
    if name == "decade" and count is not None:
        amount, letter = f"{count * 10:g}", "Y"
    if count == 0.5:
        amount, letter = {"year": ("6", "M"), "hour": ("30", "M"), "day": ("12", "H")}.get(name, ("0.5", letter))
    clock = clock or letter == "H"
    timex = f"P{'T' if clock else ''}{amount}{letter}"
    start = match.start()
    when = calendar.Stretch(timex, None, None, name if name not in ("decade", "second") else "vague")
    relation = NOTHING
    if match["which"]:
        relation, anchor = here.relation(match.start()), here.day(match.start())
        when = replace(when, **_reach(anchor, name, count, match["which"].lower()))
    return Draft(start, match.end(), "DURATION", when, relative_to=relation)


def _reach(anchor: date | None, unit: str, count: float | None, which: str) -> dict[str, str]:
    """The stretch that "the past two weeks" covers, up to the anchor or from it."""
    if anchor is None or count is None or unit not in ("day", "week", "month", "year"):
        return {}
    ahead = which.rsplit(maxsplit=1)[-1] in ("next", "coming", "following")
    other = calendar.shifted(anchor, unit, int(count) if ahead else -int(count))
    if other is None or other == anchor:
        return {}
    first, last = min(other, anchor), max(other, anchor)
    return {"earliest": first.isoformat(), "latest": last.isoformat()}


def _unsaid(match: re.Match[str], here: Here) -> Draft | None:
    """The words "for weeks": a duration without its count; "in recent weeks": a vague past."""
    letter, _name, clock = here.rows.units[match["unit"].lower().removesuffix("s")]
    if match["recent"]:
        span = (match.start("recent"), match.end())
        return Draft(*span, "DATE", _unknown("vague", "PAST_REF"), relative_to=here.relation(match.start()))
    return Draft(*match.span("unit"), "DURATION", _unknown("vague", f"P{'T' if clock else ''}X{letter}"))


def _set(match: re.Match[str], here: Here) -> Draft | None:
    timex = here.rows.sets[" ".join(match[0].lower().split())]
    return Draft(*match.span(), "SET", _unknown("vague", timex))


def _set_of_weekday(match: re.Match[str], here: Here) -> Draft | None:
    return Draft(*match.span(), "SET", _unknown("day", f"XXXX-WXX-{here.rows.weekdays[match['weekday'].lower()] + 1}"))


def _clock(match: re.Match[str], here: Here) -> Draft | None:
    """The words "5 p.m.", "14:30 GMT", "1430 GMT": of the day that stands beside it, else of publication."""
    hour, minutes = int(match["hour"]), int(match["minutes"] or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if (half and not 1 <= hour <= 12) or hour > 23 or minutes > 59:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    zone = here.rows.zones.get(" ".join((match["zone"] or "").split()).lower())
    relation, anchor = here.relation(match.start()), here.day(match.start())
    weekday = re.compile(rf",?\s+(?:on )?(?P<weekday>{'|'.join(here.rows.weekdays)})\b", re.I).match(
        here.stretch.text, match.end()
    )
    if weekday and anchor is not None:
        at = weekday.start("weekday")
        anchor = _which_weekday(here, anchor, here.rows.weekdays[weekday["weekday"].lower()], "", at)
    if anchor is None:
        when = _unknown("minute", f"XXXX-XX-XXT{hour:02}:{minutes:02}")
        return Draft(*match.span(), "TIME", when, zone=zone, relative_to=relation)
    when = calendar.minute(anchor, hour, minutes)
    if not match["minutes"]:
        after = calendar.minute(anchor, hour, 59)
        when = calendar.Stretch(when.timex, when.earliest, after.latest, "hour")
    return Draft(*match.span(), "TIME", when, zone=zone, relative_to=relation)


def _year(match: re.Match[str], here: Here) -> Draft | None:
    """A bare year, unless it counts what stands behind it ("2,000 men" written "2000 men")."""
    index = here.stretch.token_at(match.start())
    tokens = here.stretch.tokens
    if index is not None and index + 1 < len(tokens):
        after = tokens[index + 1]
        if after.tag in ("NNS", "NNPS") or (tokens[index].dep == "nummod" and after.pos == "ADJ"):
            return None
    return Draft(*match.span("year"), "DATE", calendar.year_of(int(match["year"])))


def _modified_year(match: re.Match[str], here: Here) -> Draft | None:
    return Draft(*match.span(), "DATE", calendar.year_of(int(match["year"])), _mod_of(match, here))


def _decade(match: re.Match[str], here: Here) -> Draft | None:
    return Draft(*match.span(), "DATE", calendar.decade(int(match["decade"])), _mod_of(match, here))


def _season_of_year(match: re.Match[str], here: Here) -> Draft | None:
    code, first = here.rows.seasons[match["season"].lower()]
    return Draft(*match.span(), "DATE", calendar.season(int(match["year"]), code, first), _mod_of(match, here))


def _quarter(match: re.Match[str], here: Here) -> Draft | None:
    which = ORDINALS[match["which"].lower()]
    if match["year"]:
        return Draft(*match.span(), "DATE", calendar.quarter(int(match["year"]), which))
    if here.anchor is None:
        return Draft(*match.span(), "DATE", _unknown("quarter", f"XXXX-Q{which}"), relative_to=PUBLICATION)
    now = (here.anchor.month - 1) // 3 + 1
    year = here.anchor.year if which <= now or here.is_future(match.start()) else here.anchor.year - 1
    return Draft(*match.span(), "DATE", calendar.quarter(year, which), relative_to=PUBLICATION)


def _stage(match: re.Match[str], here: Here) -> Draft | None:
    mod = here.rows.stages[match["stage"].lower()]
    return Draft(*match.span(), "DATE", _unknown("vague"), mod)


# Rows as patterns --------------------------------------------------------------------------------


@cache
def rows_about_time(knowledge: Knowledge) -> Rows:
    """The rows of en/time.toml, made into tables and patterns once."""
    listed = knowledge.rows("en/time")
    by_kind: dict[str, list[Any]] = {}
    for row in listed:
        by_kind.setdefault(row["kind"], []).append(row)

    def table(kind: str, value: Callable[[Any], Any]) -> dict[str, Any]:
        return {word.lower(): value(row) for row in by_kind[kind] for word in row["words"]}

    weekdays = table("weekday", lambda row: row["number"])
    months = table("month", lambda row: row["number"])
    short_months = {word.lower(): row["number"] for row in by_kind["month"] for word in row["short"]}
    bounds = table("bound", lambda row: row["bound"])
    rows = Rows(
        weekdays=weekdays,
        months={**months, **short_months},
        parts=table("part", lambda row: (row["code"], row["first"], row["last"])),
        seasons=table("season", lambda row: (row["code"], row["first"])),
        units=table("unit", lambda row: (row["letter"], row["unit"], row["clock"])),
        days=table("day", lambda row: row["offset"]),
        mods=table("mod", lambda row: row["mod"]),
        bounds=bounds,
        bound=re.compile(rf"\b(?P<bound>{_any(bounds)}) (?:the )?$", re.I),
        sets=table("set", lambda row: row["timex"]),
        zones=table("zone", lambda row: row["zone"]),
        stages=table("stage", lambda row: row["mod"]),
        future=frozenset(word for row in by_kind["future"] for word in row["words"]),
        trigger=re.compile("x"),
        patterns=(),
    )
    return replace(rows, trigger=_trigger(rows), patterns=tuple(_patterns(rows, months, short_months)))


def _any(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=lambda word: (-len(word), word))
    )


def _trigger(rows: Rows) -> re.Pattern[str]:
    words = [*rows.weekdays, *rows.months, *rows.parts, *rows.seasons, *rows.days, *rows.sets, "tonight", "overnight"]
    units = [f"{unit}s?" for unit in [*rows.units, "weekend", "quarter"]]
    return re.compile(rf"\b(?:{_any(words)}|{'|'.join(units)}|stages?|[ap]\.?m\b|\d{{4}}s?)\b|\d[:/.]\d|\d-\d\d-", re.I)


def _patterns(
    rows: Rows, months: dict[str, int], short: dict[str, int]
) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], Here], Draft | None]]]:
    month = rf"(?P<month>{_any(word.title() for word in months)}|(?:{_any(word.title() for word in short)})\b\.?)"
    mod = rf"(?:(?P<mod>{_any(rows.mods)})[ -](?:in |on )?)?"
    weekday = rf"(?P<weekday>{_any(word.title() for word in rows.weekdays)})"
    part = rf"(?: (?P<part>{_any(rows.parts)}))?"
    year = r"(?P<year>1[5-9]\d\d|20\d\d)"
    unit = rf"(?P<unit>{_any(rows.units)})(?P<plural>s?)"
    cased = 0  # names of days and months are read only as written: "may" and "march" are verbs
    yield (
        re.compile(
            rf"\b{mod}(?:(?:{_any(word.title() for word in rows.weekdays)}),? )?\b{month} "
            rf"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b(?:,? {year}\b)?(?![-:]\d|,\d)",
            cased,
        ),
        _month_day,
    )
    yield (
        re.compile(
            rf"(?<![\d.,$-])\b{mod}(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)? (?:of )?{month}(?:,? {year}\b)?\b",
            cased,
        ),
        _month_day,
    )
    yield re.compile(rf"\b{mod}{month},?(?: of)? {year}\b", cased), _month_with_year
    leads = "in|since|by|until|till|through|during|from|of|before|after|last|this|next|between|and|to|for"
    lead = rf"\b(?:(?P<lead>{leads}) )?"
    yield re.compile(rf"{lead}{mod}{month}(?P<year>)(?![\w'-]| \d)", cased), _month_in_place
    yield re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])"), _iso
    yield re.compile(r"(?<![\d./])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\d/])"), _figures
    yield (
        re.compile(
            rf"\b(?:(?P<overnight>overnight (?:in)?to) )?(?:(?P<lead>last|this|next) )?"
            rf"{mod}{weekday}{part}\b(?!, [A-Z][a-z]+\.? \d)",
            cased,
        ),
        _weekday,
    )
    yield (
        re.compile(rf"\b{mod}(?P<word>{_any(rows.days)})(?:'s)?{part}\b|\b(?P<word2>tonight|overnight)\b", re.I),
        _either,
    )
    yield re.compile(rf"\b(?P<word>this|last) (?P<part>{_any(rows.parts)})\b(?P<mod>)", re.I), _near_day
    near = _any([*rows.seasons, "week", "weekend", "month", "quarter", "year", "decade"])
    yield (
        re.compile(rf"\b(?:the )?{mod}(?P<which>last|this|next|past|previous|coming) (?P<unit>{near})\b(?!s|-)", re.I),
        _near_unit,
    )
    yield (
        re.compile(rf"\b(?P<count>{COUNT}) {unit} (?P<way>ago|earlier|later|afterwards?)\b", re.I),
        _ago,
    )
    yield (
        re.compile(
            r"(?<![\w.,$€£/-])(?P<which>(?:the |its |their )?(?:last|past|previous|next|coming|following) )?"
            rf"(?:more than |about )?(?P<count>{COUNT})[ -]{unit}\b",
            re.I,
        ),
        _stripped,
    )
    bare = [word for word in rows.sets if not word.startswith(("a ", "an "))]
    rates = [word for word in rows.sets if word.startswith(("a ", "an "))]
    yield re.compile(rf"\b(?:{_any(bare)})\b", re.I), _set
    # "a week" recurs only behind what is counted by it: "twice a week", "forty shells a day".
    yield (
        re.compile(rf"(?:(?<=ce )|(?<=[^s]s )|(?<=people ))(?<!across )(?:{_any(rates)})\b(?! \w+er\b| ago)", re.I),
        _set,
    )
    yield re.compile(rf"\b(?:every|each) {weekday}\b", cased), _set_of_weekday
    plural = "|".join(f"{word}s" for word in rows.units)
    yield (
        re.compile(rf"\b(?:for|in|over|after|within|took|lasted) (?P<recent>)(?P<unit>{plural})\b(?! of\b)", re.I),
        _unsaid,
    )
    yield re.compile(rf"\b(?:in |over )?(?P<recent>recent|past) (?P<unit>{plural})\b", re.I), _unsaid
    zone = rf"(?: (?P<zone>{_any(rows.zones)})\b)?"
    yield (
        re.compile(
            rf"(?<![\w.:$-])(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))? ?(?P<half>[ap]\.m\.|[ap]m\b){zone}", re.I
        ),
        _clock,
    )
    yield (
        re.compile(
            rf"(?<![\w.:$-])(?P<hour>[01]\d|2[0-3]):?(?P<minutes>[0-5]\d)(?P<half>) (?P<zone>{_any(rows.zones)})\b",
            re.I,
        ),
        _clock,
    )
    yield re.compile(r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?P<half>)(?P<zone>)\b(?![:/]\d)"), _clock
    yield re.compile(r"(?<![\w.,:/$€£-])(?P<year>(?:19|20)\d\d)\b(?![-–:/.,]?\d| ?[%°]|-[a-z])"), _year
    yield re.compile(rf"\b(?P<mod>{_any(rows.mods)})[ -]{year}\b(?!-?\d)", re.I), _modified_year
    yield re.compile(rf"\b(?:the )?(?:(?P<mod>{_any(rows.mods)})[ -])?(?P<decade>(?:1[5-9]|20)\d0)s\b", re.I), _decade
    yield re.compile(rf"\b(?:the )?{mod}(?P<season>{_any(rows.seasons)})(?: of)? {year}\b", re.I), _season_of_year
    yield re.compile(rf"\b(?:the )?(?P<which>first|second|third|fourth)[ -]quarter(?: of {year})?\b", re.I), _quarter
    yield (
        re.compile(
            rf"\b(?:the |its |their )?(?P<stage>{_any(rows.stages)}) "
            r"(?:stages?|phase|days|weeks|months|hours|moments|years) of (?:the|this|its|their|what|a)\b"
            r"(?: (?:[a-z]+ ){0,2}(?:war|conflict|invasion|siege|fighting|offensive|battle|occupation|uprising|campaign"
            r"|crisis|operation|pandemic|outbreak|protests)\b)?",
            re.I,
        ),
        _stage,
    )


def _month_with_year(match: re.Match[str], here: Here) -> Draft | None:
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    return Draft(*match.span(), "DATE", calendar.month(int(match["year"]), number_of_month), _mod_of(match, here))


def _month_in_place(match: re.Match[str], here: Here) -> Draft | None:
    """A month without a day or year counts only where a preposition, "last" or "early" shows that it is one."""
    if match["lead"] is None and match["mod"] is None:
        return None
    if re.match(r" [A-Z][a-z]", here.stretch.text[match.end() : match.end() + 3]):
        return None
    return _month_alone(match, here)


def _either(match: re.Match[str], here: Here) -> Draft | None:
    if match["word2"]:
        again = re.compile(r"(?P<word>tonight|overnight)(?P<mod>)", re.I).match(here.stretch.text, match.start())
        return _near_day(again, here) if again else None
    draft = _near_day(match, here)
    if draft is not None and match["part"] is None and match[0].lower().endswith("'s"):
        return replace(draft, end=draft.end - 2)
    return draft


def _stripped(match: re.Match[str], here: Here) -> Draft | None:
    """A duration begins at its count or at "the past", not at "about"."""
    draft = _duration(match, here)
    if draft is None or match["which"]:
        return draft
    return replace(draft, start=match.start("count"))
