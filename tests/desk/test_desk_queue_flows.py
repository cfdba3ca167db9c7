"""The queue as people work in it: by keys, one after another, two of them, and without scripts."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

from sayso.ledger.asking.queue import Seat, Wanted, next_in
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions
from sayso.ledger.holding import held
from sayso.ledger.looks import looks
from sayso.ledger.marks import marks
from sayso.record import Decision
from tests.desk import browser as browsing
from tests.desk.browser import Guard, axe, opened
from tests.desk.conftest import AT, WHO

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BEN = "Ben Second"
ASKED = "[data-asked]"
DIALOG = "dialog.ruling[open]"


@pytest.fixture
def bens_desk(own_case: Case) -> Generator[str]:
    """Another desk over the same case, with somebody else at it."""
    from sayso.desk.app import desk

    with browsing.serving(desk(own_case, who=BEN, now=lambda: AT)) as address:
        yield address


@pytest.fixture
def bens_page(browser: Browser, guard: Guard) -> Generator[Page]:
    """A browser of that person's own."""
    with opened(browser, guard) as new:
        yield new


def stands(case: Case) -> list[Decision]:
    """The decisions that stand."""
    with case.reading() as connection:
        return list(decisions(connection))


def asked(page: Page) -> str:
    """The question that is before somebody."""
    return page.locator(ASKED).get_attribute("data-asked") or ""


def press(page: Page, *keys: str) -> str:
    """Press keys that lead on; the next question, once it is there."""
    before = asked(page)
    for key in keys:
        page.keyboard.press(key)
    page.locator(f"{ASKED}:not([data-asked='{before}'])").wait_for()
    page.wait_for_load_state("load")
    return asked(page)


def met(page: Page, selector: str) -> None:
    """Wait for something of the page that follows, and until its scripts hear keys."""
    page.locator(selector).first.wait_for()
    page.wait_for_load_state("load")


def test_twenty_decisions_by_keyboard_in_a_row(page: Page, own_desk: str, own_case: Case) -> None:
    """Accepted, rejected with a digit; each question once, each verdict a look with its decision; some taken back."""
    page.goto(f"{own_desk}/queue")
    page.keyboard.press("j")
    page.keyboard.press("o")
    met(page, ASKED)
    gone = [asked(page)]
    for n in range(20):
        gone.append(press(page, *(("r", "2") if n % 4 == 3 else ("a",))))
    assert len(set(gone)) == 21
    made = stands(own_case)
    assert [one.ruling for one in made] == ["accept" if n % 4 != 3 else "reject" for n in range(20)]
    with own_case.reading() as connection:
        told = looks(connection)
    assert [(one.about, one.decision) for one in told] == [
        (about, one.id) for about, one in zip(gone, made, strict=False)
    ]
    for back in (19, 18):
        press(page, "u" if back == 19 else "Control+z")
        assert asked(page) == gone[back]
    assert len(stands(own_case)) == 18


def test_a_question_is_corrected_put_off_noted_and_given_to_another(
    page: Page, guard: Guard, own_desk: str, own_case: Case
) -> None:
    guard.allow("status of 422")  # a form without a change
    page.goto(f"{own_desk}/queue/unseen")
    first = asked(page)
    press(page, "s")
    press(page, "u")
    assert asked(page) == first, "a skip is taken back too"
    page.keyboard.press("t")
    met(page, ".asked-for")
    page.keyboard.press("n")
    page.locator("#new-note:focus").wait_for()
    page.keyboard.type("Ask the mayor's office.")
    page.keyboard.press("Enter")
    met(page, ".notes li")
    page.keyboard.press("f")
    page.locator(DIALOG).wait_for()
    axe(page)
    page.locator(f"{DIALOG} #why").fill("Her office is named.")
    page.locator(f"{DIALOG} button.main").click()
    page.locator(f"{DIALOG} .wrong").first.wait_for()
    page.locator(f"{DIALOG} #field-speaker").fill("Marit Osk, governor")
    page.locator(f"{DIALOG} #why").focus()
    press(page, "Control+Enter")
    (made,) = stands(own_case)
    assert (made.ruling, made.about) == ("correct", (first,))
    with own_case.reading() as connection:
        assert {one.kind for one in marks(connection, about=first)} == {"second_look", "noted"}
    page.go_back()
    page.locator(f"{ASKED}[data-asked='{first}']").wait_for()
    assert "corrected" in page.locator(".card header").inner_text()


def test_two_readers_and_who_settles(
    page: Page, bens_page: Page, own_desk: str, bens_desk: str, own_case: Case
) -> None:
    """Ana asks for a second reader and accepts; Ben, who is shown nothing of it, rejects; Ben's word is taken."""
    page.goto(f"{own_desk}/queue/unseen")
    about = asked(page)
    page.keyboard.press("t")
    met(page, ".asked-for")
    press(page, "a")
    bens_page.goto(f"{bens_desk}/queue")
    bens_page.get_by_role("link", name="My second looks").click()
    met(bens_page, f"{ASKED}[data-asked='{about}']")
    shown = bens_page.locator("main").inner_text()
    assert WHO not in shown.replace("You rule as", "")
    assert "accepted" not in shown
    axe(bens_page)
    bens_page.keyboard.press("r")
    bens_page.keyboard.press("1")
    met(bens_page, ".empty")
    bens_page.keyboard.press("u")
    met(bens_page, ASKED)
    bens_page.keyboard.press("r")
    bens_page.keyboard.press("1")
    bens_page.locator(".empty").wait_for()
    assert "Your look is kept." in bens_page.locator("[data-did]").inner_text()
    assert [one.who for one in stands(own_case)] == [WHO]
    page.goto(f"{own_desk}/queue")
    page.get_by_role("link", name="1 conflict between two readers").click()
    met(page, ".pairs .row")
    told = page.locator(".pairs").inner_text()
    assert WHO in told
    assert BEN in told
    assert "Somebody else says it." in told
    axe(page)
    page.keyboard.press("j")
    page.keyboard.press("2")
    page.locator(".empty").wait_for()
    assert [(one.ruling, one.who) for one in stands(own_case)] == [("reject", WHO)]
    page.goto(f"{own_desk}/queue/agreement")
    assert "only 1: too few to say much" in page.locator(".kappa").inner_text()


def test_what_somebody_has_open_is_told_and_the_second_is_contradicted(
    page: Page, bens_page: Page, guard: Guard, own_desk: str, bens_desk: str, own_case: Case
) -> None:
    with page.expect_response("**/hold"):
        page.goto(f"{own_desk}/queue/unseen")
    about = asked(page)
    with own_case.reading() as connection:
        assert [(one.about, one.who) for one in held(connection, at=AT)] == [(about, WHO)]
    bens_page.goto(f"{bens_desk}/queue/unseen")
    assert asked(bens_page) != about
    bens_page.goto(f"{bens_desk}/queue/unseen?about={about.replace('#', '%23')}")
    assert f"{WHO} has this one open" in bens_page.locator(".held").inner_text()
    press(page, "a")
    guard.allow("status of 409")
    bens_page.keyboard.press("r")
    bens_page.locator("#reject-why").fill("He never spoke there.")
    bens_page.keyboard.press("Enter")
    bens_page.locator(".against").wait_for()
    assert WHO in bens_page.locator(".against").inner_text()
    assert bens_page.locator("#reject-why").input_value() == "He never spoke there."
    axe(bens_page)
    bens_page.locator(".against").get_by_role("button", name="Rule instead").click()
    bens_page.locator(f"{ASKED}:not([data-asked='{about}'])").wait_for()
    assert [(one.ruling, one.why) for one in stands(own_case)] == [("reject", "He never spoke there.")]


def test_two_who_differ_stand_beside_each_other_by_keys_alone(
    page: Page, bens_page: Page, guard: Guard, own_desk: str, bens_desk: str, own_case: Case
) -> None:
    """Nothing covers the panel, it has the focus, a digit keeps both; the difference is there to settle."""
    page.goto(f"{own_desk}/queue/unseen")
    about = asked(page)
    press(page, "a")
    guard.allow("status of 409")
    bens_page.goto(f"{bens_desk}/queue/unseen?about={about.replace('#', '%23')}")
    bens_page.keyboard.press("r")
    bens_page.keyboard.press("1")
    met(bens_page, "[data-against] button:focus")
    assert bens_page.locator("details.drop[open]").count() == 0
    told = bens_page.locator("[data-against]").inner_text()
    assert "it is not kept yet" in told
    assert WHO in told
    axe(bens_page)
    press(bens_page, "1")
    assert "a difference to settle" in bens_page.locator("[data-did]").inner_text()
    assert [(one.ruling, one.who) for one in stands(own_case)] == [("accept", WHO)]
    bens_page.locator("[data-did]").get_by_role("link", name="a difference to settle").click()
    met(bens_page, ".pairs .row")
    assert "who knew the first's" in bens_page.locator(".pairs").inner_text().casefold()
    bens_page.keyboard.press("j")
    bens_page.keyboard.press("2")
    bens_page.locator(".empty").wait_for()
    assert [(one.ruling, one.who) for one in stands(own_case)] == [("reject", BEN)]


def test_copies_are_told_before_and_after_and_can_be_left_out(page: Page, own_desk: str, own_case: Case) -> None:
    """The button counts what is ticked, and what is left drops by as many as were told."""
    from tests.desk.test_desk_rule import a_statement

    about, _ = a_statement(own_case, copied=True)
    page.goto(f"{own_desk}/queue/unseen?about={about.replace('#', '%23')}")
    copies = page.locator("[data-along] input")
    button, many = page.locator("button[value=accept]"), copies.count()
    assert f"Accept in {many + 1} reports" in button.inner_text()
    copies.first.uncheck()
    assert f"in {many + 1}" not in button.inner_text()
    copies.first.check()
    left = int(page.locator(".counts span").first.inner_text().split()[0])
    press(page, "a")
    assert f"accepted as read in {many + 1} reports" in page.locator("[data-did]").inner_text()
    counts = page.locator(".counts").inner_text()
    assert int(counts.split()[0]) == left - 1 - many
    assert "1 by you and" in counts
    press(page, "u")
    assert f"in {many + 1} reports" in page.locator("[data-did]").inner_text()


def test_the_dialog_of_keys_is_seen_whole_and_each_key_said_once(page: Page, own_desk: str) -> None:
    """It opens with the focus where it is closed."""
    page.goto(f"{own_desk}/queue/unseen")
    page.keyboard.press("?")
    dialog = page.locator("#keys[open]")
    assert dialog.evaluate("it => it.scrollHeight <= it.clientHeight")
    assert dialog.evaluate("() => document.activeElement.textContent") == "Close"
    assert dialog.locator("dl > dt kbd", has_text="u").count() == 1
    assert dialog.locator("dl > dt kbd", has_text="j").count() == 0, "there are no rows here"


def test_enlarged_the_question_is_what_one_sees(page: Page, own_desk: str) -> None:
    """At 200 % of 1280 by 720: pages and search fold, and come out by a key, or by their own button."""
    page.set_viewport_size({"width": 640, "height": 360})
    page.goto(f"{own_desk}/queue/unseen")
    words = page.locator(".passage .own").bounding_box()
    assert words is not None
    assert words["y"] + words["height"] < 360
    assert not page.locator("nav").first.is_visible()
    page.keyboard.press("/")
    assert page.locator("#q").evaluate("it => it === document.activeElement")
    page.keyboard.press("Escape")
    page.get_by_role("checkbox", name="Pages and search").focus()
    page.keyboard.press("Space")
    assert not page.locator("nav").first.is_visible()
    axe(page)


def test_what_is_wrong_with_a_correction_is_said_where_it_is_seen(page: Page, guard: Guard, own_desk: str) -> None:
    """In our own words, with the field in sight: nothing lies over it."""
    guard.allow("status of 422")
    page.goto(f"{own_desk}/queue/unseen")
    page.keyboard.press("f")
    page.locator(f"{DIALOG} #field-speaker").fill("Ada Brond")
    page.keyboard.press("Control+Enter")
    page.locator(f"{DIALOG} #why[aria-invalid]").wait_for()
    box = page.locator(f"{DIALOG} #why").bounding_box()
    assert box is not None
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", middle) == "why"
    assert "Say why" in page.locator(f"{DIALOG} #wrong-why").inner_text()
    assert page.locator(f"{DIALOG} #field-speaker").input_value() == "Ada Brond"


def test_keys_are_ones_own(page: Page, own_desk: str, own_case: Case) -> None:
    """Two actions cannot have one key; what is chosen holds on the next page, and the usual ones come back."""
    page.goto(f"{own_desk}/queue/unseen")
    page.keyboard.press("?")
    page.locator("#keys[open]").get_by_role("button", name="Other keys").click()
    form = page.locator("#own-keys[open]")
    form.locator("[name=accept]").fill("r")
    form.get_by_role("button", name="Keep them").click()
    assert "same key" in form.locator(".wrong").inner_text()
    form.locator("[name=accept]").fill("y")
    form.get_by_role("button", name="Keep them").click()
    form.wait_for(state="hidden")
    page.keyboard.press("Escape")
    page.locator("#keys").wait_for(state="hidden")
    press(page, "y")
    assert page.locator("button[value=accept] kbd").inner_text() == "y"
    assert len(stands(own_case)) == 1
    page.evaluate("document.querySelector('#own-keys [data-reset]').click()")
    press(page, "a")
    assert len(stands(own_case)) == 2


def test_without_scripts_its_buttons_do_all(plain_page: Page, guard: Guard, own_desk: str, own_case: Case) -> None:
    """Accept, reject with a reason, skip, correct, undo."""
    page = plain_page
    page.goto(f"{own_desk}/queue")
    page.get_by_role("link", name="Not yet looked at").click()
    abouts = next_in(own_case, Wanted("unseen", Seat(WHO, AT), few=5)).about
    page.get_by_role("button", name="Accept").click()
    assert asked(page) == abouts[1]
    page.locator(".reject summary").click()
    page.get_by_role("button", name="Nobody says this").click()
    assert asked(page) == abouts[2]
    page.get_by_role("button", name="Skip").click()
    assert asked(page) == abouts[3]
    page.locator(".row-of").get_by_role("link", name="Fix").click()
    page.locator(".field select").first.select_option(index=1)
    page.locator("#why").fill("It says so.")
    page.locator("button.main").click()
    assert asked(page) == abouts[4]
    assert [one.ruling for one in stands(own_case)] == ["accept", "reject", "correct"]
    page.locator("[data-did]").get_by_role("button", name="Undo").click()
    assert asked(page) == abouts[3]
    assert [one.ruling for one in stands(own_case)] == ["accept", "reject"]


def test_copies_are_found_by_a_key(page: Page, own_desk: str, own_case: Case) -> None:
    from tests.desk.test_desk_rule import a_statement

    about, _ = a_statement(own_case, copied=True)
    page.goto(f"{own_desk}/queue/unseen?about={about.replace('#', '%23')}")
    page.keyboard.press("d")
    page.locator(DIALOG).wait_for()
    axe(page)
    page.locator(f"{DIALOG} button.main").click()
    page.locator(f"{ASKED}:not([data-asked='{about}'])").wait_for()
    (made,) = stands(own_case)
    assert len(made.about) > 1


def test_what_was_decided_by_another_meanwhile_is_passed_over(page: Page, own_desk: str, own_case: Case) -> None:
    page.goto(f"{own_desk}/queue/unseen")
    following = next_in(own_case, Wanted("unseen", Seat(WHO, AT), after=asked(page))).about
    decide(own_case, ruling="accept", about=[following[0]], who=BEN, why="", at=AT)
    assert press(page, "a") == following[1]
