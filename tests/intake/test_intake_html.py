"""Of an HTML page the story is read, with what the page says of itself, and nothing that it hides."""

from __future__ import annotations

import pytest

from sayso.intake import sealed

STORY = (
    "<p>Shells hit two apartment blocks in Dolna late on Tuesday, killing at least three people, the mayor said.</p>"
    "<h2>Border towns</h2><p>Officials in the <b>border</b> towns said they had <a href='/x'>seen nothing</a>"
    " since the weekend. They will wait, they said, until the council meets.</p>"
    "<p>The council meets on Friday, and people expect that it will halt the evacuation of the left bank.</p>"
)


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>".encode()


def test_headings_and_paragraphs_are_lines_of_their_own() -> None:
    report = sealed(page(f"<article><h1>Shells hit Dolna</h1>{STORY}</article>"))
    lines = report.text.split("\n")
    assert "Border towns" in lines
    assert any(line.startswith("Officials in the border towns said they had seen nothing since") for line in lines)
    assert report.obtained.how == "extracted"
    assert (report.obtained.by or "").startswith("trafilatura 2.")


HIDDEN = [
    "<p hidden>SECRET words nobody sees</p>",
    "<p style='color:red; display : none'>SECRET words nobody sees</p>",
    "<div style='visibility:hidden'><p>SECRET words nobody sees</p></div>",
    "<div style='visibility:collapse'><p>SECRET words nobody sees</p></div>",
    "<div style='content-visibility: hidden'><p>SECRET words nobody sees</p></div>",
    "<p style='font-size:0'>SECRET words nobody sees</p>",
    "<p style='color:red; font-size: 0px;'>SECRET words nobody sees</p>",
    "<p style='position:absolute; left:-9999px'>SECRET words nobody sees</p>",
    "<p style='transform: scale(0)'>SECRET words nobody sees</p>",
    "<div aria-hidden='true'><p>SECRET words nobody sees</p></div>",
    "<template><p>SECRET words nobody sees</p></template>",
    "<noscript><p>SECRET words nobody sees</p></noscript>",
    "<script>var a = 'SECRET words';</script>",
    "<style>.SECRET {color: red}</style>",
    "<!-- SECRET words nobody sees -->",
    "<p class='visually-hidden'>SECRET words nobody sees</p>",
    "<style>.note, #x { display: none }</style><p class='note'>SECRET words nobody sees</p>",
    "<dialog><p>SECRET words nobody sees</p></dialog>",
]


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("story", [STORY, "<p>Too short to be told apart.</p>"])
def test_what_a_page_hides_never_leaks(hidden: str, story: str) -> None:
    report = sealed(page(f"<article>{hidden}{story}{hidden}</article>"))
    assert "SECRET" not in report.text
    assert report.text


SHOWN = [
    "@media print { .note { display: none } }",  # for paper alone
    ".note { display: none } .note { display: block }",  # the last rule wins
    ".js .note { display: none }",  # where scripts run, perhaps
    "article { display: none }",
    ".all { display: none }",  # most of the page: a script will show it
]


@pytest.mark.parametrize("sheet", SHOWN)
def test_a_style_sheet_that_may_not_hide_a_stretch_does_not(sheet: str) -> None:
    report = sealed(
        page(f"<style>{sheet}</style><article class='all'><p class='note'>Seen by all.</p>{STORY}</article>")
    )
    assert "Seen by all." in report.text


def test_what_is_hidden_on_narrow_screens_alone_is_read() -> None:
    assert "Border towns" in sealed(page(f"<article><div class='hidden md:block'>{STORY}</div></article>")).text


LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"],'
    ' "headline": "Shells hit Dolna", "datePublished": "2022-09-16T14:05:00+03:00", "author": [{"@type": "Person",'
    ' "name": "Ana Reva"}, {"name": "Tom Hale"}], "publisher": {"name": "Northwire"}}]}</script>'
)


def test_json_ld_is_believed_first() -> None:
    head = LINKED + "<meta property='article:published_time' content='2022-09-18'><title>Northwire | Home</title>"
    found = sealed(page(f"<article>{STORY}</article>", head)).metadata
    assert found.title == "Shells hit Dolna"
    assert found.writers == ("Ana Reva", "Tom Hale")
    assert found.publisher == "Northwire"
    assert found.published == "2022-09-16T14:05:00+03:00"
    assert found.language == "en"


def test_open_graph_comes_next() -> None:
    head = (
        "<meta property='og:site_name' content='Dolna Courier'><meta property='og:url' content='https://courier.example/1'>"
        "<meta property='article:published_time' content='2022-09-16T11:00:00Z'>"
        "<meta property='og:title' content='Shells hit Dolna'><link rel='canonical' href='https://courier.example/1'>"
    )
    found = sealed(page(f"<article>{STORY}</article>", head)).metadata
    assert (found.publisher, found.title, found.url) == (
        "Dolna Courier",
        "Shells hit Dolna",
        "https://courier.example/1",
    )
    assert found.published == "2022-09-16T11:00:00+00:00"


@pytest.mark.parametrize("body", [STORY, "<footer>© 2024 Northwire</footer>" + STORY, "<p>Short.</p>"])
def test_a_page_without_a_date_has_none(body: str) -> None:
    """Never today, never the year of a copyright line."""
    assert sealed(page(f"<article>{body}</article>")).metadata.published is None


@pytest.mark.parametrize(
    "broken", ["{not json", "[1, 2", '{"@type": "NewsArticle", "author": 5, "publisher": []}', "null"]
)
def test_broken_json_ld_costs_nothing(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>'
    assert "Border towns" in sealed(page(f"<article>{STORY}</article>", head)).text


def test_a_page_that_breaks_off_is_read_with_a_problem() -> None:
    whole = page(f"<article>{STORY}</article>")
    report = sealed(whole[: whole.index(b"until the")])
    assert "Shells hit two apartment blocks" in report.text
    assert [problem.kind for problem in report.problems] == ["truncated_html"]
    assert sealed(whole).problems == ()


@pytest.mark.parametrize("opened", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<section><p>", "<blockquote>"])
def test_ten_thousand_nested_tags_are_read(opened: str) -> None:
    report = sealed(page("<p>Shells hit Dolna.</p>" + opened * 10_000 + "The bridge is gone."))
    assert "The bridge is gone." in report.text
    assert "deep_html" in [problem.kind for problem in report.problems]


def test_a_hidden_wrapper_stays_hidden_however_deep() -> None:
    report = sealed(page("<p>Shells hit Dolna.</p>" + "<div>" * 400 + "<div hidden>SECRET</div>The bridge is gone."))
    assert "SECRET" not in report.text
    assert "The bridge is gone." in report.text


def test_a_page_is_read_in_the_charset_it_names() -> None:
    source = "<html><head><meta charset='windows-1251'></head><body><p>Мэр сообщил о взрыве.</p></body></html>"
    report = sealed(source.encode("cp1251"))
    assert "Мэр сообщил о взрыве." in report.text
    assert report.obtained.encoding == "cp1251"


def test_the_same_page_gives_the_same_text_in_any_company() -> None:
    """The extractor keeps no memory between pages."""
    first = sealed(page(f"<article>{STORY}</article>")).text
    for _ in range(4):
        sealed(page(f"<article>{STORY}<p>Other words.</p></article>"))
    assert sealed(page(f"<article>{STORY}</article>")).text == first


def test_drawings_do_not_make_a_page_deep() -> None:
    """Tags that close themselves, and wrappers left open, are no depth."""
    drawing = "<svg>" + "<path d='M0'/>" * 400 + "</svg>" + "<option>x" * 300
    report = sealed(page(f"<article>{drawing}{STORY}</article>"))
    assert "Border towns" in report.text
    assert report.problems == ()


@pytest.mark.parametrize("control", ["\x0b", "&#1;", "\x1f", "&#xFFFF;"])
def test_control_characters_beside_a_script_lose_no_words(control: str) -> None:
    """A browser shows the words around them; so do we."""
    page = (
        f"<html><body><p>Shells hit<script>x()</script>{control} Dolna<script>y()</script>{control} today.</p></body>"
    )
    text = sealed(page.encode(), media_type="text/html").text
    assert "Shells hit" in text
    assert "today." in text
