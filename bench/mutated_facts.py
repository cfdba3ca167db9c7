"""Mutations of facts: figures, units, what is counted, times, places. See `bench.mutations`."""

from __future__ import annotations

import re
from random import Random

from bench.mutating import Found, Site, has, kept_case, matches, rows
from sayso.record import Quantity, Span

WORDS = {
    "two": ("three", "twelve", "twenty"), "three": ("five", "thirteen", "thirty"), "four": ("seven", "fourteen",
    "forty"),
    "five": ("nine", "fifteen", "fifty"), "six": ("nine", "sixteen", "sixty"), "seven": ("twelve", "seventeen",
    "seventy"),
    "eight": ("twelve", "eighteen", "eighty"), "nine": ("nineteen", "ninety"), "ten": ("fifteen", "hundred"),
}  # fmt: skip
FEWER = {
    "ten": "two", "nine": "five", "eight": "three", "seven": "four", "six": "two", "five": "three", "four": "two",
    "three": "two",
    "twelve": "two", "twenty": "twelve", "thirty": "thirteen", "forty": "fourteen", "fifty": "fifteen",
}  # fmt: skip
UNITS = (
    (r"\bkm\b", "miles"), (r"\bkilomet(?:er|re)s\b", "miles"), (r"\bmiles\b", "kilometers"), (r"\bmet(?:er|re)s\b",
     "feet"),
    (r"\bfeet\b", "meters"), (r"\btons?\b|\btonnes?\b", "pounds"), (r"\bkg\b", "pounds"), (r"\bkilograms?\b", "pounds"),
    (r"\bpounds\b", "euros"), (r"\bdollars\b", "euros"), (r"\beuros\b", "dollars"), (r"\$(?=\d)", "€"), (r"€(?=\d)",
     "$"),
    (r"\bhectares\b", "acres"), (r"\byen\b", "dollars"), (r"\byuan\b", "dollars"), (r"\brubles\b", "dollars"),
    (r"\bliters\b|\blitres\b", "gallons"), (r"\bcentimet(?:er|re)s\b|\bcm\b", "inches"), (r"£(?=\d)", "$"),
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PLACES = {
    "country": ("Bolivia", "Angola", "Portugal", "Vietnam", "Denmark", "Kenya"),
    "town": ("Lisbon", "Antwerp", "Bratislava", "Nairobi", "Warsaw", "Osaka"),
}
THINGS = (
    (r"\bkilled\b", "wounded"), (r"\bdied\b", "were wounded"), (r"\bdead\b", "wounded"), (r"\bwounded\b|\binjured\b",
     "killed"),
    (r"\bdeaths\b", "injuries"), (r"\bsoldiers\b", "civilians"), (r"\bcivilians\b", "soldiers"),
     (r"\bhomes\b|\bhouses\b", "villages"),
    (r"\bgraves\b", "bodies"), (r"\bmissiles\b", "drones"), (r"\bdrones\b", "missiles"), (r"\bmissing\b", "dead"),
    (r"\binfections\b|\bcases\b", "deaths"), (r"\bchildren\b", "women"), (r"\bwomen\b", "children"), (r"\bstudents\b",
     "teachers"),
    (r"\barrested\b|\bdetained\b", "killed"), (r"\bhours\b", "days"), (r"\btests\b", "patients"), (r"\bcompanies\b",
     "workers"),
    (r"\bemployees\b|\bworkers\b", "companies"), (r"\bpolice officers\b", "protesters"), (r"\bvehicles\b|\bcars\b",
     "people"),
)  # fmt: skip


def figure_grown(site: Site, chance: Random) -> Found | None:
    """A figure with a digit more or another first digit, or "three" read as "thirteen" or "thirty"."""
    for item in _shared(site, chance):
        words = _words(site, item)
        if words.lower() in WORDS:
            now = kept_case(words, chance.choice(WORDS[words.lower()]))
        elif re.fullmatch(r"\d{1,4}", words):
            ways = [words + "0", str(int(words) + 10 ** (len(words) - 1) * chance.choice((1, 2, 5)))]
            now = chance.choice(ways) if len(words) < 4 else ways[1]
        elif re.fullmatch(r"\d{1,3},\d{3}", words):
            now = chance.choice(
                (
                    f"{words[0]},{words.rjust(7, '0')}" if len(words) == 7 else f"{chance.choice('124')}{words}",
                    "9" + words[1:],
                )
            )
            if now == words:
                continue
        else:
            continue
        if not has(rf"\b{re.escape(now)}\b", site.here.page.report.text):
            return Found("grown", (site.instead_there(item.span, now),))
    return None


def figure_changed(site: Site, chance: Random) -> Found | None:
    """A figure that lost a digit or has a smaller one, or "thirty" read as "thirteen"."""
    for item in _shared(site, chance):
        words = _words(site, item)
        if words.lower() in FEWER:
            now = kept_case(words, FEWER[words.lower()])
        elif re.fullmatch(r"[1-9]\d{1,3}", words):
            now = chance.choice((words[:-1], words[1:].lstrip("0") or words[:-1]))
        elif re.fullmatch(r"\d{1,3},\d{3}", words):
            now = words.split(",")[0]
        else:
            continue
        if now != "1" and not has(rf"\b{re.escape(now)}\b", site.here.page.report.text):
            return Found("shrunk", (site.instead_there(item.span, now),))
    return None


def _shared(site: Site, chance: Random) -> list[Quantity]:
    """Figures of both sentences, of which the copy's is one exact number that its sentence tells once."""
    here = {(item.low, item.high) for item in site.figures_here}
    found = [item for item in site.figures_there if item.low == item.high and item.low is not None and item.low >= 2]
    found = [item for item in found if (item.low, item.high) in here and len(_same(item, site.figures_there)) == 1]
    return chance.sample(found, len(found))


def _same(item: Quantity, some: list[Quantity]) -> list[Quantity]:
    return [other for other in some if other.low == item.low]


def _words(site: Site, item: Quantity) -> str:
    return site.there.page.report.text[item.span.start : item.span.end]


def unit_changed(site: Site, chance: Random) -> Found | None:
    """The same figure in another unit: kilometers read as miles, dollars as euros. Else a planted sentence."""
    values = {(item.low, item.high, item.unit) for item in site.figures_here}
    text = site.there.page.report.text
    for item in site.figures_there:
        if item.unit is None or (item.low, item.high, item.unit) not in values or item.restated:
            continue
        span = Span(max(site.two.start, item.span.start - 1), item.span.end)
        for pattern, now in UNITS:
            found = re.search(pattern, text[span.start : span.end])
            if found:
                place = Span(span.start + found.start(), span.start + found.end())
                return Found("swapped", (site.instead_there(place, now),))
    return _planted(site, chance, "unit")


def thing_counted_changed(site: Site, chance: Random) -> Found | None:
    """The same figure of another thing or fate: killed for wounded, bodies for graves. Else a planted sentence."""
    values = {(item.low, item.high) for item in site.figures_here}
    text = site.there.page.report.text
    for item in site.figures_there:
        if (item.low, item.high) not in values or item.unit not in (None, "person", "people"):
            continue
        end = min(site.two.end, item.span.end + 30)
        for pattern, now in THINGS:
            found = re.match(rf"(?: \w+){{0,2}} ({pattern})", text[item.span.end : end])
            if found and has(pattern, site.ours):
                place = Span(item.span.end + found.start(1), item.span.end + found.end(1))
                return Found("swapped", (site.instead_there(place, now),))
    return _planted(site, chance, "thing")


def _planted(site: Site, chance: Random, kind: str) -> Found | None:
    if not site.is_plain:
        return None
    row = chance.choice(rows(kind))
    number = str(chance.choice((14, 17, 23, 26, 38, 43, 47, 61, 74, 86)))
    if has(rf"\b{number}\b", site.here.page.report.text + site.there.page.report.text):
        return None
    return Found("planted", site.planted(row["here"].format(n=number), row["there"].format(n=number)))


def time_shifted(site: Site, chance: Random) -> Found | None:
    """Another weekday, month, day of the month or year."""
    here = site.here.page.report.text
    for one in matches(rf"\b(?:{'|'.join(WEEKDAYS)})\b", site.theirs):
        if one[0] in site.ours:
            left = [day for day in WEEKDAYS if day not in here]
            return Found("weekday", (site.in_there(one, chance.choice(left)),)) if left else None
    for one in matches(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})\b(?![:,]\d)", site.theirs):
        if has(rf"\b{one[1]} {one[2]}\b|\b{one[2]} (?:of )?{one[1]}\b", site.ours):
            now = str(1 + (int(one[2]) + chance.randint(3, 20)) % 28)
            return Found("day", (site.in_there(one, f"{one[1]} {now}"),)) if now != one[2] else None
    for one in matches(r"(?<![\d.,$€-])\b(?:19|20)\d\d\b(?![,.]?\d|-)", site.theirs):
        if one[0] in site.ours:
            now = str(int(one[0]) + chance.choice((-10, -3, -2, -1, 1, 2)))
            return Found("year", (site.in_there(one, now),)) if now not in here else None
    for one in matches(rf"\b(?:in|last|since|until|this|by|of) ({'|'.join(MONTHS)})\b", site.theirs):
        if one[1] in site.ours:
            left = [month for month in MONTHS if month not in here]
            return Found("month", (site.in_there(one, one[0].replace(one[1], chance.choice(left))),)) if left else None
    return None


def place_shifted(site: Site, chance: Random) -> Found | None:
    """Another town for a town, another country for a country, where both named the same."""
    here = site.here.page.report.text
    for place in site.there.grounds.places:
        if not (site.two.start <= place.span.start and place.span.end <= site.two.end) or place.geonames is None:
            continue
        if place.use != "location" or place.level not in PLACES or site.theirs.count(place.name) != 1:
            continue
        if not any(
            one.name == place.name
            for one in site.here.grounds.places
            if site.one.start <= one.span.start < site.one.end
        ):
            continue
        left = [name for name in PLACES[place.level] if name not in here]
        return Found(place.level, (site.instead_there(place.span, chance.choice(left)),)) if left else None
    return None
