"""Readings grown from the sample: its reports told again of other people, places, days and figures, as many as wanted.

The sample is read once. A scene is the sample's little world with other names: in it some of the sixteen reports are
told, some of them more than once by other reporters, and some are copied, word for word or reworded. What is read in
them is carried over with the spans, so that nothing is read again. Parties, presidents, ministries and the River
Commission are the same in all scenes, so that some speak thousands of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from bench.synthetic import CODAS, NOUNS, ONSETS, THINGS, VERBS, VOWELS, WHERE, name_of
from sayso.record import Place, Reading, Report, Span

SAMPLE = Path(__file__).parents[1] / "src" / "sayso" / "sample"
A_WEEK = 8
"""Scenes that are laid in one week."""
WEEKS_BACK = 215
TOWNS, REGIONAL = 2_000, 300
"""Scenes after which a town is met again, and after which a governor or a mayor is."""
LARGE, HUNDRED = 97, 7
"""Every so manieth scene is told by sixty reports; in this one a report is copied a hundred times."""
REWORDED = 0.25
"""Share of the plain words that a reworded copy changes."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
BODIES = ("River Commission", "Telegram", "Defense Ministry", "Foreign Ministry")
EVERYWHERE = ("president", "minister")
"""Roles of people who are the same in every scene."""
TOKEN = re.compile(
    rf"(?P<md>(?:{'|'.join(MONTHS)}) \d{{1,2}}(?:, \d{{4}})?\b)|"
    rf"(?P<dm>\b\d{{1,2}} (?:{'|'.join(MONTHS)})(?: \d{{4}})?\b)"
    r"|(?P<number>(?<![\d.,:])\d{2,3}(?![\d:]|[.,]\d))|(?P<word>[^\W\d_]+)"
)
ISO = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
WORDS_OF_OURS = frozenset(("name", "role", "also", "says", "title", "inside", "members"))
"""Fields of nouns whose strings are words of a report, or name what it names."""


def readings(count: int) -> Iterator[Reading]:
    """So many grown readings, always the same ones in the same order."""
    return islice(_endless(), count)


def reading_after(count: int) -> Iterator[Reading]:
    """The readings that come after so many."""
    return islice(_endless(), count, None)


def _endless() -> Iterator[Reading]:
    number = scene = 0
    while True:
        for told in _plan(scene):
            yield _grown(told, number)
            number += 1
        scene += 1


# What is told in a scene


@dataclass(frozen=True, slots=True)
class Told:
    """One report to grow: which of the sample's, in which scene, by which reporter, the how manieth copy of it."""

    template: int
    scene: int
    again: int = 0
    copy: int = 0
    reworded: bool = False


def _plan(scene: int) -> list[Told]:
    """The reports of a scene, in the order they come in."""
    chance = Random(f"scene {scene}")
    count = len(_templates())
    if scene % LARGE == LARGE - 1:
        firsts = [Told(one, scene, again) for again in range(4) for one in range(count)][:60]
    elif chance.random() < 0.6:
        firsts = [Told(one, scene) for one in sorted(chance.sample(range(count), chance.randrange(1, 5)))]
    elif chance.random() < 0.75:
        firsts = [Told(one, scene) for one in sorted(chance.sample(range(count), chance.randrange(8, count + 1)))]
    else:
        firsts = [Told(one, scene, again) for again in range(2) for one in range(count) if chance.random() < 0.8]
    return [one for first in firsts for one in (first, *_copies(first, chance))]


def _copies(first: Told, chance: Random) -> Iterator[Told]:
    many = 0 if chance.random() > 0.1 else min(29, int(chance.paretovariate(1.1)))
    if first.scene == HUNDRED and first.template == 0 and not first.again:
        many = 99
    for number in range(1, many + 1):
        yield replace(first, copy=number, reworded=chance.random() < 0.4)


# The sample, read once


@dataclass(frozen=True)
class Template:
    """A reading of the sample, with what of its words may change and how."""

    reading: Reading

    @cached_property
    def text(self) -> str:
        """The sealed text."""
        return self.reading.page.report.text

    @cached_property
    def people(self) -> dict[str, int]:
        """Words of people's names, and after how many scenes such a name is met again; 1: in every scene."""
        everywhere = {
            token
            for one in self.reading.grounds.entities
            if one.role and any(role in one.role.casefold() for role in EVERYWHERE)
            for token in _tokens(one.name)
        }
        named = [one for one in self.reading.grounds.entities if one.kind == "person"]
        return {
            token: 1 if token in everywhere else REGIONAL
            for one in named
            for name in (one.name, *one.also)
            for token in _tokens(name)
        }

    @cached_property
    def towns(self) -> frozenset[str]:
        """Words of the names of places that are no countries and no bodies of the whole world."""
        return frozenset(
            token
            for one in self.reading.grounds.places
            if one.level in ("town", "district", "region", "site") and one.use != "actor"
            for token in _tokens(one.name)
            if token[:1].isupper()
        )

    @cached_property
    def kept(self) -> frozenset[str]:
        """Words that stay, so that a happening is told by its deed."""
        return frozenset(_folded_tokens(self.text[one.trigger.start : one.trigger.end] for one in self.reading.events))


def _tokens(name: str) -> list[str]:
    return [found["word"] for found in TOKEN.finditer(name) if found["word"] and len(found["word"]) > 2]


def _folded_tokens(texts: Iterable[str]) -> set[str]:
    return {token.casefold() for text in texts for token in re.findall(r"[^\W\d_]+", text)}


@lru_cache(maxsize=1)
def _templates() -> tuple[Template, ...]:
    import sayso

    paths = sorted(path for path in SAMPLE.iterdir() if path.suffix in (".txt", ".html"))
    return tuple(Template(sayso.read(path, knowledge=[SAMPLE / "knowledge"])) for path in paths)


@lru_cache(maxsize=1)
def _kept_everywhere() -> frozenset[str]:
    """Names of parties, outlets and of one body, which stay in all reports."""
    import tomllib

    told = [
        tomllib.loads((SAMPLE / "knowledge" / name).read_text("utf-8")) for name in ("parties.toml", "outlets.toml")
    ]
    names = [name for rows in told for row in rows["row"] for name in (row["name"], *row["also"])]
    return frozenset(_folded_tokens((*names, *BODIES)))


# Telling it in other words


@dataclass(frozen=True)
class Voice:
    """How one report of a scene words what a template has."""

    template: Template
    told: Told

    @cached_property
    def weeks(self) -> int:
        """How many weeks later than in the sample it happens."""
        return self.told.scene // A_WEEK - WEEKS_BACK

    def word(self, word: str) -> str:
        """The word that stands for a word of the sample."""
        return _like(word, self._word(word.casefold() if word.isupper() else word))

    def _word(self, word: str) -> str:
        scene, folded = self.told.scene, word.casefold()
        if folded in _kept_everywhere():
            return word
        for names, circle in ((self.template.towns, TOWNS), (self.template.people, 0)):
            name = next((one for one in (word, word.capitalize()) if one in names), None)
            if name is not None:
                again = circle or self.template.people[name]
                return name if again == 1 else name_of(_number("name", name, scene % again), parts=2)
        if len(word) < 4 or folded in self.template.kept or folded in KEPT:
            return word
        copy = self.told.copy if self.told.reworded and Random(f"{folded} {self.told}").random() < REWORDED else 0
        return _plain(folded, _number(folded, scene, self.told.again, copy))

    def number(self, figure: str) -> str:
        """The figure that stands for a figure; of a scene's further reporters some differ a little."""
        chance = Random(f"{figure} {self.told.scene}")
        least, past = 10 ** (len(figure) - 1), 10 ** len(figure)
        told = least + (int(figure) - least + chance.randrange(past - least)) % (past - least)
        if self.told.again and Random(f"{figure} {self.told.scene} {self.told.again}").random() < 0.4:
            told = least + (told - least + self.told.again) % (past - least)
        return str(told)

    def day(self, words: str) -> str:
        """A date that stands for a date, in the same form."""
        year = re.search(r"\d{4}", words)
        month = next(number for number, name in enumerate(MONTHS, start=1) if name in words)
        number = re.search(r"\b\d{1,2}\b", words)
        try:
            shifted = date(int(year[0]) if year else 2024, month, int(number[0]) if number else 1)
        except ValueError:
            return words
        shifted += timedelta(weeks=self.weeks)
        name, of = MONTHS[shifted.month - 1], f"{shifted.year}" if year else ""
        if words[0].isdigit():
            return f"{shifted.day} {name} {of}".strip()
        return f"{name} {shifted.day}, {of}" if of else f"{name} {shifted.day}"

    def iso(self, moment: str) -> str:
        """A time in ISO form so many weeks later."""
        return ISO.sub(
            lambda found: (date.fromisoformat(found[0]) + timedelta(weeks=self.weeks)).isoformat(), moment, count=1
        )

    def replaced(self, found: re.Match[str]) -> str:
        """What stands for one stretch that `TOKEN` found."""
        if found["word"]:
            return self.word(found["word"])
        return self.number(found["number"]) if found["number"] else self.day(found[0])

    def words(self, text: str) -> str:
        """A text in this voice."""
        return TOKEN.sub(self.replaced, text)


KEPT = frozenset(
    word
    for told in (
        "about after also another been before being both could down during each even from have into just last least",
        "less like many more most much near next none only other over same since some still such than that their them",
        "then there these they this those though through time today told under until upon very were what when where",
        "which while whom whose will with within without would said says denied people killed wounded monday tuesday",
        "wednesday thursday friday saturday sunday morning week month year region governor president mayor city",
    )
    for word in told.split()
)
"""Words that stay in every voice."""
POOL = (*NOUNS, *VERBS, *THINGS, *WHERE)


def _number(*what: object) -> int:
    return int.from_bytes(sha256(repr(what).encode()).digest()[:6])


def _plain(word: str, number: int) -> str:
    """A plain word in the place of another: one of a common pool, or one made of syllables."""
    if number % 3 == 0:
        return POOL[number // 3 % len(POOL)]
    chance = Random(number)
    return "".join(
        chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS) for _ in range(2 if len(word) < 8 else 3)
    )


def _like(word: str, other: str) -> str:
    if word.isupper() and len(word) > 1:
        return other.upper()
    return other[:1].upper() + other[1:] if word[:1].isupper() else other


# A reading in another voice


def _grown(told: Told, number: int) -> Reading:
    template = _templates()[told.template]
    voice = Voice(template, told)
    text, places = _worded(template.text, voice)
    text = f"{text.rstrip()}\n\n[{number}]\n"
    old = template.reading.page.report
    data = text.encode() if old.media_type == "text/plain" else _as_html(text)
    carried: Reading = _Carried(voice, places).of(template.reading)
    sealed = replace(
        carried.page.report,
        id=f"sha256:{sha256(data).hexdigest()}",
        data=data,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        path=f"{number}{Path(old.path or '.txt').suffix}",
    )
    url = f"{carried.page.url}?{number}" if carried.page.url else None
    return replace(carried, page=replace(carried.page, report=sealed, url=url))


def _as_html(text: str) -> bytes:
    from html import escape

    return f"<!doctype html><html><body><pre>{escape(text)}</pre></body></html>".encode()


def _worded(text: str, voice: Voice) -> tuple[str, list[int]]:
    """A text in another voice, and where each of its places has gone."""
    parts: list[str] = []
    places: list[int] = []
    done = length = 0
    for found in TOKEN.finditer(text):
        start, end = found.span()
        new = voice.replaced(found)
        places += range(length, length + start - done)
        parts.append(text[done:start])
        length += start - done
        places += (min(length + offset, length + len(new)) for offset in range(end - start))
        parts.append(new)
        length += len(new)
        done = end
    places += range(length, length + len(text) - done + 1)
    return "".join((*parts, text[done:])), places


@lru_cache(maxsize=256)
def _fields(cls: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cls))


@dataclass(frozen=True, slots=True)
class _Carried:
    """Carries nouns over into another voice: spans to where their words stand now, times by weeks, names anew."""

    voice: Voice
    places: list[int]

    def of(self, noun: Any, name: str = "") -> Any:
        """A noun, or one of its fields by its name, as it is in the other voice."""
        if isinstance(noun, Span):
            return Span(self.places[noun.start], self.places[noun.end])
        if isinstance(noun, str):
            return self.string(noun, name)
        if isinstance(noun, tuple):
            return tuple([self.of(one, name) for one in noun])
        if isinstance(noun, Report) or noun is None or not is_dataclass(noun):
            return noun
        held = {field: self.of(getattr(noun, field), field) for field in _fields(type(noun))}
        if isinstance(noun, Place):
            held |= self.elsewhere(noun)
        if _fields(type(noun))[0:4] == ("id", "span", "low", "high"):
            held |= self.counted(noun)
        return type(noun)(**held)

    def string(self, text: str, name: str) -> str:
        """A string by what it is: words, a time, or a code that stays."""
        if name in WORDS_OF_OURS:
            return self.voice.words(text)
        return self.voice.iso(text) if len(text) >= len("2024-03-12") and ISO.match(text) else text

    def elsewhere(self, place: Place) -> Mapping[str, object]:
        """Where a place of another name lies."""
        if place.geonames is None or place.level not in ("town", "district", "region", "site"):
            return {}
        circle = self.voice.told.scene % TOWNS
        chance = Random(f"{place.geonames} {circle}")
        found: dict[str, object] = {
            "geonames": 20_000_000 + _number(place.geonames, circle) % 100_000_000,
            "region": f"XA-{circle % 24:02}" if place.region else None,
        }
        if place.lat is not None and place.lon is not None:
            found |= {
                "lat": round(place.lat + chance.uniform(-9, 9), 4),
                "lon": round(place.lon + chance.uniform(-9, 9), 4),
            }
        return found

    def counted(self, quantity: Any) -> Mapping[str, object]:
        """What a figure is now, where it is one that changes."""
        words = self.voice.template.text[quantity.span.start : quantity.span.end]
        found = [one for one in TOKEN.finditer(words) if one["number"]]
        if len(found) != 1:
            return {}
        was, now = float(found[0][0]), float(self.voice.number(found[0][0]))
        return {end: now for end in ("low", "high") if getattr(quantity, end) == was}
