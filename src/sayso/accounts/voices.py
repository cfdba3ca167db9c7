"""Who speaks where a report speaks in its own voice: its newsroom, or the body or person whose own post it is."""

from __future__ import annotations

from sayso.record import Reading, Source, Speaker

BETWEEN_NAME_AND_OFFICE = " | "


def voice_of(reading: Reading) -> Speaker | None:
    """The speaker of what a report tells in its own voice, None where it does not say whose it is.

    The publisher is asked first, then the agency credited, then the newsroom that the text calls "we". A title of
    the form "Name | office", over a text in the first person, names its author.
    """
    page = reading.page
    newsroom = next((source for source in reading.sources if source.naming == "newsroom"), None)
    name = next((named.name for named in (page.publisher, *page.agencies) if named is not None), None)
    if name is not None:
        known = _alike(reading, name) or newsroom
        return _speaker(name, known, None)
    if page.title is not None and BETWEEN_NAME_AND_OFFICE in page.title.name:
        author, office = page.title.name.split(BETWEEN_NAME_AND_OFFICE, 1)
        return _speaker(author.strip(), newsroom, office.strip())
    return _speaker(newsroom.name, newsroom, newsroom.role) if newsroom is not None else None


def _alike(reading: Reading, name: str) -> Source | None:
    return next((source for source in reading.sources if source.name.casefold() == name.casefold()), None)


def _speaker(name: str, source: Source | None, role: str | None) -> Speaker:
    return Speaker(
        source=source.id if source is not None else "",
        name=name,
        naming="newsroom",
        role=role,
        party=source.party if source is not None else None,
        also=(source.name, *source.also) if source is not None and source.naming == "newsroom" else (),
    )
