"""Pages of a real case: every incident, report and source of the sample fits any terminal, and points where it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

import sayso
from sayso.export import case_page, incident_list, incident_page, report_page, search_page, source_page
from sayso.export.ink import columns
from sayso.export.pointed import pointed_at, pointed_in
from sayso.work.case import OpenCase

SAMPLE = Path(str(resources.files("sayso").joinpath("sample")))
FILES = sorted(path for path in SAMPLE.iterdir() if path.suffix in (".txt", ".html"))
PLACE = re.compile(r"\b([0-9a-f]{8,}):(\d+):(\d+)\b")
WIDTHS = (24, 60, 120)
FURTHEST = 400
"""Characters before its place that a quotation can begin."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCase]:
    """The sample in a case."""
    with sayso.new_case(tmp_path_factory.mktemp("cases") / "sample", who="test") as opened:
        assert [outcome.what for outcome in opened.add(FILES, knowledge=[SAMPLE / "knowledge"], workers=1)]
        yield opened


def _fits(shown: str, width: int) -> bool:
    return all(columns(line) <= width for line in shown.splitlines())


@pytest.mark.parametrize("width", WIDTHS)
def test_every_incident_makes_a_page_that_fits(case: OpenCase, width: int) -> None:
    """With all its origins, each cell's first place, and every copy folded."""
    rows = case.incidents(limit=1000)
    assert len(rows) > 10
    for row in rows:
        found = case.incident(row.id)
        reports = pointed_in(case.ledger, found)
        shown = incident_page.page(found.incident, reports, found.decisions, width=width)
        assert _fits(shown, width)
        assert _fits(incident_page.first_screen(found.incident, reports, width=width), width)
        places = {place.group() for place in PLACE.finditer(shown)}
        for cell in found.incident.matrix:
            assert width < 60 or not cell.anchors or reports.at(cell.anchors[0]) in places


def test_every_place_on_a_page_is_where_the_words_stand(case: OpenCase) -> None:
    """The words quoted before a place are read at that line and column of that report."""
    checked = 0
    for row in case.incidents(limit=1000):
        found = case.incident(row.id)
        shown = incident_page.page(found.incident, pointed_in(case.ledger, found), width=120)
        flat = " ".join(shown[shown.index("WHO SAYS SO") :].split())
        for place in re.finditer(r"(?<=” )([0-9a-f]{8,}):(\d+):(\d+)", flat):
            text = case.report(place[1]).reading.page.report.text
            there = " ".join("\n".join(text.split("\n")[int(place[2]) - 1 :])[int(place[3]) - 1 :].split())
            before = flat[max(0, place.start() - FURTHEST) : place.start() - len("” ")]
            quoted = [before[mark.end() :].removesuffix(" …") for mark in re.finditer("“", before)]
            assert any(words and there.startswith(words) for words in quoted), place.group()
            checked += 1
    assert checked > 200


def test_the_most_contested_fit_the_first_screen(case: OpenCase) -> None:
    """Half a page each: what a newcomer sees."""
    for row in case.incidents(limit=2, tray=False):
        found = case.incident(row.id)
        shown = incident_page.first_screen(found.incident, pointed_in(case.ledger, found), width=100)
        assert len(shown.splitlines()) <= 30
        assert "Denied" in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_all_other_pages_fit(case: OpenCase, width: int) -> None:
    """Lists, reports, sources, sentences found, and the case itself."""
    assert _fits(incident_list.listing(case.incidents(limit=100), width=width), width)
    assert _fits(source_page.listing(case.sources(), width=width), width)
    assert _fits(case_page.page(case.info(), width=width), width)
    for report in case.reports():
        found = case.report(report.id)
        assert _fits(report_page.page(found, pointed_at(case.ledger, [report.id]), width=width), width)
    for source in case.sources(limit=10):
        said = case.source(source.id)
        assert _fits(
            source_page.page(said, pointed_at(case.ledger, (one.report for one in said.said)), width=width), width
        )
    hits = case.search("shelling")
    assert hits
    assert _fits(search_page.page(hits, pointed_at(case.ledger, (hit.report for hit in hits)), width=width), width)
