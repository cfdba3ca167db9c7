"""Seal the bytes of one report and get its text out, once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.intake.kinds import ADVICE, HTML_TYPES, refuse_known, text_kind
from sayso.intake.text import decoded, looks_binary
from sayso.problems import Refused
from sayso.record import Metadata, Obtained, Problem, Report

if TYPE_CHECKING:
    from sayso.intake.html import Extracted
    from sayso.intake.text import Decoded

LIMIT = 20 * 1024 * 1024
"""The largest report read, in bytes."""

DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
XML_DECLARED = re.compile(rb"\s*<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
UNSEEN = re.compile("[\\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00]*")


def sealed(data: bytes, *, media_type: str | None = None, path: str | None = None, fragment: bool = False) -> Report:
    """Seal the bytes of one report: hash them, and get the text out of them without changing a character.

    `media_type` is what the caller knows of the bytes, perhaps with a charset; without it they are looked at.
    With `fragment` HTML is taken to be all story, as in a feed: all that it shows is its text.
    Raises `Refused` (kinds: empty, blank, too_large, binary, image, pdf) where there is no text to read.
    """
    if not data:
        raise Refused("empty", "The file holds no bytes. Nothing was read; check that it was saved whole.")
    if len(data) > LIMIT:
        raise too_large(len(data))
    kind, charset = _media(media_type)
    refuse_known(data, kind)
    found = decoded(data, said=charset, declared=_declared(data))
    if looks_binary(found.text):
        raise Refused("binary", f"This is not text in any encoding known here. {ADVICE['binary']}")
    if UNSEEN.fullmatch(found.text):
        raise Refused("blank", "There is nothing but white space in it. Nothing was read.")
    if text_kind(found.text, kind, path) == "text/html":
        page = _page(found.text, fragment=fragment)
        return _from_html(data, page, kind if kind in HTML_TYPES else "text/html", path, found)
    return _report(data, found.text, "text/plain", Obtained("decoded", found.encoding), path, found)


def too_large(size: int) -> Refused:
    """The refusal of a report over the limit."""
    return Refused(
        "too_large", f"It has {size:,} bytes; reports over {LIMIT:,} are not read. Split it, or give one report a file."
    )


def _page(text: str, *, fragment: bool) -> Extracted:
    from sayso.intake.html import extracted, shown  # trafilatura takes half a second to load; plain text need not wait

    return shown(text) if fragment else extracted(text)


def _from_html(data: bytes, page: Extracted, media_type: str, path: str | None, found: Decoded) -> Report:
    if UNSEEN.fullmatch(page.text):
        raise Refused("blank", "The page shows no text: only scripts, pictures or hidden parts. Nothing was read.")
    report = _report(data, page.text, media_type, Obtained("extracted", found.encoding, page.by), path, found)
    # Places of bad bytes are in the page's source, not in the text that came out of it.
    lost = tuple(type(problem)(problem.kind, problem.says) for problem in found.problems)
    return _with(report, page.metadata, lost + page.problems)


def _report(data: bytes, text: str, media_type: str, obtained: Obtained, path: str | None, found: Decoded) -> Report:
    return Report(
        id="sha256:" + hashlib.sha256(data).hexdigest(),
        data=data,
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest(),
        media_type=media_type,
        obtained=obtained,
        path=path,
        problems=found.problems,
    )


def _with(report: Report, metadata: Metadata, problems: tuple[Problem, ...]) -> Report:
    return replace(report, metadata=metadata, problems=problems)


def _media(media_type: str | None) -> tuple[str | None, str | None]:
    if not media_type:
        return None, None
    kind, _, rest = media_type.partition(";")
    charset = re.search(r"charset\s*=\s*([^\s;]+)", rest, re.IGNORECASE)
    return kind.strip().lower(), charset[1] if charset else None


def _declared(data: bytes) -> str | None:
    head = data[:4096]
    if b"<" not in head:
        return None
    found = XML_DECLARED.match(head) or DECLARED.search(head)
    return found[1].decode("ascii") if found else None
