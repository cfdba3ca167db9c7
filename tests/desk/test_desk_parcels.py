"""What leaves a case does not tell by the way whom it withholds, and nobody gets the words of another."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk as desk_of
from sayso.export.exporting import Selection
from sayso.export.labelling import Labels
from sayso.export.parcel import Order, sent
from sayso.ledger import seals as checks
from sayso.ledger.asking.audits import audit_rows
from sayso.ledger.asking.chosen import speaker_names
from sayso.ledger.asking.incidents import Incidents
from sayso.ledger.asking.private import private_names
from sayso.ledger.asking.reports import report_list
from sayso.ledger.case import Case
from sayso.ledger.originals import path_of
from sayso.work.checking_seals import check
from tests.desk.conftest import AT, WHO


@pytest.mark.skipif(shutil.which("sha256sum") is None or shutil.which("awk") is None, reason="no sha256sum or awk")
def test_the_commands_of_the_report_tell_what_is_missing_or_changed(own_case: Case) -> None:
    client = TestClient(desk_of(own_case, who=WHO, now=lambda: AT), base_url="http://127.0.0.1")
    name = checks.begun(own_case, who=WHO, at=AT)
    check(own_case, name, clock=lambda: AT)
    (own_case.folder / "seals.csv").write_bytes(client.get("/audit/seals.csv").content)
    shown = html.unescape(client.get(f"/audit/seals/{name}").text)
    commands = shown.partition("<pre><code>")[2].partition("</code>")[0]
    assert "sha256sum -c" in commands

    def told() -> str:
        ran = subprocess.run(["sh", "-c", commands], cwd=own_case.folder, capture_output=True, text=True, check=False)
        return ran.stdout + ran.stderr

    assert told() == ""
    first, second = report_list(own_case, limit=2)
    path_of(own_case, first.id).unlink()
    path_of(own_case, second.id).chmod(0o644)
    path_of(own_case, second.id).write_bytes(b"other words")
    assert all(one.id.removeprefix("sha256:") in told() for one in (first, second))


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as made:
        return "\n".join(name + made.read(name).decode() for name in made.namelist())


def test_who_was_asked_for_is_not_named_by_what_withholds_them(own_case: Case, tmp_path: Path) -> None:
    with own_case.reading() as connection:
        private = sorted(name for name in private_names(connection) if " " in name)[0]
        public = next(name for _, name, _ in speaker_names(connection) if " " in name and name != private)
    out = tmp_path / "out.zip"
    for speaker, labels in ((private, False), (private, True), (public, True)):
        sent(own_case, Order("csv", "Bo", AT, Selection(Incidents(speaker=speaker), labels=labels)), out)
        assert speaker not in everything(out)
        assert "somebody in particular" in everything(out)
    order = Order("csv", "Bo", AT, Selection(Incidents(speaker=private)), show_private=True, why="for the court")
    sent(own_case, order, out)
    assert private in everything(out), "asked for with a reason, they are named"


def test_a_label_is_that_of_one_speaker_or_says_of_whom_it_can_be(sample_case: Case) -> None:
    labels = Labels(sample_case)
    held: dict[str, set[str]] = defaultdict(set)
    with sample_case.reading() as connection:
        for speaker, name, _ in speaker_names(connection):
            held[labels.on(name)].add(speaker)
    assert len(held) > 10
    assert [label for label, whose in held.items() if len(whose) > 1 and " or " not in label] == []
    assert any(" or " in label for label in held), "the sample has a name that several have"


def test_the_audit_says_how_much_left_and_what_went_along(own_case: Case, tmp_path: Path) -> None:
    ids = ("inc-2ffdc1b4f52d",)
    order = Order("csv", "Bo", AT, Selection(ids=ids), show_private=True, why="for the court", also=("seals", "audit"))
    made = sent(own_case, order, tmp_path / "out.zip")
    (row,) = audit_rows(own_case, what="exported")
    body = json.loads(row.body)
    assert (row.who, body["ids"], body["also"], body["show_private"]) == ("Bo", 1, ["audit", "seals"], True)
    assert body["rows"] == sum(file.rows for file in made.files)
    assert ids[0] not in row.body and "court" not in row.body
