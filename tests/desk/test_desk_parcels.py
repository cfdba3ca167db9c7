"""What leaves a case does not tell by the way whom it withholds, and nobody gets the words of another."""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from pathlib import Path

from sayso.export.exporting import Selection
from sayso.export.labelling import Labels
from sayso.export.parcel import Order, sent
from sayso.ledger.asking.audits import audit_rows
from sayso.ledger.asking.chosen import speaker_names
from sayso.ledger.asking.incidents import Incidents
from sayso.ledger.asking.private import private_names
from sayso.ledger.case import Case
from tests.desk.conftest import AT


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
