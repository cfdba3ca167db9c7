"""Exporting on the desk: rows, columns and names are chosen, the first rows are as they are written, all in one ZIP."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from sayso.desk.app import desk as desk_of
from sayso.export.exporting import NotExported, Selection, exported
from sayso.export.parcel import Order, sent
from sayso.ledger.asking.chosen import speaker_names
from sayso.ledger.asking.incidents import Incidents, incident_rows
from sayso.ledger.asking.private import private_names
from sayso.ledger.case import Case
from tests.desk.conftest import AT, WHO


@pytest.fixture
def client(sample_case: Case) -> TestClient:
    return TestClient(desk_of(sample_case, who=WHO, now=lambda: AT), base_url="http://127.0.0.1")


def held(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as made:
        return {name: made.read(name) for name in made.namelist()}


def taken(page: Page, address: str) -> dict[str, bytes]:
    """Export as the form stands, and take the ZIP."""
    page.goto(address)
    with page.expect_download() as download:  # it comes by itself
        page.get_by_role("button", name="Export as one ZIP").click()
    page.get_by_role("link", name="Take the ZIP again").wait_for()
    return held(Path(download.value.path()))


def test_the_first_rows_are_those_that_are_written(client: TestClient, sample_case: Case, tmp_path: Path) -> None:
    for table in ("incidents", "statements", "matrix"):
        looked = list(csv.reader(io.StringIO(client.get(f"/export.csv?table={table}").text.removeprefix("\ufeff"))))
        exported(sample_case, "csv", tmp_path, selection=Selection(tables=(table,)))
        with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert looked == list(csv.reader(file))[: len(looked)] and len(looked) > 5


def test_rows_and_columns_that_are_chosen_are_written_and_no_others(sample_case: Case, tmp_path: Path) -> None:
    chosen = Selection(Incidents(kind="shelling"), columns=("incidents.kind", "incidents.incident"))
    exported(sample_case, "csv", tmp_path, selection=chosen)
    with (tmp_path / "incidents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = {row.id for row in incident_rows(sample_case, among=Incidents(kind="shelling"), limit=100)}
    assert {row["incident"] for row in rows} == wanted and set(rows[0]) == {"kind", "incident"}
    with (tmp_path / "reports.csv").open(encoding="utf-8", newline="") as file:
        assert 0 < len(list(csv.DictReader(file))) < 16
    with pytest.raises(NotExported, match="has no column 'colour'"):
        exported(sample_case, "csv", tmp_path, selection=Selection(columns=("incidents.colour",)))


def test_with_labels_no_name_is_in_any_byte(sample_case: Case, tmp_path: Path) -> None:
    with sample_case.reading() as connection:
        names = {one for _, name, spellings in speaker_names(connection) for one in (name, *json.loads(spellings))}
    assert len(names) > 5
    for form in ("csv", "geojson", "ftm"):
        order = Order(form, "Bo", AT, Selection(labels=True), also=("audit", "seals"))
        sent(sample_case, order, tmp_path / "out.zip")
        everything = b"".join(held(tmp_path / "out.zip").values()).decode()
        assert [name for name in names if name in everything] == []
        assert "Speaker 1" in everything
    with pytest.raises(NotExported, match="letter by letter"):
        sent(sample_case, Order("webannotation", "Bo", AT, Selection(labels=True)), tmp_path / "out.zip")


def test_private_persons_are_named_for_a_reason_alone(sample_case: Case, tmp_path: Path) -> None:
    with sample_case.reading() as connection:
        names = {name for name in private_names(connection) if " " in name}  # "Osk" alone is also a governor's name
    assert names
    out = tmp_path / "out.zip"
    sent(sample_case, Order("csv", "Bo", AT, also=("decisions", "audit", "seals")), out)
    everything = b"".join(held(out).values()).decode()
    assert [name for name in names if name in everything] == []
    with pytest.raises(NotExported, match="Say why"):
        sent(sample_case, Order("csv", "Bo", AT, show_private=True), out)
    with pytest.raises(NotExported, match="Originals hold every name"):
        sent(sample_case, Order("csv", "Bo", AT, also=("originals",)), out)
    order = Order("csv", "Bo", AT, show_private=True, why="for the court", also=("originals",))
    sent(sample_case, order, out)
    files = held(out)
    assert any(name in files["statements.csv"].decode() for name in names)
    assert "for the court" in files["README.txt"].decode()
    originals = [name for name in files if name.startswith("originals/")]
    assert len(originals) == 16
    assert all(hashlib.sha256(files[name]).hexdigest() == name.partition("/")[2] for name in originals)


def test_csv_and_geojson_are_taken_in_a_browser_and_hold_what_they_say(page: Page, own_desk: str) -> None:
    tables = taken(page, f"{own_desk}/export?kind=shelling&also=seals")
    for line in tables.pop("SHA256SUMS.txt").decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(tables[name]).hexdigest() == digest
    rows = list(csv.DictReader(io.StringIO(tables["incidents.csv"].decode())))
    assert rows and {row["kind"] for row in rows} == {"shelling"} and "seals.csv" in tables
    features = json.loads(taken(page, f"{own_desk}/export?form=geojson")["incidents.geojson"])
    assert features["type"] == "FeatureCollection" and "crs" not in features
    kinds = {one["geometry"]["type"] for one in features["features"] if one["geometry"]}
    assert kinds == {"Point", "Polygon"} and any(one["geometry"] is None for one in features["features"])
    for one in features["features"]:
        if one["geometry"] and one["geometry"]["type"] == "Polygon":
            ring = one["geometry"]["coordinates"][0]
            turned = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring))
            assert ring[0] == ring[-1] and turned < 0, "rings close, and go against the clock"
    page.goto(f"{own_desk}/audit?what=exported")
    expect(page.locator(".audit .row")).to_have_count(2)


def test_the_token_of_the_form_is_in_no_address(page: Page, own_desk: str) -> None:
    page.goto(f"{own_desk}/export")
    page.get_by_label("GeoJSON").check()
    page.get_by_role("button", name="Look again").click()
    page.wait_for_url("**/export?form=geojson**")
    assert "token" not in page.url
    assert page.get_by_label("GeoJSON").is_checked()


def test_it_works_without_scripts_and_says_what_is_wrong(plain_page: Page, guard: object, own_desk: str) -> None:
    guard.allow("status of 422")  # type: ignore[attr-defined]
    plain_page.goto(f"{own_desk}/export?also=originals")
    plain_page.get_by_role("button", name="Export as one ZIP").click()
    expect(plain_page.locator(".problem")).to_contain_text("Originals hold every name")
    plain_page.get_by_label("the sealed originals").uncheck()
    plain_page.get_by_role("button", name="Export as one ZIP").click()
    plain_page.get_by_role("heading", name="What this leaves out").or_(
        plain_page.get_by_role("link", name="Look again")
    ).first.wait_for()


def test_what_is_no_parcel_is_not_there(client: TestClient) -> None:
    for name in ("parcel-20310601T080000Z-00000000", "..%2F..%2Fsayso.db", "x"):
        assert client.get(f"/export/{name}").status_code == 404


def test_columns_are_written_in_the_order_in_which_they_are_put(client: TestClient) -> None:
    """By arrows that need no scripts; what is moved stands so in the form, the first rows and the file."""
    asked = "column=incidents.kind&column=incidents.place&column=incidents.incident"
    assert client.get(f"/export.json?{asked}").json()["columns"] == ["kind", "place", "incident"]
    assert client.get(f"/export.json?{asked}&up=incidents.incident").json()["columns"] == ["kind", "incident", "place"]
    assert client.get(f"/export.json?{asked}&down=incidents.kind").json()["columns"] == ["place", "kind", "incident"]
    assert client.get(f"/export.json?{asked}&up=incidents.kind").json()["columns"] == ["kind", "place", "incident"]
    form = client.get(f"/export?{asked}&up=incidents.incident").text
    held = re.findall(r'name="column" value="([^"]+)" checked', form)
    assert held == ["incidents.kind", "incidents.incident", "incidents.place"]


def test_a_side_and_a_box_choose_rows(client: TestClient) -> None:
    """As on the map; what is no box is told."""
    every = client.get("/export.json").json()["incidents"]
    for query in ("party=Kesteria", "box=-58.3,-32.5,-57.9,-31"):
        assert 0 < client.get(f"/export.json?{query}").json()["incidents"] < every
    assert client.get("/export?box=north").status_code == 422
