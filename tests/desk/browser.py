"""A real browser at a desk that is served on loopback, and what watches that neither asks for anything elsewhere.

The browser is the Chromium of this machine: SAYSO_CHROMIUM names another. No name leads anywhere but to loopback in it,
and whatever a page asks for elsewhere is a problem, as is everything it complains of: an error in a script, something
that the Content-Security-Policy forbids, a file that is not there.

Wait with locators (`page.locator("#told:not(:empty)").wait_for()`), not with `page.wait_for_function`: that asks by
evaluating text in the page, which the policy forbids as soon as it asks a second time.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

ROOT = Path(__file__).parents[2]
BUILT_FOR_TESTS = ROOT / "frontend" / "build"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
HERE = "127.0.0.1"
SIZE = (1280, 720)
PATIENCE = 20_000
"""How long a page may take to show what a test waits for (ms): machines that test are shared."""
ARGUMENTS = (
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HERE}",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)
OWN_SCHEMES = ("data", "blob", "about")


def chromium() -> str | None:
    """The browser's program; None where there is none."""
    return os.environ.get("SAYSO_CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def started() -> Generator[Browser]:
    """A browser, while the block runs. Raises `LookupError` where there is none."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        raise LookupError(f"none of {', '.join(NAMES)} was found")
    as_root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS, *as_root])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Guard:
    """Keeps what pages did that no page of the desk may do."""

    problems: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Let problems pass that match: `status of 404` on a page that is not there, which a test means to open."""
        self.allowed.append(pattern)

    def watch(self, context: BrowserContext) -> None:
        """See every request and every complaint of every page of a context."""
        context.on("request", self._requested)
        context.on("console", self._complained)
        context.on("weberror", lambda error: self._met(f"An error in a script: {error.error}"))

    def check(self) -> None:
        """Fail if something was met, and begin anew."""
        met, self.problems = self.problems, []
        assert not met, "\n".join(["The page did what no page of the desk may do:", *met])

    def _requested(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.hostname != HERE and asked.scheme not in OWN_SCHEMES:
            self._met(f"A request left this machine: {request.method} {request.url}")

    def _complained(self, message: ConsoleMessage) -> None:
        if "ERR_CONNECTION_REFUSED" in message.text and HERE in message.location.get("url", ""):
            return  # the test is over, and its server was faster gone than the page was loaded
        if message.type == "error":
            self._met(f"The browser complained: {message.text} ({message.location.get('url', '')})")

    def _met(self, problem: str) -> None:
        if not any(re.search(pattern, problem) for pattern in self.allowed):
            self.problems.append(problem)


@contextmanager
def opened(
    browser: Browser, guard: Guard, *, size: tuple[int, int] = SIZE, scheme: Any = "light", scripts: bool = True
) -> Generator[Page]:
    """A new page that remembers nothing of others. `scheme` is light or dark; without `scripts` none runs in it."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    guard.watch(context)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def serving(app: FastAPI) -> Generator[str]:
    """An application served on a free port of loopback while the block runs: its address, with no slash at its end."""
    import uvicorn

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.bind((HERE, 0))
        listening.listen(128)
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=2)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + PATIENCE / 1000
        while not server.started and thread.is_alive() and time.monotonic() < until:
            time.sleep(0.005)
        assert server.started, "the application could not be served"
        try:
            yield f"http://{HERE}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def script(name: str) -> str:
    """A script that the build makes for tests alone; it is run through the debugger, whatever a page's policy."""
    path = BUILT_FOR_TESTS / name
    assert path.is_file(), f"{path.relative_to(ROOT)} is not there: python hatch_build.py makes it"
    return path.read_text(encoding="utf-8")


def run(page: Page, source: str) -> None:
    """Run a whole script in a page, whose names are then known there."""
    session = page.context.new_cdp_session(page)
    told = session.send("Runtime.evaluate", {"expression": f"{source}\n;0"})
    session.detach()
    assert "exceptionDetails" not in told, told["exceptionDetails"]


AXE = """async ([within, without]) => {
  const rules = Object.fromEntries(without.map(id => [id, {enabled: false}]));
  const found = await axe.run(within ?? document, {rules});
  return found.violations.map(rule => ({
    id: rule.id, impact: rule.impact, help: rule.help,
    nodes: rule.nodes.map(node => ({html: node.html, target: node.target.join(" "), why: node.failureSummary})),
  }));
}"""


def axe(page: Page, within: str | None = None, *, without: tuple[str, ...] = ()) -> None:
    """Assert that axe-core finds nothing on the page that keeps people out, or prints what, where and why.

    `within` is a selector of a part of the page; `without` are rules that are not asked, each for a reason that the
    test tells.
    """
    if not page.evaluate("typeof axe === 'object'"):
        run(page, script("axe.min.js"))
    violations = page.evaluate(AXE, [within, list(without)])
    assert not violations, "\n".join(_told(violation) for violation in violations)


def _told(violation: dict[str, Any]) -> str:
    nodes = [f"  {node['target']}\n    {node['html'][:300]}\n    {_flat(node['why'])}" for node in violation["nodes"]]
    return "\n".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *nodes])


def _flat(words: str | None) -> str:
    return json.dumps(" ".join((words or "").split()), ensure_ascii=False)
