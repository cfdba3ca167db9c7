"""The sample's reports, read once for all tests of the ledger, and one made up for a test that needs no sample."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import sayso
from sayso.record import Reading

SAMPLE = Path(str(resources.files("sayso").joinpath("sample")))


@cache
def sample_readings() -> tuple[Reading, ...]:
    """The readings of the sample, in the order of their file names, read with the sample's own rows."""
    files = sorted(path for path in SAMPLE.iterdir() if path.suffix in (".txt", ".html"))
    return tuple(sayso.read(path, knowledge=(SAMPLE / "knowledge",)) for path in files)


def reading_of(text: str, *, published: str | None = None, publisher: str | None = None) -> Reading:
    """A reading of a text made up for a test, with the sample's rows."""
    return sayso.read_text(text, published=published, publisher=publisher, knowledge=(SAMPLE / "knowledge",))
