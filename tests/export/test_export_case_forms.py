"""A case in the formats that others use: each value still points at its words, and what is lost is told."""

from __future__ import annotations

import csv
import json
from collections.abc import Generator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sayso.export.exporting import FORMATS, NotExported, exported
from sayso.export.geojson import area
from sayso.ledger.adding import add
from sayso.ledger.case import Case, made
from sayso.ledger.decisions import decide, withdraw
from sayso.record import Anchor, Correction, Custody, Span
from tests.ledger.sampled import reading_of

AT = "2031-04-06T00:00:00Z"
TEXTS = (
    "SALTO, April 5, 2031 (Rivermark) - Mayor Ana Reva said shells hit a school in Salto on Friday, killing three. "
    "The Halvanian army denied firing on Salto.",
    "CONCORDIA, April 5, 2031 (Rivermark) - A drone struck a depot near Concordia on Friday, said Bela Ruiz, a baker "
    "who lives next to it. “I saw two of them,” Ruiz said.",
    "RIVERA, April 5, 2031 (Rivermark) - General Ivo Stam threatened to shell Rivera on Sunday.",
    "TACUAREMBO, April 5, 2031 (Rivermark) - Shells fell in the Tacuarembó region on Friday, the governor said.",
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """A case of four reports."""
    case = made(tmp_path_factory.mktemp("exports") / "case", at=AT, who="Ana")
    for number, text in enumerate(TEXTS):
        reading = reading_of(text)
        add(case, reading.page.report, reading, Custody(AT, "Ana", "sayso", path=f"{number}.txt"), at=AT)
    yield case
    case.closed()


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def features(folder: Path, name: str) -> list[dict[str, Any]]:
    found: dict[str, Any] = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    listed: list[dict[str, Any]] = found["features"]
    return listed


def test_what_was_ruled_is_marked_in_what_is_exported(filled: Case, tmp_path: Path) -> None:
    """Rejected or added, with who added it; nothing that was rejected is left out."""
    first = reading_of(TEXTS[0]).page.report.id
    words = Anchor(first, Span(0, 5))
    added = [Correction("words", None, None, words), Correction("speaker", None, "Bela Ruiz")]
    made = [
        decide(filled, ruling="reject", about=[f"{first}#st1"], who="Ida", why="misread", at=AT),
        decide(filled, ruling="add_statement", about=[first], who="Ida", why="missed", at=AT, corrections=added),
    ]
    exported(filled, "csv", tmp_path / "csv", show_private=True)
    ruled = {one["statement"]: one["ruled"] for one in rows(tmp_path / "csv", "statements") if one["ruled"]}
    part = f"st-{made[1].id.removeprefix('dec-')}"
    assert ruled == {"st1": "rejected", part: "added"}
    exported(filled, "webannotation", tmp_path / "annotations", show_private=True)
    lines = (tmp_path / "annotations" / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    told = {one["id"]: one for one in map(json.loads, lines)}
    assert told[f"urn:sayso:{first}#{part}"]["creator"] == {"type": "Person", "name": "Ida"}
    assert "ruled:rejected" in {body["value"] for body in told[f"urn:sayso:{first}#st1"]["body"]}
    for one in made:
        withdraw(filled, one.id, who="Ida", at=AT)


def test_every_stretch_in_the_tables_is_the_words_that_stand_there(filled: Case, tmp_path: Path) -> None:
    """Words, trigger and sentence of each row are a stretch of the sealed text."""
    exported(filled, "csv", tmp_path, show_private=True)
    texts = {reading_of(text).page.report.id: text for text in TEXTS}
    told = rows(tmp_path, "tellings")
    assert told
    for row in told:
        for name in ("trigger", "sentence"):
            assert texts[row["report"]][int(row[f"{name}_start"]) : int(row[f"{name}_end"])] == row[name]
    for row in rows(tmp_path, "accounts") + [row for row in rows(tmp_path, "matrix") if row["report"]]:
        assert texts[row["report"]][int(row["start"]) : int(row["end"])] == row["words"]


def test_no_telling_goes_out_without_its_teller(filled: Case, tmp_path: Path) -> None:
    """A denied shelling stands beside the denial, each with who says so."""
    exported(filled, "csv", tmp_path)
    shelling = [row for row in rows(tmp_path, "tellings") if row["kind"] == "shelling" and "school" in row["sentence"]]
    assert {(row["teller"], row["teller_status"]) for row in shelling} >= {("Ana Reva", "happened")}
    assert all(row["teller"] and row["teller_status"] for row in rows(tmp_path, "tellings"))


def test_a_private_person_is_withheld_unless_asked_for(filled: Case, tmp_path: Path) -> None:
    """The baker's name and words stay in the case; with `show_private` they go out, and the audit knows."""
    for form in FORMATS:
        exported(filled, form, tmp_path / form)
        held = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / form).iterdir())
        assert "Ruiz" not in held, form
        assert "I saw two" not in held, form
    exported(filled, "csv", tmp_path / "shown", show_private=True, noted=("Ana", AT))
    assert "Ruiz" in (tmp_path / "shown" / "statements.csv").read_text(encoding="utf-8")
    with filled.reading() as connection:
        from sqlalchemy import select

        from sayso.ledger.schema import audit

        noted = connection.execute(select(audit.c.body).where(audit.c.what == "exported")).scalars().all()
    assert any(json.loads(body)["show_private"] for body in noted)


def test_what_did_not_happen_is_never_on_the_map(filled: Case, tmp_path: Path) -> None:
    """A threat is in a file of its own, without a place to draw."""
    exported(filled, "geojson", tmp_path)
    tray = features(tmp_path, "did-not-happen")
    assert [one["properties"]["kind"] for one in tray] == ["shelling"]
    assert tray[0]["geometry"] is None
    assert tray[0]["id"] not in {one["id"] for one in features(tmp_path, "incidents")}


def test_a_town_is_a_point_and_a_region_an_area(filled: Case, tmp_path: Path) -> None:
    """GeoJSON: longitude first; a region is a ring around its middle, closed and counter-clockwise."""
    exported(filled, "geojson", tmp_path)
    found = {one["properties"]["place_name"]: one for one in features(tmp_path, "incidents")}
    lon, lat = found["Salto"]["geometry"]["coordinates"]
    assert (round(lon), round(lat)) == (-58, -31)
    vague = next(one for name, one in found.items() if name and "Tacuaremb" in name)
    (ring,) = vague["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0
    assert vague["properties"]["precision_m"] >= 25_000


def test_an_area_at_the_pole_stays_on_the_globe() -> None:
    """No corner lies beyond 90 or 180 degrees."""
    (ring,) = area(89.9, 179.0, 300.0)["coordinates"]
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def test_annotations_find_their_words_by_position_and_by_quotation(filled: Case, tmp_path: Path) -> None:
    """Both selectors of each target name one stretch of the text, in code points."""
    exported(filled, "webannotation", tmp_path, show_private=True)
    texts = {f"urn:{reading_of(text).page.report.id}": text for text in TEXTS}
    told = [json.loads(line) for line in (tmp_path / "annotations.jsonl").read_text(encoding="utf-8").splitlines()]
    targets = [target for one in told for target in one["target"]]
    assert targets
    for target in targets:
        position, quotation = target["selector"]
        text = texts[target["source"]]
        assert text[position["start"] : position["end"]] == quotation["exact"]
        assert quotation["prefix"] + quotation["exact"] + quotation["suffix"] in text
        assert target["state"]["sourceDate"] == "2031-04-05T00:00:00Z"


def test_entities_point_at_entities_that_are_there(filled: Case, tmp_path: Path) -> None:
    """Every proof, note and person involved that an entity names is in the file."""
    exported(filled, "ftm", tmp_path)
    told = [json.loads(line) for line in (tmp_path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()]
    ids = {one["id"] for one in told}
    assert len(ids) == len(told)
    named = {
        other for one in told for name in ("proof", "entity", "involved") for other in one["properties"].get(name, ())
    }
    assert named
    assert named <= ids


def test_a_formula_in_a_report_is_no_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    """A cell that would be run begins with an apostrophe."""
    case = made(tmp_path / "case", at=AT, who="Ana")
    reading = reading_of("Mayor Ana Reva said on Friday: “=HYPERLINK(A1) is what the shells left.”")
    add(case, reading.page.report, reading, Custody(AT, "Ana", "sayso", path="=cmd.txt"), at=AT)
    exported(case, "csv", tmp_path / "out", show_private=True)
    case.closed()
    words = [row["words"] for row in rows(tmp_path / "out", "statements")]
    assert any(one.startswith("'=HYPERLINK") for one in words)


def test_what_cannot_be_written_is_told(filled: Case, tmp_path: Path) -> None:
    """A format there is none of, and a folder that is a file."""
    with pytest.raises(NotExported, match="csv"):
        exported(filled, "acled", tmp_path)
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(NotExported, match="taken"):
        exported(filled, "csv", tmp_path / "taken")
