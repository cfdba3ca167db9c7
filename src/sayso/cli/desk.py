"""`sayso desk`: the case in the browser."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from sayso.cli.opening import add_case, add_who, folder, now, who
from sayso.cli.speaking import DONE, misused, tell

if TYPE_CHECKING:
    from socket import socket

    from sayso.desk.reaching import Reach
    from sayso.ledger.case import Case

EXAMPLES = """examples:
  sayso desk                      the case in ./sayso-case
  sayso desk --case kharkiv       another; a folder that is not there, or empty, becomes a new case
  sayso desk --sample             invented reports in a case that is thrown away, to try things on

  sayso desk --listen 0.0.0.0 --name desk.example --certificate cert.pem --key key.pem
                                  for others, who sign in: see sayso team

Else it is served on this machine alone, and needs no account: whoever can use this machine can open it. Ctrl-C ends
it."""


def add_commands(commands: Any) -> None:
    """What `sayso desk` can be asked."""
    desk = commands.add_parser(
        "desk",
        help="open the case in the browser: read reports, compare accounts, rule",
        description="Serve the case as pages on this machine, and open them in the browser.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    desk.set_defaults(run=_desk)
    desk.add_argument("--sample", action="store_true", help="open the invented reports of the sample instead")
    desk.add_argument("--port", metavar="N", type=int, help="the port to serve on (default: the first free from 8765)")
    desk.add_argument("--no-browser", action="store_true", help="print the address only")
    desk.add_argument("--language", metavar="CODE", help="the language of the desk's own words (default: en)")
    desk.add_argument("--title", metavar="TITLE", help="what the case is about, where a new one is made")
    _add_reach(desk)
    add_who(desk)
    add_case(desk)


def _add_reach(desk: Any) -> None:
    others = desk.add_argument_group("for others", "Whoever is to reach the desk from another machine has to sign in.")
    others.add_argument("--accounts", action="store_true", help="let everybody sign in, on this machine too")
    others.add_argument("--listen", metavar="ADDRESS", help="an address of this machine; 0.0.0.0 or :: for all of them")
    others.add_argument("--name", metavar="HOST", action="append", help="a name it answers to; can be given again")
    others.add_argument("--certificate", metavar="FILE", help="the certificate for TLS, in PEM")
    others.add_argument("--key", metavar="FILE", help="its key, in PEM, where it is not in the same file")
    others.add_argument(
        "--behind-proxy",
        metavar="HEADER",
        nargs="?",
        const="",
        help="a proxy with TLS stands before it; HEADER is where it names who asks (else people sign in at the desk)",
    )
    others.add_argument(
        "--proxy-from", metavar="ADDRESS", action="append", help="where the proxy asks from (default: this machine)"
    )
    others.add_argument("--plain-http", action="store_true", help="serve others without TLS, to be read on the way")


def _reach(asked: argparse.Namespace) -> Reach:
    from sayso.desk.reaching import HERE, NEAR, Reach, Tls

    if asked.key and not asked.certificate:
        misused("--key goes with --certificate.")
    if asked.sample and (asked.accounts or asked.listen or asked.behind_proxy is not None):
        misused("The sample is thrown away at the end: it is for this machine alone, without accounts.")
    if asked.proxy_from and asked.behind_proxy is None:
        misused("--proxy-from goes with --behind-proxy.")
    return Reach(
        listen=asked.listen or HERE,
        names=tuple(asked.name or ()),
        tls=Tls(asked.certificate, asked.key) if asked.certificate else None,
        behind=asked.behind_proxy,
        proxies=tuple(asked.proxy_from or NEAR),
        is_plain=asked.plain_http,
        accounts=asked.accounts,
    )


def _desk(asked: argparse.Namespace) -> int:
    import shlex

    from sayso.desk.app import desk
    from sayso.desk.reaching import access_of
    from sayso.desk.serving import bound, served

    reach = _reach(asked)
    _ended_in_order()
    with _case(asked) as case:
        access = access_of(case, reach, where=shlex.quote(folder(asked)))
        app = desk(case, who=who(asked), now=now, language=asked.language, access=access)
        listening = bound(asked.port, reach.listen)
        try:
            if reach.scheme == "http" and not reach.is_near:
                tell("without TLS: whoever is on the way between this machine and a browser can read everything")
            served(app, listening, ready=lambda: _opened(reach, listening, asked), tls=reach.tls)
        finally:
            listening.close()
    return DONE


def _ended_in_order() -> None:
    """Let a desk that is told to end (SIGTERM) go through all that ends with it: its reader, a case thrown away.

    uvicorn hands the signal on once it has ended, and left alone that kills the process where it stands.
    """
    import signal
    import sys
    import threading

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _opened(reach: Reach, listening: socket, asked: argparse.Namespace) -> None:
    from sayso.desk.serving import address

    here = address(listening, scheme="https" if reach.tls else "http", name=reach.names[0] if reach.names else "")
    if reach.behind is not None:
        print(f"The desk waits for its proxy at {address(listening)} (Ctrl-C ends it)", flush=True)
        return
    print(f"The desk is open at {here} (Ctrl-C ends it)", flush=True)
    if not asked.no_browser:
        import webbrowser

        webbrowser.open(here)


@contextmanager
def _case(asked: argparse.Namespace) -> Iterator[Case]:
    if not asked.sample:
        case = _opened_or_made(asked)
        try:
            yield case
        finally:
            case.closed()
        return
    from importlib import resources
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from sayso.cli.sample import case_of_sample

    tell("adding the invented reports of the sample to a case that is thrown away (some seconds) …")
    with ExitStack() as stack:
        sample = stack.enter_context(resources.as_file(resources.files("sayso").joinpath("sample")))
        temporary = stack.enter_context(TemporaryDirectory(prefix="sayso-sample-"))
        held = case_of_sample(sample, Path(temporary) / "sample")
        stack.callback(held.close)
        yield held.ledger


def _opened_or_made(asked: argparse.Namespace) -> Case:
    """The case that is meant; a new one, which is said, where its folder is not there or empty."""
    from pathlib import Path

    from sayso.ledger.case import SETTINGS, SMALL_CACHE, made, opened
    from sayso.ledger.problems import NoCase

    try:
        case = opened(folder(asked), cache=SMALL_CACHE)
    except NoCase:
        if Path(folder(asked), SETTINGS).exists():
            raise  # there is one, and something is wrong with it
        case = made(folder(asked), at=now(), who=who(asked), title=asked.title)
        tell(f"a new case is in {case.folder}: hand in its reports at the desk")
        return case
    if asked.title:
        tell("the case is there already: --title names a new one alone")
    return case
