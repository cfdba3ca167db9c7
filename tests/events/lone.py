"""Events of a lone sentence: a page made by hand, grounds taken from the parser's own names."""

from __future__ import annotations

import re

from sayso.events import find_events
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.models.parsing import Parse
from sayso.record import (
    Event,
    Grounds,
    Moment,
    Obtained,
    Page,
    Place,
    Published,
    Quantity,
    Report,
    Span,
    Spoken,
)

SENTENCE = re.compile(r"[^\s.!?](?:[^.!?]|(?<=[A-Z])\.|\.(?=\d))*[.!?]?[\"”]?")
COUNTRIES = {
    "ugandan": "UGA", "uganda": "UGA", "rwandan": "RWA", "rwanda": "RWA", "chadian": "TCD", "chad": "TCD",
    "libyan": "LBY", "libya": "LBY", "syrian": "SYR", "syria": "SYR",
}  # fmt: skip


def page_of(text: str) -> Page:
    """A page whose sentences end at full stops, with nothing cut."""
    sentences = tuple(Span(*match.span()) for match in SENTENCE.finditer(text))
    report = Report("sha256:none", b"", text, "none", "text/plain", Obtained("decoded", "utf-8"))
    return Page(
        report, "en", None, None, None, (), (), (), (), None, Published(None, None, "unknown"), (), (), (), (),
        sentences, (), (),
    )  # fmt: skip


def parsed(page: Page) -> Parse:
    """The page's parse."""
    return english_parser().parse(page)


def grounds_of(page: Page, parse: Parse) -> Grounds:
    """The countries of COUNTRIES, and what the parser's own names give of other places, times and numbers."""
    places: list[Place] = []
    moments: list[Moment] = []
    quantities: list[Quantity] = []
    for span, label, dep in _named(parse):
        name = page.report.text[span.start : span.end]
        country = COUNTRIES.get(name.lower())
        match label:
            case "country":
                use = "adjective" if name.lower().endswith("n") else "actor" if dep in ("nsubj", "poss") else "location"
                places.append(Place(f"p{len(places)}", span, name, use=use, country=country, level="country"))
            case "GPE" | "LOC" | "FAC":
                use = "actor" if dep in ("nsubj", "poss") else "location"
                places.append(Place(f"p{len(places)}", span, name, use=use))
            case "DATE" | "TIME":
                moments.append(Moment(f"m{len(moments)}", span, "DATE", None))
            case "CARDINAL":
                quantities.append(Quantity(f"q{len(quantities)}", span, 1, 1))
            case _:
                pass
    return Grounds(tuple(places), tuple(moments), tuple(quantities))


def _named(parse: Parse) -> list[tuple[Span, str, str]]:
    found: list[tuple[Span, str, str]] = []
    for token in parse.tokens:
        label = "country" if token.text.lower() in COUNTRIES else token.ent
        if not label:
            continue
        if found and not token.ent_start and found[-1][1] == label and label != "country":
            found[-1] = (Span(found[-1][0].start, token.end), label, token.dep)
        else:
            found.append((Span(token.start, token.end), label, token.dep))
    return found


def events_in(text: str, spoken: Spoken | None = None) -> tuple[Event, ...]:
    """The events of a few sentences, told by the newsroom where no statements are given."""
    page = page_of(text)
    parse = parsed(page)
    return find_events(page, parse, grounds_of(page, parse), spoken or Spoken(), ours())
