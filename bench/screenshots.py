"""Pictures of every page of the desk over the sample: `python -m bench.screenshots [NAME ...]`.

Each in light and in dark, 1280 wide and as high as it is, and what a window of 1440 by 900 shows of it. They go into
screenshots/, which is not kept. Names choose some of `tests.desk.pages.ROWS`: a name, or the beginning of one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.cli.sample import case_of_sample
from sayso.desk.app import desk
from tests.desk.browser import ROOT, Guard, opened, serving, started
from tests.desk.pages import ROWS, WHEN, Known, Row, filled, ready, ruled
from tests.ledger.sampled import SAMPLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = ROOT / "screenshots"
VIEWS = (("light", (1280, 720), True), ("dark", (1280, 720), True), ("wide", (1440, 900), False))
"""What a picture is called, the window, and whether the whole page is on it."""


def main() -> int:
    """Take the pictures; tell of each page that was not as it should be, and fail if there was one."""
    asked = argparse.ArgumentParser(prog="make screenshots", description=__doc__.splitlines()[0])
    asked.add_argument("names", nargs="*", metavar="NAME", help="only these pages, or those whose names begin so")
    names = tuple(asked.parse_args().names)
    rows = [row for row in ROWS if not names or row.name.startswith(names)]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        case = case_of_sample(SAMPLE, Path(temporary) / "sample")
        known = ruled(case.ledger)
        try:
            with serving(desk(case.ledger, who="Ana Tester", now=lambda: WHEN)) as address, started() as browser:
                amiss = [told for row in rows for told in _taken(browser, address, row, known)]
        finally:
            case.close()
    print(f"{len(rows) * len(VIEWS)} pictures of {len(rows)} pages are in {FOLDER.name}/")
    for told in amiss:
        print(told, file=sys.stderr)
    return 1 if amiss else 0


def _taken(browser: Browser, address: str, row: Row, known: Known) -> Iterable[str]:
    for name, size, whole in VIEWS:
        guard = Guard(allowed=[f"status of {row.status}"] if row.status != 200 else [])
        scheme = "dark" if name == "dark" else "light"
        with opened(browser, guard, size=size, scheme=scheme) as page:
            status = ready(page, address + filled(row, known), row)
            page.screenshot(path=FOLDER / f"{row.name}-{name}.png", full_page=whole)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if status != row.status:
            yield f"{row.name}: answered {status}, not {row.status}"
        if wider > 0:
            yield f"{row.name} ({name}): the page is {wider} pixels wider than its window"
        yield from (f"{row.name} ({name}): {told}" for told in guard.problems)


if __name__ == "__main__":
    sys.exit(main())
