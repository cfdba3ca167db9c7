"""HTML to text: the story by trafilatura, without anything the page hides, and what the page says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple

from lxml import html as lxml_html  # type: ignore[import-untyped]

from sayso.record import Metadata, Problem

DEPTH = 200
"""A page nested deeper than this is flattened before anything parses it: parsers give up at 256."""

LEVELS = 40
"""In a flattened page, wrappers deeper than this are left out; their words stay."""

SMALL = 1000
"""A page with fewer characters than this to see has little beside its story to tell it from."""

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
CELLS = frozenset({"li", "dd", "dt", "td", "th", "tr", "option"})
"""Elements that are often left open, so they count for no depth of their own."""
ANY_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
OPENED = re.compile(r"<(?:div|article|section|main|script|style|table|ul)\b", re.IGNORECASE)
CLOSED = re.compile(r"</(?:div|article|section|main|script|style|table|ul)\b", re.IGNORECASE)
NOT_SHOWN = frozenset(
    ["script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math", "canvas", "datalist"]
)
DROPPED = NOT_SHOWN - {"head"} | {"textarea", "select"}
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
UNSEEN_STYLE = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden)\b"
    r"|(?:^|[;{\s])font-size\s*:\s*0(?:\.0+)?(?:px|r?em|pt|%)?\s*(?:!important)?\s*(?:;|}|$)"
    r"|(?:^|[;{\s])(?:left|top|right|text-indent)\s*:\s*-\d{4,}(?:px|r?em)?\b"
    r"|(?:^|[;{\s])transform\s*:\s*scale\(\s*0\s*\)|(?:^|[;{\s])clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
"""A style by which a reader does not see words that stand in the page."""
UNSEEN_CLASSES = frozenset(["sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden", "hidden", "d-none"])
WIDTH = re.compile(r"(?:sm|md|lg|xl|2xl):|d-(?:sm|md|lg|xl)-")
BRACE = re.compile(r"[{}]")
SHOWN_STYLE = re.compile(r"(?:^|[;{\s])display\s*:\s*(?!none)\w", re.IGNORECASE)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SIMPLE_SELECTOR = re.compile(r"\s*([.#][\w-]+)\s*")
ARTICLES = ("Article", "BlogPosting", "Posting", "Report")
STAMP = re.compile(r"\s*\d{4}-\d\d-\d\d(?:[T ]\d\d:?\d\d(?::?\d\d)?(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?)?\s*")
PUBLISHED = (
    ("property", "article:published_time"),
    ("property", "og:published_time"),
    ("name", "article:published_time"),
    ("itemprop", "datePublished"),
    ("name", "datePublished"),
    ("name", "parsely-pub-date"),
    ("name", "DC.date.issued"),
    ("name", "dc.date"),
)
FAR = "2999-12-31"


class Extracted(NamedTuple):
    """The text of a page, what the page says of itself, what was lost, and what extracted it."""

    text: str
    metadata: Metadata
    problems: tuple[Problem, ...]
    by: str


def extracted(source: str) -> Extracted:
    """The story of an HTML page, one block a line, and its metadata. The same page gives the same text, always."""
    from trafilatura import bare_extraction

    problems = []
    if _is_cut_off(source):
        problems.append(Problem("truncated_html", "The page breaks off before its end. What there is was read."))
    flat = _flattened(source.replace("\0", "\ufffd"))
    if flat is not None:
        says = f"Elements are nested over {DEPTH} deep; below level {LEVELS} their tags were left out, the words kept."
        problems.append(Problem("deep_html", says))
    tree = _tree(source.replace("\0", "\ufffd") if flat is None else flat)
    if tree is None:
        return Extracted("", Metadata(), tuple(problems), _by())
    metadata = _metadata(tree)
    _remove_unseen(tree)
    seen = _visible(tree)
    found = bare_extraction(tree, include_comments=False, with_metadata=False)
    text = _lines(found.text or "") if found and not isinstance(found, dict) else ""
    if len(text) * 2 < len(seen) < SMALL or (not text and seen):
        says = "No story could be told apart from the rest of the page; all its visible text was read."
        problems.append(Problem("no_story_found", says))
        text = seen
    return Extracted(text, metadata, tuple(problems), _by())


def shown(source: str) -> Extracted:
    """All that a piece of HTML shows, one block a line: for pieces that are all story, as an entry of a feed is."""
    safe = source.replace("\0", "\ufffd")
    flat = _flattened(safe)
    tree = _tree(safe if flat is None else flat)
    if tree is None:
        return Extracted("", Metadata(), (), _reader())
    _remove_unseen(tree)
    return Extracted(_visible(tree), Metadata(), (), _reader())


@cache
def _reader() -> str:
    return f"lxml {version('lxml')}"


@cache
def _by() -> str:
    return f"trafilatura {version('trafilatura')}"


def _is_cut_off(source: str) -> bool:
    """Whether the page stops inside a tag, or without its end while something in it is still open."""
    bare = source.rstrip()
    tail = bare[-2000:].lower()
    if tail.rfind("<") > tail.rfind(">"):
        return True
    if "<html" not in bare[:5000].lower() or "</html" in tail or "</body" in tail:
        return False
    return not bare.endswith(">") or len(OPENED.findall(bare)) > len(CLOSED.findall(bare))


def _tree(source: str) -> Any:
    parser = lxml_html.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(source.encode("utf-8", errors="replace"), parser=parser)
    except (lxml_html.etree.ParserError, lxml_html.etree.XMLSyntaxError):
        return None


class _Tag(NamedTuple):
    start: int
    end: int
    name: str
    level: int  # how many elements the one it opens or closes stands in
    whole: bool  # whether that element must go with its words if it goes: hidden, a script


def _flattened(source: str) -> str | None:
    """The source without its innermost wrappers, or None if it is not so deep."""
    if not any(tag.level > DEPTH for tag in _nested(source)):
        return None
    parts: list[str] = []
    at = 0
    for tag in _nested(source):
        if tag.level >= LEVELS and not tag.whole:
            words = source[at : tag.start]
            parts += (words, "<br>" if tag.name in BLOCKS and not words.isspace() and words else " ")
            at = tag.end
    parts.append(source[at:])
    return "".join(parts)


def _nested(source: str) -> Iterator[_Tag]:
    """Every tag with its depth. One that closes nothing is passed over, and so are tags without an end of their own."""
    open_tags: list[tuple[str, bool]] = []
    how_many: dict[str, int] = {}
    for tag in ANY_TAG.finditer(source):
        name = tag[2].lower()
        if name in VOID or name == "p" or tag[0].endswith("/>"):
            continue
        if name in CELLS:
            yield _Tag(tag.start(), tag.end(), name, len(open_tags), whole=False)
        elif not tag[1]:
            whole = name in NOT_SHOWN or "hidden" in tag[0] or "none" in tag[0]
            yield _Tag(tag.start(), tag.end(), name, len(open_tags), whole)
            open_tags.append((name, whole))
            how_many[name] = how_many.get(name, 0) + 1
        elif how_many.get(name):
            closed = None
            while closed != name:
                closed, whole = open_tags.pop()
                how_many[closed] -= 1
            yield _Tag(tag.start(), tag.end(), name, len(open_tags), whole)


def _remove_unseen(tree: Any) -> None:
    names = _unseen_names(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or (element.tag not in DROPPED and not _is_unseen(element, names)):
            continue
        if element.getparent() is not None:
            _drop(element)


def _drop(element: Any) -> None:
    """Take an element out and leave what follows it; lxml's own way fails where that holds a control character."""
    parent, previous, tail = element.getparent(), element.getprevious(), element.tail or ""
    parent.remove(element)
    if not tail:
        return
    if previous is None:
        parent.text = NOT_XML.sub("\ufffd", (parent.text or "") + tail)
    else:
        previous.tail = NOT_XML.sub("\ufffd", (previous.tail or "") + tail)


def _is_unseen(element: Any, names: frozenset[str]) -> bool:
    get = element.get
    if get("hidden") is not None and get("hidden") != "until-found":
        return True
    if (get("aria-hidden") or "").strip().lower() == "true" and element.tag not in ("html", "body"):
        return True
    if UNSEEN_STYLE.search(get("style") or ""):
        return True
    if element.tag == "dialog" and get("open") is None:
        return True
    if not names and not get("class"):
        return False
    classes = (get("class") or "").split()
    if any(WIDTH.match(name) for name in classes):  # "hidden md:block": hidden on narrow screens alone
        return False
    return any(name in UNSEEN_CLASSES or f".{name}" in names for name in classes) or f"#{get('id')}" in names


def _unseen_names(tree: Any) -> frozenset[str]:
    """The classes and ids that the page's own style sheet hides outright, and not the better part of its words.

    A sheet that hides most of the page shows it again by a script, so it is no sign of what a reader sees.
    """
    names: set[str] = set()
    for style in tree.iter("style"):
        for selectors, body in _rules(style.text or ""):
            found = {match[1] for part in selectors.split(",") if (match := SIMPLE_SELECTOR.fullmatch(part))}
            if UNSEEN_STYLE.search("{" + body):
                names |= found
            elif SHOWN_STYLE.search("{" + body):
                names -= found
    if not names:
        return frozenset()
    hidden = frozenset(names)
    lost = sum(map(_letters, _outermost(tree, hidden)))
    every = _letters(tree)
    return hidden if lost * 2 < every or (every < SMALL and lost * 10 < every * 9) else frozenset()


def _letters(element: Any) -> int:
    """About how many characters of words stand in an element, scripts and the like aside."""
    return sum(
        len((each.text or "").strip())
        for each in element.iter()
        if isinstance(each.tag, str) and each.tag not in DROPPED
    )


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules of a style sheet that stand in no @media or other group, as selectors and body."""
    depth = at = opened = 0
    for brace in BRACE.finditer(sheet):
        if brace[0] == "{":
            if depth == 0:
                opened = brace.start()
            depth += 1
        else:
            depth = max(0, depth - 1)
            if depth == 0:
                selectors = sheet[at:opened].strip()
                if opened > at and not selectors.startswith("@"):
                    yield selectors, sheet[opened + 1 : brace.start()]
                at = brace.end()


def _outermost(tree: Any, names: frozenset[str]) -> Iterator[Any]:
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and element.tag not in DROPPED:
            if _is_unseen(element, names):
                yield element
            else:
                waiting.extend(element)


def _visible(tree: Any) -> str:
    """All words a reader of the page would see, one block a line."""
    body = tree.find("body")
    parts: list[str] = []
    for event, element in lxml_html.etree.iterwalk(tree if body is None else body, events=("start", "end")):
        tag = element.tag
        shown = isinstance(tag, str) and tag not in NOT_SHOWN and tag != "title"
        if tag in BLOCKS or (tag == "br" and event == "start"):
            parts.append("\n")
        if event == "start" and shown and element.text:
            parts.append(_one_line(element.text))
        if event == "end" and element.tail and element is not body:
            parts.append(_one_line(element.tail))
    return _lines("".join(parts))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _lines(text: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _metadata(tree: Any) -> Metadata:
    from trafilatura.metadata import extract_metadata

    linked = _linked_article(tree)
    no_search = {"extensive_search": False, "original_date": True, "max_date": FAR}
    try:
        found = extract_metadata(tree, extensive=False, date_config=no_search)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        # Metadata that trips the extractor is no reason to lose the story.
        found = None
    title = _text(linked.get("headline")) or (found.title if found else None)
    writers = _names(linked.get("author")) or _split(found.author if found else None)
    return Metadata(
        title=_clean(title),
        url=_clean((found.url if found else None) or _text(linked.get("url")) or _canonical(tree)),
        publisher=_clean(next(iter(_names(linked.get("publisher"))), None) or _site_name(tree)),
        writers=writers,
        published=_stamp(_text(linked.get("datePublished")))
        or _meta_date(tree)
        or _stamp(found.date if found else None),
        language=_language(tree),
    )


def _published(tree: Any, linked: dict[str, Any], found: Any) -> str | None:
    """When it came out, as the page says it outright; a date guessed from anything else is no date."""
    return _stamp(_text(linked.get("datePublished"))) or _meta_date(tree) or _stamp(found.date if found else None)


def _linked_article(tree: Any) -> dict[str, Any]:
    """What the page's JSON-LD says of its article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            data = json.loads(script.text.strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and kind.endswith(ARTICLES) for kind in kinds):
                return item
    return {}


def _items(data: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            found.append(item)
            waiting.extend(value for key, value in item.items() if key in ("@graph", "mainEntity"))
    return found


def _names(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    names = (item.get("name") if isinstance(item, dict) else item for item in items)
    flat = (part for name in names for part in (name if isinstance(name, list) else [name]))
    cleaned = (_clean(name) for name in flat if isinstance(name, str) and not name.startswith("http"))
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _split(value: str | None) -> tuple[str, ...]:
    return tuple(name for part in (value or "").split(";") if (name := _clean(part)))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _clean(value: str | None) -> str | None:
    return _one_line(value).strip() or None if value else None


def _stamp(value: str | None) -> str | None:
    """A date or date-time in ISO form, or None for anything else."""
    if not value or not STAMP.fullmatch(value):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return value.strip()[:10] if _is_day(value.strip()[:10]) else None
    return moment.isoformat() if len(value.strip()) > 10 else moment.date().isoformat()


def _is_day(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _meta_date(tree: Any) -> str | None:
    for attribute, wanted in PUBLISHED:
        for element in tree.iter("meta", "time", "span"):
            if (element.get(attribute) or "").lower() == wanted.lower():
                found = _stamp(element.get("content") or element.get("datetime"))
                if found:
                    return found
    return None


def _site_name(tree: Any) -> str | None:
    for wanted in ("og:site_name", "application-name", "dc.publisher", "publisher"):
        for element in tree.iter("meta"):
            if (element.get("property") or element.get("name") or "").lower() == wanted:
                name = _clean(element.get("content"))
                if name and not name.startswith(("http", "@")):
                    return name
    return None


def _canonical(tree: Any) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            return _text(element.get("href"))
    return None


def _language(tree: Any) -> str | None:
    code = (tree.get("lang") or tree.get("xml:lang") or "").split("-")[0].strip().lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None
