"""Scores the reading of the seed, the document that started Sayso, against our own key of it.

The seed's words are not in this repository: its key is offsets, labels and hashes. The text is looked for in
the folder that `SAYSO_SEEDS` names, else in `shared/seeds` beside the checkout. Run: `python -m bench.seed`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from bench.command import stop
from bench.keyed import Keyed, Settings, command, keyed_in, run, show
from bench.keys import load_key

HERE = Path(__file__).resolve().parent.parent
KEY = HERE / "tests" / "keys" / "seed.json"
PUBLISHED = "2022-09-16"  # the day the original came out; the copy bears no date


def seeds_folder() -> Path:
    """Where the seed is looked for."""
    return Path(os.environ.get("SAYSO_SEEDS") or HERE.parent / "shared" / "seeds")


def seed_text() -> Path | None:
    """The file whose text the key was made on, or None where it is absent or differs."""
    wanted = load_key(KEY)["text_sha256"]
    folder = seeds_folder()
    if not folder.is_dir():
        return None
    for path in sorted(folder.glob("*.txt")):
        if hashlib.sha256(path.read_bytes().decode("utf-8-sig", "replace").encode()).hexdigest() == wanted:
            return path
    return None


def main(arguments: list[str]) -> int:
    """Print the scores of the seed, or of a folder of texts with keys given as `--data`."""
    options = command("Score the reading of the seed against its key.").parse_args(arguments)
    if options.data:
        items = keyed_in(options.data)
    else:
        seed = seed_text()
        items = [Keyed(seed, KEY)] if seed else []
    if not items:
        return stop(f"No text with a key in {options.data or seeds_folder()}: set SAYSO_SEEDS or give --data.")
    published = options.published or (None if options.data else PUBLISHED)
    result, says = run("seed", items, Settings(published))
    show(result, says, options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
