"""JSON and JSONL files: each object is a part, its text under a name that many use, or as ninjs has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sayso.intake.containers import ninjs
from sayso.intake.containers.parts import Piece, part_of, problem_in
from sayso.intake.containers.stamps import iso
from sayso.intake.containers.values import values
from sayso.record import Metadata, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.intake.containers.parts import Container, Part, PartProblem

MEDIA_TYPE = "application/json"
LINES_MEDIA_TYPE = "application/jsonl"

TEXT = ("text", "body", "content")
HTML = ("html", "content_html", "body_html")
TITLE = ("title", "headline")
URL = ("url", "link")
PUBLISHED = ("published", "date", "published_at", "publishedAt", "date_published")
PUBLISHER = ("publisher", "source", "outlet")
WRITERS = ("authors", "author", "writers", "byline")
LANGUAGE = ("language", "lang")

WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
TAGS = re.compile(r"<(?:p|div|br|html|body|h[1-6]|ul|ol|table|article|section)\b[^<>]*>", re.IGNORECASE)
CODE = re.compile(r"[a-z]{2,3}")


def parts(container: Container) -> Iterator[Part | PartProblem]:
    """The objects of a JSON file, in order."""
    for value in values(container.file, by_lines=container.media_type == LINES_MEDIA_TYPE):
        if value.why:
            yield problem_in(
                container, Problem("bad_json", f"{value.why} Mend it, and add the file again."), value.locator
            )
        elif not isinstance(value.value, dict):
            says = f"Here stands a JSON {_kind(value.value)}; an object with the report's text is read."
            yield problem_in(container, Problem("not_an_object", says), value.locator)
        elif ninjs.is_item(value.value):
            yield ninjs.part(container, value.value, value.locator)
        else:
            yield _part(container, value.value, value.locator)


def _part(container: Container, item: dict[str, Any], locator: str) -> Part | PartProblem:
    text, is_html = _words(item)
    url = _string(item, URL)
    if text is None:
        keys = ", ".join(sorted(map(str, item))[:12])
        says = f"It has no text under {', '.join(TEXT + HTML[:1])}; it has {keys or 'nothing'}."
        return problem_in(container, Problem("no_text", says), locator, url=url)
    published, problems = _published(item)
    facts = Metadata(
        title=_string(item, TITLE),
        url=url,
        publisher=next(iter(_names(item, PUBLISHER)), None),
        writers=_names(item, WRITERS),
        published=published,
        language=_language(item),
    )
    kind = "text/html" if is_html else "text/plain"
    return part_of(
        container,
        Piece(
            # A lone surrogate stays as bytes that are no UTF-8, and is told of where it stands.
            data=text.encode("utf-8", errors="surrogatepass"),
            media_type=f"{kind}; charset=utf-8",
            locator=locator,
            facts=facts,
            url=url,
            problems=problems,
            fragment=is_html and not WHOLE_PAGE.search(text[:2000]),
        ),
    )


def _words(item: dict[str, Any]) -> tuple[str | None, bool]:
    """The text and whether it is written as HTML. Text under a name of HTML is HTML only where it has tags."""
    for name in TEXT:
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            return value, bool(name != "text" and TAGS.search(value[:20_000]))
    for name in HTML:
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            return value, bool(TAGS.search(value[:20_000]))
    return None, False


def _published(item: dict[str, Any]) -> tuple[str | None, tuple[Problem, ...]]:
    for name in PUBLISHED:
        value = item.get(name)
        if value is None or value == "":
            continue
        found = _unix(value) if isinstance(value, int | float) else iso(value)
        if found:
            return found, ()
        says = f"What stands under {name!r}, {str(value)[:60]!r}, is no date known here; it was not used."
        return None, (Problem("bad_date", says),)
    return None, ()


def _unix(value: float) -> str | None:
    """Seconds since 1970, or milliseconds."""
    seconds = value / 1000 if value > 1e11 else value
    if isinstance(value, bool) or not 1e8 < seconds < 1e10:
        return None
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()


def _string(item: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((line for name in names if (line := _line(item.get(name)))), None)


def _names(item: dict[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        value = item.get(name)
        each = value if isinstance(value, list) else [value]
        flat = [one.get("name") if isinstance(one, dict) else one for one in each]
        if found := tuple(dict.fromkeys(line for one in flat if (line := _line(one)))):
            return found
    return ()


def _language(item: dict[str, Any]) -> str | None:
    code = (_string(item, LANGUAGE) or "").replace("_", "-").split("-")[0].lower()
    return code if CODE.fullmatch(code) else None


def _line(value: Any) -> str | None:
    return (" ".join(value.split())[:1000] or None) if isinstance(value, str) else None


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "truth value"
        case int() | float():
            return "number"
        case str():
            return "string"
        case _:
            return "list"
