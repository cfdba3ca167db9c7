"""Ruling as a person does it in a browser: with keys, in a dialog, without scripts, and taken back each time."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from sayso.ledger.asking.identical import identical
from sayso.ledger.asking.incidents import incident, incident_rows
from sayso.ledger.asking.reports import report
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions
from sayso.record import Decision
from tests.desk.browser import Guard, axe, serving
from tests.desk.conftest import AT
from tests.desk.pages import report as named
from tests.desk.test_desk_rule import a_statement, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

WHY = "She is quoted by name two lines below."
DIALOG = "dialog.ruling[open]"
NOTICE = "[data-notice]"


def stands(case: Case) -> list[Decision]:
    """The decisions that stand."""
    with case.reading() as connection:
        return list(decisions(connection))


def events_of(case: Case, name: str) -> set[tuple[str, str]]:
    """What an incident is made of: reports and events."""
    return {(one.report, one.event) for one in incident(case, name).incident.tellings}


def rule(address: str, ruling: str, about: Collection[str], **more: object) -> str:
    """The address of a form."""
    return f"{address}/rule?{urlencode({'ruling': ruling, 'about': list(about), **more}, doseq=True)}"


def reject(page: Page, about: str) -> None:
    """Follow the way to the form that rejects a statement, on its report's page."""
    part = about.partition("#")[2]
    way = "part => document.querySelector(`a[data-rule][href*='ruling=reject'][href*='${part}&']`).click()"
    page.evaluate(way, part)
    page.wait_for_selector(DIALOG)


def undo(page: Page) -> None:
    """Take back what the notice tells of, with the key."""
    page.wait_for_load_state("load")
    page.keyboard.press("u")
    page.wait_for_selector(f"{NOTICE}.withdrawn")


def told(page: Page) -> str:
    """What the notice says, once it is there."""
    return " ".join(page.locator(f"{NOTICE} [role=status]").inner_text().split())


def test_a_statement_is_accepted_with_one_key_and_undone_with_another(
    page: Page, own_desk: str, own_case: Case
) -> None:
    page.goto(f"{own_desk}/reports/{named('12-rivermark-roundup')}")
    page.keyboard.press("n")
    page.keyboard.press("a")
    page.wait_for_selector(NOTICE)
    (made,) = stands(own_case)
    assert made.ruling == "accept" and told(page).startswith("✓ You ruled: accepted as read")
    part = made.about[0].partition("#")[2]
    page.wait_for_url(lambda url: "done=" not in url)  # the notice is told once
    assert page.url.endswith(f"#{part}")
    undo(page)
    assert stands(own_case) == []
    page.get_by_role("button", name="Rule it again").click()
    page.wait_for_selector(f"{NOTICE}:not(.withdrawn)")
    assert [one.about for one in stands(own_case)] == [made.about]


def test_a_statement_is_rejected_with_its_copies_in_a_dialog_and_all_come_back(
    page: Page, own_desk: str, own_case: Case
) -> None:
    about, _ = a_statement(own_case, copied=True)
    exact = [one.about for one in identical(own_case, about) if one.exactly]
    page.goto(f"{own_desk}{page_of(about)}#{about.partition('#')[2]}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    reject(page, about)
    assert page.locator(f"{DIALOG} .copies input:checked").count() == len(exact)
    page.locator(f"{DIALOG} textarea").fill(WHY)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(NOTICE)
    (made,) = stands(own_case)
    assert set(made.about) == {about, *exact} and made.why == WHY
    assert [one for one in asked if "/decisions" in one] == [f"POST {own_desk}/decisions"]
    undo(page)
    assert stands(own_case) == []


def test_the_button_says_in_how_many_reports_it_rules(page: Page, own_desk: str, own_case: Case) -> None:
    """It follows the ticks."""
    about, _ = a_statement(own_case, copied=True)
    page.goto(rule(own_desk, "reject", [about]))
    ticks, button = page.locator("[data-along] input:checked"), page.locator(".ends button.main")
    many = ticks.count()
    assert button.inner_text() == f"Reject in {many + 1} reports"
    for _ in range(many):
        ticks.first.uncheck()
    assert button.inner_text() == "Reject"


def test_a_dialog_keeps_the_focus_and_what_was_typed_and_gives_the_focus_back(
    page: Page, own_desk: str, own_case: Case
) -> None:
    about, _ = a_statement(own_case, copied=False)
    decide(own_case, ruling="reject", about=[about], who="Bruno Sala", why="Not hers.", at=AT)
    page.goto(rule(own_desk, "accept", [about]))
    page.evaluate(
        """address => {
          const link = Object.assign(document.createElement("a"), {href: address, textContent: "Reject", id: "way"});
          link.dataset.rule = "";
          document.querySelector("main").prepend(link);
        }""",
        rule(own_desk, "accept", [about], back="/reports"),
    )
    page.locator("#way").click()
    page.wait_for_selector(DIALOG)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            f"document.activeElement === document.body || !!document.activeElement.closest('{DIALOG}')"
        )
    page.locator(f"{DIALOG} textarea").fill(WHY)
    page.keyboard.press("Escape")
    assert page.locator(DIALOG).count() == 0 and page.evaluate("document.activeElement.id") == "way"
    page.keyboard.press("Enter")
    page.wait_for_selector(DIALOG)
    assert page.locator(f"{DIALOG} textarea").input_value() == WHY


def test_who_contradicts_is_told_in_the_dialog_and_rules_instead(
    page: Page, guard: Guard, own_desk: str, own_case: Case
) -> None:
    about, _ = a_statement(own_case, copied=False)
    page.goto(f"{own_desk}{page_of(about)}")
    part = about.partition("#")[2]
    page.evaluate(
        "part => document.querySelector(`a[data-rule][href*='ruling=reject'][href*='${part}&']`).click()", part
    )
    page.wait_for_selector(DIALOG)
    first = decide(own_case, ruling="accept", about=[about], who="Bruno Sala", why="I heard her.", at=AT)
    page.locator(f"{DIALOG} textarea").fill(WHY)
    guard.allow("status of 409")
    page.locator(f"{DIALOG} button.main").click()
    page.wait_for_selector(f"{DIALOG} .against")
    shown = page.locator(f"{DIALOG} .against").inner_text()
    assert "Bruno Sala" in shown and "I heard her." in shown
    assert page.locator(f"{DIALOG} textarea").input_value() == WHY
    assert [one.id for one in stands(own_case)] == [first.id]
    axe(page)
    page.locator(f"{DIALOG} [name=instead_of]").check()
    page.locator(f"{DIALOG} button.main").click()
    page.wait_for_selector(NOTICE)
    assert [one.ruling for one in stands(own_case)] == ["reject"]


def test_a_speaker_is_corrected_by_selected_words_and_comes_back(page: Page, own_desk: str, own_case: Case) -> None:
    about, _ = a_statement(own_case, copied=False)
    whole, _, part = about.partition("#")
    before = report(own_case, whole).reading
    name = next(one for one in before.sources if one.mentions and len(one.name) > 4)
    at = name.mentions[0]
    words = " ".join(before.page.report.text[at.start : at.end].split())
    page.goto(rule(own_desk, "correct", [about], field="speaker", start=at.start, end=at.end, back=page_of(about)))
    assert page.locator("#field-speaker").input_value() == words
    page.locator("#why").fill(WHY)
    page.locator("button.main").click()
    page.wait_for_selector(NOTICE)
    assert f"becomes {words}" in told(page)
    now = report(own_case, whole).reading
    sources = {one.id: one.name for one in now.sources}
    assert sources[next(one.source for one in now.statements if one.id == part)] == words
    undo(page)
    assert report(own_case, whole).reading.statements == before.statements


def test_incidents_are_merged_and_parted_again(page: Page, own_desk: str, own_case: Case) -> None:
    near = next(
        (one, other)
        for one in incident_rows(own_case, limit=50)
        for other in incident_rows(own_case, limit=50)
        if one.id != other.id and one.place and one.place == other.place
    )
    one, other = (row.id for row in near)
    held = events_of(own_case, one), events_of(own_case, other)
    page.goto(rule(own_desk, "same_incident", [one], back=f"/incidents/{one}"))
    page.locator(f"input[name=about][value={other}]").check()
    page.locator("#why").fill("One street, one hour.")
    page.locator("button.main").click()
    page.wait_for_selector(NOTICE)
    assert "these are one happening" in told(page)
    assert events_of(own_case, one) == held[0] | held[1] == events_of(own_case, other)
    undo(page)
    assert (events_of(own_case, one), events_of(own_case, other)) == held


def test_an_incident_is_split_and_joined_again(page: Page, own_desk: str, own_case: Case) -> None:
    whole = next(row.id for row in incident_rows(own_case, limit=50) if row.reports > 2)
    held = events_of(own_case, whole)
    reports = sorted({name for name, _ in held})
    apart = [next(f"{name}#{event}" for name, event in sorted(held) if name == mine) for mine in reports[:2]]
    page.goto(rule(own_desk, "different_incident", apart, back=f"/incidents/{whole}"))
    page.locator("#why").fill("Another street.")
    page.locator("button.main").click()
    page.wait_for_selector(NOTICE)
    assert "these are not one happening" in told(page)
    assert events_of(own_case, whole) != held
    undo(page)
    assert events_of(own_case, whole) == held


@pytest.mark.parametrize("ruling", ["accept", "reject"])
def test_without_scripts_the_form_is_a_page_and_can_be_undone(
    plain_page: Page, guard: Guard, own_desk: str, own_case: Case, ruling: str
) -> None:
    about, _ = a_statement(own_case, copied=False)
    plain_page.goto(rule(own_desk, ruling, [about], back=page_of(about)))
    plain_page.locator("#why").fill("   ")
    guard.allow("status of 422")
    plain_page.locator("button.main").click()
    if ruling == "reject":
        assert "Say why" in plain_page.locator(".wrong").last.inner_text()
        plain_page.locator("#why").fill(WHY)
        plain_page.locator("button.main").click()
    assert plain_page.url.partition("?")[0] == f"{own_desk}{page_of(about)}"
    assert [one.ruling for one in stands(own_case)] == [ruling]
    plain_page.locator(f"{NOTICE} button").click()
    assert stands(own_case) == [] and "You withdrew" in told(plain_page)
    plain_page.locator(f"{NOTICE} .shut").click()
    assert plain_page.locator(NOTICE).count() == 0


def test_words_are_looked_at_before_they_are_added(page: Page, own_desk: str, own_case: Case) -> None:
    whole = f"sha256:{named('12-rivermark-roundup')}"
    text = report(own_case, whole).reading.page.report.text
    page.goto(rule(own_desk, "add_statement", [whole], start=3, end=9, back=page_of(whole)))
    page.locator("[name=end]").and_(page.locator("[type=number]")).fill("40")
    page.get_by_role("button", name="Look").click()
    page.wait_for_load_state()
    assert page.locator(".rests q").inner_text().split() == text[3:40].split()
    assert stands(own_case) == []
    page.locator("#field-speaker").fill("Nadia Ferro")
    page.locator("#why").fill(WHY)
    page.locator("button.main").click()
    page.wait_for_selector(NOTICE)
    (made,) = stands(own_case)
    assert [one.anchor.words for one in made.corrections if one.anchor] == [text[3:40]]
    undo(page)
    assert stands(own_case) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forms_notices_and_dialogs_keep_nobody_out(page: Page, own_desk: str, own_case: Case, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    about, _ = a_statement(own_case, copied=True)
    whole = about.partition("#")[0]
    made = decide(own_case, ruling="accept", about=[about], who="Bruno Sala", why="Heard.", at=AT)
    two = [row.id for row in incident_rows(own_case, limit=2)]
    for address in (
        rule(own_desk, "correct", [about], field="speaker", start=3, end=9),
        rule(own_desk, "add_statement", [whole], start=3, end=9),
        rule(own_desk, "same_incident", two[:1]),
        rule(own_desk, "different_incident", two),
        rule(own_desk, "correct", [f"{whole}#ev1"]),
        f"{own_desk}/decisions?done={made.id}",
        f"{own_desk}/decisions/{made.id}",
    ):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, address
    page.goto(f"{own_desk}{page_of(about)}")
    page.evaluate("document.querySelector(`a[data-rule][href*='ruling=reject']`).click()")
    page.wait_for_selector(DIALOG)
    axe(page)


def test_a_page_of_another_port_can_send_nothing(page: Page, guard: Guard, own_desk: str, own_case: Case) -> None:
    """Ports share their cookies: what keeps others out is the token, and where the form comes from."""
    about, _ = a_statement(own_case)
    foreign = FastAPI()

    @foreign.get("/")
    def form() -> HTMLResponse:
        fields = (
            f'<input name="ruling" value="accept"><input name="about" value="{about}"><input name="token" value="x">'
        )
        return HTMLResponse(f'<form method="post" action="{own_desk}/decisions">{fields}<button>Win</button></form>')

    page.goto(f"{own_desk}/decisions")
    guard.allow("status of 40")
    guard.allow("sayso.svg")  # asked for when the other page's server is gone
    with serving(foreign) as elsewhere:
        page.goto(elsewhere)
        with page.expect_response(re.compile("/decisions")) as answered:
            page.get_by_role("button", name="Win").click()
        assert answered.value.status == 403
    assert stands(own_case) == []
