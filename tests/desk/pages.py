"""Every page of the desk as a row: its name, its address over the sample, and what a person does there first.

`make screenshots` takes a picture of each, and the tests ask of each whether it keeps anybody out. A new page, or a
state of one that is worth looking at, is a row here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from sayso.desk.exporting_beside import written_down
from sayso.export.beside import fill
from sayso.export.parcel import Order
from sayso.ledger import seals as checks
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide
from sayso.ledger.located import place_id
from sayso.ledger.looks import SECOND, Verdict, looked, looked_blind
from sayso.ledger.looks import By as Seen
from sayso.ledger.marks import PARKED, mark
from sayso.ledger.saved import saved
from sayso.ledger.taking_in import FAILED, FILE, URL, By, Handed, asked_for, claimed, ended, taken_in
from sayso.ledger.waiting import wait
from sayso.work.checking_seals import check as check_seals
from tests.ledger.sampled import SAMPLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

WHEN = "2031-06-02T09:30:00Z"
Step = Callable[["Page"], object]


@dataclass(frozen=True, slots=True)
class Known:
    """Ids of the sample that addresses are filled with."""

    incident: str  # the most contested
    quiet: str  # the least
    tray: str  # one that nobody tells to have happened
    decision: str
    check: str  # of the seals
    parcel: str  # that was exported
    speaker: str = ""  # who says most, of whom it was ruled where they stand


@dataclass(frozen=True, slots=True)
class Row:
    """A page in one state. `address` names what `filled` knows in braces; `status` is what it answers with."""

    name: str
    address: str
    steps: tuple[Step, ...] = ()
    status: int = 200


def key(name: str) -> Step:
    """A key that is pressed on the page."""
    return lambda page: page.keyboard.press(name)


def click(selector: str) -> Step:
    """The first such thing is clicked."""
    return lambda page: page.locator(selector).first.click()


ROWS = (
    Row("inbox", "/inbox?marked=1", (click(".clusters summary"),)),
    Row("inbox-paste", "/inbox?took=1-2", (click(".others summary"),)),
    Row("inbox-taken", "/inbox?show=taken"),
    Row("inbox-not-read", "/inbox?show=failed"),
    Row("inbox-none", "/inbox?show=seen"),
    Row("inbox-cluster", "/inbox/cluster/{13-meridian-post-cut}"),
    Row("queues", "/queue?act=denies"),
    Row("queue-statement", "/queue/unseen?about=sha256:{05-rivermark-graves}%23st1"),
    Row("queue-rejecting", "/queue/unseen?about=sha256:{01-rivermark-market}%23ev1", (key("r"),)),
    Row("queue-blind", "/queue/second"),
    Row("queue-waiting", "/queue/waiting"),
    Row("queue-end", "/queue/skipped"),
    Row("queue-fix", "/queue/unseen/fix?about=sha256:{01-rivermark-market}%23st1"),
    Row("queue-same", "/queue/unseen/same?about=sha256:{01-rivermark-market}%23st1"),
    Row("queue-differences", "/queue/differences"),
    Row("queue-agreement", "/queue/agreement"),
    Row("incidents", "/incidents"),
    Row("incidents-by-time", "/incidents?by=time", (key("j"), key("j"))),
    Row("incidents-none", "/incidents?place=Nowhere"),
    Row("keys", "/incidents", (key("?"),)),
    Row("incident", "/incidents/{incident}"),
    Row("incident-quiet", "/incidents/{quiet}"),
    Row("incident-of-a-tray", "/incidents/{tray}"),
    Row("incident-split", "/incidents/{incident}/split", status=422),
    Row("reports", "/reports"),
    Row("report", "/reports/{12-rivermark-roundup}"),
    Row("report-at", "/reports/{01-rivermark-market}?at=120-180#at"),
    Row("report-page", "/reports/{07-eastbank-today-dam}"),
    Row("beside", "/reports/{05-rivermark-graves}/beside/{06-daily-globe-copy}"),
    Row("trace", "/trace?claim=sha256:{05-rivermark-graves}%23st1"),
    Row("trace-incident", "/trace?claim={incident}"),
    Row("trace-empty", "/trace"),
    Row("decisions", "/decisions"),
    Row("decision", "/decisions/{decision}"),
    Row("rule", "/rule?ruling=reject&about={12-rivermark-roundup}%23st1"),
    Row("rule-correct", "/rule?ruling=correct&about={01-rivermark-market}%23st2&field=speaker&start=3&end=9"),
    Row("rule-add", "/rule?ruling=add_statement&about={12-rivermark-roundup}&start=3&end=40"),
    Row("rule-merge", "/rule?ruling=same_incident&about={incident}"),
    Row("notice", "/incidents?done={decision}"),
    Row("share-incident", "/share/incident/{incident}"),
    Row("share-claim", "/share/claim?claim=sha256:{05-rivermark-graves}%23st1"),
    Row("shared-incident", "/share/incident/{incident}/preview/index.html"),
    Row("shared-claim", "/share/claim/preview/index.html?claim=sha256:{05-rivermark-graves}%23st1"),
    Row("search", "/search?q=market"),
    Row("search-empty", "/search"),
    Row("search-none", "/search?q=zeppelin"),
    Row("search-narrowed", "/search?act=says&came=copied&since=2024&until=2024"),
    Row("search-ruled", "/search?ruled=rejected"),
    Row("search-exact", "/search?q=The+market&exactly=1"),
    Row("search-alike", "/search?like=sha256:{01-rivermark-market}%23st1"),
    Row("saved", "/search/saved"),
    Row("sources", "/sources", (key("j"),)),
    Row("sources-none", "/sources?name=zeppelin"),
    Row("source", "/sources/{speaker}"),
    Row("publishers", "/sources?show=publishers"),
    Row("publisher", "/sources/publisher?name=River+Wire+Digest"),
    Row("audit", "/audit"),
    Row("audit-of-one", "/audit?who=Ana+Tester&what=decided"),
    Row("audit-none", "/audit?what=decided&until=1999"),
    Row("seals", "/audit/seals"),
    Row("seal-check", "/audit/seals/{check}"),
    Row("export", "/export"),
    Row("export-columns", "/export?form=geojson&column=properties.kind&labels=true&kind=shelling"),
    Row("export-wrong", "/export?form=webannotation&labels=true&column=x.y", status=422),
    Row("export-done", "/export/{parcel}"),
    Row("people", "/people", (key("j"),)),
    Row("people-none", "/people?name=zeppelin"),
    Row("person", "/people/{speaker}"),
    Row("doubles", "/people/doubles", (key("?"),)),
    Row("places", "/places", (key("j"),)),
    Row("places-open", "/places?unresolved=1"),
    Row("places-none", "/places?name=zeppelin"),
    Row("place", "/places/{village}"),
    Row("rule-locate", "/rule?ruling=locate&about={village}&value=-32.4,+-57.2,+town,+2+km"),
    Row("rule-position", "/rule?ruling=position&about={speaker}"),
    Row("team", "/team"),
    Row("own-password", "/team/password"),
    Row("map", "/map"),
    Row("map-none", "/map?place=Nowhere"),
    Row("timeline", "/timeline"),
    Row("timeline-by-kind", "/timeline?lanes=kind&since=2024-03-01&until=2024-03-20"),
    Row("timeline-none", "/timeline?place=Nowhere"),
    Row("missing", "/incidents/inc-000000000000", status=404),
)


ONE_EACH = tuple({row.address.partition("?")[0]: row for row in reversed(ROWS)}.values())
"""A row for each address, its first: for what does not depend on what is asked of it."""

LEAD_ON = (
    "/incidents/{asked}/split", "/reports/{name}/cards/{part}", "/search/saved/{asked}", "/search/saved/{asked}.atom",
    "/places/at", "/sign-in",
)  # fmt: skip
"""Addresses that show nothing themselves: they lead to one of the above."""


def ruled(case: Case) -> Known:
    """Rule in a case that holds the sample, so that there is something to show of it; the ids that addresses need."""
    roundup = report("12-rivermark-roundup")
    for ruling, part, why in (("accept", "st1", "heard the recording"), ("reject", "st2", "these are not his words")):
        decided = decide(case, ruling=ruling, about=[f"{roundup}#{part}"], who="Ana Tester", why=why, at=WHEN)
    handed_in(case)
    looked_twice(case)
    speaker = stood(case)
    rows = incident_rows(case, limit=100)
    tray = next(row.id for row in rows if row.did_not_happen)
    check = checks.begun(case, who="Ana Tester", at=WHEN)
    check_seals(case, check, clock=lambda: WHEN)
    ordered = written_down(case, Order("geojson", "Ana Tester", WHEN))
    fill(case, ordered)
    return Known(rows[0].id, rows[-1].id, tray, decided.id, check, ordered.parent.name, speaker)


def looked_twice(case: Case) -> None:
    """Two questions that Ben looked at: Ana said otherwise of one, and waits to be asked the other."""
    whole = f"sha256:{report('07-eastbank-today-dam')}"
    for part in ("st1", "st2"):
        looked(case, Verdict(f"{whole}#{part}", "accept", queue="unseen"), Seen("Ben Second", WHEN))
        mark(case, kind=SECOND, about=f"{whole}#{part}", who="Ben Second", at=WHEN)
    looked_blind(case, Verdict(f"{whole}#st1", "reject", "Somebody else says it."), Seen("Ana Tester", WHEN))
    with case.writing() as connection:
        wait(
            connection,
            at=WHEN,
            kind="lost_anchor",
            about="dec-0a",
            says="The words of a ruling are not there any more.",
        )


def stood(case: Case) -> str:
    """Somebody of whom it was ruled where they stand, since when and on whose word; and a search that was saved."""
    speaker = speaker_list(case, limit=1)[0].id
    about, why = [speaker], "holds the office"
    decide(
        case, ruling="position", about=about, value="party", who="Ana Tester", why=why, at=WHEN,
        as_of="2023", source="the gazette",
    )  # fmt: skip
    saved(case, page="search", name="The market, denied", query="q=market&act=denies", who="Ana Tester", at=WHEN)
    return speaker


def handed_in(case: Case) -> None:
    """Something in the inbox: a file that gave no report, an address that could not be fetched, a row set aside."""
    by = By("Ana Tester", WHEN)
    taken_in(case, Handed(FILE, "scans/page 1.pdf"), b"%PDF-1.4", by)
    asked_for(case, Handed(URL, "https://wire.example/gone"), by)
    for says in ("This is a PDF, not text.", "It answers 404."):
        claim = claimed(case, "tests", at=WHEN)
        if claim is not None:
            ended(case, claim.id, state=FAILED, says=says, at=WHEN)
    mark(case, kind=PARKED, about=f"sha256:{report('16-salto-council')}", who="Ana Tester", at=WHEN)


def filled(row: Row, known: Known) -> str:
    """The address of a row, with the ids of the sample in it."""
    names = {
        "incident": known.incident,
        "quiet": known.quiet,
        "tray": known.tray,
        "speaker": known.speaker,
        "village": place_id("Orgoroso", "town", None, None),
        "decision": quote(known.decision, safe=""),
        "check": known.check,
        "parcel": known.parcel,
    }
    address = row.address
    for name in {part.partition("}")[0] for part in address.split("{")[1:]}:
        address = address.replace(f"{{{name}}}", names.get(name) or report(name))
    return address


@cache
def report(name: str) -> str:
    """The id of a report of the sample by the name of its file, without the ending: the hash of its bytes."""
    (file,) = SAMPLE.glob(f"{name}.*")
    return hashlib.sha256(file.read_bytes()).hexdigest()


def ready(page: Page, address: str, row: Row) -> int:
    """Open a row and do what is done there; the status that it answered with."""
    answer = page.goto(address)
    page.wait_for_load_state("load")
    for step in row.steps:
        step(page)
    return answer.status if answer is not None else 0
