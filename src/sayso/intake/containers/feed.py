"""RSS and Atom files: each entry is a part, with the feed's title as its publisher."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from sayso.intake.containers.parts import Piece, part_of, problem_in
from sayso.intake.containers.stamps import iso
from sayso.intake.seal import LIMIT, too_large
from sayso.record import Metadata, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.intake.containers.parts import Container, Part, PartProblem

MEDIA_TYPE = "application/feed+xml"
MENDED = 2 * 1024 * 1024
"""A feed that is no sound XML is mended up to this many bytes; to mend more takes too long."""

DEEPEST = 200
PLAIN = "text/plain"
WRONG = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError)
"""What the feed reader raises on feeds that are made to break it."""

ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
TAG = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
LANGUAGE = re.compile(r"[a-z]{2,3}")


def parts(container: Container) -> Iterator[Part | PartProblem]:
    """The entries of a feed, in order."""
    if container.size > LIMIT:
        yield problem_in(container, too_large(container.size).problem)
        return
    data = container.file.read(LIMIT + 1)
    problem = _unsound(data)
    if problem and problem.kind != "mended":
        yield problem_in(container, problem)
        return
    try:
        found = _read(data)
    except WRONG as error:
        yield problem_in(container, Problem("bad_feed", f"It cannot be read as a feed ({error}). Save it again."))
        return
    if problem:
        yield problem_in(container, problem, failed=False)
    for number, entry in enumerate(found.entries, 1):
        yield _part(container, entry, number, found.feed)


def _read(data: bytes) -> Any:
    import feedparser  # type: ignore[import-untyped]

    return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)


def _unsound(data: bytes) -> Problem | None:
    """What is wrong with the feed as XML, before anything of it is kept."""
    if len(ENTITIES.findall(data)) > 20:
        says = "It defines names for text in itself, which can make a small file endlessly long. It was not read."
        return Problem("xml_bomb", says)
    reader = expat.ParserCreate()
    depth = _Depth()
    reader.StartElementHandler = depth.down
    reader.EndElementHandler = depth.up
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}, column {error.offset + 1}: {expat.errors.messages.get(error.code, error)}"
        if len(data) > MENDED:
            return Problem("bad_feed", f"It is no sound XML ({where}), and too long to be mended. Save it again.")
        return Problem("mended", f"The feed is no sound XML ({where}); it was read as well as it could be.")
    except _TooDeep:
        return Problem("deep_xml", f"Its elements are nested over {DEEPEST} deep. It was not read.")
    except (ValueError, LookupError) as error:
        return Problem("bad_feed", f"It cannot be read as XML ({error}). Save it again.")
    return None


class _TooDeep(Exception):
    """Elements are nested deeper than in any feed."""


class _Depth:
    def __init__(self) -> None:
        self.level = 0

    def down(self, _name: str, _attributes: dict[str, str]) -> None:
        self.level += 1
        if self.level > DEEPEST:
            raise _TooDeep

    def up(self, _name: str) -> None:
        self.level -= 1


def _part(container: Container, entry: Any, number: int, feed: Any) -> Part | PartProblem:
    locator = f"entry {number}" + (f" ({name})" if (name := _line(entry.get("id") or entry.get("link"))) else "")
    body, kind, is_summary = _words(entry)
    url = _web(entry.get("link"))
    if not body:
        return problem_in(container, Problem("no_text", "The entry has no words but its title."), locator, url=url)
    says = "The feed gives this as a summary; the report itself may say more."
    facts = Metadata(
        title=_bare(entry.get("title_detail")),
        url=url,
        publisher=_bare(_source(entry).get("title_detail") or feed.get("title_detail")),
        writers=_writers(entry),
        published=_published(entry),
        language=_language(feed.get("language")),
    )
    return part_of(
        container,
        Piece(
            data=body.encode("utf-8", errors="replace"),
            media_type=f"{kind}; charset=utf-8",
            locator=locator,
            facts=facts,
            url=url,
            problems=(Problem("summary_only", says),) if is_summary else (),
            fragment=kind != PLAIN,
        ),
    )


def _words(entry: Any) -> tuple[str, str, bool]:
    """The entry's words, what they are written in, and whether they are only its summary."""
    for content in entry.get("content") or []:
        if content.get("value", "").strip():
            return content["value"], _kind(content), False
    summary = entry.get("summary_detail") or {}
    return summary.get("value", "").strip(), _kind(summary), True


def _kind(content: Any) -> str:
    """`text/plain` where the feed says so or nothing in it is written as HTML."""
    if content.get("type") == PLAIN or not TAG.search(content.get("value") or ""):
        return PLAIN
    return "text/html"


def _published(entry: Any) -> str | None:
    for name in ("published", "updated", "created"):
        # Asked in the entry itself: the parser's own `get` answers with one date for another.
        if name in entry:
            return iso(dict.get(entry, name)) or _utc(dict.get(entry, f"{name}_parsed"))
    return None


def _utc(parsed: Any) -> str | None:
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6]) if parsed else None


def _source(entry: Any) -> Any:
    """The feed that an entry was taken over from, where it says so."""
    return entry.get("source") or {}


def _writers(entry: Any) -> tuple[str, ...]:
    names = [author.get("name") for author in entry.get("authors") or [] if isinstance(author, dict)]
    return tuple(dict.fromkeys(line for name in names if (line := _line(name))))


def _bare(detail: Any) -> str | None:
    """The words of a title, out of the HTML that it may be written in."""
    value = (detail or {}).get("value") or ""
    if not TAG.search(value):
        return _line(value)
    from sayso.intake.html import shown

    return _line(shown(f"<p>{value}</p>").text)


def _web(value: Any) -> str | None:
    words = _line(value)
    return words if words and words.startswith(("http://", "https://")) else None


def _language(value: Any) -> str | None:
    code = str(value or "").split("-")[0].strip().lower()
    return code if LANGUAGE.fullmatch(code) else None


def _line(value: Any) -> str | None:
    return (" ".join(value.split())[:500] or None) if isinstance(value, str) else None
