"""What has been reached on the sample does not slip: floors from bench/floors.json, the held-out reports apart."""

from __future__ import annotations

import json

from bench.keyed import Settings, run
from bench.sample import SAMPLE, chosen
from bench.seed import HERE

FLOORS: dict[str, float] = json.loads((HERE / "bench" / "floors.json").read_text(encoding="utf-8"))["sample"]


def test_the_sample_is_read_no_worse_than_its_floors() -> None:
    result, says = run("sample", chosen(SAMPLE, held_out=False), Settings(None, (SAMPLE / "knowledge",)))
    below = {name: (result["scores"][name], floor) for name, floor in FLOORS.items() if result["scores"][name] < floor}
    assert below == {}, says
