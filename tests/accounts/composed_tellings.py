"""Tellings composed by hand: one sentence with what a reading would have found in it."""

from __future__ import annotations

from sayso.record import Figure, Involved, Published, Quantity, Quoted, Span, Telling, When, Where

TOWNS = {
    "Orlec": (47.10, 33.20, "AAA", "AAA-01"),
    "Brod": (47.60, 34.90, "AAA", "AAA-01"),
    "Tessa": (48.40, 36.10, "AAA", "AAA-02"),
    "Tessa in the west": (44.00, 20.00, "BBB", "BBB-09"),
    "Marnitz": (47.12, 33.21, "AAA", "AAA-01"),
    "Velin": (46.00, 31.00, "AAA", "AAA-03"),
}
REGIONS = {"Orlec region": ("AAA", "AAA-01"), "Tessa region": ("AAA", "AAA-02")}


def place(name: str, *, role: str = "at") -> Where:
    """A place by its name: a known town, a region, "Sola?" for one no gazetteer has, "market in Orlec" for a site."""
    if name.endswith("?"):
        return Where(name[:-1], "town", role, country="AAA")
    if " in " in name and name not in TOWNS:
        site, town = name.split(" in ")
        lat, lon, country, region = TOWNS[town]
        return Where(site, "site", role, None, lat, lon, 10.0, country, region, (town,))
    if name in REGIONS:
        country, region = REGIONS[name]
        lat, lon = TOWNS[name.removesuffix(" region")][:2]
        return Where(name, "region", role, None, lat, lon, 90.0, country, region)
    lat, lon, country, region = TOWNS[name]
    plain = name.partition(" in ")[0]
    return Where(plain, "town", role, sorted(TOWNS).index(name) + 1, lat, lon, 5.0, country, region)


def when(words: str) -> When:
    """A time: "2024-03-12", "2024-03-12T06/2024-03-12T09", "Tuesday" that no date is known for."""
    if "/" in words:
        first, last = words.split("/")
        granularity = "hour" if "T" in first else "week"
        return When(_minutes(first), _minutes(last), granularity, _said(words))
    if words[:2] == "20" or words[:2] == "19":
        if len(words) == 4:
            return When(f"{words}-01-01", f"{int(words) + 1}-01-01", "year", _said(words))
        if len(words) == 7:
            year, month = int(words[:4]), int(words[5:])
            after = f"{year}-{month + 1:02}-01" if month < 12 else f"{year + 1}-01-01"
            return When(f"{words}-01", after, "month", _said(words))
        return When(words, f"{words[:8]}{int(words[8:]) + 1:02}", "day", _said(words))
    return When(None, None, "day", _said(words))


def _minutes(iso: str) -> str:
    return iso + ":00" if "T" in iso else iso


def _said(words: str) -> Quoted:
    return Quoted(Span(0, len(words)), words)


def telling(  # noqa: PLR0913
    sentence: str,
    kind: str,
    *,
    at: str | tuple[str, ...] = (),
    on: str | None = None,
    by: str | None = None,
    to: str | tuple[str, ...] = (),
    figures: dict[str, tuple[float | None, float | None]] | None = None,
    status: str = "happened",
    published: str | None = "2024-03-14",
    background: bool = False,
    report: str = "one",
) -> Telling:
    """A telling of one event. The word that tells it stands between asterisks in the sentence."""
    before, trigger, _ = sentence.split("*")
    plain = sentence.replace("*", "")
    places = (at,) if isinstance(at, str) else at
    targets = (to,) if isinstance(to, str) else to
    return Telling(
        report=report,
        event="ev1",
        kind=kind,
        plover=None,
        acled=None,
        trigger=Quoted(Span(len(before), len(before) + len(trigger)), trigger),
        sentence=Quoted(Span(0, len(plain)), plain),
        status=status,
        background=background,
        agents=(Involved(_said(by), party=by),) if by else (),
        targets=tuple(Involved(_said(target)) for target in targets),
        places=tuple(map(place, places)),
        when=when(on) if on else None,
        figures=tuple(
            Figure(of, Quantity(f"q{number}", Span(0, 1), low, high), _said(of))
            for number, (of, (low, high)) in enumerate((figures or {}).items())
        ),
        published=_published(published),
    )


def _published(day: str | None) -> Published:
    if day is None:
        return Published(None, None, "unknown")
    return Published(day, f"{day[:8]}{int(day[8:]) + 1:02}", "dateline")
