"""How the desk is to be reached: on this machine alone, or by others, who then sign in over a connection nobody hears.

What was asked for is checked as a whole before anything listens, and what is missing is told with what to do about it.
"""

from __future__ import annotations

import ipaddress
import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.desk.problems import CannotServe
from sayso.desk.security import LOOPBACK, Access, Proxy, name_in, plain_address
from sayso.ledger.users import has_owner

if TYPE_CHECKING:
    from sayso.ledger.case import Case

HERE = "127.0.0.1"
NEAR = (HERE, "::1")
"""From where a proxy on this machine asks."""
HEADER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}")
TAKEN = frozenset(("host", "cookie", "origin", "referer", "content-length", "content-type", "connection", "user-agent"))
"""Headers that browsers send themselves, which tell nothing of who a proxy let in."""


@dataclass(frozen=True, slots=True)
class Tls:
    """The files that a browser knows the desk by. The key can stand in the file of the certificate."""

    certificate: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How the desk is to be reached, as it was asked for."""

    listen: str = HERE
    names: tuple[str, ...] = ()
    tls: Tls | None = None
    behind: str | None = None  # the header of a proxy; "" for a proxy that tells of nobody
    proxies: tuple[str, ...] = NEAR
    is_plain: bool = False
    accounts: bool = False

    @property
    def is_near(self) -> bool:
        """Whether only this machine can connect."""
        return ipaddress.ip_address(self.listen).is_loopback

    @property
    def needs_accounts(self) -> bool:
        """Whether everybody must say who they are."""
        return self.accounts or self.behind is not None or not self.is_near

    @property
    def scheme(self) -> str:
        """How the addresses begin that browsers know."""
        over_tls = self.tls is not None or (self.behind is not None and not self.is_plain)
        return "https" if over_tls else "http"


def access_of(case: Case, reach: Reach, *, where: str) -> Access:
    """What the desk has to know of it. `where` is the folder of the case as a command has it.

    Raises `CannotServe` where it cannot be reached so, or ought not to.
    """
    _check_listening(reach)
    _check_tls(reach)
    if reach.needs_accounts:
        _check_owner(case, reach, where)
    names = {_checked_name(one) for one in reach.names}
    own = ipaddress.ip_address(reach.listen)
    names |= {f"[{own}]" if own.version == 6 else str(own), *LOOPBACK}
    return Access(reach.needs_accounts, frozenset(names), own.is_unspecified, _proxy(reach))


def _check_listening(reach: Reach) -> None:
    try:
        ipaddress.ip_address(reach.listen)
    except ValueError:
        raise CannotServe(
            f"{reach.listen!r} is no address to listen at. Give one of this machine, such as 192.168.1.20, or 0.0.0.0 "
            "(or ::) for all of them; a name under which the desk answers is told with --name."
        ) from None
    if not reach.is_near and reach.tls is None and reach.behind is None and not reach.is_plain:
        raise CannotServe(
            "Passwords and reports would go over the network so that everybody on the way can read them. Name a "
            "certificate and its key (--certificate FILE --key FILE), or put a proxy before the desk that has one "
            "(--behind-proxy); with --plain-http it is served all the same."
        )


def _check_tls(reach: Reach) -> None:
    if reach.tls is None:
        return
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(reach.tls.certificate, reach.tls.key, password=lambda: "")
    except (OSError, ValueError) as error:
        told = reach.tls.certificate if reach.tls.key is None else f"{reach.tls.certificate} with {reach.tls.key}"
        raise CannotServe(
            f"The certificate cannot be used ({told}): {error}. Both files are in PEM, the key without a password."
        ) from None


def _check_owner(case: Case, reach: Reach, where: str) -> None:
    with case.reading() as connection:
        if has_owner(connection):
            return
    how = " --no-password" if reach.behind else ""
    raise CannotServe(
        "Nobody could let anybody in: this case has no owner yet. Make an account for one, and start the desk again: "
        f"sayso team add NAME --role owner{how} --case {where}"
    )


def _checked_name(typed: str) -> str:
    name = name_in(typed)
    if name is None or name != typed.lower():
        raise CannotServe(f"{typed!r} is no name of a host. Give it without http:// and without a port: desk.example.")
    return name


def _proxy(reach: Reach) -> Proxy | None:
    if reach.behind is None:
        return None
    header = reach.behind.lower()
    if header and (not HEADER.fullmatch(header) or header in TAKEN):
        raise CannotServe(f"{reach.behind!r} is no header in which a proxy names who asks. X-Remote-User is usual.")
    try:
        addresses = frozenset(plain_address(str(ipaddress.ip_address(one))) for one in reach.proxies)
    except ValueError:
        raise CannotServe(f"--proxy-from takes addresses, such as 10.0.0.2: {', '.join(reach.proxies)}.") from None
    return Proxy(addresses, header, reach.scheme)
