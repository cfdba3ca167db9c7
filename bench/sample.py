"""Scores the readings of the invented sample against its key.

Four reports are held out and scored only with `--held-out`: no rule of statements or events was mended by
them until the first version was done (docs/the-sample.md has the figures of that day). Run: `python -m bench.sample`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.command import stop
from bench.keyed import Keyed, Settings, command, keyed_in, run, show

SAMPLE = Path(__file__).resolve().parent.parent / "src" / "sayso" / "sample"


def chosen(folder: Path, *, held_out: bool) -> list[Keyed]:
    """The reports that are worked with, or with `held_out` those that `key/held_out.txt` lists."""
    listed = folder / "key" / "held_out.txt"
    names = set(listed.read_text(encoding="utf-8").split()) if listed.is_file() else set()
    return [item for item in keyed_in(folder) if (item.report.stem in names) == held_out]


def main(arguments: list[str]) -> int:
    """Print the scores of the sample, or of a folder of texts with keys given as `--data`."""
    parser = command("Score the readings of the sample against its key.")
    parser.add_argument("--held-out", action="store_true", help="score the four reports kept for the end")
    options = parser.parse_args(arguments)
    folder = options.data or SAMPLE
    items = chosen(folder, held_out=options.held_out)
    if not items:
        return stop(f"No report with a key in {folder}.")
    knowledge = folder / "knowledge"
    by = Settings(options.published, (knowledge,) if knowledge.is_dir() else ())
    result, says = run("sample_held_out" if options.held_out else "sample", items, by)
    show(result, says, options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
