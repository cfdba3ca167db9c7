"""What has been reached on the sample's story does not slip: floors from bench/floors.json."""

from __future__ import annotations

import json

from bench.accounts import SAMPLE, readings_of, run
from bench.command import FLOORS


def test_incidents_of_the_sample_are_put_together_no_worse_than_the_floors() -> None:
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))["accounts"]
    result, tally = run(SAMPLE, readings_of(SAMPLE, held_out=False))
    below = {name: (result["scores"][name], floor) for name, floor in floors.items() if result["scores"][name] < floor}
    assert below == {}, [fault.says for fault in tally.faults]
