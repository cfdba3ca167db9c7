"""The report reader in a real browser: the text stays the sealed one, cards stand beside it, words are chosen."""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from sayso.desk.app import desk as desk_of
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.case import Case, made
from tests.desk import browser as browsing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AT = "2031-06-01T08:00:00Z"
TOLERANCE = 8
"""Pixels by which a card may stand off its words: those of the line's own height."""
ODD = (
    "Ferry stops 🛶🛶\r\n\r\n"
    "The harbour master 🛶 Ilka Moor said on Monday that two boats sank near the mill.\r\n"
    "“Nobody was hurt \u202e,” Moor said. <script>alert(1)</script>\r\n"
    "Ilka Moor denied that a mine was found. \u05e9\u05dc\u05d5\u05dd\r\n"
)


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Case, str, str]]:
    """A desk over one report with characters that are hard to count: the case, the report's address, and its text."""
    from sayso.work.adding import Adding, add_all

    folder = tmp_path_factory.mktemp("odd")
    (folder / "odd.txt").write_bytes(ODD.encode())
    case = made(folder / "case", at=AT, who="Ana Tester", title="Odd")
    list(add_all(case, [str(folder / "odd.txt")], Adding("Ana Tester", lambda: AT), workers=1))
    (row,) = report_list(case)
    with browsing.serving(desk_of(case, who="Ana Tester", now=lambda: AT)) as address:
        yield case, f"{address.rstrip('/')}/reports/{row.id[7:]}", report(case, row.id).reading.page.report.text
    case.closed()


@pytest.fixture
def swap(sample_case: Case) -> str:
    """The path of a report of the sample with many statements."""
    return _path(sample_case, "swap prisoners")


def _path(case: Case, title: str) -> str:
    return "/reports/" + next(row.id[7:] for row in report_list(case) if title in (row.title or ""))


def _text(page: Page) -> str:
    told: str = page.locator("[data-sealed]").evaluate("box => box.textContent")
    return told


def test_the_browser_holds_the_sealed_text_and_nothing_else(page: Page, odd: tuple[Case, str, str]) -> None:
    _, address, text = odd
    assert "\r\n" in text
    page.goto(address)
    assert _text(page) == text
    page.keyboard.press("n")
    page.keyboard.press("]")
    page.keyboard.press("3")
    assert _text(page) == text, "keys change how it looks, and no character"


def test_what_turns_the_direction_turns_nothing_else(page: Page, odd: tuple[Case, str, str]) -> None:
    page.goto(odd[1])
    turned = page.locator("[data-sealed] .turn")
    assert turned.evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
    assert "U+202E" in turned.evaluate("one => getComputedStyle(one, '::before').content")
    assert page.locator(".warnings").get_by_text("turns the direction").count() == 1


def test_digits_turn_layers_and_the_address_keeps_them(page: Page, desk: str, swap: str) -> None:
    page.goto(desk.rstrip("/") + swap)
    button = page.locator("[data-layer=claim]")
    words = page.locator("[data-sealed] .l-claim").first
    before = words.evaluate("one => getComputedStyle(one).backgroundColor")
    page.keyboard.press("3")
    assert button.get_attribute("aria-pressed") == "false"
    assert words.evaluate("one => getComputedStyle(one).backgroundColor") != before
    assert parse_qs(urlsplit(page.url).query)["off"] == ["claim"]
    page.reload()
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert words.evaluate("one => getComputedStyle(one).backgroundColor") == before
    page.keyboard.press("0")
    assert page.locator("[data-layer][aria-pressed=true]").count() == 0
    page.keyboard.press("0")
    assert page.locator("[data-layer][aria-pressed=false]").count() == 0


def test_layers_are_told_apart_by_more_than_their_colour(page: Page, desk: str, sample_case: Case) -> None:
    page.goto(desk.rstrip("/") + _path(sample_case, "divide river neighbors"))
    shapes = {}
    for layer in ("says", "when", "where", "many", "caveat"):
        shapes[layer] = page.locator(f".legend .l-{layer}").evaluate("one => getComputedStyle(one).textDecorationStyle")
    assert len(set(shapes.values())) == 5, shapes


def test_the_shape_of_the_text_is_turned_with_v(page: Page, desk: str, sample_case: Case) -> None:
    with_cuts = next(row.id for row in report_list(sample_case) if report(sample_case, row.id).reading.page.cuts)
    page.goto(f"{desk.rstrip('/')}/reports/{with_cuts[7:]}")
    cut = page.locator("[data-sealed] .l-cut").first
    assert cut.is_visible()
    page.keyboard.press("v")
    page.wait_for_url("**as=clean*")
    assert not cut.is_visible()
    assert _text(page) == report(sample_case, with_cuts).reading.page.report.text
    page.keyboard.press("v")
    page.wait_for_url("**as=copies*")
    assert page.locator(".copies").is_visible()


def test_the_open_card_stands_beside_its_words_and_no_card_over_another(page: Page, desk: str, swap: str) -> None:
    page.goto(desk.rstrip("/") + swap)
    for _ in range(6):
        page.keyboard.press("n")
        card = page.locator(".card.open")
        part = card.get_attribute("data-part")
        words = page.locator(f'[data-sealed] .l-claim[data-of~="{part}"], [data-sealed] .l-deed[data-of~="{part}"]')
        top = page.evaluate(
            """([card, words]) => card.getBoundingClientRect().top - words.getClientRects()[0].top""",
            [card.element_handle(), words.first.element_handle()],
        )
        assert abs(top) < TOLERANCE or card.evaluate("one => one.offsetTop") == 0, part
        boxes = page.locator(".margin .card").evaluate_all("all => all.map(one => [one.offsetTop, one.offsetHeight])")
        assert all(one[0] + one[1] <= other[0] for one, other in pairwise(boxes))


def test_a_card_and_its_words_light_each_other_up(page: Page, desk: str, swap: str) -> None:
    page.goto(desk.rstrip("/") + swap)
    card = page.locator(".card.statement").nth(1)
    part = card.get_attribute("data-part")
    card.hover()
    assert page.locator(f'[data-sealed] [data-of~="{part}"]').evaluate_all(
        "all => all.every(one => one.classList.contains('lit'))"
    )
    page.locator("h1").hover()
    assert page.locator("[data-sealed] .lit").count() == 0
    page.locator(f'[data-sealed] .l-claim[data-of="{part}"]').first.hover()
    assert "lit-card" in (card.get_attribute("class") or "")


def test_a_click_anywhere_on_a_card_opens_it_and_a_second_closes_it(page: Page, desk: str, swap: str) -> None:
    """Its number and its act are no links: a click there opens the card all the same."""
    page.goto(desk.rstrip("/") + swap)
    card = page.locator(".card.statement").nth(2)
    for place, is_open in ((".id", True), (".chip", False), (".chip", True)):
        card.locator(place).first.click()
        assert ("open" in (card.get_attribute("class") or "").split()) is is_open


def test_without_room_beside_it_the_card_of_words_comes_up_over_the_foot(page: Page, desk: str, swap: str) -> None:
    page.set_viewport_size({"width": 1000, "height": 700})
    page.goto(desk.rstrip("/") + swap)
    words = page.locator('[data-sealed] .l-claim[data-of]:not([data-of*=" "])').nth(3)
    part = words.get_attribute("data-of")
    words.click()
    sheet = page.locator(".card.sheet")
    assert sheet.get_attribute("id") == part
    box = sheet.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 701
    page.wait_for_function(
        "top => document.querySelector('[data-sealed] .lit').getBoundingClientRect().bottom <= top", arg=box["y"]
    )
    assert sheet.locator("[data-do=accept] button").is_visible()
    page.keyboard.press("n")
    assert page.locator(".card.sheet").count() == 1
    assert page.locator(".card.sheet").get_attribute("id") != part
    page.locator(".card.sheet [data-shut]").click()
    assert page.locator(".card.sheet, .card.open").count() == 0
    page.locator(f"#{part} .id").click()
    assert page.locator(f"#{part}.open:not(.sheet)").count() == 1, "a card that is in sight opens where it stands"


def test_a_card_in_brief_is_told_whole_when_it_is_opened_also_by_a_key(
    page: Page, own_desk: str, own_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.desk.pages.report.WHOLE", 5)
    page.goto(own_desk.rstrip("/") + _path(own_case, "swap prisoners"))
    card = page.locator("#st3")
    assert card.locator(".rest").count() == 0
    page.locator('[data-sealed] .l-claim[data-of~="st3"]').first.click()
    card.locator(".rest .doing").wait_for()
    page.keyboard.press("n")
    part = page.locator(".card.open").get_attribute("id")
    page.keyboard.press("a")  # before the rest of it came
    page.locator(f"#{part}.accepted").wait_for()


def test_what_is_printed_is_dark_on_light_whatever_was_chosen(page: Page, desk: str, swap: str) -> None:
    page.goto(desk.rstrip("/") + swap)
    page.locator("[data-theme-toggle]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    ink = "getComputedStyle(document.querySelector('.sealed')).color"
    on_screen = page.evaluate(ink)
    page.emulate_media(media="print")
    assert page.evaluate(ink) != on_screen
    assert max(map(int, page.evaluate(ink).removeprefix("rgb(").removesuffix(")").split(","))) < 80


def test_an_address_opens_a_card_or_marks_a_stretch(page: Page, desk: str, swap: str, sample_case: Case) -> None:
    page.goto(f"{desk.rstrip('/')}{swap}#st9")
    assert page.locator(".card.open").get_attribute("id") == "st9"
    assert page.locator('[data-sealed] .lit[data-of~="st9"]').count() > 0
    words = page.locator("#st3").get_attribute("data-words")
    page.goto(f"{desk.rstrip('/')}{swap}?at={words}#at")
    assert page.locator(".card.open").get_attribute("id") == "st3", "the card of words that were pointed at"
    text = report(sample_case, swap.removeprefix("/reports/")).reading.page.report.text
    page.goto(f"{desk.rstrip('/')}{swap}?at={len(text) - 30}-{len(text)}#at")
    last = page.locator("[data-sealed] .l-at").last
    assert last.evaluate("one => one.getBoundingClientRect().bottom <= innerHeight")


def test_words_are_chosen_by_keys_alone_and_offered_for_a_statement(page: Page, odd: tuple[Case, str, str]) -> None:
    _, address, text = odd
    page.goto(address)
    page.keyboard.press("n")
    start, _ = map(int, (page.locator(".card.open").get_attribute("data-words") or "").split("-"))
    page.keyboard.press("]")
    for _ in range(3):
        page.keyboard.press("[")
    page.keyboard.press("]")
    shown = page.locator("#picking q").text_content() or ""
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    first, last = (int(dialog.locator(f"input[name={name}]").first.input_value()) for name in ("start", "end"))
    assert first == start
    assert text[first:last] == shown, "code points, though the text before has characters of two units"


def test_words_are_chosen_with_the_mouse_for_a_field_of_a_card(page: Page, odd: tuple[Case, str, str]) -> None:
    _, address, text = odd
    page.goto(address)
    page.keyboard.press("n")
    page.locator(".card.open .pencil[data-field=speaker]").click()
    assert page.locator("#picking").is_visible(), "it asks for words and opens no form yet"
    assert page.locator("dialog[open]").count() == 0
    at = text.index("Ilka Moor denied")
    page.evaluate(
        """at => {
          const walker = document.createTreeWalker(document.querySelector("[data-sealed]"), NodeFilter.SHOW_TEXT);
          let before = 0;
          const range = document.createRange();
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const points = [...node.data];
            const units = (point) => points.slice(0, point - before).join("").length;
            const last = at + 9;
            if (before <= at && at < before + points.length) range.setStart(node, units(at));
            if (before < last && last <= before + points.length) range.setEnd(node, units(last));
            before += points.length;
          }
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        at,
    )
    page.locator("#picking").get_by_text("Ilka Moor", exact=True).wait_for()
    page.locator("#picking button").first.click()
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    told = [int(dialog.locator(f"input[name={name}]").first.input_value()) for name in ("start", "end")]
    assert told == [at, at + 9]


def test_a_card_is_accepted_with_a_key_and_the_page_stays_where_it_was(
    page: Page, own_desk: str, own_case: Case
) -> None:
    page.goto(own_desk.rstrip("/") + _path(own_case, "swap prisoners"))
    for _ in range(12):
        page.keyboard.press("n")
    part = page.locator(".card.open").get_attribute("id")
    top = page.evaluate("scrollY")
    assert top > 0
    page.keyboard.press("a")
    page.locator(".card.open.accepted").wait_for()
    page.wait_for_load_state("load")
    assert page.locator(".card.open").get_attribute("id") == part
    assert abs(page.evaluate("scrollY") - top) < 150
    page.keyboard.press("u")
    page.locator(f"#{part}.guess").wait_for()


def test_all_of_it_works_without_scripts(plain_page: Page, desk: str, swap: str) -> None:
    plain_page.goto(desk.rstrip("/") + swap)
    card = plain_page.locator("#st2")
    assert card.locator(".rest").is_visible(), "cards are not folded where nothing could unfold them"
    plain_page.locator("[data-layer=when]").click()
    assert plain_page.locator("[data-layer=when]").get_attribute("aria-pressed") == "false"
    assert card.locator(".pencil").first.is_hidden(), "nothing is offered that would do nothing"
    card.get_by_role("link", name="Correct").click()
    plain_page.locator("form input[name=start]").first.wait_for(state="attached")  # words are chosen by place
    assert urlsplit(plain_page.url).path == "/rule"
    assert parse_qs(urlsplit(plain_page.url).query)["about"][0].endswith("#st2")


def test_nothing_runs_out_of_a_small_window(browser: Browser, desk: str, swap: str, guard: browsing.Guard) -> None:
    for size in ((1280, 720), (900, 700), (420, 800)):
        with browsing.opened(browser, guard, size=size) as page:
            page.goto(desk.rstrip("/") + swap)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size
    guard.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(
    browser: Browser, desk: str, swap: str, sample_case: Case, guard: browsing.Guard, scheme: str
) -> None:
    """axe-core on the list, the reader with a card open and words chosen, its copies, and a comparison."""
    cut = _path(sample_case, "Kesteria says 19 killed").removeprefix("/reports/")
    (family, *_) = report(sample_case, cut).families
    other = next(one.report for one in family.members if not one.report.endswith(cut)).removeprefix("sha256:")
    with browsing.opened(browser, guard, scheme=scheme) as page:
        page.goto(f"{desk.rstrip('/')}/reports")
        browsing.axe(page)
        page.goto(desk.rstrip("/") + swap)
        browsing.axe(page)
        for key in ("n", "n", "n", "]", "]"):
            page.keyboard.press(key)
        browsing.axe(page)
        page.goto(f"{desk.rstrip('/')}/reports/{cut}?as=copies")
        browsing.axe(page)
        page.goto(f"{desk.rstrip('/')}/reports/{cut}/beside/{other}")
        browsing.axe(page)
    guard.check()
