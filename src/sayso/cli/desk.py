"""`sayso desk`: the case in the browser."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from sayso.cli.opening import add_case, add_who, folder, now, who
from sayso.cli.speaking import DONE, tell

if TYPE_CHECKING:
    from sayso.ledger.case import Case

EXAMPLES = """examples:
  sayso desk                      the case in ./sayso-case
  sayso desk --case kharkiv       another; a folder that is not there, or empty, becomes a new case
  sayso desk --sample             invented reports in a case that is thrown away, to try things on

It is served on this machine alone, and needs no account: whoever can use this machine can open it. Ctrl-C ends it."""


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
    add_who(desk)
    add_case(desk)


def _desk(asked: argparse.Namespace) -> int:
    from sayso.desk.app import desk
    from sayso.desk.serving import address, bound, served

    with _case(asked) as case:
        app = desk(case, who=who(asked), now=now, language=asked.language)
        listening = bound(asked.port)
        try:
            served(app, listening, ready=lambda: _opened(address(listening), browser=not asked.no_browser))
        finally:
            listening.close()
    return DONE


def _opened(address: str, *, browser: bool) -> None:
    print(f"The desk is open at {address} (Ctrl-C ends it)", flush=True)
    if browser:
        import webbrowser

        webbrowser.open(address)


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

    from sayso.ledger.case import SETTINGS, made, opened
    from sayso.ledger.problems import NoCase

    try:
        case = opened(folder(asked))
    except NoCase:
        if Path(folder(asked), SETTINGS).exists():
            raise  # there is one, and something is wrong with it
        case = made(folder(asked), at=now(), who=who(asked), title=asked.title)
        tell(f"a new case is in {case.folder}: hand in its reports at the desk")
        return case
    if asked.title:
        tell("the case is there already: --title names a new one alone")
    return case
