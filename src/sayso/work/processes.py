"""Runs the journey over many files in several processes, each with its own model.

A worker is given one file at a time, so that when one dies it is known over which file; that file gets a
problem, a new worker takes its place, and the others never notice. Outcomes come in the order of the files.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sayso.problems import BadKnowledge, WrongModel
from sayso.record import Problem
from sayso.work.here import Order, Outcome, attempt

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Task = TypeVar("Task")

WORKERS_AT_MOST = 3
"""A worker takes 400 to 500 MB with its model; with three, all processes together stay below 2 GB."""
FEW_FILES = 4
"""Below so many files, loading a second model costs more than it saves."""
BEHIND = 5
"""How far workers stand behind other processes: an open desk answers first, and an idle machine works as fast."""
AHEAD = 32
"""How many files for each worker may be read before the first of them is handed out."""


def read_all(paths: Sequence[str], order: Order, *, workers: int | None = None) -> Iterator[Outcome[object]]:
    """Read every file and hand out the outcomes in order: here, or in as many processes as pay.

    `order.finish` is run where the file is read; it and what it makes must be picklable.
    Raises `BadKnowledge`, `WrongModel`.
    """
    count = min(workers or worth(len(paths)), len(paths))
    if count <= 1:
        return (attempt(path, order) for path in paths)
    return _outcomes(spread(paths, partial(attempt, order=order), count))


def _outcomes(done: Iterator[Done[str]]) -> Iterator[Outcome[object]]:
    for one in done:
        yield Outcome(one.task, problem=one.made) if isinstance(one.made, Problem) else one.made


def worth(files: int) -> int:
    """How many workers so many files are worth on this machine."""
    return 1 if files < FEW_FILES else min(_cores(), WORKERS_AT_MOST, files)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Done(Generic[Task]):
    """A task and what was made of it: a `Problem` where the worker died over it."""

    task: Task
    made: Any


@dataclass(frozen=True, slots=True)
class Settled:
    """A task that needs no worker, since what comes of it is known: it only keeps its place among the others."""

    made: Any


@dataclass(slots=True)
class Worker:
    """A process, the line to it, and the number of the task it holds."""

    process: SpawnProcess
    line: Connection
    holds: int | None = None


@dataclass(slots=True)
class Crew(Generic[Task]):
    """The workers of one run, with the tasks they were given. Whatever ends the run ends them."""

    do: Callable[[Task], Any]
    workers: list[Worker] = field(default_factory=list)
    tasks: dict[int, Task] = field(default_factory=dict)

    def hire(self) -> Worker:
        """Start a worker."""
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.do), daemon=True)
        process.start()
        theirs.close()
        worker = Worker(process, ours)
        self.workers.append(worker)
        return worker

    def bury(self, worker: Worker) -> int | None:
        """Take leave of a worker that died; what it ended with."""
        worker.process.join()
        worker.line.close()
        self.workers.remove(worker)
        return worker.process.exitcode

    def dismiss(self) -> None:
        """End every worker, at once."""
        for worker in self.workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
        self.workers.clear()


def spread(tasks: Iterable[Task], do: Callable[[Task], Any], count: int) -> Iterator[Done[Task]]:
    """Do every task in one of `count` processes and hand them out in order, taking tasks only as they are needed.

    `do`, the tasks and what is made of them must be picklable; a `Settled` task goes to no worker. Raises what `do`
    raises: `BadKnowledge`, `WrongModel`.
    """
    crew = Crew(do)
    waiting = enumerate(tasks)
    done: dict[int, Any] = {}
    handed, is_all_given = 0, False
    try:
        for _ in range(count):
            crew.hire()
        while not is_all_given or crew.tasks:
            for worker in crew.workers:
                while worker.holds is None and not is_all_given and len(done) + len(crew.tasks) < AHEAD * count:
                    number, task = next(waiting, (-1, None))
                    if number < 0:
                        is_all_given = True
                    elif isinstance(task, Settled):
                        done[number] = Done(task, task.made)
                    else:
                        _hand(crew, worker, number, task)
            for worker in _heard(crew):
                number, made = _told(crew, worker)
                done[number] = Done(crew.tasks.pop(number), made)
            while handed in done:
                yield done.pop(handed)
                handed += 1
    finally:
        crew.dismiss()


def _hand(crew: Crew[Any], worker: Worker, number: int, task: Any) -> None:
    """Hand a task to a worker. One that died while idle is found out when its line is read."""
    worker.holds = number
    crew.tasks[number] = task
    with suppress(BrokenPipeError, ConnectionResetError):
        worker.line.send(task)


def _heard(crew: Crew[Any]) -> list[Worker]:
    """The workers that have something to say, or have fallen silent for good."""
    lines = {worker.line: worker for worker in crew.workers if worker.holds is not None}
    return [lines[line] for line in wait(list(lines)) if isinstance(line, Connection)] if lines else []


def _told(crew: Crew[Any], worker: Worker) -> tuple[int, Any]:
    number = worker.holds
    if number is None:
        raise RuntimeError("a worker without a task spoke")
    try:
        answer = worker.line.recv()
    except (EOFError, ConnectionResetError):
        code = crew.bury(worker)
        crew.hire()
        return number, _died(code)
    if isinstance(answer, BadKnowledge | WrongModel):
        raise answer
    worker.holds = None
    return number, answer


def _died(code: int | None) -> Problem:
    how = f"was ended by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"
    says = (
        f"The process that read this report {how} (out of memory, most often). The other files were read; "
        "try this one alone, and split it if it is very large."
    )
    return Problem("crashed", says)


def _serve(line: Connection, do: Callable[[Any], Any]) -> None:
    """Do the tasks that come over the line, until it is closed."""
    # Ctrl-C goes to the whole group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(BEHIND)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            task = line.recv()
            try:
                line.send(do(task))
            except (BadKnowledge, WrongModel) as error:
                line.send(error)
