"""The desk's own words all go through gettext: in templates, in the catalogue, and on pages in another language."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from jinja2 import Environment, nodes

from sayso.desk import speaking
from sayso.desk.app import desk
from sayso.desk.rendering import environment
from sayso.desk.speaking import NoSuchLanguage, direction, languages, translations
from sayso.ledger.case import Case
from tests.desk.browser import Guard, axe, serving
from tests.desk.conftest import AT, WHO, copied
from tests.desk.pages import ONE_EACH, Known, filled, ready, ruled
from tests.desk.template_words import FILE, TEMPLATES, catalogue, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEMPLATE_NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-copied", "data-shown", "data-hidden", "label")
UNSPOKEN = ("code", "kbd", "script", "style")
NAMES = frozenset(
    ("Sayso", "sayso", "JSON", "CSV", "GeoJSON", "GeoNames", "SHA", "inc", "spk", "UY", "PA", "UTC", "KB", "km")
)
"""Names and signs, the same in every language."""
LOOKED_INTO = frozenset(("incident", "report", "map", "timeline", "inbox", "export", "rule-correct"))
"""Pages of which axe-core is asked once more where they are mirrored; of all it is asked as they usually are."""
GETTEXT = frozenset(("_", "gettext", "ngettext", "pgettext"))
FILLED = "x0"
PSEUDO = "ar-XA"


def test_the_catalogue_is_of_these_templates() -> None:
    """It is made anew by `python -m tests.desk.template_words`; what a translator begins with must not be old."""
    assert FILE.read_bytes() == written(catalogue()), "python -m tests.desk.template_words"


@pytest.mark.parametrize("name", TEMPLATE_NAMES)
def test_no_text_of_a_template_goes_past_gettext(name: str) -> None:
    """Neither between tags, nor in what is read out, nor in a string of an expression."""
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    tree = environment().parse(source)
    skeleton = Skeleton("".join(_text(tree)))
    assert [*skeleton.spoken, *_strings(tree)] == []


class Skeleton(HTMLParser):
    """A template without what fills it; `spoken` are the texts in it that a person reads or hears."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.spoken: list[str] = []
        self._inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.spoken += [f'{name}="{value}"' for name, value in attrs if name in SPOKEN and _is_words(value or "")]
        if tag in UNSPOKEN:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside and _is_words(data):
            self.spoken.append(" ".join(data.split()))


def _is_words(text: str) -> bool:
    plain = text.replace(FILLED, "")
    is_attribute = re.match(r'\s*([a-z-]+="|\?[a-z]+=)', plain) is not None  # of a macro that fills a tag or an address
    return not is_attribute and bool(set(re.findall(r"[^\W\d_]{2,}", plain)) - NAMES)


def _text(node: nodes.Node) -> Iterator[str]:
    """What of a template is written out as it stands, with `FILLED` for everything that is filled in."""
    if isinstance(node, nodes.Block) and node.name == "body_class":
        return
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Output):
        for child in node.nodes:
            yield child.data if isinstance(child, nodes.TemplateData) else FILLED
    else:
        for child in node.iter_child_nodes():
            yield from _text(child)


def _strings(tree: nodes.Template) -> Iterator[str]:
    """Strings with blanks in expressions that are written out, and that nobody translates."""
    for output in tree.find_all(nodes.Output):
        for child in output.nodes:
            if not isinstance(child, nodes.TemplateData):
                yield from _untranslated(child)


def _untranslated(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and re.search(r"[a-z]{2,} [a-z]{2,}", node.value):
        yield node.value
    for child in node.iter_child_nodes():
        yield from _untranslated(child)


def test_the_tests_of_templates_see_what_goes_past() -> None:
    """Each of these is told."""
    for amiss in ("<p>Two words</p>", '<a title="Two words">', "{{ 'two words' if x else _('fine') }}"):
        tree = Environment(extensions=["jinja2.ext.i18n"]).parse(amiss)
        assert [*Skeleton("".join(_text(tree))).spoken, *_strings(tree)], amiss


def test_a_language_that_the_desk_does_not_speak_is_told() -> None:
    """It would otherwise be English, and nobody would know why."""
    with pytest.raises(NoSuchLanguage, match="It speaks: en"):
        translations("tlh")
    assert translations("en-GB").gettext("Incidents") == "Incidents"
    assert languages()[0] == "en"
    assert (direction("ar-XA"), direction("he"), direction("uk")) == ("rtl", "rtl", "ltr")


# In a language made up for the test: every message between brackets, written from right to left


@pytest.fixture(scope="module")
def case(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """The sample, with something ruled in it."""
    yield from copied(sample_folder, tmp_path_factory.mktemp("words") / "sample")


@pytest.fixture(scope="module")
def known(case: Case) -> Known:
    """Its ids."""
    return ruled(case)


@pytest.fixture(scope="module")
def address(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A desk over it that speaks the made-up language."""
    folder = tmp_path_factory.mktemp("locale")
    held = folder / PSEUDO.replace("-", "_") / "LC_MESSAGES"
    held.mkdir(parents=True)
    with (held / "desk.mo").open("wb") as file:
        write_mo(file, pseudo())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(speaking, "LOCALE", folder)
        environment.cache_clear()
        with serving(desk(case, who=WHO, now=lambda: AT, language=PSEUDO)) as served:
            yield served
    environment.cache_clear()


def pseudo() -> Catalog:
    """Every message of the desk between brackets."""
    made = Catalog(locale="en")
    for message in catalogue():
        if message.id:
            plural = isinstance(message.id, tuple)
            made.add(message.id, tuple(f"⟦{one}⟧" for one in message.id) if plural else f"⟦{message.id}⟧")
    return made


@cache
def messages() -> frozenset[str]:
    """Every message of the desk."""
    ids = (message.id if isinstance(message.id, tuple) else (message.id,) for message in catalogue())
    return frozenset(one for each in ids for one in each)


OUTSIDE = """() => {
  const evidence = 'bdi, q, code, kbd, time, [dir=auto], [data-sealed], .id, .at, [lang]:not(html), script, style';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const node = walk.currentNode, of = node.parentElement;
    if (of.closest(evidence) || !/[a-z]{2}/i.test(node.data)) continue;
    found.push(node.data.trim().replace(/\\s+/g, ' '));
  }
  return found;
}"""


@pytest.mark.parametrize("row", ONE_EACH, ids=lambda row: row.name)
def test_pages_are_drawn_mirrored_and_no_message_is_left_in_english(
    page: Page, guard: Guard, address: str, known: Known, row: object
) -> None:
    """The rail stands at the right, nothing is wider than the window; of some axe-core finds nothing.

    What a case holds stays as it is: evidence, and the sentences that the program wrote about it.
    """
    guard.allow("status of")
    ready(page, address + filled(row, known), row)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.dir") == "rtl"
    if page.locator(".rail").count():
        assert page.evaluate("document.querySelector('.rail').getBoundingClientRect().left > innerWidth / 2")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    if row.name in LOOKED_INTO:  # type: ignore[attr-defined]
        axe(page)
    shown = page.evaluate(OUTSIDE)
    assert any("⟦" in text for text in shown)
    left = [text.strip(" ·:;,.") for text in shown if "⟦" not in text]
    assert [text for text in left if text in messages()] == []
