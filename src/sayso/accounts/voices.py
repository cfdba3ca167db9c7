"""Who speaks where a report speaks in its own voice: its newsroom, or the body or person whose own post it is."""

from __future__ import annotations

from sayso.accounts.known import Known, known
from sayso.accounts.speakers import side_of
from sayso.knowledge import Knowledge
from sayso.record import Reading, Source, Speaker
from sayso.values.spelling import plain_words

BETWEEN_NAME_AND_OFFICE = " | "
POSTING = frozenset((
    "ministry", "government", "army", "military", "navy", "police", "council", "commission", "committee", "embassy",
    "command", "department", "presidency", "administration", "office", "hospital", "court", "parliament", "brigade",
    "forces", "staff", "prosecutor", "service", "cabinet", "mission", "governor", "president",
))  # fmt: skip
"""Words that name a body which posts for itself and is no newsroom."""


def voice_of(reading: Reading, knowledge: Knowledge) -> Speaker | None:
    """The speaker of what a report tells in its own voice, None where it does not say whose it is.

    The publisher is asked first, then the agency credited, then the newsroom that the text calls "we". A publisher
    that is a ministry or a council speaks for itself, as does the author that a title "Name | office" names.
    """
    page, rows = reading.page, known(knowledge)
    newsroom = next((source for source in reading.sources if source.naming == "newsroom"), None)
    name = next((named.name for named in (page.publisher, *page.agencies) if named is not None), None)
    if name is not None:
        is_body = bool(POSTING & set(plain_words(name))) and name.casefold() not in rows.outlets
        return _sided(
            _speaker(name, _alike(reading, name) or newsroom, naming="institution" if is_body else None), rows
        )
    if page.title is not None and BETWEEN_NAME_AND_OFFICE in page.title.name:
        author, office = page.title.name.split(BETWEEN_NAME_AND_OFFICE, 1)
        return _speaker(author.strip(), newsroom, naming="named", role=office.strip())
    return _speaker(newsroom.name, newsroom, role=newsroom.role) if newsroom is not None else None


def _alike(reading: Reading, name: str) -> Source | None:
    return next((source for source in reading.sources if source.name.casefold() == name.casefold()), None)


def _speaker(name: str, source: Source | None, *, naming: str | None = None, role: str | None = None) -> Speaker:
    return Speaker(
        source=source.id if source is not None else "",
        name=name,
        naming=naming or "newsroom",
        role=role,
        party=source.party if source is not None else None,
        also=(source.name, *source.also) if source is not None and source.name != name else (),
    )


def _sided(speaker: Speaker, rows: Known) -> Speaker:
    side = side_of(speaker, rows) if speaker.naming == "institution" else None
    if side is None:
        return speaker
    return Speaker(speaker.source, speaker.name, speaker.naming, party=side, also=speaker.also)
