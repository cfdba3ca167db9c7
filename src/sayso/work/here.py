"""Runs the journey in this process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from sayso.problems import BadKnowledge, NoTagger, Refused, WrongModel
from sayso.record import Check, Given, Problem, Reading

if TYPE_CHECKING:
    from sayso.journey import Lent
    from sayso.knowledge import Knowledge
    from sayso.models.parsing import Parse
    from sayso.models.tagging import Frame
    from sayso.record import Page, Report

PathLike = str | os.PathLike[str]
Made = TypeVar("Made")
TAGGERS = ("polnear", "open", "none")
"""Weights that help the rules: learnt from PolNeAR and our rows, from our rows and open text only, or none at all."""
SETTING = "SAYSO_TAGGER"
DATE_FORMS = "2024-03-12, 2024-03-12T18:30 or 2024-03-12T18:30+02:00"


def read(
    path: PathLike,
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: PathLike | Iterable[PathLike] = (),
    tagger: str | None = None,
) -> Reading:
    """Read one report from a file: plain text or HTML, in any common encoding.

    `published` (an ISO date or date-time) and `publisher` say what the report may not say itself; `knowledge`
    names folders of rows to read over ours; `tagger` names the weights that help the rules find statements (one of
    `TAGGERS`; without it what `SAYSO_TAGGER` in the environment names, else the first). Raises
    `sayso.problems.Refused` for a file that cannot be read, `sayso.problems.BadKnowledge` for rows that cannot be
    used, `ValueError` for a date in no known form or a tagger there is none of.

    Example: `sayso.read("report.txt", published="2024-03-12").statements`
    """
    from sayso.intake.files import open_report

    return taken(open_report(Path(path)), given(published, publisher), _folders(knowledge), tagger)


def check(
    path: PathLike,
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: PathLike | Iterable[PathLike] = (),
) -> tuple[Check, ...]:
    """What in one report adds up (`holds` true), does not (false), or is for an editor to look at (None).

    Options and errors are those of `read`; a `Check` has its kind, the stretches compared and what was found in words.

    Example: `[found.says for found in sayso.check("report.txt") if found.holds is False]`
    """
    return read(path, published=published, publisher=publisher, knowledge=knowledge).checks


def read_text(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: PathLike | Iterable[PathLike] = (),
    tagger: str | None = None,
) -> Reading:
    """Read one report from a string, every character and newline kept. What is sealed is its UTF-8 bytes.

    Options and errors are those of `read`. Half a character (a lone surrogate), which no UTF-8 can hold,
    becomes U+FFFD.
    """
    from sayso.intake import sealed

    # The mark says which encoding this is; without it a short or odd text could be taken for another one.
    data = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
    return taken(
        sealed(data, media_type="text/plain; charset=utf-8"), given(published, publisher), _folders(knowledge), tagger
    )


def read_bytes(
    data: bytes,
    media_type: str | None = None,
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: PathLike | Iterable[PathLike] = (),
    tagger: str | None = None,
) -> Reading:
    """Read one report from its bytes; without a `media_type` ("text/html") it is told from the bytes.

    Options and errors are those of `read`.
    """
    from sayso.intake import sealed

    return taken(sealed(data, media_type=media_type), given(published, publisher), _folders(knowledge), tagger)


def read_explained(
    report: PathLike | bytes,
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: PathLike | Iterable[PathLike] = (),
    tagger: str | None = None,
) -> Reading:
    """Read one report from a file or from its bytes, with `explained`: why there are events, and why none.

    Options and errors are those of `read`.
    """
    from sayso.intake import sealed
    from sayso.intake.files import open_report

    opened = sealed(report) if isinstance(report, bytes) else open_report(Path(report))
    return taken(opened, given(published, publisher), _folders(knowledge), tagger, explain=True)


def given(published: str | None, publisher: str | None) -> Given:
    """What the caller says of a report. Raises `ValueError` for a date that is no ISO date or date-time."""
    if published is not None:
        try:
            if not 1000 <= datetime.fromisoformat(published).year <= 9000:
                raise ValueError("no year of a report")
        except ValueError as error:
            raise ValueError(f"{published!r} is no date that can be read. Write it as {DATE_FORMS}.") from error
    return Given(published, publisher)


@dataclass(frozen=True, slots=True)
class Order:
    """How reports are to be read, and what is to be made of each reading."""

    given: Given
    folders: tuple[Path, ...]
    finish: Callable[[Reading], object]
    tagger: str | None = None
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Made]):
    """What came of one file: what was made of its reading, or the problem that stood in the way."""

    path: str
    made: Made | None = None
    problem: Problem | None = None


def attempt(path: str, order: Order) -> Outcome[object]:
    """Read one file among many. Whatever befalls it is its own outcome, and the others are still read.

    Only rows and models that cannot be used (`BadKnowledge`, `WrongModel`) end everything: every file would suffer.
    """
    from sayso.intake.files import open_report

    try:
        report = open_report(Path(path))
        return Outcome(
            path,
            made=order.finish(taken(report, order.given, order.folders, order.tagger, explain=order.explain)),
        )
    except Refused as refused:
        return Outcome(path, problem=refused.problem)
    except (BadKnowledge, WrongModel):
        raise
    # The one broad catch there is: a fault of ours on one report must not lose the others.
    except Exception as error:
        return Outcome(path, problem=fault(error))


def fault(error: BaseException) -> Problem:
    """A fault of Sayso itself, in words for the person who met it."""
    says = (
        f"Sayso failed on this report ({type(error).__name__}: {error}). The fault is Sayso's, not the report's; "
        "`sayso read --debug` on this file alone shows where."
    )
    return Problem("fault", says)


def taken(
    report: Report, by: Given, folders: tuple[Path, ...], tagger: str | None, *, explain: bool = False
) -> Reading:
    """Read a sealed report with the rows of some folders over ours and the tagger of a name."""
    from sayso.journey import read_report

    return read_report(report, by, _lent(folders, tagger_named(tagger)), explain=explain)


def tagger_named(name: str | None) -> str:
    """The name of the weights to read with: the one given, else the environment's, else the first.

    Raises `NoTagger`, a `ValueError`, for a name there is none of.
    """
    wanted = name or os.environ.get(SETTING) or TAGGERS[0]
    if wanted not in TAGGERS:
        where = "" if name else f", which {SETTING} names"
        raise NoTagger(f"There is no tagger {wanted!r}{where}. Give one of {', '.join(TAGGERS)}: docs/tagger.md.")
    return wanted


def _folders(knowledge: PathLike | Iterable[PathLike]) -> tuple[Path, ...]:
    if isinstance(knowledge, str | os.PathLike):  # one folder: a string is not to be walked letter by letter
        return (Path(knowledge),)
    return tuple(Path(folder) for folder in knowledge)


@cache
def _lent(folders: tuple[Path, ...], tagger: str) -> Lent:
    from sayso.journey import Lent

    return Lent(known(folders), {"en": English()}, {} if tagger == "none" else {"en": EnglishTagger(tagger)})


@cache
def known(folders: tuple[Path, ...]) -> Knowledge:
    """The rows of these folders over ours.

    Raises `BadKnowledge` for a folder that is missing or a file that is amiss.
    """
    from sayso.knowledge import Knowledge, ours

    if not folders:
        return ours()
    rows = Knowledge(folders)
    for folder in folders:
        if not folder.is_dir():
            raise BadKnowledge(f"There is no folder {folder} to read rows from. Check the name given as knowledge.")
        for file in sorted(folder.rglob("*.toml")):
            rows.rows(file.relative_to(folder).with_suffix("").as_posix())
    return rows


class English:
    """The English parser, loaded at its first sentence: a report that is refused costs no model."""

    @property
    def name(self) -> str:
        """The model and its version."""
        from sayso.models.english import english_parser

        return english_parser().name

    def parse(self, page: Page) -> Parse:
        """All tokens of the page's sentences."""
        from sayso.models.english import english_parser

        return english_parser().parse(page)


class EnglishTagger:
    """The English tagger with weights of one name, loaded at its first page."""

    def __init__(self, weights: str) -> None:
        self._weights = weights

    @property
    def name(self) -> str:
        """The weights and their version."""
        from sayso.models.tagger import tagger_with

        return tagger_with(self._weights).name

    def tag(self, paragraphs: Sequence[Sequence[str]]) -> tuple[Frame, ...]:
        """Every saying of a text given as the words of its paragraphs."""
        from sayso.models.tagger import tagger_with

        return tagger_with(self._weights).tag(paragraphs)
