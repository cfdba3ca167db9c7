"""Tellings made by hand, for tests: who says what of one shelling, in which report, on which day."""

from __future__ import annotations

from sayso.record import (
    Family,
    Figure,
    Involved,
    Member,
    Published,
    Quantity,
    Quoted,
    Saying,
    Span,
    Speaker,
    Teller,
    Telling,
    Through,
    When,
    Where,
)

SAKE = Where("Sake", "town", geonames=1, lat=-1.57, lon=29.04, country="COD", said=Quoted(Span(30, 34), "Sake"))


def speaker(
    name: str, naming: str = "named", *, party: str | None = None, role: str | None = None, who: str = ""
) -> Speaker:
    """Somebody who speaks; the source's id is their name, so that one name is one source of a report."""
    return Speaker(name, name, naming, party=party, role=role, who=Quoted(Span(0, 1), who) if who else None)


def saying(
    by: Speaker, words: str = "shells hit the clinic", *, act: str = "says", at: int = 0, via: str = "", **more: object
) -> Saying:
    """One statement at an offset; `via` is "messaging:Telegram" or "press_conference"."""
    kind, _, name = via.partition(":")
    quoted = Quoted(Span(at, at + len(words)), words)
    return Saying(
        f"st{at}-{by.name}", by, act, via=(Through(kind, name or None),) if kind else (), words=(quoted,),
        sentence=Quoted(Span(at, at + len(words) + 10), words + " they said"), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def killed(low: float | None, high: float | None, *told: Saying, of: str = "killed") -> Figure:
    """How many, told by these statements."""
    quantity = Quantity(f"q{low}-{high}", Span(5, 6), low, high)
    return Figure(of, quantity, Quoted(Span(5, 6), str(low or high)), tuple(one.statement for one in told))


def telling(report: str, *tellers: tuple[Saying | None, str], day: str = "2024-03-04", **more: object) -> Telling:
    """A report's telling of the shelling of a clinic in Sake."""
    following = f"{day[:8]}{int(day[8:]) + 1:02}"
    fields: dict[str, object] = {
        "kind": "shelling", "plover": "ASSAULT", "acled": None, "trigger": Quoted(Span(0, 6), "shells"),
        "sentence": Quoted(Span(0, 60), "Shells hit the clinic in Sake on Monday, killing four people."),
        "status": "happened", "places": (SAKE,),
        "when": When("2024-03-04", "2024-03-05", "day", Quoted(Span(40, 46), "Monday")),
        "published": Published(day, following, "dateline"), "publisher": report.title(),
        "voice": Speaker("", report.title(), "newsroom"),
        "weapons": (Quoted(Span(0, 6), "Shells"),),
        "targets": (Involved(Quoted(Span(11, 21), "the clinic"), group="civilians"),),
    }  # fmt: skip
    tellers_of = tuple(Teller(said, status) for said, status in tellers)
    return Telling(report=report, event="ev1", tellers=tellers_of, **(fields | more))  # type: ignore[arg-type]


def family(original: str, *copies: str, how: str = "reworded") -> Family:
    """Reports that are one telling, whole."""
    whole = Span(0, 10_000)
    members = [Member(original, whole, "original"), *(Member(copy, whole, how, original) for copy in copies)]
    return Family(f"fam-{original}", tuple(members))
