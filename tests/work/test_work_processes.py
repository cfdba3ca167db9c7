"""Many files over several processes: in order, each its own outcome, none lost when a process dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sayso.problems import BadKnowledge
from sayso.record import Given, Reading
from sayso.work.here import Order
from sayso.work.processes import BEHIND, Done, read_all, spread, worth

sys.path.insert(0, str(Path(__file__).parent))  # the workers look for `finishers` where this test does

import finishers

# No language is told from a bare word, so that no worker needs to load a model.
QUIET = "xq{} zrt\n"


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[str]]:
    """Write texts as files, one a file, and give their paths."""

    def written(*texts: str) -> list[str]:
        paths = [tmp_path / f"{number:03}.txt" for number, _ in enumerate(texts)]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return [str(path) for path in paths]

    return written


def _order(finish: Callable[[Reading], str]) -> Order:
    return Order(Given(), (), finish)


def test_outcomes_come_in_the_order_of_the_files(files: Callable[..., list[str]]) -> None:
    """A long report does not let the short ones overtake it."""
    texts = [QUIET.format(number) * (3000 if number == 0 else 1) for number in range(30)]
    outcomes = list(read_all(files(*texts), _order(finishers.text_of), workers=2))
    assert [outcome.made for outcome in outcomes] == texts


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_on_one_report_is_its_own_problem(files: Callable[..., list[str]], workers: int) -> None:
    """Here as in another process."""
    paths = files("xq zrt", "xq FAULT", "xq vbn")
    outcomes = list(read_all(paths, _order(finishers.stumbles), workers=workers))
    assert [outcome.made for outcome in outcomes] == ["xq zrt", None, "xq vbn"]
    problem = outcomes[1].problem
    assert problem is not None
    assert problem.kind == "fault"
    assert "KeyError" in problem.says


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed the POSIX way")
def test_a_process_that_dies_takes_only_its_own_report_along(files: Callable[..., list[str]]) -> None:
    """Killed from outside (out of memory), or ended from inside: a new worker takes over."""
    texts = [QUIET.format(number) for number in range(9)]
    texts[2], texts[5] = "xq KILL", "xq EXIT"
    outcomes = list(read_all(files(*texts), _order(finishers.dies_of_it), workers=2))
    assert [outcome.made for outcome in outcomes] == [
        None if "KILL" in text or "EXIT" in text else text for text in texts
    ]
    killed, ended = outcomes[2].problem, outcomes[5].problem
    assert killed is not None
    assert ended is not None
    assert (killed.kind, ended.kind) == ("crashed", "crashed")
    assert "signal 9" in killed.says
    assert "code 3" in ended.says


@pytest.mark.parametrize("workers", [1, 2])
def test_rows_that_cannot_be_used_end_the_run(files: Callable[..., list[str]], workers: int) -> None:
    """They would spoil every report alike."""
    with pytest.raises(BadKnowledge, match="row 3"):
        list(read_all(files("xq", "zrt", "vbn"), _order(finishers.finds_bad_rows), workers=workers))


def test_stopping_early_ends_the_workers(files: Callable[..., list[str]]) -> None:
    """Whoever needs no more outcomes leaves no process behind."""
    import multiprocessing

    outcomes = read_all(files(*[QUIET.format(number) for number in range(20)]), _order(finishers.text_of), workers=2)
    next(outcomes)
    assert len(multiprocessing.active_children()) == 2
    outcomes.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_few_files_are_read_in_one_process() -> None:
    """A second model costs more than it saves; and never more workers than memory allows."""
    assert worth(1) == 1
    assert worth(3) == 1
    assert 1 <= worth(10_000) <= 3


def test_no_files_make_no_outcomes() -> None:
    """And start no process."""
    assert list(read_all([], _order(finishers.text_of), workers=4)) == []


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no such order of processes")
def test_workers_let_an_open_desk_go_first() -> None:
    """Reading many files is no hurry; whoever waits for a page is in one."""
    asked = partial(os.getpriority, os.PRIO_PROCESS)
    assert list(spread([0], asked, 1)) == [Done(0, min(asked(0) + BEHIND, 19))]
