"""How long and how often: durations and sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sayso.grounding.times.draft import NOTHING, Draft, Here, Pattern, Rows, unknown
from sayso.grounding.times.words import COUNT, Words, any_of
from sayso.values import moment as calendar
from sayso.values.quantity import number

VAGUE_COUNTS = ("several", "few", "a few")
HALVES = {"Y": ("{}Y6M", "6M"), "H": ("{}H30M", "30M"), "M": ("{}M30S", "30S"), "D": ("{}DT12H", "T12H")}
WHICH = r"(?:the |its |their |these |those )?(?:(?:last|past|previous|next|coming|following|first|final|latest) )|the "
MODALS = ("will ", "would ", "could ", "might ", "may ", "must ")
SINGLE = (
    r"(?:for|in|within|after|over|than|about|nearly|almost|last|lasting|lasted|took|takes|least|barely|only|during|follow"
    r"|follows|followed|following)"
)


def patterns(words: Words, rows: Rows) -> Iterator[Pattern]:
    """What durations and sets look like."""
    half = r"(?P<half> and a half)?"
    kinds = r"(?:(?:more|additional|trading|business|working|calendar|full|whole|long|consecutive) )?"
    yield (
        re.compile(
            rf"(?<![\w.,$€£/-])(?P<which>{WHICH})?(?:(?P<low>(?!\d{{4}}){COUNT}) (?:to|or) )?"
            rf"(?P<count>{COUNT})(?P<mark>[ -]){kinds}{words.unit}\b(?!-old| old\b){half}",
            re.I,
        ),
        duration,
    )
    yield (
        re.compile(rf"\b{SINGLE} (?P<which>)(?P<low>)(?P<count>an?) {kinds}{words.unit}\b(?P<mark>){half}", re.I),
        duration,
    )
    yield re.compile(rf"\b(?P<count>an?) {words.unit} or (?P<two>two|more)\b", re.I), one_or_two
    yield re.compile(r"\b(?P<count>three|a|one)?[ -]?(?:quarters? of an hour)\b", re.I), quarters_of_hour
    which = r"(?:the )?(?:last|past|previous|next|coming|first) "
    yield re.compile(rf"\b(?P<which>{which})?(?P<count>(?!an?\b|one\b|1\b){COUNT}) nights\b(?! ago)", re.I), nights
    plural = "|".join(f"{word}s" for word in plurals(rows))
    parts = "|".join(f"{word}s" for word in plurals(rows) if word != "quarter")
    yield (
        re.compile(
            rf"\b(?:for|in|over|after|within|takes?|took|taken|lasts?|lasted) (?P<unit>{plural})\b(?! of\b)", re.I
        ),
        unsaid,
    )
    yield re.compile(rf"\b(?P<unit>{parts}) of (?!the\b|this\b|that\b)[a-z]", re.I), unsaid
    yield re.compile(rf"\b(?P<unit>{any_of(rows.units)})(?:s?-)?long\b(?! as\b)", re.I), unit_long
    yield re.compile(rf"\bin the (?P<unit>{plural}) (?:before|after|ahead|since|to come|that followed)\b", re.I), unsaid
    yield re.compile(rf"\b(?P<recent>recent|past) (?P<unit>{plural})\b", re.I), recent
    yield re.compile(rf"\b(?:the )?(?P<recent>coming) (?P<unit>{plural})\b", re.I), recent
    bare = [word for word in rows.sets if not word.startswith(("a ", "an "))]
    rates = [word for word in rows.sets if word.startswith(("a ", "an "))]
    yield re.compile(rf"\b(?:{any_of(bare)})\b", re.I), recurring
    # "a week" recurs only behind what is counted by it: "twice a week", "forty shells a day".
    yield (
        re.compile(
            rf"(?:(?<=ce )|(?<=[^s]s )|(?<=people ))(?<!across )(?:{any_of(rates)})\b(?! \w+er\b| ago| after)", re.I
        ),
        recurring,
    )
    yield re.compile(rf"\bevery (?P<count>{COUNT}|other) {words.unit}\b", re.I), every_so_often
    yield re.compile(rf"\b(?:[Ee]very|[Ee]ach) {words.weekday}\b"), set_of_weekday
    yield re.compile(rf"\b(?:[Ee]very|[Ee]ach) {words.month}"), set_of_month


def plurals(rows: Rows) -> list[str]:
    """The units, in the forms that take an "s"."""
    return [word.removesuffix("y") + "ie" if word.endswith("ury") else word for word in rows.units]


def counted(words: str) -> float | None:
    """A count of units; None for a vague one."""
    lowered = words.lower()
    if lowered in VAGUE_COUNTS:
        return None
    if "couple" in lowered:
        return 2.0
    if lowered in ("a", "an"):
        return 1.0
    if lowered.replace("-", " ").endswith(" and a half"):
        return (counted(lowered[: -len(" and a half")]) or 0) + 0.5
    if lowered.startswith("half"):
        return 0.5
    if lowered.endswith(("½", "1/2")):
        return (number(lowered.rstrip("½12/ -") or lowered[0]) or 0) + 0.5
    return number(lowered)


def timex_of_length(count: float | None, unit: tuple[str, str, bool]) -> str:
    """The TIMEX3 value of so many units: P3W, PT1H30M, PXM."""
    letter, name, clock = unit
    time = "T" if clock else ""
    if count is None:
        return f"P{time}X{letter}"
    if name == "fortnight":
        return f"P{2 * count:g}W"
    if name in ("decade", "century"):
        return f"P{count * (10 if name == 'decade' else 100):g}Y"
    if count != int(count) and letter in HALVES:
        whole, alone = HALVES[letter]
        return (
            f"P{time}{whole.format(int(count)) if count > 1 else alone}"
            if count % 1 == 0.5
            else f"P{time}{count:g}{letter}"
        )
    return f"P{time}{count:g}{letter}"


def duration(match: re.Match[str], here: Here) -> Draft | None:
    """The words "six-month", "for three weeks", "the past two years", "several hours", "two to three weeks"."""
    text = here.stretch.text
    word = match["unit"].lower()
    unit = here.rows.units[word]
    if re.match(r"[ -]olds?\b", text[match.end() :]) or (unit[1] == "second" and match["plural"] == ""):
        return None
    which = " ".join((match["which"] or "").lower().split())
    if which.startswith("last") and _is_verb(here, match.start()):
        which = ""  # "the truce will last two weeks"
    article = match["count"].lower() in ("a", "an")
    if (which and article) or (article and match["which"] is None):
        return None
    if which == "the" and (match["mark"] == "-" or not match["plural"]):
        which = ""  # "the six-month war": the article is the war's
    if _is_some_day(match, here) or _is_title(match) or _is_none(match, here, unit[1]):
        return None
    # "two or three weeks" is told by its lower end, as annotators of TIMEX3 do.
    count = counted(match["low"] or match["count"])
    if count is not None and match["half"]:
        count += 0.5
    start = match.start() if which else match.start("count")
    if match["low"] and not which:
        start = match.start("low")
    when = calendar.Stretch(timex_of_length(count, unit), None, None, _grain(unit[1]))
    relation = NOTHING
    if which.endswith(("last", "past", "previous", "next", "coming", "following", "latest")):
        relation, anchor = here.relation(match.start()), here.day(match.start())
        reached = reach(anchor, unit[1], count, which)
        when = replace(when, earliest=reached["earliest"], latest=reached["latest"])
    mod = "EQUAL_OR_MORE" if match["low"] else None
    return Draft(start, match.end(), "DURATION", when, mod, relative_to=relation)


def _grain(name: str) -> str:
    if name == "fortnight":
        return "week"
    return name if name not in ("decade", "second", "century") else "vague"


def _is_verb(here: Here, at: int) -> bool:
    index = here.stretch.token_at(at)
    return index is not None and index < len(here.stretch.tokens) and here.stretch.tokens[index].pos == "VERB"


def _is_some_day(match: re.Match[str], here: Here) -> bool:
    """Whether it is an adverb, as in "will one day return": how long it took stands behind "in", "lasted"."""
    before = here.stretch.text[max(0, match.start() - 12) : match.start()].lower()
    if match[0].lower() != "one day" or here.stretch.text[match.end() : match.end() + 8].startswith((" later", " ago")):
        return False
    is_long = here.wide or re.search(rf"\b(?:by|{SINGLE}) (?:just |only )?$", before) is not None
    return not is_long or before.endswith(MODALS)


def _is_none(match: re.Match[str], here: Here, unit: str) -> bool:
    """Whether it is a fraction ("three-quarters of it"), a clock ("0430 hours") or always ("24 hours a day")."""
    behind = here.stretch.text[match.end() : match.end() + 7]
    if unit == "hour" and re.match(r"\d{4}\b", match["count"]):
        return True
    fraction = unit == "quarter" and (match["count"].lower() in ("a", "an") or behind.startswith(" of "))
    return fraction or (unit == "hour" and behind.startswith(" a day"))


def _is_title(match: re.Match[str]) -> bool:
    """Whether it is a name, as in "60 Minutes": figures and a capital."""
    return match["unit"][0].isupper() and match["count"][0].isdigit()


def reach(anchor: date | None, unit: str, count: float | None, which: str) -> dict[str, str | None]:
    """The stretch that "the past two weeks" covers, up to the anchor or from it, that day included."""
    nothing: dict[str, str | None] = {"earliest": None, "latest": None}
    if unit == "hour" and count is not None and count % 24 == 0:
        unit, count = "day", count / 24
    if unit == "fortnight" and count is not None:
        unit, count = "week", 2 * count
    if anchor is None or count is None or unit not in ("day", "week", "month", "year"):
        return nothing
    ahead = which.rsplit(maxsplit=1)[-1] in ("next", "coming", "following")
    other = calendar.shifted(anchor, unit, int(count) if ahead else -int(count))
    if other is None or other == anchor:
        return nothing
    first, last = min(other, anchor), max(other, anchor)
    return {"earliest": first.isoformat(), "latest": calendar.day(last).latest}


def one_or_two(match: re.Match[str], here: Here) -> Draft | None:
    """The words "a week or two", told by their lower end."""
    unit = here.rows.units[match["unit"].lower()]
    if match["plural"]:
        return None
    end = match.start("two") - len(" or ") if here.wide else match.end()
    when = unknown(_grain(unit[1]), timex_of_length(1.0, unit))
    return Draft(match.start(), end, "DURATION", when, "EQUAL_OR_MORE")


def quarters_of_hour(match: re.Match[str], here: Here) -> Draft | None:
    """The words "three quarters of an hour"."""
    said = (match["count"] or "").lower()
    start = match.start() if said or not match[0].startswith((" ", "-")) else match.start() + 1
    return Draft(start, match.end(), "DURATION", unknown("minute", "PT45M" if said == "three" else "PT15M"))


def nights(match: re.Match[str], here: Here) -> Draft | None:
    """The words "two nights", "the past three nights"."""
    count = counted(match["count"])
    relation = here.relation(match.start()) if match["which"] else NOTHING
    timex = "PXTNI" if count is None else f"P{count:g}TNI"
    return Draft(*match.span(), "DURATION", unknown("part_of_day", timex), relative_to=relation)


def unsaid(match: re.Match[str], here: Here) -> Draft | None:
    """The words "for weeks": a duration without its count; not "in the small hours of Sunday"."""
    if here.stretch.text[: match.start("unit")].lower().endswith(("small ", "wee ")):
        return None
    return Draft(*match.span("unit"), "DURATION", unknown("vague", timex_of_length(None, _unit(match, here))))


def unit_long(match: re.Match[str], here: Here) -> Draft | None:
    """The words "month-long", "weeklong", "decades-long"."""
    many = re.search(r"s-?long$", match[0], re.I) is not None
    unit = here.rows.units[match["unit"].lower()]
    return Draft(
        *match.span(), "DURATION", unknown("vague" if many else unit[1], timex_of_length(None if many else 1.0, unit))
    )


def _unit(match: re.Match[str], here: Here) -> tuple[str, str, bool]:
    word = match["unit"].lower().removesuffix("s")
    return here.rows.units[word.removesuffix("ie") + "y" if word.endswith("ie") else word]


def recent(match: re.Match[str], here: Here) -> Draft | None:
    """The words "in recent weeks", "coming months": a vague past or future."""
    timex = "FUTURE_REF" if match["recent"].lower() == "coming" else "PAST_REF"
    if here.wide and (timex == "FUTURE_REF" or _unit(match, here)[1] != "year"):
        return Draft(*match.span(), "DURATION", unknown("vague", timex_of_length(None, _unit(match, here))))
    return Draft(*match.span(), "DATE", unknown("vague", timex), relative_to=here.relation(match.start()))


def recurring(match: re.Match[str], here: Here) -> Draft | None:
    """The words "every day", "weekly", "twice a week": what comes again and again."""
    words = " ".join(match[0].lower().split())
    if here.stretch.text[: match.start()].endswith("24 hours ") or (here.wide and words == "annual"):
        return None  # "24 hours a day" is always; "the annual parade" no annotator marks
    timex = here.rows.sets[words]
    return Draft(*match.span(), "SET", unknown("vague", timex))


def every_so_often(match: re.Match[str], here: Here) -> Draft | None:
    """The words "every two years", "every other day"."""
    count = 2.0 if match["count"].lower() == "other" else counted(match["count"])
    timex = timex_of_length(count, here.rows.units[match["unit"].lower()])
    return Draft(*match.span(), "SET", unknown("vague", timex))


def set_of_weekday(match: re.Match[str], here: Here) -> Draft | None:
    """The words "every Friday"."""
    return Draft(*match.span(), "SET", unknown("day", f"XXXX-WXX-{here.rows.weekdays[match['weekday'].lower()] + 1}"))


def set_of_month(match: re.Match[str], here: Here) -> Draft | None:
    """The words "each July"."""
    return Draft(
        *match.span(), "SET", unknown("month", f"XXXX-{here.rows.months[match['month'].lower().rstrip('.')]:02}")
    )
