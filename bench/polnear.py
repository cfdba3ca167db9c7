"""Reads PolNeAR, news articles in whose text sources, cues and contents are marked (brat standoff files).

A *split* is a folder with `text/<article>.txt` and `attributions/<article>_<annotator>.ann`. The set's words are
not in this repository: it is at networkdynamics/PolNeAR on GitHub.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bench.attributions import ROLES, Attribution, Stretch

LABEL = re.compile(r"^(T\S*)\t\S+ ([^\t\n]*)\t", re.MULTILINE)  # T3	Content 12 40;52 60	the words
PLACES = re.compile(r"\d+ \d+(;\d+ \d+)*")
EVENT = re.compile(r"^(E\S*)\t(.*)$", re.MULTILINE)  # E1	Attribution:T4 Source:T1 Cue:T2 Content:T3 Content2:T5
DIGITS = "0123456789"


@dataclass(frozen=True)
class Article:
    """One article with what one annotator marked in it. `unread` counts the labels whose offsets make no sense."""

    report: Path
    marks: Path
    text: str
    attributions: tuple[Attribution, ...]
    unread: int = 0

    @property
    def name(self) -> str:
        """What the article is called in the set."""
        return self.report.stem

    @property
    def annotator(self) -> str:
        """Who marked it, as the set calls them."""
        return _annotator(self.marks)


def splits(folder: Path) -> list[Path]:
    """The folder itself where it is a split; else its `dev`; else every split in it but `train`, in name order."""
    for one in (folder, folder / "dev"):
        if _is_split(one):
            return [one]
    if not folder.is_dir():
        return []
    return [one for one in sorted(folder.iterdir()) if one.name != "train" and _is_split(one)]


def _is_split(folder: Path) -> bool:
    return (folder / "text").is_dir() and (folder / "attributions").is_dir()


def articles(split: Path) -> list[Article]:
    """The articles of a split in name order; of several annotators' readings the alphabetically first.

    Offsets count code points of the text, which is what the file holds, to the last newline.
    """
    marked = sorted((split / "attributions").glob("*.ann"), key=lambda path: (_name(path), _annotator(path)))
    return [_article(split, next(readings)) for _, readings in groupby(marked, key=_name)]


def _name(marks: Path) -> str:
    return marks.stem.rpartition("_")[0]


def _annotator(marks: Path) -> str:
    return marks.stem.rpartition("_")[2]


def _article(split: Path, marks: Path) -> Article:
    report = split / "text" / f"{_name(marks)}.txt"
    attributions, unread = attributions_in(marks.read_bytes().decode("utf-8"))
    return Article(report, marks, report.read_bytes().decode("utf-8"), attributions, unread)


def attributions_in(marks: str) -> tuple[tuple[Attribution, ...], int]:
    """The attributions of a standoff file that have a cue or a content, and how many labels could not be read."""
    labels = {match[1]: match[2] for match in LABEL.finditer(marks)}
    places = {name: _stretches(where) for name, where in labels.items() if PLACES.fullmatch(where)}
    found = (_attribution(event[1], event[2].split(), places) for event in EVENT.finditer(marks))
    return tuple(one for one in found if one.cue or one.content), len(labels) - len(places)


def _stretches(where: str) -> list[Stretch]:
    pairs = (pair.split() for pair in where.split(";"))
    return [(int(start), int(end)) for start, end in pairs]


def _attribution(name: str, parts: Iterable[str], places: dict[str, list[Stretch]]) -> Attribution:
    roles: dict[str, list[Stretch]] = {role: [] for role in ROLES}
    for part in parts:
        role, _, label = part.partition(":")
        role = role.rstrip(DIGITS).lower()  # a second content is called Content2
        if role in roles:
            roles[role] += places.get(label, [])
    source, cue, content = (tuple(sorted(roles[role])) for role in ROLES)
    return Attribution(source, cue, content, name)


def data_sha256(read: Iterable[Article]) -> str:
    """One hash over the texts and the marks that were read."""
    digest = hashlib.sha256()
    for article in read:
        digest.update(hashlib.sha256(article.report.read_bytes()).digest())
        digest.update(hashlib.sha256(article.marks.read_bytes()).digest())
    return digest.hexdigest()
