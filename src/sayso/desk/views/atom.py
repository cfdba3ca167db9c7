"""A feed of sentences, as RFC 4287 has it, for feed readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from sayso.record import Anchor

if TYPE_CHECKING:
    from sayso.desk.links import Links
    from sayso.ledger.asking.answers import Hit
    from sayso.ledger.saved import Saved

ATOM = "http://www.w3.org/2005/Atom"
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML can hold."""
SHORT = 120


def feed(saved: Saved, hits: Iterable[Hit], added: Mapping[str, str], *, host: str, links: Links) -> bytes:
    """The sentences of a saved search as a feed. `added` tells when each report came into the case."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    own = f"{host}/search/saved/{saved.id}"
    hits = list(hits)
    _put(root, "id", f"urn:sayso:{saved.id}")
    _put(root, "title", saved.name)
    _put(root, "updated", max((added.get(hit.report, "") for hit in hits), default="") or saved.at)
    _link(root, "self", f"{own}.atom")
    _link(root, "alternate", own)
    author = ElementTree.SubElement(root, f"{{{ATOM}}}author")
    _put(author, "name", saved.who)
    for hit in hits:
        _entry(root, hit, added.get(hit.report) or saved.at, f"{host}{links.at(Anchor(hit.report, hit.span))}")
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _entry(root: ElementTree.Element, hit: Hit, added: str, href: str) -> None:
    entry = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
    _put(entry, "id", f"urn:sayso:{hit.report}:{hit.span.start}-{hit.span.end}")
    words = " ".join(hit.words.split())
    _put(entry, "title", words if len(words) <= SHORT else f"{words[:SHORT].rstrip()} …")
    _put(entry, "updated", added)
    _link(entry, "alternate", href)
    if hit.published.earliest:
        day = hit.published.earliest
        _put(entry, "published", day if "T" in day else f"{day}T00:00:00Z")
    _put(entry, "summary", f"{hit.publisher or '—'}: {words}")


def _put(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = NO_XML.sub("\ufffd", words)


def _link(parent: ElementTree.Element, rel: str, href: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=NO_XML.sub("\ufffd", href))
