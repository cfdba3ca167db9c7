"""Reads texts in which place names are marked with where they are: LGL, TR-News, GeoVirus and GeoWebNews (XML).

In the first two a `toponym` holds `start`, `end`, `phrase` and, in a `gaztag` or by itself, `lat` and `lon`; in
GeoVirus a `location` holds the same and counts from one; in GeoWebNews a `toponym` says `latitude`, `longitude` and
`extractedName`. None of their words are in this repository: see milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation
on GitHub.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

SHIFTS = (0, -1, -2, 1, 2, -3, 3)
"""By how much some marks stand beside their words."""


@dataclass(frozen=True)
class Toponym:
    """One marked name: where it stands in its text, and where on earth, if the set says so."""

    start: int
    end: int
    phrase: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class Text:
    """One text with the names marked in it."""

    name: str
    text: str
    date: str | None
    toponyms: tuple[Toponym, ...]


def files_in(data: Path) -> list[Path]:
    """The XML file itself, or those of a folder and of the folders in it, in name order."""
    if data.is_file():
        return [data]
    return sorted(path for path in data.rglob("*.xml") if path.is_file()) if data.is_dir() else []


def texts_in(file: Path) -> list[Text]:
    """All texts of a file. Marks whose offsets make no sense are left out."""
    root = etree.parse(file, etree.XMLParser(recover=True, huge_tree=True)).getroot()
    return [_text(article, number) for number, article in enumerate(root.iter("article"))] if root is not None else []


def data_sha256(files: Iterable[Path]) -> str:
    """One hash over the files that were read."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _text(article: Any, number: int) -> Text:
    text = article.findtext("text") or ""
    name = article.get("docid") or article.get("file") or str(number)
    marks = [_toponym(mark, text, base=0) for mark in article.iter("toponym")]
    marks += [_toponym(mark, text, base=1) for mark in article.iter("location")]
    date = (article.findtext("dltime") or "")[:10] or None
    return Text(name, text, date, tuple(mark for mark in marks if mark is not None))


def _toponym(mark: Any, text: str, *, base: int) -> Toponym | None:
    start, end = _number(mark, "start"), _number(mark, "end")
    if start is None or end is None:
        return None
    where = mark.find("gaztag")
    lat, lon = (None, None) if where is None else (_number(where, "lat"), _number(where, "lon"))
    if lat is None or lon is None:
        lat, lon = _number(mark, "lat", "latitude"), _number(mark, "lon", "longitude")
    if lat is None or lon is None:
        lat = lon = None
    phrase = _said(mark, "phrase", "extractedName", "name") or text[int(start) - base : int(end) - base]
    shift = next((by for by in SHIFTS if _at(text, start, end, by - base) == phrase), 0) - base
    return Toponym(int(start) + shift, int(end) + shift, phrase, lat, lon)


def _at(text: str, start: float, end: float, by: int) -> str:
    return text[max(0, int(start) + by) : max(0, int(end) + by)]


def _said(mark: Any, *tags: str) -> str | None:
    """What the first of several children, or attributes, of a mark says."""
    return next((said for tag in tags if (said := mark.findtext(tag) or mark.get(tag))), None)


def _number(mark: Any, *tags: str) -> float | None:
    said = _said(mark, *tags)
    try:
        return float(said) if said else None
    except ValueError:
        return None
