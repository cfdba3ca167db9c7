"""The scorer of MUC-4's templates, on templates and a key that we composed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.muc import (
    Accused,
    Document,
    Template,
    confidence_score,
    documents,
    key_files,
    keys,
    paired,
    plain,
    simplified_score,
    split_files,
)

KEY = """;;; a note
0.  MESSAGE: ID                     OWN-0001 (HERE)
1.  MESSAGE: TEMPLATE               1
4.  INCIDENT: TYPE                  BOMBING
6.  INCIDENT: INSTRUMENT ID         "BOMB" / "CAR BOMB"
9.  PERP: INDIVIDUAL ID             -
10. PERP: ORGANIZATION ID           "RED FRONT" / "RF"
                                    "THE ARMY"
11. PERP: ORGANIZATION CONFIDENCE   REPORTED AS FACT / CLAIMED OR ADMITTED: "RED FRONT" /
                                    "RF"
                                    ? POSSIBLE: "THE ARMY"
12. PHYS TGT: ID                    "\\"OAK\\" FARM"
18. HUM TGT: NAME                   "OLA BERG"

0.  MESSAGE: ID                     OWN-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
4.  INCIDENT: TYPE                  ATTACK
10. PERP: ORGANIZATION ID           "ARMY"
11. PERP: ORGANIZATION CONFIDENCE   POSSIBLE: "ARMY"

0.  MESSAGE: ID                     OWN-0002
1.  MESSAGE: TEMPLATE               *
"""
FACT, CLAIMED = "REPORTED AS FACT", "CLAIMED OR ADMITTED"


def template(kind: str, **slots: tuple[str, ...]) -> Template:
    return Template(kind, {slot: tuple((name,) for name in names) for slot, names in slots.items()})


@pytest.fixture
def full(tmp_path: Path) -> dict[str, tuple[Template, ...]]:
    folder = tmp_path / "raw" / "part"
    folder.mkdir(parents=True)
    (folder / "key-own").write_text(KEY)
    return keys(key_files(tmp_path))


def test_a_key_is_read_with_its_names_values_and_what_is_optional(full: dict[str, tuple[Template, ...]]) -> None:
    bombing, attack = full["OWN-0001"]
    assert bombing.type == "bombing"
    assert bombing.fillers("Weapon") == (("bomb", "car bomb"),)
    assert bombing.fillers("PerpOrg") == (("red front", "rf"), ("army",))
    assert bombing.fillers("Target") == (("oak farm",),)
    assert bombing.fillers("PerpInd") == ()
    assert bombing.accused == (
        Accused(("red front", "rf"), (FACT, CLAIMED)),
        Accused(("army",), ("POSSIBLE",), optional=True),
    )
    assert attack.optional
    assert full["OWN-0002"] == ()


@pytest.mark.parametrize(
    ("given", "right", "wanted"),
    [
        ([Accused(("rf",), (CLAIMED,))], 1, 1),
        ([Accused(("rf",), ("POSSIBLE",))], 0, 1),
        ([Accused(("navy",), (FACT,))], 0, 1),
        ([Accused(("red front",), (FACT,)), Accused(("army",), ("POSSIBLE",))], 2, 2),
        ([], 0, 1),
    ],
)
def test_confidence_wants_the_value_and_the_name(
    full: dict[str, tuple[Template, ...]], given: list[Accused], right: int, wanted: int
) -> None:
    ours = {"OWN-0001": [Template("bombing", {"Weapon": (("bomb",),)}, tuple(given))]}
    count = confidence_score(ours, full)
    assert (count.right, count.given, count.found, count.wanted) == (right, len(given), right, wanted)


def test_what_is_accused_without_an_incident_is_wrong(full: dict[str, tuple[Template, ...]]) -> None:
    count = confidence_score({"OWN-0002": [Template("attack", {}, (Accused(("rf",), (FACT,)),))]}, full)
    assert (count.right, count.given, count.wanted) == (0, 1, 1)


def test_templates_pair_so_that_the_text_scores_best() -> None:
    ours = [template("attack", Weapon=("rifle",)), template("attack", Victim=("ola berg",), Weapon=("bomb",))]
    theirs = [template("attack", Victim=("ola berg",)), template("attack", Weapon=("rifle",))]
    assert paired(ours, theirs) == [(0, 1), (1, 0)]


def test_types_that_differ_do_not_pair() -> None:
    assert paired([template("arson", Target=("bus",))], [template("attack", Target=("bus",))]) == []


def test_a_filler_may_bear_any_of_its_names() -> None:
    read = [Document("one", "", (Template("attack", {"PerpOrg": (("red front", "rf"),)}),))]
    counts = simplified_score({"one": [template("attack", PerpOrg=("rf", "navy"))]}, read)
    assert (counts["PerpOrg"].precision, counts["PerpOrg"].recall) == (50, 100)
    assert (counts["micro"].right, counts["micro"].given, counts["micro"].wanted) == (2, 3, 2)
    assert counts["micro"].f1 == pytest.approx(80)


def test_names_are_compared_without_capitals_marks_and_articles() -> None:
    assert plain('The "Oak" Farm,  a house') == "oak farm house"


def test_the_train_part_is_not_scored(tmp_path: Path) -> None:
    folder = tmp_path / "processed"
    folder.mkdir()
    entity = [[["Bomb", 2], ["car bomb", 9]]]
    slots = {"PerpInd": [], "PerpOrg": [], "Target": [], "Victim": [], "Weapon": entity}
    told = {"incident_type": "bombing", **slots}
    line = json.dumps({"docid": "one", "doctext": "A Bomb; car bomb.", "templates": [told, told]})
    for name in ("train.json", "dev.json"):
        (folder / name).write_text(line + "\n")
    assert [file.name for file in split_files(tmp_path)] == ["dev.json"]
    (one,) = documents(folder / "dev.json")
    assert one.templates == (Template("bombing", {**dict.fromkeys(slots, ()), "Weapon": (("bomb", "car bomb"),)}),)
