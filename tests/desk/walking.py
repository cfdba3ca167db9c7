"""Every address that the desk answers, filled with what is in a case: a page that is new cannot be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from fastapi.routing import APIRoute

from sayso.desk.pages import ALL
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

    @property
    def claim(self) -> str:
        """A statement of the report."""
        return f"sha256:{self.report}#st1"


def known_of(case: Case, *, words: str) -> Known:
    """Ids of a case that holds an incident, two reports and a decision; `words` are of one of its sentences."""
    one, two = (row.id.removeprefix("sha256:") for row in report_list(case, limit=2))
    with case.reading() as connection:
        ruled = decisions(connection, withdrawn=True)
    return Known(incident_rows(case, limit=1)[0].id, one, two, ruled[0].id, words)


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
    ids = {
        "incidents": [known.incident],
        "incident": [known.incident],
        "reports": [known.report, known.other],
        "beside": [known.other],
        "decisions": [known.decision],
        "cluster": [known.report],
        "again": ["1"],
    }
    parts: list[str] = []
    for part in path.replace("{name:path}", "index.html").split("/"):
        name = re.sub(r"\{[^{}]*\}", "{}", part)
        before = next((one for one in reversed(parts) if one in ids), "")
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
        "/rule": {"ruling": "accept", "about": known.claim},
    }
    return f"?{urlencode(queries[plain])}" if plain in queries else ""
