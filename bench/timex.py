"""Reads news texts whose times are marked as TIMEX3 (TimeML files), and scores times against those marks.

A *split* is a folder of `.tml` files. Counted as TempEval-3 counts: `strict`, the same words (white space aside);
`relaxed`, at least one character in common; of those that meet, `type` and `value` count the ones that have the same.
All are F1, over all times of a split; where several given times meet a marked one, the one with its very words counts,
else the first. The sets' words are not in this repository: TimeBank and AQUAINT come from the Linguistic Data
Consortium, the TempEval-3 platinum set with that task's data.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

DAY = re.compile(r"\d{4}-\d\d-\d\d")
ROOM = 40  # the characters of text shown on each side of a time


@dataclass(frozen=True)
class Time:
    """One time in a text: where, its TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str | None


@dataclass(frozen=True)
class Dated:
    """One text with the times that people marked, and the day it was written, if told to the day."""

    path: Path
    text: str
    times: tuple[Time, ...]
    written: str | None

    @property
    def name(self) -> str:
        """What the text is called in the set."""
        return self.path.stem


def splits(data: Path) -> dict[str, list[Path]]:
    """The files of each split: those of the folders in a folder, of the folder itself, or the one file."""
    if data.is_file():
        return {data.stem: [data]}
    folders = [data, *sorted(path for path in data.iterdir() if path.is_dir())] if data.is_dir() else []
    found = {folder.name: _files(folder) for folder in folders}
    return {name: files for name, files in found.items() if files}


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.tml")) if not path.name.startswith(".")]


def dated(path: Path) -> Dated:
    """One file of the set. Raises `ValueError` where it has no text."""
    root = etree.parse(path, etree.XMLParser(recover=True)).getroot()
    body = None if root is None else root.find("TEXT")
    if body is None:
        raise ValueError(f"{path.name} is no TimeML: it has no TEXT.")
    pieces: list[str] = []
    marked = list(_walked(body, pieces))
    text = "".join(pieces)
    times = [
        Time(start, end, mark.get("type") or "", mark.get("value"))
        for start, end, mark in marked
        if mark.tag == "TIMEX3" and text[start:end].strip()
    ]
    created = root.find(".//DCT//TIMEX3")
    if created is None:
        created = root.find('.//TIMEX3[@functionInDocument="CREATION_TIME"]')
    day = (created.get("value") or "")[:10] if created is not None else ""
    return Dated(path, text, tuple(times), day if DAY.fullmatch(day) else None)


def _walked(element: Any, pieces: list[str]) -> Iterator[tuple[int, int, Any]]:
    """The elements below one, each with where its text begins and ends; the text goes into `pieces`."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        yield from _walked(child, pieces)
        pieces.append(child.tail or "")
    yield start, sum(map(len, pieces)), element


def data_sha256(texts: Sequence[Dated]) -> str:
    """One digest for all texts and what is marked in them."""
    digest = hashlib.sha256()
    for one in texts:
        digest.update(repr((one.name, one.text, one.times, one.written)).encode())
    return digest.hexdigest()


# Scores


@dataclass
class Score:
    """How many times were marked and given, and how many of them meet."""

    marked: int = 0
    given: int = 0
    strict_marked: int = 0
    strict_given: int = 0
    met: int = 0
    given_met: int = 0
    types: int = 0
    values: int = 0

    def add(self, text: str, marked: Sequence[Time], given: Iterable[Time]) -> None:
        """Count the times of one more text."""
        found = sorted(given, key=lambda time: (time.start, -time.end))
        self.marked += len(marked)
        self.given += len(found)
        for time in marked:
            near = [other for other in found if _meet(time, other)]
            same = [other for other in near if _bare(text, other) == _bare(text, time)]
            self.strict_marked += bool(same)
            if near:
                best = (same or near)[0]
                self.met += 1
                self.types += best.type == time.type
                self.values += best.value == time.value
        for other in found:
            near = [time for time in marked if _meet(time, other)]
            self.given_met += bool(near)
            self.strict_given += any(_bare(text, time) == _bare(text, other) for time in near)


def _meet(one: Time, other: Time) -> bool:
    return one.start < other.end and other.start < one.end


def _bare(text: str, time: Time) -> tuple[int, int]:
    """A time's place without the white space at its edges."""
    words = text[time.start : time.end].lstrip()
    start = time.end - len(words)
    return start, start + len(words.rstrip())


def figures(score: Score) -> dict[str, float]:
    """The scores in per cent, with two decimals."""
    relaxed = _f1(score.given_met, score.given, score.met, score.marked)
    met = max(score.met, 1)
    return {
        "strict": _f1(score.strict_given, score.given, score.strict_marked, score.marked),
        "relaxed": relaxed,
        "type": round(relaxed * score.types / met, 2),
        "value": round(relaxed * score.values / met, 2),
        "relaxed_precision": round(100 * score.given_met / max(score.given, 1), 2),
        "relaxed_recall": round(100 * score.met / max(score.marked, 1), 2),
        "type_of_met": round(100 * score.types / met, 2),
        "value_of_met": round(100 * score.values / met, 2),
    }


def _f1(right: int, given: int, recalled: int, marked: int) -> float:
    precision, recall = right / given if given else 0.0, recalled / marked if marked else 0.0
    return round(200 * precision * recall / (precision + recall), 2) if precision + recall else 0.0


# Errors


@dataclass(frozen=True)
class Error:
    """One thing that went wrong: its kind, and a sentence about it."""

    kind: str
    says: str


def errors(text: str, marked: Sequence[Time], given: Iterable[Time]) -> Iterator[Error]:
    """What was missed, read amiss or too much in one text."""
    found = sorted(given, key=lambda time: (time.start, -time.end))
    for time in marked:
        near = [other for other in found if _meet(time, other)]
        if not near:
            yield Error(f"missed {time.type}", f"missed {_shown(text, time)}")
            continue
        same = [other for other in near if _bare(text, other) == _bare(text, time)]
        best = (same or near)[0]
        if not same:
            yield Error("other words", f"other words: {_shown(text, time)}, given {_shown(text, best)}")
        if best.type != time.type:
            yield Error("other type", f"other type: {_shown(text, time)}, given {best.type}")
        if best.value != time.value:
            yield Error("other value", f"other value: {_shown(text, time)}, given {best.value}")
    for other in found:
        if not any(_meet(time, other) for time in marked):
            yield Error(f"too much {other.type}", f"too much: {_shown(text, other)}")


def _shown(text: str, time: Time) -> str:
    before, behind = text[max(0, time.start - ROOM) : time.start], text[time.end : time.end + ROOM]
    return " ".join(f"{before}[{text[time.start : time.end]}]{behind}".split()) + f" ({time.type} {time.value})"
