"""One page fetched politely: within limits, from public addresses alone, as the site asks, and kept as WARC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sayso import __version__
from sayso.intake.containers.warc import TEXTS
from sayso.intake.fetching.keeping import kept
from sayso.intake.fetching.network import Exchange, Limits, Network, exchanged, web_address
from sayso.intake.fetching.robots import Robots
from sayso.problems import Refused

if TYPE_CHECKING:
    import httpx

AGENT = f"sayso/{__version__} (fetches single pages for a reader; heeds robots.txt)"
SENDS_ON = (301, 302, 303, 307, 308)
FILE_NAME = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was fetched: the WARC that holds it, where it came from in the end, and when."""

    warc: Path
    url: str
    asked: str
    at: str  # ISO date-time, UTC


def fetched(
    url: str,
    *,
    into: str | Path,
    limits: Limits = Limits(),  # noqa: B008 - it is frozen
    robots: Robots | None = None,
    agent: str | None = None,
    network: Network = Network(),  # noqa: B008 - it is frozen
) -> Fetched:
    """Fetch one page and keep what was asked and answered as a WARC in a folder; `opened` reads the report out of it.

    No cookie is taken and no password sent. `agent` says who asks, after our own name. Nothing is kept of a fetch that
    fails. Raises `Refused`: bad_url, private_address, robots, unreachable, timeout, too_large, too_many_redirects,
    status, not_text, bad_response, not_kept.
    """
    rules = robots or Robots()
    named = f"{AGENT} {agent}" if agent else AGENT
    here = web_address(url)
    steps: list[Exchange] = []
    for _ in range(limits.redirects + 1):
        rules.check(here, network, limits, agent=named)
        found = exchanged(here, network, limits, agent=named, wanted=_is_wanted)
        steps.append(found)
        if found.status not in SENDS_ON or "location" not in found.headers:
            _check(found, here)
            path = kept(steps, Path(into), _name(found, here))
            return Fetched(path, found.url, url, found.at.isoformat(timespec="seconds"))
        here = web_address(str(here.join(found.headers["location"])))
    says = (
        f"{url} sends its reader on more than {limits.redirects} times, at last to {here}. Give the page's own address."
    )
    raise Refused("too_many_redirects", says)


def _is_wanted(status: int, headers: dict[str, str]) -> bool:
    return status == 200 and _kind(headers) in TEXTS


def _kind(headers: dict[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _check(found: Exchange, url: httpx.URL) -> None:
    if found.status != 200:
        raise Refused("status", f"{url} answers {found.status}{_meaning(found)}. Nothing was kept.")
    if not found.is_whole:
        kind = _kind(found.headers) or "nothing"
        says = f"{url} is no page of text: it calls itself {kind}. Save it, and give its text as a file."
        raise Refused("not_text", says)


def _meaning(found: Exchange) -> str:
    match found.status:
        case 401 | 403:
            return ", so it does not let everybody in"
        case 404 | 410:
            return ", so there is no such page any more; an archive of the web may have it"
        case 429 | 503:
            wait = found.headers.get("retry-after")
            return f", so it asks to wait{f' ({wait[:40]})' if wait else ''}"
        case 451:
            return ", so it may not be shown for legal reasons"
        case _:
            return ""


def _name(found: Exchange, url: httpx.URL) -> str:
    host = FILE_NAME.sub("-", url.raw_host.decode("ascii", errors="replace").lower())[:60]
    return f"{found.at:%Y%m%dT%H%M%SZ}-{host}"
