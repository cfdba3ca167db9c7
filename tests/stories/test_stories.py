"""Golden readings of the sample, as `sayso read` shows them: what a reader would see change.

To add a story, put a report into `tests/stories/<name>/report.txt` (or `.html`) and run this test: it writes
`page.txt` beside it, fails, and asks you to read it. When a change is meant, delete the page and run the test again.
The reports of the sample have their pages here too, under their own names.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import sayso
from sayso.export.terminal import page

STORIES = Path(__file__).parent
SAMPLE = STORIES.parents[1] / "src" / "sayso" / "sample"
OWN = sorted(STORIES.glob("*/report.*"))
REPORTS = [*(path for path in sorted(SAMPLE.iterdir()) if path.suffix in (".txt", ".html")), *OWN]
WIDTH = 100


def _golden(report: Path) -> Path:
    return (report.parent if report in OWN else STORIES / report.stem) / "page.txt"


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.parent.name if path in OWN else path.stem)
def test_a_story_reads_as_it_was_reviewed(report: Path) -> None:
    reading = sayso.read(report, knowledge=(SAMPLE / "knowledge",))
    sealed = replace(reading.page.report, path=report.name)
    shown = page(replace(reading, page=replace(reading.page, report=sealed)), width=WIDTH)
    golden = _golden(report)
    if not golden.is_file():
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(shown.rstrip("\n") + "\n", encoding="utf-8")
        pytest.fail(f"{golden} was written: read it against {report.name}, then run the test again")
    assert shown.rstrip("\n").splitlines() == golden.read_text(encoding="utf-8").splitlines()
