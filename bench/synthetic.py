"""Readings without a reader: as many as wanted, each the same for its number, for measuring the ledger alone.

A report has some three hundred words in fifteen sentences, five events, ten statements. One in eight is a copy of an
earlier one, whole, in other words or cut; one event in three was told before by another report. Names are made of
syllables; no text of any corpus is in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random

from sayso import __version__
from sayso.record import (
    Channel,
    Count,
    Event,
    EventPlace,
    Grounds,
    Moment,
    Named,
    Obtained,
    Page,
    Party,
    Place,
    Published,
    Quantity,
    Reading,
    Report,
    Section,
    Source,
    Span,
    Statement,
    Told,
)

TOWNS, PEOPLE = 4_000, 6_000
BACK = 400
"""Reports: how far back an event told again, or a report copied, was first told."""
A_DAY = 60
COPIES, AGAIN = 0.125, 0.35
FIRST = date(2019, 1, 1)
KINDS = ("shelling", "drone_strike", "missile_strike", "arrest", "looting", "shooting")
DEEDS = {
    "shelling": "shelled",
    "drone_strike": "struck with drones",
    "missile_strike": "hit with missiles",
    "arrest": "arrested people in",
    "looting": "looted",
    "shooting": "opened fire in",
}
PLOVER = {"arrest": "COERCE"}
TARGETS = ("market", "bridge", "school", "hospital", "depot", "farm", "station", "mill", "church", "quay", "substation")
ROLES = ("the mayor", "the governor", "a spokesman for the army", "the police chief", "a doctor")
SIDES = ("aldoria", "borvia")


def _words(told: str) -> tuple[str, ...]:
    return tuple(told.split())


ONSETS = _words("b br d dr f g gr h k kl l m n p pr r s st t tr v vl z sh")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
CODAS = ("", "", "", "n", "r", "l", "s", "k", "m", "nd", "rt", "v")
NOUNS = _words(
    "farmers drivers nurses teachers miners fishermen widows porters welders students pensioners bakers smiths clerks "
    "carpenters engineers shepherds millers pilots printers tailors masons divers grocers cooks guards weavers judges"
)
VERBS = _words(
    "gathered carried repaired counted sorted buried painted collected rationed welded traded borrowed loaded "
    "sheltered measured patched guarded emptied flooded cleared fenced shared weighed ferried hid bartered salvaged"
)
THINGS = _words(
    "generators blankets ledgers turbines ladders cables sacks stoves windows roofs pumps tractors medicines lamps "
    "candles tents barrels bricks pipes carts radios boats coats tools maps seeds engines fences beds kettles"
)
WHERE = _words(
    "cellars orchards tunnels quarries warehouses vineyards chapels garages terraces stables harbours libraries kilns "
    "barracks silos gardens foundries courtyards attics ravines pastures laundries tanneries breweries shipyards docks"
)


def name_of(number: int, *, parts: int = 3) -> str:
    """An invented name, the same for the same number."""
    chance = Random(f"name {number}")
    syllables = (chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS) for _ in range(parts))
    return "".join(syllables).capitalize()


@dataclass(frozen=True)
class Happening:
    """Something that reports tell of."""

    kind: str
    town: int
    day: date
    target: str
    killed: int
    side: str
    speaker: int


@dataclass
class Writing:
    """A text as it is written, with what stands where in it."""

    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)

    def put(self, words: str) -> Span:
        """Write on; where the words stand."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def end(self, start: int) -> None:
        """End a sentence."""
        self.sentences.append(Span(start, self.put(".").end))
        self.put("\n\n" if len(self.sentences) % 3 == 0 else " ")


def reading_of(number: int) -> Reading:
    """The reading of the report of a number."""
    first = first_of(number)
    if first == number:
        return _read(_written(number), number)
    how = Random(f"how {number}").choice(("near", "reworded", "cut"))
    return _read(_written(first, how=how), number)


def first_of(number: int) -> int:
    """The report that a report is a copy of, at first hand or not; its own number for one that is none."""
    chance = Random(f"report {number}")
    while number and chance.random() < COPIES:
        number -= 1 + chance.randrange(min(BACK, number))
        chance = Random(f"report {number}")
    return number


def _happening(number: int, which: int) -> Happening:
    """What a report tells as its first, second … event: something new, or something that was told before."""
    chance = Random(f"event {number} {which}")
    if number > A_DAY and chance.random() < AGAIN:
        return _happening(number - 1 - chance.randrange(A_DAY), chance.randrange(5))
    return Happening(
        kind=chance.choice(KINDS),
        town=chance.randrange(TOWNS),
        day=FIRST + timedelta(days=number // A_DAY - 1),
        target=chance.choice(TARGETS),
        killed=chance.randrange(2, 60),
        side=chance.choice(SIDES),
        speaker=chance.randrange(PEOPLE),
    )


def _written(number: int, *, how: str = "") -> Writing:
    """The text of a report, or of a copy of it."""
    writing = Writing()
    for which in range(3 if how == "cut" else 5):
        _tell(writing, _happening(number, which), Random(f"words {number} {which}"), is_reworded=how == "reworded")
        start = len(writing.text)
        writing.put(_filler(Random(f"filler {number} {which}")))
        writing.end(start)
    return writing


def _filler(chance: Random) -> str:
    """A sentence of nothing in particular, hardly ever the same as another."""
    one, two, three = (name_of(chance.randrange(60_000), parts=2) for _ in range(3))
    nouns, verbs, things, where = (chance.sample(words, 2) for words in (NOUNS, VERBS, THINGS, WHERE))
    return (
        f"In the {where[0]} behind {one} {nouns[0]} {verbs[0]} {things[0]} for {chance.randrange(2, 40)} families from "
        f"{two}, and {nouns[1]} from {three} {verbs[1]} {things[1]} that had been left in the {where[1]}"
    )


def _tell(writing: Writing, told: Happening, chance: Random, *, is_reworded: bool) -> None:
    """Two sentences of a happening: what was done and how many were killed, each report in words of its own."""
    source = _source(writing, told)
    start = len(writing.text)
    nouns, verb, where = chance.choice(NOUNS), chance.choice(VERBS), chance.choice(WHERE)
    writing.put(f"While {nouns} {verb} {chance.choice(THINGS)} in the {where} of {name_of(chance.randrange(60_000))}, ")
    army = writing.put(f"{told.side.capitalize()} forces")
    writing.put(" ")
    trigger = writing.put(DEEDS[told.kind])
    writing.put(" ")
    target = writing.put(f"the {told.target}")
    writing.put(" in " if not is_reworded else " at ")
    place = _place(writing, told)
    writing.put(" on " if not is_reworded else " ")
    when = writing.put(f"{told.day:%A}, {told.day:%B} {told.day.day}")
    writing.moments.append(_moment(len(writing.moments) + 1, when, told.day))
    words_end = len(writing.text)
    writing.put(", ")
    who = writing.put(f"{name_of(told.speaker, parts=2)} {name_of(told.speaker + 1)}")
    writing.put(" ")
    cue = writing.put("said" if not is_reworded else "told journalists")
    writing.end(start)
    first = _statement(writing, source, Span(start, words_end), cue, who)
    start = len(writing.text)
    counted = writing.put(f"{told.killed} people")
    thing, where = chance.choice(THINGS), chance.choice(WHERE)
    writing.put(f" were killed and {thing} in the {where} near {name_of(chance.randrange(60_000))} were burnt, ")
    writing.put("he added" if not is_reworded else "according to the same official")
    writing.end(start)
    second = _statement(writing, source, Span(start, counted.end + 20), None, None)
    number = len(writing.quantities) + 1
    writing.quantities.append(
        Quantity(f"q{number}", Span(counted.start, counted.end - 7), float(told.killed), float(told.killed))
    )
    writing.events.append(
        Event(
            id=f"ev{len(writing.events) + 1}",
            kind=told.kind,
            plover=PLOVER.get(told.kind, "ASSAULT"),
            acled=None,
            trigger=trigger,
            told=(Told(first, "happened"), Told(second, "happened")),
            status="happened",
            agents=(Party(army, party=told.side),),
            targets=(Party(target),),
            places=(EventPlace(place, "at"),),
            when=f"m{len(writing.moments)}",
            counts=(Count(f"q{number}", "killed", counted, (second,)),),
        )
    )


def _source(writing: Writing, told: Happening) -> str:
    name = f"{name_of(told.speaker, parts=2)} {name_of(told.speaker + 1)}"
    if name not in writing.sources:
        role = ROLES[told.speaker % len(ROLES)]
        writing.sources[name] = Source(f"src{len(writing.sources) + 1}", name, "named", role=role, party=told.side)
    return writing.sources[name].id


def _statement(writing: Writing, source: str, words: Span, cue: Span | None, who: Span | None) -> str:
    number = len(writing.statements) + 1
    channel = (Channel("messaging", None, None),) if number % 4 == 0 else ()
    writing.statements.append(
        Statement(f"st{number}", source, "says", quotation="indirect", words=(words,), cue=cue, who=who, via=channel)
    )
    return f"st{number}"


def _place(writing: Writing, told: Happening) -> str:
    chance = Random(f"town {told.town}")
    number = len(writing.places) + 1
    lat, lon = round(chance.uniform(44, 52), 4), round(chance.uniform(22, 40), 4)
    span = writing.put(name_of(1_000_000 + told.town))
    writing.places.append(
        Place(
            f"p{number}",
            span,
            writing.text[span.start : span.end],
            geonames=5_000_000 + told.town,
            lat=lat,
            lon=lon,
            country="XAL",
            region=f"XA-{told.town % 24:02}",
            radius_km=3.0,
        )
    )
    return f"p{number}"


def _moment(number: int, span: Span, day: date) -> Moment:
    after = day + timedelta(days=1)
    return Moment(f"m{number}", span, "DATE", day.isoformat(), None, day.isoformat(), after.isoformat(), "day")


def _read(writing: Writing, number: int) -> Reading:
    text = f"{writing.text.rstrip()}\n\n[{number}]\n"
    data = text.encode()
    digest = sha256(data).hexdigest()
    day = FIRST + timedelta(days=number // A_DAY)
    published = Published(day.isoformat(), (day + timedelta(days=1)).isoformat(), "given")
    publisher = Named(f"The {name_of(2_000_000 + number % 300, parts=2)} Courier", None, "given")
    title = Named(f"Fighting goes on near {name_of(number)}", None, "metadata")
    page = Page(
        report=Report(f"sha256:{digest}", data, text, digest, "text/plain", Obtained("decoded", "utf-8")),
        language="en",
        title=title,
        url=f"https://news.example/{number}",
        publisher=publisher,
        agencies=(),
        writers=(),
        editors=(),
        contributors=(),
        dateline=None,
        published=published,
        condition=(),
        cuts=(),
        sections=(Section("sec1", None, Span(0, len(text))),),
        paragraphs=(),
        sentences=tuple(writing.sentences),
        quotations=(),
        credits=(),
    )
    grounds = Grounds(tuple(writing.places), tuple(writing.moments), tuple(writing.quantities), published=published)
    return Reading(
        sayso=__version__,
        page=page,
        grounds=grounds,
        sources=tuple(writing.sources.values()),
        statements=tuple(writing.statements),
        events=tuple(writing.events),
    )
