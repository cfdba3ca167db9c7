"""Every address that the desk answers, filled with what is in a case: a page that is new cannot be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from fastapi.routing import APIRoute
from sqlalchemy import select

from sayso.desk.pages import ALL
from sayso.ledger import schema, working
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.reports import report_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decisions

OWN = ("/", "/favicon.ico")
"""What the application answers by itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """Ids that a case has, to ask for."""

    incident: str
    report: str  # 64 digits
    other: str
    decision: str
    words: str
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by what stands before them in an address

    @property
    def claim(self) -> str:
        """A statement of the report."""
        return f"sha256:{self.report}#st1"


def known_of(case: Case, *, words: str) -> Known:
    """Ids of a case that holds an incident, two reports and a decision; `words` are of one of its sentences."""
    one, two = (row.id.removeprefix("sha256:") for row in report_list(case, limit=2))
    with case.reading() as connection:
        ruled = decisions(connection, withdrawn=True)
        named = {before: tuple(connection.execute(held.limit(2)).scalars()) for before, held in NAMED.items()}
    return Known(incident_rows(case, limit=1)[0].id, one, two, ruled[0].id, words, named)


NAMED = {
    "saved": select(working.saved_searches.c.id).order_by(working.saved_searches.c.at),
    "seals": select(working.seal_checks.c.id).order_by(working.seal_checks.c.at),
    "people": select(schema.speakers.c.id).order_by(schema.speakers.c.id),
    "places": select(working.named_places.c.id).order_by(working.named_places.c.uses.desc(), working.named_places.c.id),
    "sources": select(schema.speakers.c.id).order_by(schema.speakers.c.id),
    "publishers": select(schema.reports.c.publisher).where(schema.reports.c.publisher.is_not(None)).distinct(),
    "publisher": select(schema.reports.c.publisher).where(schema.reports.c.publisher.is_not(None)).distinct(),
    "team": select(working.users.c.name).order_by(working.users.c.name),
}
"""Where a case has the ids that stand behind such a word in an address. What it has none of is asked for all the same,
by an id that nothing has: that is answered too."""


def routes() -> list[APIRoute]:
    """Every route of every page."""
    return [route for router in ALL for route in router.routes if isinstance(route, APIRoute)]


def gets(known: Known) -> Iterator[str]:
    """The address of everything that can be looked at."""
    yield from OWN
    for route in routes():
        if "GET" in route.methods:
            yield filled(route.path, known) + asked(route.path, known)


def posts(known: Known) -> Iterator[str]:
    """The address of everything that changes something."""
    for route in routes():
        if route.methods - {"GET", "HEAD", "OPTIONS"}:
            yield filled(route.path, known)


def filled(path: str, known: Known) -> str:
    """An address with ids for the names in braces. A name that is not known here fails: say what it is."""
    ids: dict[str, list[str]] = {
        "incidents": [known.incident],
        "incident": [known.incident],
        "reports": [known.report, known.other],
        "beside": [known.other],
        "decisions": [known.decision],
        "cluster": [known.report],
        "again": ["1"],
        "queue": ["unseen"],
        "export": ["exp-000000000000"],
        "cards": ["st1"],
        **{before: [*known.named.get(before, ()), known.decision, known.decision] for before in NAMED},
    }
    parts: list[str] = []
    for part in path.replace("{name:path}", "index.html").split("/"):
        name = re.sub(r"\{[^{}]*\}", "{}", part)
        before = next((one for one in reversed(parts) if ids.get(one)), "")
        if "{}" in name:
            assert before, f"{path}: nobody told what stands in its braces"
            name = name.replace("{}", quote(ids[before].pop(0), safe=""))
        parts.append(name)
    return "/".join(parts)


def asked(path: str, known: Known) -> str:
    """The question that an address needs to be asked with."""
    plain = path.removesuffix(".json").removesuffix(".csv")
    queries: dict[str, dict[str, str]] = {
        "/trace": {"claim": known.claim},
        "/share/claim": {"claim": known.claim},
        "/share/claim/preview/{name:path}": {"claim": known.claim},
        "/search": {"q": known.words},
        "/search/facets": {"q": known.words},
        "/places/at": {"report": known.report, "start": "0", "end": "1"},
        "/sources/publisher": {"name": next(iter(known.named.get("publisher", ())), "")},
        "/rule": {"ruling": "accept", "about": known.claim},
        "/queue/{queue}": {"about": known.claim},
        "/queue/{queue}/fix": {"about": known.claim},
        "/queue/{queue}/same": {"about": known.claim},
    }
    return f"?{urlencode(queries[plain])}" if plain in queries else ""
