"""An incident put together by hand from four invented reports, with everything that a page of it can show."""

from __future__ import annotations

from dataclasses import replace

from sayso.export.pointing import About, Reports
from sayso.record import (
    Account,
    Anchor,
    Cell,
    Counter,
    HeadlinePart,
    Incident,
    Origin,
    Published,
    Quantity,
    Quoted,
    Reason,
    Span,
    Stated,
    Through,
    Touching,
    Utterance,
    When,
    Where,
)

FIRST = (
    "MINAS, March 5, 2024 (Northwire) - Two shells hit the grain store of Minas on Monday night and killed "
    "at least 4 people, the mayor, Ana Reva, said on Telegram.\n\n"
    "The Upland army denied firing on the town. Northwire could not verify either account.\n"
)
COPY = "Two shells struck the grain store in Minas on Monday night, killing at least 4, mayor Ana Reva told Telegram.\n"
SECOND = (
    "The Minas Mirror, March 6, 2024\n\n"
    "Seven people died in the fire at the grain store, the district hospital said. "
    "Mayor Ana Reva now counts 6.\n"
    'Upland "has never aimed at bread", its envoy said.\n'
    "The Lowland council did not respond to a request for comment.\n"
)
TEXTS = {"sha256:" + "1a" * 32: FIRST, "sha256:" + "2b" * 32: COPY, "sha256:" + "3c" * 32: SECOND}
ONE, TWO, THREE = TEXTS


def at(report: str, words: str) -> Anchor:
    """Where the words stand in that report."""
    start = TEXTS[report].index(words)
    return Anchor(report, Span(start, start + len(words)), words)


def _about(report: str, publisher: str | None, day: str | None, how: str = "original", of: str | None = None) -> About:
    published = (
        Published(f"2024-03-0{day}", f"2024-03-0{int(day) + 1}", "dateline")
        if day
        else Published(None, None, "unknown")
    )
    return About(report, "", None, publisher, published, how, of, About.lines_of(TEXTS[report]))


REPORTS = Reports(
    {
        ONE: _about(ONE, "Northwire", "5"),
        TWO: _about(TWO, "Hill Post", None, "reworded", ONE),
        THREE: _about(THREE, "The Minas Mirror", "6"),
    }
)

MAYOR, ARMY, HOSPITAL, ENVOY = "or-mayor", "or-army", "or-hospital", "or-envoy"
MONDAY = When("2024-03-04T18:00", "2024-03-05T06:00", "part_of_day", Quoted(Span(60, 75), "on Monday night"))
MINAS = Where("Minas", "city", geonames=1, lat=-34.4, lon=-55.2, radius_km=4.0, country="UY", region="UY-LA")


def _counted(report: str, words: str, low: float, high: float | None, day: str, *, gone: bool = False) -> Stated:
    quantity = Quantity("q1", at(report, words).span, low, high)
    return Stated(
        "how_many", words, at(report, words), "killed", quantity=quantity, at=f"2024-03-0{day}", superseded=gone
    )


FOUR = _counted(ONE, "at least 4 people", 4.0, None, "5", gone=True)
SIX = _counted(THREE, "counts 6", 6.0, 6.0, "6")
SEVEN = _counted(THREE, "Seven people", 7.0, 7.0, "6")
TOLD = at(ONE, "Two shells hit the grain store of Minas on Monday night and killed at least 4 people")
STORE = at(ONE, "Two shells hit the grain store of Minas")
DENIED = at(ONE, "firing on the town")

ORIGINS = (
    Origin(
        MAYOR,
        "Ana Reva",
        "named",
        "party",
        "lowland",
        "row lowland",
        "mayor",
        via=(Through("messaging", "Telegram"),),
        when=When("2024-03-05", "2024-03-06", "day"),
        utterances=(
            Utterance(TOLD, "ev1", None, "happened"),
            Utterance(at(TWO, "Two shells struck the grain store"), "ev1", None, "happened", copied=True),
            Utterance(at(THREE, "Mayor Ana Reva now counts 6."), "ev2", None, "happened"),
        ),
    ),
    Origin(
        ARMY,
        "the Upland army",
        "institution",
        "party",
        "upland",
        "the text: Upland",
        utterances=(Utterance(DENIED, "ev1", None, "denied"),),
    ),
    Origin(
        HOSPITAL,
        "the district hospital",
        "institution",
        "witness",
        utterances=(Utterance(at(THREE, "Seven people died in the fire at the grain store"), "ev1", None, "happened"),),
    ),
)
MATRIX = (
    Cell("whether", None, MAYOR, "agrees", "happened", (TOLD,)),
    Cell("whether", None, ARMY, "denies", "denied", (DENIED,), (MAYOR, HOSPITAL)),
    Cell("whether", None, HOSPITAL, "agrees", "happened", (at(THREE, "Seven people died in the fire"),)),
    Cell("when", None, MAYOR, "agrees", "Monday night", (at(ONE, "on Monday night"),)),
    Cell("when", None, ARMY, "silent", ""),
    Cell("when", None, HOSPITAL, "silent", ""),
    Cell("where", None, MAYOR, "agrees", "Minas", (at(ONE, "the grain store of Minas"),)),
    Cell("where", None, ARMY, "agrees", "Minas", (at(ONE, "the town"),)),
    Cell("where", None, HOSPITAL, "agrees", "Minas", (at(THREE, "the grain store"),)),
    Cell("how_many", "killed", MAYOR, "differs", "6", (SIX.anchor,), (HOSPITAL,)),
    Cell("how_many", "killed", HOSPITAL, "differs", "7", (SEVEN.anchor,), (MAYOR,)),
)
COUNTER = Counter(
    3, (("lowland", 1), ("upland", 1)), 0, 1, 0, 0, 1, 1, 1, 3, 1,
    "3 origins: 1 speaks for lowland, 1 for upland, 1 witness; 0 outside the parties; 1 denial; 1 could not verify; "
    "3 reports, 1 of them a copy",
)  # fmt: skip


def worked() -> Incident:
    """The incident: a shelling, told by a mayor and a hospital, denied by an army."""
    return Incident(
        "inc-0a1b2c3d4e5f",
        "shelling",
        (
            HeadlinePart("Ana Reva says "),
            HeadlinePart("“Two shells hit the grain store of Minas”", STORE),
            HeadlinePart("; the Upland army denies "),
            HeadlinePart("“firing on the town”", DENIED),
        ),
        MONDAY,
        MINAS,
        (),
        ORIGINS,
        (
            Account(MAYOR, "happened", (FOUR, SIX)),
            Account(ARMY, "denied"),
            Account(HOSPITAL, "happened", (SEVEN,)),
        ),
        MATRIX,
        (
            Touching("denies", "the Upland army", "upland", "specific", None, DENIED, ARMY),
            Touching("denies", "its envoy", "upland", "general", None, at(THREE, "has never aimed at bread")),
        ),
        (Touching("could_not_verify", "Northwire", None, "specific", None, at(ONE, "verify either account")),),
        (
            Touching(
                "no_comment", "The Lowland council", None, "specific", "none_yet",
                at(THREE, "did not respond to a request for comment"),
            ),
        ),
        COUNTER,
        reasons=(
            Reason("place", True, "both at the grain store", at(ONE, "store of Minas"), at(THREE, "grain store")),
            Reason("deed", False, "one tells shells, one a fire", at(ONE, "Two shells"), at(THREE, "the fire")),
        ),
        open_questions=("The hospital gives no day for the fire.",),
    )  # fmt: skip


def in_the_tray() -> Incident:
    """The same, only threatened."""
    return replace(worked(), did_not_happen=True, when=None, where=None, reasons=(), open_questions=())
