"""Laws 1 to 3 of the record on whole readings: the sample, the seed, and reports put together by chance."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sayso
from sayso.export.record_json import as_json
from tests.laws.lawful import broken_laws

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "sayso" / "sample"
REPORTS = sorted(path for path in SAMPLE.iterdir() if path.suffix in (".txt", ".html"))
SEEDS = sorted(Path(os.environ.get("SAYSO_SEEDS", ROOT.parent / "shared" / "seeds")).glob("*.txt"))

SENTENCES = [
    "Ana Reva, the mayor of Goma, said shells hit two blocks on Tuesday, killing at least three people.",
    "“We have no water,” one nurse said. “We have no bread.”",
    "The Sudanese army denied firing on the town and blamed “saboteurs”.",
    "Reuters could not independently verify either account.",
    "More than 90 shells landed near the border with Chad on 3 May 2023, the ministry said on Telegram.",
    "500 square km (193 square miles) of marsh burned, officials said.",
    "There was no immediate comment from France.",
    "“Nobody sleeps here,",
    "He said the road was shut; she said it was open.",
    "This included the roof of the school.",
    "The union demanded that the guards be tried, an aide to Pavel Orlo told Ridge News.",
    "Three weeks later, troops crossed the river at dawn.",
    "KEY POINTS",
]
LEFTOVERS = ["Sign up for our newsletter", "Read more", "Advertisement", "Share this article"]


def _read(text: str) -> dict[str, Any]:
    return as_json(sayso.read_text(text))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_sample_keeps_the_laws(path: Path) -> None:
    assert broken_laws(as_json(sayso.read(path, knowledge=(SAMPLE / "knowledge",)))) == []


@pytest.mark.skipif(not SEEDS, reason="the seed document is not beside this checkout (../shared/seeds, or SAYSO_SEEDS)")
def test_the_seed_keeps_the_laws() -> None:
    for path in SEEDS:
        assert broken_laws(as_json(sayso.read(path))) == []


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.sampled_from(SENTENCES + LEFTOVERS), min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_report_keeps_the_laws(paragraphs: list[list[str]]) -> None:
    text = "\n\n".join(" ".join(sentences) for sentences in paragraphs)
    assert broken_laws(_read(text)) == []


def test_a_report_reads_the_same_in_any_company() -> None:
    text = "\n\n".join(SENTENCES)
    alone = _read(text)
    sayso.read_text("\n\n".join(reversed(SENTENCES)))
    assert _read(text) == alone


def _shape(reading: dict[str, Any]) -> Any:
    """A reading without offsets: words instead of spans."""
    text = reading["text"]

    def said(span: list[int] | None) -> str | None:
        return text[span[0] : span[1]] if span else None

    names = {source["id"]: (source["name"], source["naming"], source["party"]) for source in reading["sources"]}
    return (
        [
            (names[s["source"]], s["act"], s["quotation"], [said(w) for w in s["words"]], said(s["cue"]), s["covers"])
            for s in reading["statements"]
        ],
        [(e["kind"], said(e["trigger"]), e["told"], e["status"]) for e in reading["events"]],
        [(said(p["span"]), p["geonames"], p["use"]) for p in reading["places"]],
        [(said(m["span"]), m["timex"], m["earliest"]) for m in reading["moments"]],
        [(said(q["span"]), q["low"], q["high"]) for q in reading["quantities"]],
    )  # fmt: skip


STORY = [
    "Ana Reva, the mayor of Goma, said shells hit two blocks on Tuesday, killing three people. "
    "Officials in Kinshasa denied it.",
    "“We have no water,” one nurse said. “We have no bread.” Reuters could not verify either account.",
    "The army said on Telegram it had taken nine villages since 3 May 2023. "
    "There was no immediate comment from Rwanda.",
]  # fmt: skip


@pytest.mark.parametrize("leftover", LEFTOVERS)
def test_leftovers_between_paragraphs_change_nothing_but_offsets(leftover: str) -> None:
    clean = _read("\n\n".join(STORY))
    littered = _read(f"\n\n{leftover}\n\n".join(STORY))
    assert len(littered["cuts"]) == len(STORY) - 1
    assert _shape(littered) == _shape(clean)


@pytest.mark.parametrize("leftover", ["Sign up for our newsletter", "read more"])
def test_leftovers_between_sentences_change_nothing_but_offsets(leftover: str) -> None:
    clean = _read("\n\n".join(STORY))
    littered = _read("\n\n".join(paragraph.replace(". ", f". {leftover} ", 1) for paragraph in STORY))
    assert littered["cuts"]
    assert _shape(littered) == _shape(clean)
