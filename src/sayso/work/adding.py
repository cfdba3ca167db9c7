"""Adds many files to a case: workers read and draw the rows, this process writes them, one report at a time.

What was acknowledged by an outcome is on the disk. A run that was cut off is gone on with by the same command: what the
case has already costs a look at its bytes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso import __version__
from sayso.ledger.adding import Added, custody_if_known, keep_container, note_failure, store
from sayso.ledger.case import give_way
from sayso.ledger.drawing import Drawn, drawn, version_for, version_of
from sayso.ledger.incidents_drawn import redrawn
from sayso.ledger.knowing import folder_of
from sayso.ledger.problems import Erased
from sayso.ledger.rereading import current_readings, reread
from sayso.problems import BadKnowledge, Refused, WrongModel
from sayso.record import Custody, Given, Problem
from sayso.work.here import fault, known, tagger_named, taken
from sayso.work.processes import FEW_FILES, Settled, spread, worth
from sayso.work.versions import read_with

if TYPE_CHECKING:
    from sayso.intake.containers import Part, PartProblem
    from sayso.ledger.case import Case
    from sayso.record import Report

ADDRESSES = ("http://", "https://")
USING = f"sayso {__version__}"


@dataclass(frozen=True, slots=True)
class Adding:
    """How reports are to be added: by whom, with what said of them, read with which rows and weights.

    `now` gives the time as ISO in UTC; `folders` hold rows: the case keeps them, and is read with
    them ever after. What was sealed before it is read says so: `sealed_at`; `address` is where it was found.
    """

    who: str
    now: Callable[[], str]
    given: Given = field(default_factory=Given)
    folders: tuple[Path, ...] = ()
    tagger: str | None = None
    draw: bool = True  # draw the rows of incidents at the end
    sealed_at: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """From where a report came, before it is known what became of it."""

    path: str | None
    url: str | None = None
    container: str | None = None
    locator: str | None = None

    @property
    def says(self) -> str:
        """The same for a person."""
        name = self.path or self.url or "a report"
        return f"{name}: {self.locator}" if self.locator else name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one report, or of one part of a file.

    `what` is added, known (the case had these bytes), failed, or noted (a problem where nothing was lost).
    """

    came: Came
    what: str
    added: Added | None = None
    problem: Problem | None = None

    @property
    def is_copy(self) -> bool:
        """Whether it is new to the case and shares a telling with a report that was there."""
        return self.what == "added" and self.added is not None and bool(self.added.copy_of)


@dataclass(slots=True)
class Summary:
    """What a run came to."""

    added: int = 0
    known: int = 0
    copies: int = 0
    copied: dict[str, int] = field(default_factory=dict)  # report → how many new reports share a telling with it
    failed: list[Outcome] = field(default_factory=list)
    noted: list[Outcome] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """Take one outcome into account."""
        match outcome.what:
            case "added":
                self.added += 1
                self.copies += outcome.is_copy
                for report in outcome.added.copy_of if outcome.added else ():
                    self.copied[report] = self.copied.get(report, 0) + 1
            case "known":
                self.known += 1
            case "failed":
                self.failed.append(outcome)
            case _:
                self.noted.append(outcome)


# What a worker is given, and what it gives


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report to read: sealed already, or still a file for the worker to seal."""

    came: Came
    given: Given
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a report and draws its rows, in whatever process it is called."""

    folders: tuple[Path, ...]
    tagger: str

    def __call__(self, wanted: Any) -> Drawn | Problem:
        """The rows of the reading of a `Wanted` report, or the problem that stood in the way."""
        from sayso.intake.files import open_report

        try:
            report = wanted.report or open_report(Path(wanted.came.path or ""))
            return self.draw(report, wanted.given)
        except Refused as refused:
            return refused.problem
        except (BadKnowledge, WrongModel):
            raise
        # A fault of ours on one report must not lose the others.
        except Exception as error:
            return fault(error)

    def draw(self, report: Report, given: Given) -> Drawn:
        """Read a sealed report and draw its rows."""
        reading = taken(report, given, self.folders, self.tagger)
        version = version_of(reading, *read_with(self.folders, self.tagger, given))
        return drawn(reading, version=version, knowledge=known(self.folders))


def add_all(case: Case, named: Sequence[str], order: Adding, *, workers: int | None = None) -> Iterator[Outcome]:
    """Add every report behind some paths, folders and addresses of the web, and hand out what came of each, in order.

    An outcome says what is on the disk already. Rows of knowledge that are given are kept in the case. Raises
    `BadKnowledge`, `WrongModel`, `CaseBusy`; whatever else befalls one report is its own outcome.
    """
    keep_knowledge(case, order.folders)
    reader = _reader(case, order)
    is_fetched = any(name.startswith(ADDRESSES) for name in named)
    with tempfile.TemporaryDirectory(prefix="sayso-") if is_fetched else nullcontext("") as folder:
        wanted = _wanted(case, named, order, Path(folder))
        for task, made in _read(wanted, reader, workers or _worth(named)):
            yield (outcome := _settled(case, task, made, order))
            if outcome.what == "added":
                give_way()
    if order.draw:
        redrawn(case)


def keep_knowledge(case: Case, folders: Iterable[Path]) -> None:
    """Keep rows in the case, so that whatever is added to it later, or asked, is read with them too."""
    for folder in folders:
        known((folder,))  # told before anything is copied where a row cannot be used
        if folder.resolve() != folder_of(case).resolve():
            shutil.copytree(folder, folder_of(case), dirs_exist_ok=True, ignore=_all_but_rows)


def _all_but_rows(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".toml") and not (Path(folder) / name).is_dir()]


def _reader(case: Case, order: Adding) -> Reader:
    own = folder_of(case)
    return Reader((own,) if own.is_dir() else (), tagger_named(order.tagger))


def _worth(named: Sequence[str]) -> int:
    """How many workers pay: few files, as far as they can be counted quickly, are read here."""
    from itertools import islice

    from sayso.intake.files import walk

    files = [name for name in named if not name.startswith(ADDRESSES)]
    few = list(islice((found.path for found in walk(files)), FEW_FILES))
    small = len(few) < FEW_FILES and all(path.is_file() and path.stat().st_size < MUCH for path in few)
    return 1 if small else worth(FEW_FILES)


MUCH = 200_000
"""Bytes: a file this large may hold many reports."""


def _read(wanted: Iterator[Wanted | Settled], reader: Reader, count: int) -> Iterator[tuple[Wanted | None, Any]]:
    if count > 1:
        for done in spread(wanted, reader, count):
            yield (None if isinstance(done.task, Settled) else done.task), done.made
        return
    for one in wanted:
        yield (None, one.made) if isinstance(one, Settled) else (one, reader(one))


# What there is to read


def _wanted(case: Case, named: Sequence[str], order: Adding, fetched: Path) -> Iterator[Any]:
    from sayso.intake.files import walk

    for name in named:
        if name.startswith(ADDRESSES):
            yield from _at_address(case, name, order, fetched)
            continue
        for found in walk([name]):
            if found.problem:
                yield Settled(_failed(case, Came(str(found.path)), found.problem, order))
            elif not _is_rows(found.path, order.folders):
                yield from _in_file(case, found.path, order)


def _is_rows(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a file met on a walk is one of the rows that reports are read with, and no report."""
    if path.suffix == ".toml" and "knowledge" in path.parts[:-1]:
        return True
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)


def _in_file(case: Case, path: Path, order: Adding) -> Iterator[Any]:
    from sayso.intake.containers.opening import is_container

    if is_container(path):
        yield from _in_container(case, path, order)
        return
    came = Came(str(path), url=order.address)
    try:
        report = _sealed_id(path)
    except Refused as refused:
        yield Settled(_failed(case, came, refused.problem, order))
        return
    yield _unless_known(case, report, Wanted(came, order.given), order)


def _sealed_id(path: Path) -> str:
    from sayso.intake.files import file_bytes

    return f"sha256:{sha256(file_bytes(path)).hexdigest()}"


def _in_container(case: Case, path: Path, order: Adding, *, asked: str | None = None) -> Iterator[Any]:
    """The parts of a container. The container itself is kept too, once a report came out of it."""
    from sayso.intake.containers import Part, opened

    is_kept = False
    for part in opened(path, given=order.given):
        came = _came(part, asked)
        if not isinstance(part, Part):
            yield Settled(_failed(case, came, part.problem, order, lost=part.failed))
            continue
        if not is_kept and part.container_sha256 is not None:
            keep_container(case, path, media_type=part.container_media_type, at=order.now())
            is_kept = True
        yield _unless_known(case, part.report.id, Wanted(came, part.given, part.report), order)


def _came(part: Part | PartProblem, asked: str | None) -> Came:
    from sayso.intake.containers import Part

    path = part.report.path if isinstance(part, Part) else part.path
    return Came(
        path=None if asked else path,
        url=part.url or asked,
        container=part.container_sha256,
        locator=part.locator,
    )


def _at_address(case: Case, url: str, order: Adding, folder: Path) -> Iterator[Any]:
    from sayso.intake.fetch import fetched

    try:
        found = fetched(url, into=folder)
    except Refused as refused:
        yield Settled(_failed(case, Came(None, url=url), refused.problem, order))
        return
    yield from _in_container(case, found.warc, order, asked=found.url)


# What came of it


def _unless_known(case: Case, report: str, wanted: Wanted, order: Adding) -> Any:
    """What is to be read, or what came of it where the case has these bytes."""
    try:
        added = custody_if_known(case, report, _custody(wanted.came, order), at=order.now())
    except Erased as erased:
        return Settled(_failed(case, wanted.came, Problem("erased", str(erased)), order))
    return wanted if added is None else Settled(Outcome(wanted.came, "known", added))


def _settled(case: Case, task: Wanted | None, made: Any, order: Adding) -> Outcome:
    if task is None:
        outcome: Outcome = made
        return outcome
    if isinstance(made, Problem):
        return _failed(case, task.came, made, order)
    try:
        added = store(case, made, _custody(task.came, order), at=order.now())
    except Erased as erased:
        return _failed(case, task.came, Problem("erased", str(erased)), order)
    return Outcome(task.came, "known" if added.known else "added", added)


def _custody(came: Came, order: Adding) -> Custody:
    return Custody(
        at=order.sealed_at or order.now(),
        by=order.who,
        using=USING,
        path=came.path,
        url=came.url,
        container=came.container,
        locator=came.locator,
    )


def _failed(case: Case, came: Came, problem: Problem, order: Adding, *, lost: bool = True) -> Outcome:
    if not lost:
        return Outcome(came, "noted", problem=problem)
    note_failure(case, _custody(came, order), problem)
    return Outcome(came, "failed", problem=problem)


# Reading anew


def reread_all(case: Case, order: Adding, *, workers: int | None = None) -> Iterator[Outcome]:
    """Read every report of a case anew that this program, its models or the case's rows would read otherwise.

    Outcomes are `read` (another reading is the current one) or known (it is as it was), in the order of adding.
    """
    keep_knowledge(case, order.folders)
    reader = _reader(case, order)
    wanted = _to_reread(case, reader)
    for task, made in _read(wanted, reader, workers or worth(FEW_FILES)):
        if task is None:
            yield made
        elif isinstance(made, Problem):
            yield Outcome(task.came, "failed", problem=made)
        else:
            found = reread(case, made, who=order.who, at=order.now())
            yield Outcome(task.came, "read" if found.changed else "known", Added(found.report, known=True))
    if order.draw:
        redrawn(case)


def _to_reread(case: Case, reader: Reader) -> Iterator[Any]:
    for reading, version in current_readings(case):
        report, page = reading.page.report, reading.page
        given = Given(
            page.published.earliest if page.published.basis == "given" else None,
            page.publisher.name if page.publisher and page.publisher.basis == "given" else None,
        )
        came = Came(report.path or report.id)
        if version_for(report, __version__, read_with(reader.folders, reader.tagger, given)) == version:
            yield Settled(Outcome(came, "known", Added(report.id, known=True)))
        else:
            yield Wanted(came, given, report)
