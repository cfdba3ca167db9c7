"""docs/from-the-document.md is true: the tests it names exist, and its stretches are where it says."""

from __future__ import annotations

import hashlib
import re

import pytest

from bench.keying import reader_text
from bench.seed import HERE, seed_text, seeds_folder

PAGE = (HERE / "docs" / "from-the-document.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?P<trait>.+?) \| (?P<start>\d+)–(?P<end>\d+) \| `(?P<sha>[0-9a-f]{16})` \| .+ \| (?P<tests>.+) \|$"
)
ROWS = [match for match in map(ROW.match, PAGE.splitlines()) if match]


def test_the_page_has_its_rows_and_its_three_rejected_readings() -> None:
    assert len(ROWS) >= 30
    assert [line.split("**")[1] for line in PAGE.splitlines() if line.startswith("- **")] == [
        "An event counter.",
        "An aggregator.",
        "A summariser.",
    ]


@pytest.mark.parametrize("row", ROWS, ids=[row["trait"] for row in ROWS])
def test_every_trait_is_held_by_a_test_that_exists(row: re.Match[str]) -> None:
    named = re.findall(r"`([^`]+)`", row["tests"])
    assert named
    assert [name for name in named if not _exists(name)] == []


def _exists(name: str) -> bool:
    """Whether `tests/x/test_y.py`, or `traits::test_z` for a test of test_keys_traits.py, is there."""
    home, _, test = name.partition("::")
    path = HERE / "tests" / "keys" / "test_keys_traits.py" if home == "traits" else HERE / home
    return path.is_file() and (not test or f"\ndef {test}(" in path.read_text(encoding="utf-8"))


def test_every_stretch_is_where_the_page_says() -> None:
    seed = seed_text()
    if seed is None:
        pytest.skip(f"the seed 000_4d01f42ac9837d5e.txt is not in {seeds_folder()}: set SAYSO_SEEDS to its folder")
    text = reader_text(seed)
    wrong = [row["trait"] for row in ROWS if _sha(text[int(row["start"]) : int(row["end"])]) != row["sha"]]
    assert wrong == []


def _sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]
