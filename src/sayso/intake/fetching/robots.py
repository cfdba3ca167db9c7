"""What a site asks of robots (RFC 9309), asked once a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sayso.intake.containers.http_message import body_of, response_of
from sayso.intake.fetching.network import exchanged, web_address
from sayso.problems import Refused
from sayso.record import Problem

if TYPE_CHECKING:
    import httpx
    from protego import Protego

    from sayso.intake.fetching.network import Limits, Network

NAME = "sayso"
"""What we are called in a robots.txt."""

READ = 512_000
"""How much of a robots.txt is read, in bytes; the standard asks for 500 KiB at least."""

REDIRECTS = 5


class _Asked(NamedTuple):
    """What a site says: its rules, or why nothing may be fetched, or neither where it has no rules."""

    rules: Protego | None = None
    why_not: Problem | None = None


class Robots:
    """The rules of the sites met so far. Give the same to each fetch of a run, so that no site is asked twice."""

    def __init__(self) -> None:
        self._sites: dict[str, _Asked] = {}

    def check(self, url: httpx.URL, network: Network, limits: Limits, *, agent: str) -> None:
        """Raise `Refused`: robots where the site does not want the page fetched, else why it cannot be asked."""
        asked = self._of(url, network, limits, agent)
        if asked.why_not:
            raise Refused(asked.why_not.kind, asked.why_not.says)
        if asked.rules and not asked.rules.can_fetch(str(url), NAME):
            says = (
                f"{url.host} asks in its robots.txt that {url.path} be not fetched by programs. Save the page yourself."
            )
            raise Refused("robots", says)

    def delay(self, url: str) -> float | None:
        """How many seconds a site asks to wait between two pages, if it was asked and says so."""
        rules = self._sites.get(_site(web_address(url)), _Asked()).rules
        return rules.crawl_delay(NAME) if rules else None

    def _of(self, url: httpx.URL, network: Network, limits: Limits, agent: str) -> _Asked:
        site = _site(url)
        if site not in self._sites:
            self._sites[site] = _asked(url, network, limits, agent)
        return self._sites[site]


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _asked(url: httpx.URL, network: Network, limits: Limits, agent: str) -> _Asked:
    from protego import Protego

    here = url.copy_with(raw_path=b"/robots.txt")
    for _ in range(REDIRECTS + 1):
        try:
            found = exchanged(here, network, limits, agent=agent, wanted=lambda status, _: status == 200)
        except Refused as refused:
            if refused.problem.kind == "private_address":
                raise
            return _Asked(why_not=Problem(refused.problem.kind, _unreachable(url, refused.problem.says)))
        if 300 <= found.status < 400 and "location" in found.headers:
            here = web_address(str(here.join(found.headers["location"])))
            continue
        if found.status == 200:
            return _read(url, found.response, Protego)
        if found.status >= 500:  # the standard: rules that cannot be reached forbid all
            return _Asked(why_not=Problem("robots", _unreachable(url, f"it answers {found.status}")))
        return _Asked()
    return _Asked()  # more redirects than five: as if there were no rules, says the standard


def _read(url: httpx.URL, response: bytes, rules: type[Protego]) -> _Asked:
    try:
        body = body_of(response_of(response))
    except Refused as refused:
        return _Asked(why_not=Problem("robots", _unreachable(url, refused.problem.says)))
    return _Asked(rules=rules.parse(body[:READ].decode("utf-8-sig", errors="replace")))


def _unreachable(url: httpx.URL, why: str) -> str:
    return (
        f"What {url.host} asks of programs could not be read ({why}), so nothing is fetched from it."
        " Try again later, or save the page yourself."
    )
