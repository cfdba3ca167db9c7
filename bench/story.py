"""Reads what the reports of the sample have to do with each other: families, origins, incidents, drifts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bench.keying import locate, reader_text

Json = dict[str, Any]

ANCHORED = ("from", "to", "at")


def story_of(folder: Path, *, held_out: bool = False) -> Json:
    """The story of a sample with every quoted stretch as `{"report", "span"}`.

    With `held_out` the held-out reports' part is added to it, entries of one id becoming one. Words that their
    report does not have, or has twice, raise `bench.keying.BadKey`.
    """
    names = ["story.toml", "story_held_out.toml"] if held_out else ["story.toml"]
    story: Json = {}
    for name in names:
        part = tomllib.loads((folder / "key" / name).read_text(encoding="utf-8"))
        for kind, entries in part.items():
            story[kind] = _joined(story.get(kind, []), entries)
    texts: dict[str, str] = {}
    for kind in ("drift", "check"):
        story[kind] = [_anchored(entry, folder, texts) for entry in story.get(kind, [])]
    return story


def report_of(folder: Path, number: str) -> Path:
    """The report whose file name begins with this number."""
    return next(path for path in sorted(folder.glob(f"{number}-*")) if path.is_file())


def _joined(ours: list[Json], more: list[Json]) -> list[Json]:
    known = {entry["id"]: entry for entry in ours if "id" in entry}
    for entry in more:
        if entry.get("id") not in known:
            ours = [*ours, entry]
            continue
        for name, value in entry.items():
            if isinstance(value, list):
                known[entry["id"]][name] = [*known[entry["id"]].get(name, []), *value]
    return ours


def _anchored(entry: Json, folder: Path, texts: dict[str, str]) -> Json:
    found = dict(entry)
    for name in ANCHORED:
        if name in entry:
            found[name] = _placed(entry[name], folder, texts)
    return found


def _placed(quoted: Json, folder: Path, texts: dict[str, str]) -> Json:
    number = quoted["report"]
    if "words" not in quoted:
        return {"report": number, "span": None}
    if number not in texts:
        texts[number] = reader_text(report_of(folder, number))
    return {"report": number, "span": locate(texts[number], quoted["words"])[0]}
